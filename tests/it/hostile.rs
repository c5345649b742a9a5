//! Requests made to keep the server busy or to break it are each answered, and it serves on.

use benches::hostile;
use serde_json::json;
use tests::{Mode, Options, TestApp, settings};

/// One seed here; the benchmark, which measures, takes any.
const SEED: u64 = 1;

/// Some of every kind, and with long runs as many as the benchmark measures.
const REQUESTS: usize = 24 * 20;
const REQUESTS_LONG: usize = 10_000;

const JSON: [(&str, &str); 2] = [("content-type", "application/json"), ("accept", "application/graphql-response+json")];

#[tokio::test]
async fn every_hostile_request_is_answered() {
    let app = TestApp::start_with(Mode::Embedded, Options::default()).await;
    let count = if settings::long_runs() { REQUESTS_LONG } else { REQUESTS };
    let (mut answered, mut refused) = (0, 0);
    for number in 0..count {
        let request = hostile::request(SEED, number);
        let answer = app.request("POST", "/graphql", &JSON, request.body).await;
        let what = format!("number {number}, {}", request.kind);
        match answer.status {
            200 => answered += 1,
            400..500 => refused += 1,
            status => panic!("{what}: status {status}, {:.1000}", answer.json),
        }
        let errors = answer.json["errors"].as_array();
        let all_coded = errors.is_none_or(|errors| {
            !errors.is_empty()
                && errors.iter().all(|error| error["message"].is_string() && error["extensions"]["code"].is_string())
        });
        assert!(all_coded && (answer.json["data"].is_object() || errors.is_some()), "{what}: {:.1000}", answer.json);
        let ours =
            errors.into_iter().flatten().any(|error| error["extensions"]["code"] == json!("INTERNAL_SERVER_ERROR"));
        assert!(!ours, "{what}: {:.1000}", answer.json);
    }
    assert!(answered > 0 && refused > answered, "{answered} answered, {refused} refused");
    assert_eq!(app.query("{ __typename }", json!({})).await, json!({ "__typename": "Query" }));
}
