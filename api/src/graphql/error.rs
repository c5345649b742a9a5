//! What a client is told when something goes wrong: its own mistakes in full, ours under a request id.

use async_graphql::{Error, ErrorExtensionValues, ErrorExtensions, PathSegment, Response, ServerError, Value};

/// The caller gave a value that cannot be used.
pub(crate) const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
/// Something failed in here.
pub(crate) const INTERNAL: &str = "INTERNAL_SERVER_ERROR";
/// The document is not GraphQL.
pub(crate) const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document does not fit the schema, or the variables do not fit the document.
pub(crate) const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";

/// An error of the caller's. `message` says what is wrong and what would be right.
pub(crate) fn bad_input(message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", BAD_USER_INPUT))
}

/// An error with a code.
pub(crate) fn coded(mut error: ServerError, code: &str) -> ServerError {
    error.extensions.get_or_insert_default().set("code", code);
    error
}

/// The code of an error, if it has one.
pub(crate) fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// Whether nothing was executed: the request itself was refused.
pub(crate) fn is_refused(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// Gives every error a code, and takes what failed in here out of it and into the log: one line for a request.
pub(crate) fn present(response: &mut Response, request_id: &str) {
    let refused = is_refused(response);
    let mut failures = 0_u32;
    for error in &mut response.errors {
        // Errors that came up from below carry the error that they came from; those for the caller do not.
        if error.source.take().is_some() {
            if failures == 0 {
                let path = shown_path(error);
                tracing::error!(request.id = request_id, path, error = %error.message, "a field could not be answered");
            }
            failures += 1;
            error.message = "internal error".to_owned();
            let mut extensions = ErrorExtensionValues::default();
            extensions.set("code", INTERNAL);
            extensions.set("requestId", request_id);
            error.extensions = Some(extensions);
        } else if code(error).is_none() {
            let code = if refused { VALIDATION_FAILED } else { BAD_USER_INPUT };
            error.extensions.get_or_insert_default().set("code", code);
        }
    }
}

fn shown_path(error: &ServerError) -> String {
    let segments = error.path.iter().map(|segment| match segment {
        PathSegment::Field(name) => name.clone(),
        PathSegment::Index(index) => index.to_string(),
    });
    segments.collect::<Vec<_>>().join(".")
}
