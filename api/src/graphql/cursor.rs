//! Cursors: opaque places in a list, which carry the list's order so that one from another order is refused.

use async_graphql::Error;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::bad_input;
use crate::read::list::{Key, KeyKind, Order, Position, Real};

/// Writes a place in `order`.
pub(crate) fn encode(order: &Order, position: &Position) -> String {
    let key = match &position.key {
        Key::Text(text) => text.clone(),
        Key::Integer(number) => number.to_string(),
        Key::Real(Real(number)) => format!("{:x}", number.to_bits()),
    };
    URL_SAFE_NO_PAD.encode(format!("{}|{}|{key}", order.name, position.id))
}

/// Reads a place in `order`.
///
/// # Errors
/// For the caller, when it is none, or one of another order.
pub(crate) fn decode(order: &Order, argument: &str, cursor: &str) -> Result<Position, Error> {
    let shown: String = cursor.chars().take(60).collect();
    let Some((name, id, key)) = parts(cursor) else {
        return Err(bad_input(format!(
            "`{argument}` {shown:?} is not a cursor of this server; give the startCursor, endCursor or cursor of an edge"
        )));
    };
    if name != order.name {
        return Err(bad_input(format!(
            "`{argument}` {shown:?} is a cursor of another list or order; give one from the same field with the same orderBy"
        )));
    }
    match parse_key(order.kind, &key) {
        Some(key) => Ok(Position { key, id }),
        None => Err(bad_input(format!("`{argument}` {shown:?} is damaged; give the cursor as it was received"))),
    }
}

fn parts(cursor: &str) -> Option<(String, i64, String)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let mut parts = text.splitn(3, '|');
    Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.to_owned()))
}

fn parse_key(kind: KeyKind, key: &str) -> Option<Key> {
    match kind {
        // PostgreSQL takes no NUL in text.
        KeyKind::Text => (!key.contains('\0')).then(|| Key::Text(key.to_owned())),
        KeyKind::Integer => key.parse().ok().map(Key::Integer),
        KeyKind::Real => {
            let number = f64::from_bits(u64::from_str_radix(key, 16).ok()?);
            number.is_finite().then_some(Key::Real(Real(number)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY_TITLE: Order = Order { name: "films.title", key: "k", kind: KeyKind::Text, descending: false };
    const BY_SCORE: Order = Order { name: "films.score", key: "k", kind: KeyKind::Real, descending: false };

    #[test]
    fn a_place_comes_back_as_it_was() {
        let title = Position { key: Key::Text("a|b ü".to_owned()), id: 9 };
        assert_eq!(decode(&BY_TITLE, "after", &encode(&BY_TITLE, &title)).expect("our own"), title);
        let score = Position { key: Key::Real(Real(66.666_666_666_666_67)), id: -9 };
        assert_eq!(decode(&BY_SCORE, "after", &encode(&BY_SCORE, &score)).expect("our own"), score);
    }

    #[test]
    fn a_cursor_of_another_order_is_refused() {
        let cursor = encode(&BY_TITLE, &Position { key: Key::Text("a".to_owned()), id: 9 });
        assert!(decode(&BY_SCORE, "before", &cursor).expect_err("another").message.contains("another list or order"));
    }

    #[test]
    fn a_forged_cursor_is_refused() {
        for forged in ["", "x", "ZmlsbXMudGl0bGU", "ZmlsbXMudGl0bGV8eHxh", "ZmlsbXMudGl0bGV8MXwA"] {
            assert!(decode(&BY_TITLE, "after", forged).is_err(), "{forged}");
        }
        let infinite = URL_SAFE_NO_PAD.encode("films.score|1|7ff0000000000000");
        assert!(decode(&BY_SCORE, "after", &infinite).expect_err("infinite").message.contains("damaged"));
    }
}
