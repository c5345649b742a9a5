//! Other well-known films that a page sets apart: in headings and items, as lists do, or in italics, bold and links, as
//! surveys of a career or a year do. A review names two or three beside its own.

use std::collections::{BTreeSet, HashSet};

use crate::folding::key;
use crate::page::{Block, Kind, MarkKind};
use crate::vocabulary::{is_known_film, is_one_film};

use super::Evidenced;

/// Longest title looked up.
const TITLE_BYTES_MAX: usize = 100;

/// Films that the page sets apart.
pub(super) struct Others {
    /// In headings and items of their own.
    pub headed: usize,
    /// Anywhere.
    pub marked: usize,
    /// How often it sets its own film apart in its paragraphs.
    pub own: usize,
}

/// Looks through a page.
pub(super) fn others(of: &Evidenced<'_>) -> Others {
    let own: HashSet<String> = of.title.map(key).into_iter().collect();
    // `Orchard (2013)`
    let title = |text: &str| key(text.split('(').next().unwrap_or_default());
    let is_other = |title: &String| is_known_film(title) && !is_one_film(&own, title);
    let blocks = || of.page.blocks.iter().filter(|block| block.in_article);
    let is_short = |length: usize| length <= TITLE_BYTES_MAX;
    let heads =
        blocks().filter(|block| matches!(block.kind, Kind::Heading(_) | Kind::Item) && is_short(block.span.len()));
    let headed: BTreeSet<String> = heads.map(|block| title(of.page.block_text(block))).filter(is_other).collect();
    let marks = |block: &Block| -> Vec<String> {
        let marks = block.marks.iter().filter(|mark| {
            matches!(mark.kind, MarkKind::Emphasis | MarkKind::Strong | MarkKind::Link(_)) && is_short(mark.span.len())
        });
        marks.map(|mark| title(of.page.quote(&mark.span))).collect()
    };
    let all: Vec<String> = blocks().flat_map(marks).collect();
    let own = all.iter().filter(|title| own.contains(*title)).count();
    let marked: BTreeSet<String> = all.into_iter().filter(is_other).chain(headed.iter().cloned()).collect();
    Others { headed: headed.len(), marked: marked.len(), own }
}
