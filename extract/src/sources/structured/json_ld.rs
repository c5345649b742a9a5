//! JSON-LD: scripts, arrays and `@graph`, flattened to items.

use serde_json::Value;

use crate::folding::start_of;
use crate::page::Page;

/// Longest script read.
const SCRIPT_BYTES_MAX: usize = 512 * 1024;

/// Levels of arrays and graphs looked into.
const DEPTH_MAX: usize = 4;

/// All top-level items of a page's JSON-LD.
pub(super) fn items(page: &Page) -> Vec<Value> {
    let mut items = Vec::new();
    for script in page.elements("script") {
        let is_json_ld = script.attr_or("type", "").to_ascii_lowercase().contains("ld+json");
        if !is_json_ld {
            continue;
        }
        let text = script.text();
        if text.len() <= SCRIPT_BYTES_MAX
            && let Some(value) = parse(&text)
        {
            flatten(value, 0, &mut items);
        }
    }
    items
}

/// Tolerates what pages get wrong: comments around, line breaks inside strings, a comma too many at the end.
fn parse(text: &str) -> Option<Value> {
    let bare = text
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(bare).ok().or_else(|| {
        let spaced: String =
            bare.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
        serde_json::from_str(&without_last_commas(&spaced)).ok()
    })
}

/// A text of JSON without the commas after which a list or an object ends.
fn without_last_commas(text: &str) -> String {
    const REACH_BYTES: usize = 64;
    let mut kept = String::with_capacity(text.len());
    let (mut is_string, mut is_escaped) = (false, false);
    for (at, character) in text.char_indices() {
        let near = || start_of(text.get(at..).unwrap_or_default(), REACH_BYTES);
        let ends = || near().trim_start_matches([',', ' ']).starts_with(['}', ']']);
        if character != ',' || is_string || !ends() {
            kept.push(character);
        }
        is_string ^= character == '"' && !is_escaped;
        is_escaped = is_string && character == '\\' && !is_escaped;
    }
    kept
}

fn flatten(value: Value, depth: usize, items: &mut Vec<Value>) {
    if depth > DEPTH_MAX {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                flatten(value, depth.saturating_add(1), items);
            }
        }
        Value::Object(mut object) => {
            if let Some(graph) = object.remove("@graph") {
                flatten(graph, depth.saturating_add(1), items);
            }
            if object.contains_key("@type") {
                items.push(Value::Object(object));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_get_wrong_is_read_all_the_same() {
        let name = |text: &str| parse(text)?.get("name")?.as_str().map(str::to_owned);
        assert_eq!(name(r#"{"name": "Ash", "actor": ["Ida",],}"#).as_deref(), Some("Ash"));
        assert_eq!(name("<!-- {\"name\": \"Ash\"} -->").as_deref(), Some("Ash"));
        assert_eq!(name("{\"name\": \"Ash\nand snow, ]\",\n}").as_deref(), Some("Ash and snow, ]"));
        assert_eq!(name("{\"name\": \"Ash"), None);
    }
}
