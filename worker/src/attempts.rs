//! The records of attempts to fetch: each leaves a row, and a later one asks whether the page has changed.

use entity::fetch;
use queue::{Claim, Database};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Statement};

use crate::fetch::{Attempt, FetchError, Validators};

/// Writes what was asked of the site, and what it answered.
///
/// # Errors
/// When the database fails.
pub async fn keep(database: &Database, claim: &Claim, started_at: i64, attempt: &Attempt) -> Result<(), DbErr> {
    let record = &attempt.record;
    let problem = attempt.result.as_ref().err();
    let signed = |count: Option<u64>| count.and_then(|count| i64::try_from(count).ok());
    let row = fetch::ActiveModel {
        id: NotSet,
        submission_id: Set(claim.submission_id),
        url: Set(record.url.clone()),
        redirects: Set(serde_json::Value::from(record.redirects.clone()).to_string()),
        status: Set(record.status.map(i32::from)),
        address: Set(record.address.map(|address| address.to_string())),
        robots_rule: Set(record.robots_rule.clone()),
        bytes_on_wire: Set(signed(record.bytes_on_wire)),
        bytes_decoded: Set(signed(record.bytes_decoded)),
        duration_ms: Set(i64::try_from(record.duration.as_millis()).unwrap_or(i64::MAX)),
        started_at: Set(started_at),
        problem_code: Set(problem.map(|problem| problem.code().to_owned())),
        problem_message: Set(problem.map(FetchError::message)),
        problem_retryable: Set(problem.map(|problem| problem.verdict().is_retryable())),
    };
    let transaction = database.begin().await?;
    fetch::Entity::insert(row).exec_without_returning(&*transaction).await?;
    transaction.commit().await
}

/// What the site said of the copy that we have, for a page that gave a review and is asked for again.
///
/// # Errors
/// When the database fails.
pub async fn validators(database: &Database, claim: &Claim) -> Result<Option<Validators>, DbErr> {
    if !claim.refetch {
        return Ok(None);
    }
    let latest = Statement::from_sql_and_values(
        database.backend(),
        "select n.etag, n.last_modified from snapshot n join submission s on s.id = n.submission_id \
         where s.id = $1 and s.review_id is not null order by n.id desc limit 1",
        [claim.submission_id.into()],
    );
    let Some(row) = database.connection().query_one_raw(latest).await? else { return Ok(None) };
    Ok(Some(Validators { etag: row.try_get("", "etag")?, last_modified: row.try_get("", "last_modified")? }))
}
