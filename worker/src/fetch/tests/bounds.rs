//! Hosts that send too much, too slowly, or not what they say.

use std::time::Duration;

use super::pages::encode;
use super::server::{Saying, Server};
use super::*;

const HTML: &str = "Content-Type: text/html\r\n";

fn head(fields: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{HTML}{fields}\r\n")
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

fn impatient() -> FetchLimits {
    FetchLimits { whole: Duration::from_millis(500), ..FetchLimits::default() }
}

const TOO_LARGE: Verdict = ends(SubmissionOutcome::TooLarge);

#[tokio::test]
async fn endless_headers_are_cut_off() {
    let server = Server::saying(|| Saying::raw("HTTP/1.1 200 OK\r\nX-Long: ").then_repeat(vec![b'a'; 1_024])).await;
    failed(&fetch_from(&server, "/").await, "HEADERS_TOO_LARGE", TOO_LARGE);
    let server = Server::saying(|| Saying::raw("HTTP/1.1 200 OK\r\n").then_repeat("X-Many: 1\r\n")).await;
    failed(&fetch_from(&server, "/").await, "HEADERS_TOO_LARGE", TOO_LARGE);
}

#[tokio::test]
async fn headers_just_over_the_bound_are_refused_and_under_it_taken() {
    for (bytes, taken) in [(60 * 1_024, true), (64 * 1_024, false)] {
        let fields = format!("{HTML}X-Long: {}\r\n", "a".repeat(bytes));
        let server = Server::saying(move || Saying::answer(200, &fields, "<p>Film")).await;
        let attempt = fetch_from(&server, "/").await;
        if taken {
            assert_eq!(page(attempt).bytes, "<p>Film");
        } else {
            failed(&attempt, "HEADERS_TOO_LARGE", TOO_LARGE);
        }
    }
    let fields = format!("{HTML}{}", "X-Many: 1\r\n".repeat(600));
    let server = Server::saying(move || Saying::answer(200, &fields, "<p>Film")).await;
    failed(&fetch_from(&server, "/").await, "HEADERS_TOO_LARGE", TOO_LARGE);
}

#[tokio::test]
async fn an_endless_body_is_cut_off_at_the_bound() {
    let limits = FetchLimits { body_bytes_max: 100_000, ..FetchLimits::default() };
    let endless = chunk(&[b'a'; 4_096]);
    let server =
        Server::saying(move || Saying::raw(head("Transfer-Encoding: chunked\r\n")).then_repeat(endless.clone())).await;
    let attempt = fetch(&fetcher_for(&server, limits.clone()), &server.url("/")).await;
    failed(&attempt, "BODY_TOO_LARGE", TOO_LARGE);
    let received = attempt.record.bytes_on_wire.unwrap();
    assert!((100_000..1_000_000).contains(&received), "{received}");
    let server = Server::saying(|| Saying::raw(head("")).then_repeat(vec![b'a'; 4_096])).await;
    failed(&fetch(&fetcher_for(&server, limits), &server.url("/")).await, "BODY_TOO_LARGE", TOO_LARGE);
}

#[tokio::test]
async fn a_body_that_announces_too_much_is_not_read() {
    let server = Server::saying(|| Saying::raw(head("Content-Length: 5000001\r\n")).then_hold()).await;
    let attempt = fetch_from(&server, "/").await;
    failed(&attempt, "BODY_TOO_LARGE", TOO_LARGE);
    assert_eq!(attempt.record.bytes_on_wire, Some(0));
}

#[tokio::test]
async fn a_body_of_exactly_the_bound_is_taken() {
    let limits = FetchLimits { body_bytes_max: 50_000, ..FetchLimits::default() };
    for (length, taken) in [(50_000, true), (50_001, false)] {
        for encoding in ["identity", "gzip"] {
            let body = encode(encoding, &vec![b'a'; length]).await;
            let server = Server::saying(move || Saying::encoded(encoding, &body)).await;
            let attempt = fetch(&fetcher_for(&server, limits.clone()), &server.url("/")).await;
            assert_eq!(attempt.result.is_ok(), taken, "{length} {encoding}");
        }
    }
}

#[tokio::test]
async fn a_bomb_in_any_encoding_is_cut_off_while_it_is_read() {
    let zeros = vec![0; 50_000_000];
    for encoding in ["gzip", "br", "zstd", "deflate"] {
        let bomb = encode(encoding, &zeros).await;
        assert!(bomb.len() < 100_000, "{encoding} makes {} bytes of it", bomb.len());
        let server = Server::saying(move || Saying::encoded(encoding, &bomb)).await;
        let attempt = fetch_from(&server, "/").await;
        failed(&attempt, "DECOMPRESSION_BOMB", TOO_LARGE);
        assert!(attempt.record.bytes_decoded.unwrap() < 5_100_000, "{encoding}");
        // With no regard to the ratio, the bound of size ends it all the same.
        let limits = FetchLimits { decoded_ratio_max: u64::MAX, ..FetchLimits::default() };
        let attempt = fetch(&fetcher_for(&server, limits), &server.url("/")).await;
        failed(&attempt, "BODY_TOO_LARGE", TOO_LARGE);
        assert!(attempt.record.bytes_decoded.unwrap() < 5_100_000, "{encoding}");
    }
}

#[tokio::test]
async fn an_encoding_that_yields_nothing_for_ever_is_cut_off_by_its_size_on_the_wire() {
    let limits = FetchLimits { body_bytes_max: 100_000, ..FetchLimits::default() };
    let gzip_start = encode("gzip", b"").await[..10].to_vec();
    let empty_block = vec![0x00, 0x00, 0x00, 0xff, 0xff];
    let empty_frame = encode("zstd", b"").await;
    for (encoding, start, nothing) in [("gzip", gzip_start, empty_block), ("zstd", Vec::new(), empty_frame)] {
        let server = Server::saying(move || {
            let mut bytes = head(&format!("Content-Encoding: {encoding}\r\n")).into_bytes();
            bytes.extend_from_slice(&start);
            Saying::raw(bytes).then_repeat(nothing.repeat(100))
        })
        .await;
        let attempt = fetch(&fetcher_for(&server, limits.clone()), &server.url("/")).await;
        failed(&attempt, "BODY_TOO_LARGE", TOO_LARGE);
        assert_eq!(attempt.record.bytes_decoded, Some(0), "{encoding}");
    }
}

#[tokio::test]
async fn a_gzip_body_of_endless_members_is_given_up() {
    let member = encode("gzip", b"").await;
    let server =
        Server::saying(move || Saying::raw(head("Content-Encoding: gzip\r\n")).then_repeat(member.clone())).await;
    failed(&fetch_from(&server, "/").await, "UNDECODABLE_BODY", Verdict::Retry);
}

#[tokio::test]
async fn a_short_page_of_one_repeated_line_is_no_bomb() {
    let plain = vec![b'a'; 200_000];
    let body = encode("gzip", &plain).await;
    assert!(plain.len() / body.len() > 100);
    let server = Server::saying(move || Saying::encoded("gzip", &body)).await;
    assert_eq!(page(fetch_from(&server, "/").await).bytes, plain);
}

#[tokio::test]
async fn windows_larger_than_the_web_allows_are_refused() {
    // A zstd frame with a window of 8 MB or of 64 MB, and an empty body in brotli with a "large window" of 1 GB.
    let zstd = |window| vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, window, 0x11, 0x00, 0x00, b'h', b'i'];
    let (allowed, zstd, brotli) = (zstd(13 << 3), zstd(16 << 3), vec![0x11, 0xde]);
    let server = Server::saying(move || Saying::encoded("zstd", &allowed)).await;
    assert_eq!(page(fetch_from(&server, "/").await).bytes, "hi");
    for (encoding, body) in [("zstd", zstd), ("br", brotli)] {
        let server = Server::saying(move || Saying::encoded(encoding, &body)).await;
        failed(&fetch_from(&server, "/").await, "UNDECODABLE_BODY", Verdict::Retry);
    }
}

