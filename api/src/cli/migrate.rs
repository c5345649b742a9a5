//! `marquee migrate`: the database's tables, brought up to date or taken back.

use std::process::ExitCode;

use clap::Args;
use migration::{Migrator, MigratorTrait};
use queue::{Connections, Database};

use super::{console, open};

/// Which database, and how far.
#[derive(Debug, Clone, Args)]
pub struct MigrateArguments {
    /// Take back this many of the newest migrations, and what is in their tables, instead
    #[arg(long, value_name = "COUNT")]
    down: Option<u32>,
    #[command(flatten)]
    connections: Connections,
}

/// Migrates and says what was done.
pub async fn run(arguments: MigrateArguments) -> anyhow::Result<ExitCode> {
    console::start_log("warn");
    let database = Database::connect(&arguments.connections).await?;
    if let Some(count) = arguments.down {
        Migrator::down(database.connection(), Some(count)).await?;
        console::print(&format!("took back {count}\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let pending = Migrator::get_pending_migrations(database.connection()).await?;
    open::bring_up_to_date(&database).await?;
    for migration in &pending {
        console::print(&format!("applied {}\n", migration.name()))?;
    }
    if pending.is_empty() {
        console::print("up to date\n")?;
    }
    Ok(ExitCode::SUCCESS)
}
