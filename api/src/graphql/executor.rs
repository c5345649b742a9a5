//! The library's schema, with either of the two query roots. What was validated once is executed without asking again.

use async_graphql::{Request, Response, ValidationMode};
use futures::future::BoxFuture;
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
    Whole(Twice<Query>),
    Subgraph(Twice<Subgraph>),
}

/// One schema in the library's two modes of validation.
pub(super) struct Twice<Root> {
    /// Holds every rule to a document.
    validating: Mode<Root>,
    /// For documents that have passed.
    trusting: Mode<Root>,
}

type Mode<Root> = async_graphql::Schema<Root, Mutation, Subscription>;

impl<Root> Clone for Twice<Root> {
    fn clone(&self) -> Self {
        Self { validating: self.validating.clone(), trusting: self.trusting.clone() }
    }
}

impl Executor {
    /// On its own, or as a subgraph of a federation; with what resolvers use, where there is anything to resolve.
    pub(super) fn new(federation: bool, resolved_from: Option<(Services, Live)>) -> Self {
        if federation {
            return Self::Subgraph(twice(|| Subgraph(Query), resolved_from));
        }
        Self::Whole(twice(|| Query, resolved_from))
    }

    /// The schema in GraphQL's schema definition language, as clients see it.
    pub(super) fn sdl(&self) -> String {
        match self {
            Self::Whole(schema) => schema.validating.sdl(),
            Self::Subgraph(schema) => schema.validating.sdl(),
        }
    }

    /// The schema as it is composed with others: with keys, and without what every subgraph has.
    pub(super) fn composed_sdl(&self) -> String {
        match self {
            Self::Whole(schema) => schema.validating.sdl(),
            Self::Subgraph(schema) => schema.validating.sdl_with_options(subgraph::sdl_options()),
        }
    }

    // Boxed, so that the compiler makes what resolves the fields once, here, and not again in every program that asks.
    pub(super) fn execute(&self, request: Request, is_valid: bool) -> BoxFuture<'_, Response> {
        match (self, is_valid) {
            (Self::Whole(schema), false) => Box::pin(schema.validating.execute(request)),
            (Self::Whole(schema), true) => Box::pin(schema.trusting.execute(request)),
            (Self::Subgraph(schema), false) => Box::pin(schema.validating.execute(request)),
            (Self::Subgraph(schema), true) => Box::pin(schema.trusting.execute(request)),
        }
    }

    pub(super) fn execute_stream(&self, request: Request) -> BoxStream<'static, Response> {
        match self {
            Self::Whole(schema) => schema.validating.execute_stream(request),
            Self::Subgraph(schema) => schema.validating.execute_stream(request),
        }
    }
}

fn twice<Root: async_graphql::ObjectType + 'static>(
    root: impl Fn() -> Root,
    resolved_from: Option<(Services, Live)>,
) -> Twice<Root> {
    let mode = |validation| {
        let builder = async_graphql::Schema::build(root(), Mutation, Subscription)
            .limit_recursive_depth(LIBRARY_DEPTH_MAX)
            .validation_mode(validation);
        match resolved_from.clone() {
            Some((services, live)) => builder.data(services).data(live).finish(),
            None => builder.finish(),
        }
    };
    Twice { validating: mode(ValidationMode::Strict), trusting: mode(ValidationMode::Fast) }
}
