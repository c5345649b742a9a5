//! Which blocks are the article: the library's judgement, carried over to the page's own blocks.
//!
//! The library returns rewritten HTML; its words are looked up in the page, so that spans stay the page's. The article's
//! own container then brings back what the library throws away (credit tables, fact lines, bylines). Where the library
//! finds next to nothing, or only what stands under a heading such as “Newsletter”, the text under the page's headline
//! is the article: a review may be one sentence.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability, TextMode};

use crate::folding::{key, lower};
use crate::vocabulary::vocabulary;

use super::linearise::linearise;
use super::{Block, Kind, MarkKind, Zone};

/// Elements above which the library is not asked: it takes seconds for what no review is.
const ELEMENTS_MAX: usize = 30_000;

/// Text above which the library is not asked.
const TEXT_BYTES_MAX: usize = 600_000;

/// Share of the article's words, in per cent, that its container must hold.
const CONTAINER_PERCENT_MIN: usize = 85;

/// Blocks whose ancestors are counted: more do not change which element holds most of them.
const WEIGHED_BLOCKS_MAX: usize = 2_000;

/// An article shorter than this may be a misunderstanding.
const ARTICLE_BYTES_MIN: usize = 200;

/// Shortest line under a headline that may be all of an article.
const TEASER_BYTES_MIN: usize = 20;

/// Marks the blocks that belong to the article.
pub(super) fn mark_article(document: &Document, text: &str, blocks: &mut [Block]) {
    let known = if document.tree.len() <= ELEMENTS_MAX && text.len() <= TEXT_BYTES_MAX {
        library_lines(document)
    } else {
        HashSet::new()
    };
    let headline = headline_of(document, text, blocks);
    let end = furniture_after(text, blocks, headline);
    let mut matched: Vec<usize> = blocks
        .iter()
        .enumerate()
        .take(end)
        .filter(|(_, block)| {
            block.zone.is_article() && known.contains(text.get(block.span.clone()).unwrap_or_default())
        })
        .map(|(at, _)| at)
        .collect();
    let prose = matched.iter().filter_map(|at| blocks.get(*at)).filter(|block| !matches!(block.kind, Kind::Heading(_)));
    let is_article = prose.map(|block| block.span.len()).sum::<usize>() >= ARTICLE_BYTES_MIN;
    if !is_article {
        let under = headline.map(|at| under_headline(blocks, at, end)).unwrap_or_default();
        matched = if under.is_empty() { matched } else { under };
    }
    // What readers say below an article is none of it, although one element may hold both.
    let last = if is_article && opens(text, blocks.get(end)) == Some("comments") { end } else { blocks.len() };
    if matched.is_empty() {
        matched = paragraphs(blocks);
    }
    let held: HashSet<usize> = matched.iter().copied().collect();
    let container = container_of(document, blocks, &matched);
    for (at, block) in blocks.iter_mut().enumerate() {
        let inside = container.is_none_or(|container| is_within(document, block.node, container));
        block.in_article = at < last
            && (held.contains(&at)
                || (inside && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Aside))
                || (block.zone == Zone::Body && matches!(block.kind, Kind::Heading(1))));
    }
    mark_after_headline(blocks, headline, matched.first().copied().unwrap_or(0));
}

/// Marks what stands between the headline and the article's first words: fact lines, bylines, deks.
fn mark_after_headline(blocks: &mut [Block], headline: Option<usize>, first: usize) {
    const BLOCKS_MAX: usize = 24;
    const BLOCK_BYTES_MAX: usize = 600;
    let is_near = |headline: &usize| *headline < first && first.saturating_sub(*headline) <= BLOCKS_MAX;
    let Some(headline) = headline.filter(is_near) else { return };
    for block in blocks.iter_mut().take(first).skip(headline.saturating_add(1)) {
        block.after_headline = !block.in_article
            && block.span.len() <= BLOCK_BYTES_MAX
            && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Aside);
    }
}

/// The heading that `<title>` repeats, the longest of several; else the first `h1` of the article's zone; else the line that
/// the title begins with.
fn headline_of(document: &Document, text: &str, blocks: &[Block]) -> Option<usize> {
    const HEADING_BYTES_MAX: usize = 300;
    const LINE_LETTERS_MIN: usize = 4;
    let title = document.root().descendants_it().find(|node| node.has_name("title")).map(|node| node.text());
    let title: String = key(&title.unwrap_or_default().chars().take(HEADING_BYTES_MAX).collect::<String>());
    let headings = || {
        blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| matches!(block.kind, Kind::Heading(1..=4)) && block.span.len() <= HEADING_BYTES_MAX)
    };
    let repeated = headings()
        .filter(|(_, block)| matches!(block.zone, Zone::Body | Zone::Byline | Zone::Header))
        .map(|(at, block)| (at, key(text.get(block.span.clone()).unwrap_or_default())))
        .filter(|(_, own)| own.len() > 1 && title.contains(own.as_str()))
        .rev()
        .max_by_key(|(_, own)| own.len());
    let first = || headings().find(|(_, block)| block.kind == Kind::Heading(1) && block.zone == Zone::Body);
    let unmarked = || {
        blocks.iter().position(|block| {
            let own = key(text.get(block.span.clone()).unwrap_or_default());
            let begins = title.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            own.len() >= LINE_LETTERS_MIN && begins && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Header)
        })
    };
    repeated.map(|(at, _)| at).or_else(|| first().map(|(at, _)| at)).or_else(unmarked)
}

