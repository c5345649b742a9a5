//! What items name by reference (`"author": {"@id": "#ada"}`), put where it is named.
//!
//! Graphs keep people, films and articles beside each other; readers of an article should not have to look for its author.

use std::collections::HashMap;

use serde_json::Value;

/// References followed on one page.
const REFERENCES_MAX: usize = 500;

/// Longest item put in the place of a reference, as text.
const ITEM_BYTES_MAX: usize = 8 * 1024;

/// Levels of an item in which references are followed.
const DEPTH_MAX: usize = 4;

/// Puts each item that another refers to in the reference's place.
pub(super) fn resolve(items: &mut [Value]) {
    let known: HashMap<String, Value> = items
        .iter()
        .filter(|item| item.get("@type").is_some() && item.to_string().len() <= ITEM_BYTES_MAX)
        .filter_map(|item| Some((item.get("@id")?.as_str()?.to_owned(), item.clone())))
        .collect();
    let mut left = REFERENCES_MAX;
    if !known.is_empty() {
        items.iter_mut().for_each(|item| fill(item, &known, 0, &mut left));
    }
}

fn fill(value: &mut Value, known: &HashMap<String, Value>, depth: usize, left: &mut usize) {
    if depth > DEPTH_MAX {
        return;
    }
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| fill(value, known, depth.saturating_add(1), left)),
        Value::Object(object) => {
            let is_reference = depth > 0 && object.keys().all(|key| key == "@id" || key == "@type");
            let id = object.get("@id").and_then(Value::as_str).filter(|_| is_reference);
            if let (Some(target), Some(rest)) = (id.and_then(|id| known.get(id)), left.checked_sub(1)) {
                *left = rest;
                *value = target.clone();
                return;
            }
            object.values_mut().for_each(|value| fill(value, known, depth.saturating_add(1), left));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whom_a_graph_names_by_reference_stands_where_it_is_named() {
        let mut items = vec![
            json!({"@type": "Article", "author": {"@id": "#ada"}, "about": [{"@id": "#nobody"}]}),
            json!({"@type": "Person", "@id": "#ada", "name": "Ada Berg"}),
        ];
        resolve(&mut items);
        assert_eq!(items[0].pointer("/author/name"), Some(&json!("Ada Berg")));
        assert_eq!(items[0].pointer("/about/0/@id"), Some(&json!("#nobody")));
    }

    #[test]
    fn items_that_refer_to_each_other_are_filled_once() {
        let mut items = vec![
            json!({"@type": "Movie", "@id": "#a", "review": {"@id": "#b"}}),
            json!({"@type": "Review", "@id": "#b", "itemReviewed": {"@id": "#a"}}),
        ];
        resolve(&mut items);
        assert_eq!(items[0].pointer("/review/itemReviewed/@id"), Some(&json!("#a")));
    }
}
