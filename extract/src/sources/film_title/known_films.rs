//! Well-known films that a headline names among other words (`Joker: You Will Burn`, `Yet another Batman movie?`), or the
//! text, where the headline names none.
//!
//! What the headline's form says comes first; a title that everybody knows tells where it begins and ends.

use std::collections::HashMap;

use crate::extraction::Span;
use crate::folding::key;
use crate::sources::Reading;
use crate::sources::prose::prose_blocks;
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

/// The well-known film that a text names more often than any other; of films named once, the first, where its title is long
/// enough to be no chance.
pub(super) fn in_text(reading: Reading<'_>) -> Option<Span> {
    const BLOCKS_MAX: usize = 60;
    let mut named: HashMap<String, (usize, Span)> = HashMap::new();
    for block in prose_blocks(reading.page).take(BLOCKS_MAX) {
        let text = reading.page.block_text(block);
        for film in films_in(text) {
            let title = text.get(film.clone()).unwrap_or_default();
            let place = block.span.start.saturating_add(film.start)..block.span.start.saturating_add(film.end);
            let (times, _) = named.entry(key(title)).or_insert((0, place));
            *times = times.saturating_add(1);
        }
    }
    // One word may be anything that a sentence begins with.
    named.retain(|title, _| title.contains(' '));
    let most = named.values().map(|(times, _)| *times).max()?;
    let mut top = named.into_iter().filter(|(_, (times, _))| *times == most);
    if most == 1 {
        let (title, (_, place)) = top.min_by_key(|(_, (_, place))| place.start)?;
        return (title.split(' ').count() > SHORT_WORDS_MAX).then_some(place);
    }
    let (_, (_, place)) = top.next()?;
    top.next().is_none().then_some(place)
}
