//! The sweeper: rings for what is due and was not delivered, so that nothing depends on the queue's memory.
//!
//! Any process may run it; a lease makes it one at a time. It also heals a flushed Redis and a restart, feeds what did
//! not fit into the queue, clears away jobs that are done, has reviews counted that were stored before there were counts,
//! and has the search learn what was stored before there was a search.

use std::time::Duration;

use queue::{
    Bell, BellError, Database, JOBS_MAX, PRESENCE_EVERY, be_gone, be_present, hold_duty, is_paused, micros, recall,
};
use sea_orm::{ConnectionTrait, DbErr, Statement, Value};
use thiserror::Error;
use tokio::sync::watch;

use crate::store;

/// Time between two sweeps: how late a submission that waited may start.
const PERIOD: Duration = Duration::from_secs(1);

/// A job that was rung for this long ago and that the queue does not hold was lost.
const LOST_AFTER: Duration = Duration::from_secs(10);

/// Sweeps between two clearings of done jobs.
const SWEEPS_PER_CLEARING: u32 = 20;

/// Uncounted reviews made due at once: fresh submissions do not wait long behind them.
const RECALLED_MAX: u64 = 400;

/// The name of the lease.
const DUTY: &str = "sweeper";

/// How long a sweeper that vanished keeps others from sweeping: a few sweeps.
const DUTY_LEASE: Duration = Duration::from_secs(5);

#[derive(Debug, Error)]
enum SweepError {
    #[error("the database failed")]
    Database(#[from] DbErr),
    #[error(transparent)]
    Bell(#[from] BellError),
}

/// Sweeps until `stop` turns true. A sweep that fails is logged, and the next one tries again.
pub async fn sweep_until(database: &Database, bell: &Bell, holder: &str, mut stop: watch::Receiver<bool>) {
    let mut count: u32 = 0;
    let mut failing = false;
    while !*stop.borrow() {
        match sweep(database, bell, holder, count.is_multiple_of(SWEEPS_PER_CLEARING)).await {
            Ok(()) => failing = false,
            Err(error) if failing => tracing::debug!(error = %error, "the sweep fails still"),
            Err(error) => {
                failing = true;
                tracing::warn!(error = %error, "a sweep failed; the next one tries again");
            }
        }
        count = count.wrapping_add(1);
        tokio::select! {
            () = tokio::time::sleep(PERIOD) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// Says that this worker is there for as long as `stop` is not true, and then that it is gone.
pub async fn be_there_until(database: &Database, process: &str, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = be_present(database, process).await {
            tracing::debug!(error = %error, "this worker could not say that it is there");
        }
        tokio::select! {
            () = tokio::time::sleep(PRESENCE_EVERY) => {}
            changed = stop.changed() => if changed.is_err() { break },
        }
    }
    if let Err(error) = be_gone(database, process).await {
        tracing::debug!(error = %error, "this worker could not say that it is gone");
    }
}

async fn sweep(database: &Database, bell: &Bell, holder: &str, clear: bool) -> Result<(), SweepError> {
    if !hold_duty(database, DUTY, holder, DUTY_LEASE).await? {
        return Ok(());
    }
    if clear {
        bell.clear_done().await?;
        recall_uncounted(database).await?;
    }
    index_backlog(database).await?;
    if is_paused(database).await? {
        return Ok(());
    }
    let jobs = bell.jobs().await?;
    let room = JOBS_MAX.saturating_sub(jobs);
    let now = database.now().await?;
    let never_rung = "select id from submission where finished_at is null and due_at <= $1 and rung_at is null \
                      order by due_at limit $2";
    let mut due = ids(database, never_rung, [now.into(), signed(room).into()]).await?;
    // What was rung for and not taken should lie in the queue; what exceeds the queue's length was lost.
    let rung = "select id from submission where finished_at is null and due_at <= $1 and rung_at < $2 \
                order by rung_at limit $3";
    let lost_before = now - micros(LOST_AFTER);
    let overdue = ids(database, rung, [now.into(), lost_before.into(), signed(JOBS_MAX).into()]).await?;
    let lost = overdue.len().saturating_sub(usize::try_from(jobs).unwrap_or(usize::MAX));
    due.extend(overdue.into_iter().take(lost));
    due.truncate(usize::try_from(room).unwrap_or(usize::MAX));
    for submission_id in due {
        mark_rung(database, submission_id, now).await?;
        bell.ring(submission_id).await?;
    }
    Ok(())
}

/// Has the kept pages of uncounted reviews read again. A page that a newer reader refuses stays as it is, so that it is
/// recalled once.
async fn recall_uncounted(database: &Database) -> Result<(), DbErr> {
    let uncounted = "select r.submission_id as id from review r join submission s on s.id = r.submission_id \
                     where not r.counted and r.copy_of is null and r.signature_id is null \
                     and s.outcome in ('CREATED','UPDATED','UNCHANGED') order by r.id limit $1";
    let submissions = ids(database, uncounted, [signed(RECALLED_MAX).into()]).await?;
    if submissions.is_empty() {
        return Ok(());
    }
    let recalled = recall(database, &submissions).await?;
    tracing::info!(reviews = recalled.len(), "reviews of an earlier version are read again, to be counted");
    Ok(())
}

/// Writes some documents of what was there before there was a search, a few each time: who stores waits meanwhile.
async fn index_backlog(database: &Database) -> Result<(), DbErr> {
    if ids(database, "select id from search_due where backlog limit 1", []).await?.is_empty() {
        return Ok(());
    }
    let documents = store::refresh_backlog(database).await?;
    tracing::info!(documents, "what an earlier version stored can be searched now");
    Ok(())
}

async fn mark_rung(database: &Database, submission_id: i64, now: i64) -> Result<(), DbErr> {
    let transaction = database.begin().await?;
    let update = "update submission set rung_at = $2 where id = $1 and finished_at is null and due_at <= $2";
    let values: [Value; 2] = [submission_id.into(), now.into()];
    transaction.execute_raw(Statement::from_sql_and_values(database.backend(), update, values)).await?;
    transaction.commit().await
}

async fn ids<const N: usize>(database: &Database, sql: &str, values: [Value; N]) -> Result<Vec<i64>, DbErr> {
    let statement = Statement::from_sql_and_values(database.backend(), sql, values);
    let rows = database.connection().query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get("", "id")).collect()
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
