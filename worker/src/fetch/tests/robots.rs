//! robots.txt as it is fetched: what its absence, its failure, its redirects and its length mean.

use std::time::Duration;

use super::pages::encode;
use super::server::{Saying, Server};
use super::*;

const FORBIDDEN: Verdict = ends(SubmissionOutcome::RobotsDisallowed);

/// A server with this robots.txt answer, and a page everywhere else.
async fn with_robots(says: impl Fn() -> Saying + Send + Sync + 'static) -> Server {
    Server::start(move |asked| if asked.target() == "/robots.txt" { says() } else { Saying::page("<p>Film") }).await
}

async fn with_rules(rules: &str) -> Server {
    let rules = rules.to_owned();
    with_robots(move || Saying::answer(200, "", &rules)).await
}

#[tokio::test]
async fn what_is_disallowed_is_not_asked_for_and_the_rule_is_recorded() {
    let server = with_rules("User-agent: *\nDisallow: /private\nAllow: /private/open\nCrawl-delay: 7.5\n").await;
    let fetcher = fetcher_for(&server, FetchLimits::default());
    let attempt = fetch(&fetcher, &server.url("/private/1?x")).await;
    failed(&attempt, "ROBOTS_DISALLOWED", FORBIDDEN);
    assert!(attempt.result.unwrap_err().to_string().contains("disallow: /private"));
    assert_eq!(attempt.record.robots_rule.as_deref(), Some("disallow: /private"));
    assert_eq!((attempt.record.status, attempt.record.crawl_delay), (None, Some(Duration::from_millis(7_500))));
    let attempt = fetch(&fetcher, &server.url("/private/open/1")).await;
    assert_eq!(attempt.record.robots_rule.as_deref(), Some("allow: /private/open"));
    page(attempt);
    let attempt = fetch(&fetcher, &server.url("/review")).await;
    assert_eq!(attempt.record.robots_rule.as_deref(), Some("no rule for this path"));
    page(attempt);
    assert_eq!(server.targets(), ["/robots.txt", "/private/open/1", "/review"]);
}

#[tokio::test]
async fn our_product_token_chooses_the_group_and_the_crawl_delay_is_bounded() {
    let server =
        with_rules("User-agent: marqueetest\nDisallow: /ours\nCrawl-delay: 9999\n\nUser-agent: *\nDisallow: /\n").await;
    let attempt = fetch_from(&server, "/review").await;
    assert_eq!(attempt.record.crawl_delay, Some(Duration::from_secs(60)));
    page(attempt);
    failed(&fetch_from(&server, "/ours").await, "ROBOTS_DISALLOWED", FORBIDDEN);
    assert_eq!(server.last().header("user-agent"), Some(USER_AGENT));
}

#[tokio::test]
async fn a_missing_robots_txt_allows_everything() {
    for status in [400, 401, 403, 404, 410, 451] {
        let server = with_robots(move || Saying::answer(status, "", "User-agent: *\nDisallow: /\n")).await;
        let attempt = fetch_from(&server, "/review").await;
        assert_eq!(attempt.record.robots_rule, Some(format!("no robots.txt: status {status}")));
        page(attempt);
    }
    for body in ["", "<!doctype html><p>No such page"] {
        page(fetch_from(&with_rules(body).await, "/review").await);
    }
}

#[tokio::test]
async fn a_robots_txt_that_cannot_be_read_forbids_everything_for_now() {
    type Says = fn() -> Saying;
    let says: [Says; 6] = [
        || Saying::answer(500, "", ""),
        || Saying::answer(503, "", ""),
        || Saying::answer(429, "", ""),
        || Saying::raw(""),
        || Saying::raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *"),
        || Saying::raw("HTTP/1.1 200 OK\r\n").then_repeat("X-Many: 1\r\n"),
    ];
    for says in says {
        let server = with_robots(says).await;
        let fetcher = fetcher_for(&server, FetchLimits::default());
        for _ in 0..2 {
            let attempt = fetch(&fetcher, &server.url("/review")).await;
            failed(&attempt, "ROBOTS_UNAVAILABLE", Verdict::Retry);
            assert_eq!(attempt.record.robots_rule.as_deref(), Some("robots.txt not read"));
        }
        assert_eq!(server.targets(), ["/robots.txt", "/robots.txt"], "a failure is not kept");
    }
    for status in [429, 503] {
        let server = with_robots(move || Saying::answer(status, "Retry-After: 90\r\n", "")).await;
        let attempt = fetch_from(&server, "/review").await;
        failed(&attempt, "ROBOTS_UNAVAILABLE", Verdict::Later(Duration::from_secs(90)));
    }
    let silent = with_robots(|| Saying::raw("").then_hold()).await;
    let limits = FetchLimits { whole: Duration::from_millis(300), ..FetchLimits::default() };
    failed(&fetch(&fetcher_for(&silent, limits), &silent.url("/")).await, "TIMED_OUT", Verdict::Retry);
    assert_eq!(silent.targets(), ["/robots.txt"]);
}

