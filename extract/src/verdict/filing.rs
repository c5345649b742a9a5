//! What a page is filed under: sections, breadcrumbs, categories, tags, folders of its address.
//!
//! Gathers labels as they are written; what they mean is for the counts.

use std::collections::BTreeSet;

use crate::folding::lower;
use crate::page::{Kind, MarkKind, Zone};
use crate::sources::tags::is_of_label;

use super::Evidenced;

/// Longest label: beyond it stands a sentence.
const LABEL_BYTES_MAX: usize = 60;

/// Labels kept: pages that list every category of their site say nothing by it.
const LABELS_MAX: usize = 40;

/// Names under which heads declare sections and tags.
const DECLARED: [&str; 9] = [
    "article:section",
    "article:tag",
    "keywords",
    "news_keywords",
    "parsely-section",
    "parsely-tags",
    "sailthru.tags",
    "category",
    "og:article:section",
];

/// Words in classes that say that an element holds such labels.
const CLASSES: [&str; 10] =
    ["categor", "breadcrumb", "crumbs", "tag", "section", "kicker", "label", "eyebrow", "rubric", "cat-links"];

/// All labels, in lower case, each once.
pub(super) fn labels(of: &Evidenced<'_>) -> BTreeSet<String> {
    let mut labels: BTreeSet<String> = of.structured.sections.iter().cloned().collect();
    let declared = DECLARED.iter().flat_map(|name| of.head.all(name));
    labels.extend(declared.flat_map(|value| value.split([',', ';', '|'])).map(lower));
    labels.extend(visible(of));
    labels.extend(by_classes(of));
    labels.extend(folders(of));
    labels.into_iter().filter(|label| is_label(label)).take(LABELS_MAX).collect()
}

/// Whether a text is a few words rather than a number, a date or a sentence.
fn is_label(text: &str) -> bool {
    const WORDS_MAX: usize = 6;
    (2..=LABEL_BYTES_MAX).contains(&text.len())
        && text.split(' ').count() <= WORDS_MAX
        && !text.starts_with(|first: char| first.is_ascii_digit())
        && !text.ends_with(['.', '?', '!', '…', '。'])
}

/// Short lines and links of the article that are marked as labels, and breadcrumbs.
fn visible(of: &Evidenced<'_>) -> Vec<String> {
    const REACH_BLOCKS: usize = 6;
    let mut labels = declared_tags(of);
    let headline = of.headline_node.and_then(|node| of.page.blocks.iter().position(|block| block.node == node));
    for (at, block) in of.page.blocks.iter().enumerate() {
        let is_crumb = block.classes.contains("crumb");
        let is_near = headline.is_some_and(|headline| headline.abs_diff(at) <= REACH_BLOCKS);
        let in_place = is_crumb
            || block.in_article
            || block.zone == Zone::Tags
            || is_near && matches!(block.zone, Zone::Byline | Zone::Body);
        if !in_place || matches!(block.kind, Kind::Heading(_)) || block.classes.contains("widget") {
            continue;
        }
        let is_marked = block.zone == Zone::Tags || CLASSES.iter().any(|word| block.classes.contains(word));
        if is_marked && block.span.len() <= LABEL_BYTES_MAX {
            labels.extend(of.page.block_text(block).split(['·', '•', '|']).map(|label| lower(label.trim())));
        }
        for mark in &block.marks {
            let MarkKind::Link(link) = &mark.kind else { continue };
            if is_of_label(link) {
                labels.push(lower(of.page.quote(&mark.span)));
            }
        }
    }
    labels
}

/// Links that say of themselves that they lead to a tag or category of this page (`rel="category tag"`).
fn declared_tags(of: &Evidenced<'_>) -> Vec<String> {
    let blocks =
        of.page.blocks.iter().filter(|block| !matches!(block.zone, Zone::Related | Zone::Comments | Zone::Aside));
    let marks = blocks.flat_map(|block| block.marks.iter()).filter(|mark| mark.kind == MarkKind::Tag);
    marks.map(|mark| lower(of.page.quote(&mark.span))).collect()
}

/// `category-film-reviews`, `tag-horror` on the elements around the headline, as blogging systems write them.
fn by_classes(of: &Evidenced<'_>) -> Vec<String> {
    let Some(node) = of.headline_node.and_then(|id| of.page.document.tree.get(&id)) else { return Vec::new() };
    let around = std::iter::once(node).chain(node.ancestors(None));
    around
        .flat_map(|element| {
            let classes = lower(&element.attr_or("class", ""));
            let named = classes.split_whitespace().filter_map(|class| {
                ["category-", "tag-", "section-", "cat-"].iter().find_map(|prefix| class.strip_prefix(prefix))
            });
            named.map(|label| label.replace(['-', '_'], " ")).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether the page's own address is that of a tag or category: `/tags/cinema/`, `/category/films/page/2`.
pub(super) fn is_label_page(of: &Evidenced<'_>) -> bool {
    let Some(parts) = of.page.url.as_ref().and_then(|url| url.path_segments()) else { return false };
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).take_while(|part| *part != "page").collect();
    parts.iter().rev().nth(1).is_some_and(|folder| is_of_label(&format!("/{folder}/")))
}

/// The folders of the page's address.
fn folders(of: &Evidenced<'_>) -> Vec<String> {
    let Some(parts) = of.page.url.as_ref().and_then(|url| url.path_segments()) else { return Vec::new() };
    let mut parts: Vec<String> =
        parts.filter(|part| !part.is_empty()).map(|part| lower(part).replace(['-', '_'], " ")).collect();
    parts.pop();
    parts
}
