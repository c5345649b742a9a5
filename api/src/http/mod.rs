//! The HTTP server: GraphQL over HTTP to the letter of its specification, GraphiQL for browsers, and two probes.
//!
//! Our own handler rather than the library's, which runs mutations sent by GET and bodies that a browser sends across sites
//! without asking. It must not know what the schema's fields mean.

mod answer;
mod graphiql;
mod guard;
mod media;
mod operation;
mod parameters;
mod probe;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{any, get};
use axum::serve::ListenerExt;
use http::StatusCode;
use tokio::net::TcpListener;

use crate::graphql::Schema;
use answer::Refusal;

/// How the server treats requests.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether only requests for `localhost`, `127.0.0.1` or `[::1]` are answered. To be set when listening on loopback: a
    /// page elsewhere can have its own name lead here, and would read the answers.
    pub loopback_hosts_only: bool,
    /// Longest time for one request, from its headers to its answer.
    pub request_time_max: Duration,
    /// Bytes of a request's body at most.
    pub body_bytes_max: usize,
    /// Requests in one body at most.
    pub batch_max: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            loopback_hosts_only: true,
            request_time_max: Duration::from_secs(30),
            // A thousand URLs of the greatest length do not fit; a thousand of the usual length do, ten times over.
            body_bytes_max: 1024 * 1024,
            batch_max: 10,
        }
    }
}

/// What the handlers share.
#[derive(Clone)]
struct State {
    schema: Schema,
    settings: Settings,
}

/// Everything that is served.
pub fn router(schema: Schema, settings: Settings) -> Router {
    let state = State { schema, settings };
    Router::new()
        .route("/graphql", any(operation::handle))
        .route("/graphiql/{file}", get(graphiql::asset))
        .route("/health", get(probe::health))
        .route("/ready", get(probe::ready))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        // The body is bounded where it is read, which can say the limit.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(state.clone(), in_time))
        .layer(middleware::from_fn_with_state(state.clone(), guard::guard))
        .with_state(state)
}

/// Serves until `stop` is ready, then finishes the requests that have begun.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let listener = listener.tap_io(|connection| {
        // Small answers must not wait for more to be sent with them.
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(error = %error, "a connection could not be set to send at once");
        }
    });
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}

/// Answers in time, or says that it took too long: the work is dropped then.
async fn in_time(axum::extract::State(state): axum::extract::State<State>, request: Request, next: Next) -> Response {
    let limit = state.settings.request_time_max;
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_elapsed) => {
            let message =
                format!("the request took longer than {} s, the limit: ask for less at once", limit.as_secs_f64());
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "TIMEOUT", message).into()
        }
    }
}

async fn not_found(request: Request) -> Response {
    let message = format!("nothing is served at {:?}; GraphQL is at \"/graphql\"", request.uri().path());
    Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", message).into()
}

async fn method_not_allowed(request: Request) -> Response {
    let message = format!("{} is not answered here; use GET", request.method());
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message).into()
}
