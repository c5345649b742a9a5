//! Scripts of `tests/node/`, run by Node to their end: the reference implementations of the protocols that Marquee speaks.

use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::command_line::Finished;
use crate::process::Process;
use crate::settings;

/// A script that is running (or has ended).
pub struct Script {
    name: String,
    process: Process,
    // After the process, which writes into it to its end.
    _folder: TempDir,
}

impl Script {
    /// Starts `tests/node/NAME.mjs`.
    #[must_use]
    pub fn start(name: &str, arguments: &[&str]) -> Self {
        let folder = TempDir::new().expect("there is room for temporary files");
        let script = settings::repository().join("tests/node").join(name).with_extension("mjs");
        let script = script.to_str().expect("the repository's path is UTF-8").to_owned();
        let arguments: Vec<String> =
            [script].into_iter().chain(arguments.iter().map(|argument| (*argument).to_owned())).collect();
        let process = Process::start(name, &settings::node(), &arguments, &[], folder.path());
        Self { name: name.to_owned(), process, _folder: folder }
    }

    /// The whole lines of JSON that it has printed so far.
    #[must_use]
    pub fn lines(&self) -> Vec<Value> {
        let printed = self.process.stdout();
        let whole = printed.rsplit_once('\n').map_or("", |(whole, _)| whole);
        whole.lines().map(|line| self.json(line)).collect()
    }

    /// Waits for its end.
    pub async fn finish(mut self, bound: Duration) -> Finished {
        let status = self.process.wait_for_end(bound).await;
        Finished { status, stdout: self.process.stdout(), stderr: self.process.stderr() }
    }

    fn json(&self, line: &str) -> Value {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in a line of {}: {line}", self.name))
    }
}

/// Runs a script that must succeed, and gives the lines of JSON that it printed.
///
/// # Panics
///
/// When it fails or takes longer than `bound`.
pub async fn run(name: &str, arguments: &[&str], bound: Duration) -> Vec<Value> {
    let script = Script::start(name, arguments);
    let finished = script.finish(bound).await;
    assert!(finished.status.success(), "{name} failed: {finished:#?}");
    let json = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line} of {name}"));
    finished.stdout.lines().map(json).collect()
}
