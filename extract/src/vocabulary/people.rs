//! Who is known for what: actors, directors and others whom reviews name, as every reader of reviews knows them.
//!
//! Tells what a name most likely is; that somebody had to do with a film, only a page can say.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const FILE: &str = include_str!("../../data/people.tsv");

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

static TRADES: LazyLock<FxHashMap<&'static str, Trade>> = LazyLock::new(|| {
    lines().flat_map(|(trade, names)| names.split('|').map(move |name| (name, Trade::parse(trade)))).collect()
});

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// What the one with a name, given as a key, is known for. Some are known by the surname alone.
pub(crate) fn trade_of(name: &str) -> Option<Trade> {
    TRADES.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folding::key;

    #[test]
    fn every_line_names_a_trade_and_holds_keys_each_of_which_stands_once() {
        const NAMES: [&str; 13] = [
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
        let mut seen = rustc_hash::FxHashSet::default();
        for (trade, names) in lines() {
            assert!(NAMES.contains(&trade), "{trade}");
            for name in names.split('|') {
                assert_eq!(name, key(name), "names are keys");
                assert!(seen.insert(name), "{name} stands twice");
            }
        }
        assert_eq!(FILE.lines().filter(|line| !line.starts_with('#')).count(), lines().count());
    }
}
