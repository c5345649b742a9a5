//! `marquee submissions show|retry|cancel`: what became of a submission, and what can be done to it.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use entity::submission;
use queue::{Connections, page_url};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{ask, console};

/// What is printed of a submission.
const SHOWN: &str = "fragment Shown on Submission {
  id url state outcome attempts nextAttemptAt submittedAt finishedAt
  problem { code message retryable }
  review { id url film { id title } }
  events(first: 100) { nodes { sequence at state attempt message } }
  fetches(first: 100) { nodes { url redirects status address robotsRule durationMs startedAt problem { code message } } }
}";

/// What to do, and where.
#[derive(Debug, Clone, Args)]
pub struct SubmissionsArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// Print a submission with its history as JSON
    Show(Chosen),
    /// Try a submission again at once that failed, was cancelled, or waits for a later try
    Retry(Chosen),
    /// Call a submission off that is not finished; a worker that is at it stores nothing more
    Cancel(Chosen),
}

#[derive(Debug, Clone, Args)]
struct Chosen {
    /// Its id, as the API gives it, or its URL
    #[arg(value_name = "ID|URL")]
    submission: String,
    #[command(flatten)]
    connections: Connections,
}

/// Does it; the exit status says whether it was done.
pub async fn run(arguments: SubmissionsArguments) -> anyhow::Result<ExitCode> {
    console::start_log("warn,apalis_core=error,apalis=error");
    let (chosen, field) = match &arguments.action {
        Action::Show(chosen) => (chosen, None),
        Action::Retry(chosen) => (chosen, Some("retrySubmission")),
        Action::Cancel(chosen) => (chosen, Some("cancelSubmission")),
    };
    let asking = ask::Asking::open(&chosen.connections).await?;
    let id = id_of(&asking, &chosen.submission).await?;
    let Some(field) = field else {
        let document = format!("query($id: ID!) {{ submission(id: $id) {{ ...Shown }} }} {SHOWN}");
        let submission = asking.ask(&document, json!({ "id": id })).await?;
        if submission.is_null() {
            bail!("there is no submission {:?}; give the id or the URL of one", chosen.submission);
        }
        ask::print(&submission)?;
        return Ok(ExitCode::SUCCESS);
    };
    let document = format!(
        "mutation($id: ID!) {{ {field}(id: $id) {{ submission {{ ...Shown }} userErrors {{ message }} }} }} {SHOWN}"
    );
    let payload = asking.ask(&document, json!({ "id": id })).await?;
    if let Some(message) = payload.pointer("/userErrors/0/message").and_then(Value::as_str) {
        bail!("{message}");
    }
    ask::print(payload.get("submission").unwrap_or(&Value::Null))?;
    Ok(ExitCode::SUCCESS)
}

/// The id of the submission that is meant: it may be given by its URL.
async fn id_of(asking: &ask::Asking, given: &str) -> anyhow::Result<String> {
    if !given.contains(':') {
        return Ok(given.to_owned());
    }
    let url = page_url::normalise(given)?;
    let found = submission::Entity::find().filter(submission::Column::Url.eq(url.as_str()));
    let row = found.one(asking.database.connection()).await?;
    let row = row.with_context(|| format!("nobody has submitted {url}; submit it with `marquee ingest {url}`"))?;
    Ok(api::submission_id(row.id))
}
