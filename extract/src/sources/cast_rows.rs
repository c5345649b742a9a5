//! How the lines of a cast are parted in two: by a sign, by what the markup sets apart, by lines that alternate.
//!
//! Knows how such lists are laid out; where they stand is for the list, and which side acts, the names tell.

use crate::extraction::Span;
use crate::folding::{key, lower};
use crate::names::{has_given_name, is_person};
use crate::page::{Block, Kind, MarkKind, Page};
use crate::vocabulary::{Trade, trade_of, vocabulary};

/// Pairs from which a list is one.
const ROWS_MIN: usize = 2;

/// Longest side of a pair.
pub(super) const SIDE_BYTES_MAX: usize = 60;

/// Dots that lead from one side to the other, however many.
const DOTS: &str = "...";

/// Signs that part an actor from a part, in a line of their own.
const SIGNS: [&str; 10] = [DOTS, " – ", " — ", " - ", ": ", " | ", " → ", " / ", " (", ", "];

/// Signs that part them where commas part one pair from the next.
const SIGNS_INLINE: [&str; 7] = [DOTS, " – ", " — ", " - ", ": ", " / ", " ("];

/// A line of a list, or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// Where it stands.
    pub span: Span,
    /// The block that holds it.
    pub block: &'a Block,
}

/// Rows of pairs, and who stands alone among them.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The two sides of each pair.
    pub pairs: Vec<[Span; 2]>,
    /// Lines of one person alone.
    pub alone: Vec<Span>,
    /// Which side acts: the first or the second.
    pub acts: usize,
}

