//! What a robots.txt says of a URL (RFC 9309). Must not know how the file is fetched or kept.

use std::time::Duration;

use bytes::Bytes;
use queue::page_url::path_and_query;
use robotxt::Robots;
use url::Url;

/// What was found where a robots.txt should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RobotsFile {
    /// Its text, which is read anew for each URL: that is fast, and keeps nothing in memory but the bytes that were sent.
    Text(Bytes),
    /// There is none, so that everything is allowed; and how we know.
    None(String),
}

/// What a robots.txt says of one URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RobotsRuling {
    pub(super) is_allowed: bool,
    /// The rule that decided, as `disallow: /path`, or why there is none.
    pub(super) rule: String,
    /// The pause between requests that it asks for.
    pub(super) crawl_delay: Option<Duration>,
}

impl RobotsFile {
    /// The file of a body of which one byte more than `bytes_max` was read, if there was one. What lies beyond is dropped with the
    /// line that it cuts: half of `Allow: /private` would allow everything.
    pub(super) fn from_body(body: Bytes, bytes_max: usize) -> Self {
        if body.len() <= bytes_max {
            return Self::Text(body);
        }
        let within = body.slice(..bytes_max);
        let end = body.iter().take(bytes_max + 1).rposition(|byte| matches!(byte, b'\n' | b'\r' | b'\0'));
        Self::Text(within.slice(..end.unwrap_or(0)))
    }

    /// Whether a crawler of this product token may ask for the URL.
    pub(super) fn ruling(&self, product_token: &str, url: &Url) -> RobotsRuling {
        let text = match self {
            Self::None(why) => {
                return RobotsRuling { is_allowed: true, rule: why.clone(), crawl_delay: None };
            }
            Self::Text(text) => text,
        };
        let robots = Robots::parse(&with_bare_product_tokens(text), product_token);
        let path = path_and_query(url);
        let rule = match robots.matching_rule(path) {
            Some(rule) if rule.is_allow() => format!("allow: {}", rule.pattern()),
            Some(rule) => format!("disallow: {}", rule.pattern()),
            None => "no rule for this path".to_owned(),
        };
        RobotsRuling { is_allowed: robots.is_allowed(path), rule, crawl_delay: robots.crawl_delay() }
    }

    /// Bytes that it takes to keep.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::None(why) => why.len(),
        }
    }
}

/// The product token with which a user agent begins: what robots.txt names it by (RFC 9309 section 2.2.1).
pub(super) fn product_token(user_agent: &str) -> &str {
    let end = user_agent.bytes().take_while(|byte| is_token_byte(*byte)).count();
    user_agent.split_at(end).0
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_')
}

/// The text with each user-agent line cut after its product token. Sites write `User-agent: MarqueeBot/1.0` and mean the token;
/// the parser compares the whole value, so that the group would go unseen and what it forbids be fetched.
fn with_bare_product_tokens(text: &[u8]) -> Vec<u8> {
    let mut bare = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|byte| matches!(byte, b'\n' | b'\r' | b'\0')) {
        let cut = user_agent_value(line).and_then(|value| product_token_line(line, value)).unwrap_or(line);
        bare.extend_from_slice(cut);
        if cut.len() < line.len() {
            bare.push(b'\n');
        }
    }
    bare
}

/// Where the value of a user-agent line begins.
fn user_agent_value(line: &[u8]) -> Option<usize> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let key = line.split_at(colon).0.trim_ascii();
    let key = key.strip_prefix(b"\xef\xbb\xbf").unwrap_or(key);
    [&b"user-agent"[..], b"useragent", b"user agent"]
        .iter()
        .any(|name| key.eq_ignore_ascii_case(name))
        .then_some(colon + 1)
}

/// The line up to the end of its product token, or of the star that stands for all.
fn product_token_line(line: &[u8], value: usize) -> Option<&[u8]> {
    let (_, after_colon) = line.split_at_checked(value)?;
    let blanks = after_colon.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let (_, agent) = after_colon.split_at_checked(blanks)?;
    let token = match agent {
        [b'*', after @ ..] if after.first().is_none_or(u8::is_ascii_whitespace) => 1,
        _ => agent.iter().take_while(|byte| is_token_byte(**byte)).count(),
    };
    (token > 0).then(|| line.split_at(value + blanks + token).0)
}
