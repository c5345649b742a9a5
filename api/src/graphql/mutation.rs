//! The mutation root: handing in URLs, what can be done to a submission afterwards, and the queue's switch.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, InputObject, Object, SimpleObject};
use entity::submission;
use futures::stream::{self, StreamExt, TryStreamExt};
use queue::page_url::PageUrlError;
use queue::{AcceptError, InterveneError};

use super::id::Kind;
use super::queue_status::QueueStatus;
use super::submission::Submission;
use super::vocabulary::ErrorCode;
use crate::Services;
use crate::read::ReadError;
use crate::read::submission::{ProblemColumns, SubmissionRow};

/// URLs in one call at most.
const SUBMISSIONS_MAX: usize = 1_000;

/// URLs of one call that are accepted at the same time: a few of the pool's connections, not all.
const CONCURRENT: usize = 4;

/// What can be changed.
pub(crate) struct Mutation;

/// What can be changed.
#[Object]
impl Mutation {
    /// Accept a URL for ingestion. The same URL twice is one submission; `refetch` asks for a fresh look at a known one.
    async fn submit_review(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The URL.")] input: SubmitReviewInput,
    ) -> Result<SubmitReviewPayload, Error> {
        submit(context.data::<Services>()?, &input, &["input"]).await
    }

    /// Accept up to 1,000 URLs at once; each gets its own answer, in order.
    async fn submit_reviews(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The URLs.")] input: Vec<SubmitReviewInput>,
    ) -> Result<Vec<SubmitReviewPayload>, Error> {
        let services = context.data::<Services>()?;
        let count = input.len();
        if count > SUBMISSIONS_MAX {
            let message = format!("{count} URLs were given, none was accepted; give at most {SUBMISSIONS_MAX} at once");
            let refused =
                || SubmitReviewPayload::refused(ErrorCode::TooMany, message.clone(), vec!["input".to_owned()]);
            return Ok(std::iter::repeat_with(refused).take(count).collect());
        }
        let accepted = input
            .into_iter()
            .enumerate()
            .map(|(index, input)| async move { submit(services, &input, &["input", &index.to_string()]).await });
        stream::iter(accepted).buffered(CONCURRENT).try_collect().await
    }

    /// Try a submission again at once that failed, was cancelled, or waits for a later try. One that is queued stays queued; one
    /// that is being worked on, or has succeeded, is refused.
    async fn retry_submission(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A submission's id.")] id: ID,
    ) -> Result<SubmissionPayload, Error> {
        let Services { database, bell, .. } = context.data::<Services>()?;
        intervene(&id, async |number| queue::retry(database, bell, number).await).await
    }

    /// Call a submission off that is not finished. A worker that is at it stores nothing more. One that was cancelled before stays
    /// as it is.
    async fn cancel_submission(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A submission's id.")] id: ID,
    ) -> Result<SubmissionPayload, Error> {
        let Services { database, bell, .. } = context.data::<Services>()?;
        intervene(&id, async |number| queue::cancel(database, bell, number).await).await
    }

    /// Workers finish what they hold and take nothing new, until the queue is resumed, restarts included. For operators.
    async fn pause_queue(&self, context: &Context<'_>) -> Result<QueueStatus, Error> {
        queue::pause(&context.data::<Services>()?.database).await.map_err(ReadError::from)?;
        Ok(QueueStatus)
    }

    /// Workers take submissions again. For operators.
    async fn resume_queue(&self, context: &Context<'_>) -> Result<QueueStatus, Error> {
        queue::resume(&context.data::<Services>()?.database).await.map_err(ReadError::from)?;
        Ok(QueueStatus)
    }
}

/// What became of a submission that something was to be done to.
#[derive(SimpleObject)]
pub(crate) struct SubmissionPayload {
    /// The submission as it stands now; null when there is none.
    submission: Option<Submission>,
    /// What the caller did wrong; nothing was changed then.
    user_errors: Vec<UserError>,
}

