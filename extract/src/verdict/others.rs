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
    /// Works in italics in its paragraphs, known or not, that are not its own.
    pub works: usize,
}

/// Looks through a page.
pub(super) fn others(of: &Evidenced<'_>) -> Others {
    let names: HashSet<String> = of.title.map(key).into_iter().collect();
    // `Orchard (2013)`
    let title = |text: &str| key(text.split('(').next().unwrap_or_default());
    let is_other = |title: &String| is_known_film(title) && !is_one_film(&names, title);
    let blocks = || of.page.blocks.iter().filter(|block| block.in_article);
    let is_short = |length: usize| length <= TITLE_BYTES_MAX;
    let heads =
        blocks().filter(|block| matches!(block.kind, Kind::Heading(_) | Kind::Item) && is_short(block.span.len()));
    let headed: BTreeSet<String> = heads.map(|block| title(of.page.block_text(block))).filter(is_other).collect();
    let marks = |block: &Block| -> Vec<String> {
        let marks = block.marks.iter().filter(|mark| {
            (mark.kind.is_lettering() || matches!(mark.kind, MarkKind::Link(_))) && is_short(mark.span.len())
        });
        marks.map(|mark| title(of.page.quote(&mark.span))).collect()
    };
    let all: Vec<String> = blocks().flat_map(marks).collect();
    let own = all.iter().filter(|title| names.contains(*title)).count();
    let marked: BTreeSet<String> = all.into_iter().filter(is_other).chain(headed.iter().cloned()).collect();
    let emphasised = |block: &Block| -> Vec<String> {
        let marks = block.marks.iter().filter(|mark| mark.kind == MarkKind::Emphasis && is_short(mark.span.len()));
        let words = marks.map(|mark| of.page.quote(&mark.span)).filter(|words| reads_as_work(words));
        words.map(title).collect()
    };
    let paragraphs = blocks().filter(|block| matches!(block.kind, Kind::Paragraph));
    let works: BTreeSet<String> = paragraphs.flat_map(emphasised).filter(|work| !names.contains(work)).collect();
    Others { headed: headed.len(), marked: marked.len(), own, works: works.len() }
}

/// Whether emphasised words are written as a work's title: a few, the first and the last with a capital.
fn reads_as_work(words: &str) -> bool {
    const WORDS_MAX: usize = 8;
    let bare = words.trim_matches(|sign: char| !sign.is_alphanumeric());
    let is_capital = |word: Option<&str>| word.is_some_and(|word| word.starts_with(|c: char| !c.is_lowercase()));
    bare.len() > 2
        && bare.split(' ').count() <= WORDS_MAX
        && is_capital(bare.split(' ').next())
        && is_capital(bare.split(' ').next_back())
}
