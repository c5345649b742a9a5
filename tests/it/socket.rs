//! The graphql-transport-ws protocol to the letter, and the bounds on requests over the transports that stay open.

use std::time::Duration;

use serde_json::{Value, json};
use tests::node;
use tests::{Mode, Options, TestApp};

/// Longest that all cases of a test may take.
const TALKED_WITHIN: Duration = Duration::from_secs(60);

const EVENTS_ONLY: [(&str, &str); 2] = [("content-type", "application/json"), ("accept", "text/event-stream")];

async fn server() -> TestApp {
    TestApp::start_with(Mode::Embedded, Options::default()).await
}

fn init() -> String {
    json!({ "type": "connection_init" }).to_string()
}

fn subscribe(id: &str, query: &str) -> String {
    json!({ "type": "subscribe", "id": id, "payload": { "query": query } }).to_string()
}

async fn talk(app: &TestApp, cases: &[Value]) -> Vec<Value> {
    let talked = node::run("talk", &[&app.endpoint(), &json!(cases).to_string()], TALKED_WITHIN).await;
    assert_eq!(talked.len(), cases.len());
    talked
}

async fn talk_once(app: &TestApp, case: Value) -> Value {
    talk(app, &[case]).await.remove(0)
}

#[tokio::test]
async fn a_socket_that_breaks_the_protocol_is_closed_with_the_code_for_it() {
    let app = server().await;
    let waiting = "subscription { reviewIngested { id } }";
    let cases = [
        ("no JSON", vec!["nonsense".to_owned()], 4400),
        ("no type", vec!["{}".to_owned()], 4400),
        ("an unknown type", vec![init(), json!({ "type": "start", "id": "1" }).to_string()], 4400),
        ("an id that is a number", vec![init(), json!({ "type": "complete", "id": 1 }).to_string()], 4400),
        ("no query", vec![init(), json!({ "type": "subscribe", "id": "1", "payload": {} }).to_string()], 4400),
        ("nothing at first", vec![], 4408),
        ("no leave", vec![subscribe("1", "{ __typename }")], 4401),
        ("two beginnings", vec![init(), init()], 4429),
        ("an id twice", vec![init(), subscribe("1", waiting), subscribe("1", waiting)], 4409),
    ];
    let sent: Vec<Value> = cases.iter().map(|(name, send, _)| json!({ "name": name, "send": send })).collect();
    for ((name, _, code), talked) in cases.iter().zip(talk(&app, &sent).await) {
        assert_eq!(talked["code"], json!(code), "{name}: {talked:#}");
        assert!(talked["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{name}: {talked:#}");
    }
    let long = talk_once(&app, json!({ "name": "a long message", "send": [init()], "long": 1_100_000 })).await;
    assert_eq!(long["code"], json!(1009), "{long:#}");
    let others = [
        json!({ "name": "another subprotocol", "protocols": ["graphql-ws"] }),
        json!({ "name": "bytes", "binary": true, "send": [init()] }),
    ];
    let [subprotocol, bytes] = talk(&app, &others).await.try_into().expect("two answers");
    // A client that offered only what the server does not speak ends it by itself, before it can hear 4406.
    assert!(subprotocol["code"] == json!(4406) || subprotocol["error"].is_string(), "{subprotocol:#}");
    assert_eq!(bytes["code"], json!(4400), "{bytes:#}");
    let none = talk_once(&app, json!({ "name": "no subprotocol", "protocols": [] })).await;
    assert_eq!(none["code"], json!(4406), "{none:#}");
}

#[tokio::test]
async fn queries_mutations_and_pings_are_answered_on_a_socket() {
    let app = server().await;
    let mutation = "mutation { submitReview(input: { url: \"https://estuary.example/review\" }) { created } }";
    let case = json!({ "until": 6, "send": [
        init(), json!({ "type": "ping", "payload": { "n": 7 } }).to_string(), subscribe("q", "{ __typename }"),
        subscribe("m", mutation),
    ] });
    let mut talked = talk_once(&app, case).await;
    let messages: Vec<Value> = serde_json::from_value(talked["messages"].take()).expect("messages are a list");
    assert_eq!(messages[0], json!({ "type": "connection_ack" }));
    assert_eq!(messages[1], json!({ "type": "pong", "payload": { "n": 7 } }));
    let of = |id: &str| -> Vec<&Value> { messages.iter().filter(|message| message["id"] == json!(id)).collect() };
    for (id, data) in [("q", json!({ "__typename": "Query" })), ("m", json!({ "submitReview": { "created": true } }))] {
        let [next, complete] = of(id).try_into().expect("an answer and the end");
        assert_eq!(next["type"], json!("next"));
        assert_eq!(next["payload"]["data"], data);
        assert!(next["payload"]["extensions"]["cost"]["requested"].is_number(), "{next:#}");
        assert_eq!(complete, &json!({ "type": "complete", "id": id }));
    }
}

/// Documents that are refused before they run, and the code that says so.
fn to_be_refused() -> Vec<(&'static str, String, &'static str)> {
    let deep = format!("{{ {} id {} }}", "films { nodes { ".repeat(15), "} } ".repeat(15));
    let aliases: String = (0..200).map(|number| format!("a{number}: __typename ")).collect();
    let dear =
        "{ films(first: 100) { nodes { reviews(first: 100) { nodes { captions(first: 100) { nodes { text } } } } } } }";
    vec![
        ("no GraphQL", "{".to_owned(), "GRAPHQL_PARSE_FAILED"),
        ("an unknown field", "{ noSuchField }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("an unknown field to follow", "subscription { noSuchField }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        (
            "two fields to follow",
            "subscription { a: reviewIngested { id } b: reviewIngested { id } }".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("depth", deep, "QUERY_TOO_DEEP"),
        ("aliases", format!("{{ {aliases} }}"), "TOO_MANY_ALIASES"),
        ("cost", dear.to_owned(), "QUERY_TOO_COMPLEX"),
        ("tokens", format!("{{ {} }}", "a ".repeat(11_000)), "DOCUMENT_TOO_LARGE"),
    ]
}

#[tokio::test]
async fn the_bounds_on_requests_hold_on_sockets_and_streams() {
    let app = server().await;
    let refused = to_be_refused();
    let cases: Vec<Value> = refused
        .iter()
        .map(|(name, query, _)| json!({ "name": name, "send": [init(), subscribe("1", query)], "until": 2 }))
        .collect();
    for ((name, query, code), talked) in refused.iter().zip(talk(&app, &cases).await) {
        let error = &talked["messages"][1];
        assert_eq!(error["type"], json!("error"), "{name}: {talked:#}");
        assert_eq!(error["payload"][0]["extensions"]["code"], json!(code), "{name}: {error:#}");
        let answer = app.request("POST", "/graphql", &EVENTS_ONLY, json!({ "query": query }).to_string()).await;
        assert!(answer.content_type.starts_with("text/event-stream"), "{name}: {answer:?}");
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(body.contains("event: next") && body.contains(code), "{name}: {body}");
        assert!(body.ends_with("event: complete\ndata: \n\n"), "{name}: {body:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_followed_is_an_answer_and_then_the_end() {
    let app = server().await;
    let submission = app.submit("https://estuary.example/review").await;
    let queries = [
        "subscription { submissionEvents(id: \"nonsense\") { sequence } }".to_owned(),
        "subscription { submissionEvents(id: \"Uzk5OTk5OQ\") { sequence } }".to_owned(),
        format!("subscription {{ submissionEvents(id: \"{}\", after: 7000) {{ sequence }} }}", submission.id),
        format!("subscription {{ submissionEvents(id: \"{}\", after: -1) {{ sequence }} }}", submission.id),
        "subscription { reviewIngested(after: \"Ujk5OTk5OQ\") { id } }".to_owned(),
    ];
    let cases: Vec<Value> =
        queries.iter().map(|query| json!({ "send": [init(), subscribe("1", query)], "until": 3 })).collect();
    for (query, talked) in queries.iter().zip(talk(&app, &cases).await) {
        let payload = &talked["messages"][1]["payload"];
        assert_eq!(payload["errors"][0]["extensions"]["code"], json!("BAD_USER_INPUT"), "{query}: {talked:#}");
        assert_eq!(talked["messages"][2]["type"], json!("complete"), "{query}: {talked:#}");
    }
}

#[tokio::test]
async fn a_socket_holds_a_hundred_operations_and_refuses_more() {
    let app = server().await;
    let mut send = vec![init()];
    send.extend((0..101).map(|number| subscribe(&number.to_string(), "subscription { reviewIngested { id } }")));
    send.push(json!({ "type": "complete", "id": "7" }).to_string());
    send.push(subscribe("after one is over", "{ __typename }"));
    let talked = talk_once(&app, json!({ "send": send, "until": 4 })).await;
    let messages = talked["messages"].as_array().expect("messages are a list");
    let refused = &messages[1];
    assert_eq!((&refused["id"], &refused["type"]), (&json!("100"), &json!("error")), "{talked:#}");
    assert_eq!(refused["payload"][0]["extensions"]["code"], json!("TOO_MANY_OPERATIONS"));
    assert_eq!(messages[2]["payload"]["data"], json!({ "__typename": "Query" }), "{talked:#}");
}

#[tokio::test]
async fn a_page_of_another_site_opens_no_socket() {
    let app = server().await;
    let own = app.endpoint().replace("/graphql", "");
    let foreign = ["https://evil.example", "null", "http://127.0.0.1:1"];
    let mut cases: Vec<Value> =
        foreign.iter().map(|origin| json!({ "name": origin, "headers": { "origin": origin } })).collect();
    cases.push(json!({ "name": "a rebound name", "headers": { "host": "rebound.example" } }));
    cases.push(json!({ "name": "its own page", "headers": { "origin": own }, "send": [init()], "until": 1 }));
    let mut talked = talk(&app, &cases).await;
    let own = talked.pop().expect("the last case");
    assert_eq!(own["messages"], json!([{ "type": "connection_ack" }]), "{own:#}");
    let rebound = talked.pop().expect("the case before");
    assert_eq!(rebound["status"], json!(421), "{rebound:#}");
    for refused in talked {
        assert_eq!(refused["status"], json!(403), "{refused:#}");
        assert_eq!(refused["body"]["errors"][0]["extensions"]["code"], json!("WRONG_ORIGIN"));
    }
}