/// Does something to the submission that an id names.
async fn intervene<Doing>(id: &ID, doing: Doing) -> Result<SubmissionPayload, Error>
where
    Doing: AsyncFnOnce(i64) -> Result<submission::Model, InterveneError>,
{
    let refused = |code, message, submission| SubmissionPayload {
        submission,
        user_errors: vec![UserError { code, message, path: vec!["id".to_owned()] }],
    };
    let number = match Kind::Submission.number(id) {
        Ok(number) => number,
        Err(error) => return Ok(refused(ErrorCode::NotFound, error.message, None)),
    };
    let shown = |row: submission::Model| Some(Submission(Arc::new(row.into())));
    Ok(match doing(number).await {
        Ok(row) => SubmissionPayload { submission: shown(row), user_errors: Vec::new() },
        Err(InterveneError::NotThere) => {
            refused(ErrorCode::NotFound, format!("there is no submission {:?}; give the id of one", id.as_str()), None)
        }
        Err(InterveneError::WrongState { message, submission }) => {
            refused(ErrorCode::WrongState, message, shown(*submission))
        }
        Err(InterveneError::Database(error)) => return Err(ReadError::from(error).into()),
    })
}

/// A URL to be ingested.
#[derive(InputObject)]
pub(crate) struct SubmitReviewInput {
    /// Absolute http or https URL of a film review.
    url: String,
    /// Whether to take a fresh look at a page that is known.
    #[graphql(default_with = "Some(false)")]
    refetch: Option<bool>,
}

/// What became of a URL that was handed in.
#[derive(SimpleObject)]
pub(crate) struct SubmitReviewPayload {
    /// The submission; null when there are errors.
    submission: Option<Submission>,
    /// Whether this call made it; false when the URL was known.
    created: bool,
    /// What the caller did wrong.
    user_errors: Vec<UserError>,
}

/// Something that the caller did wrong.
#[derive(SimpleObject)]
pub(crate) struct UserError {
    /// What kind of mistake.
    code: ErrorCode,
    /// What is wrong, and what would be right.
    message: String,
    /// The argument that it is about.
    path: Vec<String>,
}

impl SubmitReviewPayload {
    fn refused(code: ErrorCode, message: String, path: Vec<String>) -> Self {
        Self { submission: None, created: false, user_errors: vec![UserError { code, message, path }] }
    }
}

/// Hands in one URL. `path` is where the input stands.
async fn submit(services: &Services, input: &SubmitReviewInput, path: &[&str]) -> Result<SubmitReviewPayload, Error> {
    let path = || path.iter().copied().chain(["url"]).map(str::to_owned).collect();
    // No URL holds a NUL, and PostgreSQL takes none in text.
    if input.url.contains('\0') {
        let message = "the URL holds a NUL character; give it without".to_owned();
        return Ok(SubmitReviewPayload::refused(ErrorCode::InvalidUrl, message, path()));
    }
    let Services { database, bell, policy } = services;
    match queue::submit(database, bell, policy, &input.url, input.refetch.unwrap_or_default()).await {
        Ok(accepted) => Ok(SubmitReviewPayload {
            submission: Some(Submission(Arc::new(accepted.submission.into()))),
            created: accepted.created,
            user_errors: Vec::new(),
        }),
        Err(error) => match user_error(&error) {
            Some(code) => Ok(SubmitReviewPayload::refused(code, error.to_string(), path())),
            None => Err(error.into()),
        },
    }
}

/// What the caller did wrong, unless it is our failure.
fn user_error(error: &AcceptError) -> Option<ErrorCode> {
    match error {
        AcceptError::Url(PageUrlError::UnsupportedScheme { .. }) => Some(ErrorCode::UnsupportedScheme),
        AcceptError::Url(_) => Some(ErrorCode::InvalidUrl),
        AcceptError::Address(_) => Some(ErrorCode::BlockedAddress),
        AcceptError::Database(_) => None,
    }
}

impl From<submission::Model> for SubmissionRow {
    fn from(row: submission::Model) -> Self {
        let problem = row.problem_code.map(|code| ProblemColumns {
            code,
            message: row.problem_message.unwrap_or_default(),
            retryable: row.problem_retryable.unwrap_or_default(),
        });
        Self {
            id: row.id,
            url: row.url,
            state: row.state,
            outcome: row.outcome,
            attempts: row.attempts,
            due_at: row.due_at.filter(|_| row.lease_holder.is_none()),
            submitted_at: row.submitted_at,
            finished_at: row.finished_at,
            review_id: row.review_id,
            problem,
        }
    }
}
