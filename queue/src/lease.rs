//! The lease on a submission's row, and everything that may be written under it.
//!
//! A claim raises `fence`, and every write of the claim says `where fence = …`: a worker that was presumed dead and
//! comes back changes nothing. A row that is being worked on stays due, at the end of its lease.

use std::time::Duration;

use entity::{SubmissionOutcome, SubmissionState};
use sea_orm::{ActiveEnum, ConnectionTrait, DbErr, QueryResult, Statement, Value};
use thiserror::Error;

use crate::database::{Database, micros};
use crate::event::append_event;
use crate::pause::is_paused_for_claim;

/// How long a claim holds without being renewed: short, so that a killed worker's rows are due again soon.
pub const LEASE: Duration = Duration::from_secs(30);

/// Leases that may be lost before the submission is given up: a page that kills its worker must end too.
const LOST_LEASES_MAX: i32 = 10;

/// A worker's right to work on one submission.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The submission.
    pub submission_id: i64,
    /// What every write of this claim must name.
    pub fence: i64,
    /// The normalised address.
    pub url: String,
    /// Claims that reached the fetch so far.
    pub attempts: i32,
    /// Attempts in a row that ended to be tried again.
    pub failures: i32,
    /// Whether a known page is to be looked at again.
    pub refetch: bool,
    /// Whether the kept page is to be read again: nothing is to be fetched then.
    pub reextract: bool,
    /// Whether its host has kept it a slot, which has come.
    pub has_slot: bool,
    /// When it was first handed in, microseconds.
    pub submitted_at: i64,
    /// When it was last asked for, microseconds.
    pub requested_at: i64,
}

/// Why an attempt failed, as the row keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable code: `HTTP_503`, `NO_SUCH_HOST`, ….
    pub code: String,
    /// The same for people.
    pub message: String,
    /// Whether trying again can help.
    pub retryable: bool,
}

/// A write under a claim failed.
#[derive(Debug, Error)]
pub enum LeaseError {
    /// Somebody else has claimed, or ended, the submission since: nothing was written, and nothing may be.
    #[error("the lease on submission {0} was lost")]
    Lost(i64),
    /// The database failed.
    #[error("the submission's row could not be written")]
    Database(#[from] DbErr),
}

/// Takes the submission if it is due, or its lease has run out; `None` when it is not to be had, or the queue is paused.
///
/// The tenth lost lease ends the submission as GAVE_UP instead.
///
/// # Errors
/// When the database fails.
pub async fn claim(database: &Database, submission_id: i64, holder: &str) -> Result<Option<Claim>, DbErr> {
    claim_where(database, submission_id, holder, "true").await
}

/// As [`claim`], but leaves alone what would have to be fetched.
///
/// # Errors
/// When the database fails.
pub async fn claim_kept(database: &Database, submission_id: i64, holder: &str) -> Result<Option<Claim>, DbErr> {
    claim_where(database, submission_id, holder, "reextract").await
}

async fn claim_where(
    database: &Database,
    submission_id: i64,
    holder: &str,
    condition: &str,
) -> Result<Option<Claim>, DbErr> {
    let transaction = database.begin().await?;
    if is_paused_for_claim(&*transaction).await? {
        return Ok(None);
    }
    let now = transaction.now().await?;
    let lease = micros(LEASE);
    // A lease that ends later than now plus its full length was written by a clock that has since jumped back.
    let update = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        format!(
            "update submission set fence = fence + 1, rung_at = null, \
                    lost_leases = lost_leases + case when lease_holder is null then 0 else 1 end, \
                    lease_holder = $2, due_at = $3 + $4 \
             where id = $1 and finished_at is null and {condition} \
               and (due_at <= $3 or (lease_holder is not null and due_at > $3 + $4)) \
             returning id, fence, url, attempts, failures, refetch, reextract, slot_at, submitted_at, \
                       requested_at, lost_leases"
        ),
        [submission_id.into(), holder.into(), now.into(), lease.into()],
    );
    let Some(row) = transaction.query_one_raw(update).await? else {
        return Ok(None);
    };
    let claim = claim_of(&row)?;
    if row.try_get::<i32>("", "lost_leases")? >= LOST_LEASES_MAX {
        let problem = Problem {
            code: "WORKER_LOST".to_owned(),
            message: format!("{LOST_LEASES_MAX} workers vanished while they worked on this page"),
            retryable: true,
        };
        match claim.finish(&*transaction, now, SubmissionOutcome::GaveUp, None, Some(&problem)).await {
            Ok(()) => transaction.commit().await?,
            Err(LeaseError::Database(error)) => return Err(error),
            Err(LeaseError::Lost(_)) => {}
        }
        return Ok(None);
    }
    transaction.commit().await?;
    Ok(Some(claim))
}

