//! What a query asks of rows: from the fields that it selects of a node to the columns of its row, and the rows that come along.
//!
//! Each type of node has a table of its fields here. A field that stands in none is answered from the whole row, so that
//! a forgotten one is slow and not wrong.

use async_graphql::{Lookahead, SelectionField};

use crate::read::asked::{Asked, bit};
use crate::read::film::FilmRow;
use crate::read::list::Row;

/// What a field of a node is answered from.
#[derive(Clone, Copy)]
pub(crate) enum Needs {
    /// Columns of its row, by name; none where it is answered from its id.
    Columns(&'static [&'static str]),
    /// The row that it names, which can come along: the fields of that node, and how they become columns of its row.
    Named(&'static str, fn(SelectionField<'_>) -> u32),
}

/// The fields of a type of node.
pub(crate) type Fields = &'static [(&'static str, Needs)];

/// A film's.
pub(crate) const FILM: Fields = &[
    ("__typename", Needs::Columns(&[])),
    ("id", Needs::Columns(&[])),
    ("title", Needs::Columns(&["title"])),
    ("originalTitle", Needs::Columns(&["original_title"])),
    ("year", Needs::Columns(&["year"])),
    ("releaseDate", Needs::Columns(&["release_date"])),
    ("runtimeMinutes", Needs::Columns(&["runtime_minutes"])),
    ("contentRating", Needs::Columns(&["content_rating"])),
    ("genres", Needs::Columns(&[])),
    ("directors", Needs::Columns(&[])),
    ("writers", Needs::Columns(&[])),
    ("credits", Needs::Columns(&[])),
    ("reviews", Needs::Columns(&[])),
    ("captions", Needs::Columns(&[])),
    (
        "reception",
        Needs::Columns(&[
            "review_count",
            "rated_count",
            "score_mean",
            "score_median",
            "score_spread",
            "score_histogram",
        ]),
    ),
    ("externalIds", Needs::Columns(&[])),
    ("facts", Needs::Columns(&[])),
    ("formerIds", Needs::Columns(&[])),
];

/// A credit's.
pub(crate) const CREDIT: Fields = &[("film", Needs::Named("film", film)), ("person", Needs::Named("person", whole))];

/// A review's.
pub(crate) const REVIEW: Fields = &[
    ("__typename", Needs::Columns(&[])),
    ("id", Needs::Columns(&[])),
    ("url", Needs::Columns(&["url"])),
    ("headline", Needs::Columns(&["headline"])),
    ("dek", Needs::Columns(&["dek"])),
    ("film", Needs::Named("film", film)),
    ("critic", Needs::Named("critic", whole)),
    ("outlet", Needs::Named("outlet", whole)),
    ("publishedOn", Needs::Columns(&["published_on"])),
    ("language", Needs::Columns(&["language"])),
    (
        "rating",
        Needs::Columns(&[
            "rating_as_printed",
            "rating_value",
            "rating_best",
            "rating_scale",
            "score",
            "score_low",
            "score_high",
        ]),
    ),
    ("excerpt", Needs::Columns(&[])),
    ("body", Needs::Columns(&[])),
    ("wordCount", Needs::Columns(&["word_count"])),
    ("captions", Needs::Columns(&[])),
    ("claims", Needs::Columns(&[])),
    ("pageText", Needs::Columns(&[])),
    ("syndicatedWith", Needs::Columns(&[])),
    ("submission", Needs::Columns(&[])),
];

fn film(selection: SelectionField<'_>) -> u32 {
    columns::<FilmRow>(FILM, selection)
}

fn whole(_selection: SelectionField<'_>) -> u32 {
    u32::MAX
}

/// What a connection's selection asks of the rows of its nodes.
pub(crate) fn of_nodes<R: Row>(connection: &Lookahead<'_>, fields: Fields) -> Asked {
    let nodes = connection.field("nodes").selection_fields();
    let edges = connection.field("edges").field("node").selection_fields();
    let mut own = 0;
    let mut asked = Asked::ALL;
    for node in nodes.into_iter().chain(edges) {
        own |= columns::<R>(fields, node);
        for field in node.selection_set() {
            if let Some(Needs::Named(name, columns)) = needs(fields, field.name())
                && let Some(at) = R::NAMED.iter().position(|named| named.name == *name)
            {
                asked = asked.along(at, columns(field));
            }
        }
    }
    asked.with(own)
}

/// The columns that the fields of one selection are answered from.
fn columns<R: Row>(fields: Fields, node: SelectionField<'_>) -> u32 {
    let needed = node.selection_set().map(|field| match needs(fields, field.name()) {
        Some(Needs::Columns(names)) => names.iter().filter_map(|name| bit::<R>(name)).fold(0, |all, bit| all | bit),
        Some(Needs::Named(..)) => 0,
        None => u32::MAX,
    });
    needed.fold(0, |all, bits| all | bits)
}

fn needs(fields: Fields, name: &str) -> Option<&'static Needs> {
    fields.iter().find(|(field, _)| *field == name).map(|(_, needs)| needs)
}
