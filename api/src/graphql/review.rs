//! Reviews, and the ratings that critics print.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, SimpleObject};

use super::asked::{Fields, REVIEW};
use super::caption::captions;
use super::connection::{Connection, Listed, Paging, loader, required};
use super::error::bad_input;
use super::excerpt::excerpt;
use super::film::Film;
use super::id::Kind;
use super::node::{required_film, required_person};
use super::outlet::Outlet;
use super::person::Person;
use super::scalar::{Date, Url};
use super::submission::Submission;
use super::vocabulary::{RatingScale, parse};
use crate::read::ReadError;
use crate::read::caption::CaptionsOf;
use crate::read::claim::ClaimsOf;
use crate::read::review::{ReviewFilter, ReviewList, ReviewOrderField, ReviewRow, ReviewsOf, Text, TextKey};

/// Characters of an excerpt when nobody says how many.
const EXCERPT_CHARACTERS: i32 = 280;

/// Characters of an excerpt at most: it is an opening, not the text.
const EXCERPT_CHARACTERS_MAX: usize = 1_000;

/// One critic's review of one film.
#[derive(Clone)]
pub(crate) struct Review(pub(crate) Arc<ReviewRow>);

impl From<Arc<ReviewRow>> for Review {
    fn from(row: Arc<ReviewRow>) -> Self {
        Self(row)
    }
}

impl Listed for ReviewList {
    type Node = Review;
    const FIELDS: Fields = REVIEW;
}

/// One critic's review of one film.
#[Object]
impl Review {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        Kind::Review.id(self.0.id)
    }

    /// Its address, as the page itself gives it.
    async fn url(&self) -> Url {
        Url(self.0.url.clone())
    }

    /// The headline.
    async fn headline(&self) -> &str {
        &self.0.headline
    }

    /// The line under the headline.
    async fn dek(&self) -> Option<&str> {
        self.0.dek.as_deref()
    }

    /// The film that it reviews.
    async fn film(&self, context: &Context<'_>) -> Result<Film, Error> {
        match &self.0.film {
            Some(film) => Ok(Film(Arc::clone(film))),
            None => required_film(context, self.0.film_id).await,
        }
    }

    /// Who wrote it. Null where the page names no author.
    async fn critic(&self, context: &Context<'_>) -> Result<Option<Person>, Error> {
        match (&self.0.critic, self.0.critic_id) {
            (Some(critic), _) => Ok(Some(Person(Arc::clone(critic)))),
            (None, Some(critic)) => Ok(Some(required_person(context, critic).await?)),
            (None, None) => Ok(None),
        }
    }

    /// Where it appeared.
    async fn outlet(&self, context: &Context<'_>) -> Result<Outlet, Error> {
        match &self.0.outlet {
            Some(outlet) => Ok(Outlet(Arc::clone(outlet))),
            None => Ok(Outlet(required(context, self.0.outlet_id).await?)),
        }
    }

    /// The day it was published.
    async fn published_on(&self) -> Option<Date> {
        self.0.published_on.clone().map(Date)
    }

    /// Its language, BCP 47.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// The critic's rating. Null where the page prints none.
    async fn rating(&self) -> Result<Option<Rating>, Error> {
        let row = &self.0;
        let Some(as_printed) = row.rating_as_printed.clone() else {
            return Ok(None);
        };
        Ok(Some(Rating {
            as_printed,
            value: row.rating_value,
            best: row.rating_best,
            scale: row.rating_scale.as_deref().map_or(Ok(RatingScale::Other), parse)?,
            score: row.score,
            score_low: row.score_low,
            score_high: row.score_high,
        }))
    }

    /// The review's opening, cut at a sentence or word, for anyone to read.
    async fn excerpt(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Characters at most, 1 to 1,000.", default_with = "Some(EXCERPT_CHARACTERS)")]
        max_length: Option<i32>,
    ) -> Result<String, Error> {
        let max_length = max_length.unwrap_or(EXCERPT_CHARACTERS);
        let characters = usize::try_from(max_length).unwrap_or_default();
        if !(1..=EXCERPT_CHARACTERS_MAX).contains(&characters) {
            let message = format!("`maxLength` is {max_length}; ask for 1 to {EXCERPT_CHARACTERS_MAX}");
            return Err(bad_input(message));
        }
        Ok(excerpt(&long_text(context, self.0.id, Text::Body).await?, characters))
    }

    /// The whole text, paragraphs separated by blank lines. Null for a reader who may not have it.
    async fn body(&self, context: &Context<'_>) -> Result<Option<String>, Error> {
        Ok(Some(long_text(context, self.0.id, Text::Body).await?.to_string()))
    }

    /// Words in the whole text.
    async fn word_count(&self) -> i32 {
        self.0.word_count
    }

    /// Captions of its pictures, in the page's order.
    async fn captions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start: 1 to 100, 20 when neither this nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<CaptionsOf>, Error> {
        captions(context, self.0.id, CaptionsOf::Review, &Paging { first, after, last, before }).await
    }

    /// Every statement taken from this page.
    async fn claims(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, 20 when it is not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<Connection<ClaimsOf>, Error> {
        Connection::of(context, self.0.id, ClaimsOf::Review, &Paging::forwards(first, after)).await
    }

    /// The text that the page's quotes point into. Null where `body` is.
    async fn page_text(&self, context: &Context<'_>) -> Result<Option<String>, Error> {
        Ok(Some(long_text(context, self.0.id, Text::Page).await?.to_string()))
    }

    /// The same text at other addresses, earliest first. Reception counts the group once.
    async fn syndicated_with(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, 20 when it is not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<Connection<ReviewList>, Error> {
        let list = ReviewList {
            of: ReviewsOf::Syndication,
            filter: ReviewFilter::default(),
            field: ReviewOrderField::PublishedOn,
            descending: false,
        };
        Connection::of(context, self.0.id, list, &Paging::forwards(first, after)).await
    }

    /// The submission that it came from.
    async fn submission(&self, context: &Context<'_>) -> Result<Submission, Error> {
        Ok(Submission(required(context, self.0.submission_id).await?))
    }
}

/// A critic's rating: as printed, and on one scale.
#[derive(SimpleObject)]
pub(crate) struct Rating {
    /// The words or signs: "4 stars out of 5", "B+", "★★★½".
    as_printed: String,
    /// The number given; null for words and letters.
    value: Option<f64>,
    /// The best that the scale allows; null where the page does not say and it cannot be told.
    best: Option<f64>,
    /// The scale.
    scale: RatingScale,
    /// 0 to 100; null where it can't be placed on a scale.
    score: Option<f64>,
    /// What the printed step could have meant at least: 4 of 5 whole stars is 80, between 70 and 90.
    score_low: Option<f64>,
    /// What the printed step could have meant at most.
    score_high: Option<f64>,
}

/// One of a review's long texts.
pub(crate) async fn long_text(context: &Context<'_>, review_id: i64, text: Text) -> Result<Arc<str>, Error> {
    let found = loader(context)?.load_one(TextKey { review_id, text }).await?;
    found.ok_or_else(|| ReadError::Row(format!("review {review_id} is named and is not there")).into())
}
