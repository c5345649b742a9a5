//! GraphQL over server-sent events, in the "distinct connections" mode of the graphql-sse protocol: each request has a stream of
//! its own, `next` for each answer and `complete` at the end.
//!
//! Answers are made as the client takes them. A server that stops ends the stream without `complete`: the operation is not over,
//! and a client that comes back with `after` goes on where it was.

use std::convert::Infallible;

use async_graphql::ServerError;
use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, VARY};

use super::State;
use super::answer::{Document, Refusal};
use super::responses::responses;
use crate::graphql::{INTERNAL, Prepared};

/// Asks proxies that would gather the answer to hand on each event at once.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// A comment: says nothing, and shows that the stream is alive.
const SIGN_OF_LIFE: Bytes = Bytes::from_static(b":\n\n");

/// The end. With a line of data, though an empty one: browsers hand on no event without.
const COMPLETE: Bytes = Bytes::from_static(b"event: complete\ndata: \n\n");

/// A stream with every answer to a request.
///
/// # Errors
/// When too many streams are open.
pub(super) fn stream(
    state: &State,
    prepared: Result<Prepared, ServerError>,
    request_id: &str,
) -> Result<Response, Refusal> {
    let open = state.stream()?;
    let follows = prepared.as_ref().is_ok_and(|prepared| prepared.kind == Some(OperationType::Subscription));
    let answers = responses(state, prepared, request_id).map(|response| next(&response));
    let events = answers.chain(stream::iter([COMPLETE]));
    let events: BoxStream<'static, Bytes> =
        if follows { events.take_until(state.stopped()).boxed() } else { events.boxed() };
    let every = state.settings.sign_of_life_every;
    // Held for as long as the stream is.
    let signed = stream::unfold((events, open), move |(mut events, open)| async move {
        let event = tokio::time::timeout(every, events.next()).await.unwrap_or(Some(SIGN_OF_LIFE))?;
        Some((event, (events, open)))
    });
    // Some browsers take no headers before there is a body.
    let body = stream::iter([SIGN_OF_LIFE]).chain(signed).map(Ok::<_, Infallible>);
    let mut response = Response::new(Body::from_stream(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}

/// An answer as an event. JSON as it is written here has no line breaks.
fn next(response: &async_graphql::Response) -> Bytes {
    let document = serde_json::to_string(&Document::from(response)).unwrap_or_else(|error| {
        tracing::error!(error = %error, "an answer could not be written");
        serde_json::json!({ "errors": [{ "message": "internal error", "extensions": { "code": INTERNAL } }] })
            .to_string()
    });
    format!("event: next\ndata: {document}\n\n").into()
}
