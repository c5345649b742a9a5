//! Accepting a submission: the row is written first, and only after the commit does the bell ring.

use entity::{SubmissionState, submission};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Statement};
use thiserror::Error;

use crate::address::{AddressPolicy, AddressRefused};
use crate::announce::Announcement;
use crate::bell::{Bell, JOBS_MAX};
use crate::database::Database;
use crate::event::append_event;
use crate::page_url::{self, PageUrlError};

/// A submission that is in the database.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The row as it stands now.
    pub submission: submission::Model,
    /// Whether this call made it; false when the address was known.
    pub created: bool,
}

/// Why an address makes no submission. Only [`AcceptError::Database`] is not the caller's doing.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum AcceptError {
    #[error(transparent)]
    Url(#[from] PageUrlError),
    #[error(transparent)]
    Address(#[from] AddressRefused),
    #[error("the submission could not be written")]
    Database(#[from] DbErr),
}

/// Accepts `requested_url` and rings for it. When the queue is away, the row is enough: the sweeper rings later.
///
/// `refetch` asks for a fresh look at a known page.
///
/// # Errors
/// When the address can be refused without asking anybody, or the database fails.
pub async fn submit(
    database: &Database,
    bell: &Bell,
    policy: &AddressPolicy,
    requested_url: &str,
    refetch: bool,
) -> Result<Accepted, AcceptError> {
    let (accepted, rung) = accept(database, policy, requested_url, refetch).await?;
    let id = accepted.submission.id;
    bell.announce(Announcement::Submission(id));
    if rung && let Err(error) = bell.ring(id).await {
        tracing::warn!(submission.id = id, error = %error, "the queue is away; the sweeper will ring");
        forget_ring(database, id).await?;
    }
    Ok(accepted)
}

/// Writes the row for `requested_url`, unless its normalised address is known: then that row is answered, made due
/// again when `refetch` asks for a fresh look and the work on it is over. Answers also whether the bell is to ring.
async fn accept(
    database: &Database,
    policy: &AddressPolicy,
    requested_url: &str,
    refetch: bool,
) -> Result<(Accepted, bool), AcceptError> {
    let url = page_url::normalise(requested_url)?;
    policy.judge_url(&url)?;
    let transaction = database.begin().await?;
    let now = transaction.now().await?;
    let rung_at = room_in_queue(&*transaction).await?.then_some(now);
    let insert = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        "insert into submission (url, requested_url, state, refetch, attempts, failures, lost_leases, fence, due_at, \
                                 submitted_at, requested_at, event_count, rung_at) \
         values ($1, $2, 'QUEUED', false, 0, 0, 0, 0, $3, $3, $3, 1, $4) on conflict (url) do nothing returning id",
        [url.as_str().into(), requested_url.trim().into(), now.into(), rung_at.into()],
    );
    let inserted = transaction.query_one_raw(insert).await?;
    let created = inserted.is_some();
    let mut due = created;
    if let Some(row) = inserted {
        let id = row.try_get("", "id")?;
        append_event(&*transaction, id, 1, now, SubmissionState::Queued, 0, "accepted").await?;
    } else if refetch {
        due = queue_again(&*transaction, url.as_str(), now, rung_at).await?;
    }
    let submission = submission_at(&*transaction, url.as_str()).await?;
    transaction.commit().await?;
    Ok((Accepted { submission, created }, due && rung_at.is_some()))
}

/// Makes a finished submission due again; answers whether it was finished. One whose kept page was to be read again is
/// taken from whoever reads it: what is fetched now is newer.
async fn queue_again(
    transaction: &impl ConnectionTrait,
    url: &str,
    now: i64,
    rung_at: Option<i64>,
) -> Result<bool, DbErr> {
    let update = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        "update submission set state = 'QUEUED', outcome = null, finished_at = null, due_at = $2, requested_at = $2, refetch = true, \
                reextract = false, fence = fence + 1, failures = 0, lost_leases = 0, slot_at = null, lease_holder = null, rung_at = $3, \
                problem_code = null, problem_message = null, problem_retryable = null, event_count = event_count + 1 \
         where url = $1 and (finished_at is not null or reextract) returning id, event_count, attempts",
        [url.into(), now.into(), rung_at.into()],
    );
    let Some(row) = transaction.query_one_raw(update).await? else {
        return Ok(false);
    };
    let (id, sequence, attempts) =
        (row.try_get("", "id")?, row.try_get("", "event_count")?, row.try_get("", "attempts")?);
    append_event(transaction, id, sequence, now, SubmissionState::Queued, attempts, "to be fetched again").await?;
    Ok(true)
}

/// Whether the queue holds fewer jobs than it may, by the rows that were rung for and not taken.
pub(crate) async fn room_in_queue(transaction: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let count = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        "select count(*) as jobs from (select 1 from submission where rung_at is not null limit $1) as rung",
        [i64::try_from(JOBS_MAX).unwrap_or(i64::MAX).into()],
    );
    let jobs: i64 = match transaction.query_one_raw(count).await? {
        Some(row) => row.try_get("", "jobs")?,
        None => 0,
    };
    Ok(u64::try_from(jobs).unwrap_or(0) < JOBS_MAX)
}

/// Says that no job is in the queue for the submission, so that the sweeper rings for it.
pub(crate) async fn forget_ring(database: &Database, submission_id: i64) -> Result<(), DbErr> {
    let transaction = database.begin().await?;
    let update = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        "update submission set rung_at = null where id = $1",
        [submission_id.into()],
    );
    transaction.execute_raw(update).await?;
    transaction.commit().await
}

async fn submission_at(transaction: &impl ConnectionTrait, url: &str) -> Result<submission::Model, DbErr> {
    submission::Entity::find()
        .filter(submission::Column::Url.eq(url))
        .one(transaction)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(format!("submission of {url}")))
}
