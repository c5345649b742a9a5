//! Who follows a submission or the graph misses nothing and hears nothing twice: with the reference clients of both transports.

use serde_json::{Value, json};
use tests::node::Script;
use tests::wait::eventually;
use tests::{FakeWeb, Gate, Mode, Page, Relay, TestApp};

use crate::ingest::{LOW_WATER, SECOND_OPINION, SOON, ingest, web_with_reviews};

const TRANSPORTS: [&str; 2] = ["ws", "sse"];

const EVENTS: &str = "subscription($id: ID!, $after: Int) {
    submissionEvents(id: $id, after: $after) { sequence state message attempt } }";

const REVIEWS: &str = "subscription($after: ID) { reviewIngested(after: $after) { id url } }";

/// The history as a query tells it.
async fn history(app: &TestApp, id: &str) -> Vec<Value> {
    const HISTORY: &str = "query($id: ID!) { submission(id: $id) {
        events(first: 100) { nodes { sequence state message attempt } } } }";
    let mut answer = app.query(HISTORY, json!({ "id": id })).await;
    match answer["submission"]["events"]["nodes"].take() {
        Value::Array(events) => events,
        other => panic!("events are a list, not {other}"),
    }
}

fn follow(transport: &str, endpoint: &str, document: &str, variables: &Value) -> Script {
    Script::start("follow", &[transport, endpoint, document, &variables.to_string()])
}

/// The events among the lines of a follower.
fn events(follower: &Script) -> Vec<Value> {
    follower.lines().iter().filter_map(|line| line.get("event").cloned()).collect()
}

fn cuts(follower: &Script) -> usize {
    follower.lines().iter().filter(|line| line.get("cut").is_some()).count()
}

/// Waits until a follower has heard so many events, and gives them.
async fn heard(follower: &Script, count: usize) -> Vec<Value> {
    eventually(SOON, &format!("{count} events"), async || {
        let events = events(follower);
        (events.len() >= count).then_some(events)
    })
    .await
}

/// Waits until a follower has heard of a state.
async fn heard_of(follower: &Script, state: &str) {
    eventually(SOON, &format!("an event of {state}"), async || {
        events(follower).iter().any(|event| event["state"] == json!(state)).then_some(())
    })
    .await;
}

