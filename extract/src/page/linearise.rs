//! Walks a tree once and writes its visible text, line by line, with what the markup says of each line.
//!
//! Must not know films. Never recurses: depth is the page's to choose.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use crate::folding::start_of;

use super::kinds::{is_block, kind_of, mark_of, says_caption};
use super::pictures::{begins_with_picture, is_in_figcaption, stands_under_picture};
use super::zones::{Zone, zone_of};
use super::{Block, Kind, Mark, MarkKind};

/// Text kept of one page. The longest review seen had 60 KB; what is beyond is comments and archives.
const TEXT_BYTES_MAX: usize = 1024 * 1024;

/// Blocks kept of one page.
const BLOCKS_MAX: usize = 20_000;

/// Share of a page's text, in per cent, above which an element is no furniture, whatever it is called.
const FURNITURE_PERCENT_MAX: usize = 60;

/// Classes and ids kept of one element.
const CLASSES_BYTES_MAX: usize = 300;

/// Longest paragraph in italics that is a picture's caption.
const CAPTION_BYTES_MAX: usize = 240;

/// Depth of the tree that parsing made. Twice what the scan lets pass: parsers add rows and bodies of tables.
const TREE_DEPTH_MAX: usize = 1_024;

/// Whether a tree is no deeper than what walks may meet.
pub(super) fn is_shallow(document: &Document) -> bool {
    let root = document.root();
    let (mut current, mut depth) = (Some(root), 0_usize);
    while let Some(node) = current {
        if let Some(child) = node.first_child() {
            depth = depth.saturating_add(1);
            if depth > TREE_DEPTH_MAX {
                return false;
            }
            current = Some(child);
            continue;
        }
        let mut done = node;
        current = done.next_sibling();
        while current.is_none() {
            let Some(parent) = done.parent() else { break };
            depth = depth.saturating_sub(1);
            done = parent;
            current = done.next_sibling();
        }
    }
    true
}

/// Text and blocks.
#[derive(Default)]
pub(super) struct Linear {
    pub text: String,
    pub blocks: Vec<Block>,
}

/// What a page without classes says by its font, as a class.
const LARGE_FONT: &str = " large-font";

/// What stands open while walking.
struct Context {
    node: NodeId,
    kind: Kind,
    zone: Zone,
    classes: String,
    is_block: bool,
    /// Where its text starts.
    start: usize,
    mark: Option<(usize, MarkKind)>,
    /// Whether it is a paragraph that begins with a picture, or stands under one.
    has_picture: bool,
}

struct Walk<'c> {
    linear: Linear,
    open: Vec<Context>,
    start: usize,
    space_pending: bool,
    /// Whether an element has just begun right beside another.
    beside: bool,
    marks: Vec<Mark>,
    /// The classes of an element within the block that began with it, and where that element ended.
    covering: Option<(usize, String)>,
    weights: HashMap<NodeId, Weight>,
    total: usize,
    root: NodeId,
    cards: &'c HashSet<NodeId>,
}

/// Writes a tree's text, given the elements that are cards of other pages.
pub(super) fn linearise(document: &Document, cards: &HashSet<NodeId>) -> Linear {
    let root = document.body().unwrap_or_else(|| document.root());
    let weights = weigh(&root);
    let total = weights.get(&root.id).map_or(0, |weight| weight.text);
    let mut walk = Walk {
        linear: Linear::default(),
        open: Vec::new(),
        start: 0,
        space_pending: false,
        beside: false,
        marks: Vec::new(),
        covering: None,
        weights,
        total,
        root: root.id,
        cards,
    };
    walk.run(&root);
    walk.linear
}

