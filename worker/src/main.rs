//! `marquee-worker`: a worker in a process of its own, as many of them as wanted beside one `marquee serve`.

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Parser;
use mimalloc::MiMalloc;
use queue::{Bell, Connections, Database, Kind};
use sea_orm::ConnectionTrait;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;
use worker::{Worker, WorkerSettings, reader, with_causes};

// Half as long again as the system's allocator takes for pages that are cut into many small strings.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Wait for the tables, which the server makes when it starts.
const TABLES_PATIENCE: Duration = Duration::from_secs(30);

/// Time between two looks for them.
const LOOK: Duration = Duration::from_millis(500);

/// Works on submissions for a Marquee server that runs on PostgreSQL and Redis.
#[derive(Debug, Parser)]
#[command(name = "marquee-worker", version)]
struct Arguments {
    #[command(flatten)]
    connections: Connections,
    #[command(flatten)]
    worker: WorkerSettings,
}

#[expect(clippy::print_stderr, reason = "the one place where this command reports its error")]
fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == reader::ARGUMENT) {
        return if reader::read_pages().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match start(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", with_causes(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn start(arguments: Arguments) -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_unset| EnvFilter::new("info,sqlx=warn,apalis_core=warn,apalis=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    if arguments.connections.kind()? == Kind::Embedded {
        bail!(
            "a worker of its own needs PostgreSQL and Redis: set --database-url (DATABASE_URL) and --redis-url \
             (REDIS_URL) as for the server; on SQLite the worker runs inside `marquee serve`"
        );
    }
    let database = Database::connect(&arguments.connections).await?;
    let bell = Bell::connect(&arguments.connections, &database).await?;
    wait_for_tables(&database).await?;
    let (stop, stopped) = watch::channel(false);
    let working = Worker::new(&arguments.worker, database, bell)?.run(stopped);
    let stopping = async move {
        worker::stop_requested().await;
        tracing::info!("stopping: work in progress is ended first");
        stop.send_replace(true);
    };
    tracing::info!(database = %arguments.connections.shown_database_url(), "working");
    tokio::join!(working, stopping);
    Ok(())
}

async fn wait_for_tables(database: &Database) -> anyhow::Result<()> {
    let tables = async {
        loop {
            match database.connection().execute_unprepared("select 1 from tally limit 1").await {
                Ok(_) => return,
                Err(error) => tracing::info!(error = %error, "waiting for the tables"),
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(TABLES_PATIENCE, tables).await.with_context(|| {
        "the database has no tables of Marquee: start `marquee serve` on it, or run `marquee migrate` first".to_owned()
    })
}
