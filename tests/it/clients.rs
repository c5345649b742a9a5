//! What people write clients with works: generated types compile, and the README's calls answer as they stand there.

use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tests::node;
use tests::settings::repository;

/// The compiler takes a few seconds of its own, and longer beside other tests.
const COMPILED_WITHIN: Duration = Duration::from_secs(120);

#[tokio::test]
async fn types_generated_from_the_schema_compile_with_a_program_that_uses_them() {
    let folder = TempDir::new().expect("there is room for temporary files");
    let file = |name: &str| repository().join(name).display().to_string();
    let files = [file("api/schema.graphql"), file("tests/clients/documents.graphql"), file("tests/clients/program.ts")];
    let place = folder.path().display().to_string();
    let printed = node::run("typescript", &[&files[0], &files[1], &files[2], &place], COMPILED_WITHIN).await;
    let (made, faults): (Vec<Value>, Vec<Value>) =
        printed.into_iter().partition(|line| line.get("characters").is_some());
    assert_eq!(faults, Vec::<Value>::new());
    // Both files hold types, and not only what every file begins with.
    assert_eq!(made.len(), 2);
    assert!(
        made.iter().all(|file| file["characters"].as_u64().is_some_and(|characters| characters > 4_000)),
        "{made:?}"
    );
}
