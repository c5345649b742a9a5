//! `/graphql`: one request or a batch by POST, a query by GET, a stream of events or a WebSocket for subscriptions, GraphiQL
//! for a browser.

use async_graphql::ServerError;
use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use futures::future::join_all;
use http::header::CONTENT_ENCODING;
use http::{HeaderMap, Method, StatusCode};

use super::State as Shared;
use super::answer::{self, Refusal};
use super::events;
use super::graphiql;
use super::guard::RequestId;
use super::media::{Accepts, Media, Wanted, is_json_body};
use super::parameters::{self, Parameters};
use super::socket;
use crate::graphql::{Prepared, refused};

/// Methods that are answered.
const METHODS: &str = "GET, POST";

/// Answers any request for `/graphql`.
pub(super) async fn handle(State(state): State<Shared>, request: Request) -> Response {
    if socket::is_asked_for(&request) {
        return socket::open(&state, request).await.unwrap_or_else(Response::from);
    }
    let accepts = Accepts::read(request.headers());
    if request.method() == Method::GET && accepts.prefers_html() {
        return graphiql::page();
    }
    let Some(wanted) = accepts.wanted() else {
        let message = "the answer is application/graphql-response+json, application/json or text/event-stream; accept one \
                       of them";
        return Refusal::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message).into();
    };
    let answered = match *request.method() {
        Method::GET => query(&state, request, wanted).await,
        Method::POST => post(&state, request, wanted).await,
        _ => Err(method_not_allowed(format!("{} is not answered here; use GET or POST", request.method()), METHODS)),
    };
    answered.unwrap_or_else(|refusal| refusal.in_media(wanted.media).into())
}

/// A query in the address. A mutation is never run: links and images send GET.
async fn query(state: &Shared, request: Request, wanted: Wanted) -> Result<Response, Refusal> {
    let id = request_id(&request);
    let graphql = parameters::from_query_string(request.uri().query().unwrap_or_default())?;
    let prepared = state.schema.prepare(graphql);
    if kind(&prepared) == Some(OperationType::Mutation) {
        return Err(method_not_allowed("a mutation is not run by GET; use POST".to_owned(), "POST"));
    }
    answer(state, prepared, wanted, &id).await
}

async fn post(state: &Shared, request: Request, wanted: Wanted) -> Result<Response, Refusal> {
    let id = request_id(&request);
    let (parts, body) = request.into_parts();
    refuse_wrong_body(&parts.headers)?;
    let body = read(body, state.settings.body_bytes_max).await?;
    match parameters::from_body(&body, state.settings.batch_max)? {
        Parameters::Single(graphql) => answer(state, state.schema.prepare(*graphql), wanted, &id).await,
        Parameters::Batch(_) if wanted.media == Media::EventStream => {
            Err(Refusal::bad_request("a batch is not answered as text/event-stream; accept application/json"))
        }
        Parameters::Batch(requests) => {
            let executions = requests.into_iter().map(|graphql| execute(state, state.schema.prepare(graphql), &id));
            Ok(answer::batch(&join_all(executions).await, wanted.media))
        }
    }
}

/// One answer, or a stream of them: a subscription has that from whoever can read it at all.
async fn answer(
    state: &Shared,
    prepared: Result<Prepared, ServerError>,
    wanted: Wanted,
    id: &str,
) -> Result<Response, Refusal> {
    let follows = kind(&prepared) == Some(OperationType::Subscription) && wanted.takes_events;
    if follows || wanted.media == Media::EventStream {
        return events::stream(state, prepared, id);
    }
    Ok(answer::single(&execute(state, prepared, id).await, wanted.media))
}

fn kind(prepared: &Result<Prepared, ServerError>) -> Option<OperationType> {
    prepared.as_ref().ok().and_then(|prepared| prepared.kind)
}

async fn execute(state: &Shared, prepared: Result<Prepared, ServerError>, id: &str) -> async_graphql::Response {
    match prepared {
        Ok(prepared) => state.schema.run(prepared, id).await,
        Err(error) => refused(error),
    }
}

/// Refuses bodies that are not plain JSON. That keeps out what a browser sends for a page of another site without asking
/// this server first: forms and plain text.
fn refuse_wrong_body(headers: &HeaderMap) -> Result<(), Refusal> {
    if !is_json_body(headers) {
        let message = "the content type must be application/json, in UTF-8";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message));
    }
    if headers.get(CONTENT_ENCODING).is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let message = "compressed bodies are not read; send the body without content-encoding";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message));
    }
    Ok(())
}

async fn read(body: Body, bytes_max: usize) -> Result<axum::body::Bytes, Refusal> {
    axum::body::to_bytes(body, bytes_max).await.map_err(|error| {
        let too_long =
            std::error::Error::source(&error).is_some_and(|source| source.is::<http_body_util::LengthLimitError>());
        if too_long {
            let message = format!("the body is longer than {bytes_max} bytes, the limit");
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message)
        } else {
            Refusal::bad_request(format!("the body could not be read: {error}"))
        }
    })
}

fn method_not_allowed(message: String, allowed: &'static str) -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message).allowing(allowed)
}

fn request_id(request: &Request) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}