#[tokio::test]
async fn a_body_that_is_cut_off_or_corrupt_is_tried_again() {
    let short = Server::saying(|| Saying::raw(head("Content-Length: 100\r\n") + "<p>Film")).await;
    failed(&fetch_from(&short, "/").await, "CONNECTION_BROKEN", Verdict::Retry);
    let open = Server::saying(|| Saying::raw(head("Transfer-Encoding: chunked\r\n") + "7\r\n<p>Film\r\n")).await;
    failed(&fetch_from(&open, "/").await, "CONNECTION_BROKEN", Verdict::Retry);
    for encoding in ["gzip", "br", "zstd", "deflate"] {
        let whole = encode(encoding, "<p>A long film. ".repeat(500).as_bytes()).await;
        let cut = whole[..whole.len() / 2].to_vec();
        let mut corrupt = whole.clone();
        for byte in &mut corrupt[4..] {
            *byte = !*byte;
        }
        for body in [cut, corrupt, b"<p>not encoded at all".to_vec()] {
            let server = Server::saying(move || Saying::encoded(encoding, &body)).await;
            failed(&fetch_from(&server, "/").await, "UNDECODABLE_BODY", Verdict::Retry);
        }
    }
    for encoding in ["compress", "gzip, br", "aes128gcm"] {
        let server = Server::saying(move || Saying::encoded(encoding, "<p>Film")).await;
        let attempt = fetch_from(&server, "/").await;
        failed(&attempt, "UNDECODABLE_BODY", Verdict::Retry);
        assert!(attempt.result.unwrap_err().to_string().contains(encoding));
    }
}

