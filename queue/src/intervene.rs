//! What somebody may do to a submission that was accepted: try it again, or call it off.
//!
//! Each reads the row under its lock, judges it and writes it: a worker's claim comes before or after, never between. What
//! calls off raises the fence, so that whoever works on the submission can write nothing more.

use entity::{SubmissionState, submission};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect, Statement};
use thiserror::Error;

use crate::accept::{forget_ring, room_in_queue};
use crate::announce::Announcement;
use crate::bell::Bell;
use crate::database::{Database, WriteTransaction};
use crate::event::append_event;

/// Why a submission was left as it is. Only [`InterveneError::Database`] is not the caller's doing.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum InterveneError {
    #[error("there is no such submission")]
    NotThere,
    #[error("{message}")]
    WrongState { message: String, submission: Box<submission::Model> },
    #[error("the submission could not be written")]
    Database(#[from] DbErr),
}

/// Makes a submission due at once that failed, was called off, or waits for a later try. One that is queued already stays as
/// it is.
///
/// # Errors
/// When it is not there, is being worked on, or has succeeded; and when the database fails.
pub async fn retry(database: &Database, bell: &Bell, submission_id: i64) -> Result<submission::Model, InterveneError> {
    let transaction = database.begin().await?;
    let row = locked(&transaction, submission_id).await?;
    let refused = match row.state {
        SubmissionState::Succeeded => {
            Some("it has succeeded; submit its URL with `refetch` to have a fresh look at the page")
        }
        _ if row.lease_holder.is_some() => Some("a worker is at it; wait for its end, or cancel it first"),
        SubmissionState::Queued => return Ok(row),
        _ => None,
    };
    if let Some(reason) = refused {
        return Err(wrong_state(row, reason));
    }
    let now = transaction.now().await?;
    let rung_at = room_in_queue(&*transaction).await?.then_some(now);
    let update = "update submission set state = 'QUEUED', outcome = null, finished_at = null, due_at = $2, requested_at = $2, \
                         fence = fence + 1, failures = 0, lost_leases = 0, slot_at = null, rung_at = $3, problem_code = null, \
                         problem_message = null, problem_retryable = null, event_count = event_count + 1 where id = $1";
    let values = [submission_id.into(), now.into(), rung_at.into()];
    transaction.execute_raw(Statement::from_sql_and_values(database.backend(), update, values)).await?;
    let (sequence, attempts) = (row.event_count.saturating_add(1), row.attempts);
    append_event(&*transaction, submission_id, sequence, now, SubmissionState::Queued, attempts, "to be tried again")
        .await?;
    let row = found(&*transaction, submission_id).await?;
    transaction.commit().await?;
    bell.announce(Announcement::Submission(submission_id));
    if rung_at.is_some()
        && let Err(error) = bell.ring(submission_id).await
    {
        tracing::warn!(submission.id = submission_id, error = %error, "the queue is away; the sweeper will ring");
        forget_ring(database, submission_id).await?;
    }
    Ok(row)
}

/// Calls a submission off. Whoever works on it can write nothing more. One that was called off before stays as it is.
///
/// # Errors
/// When it is not there, or is finished; and when the database fails.
pub async fn cancel(database: &Database, bell: &Bell, submission_id: i64) -> Result<submission::Model, InterveneError> {
    let transaction = database.begin().await?;
    let row = locked(&transaction, submission_id).await?;
    if row.state == SubmissionState::Cancelled {
        return Ok(row);
    }
    if row.finished_at.is_some() {
        return Err(wrong_state(
            row,
            "it is finished; only what is queued, waiting or being worked on can be cancelled",
        ));
    }
    let now = transaction.now().await?;
    let update = "update submission set state = 'CANCELLED', outcome = 'CANCELLED', finished_at = $2, due_at = null, \
                         fence = fence + 1, failures = 0, lease_holder = null, slot_at = null, rung_at = null, \
                         reextract = false, problem_code = null, problem_message = null, problem_retryable = null, \
                         event_count = event_count + 1 where id = $1";
    let values = [submission_id.into(), now.into()];
    transaction.execute_raw(Statement::from_sql_and_values(database.backend(), update, values)).await?;
    let (sequence, attempts) = (row.event_count.saturating_add(1), row.attempts);
    append_event(&*transaction, submission_id, sequence, now, SubmissionState::Cancelled, attempts, "cancelled")
        .await?;
    let row = found(&*transaction, submission_id).await?;
    transaction.commit().await?;
    bell.announce(Announcement::Submission(submission_id));
    Ok(row)
}

/// The row, which nobody else writes until the transaction is over.
async fn locked(transaction: &WriteTransaction, submission_id: i64) -> Result<submission::Model, InterveneError> {
    let row = submission::Entity::find_by_id(submission_id).lock_exclusive().one(&**transaction).await?;
    row.ok_or(InterveneError::NotThere)
}

async fn found(transaction: &impl ConnectionTrait, submission_id: i64) -> Result<submission::Model, InterveneError> {
    submission::Entity::find_by_id(submission_id).one(transaction).await?.ok_or(InterveneError::NotThere)
}

fn wrong_state(submission: submission::Model, reason: &str) -> InterveneError {
    use sea_orm::ActiveEnum;
    let message = format!("the submission is {}: {reason}", submission.state.to_value());
    InterveneError::WrongState { message, submission: Box::new(submission) }
}
