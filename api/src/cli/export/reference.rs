//! References of films and people: names that follow from what the graph says, equal in every database that holds it.
//!
//! A film is known by the first of its reviews' addresses, which no other film has. A person is known by the first place
//! at which the graph names them: a credit, else a byline, else a picture.

use std::collections::BTreeMap;

use sea_orm::{DatabaseTransaction, DbErr};
use sha2::{Digest, Sha256};

use super::read::rows;

/// Digits of a reference: a half of a half of a SHA-256, 64 bits, so that millions of nodes do not meet.
const DIGITS: usize = 16;

/// A film's reference.
pub(super) fn of_film(first_url: &str) -> String {
    labelled("film", &[first_url])
}

/// A caption's reference.
pub(super) fn of_caption(review_url: &str, position: usize) -> String {
    labelled("caption", &[review_url, &position.to_string()])
}

/// An outlet's reference.
pub(super) fn of_outlet(host: &str) -> String {
    labelled("outlet", &[host])
}

/// References of people.
pub(super) async fn of_people(moment: &DatabaseTransaction, people: &str) -> Result<BTreeMap<i64, String>, DbErr> {
    let first_url = "(select r.url from review r where r.film_id = c.film_id order by r.url$C limit 1)";
    let credits = format!(
        "select c.person_id, c.role || ' ' || c.position as place, {first_url} as url from credit c \
         where c.person_id $AMONG"
    );
    let bylines = "select r.critic_id as person_id, 'CRITIC' as place, min(r.url$C) as url from review r \
                   where r.critic_id $AMONG group by r.critic_id";
    let pictures = "select d.person_id, 'CAPTION ' || c.position || ' ' || d.position as place, r.url from depiction d \
                    join caption c on c.id = d.caption_id join review r on r.id = c.review_id \
                    where d.person_id $AMONG";
    let mut first: BTreeMap<i64, (usize, String, String)> = BTreeMap::new();
    for (kind, sql) in [credits.as_str(), bylines, pictures].into_iter().enumerate() {
        for row in rows(moment, sql, [people.into()]).await? {
            let place = (kind, row.try_get("", "url")?, row.try_get("", "place")?);
            let known = first.entry(row.try_get("", "person_id")?).or_insert_with(|| place.clone());
            if place < *known {
                *known = place;
            }
        }
    }
    Ok(first.into_iter().map(|(person, (_, url, place))| (person, labelled("person", &[&url, &place]))).collect())
}

fn labelled(kind: &str, parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\n").as_bytes());
    let hexadecimal: String = digest.iter().map(|byte| format!("{byte:02x}")).take(DIGITS / 2).collect();
    format!("{kind}-{hexadecimal}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_follows_from_what_is_referred_to() {
        assert_eq!(of_film("https://a.example/1"), of_film("https://a.example/1"));
        assert_ne!(of_film("https://a.example/1"), of_film("https://a.example/2"));
        assert_ne!(of_caption("https://a.example/", 1), of_caption("https://a.example/", 2));
        let reference = of_outlet("a.example");
        assert_eq!(reference.len(), "outlet-".len() + DIGITS);
        assert!(
            reference.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "{reference} is a blank node's label"
        );
    }
}
