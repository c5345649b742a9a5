//! The numbered history of a submission. Each change of state appends one event, in the transaction of the change.

use entity::{SubmissionState, submission_event};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

/// Appends the event numbered `sequence`, which the caller has just taken from the row's `event_count`: the row's lock
/// is what keeps the numbers without a gap.
///
/// # Errors
/// When the database refuses it.
pub async fn append_event(
    transaction: &impl ConnectionTrait,
    submission_id: i64,
    sequence: i32,
    at: i64,
    state: SubmissionState,
    attempt: i32,
    message: &str,
) -> Result<(), DbErr> {
    let event = submission_event::ActiveModel {
        submission_id: Set(submission_id),
        sequence: Set(sequence),
        at: Set(at),
        state: Set(state),
        message: Set(message.to_owned()),
        attempt: Set(attempt),
    };
    submission_event::Entity::insert(event).exec_without_returning(transaction).await?;
    Ok(())
}
