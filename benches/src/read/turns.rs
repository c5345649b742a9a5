//! Turns: each target is asked by a fixed number of connections for a while, then the next, round after round, so that what
//! else the machine does falls on all of them alike.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use benches::exchange::Connection;

use crate::cpu::{self, Backends};
use crate::processes::Server;

/// The first turn of each target is so many times shorter, and not measured.
const WARM_UP: u32 = 2;

/// What is asked, and whom.
pub(crate) struct Target<'a> {
    pub(crate) server: &'a Server,
    pub(crate) path: String,
    /// Bodies that take turns.
    pub(crate) bodies: Vec<String>,
}

/// How long, by how many, how often.
pub(crate) struct Turns<'a> {
    pub(crate) connections: u32,
    pub(crate) length: Duration,
    pub(crate) rounds: u32,
    pub(crate) backends: &'a Backends,
}

/// What one turn came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    pub(crate) per_second: f64,
    /// CPU time per request.
    pub(crate) server: Duration,
    /// CPU time per request of the database's own processes.
    pub(crate) database: Duration,
}

impl Turn {
    /// CPU time per request, all in all.
    pub(crate) fn cpu(&self) -> f64 {
        (self.server + self.database).as_secs_f64()
    }
}

/// All turns of one target, and how long each request took.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    pub(crate) turns: Vec<Turn>,
    pub(crate) times: Vec<Duration>,
}

impl Turns<'_> {
    /// Lets the targets take turns.
    pub(crate) async fn take(&self, targets: &[Target<'_>]) -> anyhow::Result<Vec<Measured>> {
        for target in targets {
            self.turn(target, self.length / WARM_UP).await?;
        }
        let mut measured: Vec<Measured> = targets.iter().map(|_| Measured::default()).collect();
        for _ in 0..self.rounds {
            for (target, measured) in targets.iter().zip(&mut measured) {
                let (turn, times) = self.turn(target, self.length).await?;
                measured.turns.push(turn);
                measured.times.extend(times);
            }
        }
        measured.iter_mut().for_each(|measured| measured.times.sort_unstable());
        Ok(measured)
    }

    async fn turn(&self, target: &Target<'_>, length: Duration) -> anyhow::Result<(Turn, Vec<Duration>)> {
        let bodies: Arc<[String]> = target.bodies.clone().into();
        let mut connections = Vec::new();
        for _ in 0..self.connections {
            connections.push(Connection::open(target.server.address).await?);
        }
        let (server, database) = (cpu::of_process(target.server.pid)?, self.backends.cpu().await?);
        let begun = Instant::now();
        let until = begun + length;
        let mut asking = tokio::task::JoinSet::new();
        for (number, connection) in connections.into_iter().enumerate() {
            asking.spawn(ask(connection, target.path.clone(), Arc::clone(&bodies), number, until));
        }
        let mut times = Vec::new();
        while let Some(asked) = asking.join_next().await {
            times.extend(asked??);
        }
        let elapsed = begun.elapsed();
        let server = cpu::of_process(target.server.pid)?.saturating_sub(server);
        let database = self.backends.cpu().await?.saturating_sub(database);
        let requests = u32::try_from(times.len())?.max(1);
        let per_second = f64::from(requests) / elapsed.as_secs_f64();
        Ok((Turn { per_second, server: server / requests, database: database / requests }, times))
    }
}

/// Asks one thing after the other; gives how long each took.
async fn ask(
    mut connection: Connection,
    path: String,
    bodies: Arc<[String]>,
    first: usize,
    until: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    let mut next = first;
    while Instant::now() < until {
        let body = bodies.get(next % bodies.len()).context("nothing to ask")?;
        let begun = Instant::now();
        let (status, answer) = connection.post(&path, body).await?;
        times.push(begun.elapsed());
        if status != 200 {
            bail!("{path} answers {status}: {}", String::from_utf8_lossy(&answer));
        }
        next += 1;
    }
    Ok(times)
}
