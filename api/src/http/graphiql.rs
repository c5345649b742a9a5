//! GraphiQL, out of the binary: nothing is loaded from anywhere else.

use axum::body::Body;
use axum::extract::Path;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use http::{HeaderValue, StatusCode};

use super::answer::Refusal;

const PAGE: &[u8] = include_bytes!("../../assets/graphiql/index.html");

/// Scripts from here only; the editor writes style attributes; nobody may frame the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// A file's name, type and bytes.
const ASSETS: [(&str, &str, &[u8]); 5] = [
    ("graphiql.min.js", SCRIPT, include_bytes!("../../assets/graphiql/graphiql.min.js")),
    ("graphiql.min.css", STYLE, include_bytes!("../../assets/graphiql/graphiql.min.css")),
    ("react.production.min.js", SCRIPT, include_bytes!("../../assets/graphiql/react.production.min.js")),
    ("react-dom.production.min.js", SCRIPT, include_bytes!("../../assets/graphiql/react-dom.production.min.js")),
    ("start.js", SCRIPT, include_bytes!("../../assets/graphiql/start.js")),
];

/// The page.
pub(super) fn page() -> Response {
    let mut response = file("text/html; charset=utf-8", PAGE);
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // The same address answers GraphQL to who asks for JSON.
    headers.insert(VARY, HeaderValue::from_static("accept"));
    response
}

/// One of the files that the page loads.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|(asset, _, _)| *asset == name) {
        Some((_, content_type, bytes)) => file(content_type, bytes),
        None => Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", format!("GraphiQL has no file {name:?}")).into(),
    }
}

fn file(content_type: &'static str, bytes: &'static [u8]) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    // Another version of the server may have other files under the same names.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
