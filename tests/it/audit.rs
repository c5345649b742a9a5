//! The endpoint passes the audit of the GraphQL-over-HTTP specification's reference implementation, every check of it.

use std::time::Duration;

use tests::{Mode, Options, TestApp, node};

/// Longest that all checks may take.
const AUDITED_WITHIN: Duration = Duration::from_secs(60);

/// Checks of the version in `tests/package-lock.json`: a later one that has more says so here.
const CHECKS: usize = 61;

#[tokio::test]
async fn every_check_of_the_audit_passes() {
    let app = TestApp::start_with(Mode::Embedded, Options::default()).await;
    let results = node::run("audit", &[&app.endpoint()], AUDITED_WITHIN).await;
    let failed: Vec<_> = results.iter().filter(|result| result["status"] != "ok").collect();
    assert!(failed.is_empty(), "{} of {} checks failed: {failed:#?}", failed.len(), results.len());
    assert_eq!(results.len(), CHECKS);
}

#[tokio::test]
async fn the_audit_finds_fault_with_what_is_no_graphql_server() {
    let web = tests::FakeWeb::start().await;
    let results = node::run("audit", &[&web.url("/graphql")], AUDITED_WITHIN).await;
    assert_eq!(results.len(), CHECKS);
    assert!(results.iter().filter(|result| result["status"] == "error").count() > 5, "{results:#?}");
}
