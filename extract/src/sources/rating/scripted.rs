//! Ratings that a script draws: its own numbers, where the element or the script's calls say that it draws a rating.
//!
//! Never runs a script: reads `name = number` and `name: number` in it.

use dom_query::NodeRef;

use crate::extraction::{Rating, Source};
use crate::folding::lower;
use crate::page::Zone;
use crate::sources::Reading;

use super::Candidate;
use super::scale::{self, Number};

/// Longest script read: what draws one rating is short.
const SCRIPT_BYTES_MAX: usize = 20_000;

/// Scripts read of one page.
const SCRIPTS_MAX: usize = 200;

/// Calls of the field's star widgets; they draw five stars unless told otherwise.
const WIDGETS: [&str; 5] = ["rateyo(", "raty(", "starrating(", "jrate(", "barrating("];

/// Parts of names that hold the rating, and of names that hold its scale or its looks.
const VALUE_NAMES: [&str; 7] = ["rating", "score", "val", "stars", "nota", "note", "grade"];
const BEST_NAMES: [&str; 8] = ["max", "limit", "best", "total", "outof", "numstars", "number", "scale"];
const OTHER_NAMES: [&str; 6] = ["width", "size", "min", "count", "color", "duration"];

/// Ratings drawn by the page's scripts.
pub(super) fn read(reading: Reading<'_>) -> Vec<Candidate> {
    let scripts = reading.page.elements("script");
    let inline = scripts.iter().filter(|script| {
        let kind = lower(&script.attr_or("type", ""));
        !script.has_attr("src") && (kind.is_empty() || kind.contains("javascript") || kind == "module")
    });
    inline
        .take(SCRIPTS_MAX)
        .filter_map(|script| {
            let code = lower(&script.text());
            let is_widget = WIDGETS.iter().any(|call| code.contains(call));
            if code.len() > SCRIPT_BYTES_MAX || !is_widget && !draws_rating(script) {
                return None;
            }
            let in_place = matches!(reading.page.zone_around(script), Zone::Body | Zone::Byline | Zone::Aside);
            let rating = in_code(&code, is_widget).filter(|_| in_place)?;
            Some(Candidate { rating, span: None, source: Source::Metadata, weight: 5 })
        })
        .collect()
}

/// Whether the element around a script is named after a rating, and not after its readers'.
fn draws_rating(script: &NodeRef<'_>) -> bool {
    const LEVELS_MAX: usize = 2;
    let names = |node: &NodeRef<'_>| lower(&format!("{} {}", node.attr_or("class", ""), node.attr_or("id", "")));
    let around: Vec<String> = script.ancestors_it(Some(LEVELS_MAX)).map(|node| names(&node)).collect();
    let says = |words: &[&str]| around.iter().any(|names| words.iter().any(|word| names.contains(word)));
    says(&["rating", "score", "stars", "nota", "puntuacion", "wertung"])
        && !says(&["user", "vote", "reader", "comment"])
}

fn in_code(code: &str, is_widget: bool) -> Option<Rating> {
    let numbers = assignments(code);
    let is_of = |name: &str, parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let value = numbers
        .iter()
        .find(|(name, _)| is_of(name, &VALUE_NAMES) && !is_of(name, &BEST_NAMES) && !is_of(name, &OTHER_NAMES));
    let best = numbers.iter().find(|(name, _)| is_of(name, &BEST_NAMES)).and_then(|(_, best)| best.parse().ok());
    let (_, printed) = value?;
    let best: f64 = best.or(is_widget.then_some(5.0)).filter(|best| (3.0..=100.0).contains(best))?;
    let places = u32::try_from(printed.split_once('.').map_or(0, |(_, places)| places.len())).ok()?;
    let number = Number { value: printed.parse().ok()?, places, best: Some(best), stars: is_widget };
    scale::number(printed, number).filter(|rating| rating.value > Some(0.0))
}

/// `name = "3.5"`, `name: 5`: names and the numbers given to them, in order.
fn assignments(code: &str) -> Vec<(&str, &str)> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let mut found = Vec::new();
    for (at, _) in code.match_indices(['=', ':']) {
        let before = code.get(..at).unwrap_or_default().trim_end_matches([' ', '"', '\'']);
        let start = before.char_indices().rev().take_while(|(_, character)| is_name(*character)).last();
        let name = start.and_then(|(start, _)| before.get(start..)).unwrap_or_default();
        let after = code.get(at.saturating_add(1)..).unwrap_or_default().trim_start_matches([' ', '"', '\'']);
        let end = after.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(after.len());
        let number = after.get(..end).unwrap_or_default().trim_end_matches('.');
        if !name.is_empty() && !number.is_empty() && number.len() <= 5 {
            found.push((name, number));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_given_to_names_are_read_and_looks_are_not() {
        let read = |code: &str, is_widget: bool| in_code(code, is_widget).map(|rating| (rating.value, rating.best));
        assert_eq!(read("var width = 10; var _val = \"8\"; var _limit = 10.0;", false), Some((Some(8.0), Some(10.0))));
        assert_eq!(read("$('#r').rateyo({ rating: 3.5, numstars: 5 })", true), Some((Some(3.5), Some(5.0))));
        assert_eq!(read("x.raty({score: 4})", true), Some((Some(4.0), Some(5.0))));
        assert_eq!(read("var score = 7; draw(score);", false), None, "no scale, no widget");
    }
}
