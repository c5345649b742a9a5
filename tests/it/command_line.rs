//! The commands, as somebody types them.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::command_line::marquee;
use tests::settings;

use crate::ingest::{LOW_WATER, SOON, web_with_reviews};

/// A command that does not fetch.
const AT_ONCE: Duration = Duration::from_secs(20);

fn page(name: &str) -> PathBuf {
    settings::repository().join("tests/pages").join(name)
}

fn sqlite(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("marquee.db").display())
}

#[tokio::test]
async fn the_schema_in_the_repository_is_the_one_that_is_served() {
    let finished = marquee(&["schema"], AT_ONCE).await;
    assert!(finished.status.success(), "{finished:#?}");
    let checked_in =
        fs::read_to_string(settings::repository().join("api/schema.graphql")).expect("the schema is checked in");
    assert!(finished.stdout == checked_in, "run: cargo run -- schema > api/schema.graphql");
}

#[tokio::test]
async fn a_page_is_extracted_without_network_or_database() {
    let file = page("low-water.html").display().to_string();
    let finished = marquee(&["extract", &file, "--url", "https://estuary.example/film/low-water"], AT_ONCE).await;
    assert!(finished.status.success(), "{finished:#?}");
    let said = finished.json();
    assert_eq!(said["is_film_review"], json!(true));
    assert_eq!(said["film"]["title"], json!("Low Water"));
    assert_eq!(said["film"]["runtime_minutes"], json!(107));
    assert_eq!(said["film"]["directors"], json!(["Maren Holloway"]));
    assert_eq!(said["review"]["author"], json!("Nadia Ferris"));
    assert_eq!(said["review"]["published"], json!("2025-03-12"));
    assert_eq!(said["review"]["rating_value"], json!(3.0));
    assert_eq!(said["captions"].as_array().map(Vec::len), Some(3));
    assert_eq!(said.get("evidence"), None, "evidence is printed when asked for");
}

#[tokio::test]
async fn evidence_quotes_the_text_word_for_word() {
    let file = page("low-water.html").display().to_string();
    let arguments = ["extract", &file, "--url", "https://estuary.example/film/low-water", "--evidence"];
    let said = marquee(&arguments, AT_ONCE).await.json();
    let text = said["text"].as_str().expect("the text is printed with the evidence");
    let evidence = said["evidence"].as_array().expect("the evidence is a list");
    let offset = |value: &Value| value.as_u64().and_then(|offset| usize::try_from(offset).ok());
    let quoted: Vec<_> = evidence
        .iter()
        .filter_map(|item| Some((offset(&item["start"])?, offset(&item["end"])?, item["quote"].as_str()?)))
        .collect();
    assert!(quoted.len() > 10, "most of what this page says stands in its text: {evidence:#?}");
    // Offsets count scalar values, as in the database and in GraphQL.
    let text: Vec<char> = text.chars().collect();
    for (start, end, quote) in quoted {
        assert_eq!(text.get(start..end).map(String::from_iter).as_deref(), Some(quote));
    }
}

#[tokio::test]
async fn a_page_that_is_no_review_is_extracted_with_a_reason() {
    let file = page("ferry-timetable.html").display().to_string();
    let finished = marquee(&["extract", &file, "--url", "https://harbour.example/ferries"], AT_ONCE).await;
    assert!(finished.status.success(), "saying that it is no review is an answer: {finished:#?}");
    assert_eq!(finished.json()["is_film_review"], json!(false));
    assert!(finished.json()["reason"].is_string(), "{}", finished.stdout);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named() {
    let finished = marquee(&["extract", "no-such-page.html", "--url", "https://estuary.example/"], AT_ONCE).await;
    assert!(!finished.status.success());
    assert!(finished.error_line().contains("no-such-page.html"), "{}", finished.error_line());
}

#[tokio::test]
async fn ingest_prints_the_film_and_succeeds() {
    let (web, folder) = (web_with_reviews().await, TempDir::new().unwrap());
    let (allow, database, url) = (web.address().to_string(), sqlite(&folder), web.url(LOW_WATER));
    let settings = ["--database-url", &database, "--fetch-allow", &allow, "--host-delay-ms", "0"];
    let finished = marquee(&[&["ingest", &url], &settings[..]].concat(), SOON).await;
    assert!(finished.status.success(), "{finished:#?}");
    let printed = finished.json();
    assert!(holds(&printed, &json!("Low Water")), "the film's title is printed: {printed:#}");
    assert!(holds(&printed, &json!("Maren Holloway")), "so is its director: {printed:#}");
    assert!(holds(&printed, &json!("Capt. Ruth Penhale")), "and who plays whom: {printed:#}");
}

#[tokio::test]
async fn ingest_fails_when_one_page_does_and_names_it() {
    let (web, folder) = (web_with_reviews().await, TempDir::new().unwrap());
    let (allow, database) = (web.address().to_string(), sqlite(&folder));
    let (good, bad) = (web.url(LOW_WATER), web.url("/never-put-up"));
    let settings = ["--database-url", &database, "--fetch-allow", &allow, "--host-delay-ms", "0"];
    let finished = marquee(&[&["ingest", &good, &bad], &settings[..]].concat(), SOON).await;
    assert!(!finished.status.success(), "{finished:#?}");
    assert!(finished.stdout.contains("Low Water"), "what succeeded is printed: {finished:#?}");
    assert!(finished.stderr.contains(&bad) && finished.stderr.to_lowercase().contains("gone"), "{finished:#?}");
}

#[tokio::test]
async fn ingest_refuses_what_is_no_url() {
    let folder = TempDir::new().unwrap();
    let finished = marquee(&["ingest", "low water", "--database-url", &sqlite(&folder)], AT_ONCE).await;
    assert!(!finished.status.success());
    assert!(finished.stderr.contains("low water"), "{finished:#?}");
}

#[tokio::test]
async fn migrate_brings_a_database_up_and_can_be_repeated() {
    let folder = TempDir::new().unwrap();
    for _ in 0..2 {
        let finished = marquee(&["migrate", "--database-url", &sqlite(&folder)], AT_ONCE).await;
        assert!(finished.status.success(), "{finished:#?}");
    }
    assert!(folder.path().join("marquee.db").is_file());
}

#[tokio::test]
async fn help_names_every_setting_with_its_twin() {
    let finished = marquee(&["serve", "--help"], AT_ONCE).await;
    assert!(finished.status.success(), "{finished:#?}");
    for name in [
        "--listen",
        "--database-url",
        "DATABASE_URL",
        "--redis-url",
        "REDIS_URL",
        "--redis-prefix",
        "--fetch-allow",
        "--host-delay-ms",
        "--insecure-public",
        "127.0.0.1:8080",
    ] {
        assert!(finished.stdout.contains(name), "{name} is not explained:\n{}", finished.stdout);
    }
}

/// Whether a value stands anywhere in a document.
pub fn holds(document: &Value, wanted: &Value) -> bool {
    match document {
        Value::Array(items) => items.iter().any(|item| holds(item, wanted)),
        Value::Object(fields) => fields.values().any(|field| holds(field, wanted)),
        scalar => scalar == wanted,
    }
}
