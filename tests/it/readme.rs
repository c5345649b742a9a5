//! The README's query, pasted as it stands there, gives the answer that stands there.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tests::{FakeWeb, Mode, Page, TestApp, settings};

/// The blocks of one language, in order.
fn blocks(readme: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    readme.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn the_query_of_the_readme_gives_its_answer() {
    let repository = settings::repository();
    let readme = fs::read_to_string(repository.join("README.md")).expect("there is a README");
    let [mutation, query] = blocks(&readme, "graphql").try_into().expect("the README has a mutation and a query");
    let [answer] = blocks(&readme, "json").try_into().expect("the README has one answer");
    let expected: Value = serde_json::from_str(&answer).expect("the README's answer is JSON");

    let web = FakeWeb::start().await;
    let page = fs::read_to_string(repository.join("examples/the-lamplighter.html")).expect("there is an example");
    web.put("/the-lamplighter.html", Page::html(page));
    let app = TestApp::start(Mode::Embedded, &web).await;
    // The README's web server is this test's, on another port.
    let mutation = mutation.replace("http://127.0.0.1:8081/the-lamplighter.html", &web.url("/the-lamplighter.html"));
    assert!(mutation.contains(&web.url("/the-lamplighter.html")), "{mutation}");
    let accepted = app.query(&mutation, json!({})).await;
    assert_eq!(accepted, json!({ "submitReview": { "submission": { "state": "QUEUED" } } }));
    let submission = app.submit(&web.url("/the-lamplighter.html")).await;
    app.wait_for_outcome(&submission.id, Duration::from_secs(30)).await;
    assert_eq!(app.query(&query, json!({})).await, expected);
}
