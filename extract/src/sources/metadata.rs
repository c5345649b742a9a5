//! The page's head: `<meta>`, `<title>`, `<link rel=canonical>`, `<html lang>`.
//!
//! Collects what is there under the names it is there; other sources read it.

use std::collections::HashMap;

use crate::page::Page;

/// Longest value kept of one `<meta>`.
const VALUE_BYTES_MAX: usize = 4_000;

/// What the head says.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    /// `<title>`.
    pub title: Option<String>,
    /// `<html lang>`.
    pub language: Option<String>,
    /// `<link rel=canonical>`, absolute.
    pub canonical: Option<String>,
    /// The site's name as its feed's title has it: `Site » Feed`, `Site - RSS`.
    pub feed_site: Option<String>,
    pairs: HashMap<String, Vec<String>>,
}

impl Metadata {
    /// Reads a page's head. Such elements count wherever they stand: pages put them in their bodies too.
    pub(crate) fn read(page: &Page) -> Self {
        let mut metadata = Self::default();
        let root = page.document.root();
        for node in root.descendants_it() {
            let Some(name) = node.node_name() else { continue };
            match &*name {
                "meta" => {
                    let key = ["property", "name", "itemprop", "http-equiv"]
                        .iter()
                        .find_map(|attribute| node.attr(attribute));
                    let (Some(key), Some(value)) = (key, node.attr("content")) else { continue };
                    let value = one_line(&value);
                    if !value.is_empty() && value.len() <= VALUE_BYTES_MAX {
                        metadata.pairs.entry(key.trim().to_ascii_lowercase()).or_default().push(value);
                    }
                }
                "title" if metadata.title.is_none() && node.parent().is_none_or(|parent| !parent.has_name("svg")) => {
                    metadata.title = Some(one_line(&node.text())).filter(|title| !title.is_empty());
                }
                "link" => {
                    let is = |wanted: &str| {
                        node.attr_or("rel", "").split_whitespace().any(|rel| rel.eq_ignore_ascii_case(wanted))
                    };
                    if metadata.canonical.is_none() && is("canonical") {
                        metadata.canonical = node.attr("href").and_then(|href| page.absolute(&href));
                    } else if metadata.feed_site.is_none() && is("alternate") {
                        metadata.feed_site = node.attr("title").and_then(|title| site_of_feed(&one_line(&title)));
                    }
                }
                "html" => {
                    metadata.language =
                        node.attr("lang").or_else(|| node.attr("xml:lang")).map(|lang| lang.trim().to_owned())
                }
                _ => {}
            }
        }
        metadata
    }

    /// The first value under the first of these names that is there.
    pub(crate) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.pairs.get(*name)?.first()).map(String::as_str)
    }

    /// All values under a name.
    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.pairs.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The site's name in its feed's title; `None` where the title says nothing but that it is a feed.
fn site_of_feed(title: &str) -> Option<String> {
    const ENDS: [&str; 14] = [
        "rss feed",
        "atom feed",
        "feed",
        "rss",
        "atom",
        "rss 2.0",
        "entries",
        "posts",
        "(rss)",
        "(atom)",
        "»",
        "-",
        "|",
        ":",
    ];
    let mut bare = title.replace("&raquo;", "»");
    while let Some(end) = ENDS.iter().find(|end| bare.to_lowercase().ends_with(**end)) {
        bare.truncate(bare.len().saturating_sub(end.len()));
        bare.truncate(bare.trim_end().len());
    }
    let is_name = bare.len() > 2 && !bare.to_lowercase().contains("comment");
    is_name.then_some(bare)
}

fn one_line(text: &str) -> String {
    let decoded = text.replace("&#8217;", "’").replace("&amp;", "&").replace("&#039;", "'").replace("&quot;", "\"");
    decoded
        .chars()
        .filter(|character| !matches!(character, '\u{ad}' | '\u{200b}'))
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
