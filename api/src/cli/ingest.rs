//! `marquee ingest`: submit, work, show how it goes, print the films that came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

use api::Services;
use async_graphql::{Request, Variables};
use clap::Args;
use entity::{SubmissionState, submission};
use indicatif::{ProgressBar, ProgressStyle};
use queue::{Connections, Database, submit};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tokio::sync::watch;
use worker::{Worker, WorkerSettings};

use super::{console, open};

/// Time between two looks at the rows.
const LOOK: Duration = Duration::from_millis(100);

/// What is printed of a review's film.
const FILM: &str = "query($url: URL!) { review(url: $url) { film {
  id title originalTitle year releaseDate runtimeMinutes contentRating genres
  directors { name } writers { name }
  credits(first: 100) { nodes { role character billing person { name } } }
  reception { reviewCount ratedCount mean median spread histogram }
  externalIds { source value url }
  reviews(first: 20) { nodes {
    url headline dek publishedOn language
    critic { name } outlet { name host }
    rating { asPrinted value best scale score scoreLow scoreHigh }
    captions(first: 10) { nodes { text credit imageUrl depicts { character place person { name } } } }
  } }
} } }";

/// What to ingest, and how.
#[derive(Debug, Clone, Args)]
pub struct IngestArguments {
    /// Addresses of film reviews
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
    #[command(flatten)]
    connections: Connections,
    #[command(flatten)]
    worker: WorkerSettings,
}

/// Ingests; the exit status says whether every address gave a review.
pub async fn run(arguments: IngestArguments) -> anyhow::Result<ExitCode> {
    console::start_log("warn,apalis_core=error,apalis=error");
    let (database, bell) = open::open(&arguments.connections).await?;
    open::refuse_paused(&database).await?;
    let (stop, stopped) = watch::channel(false);
    let worker = Worker::new(&arguments.worker, database.clone(), bell.clone())?;
    let policy = arguments.worker.policy();
    let mut refused = false;
    let mut submissions = BTreeSet::new();
    for url in &arguments.urls {
        match submit(&database, &bell, &policy, url, true).await {
            Ok(accepted) => {
                submissions.insert(accepted.submission.id);
            }
            Err(queue::AcceptError::Database(error)) => return Err(error.into()),
            Err(error) => {
                refused = true;
                console::say(&format!("{url}: refused: {error}"));
            }
        }
    }
    let working = tokio::spawn(worker.run(stopped));
    let finished = tokio::select! {
        finished = watch_until_done(&database, submissions) => finished?,
        () = worker::stop_requested() => {
            console::say("stopped; what was accepted is kept, and `marquee serve` goes on with it");
            return Ok(ExitCode::FAILURE);
        }
    };
    stop.send_replace(true);
    working.await?;

    let services = Services { database, bell, policy };
    print_films(services, &finished).await?;
    let succeeded = finished.iter().all(|submission| submission.state == SubmissionState::Succeeded);
    Ok(if succeeded && !refused { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Shows how the submissions go until each is over, or waits for a later try.
async fn watch_until_done(database: &Database, submissions: BTreeSet<i64>) -> anyhow::Result<Vec<submission::Model>> {
    let terminal = std::io::stderr().is_terminal();
    let bar = if terminal { ProgressBar::new(u64::try_from(submissions.len())?) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}")?);
    let mut states: BTreeMap<i64, SubmissionState> = BTreeMap::new();
    loop {
        let rows = submission::Entity::find()
            .filter(submission::Column::Id.is_in(submissions.iter().copied()))
            .all(database.connection())
            .await?;
        for row in &rows {
            let is_new = states.insert(row.id, row.state) != Some(row.state);
            let line = line_of(row);
            if is_new && terminal {
                bar.set_message(line.clone());
            }
            if is_new && (!terminal || (is_done(row) && row.state != SubmissionState::Succeeded)) {
                bar.suspend(|| console::say(&line));
            }
        }
        let done = rows.iter().filter(|row| is_done(row)).count();
        bar.set_position(u64::try_from(done)?);
        if done == submissions.len() {
            bar.finish_and_clear();
            return Ok(rows);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Over, or to be tried again in minutes or hours: nobody waits for that on a terminal.
pub(super) fn is_done(row: &submission::Model) -> bool {
    row.finished_at.is_some() || row.state == SubmissionState::Waiting
}

/// How a submission stands, for a terminal.
pub(super) fn line_of(row: &submission::Model) -> String {
    use sea_orm::ActiveEnum;
    let mut line = format!("{}: {}", row.url, row.state.to_value().to_lowercase());
    if let Some(outcome) = row.outcome {
        line = format!("{line}: {}", outcome.to_value().to_lowercase());
    }
    if let Some(problem) = row.problem_message.as_deref().filter(|_| is_done(row)) {
        line = format!("{line}: {problem}");
    }
    if row.state == SubmissionState::Waiting {
        line = format!("{line}; it is tried again later by `marquee serve`");
    }
    line
}

/// Prints each film once, as the API answers it.
async fn print_films(services: Services, finished: &[submission::Model]) -> anyhow::Result<()> {
    let reviews: Vec<i64> =
        finished.iter().filter(|row| row.state == SubmissionState::Succeeded).filter_map(|row| row.review_id).collect();
    let urls: Vec<String> = entity::review::Entity::find()
        .filter(entity::review::Column::Id.is_in(reviews))
        .all(services.database.connection())
        .await?
        .into_iter()
        .map(|review| review.url)
        .collect();
    let schema = api::schema(services);
    let mut printed = BTreeSet::new();
    for url in urls {
        let request = Request::new(FILM).variables(Variables::from_json(json!({ "url": url })));
        let response = schema.execute(request).await;
        if let Some(error) = response.errors.first() {
            anyhow::bail!("the film of {url} could not be read: {}", error.message);
        }
        let mut data = response.data.into_json()?;
        let film = data.pointer_mut("/review/film").map(Value::take).unwrap_or_default();
        if printed.insert(film.get("id").map(ToString::to_string)) {
            console::print(&format!("{film:#}\n"))?;
        }
    }
    Ok(())
}
