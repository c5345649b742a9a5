//! The cast as a list or a table under a heading of its own: `Ada Berg – Ilse` an item, `Ada Berg | Ilse` a row.
//!
//! Also lines without a heading that dots part: `Ada Berg ... Ilse`.
//!
//! Reads pairs whose two sides the layout parts; which side acts, the names tell, or the heads of the columns. Lists of names
//! alone are any label's.

use std::ops::Range;

use dom_query::NodeId;

use crate::extraction::{Field, Source, Span};
use crate::folding::lower;
use crate::names::{has_given_name, is_person};
use crate::page::{Block, Kind, Page};
use crate::people::people;
use crate::sources::Reading;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::vocabulary;

/// Lists of one page.
const HEADS_MAX: usize = 20;

/// Rows of one list.
const ROWS_MAX: usize = 60;

/// Pairs from which a list is one.
const ROWS_MIN: usize = 2;

/// Longest side of a pair.
const SIDE_BYTES_MAX: usize = 60;

/// Signs that part an actor from a part.
const SIGNS: [&str; 5] = [" – ", " — ", " - ", ": ", " | "];

/// A list of pairs under the word for the cast.
pub(super) struct CastList {
    /// Everything that stands in it.
    span: Span,
    rows: Vec<[Span; 2]>,
    /// Which side acts: the first or the second.
    acts: usize,
}

impl CastList {
    /// Whether a stretch of the page begins in the list.
    pub(super) fn holds(&self, span: &Span) -> bool {
        self.span.contains(&span.start)
    }

    /// Who acts, and as whom.
    pub(super) fn statements(&self, page: &Page) -> Vec<Statement> {
        let said = |field: Field, span: &Span| {
            Statement::new(field, page.quote(span), Source::CreditBlock).at(span.clone()).with(Certainty::Sure)
        };
        let pairs = self.rows.iter().filter_map(|row| {
            let (actor, part) = (row.get(self.acts)?, row.get(1_usize.checked_sub(self.acts)?)?);
            is_person(page.quote(actor)).then_some((actor, part))
        });
        pairs
            .flat_map(|(actor, part)| {
                [said(Field::Cast, actor), said(Field::Character, part).of(page.quote(actor).to_owned())]
            })
            .collect()
    }
}

/// All such lists of a page.
pub(super) fn read(reading: Reading<'_>) -> Vec<CastList> {
    let may_hold = |block: &&Block| (block.in_article || block.after_headline) && block.zone.may_hold_facts();
    let blocks: Vec<&Block> = reading.page.blocks.iter().filter(may_hold).collect();
    let heads = blocks.iter().copied().enumerate().filter(|(_, block)| means(reading, block, "cast"));
    let headed = heads.take(HEADS_MAX).filter_map(|(at, head)| {
        let after = blocks.get(at.saturating_add(1)..)?;
        let kind = after.first()?.kind;
        if head.kind == Kind::Cell || kind == Kind::Cell {
            // The head may be that of a column, in the first row of all.
            let row = row_of(reading.page, head);
            let is_before = |block: &&Block| row_of(reading.page, block) != row;
            let first = || blocks.get(..at)?.iter().rposition(is_before)?.checked_add(1);
            let from = if head.kind == Kind::Cell { first()? } else { at.saturating_add(1) };
            return table(reading, blocks.get(from..)?);
        }
        items(reading, after, kind)
    });
    headed.chain(dotted(reading, &blocks)).collect()
}

/// Runs of lines in which dots lead from one side to the other, whoever introduces them.
fn dotted(reading: Reading<'_>, blocks: &[&Block]) -> Vec<CastList> {
    const LINE_BYTES_MAX: usize = 2 * SIDE_BYTES_MAX;
    const LISTS_MAX: usize = 4;
    let mut lists = Vec::new();
    let mut rows: Vec<[Span; 2]> = Vec::new();
    let mut first = None;
    for block in blocks {
        let mut start = block.span.start;
        for line in reading.page.block_text(block).split('\n') {
            let sides = Some(line).filter(|line| line.len() <= LINE_BYTES_MAX).and_then(sides_of_dots);
            if let Some(sides) = sides.filter(|_| rows.len() < ROWS_MAX) {
                first = first.or(Some(*block));
                rows.push(sides.map(|side| start.saturating_add(side.start)..start.saturating_add(side.end)));
            } else if let Some(first) = first.take() {
                lists.extend(told(reading.page, std::mem::take(&mut rows), 0, first));
            }
            start = start.saturating_add(line.len()).saturating_add(1);
        }
        if lists.len() >= LISTS_MAX {
            return lists;
        }
    }
    lists.extend(first.and_then(|first| told(reading.page, rows, 0, first)));
    lists
}

/// The two sides of `Ada Berg ... Ilse`.
fn sides_of_dots(line: &str) -> Option<[Range<usize>; 2]> {
    const DOTS_MIN: usize = 2;
    let is_dot = |sign: char| matches!(sign, '.' | '…' | ' ' | '\u{a0}');
    let (at, _) = line.match_indices(['.', '…']).find(|(at, _)| {
        let run: String = line.get(*at..).unwrap_or_default().chars().take_while(|sign| is_dot(*sign)).collect();
        run.contains('…') || run.matches('.').count() >= DOTS_MIN
    })?;
    let left = line.get(..at)?.trim();
    let right = line.get(at..)?.trim_start_matches(is_dot).trim_end();
    let fits = |side: &str| !side.is_empty() && side.len() <= SIDE_BYTES_MAX && side.starts_with(char::is_uppercase);
    let start = line.find(left)?;
    let from = line.len().checked_sub(line.get(at..)?.trim_start_matches(is_dot).len())?;
    (fits(left) && fits(right))
        .then(|| [start..start.saturating_add(left.len()), from..from.saturating_add(right.len())])
}

