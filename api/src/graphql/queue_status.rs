//! The queue: how much is in it, who works on it, and whether it is paused.

use async_graphql::{Context, Error, Object, SimpleObject};
use entity::SubmissionState as State;

use super::connection::loader;
use super::vocabulary::SubmissionState;
use crate::Services;
use crate::read::{ReadError, queue_status as read};

/// Every state, on the way first.
const STATES: [State; 8] = [
    State::Queued,
    State::Fetching,
    State::Extracting,
    State::Resolving,
    State::Waiting,
    State::Succeeded,
    State::Failed,
    State::Cancelled,
];

/// How the queue stands, field by field as it is asked for.
pub(crate) struct QueueStatus;

/// How many submissions are in one state.
#[derive(SimpleObject)]
pub(crate) struct StateCount {
    /// The state.
    state: SubmissionState,
    /// How many.
    count: i32,
}

/// How the queue stands. For operators.
#[Object]
impl QueueStatus {
    /// How many submissions are in each state.
    async fn counts(&self, context: &Context<'_>) -> Result<Vec<StateCount>, Error> {
        let counts = read::counts(loader(context)?.loader()).await?;
        let count = |state: &State| counts.get(state).copied().unwrap_or_default();
        let clamped = |count| i32::try_from(count).unwrap_or(i32::MAX);
        Ok(STATES.iter().map(|state| StateCount { state: (*state).into(), count: clamped(count(state)) }).collect())
    }

    /// Processes that take submissions: one in embedded mode, any number in a fleet. One that died is counted for 15 seconds more.
    async fn workers(&self, context: &Context<'_>) -> Result<i32, Error> {
        let workers = queue::workers(&context.data::<Services>()?.database).await.map_err(ReadError::from)?;
        Ok(i32::try_from(workers).unwrap_or(i32::MAX))
    }

    /// Whether workers finish what they hold and take nothing new.
    async fn paused(&self, context: &Context<'_>) -> Result<bool, Error> {
        Ok(queue::is_paused(&context.data::<Services>()?.database).await.map_err(ReadError::from)?)
    }

    /// Seconds since the submission was asked for that has been queued for longest; null when none is queued.
    async fn oldest_queued_seconds(&self, context: &Context<'_>) -> Result<Option<f64>, Error> {
        let Some(asked) = read::oldest_queued(loader(context)?.loader()).await? else { return Ok(None) };
        let now = context.data::<Services>()?.database.now().await.map_err(ReadError::from)?;
        let millis = u32::try_from(now.saturating_sub(asked).max(0) / 1_000).unwrap_or(u32::MAX);
        Ok(Some(f64::from(millis) / 1_000.0))
    }
}
