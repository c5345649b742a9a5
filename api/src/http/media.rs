//! Media types: what a client accepts, and what it sends.

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};

/// The media types of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status says what became of the request.
    GraphqlResponse,
    /// `application/json`: what clients had before.
    Json,
    /// `text/event-stream`: as many answers as there are, one after the other.
    EventStream,
}

impl Media {
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            // Of what is refused before there is a stream, too.
            Self::Json | Self::EventStream => "application/json; charset=utf-8",
        }
    }
}

/// What a client is answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) media: Media,
    /// Whether it can read a stream of events, though it may like another type better.
    pub(super) takes_events: bool,
}

/// How much a client wants each of the types that can be served, from 0 to 1,000.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Accepts {
    graphql_response: u16,
    json: u16,
    html: u16,
    events: u16,
}

impl Accepts {
    /// Reads the `Accept` headers. Without any, JSON is wanted.
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let mut ranges = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
        if ranges.peek().is_none() {
            return Self { json: 1_000, ..Self::default() };
        }
        let ranges: Vec<(String, u16)> = ranges.flat_map(|value| value.split(',')).filter_map(range).collect();
        let wanted = |names: [&str; 3]| {
            let named = |name: &&str| ranges.iter().find(|(range, _)| range == name).map(|(_, quality)| *quality);
            // The most specific range decides.
            names.iter().find_map(named).unwrap_or_default()
        };
        let exact = |name: &str| ranges.iter().any(|(range, _)| range == name);
        let mut accepts = Self {
            graphql_response: wanted(["application/graphql-response+json", "application/*", "*/*"]),
            json: wanted(["application/json", "application/*", "*/*"]),
            html: wanted(["text/html", "text/*", "text/html"]),
            // Only for who names it: others would wait for a stream to end.
            events: wanted(["text/event-stream"; 3]),
        };
        // A client that only says "anything" may not know the newer type.
        if !exact("application/graphql-response+json") {
            accepts.graphql_response = 0;
        }
        accepts
    }

    /// The type to answer in; none when the client takes none of them.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        let media = match (self.graphql_response, self.json, self.events) {
            (0, 0, 0) => return None,
            (newer, json, events) if events > newer && events > json => Media::EventStream,
            (newer, json, _) if newer >= json => Media::GraphqlResponse,
            _ => Media::Json,
        };
        Some(Wanted { media, takes_events: self.events > 0 })
    }

    /// Whether it is a browser that asks for a page.
    pub(super) fn prefers_html(&self) -> bool {
        self.html > 0 && self.html >= self.json && self.html >= self.graphql_response
    }
}

/// A media range without its parameters, and its quality.
fn range(text: &str) -> Option<(String, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let quality: f32 = quality.map_or(Some(1.0), |quality| quality.trim().parse().ok())?;
    // A quality has three decimals; the cast saturates and takes what is no number for 0.

    let thousandths = (quality.clamp(0.0, 1.0) * 1_000.0).round() as u16;
    Some((name, thousandths))
}

/// Whether the body is JSON in UTF-8. Types that a browser sends across sites without asking first are not.
pub(super) fn is_json_body(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    json && parts.all(|part| match part.split_once('=') {
        Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => {
            charset.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    impl Accepts {
        fn media(&self) -> Option<Media> {
            self.wanted().map(|wanted| wanted.media)
        }
    }

    fn accepts(accept: &str) -> Accepts {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_str(accept).expect("a header"));
        Accepts::read(&headers)
    }

    #[test]
    fn the_newer_type_is_served_to_who_names_it() {
        assert_eq!(accepts("application/graphql-response+json").media(), Some(Media::GraphqlResponse));
        let both = "application/graphql-response+json; charset=utf-8, application/json;q=0.9";
        assert_eq!(accepts(both).media(), Some(Media::GraphqlResponse));
        let json_first = "application/graphql-response+json;q=0.5, application/json";
        assert_eq!(accepts(json_first).media(), Some(Media::Json));
    }

    #[test]
    fn anything_means_json() {
        for accept in ["*/*", "application/*", "application/json", "text/html, */*;q=0.1"] {
            assert_eq!(accepts(accept).media(), Some(Media::Json), "{accept}");
        }
        assert_eq!(Accepts::read(&HeaderMap::new()).media(), Some(Media::Json));
    }

    #[test]
    fn who_takes_neither_gets_neither() {
        for accept in ["image/png", "text/*", "application/json;q=0", "*/*;q=0"] {
            assert_eq!(accepts(accept).media(), None, "{accept}");
        }
    }

    #[test]
    fn a_stream_is_served_to_who_asks_for_nothing_better() {
        assert_eq!(accepts("text/event-stream").media(), Some(Media::EventStream));
        assert_eq!(accepts("application/json;q=0.5, text/event-stream").media(), Some(Media::EventStream));
        let any = accepts("application/graphql-response+json, application/json, text/event-stream").wanted();
        assert_eq!(any, Some(Wanted { media: Media::GraphqlResponse, takes_events: true }));
        assert_eq!(accepts("*/*").wanted(), Some(Wanted { media: Media::Json, takes_events: false }));
    }

    #[test]
    fn a_browser_wants_a_page() {
        assert!(accepts("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8").prefers_html());
        assert!(!accepts("*/*").prefers_html());
        assert!(!accepts("application/json, text/html;q=0.5").prefers_html());
    }

    #[test]
    fn only_json_in_utf_8_is_a_body() {
        let body = |content_type: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_str(content_type).expect("a header"));
            is_json_body(&headers)
        };
        assert!(body("application/json") && body("Application/JSON; charset=UTF-8"));
        for other in
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"]
        {
            assert!(!body(other), "{other}");
        }
        assert!(!body("application/json; charset=utf-16"));
        assert!(!is_json_body(&HeaderMap::new()));
    }
}
