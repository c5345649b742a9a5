//! The other doorbell: tells whoever follows submissions or the graph that something was committed which they may read.
//!
//! It may fail, be late or ring twice. The rows are the truth, and who follows them looks at them now and then by itself:
//! nothing depends on an announcement but how soon it is seen.

use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt};
use redis::aio::{ConnectionManager, PubSub};
use redis::{Client, Msg, RedisError};
use tokio::sync::{Semaphore, broadcast};

use crate::bell::Bell;

/// Announcements that a slow listener of this process may be behind; with more it is told [`Announcement::Anything`].
const BEHIND_MAX: usize = 1_024;

/// Announcements on their way to Redis at once. While it is away, the others are left out: nobody hears them anyway.
const SENDING_MAX: usize = 64;

/// Wait between two tries to listen at Redis.
const LISTEN_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// What was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Announcement {
    /// An event was appended to this submission's history.
    Submission(i64),
    /// A review entered the graph.
    Arrival,
    /// Whatever it was, it was missed.
    Anything,
}

impl Announcement {
    /// As it goes through Redis.
    fn written(self) -> String {
        match self {
            Self::Submission(id) => id.to_string(),
            Self::Arrival => "arrival".to_owned(),
            Self::Anything => "anything".to_owned(),
        }
    }

    /// What a later version may send counts as anything.
    fn read(text: &str) -> Self {
        match (text, text.parse()) {
            (_, Ok(id)) => Self::Submission(id),
            ("arrival", _) => Self::Arrival,
            _ => Self::Anything,
        }
    }
}

/// Where announcements are made and heard: inside this process on SQLite, through Redis in a fleet.
#[derive(Clone)]
pub(crate) enum Announcer {
    Here(broadcast::Sender<Announcement>),
    Redis { client: Client, connection: ConnectionManager, channel: Arc<str>, sending: Arc<Semaphore> },
}

impl Announcer {
    pub(crate) fn here() -> Self {
        Self::Here(broadcast::channel(BEHIND_MAX).0)
    }

    pub(crate) fn redis(client: Client, connection: ConnectionManager, prefix: &str) -> Self {
        let channel = format!("{prefix}:announcements").into();
        Self::Redis { client, connection, channel, sending: Arc::new(Semaphore::new(SENDING_MAX)) }
    }
}

impl Bell {
    /// Announces what was committed, without waiting until it is heard.
    pub fn announce(&self, announcement: Announcement) {
        match &self.announcer {
            Announcer::Here(sender) => {
                if sender.send(announcement).is_err() {
                    tracing::trace!("nobody listens");
                }
            }
            Announcer::Redis { connection, channel, sending, .. } => {
                let Ok(permit) = Arc::clone(sending).try_acquire_owned() else { return };
                let (mut connection, channel) = (connection.clone(), Arc::clone(channel));
                tokio::spawn(async move {
                    let mut publish = redis::cmd("PUBLISH");
                    publish.arg(&*channel).arg(announcement.written());
                    if let Err(error) = publish.query_async::<()>(&mut connection).await {
                        tracing::debug!(error = %error, "an announcement was not made; who follows looks by itself");
                    }
                    drop(permit);
                });
            }
        }
    }

    /// Everything that is announced from now on, by any process of the installation. Never ends while the bell is there.
    pub fn announcements(&self) -> BoxStream<'static, Announcement> {
        match &self.announcer {
            Announcer::Here(sender) => stream::unfold(sender.subscribe(), |mut receiver| async move {
                match receiver.recv().await {
                    Ok(announcement) => Some((announcement, receiver)),
                    Err(broadcast::error::RecvError::Lagged(_)) => Some((Announcement::Anything, receiver)),
                    Err(broadcast::error::RecvError::Closed) => None,
                }
            })
            .boxed(),
            Announcer::Redis { client, channel, .. } => {
                let ear = Ear { client: client.clone(), channel: Arc::clone(channel), messages: None };
                stream::unfold(ear, Ear::hear).boxed()
            }
        }
    }
}

/// Listens at Redis, and again when the connection breaks.
struct Ear {
    client: Client,
    channel: Arc<str>,
    messages: Option<BoxStream<'static, Msg>>,
}

impl Ear {
    async fn hear(mut self) -> Option<(Announcement, Self)> {
        loop {
            if let Some(messages) = &mut self.messages {
                if let Some(message) = messages.next().await {
                    let text: String = message.get_payload().unwrap_or_default();
                    return Some((Announcement::read(&text), self));
                }
                self.messages = None;
                tokio::time::sleep(LISTEN_AGAIN_AFTER).await;
            }
            match listen(&self.client, &self.channel).await {
                // What was announced until now has been missed.
                Ok(messages) => {
                    self.messages = Some(messages.into_on_message().boxed());
                    return Some((Announcement::Anything, self));
                }
                Err(error) => {
                    tracing::debug!(error = %error, "Redis cannot be listened to; trying again");
                    tokio::time::sleep(LISTEN_AGAIN_AFTER).await;
                }
            }
        }
    }
}

async fn listen(client: &Client, channel: &str) -> Result<PubSub, RedisError> {
    let mut messages = client.get_async_pubsub().await?;
    messages.subscribe(channel).await?;
    Ok(messages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_is_read_as_it_was_written() {
        for announcement in [Announcement::Submission(7), Announcement::Arrival, Announcement::Anything] {
            assert_eq!(Announcement::read(&announcement.written()), announcement);
        }
        assert_eq!(Announcement::read("something of a later version"), Announcement::Anything);
    }
}
