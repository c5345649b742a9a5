//! Reviews: their rows, the lists of them, and their long texts, which are read only when somebody asks.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::DbErr;

use super::asked::{Asked, Columns, Named};
use super::film::FilmRow;
use super::list::{KeyKind, List, Order, Real, Row, Source};
use super::outlet::OutletRow;
use super::person::PersonRow;
use super::sql::Sql;
use super::{ReadError, Reader};

/// A review without its texts.
#[derive(Debug)]
pub(crate) struct ReviewRow {
    pub(crate) id: i64,
    pub(crate) submission_id: i64,
    pub(crate) film_id: i64,
    pub(crate) critic_id: Option<i64>,
    pub(crate) outlet_id: i64,
    pub(crate) url: String,
    pub(crate) headline: String,
    pub(crate) dek: Option<String>,
    pub(crate) published_on: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) rating_as_printed: Option<String>,
    pub(crate) rating_value: Option<f64>,
    pub(crate) rating_best: Option<f64>,
    pub(crate) rating_scale: Option<String>,
    pub(crate) score: Option<f64>,
    pub(crate) score_low: Option<f64>,
    pub(crate) score_high: Option<f64>,
    pub(crate) word_count: i32,
    /// Where they were read along; the same for the two after it.
    pub(crate) film: Option<Arc<FilmRow>>,
    pub(crate) critic: Option<Arc<PersonRow>>,
    pub(crate) outlet: Option<Arc<OutletRow>>,
}

impl Row for ReviewRow {
    const TABLE: &'static str = "review";
    const ID: &'static str = "review.id";
    const COLUMNS: &'static [&'static str] =
        &["review.id", "review.submission_id", "review.film_id", "review.critic_id", "review.outlet_id"];
    const ASKED: &'static [(&'static str, &'static str)] = &[
        ("url", "review.url"),
        ("headline", "review.headline"),
        ("dek", "review.dek"),
        ("published_on", "review.published_on"),
        ("language", "review.language"),
        ("rating_as_printed", "review.rating_as_printed"),
        ("rating_value", "review.rating_value"),
        ("rating_best", "review.rating_best"),
        ("rating_scale", "review.rating_scale"),
        ("score", "review.score"),
        ("score_low", "review.score_low"),
        ("score_high", "review.score_high"),
        ("word_count", "review.word_count"),
    ];
    const NAMED: &'static [Named] = &[
        Named::of::<FilmRow>("film", "review.film_id"),
        Named::of::<PersonRow>("critic", "review.critic_id"),
        Named::of::<OutletRow>("outlet", "review.outlet_id"),
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            submission_id: columns.take()?,
            film_id: columns.take()?,
            critic_id: columns.take()?,
            outlet_id: columns.take()?,
            url: columns.asked()?,
            headline: columns.asked()?,
            dek: columns.asked()?,
            published_on: columns.asked()?,
            language: columns.asked()?,
            rating_as_printed: columns.asked()?,
            rating_value: columns.asked()?,
            rating_best: columns.asked()?,
            rating_scale: columns.asked()?,
            score: columns.asked()?,
            score_low: columns.asked()?,
            score_high: columns.asked()?,
            word_count: columns.asked()?,
            film: columns.named()?,
            critic: columns.named()?,
            outlet: columns.named()?,
        })
    }
}

/// Whose reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ReviewsOf {
    All,
    Film,
    Critic,
    Outlet,
    /// The other reviews that print a review's text.
    Syndication,
}

/// What reviews are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ReviewOrderField {
    PublishedOn,
    Score,
    SubmittedAt,
}

/// Which reviews. A condition that is absent holds for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct ReviewFilter {
    pub(crate) critic: Option<Vec<i64>>,
    pub(crate) outlet: Option<Vec<i64>>,
    pub(crate) language: Option<Vec<String>>,
    /// ISO 8601 dates.
    pub(crate) published_from: Option<String>,
    pub(crate) published_to: Option<String>,
    pub(crate) score_from: Option<Real>,
    pub(crate) score_to: Option<Real>,
}

/// Reviews that pass a filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ReviewList {
    pub(crate) of: ReviewsOf,
    pub(crate) filter: ReviewFilter,
    pub(crate) field: ReviewOrderField,
    pub(crate) descending: bool,
}

impl List for ReviewList {
    type Row = ReviewRow;

