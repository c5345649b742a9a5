//! Well-known films that a headline names among other words: `Joker: You Will Burn`, `Yet another Batman movie?`.
//!
//! What the headline's form says comes first; a title that everybody knows tells where it begins and ends.

use crate::folding::key;
use crate::vocabulary::{FILM_WORDS_MAX, is_known_film};

use super::dissect::Part;

/// How likely a well-known film's title is the one reviewed, by its name alone.
const WEIGHT: i32 = 6;

/// How much likelier a part of the headline is the title when it is a well-known film's.
pub(super) const KNOWN: i32 = 4;

/// Words of a headline looked at.
const WORDS_MAX: usize = 40;

/// The longest known title at every place of a headline. `is_named` says whether the text has a title of one word as a name.
pub(super) fn inside(headline: &str, is_named: impl Fn(&str) -> bool) -> Vec<Part> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in headline.split(' ').take(WORDS_MAX) {
        let start = words.last().map_or(0, |(at, before)| at.saturating_add(before.len()).saturating_add(1));
        words.push((start, word));
    }
    let mut parts = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let found = longest(headline, words.get(from..).unwrap_or_default(), &is_named);
        from = from.saturating_add(found.as_ref().map_or(1, |(_, count)| *count));
        parts.extend(found.map(|(part, _)| part));
    }
    parts
}

/// The longest known title that begins with the first of some words, and how many of them it takes.
fn longest(headline: &str, words: &[(usize, &str)], is_named: impl Fn(&str) -> bool) -> Option<(Part, usize)> {
    let (start, first) = words.first()?;
    let begins = first.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    if !begins.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit()) {
        return None;
    }
    let start = start.saturating_add(first.len().saturating_sub(begins.len()));
    words.iter().take(FILM_WORDS_MAX).enumerate().rev().find_map(|(at, (last, word))| {
        let end = last.saturating_add(word.len());
        let text = headline.get(start..end)?.trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != '!');
        let own = key(text);
        let is_cut = own.ends_with(" and") || own.ends_with(" the") || own.ends_with(" a");
        let fits = !is_cut && is_known_film(&own) && (text.contains(' ') || is_named(text));
        let part = Part { text: text.to_owned(), start, weight: WEIGHT, ..Part::default() };
        fits.then_some((part, at.saturating_add(1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_title_is_taken_wherever_it_stands() {
        let read = |headline: &str| inside(headline, |_| true).into_iter().map(|part| part.text).collect::<Vec<_>>();
        assert_eq!(read("Why Toy Story 3 made me cry"), ["Toy Story 3"]);
        assert_eq!(read("Yet another Batman movie?"), ["Batman"]);
        assert_eq!(read("Rewatching The Dark Knight Rises, alone"), ["The Dark Knight Rises"]);
        assert!(read("The Long Snow").is_empty());
        assert!(inside("Batman and me", |_| false).is_empty());
    }
}
