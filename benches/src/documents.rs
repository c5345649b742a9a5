//! What hostile requests cost: CPU time of server and client together, from the request's first byte to the answer's last, on an
//! empty graph, where the documents are all there is to work on.
//!
//! Prints the median, the 99th percentile and the maximum, and the dearest. Run it with
//! `cargo run --release -p benches --bin bench-documents`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its numbers")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use benches::exchange::Connection;
use benches::hostile::{self, Hostile};
use clap::Parser;
use cpu_time::ProcessTime;
use migration::{Migrator, MigratorTrait};
use queue::address::AddressPolicy;
use queue::{Bell, Connections, Database};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// What each is to stay under.
const AIM: Duration = Duration::from_millis(50);

/// The dearest that are shown.
const SHOWN: usize = 12;

/// What hostile requests cost
#[derive(Debug, Parser)]
struct Arguments {
    /// How many
    #[arg(long, default_value_t = 10_000)]
    requests: usize,
    /// Another seed gives others
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What one came to.
struct Measured {
    number: usize,
    kind: &'static str,
    bytes: usize,
    cost: Duration,
    status: u16,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let connections = Connections {
        database_url: format!("sqlite:{}", folder.path().join("documents.db").display()),
        redis_url: None,
        redis_prefix: "bench".to_owned(),
        database_connections: 4,
    };
    let database = Database::connect(&connections).await?;
    Migrator::up(database.connection(), None).await?;
    let bell = Bell::connect(&connections, &database).await?;
    let services = api::Services { database, bell, policy: Arc::new(AddressPolicy::default()) };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(api::serve(listener, api::schema(services), api::Settings::default(), stopped));
    let mut connection = Connection::open(address).await?;
    let mut measured = Vec::with_capacity(arguments.requests);
    for number in 0..arguments.requests {
        let Hostile { kind, body } = hostile::request(arguments.seed, number);
        let begin = ProcessTime::now();
        let status = exchange(&mut connection, &body).await.with_context(|| format!("request {number}, {kind}"))?;
        measured.push(Measured { number, kind, bytes: body.len(), cost: begin.elapsed(), status });
        if status == 413 {
            // The rest of a body that is too long was not read: the server leaves.
            connection = Connection::open(address).await?;
        }
    }
    drop(connection);
    stop.send_replace(true);
    serving.await??;
    report(measured);
    Ok(())
}

/// Sends a body and reads the answer; gives its status.
async fn exchange(connection: &mut Connection, body: &str) -> anyhow::Result<u16> {
    let (status, answer) = connection.post("/graphql", body).await?;
    let answer: serde_json::Value = serde_json::from_slice(&answer)?;
    if answer.get("data").is_none() && answer.get("errors").is_none() {
        bail!("an answer that says nothing: {answer}");
    }
    Ok(status)
}

fn report(mut measured: Vec<Measured>) {
    measured.sort_by_key(|one| one.cost);
    let at = |share: f64| {
        let index = ((measured.len() as f64 * share).ceil() as usize).saturating_sub(1);
        measured.get(index).map_or(0.0, |one| milliseconds(one.cost))
    };
    let over = measured.iter().filter(|one| one.cost > AIM).count();
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for one in &measured {
        *statuses.entry(one.status).or_default() += 1;
    }
    println!("{} requests, all answered: {statuses:?}", measured.len());
    println!(
        "CPU ms: p50 {:.2}, p99 {:.2}, max {:.2}; over {} ms: {over}",
        at(0.5),
        at(0.99),
        at(1.0),
        AIM.as_millis()
    );
    for one in measured.iter().rev().take(SHOWN) {
        println!(
            "{:9.2} ms  {} ({} bytes, status {}, number {})",
            milliseconds(one.cost),
            one.kind,
            one.bytes,
            one.status,
            one.number
        );
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
