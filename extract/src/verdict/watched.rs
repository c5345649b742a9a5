//! Whether the writer tells of having watched the film: `I finally saw The Long Snow`, `『雪原の馬』を観ました`.
//!
//! News and announcements are written by people who have not.

use crate::folding::{lower, start_of};
use crate::vocabulary::vocabulary;

use super::{Evidenced, SAMPLE_BYTES_MAX};

/// Places of the title looked at.
const PLACES_MAX: usize = 20;

/// Bytes between the words and the title: an article, a quote's sign, the word for a film.
const GAP_BYTES_MAX: usize = 16;

/// Whether words for having watched stand right before the title or right after it.
pub(super) fn tells_of_watching(of: &Evidenced<'_>) -> bool {
    let Some(title) = of.title.map(lower).filter(|title| title.chars().count() > 1) else { return false };
    let body = lower(start_of(of.body, SAMPLE_BYTES_MAX));
    let mut places = body.match_indices(title.as_str()).take(PLACES_MAX);
    places.any(|(at, title)| {
        let before = body.get(..at).unwrap_or_default();
        let after = body.get(at.saturating_add(title.len())..).unwrap_or_default();
        ends_with_watching(of, before) || begins_with_watching(of, after)
    })
}

fn ends_with_watching(of: &Evidenced<'_>, before: &str) -> bool {
    const REACH_BYTES: usize = 60;
    let start = before.len().saturating_sub(REACH_BYTES);
    let near = (start..=before.len()).find_map(|start| before.get(start..)).unwrap_or_default();
    let near = near.rsplit(['.', '!', '?', ';', '\n']).next().unwrap_or_default();
    let watched =
        vocabulary().words.find(near, of.language).into_iter().rfind(|hit| hit.means("watched_before", of.language));
    watched.is_some_and(|hit| near.len().saturating_sub(hit.span.end) <= GAP_BYTES_MAX)
}

fn begins_with_watching(of: &Evidenced<'_>, after: &str) -> bool {
    let near = start_of(after, GAP_BYTES_MAX.saturating_mul(2));
    let near = near.split(['.', '!', '?', ';', '\n', '。']).next().unwrap_or_default();
    let watched =
        vocabulary().words.find(near, of.language).into_iter().find(|hit| hit.means("watched_after", of.language));
    // `nog niet gezien`, `noch nicht gesehen`
    let is_denied = |before: &str| before.split(' ').any(|word| matches!(word, "niet" | "nicht" | "nie" | "nooit"));
    watched.is_some_and(|hit| {
        hit.span.start <= GAP_BYTES_MAX && !is_denied(near.get(..hit.span.start).unwrap_or_default())
    })
}
