//! Who is known for what: actors, directors and others whom reviews name, as every reader of reviews knows them.
//!
//! Tells what a name most likely is; that somebody had to do with a film, only a page can say.

use super::sorted::{line, longest};

/// A name as a key and the trade a line.
const FILE: &str = include_str!("../../data/people.tsv");

/// A name as scripts without capitals print it, and the trade a line.
const BY_SCRIPT: &str = include_str!("../../data/people_by_script.tsv");

/// What somebody is known for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trade {
    /// Acting.
    Actor,
    /// Directing.
    Director,
    /// Both.
    ActorDirector,
    /// Writing, music, the camera, politics, being a character: anything but those.
    Other,
}

impl Trade {
    /// Whether it is acting or directing.
    pub(crate) fn is_of_film(self) -> bool {
        self != Self::Other
    }

    fn parse(name: &str) -> Self {
        match name {
            "actor" | "actor_alone" => Self::Actor,
            "director" | "director_alone" => Self::Director,
            "actor_director" => Self::ActorDirector,
            _ => Self::Other,
        }
    }
}

/// What the one with a name, given as a key, is known for. Some are known by the surname alone.
pub(crate) fn trade_of(name: &str) -> Option<Trade> {
    line(FILE, name)?.split_once('\t').map(|(_, trade)| Trade::parse(trade))
}

/// The length of the longest name, in a script without capitals, that a text begins with, and what the one who bears it is
/// known for.
pub(crate) fn known_person_at(text: &str) -> Option<(usize, Trade)> {
    longest(BY_SCRIPT, text)?.split_once('\t').map(|(name, trade)| (name.len(), Trade::parse(trade)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folding::key;

    #[test]
    fn every_line_holds_a_key_and_a_trade_in_the_order_of_the_keys() {
        const TRADES: [&str; 13] = [
            "actor",
            "actor_alone",
            "actor_director",
            "author",
            "cinematographer",
            "composer",
            "critic",
            "director",
            "director_alone",
            "editor",
            "other",
            "producer",
            "writer",
        ];
        let mut before = "";
        for (name, trade) in FILE.lines().map(|line| line.split_once('\t').unwrap()) {
            assert!(TRADES.contains(&trade), "{trade}");
            assert_eq!(name, key(name), "names are keys");
            assert!(before < name, "{name} stands after {before}");
            assert_eq!(trade_of(name), Some(Trade::parse(trade)), "{name}");
            before = name;
        }
    }
    #[test]
    fn every_line_of_the_other_scripts_holds_a_name_and_a_trade_in_the_order_of_the_names() {
        let mut before = "";
        for (name, trade) in BY_SCRIPT.lines().map(|line| line.split_once('\t').unwrap()) {
            assert!(["actor", "actor_director", "director", "other"].contains(&trade), "{name}: {trade}");
            assert!(before < name, "{name} stands after {before}");
            assert_eq!(known_person_at(name), Some((name.len(), Trade::parse(trade))), "{name}");
            before = name;
        }
    }
}
