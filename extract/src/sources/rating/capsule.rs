//! A bare number at the end of a run of credits: `Title Director, Year Screenplay: Name Studio 4.5 The text begins …`.
//!
//! Capsules that a system has run together leave the grade without a label, between the credits and the text.

use crate::extraction::Source;
use crate::sources::Reading;
use crate::sources::credit_block::Labelled;
use crate::values::year;

use super::Candidate;
use super::scale::{self, Number};

/// How far after a credit's label the number may stand.
const REACH_BYTES: usize = 120;

/// How likely such a number is the critic's: just enough where nothing else rates.
const WEIGHT: i32 = 4;

/// Labels that runs of credits have.
const CREDITS: [&str; 6] = ["director", "writer", "director_writer", "cast", "producer", "composer"];

/// Numbers at the ends of runs of credits.
pub(super) fn read(reading: Reading<'_>, labelled: &[Labelled]) -> Vec<Candidate> {
    labelled
        .iter()
        .filter(|one| one.explicit && CREDITS.contains(&one.label))
        .filter_map(|one| after(reading, one))
        .collect()
}

fn after(reading: Reading<'_>, one: &Labelled) -> Option<Candidate> {
    let block = reading.page.blocks.get(one.block)?;
    let text = reading.page.block_text(block);
    let label_start = one.label_span.start.checked_sub(block.span.start)?;
    // The run begins the block with the film's year: the text follows in the same one.
    year(text.get(..label_start)?)?;
    let from = one.label_span.end.checked_sub(block.span.start)?;
    let mut at = from;
    for word in text.get(from..)?.split(' ') {
        let (start, end) = (at, at.saturating_add(word.len()));
        at = end.saturating_add(1);
        if end.saturating_sub(from) > REACH_BYTES {
            return None;
        }
        let Some((value, places)) = grade(word) else { continue };
        let follows = text.get(at..)?;
        if !begins_text(follows) {
            continue;
        }
        let rating = scale::number(word, Number { value, places, best: None, stars: false })?;
        let span = block.span.start.saturating_add(start)..block.span.start.saturating_add(end);
        return Some(Candidate { rating, span: Some(span), source: Source::CreditBlock, weight: WEIGHT });
    }
    None
}

/// `3`, `4.5`, `3,5`: up to ten, in halves or tenths.
fn grade(word: &str) -> Option<(f64, u32)> {
    let places = word.split_once(['.', ',']).map_or(0, |(_, places)| places.len());
    let is_number = word.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','));
    let value: f64 = word.replace(',', ".").parse().ok().filter(|value| is_number && *value <= 10.0)?;
    (places <= 1 && word.len() <= 3).then_some((value, u32::try_from(places).ok()?))
}

/// Whether a sentence begins: a capital, and soon a word without one.
fn begins_text(text: &str) -> bool {
    let starts_upper = text.chars().next().is_some_and(char::is_uppercase);
    let has_lower = text.split(' ').take(4).any(|word| word.chars().next().is_some_and(char::is_lowercase));
    starts_upper && has_lower
}
