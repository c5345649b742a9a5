//! `marquee queue status|pause|resume`: how the queue stands, and its switch.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use queue::Connections;
use serde_json::json;

use super::{ask, console};

/// What to do, and where.
#[derive(Debug, Clone, Args)]
pub struct QueueArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// Print how the queue stands as JSON
    Status(Place),
    /// Let workers finish what they hold and take nothing new, until the queue is resumed
    Pause(Place),
    /// Let workers take submissions again
    Resume(Place),
}

#[derive(Debug, Clone, Args)]
struct Place {
    #[command(flatten)]
    connections: Connections,
}

/// Does it, and prints how the queue stands then.
pub async fn run(arguments: QueueArguments) -> anyhow::Result<ExitCode> {
    console::start_log("warn,apalis_core=error,apalis=error");
    let (place, operation) = match &arguments.action {
        Action::Status(place) => (place, "query { queue"),
        Action::Pause(place) => (place, "mutation { pauseQueue"),
        Action::Resume(place) => (place, "mutation { resumeQueue"),
    };
    let asking = ask::Asking::open(&place.connections).await?;
    let document = format!("{operation} {{ paused workers oldestQueuedSeconds counts {{ state count }} }} }}");
    ask::print(&asking.ask(&document, json!({})).await?)?;
    Ok(ExitCode::SUCCESS)
}
