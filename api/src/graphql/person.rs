//! People: film people and critics.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object};

use super::caption::captions;
use super::connection::{Connection, Listed, Paging, few, loader, one};
use super::external_id::{ExternalId, Of, external_ids};
use super::filter::{ReviewFilter, ReviewOrder, review_list};
use super::id::Kind;
use super::outlet::Outlet;
use super::scalar::Url;
use super::vocabulary::CreditRole;
use crate::read::caption::CaptionsOf;
use crate::read::credit::{CreditList, CreditsOf};
use crate::read::film::FormerIdsOf;
use crate::read::loader::GenerosityKey;
use crate::read::outlet::OutletsOfCritic;
use crate::read::person::{CriticProfileRow, OtherNames, PersonList, PersonRow};
use crate::read::review::{ReviewList, ReviewsOf};

/// Somebody who made films, or wrote about them.
#[derive(Clone)]
pub(crate) struct Person(pub(crate) Arc<PersonRow>);

impl From<Arc<PersonRow>> for Person {
    fn from(row: Arc<PersonRow>) -> Self {
        Self(row)
    }
}

impl Listed for PersonList {
    type Node = Person;
}

/// Somebody who made films, or wrote about them.
#[Object]
impl Person {
    /// Opaque; it still resolves after the person was merged into another.
    pub(crate) async fn id(&self) -> ID {
        Kind::Person.id(self.0.id)
    }

    /// The name at its fullest.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Other spellings and orders in which reviews print the name, at most 100.
    async fn other_names(&self, context: &Context<'_>) -> Result<Vec<String>, Error> {
        Ok(few(context, self.0.id, OtherNames).await?.iter().map(|name| name.0.clone()).collect())
    }

    /// What they did on which films.
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
        let list = CreditList { of: CreditsOf::Person, roles: super::credit::roles(roles) };
        Connection::of(context, self.0.id, list, &Paging { first, after, last, before }).await
    }

    /// Reviews that this person wrote; the latest first unless an order is given.
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
        let list = review_list(context, ReviewsOf::Critic, filter, order_by).await?;
        Connection::of(context, self.0.id, list, &Paging { first, after, last, before }).await
    }

    /// Captions of pictures that show this person.
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
        captions(context, self.0.id, CaptionsOf::Person, &Paging { first, after, last, before }).await
    }

    /// Null for a person who has written no review.
    async fn critic_profile(&self, context: &Context<'_>) -> Result<Option<CriticProfile>, Error> {
        Ok(one(context, self.0.id).await?.map(CriticProfile))
    }

    /// Their identities at film databases, at most 100.
    async fn external_ids(&self, context: &Context<'_>) -> Result<Vec<ExternalId>, Error> {
        external_ids(context, Of::Person, self.0.id).await
    }

    /// Ids that were merged into this person, at most 100. They still resolve.
    async fn former_ids(&self, context: &Context<'_>) -> Result<Vec<ID>, Error> {
        let former = few(context, self.0.id, FormerIdsOf::Person).await?;
        Ok(former.iter().map(|former| Kind::Person.id(former.0)).collect())
    }
}

/// What is known of somebody who writes reviews.
pub(crate) struct CriticProfile(Arc<CriticProfileRow>);

/// What is known of somebody who writes reviews.
#[Object]
impl CriticProfile {
    /// What pages say of them.
    async fn bio(&self) -> Option<&str> {
        self.0.bio.as_deref()
    }

    /// Their own site.
    async fn website(&self) -> Option<Url> {
        self.0.website.clone().map(Url)
    }

    /// Where they publish, at most 100.
    async fn outlets(&self, context: &Context<'_>) -> Result<Vec<Outlet>, Error> {
        Ok(few(context, self.0.person_id, OutletsOfCritic).await?.into_iter().map(Outlet).collect())
    }

    /// Independent reviews that they wrote.
    async fn review_count(&self) -> i32 {
        self.0.review_count
    }

    /// Mean of the critic's scores, 0 to 100; null where none of their ratings has a score.
    async fn mean_score(&self) -> Option<f64> {
        (self.0.score_count > 0).then(|| self.0.score_sum / f64::from(self.0.score_count))
    }

    /// Mean difference from the other critics' mean on the same films: above 0 is kinder than they are. Null where nobody
    /// else scored any of those films.
    async fn generosity(&self, context: &Context<'_>) -> Result<Option<f64>, Error> {
        Ok(loader(context)?.load_one(GenerosityKey(self.0.person_id)).await?)
    }
}
