//! What cannot be ingested gets a clear answer: the right outcome, a problem that says why, and a submission that stays.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{FakeWeb, Options, Page, TestApp};

use crate::ingest::{LOW_WATER, SOON, ingest, web_with_reviews};

/// More than a page may weigh (5 MB).
const TOO_MUCH_BYTES: usize = 6 * 1024 * 1024;

/// Hands a path in and waits for its end, which must be a failure with this outcome and a problem told to people.
async fn fails_with(app: &TestApp, url: &str, outcome: &str) -> Value {
    let submission = app.submit(url).await;
    let finished = app.wait_for_outcome(&submission.id, SOON).await;
    assert_eq!(finished["outcome"], json!(outcome), "{finished:#}");
    assert_eq!(finished["state"], json!("FAILED"), "{finished:#}");
    assert_eq!(finished["nextAttemptAt"], Value::Null, "a final state is not tried again: {finished:#}");
    assert_eq!(finished["review"], Value::Null, "{finished:#}");
    let message = finished["problem"]["message"].as_str();
    assert!(message.is_some_and(|message| message.len() > 10), "the problem says why: {finished:#}");
    finished
}

/// Hands a URL in that cannot be fetched now, and waits until it waits for its next attempt.
async fn waits_after(app: &TestApp, url: &str) -> Value {
    let submission = app.submit(url).await;
    let waiting =
        app.wait_for(&submission.id, SOON, "waiting", |submission| submission["state"] == json!("WAITING")).await;
    assert_eq!(waiting["outcome"], Value::Null, "{waiting:#}");
    assert_eq!(waiting["finishedAt"], Value::Null, "{waiting:#}");
    assert!(waiting["nextAttemptAt"].is_string(), "whoever waits is due some time: {waiting:#}");
    assert_eq!(waiting["problem"]["retryable"], json!(true), "{waiting:#}");
    let message = waiting["problem"]["message"].as_str();
    assert!(message.is_some_and(|message| message.len() > 10), "the problem says why: {waiting:#}");
    waiting
}

/// Nothing of what failed may be in the graph.
async fn nothing_is_stored(app: &TestApp) {
    let lists = "{ films(first: 1) { totalCount } people(first: 1) { totalCount } reviews(first: 1) { totalCount } }";
    let none = json!({ "totalCount": 0 });
    assert_eq!(app.query(lists, json!({})).await, json!({ "films": none, "people": none, "reviews": none }));
}