/// The rows of lines in elements of their own.
pub(super) fn of_lines(page: &Page, lines: &[Line<'_>]) -> Option<Rows> {
    by_signs(page, lines, &SIGNS).or_else(|| by_marks(page, lines)).or_else(|| by_turns(page, lines))
}

/// The rows of a value in one line: `Ada Berg – Ilse, Per Lund – Otto`.
pub(super) fn of_value(page: &Page, value: &Line<'_>) -> Option<Rows> {
    let text = page.quote(&value.span);
    let gap = if text.contains(';') { ';' } else { ',' };
    let mut depth = 0_usize;
    let is_end = |sign: char| {
        match sign {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        sign == gap && depth == 0
    };
    let mut start = value.span.start;
    let entries = text.split(is_end).map(|entry| {
        let from = start.saturating_add(entry.len().saturating_sub(entry.trim_start().len()));
        let line = Line { span: from..from.saturating_add(entry.trim().len()), block: value.block };
        start = start.saturating_add(entry.len()).saturating_add(gap.len_utf8());
        line
    });
    by_signs(page, &entries.collect::<Vec<_>>(), &SIGNS_INLINE)
}

/// Lines that one sign parts, all of them but for people who stand alone.
fn by_signs(page: &Page, lines: &[Line<'_>], signs: &[&str]) -> Option<Rows> {
    signs.iter().find_map(|sign| {
        let mut rows = Rows::default();
        for line in lines {
            let text = page.quote(&line.span);
            match sides(text, sign) {
                Some(sides) => rows.pairs.push(sides.map(|side| moved(&side, line.span.start))),
                None if is_person(text) && !rows.pairs.is_empty() => rows.alone.push(line.span.clone()),
                None => break,
            }
        }
        // A label's value is behind its colon: `Ilse: Ada Berg`.
        let rows = voted(page, rows, usize::from(*sign == ": "))?;
        let is_told = match *sign {
            // `Ada Berg (Ilse)` is what any list of people says.
            " (" => rows.acts == 1,
            // Two people beside a comma are two people.
            ", " => persons(page, &rows, 1_usize.saturating_sub(rows.acts)).saturating_mul(2) < rows.pairs.len(),
            _ => true,
        };
        is_told.then_some(rows)
    })
}

/// The two sides of a line, where a sign stands in it once.
fn sides(text: &str, sign: &str) -> Option<[Span; 2]> {
    if sign == DOTS {
        return sides_of_dots(text);
    }
    let (left, right) = text.split_once(sign).filter(|(_, right)| !right.contains(sign))?;
    let right = if sign == " (" { right.strip_suffix(')')? } else { right };
    let fits = |side: &str| !side.trim().is_empty() && side.len() <= SIDE_BYTES_MAX;
    let from = left.len().saturating_add(sign.len());
    let lead = right.len().saturating_sub(right.trim_start().len());
    (fits(left) && fits(right)).then(|| {
        let start = from.saturating_add(lead);
        [0..left.trim_end().len(), start..start.saturating_add(right.trim().len())]
    })
}

/// The two sides of `Ada Berg ... Ilse`.
pub(super) fn sides_of_dots(line: &str) -> Option<[Span; 2]> {
    const DOTS_MIN: usize = 2;
    let is_dot = |sign: char| matches!(sign, '.' | '…' | ' ' | '\u{a0}');
    let (at, _) = line.match_indices(['.', '…']).find(|(at, _)| {
        let run: String = line.get(*at..).unwrap_or_default().chars().take_while(|sign| is_dot(*sign)).collect();
        run.contains('…') || run.matches('.').count() >= DOTS_MIN
    })?;
    let left = line.get(..at)?.trim();
    let behind = line.get(at..)?.trim_start_matches(is_dot);
    let right = behind.trim_end();
    let fits = |side: &str| !side.is_empty() && side.len() <= SIDE_BYTES_MAX && side.starts_with(char::is_uppercase);
    let start = line.find(left)?;
    let from = line.len().checked_sub(behind.len())?;
    (fits(left) && fits(right))
        .then(|| [start..start.saturating_add(left.len()), from..from.saturating_add(right.len())])
}

/// Lines that begin with words set apart from the rest: `<b>Ada Berg</b> Ilse`.
fn by_marks(page: &Page, lines: &[Line<'_>]) -> Option<Rows> {
    let mut rows = Rows::default();
    for line in lines {
        let set_apart = line.block.marks.iter().find(|mark| {
            mark.span.start == line.span.start
                && mark.span.end < line.span.end
                && (mark.kind.is_lettering() || matches!(mark.kind, MarkKind::Link(_)))
        });
        let Some(first) = set_apart.map(|mark| mark.span.clone()) else { break };
        let rest = page.quote(&(first.end..line.span.end));
        if !rest.starts_with(' ') || rest.len() > SIDE_BYTES_MAX || !rest.contains(char::is_alphanumeric) {
            break;
        }
        rows.pairs.push([first.clone(), without_as(page, &(first.end.saturating_add(1)..line.span.end))]);
    }
    voted(page, rows, 0)
}

/// Lines that alternate in their markup: the actor, and below, the part.
fn by_turns(page: &Page, lines: &[Line<'_>]) -> Option<Rows> {
    const TURN: usize = 2;
    let [first, second, ..] = lines else { return None };
    let is_like = |one: &Line<'_>, other: &Line<'_>| look(one.block) == look(other.block);
    if is_like(first, second) {
        return None;
    }
    let turns = lines.chunks_exact(TURN).take_while(|turn| match turn {
        [one, other] => is_like(one, first) && is_like(other, second),
        _ => false,
    });
    let mut rows = Rows::default();
    rows.pairs.extend(turns.filter_map(|turn| match turn {
        [one, other] => Some([one.span.clone(), without_as(page, &other.span)]),
        _ => None,
    }));
    voted(page, rows, 0)
}

/// How a line looks: its element's kind and classes, and whether it is set in other letters.
fn look(block: &Block) -> (Kind, &str, bool) {
    let is_all_set = block.marks.iter().any(|mark| mark.kind.is_lettering() && mark.span == block.span);
    (block.kind, block.classes.split('\n').next().unwrap_or_default(), is_all_set)
}

/// A part without the word before it: `as Ilse`.
fn without_as(page: &Page, span: &Span) -> Span {
    let word = page.quote(span).split_once(' ').map_or("", |(word, _)| word);
    let fact = vocabulary().facts.exact(&lower(word));
    let is_as = fact.is_some_and(|fact| fact.meanings.iter().any(|(_, meaning)| *meaning == "plays_as"));
    let skipped = if is_as { word.len().saturating_add(1) } else { 0 };
    span.start.saturating_add(skipped)..span.end
}

/// Rows of pairs, where one of their sides holds people; `likelier` is the side that acts where both might.
pub(super) fn voted(page: &Page, mut rows: Rows, likelier: usize) -> Option<Rows> {
    // Other credits go on below in the same shape.
    let is_label =
        |row: &[Span; 2]| row.iter().any(|side| vocabulary().labels.exact(&lower(page.quote(side))).is_some());
    rows.pairs.truncate(rows.pairs.iter().position(is_label).unwrap_or(rows.pairs.len()));
    let other = 1_usize.checked_sub(likelier)?;
    rows.acts = if persons(page, &rows, other) > persons(page, &rows, likelier) { other } else { likelier };
    let is_cast = rows.pairs.len() >= ROWS_MIN && persons(page, &rows, rows.acts).saturating_mul(2) >= rows.pairs.len();
    is_cast.then_some(rows)
}

/// How many of one side are people by their names; who is known to act counts twice.
fn persons(page: &Page, rows: &Rows, side: usize) -> usize {
    let names = rows.pairs.iter().filter_map(|row| row.get(side)).map(|span| page.quote(span));
    names
        .filter(|name| is_person(name) && has_given_name(name))
        .map(|name| 1_usize.saturating_add(usize::from(trade_of(&key(name)).is_some_and(Trade::is_of_film))))
        .sum()
}

fn moved(span: &Span, by: usize) -> Span {
    span.start.saturating_add(by)..span.end.saturating_add(by)
}
