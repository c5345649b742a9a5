//! Lists of people as credits print them: `A, B (Character) and C`, `Ana & Leo Prado`, `A as B`.
//!
//! Knows how lists are written, not who directed what.

use std::borrow::Cow;
use std::ops::Range;

use crate::folding::lower;
use crate::names::{has_given_name, is_person, is_single_name};
use crate::vocabulary::vocabulary;

/// Names taken from one list.
const PEOPLE_MAX: usize = 60;

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The name as it is to be printed.
    pub name: String,
    /// Where it stands, relative to the list.
    pub span: Range<usize>,
    /// The character, with its place.
    pub character: Option<(String, Range<usize>)>,
}

/// Reads a list of people. Entries that are no names are left out; a list may hold single names only where `lenient`.
pub(crate) fn people(list: &str, lenient: bool) -> Vec<Listed> {
    let list = without_references(list);
    let list = list.as_ref();
    let pieces = pieces(list);
    let mut people: Vec<Listed> = Vec::new();
    let mut lone_first: Option<(String, Range<usize>)> = None;
    for piece in pieces.into_iter().take(PEOPLE_MAX) {
        let Some(text) = list.get(piece.clone()) else { continue };
        let (name_span, character) = split_character(text, piece.start);
        let name = list.get(name_span.clone()).unwrap_or_default();
        let (name, name_span) = trimmed(name, name_span);
        if is_person(name) {
            // `Berg and Ada Lund`: of two words before a surname, the one that is no first name is another's surname.
            let is_first = |word: &str| has_given_name(word) || !has_given_name(name);
            let lone = lone_first.take().filter(|(first, _)| is_first(first));
            if let (Some((first, span)), Some(surname)) = (lone, name.split(' ').next_back()) {
                people.push(Listed { name: format!("{first} {surname}"), span, character: None });
            }
            people.push(Listed { name: tidy(name), span: name_span, character });
        } else if is_group(name) {
            people.push(Listed { name: tidy(name), span: name_span, character });
        } else if is_single_name(name) && !vocabulary().is_country(&lower(name)) {
            let is_joined = list.get(name_span.end..).is_some_and(starts_with_joiner);
            if is_joined && !lenient {
                lone_first = Some((name.to_owned(), name_span));
            } else if lenient {
                lone_first = is_joined.then(|| (name.to_owned(), name_span.clone()));
                if !is_joined {
                    people.push(Listed { name: name.to_owned(), span: name_span, character });
                }
            }
        }
    }
    people
}

/// Whether a name is that of siblings or of a pair who sign together: `The Holms`, `The Lund Sisters`.
fn is_group(name: &str) -> bool {
    const KIN: [&str; 5] = ["Brothers", "Bros", "Bros.", "Sisters", "Twins"];
    let Some(rest) = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")) else { return false };
    match rest.split_once(' ') {
        None => rest.ends_with('s') && is_single_name(rest),
        Some((surname, kin)) => KIN.contains(&kin) && is_single_name(surname),
    }
}

/// A list with the links after its entries (`Ada Berg Wikipedia`) blanked, so that places stay.
pub(crate) fn without_references(list: &str) -> Cow<'_, str> {
    const SITES: [&str; 10] = [
        "Rotten Tomatoes",
        "Wikipedia",
        "Letterboxd",
        "Metacritic",
        "FilmAffinity",
        "Filmaffinity",
        "Wikidata",
        "AlloCiné",
        "IMDb",
        "TMDB",
    ];
    let mut bare = Cow::Borrowed(list);
    for site in SITES {
        if bare.contains(site) {
            bare = Cow::Owned(bare.replace(site, &" ".repeat(site.len())));
        }
    }
    bare
}

/// Whether ` and `, ` & ` or the like comes next.
fn starts_with_joiner(rest: &str) -> bool {
    let word = rest.trim_start().split(' ').next().unwrap_or_default();
    vocabulary().is_joiner(&lower(word))
}

/// The entries of a list: between commas, semicolons, bars, bullets, slashes, joiners, outside brackets.
fn pieces(list: &str) -> Vec<Range<usize>> {
    let lowered = lower(list);
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0_usize, 0_usize);
    let mut skip_to = 0_usize;
    for (at, character) in list.char_indices() {
        if at < skip_to {
            continue;
        }
        match character {
            '(' | '[' | '（' => depth = depth.saturating_add(1),
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let width = match character {
            // `亚当·艾略特`: names from other languages have the list's sign within.
            '·' if is_within_name(list, at) => 0,
            ',' | ';' | '|' | '•' | '·' | '/' | '、' | '，' | '／' | '\n' | '&' | '＆' => character.len_utf8(),
            ' ' => joiner_width(lowered.get(at..).unwrap_or_default()),
            _ => 0,
        };
        if width == 0 {
            continue;
        }
        // Katakana names hold a middle dot themselves, which is another character than the list's.
        pieces.push(start..at);
        start = at.saturating_add(width);
        skip_to = start;
    }
    pieces.push(start..list.len());
    pieces.into_iter().filter(|piece| piece.start < piece.end).flat_map(|piece| after_surnames(list, piece)).collect()
}

/// Whether the middle dot at a place stands between two Chinese characters, as in names from other languages.
fn is_within_name(list: &str, at: usize) -> bool {
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let before = list.get(..at).and_then(|head| head.chars().next_back());
    let after = list.get(at..).and_then(|rest| rest.chars().nth(1));
    before.is_some_and(is_han) && after.is_some_and(is_han)
}

