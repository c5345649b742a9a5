//! The HTTP server: GraphQL over HTTP to the letter of its specification, subscriptions over WebSockets and streams of events,
//! GraphiQL for browsers, and two probes.
//!
//! Our own handler rather than the library's, which runs mutations sent by GET and bodies that a browser sends across sites
//! without asking. It must not know what the schema's fields mean.

mod answer;
mod events;
mod graphiql;
mod guard;
mod media;
mod operation;
mod parameters;
mod probe;
mod responses;
mod socket;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{any, get};
use axum::serve::Listener;
use http::StatusCode;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_io_timeout::TimeoutStream;

use crate::graphql::Schema;
use answer::Refusal;

/// Longest wait, once the server stops, for clients to let go of their streams.
const LEAVE_WITHIN: Duration = Duration::from_secs(5);

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
    /// WebSockets and streams of events that are open at once, at most.
    pub streams_max: u32,
    /// Operations under way on one WebSocket, at most.
    pub socket_operations_max: usize,
    /// Longest wait for a WebSocket's first message, `connection_init`.
    pub socket_init_time_max: Duration,
    /// Time between two signs of life on a stream; a WebSocket that gives none back in this time is given up.
    pub sign_of_life_every: Duration,
    /// Longest time that a client may leave what it is sent untaken; then its connection is cut.
    pub write_time_max: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            loopback_hosts_only: true,
            request_time_max: Duration::from_secs(30),
            // A thousand URLs of the greatest length do not fit; a thousand of the usual length do, ten times over.
            body_bytes_max: 1024 * 1024,
            batch_max: 10,
            streams_max: 10_000,
            socket_operations_max: 100,
            // As long, and as often, as the reference implementations of the protocols.
            socket_init_time_max: Duration::from_secs(3),
            sign_of_life_every: Duration::from_secs(12),
            write_time_max: Duration::from_secs(30),
        }
    }
}

/// What the handlers share.
#[derive(Clone)]
struct State {
    schema: Schema,
    settings: Settings,
    /// Turns true when the server stops: streams end then.
    stop: watch::Receiver<bool>,
    streams: Arc<Semaphore>,
}

impl State {
    fn new(schema: Schema, settings: Settings, stop: watch::Receiver<bool>) -> Self {
        let streams = Arc::new(Semaphore::new(usize::try_from(settings.streams_max).unwrap_or(Semaphore::MAX_PERMITS)));
        Self { schema, settings, stop, streams }
    }

    /// Leave to open one more stream.
    fn stream(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.streams).try_acquire_owned().map_err(|_full| {
            let message = format!("{} streams are open, the limit; come back later", self.settings.streams_max);
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "TOO_MANY_STREAMS", message)
        })
    }

    /// Waits until the server stops.
    fn stopped(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stop = self.stop.clone();
        async move {
            if stop.wait_for(|stopping| *stopping).await.is_err() {
                // Nobody is left who could say so.
                std::future::pending::<()>().await;
            }
        }
    }
}

fn router(state: State) -> Router {
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

/// Serves until `stop` turns true, then finishes the requests that have begun and takes leave of who follows something.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    schema: Schema,
    settings: Settings,
    stop: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let state = State::new(schema, settings, stop);
    let listener = Patient { listener, write_time_max: state.settings.write_time_max };
    axum::serve(listener, router(state.clone())).with_graceful_shutdown(state.stopped()).await?;
    let left = state.streams.acquire_many(state.settings.streams_max);
    if tokio::time::timeout(LEAVE_WITHIN, left).await.is_err() {
        tracing::warn!("some WebSockets were not closed in time");
    }
    Ok(())
}

/// Takes connections that are cut when the client leaves what it is sent untaken for too long: that is all that is held for
/// a slow client, whatever it asked for.
struct Patient {
    listener: TcpListener,
    write_time_max: Duration,
}

impl Listener for Patient {
    type Io = Pin<Box<TimeoutStream<TcpStream>>>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        let (connection, address) = Listener::accept(&mut self.listener).await;
        // Small answers must not wait for more to be sent with them.
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(error = %error, "a connection could not be set to send at once");
        }
        let mut connection = TimeoutStream::new(connection);
        connection.set_write_timeout(Some(self.write_time_max));
        (Box::pin(connection), address)
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
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
