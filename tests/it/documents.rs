//! Documents that are named instead of sent, a server that answers known ones only, and one that does not tell its schema.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tests::app::serve;
use tests::client::Answer;
use tests::command_line::marquee;
use tests::process::Process;
use tests::{Client, node};

const FILMS: &str = "{ films { totalCount } }";
const JSON: [(&str, &str); 2] =
    [("content-type", "application/json"), ("accept", "application/graphql-response+json, application/json;q=0.9")];

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn named(text: &str) -> Value {
    json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash(text) } } })
}

async fn server(folder: &TempDir, more: &[&str]) -> (Process, Client) {
    let database = format!("sqlite:{}", folder.path().join("marquee.db").display());
    let arguments: Vec<String> =
        ["--database-url", &database].iter().chain(more).map(|argument| (*argument).to_owned()).collect();
    serve("server", &arguments, folder.path()).await
}

async fn send(client: &Client, body: &Value) -> Answer {
    client.request("POST", "/graphql", &JSON, body.to_string()).await
}

fn code(answer: &Answer) -> &Value {
    &answer.json["errors"][0]["extensions"]["code"]
}

fn folder() -> TempDir {
    TempDir::new().expect("there is room for temporary files")
}

#[tokio::test]
async fn a_document_is_known_by_its_hash_once_it_was_sent_with_it() {
    let folder = folder();
    let (_server, client) = server(&folder, &[]).await;
    let unknown = send(&client, &named(FILMS)).await;
    assert_eq!(code(&unknown), &json!("PERSISTED_QUERY_NOT_FOUND"));
    assert_eq!(unknown.json["errors"][0]["message"], json!("PersistedQueryNotFound"));
    let mut sent = named(FILMS);
    sent["query"] = json!(FILMS);
    let data = json!({ "films": { "totalCount": 0 } });
    assert_eq!(send(&client, &sent).await.json["data"], data);
    let known = send(&client, &named(FILMS)).await;
    assert_eq!((known.status, &known.json["data"]), (200, &data));
    // Clients name by GET what they want proxies to keep.
    let extensions: String =
        named(FILMS)["extensions"].to_string().bytes().map(|byte| format!("%{byte:02x}")).collect();
    let by_get = client.get(&format!("/graphql?extensions={extensions}"), "application/json").await;
    assert_eq!(by_get.json["data"], data, "{by_get:?}");
    sent["query"] = json!("{ __typename }");
    assert_eq!(code(&send(&client, &sent).await), &json!("PERSISTED_QUERY_HASH_MISMATCH"));
}

#[tokio::test]
async fn a_mutation_by_its_hash_is_not_run_by_get_and_what_is_refused_is_not_kept() {
    let folder = folder();
    let (_server, client) = server(&folder, &[]).await;
    let mutation = "mutation { submitReview(input: { url: \"https://estuary.example/a\" }) { created } }";
    let mut sent = named(mutation);
    sent["query"] = json!(mutation);
    assert_eq!(send(&client, &sent).await.status, 200);
    let extensions: String =
        named(mutation)["extensions"].to_string().bytes().map(|byte| format!("%{byte:02x}")).collect();
    let by_get = client.get(&format!("/graphql?extensions={extensions}"), "application/json").await;
    assert_eq!(by_get.status, 405, "{by_get:?}");
    let dear =
        "{ films(first: 100) { nodes { reviews(first: 100) { nodes { captions(first: 100) { nodes { text } } } } } } }";
    let mut sent = named(dear);
    sent["query"] = json!(dear);
    assert_eq!(code(&send(&client, &sent).await), &json!("QUERY_TOO_COMPLEX"));
    assert_eq!(code(&send(&client, &named(dear)).await), &json!("PERSISTED_QUERY_NOT_FOUND"));
}

#[tokio::test]
async fn a_server_with_a_list_answers_nothing_else() {
    let folder = folder();
    let list = folder.path().join("documents");
    fs::create_dir(&list).unwrap();
    let follow = "subscription { reviewIngested { id } }";
    fs::write(list.join("films.graphql"), FILMS).unwrap();
    fs::write(list.join("follow.graphql"), follow).unwrap();
    let (_server, client) = server(&folder, &["--known-documents", path(&list)]).await;
    let data = json!({ "films": { "totalCount": 0 } });
    assert_eq!(send(&client, &json!({ "query": FILMS })).await.json["data"], data);
    assert_eq!(send(&client, &named(FILMS)).await.json["data"], data, "known without being sent");
    for other in ["{ __typename }", "{ films { totalCount } } ", "{"] {
        let refused = send(&client, &json!({ "query": other })).await;
        assert_eq!((refused.status, code(&refused)), (400, &json!("DOCUMENT_NOT_KNOWN")), "{other}");
        let mut sent = named(other);
        sent["query"] = json!(other);
        assert_eq!(code(&send(&client, &sent).await), &json!("DOCUMENT_NOT_KNOWN"), "{other}");
    }
    // The same over a WebSocket.
    let subscribe =
        |id: &str, query: &str| json!({ "type": "subscribe", "id": id, "payload": { "query": query } }).to_string();
    let send =
        [json!({ "type": "connection_init" }).to_string(), subscribe("1", follow), subscribe("2", "{ __typename }")];
    let cases = json!([{ "send": send, "until": 2 }]).to_string();
    let talked = node::run("talk", &[&client.endpoint(), &cases], Duration::from_secs(30)).await;
    let error = &talked[0]["messages"][1];
    assert_eq!((&error["id"], &error["payload"][0]["extensions"]["code"]), (&json!("2"), &json!("DOCUMENT_NOT_KNOWN")));
}

#[tokio::test]
async fn a_list_that_cannot_be_used_is_refused_at_the_start() {
    let folder = folder();
    let broken = folder.path().join("broken.json");
    fs::write(&broken, "{ \"Films\": \"{ films {\" }").unwrap();
    let missing = folder.path().join("missing");
    for (list, wanted) in [(&broken, "\"Films\" in"), (&missing, "cannot be read")] {
        let finished =
            marquee(&["serve", "--listen", "127.0.0.1:0", "--known-documents", path(list)], Duration::from_secs(20))
                .await;
        assert!(!finished.status.success());
        assert!(finished.error_line().contains(wanted), "{finished:#?}");
    }
}

#[tokio::test]
async fn a_server_can_keep_its_schema_to_itself() {
    let folder = folder();
    let (_server, client) = server(&folder, &["--no-introspection"]).await;
    for query in [
        "{ __schema { types { name } } }",
        "query { __type(name: \"Film\") { name } }",
        "{ ...A } fragment A on Query { ... { a: __schema { queryType { name } } } }",
    ] {
        let refused = send(&client, &json!({ "query": query })).await;
        assert_eq!(code(&refused), &json!("INTROSPECTION_OFF"), "{query}: {refused:?}");
    }
    let answered = send(&client, &json!({ "query": "{ __typename films { nodes { __typename } } }" })).await;
    assert_eq!(answered.json["data"], json!({ "__typename": "Query", "films": { "nodes": [] } }));
}

fn path(path: &Path) -> &str {
    path.to_str().expect("temporary paths are UTF-8")
}
