//! What each part of a page is for: the article, or one of the kinds of furniture around it.
//!
//! Judges by element names, by the words in classes and ids (a data file), and by headings. Must not know films.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use dom_query::{Document, NodeId, NodeRef};

/// What a part of a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Zone {
    /// The article, or nothing that says otherwise.
    #[default]
    Body,
    /// The site's own head.
    Header,
    /// Menus, breadcrumbs, pagers.
    Navigation,
    /// The site's own foot.
    Footer,
    /// Beside the article; a credit block may stand there.
    Aside,
    /// Other articles.
    Related,
    /// What readers said.
    Comments,
    /// Offers to subscribe.
    Newsletter,
    /// Buttons for passing the page on.
    Share,
    /// About the critic.
    Bio,
    /// Advertising.
    Advert,
    /// Cookie, paywall and editor's notices.
    Notice,
    /// The article's tags and categories.
    Tags,
    /// Who wrote the article, and when.
    Byline,
    /// Search boxes, polls.
    Form,
}

impl Zone {
    /// Whether the part belongs to the article itself.
    pub(crate) fn is_article(self) -> bool {
        matches!(self, Self::Body)
    }

    /// Whether facts about the film may stand here.
    pub(crate) fn may_hold_facts(self) -> bool {
        matches!(self, Self::Body | Self::Byline | Self::Aside)
    }

    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "navigation" => Self::Navigation,
            "related" => Self::Related,
            "comments" => Self::Comments,
            "newsletter" => Self::Newsletter,
            "share" => Self::Share,
            "bio" => Self::Bio,
            "footer" => Self::Footer,
            "header" => Self::Header,
            "aside" => Self::Aside,
            "advert" => Self::Advert,
            "notice" => Self::Notice,
            "tags" => Self::Tags,
            "byline" => Self::Byline,
            "form" => Self::Form,
            _ => return None,
        })
    }
}

struct Words {
    whole: HashMap<&'static str, Zone>,
    beginnings: Vec<(&'static str, Zone)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { whole: HashMap::new(), beginnings: Vec::new() };
    for line in include_str!("../../data/zones.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((zone, list)) = line.split_once('\t') else { continue };
        let Some(zone) = Zone::parse(zone) else { continue };
        for word in list.split_whitespace() {
            match word.strip_suffix('*') {
                Some(beginning) => words.beginnings.push((beginning, zone)),
                None => {
                    words.whole.insert(word, zone);
                }
            }
        }
    }
    words
});

/// The zone that an element opens by its own name, classes, id and role; `None` where it stays in its parent's.
pub(crate) fn zone_of(name: &str, classes: &str, role: &str) -> Option<Zone> {
    match name {
        "nav" => return Some(Zone::Navigation),
        "footer" => {
            // An article's own foot says who wrote it, when, and under what it is filed.
            let own = classes.split_whitespace().find_map(zone_of_word);
            return own.filter(|zone| matches!(zone, Zone::Byline | Zone::Tags | Zone::Bio)).or(Some(Zone::Footer));
        }
        "form" | "fieldset" => return Some(Zone::Form),
        "dialog" => return Some(Zone::Notice),
        _ => {}
    }
    match role {
        "navigation" | "menu" | "menubar" => return Some(Zone::Navigation),
        "contentinfo" => return Some(Zone::Footer),
        "search" => return Some(Zone::Form),
        "dialog" | "alertdialog" => return Some(Zone::Notice),
        _ => {}
    }
    let by_words = classes.split_whitespace().find_map(zone_of_word);
    by_words.or(match name {
        "aside" => Some(Zone::Aside),
        "address" => Some(Zone::Byline),
        _ => None,
    })
}

/// The zone that an element stands in, by itself and what is around it.
pub(super) fn zone_around(node: &NodeRef<'_>) -> Zone {
    std::iter::once(*node)
        .chain(node.ancestors_it(None))
        .filter(|around| {
            around.is_element() && !["html", "body", "main", "article"].iter().any(|name| around.has_name(name))
        })
        .find_map(|around| {
            let name = around.node_name()?;
            let classes = format!("{} {}", around.attr_or("class", ""), around.attr_or("id", ""));
            zone_of(&name, &classes, &around.attr_or("role", ""))
        })
        .unwrap_or_default()
}

