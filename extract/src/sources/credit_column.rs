//! Columns of facts without labels: the director’s name on a line of its own, beside a line that is a running time.
//!
//! Reads only pages that label no director. Must not take a byline: who wrote the text stands beside dates.

use crate::extraction::{Field, Source};
use crate::names::{has_given_name, is_person};
use crate::page::{Block, Kind, Zone};
use crate::sources::Reading;
use crate::sources::credit_block::Labelled;
use crate::statement::Statement;
use crate::values;

/// Lines of a column looked at on either side of the name.
const REACH_LINES: usize = 2;

/// Longest line of such a column.
const LINE_BYTES_MAX: usize = 60;

/// Minutes of the shortest film; what takes less is the time that the text takes to read.
const MINUTES_MIN: u32 = 45;

/// The director of an unlabelled column.
pub(super) fn read(reading: Reading<'_>, labelled: &[Labelled]) -> Option<Statement> {
    if labelled.iter().any(|one| matches!(one.label, "director" | "director_writer")) {
        return None;
    }
    let blocks = &reading.page.blocks;
    let at = blocks.iter().position(|block| is_running_time(reading, block))?;
    let near = at.saturating_sub(REACH_LINES)..at.saturating_add(REACH_LINES).saturating_add(1);
    let mut people = blocks.get(near.start..near.end.min(blocks.len()))?.iter().filter(|block| is_name(reading, block));
    let (only, other) = (people.next()?, people.next());
    let said = Statement::new(Field::Director, reading.page.block_text(only), Source::CreditBlock);
    other.is_none().then(|| said.at(only.span.clone()))
}

fn is_line(block: &Block) -> bool {
    block.span.len() <= LINE_BYTES_MAX
        && !matches!(block.kind, Kind::Heading(_) | Kind::Caption)
        && matches!(block.zone, Zone::Body)
}

fn is_running_time(reading: Reading<'_>, block: &Block) -> bool {
    let text = reading.page.block_text(block);
    let is_alone = |span: &std::ops::Range<usize>| span.len().saturating_add(2) >= text.len();
    is_line(block) && values::runtime(text).is_some_and(|(minutes, span)| minutes >= MINUTES_MIN && is_alone(&span))
}

fn is_name(reading: Reading<'_>, block: &Block) -> bool {
    let name = reading.page.block_text(block);
    is_line(block) && is_person(name) && has_given_name(name)
}
