//! Tables whose first row says what each column holds: `Director | Year | Length` above one row of values.
//!
//! Reads one film's table only; where more rows follow, it lists films.

use std::collections::HashSet;

use dom_query::NodeId;

use crate::extraction::Span;
use crate::folding::lower;
use crate::page::Block;
use crate::sources::Reading;
use crate::sources::cast_list::row_of;
use crate::sources::credit_block::{Labelled, VALUE_BYTES_MAX};
use crate::vocabulary::vocabulary;

/// Longest name of a column.
const NAME_BYTES_MAX: usize = 40;

/// Elements between a row and what it holds, or the table that it stands in.
const LEVELS_MAX: usize = 5;

/// A row: its element, and each cell with its column, the words, and the first block.
struct Row {
    node: NodeId,
    cells: Vec<(usize, Span, usize)>,
}

/// What the tables of a page say, and the blocks that this takes.
pub(super) fn labelled(reading: Reading<'_>, blocks: &[(usize, &Block)]) -> (Vec<Labelled>, HashSet<usize>) {
    let rows = rows(reading, blocks);
    let (mut found, mut taken) = (Vec::new(), HashSet::new());
    for (at, head) in rows.iter().enumerate() {
        let Some(values) = rows.get(at.saturating_add(1)) else { break };
        let ours = |row: Option<&Row>| row.is_some_and(|row| is_one_table(reading, head.node, row.node));
        let is_first = !at.checked_sub(1).is_some_and(|before| ours(rows.get(before)));
        if !is_first || !ours(Some(values)) || ours(rows.get(at.saturating_add(2))) || !names_columns(reading, head) {
            continue;
        }
        let is_labels = values.cells.iter().any(|(_, span, _)| label(reading, span).is_some());
        if are_headers(reading, values) || is_labels && !are_headers(reading, head) {
            continue;
        }
        let pairs = head.cells.iter().filter_map(|(column, name, block)| {
            let (_, value_span, _) = values.cells.iter().find(|(other, _, _)| other == column)?;
            let label = label(reading, name).filter(|_| value_span.len() <= VALUE_BYTES_MAX)?;
            let (label_span, value_span) = (name.clone(), value_span.clone());
            Some(Labelled { label, label_span, value_span, explicit: true, block: *block })
        });
        found.extend(pairs);
        taken.extend(head.cells.iter().chain(&values.cells).map(|(_, _, block)| *block));
    }
    (found, taken)
}

/// The rows that blocks stand in, in order.
fn rows(reading: Reading<'_>, blocks: &[(usize, &Block)]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (at, block) in blocks {
        let Some(node) = row_of(reading.page, block) else { continue };
        let Some(column) = column_of(reading, block, node) else { continue };
        match rows.last_mut().filter(|row| row.node == node) {
            Some(row) => match row.cells.last_mut().filter(|(last, _, _)| *last == column) {
                Some((_, span, _)) => span.end = block.span.end,
                None => row.cells.push((column, block.span.clone(), *at)),
            },
            None => rows.push(Row { node, cells: vec![(column, block.span.clone(), *at)] }),
        }
    }
    rows
}

/// Which column of a row a block stands in.
fn column_of(reading: Reading<'_>, block: &Block, row: NodeId) -> Option<usize> {
    const SIBLINGS_MAX: usize = 40;
    let tree = &reading.page.document.tree;
    let node = tree.get(&block.node)?;
    let mut around = std::iter::once(node).chain(node.ancestors(Some(LEVELS_MAX)));
    let cell = around.find(|around| around.parent().is_some_and(|above| above.id == row))?;
    let before = std::iter::successors(cell.prev_sibling(), |before| before.prev_sibling()).take(SIBLINGS_MAX);
    Some(before.filter(|before| before.is_element()).count())
}

/// Whether two rows stand in one table.
fn is_one_table(reading: Reading<'_>, one: NodeId, other: NodeId) -> bool {
    let table = |row: NodeId| {
        let row = reading.page.document.tree.get(&row)?;
        row.ancestors(Some(LEVELS_MAX)).into_iter().find(|around| around.has_name("table")).map(|table| table.id)
    };
    table(one).is_some_and(|table_of_one| table(other) == Some(table_of_one))
}

/// Whether a row names columns: two facts of a film, or one where all are marked as headers.
fn names_columns(reading: Reading<'_>, head: &Row) -> bool {
    let known = head.cells.iter().filter(|(_, span, _)| label(reading, span).is_some()).count();
    let is_short = head.cells.iter().all(|(_, span, _)| span.len() <= NAME_BYTES_MAX);
    head.cells.len() > 1 && is_short && (known > 1 || known == 1 && are_headers(reading, head))
}

/// Whether all cells of a row are marked as headers.
fn are_headers(reading: Reading<'_>, row: &Row) -> bool {
    let row = reading.page.document.tree.get(&row.node);
    row.is_some_and(|row| row.children().into_iter().filter(|cell| cell.is_element()).all(|cell| cell.has_name("th")))
}

/// What a cell labels.
fn label(reading: Reading<'_>, span: &Span) -> Option<&'static str> {
    let lowered = lower(reading.page.quote(span));
    let bare = lowered.trim_end_matches([':', ' ', '：']);
    vocabulary().labels.exact(bare).and_then(|hit| hit.meaning(reading.language, true))
}
