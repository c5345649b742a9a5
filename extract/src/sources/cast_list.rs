//! The cast as a list or a table under a heading of its own: `Ada Berg – Ilse` an item, `Ada Berg | Ilse` a row.
//!
//! Also lines without a heading that dots part: `Ada Berg ... Ilse`.
//!
//! Finds the lists; how their lines are parted in two is for the rows. Lists of names alone are any label's.

use dom_query::NodeId;

use crate::extraction::{Field, Source, Span};
use crate::folding::lower;
use crate::names::{has_given_name, is_person};
use crate::page::{Block, Kind, Page};
use crate::people::people;
use crate::sources::Reading;
use crate::sources::cast_rows::{self, Line, Rows, SIDE_BYTES_MAX};
use crate::sources::credit_block::{Labelled, is_label};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::vocabulary;

/// Lists of one page.
const HEADS_MAX: usize = 20;

/// Rows of one list.
const ROWS_MAX: usize = 60;

/// A list of pairs under the word for the cast.
pub(super) struct CastList {
    /// Everything that stands in it.
    span: Span,
    rows: Rows,
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
        let pairs = self.rows.pairs.iter().filter_map(|row| {
            let (actor, part) = (row.get(self.rows.acts)?, row.get(1_usize.checked_sub(self.rows.acts)?)?);
            is_person(page.quote(actor)).then_some((actor, part))
        });
        let played = pairs.flat_map(|(actor, part)| {
            [said(Field::Cast, actor), said(Field::Character, part).of(page.quote(actor).to_owned())]
        });
        played.chain(self.rows.alone.iter().map(|span| said(Field::Cast, span))).collect()
    }
}

/// All such lists of a page.
pub(super) fn read(reading: Reading<'_>, labelled: &[Labelled]) -> Vec<CastList> {
    let may_hold = |block: &&Block| (block.in_article || block.after_headline) && block.zone.may_hold_facts();
    let blocks: Vec<&Block> = reading.page.blocks.iter().filter(may_hold).collect();
    let heads = blocks.iter().copied().enumerate().filter(|(_, block)| means(reading, block, "cast"));
    let headed = heads.take(HEADS_MAX).filter_map(|(at, head)| {
        let after = blocks.get(at.saturating_add(1)..)?;
        if head.kind == Kind::Cell || after.first()?.kind == Kind::Cell {
            // The head may be that of a column, in the first row of all.
            let row = row_of(reading.page, head);
            let is_before = |block: &&Block| row_of(reading.page, block) != row;
            let first = || blocks.get(..at)?.iter().rposition(is_before)?.checked_add(1);
            let from = if head.kind == Kind::Cell { first()? } else { at.saturating_add(1) };
            return table(reading, blocks.get(from..)?).or_else(|| in_cell(reading, head, after));
        }
        items(reading, after)
    });
    let beside =
        labelled.iter().filter(|one| one.label == "cast").take(HEADS_MAX).filter_map(|one| valued(reading, one));
    headed.chain(beside).chain(dotted(reading, &blocks)).chain(unheaded(reading, &blocks)).collect()
}

/// Pairs in the value beside a label, and in the lines below it.
fn valued(reading: Reading<'_>, one: &Labelled) -> Option<CastList> {
    let blocks = reading.page.blocks.get(one.block..)?;
    let first = blocks.first()?;
    let own = one.value_span.start.max(first.span.start)..first.span.end;
    let is_below = |block: &&Block| block.node == first.node && !is_label(reading, block);
    let below = blocks.iter().skip(1).take(ROWS_MAX).take_while(is_below);
    let text = reading.page.quote(&own);
    let start = own.end.saturating_sub(text.trim_start().len());
    let line = Line { span: start..own.end, block: first };
    let lines: Vec<Line<'_>> =
        std::iter::once(line.clone()).chain(below.map(|block| Line { span: block.span.clone(), block })).collect();
    let rows = if lines.len() > 1 { cast_rows::of_lines(reading.page, &lines) } else { None };
    let value = || Line { span: start..one.value_span.end.min(first.span.end), block: first };
    let rows = rows.or_else(|| (start < one.value_span.end).then(|| cast_rows::of_value(reading.page, &value()))?);
    Some(CastList { span: one.value_span.start..lines.last()?.span.end.max(one.value_span.end), rows: rows? })
}