#[tokio::test]
async fn a_body_that_drips_or_stops_is_given_up() {
    let limits = FetchLimits { rate_window: Duration::from_millis(200), ..FetchLimits::default() };
    let dripping = Server::saying(|| Saying::raw(head("Transfer-Encoding: chunked\r\n")).then_drip(chunk(b"a"))).await;
    let silent = Server::saying(|| Saying::raw(head("Content-Length: 100\r\n") + "<p>Film").then_hold()).await;
    for server in [dripping, silent] {
        let attempt = fetch(&fetcher_for(&server, limits.clone()), &server.url("/")).await;
        failed(&attempt, "TOO_SLOW", Verdict::Retry);
        assert!(attempt.record.bytes_on_wire.unwrap() > 0);
    }
}

#[tokio::test]
async fn a_body_that_begins_fast_must_keep_the_rate() {
    let limits =
        FetchLimits { rate_window: Duration::from_millis(60), whole: Duration::from_secs(3), ..FetchLimits::default() };
    let server = Server::saying(|| {
        let mut bytes = head("Transfer-Encoding: chunked\r\n").into_bytes();
        bytes.extend(chunk(&[b'a'; 50_000]));
        Saying::raw(bytes).then_drip(chunk(b"a"))
    })
    .await;
    failed(&fetch(&fetcher_for(&server, limits), &server.url("/")).await, "TOO_SLOW", Verdict::Retry);
}

#[tokio::test]
async fn a_body_that_keeps_the_rate_outlives_its_windows() {
    let limits = FetchLimits {
        rate_window: Duration::from_millis(100),
        rate_bytes_min: 1,
        body_bytes_max: 5_000,
        ..FetchLimits::default()
    };
    let server =
        Server::saying(|| Saying::raw(head("Transfer-Encoding: chunked\r\n")).then_drip(chunk(&[b'a'; 100]))).await;
    let attempt = fetch(&fetcher_for(&server, limits), &server.url("/")).await;
    failed(&attempt, "BODY_TOO_LARGE", TOO_LARGE);
    assert!(attempt.record.duration > Duration::from_millis(200), "it took several windows");
}

#[tokio::test]
async fn a_host_that_never_ends_is_left_when_the_time_is_up_and_the_record_says_how_far_it_got() {
    let silent = Server::saying(|| Saying::raw("").then_hold()).await;
    let attempt = fetch(&fetcher_for(&silent, impatient()), &silent.url("/")).await;
    failed(&attempt, "TIMED_OUT", Verdict::Retry);
    assert_eq!((attempt.record.status, attempt.record.address), (None, Some(silent.address)));
    let dripping_head = Server::saying(|| Saying::raw("HTTP/1.1 200 OK\r\nX: ").then_drip("a")).await;
    failed(
        &fetch(&fetcher_for(&dripping_head, impatient()), &dripping_head.url("/")).await,
        "TIMED_OUT",
        Verdict::Retry,
    );
    let informing = Server::saying(|| Saying::raw("").then_drip("HTTP/1.1 103 Early Hints\r\n\r\n")).await;
    failed(&fetch(&fetcher_for(&informing, impatient()), &informing.url("/")).await, "TIMED_OUT", Verdict::Retry);
    let dripping_body =
        Server::saying(|| Saying::raw(head("Transfer-Encoding: chunked\r\n")).then_drip(chunk(b"a"))).await;
    let attempt = fetch(&fetcher_for(&dripping_body, impatient()), &dripping_body.url("/")).await;
    failed(&attempt, "TIMED_OUT", Verdict::Retry);
    assert_eq!(attempt.record.status, Some(200));
    assert!(attempt.record.bytes_on_wire.unwrap() > 0);
}

#[tokio::test]
async fn what_is_not_http_is_a_broken_connection() {
    for bytes in [
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 20",
        "HTTP/1.1 abc X\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    ] {
        let server = Server::saying(move || Saying::raw(bytes)).await;
        failed(&fetch_from(&server, "/").await, "CONNECTION_BROKEN", Verdict::Retry);
    }
}

#[tokio::test]
async fn a_connection_ends_with_its_fetch() {
    let server =
        Server::saying(|| Saying::raw(head("Content-Length: 9999999\r\n")).then_repeat(vec![b'a'; 4_096])).await;
    failed(&fetch_from(&server, "/").await, "BODY_TOO_LARGE", TOO_LARGE);
    // The server would write for ever if the connection stayed open; its next fetch is answered, so it did not.
    failed(&fetch_from(&server, "/").await, "BODY_TOO_LARGE", TOO_LARGE);
    assert_eq!(server.targets().len(), 4);
}