impl Claim {
    /// Holds the lease for its full length from now on.
    ///
    /// # Errors
    /// [`LeaseError::Lost`] when it is no longer held.
    pub async fn renew(&self, database: &Database) -> Result<(), LeaseError> {
        let transaction = database.begin().await?;
        let until = transaction.now().await? + micros(LEASE);
        self.write(&*transaction, "due_at = $3", vec![until.into()]).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Enters a state on the way: the fetch counts an attempt.
    ///
    /// # Errors
    /// [`LeaseError::Lost`] when the lease is no longer held.
    pub async fn enter(
        &mut self,
        database: &Database,
        state: SubmissionState,
        message: &str,
    ) -> Result<(), LeaseError> {
        let transaction = database.begin().await?;
        let now = transaction.now().await?;
        let counted = i32::from(state == SubmissionState::Fetching);
        let assignments = "due_at = $3, state = $4, attempts = attempts + $5, event_count = event_count + 1, \
                           slot_at = case when $5 = 1 then null else slot_at end";
        let until = now + micros(LEASE);
        let row =
            self.write(&*transaction, assignments, vec![until.into(), state.to_value().into(), counted.into()]).await?;
        self.attempts = row.try_get("", "attempts")?;
        let sequence = row.try_get("", "event_count")?;
        append_event(&*transaction, self.submission_id, sequence, now, state, self.attempts, message).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Gives the row back until its host's slot comes, which costs no attempt and is no event.
    ///
    /// # Errors
    /// [`LeaseError::Lost`] when the lease is no longer held.
    pub async fn wait_for_slot(&self, database: &Database, slot_at: i64) -> Result<(), LeaseError> {
        let transaction = database.begin().await?;
        let assignments = "due_at = $3, slot_at = $3, lease_holder = null, rung_at = null";
        self.write(&*transaction, assignments, vec![slot_at.into()]).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Gives the row back, to be tried again at `due_at`. `failed` says whether this counts against the bound on tries.
    ///
    /// # Errors
    /// [`LeaseError::Lost`] when the lease is no longer held.
    pub async fn wait_until(
        &self,
        transaction: &impl ConnectionTrait,
        now: i64,
        due_at: i64,
        failed: bool,
        problem: &Problem,
    ) -> Result<(), LeaseError> {
        let assignments = "due_at = $3, lease_holder = null, rung_at = null, state = 'WAITING', lost_leases = 0, \
                           failures = failures + $4, problem_code = $5, problem_message = $6, problem_retryable = $7, \
                           event_count = event_count + 1";
        let mut values: Vec<Value> = vec![due_at.into(), i32::from(failed).into()];
        values.extend(problem_values(Some(problem)));
        let row = self.write(transaction, assignments, values).await?;
        let sequence = row.try_get("", "event_count")?;
        let (state, attempt) = (SubmissionState::Waiting, row.try_get("", "attempts")?);
        append_event(transaction, self.submission_id, sequence, now, state, attempt, &problem.message).await?;
        Ok(())
    }

    /// Ends the submission.
    ///
    /// # Errors
    /// [`LeaseError::Lost`] when the lease is no longer held.
    pub async fn finish(
        &self,
        transaction: &impl ConnectionTrait,
        now: i64,
        outcome: SubmissionOutcome,
        review_id: Option<i64>,
        problem: Option<&Problem>,
    ) -> Result<(), LeaseError> {
        // A failed look at a page that gave a review before leaves that review where it is.
        let assignments = "due_at = null, lease_holder = null, rung_at = null, slot_at = null, state = $3, outcome = $4, \
                           finished_at = $5, review_id = coalesce($6, review_id), reextract = false, failures = 0, problem_code = $7, \
                           problem_message = $8, problem_retryable = $9, event_count = event_count + 1";
        let state = outcome.state();
        let mut values: Vec<Value> =
            vec![state.to_value().into(), outcome.to_value().into(), now.into(), review_id.into()];
        values.extend(problem_values(problem));
        let row = self.write(transaction, assignments, values).await?;
        let sequence = row.try_get("", "event_count")?;
        let attempt = row.try_get("", "attempts")?;
        let outcome_name = outcome.to_value();
        let message = problem.map_or(outcome_name.as_str(), |problem| problem.message.as_str());
        append_event(transaction, self.submission_id, sequence, now, state, attempt, message).await?;
        Ok(())
    }

    /// The one write under a claim: `assignments` may use `$3` and up, which are `values`.
    async fn write(
        &self,
        transaction: &impl ConnectionTrait,
        assignments: &str,
        values: Vec<Value>,
    ) -> Result<QueryResult, LeaseError> {
        let sql = format!(
            "update submission set {assignments} \
             where id = $1 and fence = $2 and finished_at is null and lease_holder is not null \
             returning attempts, event_count"
        );
        let mut all: Vec<Value> = vec![self.submission_id.into(), self.fence.into()];
        all.extend(values);
        let statement = Statement::from_sql_and_values(transaction.get_database_backend(), sql, all);
        transaction.query_one_raw(statement).await?.ok_or(LeaseError::Lost(self.submission_id))
    }
}

/// Takes, or keeps, a duty that one process at a time may hold; answers whether `holder` has it for `lease` from now on.
///
/// # Errors
/// When the database fails.
pub async fn hold_duty(database: &Database, name: &str, holder: &str, lease: Duration) -> Result<bool, DbErr> {
    let transaction = database.begin().await?;
    let now = transaction.now().await?;
    let lease = micros(lease);
    let statement = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        "insert into lease (name, holder, until) values ($1, $2, $3 + $4) \
         on conflict (name) do update set holder = excluded.holder, until = excluded.until \
         where lease.holder = excluded.holder or lease.until <= $3 or lease.until > $3 + $4 \
         returning holder",
        [name.into(), holder.into(), now.into(), lease.into()],
    );
    let held = transaction.query_one_raw(statement).await?.is_some();
    transaction.commit().await?;
    Ok(held)
}

fn claim_of(row: &QueryResult) -> Result<Claim, DbErr> {
    Ok(Claim {
        submission_id: row.try_get("", "id")?,
        fence: row.try_get("", "fence")?,
        url: row.try_get("", "url")?,
        attempts: row.try_get("", "attempts")?,
        failures: row.try_get("", "failures")?,
        refetch: row.try_get("", "refetch")?,
        reextract: row.try_get("", "reextract")?,
        has_slot: row.try_get::<Option<i64>>("", "slot_at")?.is_some(),
        submitted_at: row.try_get("", "submitted_at")?,
        requested_at: row.try_get("", "requested_at")?,
    })
}

fn problem_values(problem: Option<&Problem>) -> [Value; 3] {
    [
        problem.map(|problem| problem.code.clone()).into(),
        problem.map(|problem| problem.message.clone()).into(),
        problem.map(|problem| problem.retryable).into(),
    ]
}
