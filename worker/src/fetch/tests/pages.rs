//! Pages that are served as they should be, and answers that are none.

use std::time::Duration;

use async_compression::tokio::write::{BrotliEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
use tokio::io::AsyncWriteExt;

use super::server::{Saying, Server};
use super::*;

const REVIEW: &str = "<!doctype html><title>The Lantern Keeper</title><p>A slow film, and a kind one.";

pub(super) async fn encode(encoding: &str, plain: &[u8]) -> Vec<u8> {
    macro_rules! through {
        ($encoder:expr) => {{
            let mut encoder = $encoder;
            encoder.write_all(plain).await.unwrap();
            encoder.shutdown().await.unwrap();
            encoder.into_inner()
        }};
    }
    match encoding {
        "gzip" | "x-gzip" => through!(GzipEncoder::new(Vec::new())),
        "br" => through!(BrotliEncoder::new(Vec::new())),
        "zstd" => through!(ZstdEncoder::new(Vec::new())),
        "deflate" => through!(ZlibEncoder::new(Vec::new())),
        _ => plain.to_vec(),
    }
}

#[tokio::test]
async fn a_page_comes_with_its_headers_and_leaves_a_record() {
    let fields =
        "Content-Type: text/html; charset=utf-8\r\nETag: \"v1\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    let server = Server::saying(move || Saying::answer(200, fields, REVIEW)).await;
    let attempt = fetch_from(&server, "/review?film=1#end").await;
    let record = attempt.record.clone();
    let fetched = page(attempt);
    assert_eq!(fetched.bytes, REVIEW);
    assert_eq!(fetched.url.as_str(), server.url("/review?film=1"));
    assert_eq!(fetched.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(fetched.etag.as_deref(), Some("\"v1\""));
    assert_eq!(fetched.last_modified.as_deref(), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    assert_eq!(record.url, server.url("/review?film=1#end"));
    assert_eq!((record.status, record.address), (Some(200), Some(server.address)));
    assert_eq!(record.robots_rule.as_deref(), Some("no robots.txt: status 404"));
    let length = Some(u64::try_from(REVIEW.len()).unwrap());
    assert_eq!((record.bytes_on_wire, record.bytes_decoded), (length, length));
    assert!(record.redirects.is_empty() && record.crawl_delay.is_none() && record.duration > Duration::ZERO);
    assert_eq!(server.targets(), ["/robots.txt", "/review?film=1"]);
}

#[tokio::test]
async fn a_request_names_us_and_carries_neither_cookies_nor_credentials() {
    let server =
        Server::saying(|| Saying::answer(200, "Content-Type: text/html\r\nSet-Cookie: id=1\r\n", REVIEW)).await;
    let fetcher = fetcher_for(&server, FetchLimits::default());
    for _ in 0..2 {
        page(fetch(&fetcher, &server.url("/a|b?q=é")).await);
        let asked = server.last();
        assert_eq!(asked.header("user-agent"), Some(USER_AGENT));
        assert_eq!(asked.header("host"), Some(server.address.to_string().as_str()));
        assert_eq!(asked.header("accept-encoding"), Some("gzip, br, zstd"));
        for name in ["cookie", "authorization", "referer", "if-none-match", "if-modified-since"] {
            assert_eq!(asked.header(name), None);
        }
        assert_eq!(asked.target(), "/a|b?q=%C3%A9");
    }
}

#[tokio::test]
async fn every_encoding_that_is_asked_for_is_decoded_and_both_sizes_counted() {
    let plain = REVIEW.repeat(200);
    for encoding in ["gzip", "x-gzip", "br", "zstd", "deflate", "identity", "GZIP"] {
        let encoded = encode(&encoding.to_lowercase(), plain.as_bytes()).await;
        let (on_wire, decoded) = (encoded.len() as u64, plain.len() as u64);
        let server = Server::saying(move || Saying::encoded(encoding, &encoded)).await;
        let attempt = fetch_from(&server, "/").await;
        assert_eq!(
            (attempt.record.bytes_on_wire, attempt.record.bytes_decoded),
            (Some(on_wire), Some(decoded)),
            "{encoding}"
        );
        assert_eq!(page(attempt).bytes, plain, "{encoding}");
    }
}

#[tokio::test]
async fn encodings_of_several_parts_are_read_to_their_end() {
    for encoding in ["gzip", "zstd"] {
        let mut encoded = encode(encoding, b"<html>one ").await;
        encoded.extend(encode(encoding, b"").await);
        encoded.extend(encode(encoding, b"two").await);
        let server = Server::saying(move || Saying::encoded(encoding, &encoded)).await;
        assert_eq!(page(fetch_from(&server, "/").await).bytes, "<html>one two");
    }
}

#[tokio::test]
async fn what_a_careless_server_sends_after_its_gzip_is_ignored() {
    for after in ["\n", "\0\0\0\0", "<!-- served from cache -->"] {
        let mut encoded = encode("gzip", b"<html>one").await;
        encoded.extend_from_slice(after.as_bytes());
        let server = Server::saying(move || Saying::encoded("gzip", &encoded)).await;
        assert_eq!(page(fetch_from(&server, "/").await).bytes, "<html>one");
    }
}

#[tokio::test]
async fn a_chunked_body_and_one_that_ends_with_the_connection_are_pages() {
    let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n4;x=y\r\nFilm\r\n0\r\nX-T: 1\r\n\r\n";
    let closing = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Film";
    for bytes in [chunked, closing] {
        let server = Server::saying(move || Saying::raw(bytes)).await;
        assert_eq!(page(fetch_from(&server, "/").await).bytes, "<p>Film");
    }
}

#[tokio::test]
async fn what_is_not_html_is_unsupported_and_not_read() {
    for kind in ["application/pdf", "text/plain", "image/png", "text/html5"] {
        let server = Server::saying(move || Saying::answer(200, &format!("Content-Type: {kind}\r\n"), REVIEW)).await;
        let attempt = fetch_from(&server, "/").await;
        failed(&attempt, "UNSUPPORTED_TYPE", ends(SubmissionOutcome::Unsupported));
        assert!(attempt.result.unwrap_err().to_string().contains(kind));
        assert_eq!((attempt.record.status, attempt.record.bytes_on_wire), (Some(200), None));
    }
}

#[tokio::test]
async fn without_a_type_the_bytes_decide() {
    let server = Server::saying(|| Saying::answer(200, "", REVIEW)).await;
    let fetched = page(fetch_from(&server, "/").await);
    assert_eq!((fetched.content_type, &fetched.bytes[..]), (None, REVIEW.as_bytes()));
    for body in ["%PDF-1.7", "{}", ""] {
        let server = Server::saying(move || Saying::answer(200, "", body)).await;
        failed(&fetch_from(&server, "/").await, "UNSUPPORTED_TYPE", ends(SubmissionOutcome::Unsupported));
    }
}

#[tokio::test]
async fn validators_are_sent_and_an_unchanged_page_is_said_to_be() {
    let server = Server::start(|asked| match (asked.target(), asked.header("if-none-match")) {
        ("/robots.txt", _) => Saying::not_found(),
        (_, Some("\"v1\"")) => Saying::raw("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n"),
        _ => Saying::page(REVIEW),
    })
    .await;
    let fetcher = fetcher_for(&server, FetchLimits::default());
    let url = Url::parse(&server.url("/review")).unwrap();
    let validators =
        Validators { etag: Some("\"v1\"".to_owned()), last_modified: Some("Sun, 06 Nov 1994 08:49:37 GMT".to_owned()) };
    let attempt = fetcher.fetch(&url, Some(&validators)).await;
    assert!(matches!(attempt.result, Ok(Fetched::NotModified)), "{:?}", attempt.result);
    assert_eq!(attempt.record.status, Some(304));
    assert_eq!(server.last().header("if-modified-since"), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    let stale = Validators { etag: Some("\"v0\"".to_owned()), last_modified: None };
    assert_eq!(page(fetcher.fetch(&url, Some(&stale)).await).bytes, REVIEW);
}

#[tokio::test]
async fn an_unasked_304_is_no_page_and_no_proof_either() {
    let server = Server::saying(|| Saying::raw("HTTP/1.1 304 Not Modified\r\n\r\n")).await;
    let fetcher = fetcher_for(&server, FetchLimits::default());
    let url = Url::parse(&server.url("/")).unwrap();
    let unusable = Validators { etag: Some("broken\r\nX-Injected: 1".to_owned()), last_modified: None };
    for validators in [None, Some(&Validators::default()), Some(&unusable)] {
        failed(&fetcher.fetch(&url, validators).await, "HTTP_304", ends(SubmissionOutcome::Unsupported));
        assert_eq!(server.last().header("x-injected"), None);
    }
}

#[tokio::test]
async fn each_status_has_its_code_and_its_verdict() {
    use SubmissionOutcome::{BlockedBySite, Gone, Paywalled, Unsupported};
    for (status, code, verdict) in [
        (204, "HTTP_204", ends(Unsupported)),
        (202, "HTTP_202", Verdict::Retry),
        (300, "HTTP_300", ends(Unsupported)),
        (400, "HTTP_400", ends(Unsupported)),
        (401, "HTTP_401", ends(Paywalled)),
        (402, "HTTP_402", ends(Paywalled)),
        (403, "HTTP_403", ends(BlockedBySite)),
        (404, "HTTP_404", ends(Gone)),
        (405, "HTTP_405", ends(Unsupported)),
        (410, "HTTP_410", ends(Gone)),
        (418, "HTTP_418", ends(Unsupported)),
        (429, "HTTP_429", Verdict::Retry),
        (451, "HTTP_451", ends(BlockedBySite)),
        (500, "HTTP_500", Verdict::Retry),
        (503, "HTTP_503", Verdict::Retry),
        (599, "HTTP_599", Verdict::Retry),
        (999, "HTTP_999", Verdict::Retry),
    ] {
        let server = Server::saying(move || Saying::answer(status, "Content-Type: text/html\r\n", REVIEW)).await;
        let attempt = fetch_from(&server, "/").await;
        failed(&attempt, code, verdict);
        assert_eq!(attempt.record.status, Some(status));
    }
}

#[tokio::test]
async fn a_wait_that_the_host_asks_for_is_passed_on_with_429_and_503_only() {
    let later = |seconds| Verdict::Later(Duration::from_secs(seconds));
    for (status, fields, verdict) in [
        (429, "Retry-After: 120\r\n", later(120)),
        (503, "Retry-After: 120\r\n", later(120)),
        (503, "Retry-After: 999999999\r\n", later(86_400)),
        (503, "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:59:37 GMT\r\n", later(600)),
        (429, "Retry-After: soon\r\n", Verdict::Retry),
        (500, "Retry-After: 120\r\n", Verdict::Retry),
        (404, "Retry-After: 120\r\n", ends(SubmissionOutcome::Gone)),
    ] {
        let server = Server::saying(move || Saying::answer(status, fields, "")).await;
        failed(&fetch_from(&server, "/").await, &format!("HTTP_{status}"), verdict);
    }
}

#[tokio::test]
async fn a_user_agent_must_have_a_name_that_robots_txt_can_use() {
    let with = |user_agent: &str| {
        let settings = FetchSettings { user_agent: user_agent.to_owned(), ..settings(&[], FetchLimits::default()) };
        Fetcher::new(settings).map(|fetcher| fetcher.product_token)
    };
    assert_eq!(with("Film-Bot_x/2 (+mailto:films@example.org)").unwrap(), "Film-Bot_x");
    for user_agent in ["", "/1.0", "(bot)", "Bot\r\nX-Injected: 1"] {
        assert!(with(user_agent).is_err_and(|error| error.to_string().contains("MarqueeBot/1.0")), "{user_agent}");
    }
}

#[tokio::test]
async fn what_a_host_says_at_length_is_kept_short() {
    let long = "x".repeat(10_000);
    let fields = format!("Content-Type: text/html; {long}\r\nETag: \"{long}\"\r\nLast-Modified: {long}\r\n");
    let server = Server::saying(move || Saying::answer(200, &fields, REVIEW)).await;
    let fetched = page(fetch_from(&server, "/").await);
    assert_eq!((fetched.etag, fetched.last_modified), (None, None));
    assert!(fetched.content_type.unwrap().len() < 300);
    for fields in ["Content-Type: LONG\r\n", "Content-Type: text/html\r\nContent-Encoding: LONG\r\n"] {
        let fields = fields.replace("LONG", &"x".repeat(10_000));
        let server = Server::saying(move || Saying::answer(200, &fields, REVIEW)).await;
        assert!(fetch_from(&server, "/").await.result.unwrap_err().message().len() < 500);
    }
    let server = Server::saying(|| Saying::redirect(302, &format!("http://[{}", "x".repeat(10_000)))).await;
    assert!(fetch_from(&server, "/").await.result.unwrap_err().message().len() < 500);
    let rules = format!("User-agent: *\nDisallow: /{}\n", "*".repeat(10_000));
    let server = Server::start(move |_| Saying::answer(200, "", &rules)).await;
    let attempt = fetch_from(&server, "/review").await;
    assert!(attempt.record.robots_rule.unwrap().len() < 300);
    assert!(attempt.result.unwrap_err().message().len() < 500);
}

#[tokio::test]
async fn a_message_for_people_names_the_causes() {
    let server =
        Server::saying(|| Saying::raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>"))
            .await;
    let message = fetch_from(&server, "/").await.result.unwrap_err().message();
    assert!(
        message.contains("connection broke") && message.contains("end of file before message length reached"),
        "{message}"
    );
}
