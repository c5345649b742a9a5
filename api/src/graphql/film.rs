//! Films, and what critics make of them.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, SimpleObject};

use super::asked::{FILM, Fields};
use super::caption::captions;
use super::connection::{Connection, Listed, Paging, few};
use super::external_id::{ExternalId, Of, external_ids};
use super::fact::{Fact, facts};
use super::filter::{ReviewFilter, ReviewOrder, review_list};
use super::id::Kind;
use super::person::Person;
use super::scalar::Date;
use super::vocabulary::{CreditRole, FactField};
use crate::read::ReadError;
use crate::read::caption::CaptionsOf;
use crate::read::credit::{CreditList, CreditsOf};
use crate::read::film::{FilmList, FilmRow, FormerIdsOf, GenresOfFilm};
use crate::read::person::PeopleOfFilm;
use crate::read::review::{ReviewList, ReviewsOf};

/// A film, as the ingested reviews describe it.
#[derive(Clone)]
pub(crate) struct Film(pub(crate) Arc<FilmRow>);

impl From<Arc<FilmRow>> for Film {
    fn from(row: Arc<FilmRow>) -> Self {
        Self(row)
    }
}

impl Listed for FilmList {
    type Node = Film;
    const FIELDS: Fields = FILM;
}

/// A film, as the ingested reviews describe it.
#[Object]
impl Film {
    /// Opaque; it still resolves after the film was merged into another.
    pub(crate) async fn id(&self) -> ID {
        Kind::Film.id(self.0.id)
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The title in the film's own language, where it is another.
    async fn original_title(&self) -> Option<&str> {
        self.0.original_title.as_deref()
    }

    /// Year of first release.
    async fn year(&self) -> Option<i32> {
        self.0.year
    }

    /// Day of release.
    async fn release_date(&self) -> Option<Date> {
        self.0.release_date.clone().map(Date)
    }

    /// Whole minutes.
    async fn runtime_minutes(&self) -> Option<i32> {
        self.0.runtime_minutes
    }

    /// The certificate's code as the field writes it: G, PG, PG-13, R, NC-17, NR; 12A, 15, 18; …
    async fn content_rating(&self) -> Option<&str> {
        self.0.content_rating.as_deref()
    }

    /// Genres, at most 100.
    async fn genres(&self, context: &Context<'_>) -> Result<Vec<String>, Error> {
        let genres = few(context, self.0.id, GenresOfFilm).await?;
        Ok(genres.iter().map(|genre| genre.0.clone()).collect())
    }

    /// Who directed it, at most 100.
    async fn directors(&self, context: &Context<'_>) -> Result<Vec<Person>, Error> {
        Ok(few(context, self.0.id, PeopleOfFilm::Directors).await?.into_iter().map(Person).collect())
    }

    /// Who wrote it, at most 100.
    async fn writers(&self, context: &Context<'_>) -> Result<Vec<Person>, Error> {
        Ok(few(context, self.0.id, PeopleOfFilm::Writers).await?.into_iter().map(Person).collect())
    }

    /// Who did what on it, in billing order.
    async fn credits(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only these roles; none means all.")] roles: Option<Vec<CreditRole>>,
        #[graphql(desc = "How many from the start: 1 to 100, 20 when neither this nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<CreditList>, Error> {
        let list = CreditList { of: CreditsOf::Film, roles: super::credit::roles(roles) };
        Connection::of(context, self.0.id, list, &Paging { first, after, last, before }).await
    }

    /// Reviews of it; the latest first unless an order is given.
    async fn reviews(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only reviews that meet these conditions.")] filter: Option<ReviewFilter>,
        #[graphql(desc = "The order; by day of publication, latest first, when it is not given.")] order_by: Option<
            ReviewOrder,
        >,
        #[graphql(desc = "How many from the start: 1 to 100, 20 when neither this nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<ReviewList>, Error> {
        let list = review_list(context, ReviewsOf::Film, filter, order_by).await?;
        Connection::of(context, self.0.id, list, &Paging { first, after, last, before }).await
    }

    /// Captions of the pictures in its reviews.
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
        captions(context, self.0.id, CaptionsOf::Film, &Paging { first, after, last, before }).await
    }

    /// What the critics make of it.
    async fn reception(&self) -> Result<Reception, Error> {
        let film = &self.0;
        let histogram = serde_json::from_str(&film.score_histogram);
        Ok(Reception {
            review_count: film.review_count,
            rated_count: film.rated_count,
            mean: film.score_mean,
            median: film.score_median,
            spread: film.score_spread,
            histogram: histogram.map_err(|error| ReadError::Row(format!("histogram of film {}: {error}", film.id)))?,
        })
    }

    /// Its identities at film databases, at most 100.
    async fn external_ids(&self, context: &Context<'_>) -> Result<Vec<ExternalId>, Error> {
        external_ids(context, Of::Film, self.0.id).await
    }

    /// What the graph states of this film, with every value that a review gave and the words that say so; at most 100, in
    /// the order of the fields.
    async fn facts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only these fields; none means all.")] fields: Option<Vec<FactField>>,
    ) -> Result<Vec<Fact>, Error> {
        facts(context, self.0.id, fields).await
    }

    /// Ids that were merged into this film, at most 100. They still resolve.
    async fn former_ids(&self, context: &Context<'_>) -> Result<Vec<ID>, Error> {
        let former = few(context, self.0.id, FormerIdsOf::Film).await?;
        Ok(former.iter().map(|former| Kind::Film.id(former.0)).collect())
    }
}

/// What the critics make of a film.
#[derive(SimpleObject)]
pub(crate) struct Reception {
    /// Independent reviews.
    review_count: i32,
    /// Those whose rating could be placed on a scale.
    rated_count: i32,
    /// Mean of the scores, 0 to 100.
    mean: Option<f64>,
    /// Median of the scores, 0 to 100.
    median: Option<f64>,
    /// Standard deviation of the scores: how far the critics are apart.
    spread: Option<f64>,
    /// Reviews with a score in [0,10), [10,20), … [90,100]: ten numbers.
    histogram: Vec<i32>,
}