fn zone_of_word(word: &str) -> Option<Zone> {
    // What an article is filed under: `tag-popular`, `category-newsletter`.
    const LABELS: [&str; 3] = ["tag-", "category-", "post_tag-"];
    let lower = word.to_ascii_lowercase();
    if NEUTRAL.contains(&lower.as_str()) {
        return None;
    }
    let is_label = LABELS.iter().any(|label| lower.starts_with(label));
    zone_by_name(&lower).filter(|zone| !is_label || *zone == Zone::Tags)
}

/// The zone that a class in lower case names, whole, by its beginning or by its parts.
fn zone_by_name(lower: &str) -> Option<Zone> {
    let words = &*WORDS;
    if let Some(zone) = words.whole.get(lower) {
        return Some(*zone);
    }
    if let Some((_, zone)) = words.beginnings.iter().find(|(beginning, _)| lower.starts_with(beginning)) {
        return Some(*zone);
    }
    // `article__related-links`, `post-sharing`: the parts of a name say as much as the name.
    let parts: Vec<&str> = lower.split(['-', '_']).filter(|part| !part.is_empty()).collect();
    let pairs = parts.windows(2).map(|pair| pair.join("-"));
    let mut candidates = pairs.chain(parts.iter().map(|part| (*part).to_owned()));
    candidates.find_map(|part| words.whole.get(part.as_str()).copied()).filter(|zone| {
        // Parts that are common in names of whole layouts say nothing there (`has-sidebar`, `content-footer-wrap`).
        !matches!(zone, Zone::Header | Zone::Form) && !parts.iter().any(|part| LAYOUT_WORDS.contains(part))
    })
}

/// Classes that systems set on articles themselves, whatever their parts say.
const NEUTRAL: [&str; 2] = ["node-promoted", "node--promoted"];

const LAYOUT_WORDS: [&str; 15] = [
    "has",
    "with",
    "no",
    "layout",
    "wrap",
    "wrapper",
    "container",
    "content",
    "page",
    "row",
    "col",
    "is",
    "theme",
    "hero",
    "entry",
];

/// The `<header>` elements that hold navigation, and those and headings right before it: the site's, on every page.
pub(super) fn site_headers(document: &Document) -> HashSet<NodeId> {
    const NAVIGATIONS_MAX: usize = 20;
    let root = document.root();
    let navigations: Vec<NodeRef<'_>> =
        root.descendants_it().filter(|node| node.has_name("nav")).take(NAVIGATIONS_MAX).collect();
    let above = navigations.iter().flat_map(|navigation| navigation.ancestors(None));
    let headers = above.filter(|above| above.has_name("header"));
    // A table of contents under an article's headline is navigation, too.
    let is_inside =
        |node: &&NodeRef<'_>| node.ancestors_it(None).any(|above| above.has_name("article") || above.has_name("main"));
    let outside = navigations.iter().filter(|navigation| !is_inside(navigation));
    let before = outside.filter_map(|navigation| navigation.prev_element_sibling());
    let headings = before.filter(|before| ["h1", "h2", "header"].iter().any(|name| before.has_name(name)));
    headers.chain(headings).map(|element| element.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_classes_tell_the_zone() {
        assert_eq!(zone_of("div", "jp-relatedposts", ""), Some(Zone::Related));
        assert_eq!(zone_of("section", "article__related-links x", ""), Some(Zone::Related));
        assert_eq!(zone_of("div", "author-card", ""), Some(Zone::Bio));
        assert_eq!(zone_of("div", "comments", ""), Some(Zone::Comments));
        assert_eq!(zone_of("div", "content has-sidebar", ""), None);
        assert_eq!(zone_of("div", "post_content", ""), None);
        assert_eq!(zone_of("div", "", "navigation"), Some(Zone::Navigation));
    }
}
