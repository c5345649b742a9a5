//! Where a box of credits stands that is no part of the article, such as a panel of facts beside it.
//!
//! Knows only that several labels of credits stand close together; what they say is read where all credits are.

use std::ops::Range;

use crate::folding::lower;
use crate::page::Block;
use crate::sources::Reading;
use crate::sources::credit_block::{VALUE_BYTES_MAX, value_start};
use crate::vocabulary::vocabulary;

/// Labels that make a box one of credits.
pub(super) const CREDITS: [&str; 12] = [
    "director",
    "writer",
    "director_writer",
    "cast",
    "runtime",
    "certificate",
    "genre",
    "release_date",
    "producer",
    "cinematographer",
    "editor",
    "composer",
];

/// A box of credits outside the article: three labels and more close together, each once. Lists of several films
/// repeat theirs.
pub(super) fn blocks(reading: Reading<'_>) -> Option<Range<usize>> {
    const LABELS_MIN: usize = 3;
    const GAP_BLOCKS_MAX: usize = 14;
    const LEAD_BLOCKS: usize = 4;
    let label = |block: &Block| -> Option<&'static str> {
        if block.span.len() > VALUE_BYTES_MAX || block.in_article || !block.zone.may_hold_facts() {
            return None;
        }
        let lowered = lower(reading.page.block_text(block));
        let bare = lowered.trim_end_matches([':', ' ', '：']);
        let hit = vocabulary().labels.exact(bare).or_else(|| {
            let hit = vocabulary().labels.find_in_any(&lowered).into_iter().next().filter(|hit| hit.span.start == 0)?;
            value_start(block, &lowered, &hit.span).map(|_| hit)
        })?;
        hit.meaning(reading.language, true).filter(|meaning| CREDITS.contains(meaning))
    };
    let mut runs: Vec<(Range<usize>, Vec<&'static str>)> = Vec::new();
    for (at, block) in reading.page.blocks.iter().enumerate() {
        let Some(label) = label(block) else { continue };
        match runs.last_mut().filter(|(run, _)| at.saturating_sub(run.end) <= GAP_BLOCKS_MAX) {
            Some((run, labels)) => {
                run.end = at;
                labels.push(label);
            }
            None => runs.push((at..at, vec![label])),
        }
    }
    let distinct = |labels: &[&str]| labels.iter().collect::<std::collections::BTreeSet<_>>().len();
    let boxes = runs.into_iter().filter(|(_, labels)| labels.len() >= LABELS_MIN && distinct(labels) == labels.len());
    let (run, _) = boxes.max_by_key(|(_, labels)| labels.len())?;
    Some(run.start.saturating_sub(LEAD_BLOCKS)..run.end.saturating_add(GAP_BLOCKS_MAX))
}
