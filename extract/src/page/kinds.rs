//! What an element is by its name and classes: a block of its own, of which kind, or a mark on the words in it.
//!
//! Looks at one element; where it stands is for those who walk.

use dom_query::NodeRef;

use crate::folding::start_of;

use super::{Kind, MarkKind};

/// Longest address or time stamp kept of a mark.
const MARK_BYTES_MAX: usize = 2_000;

/// Whether an element begins a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    const INLINE: [&str; 38] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "meter", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    ];
    !INLINE.contains(&name) && name != "img" && name != "picture" && name != "source"
}

/// What kind of block an element makes, by its name and classes.
pub(super) fn kind_of(name: &str, classes: &str) -> Kind {
    let by_name = match name {
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "p" => Kind::Paragraph,
        "li" => Kind::Item,
        "td" | "th" => Kind::Cell,
        "dt" => Kind::Term,
        "dd" => Kind::Definition,
        "figcaption" | "caption" => Kind::Caption,
        "blockquote" | "pre" => Kind::Quote,
        _ => Kind::Other,
    };
    // Tables and lists caption their own rows; galleries set pictures in lists.
    let is_row = matches!(by_name, Kind::Heading(_) | Kind::Term | Kind::Definition | Kind::Cell);
    let is_of_gallery = by_name == Kind::Definition && classes.contains("caption");
    if says_caption(classes) && (!is_row || is_of_gallery) { Kind::Caption } else { by_name }
}

/// Whether a class says that an element is a caption.
pub(super) fn says_caption(classes: &str) -> bool {
    const SHORT: [&str; 8] = ["cap", "stillcap", "imgcap", "img-cap", "photocap", "photo-cap", "piccap", "image-cap"];
    let says = |class: &str| {
        class.ends_with("caption")
            || class.contains("caption-text")
            || class.contains("caption_text")
            || class.contains("caption-dd")
            || SHORT.contains(&class)
    };
    classes.split_whitespace().any(says)
}

/// As what an element marks its words.
pub(super) fn mark_of(name: &str, node: &NodeRef<'_>, classes: &str) -> Option<MarkKind> {
    let says_author = node.attr_or("rel", "").split_whitespace().any(|rel| rel == "author")
        || node.attr_or("itemprop", "").split_whitespace().any(|property| property == "author")
        || classes.split_whitespace().any(|class| AUTHOR_CLASSES.contains(&class));
    if says_author {
        return Some(MarkKind::Author);
    }
    let rel_tag = node.attr_or("rel", "").split_whitespace().any(|rel| rel == "tag");
    match name {
        "a" if rel_tag => Some(MarkKind::Tag),
        "a" if leads_to_author(&node.attr_or("href", "")) => Some(MarkKind::Author),
        "b" | "strong" => Some(MarkKind::Strong),
        "span" | "label" | "small" if is_named_label(name, classes) || leads_pair(node) => Some(MarkKind::Strong),
        "span" | "small" if says_credit(classes) => Some(MarkKind::Credit),
        "i" | "em" | "cite" => Some(MarkKind::Emphasis),
        "a" => Some(MarkKind::Link(start_of(&node.attr_or("href", ""), MARK_BYTES_MAX).to_owned())),
        // `<abbr class="published" title="2010-05-04T21:14:00">9:14 PM</abbr>`, as feeds in the page are marked up.
        "abbr" if classes.split(' ').any(|class| class == "published") => {
            Some(MarkKind::Time(start_of(&node.attr_or("title", ""), MARK_BYTES_MAX).to_owned()))
        }
        "time" => Some(MarkKind::Time(start_of(&node.attr_or("datetime", ""), MARK_BYTES_MAX).to_owned())),
        _ => None,
    }
}

/// Whether a class says whom a picture is owed to: `<span class="photo-credit">`.
fn says_credit(classes: &str) -> bool {
    let says = |part: &str| matches!(part, "credit" | "credits" | "copyright" | "photographer" | "attribution");
    classes.split([' ', '-', '_']).any(says)
}

/// Whether an element is a label by its name or class, and is set apart as one: `<span class="info-label">`.
fn is_named_label(name: &str, classes: &str) -> bool {
    name == "label" || classes.split([' ', '-', '_']).any(|part| matches!(part, "label" | "key" | "term"))
}

/// Whether an element is the first of two that are all its parent holds: `<div><span>Director</span><span>Ada Berg</span></div>`.
fn leads_pair(node: &NodeRef<'_>) -> bool {
    const CHILDREN_MAX: usize = 12;
    let is_blank = |node: &NodeRef<'_>| node.has_name("img") || node.is_text() && node.text().trim().is_empty();
    let Some(parent) = node.parent() else { return false };
    let mut held = parent.children_it(false).take(CHILDREN_MAX).filter(|child| !is_blank(child));
    held.next().is_some_and(|first| first.id == node.id)
        && held.next().is_some_and(|second| second.has_name("span"))
        && held.next().is_none()
}

/// Whether an address is an author's page: `/author/ada-berg/`.
fn leads_to_author(address: &str) -> bool {
    let mut segments =
        address.split(['/', '?']).rev().skip_while(|segment| segment.is_empty() || *segment == "index.html");
    segments.next().is_some_and(|name| !name.contains('.'))
        && segments.next().is_some_and(|folder| matches!(folder, "author" | "authors" | "autor" | "auteur" | "yazar"))
}

const AUTHOR_CLASSES: [&str; 12] = [
    "author",
    "byline",
    "author-name",
    "byline-name",
    "fn",
    "post-author",
    "entry-author",
    "author-link",
    "writer",
    "reviewer",
    "p-author",
    "byline__name",
];
