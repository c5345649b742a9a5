//! Runs the `marquee` command to its end and keeps what it said.

use std::process::ExitStatus;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::process::Process;
use crate::settings;

/// What a command left behind.
#[derive(Debug)]
pub struct Finished {
    /// How it ended.
    pub status: ExitStatus,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Finished {
    /// Standard output as one JSON document.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in the output of {self:#?}"))
    }

    /// The line of standard error that says what was wrong: the one that starts with `error:`.
    #[must_use]
    pub fn error_line(&self) -> &str {
        let mut lines = self.stderr.lines().filter(|line| line.starts_with("error:"));
        let line = lines.next().unwrap_or_else(|| panic!("no line starts with error: in {self:#?}"));
        assert_eq!(lines.next(), None, "more than one line starts with error: in {self:#?}");
        line
    }
}

/// Runs `marquee` with arguments; nothing of this environment's settings reaches it.
pub async fn marquee(arguments: &[&str], bound: Duration) -> Finished {
    marquee_with(arguments, &[], bound).await
}

/// The same with variables in its environment.
pub async fn marquee_with(arguments: &[&str], environment: &[(&str, &str)], bound: Duration) -> Finished {
    let folder = TempDir::new().expect("there is room for temporary files");
    let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    let mut process = Process::start("marquee", &settings::binary("marquee"), &arguments, environment, folder.path());
    let status = process.wait_for_end(bound).await;
    Finished { status, stdout: process.stdout(), stderr: process.stderr() }
}
