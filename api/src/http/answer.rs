//! Answers: GraphQL responses as bytes, and requests that are refused before GraphQL sees them.

use async_graphql::{ServerError, Value};
use axum::body::Body;
use axum::response::Response;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, VARY};
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use super::media::Media;
use crate::graphql::is_refused;

/// A request that is not executed, and why.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    code: &'static str,
    pub(super) message: String,
    media: Media,
    /// What is allowed instead, where the method is wrong.
    allow: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), media: Media::Json, allow: None }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// In the media type that the client prefers.
    pub(super) fn in_media(mut self, media: Media) -> Self {
        self.media = media;
        self
    }

    pub(super) fn allowing(mut self, methods: &'static str) -> Self {
        self.allow = Some(methods);
        self
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        let body = serde_json::json!({
            "errors": [{ "message": refusal.message, "extensions": { "code": refusal.code } }]
        });
        let mut response = written(refusal.status, refusal.media, body.to_string().into_bytes());
        if let Some(methods) = refusal.allow {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
        }
        response.extensions_mut().insert(Refused { code: refusal.code });
        response
    }
}

/// Why a request was not executed, for the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refused {
    pub(super) code: &'static str,
}

/// A GraphQL response as the specification writes it.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    #[serde(skip_serializing_if = "<[ServerError]>::is_empty")]
    errors: &'a [ServerError],
    /// Absent when nothing was executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<Extensions<'a>>,
}

type Extensions<'a> = &'a std::collections::BTreeMap<String, Value>;

impl<'a> From<&'a async_graphql::Response> for Document<'a> {
    fn from(response: &'a async_graphql::Response) -> Self {
        Self {
            errors: &response.errors,
            data: (!is_refused(response)).then_some(&response.data),
            extensions: Some(&response.extensions).filter(|extensions| !extensions.is_empty()),
        }
    }
}

/// The answer to one request.
pub(super) fn single(response: &async_graphql::Response, media: Media) -> Response {
    // A client of the older media type is told by the body alone, as the specification advises.
    let refused = media == Media::GraphqlResponse && is_refused(response);
    let status = if refused { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    serialised(status, media, &Document::from(response))
}

/// The answers to a batch, in order.
pub(super) fn batch(responses: &[async_graphql::Response], media: Media) -> Response {
    let documents: Vec<Document<'_>> = responses.iter().map(Document::from).collect();
    serialised(StatusCode::OK, media, &documents)
}

fn serialised(status: StatusCode, media: Media, document: &impl Serialize) -> Response {
    match serde_json::to_vec(document) {
        Ok(body) => written(status, media, body),
        Err(error) => {
            tracing::error!(error = %error, "an answer could not be written");
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, crate::graphql::INTERNAL, "internal error").into()
        }
    }
}

fn written(status: StatusCode, media: Media, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    response
}
