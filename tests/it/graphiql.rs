//! The page for browsers: checked in as it came from npm, complete, and served by the binary itself.

use std::fs;
use std::path::PathBuf;

use regex::Regex;
use sha2::{Digest, Sha256};
use tests::settings;
use tests::{Mode, Options, TestApp};

fn folder() -> PathBuf {
    settings::repository().join("api/assets/graphiql")
}

fn read(name: &str) -> Vec<u8> {
    let path = folder().join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What `index.html` loads: names of files in the folder.
fn loaded() -> Vec<String> {
    let page = String::from_utf8(read("index.html")).expect("the page is UTF-8");
    let reference = Regex::new(r#"(?:src|href)="([^"]*)""#).expect("the pattern is valid");
    let references = reference.captures_iter(&page).map(|found| found[1].to_owned());
    references.filter(|reference| !reference.starts_with("data:")).collect()
}

#[test]
fn the_checked_in_files_are_those_that_were_taken_from_npm() {
    let sums = String::from_utf8(read("SHA256SUMS")).expect("the sums are UTF-8");
    let mut names = Vec::new();
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("each line is a hash and a name");
        let hash: String = Sha256::digest(read(name)).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, sum, "{name} is not what update.sh took");
        names.push(name);
    }
    for name in ["graphiql.min.css", "graphiql.min.js", "react-dom.production.min.js", "react.production.min.js"] {
        assert!(names.contains(&name), "{name} has no hash");
    }
}

#[test]
fn the_page_loads_nothing_from_anywhere_else() {
    let loaded = loaded();
    assert!(loaded.len() >= 5, "{loaded:?}");
    for reference in loaded {
        let name = reference.strip_prefix("/graphiql/").unwrap_or_else(|| panic!("{reference} is not ours"));
        assert!(!read(name).is_empty(), "{name} is empty");
    }
}

#[tokio::test]
async fn a_browser_gets_the_page_and_every_file_it_loads() {
    let app = TestApp::start_with(Mode::Embedded, Options::default()).await;
    let page = app.get("/graphql", "text/html,application/xhtml+xml,*/*;q=0.8").await;
    assert_eq!(page.status, 200);
    assert!(page.content_type.starts_with("text/html"), "{}", page.content_type);
    assert_eq!(page.body, read("index.html"));
    for reference in loaded() {
        let answer = app.get(&reference, "*/*").await;
        let kind = if reference.ends_with(".css") { "text/css" } else { "javascript" };
        assert_eq!(answer.status, 200, "{reference}");
        assert!(answer.content_type.contains(kind), "{reference} is {}", answer.content_type);
        assert_eq!(answer.body, read(reference.strip_prefix("/graphiql/").unwrap()), "{reference}");
    }
    for outside in ["/graphiql/no-such-file.js", "/graphiql/../schema.graphql", "/graphiql/package.json"] {
        assert_eq!(app.get(outside, "*/*").await.status, 404, "{outside}");
    }
}
