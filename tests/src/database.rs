//! A PostgreSQL database of its own for each test, on the server that `tests/run` started.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use crate::settings;

static CREATED: AtomicU32 = AtomicU32::new(0);

/// A name that no other test has, in this process or another: for databases and for Redis prefixes.
#[must_use]
pub fn fresh_name() -> String {
    format!("test_{}_{}", std::process::id(), CREATED.fetch_add(1, Ordering::Relaxed))
}

/// Creates an empty database and gives its URL. It goes with the server.
///
/// # Panics
///
/// When the server cannot be reached.
pub async fn create() -> String {
    let (server, name) = (settings::postgres_url(), fresh_name());
    let connection = connect(&server).await;
    connection.execute_unprepared(&format!("create database {name}")).await.expect("a database can be created");
    connection.close().await.expect("an idle connection closes");
    let (base, _) = server.rsplit_once('/').expect("a PostgreSQL URL ends with a database");
    format!("{base}/{name}")
}

/// Connects to any database.
///
/// # Panics
///
/// When it cannot be reached.
pub async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.unwrap_or_else(|error| panic!("cannot connect to {url}: {error}"))
}
