//! Lines of credits with letters for labels, as papers print them: `D 2018 · R: Ada Berg · D: Per Lund, Ida Holm · 98 Min.`
//!
//! Reads only pages that label no director. One letter says nothing: a line holds two of them, each before names.

use std::ops::Range;

use crate::extraction::{Field, Source};
use crate::folding::lower;
use crate::page::{Block, Kind};
use crate::people::people;
use crate::sources::credit_block::Labelled;
use crate::sources::{Reading, credit_line};
use crate::statement::Statement;
use crate::vocabulary::vocabulary;

/// Longest line of credits.
const LINE_BYTES_MAX: usize = 500;

/// Letters of a code.
const CODE_LETTERS_MAX: usize = 3;

/// Codes that a line holds at least.
const CODES_MIN: usize = 2;

/// What the coded lines of a page say.
pub(super) fn read(reading: Reading<'_>, labelled: &[Labelled]) -> Vec<Statement> {
    if labelled.iter().any(|one| matches!(one.label, "director" | "director_writer")) {
        return Vec::new();
    }
    let lines = reading.page.blocks.iter().filter(|block| {
        block.zone.is_article() && block.span.len() <= LINE_BYTES_MAX && !matches!(block.kind, Kind::Caption)
    });
    let coded = lines.filter_map(|block| Some((block, coded(reading, block)?)));
    coded.flat_map(|(block, said)| said.into_iter().chain(credit_line::capsule(reading, block))).collect()
}

/// The people of one line behind its codes.
fn coded(reading: Reading<'_>, block: &Block) -> Option<Vec<Statement>> {
    let text = reading.page.block_text(block);
    let codes = codes(reading, text);
    if codes.len() < CODES_MIN {
        return None;
    }
    let mut telling = 0_usize;
    let mut statements = Vec::new();
    for (at, (field, span)) in codes.iter().enumerate() {
        let end = codes.get(at.saturating_add(1)).map_or(text.len(), |(_, next)| next.start);
        let value = text.get(span.end..end)?;
        let value = value.split(['·', '|', ';', '•']).next().unwrap_or(value);
        let value = value.get(..sentence_end(value)).unwrap_or(value);
        let named = people(value, false);
        telling = telling.saturating_add(usize::from(!named.is_empty()));
        let Some(field) = field else { continue };
        let start = block.span.start.saturating_add(span.end);
        statements.extend(named.into_iter().map(|one| {
            let place = start.saturating_add(one.span.start)..start.saturating_add(one.span.end);
            Statement::new(*field, one.name.as_str(), Source::CreditBlock).at(place)
        }));
    }
    (telling >= CODES_MIN && statements.iter().any(|one| one.field == Field::Director)).then_some(statements)
}

/// Where a value's sentence ends: at a full stop, but not behind an initial.
fn sentence_end(value: &str) -> usize {
    const INITIAL_LETTERS_MAX: usize = 2;
    let is_end = |at: usize| {
        let word = value.get(..at).and_then(|head| head.rsplit(' ').next()).unwrap_or_default();
        word.chars().count() > INITIAL_LETTERS_MAX
    };
    value.match_indices(". ").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(value.len())
}

/// The codes of a line and where they stand; `None` for those of somebody who is no part of the answer.
fn codes(reading: Reading<'_>, text: &str) -> Vec<(Option<Field>, Range<usize>)> {
    let ends = text.match_indices(':').filter_map(|(colon, _)| {
        let head = text.get(..colon)?;
        let start = head.rfind(|letter: char| !letter.is_alphabetic()).map_or(0, |at| {
            at.saturating_add(head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8))
        });
        let code = head.get(start..)?;
        let is_code = (1..=CODE_LETTERS_MAX).contains(&code.chars().count()) && code.starts_with(char::is_uppercase);
        is_code.then(|| (code, start..colon.saturating_add(1)))
    });
    let meaning = |code: &str, language: &str| {
        let hit = vocabulary().facts.exact(&lower(code))?;
        let own = hit.meanings.iter().find(|(of, meaning)| *of == language && meaning.starts_with("coded_"))?;
        Some(own.1)
    };
    let read = ends.filter_map(|(code, span)| {
        let of = meaning(code, reading.language)?;
        let fields =
            [("coded_director", Field::Director), ("coded_writer", Field::Writer), ("coded_cast", Field::Cast)];
        Some((fields.iter().find(|(meaning, _)| *meaning == of).map(|(_, field)| *field), span))
    });
    read.collect()
}
