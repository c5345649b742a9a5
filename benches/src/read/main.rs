//! What reading the graph costs: five queries answered by Marquee and by the ceiling, the best single SQL statement whose JSON
//! a bare server hands on.
//!
//! Both answer the same, which is checked first; then they take turns. Run it with
//! `cargo run --release -p benches --bin bench-read`, and again with `--postgres postgres://…` for an empty database on this
//! machine, which is filled and left so.

#![expect(clippy::print_stdout, reason = "a benchmark prints its numbers")]

mod cpu;
mod processes;
mod report;
mod turns;

use std::time::Duration;

use anyhow::{Context as _, bail};
use benches::exchange::Connection;
use benches::reading::{self, Ask, Query, Side, Size, Workload};
use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use serde_json::Value;

use crate::cpu::Backends;
use crate::processes::Server;
use crate::turns::{Target, Turns};

// As in `marquee`; the ceiling has it too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Hundredths of the list before the pages whose database time is compared with the first page's.
const DEPTHS: [usize; 5] = [1, 10, 50, 90, 100];

/// What reading the graph costs
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    serve: Option<Serve>,
    /// An empty PostgreSQL database on this machine, as postgres://user@host/database; a temporary SQLite file when it is not given
    #[arg(long)]
    postgres: Option<String>,
    /// Makes the graph so many times smaller
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=400))]
    scale: u32,
    /// Length of one turn of one server at one query
    #[arg(long, default_value_t = 2.0, value_parser = seconds)]
    seconds: f64,
    /// Turns of each server at each query
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    rounds: u32,
    /// Connections that ask, each the next thing as soon as it is answered
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1000))]
    connections: u32,
    /// Another seed gives another graph and other requests
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// How this program starts itself as one of the servers, so that each has a process to itself.
#[derive(Debug, Subcommand)]
enum Serve {
    /// Serve until standard input ends
    #[command(hide = true)]
    Serve {
        #[arg(value_enum)]
        side: Side,
        database_url: String,
    },
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if (0.1..=3_600.0).contains(&seconds) => Ok(seconds),
        _ => Err("a number of seconds from 0.1 to 3600".to_owned()),
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if let Some(Serve::Serve { side, database_url }) = &arguments.serve {
        return processes::serve(*side, database_url).await;
    }
    let folder = tempfile::tempdir()?;
    let file = format!("sqlite:{}", folder.path().join("read.db").display());
    let database_url = arguments.postgres.clone().unwrap_or(file);
    let size = Size::FULL.divided_by(usize::try_from(arguments.scale)?);
    println!("loading {size:?}, seed {}", arguments.seed);
    let database = reading::open(&database_url).await?;
    reading::load(&database, size, arguments.seed).await?;
    let backends = Backends::of(database);
    let marquee = Server::start(Side::Marquee, &database_url).await?;
    let ceiling = Server::start(Side::Ceiling, &database_url).await?;
    let workload = Workload::gather(&mut Connection::open(marquee.address).await?, arguments.seed).await?;
    let length = Duration::from_secs_f64(arguments.seconds);
    let turns = Turns { connections: arguments.connections, length, rounds: arguments.rounds, backends: &backends };

    let mut measured = Vec::new();
    for query in Query::ALL {
        let asks = workload.asks(query)?;
        check(query, &asks, &marquee, &ceiling).await?;
        let ours: Vec<String> = asks.iter().map(|ask| ask.marquee.clone()).collect();
        let theirs: Vec<String> = asks.iter().map(|ask| ask.ceiling.clone()).collect();
        let targets = [
            Target { server: &marquee, path: "/graphql".to_owned(), bodies: ours },
            Target { server: &ceiling, path: format!("/{}", query.name()), bodies: theirs },
        ];
        measured.push((query, turns.take(&targets).await?));
    }
    report::queries(&measured, backends.are_apart());

    let mut depths = Vec::new();
    let mut targets = Vec::new();
    for (depth, body) in workload.at_depths(&DEPTHS)? {
        depths.push(depth);
        targets.push(Target { server: &marquee, path: "/graphql".to_owned(), bodies: vec![body] });
    }
    report::depths(&depths, &turns.take(&targets).await?, backends.are_apart());
    marquee.stop().await?;
    ceiling.stop().await
}

/// Both must answer every request of a query with the same values.
async fn check(query: Query, asks: &[Ask], marquee: &Server, ceiling: &Server) -> anyhow::Result<()> {
    let (mut ours, mut theirs) = (Connection::open(marquee.address).await?, Connection::open(ceiling.address).await?);
    let mut bytes = 0;
    for ask in asks {
        let (_, answer) = ours.post("/graphql", &ask.marquee).await?;
        let (status, plain) = theirs.post(&format!("/{}", query.name()), &ask.ceiling).await?;
        bytes += plain.len();
        let answer: Value = serde_json::from_slice(&answer)?;
        let data = answer.get("data").with_context(|| format!("{}: {answer}", query.label()))?;
        if status != 200 {
            bail!("{}: the ceiling answers {status}: {}", query.label(), String::from_utf8_lossy(&plain));
        }
        let plain: Value = serde_json::from_slice(&plain)?;
        if let Err(difference) = reading::same_values(data, &plain) {
            bail!("{}: the answers differ: {difference}; asked was {}", query.label(), ask.marquee);
        }
    }
    println!("{}: {} requests answered alike, {} bytes each", query.label(), asks.len(), bytes / asks.len().max(1));
    Ok(())
}
