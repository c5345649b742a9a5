//! Redirects: followed, bounded, and judged like the first URL.

use super::server::{Saying, Server};
use super::*;

#[tokio::test]
async fn redirects_are_followed_to_the_page_and_recorded() {
    let server = Server::start(|asked| match asked.target() {
        "/robots.txt" => Saying::not_found(),
        "/1" => Saying::redirect(301, "/2?x=1#frag"),
        "/2?x=1" => Saying::redirect(302, "3"),
        "/3" => Saying::redirect(303, "./d/../4"),
        "/4" => Saying::redirect(307, "?five"),
        "/4?five" => Saying::redirect(308, "//HOST/caf\u{e9}".replace("HOST", asked.header("host").unwrap()).as_str()),
        _ => Saying::page("<p>Film"),
    })
    .await;
    let attempt = fetch_from(&server, "/1").await;
    let expected: Vec<_> =
        ["/2?x=1", "/3", "/4", "/4?five", "/caf%C3%A9"].iter().map(|path| server.url(path)).collect();
    assert_eq!(attempt.record.redirects, expected);
    assert_eq!(attempt.record.status, Some(200));
    assert_eq!(page(attempt).url.as_str(), server.url("/caf%C3%A9"));
    assert_eq!(server.targets().iter().filter(|target| *target == "/robots.txt").count(), 1);
}

#[tokio::test]
async fn a_loop_ends_at_once() {
    let server = Server::start(|asked| match asked.target() {
        "/robots.txt" => Saying::not_found(),
        "/a" => Saying::redirect(302, "/b"),
        _ => Saying::redirect(302, "/a#again"),
    })
    .await;
    failed(&fetch_from(&server, "/a").await, "REDIRECT_LOOP", ends(SubmissionOutcome::Unsupported));
    assert_eq!(server.targets(), ["/robots.txt", "/a", "/b"]);
}

#[tokio::test]
async fn ten_redirects_are_followed_and_the_eleventh_is_not() {
    let server = Server::start(|asked| match asked.target().trim_start_matches('/').parse::<u32>() {
        Ok(0) => Saying::page("<p>Film"),
        Ok(left) => Saying::redirect(302, &format!("/{}", left - 1)),
        Err(_) => Saying::not_found(),
    })
    .await;
    assert_eq!(page(fetch_from(&server, "/10").await).bytes, "<p>Film");
    let attempt = fetch_from(&server, "/11").await;
    failed(&attempt, "TOO_MANY_REDIRECTS", ends(SubmissionOutcome::Unsupported));
    assert_eq!(server.last().target(), "/1");
}

#[tokio::test]
async fn a_redirect_to_a_refused_address_is_not_followed() {
    for target in [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]:80/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "//192.168.0.1/",
        "http://localhost/",
        "http://[64:ff9b::7f00:1]/",
        "http://0/",
        "http://example.org:22/",
        "https://example.org:6379/",
    ] {
        let server = Server::saying(move || Saying::redirect(302, target)).await;
        let attempt = fetch_from(&server, "/").await;
        failed(&attempt, "BLOCKED_ADDRESS", ends(SubmissionOutcome::BlockedAddress));
        assert_eq!((attempt.record.status, attempt.record.redirects.len()), (Some(302), 1), "{target}");
        assert_eq!(attempt.record.address, Some(server.address), "nothing else was connected to");
    }
}

#[tokio::test]
async fn a_redirect_to_another_port_of_an_allowed_address_is_refused() {
    let secret = Server::saying(|| Saying::page("<p>Secret")).await;
    let target = secret.url("/");
    let server = Server::saying(move || Saying::redirect(302, &target)).await;
    failed(&fetch_from(&server, "/").await, "BLOCKED_ADDRESS", ends(SubmissionOutcome::BlockedAddress));
    assert!(secret.targets().is_empty());
}

#[tokio::test]
async fn a_redirect_to_what_is_no_page_url_is_refused() {
    let too_long = format!("/{}", "a".repeat(2_100));
    for (location, code) in [
        ("ftp://example.org/", "UNSUPPORTED_SCHEME"),
        ("javascript:alert(1)", "UNSUPPORTED_SCHEME"),
        ("file:///etc/passwd", "UNSUPPORTED_SCHEME"),
        ("https://critic:hunter2@example.org/", "INVALID_URL"),
        (too_long.as_str(), "INVALID_URL"),
        ("http://[::1", "BAD_REDIRECT"),
    ] {
        let (location, shown) = (location.to_owned(), location.to_owned());
        let server = Server::saying(move || Saying::redirect(302, &location)).await;
        let attempt = fetch_from(&server, "/").await;
        failed(&attempt, code, ends(SubmissionOutcome::Unsupported));
        assert!(attempt.record.redirects.is_empty(), "{shown}");
        assert!(!attempt.result.unwrap_err().to_string().contains("hunter2"));
    }
    let server = Server::saying(|| Saying::answer(302, "", "")).await;
    failed(&fetch_from(&server, "/").await, "BAD_REDIRECT", ends(SubmissionOutcome::Unsupported));
    let server = Server::saying(|| Saying::raw(b"HTTP/1.1 302 X\r\nLocation: /\xff\xfe\r\n\r\n".to_vec())).await;
    failed(&fetch_from(&server, "/").await, "BAD_REDIRECT", ends(SubmissionOutcome::Unsupported));
}

#[tokio::test]
async fn another_host_is_asked_for_its_own_robots_txt_and_told_no_validators() {
    let other = Server::start(|asked| match asked.target() {
        "/robots.txt" => Saying::answer(200, "", "User-agent: *\nDisallow: /private\n"),
        _ => Saying::page("<p>Film"),
    })
    .await;
    let (open, private) = (other.url("/open"), other.url("/private/1"));
    let server = Server::start(move |asked| match asked.target() {
        "/robots.txt" => Saying::answer(200, "", "User-agent: *\nDisallow: /elsewhere\n"),
        "/open" => Saying::redirect(302, &open.replace("127.0.0.1", "films.example")),
        _ => Saying::redirect(302, &private),
    })
    .await;
    let allow = [server.address.to_string(), other.address.to_string()];
    let names = Names::of(&[("films.example", &[&["127.0.0.1"]])]);
    let fetcher = Fetcher::with_resolver(settings(&allow, FetchLimits::default()), names).unwrap();
    let validators = Validators { etag: Some("\"v1\"".to_owned()), last_modified: None };
    let attempt = fetcher.fetch(&Url::parse(&server.url("/open")).unwrap(), Some(&validators)).await;
    assert_eq!(attempt.record.robots_rule.as_deref(), Some("no rule for this path"));
    page(attempt);
    assert_eq!(other.last().header("if-none-match"), None);
    assert_eq!(server.last().header("if-none-match"), Some("\"v1\""));
    let attempt = fetch(&fetcher, &server.url("/sneaky")).await;
    failed(&attempt, "ROBOTS_DISALLOWED", ends(SubmissionOutcome::RobotsDisallowed));
    assert_eq!(attempt.record.robots_rule.as_deref(), Some("disallow: /private"));
    assert!(!other.targets().contains(&"/private/1".to_owned()));
}
