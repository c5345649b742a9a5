//! Values as pages write them, read into the form in which [`crate::Extraction`] prints them.
//!
//! Each reader takes a text and answers with the value and where in that text it stood. Must not know what the value
//! is of.

mod dates;
mod runtime;
mod spoken;

use std::ops::Range;

pub(crate) use dates::{date, date_in_url, iso_date};
pub(crate) use runtime::{FEATURE_MINUTES_MIN, counts_hours, counts_minutes, runtime};

use crate::folding::lower;
use crate::vocabulary::vocabulary;

/// First film year taken: the oldest surviving films are of 1888.
const YEAR_MIN: i32 = 1888;

/// Last film year taken: what is announced for later is not reviewed.
const YEAR_MAX: i32 = 2040;

/// A run of digits, of letters, or one other sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// The words.
    pub text: &'a str,
    /// Where it starts.
    pub start: usize,
}

impl Token<'_> {
    /// Where it ends.
    pub(crate) fn end(&self) -> usize {
        self.start.saturating_add(self.text.len())
    }

    fn number(&self) -> Option<u32> {
        if self.text.len() > 4 || !self.text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.text.parse().ok()
    }
}

/// Splits a text into runs of digits, runs of letters, and single signs; spaces are left out.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    #[derive(PartialEq, Clone, Copy)]
    enum Class {
        Digit,
        Letter,
        Other,
    }
    let class = |character: char| {
        if character.is_ascii_digit() {
            Class::Digit
        } else if character.is_alphabetic() || unicode_normalization::char::is_combining_mark(character) {
            Class::Letter
        } else {
            Class::Other
        }
    };
    let mut tokens = Vec::new();
    let mut open: Option<(usize, Class)> = None;
    for (at, character) in text.char_indices() {
        let own = class(character);
        if let Some((start, known)) = open
            && (known != own || own == Class::Other)
        {
            tokens.extend(text.get(start..at).map(|text| Token { text, start }));
            open = None;
        }
        if !character.is_whitespace() && open.is_none() {
            open = Some((at, own));
        }
    }
    if let Some((start, _)) = open {
        tokens.extend(text.get(start..).map(|text| Token { text, start }));
    }
    tokens.retain(|token| !token.text.trim().is_empty());
    tokens
}

/// A film's year: four digits on their own.
pub(crate) fn year(text: &str) -> Option<(i32, Range<usize>)> {
    tokens(text).iter().find_map(|token| {
        let year = i32::try_from(token.number()?).ok()?;
        (token.text.len() == 4 && (YEAR_MIN..=YEAR_MAX).contains(&year)).then(|| (year, token.start..token.end()))
    })
}

/// An age alone, which is a certificate where a label says so: `FSK: 16`.
pub(crate) fn age(text: &str) -> Option<(String, Range<usize>)> {
    const AGES: [&str; 11] = ["0", "6", "7", "10", "11", "12", "13", "14", "15", "16", "18"];
    let bare = text.trim();
    let start = text.len().saturating_sub(text.trim_start().len());
    AGES.contains(&bare).then(|| (bare.to_owned(), start..start.saturating_add(bare.len())))
}

/// A certificate, when the text is one or starts with one (`PG-13 for violence`, `Rated R`).
pub(crate) fn certificate(text: &str) -> Option<(&'static str, Range<usize>)> {
    let lowered = lower(text);
    let lead = lowered.find(|character: char| character.is_alphanumeric())?;
    let mut start = lead;
    for prefix in ["rated ", "certificate ", "cert. ", "cert ", "mpaa ", "bbfc "] {
        if lowered.get(start..).is_some_and(|rest| rest.starts_with(prefix)) {
            start = start.saturating_add(prefix.len());
        }
    }
    let rest = lowered.get(start..)?;
    if let Some(code) = rest.strip_prefix("tv-") {
        let length = code.find(|character: char| !character.is_alphanumeric()).unwrap_or(code.len()).saturating_add(3);
        let hit = vocabulary().certificates.exact(rest.get(..length)?)?;
        return Some((hit.meaning("", true)?, start..start.saturating_add(length)));
    }
    let hit = vocabulary().certificates.find_in_any(rest).into_iter().find(|hit| hit.span.start == 0)?;
    let after = rest.get(hit.span.end..).unwrap_or_default();
    // `R` starts many a word and name: after a single letter or number only what ends a certificate may come.
    let ends = after.is_empty()
        || after.starts_with([',', '.', ';', ')', ']', '|', '(', '/', '\n', '•', '·', '*', '[', '"'])
        || [" for ", " (", " |", " -", " –", " •", " certificate", " rating"].iter().any(|end| after.starts_with(end))
        || after.trim().is_empty()
        || (hit.span.len() > 2 && after.starts_with(' '));
    ends.then(|| hit.meaning("", true))?.map(|code| (code, start..start.saturating_add(hit.span.end)))
}

