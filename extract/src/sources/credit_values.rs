//! How far the value of a credit's label goes: over the lines of its cell or paragraph, over links and bullets side by side;
//! and where in it a title ends.
//!
//! Knows how values are laid out. What a label means, and what its value says of whom, is for the credit block.

use std::borrow::Cow;
use std::ops::Range;

use crate::folding::lower;
use crate::names::{has_given_name, is_person};
use crate::page::{Block, Kind, MarkKind, Page};
use crate::people::people;
use crate::sources::Reading;
use crate::sources::cast_list::share_row;
use crate::sources::credit_block::{Labelled, is_label, sentence_end};
use crate::sources::film_title::take_starring;
use crate::values;

/// Lines that one label's value may be spread over (a list of actors, one a line).
const LINES_MAX: usize = 30;

/// Longest line of such a list.
const LINE_BYTES_MAX: usize = 120;

/// What ends a run of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Another label.
    Label,
    /// The end of the element that holds the lines.
    Element,
    /// Something that is no such value.
    Other,
}

/// Whether values of a label are lists that may stand one entry a line.
pub(super) fn may_be_list(label: &str) -> bool {
    label == "genre" || names_people(label)
}

/// Whether a label's values are people.
pub(super) fn names_people(label: &str) -> bool {
    matches!(label, "director" | "writer" | "director_writer" | "cast" | "producer" | "editor")
}

/// Where a value ends that begins in a block of its own: `Director:` in a cell, its people in the lines of the next.
pub(super) fn end_of_lines(
    reading: Reading<'_>,
    label: &str,
    owner: &Block,
    first: &Block,
    following: &[(usize, &Block)],
) -> usize {
    let (end, ended_by) = run(reading, label, first, following, |next| is_beside(reading.page, first, next));
    let is_flat = parent(reading.page, owner) == parent(reading.page, first) && !share_row(reading.page, owner, first);
    let is_whole = ended_by == End::Label || ended_by == End::Element && !is_flat;
    if is_whole || goes_on(label) { end } else { first.span.end }
}

/// Whether lines of a value's kind are its own, whatever comes after them: the line below a director might be the critic.
fn goes_on(label: &str) -> bool {
    matches!(label, "cast" | "genre")
}

/// Where a value ends that begins beside its label: `Cast: Ada Berg`, more of them in the lines below.
pub(super) fn end_below(
    reading: Reading<'_>,
    label: &str,
    first: &Block,
    value: &str,
    following: &[(usize, &Block)],
) -> usize {
    let is_wrapped = value.trim_end().ends_with([',', ';', '&']);
    let is_one = label == "genre" || people(value, true).len() == 1;
    let (end, ended_by) = run(reading, label, first, following, |next| first.node == next.node);
    let is_whole = match ended_by {
        End::Label => true,
        End::Element => matches!(first.kind, Kind::Item | Kind::Cell | Kind::Definition) || goes_on(label),
        End::Other => goes_on(label),
    };
    if is_whole && (is_wrapped || is_one) { end } else { first.span.end }
}

/// The end of the lines below that are entries of the same list, and what ends them.
fn run(
    reading: Reading<'_>,
    label: &str,
    first: &Block,
    following: &[(usize, &Block)],
    holds: impl Fn(&Block) -> bool,
) -> (usize, End) {
    let mut end = first.span.end;
    for (_, next) in following.iter().take(LINES_MAX) {
        if is_label(reading, next) || next.kind == Kind::Term {
            return (end, End::Label);
        }
        if !holds(next) {
            return (end, End::Element);
        }
        if !is_entry(label, reading.page.block_text(next)) {
            return (end, End::Other);
        }
        end = next.span.end;
    }
    (end, if following.len() <= LINES_MAX { End::Element } else { End::Other })
}

/// Whether two blocks are lines of one element, cells of one row, or elements side by side.
fn is_beside(page: &Page, first: &Block, next: &Block) -> bool {
    first.node == next.node
        || share_row(page, first, next)
        || first.kind == next.kind && parent(page, first).is_some_and(|around| parent(page, next) == Some(around))
}

fn parent(page: &Page, block: &Block) -> Option<dom_query::NodeId> {
    page.document.tree.get(&block.node)?.parent().map(|parent| parent.id)
}

/// Whether a line is nothing but an entry: a name, with a part perhaps, or a genre.
fn is_entry(label: &str, line: &str) -> bool {
    const JOINING_BYTES_MAX: usize = 6;
    if label == "genre" {
        return values::is_genre(&lower(line.trim()));
    }
    let listed = people(line, label == "cast");
    let told: usize = listed
        .iter()
        .map(|one| one.span.len().saturating_add(one.character.as_ref().map_or(0, |(_, span)| span.len())))
        .sum();
    let most = told.saturating_add(listed.len().saturating_mul(JOINING_BYTES_MAX));
    line.len() <= LINE_BYTES_MAX && !listed.is_empty() && line.len() <= most && !line.contains(':')
}