tests::both_modes! {
    async fn what_the_url_alone_gives_away_is_refused_at_once(mode: Mode) {
        let app = TestApp::start_with(mode, Options::default()).await;
        for (url, code) in [
            ("", "INVALID_URL"), ("low water", "INVALID_URL"), ("/reviews/1", "INVALID_URL"), ("http://", "INVALID_URL"),
            ("http://exa mple.org/", "INVALID_URL"),
            ("ftp://example.org/review", "UNSUPPORTED_SCHEME"), ("file:///etc/passwd", "UNSUPPORTED_SCHEME"),
            ("javascript:alert(1)", "UNSUPPORTED_SCHEME"), ("data:text/html,hello", "UNSUPPORTED_SCHEME"),
            ("http://10.0.0.1/", "BLOCKED_ADDRESS"), ("http://127.0.0.1/", "BLOCKED_ADDRESS"),
            ("http://0x7f.1/", "BLOCKED_ADDRESS"), ("http://2130706433/", "BLOCKED_ADDRESS"),
            ("http://[::1]/", "BLOCKED_ADDRESS"), ("http://[::ffff:169.254.169.254]/", "BLOCKED_ADDRESS"),
            ("http://[64:ff9b::a00:1]/", "BLOCKED_ADDRESS"),
        ] {
            let payload = app.submit_payload(url).await;
            assert_eq!(payload["userErrors"][0]["code"], json!(code), "{url}: {payload:#}");
            let message = payload["userErrors"][0]["message"].as_str().unwrap_or_default();
            assert!(message.len() > 10, "{url}: the message says why: {payload:#}");
            assert_eq!(payload["submission"], Value::Null, "{url}: {payload:#}");
            assert_eq!(payload["created"], json!(false), "{url}: {payload:#}");
        }
        let submissions = app.query("{ submissions(first: 1) { totalCount } }", json!({})).await;
        assert_eq!(submissions["submissions"]["totalCount"], json!(0), "a refused URL makes no row");
    }

    async fn a_page_that_is_not_to_be_had_says_how(mode: Mode) {
        let web = FakeWeb::start().await;
        for status in [410, 402, 401, 403, 451, 418] {
            web.put(&format!("/status/{status}"), Page::error(status));
        }
        let app = TestApp::start(mode, &web).await;
        for (path, outcome) in [
            ("/never-put-up", "GONE"), ("/status/410", "GONE"), ("/status/401", "PAYWALLED"), ("/status/402", "PAYWALLED"),
            ("/status/403", "BLOCKED_BY_SITE"), ("/status/451", "BLOCKED_BY_SITE"), ("/status/418", "UNSUPPORTED"),
        ] {
            let finished = fails_with(&app, &web.url(path), outcome).await;
            assert_eq!(finished["attempts"], json!(1), "{path} is not tried again: {finished:#}");
            assert_eq!(web.hits(path).len(), 1, "{path} is asked for once");
        }
        nothing_is_stored(&app).await;
    }

    async fn what_is_no_review_in_html_is_told_from_one(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/review.pdf", Page::typed("application/pdf", "%PDF-1.7\n%…"));
        web.put("/poster.png", Page::typed("image/png", b"\x89PNG\r\n\x1a\n".as_slice()));
        web.put("/empty", Page::html(""));
        web.put("/no-words", Page::html("<!doctype html><html><head><title></title></head><body></body></html>"));
        web.put("/ferries", Page::html(include_str!("../pages/ferry-timetable.html")));
        let app = TestApp::start(mode, &web).await;
        for (path, outcome) in [
            ("/review.pdf", "UNSUPPORTED"), ("/poster.png", "UNSUPPORTED"),
            ("/empty", "NOT_A_REVIEW"), ("/no-words", "NOT_A_REVIEW"), ("/ferries", "NOT_A_REVIEW"),
        ] {
            fails_with(&app, &web.url(path), outcome).await;
        }
        nothing_is_stored(&app).await;
    }

    async fn robots_txt_is_obeyed(mode: Mode) {
        let web = web_with_reviews().await;
        web.put("/robots.txt", Page::text("User-agent: *\nDisallow: /private/\n"));
        web.put("/private/review", Page::html(include_str!("../pages/low-water.html")));
        let app = TestApp::start(mode, &web).await;
        fails_with(&app, &web.url("/private/review"), "ROBOTS_DISALLOWED").await;
        assert_eq!(web.hits("/private/review").len(), 0, "what is disallowed is never asked for");
        ingest(&app, &web.url(LOW_WATER)).await;
    }

    async fn a_robots_txt_that_fails_holds_the_page_back(mode: Mode) {
        let web = web_with_reviews().await;
        web.put("/robots.txt", Page::error(503));
        let app = TestApp::start(mode, &web).await;
        waits_after(&app, &web.url(LOW_WATER)).await;
        assert_eq!(web.hits(LOW_WATER).len(), 0, "a site that cannot say what it allows is not asked");
    }

    async fn a_redirect_into_the_network_is_not_followed(mode: Mode) {
        let (web, inside) = (FakeWeb::start().await, FakeWeb::start().await);
        inside.put("/secret", Page::html(include_str!("../pages/low-water.html")));
        web.put("/to-the-inside", Page::redirect(&inside.url("/secret")));
        web.put("/to-the-metadata", Page::redirect("http://169.254.169.254/latest/meta-data/"));
        web.put("/by-two-hops", Page::redirect("/to-the-inside"));
        let app = TestApp::start(mode, &web).await;
        for path in ["/to-the-inside", "/to-the-metadata", "/by-two-hops"] {
            fails_with(&app, &web.url(path), "BLOCKED_ADDRESS").await;
        }
        assert_eq!(inside.hits("/secret").len() + inside.hits("/robots.txt").len(), 0, "no request reached the inside");
    }

    async fn a_redirect_within_what_is_allowed_is_followed(mode: Mode) {
        let web = web_with_reviews().await;
        web.put("/moved", Page::redirect("/moved-again").status(301));
        web.put("/moved-again", Page::redirect(LOW_WATER).status(308));
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url("/moved")).await;
    }

    async fn a_redirect_that_goes_round_ends(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/round", Page::redirect("/and-round"));
        web.put("/and-round", Page::redirect("/round"));
        let app = TestApp::start(mode, &web).await;
        let submission = app.submit(&web.url("/round")).await;
        let stopped = app.wait_for(&submission.id, SOON, "given up for now", |found| {
            found["state"] == json!("WAITING") || found["state"] == json!("FAILED")
        }).await;
        assert!(stopped["problem"]["message"].is_string(), "{stopped:#}");
        assert!(web.hits("/round").len() <= 11, "at most ten redirects are followed");
    }

    async fn a_page_without_end_is_cut_off(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/endless", Page::html(format!("<p>{}</p>", "tide ".repeat(TOO_MUCH_BYTES / 5))));
        let app = TestApp::start(mode, &web).await;
        fails_with(&app, &web.url("/endless"), "TOO_LARGE").await;
        nothing_is_stored(&app).await;
    }

    async fn trouble_that_may_pass_is_waited_out(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/broken", Page::error(500));
        web.put("/cut-off", Page::html(include_str!("../pages/low-water.html")).cut_off_after(2_000));
        let app = TestApp::start(mode, &web).await;
        for url in [web.url("/broken"), web.url("/cut-off"), "http://no-such-host.invalid/".to_owned()] {
            waits_after(&app, &url).await;
        }
        nothing_is_stored(&app).await;
    }

    async fn a_site_that_asks_us_to_wait_costs_no_attempt(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/busy", Page::error(503).header("retry-after", "3600"));
        let app = TestApp::start(mode, &web).await;
        let waiting = waits_after(&app, &web.url("/busy")).await;
        let (next, now) = (instant(&waiting["nextAttemptAt"]), instant(&waiting["submittedAt"]));
        assert!(next > now && next != now, "{waiting:#}");
    }

    async fn one_bad_page_in_a_list_spoils_no_other(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let urls = [web.url(LOW_WATER), "not a url".to_owned(), web.url("/never-put-up")];
        let input: Vec<Value> = urls.iter().map(|url| json!({ "url": url })).collect();
        let payloads = app.query("mutation($input: [SubmitReviewInput!]!) { submitReviews(input: $input) {
            created submission { id } userErrors { code } } }", json!({ "input": input })).await["submitReviews"].take();
        assert_eq!(payloads[1]["userErrors"], json!([{ "code": "INVALID_URL" }]), "{payloads:#}");
        let outcomes = [(0, "CREATED"), (2, "GONE")];
        for (index, outcome) in outcomes {
            let id = payloads[index]["submission"]["id"].as_str().expect("an accepted URL has a submission");
            assert_eq!(app.wait_for_outcome(id, Duration::from_secs(30)).await["outcome"], json!(outcome));
        }
    }
}

/// RFC 3339 instants in UTC sort as text.
fn instant(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no instant"))
}
