//! The two servers that are measured against each other, on one database.

use std::sync::Arc;

use anyhow::Context as _;
use clap::ValueEnum;
use queue::address::AddressPolicy;
use queue::{Bell, Connections, Database};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::ceiling;

/// Connections to the database of either server: what `marquee serve` opens when nobody says how many.
const DATABASE_CONNECTIONS: u32 = 16;

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// Marquee's GraphQL server, with everything that it usually checks.
    Marquee,
    /// The database's own JSON, handed on.
    Ceiling,
}

/// How a database is opened, at `sqlite:PATH` or `postgres://…`. Nothing is delivered: Redis is named and not asked.
fn connections(database_url: &str) -> Connections {
    let redis_url = database_url.starts_with("postgres").then(|| "redis://127.0.0.1:1/0".to_owned());
    Connections {
        database_url: database_url.to_owned(),
        redis_url,
        redis_prefix: "bench".to_owned(),
        database_connections: DATABASE_CONNECTIONS,
    }
}

/// Opens a database as Marquee does.
///
/// # Errors
/// When it cannot be opened.
pub async fn open(database_url: &str) -> anyhow::Result<Database> {
    Ok(Database::connect(&connections(database_url)).await?)
}

/// Serves until `stop` turns true: GraphQL at `/graphql`, the ceiling's statements at their names.
///
/// # Errors
/// When the database cannot be opened, or the listener fails.
pub async fn serve(
    side: Side,
    database_url: &str,
    listener: TcpListener,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    if side == Side::Ceiling {
        return ceiling::serve(listener, database_url, DATABASE_CONNECTIONS, stop).await;
    }
    let database = open(database_url).await?;
    // No submission is handed in: the bell of an empty file serves.
    let folder = tempfile::tempdir()?;
    let beside = connections(&format!("sqlite:{}", folder.path().join("bell.db").display()));
    let bell_database = Database::connect(&beside).await?;
    let bell = Bell::connect(&beside, &bell_database).await.context("a bell")?;
    let services = api::Services { database, bell, policy: Arc::new(AddressPolicy::default()) };
    Ok(api::serve(listener, api::schema(services), api::Settings::default(), stop).await?)
}