/// The end of the people of a value in its line, where bullets and bars part them: `Ada Berg • Per Lund`.
pub(super) fn people_end(text: &str, from: usize) -> usize {
    let mut end = sentence_end(text, from);
    while let Some(bar) = text.get(end..).and_then(|rest| rest.chars().next()).filter(|next| matches!(next, '•' | '|'))
    {
        let start = end.saturating_add(bar.len_utf8());
        let next = sentence_end(text, start);
        let entry = text.get(start..next).unwrap_or_default().trim();
        if next <= end || !is_person(entry) || !has_given_name(entry) {
            break;
        }
        end = next;
    }
    end
}

/// Whether a value is a person's name, up to the next sign.
pub(super) fn opens_with_person(text: &str, from: usize) -> bool {
    let name = text.get(from..).unwrap_or_default().split([',', '|', '•', '·', ';', '/', '–', '(', '\n']).next();
    name.map(|name| name.trim().trim_end_matches(['.', ')']))
        .is_some_and(|name| is_person(name) && has_given_name(name))
}

/// Ends values before what leads to the next: words behind a sign (`Director: Ada Berg · Starring Ida Lund`), a label
/// (`dir. by Ada Berg · Cast: Ida Lund`).
pub(super) fn end_at_next(page: &Page, own: &mut [Labelled], leads: &mut [Labelled]) {
    const SIGNS: [char; 9] = ['·', '|', '•', ';', '–', '—', '/', '-', '*'];
    let cut = |one: &mut Labelled, start: usize, needs_sign: bool| {
        if one.value_span.start < start && start < one.value_span.end {
            let before = page.quote(&(one.value_span.start..start)).trim_end();
            let bare = before.trim_end_matches(SIGNS).trim_end();
            if bare.len() < before.len() || !needs_sign {
                one.value_span.end = one.value_span.start.saturating_add(bare.len());
            }
        }
    };
    for lead in leads.iter() {
        own.iter_mut().for_each(|one| cut(one, lead.label_span.start, true));
    }
    for label in own.iter() {
        leads.iter_mut().for_each(|lead| cut(lead, label.label_span.start, false));
    }
}

/// A value, with a bar for each blank between two links that are entries by themselves, so that places stay.
pub(super) fn parted<'v>(reading: Reading<'_>, one: &Labelled, value: &'v str) -> Cow<'v, str> {
    let page = reading.page;
    let blocks = page.blocks.iter().skip(one.block).take(LINES_MAX);
    let held = blocks.take_while(|block| block.span.start < one.value_span.end);
    let mut links = held.flat_map(|block| &block.marks).filter(|mark| {
        matches!(mark.kind, MarkKind::Link(_) | MarkKind::Tag)
            && one.value_span.start <= mark.span.start
            && mark.span.end <= one.value_span.end
    });
    let is_whole = |words: &str| if names_people(one.label) { is_person(words) } else { may_be_list(one.label) };
    let mut gaps = Vec::new();
    let Some(mut last) = links.next() else { return Cow::Borrowed(value) };
    for link in links {
        if page.quote(&(last.span.end..link.span.start)) == " "
            && is_whole(page.quote(&last.span))
            && is_whole(page.quote(&link.span))
        {
            gaps.push(last.span.end.saturating_sub(one.value_span.start));
        }
        last = link;
    }
    if gaps.is_empty() {
        return Cow::Borrowed(value);
    }
    let part = |(at, byte): (usize, char)| if gaps.binary_search(&at).is_ok() { '|' } else { byte };
    Cow::Owned(value.char_indices().map(part).collect())
}

/// The year in the bracket behind a labelled title: `Orchard (Norway, 2012)`.
pub(super) fn bracketed_year(value: &str) -> Option<(String, Range<usize>)> {
    let open = value.find(['(', '（'])?;
    let inside = value.get(open..)?.split([')', '）']).next()?;
    let (year, span) = values::year(inside)?;
    Some((year.to_string(), open.saturating_add(span.start)..open.saturating_add(span.end)))
}

/// A labelled title: up to the first bracket or bar, quotes taken off.
pub(super) fn title(value: &str) -> Option<(String, Range<usize>)> {
    const TITLE_BYTES_MAX: usize = 120;
    const WORDS_MAX: usize = 14;
    // `about the theme of the film – which was based on …`
    const WORDS_MAX_LOWER: usize = 6;
    let words = if value.starts_with(char::is_lowercase) { WORDS_MAX_LOWER } else { WORDS_MAX };
    let end = value.find(['(', '（', '|', '\n']).unwrap_or(value.len());
    let cut = take_starring(value.get(..end)?);
    let inner =
        cut.trim_matches(|character: char| character.is_whitespace() || "“”\"‘’«»『』「」.,-–".contains(character));
    let start = cut.find(inner)?;
    (!inner.is_empty() && inner.len() <= TITLE_BYTES_MAX && inner.split(' ').count() <= words)
        .then(|| (inner.to_owned(), start..start.saturating_add(inner.len())))
}
