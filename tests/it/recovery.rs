//! Processes are killed in the middle of their work, and nothing that was accepted is lost.

use std::time::Duration;

use serde_json::json;
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
async fn a_refused_address_stays_refused_after_a_restart() {
    let web = FakeWeb::start().await;
    let mut app = TestApp::start_with(Mode::Embedded, Options::default()).await;
    for _ in 0..2 {
        let payload = app.submit_payload(&web.url(LOW_WATER)).await;
        assert_eq!(payload["userErrors"][0]["code"], json!("BLOCKED_ADDRESS"), "nothing is allowed by default");
        app.restart_server().await;
    }
}

async fn one_review_of_one_film(app: &TestApp) {
    let lists = "{ films(first: 5) { totalCount } reviews(first: 5) { totalCount } }";
    let one = json!({ "totalCount": 1 });
    assert_eq!(app.query(lists, json!({})).await, json!({ "films": one, "reviews": one }));
}
