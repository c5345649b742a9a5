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
fn telling_words(character: &str) -> BTreeSet<String> {
    let words: BTreeSet<String> = fold(character).split(' ').map(str::to_owned).collect();
    let telling: BTreeSet<String> = words.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// Whether one form says nothing that the other contradicts: the telling words of one are among the other's.
pub fn same_character(one: &str, other: &str) -> bool {
    let (one, other) = (telling_words(one), telling_words(other));
    one.is_subset(&other) || other.is_subset(&one)
}

/// The character that the tally of printed forms speaks for, in its fullest form.
///
/// A short form lends its weight to every fuller one; among the forms with the most weight, the fullest is served.
pub fn served(tally: &BTreeMap<String, Weight>) -> Option<&String> {
    tally.keys().max_by_key(|form| {
        let support: u32 =
            tally.iter().filter(|(other, _)| same_character(form, other)).map(|(_, weight)| weight.total).sum();
        (
            support,
            telling_words(form).len(),
            fold(form).split(' ').count(),
            form.chars().count(),
            std::cmp::Reverse((*form).clone()),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(forms: &[(&str, u32)]) -> BTreeMap<String, Weight> {
        forms.iter().map(|(form, total)| ((*form).to_owned(), Weight { total: *total, reviews: 1 })).collect()
    }

    #[test]
    fn short_and_full_forms_are_one_character_served_at_its_fullest() {
        let tally = tally(&[("Capt. Oro", 8), ("Oro Vance", 2), ("Captain Oro Vance", 2), ("Capt. Hale", 9)]);
        assert_eq!(served(&tally).map(String::as_str), Some("Captain Oro Vance"));
    }

    #[test]
    fn a_title_alone_is_a_character_too() {
        assert!(same_character("The Captain", "the captain"));
        assert!(!same_character("Captain Oro", "Captain Hale"));
    }
}
