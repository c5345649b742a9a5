//! The subscription root: what happens to a submission, and reviews as they enter the graph.
//!
//! Both read rows after the last number that the client was given, one hundred at a time and only when it takes them: a slow
//! client is behind, and nothing is held for it.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Context, Error, ID, Subscription as Subscribed};
use futures::stream::{self, BoxStream, StreamExt};

use super::connection::loader;
use super::error::bad_input;
use super::id::Kind;
use super::review::Review;
use super::submission::SubmissionEvent;
use crate::live::{Follower, Live, Topic};
use crate::read::{ReadError, Reader, live};

/// Readings in a row that may fail before the stream ends, a second apart: a database that restarts is back by then.
const FAILURES_MAX: u32 = 30;

/// Wait after a reading that failed.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

type Events<T> = BoxStream<'static, Result<T, Error>>;

/// What can be followed.
pub(crate) struct Subscription;

/// What can be followed.
#[Subscribed]
impl Subscription {
    /// What happens to one submission, as its numbered events. With `after`, first everything since that event; none is lost
    /// or repeated. It goes on after a final state, because a submission can be tried again: end it when you have seen enough.
    async fn submission_events(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A submission's id.")] id: ID,
        #[graphql(
            desc = "The number of the last event that was seen, 0 for none. Only what happens from now on when it is not given."
        )]
        after: Option<i32>,
    ) -> Result<Events<SubmissionEvent>, Error> {
        let submission = Kind::Submission.number(&id)?;
        let (reader, live) = (loader(context)?.loader().clone(), context.data::<Live>()?);
        // Before anything is read: what happens in between is then told.
        let follower = live.follow(Topic::Submission(submission));
        let counts = live::event_counts(&reader, &[submission]).await?;
        let Some(&count) = counts.get(&submission) else {
            return Err(bad_input(format!("there is no submission with the id {:?}", id.as_str())));
        };
        let after = match after.map(i64::from) {
            None => count,
            Some(after) if (0..=count).contains(&after) => after,
            Some(after) => {
                return Err(bad_input(format!(
                    "`after` is {after}; the submission has events 1 to {count}, give 0 to {count}"
                )));
            }
        };
        let after = i32::try_from(after).map_err(|_beyond| bad_input("`after` is beyond every event"))?;
        Ok(following(reader, follower, after, move |reader, after| async move {
            let events = live::events_after(&reader, submission, after).await?;
            Ok(events.into_iter().map(|row| (row.sequence, SubmissionEvent::from(Arc::new(row)))).collect())
        }))
    }

    /// Reviews as they enter the graph, in that order. With `after`, first everything that entered since that review; none is
    /// lost or repeated.
    async fn review_ingested(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "The id of the last review that was seen. Only what enters from now on when it is not given."
        )]
        after: Option<ID>,
    ) -> Result<Events<Review>, Error> {
        let (reader, live) = (loader(context)?.loader().clone(), context.data::<Live>()?);
        let follower = live.follow(Topic::Arrivals);
        let after = match after {
            None => live::last_arrival(&reader).await?,
            Some(id) => live::arrival_of(&reader, Kind::Review.number(&id)?)
                .await?
                .ok_or_else(|| bad_input(format!("there is no review with the id {:?}", id.as_str())))?,
        };
        Ok(following(reader, follower, after, move |reader, after| async move {
            let arrivals = live::arrivals_after(&reader, after).await?;
            Ok(arrivals.into_iter().map(|row| (row.sequence, Review(row.review))).collect())
        }))
    }
}

/// Where one who follows has got to.
struct Place<Number, T, Read> {
    reader: Reader,
    follower: Follower,
    after: Number,
    read: Read,
    /// What was read and not yet taken.
    rows: VecDeque<(Number, T)>,
    failures: u32,
}

/// Everything that `read` gives after a number, for ever.
fn following<Number, T, Read, Reading>(reader: Reader, follower: Follower, after: Number, read: Read) -> Events<T>
where
    Number: Copy + Send + 'static,
    T: Send + 'static,
    Read: Fn(Reader, Number) -> Reading + Send + 'static,
    Reading: Future<Output = Result<VecDeque<(Number, T)>, ReadError>> + Send + 'static,
{
    let place = Place { reader, follower, after, read, rows: VecDeque::new(), failures: 0 };
    stream::unfold(place, |mut place| async move {
        loop {
            if let Some((number, row)) = place.rows.pop_front() {
                place.after = number;
                return Some((Ok(row), place));
            }
            match (place.read)(place.reader.clone(), place.after).await {
                Ok(rows) if rows.is_empty() => {
                    place.failures = 0;
                    place.follower.changed().await;
                }
                Ok(rows) => (place.rows, place.failures) = (rows, 0),
                // The last failure is told; whoever follows again, from the last number that was seen, loses nothing.
                Err(error) if place.failures == FAILURES_MAX => {
                    place.failures += 1;
                    return Some((Err(error.into()), place));
                }
                Err(_) if place.failures > FAILURES_MAX => return None,
                Err(error) => {
                    place.failures += 1;
                    tracing::warn!(error = %error, "what is followed could not be read; trying again");
                    tokio::time::sleep(AGAIN_AFTER).await;
                }
            }
        }
    })
    .boxed()
}
