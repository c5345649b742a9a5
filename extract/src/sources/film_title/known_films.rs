//! Well-known films that a headline names among other words: `Joker: You Will Burn`, `Yet another Batman movie?`.
//!
//! What the headline's form says comes first; a title that everybody knows tells where it begins and ends.

use crate::vocabulary::films_in;

use super::dissect::Part;

/// How likely a well-known film's title is the one reviewed, by its name alone.
const WEIGHT: i32 = 6;

/// How much likelier a part of the headline is the title when it is a well-known film's.
pub(super) const KNOWN: i32 = 4;

/// The known titles in a headline. `is_named` says whether the text has a title of one word as a name.
pub(super) fn inside(headline: &str, is_named: impl Fn(&str) -> bool) -> Vec<Part> {
    let made = |span: std::ops::Range<usize>| {
        let text = headline.get(span.clone())?;
        let fits = text.contains(' ') || is_named(text);
        fits.then(|| Part { text: text.to_owned(), start: span.start, weight: WEIGHT, ..Part::default() })
    };
    films_in(headline).into_iter().filter_map(made).collect()
}
