//! The query root.

use async_graphql::{Context, Error, ID, Object};

use super::connection::{Connection, Paging, loader, one};
use super::error::bad_input;
use super::film::Film;
use super::filter::{FilmFilter, FilmOrder, ReviewFilter, ReviewOrder, film_list, review_list, text};
use super::id::{Kind, refuse_too_many};
use super::node::{self, Node};
use super::person::Person;
use super::queue_status::QueueStatus;
use super::review::Review;
use super::scalar::Url;
use super::search::{self, SearchConnection};
use super::submission::Submission;
use super::vocabulary::{CreditRole, SubmissionState};
use crate::read::film::FilmList;
use crate::read::person::PersonList;
use crate::read::review::{self, ReviewList, ReviewsOf};
use crate::read::submission::SubmissionList;

/// What can be asked.
pub(crate) struct Query;

/// What can be asked.
#[Object]
impl Query {
    /// Anything by its id. Null when it is not there.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "An id that this server gave.")] id: ID,
    ) -> Result<Option<Node>, Error> {
        node::node(context, &id).await
    }

    /// Many things by their ids, in the same order, with null for what is not there.
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Ids that this server gave, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>, Error> {
        refuse_too_many(ids.len())?;
        futures::future::try_join_all(ids.iter().map(|id| node::node(context, id))).await
    }

    /// A film by its id, or by one that was merged into it. Null when it is not there.
    async fn film(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A film's id.")] id: ID,
    ) -> Result<Option<Film>, Error> {
        node::film(context, Kind::Film.number(&id)?).await
    }

    /// A person by their id, or by one that was merged into it. Null when it is not there.
    async fn person(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A person's id.")] id: ID,
    ) -> Result<Option<Person>, Error> {
        node::person(context, Kind::Person.number(&id)?).await
    }

    /// A review by its id or its address. Null when it is not there.
    async fn review(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A review's id.")] id: Option<ID>,
        #[graphql(desc = "The address of its page.")] url: Option<Url>,
    ) -> Result<Option<Review>, Error> {
        match (id, url) {
            (Some(id), None) => Ok(one(context, Kind::Review.number(&id)?).await?.map(Review)),
            (None, Some(url)) => {
                let url = queue::page_url::normalise(&url.0).map_err(|error| bad_input(error.to_string()))?;
                Ok(review::at_url(loader(context)?.loader(), url.as_str()).await?.map(Review))
            }
            _ => Err(bad_input("give either `id` or `url`")),
        }
    }

    /// Films, by title unless an order is given.
    async fn films(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only films that meet these conditions.")] filter: Option<FilmFilter>,
        #[graphql(desc = "The order; by title when it is not given.")] order_by: Option<FilmOrder>,
        #[graphql(desc = "How many from the start: 1 to 100, 20 when neither this nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<FilmList>, Error> {
        let list = film_list(context, filter, order_by).await?;
        Connection::all(context, list, &Paging { first, after, last, before }).await
    }

    /// People, by name.
    async fn people(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "Only people whose name begins with this, or is this in another order; accents and case do not matter."
        )]
        name: Option<String>,
        #[graphql(desc = "Only people credited with any of these; none means all.")] roles: Option<Vec<CreditRole>>,
        #[graphql(desc = "How many from the start: 1 to 100, 20 when neither this nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<PersonList>, Error> {
        let name = name.map(|name| text("name", name)).transpose()?;
        let list = PersonList { name, roles: super::credit::roles(roles) };
        Connection::all(context, list, &Paging { first, after, last, before }).await
    }

    /// Reviews; the latest first unless an order is given.
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
        let list = review_list(context, ReviewsOf::All, filter, order_by).await?;
        Connection::all(context, list, &Paging { first, after, last, before }).await
    }

    /// Films, people and reviews with all these words: in titles, names, headlines, or the reviews' text. Best first. Accents and
    /// case do not matter, and the last word may be unfinished. Of a word that thousands have, the latest are ranked.
    async fn search(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "The words, at most 32 and 200 characters. Nothing is an operator: quotes and signs are left out."
        )]
        query: String,
        #[graphql(desc = "How many: 1 to 100, 20 when it is not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<SearchConnection, Error> {
        search::find(context, &query, &Paging::forwards(first, after)).await
    }

    /// A submission by its id. Null when it is not there.
    async fn submission(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A submission's id.")] id: ID,
    ) -> Result<Option<Submission>, Error> {
        Ok(one(context, Kind::Submission.number(&id)?).await?.map(Submission))
    }

    /// Submissions, the newest first.
    async fn submissions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only submissions in this state.")] state: Option<SubmissionState>,
        #[graphql(desc = "How many: 1 to 100, 20 when it is not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<Connection<SubmissionList>, Error> {
        let list = SubmissionList { state: state.map(Into::into) };
        Connection::all(context, list, &Paging::forwards(first, after)).await
    }

    /// How the queue stands. For operators.
    async fn queue(&self) -> QueueStatus {
        QueueStatus
    }
}
