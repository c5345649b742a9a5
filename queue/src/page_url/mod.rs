//! Page URLs: what makes two of them one submission, and which of them belong to one site.
//!
//! Pure: it must not know what a host answers, nor which addresses may be connected to (that is [`crate::address`]).

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use url::{Host, Position, Url};

/// Longest URL that is taken, in bytes, as submitted and as normalised: what browsers, caches and search engines agree on.
pub const URL_BYTES_MAX: usize = 2_048;

/// How much of a wrong value an error message repeats, in characters: enough to recognise it.
const QUOTED_CHARACTERS_MAX: usize = 100;

/// Why a text cannot be taken as the URL of a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageUrlError {
    /// It does not parse as an absolute URL with a host.
    #[error("{given:?} is not a URL: {reason}; give an absolute one such as https://example.org/review")]
    Malformed {
        /// The text, shortened.
        given: String,
        /// What the parser says.
        reason: String,
    },
    /// It is longer than [`URL_BYTES_MAX`].
    #[error("{given:?} is {bytes} bytes long; a URL may have at most {URL_BYTES_MAX}")]
    TooLong {
        /// The text, shortened.
        given: String,
        /// Its length in bytes (percent-encoded, if that is what made it too long).
        bytes: usize,
    },
    /// It carries a user name or a password. The message repeats neither.
    #[error("the URL for host {host} carries a user name or password; give it without, such as https://{host}/review")]
    Credentials {
        /// Whom they were meant for.
        host: String,
    },
    /// It has a scheme that pages are not fetched with.
    #[error("scheme {scheme:?} is not supported; give an http or https URL")]
    UnsupportedScheme {
        /// What stands before the colon.
        scheme: String,
    },
}

impl PageUrlError {
    /// The stable code that clients see: `INVALID_URL` or `UNSUPPORTED_SCHEME`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } | Self::TooLong { .. } | Self::Credentials { .. } => "INVALID_URL",
            Self::UnsupportedScheme { .. } => "UNSUPPORTED_SCHEME",
        }
    }
}

/// The normal form of a page's URL: two texts with the same normal form are one submission.
///
/// Scheme and host are lower-cased (the host by IDNA), the default port and the fragment are dropped, dot segments are
/// resolved, percent-encoding is made uniform, and the tracking parameters of `data/tracking_parameters.txt` are dropped; the
/// other parameters keep their order. A trailing slash is kept. Normalising twice changes nothing.
///
/// # Errors
/// [`PageUrlError`] if it is not an absolute http or https URL without credentials of at most [`URL_BYTES_MAX`] bytes.
pub fn normalise(text: &str) -> Result<Url, PageUrlError> {
    let text = text.trim();
    refuse_too_long(text)?;
    let mut url = Url::parse(text)
        .map_err(|reason| PageUrlError::Malformed { given: shortened(text), reason: reason.to_string() })?;
    url.set_fragment(None);
    let path = uniform_percent_encoding(url.path(), may_stand_in_path);
    url.set_path(&path);
    let query = url.query().and_then(|query| {
        let query = uniform_percent_encoding(query, may_stand_in_query);
        without_tracking(&query)
    });
    url.set_query(query.as_deref());
    check_parts(&url)?;
    Ok(url)
}

/// Whether a URL, wherever it came from, may be asked for at all: http or https, a host, no credentials, not over-long.
///
/// # Errors
/// [`PageUrlError`] naming what is wrong with it.
pub fn check_parts(url: &Url) -> Result<(), PageUrlError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(PageUrlError::UnsupportedScheme { scheme: shortened(url.scheme()) });
    }
    let Some(host) = url.host_str() else {
        return Err(PageUrlError::Malformed { given: shortened(url.as_str()), reason: "it has no host".to_owned() });
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(PageUrlError::Credentials { host: host.to_owned() });
    }
    refuse_too_long(url.as_str())
}

/// The host under which a site is registered, by the public suffix list: `example.co.uk` for `www.example.co.uk`.
///
/// A host that has no such part is itself: an IP address (IPv6 in brackets), `localhost`, a public suffix. Never has a port or
/// a final dot.
pub fn registrable_host(url: &Url) -> String {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            psl::domain_str(name).unwrap_or(name).to_owned()
        }
        Some(address) => address.to_string(),
        None => String::new(),
    }
}

