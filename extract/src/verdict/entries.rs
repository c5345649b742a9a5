//! The entries of a list: parts of an article that each begin with a title, set apart in one way, and go on to tell of it.
//!
//! Finds entries and says what tells each to be of a film; how many make a list is for `several`.

use crate::folding::{key, lower, title_key};
use crate::names::{has_given_name, is_person};
use crate::page::{Block, Kind, MarkKind};
use crate::people::people;
use crate::sources::Reading;
use crate::sources::captions::is_caption;
use crate::sources::film_title::quoted;
use crate::sources::rating::rating_in;
use crate::values;
use crate::vocabulary::vocabulary;

use super::Evidenced;

/// Longest line that is the head of an entry.
const HEAD_BYTES_MAX: usize = 100;

/// Shortest text that an entry tells.
const TOLD_BYTES_MIN: usize = 80;

/// How a head is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layout {
    /// `h2` to `h6`.
    Heading(u8),
    /// A line in bold, italics or a link.
    Line,
    /// Bold or italic words that the text runs on behind.
    Lead,
    /// A term or a cell beside its text.
    Row,
    /// A line of its own.
    Plain,
}

/// What tells that a head names a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The year or who made it, in brackets.
    Made,
    /// A rating.
    Rated,
    /// Quotes around all of it.
    Quoted,
    /// Nothing.
    None,
}

/// A part of the article under a head of its own.
#[derive(Debug)]
pub(super) struct Entry {
    /// What its head says without numbers, brackets and ratings, as a key.
    pub title: String,
    /// How the head is set apart.
    pub layout: Layout,
    /// What tells that it names a film.
    pub sign: Sign,
    /// Where it begins.
    pub start: usize,
}

/// The entries of a page, in order.
pub(super) fn entries(of: &Evidenced<'_>) -> Vec<Entry> {
    let reading = Reading { page: of.page, language: of.language };
    let blocks: Vec<&Block> = of.page.blocks.iter().filter(|block| block.in_article).collect();
    let mut entries = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let next = blocks.get(at.saturating_add(1));
        let tells = |block: &&&Block| {
            let text = of.page.block_text(block);
            text.lines().next().is_some_and(|line| line.len() >= TOLD_BYTES_MIN)
                && !matches!(block.kind, Kind::Heading(_))
                && !is_caption(reading, block)
        };
        // `Ada Berg on the pier (Per Lund)`
        let head = head(of, block).filter(|_| !is_caption(reading, block));
        let entry = head.and_then(|(layout, words, goes_on)| {
            let is_told = goes_on || next.filter(tells).is_some();
            let entry = read(of, layout, words, block.span.start)?;
            // A heading with a year needs no text to be a film's.
            let is_heading = matches!(layout, Layout::Heading(_)) && entry.sign == Sign::Made;
            (is_told || is_heading).then_some(entry)
        });
        entries.extend(entry);
    }
    entries
}

/// What a block may begin an entry with: how it is set apart, its words, and whether the block itself goes on to tell.
fn head<'a>(of: &'a Evidenced<'_>, block: &Block) -> Option<(Layout, &'a str, bool)> {
    let text = of.page.block_text(block);
    let first = text.lines().next().unwrap_or_default();
    let rest = text.len().saturating_sub(first.len());
    if let Kind::Heading(level @ 2..=6) = block.kind {
        return (text.len() <= HEAD_BYTES_MAX).then_some((Layout::Heading(level), text, false));
    }
    if let Some(head) = rated_head(first) {
        return Some((Layout::Plain, head, true));
    }
    let lead = block.marks.iter().find(|mark| {
        mark.span.start == block.span.start && (mark.kind.is_lettering() || matches!(mark.kind, MarkKind::Link(_)))
    });
    if first.len() <= HEAD_BYTES_MAX {
        let layout = match block.kind {
            Kind::Term | Kind::Cell => Layout::Row,
            _ if lead.is_some() || block.kind == Kind::Item => Layout::Line,
            _ => Layout::Plain,
        };
        return Some((layout, first, rest >= TOLD_BYTES_MIN));
    }
    let Some(lead) = lead.filter(|mark| mark.kind.is_lettering() && mark.span.len() <= HEAD_BYTES_MAX) else {
        // `Orchard – 4/5: A slow film …`
        let (head, told) = first.split_once(": ")?;
        return (told.len() >= TOLD_BYTES_MIN && head.len() <= HEAD_BYTES_MAX).then_some((Layout::Plain, head, true));
    };
    let told = block.span.end.saturating_sub(lead.span.end);
    (told >= TOLD_BYTES_MIN).then(|| (Layout::Lead, of.page.quote(&lead.span), true))
}

