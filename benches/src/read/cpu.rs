//! CPU time of processes, from what Linux tells of their threads in `/proc`.

use std::fs;
use std::time::Duration;

use anyhow::{Context as _, bail};
use queue::Database;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// CPU time of a process so far, all its threads together. Threads that have ended are not in it.
///
/// # Errors
/// When there is no such process, or the system is not Linux.
pub(crate) fn of_process(pid: u32) -> anyhow::Result<Duration> {
    let folder = format!("/proc/{pid}/task");
    let threads = fs::read_dir(&folder)
        .with_context(|| format!("{folder} cannot be read: CPU time is measured on Linux, and on one machine"))?;
    let mut nanos = 0_u64;
    for thread in threads {
        // A thread that ends meanwhile has nothing to tell any more.
        let Ok(text) = fs::read_to_string(thread?.path().join("schedstat")) else {
            continue;
        };
        let first = text.split_whitespace().next().context("schedstat is empty")?;
        nanos = nanos.saturating_add(first.parse()?);
    }
    Ok(Duration::from_nanos(nanos))
}

/// The processes of the database that work for its clients: PostgreSQL's backends. SQLite has none.
pub(crate) struct Backends {
    database: Database,
}

impl Backends {
    pub(crate) fn of(database: Database) -> Self {
        Self { database }
    }

    /// Whether the database works in processes of its own.
    pub(crate) fn are_apart(&self) -> bool {
        self.database.backend() == DbBackend::Postgres
    }

    /// CPU time of all backends of this database that there are now. Asking is part of it, and is next to nothing.
    pub(crate) async fn cpu(&self) -> anyhow::Result<Duration> {
        if !self.are_apart() {
            return Ok(Duration::ZERO);
        }
        let statement = Statement::from_string(
            DbBackend::Postgres,
            "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
        );
        let mut sum = Duration::ZERO;
        for row in self.database.connection().query_all_raw(statement).await? {
            let pid: i32 = row.try_get_by_index(0)?;
            let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            if !name.starts_with("postgres") {
                bail!("process {pid} of the database is not on this machine, where its CPU time could be read");
            }
            sum = sum.saturating_add(of_process(pid.unsigned_abs())?);
        }
        Ok(sum)
    }
}
