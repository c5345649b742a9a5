//! The queue is paused and resumed, and submissions are tried again and called off, over GraphQL and on the command line.

use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::command_line::{Finished, marquee};
use tests::wait::eventually;
use tests::{FakeWeb, Gate, Mode, Page, TestApp};

use crate::ingest::{LOW_WATER, SECOND_OPINION, SOON};

/// Renewed every ten seconds, a lease that was taken away is noticed by then.
const NOTICED: Duration = Duration::from_secs(40);

const STATUS: &str = "paused workers oldestQueuedSeconds counts { state count }";
const PAYLOAD: &str = "submission { id state outcome finishedAt problem { code } } userErrors { code message path }";

/// A web whose first review does not answer until the gate is open, and whose second does.
async fn web_with_a_gate() -> (FakeWeb, Gate) {
    let (web, gate) = (FakeWeb::start().await, Gate::closed());
    web.put(LOW_WATER, Page::html(include_str!("../pages/low-water.html")).held_by(&gate));
    web.put(SECOND_OPINION, Page::html(include_str!("../pages/low-water-second-opinion.html")));
    (web, gate)
}

async fn retry(app: &TestApp, id: &str) -> Value {
    let document = format!("mutation($id: ID!) {{ retrySubmission(id: $id) {{ {PAYLOAD} }} }}");
    app.query(&document, json!({ "id": id })).await["retrySubmission"].take()
}

async fn cancel(app: &TestApp, id: &str) -> Value {
    let document = format!("mutation($id: ID!) {{ cancelSubmission(id: $id) {{ {PAYLOAD} }} }}");
    app.query(&document, json!({ "id": id })).await["cancelSubmission"].take()
}

async fn switch(app: &TestApp, mutation: &str) -> Value {
    app.query(&format!("mutation {{ {mutation} {{ {STATUS} }} }}"), json!({})).await[mutation].take()
}

async fn status(app: &TestApp) -> Value {
    app.query(&format!("{{ queue {{ {STATUS} }} }}"), json!({})).await["queue"].take()
}

fn count(status: &Value, state: &str) -> i64 {
    let counts = status["counts"].as_array().expect("counts are a list");
    assert_eq!(counts.len(), 8, "every state is counted");
    counts.iter().find(|count| count["state"] == state).and_then(|count| count["count"].as_i64()).expect("a count")
}

/// The events' states, after checking that their numbers have no gap.
async fn history(app: &TestApp, id: &str) -> Vec<String> {
    let document = "query($id: ID!) { submission(id: $id) { events(first: 100) { nodes { sequence state } } } }";
    let found = app.query(document, json!({ "id": id })).await;
    let events = found["submission"]["events"]["nodes"].as_array().expect("events").clone();
    for (event, number) in events.iter().zip(1..) {
        assert_eq!(event["sequence"], json!(number), "{events:?}");
    }
    events.iter().map(|event| event["state"].as_str().expect("a state").to_owned()).collect()
}

fn code(payload: &Value) -> &str {
    payload["userErrors"][0]["code"].as_str().unwrap_or_default()
}

async fn command(app: &TestApp, words: &[&str]) -> Finished {
    let connections = app.connections().iter().map(String::as_str);
    marquee(&words.iter().copied().chain(connections).collect::<Vec<_>>(), SOON).await
}

