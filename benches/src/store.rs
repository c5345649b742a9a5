//! What storing a review costs: into a film with ever more reviews, and into a graph with ever more films.
//!
//! Prints medians. Run it with `cargo run --release -p benches --bin bench-store`, and again with `--postgres postgres://…`
//! for a server on which it may make databases.

#![expect(clippy::print_stdout, reason = "a benchmark prints its numbers")]

mod enlarge;
mod reviews;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use migration::{Migrator, MigratorTrait};
use queue::{Connections, Database, claim};
use sea_orm::{ConnectionTrait, DbErr, Statement, Value};
use url::Url;
use worker::fetch::FetchedPage;
use worker::store;

use crate::reviews::Review;

/// Stores whose median is taken. The sizes take turns, so that what else the machine does falls on all of them alike.
const ROUNDS: usize = 31;

/// Sizes of a film: how many reviews it has, and how many films of that size take turns, so that none outgrows it.
const FILM_SIZES: [(usize, usize); 4] = [(10, 16), (100, 4), (1_000, 1), (5_000, 1)];

/// What storing a review costs: into a film with ever more reviews, and into a graph with ever more films
#[derive(Debug, Parser)]
struct Arguments {
    /// A PostgreSQL server to make databases on, as postgres://user@host/database; temporary SQLite files when it is not given
    #[arg(long)]
    postgres: Option<String>,
    /// Sizes of the graph, in thousands of films
    #[arg(long, value_delimiter = ',', default_values_t = [1_usize, 10, 100])]
    thousand_films: Vec<usize>,
    /// Largest film
    #[arg(long, default_value_t = 5_000)]
    reviews: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let mut names = Vec::new();
    for name in
        ["films".to_owned()].into_iter().chain(arguments.thousand_films.iter().map(|size| format!("graph{size}")))
    {
        names.push(place(&arguments, folder.path(), &name).await?);
    }
    let mut benches = Vec::new();
    for name in &names {
        benches.push(Bench::open(name.clone()).await?);
    }
    if let Some((films, graphs)) = benches.split_first() {
        films.films(arguments.reviews).await?;
        graphs_of_growing_size(graphs, &arguments.thousand_films).await?;
    }
    Ok(())
}

/// Where a fresh database lies.
async fn place(arguments: &Arguments, folder: &Path, name: &str) -> anyhow::Result<String> {
    let Some(server) = &arguments.postgres else {
        return Ok(format!("sqlite:{}", folder.join(format!("{name}.db")).display()));
    };
    let name = format!("bench_{}_{name}", std::process::id());
    let connection = sea_orm::Database::connect(server).await?;
    connection.execute_unprepared(&format!("create database {name}")).await?;
    connection.close().await?;
    let (base, _) = server.rsplit_once('/').context("a PostgreSQL address ends with a database")?;
    Ok(format!("{base}/{name}"))
}

/// A database to store into.
struct Bench {
    database: Database,
}

/// Graphs of growing size; each film has one review before the measured one.
async fn graphs_of_growing_size(graphs: &[Bench], thousands: &[usize]) -> anyhow::Result<()> {
    for (bench, thousand) in graphs.iter().zip(thousands) {
        for number in 0..enlarge::FILMS {
            bench.store(&reviews::of_small_film(number, 0)).await?;
        }
        enlarge::to(&bench.database, 1, *thousand).await?;
    }
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); graphs.len()];
    for round in 0..ROUNDS {
        for (bench, times) in graphs.iter().zip(&mut times) {
            // A film that the graph has, and one that it does not.
            times.push(bench.store(&reviews::of_small_film(round * 29 % enlarge::FILMS, 1)).await?);
            times.push(bench.store(&reviews::of_small_film(enlarge::FILMS + round, 0)).await?);
        }
    }
    println!("\nfilms in the graph    median of a store   times the smallest");
    let sizes: Vec<usize> = thousands.iter().map(|thousand| thousand * enlarge::FILMS).collect();
    print(&sizes, times);
    Ok(())
}

impl Bench {
    async fn open(database_url: String) -> anyhow::Result<Self> {
        // Nothing is delivered here, so that Redis is named and not asked.
        let redis_url = database_url.starts_with("postgres").then(|| "redis://127.0.0.1:1/0".to_owned());
        let redis_prefix = "bench".to_owned();
        let connections = Connections { database_url, redis_url, redis_prefix, database_connections: 4 };
        let database = Database::connect(&connections).await?;
        Migrator::up(database.connection(), None).await?;
        Ok(Self { database })
    }

    /// Films of growing size, among which no name is shared.
    async fn films(&self, reviews_max: usize) -> anyhow::Result<()> {
        let sizes: Vec<(usize, usize)> = FILM_SIZES.into_iter().filter(|(size, _)| *size <= reviews_max).collect();
        for (size, films) in &sizes {
            for film in 0..*films {
                for number in 0..*size {
                    self.store(&reviews::of_growing_film(size * 100 + film, number)).await?;
                }
            }
        }
        self.database.connection().execute_unprepared("analyze").await?;
        let mut times: Vec<Vec<Duration>> = vec![Vec::new(); sizes.len()];
        for round in 0..ROUNDS {
            for ((size, films), times) in sizes.iter().zip(&mut times) {
                let review = reviews::of_growing_film(size * 100 + round % films, size + round / films);
                times.push(self.store(&review).await?);
            }
        }
        println!("reviews of the film   median of a store   times the smallest");
        print(&sizes.iter().map(|(size, _)| *size).collect::<Vec<_>>(), times);
        Ok(())
    }

    /// Stores a review as a worker does, and tells how long that took.
    async fn store(&self, review: &Review) -> anyhow::Result<Duration> {
        let insert = "insert into submission (url, requested_url, state, refetch, attempts, failures, lost_leases, fence, due_at, \
                      submitted_at, requested_at, event_count) values ($1, $1, 'QUEUED', false, 0, 0, 0, 0, 1, 1, 1, 0) \
                      returning id";
        let row = row(&self.database, insert, [review.url.as_str().into()]).await?.context("a submission")?;
        let claim = claim(&self.database, row.try_get("", "id")?, "bench").await?.context("a claim")?;
        let page = FetchedPage {
            url: Url::parse(&review.url)?,
            content_type: None,
            etag: None,
            last_modified: None,
            bytes: review.url.clone().into(),
        };
        let begun = Instant::now();
        store::review(&self.database, &claim, &page, &review.extraction).await?;
        Ok(begun.elapsed())
    }
}

async fn row(
    database: &Database,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<sea_orm::QueryResult>, DbErr> {
    let statement = Statement::from_sql_and_values(database.backend(), sql, values);
    database.connection().query_one_raw(statement).await
}

fn print(sizes: &[usize], times: Vec<Vec<Duration>>) {
    let mut smallest = None;
    for (size, mut times) in sizes.iter().zip(times) {
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let ratio = median.as_secs_f64() / smallest.get_or_insert(median).as_secs_f64();
        println!("{size:>19}   {:>14.2} ms   {ratio:>18.2}", median.as_secs_f64() * 1_000.0);
    }
}