impl Walk<'_> {
    fn run(&mut self, root: &NodeRef<'_>) {
        let mut current = Some(*root);
        while let Some(node) = current {
            let enters = self.enter(&node);
            if self.linear.text.len() > TEXT_BYTES_MAX || self.linear.blocks.len() > BLOCKS_MAX {
                break;
            }
            current = enters.then(|| node.first_child()).flatten();
            let mut done = node;
            while current.is_none() {
                self.leave(&done);
                if done.id == root.id {
                    break;
                }
                current = done.next_sibling();
                if current.is_none() {
                    let Some(parent) = done.parent() else { break };
                    done = parent;
                }
            }
        }
        self.flush();
    }

    /// Whether the node's children are to be walked.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.write(&node.text());
            return false;
        }
        if !node.is_element() {
            return node.is_document() || node.is_fragment();
        }
        let name = node.node_name().unwrap_or_default();
        let name: &str = &name;
        if is_invisible(name) || is_hidden(node) && !self.is_most(node) {
            return false;
        }
        if name == "br" {
            if self.is_amid_headline(node) {
                self.space_pending = true;
            } else {
                self.flush();
            }
            return false;
        }
        self.part_from_neighbour(name, node);
        let context = self.context(node, name);
        if context.is_block {
            self.flush();
        }
        self.open.push(context);
        true
    }

    /// Whether a line break only wraps a headline; a subtitle after it is marked up as one.
    fn is_amid_headline(&self, node: &NodeRef<'_>) -> bool {
        const HEADLINE_BYTES_MAX: usize = 150;
        let heading = self.open.iter().rev().find(|context| context.is_block);
        let is_headline = heading.is_some_and(|heading| {
            let weight = self.weights.get(&heading.node);
            heading.kind == Kind::Heading(1) && weight.is_some_and(|weight| weight.text <= HEADLINE_BYTES_MAX)
        });
        let begun = self.linear.text.get(self.start..).unwrap_or_default();
        let next = node.next_sibling().filter(NodeRef::is_element);
        let is_subtitle = next.is_some_and(|next| next.has_name("small") || next.attr_or("class", "").contains("sub"));
        is_headline && !is_subtitle && begun.ends_with(|last: char| last.is_alphanumeric() || last == ',')
    }

    /// Two elements side by side without a blank are words apart: a stylesheet keeps their distance. A letter alone is drawn
    /// large and belongs to the word after it.
    fn part_from_neighbour(&mut self, name: &str, node: &NodeRef<'_>) {
        const INITIAL_BYTES_MAX: usize = 4;
        let Some(previous) = node.prev_sibling().filter(NodeRef::is_element) else { return };
        self.beside = !previous.has_name("br");
        let is_pair = ["span", "time", "small", "label"].iter().any(|name| previous.has_name(name))
            && matches!(name, "span" | "time" | "small" | "label");
        let length = self.linear.text.len().saturating_sub(self.start);
        if is_pair && length > INITIAL_BYTES_MAX {
            self.space_pending = true;
        }
    }

    /// Whether a word that begins an element is another than the one that ends the element before: `<b>Director</b><i>Ada Berg`.
    fn is_parted(&mut self, first: char) -> bool {
        let last = self.linear.text.get(self.start..).unwrap_or_default().chars().next_back();
        std::mem::take(&mut self.beside)
            && (first.is_uppercase() || first.is_ascii_digit())
            && last.is_some_and(|last| last.is_lowercase() || matches!(last, ':' | ')'))
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(context) = self.open.pop_if(|context| context.node == node.id) else { return };
        if let Some((start, kind)) = context.mark.clone() {
            self.mark(start, kind);
        }
        let end = self.linear.text.len();
        let is_inner = self.covering.as_ref().is_some_and(|(known, _)| *known == end);
        if !context.is_block && context.start <= self.start && !self.is_empty() && !is_inner {
            self.covering = Some((end, context.classes.clone()));
        }
        if context.is_block {
            self.open.push(Context { mark: None, ..context });
            self.flush();
            self.open.pop();
        }
    }

    fn context(&self, node: &NodeRef<'_>, name: &str) -> Context {
        let parent = self.open.last();
        let (class, id) = (node.attr_or("class", ""), node.attr_or("id", ""));
        let own = format!("{} {}", start_of(&class, CLASSES_BYTES_MAX), start_of(&id, CLASSES_BYTES_MAX));
        let mut own = own.trim().to_ascii_lowercase();
        if name == "font" && is_large(&node.attr_or("size", "")) {
            own.push_str(LARGE_FONT);
        }
        let role = node.attr_or("role", "");
        let inherited = parent.map_or(Zone::Body, |parent| parent.zone);
        let own_zone = if self.cards.contains(&node.id) { Some(Zone::Related) } else { zone_of(name, &own, &role) };
        let zone = match own_zone {
            Some(zone) if self.may_be_furniture(node, name, zone) => zone,
            _ => inherited,
        };
        // A byline inside a related card is still the card's.
        let is_open =
            matches!(inherited, Zone::Body | Zone::Byline) || inherited == Zone::Aside && zone == Zone::Related;
        let zone = if is_open { zone } else { inherited };
        // `<span class="caption">` under a picture.
        let is_block = is_block(name) || says_caption(&own) && matches!(name, "span" | "small" | "em" | "i");
        let kind = match kind_of(name, &own) {
            Kind::Heading(_) | Kind::Paragraph if is_in_figcaption(node) => Kind::Caption,
            Kind::Other => parent
                .filter(|parent| !is_block || parent.kind != Kind::Other && name == "div")
                .map_or(Kind::Other, |parent| parent.kind),
            kind => kind,
        };
        let classes = match parent {
            Some(parent) if !own.is_empty() => join_classes(&own, &parent.classes),
            Some(parent) => parent.classes.clone(),
            None => own.clone(),
        };
        let mark = mark_of(name, node, &own).map(|kind| (self.linear.text.len(), kind));
        let has_picture = name == "p" && (begins_with_picture(node) || stands_under_picture(node));
        Context { node: node.id, kind, zone, classes, is_block, start: self.linear.text.len(), mark, has_picture }
    }

    /// An element that holds the headline or most of the page is the page, whatever its classes say.
    fn may_be_furniture(&self, node: &NodeRef<'_>, name: &str, zone: Zone) -> bool {
        let Some(weight) = self.weights.get(&node.id) else { return true };
        if matches!(name, "body" | "html" | "main" | "article") {
            return name == "article" && (zone == Zone::Comments || self.cards.contains(&node.id) && !weight.has_title);
        }
        if self.holds_article(weight) {
            return false;
        }
        if weight.has_title && !matches!(zone, Zone::Byline) && self.open.iter().all(|open| open.zone == Zone::Body) {
            return false;
        }
        matches!(zone, Zone::Comments | Zone::Navigation)
            || weight.text.saturating_mul(100) <= self.total.saturating_mul(FURNITURE_PERCENT_MAX)
    }

    /// Whether an element holds most of the page's text: what is hidden then is hidden until a script shows it.
    fn is_most(&self, node: &NodeRef<'_>) -> bool {
        self.weights.get(&node.id).is_some_and(|weight| weight.text.saturating_mul(2) > self.total)
    }

    /// Whether an element holds the page's only `<article>`, and that is a good part of the page.
    fn holds_article(&self, weight: &Weight) -> bool {
        const PERCENT_MIN: usize = 20;
        let articles = self.weights.get(&self.root).map_or(0, |page| page.articles);
        articles == 1
            && weight.articles == 1
            && weight.of_articles.saturating_mul(100) >= self.total.saturating_mul(PERCENT_MIN)
    }

    fn is_empty(&self) -> bool {
        self.linear.text.len() == self.start
    }

    fn write(&mut self, text: &str) {
        for character in text.chars() {
            if is_ignorable(character) {
                continue;
            }
            if character.is_whitespace() {
                self.space_pending = true;
                continue;
            }
            if (self.is_parted(character) || self.space_pending) && !self.is_empty() {
                self.linear.text.push(' ');
            }
            self.space_pending = false;
            self.linear.text.push(character);
        }
    }

    fn mark(&mut self, start: usize, kind: MarkKind) {
        let start = start.max(self.start);
        let text = self.linear.text.get(start..).unwrap_or_default();
        let start = start.saturating_add(text.len().saturating_sub(text.trim_start().len()));
        let end = start.saturating_add(text.trim().len());
        if end > start {
            self.marks.push(Mark { span: start..end, kind });
        }
    }

    /// Ends the block that is being written, if it holds anything.
    fn flush(&mut self) {
        self.space_pending = false;
        if self.is_empty() {
            return;
        }
        let end = self.linear.text.len();
        let open: Vec<(usize, MarkKind)> = self.open.iter().filter_map(|context| context.mark.clone()).collect();
        for (start, kind) in open {
            self.mark(start, kind);
        }
        let block = self.open.iter().rev().find(|context| context.is_block).or(self.open.last());
        let zone = self.open.last().map_or(Zone::Body, |context| context.zone);
        // `<div><a class="logo">Site</a></div>`: an element that holds the whole block names it.
        let covering = self.covering.take().filter(|(covered, _)| *covered == end).map(|(_, classes)| classes);
        let classes = covering.or_else(|| self.open.last().map(|context| context.classes.clone()));
        let mut marks = std::mem::take(&mut self.marks);
        marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        let kind = self.open.last().map_or(Kind::Other, |context| context.kind);
        let is_emphasised = marks.iter().any(|mark| mark.kind == MarkKind::Emphasis && mark.span == (self.start..end));
        let is_caption = kind == Kind::Paragraph
            && is_emphasised
            && end.saturating_sub(self.start) <= CAPTION_BYTES_MAX
            && block.is_some_and(|paragraph| paragraph.has_picture);
        self.linear.blocks.push(Block {
            span: self.start..end,
            kind: if is_caption { Kind::Caption } else { kind },
            zone,
            marks,
            classes: classes.unwrap_or_default(),
            in_article: false,
            after_headline: false,
            node: block.map_or(self.root, |context| context.node),
        });
        self.linear.text.push('\n');
        self.start = self.linear.text.len();
    }
}