tests::both_modes! {
    async fn a_submission_is_followed_to_its_end(mode: Mode) {
        let (web, gate) = (web_with_reviews().await, Gate::closed());
        web.put(LOW_WATER, Page::html(include_str!("../pages/low-water.html")).held_by(&gate));
        let app = TestApp::start(mode, &web).await;
        let submission = app.submit(&web.url(LOW_WATER)).await;
        let followers =
            TRANSPORTS.map(|transport| follow(transport, &app.endpoint(), EVENTS, &json!({ "id": submission.id, "after": 0 })));
        for follower in &followers {
            heard_of(follower, "FETCHING").await;
        }
        // Heard while the page is still held: nobody waited for the end to tell all at once.
        gate.open();
        for follower in &followers {
            heard_of(follower, "SUCCEEDED").await;
            assert_eq!(events(follower), history(&app, &submission.id).await);
        }
    }

    async fn a_submission_that_is_called_off_is_followed_to_its_end(mode: Mode) {
        let (web, gate) = (web_with_reviews().await, Gate::closed());
        web.put(LOW_WATER, Page::html(include_str!("../pages/low-water.html")).held_by(&gate));
        let app = TestApp::start(mode, &web).await;
        let submission = app.submit(&web.url(LOW_WATER)).await;
        let followers =
            TRANSPORTS.map(|transport| follow(transport, &app.endpoint(), EVENTS, &json!({ "id": submission.id, "after": 0 })));
        for follower in &followers {
            heard_of(follower, "FETCHING").await;
        }
        let cancel = "mutation($id: ID!) { cancelSubmission(id: $id) { userErrors { message } } }";
        assert_eq!(app.query(cancel, json!({ "id": submission.id })).await["cancelSubmission"]["userErrors"], json!([]));
        for follower in &followers {
            heard_of(follower, "CANCELLED").await;
            assert_eq!(events(follower), history(&app, &submission.id).await);
        }
        gate.open();
    }

    async fn a_follower_whose_connection_is_cut_misses_nothing_and_hears_nothing_twice(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let relay = Relay::to(&app.endpoint()).await;
        let submission = app.submit(&web.url(LOW_WATER)).await;
        let from_the_start = json!({ "id": submission.id, "after": 0 });
        let followers = TRANSPORTS.map(|transport| follow(transport, &relay.endpoint(), EVENTS, &from_the_start));
        let mut broken = 0;
        for look in 0..8 {
            app.wait_for_outcome(&submission.id, SOON).await;
            broken += relay.cut();
            if look % 2 == 1 {
                // Cut off at another moment: when something has just been heard.
                let known = history(&app, &submission.id).await.len();
                for follower in &followers {
                    heard(follower, known).await;
                }
                broken += relay.cut();
            }
            app.refetch(&web.url(LOW_WATER)).await;
        }
        app.wait_for_outcome(&submission.id, SOON).await;
        let history = history(&app, &submission.id).await;
        assert!(history.len() > 20 && broken > 4, "{} events, {broken} cuts", history.len());
        for follower in &followers {
            assert_eq!(heard(follower, history.len()).await, history);
            assert!(cuts(follower) > 0, "{:?}", follower.lines());
        }
    }

    async fn reviews_are_followed_as_they_enter_the_graph(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let first = ingest(&app, &web.url(LOW_WATER)).await;
        let relay = Relay::to(&app.endpoint()).await;
        let followers = TRANSPORTS.map(|transport| follow(transport, &relay.endpoint(), REVIEWS, &json!({ "after": first })));
        let second = ingest(&app, &web.url(SECOND_OPINION)).await;
        let wanted = vec![json!({ "id": second, "url": web.url(SECOND_OPINION) })];
        for follower in &followers {
            assert_eq!(heard(follower, 1).await, wanted);
        }
        relay.cut();
        // A fresh look is no new review, and what entered while nobody was connected is told.
        let looked = app.refetch(&web.url(LOW_WATER)).await;
        app.wait_for_outcome(&looked.id, SOON).await;
        let third = ingest_third(&app, &web).await;
        let wanted = [wanted, vec![third]].concat();
        for follower in &followers {
            assert_eq!(heard(follower, 2).await, wanted);
        }
    }

    async fn a_server_that_stops_takes_leave_of_its_followers(mode: Mode) {
        let web = web_with_reviews().await;
        let mut app = TestApp::start(mode, &web).await;
        let submission = app.submit(&web.url(LOW_WATER)).await;
        app.wait_for_outcome(&submission.id, SOON).await;
        let from_the_start = json!({ "id": submission.id, "after": 0 });
        let [socket, stream] = TRANSPORTS.map(|transport| follow(transport, &app.endpoint(), EVENTS, &from_the_start));
        let history = history(&app, &submission.id).await;
        for follower in [&socket, &stream] {
            assert_eq!(heard(follower, history.len()).await, history);
        }
        app.server().ask_to_stop();
        let status = app.server_mut().wait_for_end(SOON).await;
        assert!(status.success(), "{status}");
        let after_the_events = async |follower: &Script| {
            eventually(SOON, "the end of the stream", async || follower.lines().get(history.len()).cloned()).await
        };
        assert_eq!(after_the_events(&socket).await, json!({ "cut": 1001 }), "going away, not over");
        // Ended in order, and not said to be over: the client knows that it may come back.
        let ended = after_the_events(&stream).await["cut"].take();
        assert!(ended.as_str().is_some_and(|cut| cut.contains("closed while having active streams")), "{ended}");
    }
}

async fn ingest_third(app: &TestApp, web: &FakeWeb) -> Value {
    let page =
        include_str!("../pages/low-water.html").replace("/film/low-water-salvage-on-the-estuary", "/film/another");
    web.put("/film/another", Page::html(page.replace("3 stars", "2 stars")));
    let submission = app.submit(&web.url("/film/another")).await;
    let finished = app.wait_for_outcome(&submission.id, SOON).await;
    assert_eq!(finished["state"], json!("SUCCEEDED"), "{finished:#}");
    json!({ "id": finished["review"]["id"], "url": web.url("/film/another") })
}

#[tokio::test]
async fn what_workers_do_is_heard_at_every_server_of_a_fleet() {
    let web = web_with_reviews().await;
    let app = TestApp::start(Mode::Fleet, &web).await;
    let (_server, another) = app.start_another_server("another").await;
    let first = ingest(&app, &web.url(LOW_WATER)).await;
    let reviews =
        TRANSPORTS.map(|transport| follow(transport, &another.endpoint(), REVIEWS, &json!({ "after": first })));
    let submission = app.submit(&web.url(SECOND_OPINION)).await;
    let from_the_start = json!({ "id": submission.id, "after": 0 });
    let events_there = TRANSPORTS.map(|transport| follow(transport, &another.endpoint(), EVENTS, &from_the_start));
    for follower in &events_there {
        heard_of(follower, "SUCCEEDED").await;
        assert_eq!(events(follower), history(&app, &submission.id).await);
    }
    for follower in &reviews {
        assert_eq!(heard(follower, 1).await[0]["url"], json!(web.url(SECOND_OPINION)));
    }
}
