//! Facts that stand alone: a running time, a year or a certificate on a line of its own.
//!
//! Alone they say little; what stands near them tells whether they are the film's.

use crate::extraction::{Field, Source};
use crate::page::{Block, Kind};
use crate::sources::Reading;
use crate::sources::fact_line::FRAGMENT_BYTES_MAX;
use crate::statement::Statement;
use crate::values;

/// A running time on a line of its own, where labels of credits stand close by.
pub(super) fn runtime(reading: Reading<'_>, at: usize, block: &Block, labels: &[usize]) -> Option<Statement> {
    const NEAR_BLOCKS: usize = 6;
    let text = Some(reading.page.block_text(block)).filter(|text| text.len() <= FRAGMENT_BYTES_MAX)?;
    let (minutes, span) = values::runtime(text)?;
    let is_alone = span.len().saturating_add(2) >= text.len();
    let is_near = labels.iter().any(|label| label.abs_diff(at) <= NEAR_BLOCKS);
    let place = block.span.start.saturating_add(span.start)..block.span.start.saturating_add(span.end);
    (is_alone && is_near && minutes >= values::FEATURE_MINUTES_MIN)
        .then(|| Statement::new(Field::Runtime, minutes.to_string(), Source::CreditBlock).at(place))
}

/// A year alone on the line under a heading, where no date near it is of the same year: posts are dated there too.
pub(super) fn year(reading: Reading<'_>, at: usize, block: &Block) -> Option<Statement> {
    const NEAR_BLOCKS: usize = 6;
    let text = reading.page.block_text(block).trim_matches(['(', ')', ' ', '[', ']']);
    // `2024 · In cinemas`
    let text = text.split_once(" · ").filter(|_| text.len() <= FRAGMENT_BYTES_MAX).map_or(text, |(first, _)| first);
    let (year, span) = values::year(text).filter(|(_, span)| *span == (0..text.len()))?;
    let blocks = &reading.page.blocks;
    let above = blocks.get(at.checked_sub(1)?)?;
    let near = blocks.get(at.saturating_add(1)..at.saturating_add(NEAR_BLOCKS).min(blocks.len()))?;
    let dates: Vec<String> = near
        .iter()
        .filter_map(|other| {
            let line = Some(reading.page.block_text(other)).filter(|line| line.len() <= FRAGMENT_BYTES_MAX)?;
            values::date(line, true).map(|(date, _)| date)
        })
        .collect();
    let is_of_post = dates.iter().any(|date| date.starts_with(text));
    let start = block.span.start.saturating_add(reading.page.block_text(block).find(text)?);
    let place = start..start.saturating_add(span.len());
    (matches!(above.kind, Kind::Heading(1 | 2)) && !is_of_post)
        .then(|| Statement::new(Field::Year, year.to_string(), Source::CreditBlock).at(place))
}

/// A certificate on a line of its own: `PG-13`, `FSK 12`, `(VM14)`. A number, a letter or a word may say anything.
pub(super) fn certificate(reading: Reading<'_>, block: &Block) -> Option<Statement> {
    let whole = reading.page.block_text(block);
    let text = whole.trim_matches(['(', ')', ' ', '[', ']', '.']);
    let is_code = |text: &str| {
        let has = |is: fn(&char) -> bool| text.chars().any(|letter| is(&letter));
        has(|letter| letter.is_uppercase())
            && has(|letter| letter.is_ascii_digit())
            && !has(|letter| letter.is_lowercase())
    };
    // Cheap signs first: most lines are paragraphs.
    let text = Some(text).filter(|text| text.len() <= FRAGMENT_BYTES_MAX && is_code(text))?;
    let (code, span) = values::certificate(text).filter(|(_, span)| *span == (0..text.len()))?;
    let start = block.span.start.saturating_add(whole.find(text)?);
    Some(Statement::new(Field::ContentRating, code, Source::CreditBlock).at(start..start.saturating_add(span.len())))
}
