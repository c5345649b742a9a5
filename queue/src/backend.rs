//! The worker's side of the queue: takes jobs from apalis and hands their submissions to a handler.
//!
//! apalis delivers and no more. Its own retries, results and attempts are not relied on: the handler always comes back
//! with nothing to say, a panic included, and what became of the work stands in the submission's row.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use apalis::prelude::{WorkerBuilder, WorkerBuilderExt, WorkerContext};
use apalis_core::backend::ext::poll_strategy::PollWith;
use tokio::sync::{mpsc, watch};
use ulid::Ulid;

use crate::bell::{Bell, Job, Storage};
use crate::poll::IntervalOrRing;

/// Redis is asked this often: other processes ring there without our hearing it.
const REDIS_POLL: Duration = Duration::from_millis(50);

/// SQLite is asked this often; every asking takes the write lock, and whoever rings in this process wakes us at once.
const SQLITE_POLL: Duration = Duration::from_millis(500);

/// Waits between two lives of a worker whose backend failed: doubled from the first to the last.
const RESTART_MIN: Duration = Duration::from_millis(200);
const RESTART_MAX: Duration = Duration::from_secs(10);

/// How jobs are taken.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Names this process among all that ever ran: its pid and a ULID.
    pub process: String,
    /// Submissions worked on at once.
    pub concurrency: usize,
}

impl Delivery {
    /// Settings for this process.
    pub fn new(concurrency: usize) -> Self {
        Self { process: format!("{}-{}", std::process::id(), Ulid::generate()), concurrency }
    }
}

/// Takes jobs and calls `handler` with each submission's id, until `stop` turns true; then waits for the ones at work.
///
/// A backend that fails is started again, under a new name and after a wait, for as long as it takes.
pub async fn deliver<Handler, Work>(bell: &Bell, delivery: &Delivery, mut stop: watch::Receiver<bool>, handler: Handler)
where
    Handler: Fn(i64) -> Work + Clone + Send + Sync + 'static,
    Work: Future<Output = ()> + Send + 'static,
{
    let mut restarts: u64 = 0;
    let mut wait = RESTART_MIN;
    while !*stop.borrow() {
        let name = format!("{}-r{restarts}", delivery.process);
        let started = tokio::time::Instant::now();
        let life = live(bell, &name, delivery.concurrency, stop.clone(), handler.clone()).await;
        match life {
            Ok(()) if *stop.borrow() => return,
            Ok(()) => {
                tracing::warn!(worker.name = %name, "the queue's worker ended by itself; starting it again")
            }
            Err(error) => {
                tracing::warn!(worker.name = %name, error = %error, "the queue failed; starting again")
            }
        }
        restarts += 1;
        if started.elapsed() > RESTART_MAX {
            wait = RESTART_MIN;
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
        wait = (wait * 2).min(RESTART_MAX);
    }
}

/// One life of an apalis worker.
async fn live<Handler, Work>(
    bell: &Bell,
    name: &str,
    concurrency: usize,
    mut stop: watch::Receiver<bool>,
    handler: Handler,
) -> Result<(), String>
where
    Handler: Fn(i64) -> Work + Clone + Send + Sync + 'static,
    Work: Future<Output = ()> + Send + 'static,
{
    // Everything at work holds a sender: when all are gone, the work is done.
    let (held, mut at_work) = mpsc::channel::<Infallible>(1);
    let work = move |job: Job, _worker: WorkerContext| {
        let (work, held) = (handler(job.submission_id), held.clone());
        async move {
            // A task of its own: a panic ends there and not in the worker, and it outlives the worker that took the job.
            let task = async move {
                work.await;
                drop(held);
            };
            if let Err(error) = tokio::spawn(task).await {
                tracing::error!(submission.id = job.submission_id, error = %error, "the work on a submission broke off");
            }
            Ok::<(), Infallible>(())
        }
    };
    let ring = Arc::clone(&bell.rung_here);
    macro_rules! run {
        ($storage:expr, $period:expr) => {{
            let backend = PollWith::new($storage, IntervalOrRing::new($period, ring));
            let worker = WorkerBuilder::new(name).backend(backend).concurrency(concurrency).build(work);
            // A worker that is told to stop leaves its backend alone until the last job is done, in the midst of a transaction
            // as it may be: on SQLite the jobs then wait for a lock that nobody gives back. Dropped, it holds nothing.
            tokio::select! {
                ended = worker.run() => ended.map_err(|error| error.to_string()),
                () = stopped(&mut stop) => Ok(()),
            }
        }};
    }
    let life = match bell.storage.clone() {
        Storage::Sqlite { storage, .. } => run!(storage, SQLITE_POLL),
        Storage::Redis { storage, .. } => run!(storage, REDIS_POLL),
    };
    if *stop.borrow() {
        while at_work.recv().await.is_some() {}
    }
    life
}

/// Ends when the process is to stop; the sender's end means that as well.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    while !*stop.borrow() && stop.changed().await.is_ok() {}
}
