//! A page as the rest of this crate sees it: text with blocks and marks in it, and the tree it came from.
//!
//! Everything that depends on HTML is behind this type. Must not know films.

mod bounds;
mod cards;
mod decode;
mod kinds;
mod linearise;
mod main_text;
mod pictures;
mod zones;

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};
use url::Url;

use crate::extraction::{Reason, Span};
pub(crate) use zones::Zone;

/// What a block is in the page's markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `h1` to `h6`.
    Heading(u8),
    /// `p`.
    Paragraph,
    /// `li`.
    Item,
    /// `td`, `th`.
    Cell,
    /// `dt`.
    Term,
    /// `dd`.
    Definition,
    /// `figcaption` or a class that says caption.
    Caption,
    /// `blockquote`, `pre`.
    Quote,
    /// A `div` or the like.
    Other,
}

/// What a stretch of a block is marked as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// `b`, `strong`, `th`, or a span that stands for a label.
    Strong,
    /// `i`, `em`, `cite`.
    Emphasis,
    /// A link and where to, as written.
    Link(String),
    /// A link marked `rel=author`, or an element whose class says author.
    Author,
    /// A link to one of the article's tags.
    Tag,
    /// `time`, with its machine-readable value.
    Time(String),
    /// An element whose class says whom a picture is owed to.
    Credit,
}

impl MarkKind {
    /// Whether words are set apart from those around them by their letters alone.
    pub(crate) fn is_lettering(&self) -> bool {
        matches!(self, Self::Strong | Self::Emphasis)
    }
}

/// A marked stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where.
    pub span: Span,
    /// As what.
    pub kind: MarkKind,
}

/// A line of the page's text: a paragraph, heading, cell, or a part of one up to a line break.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Where in the text.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What its part of the page is for.
    pub zone: Zone,
    /// Stretches marked inside it.
    pub marks: Vec<Mark>,
    /// Lower-cased classes and ids of the block's element and its two nearest ancestors.
    pub classes: String,
    /// Whether the main text holds it.
    pub in_article: bool,
    /// Whether it stands between the headline and the article, outside both.
    pub after_headline: bool,
    /// The element.
    pub node: NodeId,
}

/// A page, read.
pub(crate) struct Page {
    /// Its tree.
    pub document: Document,
    /// Its visible text: blocks, each on a line of its own.
    pub text: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// Where it came from.
    pub url: Option<Url>,
    /// The elements that are the site's header on every page.
    site_headers: HashSet<NodeId>,
    /// The elements that are cards of other pages.
    cards: HashSet<NodeId>,
}

impl Page {
    /// Reads bytes within the bounds of this crate.
    ///
    /// # Errors
    /// The reason why the page cannot be read: `NotHtml`, `TooLarge` or `Empty`.
    pub(crate) fn read(page: &crate::Page<'_>) -> Result<Self, Reason> {
        if page.bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Reason::Empty);
        }
        if page.bytes.len() > bounds::BYTES_MAX.saturating_mul(2) {
            return Err(Reason::TooLarge);
        }
        let html = decode::decode(page.bytes, page.content_type).ok_or(Reason::NotHtml)?;
        if !bounds::within_bounds(&html) {
            return Err(Reason::TooLarge);
        }
        let url = Url::parse(page.url).ok();
        let document = Document::from(html);
        if !linearise::is_shallow(&document) {
            return Err(Reason::TooLarge);
        }
        let cards = cards::of_other_pages(&document, url.as_ref());
        let mut linear = linearise::linearise(&document, &cards);
        main_text::mark_article(&document, &linear.text, &mut linear.blocks);
        let site_headers = zones::site_headers(&document);
        Ok(Self { document, text: linear.text, blocks: linear.blocks, url, site_headers, cards })
    }

    /// The words of a span; empty where the span is not inside the text.
    pub(crate) fn quote(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The words of a block.
    pub(crate) fn block_text(&self, block: &Block) -> &str {
        self.quote(&block.span)
    }

    /// The block of a span.
    pub(crate) fn block_at(&self, span: &Span) -> Option<&Block> {
        self.blocks.iter().find(|block| block.span == *span)
    }

    /// An address made absolute against the page's own, `None` when it is no web address.
    pub(crate) fn absolute(&self, link: &str) -> Option<String> {
        let link = link.trim();
        if link.is_empty() || link.starts_with('#') {
            return None;
        }
        let absolute = match &self.url {
            Some(base) => base.join(link).ok()?,
            None => Url::parse(link).ok()?,
        };
        matches!(absolute.scheme(), "http" | "https").then(|| absolute.to_string())
    }

    /// The last part of the page's address, which mostly spells its headline.
    pub(crate) fn slug(&self) -> Option<&str> {
        self.url.as_ref()?.path_segments()?.rfind(|part| !part.is_empty())
    }

    /// The zone that an element stands in.
    pub(crate) fn zone_around(&self, node: &NodeRef<'_>) -> Zone {
        let mut around = std::iter::once(*node).chain(node.ancestors_it(None));
        if !self.cards.is_empty() && around.any(|above| self.cards.contains(&above.id)) {
            return Zone::Related;
        }
        zones::zone_around(node)
    }

    /// Whether a heading stands in one of the site's headers.
    pub(crate) fn is_in_site_header(&self, block: &Block) -> bool {
        let node = NodeRef::new(block.node, &self.document.tree);
        !self.site_headers.is_empty()
            && matches!(block.kind, Kind::Heading(_))
            && std::iter::once(node).chain(node.ancestors_it(None)).any(|above| self.site_headers.contains(&above.id))
    }

    /// All elements of a name, in order.
    pub(crate) fn elements(&self, name: &str) -> Vec<NodeRef<'_>> {
        let root = self.document.root();
        root.descendants_it().filter(|node| node.has_name(name)).collect()
    }

    /// Blocks in which facts about the film may stand.
    pub(crate) fn fact_blocks(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| (block.in_article || block.after_headline) && block.zone.may_hold_facts())
    }
}
