//! GraphQL over WebSocket, by the graphql-transport-ws protocol: who may open one, and under which subprotocol.
//!
//! A browser opens a WebSocket for a page of any site, without asking and without a content type that could be refused: a page
//! may open one only to the server that it came from.

mod message;
mod session;

use axum::extract::{FromRequestParts, Request, WebSocketUpgrade};
use axum::response::Response;
use http::header::{HOST, ORIGIN, UPGRADE};
use http::{HeaderMap, StatusCode};

use super::State;
use super::answer::Refusal;
use session::Session;

/// The subprotocol that is spoken.
const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Whether a request wants to become a WebSocket.
pub(super) fn is_asked_for(request: &Request) -> bool {
    request.headers().get(UPGRADE).is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Opens a WebSocket.
///
/// # Errors
/// When a page of another site asks for it, the handshake is wrong, or too many streams are open.
pub(super) async fn open(state: &State, request: Request) -> Result<Response, Refusal> {
    let (mut parts, _body) = request.into_parts();
    if !is_of_this_site(&parts.headers) {
        let message = "a page of another site may not open a WebSocket here; `Origin` must name the host that is asked";
        return Err(Refusal::new(StatusCode::FORBIDDEN, "WRONG_ORIGIN", message));
    }
    let handshake = WebSocketUpgrade::from_request_parts(&mut parts, &()).await;
    let handshake = handshake.map_err(|rejection| {
        Refusal::bad_request(format!("this is no handshake of a WebSocket: {}", rejection.body_text()))
    })?;
    let open = state.stream()?;
    let bytes_max = state.settings.body_bytes_max;
    let state = state.clone();
    let handshake = handshake.max_message_size(bytes_max).max_frame_size(bytes_max).protocols([SUBPROTOCOL]);
    Ok(handshake.on_upgrade(async move |socket| {
        Session::new(socket, state).run().await;
        drop(open);
    }))
}

/// Whether no page asks, or one that came from the host that is asked.
fn is_of_this_site(headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    let (Some(origin), another) = (origins.next(), origins.next()) else { return true };
    let site = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, site)| site);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    another.is_none() && site.zip(host).is_some_and(|(site, host)| site.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_a_page_of_the_same_host_may_open_one() {
        let judged = |origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("films.example:8080"));
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_str(origin).expect("a header"));
            }
            is_of_this_site(&headers)
        };
        assert!(judged(None), "no browser");
        assert!(judged(Some("http://films.example:8080")) && judged(Some("https://Films.example:8080")));
        for other in [
            "null",
            "",
            "http://films.example",
            "http://films.example:8081",
            "http://evil.example",
            "http://films.example:8080.evil.example",
            "http://films.example:8080/",
        ] {
            assert!(!judged(Some(other)), "{other}");
        }
    }
}
