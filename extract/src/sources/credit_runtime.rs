//! Running times behind their label: `1h 58m`, a bare number of minutes, `1:58`.

use std::ops::Range;

use crate::folding::lower;
use crate::sources::Reading;
use crate::sources::credit_block::Labelled;
use crate::values;
use crate::vocabulary::vocabulary;

/// The minutes, and where in the value they stand.
pub(super) fn read(reading: Reading<'_>, one: &Labelled) -> Option<(u32, Range<usize>)> {
    minutes(reading.page.quote(&one.value_span)).filter(|_| !takes_reading(reading, one))
}

/// Whether a label's line is of the time that reading takes: `読了時間: 4分`.
fn takes_reading(reading: Reading<'_>, one: &Labelled) -> bool {
    let line = reading.page.blocks.get(one.block).map(|block| lower(reading.page.block_text(block)));
    line.is_some_and(|line| vocabulary().words.count(&line, "reading_time", reading.language) > 0)
}

/// A labelled running time may be a bare number of minutes, or `1:58`.
fn minutes(value: &str) -> Option<(u32, Range<usize>)> {
    values::runtime(value).or_else(|| clock(value)).or_else(|| {
        let digits = value.trim().trim_end_matches(['\'', '′', '’', '.']);
        let start = value.find(digits)?;
        let minutes: u32 = digits.parse().ok()?;
        (20..=600).contains(&minutes).then(|| (minutes, start..start.saturating_add(digits.len())))
    })
}

/// `1:58`, in hours and minutes.
fn clock(value: &str) -> Option<(u32, Range<usize>)> {
    let digits = value.trim().trim_end_matches('.');
    let (hours, minutes) = digits.split_once(':').filter(|(_, minutes)| minutes.len() == 2)?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let start = value.find(digits)?;
    (hours <= 9 && minutes < 60)
        .then(|| (hours.saturating_mul(60).saturating_add(minutes), start..start.saturating_add(digits.len())))
}
