//! Whether the writer tells of having watched the film: `I finally saw The Long Snow`, `『雪原の馬』を観ました`.
//!
//! News and announcements are written by people who have not.

use crate::folding::{lower, start_of};
use crate::sources::film_title::{begins_with_watching, ends_with_watching};

use super::{Evidenced, SAMPLE_BYTES_MAX};

/// Places of the title looked at.
const PLACES_MAX: usize = 20;

/// Whether words for having watched stand right before the title or right after it.
pub(super) fn tells_of_watching(of: &Evidenced<'_>) -> bool {
    let Some(title) = of.title.map(lower).filter(|title| title.chars().count() > 1) else { return false };
    let body = lower(start_of(of.body, SAMPLE_BYTES_MAX));
    let mut places = body.match_indices(title.as_str()).take(PLACES_MAX);
    places.any(|(at, title)| {
        let before = body.get(..at).unwrap_or_default();
        let after = body.get(at.saturating_add(title.len())..).unwrap_or_default();
        ends_with_watching(before, of.language) || begins_with_watching(after, of.language)
    })
}
