//! Making finished submissions due again, not to be fetched but for their kept pages to be read once more.
//!
//! Which of them is for the caller to say. Nothing rings here: the sweeper feeds what is due, behind what was handed in.

use entity::SubmissionState;
use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::database::Database;
use crate::event::append_event;

/// Makes the submissions due for their kept pages to be read again; answers those that were finished, and now are due.
/// From then on each is a submission like any other: claimed, leased, and ended with an outcome.
///
/// # Errors
/// When the database fails; no submission was made due then.
pub async fn recall(database: &Database, submissions: &[i64]) -> Result<Vec<i64>, DbErr> {
    let transaction = database.begin().await?;
    let now = transaction.now().await?;
    let mut due = Vec::with_capacity(submissions.len());
    for submission_id in submissions {
        let update = Statement::from_sql_and_values(
            transaction.get_database_backend(),
            "update submission set state = 'QUEUED', outcome = null, finished_at = null, due_at = $2, requested_at = $2, \
                    reextract = true, failures = 0, lost_leases = 0, slot_at = null, lease_holder = null, rung_at = null, \
                    problem_code = null, problem_message = null, problem_retryable = null, event_count = event_count + 1 \
             where id = $1 and finished_at is not null returning event_count, attempts",
            [(*submission_id).into(), now.into()],
        );
        let Some(row) = transaction.query_one_raw(update).await? else { continue };
        let (sequence, attempt) = (row.try_get("", "event_count")?, row.try_get("", "attempts")?);
        let (state, message) = (SubmissionState::Queued, "its kept page is to be read again");
        append_event(&*transaction, *submission_id, sequence, now, state, attempt, message).await?;
        due.push(*submission_id);
    }
    transaction.commit().await?;
    Ok(due)
}
