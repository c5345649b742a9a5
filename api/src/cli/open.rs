//! Opens what several commands need: the database with its tables up to date, and the queue.

use std::time::Duration;

use anyhow::bail;
use migration::{Migrator, MigratorTrait};
use queue::{Bell, Connections, Database, is_paused};
use sea_orm::{DbBackend, DbErr};

/// Tries to bring a SQLite file up to date when another process does so at the same moment.
const TRIES: usize = 10;

/// Wait between two of these tries.
const BETWEEN_TRIES: Duration = Duration::from_millis(300);

/// Opens database and queue, with all tables made.
///
/// # Errors
/// When a setting is wrong, or a server is not there.
pub async fn open(connections: &Connections) -> anyhow::Result<(Database, Bell)> {
    let database = Database::connect(connections).await?;
    bring_up_to_date(&database).await?;
    let bell = Bell::connect(connections, &database).await?;
    Ok((database, bell))
}

/// Refuses to wait for work that nobody may take.
///
/// # Errors
/// When the queue is paused.
pub async fn refuse_paused(database: &Database) -> anyhow::Result<()> {
    if is_paused(database).await? {
        bail!("the queue is paused, and nothing would be worked on: run `marquee queue resume` first");
    }
    Ok(())
}

/// Applies the migrations that the database lacks; one process at a time does, and the others wait for it.
///
/// # Errors
/// When a migration fails.
pub async fn bring_up_to_date(database: &Database) -> Result<(), DbErr> {
    if database.backend() == DbBackend::Postgres {
        // The graph's lock, held on a connection of its own while the migrator uses others.
        let lock = database.begin_graph().await?;
        Migrator::up(database.connection(), None).await?;
        return lock.commit().await;
    }
    for _ in 1..TRIES {
        match Migrator::up(database.connection(), None).await {
            Ok(()) => return Ok(()),
            Err(error) => {
                tracing::debug!(error = %error, "another process may be making the tables; trying again");
                tokio::time::sleep(BETWEEN_TRIES).await;
            }
        }
    }
    Migrator::up(database.connection(), None).await
}
