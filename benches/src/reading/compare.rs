//! Whether two answers say the same. Ids and cursors are opaque in one of them and plain in the other, and a whole number may
//! be written with or without its point; nothing else may differ.

use serde_json::Value;

use super::queries::{place_of_cursor, row_number};

/// Two numbers so near are one: the databases print fractions to different lengths.
const NEAR: f64 = 1e-9;

/// Compares an answer of Marquee's with one of the ceiling's.
///
/// # Errors
/// With the first place where they differ.
pub fn same_values(marquee: &Value, ceiling: &Value) -> Result<(), String> {
    compare("", marquee, ceiling)
}

fn compare(place: &str, ours: &Value, theirs: &Value) -> Result<(), String> {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) if ours.len() == theirs.len() => {
            ours.iter().try_for_each(|(name, value)| {
                let other = theirs.get(name).ok_or_else(|| format!("{place}/{name} is in one answer only"))?;
                compare(&format!("{place}/{name}"), value, other)
            })
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            let pairs = ours.iter().zip(theirs).enumerate();
            pairs.into_iter().try_for_each(|(index, (one, other))| compare(&format!("{place}/{index}"), one, other))
        }
        _ if is_same_leaf(place, ours, theirs) => Ok(()),
        _ => Err(format!("{place} is {ours} in one answer and {theirs} in the other")),
    }
}

fn is_same_leaf(place: &str, ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::String(id), Value::Number(number)) if place.ends_with("/id") => row_number(id) == number.as_i64(),
        (Value::String(cursor), Value::String(plain)) if place.ends_with("/endCursor") => {
            place_of_cursor(cursor).as_deref() == Some(plain)
        }
        (Value::Number(ours), Value::Number(theirs)) => match (ours.as_f64(), theirs.as_f64()) {
            (Some(ours), Some(theirs)) => (ours - theirs).abs() < NEAR,
            _ => false,
        },
        _ => !place.ends_with("/id") && !ours.is_object() && !ours.is_array() && ours == theirs,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn opaque_ids_and_cursors_are_what_they_stand_for() {
        // "F7", and "reviews.published.desc|9|2020-01-01".
        let ours = json!({ "id": "Rjc", "endCursor": "cmV2aWV3cy5wdWJsaXNoZWQuZGVzY3w5fDIwMjAtMDEtMDE", "mean": 80.0 });
        assert_eq!(same_values(&ours, &json!({ "id": 7, "endCursor": "9|2020-01-01", "mean": 80 })), Ok(()));
        assert!(same_values(&ours, &json!({ "id": 8, "endCursor": "9|2020-01-01", "mean": 80 })).is_err());
        assert!(same_values(&ours, &json!({ "id": 7, "endCursor": "9|2020-01-02", "mean": 80 })).is_err());
    }

    #[test]
    fn what_differs_is_named() {
        let ours = json!({ "nodes": [{ "title": "One" }, { "title": null }] });
        let error = same_values(&ours, &json!({ "nodes": [{ "title": "One" }, { "title": "Two" }] }));
        assert_eq!(error, Err("/nodes/1/title is null in one answer and \"Two\" in the other".to_owned()));
        assert!(same_values(&ours, &json!({ "nodes": [{ "title": "One" }] })).is_err());
        assert!(same_values(&json!({}), &json!({ "more": 1 })).is_err());
        assert!(same_values(&json!({ "a": 1.5 }), &json!({ "a": 1.6 })).is_err());
    }
}
