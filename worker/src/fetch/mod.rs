//! The one place that asks the web for anything: pages, their robots.txt, and whatever either redirects to.
//!
//! Every request goes the same way: the URL is judged, robots.txt is obeyed, the host's addresses are judged, and the answer is
//! read within bounds. Redirects are followed here, so that each is judged like the first URL. Must not know submissions, the
//! database, or when a host may be asked again.

mod body;
mod connect;
mod content_type;
mod error;
mod exchange;
mod limits;
mod record;
mod retry_after;
mod robots;
mod robots_cache;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::SystemTime;

pub use connect::Resolve;
pub use error::{FetchError, FetcherError, SizeBound};
use http::header::{ACCEPT, CONTENT_TYPE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
pub use limits::FetchLimits;
use queue::address::AddressPolicy;
use queue::page_url::check_parts;
pub use record::{Attempt, FetchRecord, Fetched, FetchedPage, Validators};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use url::Url;

use body::{BodyBounds, BodyCount, Overlong};
use connect::{Connector, SystemResolver};
use exchange::{Answer, Exchange};
use robots::RobotsFile;
use robots_cache::RobotsCache;

/// How much of what a host says is kept in records and messages, in characters. Header values may have tens of thousands.
const QUOTED_CHARACTERS_MAX: usize = 200;

/// The longest validator that is kept and sent back, in bytes: ten times what servers make.
const VALIDATOR_BYTES_MAX: usize = 1_024;

/// What a fetcher is set up with, once, by whoever starts the process.
#[derive(Debug, Clone)]
pub struct FetchSettings {
    /// What may be connected to.
    pub policy: AddressPolicy,
    /// The `User-Agent` header: a product token that robots.txt can name, and where its operator can be reached, such as
    /// `MarqueeBot/1.0 (+https://example.org/bot)`.
    pub user_agent: String,
    /// The bounds.
    pub limits: FetchLimits,
}

/// Fetches pages. One per process, shared by all its workers, so that a robots.txt is fetched once for all of them.
pub struct Fetcher {
    exchange: Exchange,
    product_token: String,
    robots: RobotsCache,
    limits: FetchLimits,
}

/// What an attempt has come to so far; kept outside what a time-out drops.
#[derive(Default)]
struct Progress {
    record: FetchRecord,
    body: Option<Arc<BodyCount>>,
}

impl Fetcher {
    /// A fetcher that resolves names as the system does, and trusts the certificate authorities that Mozilla trusts.
    ///
    /// # Errors
    /// [`FetcherError`] if the user agent cannot be sent or named, or TLS cannot be set up.
    pub fn new(settings: FetchSettings) -> Result<Self, FetcherError> {
        Self::with_resolver(settings, Arc::new(SystemResolver))
    }

    /// The same with names looked up elsewhere.
    ///
    /// # Errors
    /// As [`Fetcher::new`].
    pub fn with_resolver(settings: FetchSettings, resolver: Arc<dyn Resolve>) -> Result<Self, FetcherError> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Self::with_roots(settings, resolver, roots)
    }

    fn with_roots(
        settings: FetchSettings,
        resolver: Arc<dyn Resolve>,
        roots: RootCertStore,
    ) -> Result<Self, FetcherError> {
        let FetchSettings { policy, user_agent, limits } = settings;
        let product_token = robots::product_token(&user_agent).to_owned();
        let user_agent = match HeaderValue::from_str(&user_agent) {
            Ok(value) if !product_token.is_empty() => value,
            _ => return Err(FetcherError::UserAgent { given: user_agent }),
        };
        // Named rather than taken from the process, where another library may have put another provider or none.
        let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(FetcherError::Tls)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let connector = Connector {
            policy,
            resolver,
            tls: TlsConnector::from(Arc::new(tls)),
            limit: limits.connect,
            addresses_max: limits.addresses_max,
        };
        let exchange = Exchange {
            connector,
            user_agent,
            header_bytes_max: limits.header_bytes_max,
            header_fields_max: limits.header_fields_max,
        };
        let robots = RobotsCache::new(limits.robots_kept, limits.robots_entries_max, limits.robots_cache_bytes_max);
        Ok(Self { exchange, product_token, robots, limits })
    }

    /// One attempt at a page: robots.txt first (unless it is known), then the page, following redirects.
    ///
    /// With validators, the answer may be that nothing has changed. Never takes longer than `FetchLimits::whole`.
    pub async fn fetch(&self, url: &Url, validators: Option<&Validators>) -> Attempt {
        let started = Instant::now();
        let mut progress = Progress::default();
        progress.record.url = url.to_string();
        let limit = self.limits.whole;
        let result = match timeout(limit, Box::pin(self.follow(url, validators, &mut progress))).await {
            Ok(result) => result,
            Err(_elapsed) => Err(FetchError::TimedOut { what: "the whole fetch", limit }),
        };
        let Progress { mut record, body } = progress;
        record.bytes_on_wire = body.as_ref().map(|count| count.on_wire());
        record.bytes_decoded = body.as_ref().map(|count| count.decoded());
        record.duration = started.elapsed();
        Attempt { record, result }
    }

    async fn follow(
        &self,
        url: &Url,
        validators: Option<&Validators>,
        progress: &mut Progress,
    ) -> Result<Fetched, FetchError> {
        let mut here = url.clone();
        here.set_fragment(None);
        check_parts(&here)?;
        let mut visited = vec![here.clone()];
        loop {
            self.obey_robots(&here, &mut progress.record).await?;
            // What one host gave out is not told to another.
            let asked_with = validators.filter(|_| here.host() == url.host());
            let headers = page_headers(asked_with);
            let is_conditional = headers.contains_key(IF_NONE_MATCH) || headers.contains_key(IF_MODIFIED_SINCE);
            let answer = self.exchange.get(&here, headers, &mut progress.record.address).await?;
            progress.record.status = Some(answer.head.status.as_u16());
            if !is_redirect(answer.head.status) {
                return self.take(here, answer, is_conditional, progress).await;
            }
            here = redirect_target(&here, &answer)?;
            progress.record.redirects.push(here.to_string());
            if visited.contains(&here) {
                return Err(FetchError::RedirectLoop { url: here });
            }
            if visited.len() > self.limits.redirects_max {
                return Err(FetchError::TooManyRedirects { limit: self.limits.redirects_max });
            }
            visited.push(here.clone());
        }
    }

    /// The page that the last answer brings.
    async fn take(
        &self,
        url: Url,
        answer: Answer,
        is_conditional: bool,
        progress: &mut Progress,
    ) -> Result<Fetched, FetchError> {
        let head = &answer.head;
        match head.status {
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {}
            StatusCode::NOT_MODIFIED if is_conditional => return Ok(Fetched::NotModified),
            _ => return Err(self.refused(&answer)),
        }
        let content_type = head.headers.get(CONTENT_TYPE).map(quoted);
        let (etag, last_modified) = (validator(&head.headers, ETAG), validator(&head.headers, LAST_MODIFIED));
        if let Some(other) = content_type.as_ref().filter(|content_type| !content_type::is_page(content_type)) {
            return Err(FetchError::UnsupportedType { content_type: other.clone() });
        }
        let count = Arc::new(BodyCount::default());
        progress.body = Some(Arc::clone(&count));
        let bounds = BodyBounds::new(&self.limits, self.limits.body_bytes_max, Overlong::Refuse);
        let bytes = body::read(answer, bounds, count).await?;
        if content_type.is_none() && !content_type::looks_like_page(&bytes) {
            return Err(FetchError::UnsupportedType {
                content_type: "none given, and the bytes are not HTML".to_owned(),
            });
        }
        Ok(Fetched::Page(FetchedPage { url, content_type, etag, last_modified, bytes }))
    }

    fn refused(&self, answer: &Answer) -> FetchError {
        let retry_after =
            retry_after::retry_after(&answer.head.headers, SystemTime::now(), self.limits.retry_after_max);
        FetchError::Status { status: answer.head.status, retry_after }
    }

    /// Asks the robots.txt of the URL's origin whether it may be fetched.
    async fn obey_robots(&self, url: &Url, record: &mut FetchRecord) -> Result<(), FetchError> {
        let origin = url.origin().ascii_serialization();
        let file = match self.robots.get(&origin) {
            Some(file) => file,
            None => self.robots_file(&origin, url, record).await?,
        };
        let ruling = file.ruling(&self.product_token, url);
        let rule = shortened(&ruling.rule);
        record.robots_rule = Some(rule.clone());
        record.crawl_delay = ruling.crawl_delay.map(|delay| delay.min(self.limits.crawl_delay_max));
        if ruling.is_allowed {
            return Ok(());
        }
        Err(FetchError::RobotsDisallowed { origin, rule })
    }

    /// The robots.txt of an origin from the web, unless another fetch has brought it meanwhile.
    async fn robots_file(&self, origin: &str, url: &Url, record: &mut FetchRecord) -> Result<RobotsFile, FetchError> {
        let _flight = self.robots.take_off(origin).await;
        if let Some(file) = self.robots.get(origin) {
            return Ok(file);
        }
        record.robots_rule = Some("robots.txt not read".to_owned());
        let file = Box::pin(self.fetch_robots(url, record)).await?;
        self.robots.keep(origin, file.clone());
        Ok(file)
    }

    async fn fetch_robots(&self, url: &Url, record: &mut FetchRecord) -> Result<RobotsFile, FetchError> {
        let mut here = url.clone();
        here.set_path("/robots.txt");
        here.set_query(None);
        for _ in 0..=self.limits.robots_redirects_max {
            let unavailable = |cause| robots_unavailable(&here, cause);
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static("text/plain, */*;q=0.1"));
            let answer = self.exchange.get(&here, headers, &mut record.address).await.map_err(unavailable)?;
            let status = answer.head.status;
            if status.is_success() {
                let bytes_max = self.limits.robots_bytes_max;
                // One byte more shows whether the last line is whole.
                let bounds = BodyBounds::new(&self.limits, bytes_max.saturating_add(1), Overlong::Cut);
                let body = body::read(answer, bounds, Arc::default()).await.map_err(unavailable)?;
                return Ok(RobotsFile::from_body(body, usize::try_from(bytes_max).unwrap_or(usize::MAX)));
            }
            if is_redirect(status) {
                match redirect_target(&here, &answer) {
                    Ok(next) => here = next,
                    Err(error) => return Ok(RobotsFile::None(format!("no robots.txt: {error}"))),
                }
            } else if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
                return Ok(RobotsFile::None(format!("no robots.txt: status {}", status.as_u16())));
            } else {
                return Err(unavailable(self.refused(&answer)));
            }
        }
        let limit = self.limits.robots_redirects_max;
        Ok(RobotsFile::None(format!("no robots.txt: more than {limit} redirects")))
    }
}

