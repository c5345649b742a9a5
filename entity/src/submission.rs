//! Table `submission`: A URL that somebody handed in, and what became of it. The truth about a piece of work: the queue only rings for it.

use sea_orm::entity::prelude::*;

use crate::{SubmissionOutcome, SubmissionState};

/// A URL that somebody handed in, and what became of it. The truth about a piece of work: the queue only rings for it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Normalised address: what makes two submissions one.
    pub url: String,
    /// The address as it was first handed in.
    pub requested_url: String,
    /// Where the work stands.
    pub state: SubmissionState,
    /// What it came to; null until the state is final.
    pub outcome: Option<SubmissionOutcome>,
    /// Whether somebody asked for a fresh look at a known page.
    pub refetch: bool,
    /// Whether the kept page is to be read again instead of being fetched; false once finished.
    pub reextract: bool,
    /// Claims that reached the fetch.
    pub attempts: i32,
    /// Attempts in a row that ended to be tried again.
    pub failures: i32,
    /// Claims whose worker vanished before it said how the attempt ended.
    pub lost_leases: i32,
    /// Raised by every claim; a write that names an older one changes nothing.
    pub fence: i64,
    /// When it may be claimed, microseconds; while leased, when the lease runs out; null once finished.
    pub due_at: Option<i64>,
    /// The worker at work on it.
    pub lease_holder: Option<String>,
    /// When a job was last put into the queue for it and has not been taken, microseconds.
    pub rung_at: Option<i64>,
    /// The slot that its host has kept for it, microseconds; null when it has none.
    pub slot_at: Option<i64>,
    /// When it was first handed in, microseconds.
    pub submitted_at: i64,
    /// When it was last asked for, microseconds: the patience of retries counts from here.
    pub requested_at: i64,
    /// Microseconds; null until the state is final.
    pub finished_at: Option<i64>,
    /// The review that it gave, or shares.
    pub review_id: Option<i64>,
    /// Why the last attempt failed: a stable code.
    pub problem_code: Option<String>,
    /// The same for people.
    pub problem_message: Option<String>,
    /// Whether trying again can help.
    pub problem_retryable: Option<bool>,
    /// Number of its newest event.
    pub event_count: i32,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
