//! Everything that can go wrong in a fetch, and what each means for the submission.

use std::io;
use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;

use entity::SubmissionOutcome;
use http::StatusCode;
use queue::address::AddressRefused;
use queue::page_url::PageUrlError;
use url::Url;

use crate::verdict::Verdict;

/// Why a [`super::Fetcher`] cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum FetcherError {
    /// The user agent has no product token that robots.txt could name.
    #[error(
        "user agent {given:?} must begin with a product token of letters, - and _, such as MarqueeBot/1.0 (+https://example.org/bot)"
    )]
    UserAgent {
        /// What was set.
        given: String,
    },
    /// TLS cannot be set up.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
}

/// Which bound of size a response went over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SizeBound {
    /// Status line and header fields.
    #[error("headers of more than {0} bytes, or too many of them")]
    Headers(usize),
    /// The body, on the wire or decoded.
    #[error("a body of more than {0} bytes")]
    Body(u64),
    /// Decoded bytes for each byte on the wire.
    #[error("a body that grows to more than {0} times its size when decoded")]
    Ratio(u64),
}

/// Why a fetch brought no page.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The URL, or one that it redirects to, cannot be asked for.
    #[error(transparent)]
    Url(#[from] PageUrlError),
    /// The address, or one that it redirects to, may not be connected to.
    #[error(transparent)]
    AddressRefused(#[from] AddressRefused),
    /// robots.txt forbids it.
    #[error("robots.txt of {origin} forbids it: {rule}")]
    RobotsDisallowed {
        /// Scheme, host and port.
        origin: String,
        /// The rule, as `disallow: /path`.
        rule: String,
    },
    /// robots.txt cannot be read for now, which forbids everything for now (RFC 9309).
    #[error("{url} cannot be read, so that nothing may be fetched from its host for now")]
    RobotsUnavailable {
        /// Where it was asked for.
        url: Url,
        /// What went wrong.
        #[source]
        cause: Box<FetchError>,
    },
    /// The name has no address.
    #[error("host {host} has no address that could be looked up")]
    NoSuchHost {
        /// The name.
        host: String,
        /// What the resolver said, if it did not say "none".
        #[source]
        cause: Option<io::Error>,
    },
    /// None of the host's addresses takes a connection.
    #[error("host {host} cannot be connected to{}", at(*address))]
    NotConnected {
        /// The name or address.
        host: String,
        /// The address that was tried last.
        address: Option<SocketAddr>,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// TLS was not agreed on, or the certificate is not the host's.
    #[error("no trusted TLS connection to {host}")]
    Tls {
        /// The name or address.
        host: String,
        /// What TLS said.
        #[source]
        cause: io::Error,
    },
    /// A bound of time ran out.
    #[error("{what} took longer than {limit:?}")]
    TimedOut {
        /// What was waited for.
        what: &'static str,
        /// The bound.
        limit: Duration,
    },
    /// The body came more slowly than the least rate.
    #[error("the body brought fewer than {bytes} bytes in {window:?}")]
    TooSlow {
        /// Least bytes in the window.
        bytes: u64,
        /// The window.
        window: Duration,
    },
    /// The connection broke, or what came over it is not HTTP, or ended too soon.
    #[error("the connection broke or did not speak HTTP")]
    Broken(#[source] hyper::Error),
    /// A bound of size was passed.
    #[error("the host sends {0}")]
    TooLarge(SizeBound),
    /// The body is not in the encoding that its header names.
    #[error("the body cannot be decoded as {encoding:?}")]
    Undecodable {
        /// The `Content-Encoding` header.
        encoding: String,
        /// What the decoder said; of kind `Unsupported` if there is none for this encoding.
        #[source]
        cause: io::Error,
    },
    /// The host answered with a status that brings no page.
    #[error("the host answered {status}")]
    Status {
        /// The status.
        status: StatusCode,
        /// The wait that it asked for, cut to the bound.
        retry_after: Option<Duration>,
    },
    /// The answer is not HTML.
    #[error("the answer is of type {content_type:?}; only text/html and application/xhtml+xml are read")]
    UnsupportedType {
        /// The `Content-Type` header, or what the bytes look like.
        content_type: String,
    },
    /// More redirects than the bound.
    #[error("more than {limit} redirects")]
    TooManyRedirects {
        /// The bound.
        limit: usize,
    },
    /// A redirect to where we have been.
    #[error("redirects lead back to {url}")]
    RedirectLoop {
        /// The URL that comes up again.
        url: Url,
    },
    /// A redirect that says no usable place.
    #[error("status {status} with Location {location:?}, which is no URL")]
    BadRedirect {
        /// The status.
        status: StatusCode,
        /// The `Location` header, lossily; `None` if it is missing.
        location: Option<String>,
    },
    /// The URL cannot be put into an HTTP request.
    #[error("{url} cannot be put into a request")]
    Request {
        /// The URL.
        url: Url,
        /// What the HTTP library said.
        #[source]
        cause: http::Error,
    },
}

fn at(address: Option<SocketAddr>) -> String {
    address.map(|address| format!(" at {address}")).unwrap_or_default()
}

/// `HTTP_404` and the like, for every status that can be received.
static STATUS_CODES: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..1_000).map(|status| format!("HTTP_{status:03}")).collect());

impl FetchError {
    /// The stable code that clients see and the `fetch` table keeps, such as `HTTP_404` or `TIMED_OUT`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Url(error) => error.code(),
            Self::AddressRefused(_) => "BLOCKED_ADDRESS",
            Self::RobotsDisallowed { .. } => "ROBOTS_DISALLOWED",
            Self::RobotsUnavailable { .. } => "ROBOTS_UNAVAILABLE",
            Self::NoSuchHost { .. } => "NO_SUCH_HOST",
            Self::NotConnected { .. } => "NOT_CONNECTED",
            Self::Tls { .. } => "TLS_FAILED",
            Self::TimedOut { .. } => "TIMED_OUT",
            Self::TooSlow { .. } => "TOO_SLOW",
            Self::Broken(_) => "CONNECTION_BROKEN",
            Self::TooLarge(SizeBound::Headers(_)) => "HEADERS_TOO_LARGE",
            Self::TooLarge(SizeBound::Body(_)) => "BODY_TOO_LARGE",
            Self::TooLarge(SizeBound::Ratio(_)) => "DECOMPRESSION_BOMB",
            Self::Undecodable { .. } => "UNDECODABLE_BODY",
            Self::Status { status, .. } => {
                STATUS_CODES.get(usize::from(status.as_u16())).map_or("HTTP_ERROR", String::as_str)
            }
            Self::UnsupportedType { .. } => "UNSUPPORTED_TYPE",
            Self::TooManyRedirects { .. } => "TOO_MANY_REDIRECTS",
            Self::RedirectLoop { .. } => "REDIRECT_LOOP",
            Self::BadRedirect { .. } => "BAD_REDIRECT",
            Self::Request { .. } => "INVALID_URL",
        }
    }

    /// What went wrong with all its causes, for people, in one line.
    pub fn message(&self) -> String {
        crate::with_causes(self)
    }

    /// What it means for the submission.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::AddressRefused(_) => Verdict::Final(SubmissionOutcome::BlockedAddress),
            Self::RobotsDisallowed { .. } => Verdict::Final(SubmissionOutcome::RobotsDisallowed),
            Self::TooLarge(_) => Verdict::Final(SubmissionOutcome::TooLarge),
            Self::Url(_)
            | Self::UnsupportedType { .. }
            | Self::TooManyRedirects { .. }
            | Self::RedirectLoop { .. }
            | Self::BadRedirect { .. }
            | Self::Request { .. } => Verdict::Final(SubmissionOutcome::Unsupported),
            Self::Status { status, retry_after } => status_verdict(*status, *retry_after),
            Self::RobotsUnavailable { cause, .. } => match cause.verdict() {
                Verdict::Later(wait) => Verdict::Later(wait),
                Verdict::Retry | Verdict::Final(_) => Verdict::Retry,
            },
            Self::NoSuchHost { .. }
            | Self::NotConnected { .. }
            | Self::Tls { .. }
            | Self::TimedOut { .. }
            | Self::TooSlow { .. }
            | Self::Broken(_)
            | Self::Undecodable { .. } => Verdict::Retry,
        }
    }
}

fn status_verdict(status: StatusCode, retry_after: Option<Duration>) -> Verdict {
    match (status.as_u16(), retry_after) {
        (429 | 503, Some(wait)) => Verdict::Later(wait),
        // 202 says that the page is not ready yet.
        (429 | 202, _) => Verdict::Retry,
        (404 | 410, _) => Verdict::Final(SubmissionOutcome::Gone),
        (401 | 402, _) => Verdict::Final(SubmissionOutcome::Paywalled),
        (403 | 451, _) => Verdict::Final(SubmissionOutcome::BlockedBySite),
        (500.., _) => Verdict::Retry,
        _ => Verdict::Final(SubmissionOutcome::Unsupported),
    }
}
