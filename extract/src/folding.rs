//! Letters made comparable: lower case at the same byte offsets, and keys for names and titles.
//!
//! Must not know what the letters say.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, where no offset moves: a letter whose lower case has another width stays, and typographic apostrophes
/// stay too.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(lower_character).collect() }
}

fn lower_character(character: char) -> char {
    let mut lowered = character.to_lowercase();
    match (lowered.next(), lowered.next()) {
        (Some(single), None) if single.len_utf8() == character.len_utf8() => single,
        _ => character,
    }
}

/// A key under which two spellings of one name or title are equal: no case, accents, punctuation or doubled spaces.
pub(crate) fn key(text: &str) -> String {
    // Most names need no taking apart.
    if text.is_ascii() {
        return bare_letters(text.chars(), text.len());
    }
    bare_letters(text.nfkd().filter(|character| !is_combining_mark(*character)), text.len())
}

/// Letters and digits in lower case, with single spaces for what stands between them.
fn bare_letters(characters: impl Iterator<Item = char>, bytes: usize) -> String {
    let mut key = String::with_capacity(bytes);
    for character in characters {
        if character.is_alphanumeric() {
            key.extend(character.to_lowercase());
        } else if !matches!(character, '\'' | '’' | '‘') && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.trim().to_owned()
}

/// The key without an article at its start.
pub(crate) fn title_key(text: &str) -> String {
    let key = key(text);
    const ARTICLES: [&str; 3] = ["the ", "a ", "an "];
    match ARTICLES.iter().find_map(|article| key.strip_prefix(article)) {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => key,
    }
}

/// A key of a person's name: Chinese, Japanese and Korean write the same one with a space and without.
pub(crate) fn person_key(name: &str) -> String {
    let own = key(name);
    if name.chars().any(is_cjk) {
        return own.replace(' ', "");
    }
    if name.chars().any(is_cyrillic) { uninflected(&own) } else { own }
}

fn is_cyrillic(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{4ff}')
}

/// A name whose words end as they are written in whichever case: `джонни симмонса` is `джонни симмонс`.
fn uninflected(name: &str) -> String {
    const ENDINGS: [&str; 7] = ["ом", "ем", "ым", "ой", "ей", "ою", "ею"];
    const LETTERS_MIN: usize = 3;
    const VOWELS: [char; 10] = ['а', 'я', 'у', 'ю', 'ы', 'и', 'е', 'о', 'ь', 'й'];
    let bare = |word: &str| {
        let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        let stem = stem.trim_end_matches(VOWELS);
        if stem.chars().count() >= LETTERS_MIN { stem.to_owned() } else { word.to_owned() }
    };
    name.split(' ').map(bare).collect::<Vec<_>>().join(" ")
}

/// The last bytes of a text, cut at a character.
pub(crate) fn last_bytes(text: &str, most: usize) -> &str {
    let start = (text.len().saturating_sub(most)..=text.len()).find(|at| text.is_char_boundary(*at));
    start.and_then(|start| text.get(start..)).unwrap_or_default()
}

/// The start of a text, cut at a character's boundary.
pub(crate) fn start_of(text: &str, bytes_max: usize) -> &str {
    let end = (0..=bytes_max.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// Whether a letter belongs to a script that writes without capitals and, mostly, without spaces.
pub(crate) fn is_cjk(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff66}'..='\u{ff9f}' | '々')
}

/// Whether a letter belongs to a script without capitals.
pub(crate) fn is_caseless(character: char) -> bool {
    is_cjk(character) || (character.is_alphabetic() && !character.is_uppercase() && !character.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowering_moves_no_offset() {
        for text in ["DIREÇÃO: İstanbul", "ẞ Ⱥ K", "監督", "ΣΊΣΥΦΟΣ"] {
            assert_eq!(lower(text).len(), text.len(), "{text}");
        }
        assert_eq!(lower("DIREÇÃO"), "direção");
    }

    #[test]
    fn a_persons_key_is_the_same_in_every_case_of_the_name() {
        for name in ["Анны Орловой", "Анне Орловой", "Анну Орлову"] {
            assert_eq!(person_key(name), person_key("Анна Орлова"), "{name}");
        }
        assert_ne!(person_key("Анна Орлова"), person_key("Анна Белова"));
    }

    #[test]
    fn keys_forget_accents_case_and_punctuation() {
        assert_eq!(key("Pedro  ALMODÓVAR"), key("pedro almodovar"));
        assert_eq!(title_key("The Long, Long Road"), "long long road");
    }
}
