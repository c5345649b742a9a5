//! The nodes of an export, as NDJSON prints them. Only shapes: nothing is read or decided here.
//!
//! Nodes name each other by references, which follow from what the graph says and not from the database's numbers.

use serde::Serialize;

/// A node of the graph. `type` tells which.
#[derive(Debug, Serialize)]
#[serde(tag = "type")]
pub(super) enum Node {
    Film(Box<Film>),
    Review(Box<Review>),
    Person(Box<Person>),
    Outlet(Outlet),
}

/// A film with its credits and reception. Its reviews follow it.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Film {
    #[serde(rename = "ref")]
    pub(super) reference: String,
    pub(super) title: String,
    pub(super) original_title: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) release_date: Option<String>,
    pub(super) runtime_minutes: Option<i32>,
    pub(super) content_rating: Option<String>,
    pub(super) genres: Vec<String>,
    pub(super) external_ids: Vec<ExternalId>,
    pub(super) credits: Vec<Credit>,
    pub(super) reception: Reception,
}

/// An identity at a film database.
#[derive(Debug, Serialize)]
pub(super) struct ExternalId {
    pub(super) source: String,
    pub(super) value: String,
    /// Its page there; not printed, because it follows from the other two.
    #[serde(skip)]
    pub(super) url: Option<String>,
}

/// Who did what on the film.
#[derive(Debug, Serialize)]
pub(super) struct Credit {
    pub(super) person: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) character: Option<String>,
    pub(super) billing: Option<i32>,
}

/// What critics make of the film, scores from 0 to 100.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reception {
    pub(super) review_count: i32,
    pub(super) rated_count: i32,
    pub(super) mean: Option<f64>,
    pub(super) median: Option<f64>,
    pub(super) spread: Option<f64>,
    pub(super) histogram: Vec<u32>,
}

/// A review with its captions. Its address is its reference.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Review {
    pub(super) url: String,
    pub(super) film: String,
    pub(super) headline: String,
    pub(super) dek: Option<String>,
    pub(super) critic: Option<Named>,
    pub(super) outlet: Outlet,
    pub(super) published_on: Option<String>,
    pub(super) language: Option<String>,
    pub(super) rating: Option<Rating>,
    pub(super) body: String,
    /// Address of the original, where this is a copy.
    pub(super) copy_of: Option<String>,
    pub(super) captions: Vec<Caption>,
}

/// A person as a review names them.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub(super) person: String,
    pub(super) name: String,
}

/// A rating as printed, and on 0 to 100 where its scale is known.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rating {
    pub(super) as_printed: String,
    pub(super) value: Option<f64>,
    pub(super) best: Option<f64>,
    pub(super) scale: Option<String>,
    pub(super) score: Option<f64>,
    pub(super) score_low: Option<f64>,
    pub(super) score_high: Option<f64>,
}

/// A picture's caption, and whom the picture shows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Caption {
    pub(super) text: String,
    pub(super) credit: Option<String>,
    pub(super) image_url: Option<String>,
    pub(super) depicts: Vec<Depiction>,
}

/// A person in a picture.
#[derive(Debug, Serialize)]
pub(super) struct Depiction {
    pub(super) person: String,
    pub(super) name: String,
    pub(super) character: Option<String>,
    pub(super) place: Option<String>,
}

/// Somebody who made films, or wrote about them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    #[serde(rename = "ref")]
    pub(super) reference: String,
    pub(super) name: String,
    pub(super) other_names: Vec<String>,
    pub(super) external_ids: Vec<ExternalId>,
    pub(super) critic: Option<Critic>,
}

/// What is known of somebody who writes reviews.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Critic {
    pub(super) bio: Option<String>,
    pub(super) website: Option<String>,
    pub(super) review_count: i32,
    pub(super) score_count: i32,
    pub(super) mean_score: Option<f64>,
    /// Hosts of the outlets that the critic writes for.
    pub(super) outlets: Vec<String>,
}

/// A site or publication that reviews appear in. Its host is its reference.
#[derive(Debug, Serialize)]
pub(super) struct Outlet {
    pub(super) name: String,
    pub(super) host: String,
}
