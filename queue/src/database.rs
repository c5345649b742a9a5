//! One handle on either database: how it is opened, what time it is, and how a write begins.
//!
//! Nothing outside this file may begin a transaction: on SQLite one that reads before it writes must take the write
//! lock at once, or it fails when another got there first.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::Connection;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnAcquireErr, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, IsolationLevel, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use thiserror::Error;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::settings::{Connections, Kind, SettingsError};

/// Wait for SQLite's write lock before giving up; only another process can hold it this long.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Wait for a free connection, or for the server to answer, before giving up.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection that lay idle for this long is tested before it is used: the server may have gone and come back. One
/// that is busy is not, which would cost a round trip a statement.
const TESTED_AFTER: Duration = Duration::from_secs(1);

/// The key of PostgreSQL's advisory lock that makes one transaction at a time the graph's writer: "marquee" in ASCII.
const GRAPH_WRITER: i64 = 0x006d_6172_7175_6565;

/// The database cannot be used.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum DatabaseError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(
        "database file {path:?} cannot be opened for writing: choose another with --database-url (DATABASE_URL), or give this user the right to write there"
    )]
    NotWritable { path: String, source: DbErr },
    #[error("PostgreSQL does not answer at {url}: start it, or correct --database-url (DATABASE_URL)")]
    NotThere { url: String, source: DbErr },
}

/// A pool of connections to either database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    connection: DatabaseConnection,
    /// Writers of this process queue here on SQLite, in order of arrival, instead of racing for the file's lock.
    sqlite_writer: Option<Arc<Mutex<()>>>,
}

/// A transaction that may write. Rolled back when dropped.
#[derive(Debug)]
pub struct WriteTransaction {
    transaction: DatabaseTransaction,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Database {
    /// Opens the database that the settings name; a SQLite file is created when it is missing.
    ///
    /// # Errors
    /// When the settings contradict each other, the file cannot be written, or the server does not answer.
    pub async fn connect(settings: &Connections) -> Result<Self, DatabaseError> {
        let kind = settings.kind()?;
        let mut options = ConnectOptions::new(&settings.database_url);
        options
            .max_connections(settings.database_connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire_if_idle_for(TESTED_AFTER)
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(sqlite_options);
        match kind {
            Kind::Fleet => {
                let not_there = |source| DatabaseError::NotThere { url: settings.shown_database_url(), source };
                knock(&settings.database_url).await.map_err(not_there)?;
                let connection = sea_orm::Database::connect(options).await.map_err(not_there)?;
                Ok(Self { connection, sqlite_writer: None })
            }
            Kind::Embedded => {
                let path = sqlite_path(&settings.database_url);
                let not_writable = |source| DatabaseError::NotWritable { path: path.to_owned(), source };
                let connection = sea_orm::Database::connect(options).await.map_err(not_writable)?;
                let database = Self { connection, sqlite_writer: Some(Arc::default()) };
                // Opening succeeds on a file that may only be read: the write lock is what tells.
                let transaction = database.begin().await.map_err(not_writable)?;
                transaction.commit().await.map_err(not_writable)?;
                Ok(database)
            }
        }
    }

    /// The pool, for reading.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Which database it is.
    pub fn backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// When no connection is free in time, or another process holds SQLite's write lock for too long.
    pub async fn begin(&self) -> Result<WriteTransaction, DbErr> {
        let turn = self.writer_turn().await;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let transaction = self.connection.begin_with_options(options).await?;
        Ok(WriteTransaction { transaction, _turn: turn })
    }

    /// Waits for this process's turn to write to SQLite; nothing to wait for on PostgreSQL.
    pub(crate) async fn writer_turn(&self) -> Option<OwnedMutexGuard<()>> {
        match &self.sqlite_writer {
            Some(writer) => Some(Arc::clone(writer).lock_owned().await),
            None => None,
        }
    }

    /// Begins a transaction that may write the graph: one at a time, over all processes.
    ///
    /// # Errors
    /// As [`Database::begin`].
    pub async fn begin_graph(&self) -> Result<WriteTransaction, DbErr> {
        let transaction = self.begin().await?;
        if self.backend() == DbBackend::Postgres {
            let lock = Statement::from_sql_and_values(
                DbBackend::Postgres,
                "select pg_advisory_xact_lock($1)",
                [GRAPH_WRITER.into()],
            );
            transaction.query_one_raw(lock).await?;
        }
        Ok(transaction)
    }

    /// Begins to read: everything that is read is of one moment, whatever is written meanwhile.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn begin_reading(&self) -> Result<DatabaseTransaction, DbErr> {
        // SQLite's readers always see one moment; it knows no such words.
        let options = match self.backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            },
            _ => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..Default::default()
            },
        };
        self.connection.begin_with_options(options).await
    }

    /// Microseconds since 1970, by the clock that leases are judged by: PostgreSQL's own, or this process's on SQLite.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn now(&self) -> Result<i64, DbErr> {
        now(&self.connection).await
    }
}

impl WriteTransaction {
    /// Makes what was written last.
    ///
    /// # Errors
    /// When the database refuses it; nothing was written then.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.transaction.commit().await
    }

    /// As [`Database::now`], on this transaction's connection.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn now(&self) -> Result<i64, DbErr> {
        now(&self.transaction).await
    }
}

impl std::ops::Deref for WriteTransaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &Self::Target {
        &self.transaction
    }
}

async fn now(connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(chrono::Utc::now().timestamp_micros());
    }
    let clock = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now";
    match connection.query_one_raw(Statement::from_string(DbBackend::Postgres, clock)).await? {
        Some(row) => row.try_get("", "now"),
        None => Err(DbErr::RecordNotFound("the database's clock".to_owned())),
    }
}

/// Connects once and leaves: the pool would go on trying a server that refuses, until its time is over.
async fn knock(url: &str) -> Result<(), DbErr> {
    let connection = tokio::time::timeout(ACQUIRE_TIMEOUT, PgConnection::connect(url));
    let connection = connection.await.map_err(|_elapsed| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?;
    let left = match connection {
        Ok(connection) => connection.close().await,
        Err(error) => Err(error),
    };
    left.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}

/// A length of time in the unit that instants are kept in.
pub fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

fn sqlite_options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
}

fn sqlite_path(url: &str) -> &str {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    path.split_once('?').map_or(path, |(path, _)| path)
}
