//! Words for having watched something, right beside what was watched: `I finally saw The Long Snow`, `『雪原の馬』を観ました`.

use crate::folding::{last_bytes, start_of};
use crate::vocabulary::vocabulary;

/// Bytes between the words and the title: an article, a quote's sign, the word for a film.
const GAP_BYTES_MAX: usize = 16;

/// Whether a text in lower case ends with words for having watched what follows.
pub(crate) fn ends_with_watching(before: &str, language: &str) -> bool {
    const REACH_BYTES: usize = 60;
    let near = last_bytes(before, REACH_BYTES).rsplit(['.', '!', '?', ';', '\n']).next().unwrap_or_default();
    let watched =
        vocabulary().words.find(near, language).into_iter().rfind(|hit| hit.means("watched_before", language));
    watched.is_some_and(|hit| near.len().saturating_sub(hit.span.end) <= GAP_BYTES_MAX)
}

/// Whether a text in lower case begins with words for having watched what stands before it.
pub(crate) fn begins_with_watching(after: &str, language: &str) -> bool {
    let near = start_of(after, GAP_BYTES_MAX.saturating_mul(2));
    let near = near.split(['.', '!', '?', ';', '\n', '。']).next().unwrap_or_default();
    let watched = vocabulary().words.find(near, language).into_iter().find(|hit| hit.means("watched_after", language));
    // `nog niet gezien`, `noch nicht gesehen`
    let is_denied = |before: &str| vocabulary().facts.count(before, "denied", language) > 0;
    watched.is_some_and(|hit| {
        hit.span.start <= GAP_BYTES_MAX && !is_denied(near.get(..hit.span.start).unwrap_or_default())
    })
}
