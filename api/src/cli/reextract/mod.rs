//! `marquee reextract`: pages that an older extractor read are read again, from what was kept of them.
//!
//! Nothing is fetched. The submissions are made due and go through the queue like any other; this file feeds it, a few at a
//! time so that what is handed in meanwhile does not wait, and shows how it goes. It may be broken off at any time: what is
//! due is done by whoever works next, and what is not yet due is still outdated.

mod changes;
mod dry_run;

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use entity::{SubmissionOutcome, submission};
use indicatif::{ProgressBar, ProgressStyle};
use queue::{Connections, Database, Kind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tokio::sync::watch;
use worker::{Worker, WorkerSettings, kept};

use super::ingest::{is_done, line_of};
use super::{console, open};

/// Time between two looks at the rows.
const LOOK: Duration = Duration::from_millis(100);

/// Submissions that are due at a time: enough to keep a fleet busy between two sweeps.
const DUE_MAX: usize = 400;

/// Time without any progress after which a fleet's user is told what to look at.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which pages, and whether to write anything.
#[derive(Debug, Clone, Args)]
pub struct ReextractArguments {
    /// Print what would change, fact by fact, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Read the pages that were last read by an extractor older than this version; the present one when it is not given
    #[arg(long, value_name = "VERSION", default_value_t = extract::VERSION,
          value_parser = clap::value_parser!(i32).range(1..=i64::from(extract::VERSION)))]
    older_than: i32,
    #[command(flatten)]
    connections: Connections,
    #[command(flatten)]
    worker: WorkerSettings,
}

/// Reads again; the exit status says whether every page could be read.
pub async fn run(arguments: ReextractArguments) -> anyhow::Result<ExitCode> {
    console::start_log("warn,apalis_core=error,apalis=error");
    let (database, bell) = open::open(&arguments.connections).await?;
    if arguments.dry_run {
        return dry_run::run(&database, arguments.older_than).await;
    }
    open::refuse_paused(&database).await?;
    let (stop, stopped) = watch::channel(false);
    let working = match arguments.connections.kind()? {
        Kind::Embedded => {
            let worker = Worker::new(&arguments.worker, database.clone(), bell)?.offline();
            Some(tokio::spawn(worker.run(stopped)))
        }
        Kind::Fleet => None,
    };
    let mut course = Course::new(&database, arguments.older_than, working.is_none()).await?;
    let ended = tokio::select! {
        ended = course.run() => ended.map(|()| true),
        () = worker::stop_requested() => Ok(false),
    };
    stop.send_replace(true);
    if let Some(working) = working {
        working.await?;
    }
    if !ended? {
        console::say("stopped; what is due is kept, and the next worker goes on with it");
        return Ok(ExitCode::FAILURE);
    }
    course.bar.finish_and_clear();
    let Course { updated, unchanged, refused, failed, .. } = course;
    console::print(&format!("{updated} changed, {unchanged} unchanged, {refused} no review, {failed} not read\n"))?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How far the reading has come.
struct Course {
    database: Database,
    older_than: i32,
    /// Number of the last submission that was made due.
    after: i64,
    due: BTreeSet<i64>,
    bar: ProgressBar,
    terminal: bool,
    /// Whether others do the work, and when the last of it was seen.
    waits_for_others: Option<Instant>,
    updated: u64,
    unchanged: u64,
    refused: u64,
    failed: u64,
}

impl Course {
    async fn new(database: &Database, older_than: i32, others: bool) -> anyhow::Result<Self> {
        let terminal = std::io::stderr().is_terminal();
        let pages = kept::count_outdated(database, older_than).await?;
        let bar = if terminal { ProgressBar::new(pages) } else { ProgressBar::hidden() };
        bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {wide_msg}")?);
        Ok(Self {
            database: database.clone(),
            older_than,
            after: 0,
            due: BTreeSet::new(),
            bar,
            terminal,
            waits_for_others: others.then(Instant::now),
            updated: 0,
            unchanged: 0,
            refused: 0,
            failed: 0,
        })
    }

    /// Makes pages due until all of them have been read.
    async fn run(&mut self) -> anyhow::Result<()> {
        let mut more = true;
        loop {
            if more && self.due.len() <= DUE_MAX / 2 {
                more = self.feed().await?;
            }
            if self.due.is_empty() && !more {
                return Ok(());
            }
            self.look().await?;
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Makes the next submissions due; answers whether there may be more.
    async fn feed(&mut self) -> anyhow::Result<bool> {
        let room = u32::try_from(DUE_MAX.saturating_sub(self.due.len()))?;
        let pages = kept::outdated(&self.database, self.older_than, self.after, room).await?;
        let Some(last) = pages.last() else { return Ok(false) };
        self.after = last.submission_id;
        let submissions: Vec<i64> = pages.iter().map(|page| page.submission_id).collect();
        self.due.extend(queue::recall(&self.database, &submissions).await?);
        Ok(true)
    }

    /// Takes note of what has been done since the last look.
    async fn look(&mut self) -> anyhow::Result<()> {
        let rows = submission::Entity::find()
            .filter(submission::Column::Id.is_in(self.due.iter().copied()))
            .all(self.database.connection())
            .await?;
        for row in rows.iter().filter(|row| is_done(row)) {
            self.due.remove(&row.id);
            self.bar.inc(1);
            self.waits_for_others = self.waits_for_others.map(|_before| Instant::now());
            let told = match row.outcome {
                Some(SubmissionOutcome::Unchanged) => {
                    self.unchanged += 1;
                    false
                }
                Some(outcome) if outcome.state() == entity::SubmissionState::Succeeded => {
                    self.updated += 1;
                    !self.terminal
                }
                None | Some(SubmissionOutcome::TooLarge | SubmissionOutcome::GaveUp | SubmissionOutcome::Cancelled) => {
                    self.failed += 1;
                    true
                }
                Some(_) => {
                    self.refused += 1;
                    !self.terminal
                }
            };
            if told {
                self.bar.suspend(|| console::say(&line_of(row)));
            }
        }
        if self.waits_for_others.is_some_and(|since| since.elapsed() > PATIENCE) {
            self.waits_for_others = Some(Instant::now());
            self.bar.suspend(|| console::say("no worker has read anything for a while: is `marquee-worker` running?"));
        }
        Ok(())
    }
}