/// How much text an element holds, and whether the page's title is inside.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    text: usize,
    has_title: bool,
    /// How many `<article>` elements are inside, itself included, and how much text they hold.
    articles: usize,
    of_articles: usize,
}

fn weigh(root: &NodeRef<'_>) -> HashMap<NodeId, Weight> {
    let order: Vec<NodeRef<'_>> = std::iter::once(*root).chain(root.descendants_it()).collect();
    let mut weights: HashMap<NodeId, Weight> = HashMap::with_capacity(order.len());
    for node in order.iter().rev() {
        let own = if node.is_text() {
            let in_code = node.parent().is_some_and(|parent| parent.has_name("script") || parent.has_name("style"));
            Weight { text: if in_code { 0 } else { node.text().trim().len() }, ..Weight::default() }
        } else {
            Weight { has_title: node.has_name("h1"), ..Weight::default() }
        };
        let total = weights.entry(node.id).or_default();
        total.text = total.text.saturating_add(own.text);
        total.has_title |= own.has_title;
        if node.has_name("article") {
            (total.articles, total.of_articles) = (total.articles.saturating_add(1), total.text);
        }
        let total = *total;
        if let Some(parent) = node.parent().filter(|_| node.id != root.id) {
            let above = weights.entry(parent.id).or_default();
            above.text = above.text.saturating_add(total.text);
            above.has_title |= total.has_title;
            above.articles = above.articles.saturating_add(total.articles);
            above.of_articles = above.of_articles.saturating_add(total.of_articles);
        }
    }
    weights
}

/// The element's own classes before its parent's, three levels at most so that a name far up says nothing here.
fn join_classes(own: &str, above: &str) -> String {
    let mut levels = vec![own];
    levels.extend(above.split('\n').take(2));
    levels.join("\n")
}

fn is_invisible(name: &str) -> bool {
    const INVISIBLE: [&str; 18] = [
        "script", "style", "noscript", "template", "iframe", "svg", "math", "head", "select", "option", "textarea",
        "button", "object", "audio", "video", "canvas", "datalist", "map",
    ];
    INVISIBLE.contains(&name)
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    let style = node.attr_or("style", "");
    node.has_attr("hidden") || style.contains("display:none") || style.contains("display: none")
}

/// Whether a font is as large as a heading's: `5` of seven sizes, or `+2`.
fn is_large(size: &str) -> bool {
    matches!(size.trim(), "5" | "6" | "7" | "+2" | "+3" | "+4")
}

/// Soft hyphens, joiners and marks that print nothing.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}')
}
