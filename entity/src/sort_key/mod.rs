//! The folded text that columns ending in `_sort` and `_key` hold: made here, once, so that both databases hold the
//! same bytes and a filter folds its argument exactly as the row was folded.

mod name;
mod title;

pub use name::{is_same_surname, name_key};
pub use title::{title_key, title_keys};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Articles that a title is not sorted or compared by. Words that are also common first words of English titles
/// ("Die …", "As …") are left out: folding them away would join films that have nothing in common.
const ARTICLES: [&str; 20] = [
    "the", "a", "an", "el", "la", "los", "las", "un", "una", "le", "les", "une", "um", "uma", "der", "das", "ein",
    "eine", "il", "lo",
];

/// Lower case, without accents and punctuation, words separated by single spaces.
///
/// Hyphens and apostrophes join what they stand between ("Spider-Man" is `spiderman`), other signs separate it.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.nfkd().filter(|character| !is_combining_mark(*character)) {
        if character.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            for letter in character.to_lowercase() {
                match spelt_out(letter) {
                    Some(letters) => folded.push_str(letters),
                    None => folded.push(letter),
                }
            }
        } else if !joins(character) {
            gap = true;
        }
    }
    folded
}

/// A title's place in an order by title: folded, without a leading article unless nothing else is left.
pub fn title_sort(title: &str) -> String {
    let folded = fold(without_elided_article(title));
    match folded.split_once(' ') {
        Some((first, rest)) if ARTICLES.contains(&first) => rest.to_owned(),
        _ if folded.is_empty() => title.trim().to_lowercase(),
        _ => folded,
    }
}

/// "L’" before a vowel, which is written as one word with what follows.
fn without_elided_article(title: &str) -> &str {
    let rest = title.trim_start().strip_prefix(['l', 'L']).and_then(|rest| rest.strip_prefix(['\'', '’']));
    rest.filter(|rest| rest.chars().any(char::is_alphanumeric)).unwrap_or(title)
}

/// Letters that NFKD leaves alone although readers take them for accented ones, or for two.
pub(crate) fn spelt_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

/// Signs that join what they stand between.
pub(crate) fn joins(character: char) -> bool {
    matches!(character, '-' | '\'' | '’' | '‘' | '‐' | '‑' | '\u{ad}' | '.' | 'ʼ' | '`' | '´')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_alone_still_sort() {
        assert_eq!(title_sort("…"), "…");
    }
}
