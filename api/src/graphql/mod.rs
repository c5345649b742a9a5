//! The GraphQL schema: types of our own over the rows that the reading layer gives, and the roots.
//!
//! A request is bounded, given a loader of its own, executed, and its errors are made fit to be shown: [`Schema::execute`] is
//! the one way in, over whatever transport. It must not know HTTP.

mod bounds;
mod caption;
mod claim;
mod connection;
mod credit;
mod cursor;
mod error;
mod excerpt;
mod external_id;
mod fact;
mod film;
mod filter;
mod id;
mod mutation;
mod node;
mod outlet;
mod person;
mod query;
mod queue_status;
mod review;
mod scalar;
mod search;
mod submission;
mod variables;
mod vocabulary;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::{EmptySubscription, Request, Response, SchemaBuilder, ServerError, Value};
use ulid::Ulid;

use crate::Services;
use crate::read::{Reader, loader};
use bounds::Bounds;
pub(crate) use error::{INTERNAL, is_refused};
pub use external_id::{film_page, person_page};
pub use id::submission_id;
use mutation::Mutation;
use query::Query;

/// Fields and fragments inside each other that the library follows; our own bound lies below it.
const LIBRARY_DEPTH_MAX: usize = 64;

type Executor = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// The schema with what it reads from. Cheap to clone.
#[derive(Clone)]
pub struct Schema {
    executor: Executor,
    bounds: Arc<Bounds>,
    services: Services,
    statements: Arc<AtomicU64>,
}

/// The schema, for serving.
pub fn schema(services: Services) -> Schema {
    let executor = builder().data(services.clone()).finish();
    let bounds = Arc::new(Bounds::new(&executor.sdl()));
    Schema { executor, bounds, services, statements: Arc::default() }
}

/// The schema in GraphQL's schema definition language.
pub fn sdl() -> String {
    builder().finish().sdl()
}

fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    async_graphql::Schema::build(Query, Mutation, EmptySubscription).limit_recursive_depth(LIBRARY_DEPTH_MAX)
}

impl Schema {
    /// Executes a query or mutation.
    ///
    /// Every error in the answer has `extensions.code`; what failed in here is masked, with the id of its line in the log.
    pub async fn execute(&self, request: impl Into<Request>) -> Response {
        self.execute_as(request.into(), &Ulid::generate().to_string()).await
    }

    /// Executes a query or mutation that the log knows as `request_id`.
    pub(crate) async fn execute_as(&self, request: Request, request_id: &str) -> Response {
        let mut response = match self.bounded(request) {
            Ok((request, cost)) => {
                let reader = Reader::new(self.services.database.clone(), Arc::clone(&self.statements));
                let response = self.executor.execute(request.data(loader::for_request(reader))).await;
                response.extension("cost", self.cost(cost))
            }
            Err(error) => Response::from_errors(vec![error]),
        };
        error::present(&mut response, request_id);
        response
    }

    /// What kind of operation a request asks for; none when that is not clear (its execution will say why).
    ///
    /// # Errors
    /// For the caller, when the document is over a bound or no GraphQL.
    pub(crate) fn operation_type(&self, request: &mut Request) -> Result<Option<OperationType>, ServerError> {
        bounds::scan(&request.query)?;
        let name = request.operation_name.clone();
        let document = request.parsed_query().map_err(|error| error::coded(error, error::PARSE_FAILED))?;
        Ok(match (&document.operations, name) {
            (DocumentOperations::Single(operation), _) => Some(operation.node.ty),
            (DocumentOperations::Multiple(operations), Some(name)) => {
                operations.get(name.as_str()).map(|operation| operation.node.ty)
            }
            (DocumentOperations::Multiple(operations), None) => {
                // Without a name one of several cannot run; a lone one can.
                operations.values().next().map(|operation| operation.node.ty)
            }
        })
    }

    /// What the schema reads from.
    pub(crate) fn services(&self) -> &Services {
        &self.services
    }

    /// The request with its document parsed, and what it costs.
    fn bounded(&self, mut request: Request) -> Result<(Request, u64), ServerError> {
        bounds::scan(&request.query)?;
        let (variables, name) = (std::mem::take(&mut request.variables), request.operation_name.clone());
        let document = request.parsed_query().map_err(|error| error::coded(error, error::PARSE_FAILED))?;
        let cost = self.bounds.check(document, &variables)?;
        variables::check(document, name.as_deref(), &variables)?;
        request.variables = variables;
        Ok((request, cost))
    }

    fn cost(&self, requested: u64) -> Value {
        let cost = [("requested", requested), ("limit", self.bounds.cost_max())];
        Value::Object(cost.into_iter().map(|(name, value)| (async_graphql::Name::new(name), value.into())).collect())
    }

    /// How many statements were sent to the database for all requests so far.
    #[cfg(test)]
    pub(crate) fn statements(&self) -> u64 {
        self.statements.load(std::sync::atomic::Ordering::Relaxed)
    }
}
