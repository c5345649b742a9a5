//! The pause: workers finish what they hold and take nothing new. It is a row, so that it holds for every process of a fleet
//! and over restarts; and who is there to take anything.
//!
//! A claim reads the row under a lock that pausing waits for: once a pause is answered, nothing more is taken.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use crate::database::{Database, micros};

/// How often a worker says that it is there.
pub const PRESENCE_EVERY: Duration = Duration::from_secs(5);

/// How long a worker counts as there after it said so.
const PRESENCE: Duration = Duration::from_secs(15);

/// What a worker's name begins with among the duties: to be there is one that each has for itself.
const PREFIX: &str = "worker ";

/// Pauses the queue.
///
/// # Errors
/// When the database fails.
pub async fn pause(database: &Database) -> Result<(), DbErr> {
    let transaction = database.begin().await?;
    let update = Statement::from_string(database.backend(), "update queue set paused = true");
    transaction.execute_raw(update).await?;
    transaction.commit().await
}

/// Lets the queue go on. Jobs that were delivered during the pause are rung for again, by the sweeper.
///
/// # Errors
/// When the database fails.
pub async fn resume(database: &Database) -> Result<(), DbErr> {
    let transaction = database.begin().await?;
    let update = Statement::from_string(database.backend(), "update queue set paused = false where paused");
    if transaction.execute_raw(update).await?.rows_affected() > 0 {
        let forget = "update submission set rung_at = null where rung_at is not null and lease_holder is null";
        transaction.execute_raw(Statement::from_string(database.backend(), forget)).await?;
    }
    transaction.commit().await
}

/// Whether the queue is paused.
///
/// # Errors
/// When the database fails.
pub async fn is_paused(database: &Database) -> Result<bool, DbErr> {
    paused(database.connection(), "").await
}

/// The same for a claim: until its transaction is over, nobody pauses the queue.
pub(crate) async fn is_paused_for_claim(transaction: &impl ConnectionTrait) -> Result<bool, DbErr> {
    // SQLite has one writer at a time, which is this one.
    let lock = if transaction.get_database_backend() == DbBackend::Postgres { " for share" } else { "" };
    paused(transaction, lock).await
}

async fn paused(connection: &impl ConnectionTrait, lock: &str) -> Result<bool, DbErr> {
    let select = Statement::from_string(connection.get_database_backend(), format!("select paused from queue{lock}"));
    match connection.query_one_raw(select).await? {
        Some(row) => row.try_get("", "paused"),
        None => Ok(false),
    }
}

/// Says that the worker `process` is there, to be said again within [`PRESENCE_EVERY`]; and forgets those that went without a
/// word.
///
/// # Errors
/// When the database fails.
pub async fn be_present(database: &Database, process: &str) -> Result<(), DbErr> {
    let transaction = database.begin().await?;
    let now = transaction.now().await?;
    for (sql, name) in [
        ("delete from lease where name like $1 and (until <= $2 or until > $2 + $3)", format!("{PREFIX}%")),
        (
            "insert into lease (name, holder, until) values ($1, $1, $2 + $3) \
             on conflict (name) do update set until = excluded.until",
            format!("{PREFIX}{process}"),
        ),
    ] {
        let values = [name.into(), now.into(), micros(PRESENCE).into()];
        transaction.execute_raw(Statement::from_sql_and_values(database.backend(), sql, values)).await?;
    }
    transaction.commit().await
}

/// Says that the worker `process` is gone.
///
/// # Errors
/// When the database fails.
pub async fn be_gone(database: &Database, process: &str) -> Result<(), DbErr> {
    let transaction = database.begin().await?;
    let delete = Statement::from_sql_and_values(
        database.backend(),
        "delete from lease where name = $1",
        [format!("{PREFIX}{process}").into()],
    );
    transaction.execute_raw(delete).await?;
    transaction.commit().await
}

/// How many workers' processes are there.
///
/// # Errors
/// When the database fails.
pub async fn workers(database: &Database) -> Result<i64, DbErr> {
    let now = database.now().await?;
    let count = Statement::from_sql_and_values(
        database.backend(),
        "select count(*) as workers from lease where name like $1 and until > $2 and until <= $2 + $3",
        [format!("{PREFIX}%").into(), now.into(), micros(PRESENCE).into()],
    );
    match database.connection().query_one_raw(count).await? {
        Some(row) => row.try_get("", "workers"),
        None => Ok(0),
    }
}
