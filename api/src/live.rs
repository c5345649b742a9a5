//! Tells those who follow a submission or the graph when there may be more to read.
//!
//! Rows are the truth. An announcement wakes at once; a look at the numbers of everything that is followed, one statement a
//! second for a whole server, finds what was not announced. It must not know GraphQL, nor give out rows: followers read those
//! themselves, at their own pace, so that nothing is held for one that is slow.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::StreamExt;
use queue::{Announcement, Bell};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::read::{ReadError, Reader, live};

/// Between two looks. The longest that an event is late when nobody announced it.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    /// The events of the submission in this row.
    Submission(i64),
    /// Reviews that enter the graph.
    Arrivals,
}

/// What is followed in this process. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Live {
    shared: Arc<Shared>,
}

struct Shared {
    reader: Reader,
    bell: Bell,
    followed: Mutex<Followed>,
}

#[derive(Default)]
struct Followed {
    /// The last number that was seen of each topic: 0 before the first look.
    topics: HashMap<Topic, watch::Sender<i64>>,
    /// Whether a task watches. It runs while anything is followed.
    watched: bool,
}

/// One who follows.
pub(crate) struct Follower {
    changes: watch::Receiver<i64>,
    /// Keeps the topics, without which nobody would be woken.
    _live: Live,
}

impl Follower {
    /// Waits until there may be more to read than when this was last answered, or when the following began.
    pub(crate) async fn changed(&mut self) {
        if self.changes.changed().await.is_err() {
            // A topic is only let go when nobody follows it.
            std::future::pending::<()>().await;
        }
    }
}

impl Live {
    pub(crate) fn new(reader: Reader, bell: Bell) -> Self {
        Self { shared: Arc::new(Shared { reader, bell, followed: Mutex::default() }) }
    }

    /// Follows a topic from now on. Whoever reads after this call and then waits misses nothing.
    pub(crate) fn follow(&self, topic: Topic) -> Follower {
        let mut followed = self.shared.followed();
        let changes = followed.topics.entry(topic).or_insert_with(|| watch::channel(0).0).subscribe();
        if !followed.watched {
            followed.watched = true;
            tokio::spawn(Arc::clone(&self.shared).watch());
        }
        Follower { changes, _live: self.clone() }
    }
}

impl Shared {
    /// Held for as long as it takes to look something up in a map: no holder can leave it half changed.
    fn followed(&self) -> MutexGuard<'_, Followed> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes followers for as long as there are any.
    async fn watch(self: Arc<Self>) {
        let mut announcements = self.bell.announcements();
        let mut looks = tokio::time::interval(LOOK_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                Some(announcement) = announcements.next() => self.wake(announcement),
                _ = looks.tick() => {
                    let Some(topics) = self.still_followed() else { return };
                    if let Err(error) = self.look(&topics).await {
                        tracing::warn!(error = %error, "what is followed could not be looked at; trying again");
                    }
                }
            }
        }
    }

    fn wake(&self, announcement: Announcement) {
        let followed = self.followed();
        match announcement {
            Announcement::Submission(id) => wake(followed.topics.get(&Topic::Submission(id))),
            Announcement::Arrival => wake(followed.topics.get(&Topic::Arrivals)),
            Announcement::Anything => wake(followed.topics.values()),
        }
    }

    /// Lets go of what nobody follows any more; none when that is everything, and the watch is over.
    fn still_followed(&self) -> Option<Vec<Topic>> {
        let mut followed = self.followed();
        followed.topics.retain(|_, changes| changes.receiver_count() > 0);
        followed.watched = !followed.topics.is_empty();
        followed.watched.then(|| followed.topics.keys().copied().collect())
    }

    /// Reads the numbers of what is followed, and wakes where one has grown.
    async fn look(&self, topics: &[Topic]) -> Result<(), ReadError> {
        let submissions: Vec<i64> = topics
            .iter()
            .filter_map(|topic| match topic {
                Topic::Submission(id) => Some(*id),
                Topic::Arrivals => None,
            })
            .collect();
        let mut numbers: Vec<(Topic, i64)> = Vec::new();
        if !submissions.is_empty() {
            let counts = live::event_counts(&self.reader, &submissions).await?;
            numbers.extend(counts.into_iter().map(|(id, count)| (Topic::Submission(id), count)));
        }
        if topics.contains(&Topic::Arrivals) {
            numbers.push((Topic::Arrivals, live::last_arrival(&self.reader).await?));
        }
        let followed = self.followed();
        for (topic, number) in numbers {
            if let Some(changes) = followed.topics.get(&topic) {
                changes.send_if_modified(|seen| std::mem::replace(seen, number) != number);
            }
        }
        Ok(())
    }
}

fn wake<'a>(topics: impl IntoIterator<Item = &'a watch::Sender<i64>>) {
    for changes in topics {
        changes.send_modify(|_number| {});
    }
}
