//! Submissions, their history, and what was asked of the sites.

use entity::{SubmissionOutcome, SubmissionState};
use sea_orm::{ActiveEnum, DbErr};

use super::asked::Columns;
use super::list::{KeyKind, List, Order, Row, Source};
use super::sql::Sql;

/// A URL that somebody handed in.
#[derive(Debug)]
pub(crate) struct SubmissionRow {
    pub(crate) id: i64,
    pub(crate) url: String,
    pub(crate) state: SubmissionState,
    pub(crate) outcome: Option<SubmissionOutcome>,
    pub(crate) attempts: i32,
    /// Microseconds; null while a worker holds the row, and once it is finished.
    pub(crate) due_at: Option<i64>,
    pub(crate) submitted_at: i64,
    pub(crate) finished_at: Option<i64>,
    pub(crate) review_id: Option<i64>,
    pub(crate) problem: Option<ProblemColumns>,
}

/// Why something failed.
#[derive(Debug, Clone)]
pub(crate) struct ProblemColumns {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) retryable: bool,
}

impl ProblemColumns {
    fn read(columns: &mut Columns<'_>) -> Result<Option<Self>, DbErr> {
        let (code, message): (Option<String>, Option<String>) = (columns.take()?, columns.take()?);
        let retryable: Option<bool> = columns.take()?;
        Ok(code.map(|code| Self {
            code,
            message: message.unwrap_or_default(),
            retryable: retryable.unwrap_or_default(),
        }))
    }
}

impl Row for SubmissionRow {
    const TABLE: &'static str = "submission";
    const ID: &'static str = "submission.id";
    const COLUMNS: &'static [&'static str] = &[
        "submission.id",
        "submission.url",
        "submission.state",
        "submission.outcome",
        "submission.attempts",
        "case when submission.lease_holder is null then submission.due_at end",
        "submission.submitted_at",
        "submission.finished_at",
        "submission.review_id",
        "submission.problem_code",
        "submission.problem_message",
        "submission.problem_retryable",
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            url: columns.take()?,
            state: columns.take()?,
            outcome: columns.take()?,
            attempts: columns.take()?,
            due_at: columns.take()?,
            submitted_at: columns.take()?,
            finished_at: columns.take()?,
            review_id: columns.take()?,
            problem: ProblemColumns::read(columns)?,
        })
    }
}

/// All submissions in a state, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct SubmissionList {
    pub(crate) state: Option<SubmissionState>,
}

impl List for SubmissionList {
    type Row = SubmissionRow;

    fn source(&self) -> Source {
        Source { from: "submission", parent: None, id: "submission.id" }
    }

    fn order(&self) -> Order {
        Order { name: "submissions", key: "submission.id", kind: KeyKind::Integer, descending: true }
    }

    fn conditions(&self, sql: &mut Sql) -> Vec<String> {
        self.state.iter().map(|state| format!("submission.state = {}", sql.bind(state.to_value()))).collect()
    }
}

/// One change of a submission's state.
#[derive(Debug)]
pub(crate) struct EventRow {
    pub(crate) sequence: i32,
    pub(crate) at: i64,
    pub(crate) state: SubmissionState,
    pub(crate) message: String,
    pub(crate) attempt: i32,
}

impl Row for EventRow {
    const TABLE: &'static str = "submission_event";
    const ID: &'static str = "submission_event.submission_id";
    const COLUMNS: &'static [&'static str] = &[
        "submission_event.sequence",
        "submission_event.\"at\"",
        "submission_event.state",
        "submission_event.message",
        "submission_event.attempt",
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            sequence: columns.take()?,
            at: columns.take()?,
            state: columns.take()?,
            message: columns.take()?,
            attempt: columns.take()?,
        })
    }
}

/// A submission's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EventsOfSubmission;

impl List for EventsOfSubmission {
    type Row = EventRow;

    fn source(&self) -> Source {
        let parent = "submission_event.submission_id";
        Source { from: "submission_event", parent: Some(parent), id: "submission_event.sequence" }
    }

    fn order(&self) -> Order {
        let key = "submission_event.sequence";
        Order { name: "submission.events", key, kind: KeyKind::Integer, descending: false }
    }
}

/// One attempt to fetch.
#[derive(Debug)]
pub(crate) struct FetchRow {
    pub(crate) id: i64,
    pub(crate) url: String,
    /// A JSON array of addresses.
    pub(crate) redirects: String,
    pub(crate) status: Option<i32>,
    pub(crate) address: Option<String>,
    pub(crate) robots_rule: Option<String>,
    pub(crate) bytes_on_wire: Option<i64>,
    pub(crate) bytes_decoded: Option<i64>,
    pub(crate) duration_ms: i64,
    pub(crate) started_at: i64,
    pub(crate) problem: Option<ProblemColumns>,
}

impl Row for FetchRow {
    const TABLE: &'static str = "\"fetch\"";
    const ID: &'static str = "\"fetch\".id";
    const COLUMNS: &'static [&'static str] = &[
        "\"fetch\".id",
        "\"fetch\".url",
        "\"fetch\".redirects",
        "\"fetch\".status",
        "\"fetch\".address",
        "\"fetch\".robots_rule",
        "\"fetch\".bytes_on_wire",
        "\"fetch\".bytes_decoded",
        "\"fetch\".duration_ms",
        "\"fetch\".started_at",
        "\"fetch\".problem_code",
        "\"fetch\".problem_message",
        "\"fetch\".problem_retryable",
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            url: columns.take()?,
            redirects: columns.take()?,
            status: columns.take()?,
            address: columns.take()?,
            robots_rule: columns.take()?,
            bytes_on_wire: columns.take()?,
            bytes_decoded: columns.take()?,
            duration_ms: columns.take()?,
            started_at: columns.take()?,
            problem: ProblemColumns::read(columns)?,
        })
    }
}

/// The attempts to fetch a submission's page, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FetchesOfSubmission;

impl List for FetchesOfSubmission {
    type Row = FetchRow;

    fn source(&self) -> Source {
        Source { from: "\"fetch\"", parent: Some("\"fetch\".submission_id"), id: "\"fetch\".id" }
    }

    fn order(&self) -> Order {
        Order { name: "submission.fetches", key: "\"fetch\".id", kind: KeyKind::Integer, descending: false }
    }
}
