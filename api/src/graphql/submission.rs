//! Submissions: what was handed in, what became of it, and what the sites answered.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, SimpleObject};

use super::connection::{Connection, Listed, Paging, one};
use super::id::Kind;
use super::review::Review;
use super::scalar::{Instant, Url};
use super::vocabulary::{SubmissionOutcome, SubmissionState};
use crate::read::ReadError;
use crate::read::submission::{
    EventRow, EventsOfSubmission, FetchRow, FetchesOfSubmission, ProblemColumns, SubmissionList, SubmissionRow,
};

/// A URL that somebody handed in, and what became of it.
pub(crate) struct Submission(pub(crate) Arc<SubmissionRow>);

impl From<Arc<SubmissionRow>> for Submission {
    fn from(row: Arc<SubmissionRow>) -> Self {
        Self(row)
    }
}

impl Listed for SubmissionList {
    type Node = Submission;
}

/// A URL that somebody handed in, and what became of it. It never disappears.
#[Object]
impl Submission {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        Kind::Submission.id(self.0.id)
    }

    /// The address, normalised.
    async fn url(&self) -> Url {
        Url(self.0.url.clone())
    }

    /// Where it stands.
    async fn state(&self) -> SubmissionState {
        self.0.state.into()
    }

    /// What it came to; null until the state is final.
    async fn outcome(&self) -> Option<SubmissionOutcome> {
        self.0.outcome.map(Into::into)
    }

    /// Attempts that reached the fetch.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When it is tried next; null while it is being worked on, and once it is finished.
    async fn next_attempt_at(&self) -> Result<Option<Instant>, Error> {
        Ok(self.0.due_at.map(Instant::from_micros).transpose()?)
    }

    /// When it was handed in.
    async fn submitted_at(&self) -> Result<Instant, Error> {
        Ok(Instant::from_micros(self.0.submitted_at)?)
    }

    /// When its state became final.
    async fn finished_at(&self) -> Result<Option<Instant>, Error> {
        Ok(self.0.finished_at.map(Instant::from_micros).transpose()?)
    }

    /// The review that it gave, or that it shares with another submission.
    async fn review(&self, context: &Context<'_>) -> Result<Option<Review>, Error> {
        match self.0.review_id {
            Some(review) => Ok(one(context, review).await?.map(Review)),
            None => Ok(None),
        }
    }

    /// Why the last attempt failed.
    async fn problem(&self) -> Option<Problem> {
        self.0.problem.clone().map(Problem::from)
    }

    /// Its history, oldest first.
    async fn events(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, 20 when it is not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<Connection<EventsOfSubmission>, Error> {
        Connection::of(context, self.0.id, EventsOfSubmission, &Paging::forwards(first, after)).await
    }

    /// What was asked of the site, and what it answered, oldest first. For operators.
    async fn fetches(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, 20 when it is not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<Connection<FetchesOfSubmission>, Error> {
        Connection::of(context, self.0.id, FetchesOfSubmission, &Paging::forwards(first, after)).await
    }
}

/// Why something failed.
#[derive(SimpleObject)]
pub(crate) struct Problem {
    /// A stable code.
    code: String,
    /// The same for people.
    message: String,
    /// Whether trying again can help.
    retryable: bool,
}

impl From<ProblemColumns> for Problem {
    fn from(columns: ProblemColumns) -> Self {
        Self { code: columns.code, message: columns.message, retryable: columns.retryable }
    }
}

/// One change of a submission's state.
pub(crate) struct SubmissionEvent(Arc<EventRow>);

impl From<Arc<EventRow>> for SubmissionEvent {
    fn from(row: Arc<EventRow>) -> Self {
        Self(row)
    }
}

impl Listed for EventsOfSubmission {
    type Node = SubmissionEvent;
}

/// One change of a submission's state. Numbered from 1 without gaps: a client that reconnects asks for what came after the
/// last it saw.
#[Object]
impl SubmissionEvent {
    /// Its number, from 1 without gaps.
    async fn sequence(&self) -> i32 {
        self.0.sequence
    }

    /// When it happened.
    async fn at(&self) -> Result<Instant, Error> {
        Ok(Instant::from_micros(self.0.at)?)
    }

    /// The state that was entered.
    async fn state(&self) -> SubmissionState {
        self.0.state.into()
    }

    /// What happened, for people.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// The attempt that it belongs to; 0 before the first.
    async fn attempt(&self) -> i32 {
        self.0.attempt
    }
}

/// One attempt to fetch a page.
pub(crate) struct Fetch(pub(crate) Arc<FetchRow>);

impl From<Arc<FetchRow>> for Fetch {
    fn from(row: Arc<FetchRow>) -> Self {
        Self(row)
    }
}

impl Listed for FetchesOfSubmission {
    type Node = Fetch;
}

/// One attempt to fetch.
#[Object]
impl Fetch {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        Kind::Fetch.id(self.0.id)
    }

    /// The address that was asked for.
    async fn url(&self) -> Url {
        Url(self.0.url.clone())
    }

    /// The addresses that were followed to, in order.
    async fn redirects(&self) -> Result<Vec<Url>, Error> {
        let redirects: Result<Vec<String>, _> = serde_json::from_str(&self.0.redirects);
        let redirects =
            redirects.map_err(|error| ReadError::Row(format!("redirects of fetch {}: {error}", self.0.id)))?;
        Ok(redirects.into_iter().map(Url).collect())
    }

    /// HTTP status of the last answer.
    async fn status(&self) -> Option<i32> {
        self.0.status
    }

    /// The IP address and port that were connected to.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// The robots.txt rule that decided.
    async fn robots_rule(&self) -> Option<&str> {
        self.0.robots_rule.as_deref()
    }

    /// Body bytes received.
    async fn bytes_on_wire(&self) -> Option<i32> {
        self.0.bytes_on_wire.map(clamped)
    }

    /// Body bytes after content decoding.
    async fn bytes_decoded(&self) -> Option<i32> {
        self.0.bytes_decoded.map(clamped)
    }

    /// Milliseconds from start to end.
    async fn duration_ms(&self) -> i32 {
        clamped(self.0.duration_ms)
    }

    /// When it began.
    async fn started_at(&self) -> Result<Instant, Error> {
        Ok(Instant::from_micros(self.0.started_at)?)
    }

    /// Why it failed.
    async fn problem(&self) -> Option<Problem> {
        self.0.problem.clone().map(Problem::from)
    }
}

/// GraphQL's whole numbers have 32 bits.
fn clamped(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
