//! A board of scores: sides of the film rated one by one, and the film as a whole: `Story: 6/10`, `Acting: 8/10`, `Overall: 7/10`.
//!
//! Says which of a page's ratings are of sides, and which is of all of it; what either weighs is for those who choose.

use std::ops::Range;

use dom_query::NodeRef;

use crate::extraction::{Source, Span};
use crate::folding::lower;
use crate::page::{Block, Kind, MarkKind};
use crate::sources::Reading;
use crate::vocabulary::vocabulary;

use super::Candidate;
use super::forms::{Form, forms};

/// Longest line of a board.
const LINE_BYTES_MAX: usize = 60;

/// Scores that make a board: one of a side alone may be of anything.
pub(super) const SCORES_MIN: usize = 3;

/// Blocks that may stand between two scores of one board.
const GAP_BLOCKS_MAX: usize = 2;

/// How likely the score of the whole is the critic's rating.
const WEIGHT: i32 = 12;

/// What the boards of a page say.
#[derive(Debug, Default)]
pub(super) struct Boards {
    /// The scores of the whole.
    pub wholes: Vec<Candidate>,
    /// Where sides are scored.
    pub sides: Vec<Span>,
}

/// A label and its score.
struct Score {
    label: String,
    form: Form,
    span: Span,
    /// The block of the score.
    at: usize,
    layout: Layout,
}

/// How a label and its score stand together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// In one line.
    Line,
    /// The label over the score.
    Above,
    /// The label under the score.
    Below,
}

/// Looks for boards.
pub(super) fn read(reading: Reading<'_>) -> Boards {
    let mut boards = Boards::default();
    let scores = scores(reading);
    let mut rest = scores.as_slice();
    while let Some(first) = rest.first() {
        let mut last = first.at;
        let length = rest.iter().take_while(|score| {
            let reach = GAP_BLOCKS_MAX.saturating_add(1);
            let is_near = score.layout == first.layout && score.at.saturating_sub(last) <= reach;
            last = if is_near { score.at } else { last };
            is_near
        });
        let (board, after) = rest.split_at_checked(length.count().max(1)).unwrap_or((rest, &[]));
        rest = after;
        take(board, reading.language, &mut boards);
    }
    boards
}

/// Reads one board.
fn take(board: &[Score], language: &str, boards: &mut Boards) {
    let whole = board.iter().rfind(|score| names_whole(&score.label, language));
    // Where no word says so, what is labelled as a rating among sides is of the whole.
    let whole = whole.or_else(|| {
        let mut rated = board.iter().filter(|score| names_rating(&score.label, language));
        rated.next().filter(|_| board.len() >= SCORES_MIN && rated.next().is_none())
    });
    let rates_whole = whole.is_some_and(|whole| names_whole(&whole.label, language));
    if board.len() < SCORES_MIN && !rates_whole {
        return;
    }
    boards.wholes.extend(whole.map(|score| Candidate {
        rating: score.form.rating.clone(),
        span: Some(score.span.clone()),
        source: Source::CreditBlock,
        weight: WEIGHT,
    }));
    if board.len() >= SCORES_MIN {
        let is_side = |score: &&Score| whole.is_none_or(|whole| whole.span != score.span);
        boards.sides.extend(board.iter().filter(is_side).map(|score| score.span.clone()));
    }
}

/// Whether a label is of the film as a whole: `Overall`, `Final score`, `Voto complessivo`.
pub(super) fn names_whole(label: &str, language: &str) -> bool {
    vocabulary().facts.find(label, language).iter().any(|hit| hit.means("whole_score", language))
}

/// Whether a label is one of ratings, and no other: `Score`, `Nota`.
pub(super) fn names_rating(label: &str, language: &str) -> bool {
    vocabulary().labels.exact(label).is_some_and(|hit| hit.means("rating", language))
        || vocabulary().facts.exact(label).is_some_and(|hit| hit.means("verdict_heading", language))
}

/// All labels with scores, in order.
fn scores(reading: Reading<'_>) -> Vec<Score> {
    const SCORES_MAX: usize = 300;
    let blocks: Vec<(usize, &Block)> =
        reading.page.fact_blocks().filter(|(_, block)| block.span.len() <= LINE_BYTES_MAX).collect();
    let mut scores: Vec<Score> = Vec::new();
    let mut is_taken = false;
    for (position, (at, block)) in blocks.iter().enumerate() {
        if scores.len() > SCORES_MAX {
            break;
        }
        if let Some(score) = in_line(reading, *at, block) {
            scores.push(score);
            is_taken = false;
            continue;
        }
        let next = blocks.get(position.saturating_add(1)).filter(|(below, _)| *below == at.saturating_add(1));
        let pair = next.filter(|_| !is_taken).and_then(|(_, next)| pair(reading, *at, block, next));
        is_taken = pair.is_some();
        scores.extend(pair);
    }
    scores
}

/// `Story: 6/10`, `Story – 6`: a label and its score in one line.
fn in_line(reading: Reading<'_>, at: usize, block: &Block) -> Option<Score> {
    let text = reading.page.block_text(block);
    let marked = || {
        let lead =
            block.marks.iter().find(|mark| mark.kind == MarkKind::Strong && mark.span.start == block.span.start)?;
        text.split_at_checked(lead.span.len())
    };
    let parted = text.rsplit_once([':', '–', '—', '=', '|']).or_else(|| text.rsplit_once(" - "));
    let (label, value) = parted.or_else(marked)?;
    let start = text.len().saturating_sub(value.len());
    score(label, value, block.span.start.saturating_add(start), at, Layout::Line)
}

/// A label and its score in two elements: of one parent, or one after another in a list of such.
fn pair(reading: Reading<'_>, at: usize, block: &Block, next: &Block) -> Option<Score> {
    let parent = |block: &Block| {
        let node = NodeRef::new(block.node, &reading.page.document.tree);
        node.parent().map(|parent| parent.id)
    };
    let is_pair = block.node == next.node || parent(block) == parent(next);
    let (own, other) = (reading.page.block_text(block), reading.page.block_text(next));
    if !is_pair {
        return None;
    }
    score(own, other, next.span.start, at.saturating_add(1), Layout::Above)
        .or_else(|| score(other, own, block.span.start, at, Layout::Below).filter(|_| block.kind != Kind::Definition))
}

/// What words are as a label: in lower case, without the signs around them, where they are few.
pub(super) fn label(words: &str) -> Option<String> {
    const LABEL_BYTES_MAX: usize = 40;
    let label = lower(words.trim_matches(|sign: char| !sign.is_alphanumeric()));
    (!label.is_empty() && label.len() <= LABEL_BYTES_MAX).then_some(label)
}

/// A label's score, where one is the label of something that is scored, and the other nothing but a score.
fn score(label: &str, value: &str, start: usize, at: usize, layout: Layout) -> Option<Score> {
    const MOST: f64 = 10.0;
    let label = self::label(label).filter(|label| !label.contains(|sign: char| sign.is_ascii_digit()))?;
    if !forms(&label, false).is_empty() {
        return None;
    }
    let bare = value.trim_matches(|sign: char| sign.is_whitespace() || ",;.()".contains(sign));
    let form = forms(bare, true).into_iter().find(|form| form.span == (0..bare.len()))?;
    let is_score = form.rating.best.is_some() || form.rating.value.is_some_and(|value| value <= MOST);
    let from = start.saturating_add(value.find(bare)?);
    let span: Range<usize> = from..from.saturating_add(bare.len());
    is_score.then_some(Score { label, form, span, at, layout })
}
