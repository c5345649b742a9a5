//! The export as JSON-LD, in the words of schema.org: one document, whose nodes are printed one by one.
//!
//! A review's `@id` is its address. Everything else has the label of a blank node, made of its reference: the same film
//! has the same label in every export of the same graph, and no page of its own.

use serde_json::{Map, Value, json};

use super::node::{Caption, Credit, ExternalId, Film, Node, Outlet, Person, Rating, Review};
use super::reference;

/// What stands before the first node.
pub(super) const BEGIN: &str = "{\"@context\":\"https://schema.org\",\"@graph\":[\n";

/// What stands after the last node.
pub(super) const END: &str = "\n]}\n";

/// A node of the document's graph.
pub(super) fn node(node: &Node) -> Value {
    match node {
        Node::Film(film) => movie(film),
        Node::Review(review) => self::review(review),
        Node::Person(person) => self::person(person),
        Node::Outlet(outlet) => organization(outlet),
    }
}

fn movie(film: &Film) -> Value {
    let mut node = described("Movie", &blank(&film.reference));
    set(&mut node, "name", Some(&film.title));
    set(&mut node, "alternateName", film.original_title.as_ref());
    let year = film.year.map(|year| format!("{year:04}"));
    set(&mut node, "datePublished", film.release_date.as_ref().or(year.as_ref()));
    set(&mut node, "duration", film.runtime_minutes.map(|minutes| format!("PT{minutes}M")));
    set(&mut node, "contentRating", film.content_rating.as_ref());
    set_all(&mut node, "genre", film.genres.clone());
    set_all(&mut node, "sameAs", pages(&film.external_ids));
    // Actors and cinematographers are said by roles: the film's own words have no place for whom somebody played, and
    // none for who was behind the camera.
    for (property, role) in [
        ("director", "DIRECTOR"),
        ("author", "WRITER"),
        ("producer", "PRODUCER"),
        ("editor", "EDITOR"),
        ("musicBy", "COMPOSER"),
        ("actor", "ACTOR"),
        ("contributor", "CINEMATOGRAPHER"),
    ] {
        let credited = film.credits.iter().filter(|credit| credit.role == role);
        set_all(&mut node, property, credited.map(|credit| credited_as(property, credit)));
    }
    let reception = &film.reception;
    let rating = reception.mean.map(|mean| {
        json!({
            "@type": "AggregateRating", "ratingValue": mean, "bestRating": 100, "worstRating": 0,
            "ratingCount": reception.rated_count, "reviewCount": reception.review_count,
        })
    });
    set(&mut node, "aggregateRating", rating);
    Value::Object(node)
}

fn credited_as(property: &str, credit: &Credit) -> Value {
    let person = link(&blank(&credit.person));
    match (credit.role.as_str(), &credit.character) {
        ("ACTOR", Some(character)) => {
            json!({ "@type": "PerformanceRole", property: person, "characterName": character })
        }
        ("CINEMATOGRAPHER", _) => json!({ "@type": "Role", property: person, "roleName": "Cinematographer" }),
        _ => person,
    }
}

fn review(review: &Review) -> Value {
    let mut node = described("Review", &review.url);
    set(&mut node, "url", Some(&review.url));
    set(&mut node, "itemReviewed", Some(link(&blank(&review.film))));
    set(&mut node, "headline", Some(&review.headline));
    set(&mut node, "alternativeHeadline", review.dek.as_ref());
    set(&mut node, "author", review.critic.as_ref().map(|critic| link(&blank(&critic.person))));
    set(&mut node, "publisher", Some(link(&outlet_id(&review.outlet))));
    set(&mut node, "datePublished", review.published_on.as_ref());
    set(&mut node, "inLanguage", review.language.as_ref());
    set(&mut node, "reviewRating", review.rating.as_ref().map(rating));
    set(&mut node, "reviewBody", Some(&review.body).filter(|body| !body.is_empty()));
    set(&mut node, "isBasedOn", review.copy_of.as_deref().map(link));
    let captions = review.captions.iter().zip(1..);
    set_all(&mut node, "image", captions.map(|(caption, position)| image(caption, position, &review.url)));
    Value::Object(node)
}

/// The number given where its best is known, else the place on 0 to 100, else the words.
fn rating(rating: &Rating) -> Value {
    let mut node = typed("Rating");
    set(&mut node, "name", Some(&rating.as_printed));
    let number = rating.value.zip(rating.best).or(rating.score.map(|score| (score, 100.0)));
    match number {
        Some((value, best)) => {
            set(&mut node, "ratingValue", Some(value));
            set(&mut node, "bestRating", Some(best));
            set(&mut node, "worstRating", Some(0));
        }
        None => set(&mut node, "ratingValue", Some(&rating.as_printed)),
    }
    Value::Object(node)
}