    fn source(&self) -> Source {
        let parent = match self.of {
            ReviewsOf::All => None,
            ReviewsOf::Film => Some("review.film_id"),
            ReviewsOf::Critic => Some("review.critic_id"),
            ReviewsOf::Outlet => Some("review.outlet_id"),
            ReviewsOf::Syndication => Some("printing.id"),
        };
        // The condition's expression is the index's, to the letter.
        let from = match self.of {
            ReviewsOf::Syndication => {
                "review as printing join review on coalesce(review.copy_of, review.id) \
                 = coalesce(printing.copy_of, printing.id) and review.id <> printing.id"
            }
            _ => "review",
        };
        Source { from, parent, id: "review.id" }
    }

    fn order(&self) -> Order {
        // The expressions are those of the indexes, to the letter: unknown dates and scores come last either way.
        let (name, key, kind) = match (self.field, self.descending) {
            (ReviewOrderField::PublishedOn, false) => {
                ("reviews.published", "coalesce(review.published_on, '9999-99-99')$C", KeyKind::Text)
            }
            (ReviewOrderField::PublishedOn, true) => {
                ("reviews.published.desc", "coalesce(review.published_on, '')$C", KeyKind::Text)
            }
            (ReviewOrderField::Score, false) => ("reviews.score", "coalesce(review.score, 1000)", KeyKind::Real),
            (ReviewOrderField::Score, true) => ("reviews.score.desc", "coalesce(review.score, -1)", KeyKind::Real),
            (ReviewOrderField::SubmittedAt, false) => ("reviews.submitted", "review.submitted_at", KeyKind::Integer),
            (ReviewOrderField::SubmittedAt, true) => {
                ("reviews.submitted.desc", "review.submitted_at", KeyKind::Integer)
            }
        };
        Order { name, key, kind, descending: self.descending }
    }

    fn conditions(&self, sql: &mut Sql) -> Vec<String> {
        let filter = &self.filter;
        let mut conditions = Vec::new();
        if let Some(critics) = &filter.critic {
            conditions.push(sql.among("review.critic_id", critics));
        }
        if let Some(outlets) = &filter.outlet {
            conditions.push(sql.among("review.outlet_id", outlets));
        }
        if let Some(languages) = &filter.language {
            conditions.push(sql.among_texts("review.language", languages));
        }
        if let Some(date) = &filter.published_from {
            conditions.push(format!("review.published_on >= {}", sql.bind(date.clone())));
        }
        if let Some(date) = &filter.published_to {
            conditions.push(format!("review.published_on <= {}", sql.bind(date.clone())));
        }
        if let Some(Real(score)) = filter.score_from {
            conditions.push(format!("review.score >= {}", sql.bind(score)));
        }
        if let Some(Real(score)) = filter.score_to {
            conditions.push(format!("review.score <= {}", sql.bind(score)));
        }
        conditions
    }
}

/// One of a review's long texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Text {
    /// The review itself, paragraphs separated by blank lines.
    Body,
    /// The text that quotes point into.
    Page,
}

/// Asks for a long text of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TextKey {
    pub(crate) review_id: i64,
    pub(crate) text: Text,
}

/// Long texts of many reviews: one statement for each kind of text that is asked for.
///
/// # Errors
/// When the database fails.
pub(crate) async fn texts(reader: &Reader, keys: &[TextKey]) -> Result<HashMap<TextKey, Arc<str>>, ReadError> {
    let mut found = HashMap::with_capacity(keys.len());
    for text in [Text::Body, Text::Page] {
        let ids: Vec<i64> = keys.iter().filter(|key| key.text == text).map(|key| key.review_id).collect();
        if ids.is_empty() {
            continue;
        }
        let column = match text {
            Text::Body => "review.body",
            Text::Page => "review.page_text",
        };
        let mut sql = reader.sql();
        let among = sql.among("review.id", &ids);
        sql.push(&format!("select review.id, {column} from review where {among}"));
        for row in &reader.all(sql).await? {
            let mut columns = Columns::new(row);
            let review_id = columns.take()?;
            found.insert(TextKey { review_id, text }, Arc::from(columns.take::<String>()?));
        }
    }
    Ok(found)
}

/// The review at a normalised address.
///
/// # Errors
/// When the database fails.
pub(crate) async fn at_url(reader: &Reader, url: &str) -> Result<Option<Arc<ReviewRow>>, ReadError> {
    let mut sql = reader.sql();
    let url = sql.bind(url);
    let selected = Asked::ALL.selected::<ReviewRow>();
    sql.push(&format!("select {selected} from review where review.url = {url}"));
    let rows = reader.all(sql).await?;
    Ok(rows.first().map(|row| Columns::new(row).read(Asked::ALL)).transpose()?.map(Arc::new))
}
