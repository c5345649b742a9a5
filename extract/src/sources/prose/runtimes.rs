//! Running times that sentences tell: `at 96 minutes it never drags`.

use crate::extraction::Field;
use crate::folding::{last_bytes, start_of};
use crate::statement::{Certainty, Statement};
use crate::values;
use crate::vocabulary::vocabulary;

use super::clause::Clause;

/// A running time told in a sentence: the first length whose words beside it say that it is one.
pub(super) fn runtime(clause: &Clause<'_>) -> Option<Statement> {
    const LENGTHS_MAX: usize = 6;
    let mut from = 0;
    for _ in 0..LENGTHS_MAX {
        let (minutes, span) = values::runtime(clause.text.get(from..)?)?;
        let span = from.saturating_add(span.start)..from.saturating_add(span.end);
        from = span.end;
        if let Some(certainty) = as_runtime(clause, minutes, &span) {
            return Some(clause.said(Field::Runtime, minutes.to_string(), &span).with(certainty));
        }
    }
    None
}

/// How surely a length in a sentence is the film's.
fn as_runtime(clause: &Clause<'_>, minutes: u32, span: &std::ops::Range<usize>) -> Option<Certainty> {
    const BEFORE_BYTES: usize = 48;
    const AFTER_BYTES: usize = 32;
    const FEATURE_MINUTES_MIN: u32 = 60;
    // Longer than that is what two films take, or a series.
    const EXACT_MINUTES_MAX: u32 = 240;
    let before = last_bytes(clause.lowered.get(..span.start)?, BEFORE_BYTES).trim_end();
    let after = start_of(clause.lowered.get(span.end..)?, AFTER_BYTES);
    let words = clause.lowered.get(span.clone())?;
    let around = format!("{before} {words}{after}");
    let says = |meaning| vocabulary().facts.count(&around, meaning, clause.language) > 0;
    // `156 minutes` after `at` and its likes, and hours told to the minute, are no other length's.
    let leads = vocabulary().facts.find(before, clause.language);
    let is_led =
        leads.last().is_some_and(|hit| hit.means("before_runtime", clause.language) && hit.span.end == before.len());
    let is_exact = minutes <= EXACT_MINUTES_MAX
        && !minutes.is_multiple_of(60)
        && !is_rounded(words)
        && values::counts_hours(words);
    // `The Long Snow (102 mins, in Spanish)`
    let is_bracketed = clause.text.get(..span.start).is_some_and(|before| before.ends_with('('))
        && words.starts_with(|first: char| first.is_ascii_digit());
    // `… from today. 104 minutes. Four stars.`
    let is_sentence = before.ends_with('.')
        && (after.is_empty() || after.starts_with('.'))
        && words.starts_with(|first: char| first.is_ascii_digit());
    // `hundred minutes` is a manner of speaking.
    let is_spoken_hundred = minutes == 100 && !words.contains(|letter: char| letter.is_ascii_digit());
    if minutes < FEATURE_MINUTES_MIN
        || is_spoken_hundred
        || !(says("beside_runtime") || is_led || is_exact || is_bracketed || is_sentence)
    {
        return None;
    }
    // `A three-hour film`, `the two-hour mark`: whole hours are how long it felt, or a moment in it.
    let is_moment = vocabulary()
        .facts
        .find(after, clause.language)
        .first()
        .is_some_and(|hit| hit.means("moment", clause.language) && hit.span.start <= 1);
    let is_round = minutes.is_multiple_of(60) && !values::counts_minutes(words);
    // `longer than the 90 minutes`, `the first 90 minutes`
    let is_other = vocabulary()
        .facts
        .find(before, clause.language)
        .last()
        .is_some_and(|hit| hit.means("other_length", clause.language) && hit.span.end == before.len());
    if is_moment || is_round || is_other {
        return None;
    }
    let is_vague = says("vague_runtime") || is_rounded(words);
    Some(if is_vague { Certainty::Weak } else { Certainty::Plain })
}

/// Whether a length is told in halves of hours: a guess rather than a figure.
fn is_rounded(words: &str) -> bool {
    words.contains("half") || words.contains('½') || words.contains(".5") || words.contains(",5")
}