/// What a block opens, where it is a heading over a part that is not the article.
fn opens(text: &str, block: Option<&Block>) -> Option<&'static str> {
    let heading = block.filter(|block| matches!(block.kind, Kind::Heading(_)))?;
    vocabulary().heading(&lower(text.get(heading.span.clone())?))
}

/// Where the first heading stands that ends the article under a headline: comments, newsletter, related.
fn furniture_after(text: &str, blocks: &[Block], headline: Option<usize>) -> usize {
    let Some(headline) = headline else { return blocks.len() };
    let mut has_text = false;
    for (at, block) in blocks.iter().enumerate().skip(headline.saturating_add(1)) {
        if let Kind::Heading(_) = block.kind {
            match opens(text, Some(block)) {
                // These never stand over a review, even where nothing stands before them.
                Some("newsletter" | "comments" | "share") => return at,
                Some("encyclopedia") | None => {}
                Some(_) if has_text => return at,
                Some(_) => {}
            }
        } else {
            has_text |= block.zone.is_article() && is_text(block);
        }
    }
    blocks.len()
}

/// The lines between a headline and the next heading that may be sentences.
fn under_headline(blocks: &[Block], headline: usize, end: usize) -> Vec<usize> {
    let after = blocks.iter().enumerate().take(end).skip(headline.saturating_add(1));
    after
        .take_while(|(_, block)| !matches!(block.kind, Kind::Heading(1..=2)))
        .filter(|(_, block)| block.zone.is_article() && is_text(block))
        .map(|(at, _)| at)
        .collect()
}

/// Whether a block is long enough for a sentence, and mostly no link.
fn is_text(block: &Block) -> bool {
    let linked: usize =
        block.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Link(_))).map(|mark| mark.span.len()).sum();
    matches!(block.kind, Kind::Paragraph | Kind::Other | Kind::Quote)
        && block.span.len() >= TEASER_BYTES_MIN
        && linked.saturating_mul(2) < block.span.len()
}

fn library_lines(document: &Document) -> HashSet<String> {
    let config = Config { text_mode: TextMode::Raw, disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(document.clone(), None, Some(config)) else {
        return HashSet::new();
    };
    let Ok(article) = readability.parse() else { return HashSet::new() };
    let content = linearise(&Document::from(article.content), &HashSet::new());
    content.text.lines().map(str::to_owned).collect()
}

/// Without the library: the paragraphs that read as prose.
fn paragraphs(blocks: &[Block]) -> Vec<usize> {
    const PROSE_BYTES_MIN: usize = 80;
    let prose = |block: &Block| {
        block.zone.is_article()
            && block.span.len() >= PROSE_BYTES_MIN
            && matches!(block.kind, Kind::Paragraph | Kind::Other)
    };
    blocks.iter().enumerate().filter(|(_, block)| prose(block)).map(|(at, _)| at).collect()
}

/// The smallest element that holds nearly all of the article's words.
fn container_of(document: &Document, blocks: &[Block], matched: &[usize]) -> Option<NodeId> {
    let mut held: HashMap<NodeId, (usize, usize)> = HashMap::new();
    let mut total = 0_usize;
    for block in matched.iter().take(WEIGHED_BLOCKS_MAX).filter_map(|at| blocks.get(*at)) {
        total = total.saturating_add(block.span.len());
        let own = std::iter::once(block.node);
        for (distance, node) in own.chain(document.tree.ancestor_ids_of_it(&block.node, None)).enumerate() {
            let entry = held.entry(node).or_insert((0, distance));
            entry.0 = entry.0.saturating_add(block.span.len());
            entry.1 = entry.1.max(distance);
        }
    }
    let enough = |words: usize| words.saturating_mul(100) >= total.saturating_mul(CONTAINER_PERCENT_MIN);
    let container =
        held.iter().filter(|(_, (words, _))| enough(*words)).min_by_key(|(node, (_, distance))| (*distance, **node));
    container.map(|(node, _)| widen(document, *node))
}

/// From the text's own element to the `article` or `main` around it, where the byline and the headline stand.
fn widen(document: &Document, container: NodeId) -> NodeId {
    const LEVELS_MAX: usize = 6;
    let mut widest = container;
    for id in document.tree.ancestor_ids_of(&container, Some(LEVELS_MAX)) {
        let Some(node) = document.tree.get(&id) else { break };
        if node.has_name("body") || node.has_name("html") {
            break;
        }
        if node.has_name("article") || node.has_name("main") {
            return id;
        }
        if node.children_it(false).any(|child| child.has_name("h1")) {
            widest = id;
        }
    }
    widest
}

fn is_within(document: &Document, node: NodeId, container: NodeId) -> bool {
    node == container || document.tree.ancestor_ids_of_it(&node, None).any(|ancestor| ancestor == container)
}
