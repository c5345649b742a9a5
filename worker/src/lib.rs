//! The worker: takes submissions from the queue and carries each from its URL into the graph.
//!
//! [`Worker::run`] is all that a process needs. The way of one submission is in `ingest`; the stages it calls are
//! `fetch`, the `extract` crate, `resolve` (pure) and `store`. Nothing here knows GraphQL or the command line.

mod attempts;
mod causes;
mod host;
mod ingest;
mod settings;
mod stop;
mod sweep;
mod verdict;

pub mod fetch;
pub mod kept;
pub mod reader;
pub mod resolve;
pub mod store;

use std::sync::Arc;

use futures::future::BoxFuture;
use queue::{Bell, Database, Delivery, deliver};
use tokio::sync::watch;

use thiserror::Error;

pub use crate::causes::with_causes;
use crate::fetch::{Fetcher, FetcherError};
use crate::ingest::Ingest;
use crate::reader::Reader;
pub use crate::settings::WorkerSettings;
pub use crate::stop::stop_requested;
pub use crate::verdict::Verdict;

/// A worker that is ready to run: in the server's process, or in one of its own.
pub struct Worker {
    ingest: Ingest,
    bell: Bell,
    delivery: Delivery,
}

/// A worker could not be set up.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum WorkerError {
    #[error(transparent)]
    Fetcher(#[from] FetcherError),
    #[error("this program cannot find its own file, of which it starts copies to read pages")]
    Reader(#[from] std::io::Error),
}

impl Worker {
    /// Sets a worker up.
    ///
    /// # Errors
    /// When the fetcher or the reader cannot be set up.
    pub fn new(settings: &WorkerSettings, database: Database, bell: Bell) -> Result<Self, WorkerError> {
        let delivery = Delivery::new(usize::from(settings.concurrency));
        let fetcher = Arc::new(Fetcher::new(settings.fetch())?);
        let holder = delivery.process.clone();
        let reader = Arc::new(Reader::new()?);
        let ingest = Ingest {
            database,
            bell: bell.clone(),
            fetcher,
            reader,
            host_delay: settings.host_delay(),
            holder,
            offline: false,
        };
        Ok(Self { ingest, bell, delivery })
    }

    /// Lets it read kept pages only: whatever would have to be fetched is left to others.
    #[must_use]
    pub fn offline(mut self) -> Self {
        self.ingest.offline = true;
        self
    }

    /// Works, and sweeps, until `stop` turns true; then ends what it holds and takes nothing new.
    // Boxed, so that the compiler makes the whole way of a submission once, here, and not again in every program with a worker.
    pub fn run(self, stop: watch::Receiver<bool>) -> BoxFuture<'static, ()> {
        let Self { ingest, bell, delivery } = self;
        let database = ingest.database.clone();
        let handler = move |submission_id| {
            let ingest = ingest.clone();
            async move { ingest.work(submission_id).await }
        };
        Box::pin(async move {
            tokio::join!(
                deliver(&bell, &delivery, stop.clone(), handler),
                sweep::sweep_until(&database, &bell, &delivery.process, stop.clone()),
                sweep::be_there_until(&database, &delivery.process, stop),
            );
        })
    }
}
