//! Probes: whether the process lives, and whether it can answer.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use sea_orm::{ConnectionTrait, Statement};

use super::State as Shared;
use super::answer::Refusal;

/// Longest wait for the database's word.
const DATABASE_ANSWER: Duration = Duration::from_secs(2);

/// `/health`: the process lives.
pub(super) async fn health() -> axum::Json<serde_json::Value> {
    axum::Json(serde_json::json!({ "status": "ok" }))
}

/// `/ready`: the database answers.
pub(super) async fn ready(State(state): State<Shared>) -> Result<axum::Json<serde_json::Value>, Response> {
    let database = &state.schema.services().database;
    // A table of ours, so that a database that was never migrated is not ready.
    let ask = Statement::from_string(database.backend(), "select 1 from submission limit 1");
    let problem = match tokio::time::timeout(DATABASE_ANSWER, database.connection().query_one_raw(ask)).await {
        Ok(Ok(_)) => return Ok(axum::Json(serde_json::json!({ "status": "ok" }))),
        Ok(Err(error)) => error.to_string(),
        Err(_elapsed) => "no answer in time".to_owned(),
    };
    tracing::warn!(problem, "the database does not answer");
    Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "NOT_READY", "the database does not answer").into())
}