/// Whether two URLs belong to one site.
pub fn same_site(one: &Url, other: &Url) -> bool {
    one.has_host() && registrable_host(one) == registrable_host(other)
}

/// Whether the page at `page` may say that it stands at `link`, as a canonical link does: on its own site, and not at a front
/// page, unless it is one. Some sites have the front page's address in the head of every page, and would be one review.
pub fn may_stand_at(page: &Url, link: &Url) -> bool {
    same_site(page, link) && (!is_front_page(link) || is_front_page(page))
}

/// Whether it is the first page of a host: `/`, or `/index.html` and the like.
fn is_front_page(url: &Url) -> bool {
    let file = url.path().trim_start_matches('/');
    url.query().is_none() && !file.contains('/') && (file.is_empty() || file.starts_with("index."))
}

/// What a server is asked for: path and query, as they go on the wire.
pub fn path_and_query(url: &Url) -> &str {
    &url[Position::BeforePath..Position::AfterQuery]
}

fn refuse_too_long(text: &str) -> Result<(), PageUrlError> {
    if text.len() > URL_BYTES_MAX {
        return Err(PageUrlError::TooLong { given: shortened(text), bytes: text.len() });
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text.to_owned(),
    }
}

/// RFC 3986 section 6.2.2: unreserved characters stand for themselves, hexadecimal digits are upper case, and what may not
/// stand in the component is encoded. So is a `%` that begins no escape: left alone, it could form one with what follows it
/// once that is decoded, and normalising twice would differ from once.
fn uniform_percent_encoding(component: &str, may_stand: fn(u8) -> bool) -> String {
    let mut uniform = String::with_capacity(component.len());
    let mut rest = component.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%'
            && let Some((escaped, after)) = escaped_byte(after)
        {
            rest = after;
            if is_unreserved(escaped) {
                uniform.push(char::from(escaped));
            } else {
                push_escaped(&mut uniform, escaped);
            }
        } else if may_stand(byte) {
            uniform.push(char::from(byte));
        } else {
            push_escaped(&mut uniform, byte);
        }
    }
    uniform
}

fn escaped_byte(after_percent: &[u8]) -> Option<(u8, &[u8])> {
    let (&[high, low], after) = after_percent.split_first_chunk::<2>()?;
    let value = char::from(high).to_digit(16)? * 16 + char::from(low).to_digit(16)?;
    u8::try_from(value).ok().map(|byte| (byte, after))
}

fn push_escaped(text: &mut String, byte: u8) {
    text.push('%');
    for digit in [byte >> 4, byte & 0x0f] {
        text.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn may_stand_in_path(byte: u8) -> bool {
    is_unreserved(byte)
        || matches!(
            byte,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/'
        )
}

fn may_stand_in_query(byte: u8) -> bool {
    // The URL parser writes an apostrophe in a query as %27, so that is its normal form there.
    byte != b'\'' && (may_stand_in_path(byte) || byte == b'?')
}

/// The query without tracking parameters and empty places; `None` if nothing remains.
fn without_tracking(query: &str) -> Option<String> {
    let kept: Vec<&str> = query
        .split('&')
        .filter(|parameter| {
            let name = parameter.split_once('=').map_or(*parameter, |(name, _)| name);
            !parameter.is_empty() && !is_tracking(name)
        })
        .collect();
    (!kept.is_empty()).then(|| kept.join("&"))
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.exact.contains(&name.as_str()) || TRACKING.beginnings.iter().any(|beginning| name.starts_with(beginning))
}

struct TrackingParameters {
    exact: Vec<&'static str>,
    beginnings: Vec<&'static str>,
}

static TRACKING: LazyLock<TrackingParameters> = LazyLock::new(|| {
    let names = include_str!("../../data/tracking_parameters.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (beginnings, exact): (Vec<_>, Vec<_>) = names.partition(|name| name.ends_with('*'));
    TrackingParameters { exact, beginnings: beginnings.into_iter().map(|name| name.trim_end_matches('*')).collect() }
});
