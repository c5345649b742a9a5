//! Which blocks are the article: the library's judgement, carried over to the page's own blocks.
//!
//! The library returns rewritten HTML; its words are looked up in the page, so that spans stay the page's. The article's
//! own container then brings back what the library throws away (credit tables, fact lines, bylines).

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability, TextMode};

use super::linearise::linearise;
use super::{Block, Kind, Zone};

/// Elements above which the library is not asked: it takes seconds for what no review is.
const ELEMENTS_MAX: usize = 30_000;

/// Text above which the library is not asked.
const TEXT_BYTES_MAX: usize = 600_000;

/// Share of the article's words, in per cent, that its container must hold.
const CONTAINER_PERCENT_MIN: usize = 85;

/// Blocks whose ancestors are counted: more do not change which element holds most of them.
const WEIGHED_BLOCKS_MAX: usize = 2_000;

/// Marks the blocks that belong to the article.
pub(super) fn mark_article(document: &Document, text: &str, blocks: &mut [Block]) {
    let known = if document.tree.len() <= ELEMENTS_MAX && text.len() <= TEXT_BYTES_MAX {
        library_lines(document)
    } else {
        HashSet::new()
    };
    let mut matched: Vec<usize> = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| {
            block.zone.is_article() && known.contains(text.get(block.span.clone()).unwrap_or_default())
        })
        .map(|(at, _)| at)
        .collect();
    if matched.is_empty() {
        matched = paragraphs(blocks);
    }
    if let Some(under) = under_headline(document, blocks, &matched) {
        matched = under;
    }
    let held: HashSet<usize> = matched.iter().copied().collect();
    let container = container_of(document, blocks, &matched);
    for (at, block) in blocks.iter_mut().enumerate() {
        let inside = container.is_none_or(|container| is_within(document, block.node, container));
        block.in_article = held.contains(&at)
            || (inside && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Aside))
            || (block.zone == Zone::Body && matches!(block.kind, Kind::Heading(1)));
    }
    mark_after_headline(blocks, matched.first().copied().unwrap_or(0));
}

/// Marks what stands between the headline and the article's first words: fact lines, bylines, deks.
fn mark_after_headline(blocks: &mut [Block], first: usize) {
    const BLOCKS_MAX: usize = 24;
    const BLOCK_BYTES_MAX: usize = 600;
    let headline = blocks
        .get(..first)
        .and_then(|before| before.iter().rposition(|block| block.kind == Kind::Heading(1) && block.zone == Zone::Body));
    let Some(headline) = headline.filter(|headline| first.saturating_sub(*headline) <= BLOCKS_MAX) else { return };
    for block in blocks.iter_mut().take(first).skip(headline.saturating_add(1)) {
        block.after_headline = !block.in_article
            && block.span.len() <= BLOCK_BYTES_MAX
            && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Aside);
    }
}

fn library_lines(document: &Document) -> HashSet<String> {
    let config = Config { text_mode: TextMode::Raw, disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(document.clone(), None, Some(config)) else {
        return HashSet::new();
    };
    let Ok(article) = readability.parse() else { return HashSet::new() };
    let content = linearise(&Document::from(article.content));
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

/// The prose that stands in one element with a headline of the first rank, where the library took a few words
/// from elsewhere: a short review has fewer words than the furniture around it.
fn under_headline(document: &Document, blocks: &[Block], matched: &[usize]) -> Option<Vec<usize>> {
    const HEADLINES_MAX: usize = 5;
    const DOUBTFUL_BYTES_MAX: usize = 500;
    let held: usize = matched.iter().filter_map(|at| blocks.get(*at)).map(|block| block.span.len()).sum();
    if held > DOUBTFUL_BYTES_MAX {
        return None;
    }
    let prose = paragraphs(blocks);
    let headlines = blocks.iter().filter(|block| block.kind == Kind::Heading(1) && block.zone == Zone::Body);
    headlines.take(HEADLINES_MAX).find_map(|headline| {
        let parent = document.tree.ancestor_ids_of_it(&headline.node, Some(1)).next()?;
        let is_whole_page =
            document.tree.get(&parent).is_none_or(|node| node.has_name("body") || node.has_name("html"));
        let inside = |at: &usize| blocks.get(*at).is_some_and(|block| is_within(document, block.node, parent));
        if is_whole_page || matched.iter().any(inside) {
            return None;
        }
        let under: Vec<usize> = prose.iter().copied().filter(inside).collect();
        (!under.is_empty()).then_some(under)
    })
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