/// `Ada BERG Per LUND`: people in a row, where surnames in capitals tell where each ends.
fn after_surnames(list: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let text = list.get(piece.clone()).unwrap_or_default();
    let is_capitals =
        |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(char::is_lowercase);
    let mut people = Vec::new();
    let (mut start, mut at) = (piece.start, piece.start);
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        at = at.saturating_add(word.len());
        let next = words.peek().copied().unwrap_or_default();
        if is_capitals(word) && next.contains(char::is_lowercase) && next.starts_with(char::is_uppercase) {
            people.push(start..at);
            start = at.saturating_add(1);
        }
        at = at.saturating_add(1);
    }
    people.push(start..piece.end);
    // A surname in capitals may stand first, too: `BERG Ada`.
    let is_row = people.len() > 1
        && people.iter().all(|one| {
            list.get(one.clone()).is_some_and(|name| {
                name.trim().split(' ').next_back().is_some_and(is_capitals) && name.trim().contains(' ')
            })
        });
    if is_row { people } else { vec![piece] }
}

/// The width of ` and ` and its likes at the start of a text, 0 where there is none.
fn joiner_width(lowered: &str) -> usize {
    let rest = lowered.strip_prefix(' ').unwrap_or(lowered);
    for words in [2_usize, 1] {
        let mut ends = rest.match_indices(' ').map(|(at, _)| at);
        let Some(end) = ends.nth(words.saturating_sub(1)) else { continue };
        if rest.get(..end).is_some_and(|word| vocabulary().is_joiner(word)) {
            return end.saturating_add(2);
        }
    }
    if lowered.starts_with(" - ") || lowered.starts_with(" – ") { 3 } else { 0 }
}

/// `Name (Character)`, `Name as Character`, `Name ... Character`: the name's span and the character.
fn split_character(entry: &str, offset: usize) -> (Range<usize>, Option<(String, Range<usize>)>) {
    let whole = offset..offset.saturating_add(entry.len());
    if let Some(open) = entry.find(['(', '（']) {
        let inside_start =
            open.saturating_add(entry.get(open..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let inside = entry.get(inside_start..).unwrap_or_default();
        let inside = inside.split([')', '）']).next().unwrap_or_default();
        let character = character(inside, offset.saturating_add(inside_start));
        return (offset..offset.saturating_add(open), character);
    }
    for separator in [" as ", " como ", " als ", " … ", " ... ", "...", "…"] {
        let Some(at) = entry.find(separator) else { continue };
        let start = at.saturating_add(separator.len());
        let said = entry.get(start..).unwrap_or_default().trim_start_matches(['.', ' ']);
        let start = entry.len().saturating_sub(said.len());
        return (offset..offset.saturating_add(at), character(said, offset.saturating_add(start)));
    }
    (whole, None)
}

fn character(text: &str, offset: usize) -> Option<(String, Range<usize>)> {
    let lead = text.len().saturating_sub(text.trim_start().len());
    let trimmed = text.trim().trim_end_matches(['.', ',']);
    let low = lower(trimmed);
    let is_note =
        matches!(low.as_str(), "voice" | "voices" | "v.o." | "uncredited" | "cameo" | "l" | "r" | "left" | "right")
            || trimmed.chars().next().is_some_and(|first| first.is_ascii_digit());
    let start = offset.saturating_add(lead);
    (!trimmed.is_empty() && trimmed.len() <= 60 && !is_note)
        .then(|| (trimmed.to_owned(), start..start.saturating_add(trimmed.len())))
}

fn trimmed(text: &str, span: Range<usize>) -> (&str, Range<usize>) {
    let strip = |character: char| {
        character.is_whitespace() || matches!(character, '.' | ':' | '–' | '-' | '*' | '"' | '“' | '”' | '：')
    };
    let start = text.len().saturating_sub(text.trim_start_matches(strip).len());
    let inner = text.trim_matches(strip);
    // A suffix or initial keeps its full stop.
    let end = start.saturating_add(inner.len());
    let keeps_stop = text.get(end..).is_some_and(|rest| rest.starts_with('.'))
        && inner.split(' ').next_back().is_some_and(|last| last.chars().count() == 1 || matches!(last, "Jr" | "Sr"));
    let end = if keeps_stop { end.saturating_add(1) } else { end };
    // `(Stars: Ada Berg)`: a bracket that closes without one that opens is the line's.
    let end = end.saturating_sub(usize::from(inner.ends_with(')') && !inner.contains('(')));
    (text.get(start..end).unwrap_or_default(), span.start.saturating_add(start)..span.start.saturating_add(end))
}

fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str) -> Vec<(String, Option<String>)> {
        people(list, false).into_iter().map(|one| (one.name, one.character.map(|(name, _)| name))).collect()
    }

    #[test]
    fn lists_are_split_and_surnames_shared() {
        let names: Vec<String> =
            read("Ana & Leo Prado, Ko Yu-na; Ida Lund and Per Holm Jr.").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Ana Prado", "Leo Prado", "Ko Yu-na", "Ida Lund", "Per Holm Jr."]);
        let names: Vec<String> = read("Kessler and Anna Lund").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Anna Lund"], "a surname is no first name");
    }

    #[test]
    fn siblings_may_sign_together() {
        let names = |list: &str| read(list).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("The Holms"), ["The Holms"]);
        assert_eq!(names("The Lund Sisters, Ida Berg"), ["The Lund Sisters", "Ida Berg"]);
        assert!(names("The Director").is_empty() && names("The Long Snow").is_empty());
    }

    #[test]
    fn characters_stand_in_brackets_or_after_as() {
        assert_eq!(
            read("Ana Prado (Captain Reyes), Ida Lund as Mother, Per Holm (voice)"),
            [
                ("Ana Prado".to_owned(), Some("Captain Reyes".to_owned())),
                ("Ida Lund".to_owned(), Some("Mother".to_owned())),
                ("Per Holm".to_owned(), None),
            ]
        );
    }
}
