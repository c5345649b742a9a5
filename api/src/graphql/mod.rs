//! The GraphQL schema: types of our own over the rows that the reading layer gives, and the roots.
//!
//! A request is bounded ([`Schema::prepare`]), given a loader of its own, executed ([`Schema::run`]) or followed
//! ([`Schema::subscribe`]), and its errors are made fit to be shown: there is no other way in, over whatever transport. It must
//! not know HTTP.

mod asked;
mod bounds;
mod caption;
mod claim;
mod connection;
mod credit;
mod cursor;
mod documents;
mod error;
mod excerpt;
mod executor;
mod external_id;
mod fact;
mod film;
mod filter;
mod id;
mod mutation;
mod node;
mod outlet;
mod parsed;
mod person;
mod query;
mod queue_status;
mod review;
mod root_field;
mod scalar;
mod search;
mod subgraph;
mod submission;
mod subscription;
mod variables;
mod vocabulary;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{Request, Response, ServerError, Value};
use futures::stream::{BoxStream, StreamExt};
use ulid::Ulid;

use crate::Services;
use crate::live::Live;
use crate::read::{Reader, loader};
use bounds::Bounds;
use documents::Documents;
pub use documents::{KnownDocuments, KnownDocumentsError};
pub(crate) use error::{INTERNAL, coded, is_refused};
use executor::Executor;
pub use external_id::{film_page, person_page};
pub use id::submission_id;
use parsed::{Kept, Parsed};

/// The schema with what it reads from. Cheap to clone.
#[derive(Clone)]
pub struct Schema {
    executor: Executor,
    bounds: Arc<Bounds>,
    documents: Arc<Documents>,
    parsed: Arc<Parsed>,
    introspection: bool,
    services: Services,
    statements: Arc<AtomicU64>,
}

/// What a schema answers.
#[derive(Debug, Clone)]
pub struct SchemaSettings {
    /// Whether it tells about itself: `__schema` and `__type`, and `_service` of a subgraph.
    pub introspection: bool,
    /// Whether it is a subgraph of Apollo Federation v2.
    pub federation: bool,
    /// The documents that are answered; any when there is no list.
    pub known_documents: Option<KnownDocuments>,
}

impl Default for SchemaSettings {
    fn default() -> Self {
        Self { introspection: true, federation: false, known_documents: None }
    }
}

/// A request that is within the bounds.
pub(crate) struct Prepared {
    request: Request,
    cost: u64,
    /// What its operation is; none when that is not clear (its execution will say why).
    pub(crate) kind: Option<OperationType>,
    /// The document, when it was asked before.
    known: Option<Arc<Kept>>,
    /// Whether it has passed validation, and its variables need none.
    is_valid: bool,
}

/// The schema, for serving, with everything that it usually answers.
pub fn schema(services: Services) -> Schema {
    schema_with(services, SchemaSettings::default())
}

/// The schema, for serving.
pub fn schema_with(services: Services, settings: SchemaSettings) -> Schema {
    let SchemaSettings { introspection, federation, known_documents } = settings;
    let statements = Arc::default();
    let live = Live::new(Reader::new(services.database.clone(), Arc::clone(&statements)), services.bell.clone());
    let executor = Executor::new(federation, Some((services.clone(), live)));
    let bounds = Arc::new(Bounds::new(&executor.sdl()));
    let documents = Arc::new(Documents::new(known_documents));
    let parsed = Arc::new(Parsed::new());
    Schema { executor, bounds, documents, parsed, introspection, services, statements }
}

/// The schema in GraphQL's schema definition language.
pub fn sdl() -> String {
    Executor::new(false, None).sdl()
}

/// The same as a subgraph of Apollo Federation v2: `Film`, `Person`, `Review` and `Outlet` are entities by their ids.
pub fn subgraph_sdl() -> String {
    Executor::new(true, None).composed_sdl()
}

impl Schema {
    /// Executes a query or mutation.
    ///
    /// Every error in the answer has `extensions.code`; what failed in here is masked, with the id of its line in the log.
    pub async fn execute(&self, request: impl Into<Request>) -> Response {
        let request_id = Ulid::generate().to_string();
        match self.prepare(request.into()) {
            Ok(prepared) => self.run(prepared, &request_id).await,
            Err(error) => refused(error),
        }
    }