/// Genres in a list, as printed, in title case; unknown words are taken only where the list is labelled so.
pub(crate) fn genres(list: &str, labelled: bool) -> Vec<(String, Range<usize>)> {
    const GENRES_MAX: usize = 8;
    const GENRE_BYTES_MAX: usize = 32;
    let mut genres = Vec::new();
    let mut start: usize = 0;
    // `Drama. Romance`
    let list = &list.replace(". ", ", ");
    for piece in list.split([',', '/', '|', ';', '•', '·', '&', '、', '・', '\n', '+']) {
        let lead = piece.len().saturating_sub(piece.trim_start().len());
        let trimmed = piece.trim().trim_end_matches('.').trim_start_matches('#');
        let from = start.saturating_add(lead);
        start =
            start.saturating_add(piece.len()).saturating_add(separator_width(list, start.saturating_add(piece.len())));
        let lowered = lower(trimmed);
        let known = is_genre(&lowered);
        // `Category: Reviews`
        let is_section = || {
            let word = vocabulary().words.exact(&lowered);
            word.is_some_and(|hit| {
                hit.meanings.iter().any(|(_, of)| matches!(*of, "review" | "film_category" | "news" | "film"))
            })
        };
        let plausible = labelled
            && !is_section()
            && trimmed.len() <= GENRE_BYTES_MAX
            && trimmed.split(' ').count() <= 3
            && trimmed.chars().all(|character| {
                character.is_alphabetic()
                    || matches!(character, ' ' | '-' | '–')
                    || unicode_normalization::char::is_combining_mark(character)
            });
        if !trimmed.is_empty() && (known || plausible) && genres.len() < GENRES_MAX {
            genres.push((title_case(trimmed), from..from.saturating_add(trimmed.len())));
        }
    }
    genres
}

/// Whether a lower-cased text is a genre, plain or compound.
pub(crate) fn is_genre(lowered: &str) -> bool {
    let vocabulary = vocabulary();
    if vocabulary.genres.exact(lowered).is_some() {
        return true;
    }
    let words: Vec<&str> = lowered.split([' ', '-']).collect();
    words.len() > 1
        && words.len() <= 3
        && words.iter().all(|word| vocabulary.is_compound_genre(word) || vocabulary.genres.exact(word).is_some())
}

fn separator_width(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// The first letter of each word in upper case, the others as printed.
fn title_case(text: &str) -> String {
    let mut cased = String::with_capacity(text.len());
    let mut at_start = true;
    for character in text.chars() {
        if at_start {
            cased.extend(character.to_uppercase());
        } else {
            cased.push(character);
        }
        at_start = matches!(character, ' ' | '-');
    }
    cased
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_told_from_words_and_ratings() {
        let code = |text: &str| certificate(text).map(|(code, _)| code);
        assert_eq!(code("PG-13 for violence"), Some("PG-13"));
        assert_eq!(code("Not Rated"), Some("NR"));
        assert_eq!(code("Rated R"), Some("R"));
        assert_eq!(code("R for language"), Some("R"));
        assert_eq!(code("15"), Some("15"));
        assert_eq!(code("15 stars"), None);
        assert_eq!(code("4 stars out of 5"), None);
        assert_eq!(code("A fine film"), None);
        assert_eq!(code("Robert"), None);
    }

    #[test]
    fn genres_are_taken_as_printed() {
        let read = |text: &str, labelled| genres(text, labelled).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(
            read("thriller, psychological horror / Drama", false),
            ["Thriller", "Psychological Horror", "Drama"]
        );
        assert_eq!(read("Stop-motion puzzle", true), ["Stop-Motion Puzzle"]);
        assert!(read("Ada Berg", false).is_empty());
    }

    #[test]
    fn years_are_four_digits_of_a_time_with_films() {
        assert_eq!(year("Thriller | 2024").map(|(year, _)| year), Some(2024));
        assert_eq!(year("in 1066 or 3000"), None);
    }
}
