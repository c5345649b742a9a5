//! The doorbell: puts submissions' ids into the queue, counts what lies there, clears away what is done.
//!
//! It may fail, be late or ring twice: nothing depends on it but how soon the work starts.

use std::sync::Arc;
use std::time::Duration;

use apalis_core::backend::TaskSink;
use apalis_redis::{Client, ConnectionManager, RedisStorage};
use apalis_sqlite::{SqlitePool, SqliteStorage};
use redis::aio::ConnectionManagerConfig;
use sea_orm::sqlx;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::sync::Notify;

use crate::announce::Announcer;
use crate::database::Database;
use crate::settings::{Connections, Kind, SettingsError};

/// Jobs that may lie in the queue at once. apalis-redis can no longer fetch at all with some 8,000 due ones, and the
/// sweeper feeds what does not fit.
pub const JOBS_MAX: u64 = 2_000;

/// Done jobs cleared away at a time, so that one sweep stays short.
const DONE_JOBS_CLEARED_MAX: usize = 5_000;

/// Longest wait for one answer of Redis; the library's half second is too short for a server that saves its data.
const REDIS_ANSWER: Duration = Duration::from_secs(5);

/// The queue's heartbeat: with three missed, a dead worker's jobs are delivered again.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(5);

/// Heartbeats that a worker may miss.
pub(crate) const HEARTBEATS_MISSED_MAX: usize = 3;

/// What a job carries: the submission to work on, nothing else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) submission_id: i64,
}

/// The queue cannot be used.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum BellError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("Redis does not answer at {url}: start it, or correct --redis-url (REDIS_URL)")]
    NotThere { url: String, source: redis::RedisError },
    #[error("the queue's tables could not be made in the database file")]
    Tables(#[source] Box<sqlx::migrate::MigrateError>),
    #[error("the queue did not take the job")]
    Push(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the queue's Redis failed")]
    Redis(#[from] redis::RedisError),
    #[error("the queue's tables failed")]
    Sqlite(#[from] sqlx::Error),
}

/// The queue, seen from the side that puts jobs in. Cheap to clone.
#[derive(Clone)]
pub struct Bell {
    pub(crate) storage: Storage,
    /// Wakes the workers of this process at once.
    pub(crate) rung_here: Arc<Notify>,
    pub(crate) announcer: Announcer,
}

#[derive(Clone)]
pub(crate) enum Storage {
    Sqlite { storage: SqliteStorage<Job>, pool: SqlitePool, database: Database },
    Redis { storage: RedisStorage<Job>, connection: ConnectionManager, config: apalis_redis::Config },
}

impl Bell {
    /// Opens the queue that goes with the database.
    ///
    /// # Errors
    /// When Redis does not answer, or the queue's tables cannot be made.
    pub async fn connect(settings: &Connections, database: &Database) -> Result<Self, BellError> {
        let (storage, announcer) = match (settings.kind()?, settings.redis_url.as_deref()) {
            (Kind::Fleet, Some(url)) => {
                let not_there =
                    |source| BellError::NotThere { url: settings.shown_redis_url().unwrap_or_default(), source };
                let timing = ConnectionManagerConfig::new()
                    .set_response_timeout(Some(REDIS_ANSWER))
                    .set_connection_timeout(Some(REDIS_ANSWER))
                    .set_number_of_retries(2);
                let client = Client::open(url).map_err(not_there)?;
                let connection = client.get_connection_manager_with_config(timing).await.map_err(not_there)?;
                let config = apalis_redis::Config::default()
                    .queue(format!("{}:submissions", settings.redis_prefix))
                    .batch_size(1)
                    .heartbeat_interval(HEARTBEAT)
                    .missed_heartbeats(HEARTBEATS_MISSED_MAX)
                    .emit_events(false);
                let storage = RedisStorage::new(connection.clone()).with_config(config.clone());
                let announcer = Announcer::redis(client, connection.clone(), &settings.redis_prefix);
                (Storage::Redis { storage, connection, config }, announcer)
            }
            _ => {
                let pool = database.connection().get_sqlite_connection_pool().clone();
                let tables = SqliteStorage::<()>::migrations().set_ignore_missing(true).run(&pool).await;
                tables.map_err(|source| BellError::Tables(Box::new(source)))?;
                let config = apalis_sqlite::Config::default()
                    .queue("submissions")
                    .batch_size(1)
                    .heartbeat_interval(HEARTBEAT)
                    .missed_heartbeats(HEARTBEATS_MISSED_MAX);
                let storage = SqliteStorage::new(&pool).with_config(config);
                (Storage::Sqlite { storage, pool, database: database.clone() }, Announcer::here())
            }
        };
        Ok(Self { storage, rung_here: Arc::default(), announcer })
    }

    /// Puts a job for the submission into the queue.
    ///
    /// # Errors
    /// When the queue is away. The submission is safe all the same: the sweeper rings again.
    pub async fn ring(&self, submission_id: i64) -> Result<(), BellError> {
        let job = Job { submission_id };
        match self.storage.clone() {
            Storage::Sqlite { mut storage, database, .. } => {
                let _turn = database.writer_turn().await;
                storage.push(job).await.map_err(|error| BellError::Push(error.into()))?;
            }
            Storage::Redis { mut storage, .. } => {
                storage.push(job).await.map_err(|error| BellError::Push(error.into()))?;
            }
        }
        self.rung_here.notify_waiters();
        Ok(())
    }

    /// Jobs that lie in the queue and that nobody has taken.
    ///
    /// # Errors
    /// When the queue is away.
    pub async fn jobs(&self) -> Result<u64, BellError> {
        match self.storage.clone() {
            Storage::Sqlite { pool, .. } => {
                let count =
                    "select count(*) from Jobs where job_type = 'submissions' and status in ('Pending', 'Queued')";
                let jobs: i64 = sqlx::query_scalar(count).fetch_one(&pool).await?;
                Ok(u64::try_from(jobs).unwrap_or(0))
            }
            Storage::Redis { mut connection, config, .. } => {
                Ok(redis::cmd("LLEN").arg(config.active_jobs_list()).query_async(&mut connection).await?)
            }
        }
    }

    /// Clears away some of the jobs that are done, which apalis keeps for ever.
    ///
    /// # Errors
    /// When the queue is away.
    pub async fn clear_done(&self) -> Result<(), BellError> {
        match self.storage.clone() {
            Storage::Sqlite { pool, database, .. } => {
                let _turn = database.writer_turn().await;
                let delete = "delete from Jobs where rowid in (select rowid from Jobs \
                              where status in ('Done', 'Failed', 'Killed') and done_at is not null limit 5000)";
                sqlx::query(delete).execute(&pool).await?;
            }
            Storage::Redis { mut connection, config, .. } => {
                for set in [config.done_jobs_set(), config.dead_jobs_set()] {
                    let done: Vec<String> =
                        redis::cmd("SPOP").arg(&set).arg(DONE_JOBS_CLEARED_MAX).query_async(&mut connection).await?;
                    if done.is_empty() {
                        continue;
                    }
                    let mut clear = redis::pipe();
                    clear.hdel(config.job_data_hash(), &done).ignore();
                    for id in &done {
                        clear.del(format!("{}:{id}", config.job_meta_hash())).ignore();
                    }
                    clear.query_async::<()>(&mut connection).await?;
                }
            }
        }
        Ok(())
    }
}
