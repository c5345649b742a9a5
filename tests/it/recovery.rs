//! Processes are killed in the middle of their work, and nothing that was accepted is lost.

use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use tests::process::Process;
use tests::wait::eventually;
use tests::{FakeWeb, Gate, Mode, Options, Page, TestApp};

use crate::ingest::{LOW_WATER, SOON};

/// A lease lasts 30 s; then whoever comes first takes the submission up again.
const AFTER_THE_LEASE: Duration = Duration::from_secs(75);

/// A web whose only review does not answer until the gate is open.
async fn web_with_a_held_review() -> (FakeWeb, Gate) {
    let (web, gate) = (FakeWeb::start().await, Gate::closed());
    web.put(LOW_WATER, Page::html(include_str!("../pages/low-water.html")).held_by(&gate));
    (web, gate)
}

#[tokio::test]
async fn a_server_killed_while_it_fetches_finishes_the_page_after_its_restart() {
    let (web, gate) = web_with_a_held_review().await;
    let mut app = TestApp::start(Mode::Embedded, &web).await;
    let submission = app.submit(&web.url(LOW_WATER)).await;
    web.wait_for_hits(LOW_WATER, 1, SOON).await;
    app.restart_server().await;
    gate.open();
    let finished = app.wait_for_outcome(&submission.id, AFTER_THE_LEASE).await;
    assert_eq!(finished["outcome"], json!("CREATED"), "{finished:#}");
    assert_eq!(web.hits(LOW_WATER).len(), 2, "one fetch was lost with the process, the next one counted");
    one_review_of_one_film(&app).await;
}

#[tokio::test]
async fn a_killed_workers_page_is_finished_by_the_other_worker() {
    let (web, gate) = web_with_a_held_review().await;
    let mut app = TestApp::start(Mode::Fleet, &web).await;
    // Whoever holds the page dies, and one worker that never heard of it stays.
    app.workers()[1].kill();
    let submission = app.submit(&web.url(LOW_WATER)).await;
    web.wait_for_hits(LOW_WATER, 1, SOON).await;
    app.start_worker("worker-3");
    app.workers()[0].kill();
    gate.open();
    let finished = app.wait_for_outcome(&submission.id, AFTER_THE_LEASE).await;
    assert_eq!(finished["outcome"], json!("CREATED"), "{finished:#}");
    one_review_of_one_film(&app).await;
}

#[tokio::test]
async fn what_was_submitted_while_no_worker_lived_is_done_when_one_comes() {
    let (web, gate) = web_with_a_held_review().await;
    gate.open();
    let mut app = TestApp::start(Mode::Fleet, &web).await;
    for worker in app.workers() {
        worker.kill();
    }
    let submission = app.submit(&web.url(LOW_WATER)).await;
    assert_eq!(app.submission(&submission.id).await["state"], json!("QUEUED"));
    app.start_worker("worker-3");
    assert_eq!(app.wait_for_outcome(&submission.id, SOON).await["outcome"], json!("CREATED"));
}

#[tokio::test]
async fn a_server_told_to_stop_amid_much_work_ends_it_in_order_and_loses_nothing() {
    const PAGES: usize = 40;
    // Where its queue is just then is chance.
    const ROUNDS: usize = 3;
    let web = FakeWeb::start().await;
    let mut app = TestApp::start(Mode::Embedded, &web).await;
    let mut submissions = Vec::new();
    for round in 0..ROUNDS {
        for page in 0..PAGES {
            let path = format!("/burst/{round}/{page}");
            web.put(&path, Page::html(include_str!("../pages/low-water.html")));
            submissions.push(app.submit(&web.url(&path)).await);
        }
        app.server().ask_to_stop();
        assert!(app.server_mut().wait_for_end(SOON).await.success());
        let log = app.server().stderr();
        assert!(!log.contains("ERROR"), "what was at work could not be ended:\n{log}");
        app.restart_server().await;
    }
    for submission in &submissions {
        let finished = app.wait_for_outcome(&submission.id, AFTER_THE_LEASE).await;
        assert_eq!(finished["state"], json!("SUCCEEDED"), "{finished:#}");
    }
}

