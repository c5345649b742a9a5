//! The library's schema, with either of the two query roots.

use async_graphql::{Request, Response, SchemaBuilder};
use futures::stream::BoxStream;

use super::mutation::Mutation;
use super::query::Query;
use super::subgraph::{self, Subgraph};
use super::subscription::Subscription;
use crate::Services;
use crate::live::Live;

/// Fields and fragments inside each other that the library follows; our own bound lies below it.
const LIBRARY_DEPTH_MAX: usize = 64;

/// Executes what is within the bounds. Cheap to clone.
#[derive(Clone)]
pub(super) enum Executor {
    Whole(async_graphql::Schema<Query, Mutation, Subscription>),
    Subgraph(async_graphql::Schema<Subgraph, Mutation, Subscription>),
}

impl Executor {
    /// On its own, or as a subgraph of a federation; with what resolvers use, where there is anything to resolve.
    pub(super) fn new(federation: bool, resolved_from: Option<(Services, Live)>) -> Self {
        if federation {
            return Self::Subgraph(finish(
                async_graphql::Schema::build(Subgraph(Query), Mutation, Subscription),
                resolved_from,
            ));
        }
        Self::Whole(finish(async_graphql::Schema::build(Query, Mutation, Subscription), resolved_from))
    }

    /// The schema in GraphQL's schema definition language, as clients see it.
    pub(super) fn sdl(&self) -> String {
        match self {
            Self::Whole(schema) => schema.sdl(),
            Self::Subgraph(schema) => schema.sdl(),
        }
    }

    /// The schema as it is composed with others: with keys, and without what every subgraph has.
    pub(super) fn composed_sdl(&self) -> String {
        match self {
            Self::Whole(schema) => schema.sdl(),
            Self::Subgraph(schema) => schema.sdl_with_options(subgraph::sdl_options()),
        }
    }

    pub(super) async fn execute(&self, request: Request) -> Response {
        match self {
            Self::Whole(schema) => schema.execute(request).await,
            Self::Subgraph(schema) => schema.execute(request).await,
        }
    }

    pub(super) fn execute_stream(&self, request: Request) -> BoxStream<'static, Response> {
        match self {
            Self::Whole(schema) => schema.execute_stream(request),
            Self::Subgraph(schema) => schema.execute_stream(request),
        }
    }
}

fn finish<Root: async_graphql::ObjectType + 'static>(
    builder: SchemaBuilder<Root, Mutation, Subscription>,
    resolved_from: Option<(Services, Live)>,
) -> async_graphql::Schema<Root, Mutation, Subscription> {
    let builder = builder.limit_recursive_depth(LIBRARY_DEPTH_MAX);
    match resolved_from {
        Some((services, live)) => builder.data(services).data(live).finish(),
        None => builder.finish(),
    }
}
