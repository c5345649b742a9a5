//! Well-known films that a headline names among other words: `Joker: You Will Burn`, `Yet another Batman movie?`.
//!
//! What the headline's form says comes first; a title that everybody knows tells where it begins and ends.

use crate::vocabulary::films_in;

use super::dissect::Part;

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
