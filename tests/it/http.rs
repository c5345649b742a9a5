//! The endpoint stands up to what browsers can be made to send, and to documents made to keep it busy.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Mode, Options, TestApp};

/// A document that is to be refused must be refused before it is worked on.
const REFUSED_WITHIN: Duration = Duration::from_secs(3);

const JSON: [(&str, &str); 2] = [("content-type", "application/json"), ("accept", "application/json")];

async fn server() -> TestApp {
    TestApp::start_with(Mode::Embedded, Options::default()).await
}

fn submitting(url: &str) -> String {
    format!("mutation {{ submitReview(input: {{ url: \"{url}\" }}) {{ created }} }}")
}

async fn submissions(app: &TestApp) -> Value {
    app.query("{ submissions(first: 1) { totalCount } }", json!({})).await["submissions"]["totalCount"].take()
}

#[tokio::test]
async fn what_a_foreign_site_can_send_unasked_changes_nothing() {
    let app = server().await;
    let mutation = submitting("https://estuary.example/review");
    let body = json!({ "query": mutation }).to_string();
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let answer = app.request("POST", "/graphql", &[("content-type", kind)], body.clone()).await;
        assert!((400..500).contains(&answer.status), "{kind}: {answer:?}");
    }
    let query: String = mutation.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let answer = app.get(&format!("/graphql?query={query}"), "application/json").await;
    assert!((400..500).contains(&answer.status), "a mutation by GET: {answer:?}");
    // A name that its owner points at 127.0.0.1 makes a foreign site the same origin as this server.
    let foreign = [JSON[0], JSON[1], ("host", "rebound.example:8080")];
    let answer = app.request("POST", "/graphql", &foreign, body).await;
    assert!((400..500).contains(&answer.status), "another host's name: {answer:?}");
    assert_eq!(submissions(&app).await, json!(0));
}

#[tokio::test]
async fn a_query_may_come_by_get() {
    let app = server().await;
    let answer = app.get("/graphql?query=%7B__typename%7D", "application/json").await;
    assert_eq!((answer.status, &answer.json["data"]), (200, &json!({ "__typename": "Query" })));
}

#[tokio::test]
async fn what_is_no_request_is_answered_so() {
    let app = server().await;
    for body in ["", "{", "[]", "null", "{\"query\": 1}", "{\"variables\": {}}"] {
        let answer = app.request("POST", "/graphql", &JSON, body.to_owned()).await;
        assert!((400..500).contains(&answer.status), "{body:?}: {answer:?}");
    }
    let unknown = app.post("{ noSuchField }", json!({})).await;
    assert!(
        unknown.json["errors"][0]["message"].as_str().is_some_and(|text| text.contains("noSuchField")),
        "{unknown:?}"
    );
    assert_eq!(app.get("/no-such-path", "*/*").await.status, 404);
}

#[tokio::test]
async fn a_document_made_to_keep_the_server_busy_is_refused_at_once() {
    let app = server().await;
    let spread_twice = |level: usize| format!("fragment f{level} on Query {{ ...f{} ...f{} }} ", level + 1, level + 1);
    let fragments: String = (0..24).map(spread_twice).collect();
    let levels: String = "films { nodes { reviews { nodes { film { ".to_owned()
        + &"reviews { nodes { film { ".repeat(40)
        + "id"
        + &" } } }".repeat(40)
        + " } } } } }";
    let aliases: String = (0..5_000).map(|number| format!("a{number}: __typename ")).collect();
    for (name, document) in [
        ("fragments that double", format!("{{ ...f0 }} {fragments} fragment f24 on Query {{ __typename }}")),
        ("depth", format!("{{ {levels} }}")),
        ("aliases", format!("{{ {aliases} }}")),
        ("brackets", format!("{{ films(filter: {}{}) {{ totalCount }} }}", "[".repeat(20_000), "]".repeat(20_000))),
        (
            "breadth",
            "{ films(first: 100) { nodes { reviews(first: 100) { nodes { film { reviews(first: 100) { nodes {
            captions(first: 100) { nodes { text } } } } } } } } } }"
                .to_owned(),
        ),
    ] {
        let begin = Instant::now();
        let answer = app.post(&document, json!({})).await;
        assert!(answer.json["errors"][0]["message"].is_string(), "{name}: {answer:?}");
        assert!(begin.elapsed() < REFUSED_WITHIN, "{name} took {:?}", begin.elapsed());
    }
    assert_eq!(submissions(&app).await, json!(0), "and it serves on");
}

#[tokio::test]
async fn a_body_without_end_is_refused() {
    let app = server().await;
    let body = json!({ "query": format!("{{ __typename }} # {}", "x".repeat(4_000_000)) }).to_string();
    // Hung up on while it still sends, a client may miss the answer; what counts is that nothing was worked on.
    if let Ok(answer) = app.try_request("POST", "/graphql", &JSON, body).await {
        assert!((400..500).contains(&answer.status), "{answer:?}");
    }
    assert_eq!(submissions(&app).await, json!(0), "and it serves on");
}
