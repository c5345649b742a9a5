//! GraphQL over server-sent events, in the "distinct connections" mode of the graphql-sse protocol: each request has a stream of
//! its own, `next` for each answer and `complete` at the end.
//!
//! Answers are made as the client takes them. A server that stops ends the stream without `complete`: the operation is not over,
//! and a client that comes back with `after` goes on where it was.

use std::convert::Infallible;

use async_graphql::ServerError;
use async_graphql::parser::types::OperationType;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, BoxStream, StreamExt};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, HeaderName, VARY};

use super::State;
use super::answer::{Document, Refusal};
use super::responses::responses;
use crate::graphql::{INTERNAL, Prepared};

/// Asks proxies that would gather the answer to hand on each event at once.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

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
    let events = answers.chain(stream::iter([Event::default().event("complete").data("")]));
    let events: BoxStream<'static, Event> =
        if follows { events.take_until(state.stopped()).boxed() } else { events.boxed() };
    let events = events.map(move |event| {
        // Held for as long as the stream is.
        let _open = &open;
        Ok::<_, Infallible>(event)
    });
    let mut response =
        Sse::new(events).keep_alive(KeepAlive::new().interval(state.settings.sign_of_life_every)).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}

fn next(response: &async_graphql::Response) -> Event {
    let event = || Event::default().event("next");
    event().json_data(Document::from(response)).unwrap_or_else(|error| {
        tracing::error!(error = %error, "an answer could not be written");
        let failed =
            serde_json::json!({ "errors": [{ "message": "internal error", "extensions": { "code": INTERNAL } }] });
        event().data(failed.to_string())
    })
}