    /// Judges a request before anything that could be made to explode.
    ///
    /// # Errors
    /// For the caller, when the document is over a bound or no GraphQL.
    pub(crate) fn prepare(&self, mut request: Request) -> Result<Prepared, ServerError> {
        let sent = self.documents.find(&mut request)?;
        let known = self.parsed.get(&request.query);
        match &known {
            Some(known) => request.set_parsed_query(known.document.clone()),
            None => bounds::scan(&request.query)?,
        }
        let text = if known.is_none() { request.query.clone() } else { String::new() };
        let (variables, name) = (std::mem::take(&mut request.variables), request.operation_name.clone());
        let document = request.parsed_query().map_err(|error| coded(error, error::PARSE_FAILED))?;
        let judged = self.bounds.check(document, &variables)?;
        if judged.introspects && !self.introspection {
            let message = "this server does not tell its schema: `__schema`, `__type` and `_service` are not answered";
            return Err(coded(ServerError::new(message, None), "INTROSPECTION_OFF"));
        }
        let no_more_to_judge = variables::check(document, name.as_deref(), &variables)?;
        let kind = operation_type(document, name.as_deref());
        if known.is_none() {
            self.parsed.keep(&text, document);
        }
        if let Some(document) = root_field::settle(document)? {
            request.set_parsed_query(document);
        }
        request.variables = variables;
        if let Some(sent) = sent {
            self.documents.keep(sent);
        }
        let is_valid = no_more_to_judge && known.as_ref().is_some_and(|known| known.is_valid());
        Ok(Prepared { request, cost: judged.cost, kind, known, is_valid })
    }

    /// Executes a query or mutation that the log knows as `request_id`.
    pub(crate) async fn run(&self, prepared: Prepared, request_id: &str) -> Response {
        let Prepared { request, cost, kind, known, is_valid } = prepared;
        if kind == Some(OperationType::Subscription) {
            let message = "a subscription is answered by a stream; accept text/event-stream, or open a WebSocket with the \
                           subprotocol graphql-transport-ws";
            return refused(coded(ServerError::new(message, None), error::BAD_USER_INPUT));
        }
        let response = self.executor.execute(request.data(self.loader()), is_valid).await;
        // Where nothing is wrong, validation found nothing.
        if let Some(known) = known.filter(|_| response.errors.is_empty()) {
            known.passed();
        }
        let mut response = response.extension("cost", self.cost(cost));
        error::present(&mut response, request_id);
        response
    }

    /// Starts a subscription that the log knows as `request_id`. A request that turns out wrong is answered by one response
    /// for which [`is_refused`] holds.
    pub(crate) fn subscribe(&self, prepared: Prepared, request_id: &str) -> BoxStream<'static, Response> {
        let Prepared { request, cost, .. } = prepared;
        let (cost, request_id) = (self.cost(cost), request_id.to_owned());
        let responses = self.executor.execute_stream(request.data(self.loader()));
        let shown = responses.map(move |response| {
            let mut response = response.extension("cost", cost.clone());
            error::present(&mut response, &request_id);
            response
        });
        shown.boxed()
    }

    /// What the schema reads from.
    pub(crate) fn services(&self) -> &Services {
        &self.services
    }

    fn loader(&self) -> async_graphql::dataloader::DataLoader<Reader> {
        loader::for_request(Reader::new(self.services.database.clone(), Arc::clone(&self.statements)))
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

/// The answer to a request that is not executed.
pub(crate) fn refused(error: ServerError) -> Response {
    let mut response = Response::from_errors(vec![error]);
    // The caller's own mistake: nothing in it is masked, and no line of the log is named.
    error::present(&mut response, "");
    response
}

/// What kind of operation a document asks for; none when that is not clear.
fn operation_type(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(operation.node.ty),
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).map(|operation| operation.node.ty)
        }
        // Without a name one of several cannot run; a lone one can.
        (DocumentOperations::Multiple(operations), None) => {
            operations.values().next().map(|operation| operation.node.ty)
        }
    }
}