#[tokio::test]
async fn five_redirects_to_a_robots_txt_are_followed_and_more_mean_none() {
    for (redirects, is_read) in [(5, true), (6, false)] {
        let server = Server::start(move |asked| match asked.target() {
            "/robots.txt" => Saying::redirect(301, "/r1"),
            "/review" => Saying::page("<p>Film"),
            target => match target.trim_start_matches("/r").parse::<u32>() {
                Ok(done) if done < redirects => Saying::redirect(302, &format!("/r{}", done + 1)),
                _ => Saying::answer(200, "", "User-agent: *\nDisallow: /\n"),
            },
        })
        .await;
        let attempt = fetch_from(&server, "/review").await;
        assert!(attempt.record.redirects.is_empty(), "they are not the page's");
        if is_read {
            failed(&attempt, "ROBOTS_DISALLOWED", FORBIDDEN);
        } else {
            assert_eq!(attempt.record.robots_rule.as_deref(), Some("no robots.txt: more than 5 redirects"));
            page(attempt);
        }
    }
}

#[tokio::test]
async fn a_robots_txt_elsewhere_applies_to_the_host_that_pointed_there() {
    let other = with_rules("User-agent: *\nDisallow: /review\n").await;
    let target = other.url("/robots.txt");
    let server = with_robots(move || Saying::redirect(301, &target)).await;
    let allow = [server.address.to_string(), other.address.to_string()];
    let fetcher = Fetcher::new(settings(&allow, FetchLimits::default())).unwrap();
    failed(&fetch(&fetcher, &server.url("/review")).await, "ROBOTS_DISALLOWED", FORBIDDEN);
}

#[tokio::test]
async fn a_robots_txt_that_redirects_into_the_network_is_not_followed() {
    for target in ["http://169.254.169.254/", "http://[::ffff:127.0.0.1]/", "http://localhost:1/robots.txt"] {
        let server = with_robots(move || Saying::redirect(302, target)).await;
        failed(&fetch_from(&server, "/review").await, "BLOCKED_ADDRESS", ends(SubmissionOutcome::BlockedAddress));
        assert_eq!(server.targets(), ["/robots.txt"]);
    }
    let server = with_robots(|| Saying::redirect(302, "ftp://films.example/robots.txt")).await;
    let attempt = fetch_from(&server, "/review").await;
    assert!(attempt.record.robots_rule.as_ref().unwrap().contains("ftp"), "{:?}", attempt.record);
    page(attempt);
}

#[tokio::test]
async fn what_lies_beyond_the_bound_is_ignored_with_the_line_that_it_cuts() {
    let limits = FetchLimits { robots_bytes_max: 200, ..FetchLimits::default() };
    let start = "User-agent: *\nDisallow: /\n";
    // The bound falls after "Allow: /", which alone would allow everything.
    let filler = format!("#{}\n", "x".repeat(200 - start.len() - "#\n".len() - "Allow: /".len()));
    let rules = format!("{start}{filler}Allow: /review\n");
    let encoded = encode("gzip", rules.as_bytes()).await;
    let says = move |is_encoded| {
        if is_encoded { Saying::encoded("gzip", &encoded) } else { Saying::answer(200, "", &rules) }
    };
    for is_encoded in [false, true] {
        let says = says.clone();
        let server = with_robots(move || says(is_encoded)).await;
        for path in ["/review", "/other"] {
            let attempt = fetch(&fetcher_for(&server, limits.clone()), &server.url(path)).await;
            failed(&attempt, "ROBOTS_DISALLOWED", FORBIDDEN);
        }
    }
    // An endless file is read as far as the bound.
    let server = with_robots(|| {
        Saying::raw("HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /review\n").then_repeat("# more\n")
    })
    .await;
    failed(&fetch_from(&server, "/review").await, "ROBOTS_DISALLOWED", FORBIDDEN);
    page(fetch_from(&server, "/other").await);
}

#[tokio::test]
async fn many_fetches_at_once_ask_for_robots_txt_once() {
    let server = with_rules("User-agent: *\nDisallow: /private\n").await;
    let fetcher = fetcher_for(&server, FetchLimits::default());
    let urls: Vec<_> = (0..20).map(|number| server.url(&format!("/{number}"))).collect();
    for attempt in futures::future::join_all(urls.iter().map(|url| fetch(&fetcher, url))).await {
        page(attempt);
    }
    let targets = server.targets();
    assert_eq!(targets.iter().filter(|target| *target == "/robots.txt").count(), 1);
    assert_eq!(targets.len(), 21);
}

#[tokio::test]
async fn a_fetch_that_is_given_up_lets_the_next_one_ask() {
    let server = with_robots(|| Saying::raw("").then_hold()).await;
    let limits = FetchLimits { whole: Duration::from_millis(300), ..FetchLimits::default() };
    let fetcher = fetcher_for(&server, limits);
    for asked in 1..=2 {
        failed(&fetch(&fetcher, &server.url("/")).await, "TIMED_OUT", Verdict::Retry);
        assert_eq!(server.targets().len(), asked);
    }
    assert_eq!(fetcher.robots.flights(), 0);
}

#[tokio::test]
async fn each_port_and_scheme_has_its_own_robots_txt() {
    let strict = with_rules("User-agent: *\nDisallow: /\n").await;
    let open = with_rules("").await;
    let allow = [strict.address.to_string(), open.address.to_string()];
    let fetcher = Fetcher::new(settings(&allow, FetchLimits::default())).unwrap();
    failed(&fetch(&fetcher, &strict.url("/")).await, "ROBOTS_DISALLOWED", FORBIDDEN);
    page(fetch(&fetcher, &open.url("/")).await);
}