/// An error on the way to robots.txt. What keeps us from the host itself is said as it is, since the page would meet the same;
/// anything else means that robots.txt cannot be read for now.
fn robots_unavailable(url: &Url, cause: FetchError) -> FetchError {
    match cause {
        FetchError::AddressRefused(_)
        | FetchError::NoSuchHost { .. }
        | FetchError::NotConnected { .. }
        | FetchError::Tls { .. }
        | FetchError::TimedOut { .. } => cause,
        _ => FetchError::RobotsUnavailable { url: url.clone(), cause: Box::new(cause) },
    }
}

fn page_headers(validators: Option<&Validators>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("text/html, application/xhtml+xml;q=0.9, */*;q=0.1"));
    let given = validators.map(|given| [(IF_NONE_MATCH, &given.etag), (IF_MODIFIED_SINCE, &given.last_modified)]);
    for (name, value) in given.into_iter().flatten() {
        // What cannot stand in a header did not come from one; the page is fetched anew then.
        if let Some(Ok(value)) = value.as_deref().map(HeaderValue::from_str) {
            headers.insert(name, value);
        }
    }
    headers
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Where a redirect leads: a URL that may be asked for as far as its parts go. Its address is judged when it is.
fn redirect_target(here: &Url, answer: &Answer) -> Result<Url, FetchError> {
    let status = answer.head.status;
    let Some(location) = answer.head.headers.get(LOCATION) else {
        return Err(FetchError::BadRedirect { status, location: None });
    };
    let joined = std::str::from_utf8(location.as_bytes()).ok().and_then(|location| here.join(location).ok());
    let Some(mut target) = joined else {
        return Err(FetchError::BadRedirect { status, location: Some(quoted(location)) });
    };
    target.set_fragment(None);
    check_parts(&target)?;
    Ok(target)
}

/// A validator as it can be sent back; one that is overlong or no text is not kept, and the page is fetched anew next time.
fn validator(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= VALIDATOR_BYTES_MAX).then(|| value.to_owned())
}

/// What a host sent, as text to be shown and kept.
fn quoted(value: &HeaderValue) -> String {
    shortened(&String::from_utf8_lossy(value.as_bytes()))
}

/// A text from a host, cut to a length that a record and a message can bear.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text.to_owned(),
    }
}
