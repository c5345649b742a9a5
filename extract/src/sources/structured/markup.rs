//! Microdata and RDFa Lite, made into the objects that JSON-LD would have been.

use dom_query::NodeRef;
use serde_json::{Map, Value};

use crate::page::Page;

/// Items inside items: a review in a film in a page.
const DEPTH_MAX: usize = 6;

/// Elements walked for all items together.
const ELEMENTS_MAX: usize = 40_000;

/// All top-level items.
pub(super) fn items(page: &Page) -> Vec<Value> {
    let mut left = ELEMENTS_MAX;
    let root = page.document.root();
    let mut items = Vec::new();
    for node in root.descendants_it().filter(NodeRef::is_element) {
        let is_top = item_type(&node).is_some() && property(&node).is_none();
        if is_top && left > 0 {
            items.push(object(&node, 0, &mut left));
        }
    }
    items
}

/// The last part of a type's address: `https://schema.org/Movie` is `Movie`.
fn item_type(node: &NodeRef<'_>) -> Option<String> {
    let written = if node.has_attr("itemscope") { node.attr("itemtype") } else { node.attr("typeof") }?;
    let name = written.split_whitespace().next()?.rsplit(['/', '#', ':']).next()?.to_owned();
    (!name.is_empty()).then_some(name)
}

fn property(node: &NodeRef<'_>) -> Option<String> {
    if let Some(written) = node.attr("itemprop") {
        return written.split_whitespace().next().map(str::to_owned);
    }
    let written = node.attr("property").or_else(|| node.attr("rel").filter(|name| name.starts_with("v:")))?;
    let name = written.split_whitespace().next()?;
    match name.split_once(':') {
        None => Some(name.to_owned()),
        Some(("schema", name)) => Some(name.to_owned()),
        Some(("v", name)) => Some(current(name).to_owned()),
        Some(_) => None,
    }
}

/// The name that schema.org has for a property of its forerunner's.
fn current(name: &str) -> &str {
    match name {
        "itemreviewed" => "itemReviewed",
        "reviewer" => "author",
        "dtreviewed" => "datePublished",
        "rating" => "reviewRating",
        "value" => "ratingValue",
        "best" => "bestRating",
        other => other,
    }
}

fn object(node: &NodeRef<'_>, depth: usize, left: &mut usize) -> Value {
    let mut object = Map::new();
    if let Some(name) = item_type(node) {
        object.insert("@type".to_owned(), Value::String(name));
    }
    let mut stack: Vec<NodeRef<'_>> = node.element_children();
    stack.reverse();
    while let Some(child) = stack.pop() {
        let Some(rest) = left.checked_sub(1) else { break };
        *left = rest;
        let is_item = item_type(&child).is_some();
        if let Some(name) = property(&child) {
            let value = if is_item && depth < DEPTH_MAX {
                self::object(&child, depth.saturating_add(1), left)
            } else {
                Value::String(value(&child))
            };
            add(&mut object, name, value);
        }
        if !is_item {
            let mut children = child.element_children();
            children.reverse();
            stack.extend(children);
        }
    }
    Value::Object(object)
}

fn value(node: &NodeRef<'_>) -> String {
    let machine = ["content", "datetime"].iter().find_map(|name| node.attr(name));
    let link = || {
        let name = if node.has_name("a") || node.has_name("link") { "href" } else { "src" };
        node.attr(name).filter(|_| node.text().trim().is_empty())
    };
    let written = machine.or_else(link).unwrap_or_else(|| node.text());
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add(object: &mut Map<String, Value>, name: String, value: Value) {
    match object.get_mut(&name) {
        Some(Value::Array(values)) => values.push(value),
        Some(known) => {
            let first = std::mem::take(known);
            *known = Value::Array(vec![first, value]);
        }
        None => {
            object.insert(name, value);
        }
    }
}
