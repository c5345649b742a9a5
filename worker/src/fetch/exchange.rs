//! One HTTP request and the head of its answer, over a connection of its own.
//!
//! No pool: a host is asked one thing at a time, seconds apart. Must not know robots.txt, redirects or pages.

use std::net::SocketAddr;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONNECTION, HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use queue::page_url::path_and_query;
use tokio_util::task::AbortOnDropHandle;
use url::Url;

use super::connect::Connector;
use super::{FetchError, SizeBound};

/// The encodings that [`super::body`] can undo.
const ENCODINGS: HeaderValue = HeaderValue::from_static("gzip, br, zstd");

/// Sends requests, each over a fresh connection.
pub(super) struct Exchange {
    pub(super) connector: Connector,
    pub(super) user_agent: HeaderValue,
    pub(super) header_bytes_max: usize,
    pub(super) header_fields_max: usize,
}

/// The head of an answer, and its body still on the wire.
pub(super) struct Answer {
    pub(super) head: http::response::Parts,
    pub(super) body: Incoming,
    /// Ends the connection with the answer, whatever the host would still send.
    pub(super) connection: AbortOnDropHandle<()>,
}

impl Exchange {
    /// Asks for a URL, whose parts have been checked. Leaves the address that was connected to in `address`.
    pub(super) async fn get(
        &self,
        url: &Url,
        headers: HeaderMap,
        address: &mut Option<SocketAddr>,
    ) -> Result<Answer, FetchError> {
        let request = self.request(url, headers).map_err(|cause| FetchError::Request { url: url.clone(), cause })?;
        let stream = self.connector.open(url, address).await?;
        let (mut sender, connection) = http1::Builder::new()
            .max_headers(self.header_fields_max)
            .max_header_size(self.header_bytes_max)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(FetchError::Broken)?;
        let connection = AbortOnDropHandle::new(tokio::spawn(async move {
            // What breaks the connection is reported where the answer is awaited; this end only drives it.
            if let Err(error) = connection.await {
                tracing::trace!(error = &error as &dyn std::error::Error, "connection ended");
            }
        }));
        let answer = sender.send_request(request).await.map_err(|error| self.broken(error))?;
        let (head, body) = answer.into_parts();
        Ok(Answer { head, body, connection })
    }

    fn request(&self, url: &Url, headers: HeaderMap) -> Result<Request<Empty<Bytes>>, http::Error> {
        let host = match url.port() {
            Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
            None => url.host_str().unwrap_or_default().to_owned(),
        };
        let mut request = Request::get(path_and_query(url))
            .header(HOST, host)
            .header(USER_AGENT, self.user_agent.clone())
            .header(ACCEPT_ENCODING, ENCODINGS)
            .header(CONNECTION, "close")
            .body(Empty::new())?;
        request.headers_mut().extend(headers);
        Ok(request)
    }

    fn broken(&self, error: hyper::Error) -> FetchError {
        if error.is_parse_too_large() {
            return FetchError::TooLarge(SizeBound::Headers(self.header_bytes_max));
        }
        FetchError::Broken(error)
    }
}
