//! Cards of the cast: an actor's name over a line that is the part's, card after card, or over one that says whom they play.
//!
//! Reads pages that label no cast. Cards of other things have sentences, dates, trades or nothing under their headings.

use crate::extraction::{Field, Source, Span};
use crate::folding::{lower, start_of};
use crate::names::{has_given_name, is_person, names_in};
use crate::page::{Block, Kind, Zone};
use crate::sources::Reading;
use crate::sources::credit_block::Labelled;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::vocabulary;

/// Cards from which a row of them is one of the cast.
const CARDS_MIN: usize = 3;

/// Longest line that names a part.
const PART_BYTES_MAX: usize = 50;

/// Words of a part's name.
const PART_WORDS_MAX: usize = 5;

/// Who plays whom on cards.
pub(super) fn read(reading: Reading<'_>, labelled: &[Labelled]) -> Vec<Statement> {
    if labelled.iter().any(|one| one.label == "cast") {
        return Vec::new();
    }
    let told = told_below(reading);
    if told.is_empty() { in_a_row(reading) } else { told }
}

/// `Ada Berg` over `Plays Ilse, the eldest daughter of the house.`: lines that begin with the verb, whose subject is the name
/// above.
fn told_below(reading: Reading<'_>) -> Vec<Statement> {
    const REACH_BYTES: usize = 48;
    let pairs = reading.page.blocks.windows(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?)));
    let cards = pairs.filter(|(name, _)| is_alone(reading, name)).filter_map(|(name, line)| {
        let text = reading.page.block_text(line);
        let near = start_of(text, REACH_BYTES);
        let verb = vocabulary()
            .triggers
            .find(&lower(near), reading.language)
            .into_iter()
            .next()
            .filter(|hit| hit.span.start == 0)?;
        verb.means("strong_plays", reading.language).then_some((name, line, verb.span.end))
    });
    let said = |field, value: &str, span: Span| Statement::new(field, value, Source::CreditBlock).at(span);
    cards
        .flat_map(|(name, line, end)| {
            let actor = reading.page.block_text(name);
            let near = start_of(reading.page.block_text(line), REACH_BYTES);
            let part = names_in(near, reading.language).into_iter().find(|part| part.span.start > end);
            let part = part.and_then(|part| Some((near.get(part.span.clone())?, part.span)));
            let played = part.map(|(words, span)| {
                let start = line.span.start.saturating_add(span.start);
                said(Field::Character, words, start..start.saturating_add(words.len())).of(actor)
            });
            std::iter::once(said(Field::Cast, actor, name.span.clone())).chain(played)
        })
        .collect()
}

/// Whether a block is nothing but a person's name.
fn is_alone(reading: Reading<'_>, block: &Block) -> bool {
    let text = reading.page.block_text(block);
    block.span.len() <= PART_BYTES_MAX && block.zone == Zone::Body && is_person(text)
}

/// The longest row of cards.
fn in_a_row(reading: Reading<'_>) -> Vec<Statement> {
    let mut row: Vec<(&Block, &Block)> = Vec::new();
    let mut longest = Vec::new();
    let mut blocks = reading.page.blocks.as_slice();
    while let [name, part, rest @ ..] = blocks {
        let is_card = is_name(reading, name) && is_part(reading, part);
        let goes_on = row.last().is_none_or(|(first, _)| first.kind == name.kind);
        if !is_card || !goes_on {
            row.clear();
        }
        if is_card {
            row.push((name, part));
            blocks = rest;
        } else {
            blocks = blocks.get(1..).unwrap_or_default();
        }
        if row.len() > longest.len() {
            longest.clone_from(&row);
        }
    }
    let text = |block: &Block| reading.page.block_text(block);
    let known = longest.iter().filter(|(name, _)| has_given_name(text(name))).count();
    if longest.len() < CARDS_MIN || known.saturating_mul(2) < longest.len() {
        return Vec::new();
    }
    let said = |field, block: &Block| Statement::new(field, text(block), Source::CreditBlock).at(block.span.clone());
    let cards = longest.into_iter();
    cards
        .flat_map(|(name, part)| {
            let played = said(Field::Character, part).of(text(name)).with(Certainty::Plain);
            [said(Field::Cast, name).with(Certainty::Plain), played]
        })
        .collect()
}

fn is_name(reading: Reading<'_>, block: &Block) -> bool {
    matches!(block.kind, Kind::Heading(2..=6))
        && matches!(block.zone, Zone::Body)
        && is_person(reading.page.block_text(block))
}

/// Whether a line is a name as parts have them: a few words with a capital, and no sentence.
fn is_part(reading: Reading<'_>, block: &Block) -> bool {
    let text = reading.page.block_text(block);
    !matches!(block.kind, Kind::Heading(_))
        && block.span.len() <= PART_BYTES_MAX
        && text.split(' ').count() <= PART_WORDS_MAX
        && text.starts_with(char::is_uppercase)
        && !text.contains(|sign: char| sign.is_ascii_digit() || matches!(sign, ':' | '?' | '!' | '|' | ','))
        && !text.ends_with('.')
        && !says_trade(text)
}

/// Whether a line says what somebody does at the film or at the site: `Director`, `Staff Writer`.
fn says_trade(text: &str) -> bool {
    let lowered = lower(text);
    vocabulary().labels.exact(&lowered).is_some() || lowered.split(' ').any(|word| vocabulary().is_trade(word))
}