tests::both_modes! {
    async fn a_paused_queue_takes_nothing_until_it_is_resumed_not_even_after_a_restart(mode: Mode) {
        let (web, gate) = web_with_a_gate().await;
        let mut app = TestApp::start(mode, &web).await;
        let held = app.submit(&web.url(LOW_WATER)).await;
        web.wait_for_hits(LOW_WATER, 1, SOON).await;
        let paused = switch(&app, "pauseQueue").await;
        assert_eq!((&paused["paused"], count(&paused, "FETCHING")), (&json!(true), 1), "{paused:#}");
        assert_eq!(switch(&app, "pauseQueue").await["paused"], json!(true), "pausing twice is pausing");
        let waiting = app.submit(&web.url(SECOND_OPINION)).await;
        // What is held is finished.
        gate.open();
        assert_eq!(app.wait_for_outcome(&held.id, SOON).await["outcome"], json!("CREATED"));
        app.restart_server().await;
        let status = status(&app).await;
        assert_eq!((&status["paused"], count(&status, "QUEUED"), count(&status, "SUCCEEDED")), (&json!(true), 1, 1));
        assert!(status["oldestQueuedSeconds"].as_f64().is_some_and(|seconds| seconds >= 0.0), "{status:#}");
        if mode == Mode::Fleet {
            // A worker that comes during the pause holds to it as well.
            app.start_worker("worker-3");
            let there = async || (self::status(&app).await["workers"] == json!(3)).then_some(());
            eventually(SOON, "the third worker to be there", there).await;
        }
        assert_eq!(web.hits(SECOND_OPINION).len(), 0, "nothing new was taken");
        let resumed = switch(&app, "resumeQueue").await;
        assert_eq!(resumed["paused"], json!(false));
        assert_eq!(app.wait_for_outcome(&waiting.id, SOON).await["state"], json!("SUCCEEDED"));
        assert_eq!(status_of_an_empty_queue(&app).await["oldestQueuedSeconds"], Value::Null);
    }

    async fn a_submission_that_is_called_off_while_it_is_fetched_stores_nothing(mode: Mode) {
        let (web, gate) = web_with_a_gate().await;
        let app = TestApp::start(mode, &web).await;
        let submission = app.submit(&web.url(LOW_WATER)).await;
        web.wait_for_hits(LOW_WATER, 1, SOON).await;
        let refused = retry(&app, &submission.id).await;
        assert_eq!((code(&refused), &refused["submission"]["state"]), ("WRONG_STATE", &json!("FETCHING")), "{refused:#}");
        let cancelled = cancel(&app, &submission.id).await;
        assert_eq!(cancelled["userErrors"], json!([]));
        assert_eq!((&cancelled["submission"]["state"], &cancelled["submission"]["outcome"]), (&json!("CANCELLED"), &json!("CANCELLED")));
        assert_eq!(cancel(&app, &submission.id).await["userErrors"], json!([]), "twice is once");
        gate.open();
        // The site's answer reaches the worker, which finds that its lease is gone.
        let fetches = "query($id: ID!) { submission(id: $id) { fetches { totalCount } } }";
        let answered = async || {
            let found = app.query(fetches, json!({ "id": submission.id })).await;
            (found["submission"]["fetches"]["totalCount"] == json!(1)).then_some(())
        };
        eventually(NOTICED, "the worker to be done with the page", answered).await;
        // The second page is worked on after it, by the same worker or another.
        let next = app.submit(&web.url(SECOND_OPINION)).await;
        app.wait_for_outcome(&next.id, SOON).await;
        assert_eq!(app.submission(&submission.id).await["state"], json!("CANCELLED"));
        assert_eq!(history(&app, &submission.id).await, ["QUEUED", "FETCHING", "CANCELLED"]);
        let found = app.query("query($url: URL!) { review(url: $url) { id } reviews { totalCount } }", json!({ "url": web.url(LOW_WATER) })).await;
        assert_eq!(found, json!({ "review": null, "reviews": { "totalCount": 1 } }));
        // And it can be had after all.
        let again = retry(&app, &submission.id).await;
        assert_eq!((&again["userErrors"], &again["submission"]["state"]), (&json!([]), &json!("QUEUED")));
        assert_eq!(app.wait_for_outcome(&submission.id, SOON).await["outcome"], json!("CREATED"));
    }

    async fn what_failed_or_waits_is_tried_again_and_what_succeeded_is_not(mode: Mode) {
        let (web, gate) = web_with_a_gate().await;
        gate.open();
        web.put("/gone", Page::error(404));
        web.put("/later", Page::error(503));
        let app = TestApp::start(mode, &web).await;
        let (gone, later, good) = (app.submit(&web.url("/gone")).await, app.submit(&web.url("/later")).await, app.submit(&web.url(LOW_WATER)).await);
        assert_eq!(app.wait_for_outcome(&gone.id, SOON).await["outcome"], json!("GONE"));
        app.wait_for(&later.id, SOON, "waiting", |submission| submission["state"] == "WAITING").await;
        app.wait_for_outcome(&good.id, SOON).await;
        for path in ["/gone", "/later"] {
            web.put(path, Page::html(include_str!("../pages/low-water-second-opinion.html")));
        }
        for submission in [&gone, &later] {
            let again = retry(&app, &submission.id).await;
            assert_eq!((&again["userErrors"], &again["submission"]["problem"]), (&json!([]), &Value::Null), "{again:#}");
            assert_eq!(app.wait_for_outcome(&submission.id, SOON).await["state"], json!("SUCCEEDED"));
            history(&app, &submission.id).await;
        }
        for payload in [retry(&app, &good.id).await, cancel(&app, &good.id).await] {
            assert_eq!(code(&payload), "WRONG_STATE");
            let message = payload["userErrors"][0]["message"].as_str().expect("a message");
            assert!(message.contains("SUCCEEDED"), "{message}");
            assert_eq!((&payload["submission"]["state"], &payload["userErrors"][0]["path"]), (&json!("SUCCEEDED"), &json!(["id"])));
        }
        let film = app.query("{ films(first: 1) { nodes { id } } }", json!({})).await["films"]["nodes"][0]["id"].take();
        for id in [film.as_str().expect("an id"), "nonsense", "", "Uzk5OTk5"] {
            for payload in [retry(&app, id).await, cancel(&app, id).await] {
                assert_eq!((code(&payload), &payload["submission"]), ("NOT_FOUND", &Value::Null), "{id}: {payload:#}");
            }
        }
    }

    async fn a_queued_submission_is_called_off_and_tried_again_once_however_often_it_is_asked(mode: Mode) {
        let (web, gate) = web_with_a_gate().await;
        gate.open();
        let app = TestApp::start(mode, &web).await;
        switch(&app, "pauseQueue").await;
        let submission = app.submit(&web.url(LOW_WATER)).await;
        let many = async |what: &str| {
            let document = format!("mutation($id: ID!) {{ {what}(id: $id) {{ {PAYLOAD} }} }}");
            let variables = json!({ "id": submission.id });
            let asked = (0..8).map(|_| app.query(&document, variables.clone()));
            for payload in futures::future::join_all(asked).await {
                assert_eq!(payload[what]["userErrors"], json!([]), "{payload:#}");
            }
        };
        many("retrySubmission").await;
        assert_eq!(history(&app, &submission.id).await, ["QUEUED"]);
        many("cancelSubmission").await;
        assert_eq!(history(&app, &submission.id).await, ["QUEUED", "CANCELLED"]);
        many("retrySubmission").await;
        assert_eq!(history(&app, &submission.id).await, ["QUEUED", "CANCELLED", "QUEUED"]);
        switch(&app, "resumeQueue").await;
        assert_eq!(app.wait_for_outcome(&submission.id, SOON).await["outcome"], json!("CREATED"));
        assert_eq!(web.hits(LOW_WATER).len(), 1, "it was worked on once");
    }

    async fn however_calling_off_and_working_meet_the_end_is_one_of_the_two(mode: Mode) {
        let (web, gate) = web_with_a_gate().await;
        gate.open();
        for number in 0..12 {
            web.put(&format!("/{number}"), Page::html(include_str!("../pages/low-water-second-opinion.html").replace("Low Water", &format!("Low Water {number}"))));
        }
        let app = TestApp::start(mode, &web).await;
        let mut submitted = Vec::new();
        for number in 0..12 {
            submitted.push(app.submit(&web.url(&format!("/{number}"))).await.id);
        }
        let cancelled = futures::future::join_all(submitted.iter().map(|id| cancel(&app, id))).await;
        for (id, payload) in submitted.iter().zip(&cancelled) {
            let finished = app.wait_for_outcome(id, SOON).await;
            let states = history(&app, id).await;
            let ends = states.iter().filter(|state| ["CANCELLED", "SUCCEEDED", "FAILED"].contains(&state.as_str())).count();
            assert_eq!(ends, 1, "it ends once: {states:?}");
            assert_eq!(code(payload) == "WRONG_STATE", finished["state"] != "CANCELLED", "{payload:#} {finished:#}");
            assert_eq!(finished["review"].is_null(), finished["state"] == "CANCELLED", "{finished:#}");
        }
        let kept = cancelled.iter().filter(|payload| code(payload) == "WRONG_STATE").count();
        assert_eq!(app.query("{ reviews { totalCount } }", json!({})).await["reviews"]["totalCount"], json!(kept));
    }

    async fn the_command_line_does_the_same(mode: Mode) {
        let (web, gate) = web_with_a_gate().await;
        gate.open();
        web.put("/gone", Page::error(410));
        let app = TestApp::start(mode, &web).await;
        let gone = app.submit(&web.url("/gone")).await;
        app.wait_for_outcome(&gone.id, SOON).await;
        let shown = command(&app, &["submissions", "show", &gone.id]).await;
        assert!(shown.status.success(), "{shown:#?}");
        assert_eq!((&shown.json()["outcome"], &shown.json()["fetches"]["nodes"][0]["status"]), (&json!("GONE"), &json!(410)));
        let by_url = command(&app, &["submissions", "show", &web.url("/gone#part")]).await;
        assert_eq!(by_url.json(), shown.json());
        let paused = command(&app, &["queue", "pause"]).await;
        assert_eq!(paused.json()["paused"], json!(true), "{paused:#?}");
        assert_eq!(status(&app).await["paused"], json!(true));
        let again = command(&app, &["submissions", "retry", &web.url("/gone")]).await;
        assert_eq!(again.json()["state"], json!("QUEUED"), "{again:#?}");
        let ingest = command(&app, &["ingest", &web.url(LOW_WATER)]).await;
        assert!(!ingest.status.success() && ingest.error_line().contains("marquee queue resume"), "{ingest:#?}");
        let cancelled = command(&app, &["submissions", "cancel", &gone.id]).await;
        assert_eq!(cancelled.json()["state"], json!("CANCELLED"), "{cancelled:#?}");
        let resumed = command(&app, &["queue", "resume"]).await;
        assert_eq!((&resumed.json()["paused"], count(&resumed.json(), "CANCELLED")), (&json!(false), 1));
        let good = app.submit(&web.url(SECOND_OPINION)).await;
        app.wait_for_outcome(&good.id, SOON).await;
        let refused = command(&app, &["submissions", "cancel", &good.id]).await;
        assert!(!refused.status.success() && refused.error_line().contains("SUCCEEDED"), "{refused:#?}");
        for nobody in ["Uzk5OTk5", "nonsense", "https://reel.example/never"] {
            let missing = command(&app, &["submissions", "show", nobody]).await;
            assert!(!missing.status.success() && missing.error_line().contains(nobody), "{missing:#?}");
        }
    }

    async fn workers_are_counted_while_they_are_there(mode: Mode) {
        let (web, _gate) = web_with_a_gate().await;
        let mut app = TestApp::start(mode, &web).await;
        let workers = if mode == Mode::Fleet { 2 } else { 1 };
        let all = async || (status(&app).await["workers"] == json!(workers)).then_some(());
        eventually(SOON, "all workers to be there", all).await;
        if mode == Mode::Fleet {
            // One that is killed says nothing, and is forgotten.
            app.workers()[0].kill();
            let fewer = async || (status(&app).await["workers"] == json!(workers - 1)).then_some(());
            eventually(NOTICED, "the killed worker to be forgotten", fewer).await;
        }
    }
}

async fn status_of_an_empty_queue(app: &TestApp) -> Value {
    let empty = async || {
        let status = status(app).await;
        (count(&status, "QUEUED") == 0).then_some(status)
    };
    eventually(SOON, "the queue to be empty", empty).await
}

#[tokio::test]
async fn a_command_without_an_installation_says_so() {
    let folder = TempDir::new().unwrap();
    let database = format!("sqlite:{}", folder.path().join("none").join("marquee.db").display());
    let finished = marquee(&["queue", "pause", "--database-url", &database], SOON).await;
    assert!(!finished.status.success() && finished.error_line().contains("--database-url"), "{finished:#?}");
}
