//! The README's query, pasted as it stands there, gives the answer that stands there.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::process::Process;
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

/// Runs a client's program to its end; gives what it printed, as JSON.
async fn printed(program: &str, file: &str, text: &str) -> Value {
    let folder = TempDir::new().expect("there is room for temporary files");
    let path = folder.path().join(file);
    fs::write(&path, text).expect("the folder can be written");
    let arguments = [path.display().to_string()];
    let mut process = Process::start("client", program.as_ref(), &arguments, &[], folder.path());
    let status = process.wait_for_end(Duration::from_secs(30)).await;
    assert!(status.success(), "{program}: {}", process.stderr());
    serde_json::from_str(&process.stdout()).unwrap_or_else(|error| panic!("{error}: {}", process.stdout()))
}

#[tokio::test]
async fn the_clients_of_the_readme_get_their_answer() {
    let repository = settings::repository();
    let readme = fs::read_to_string(repository.join("README.md")).expect("there is a README");
    let web = FakeWeb::start().await;
    let page = fs::read_to_string(repository.join("examples/the-lamplighter.html")).expect("there is an example");
    web.put("/the-lamplighter.html", Page::html(page));
    let app = TestApp::start(Mode::Embedded, &web).await;
    let submission = app.submit(&web.url("/the-lamplighter.html")).await;
    app.wait_for_outcome(&submission.id, Duration::from_secs(30)).await;
    let data = json!({ "films": { "nodes": [{ "title": "The Lamplighter", "year": 2025 }] } });
    let node = settings::node().display().to_string();
    for (language, program, file) in
        [("sh", "bash", "client.sh"), ("js", node.as_str(), "client.mjs"), ("python", "python3", "client.py")]
    {
        let [client] =
            blocks(&readme, language).try_into().unwrap_or_else(|_| panic!("the README has one in {language}"));
        let client = client.replace("http://127.0.0.1:8080/graphql", &app.endpoint());
        assert!(client.contains(&app.endpoint()), "{client}");
        let mut answer = printed(program, file, &client).await;
        // The one in JavaScript prints the data alone.
        if language != "js" {
            answer = answer["data"].take();
        }
        assert_eq!(answer, data, "{language}");
    }
}
