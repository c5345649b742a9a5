//! The command line's grammar, and the way from a command to the file that carries it out.

mod ask;
mod console;
mod export;
mod extract;
mod ingest;
mod migrate;
mod open;
mod queue;
mod reextract;
mod serve;
mod submissions;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Links to film reviews in, a graph of films out.
///
/// Without a command, serves the graph: GraphQL on http://127.0.0.1:8080/graphql, on a SQLite file that is created, with
/// the worker inside.
#[derive(Debug, Parser)]
#[command(name = "marquee", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::ServeArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the graph over GraphQL; on SQLite with the worker inside
    Serve(Box<serve::ServeArguments>),
    /// Submit addresses, work on them, and print the films that they review as JSON
    Ingest(Box<ingest::IngestArguments>),
    /// Print what a saved page says, as JSON; asks neither a database nor the network
    Extract(extract::ExtractArguments),
    /// Print the GraphQL schema (SDL)
    Schema(SchemaArguments),
    /// Bring the database's tables up to date
    Migrate(migrate::MigrateArguments),
    /// Show a submission, try it again, or call it off
    Submissions(submissions::SubmissionsArguments),
    /// Show how the queue stands, pause it, or let it go on
    Queue(queue::QueueArguments),
    /// Read kept pages again that an older extractor has read; fetches nothing
    Reextract(Box<reextract::ReextractArguments>),
    /// Print the whole graph, a node a line (NDJSON or JSON-LD), in an order that depends on nothing but what it says
    Export(export::ExportArguments),
}

#[derive(Debug, Args)]
struct SchemaArguments {
    /// As a subgraph of Apollo Federation v2, to be composed with others
    #[arg(long)]
    federation: bool,
}

/// Carries a command out; what goes wrong is one line on standard error.
pub fn run(arguments: Arguments) -> ExitCode {
    let command = arguments.command.unwrap_or_else(|| Command::Serve(Box::new(arguments.serve)));
    let result = match command {
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Schema(arguments) => {
            let sdl = if arguments.federation { api::subgraph_sdl() } else { api::sdl() };
            console::print(&sdl).map(|()| ExitCode::SUCCESS).map_err(Into::into)
        }
        Command::Serve(arguments) => in_runtime(serve::run(*arguments)),
        Command::Ingest(arguments) => in_runtime(ingest::run(*arguments)),
        Command::Migrate(arguments) => in_runtime(migrate::run(arguments)),
        Command::Reextract(arguments) => in_runtime(reextract::run(*arguments)),
        Command::Submissions(arguments) => in_runtime(submissions::run(arguments)),
        Command::Queue(arguments) => in_runtime(queue::run(arguments)),
        Command::Export(arguments) => in_runtime(export::run(arguments)),
    };
    result.unwrap_or_else(|error| {
        console::complain(&error);
        ExitCode::FAILURE
    })
}

/// Commands that wait for others need a runtime; `extract` must start without one.
fn in_runtime(command: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}
