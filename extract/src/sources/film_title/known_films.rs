//! Well-known films that a headline names among other words: `Joker: You Will Burn`, `Yet another Batman movie?`.
//!
//! What the headline's form says comes first; a title that everybody knows tells where it begins and ends, as a year behind
//! it does: the first words of one that is whole are no title, though the text goes on to call it by them.

use crate::folding::{key, lower};
use crate::vocabulary::{films_in, is_known_film, vocabulary};

use super::dissect::{Dissected, Part};
use super::signed::before_name;
use super::trimmed;

/// How likely a well-known film's title is the one reviewed, by its name alone.
const WEIGHT: i32 = 6;

/// How much likelier a part of the headline is the title when it is a well-known film's.
pub(super) const KNOWN: i32 = 4;

/// Words of a title that any headline may hold by chance.
const SHORT_WORDS_MAX: usize = 2;

/// The known titles in a headline. `is_named` says whether the text has a title as a name, which short ones need.
pub(super) fn inside(headline: &str, is_named: impl Fn(&str) -> bool) -> Vec<Part> {
    let made = |span: std::ops::Range<usize>| {
        let text = headline.get(span.clone())?;
        // `Del revés (Inside Out)`
        let is_set_off = headline.get(..span.start)?.ends_with(['(', '“', '"', '‘', '«']);
        let is_long = text.split(' ').count() > SHORT_WORDS_MAX;
        let fits = is_long || is_set_off && text.contains(' ') || is_named(text);
        fits.then(|| Part { text: text.to_owned(), start: span.start, weight: WEIGHT, ..Part::default() })
    };
    films_in(headline).into_iter().filter_map(made).collect()
}

/// Parts of a headline that are but the first words of a title that it has whole, with that: a well-known one, one that its
/// year's bracket follows, or one that its capitals show.
pub(super) fn shortened<'d>(dissected: &'d Dissected, headline: &str, language: &str) -> Vec<(&'d str, &'d Part)> {
    let whole = |words: &str| {
        let is_whole = |whole: &&Part| begins(dissected, whole, words) || is_titled(whole, words, headline, language);
        dissected.parts.iter().find(is_whole)
    };
    dissected.parts.iter().map(|part| trimmed(&part.text).0).filter_map(|words| Some((words, whole(words)?))).collect()
}

fn begins(dissected: &Dissected, whole: &Part, words: &str) -> bool {
    const YEAR_GAP: usize = 2;
    let title = trimmed(&whole.text).0;
    let Some(rest) = title.strip_prefix(words).filter(|rest| rest.starts_with(' ')) else { return false };
    let end = whole.start.saturating_add(whole.text.len());
    let year = dissected.year.as_ref().and_then(|year| year.start.checked_sub(end));
    let is_dated = year.is_some_and(|gap| (1..=YEAR_GAP).contains(&gap));
    let is_one = !rest.contains([':', '–', '—', '-', ',', '|', '/', '(']);
    is_dated && is_one || title.split(' ').count() > SHORT_WORDS_MAX && is_known_film(&key(title))
}

/// Whether all of a headline is a title that holds the words, by its capitals, where a language writes remarks without them:
/// `A Balsa de Dona Zefa`.
fn is_titled(whole: &Part, words: &str, headline: &str, language: &str) -> bool {
    const WORDS_MAX: usize = 6;
    let title = trimmed(&whole.text).0;
    let all: Vec<&str> = title.split(' ').collect();
    let is_small = |word: &&&str| vocabulary().is_stop(&lower(word), language) || vocabulary().is_joiner(&lower(word));
    let telling: Vec<&&str> = all.iter().filter(|word| !is_small(word)).collect();
    let is_other = |word: &&str| word.starts_with(char::is_uppercase) && !words.split(' ').any(|own| own == *word);
    matches!(language, "pt" | "es" | "fr" | "it")
        && title == headline.trim()
        && before_name(title).is_none()
        && all.len() <= WORDS_MAX
        && title.len() > words.len()
        && holds(title, words)
        && telling.iter().all(|word| word.starts_with(char::is_uppercase))
        && telling.iter().any(|word| is_other(word))
}

/// Whether words are all or a part of others.
pub(super) fn holds(whole: &str, words: &str) -> bool {
    let mut places = whole.match_indices(words);
    places.any(|(at, _)| {
        let (before, after) = (whole.get(..at).unwrap_or_default(), whole.get(at.saturating_add(words.len())..));
        (before.is_empty() || before.ends_with(' '))
            && after.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}
