//! How much a headline is like a title, by its form alone: a remark (`Mediocre but not bad`), or words as titles are written.

use crate::folding::key;
use crate::vocabulary::{is_known_film, vocabulary};

/// How much a headline is like a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// A remark, or nothing.
    Remark,
    /// Short, or with an English title's capitals.
    Short,
    /// With capitals, in a language that writes nothing else with them, or in nothing else.
    Titled,
}

/// Whether a headline is a remark rather than a title: English ones are written with capitals, `Mediocre but not bad` is not.
pub(crate) fn is_remark(headline: &str, language: &str) -> bool {
    const LETTERS_MIN: usize = 4;
    // Titles keep these in lower case, too.
    const SMALL: [&str; 6] = ["with", "from", "into", "over", "upon", "than"];
    let is_plain = |word: &str| {
        let is_told = word.len() >= LETTERS_MIN || !vocabulary().is_stop(word, language);
        word.starts_with(char::is_lowercase) && is_told && !SMALL.contains(&word)
    };
    language == "en" && headline.split(' ').skip(1).any(is_plain) && !is_known_film(&key(headline))
}

/// How much a headline is like a title by its form.
pub(super) fn likeness(headline: &str, language: &str) -> Likeness {
    const WORDS_MAX: usize = 6;
    const LETTERS_MAX_CJK: usize = 12;
    const CAPITALS_MIN: usize = 3;
    const SENTENCE_WORDS_MIN: usize = 5;
    let is_cjk = headline.chars().any(crate::folding::is_cjk);
    let is_short = headline.split(' ').count() <= WORDS_MAX
        && (!is_cjk || headline.chars().filter(|letter| letter.is_alphanumeric()).count() <= LETTERS_MAX_CJK);
    let capitals = headline.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    let has_plain = headline.chars().any(char::is_lowercase);
    let has_cased = headline.chars().any(char::is_uppercase);
    // `La dernière lanterne de la ligne`, which no text says
    let is_sentence = matches!(language, "es" | "fr" | "it" | "pt")
        && capitals == 1
        && headline.split(' ').count() >= SENTENCE_WORDS_MIN;
    // `GOODNIGHT, HALLORAN STREET`: nobody shouts a remark.
    let has_comma = headline.contains([',', '，', '、']) && (has_plain || is_cjk);
    if !is_short || is_sentence || has_comma || is_remark(headline, language) {
        Likeness::Remark
    } else if matches!(language, "es" | "fr" | "it" | "pt") && capitals >= CAPITALS_MIN && has_plain
        || has_cased && !has_plain && headline.contains(' ')
    {
        Likeness::Titled
    } else {
        Likeness::Short
    }
}
