//! Outlets: where reviews appear.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object};

use super::connection::{Connection, Paging};
use super::filter::{ReviewFilter, ReviewOrder, review_list};
use super::id::Kind;
use crate::read::outlet::OutletRow;
use crate::read::review::{ReviewList, ReviewsOf};

/// A site or publication that reviews appear in.
pub(crate) struct Outlet(pub(crate) Arc<OutletRow>);

/// A site or publication that reviews appear in.
#[Object]
impl Outlet {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        Kind::Outlet.id(self.0.id)
    }

    /// As most of its pages call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The host that it is registered under: `example.co.uk`.
    async fn host(&self) -> &str {
        &self.0.host
    }

    /// Reviews that appeared in it; the latest first unless an order is given.
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
        let list = review_list(context, ReviewsOf::Outlet, filter, order_by).await?;
        Connection::of(context, self.0.id, list, &Paging { first, after, last, before }).await
    }
}