/// Whether a block is nothing but a label of one meaning.
fn means(reading: Reading<'_>, block: &Block, meaning: &str) -> bool {
    let lowered = lower(reading.page.block_text(block));
    let hit = vocabulary().labels.exact(lowered.trim_end_matches([':', ' ', '：']));
    block.span.len() <= SIDE_BYTES_MAX && hit.is_some_and(|hit| hit.meaning(reading.language, true) == Some(meaning))
}

/// Lines of one kind, each with the same sign between its two sides.
fn items(reading: Reading<'_>, blocks: &[&Block], kind: Kind) -> Option<CastList> {
    let first = blocks.first().map(|block| reading.page.block_text(block))?;
    let sign = SIGNS.iter().find(|sign| first.matches(**sign).count() == 1)?;
    let lines = blocks.iter().take(ROWS_MAX).take_while(|block| block.kind == kind);
    let rows: Vec<[Span; 2]> = lines
        .map_while(|block| {
            let (left, right) = reading.page.block_text(block).split_once(sign)?;
            let fits = |side: &str| !side.trim().is_empty() && side.len() <= SIDE_BYTES_MAX;
            let middle = block.span.start.saturating_add(left.len()).saturating_add(sign.len());
            let sides = [
                block.span.start..block.span.start.saturating_add(left.trim_end().len()),
                middle..middle.saturating_add(right.trim_end().len()),
            ];
            (fits(left) && fits(right)).then_some(sides)
        })
        .collect();
    // A label's value is behind its colon: `Ilse: Ada Berg`.
    told(reading.page, rows, usize::from(sign.starts_with(':')), blocks.first()?)
}

/// Rows of two cells.
fn table(reading: Reading<'_>, blocks: &[&Block]) -> Option<CastList> {
    let cells = blocks.iter().take(ROWS_MAX.saturating_mul(2)).take_while(|block| block.kind == Kind::Cell);
    let cells: Vec<(&Block, NodeId)> = cells.map_while(|block| Some((*block, row_of(reading.page, block)?))).collect();
    let mut rows: Vec<Vec<&Block>> = Vec::new();
    let mut last = None;
    for (cell, row) in cells {
        if last != Some(row) {
            rows.push(Vec::new());
        }
        last = Some(row);
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
    }
    let head = rows.first()?;
    let is_head = |side: usize| head.get(side).is_some_and(|cell| means(reading, cell, "cast"));
    let head_side = (0..2).find(|side| is_head(*side));
    // `Cast | Ada Berg, Ida Lund` is a row of its own, not the heads of two columns.
    let names = |cell: &Block| people(reading.page.block_text(cell), false).iter().any(|one| has_given_name(&one.name));
    let other = |side: usize| head.iter().enumerate().filter(move |(at, _)| *at != side).map(|(_, cell)| cell);
    if head_side.is_some_and(|side| other(side).any(|cell| names(cell))) {
        return None;
    }
    let body = rows.iter().skip(usize::from(head_side.is_some()));
    let pairs = body.map_while(|row| match row.as_slice() {
        [left, right] => Some([left.span.clone(), right.span.clone()]),
        _ => None,
    });
    told(reading.page, pairs.collect(), head_side.unwrap_or(0), blocks.first()?)
}

/// Whether two cells stand in one row.
pub(super) fn share_row(page: &Page, one: &Block, other: &Block) -> bool {
    row_of(page, one).is_some_and(|row| row_of(page, other) == Some(row))
}

/// The row that a cell stands in.
pub(super) fn row_of(page: &Page, block: &Block) -> Option<NodeId> {
    const LEVELS_MAX: usize = 4;
    let node = page.document.tree.get(&block.node)?;
    std::iter::once(node).chain(node.ancestors(Some(LEVELS_MAX))).find(|around| around.has_name("tr")).map(|row| row.id)
}

/// A list of rows, where one of their sides holds people; `likelier` is the side that acts where both might.
fn told(page: &Page, mut rows: Vec<[Span; 2]>, likelier: usize, first: &Block) -> Option<CastList> {
    // Other credits go on below in the same shape.
    let is_label =
        |row: &[Span; 2]| row.iter().any(|side| vocabulary().labels.exact(&lower(page.quote(side))).is_some());
    rows.truncate(rows.iter().position(is_label).unwrap_or(rows.len()));
    let persons = |side: usize| {
        let all = rows.iter().filter_map(|row| row.get(side)).map(|span| page.quote(span));
        all.filter(|name| is_person(name) && has_given_name(name)).count()
    };
    let other = 1_usize.checked_sub(likelier)?;
    let acts = if persons(other) > persons(likelier) { other } else { likelier };
    let span: Range<usize> = first.span.start..rows.last()?.last()?.end;
    let is_cast = rows.len() >= ROWS_MIN && persons(acts).saturating_mul(2) >= rows.len();
    is_cast.then_some(CastList { span, rows, acts })
}
