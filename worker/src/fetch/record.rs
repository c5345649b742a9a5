//! What an attempt hands back: the page, and the record of how it was got, kept whether it succeeded or not.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use url::Url;

use super::FetchError;

/// One attempt: what it left to record, and what came of it.
#[derive(Debug)]
pub struct Attempt {
    /// How it went, filled as far as it got.
    pub record: FetchRecord,
    /// The page, or why there is none.
    pub result: Result<Fetched, FetchError>,
}

/// How an attempt went. A field is `None` where the attempt did not get so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchRecord {
    /// The address asked for.
    pub url: String,
    /// The addresses that were followed to, in order; the last is the page's own.
    pub redirects: Vec<String>,
    /// HTTP status of the last answer for the page (never robots.txt's).
    pub status: Option<u16>,
    /// The address that was connected to last, for the page or its robots.txt.
    pub address: Option<SocketAddr>,
    /// What decided whether we may ask: a rule of robots.txt as `disallow: /path`, or why there is no rule.
    pub robots_rule: Option<String>,
    /// Body bytes received for the page.
    pub bytes_on_wire: Option<u64>,
    /// Body bytes of the page after content decoding.
    pub bytes_decoded: Option<u64>,
    /// From start to end.
    pub duration: Duration,
    /// The pause between requests that the last host's robots.txt asks for, cut to the bound.
    pub crawl_delay: Option<Duration>,
}

/// What a successful attempt brings.
#[derive(Debug)]
pub enum Fetched {
    /// A page, with its bytes.
    Page(FetchedPage),
    /// The page is what it was when the validators were given out.
    NotModified,
}

/// A page as it was served.
#[derive(Debug, Clone)]
pub struct FetchedPage {
    /// Where its bytes came from, after redirects.
    pub url: Url,
    /// The `Content-Type` header, as sent; `None` where it was missing and the bytes look like HTML.
    pub content_type: Option<String>,
    /// The `ETag` header, as sent.
    pub etag: Option<String>,
    /// The `Last-Modified` header, as sent.
    pub last_modified: Option<String>,
    /// The body, with no content encoding left.
    pub bytes: Bytes,
}

/// What an earlier answer gave out to ask with, whether the page has changed since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag` header.
    pub etag: Option<String>,
    /// Its `Last-Modified` header.
    pub last_modified: Option<String>,
}