#[tokio::test]
async fn a_refused_address_stays_refused_after_a_restart() {
    let web = FakeWeb::start().await;
    let mut app = TestApp::start_with(Mode::Embedded, Options::default()).await;
    for _ in 0..2 {
        let payload = app.submit_payload(&web.url(LOW_WATER)).await;
        assert_eq!(payload["userErrors"][0]["code"], json!("BLOCKED_ADDRESS"), "nothing is allowed by default");
        app.restart_server().await;
    }
}

#[tokio::test]
async fn a_page_handed_in_while_redis_is_away_is_done_when_it_is_back() {
    let (web, gate) = web_with_a_held_review().await;
    gate.open();
    let mut redis = Redis::start().await;
    let app = TestApp::start_with(Mode::Fleet, Options::default().allow(web.address()).redis(&redis.url())).await;
    redis.kill();
    let submission = app.submit(&web.url(LOW_WATER)).await;
    assert!(submission.created, "the row is enough");
    redis.start_again().await;
    let finished = app.wait_for_outcome(&submission.id, AFTER_THE_LEASE).await;
    assert_eq!(finished["outcome"], json!("CREATED"), "{finished:#}");
}

#[tokio::test]
async fn a_site_that_never_answers_is_given_up_on_for_now() {
    if !tests::settings::long_runs() {
        return;
    }
    let (web, gate) = web_with_a_held_review().await;
    let app = TestApp::start(Mode::Embedded, &web).await;
    let submission = app.submit(&web.url(LOW_WATER)).await;
    let waiting = |submission: &serde_json::Value| submission["state"] == json!("WAITING");
    let waiting = app.wait_for(&submission.id, Duration::from_secs(60), "waiting", waiting).await;
    assert_eq!(waiting["problem"]["retryable"], json!(true), "{waiting:#}");
    gate.open();
}

/// A Redis of the test's own, which it may kill.
struct Redis {
    process: Process,
    port: u16,
    folder: TempDir,
}

impl Redis {
    async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap().port();
        let folder = TempDir::new().unwrap();
        let redis = Self { process: Self::spawn(port, &folder), port, folder };
        redis.wait_until_up().await;
        redis
    }

    fn spawn(port: u16, folder: &TempDir) -> Process {
        let port = port.to_string();
        let arguments = ["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        let arguments = arguments.map(str::to_owned);
        Process::start("redis", &tests::settings::redis_server(), &arguments, &[], folder.path())
    }

    async fn wait_until_up(&self) {
        eventually(SOON, "Redis to listen", async || TcpStream::connect(("127.0.0.1", self.port)).ok()).await;
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    fn kill(&mut self) {
        self.process.kill();
    }

    /// Empty, as a Redis that keeps nothing on disk comes back.
    async fn start_again(&mut self) {
        self.process = Self::spawn(self.port, &self.folder);
        self.wait_until_up().await;
    }
}

async fn one_review_of_one_film(app: &TestApp) {
    let lists = "{ films(first: 5) { totalCount } reviews(first: 5) { totalCount } }";
    let one = json!({ "totalCount": 1 });
    assert_eq!(app.query(lists, json!({})).await, json!({ "films": one, "reviews": one }));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_reader_that_was_killed_between_two_pages_costs_neither() {
    let web = FakeWeb::start().await;
    let page = include_str!("../../examples/the-lamplighter.html");
    web.put("/first", Page::html(page));
    web.put("/second", Page::html(page));
    let app = TestApp::start(Mode::Embedded, &web).await;
    for path in ["/first", "/second"] {
        let submission = app.submit(&web.url(path)).await;
        let finished = app.wait_for_outcome(&submission.id, Duration::from_secs(60)).await;
        assert_eq!(finished["state"], json!("SUCCEEDED"), "{finished:#}");
        assert!(app.server().kill_children() > 0, "pages are read by children of the server");
    }
}
