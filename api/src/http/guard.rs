//! What goes around every request: its id, whom it may be addressed to, safe headers, and a line in the log when it fails.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{HOST, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, StatusCode};
use ulid::Ulid;

use super::State as Shared;
use super::answer::{Refusal, Refused};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names a request in the log, in the answer's headers, and in errors whose cause is not shown.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub(super) String);

/// Lets a request through, or refuses it.
pub(super) async fn guard(State(state): State<Shared>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = Ulid::generate().to_string();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = if state.settings.loopback_hosts_only && !is_addressed_to_loopback(&request) {
        let message = "this server answers on this machine only: ask for localhost, 127.0.0.1 or [::1]";
        Refusal::new(StatusCode::MISDIRECTED_REQUEST, "WRONG_HOST", message).into()
    } else {
        next.run(request).await
    };
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let code = response.extensions().get::<Refused>().map_or("", |refused| refused.code);
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(
            request.id = id, http.method = %method, http.path = path, http.status = status.as_u16(), code, duration_ms,
            "a request failed"
        );
    }
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(X_REQUEST_ID, id);
    }
    response
}

/// Whether the host that the client believes to be talking to is this machine.
fn is_addressed_to_loopback(request: &Request) -> bool {
    let in_target = request.uri().authority().map(|authority| authority.as_str().to_owned());
    let mut headers = request.headers().get_all(HOST).iter();
    let (header, second) = (headers.next(), headers.next());
    // Two hosts, or one in the target that is not the header's, are nobody's honest request.
    let header = match (header, second) {
        (Some(header), None) => header.to_str().ok().map(str::to_owned),
        (None, _) => None,
        _ => return false,
    };
    let hosts: Vec<String> = in_target.into_iter().chain(header).collect();
    !hosts.is_empty() && hosts.iter().all(|host| is_loopback(host))
}

/// Whether `HOST` or `HOST:PORT` is a name of this machine.
fn is_loopback(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        let rest = host.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name)).and(host.get(name.len()..));
        match rest.map(|rest| rest.strip_prefix(':').unwrap_or(rest)) {
            Some("") => true,
            Some(port) => {
                host.len() > name.len() + 1 && port.len() < rest.map_or(0, str::len) && port.parse::<u16>().is_ok()
            }
            None => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_this_machine_are_loopback() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:1"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "127.0.0.1:80@evil.example",
            "",
            "localhost:x",
            "localhostx",
            "[::1]evil",
            "0.0.0.0",
            "localhost:99999",
            "127.0.0.18080",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
