//! The words of a text as names need them: with capitals, possessives and endings told apart.
//!
//! Knows what belongs to a word and what ends it; which words are a name is for the module above.

use std::ops::Range;

use crate::folding::lower;
use crate::vocabulary::vocabulary;

use super::BYTES_MAX;

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where, without a possessive's ending.
    pub span: Range<usize>,
    /// Whether it begins with a capital.
    pub is_capital: bool,
    /// Whether anything but one space follows.
    pub ends: bool,
    /// Whether it is a possessive.
    pub possessive: bool,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start.saturating_add(first.len_utf8());
        while let Some((at, character)) = characters.peek().copied() {
            let next = text.get(at.saturating_add(character.len_utf8())..).and_then(|rest| rest.chars().next());
            let goes_on = character.is_alphanumeric()
                || unicode_normalization::char::is_combining_mark(character)
                || (matches!(character, '-' | '‑' | '\'' | '’' | '·' | '・' | '‐')
                    && next.is_some_and(char::is_alphanumeric)
                    && !is_compound(text.get(at..).unwrap_or_default()))
                || (character == '.' && is_abbreviation(text.get(start..end).unwrap_or_default(), next));
            if !goes_on || end.saturating_sub(start) > BYTES_MAX {
                break;
            }
            end = at.saturating_add(character.len_utf8());
            characters.next();
        }
        words.push(word_of(text, start, end, first));
    }
    words
}

fn word_of(text: &str, start: usize, end: usize, first: char) -> Word {
    let written = text.get(start..end).unwrap_or_default();
    let stripped = written.strip_suffix("'s").or_else(|| written.strip_suffix("’s"));
    let inflected = if stripped.is_none() { without_inflection(written) } else { None };
    let stripped = stripped
        .or_else(|| without_case_ending(written))
        .or_else(|| written.strip_suffix("'S"))
        .or_else(|| written.strip_suffix("’S"));
    let rest = text.get(end..).unwrap_or_default();
    // `James’ new film`: an apostrophe after an s, before a space, is a possessive too.
    let bare_possessive = written.ends_with('s') && (rest.starts_with("’ ") || rest.starts_with("' "));
    let is_possessive = stripped.is_some() || bare_possessive;
    let bare_end = start.saturating_add(stripped.or(inflected).unwrap_or(written).len());
    let mut after = rest.chars();
    let is_joined = after.next() == Some(' ') && after.next().is_some_and(char::is_alphanumeric);
    Word {
        span: start..bare_end,
        is_capital: first.is_uppercase() && !is_elided_article(written),
        ends: !is_joined || inflected.is_some() && !is_possessive,
        possessive: is_possessive,
    }
}

/// Whether a word is an article that begins a sentence, and a noun: `L’interprétation`.
fn is_elided_article(written: &str) -> bool {
    const ARTICLES: [&str; 13] = ["L", "D", "Un", "All", "Dell", "Dall", "Nell", "Sull", "Qu", "J", "C", "S", "Quell"];
    let parts = written.split_once(['’', '\'']);
    parts.is_some_and(|(article, noun)| ARTICLES.contains(&article) && noun.starts_with(char::is_lowercase))
}

/// The bytes of an article or a preposition that a name follows without a space: `d’Ada Berg`.
pub(super) fn elision(written: &str) -> usize {
    const LETTERS_MAX: usize = 5;
    let found = written.char_indices().take(LETTERS_MAX).find(|(_, letter)| matches!(letter, '’' | '\''));
    let (head, name) = found.map_or(("", ""), |(at, sign)| {
        (written.get(..at).unwrap_or_default(), written.get(at.saturating_add(sign.len_utf8())..).unwrap_or_default())
    });
    let is_elided = !head.is_empty() && head.chars().all(char::is_lowercase) && name.starts_with(char::is_uppercase);
    if is_elided { written.len().saturating_sub(name.len()) } else { 0 }
}

/// Whether a hyphen ties a name to a word that is none: `Ada Berg-directed`, `Per Lund-starrer`.
fn is_compound(rest: &str) -> bool {
    let word = rest.trim_start_matches(['-', '‑', '‐']).split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    rest.starts_with(['-', '‑', '‐'])
        && word.len() > 2
        && vocabulary().facts.exact(word).is_some_and(|hit| hit.means("after_hyphen", "en"))
}

/// A name before a Turkish genitive: `Trier’nin`.
fn without_case_ending(written: &str) -> Option<&str> {
    const ENDINGS: [&str; 16] = [
        "’nin", "’nın", "’nun", "’nün", "’in", "’ın", "’un", "’ün", "'nin", "'nın", "'nun", "'nün", "'in", "'ın",
        "'un", "'ün",
    ];
    ENDINGS.iter().find_map(|ending| written.strip_suffix(ending))
}

/// A name before one of the other Turkish case endings, which ends it: `Trier’yi`, `Trier’den`.
fn without_inflection(written: &str) -> Option<&str> {
    const ENDINGS: [&str; 22] = [
        "yi", "yı", "yu", "yü", "ye", "ya", "i", "ı", "u", "ü", "e", "a", "de", "da", "te", "ta", "den", "dan", "ten",
        "tan", "yle", "yla",
    ];
    let (name, ending) = written.rsplit_once(['’', '\''])?;
    (name.chars().count() > 2 && ENDINGS.contains(&ending)).then_some(name)
}

/// Whether a full stop belongs to the word before it: initials and titles.
fn is_abbreviation(word: &str, next: Option<char>) -> bool {
    const TITLES: [&str; 16] =
        ["sgt", "lt", "capt", "col", "gen", "maj", "dr", "mr", "mrs", "ms", "jr", "sr", "st", "prof", "cpl", "rev"];
    let letters = word.chars().filter(|character| *character != '.').count();
    let is_initial =
        letters == 1 || word.contains('.') || (letters == 2 && next.is_some_and(|next| !next.is_whitespace()));
    let upper = word.chars().next().is_some_and(char::is_uppercase);
    upper && (is_initial && next.is_some() || TITLES.contains(&lower(word).as_str()))
}
