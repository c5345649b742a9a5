//! Ratings that stand alone beside the article: `15 / 20` over its headline, `Overall: 7.8/10` in a grid under its text.
//!
//! Reads only blocks that hold nothing else, and only out of a best mark: what else stands there is the site's.

use crate::extraction::Source;
use crate::folding::lower;
use crate::page::{Block, Zone};
use crate::sources::Reading;
use crate::vocabulary::vocabulary;

use super::{Candidate, forms, is_foreign};

/// Longest block that is nothing but a rating.
const BLOCK_BYTES_MAX: usize = 40;

/// Blocks over the headline, or right under the text, among which a bare rating is the article's.
const NEAR_BLOCKS: usize = 4;

/// Blocks under the text among which a rating that says so is the article's.
const LABELLED_BLOCKS: usize = 12;

/// What a rating weighs that stands outside of its article.
const WEIGHT: i32 = 4;

/// Ratings over and under the article.
pub(super) fn read(reading: Reading<'_>, headline: Option<usize>) -> Vec<Candidate> {
    let blocks = &reading.page.blocks;
    let last = blocks.iter().rposition(|block| block.in_article && block.zone == Zone::Body);
    let over = headline.map_or(0..0, |at| at.saturating_sub(NEAR_BLOCKS)..at);
    let under = last.map_or(0..0, |at| at.saturating_add(1)..at.saturating_add(1).saturating_add(LABELLED_BLOCKS));
    let near_end = under.start.saturating_add(NEAR_BLOCKS);
    let outside = |block: &&Block| {
        !block.in_article && !block.after_headline && matches!(block.zone, Zone::Body | Zone::Header | Zone::Byline)
    };
    let at = |at: usize| blocks.get(at).filter(outside);
    let over = over.filter_map(|place| alone(reading, at(place)?, true));
    over.chain(under.filter_map(|place| alone(reading, at(place)?, place < near_end))).collect()
}

/// The rating that is all of a block, or all that follows its label.
fn alone(reading: Reading<'_>, block: &Block, bare_allowed: bool) -> Option<Candidate> {
    let text = Some(reading.page.block_text(block)).filter(|text| text.len() <= BLOCK_BYTES_MAX)?;
    let lowered = lower(text);
    if is_foreign(&lowered, reading.language) {
        return None;
    }
    let form = forms::forms(text, false).into_iter().find(|form| form.rating.best.is_some())?;
    let (before, after) = (lowered.get(..form.span.start)?, lowered.get(form.span.end..)?);
    let label = before.trim_end_matches([' ', ':', '\u{a0}', '-', '–']).trim();
    let exact = vocabulary().labels.exact(label);
    let is_told = exact.is_some_and(|hit| hit.meaning(reading.language, false) == Some("rating"));
    // `15 / 20 (3)`: so many comments.
    let is_count = |character: char| character.is_ascii_digit() || matches!(character, '(' | ')' | ' ' | '\u{a0}');
    let is_alone = after.chars().all(is_count) && (is_told || bare_allowed && label.is_empty());
    let span = block.span.start.saturating_add(form.span.start)..block.span.start.saturating_add(form.span.end);
    is_alone.then_some(Candidate { rating: form.rating, span: Some(span), source: Source::CreditBlock, weight: WEIGHT })
}