/// What a line begins with and rates before it goes on: `Orchard (4/5) – a slow film, and a fine one.`
fn rated_head(line: &str) -> Option<&str> {
    const REMARK_BYTES_MIN: usize = 20;
    let rating = rating_in(line).filter(|span| span.start > 0 && span.end <= HEAD_BYTES_MAX)?;
    let remark = line.get(rating.end..)?.trim_start_matches([')', ']', ' ']);
    (remark.starts_with([':', '–', '—', '-']) && remark.len() >= REMARK_BYTES_MIN).then(|| line.get(..rating.end))?
}

/// Reads a head: `3. Orchard (Ada Berg, 2012) – 4/5`.
fn read(of: &Evidenced<'_>, layout: Layout, head: &str, start: usize) -> Option<Entry> {
    const WORDS_MAX: usize = 9;
    const SIGNS: [char; 12] = [' ', ':', '.', ',', '-', '–', '—', '|', '*', '•', '·', '/'];
    let head = past_number(head.trim());
    let rating = rating_in(head);
    let unrated = rating.as_ref().map_or(head, |span| {
        let (before, after) = (head.get(..span.start).unwrap_or_default(), head.get(span.end..).unwrap_or_default());
        if before.trim_matches(SIGNS).is_empty() { after } else { before }
    });
    let bare = unrated.trim_matches(SIGNS).trim_end_matches(['(', '[']).trim_end_matches(SIGNS);
    let (title, bracket) = parted(bare);
    // `Ada Berg (Ilse)` is somebody with a part.
    let is_somebody = is_person(title) && has_given_name(title);
    let is_quoted = quoted(title).iter().any(|inner| inner.len().saturating_add(6) >= title.len());
    let sign = match () {
        () if bracket.is_some_and(is_made) && !is_somebody => Sign::Made,
        () if rating.is_some() => Sign::Rated,
        () if is_quoted => Sign::Quoted,
        () => Sign::None,
    };
    let is_titled = title.starts_with(|letter: char| !letter.is_lowercase())
        && title.split(' ').count() <= WORDS_MAX
        && !title.ends_with(['?', '!'])
        && !is_side(of, title)
        && (sign != Sign::None || vocabulary().words.count(&lower(title), "film", of.language) == 0);
    let title = title_key(title);
    (is_titled && !title.is_empty()).then_some(Entry { title, layout, sign, start })
}

/// A head's title and what stands in the bracket behind it.
fn parted(head: &str) -> (&str, Option<&str>) {
    const BRACKETS: [char; 6] = ['(', ')', '[', ']', '（', '）'];
    let open = head.find(['(', '[', '（']).filter(|open| *open > 0);
    match open.and_then(|open| head.split_at_checked(open)) {
        Some((title, bracket)) => (title.trim_end(), Some(bracket.trim_matches(BRACKETS).trim())),
        None => (head, None),
    }
}

/// A head without the number that counts it: `3. `, `#3 `, `3) `.
fn past_number(head: &str) -> &str {
    let bare = head.strip_prefix('#').unwrap_or(head);
    let rest = bare.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let is_counted = rest.len() < bare.len() && (rest.starts_with(['.', ')', ':']) || head.starts_with('#'));
    if is_counted { rest.trim_start_matches(['.', ')', ':', ' ']) } else { head }
}

/// Whether a bracket says when a film was made, or by whom: `2012`, `Ada Berg, 2012`, `dir. Ada Berg`.
fn is_made(inside: &str) -> bool {
    const AROUND_BYTES_MAX: usize = 60;
    let has_year = values::year(inside).is_some() && inside.len() <= AROUND_BYTES_MAX;
    has_year || !people(inside, false).is_empty()
}

/// Whether a head names a side of the film: `Acting`, `The Verdict`, `Director`.
pub(super) fn is_side(of: &Evidenced<'_>, head: &str) -> bool {
    let own = lower(head);
    let own = own.trim_end_matches([':', ' ']);
    vocabulary().labels.exact(own).is_some()
        || vocabulary().heading(own).is_some()
        || vocabulary().facts.exact(own).is_some_and(|hit| hit.means("verdict_heading", of.language))
        || ["criticism", "review", "acting", "praise", "story"]
            .iter()
            .any(|kind| vocabulary().words.count(own, kind, of.language) > 0)
        || key(own).is_empty()
}