/// Pairs in the lines of the cell beside a head.
fn in_cell(reading: Reading<'_>, head: &Block, after: &[&Block]) -> Option<CastList> {
    let is_beside = |block: &&&Block| share_row(reading.page, head, block);
    let cell: Vec<&Block> = after.iter().take(ROWS_MAX).take_while(is_beside).copied().collect();
    items(reading, &cell)
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
            let sides = Some(line).filter(|line| line.len() <= LINE_BYTES_MAX).and_then(cast_rows::sides_of_dots);
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

/// Whether a block is nothing but a label of one meaning.
fn means(reading: Reading<'_>, block: &Block, meaning: &str) -> bool {
    let lowered = lower(reading.page.block_text(block));
    let hit = vocabulary().labels.exact(lowered.trim_end_matches([':', ' ', '：']));
    block.span.len() <= SIDE_BYTES_MAX && hit.is_some_and(|hit| hit.meaning(reading.language, true) == Some(meaning))
}

/// The lines under a head, up to the next label or the text.
fn items(reading: Reading<'_>, blocks: &[&Block]) -> Option<CastList> {
    const LINE_BYTES_MAX: usize = 2 * SIDE_BYTES_MAX;
    let is_line = |block: &&&Block| block.span.len() <= LINE_BYTES_MAX && !is_label(reading, block);
    let lines = blocks.iter().take(ROWS_MAX).take_while(is_line);
    let lines: Vec<Line<'_>> = lines.map(|block| Line { span: block.span.clone(), block }).collect();
    let rows = cast_rows::of_lines(reading.page, &lines)?;
    Some(CastList { span: lines.first()?.span.start..end_of(&rows)?, rows })
}

/// Where the last of some rows ends.
fn end_of(rows: &Rows) -> Option<usize> {
    let ends = rows.pairs.iter().filter_map(|row| Some(row.last()?.end));
    ends.chain(rows.alone.iter().map(|span| span.end)).max()
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
    // `Ada Berg | ... | Ilse`
    let says = |cell: &&&Block| reading.page.block_text(cell).contains(char::is_alphanumeric);
    let pairs = body.map_while(|row| match row.iter().filter(says).collect::<Vec<_>>().as_slice() {
        [left, right] => Some([left.span.clone(), right.span.clone()]),
        _ => None,
    });
    told(reading.page, pairs.collect(), head_side.unwrap_or(0), blocks.first()?)
}

/// Rows that nothing heads, each a part with its colon and an actor: `Ilse Roth: | Ada Berg`.
fn unheaded(reading: Reading<'_>, blocks: &[&Block]) -> Vec<CastList> {
    const RUNS_MAX: usize = 4;
    const PARTS_MIN: usize = 3;
    const WORD_BYTES_MIN: usize = 4;
    let part = |block: &&Block| {
        let text = reading.page.block_text(block);
        let bare = text.trim_end().strip_suffix(':').filter(|bare| bare.len() <= SIDE_BYTES_MAX)?;
        let is_label = vocabulary().labels.exact(&lower(bare)).is_some();
        (block.kind == Kind::Cell && !is_label).then(|| block.span.start..block.span.start.saturating_add(bare.len()))
    };
    // `Costumes:` labels who made them; parts are called as people are, and the text goes on to speak of them.
    let is_called = |pair: &[Span; 2]| {
        let words = pair.first().map(|part| reading.page.quote(part)).unwrap_or_default();
        let first = words.split(' ').next().unwrap_or_default().trim_end_matches('.');
        let is_told = |word: &str| word.len() >= WORD_BYTES_MIN && reading.page.text.matches(word).count() > 1;
        vocabulary().is_given_name(&lower(first))
            || vocabulary().is_character_title(&lower(first))
            || words.split(' ').any(is_told)
    };
    let mut runs: Vec<Vec<[Span; 2]>> = Vec::new();
    let (mut at, mut goes_on) = (0, false);
    while let Some((left, right)) = blocks.get(at).zip(blocks.get(at.saturating_add(1))) {
        let fits = is_person(reading.page.block_text(right)) && share_row(reading.page, left, right);
        let pair = part(left).filter(|_| fits).map(|part| [part, right.span.clone()]);
        at = at.saturating_add(if pair.is_some() { 2 } else { 1 });
        match (pair, runs.last_mut()) {
            (Some(pair), Some(run)) if goes_on && run.len() < ROWS_MAX => run.push(pair),
            (Some(pair), _) => {
                runs.push(vec![pair]);
                goes_on = true;
            }
            (None, _) => goes_on = false,
        }
    }
    let long = runs.into_iter().filter(|run| run.len() >= PARTS_MIN).take(RUNS_MAX);
    let casts = long.filter(|run| run.iter().filter(|pair| is_called(pair)).count().saturating_mul(3) >= run.len());
    let listed = casts.filter_map(|pairs| {
        let start = pairs.first()?.first()?.start;
        let rows = Rows { pairs, acts: 1, ..Rows::default() };
        Some(CastList { span: start..end_of(&rows)?, rows })
    });
    listed.collect()
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

/// A list of rows of which one side acts; `likelier` where both might.
fn told(page: &Page, pairs: Vec<[Span; 2]>, likelier: usize, first: &Block) -> Option<CastList> {
    let rows = cast_rows::voted(page, Rows { pairs, ..Rows::default() }, likelier)?;
    Some(CastList { span: first.span.start..end_of(&rows)?, rows })
}