fn image(caption: &Caption, position: usize, review_url: &str) -> Value {
    let mut node = described("ImageObject", &blank(&reference::of_caption(review_url, position)));
    set(&mut node, "caption", Some(&caption.text));
    set(&mut node, "creditText", caption.credit.as_ref());
    set(&mut node, "contentUrl", caption.image_url.as_ref());
    set_all(&mut node, "about", caption.depicts.iter().map(|depicted| link(&blank(&depicted.person))));
    Value::Object(node)
}

fn person(person: &Person) -> Value {
    let mut node = described("Person", &blank(&person.reference));
    set(&mut node, "name", Some(&person.name));
    set_all(&mut node, "alternateName", person.other_names.clone());
    set_all(&mut node, "sameAs", pages(&person.external_ids));
    if let Some(critic) = &person.critic {
        set(&mut node, "description", critic.bio.as_ref());
        set(&mut node, "url", critic.website.as_ref());
        let outlets = critic.outlets.iter().map(|host| link(&blank(&reference::of_outlet(host))));
        set_all(&mut node, "affiliation", outlets);
    }
    Value::Object(node)
}

fn organization(outlet: &Outlet) -> Value {
    let mut node = described("Organization", &outlet_id(outlet));
    set(&mut node, "name", Some(&outlet.name));
    set(&mut node, "identifier", Some(&outlet.host));
    Value::Object(node)
}

fn outlet_id(outlet: &Outlet) -> String {
    blank(&reference::of_outlet(&outlet.host))
}

fn pages(external_ids: &[ExternalId]) -> Vec<String> {
    external_ids.iter().filter_map(|id| id.url.clone()).collect()
}

fn blank(reference: &str) -> String {
    format!("_:{reference}")
}

fn link(id: &str) -> Value {
    json!({ "@id": id })
}

fn typed(kind: &str) -> Map<String, Value> {
    Map::from_iter([("@type".to_owned(), json!(kind))])
}

fn described(kind: &str, id: &str) -> Map<String, Value> {
    let mut node = typed(kind);
    node.insert("@id".to_owned(), json!(id));
    node
}

/// A property with a value; what is not known is not said.
fn set(node: &mut Map<String, Value>, property: &str, value: Option<impl serde::Serialize>) {
    if let Some(value) = value {
        node.insert(property.to_owned(), json!(value));
    }
}

fn set_all<T: Into<Value>>(node: &mut Map<String, Value>, property: &str, values: impl IntoIterator<Item = T>) {
    let values: Vec<Value> = values.into_iter().map(Into::into).collect();
    set(node, property, Some(values).filter(|values| !values.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(as_printed: &str, value: Option<f64>, best: Option<f64>, score: Option<f64>) -> Value {
        let as_printed = as_printed.to_owned();
        rating(&Rating { as_printed, value, best, scale: None, score, score_low: None, score_high: None })
    }

    #[test]
    fn a_rating_is_said_on_the_scale_that_is_known() {
        let stars = printed("4 of 5", Some(4.0), Some(5.0), Some(80.0));
        assert_eq!(
            (&stars["ratingValue"], &stars["bestRating"], &stars["worstRating"]),
            (&json!(4.0), &json!(5.0), &json!(0))
        );
        let letter = printed("B+", None, None, Some(83.0));
        assert_eq!((&letter["ratingValue"], &letter["bestRating"]), (&json!(83.0), &json!(100.0)));
        let bare = printed("★★★★", Some(4.0), None, None);
        assert_eq!((&bare["ratingValue"], bare.get("bestRating")), (&json!("★★★★"), None));
    }

    #[test]
    fn who_played_whom_is_a_role() {
        let credit = |role: &str, character: Option<&str>| Credit {
            person: "person-1".to_owned(),
            name: "A B".to_owned(),
            role: role.to_owned(),
            character: character.map(str::to_owned),
            billing: None,
        };
        let film = Film {
            reference: "film-1".to_owned(),
            credits: vec![credit("ACTOR", Some("Ruth")), credit("ACTOR", None), credit("DIRECTOR", None)],
            ..Film::default()
        };
        let movie = movie(&film);
        let person = json!({ "@id": "_:person-1" });
        assert_eq!(movie["director"], json!([person]));
        let role = json!({ "@type": "PerformanceRole", "actor": person, "characterName": "Ruth" });
        assert_eq!(movie["actor"], json!([role, person]));
        assert_eq!(movie.get("aggregateRating"), None, "a film that nobody rated has no rating");
    }
}
