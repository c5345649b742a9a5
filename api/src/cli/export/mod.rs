//! `marquee export`: the whole graph, a node a line, in canonical order and without the database's numbers.
//!
//! Two databases that hold the same claims print the same bytes, whatever order the reviews came in. What is in memory
//! at a time is bounded: a batch of nodes, and those whose titles or names sort the same. The nodes' shapes are in
//! `node`, where they are read from in `read`, and how JSON-LD says them in `json_ld`.

mod json_ld;
mod node;
mod read;
mod reference;

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use queue::{Connections, Database};

use self::node::Node;
use super::{console, open};

/// Which database, and in which form.
#[derive(Debug, Clone, Args)]
pub struct ExportArguments {
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
    #[command(flatten)]
    connections: Connections,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object a line: each film followed by its reviews, then people, then outlets
    Ndjson,
    /// One JSON-LD document in the words of schema.org, a node a line
    Jsonld,
}

/// Prints the graph as it stands at the moment of the call.
pub async fn run(arguments: ExportArguments) -> anyhow::Result<ExitCode> {
    console::start_log("warn");
    let database = Database::connect(&arguments.connections).await?;
    open::bring_up_to_date(&database).await?;
    let moment = database.begin_reading().await?;
    let mut out = Printer { format: arguments.format, first: true };
    out.begin()?;
    read::films(&moment, &mut out).await?;
    read::people(&moment, &mut out).await?;
    read::outlets(&moment, &mut out).await?;
    out.end()?;
    Ok(ExitCode::SUCCESS)
}

/// Prints nodes one by one.
struct Printer {
    format: Format,
    first: bool,
}

impl Printer {
    fn begin(&self) -> anyhow::Result<()> {
        if self.format == Format::Jsonld {
            console::print(json_ld::BEGIN)?;
        }
        Ok(())
    }

    fn print(&mut self, node: &Node) -> anyhow::Result<()> {
        match self.format {
            Format::Ndjson => console::print(&format!("{}\n", serde_json::to_string(node)?))?,
            Format::Jsonld => {
                let separator = if self.first { "" } else { ",\n" };
                console::print(&format!("{separator}{}", json_ld::node(node)))?;
            }
        }
        self.first = false;
        Ok(())
    }

    fn end(&self) -> anyhow::Result<()> {
        if self.format == Format::Jsonld {
            console::print(json_ld::END)?;
        }
        Ok(())
    }
}
