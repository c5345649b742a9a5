//! Captions of pictures, and whom the pictures show.

use sea_orm::DbErr;

use super::asked::Columns;
use super::list::{KeyKind, List, Order, Row, Source};
use super::sql::Sql;

/// A picture's caption.
#[derive(Debug)]
pub(crate) struct CaptionRow {
    pub(crate) id: i64,
    pub(crate) review_id: i64,
    pub(crate) film_id: i64,
    pub(crate) position: i32,
    pub(crate) text: String,
    pub(crate) credit: Option<String>,
    pub(crate) image_url: Option<String>,
}

impl Row for CaptionRow {
    const TABLE: &'static str = "caption";
    const ID: &'static str = "caption.id";
    const COLUMNS: &'static [&'static str] = &[
        "caption.id",
        "caption.review_id",
        "caption.film_id",
        "caption.position",
        "caption.text",
        "caption.credit",
        "caption.image_url",
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            review_id: columns.take()?,
            film_id: columns.take()?,
            position: columns.take()?,
            text: columns.take()?,
            credit: columns.take()?,
            image_url: columns.take()?,
        })
    }
}

/// Captions of a film's pictures, of a review's, or of those that show a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CaptionsOf {
    Film,
    Review,
    Person,
}

impl List for CaptionsOf {
    type Row = CaptionRow;

    fn source(&self) -> Source {
        let (from, parent) = match self {
            Self::Film => ("caption", "caption.film_id"),
            Self::Review => ("caption", "caption.review_id"),
            // A caption that names somebody twice is one caption.
            Self::Person => (
                "(select distinct person_id, caption_id from depiction) as shown \
                 join caption on caption.id = shown.caption_id",
                "shown.person_id",
            ),
        };
        Source { from, parent: Some(parent), id: "caption.id" }
    }

    fn order(&self) -> Order {
        let (name, key) = match self {
            Self::Film => ("film.captions", "caption.id"),
            Self::Review => ("review.captions", "caption.position"),
            Self::Person => ("person.captions", "caption.id"),
        };
        Order { name, key, kind: KeyKind::Integer, descending: false }
    }
}

/// A person in a picture.
#[derive(Debug)]
pub(crate) struct DepictionRow {
    pub(crate) person_id: i64,
    pub(crate) character: Option<String>,
    pub(crate) place: Option<String>,
}

impl Row for DepictionRow {
    const TABLE: &'static str = "depiction";
    const ID: &'static str = "depiction.caption_id";
    const COLUMNS: &'static [&'static str] = &["depiction.person_id", "depiction.\"character\"", "depiction.place"];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self { person_id: columns.take()?, character: columns.take()?, place: columns.take()? })
    }
}

/// Whom a picture shows, as its caption names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DepictionsOfCaption;

impl List for DepictionsOfCaption {
    type Row = DepictionRow;

    fn source(&self) -> Source {
        Source { from: "depiction", parent: Some("depiction.caption_id"), id: "depiction.position" }
    }

    fn order(&self) -> Order {
        let key = "depiction.position";
        Order { name: "caption.depicts", key, kind: KeyKind::Integer, descending: false }
    }

    fn conditions(&self, _sql: &mut Sql) -> Vec<String> {
        // A name that nobody in the graph goes by shows no person.
        vec!["depiction.person_id is not null".to_owned()]
    }
}
