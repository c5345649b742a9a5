//! When two forms are one character, and which form is served.

use std::collections::{BTreeMap, BTreeSet};

use entity::sort_key::fold;

use super::vote::Weight;

/// Words before a character's name that are no part of it, folded.
const TITLES: [&str; 30] = [
    "the",
    "a",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "doctor",
    "sgt",
    "sergeant",
    "capt",
    "captain",
    "lt",
    "lieutenant",
    "col",
    "colonel",
    "gen",
    "general",
    "major",
    "officer",
    "field",
    "agent",
    "detective",
    "inspector",
    "sir",
    "lady",
    "lord",
    "professor",
    "prof",
    "father",
];

/// The words of a character's name that tell it apart: all but titles, unless there is nothing else.
pub fn telling_words(character: &str) -> BTreeSet<String> {
    let words: BTreeSet<String> = fold(character).split(' ').map(str::to_owned).collect();
    let telling: BTreeSet<String> = words.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// Whether one form says nothing that the other contradicts: the telling words of one are among the other's.
pub fn same_character(one: &str, other: &str) -> bool {
    same_words(&telling_words(one), &telling_words(other))
}

/// [`same_character`], for forms whose telling words are known.
pub fn same_words(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    one.is_subset(other) || other.is_subset(one)
}

/// The character that the tally of printed forms speaks for, in its fullest form.
///
/// A short form lends its weight to every fuller one; among the forms with the most weight, the fullest is served.
pub fn served<'a>(tally: &BTreeMap<&'a str, Weight>) -> Option<&'a str> {
    let words: Vec<(&str, BTreeSet<String>, u64)> =
        tally.iter().map(|(form, weight)| (*form, telling_words(form), weight.total)).collect();
    let rank = |form: &'a str| {
        let own = telling_words(form);
        let support: u64 =
            words.iter().filter(|(_, other, _)| same_words(&own, other)).map(|(_, _, total)| total).sum();
        (support, own.len(), fold(form).split(' ').count(), form.chars().count(), std::cmp::Reverse(form))
    };
    tally.keys().copied().max_by_key(|form| rank(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally<'a>(forms: &[(&'a str, u64)]) -> BTreeMap<&'a str, Weight> {
        forms.iter().map(|(form, total)| (*form, Weight { total: *total, reviews: 1 })).collect()
    }

    #[test]
    fn short_and_full_forms_are_one_character_served_at_its_fullest() {
        let tally = tally(&[("Capt. Oro", 8), ("Oro Vance", 2), ("Captain Oro Vance", 2), ("Capt. Hale", 9)]);
        assert_eq!(served(&tally), Some("Captain Oro Vance"));
    }

    #[test]
    fn a_title_alone_is_a_character_too() {
        assert!(same_character("The Captain", "the captain"));
        assert!(!same_character("Captain Oro", "Captain Hale"));
    }
}
