//! Words for having watched something, right beside what was watched: `I finally saw The Long Snow`, `『雪原の馬』を観ました`.

use crate::extraction::Span;
use crate::folding::{last_bytes, lower, start_of};
use crate::names::has_given_name;
use crate::sources::Reading;
use crate::sources::prose::prose_blocks;
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

/// The first title that an English text tells of having watched, told by its capitals: `This week we watched The Long Snow.`
pub(super) fn named(reading: Reading<'_>) -> Option<Span> {
    const BLOCKS_MAX: usize = 8;
    if reading.language != "en" {
        return None;
    }
    prose_blocks(reading.page).take(BLOCKS_MAX).find_map(|block| {
        let text = reading.page.block_text(block);
        let hits = vocabulary().words.find(&lower(text), reading.language).into_iter();
        let ends = hits.filter(|hit| hit.means("watched_before", reading.language)).map(|hit| hit.span.end);
        ends.filter_map(|end| titled(text, end.saturating_add(1)))
            .next()
            .map(|title| block.span.start.saturating_add(title.start)..block.span.start.saturating_add(title.end))
    })
}

/// The words with capitals that start at a place of a text, over the small words between them, where they name nobody.
fn titled(text: &str, start: usize) -> Option<Span> {
    const WORDS_MAX: usize = 8;
    const SMALL: [&str; 9] = ["of", "the", "and", "a", "in", "on", "to", "for", "&"];
    let (mut end, mut at) = (start, start);
    for word in text.get(start..)?.split(' ').take(WORDS_MAX) {
        let bare = word.trim_end_matches([',', '.', '!', '?', ';', ')']);
        let is_capital = bare.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
        if !(is_capital || SMALL.contains(&bare) && at > start) {
            break;
        }
        end = if is_capital { at.saturating_add(bare.len()) } else { end };
        at = at.saturating_add(word.len()).saturating_add(1);
        if bare.len() < word.len() {
            break;
        }
    }
    let title = text.get(start..end).filter(|title| title.contains(' '))?;
    // `I saw Ada Berg at the station`, `I saw the Eiffel Tower`
    (!has_given_name(title) && !vocabulary().is_seldom_name(&lower(title))).then_some(start..end)
}
