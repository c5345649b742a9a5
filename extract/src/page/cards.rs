//! Cards of other pages: like elements side by side that each begin with a link to a page beside this one.
//!
//! Judges by addresses and by what stands together; what a card says of its page is nothing that this page says.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};
use url::Url;

use crate::folding::lower;
use crate::vocabulary::vocabulary;

/// Longest text of a card.
const CARD_BYTES_MAX: usize = 700;

/// Longest label over what has a page each.
const LABEL_BYTES_MAX: usize = 60;

/// Children of one element that are looked at.
const CHILDREN_MAX: usize = 200;

/// Nodes of a card that are looked through for its link.
const NODES_MAX: usize = 40;

/// The elements that are of other pages.
pub(super) fn of_other_pages(document: &Document, url: Option<&Url>) -> HashSet<NodeId> {
    let mut found = HashSet::new();
    let Some(url) = url else { return found };
    let own = Place::of(url);
    for parent in document.root().descendants_it().filter(|node| node.is_element() && !node.has_name("p")) {
        let children = parent.element_children();
        if children.len() < 2 {
            continue;
        }
        let mut groups: HashMap<String, Vec<(NodeId, String)>> = HashMap::new();
        for child in children.iter().take(CHILDREN_MAX).filter(|child| may_be_card(child)) {
            let Some(link) = first_link(child).and_then(|link| url.join(&link).ok()) else { continue };
            if own.is_beside(&link) {
                let name = format!("{} {}", child.node_name().unwrap_or_default(), child.attr_or("class", ""));
                groups.entry(name).or_default().push((child.id, link.path().to_owned()));
            }
        }
        let cards = groups.into_values().filter(|cards| {
            let pages: HashSet<&String> = cards.iter().map(|(_, path)| path).collect();
            pages.len() >= own.cards_min()
        });
        let cards: Vec<NodeId> = cards.flatten().map(|(card, _)| card).collect();
        if !cards.is_empty() && !is_labelled(&parent) {
            found.extend(cards);
        }
    }
    found
}

/// Where the site keeps this page.
struct Place<'u> {
    url: &'u Url,
    folder: Vec<String>,
}

impl<'u> Place<'u> {
    fn of(url: &'u Url) -> Self {
        Self { url, folder: folder(url) }
    }

    /// Whether an address is that of another page in the same folder; days and numbers in it tell no folders apart.
    fn is_beside(&self, link: &Url) -> bool {
        let is_same = link.path().trim_end_matches('/') == self.url.path().trim_end_matches('/');
        link.host_str() == self.url.host_str() && !is_same && link.path().len() > 1 && folder(link) == self.folder
    }

    /// How many cards are no chance: pages at the root may be anything.
    fn cards_min(&self) -> usize {
        if self.folder.is_empty() { 3 } else { 2 }
    }
}

/// The folders of an address, numbers left open.
fn folder(url: &Url) -> Vec<String> {
    let mut parts: Vec<&str> = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.pop();
    let open =
        |part: &str| if part.bytes().all(|byte| byte.is_ascii_digit()) { "0".to_owned() } else { part.to_owned() };
    parts.into_iter().map(open).collect()
}

fn may_be_card(node: &NodeRef<'_>) -> bool {
    const NAMES: [&str; 8] = ["div", "li", "article", "section", "td", "a", "dd", "p"];
    // A paragraph that begins with a link may be the critic's, but for a short one.
    const PARAGRAPH_BYTES_MAX: usize = 160;
    let most = if node.has_name("p") { PARAGRAPH_BYTES_MAX } else { CARD_BYTES_MAX };
    NAMES.iter().any(|name| node.has_name(name)) && text_within(node, most).is_some()
}

/// An element's text, where it is no longer than that; what is long is not read to its end.
fn text_within(node: &NodeRef<'_>, bytes_max: usize) -> Option<String> {
    const NODES_MAX: usize = 300;
    let mut text = String::new();
    for (at, part) in node.descendants_it().enumerate() {
        if part.is_text() {
            text.push_str(&part.text());
        }
        if at > NODES_MAX || text.trim().len() > bytes_max {
            return None;
        }
    }
    Some(text)
}

/// The address of the link that an element begins with, before any words of its own. A link alone is an entry of a list, and
/// says nothing of the page that it leads to.
fn first_link(node: &NodeRef<'_>) -> Option<String> {
    const MORE_BYTES_MIN: usize = 4;
    let inside = std::iter::once(*node).chain(node.descendants_it()).take(NODES_MAX);
    for part in inside {
        if part.is_text() && !part.text().trim().is_empty() {
            return None;
        }
        if part.has_name("a") {
            let link = part.attr("href")?.to_string();
            let more = node.text().trim().len().saturating_sub(part.text().trim().len());
            let says_more = part.id == node.id || more >= MORE_BYTES_MIN;
            return (!link.starts_with('#') && says_more).then_some(link);
        }
    }
    None
}

/// Whether a label stands over an element, or at its head: `Cast`, over people with a page each.
fn is_labelled(node: &NodeRef<'_>) -> bool {
    const LEVELS_MAX: usize = 3;
    const SIBLINGS_MAX: usize = 3;
    let says_label = |one: &NodeRef<'_>| {
        let Some(text) = text_within(one, LABEL_BYTES_MAX) else { return false };
        // `Cast[edit]`
        let text = text.split('[').next().unwrap_or_default().trim().trim_end_matches(':');
        vocabulary().labels.exact(&lower(text)).is_some()
    };
    let head = node.element_children().into_iter().next();
    let levels = std::iter::once(*node).chain(node.ancestors_it(Some(LEVELS_MAX)));
    let before = levels.flat_map(|level| {
        std::iter::successors(level.prev_element_sibling(), NodeRef::prev_element_sibling).take(SIBLINGS_MAX)
    });
    before.chain(head).any(|one| says_label(&one))
}
