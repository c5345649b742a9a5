//! A process that a test started: its output in files, its end by its own id.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use crate::settings;
use crate::wait::eventually;

/// A running (or ended) process. Killed when dropped; shows what it wrote when the test is failing.
pub struct Process {
    name: String,
    child: Child,
    output: PathBuf,
    errors: PathBuf,
}

impl Process {
    /// Starts `program` with a clean environment: `PATH`, `HOME` and `TMPDIR` of ours, and `environment`.
    ///
    /// `name` tells it apart in reports, and names its files of output in `folder`.
    pub fn start(
        name: &str,
        program: &Path,
        arguments: &[String],
        environment: &[(&str, &str)],
        folder: &Path,
    ) -> Self {
        let (output, errors) = (folder.join(format!("{name}.stdout")), folder.join(format!("{name}.stderr")));
        let mut command = Command::new(program);
        command.args(arguments).env_clear().current_dir(folder).stdin(Stdio::null());
        for variable in ["PATH", "HOME", "TMPDIR"] {
            if let Some(value) = settings::inherited(variable) {
                command.env(variable, value);
            }
        }
        command.envs(environment.iter().copied());
        command.stdout(File::create(&output).expect("the test's folder can be written"));
        command.stderr(File::create(&errors).expect("the test's folder can be written"));
        let child = command.spawn().unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
        Self { name: name.to_owned(), child, output, errors }
    }

    /// What it has written to standard output so far.
    #[must_use]
    pub fn stdout(&self) -> String {
        read(&self.output)
    }

    /// What it has written to standard error so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        read(&self.errors)
    }

    /// `kill -9` to every process that it has started; answers how many there were. Linux alone lists them.
    pub fn kill_children(&self) -> usize {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("the process is running");
        let lists = threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("children")).ok());
        let children: Vec<String> =
            lists.flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
        for child in &children {
            let killed = Command::new("kill").args(["-9", child]).status().expect("there is a kill command");
            assert!(killed.success(), "process {child} can be killed");
        }
        children.len()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a child of this process can be waited for")
    }

    /// Waits for its end.
    pub async fn wait_for_end(&mut self, bound: Duration) -> ExitStatus {
        let what = format!("the end of {}", self.name);
        eventually(bound, &what, async || self.ended()).await
    }

    /// Asks it to stop, as a service manager does.
    ///
    /// # Panics
    ///
    /// When it has ended already.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.expect("there is a kill command").success(), "{} is there to be asked", self.name);
    }

    /// `kill -9`: it gets no chance to tidy up.
    pub fn kill(&mut self) {
        if self.ended().is_none() {
            self.child.kill().expect("a child of this process can be killed");
            self.child.wait().expect("a killed child can be waited for");
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            report(&self.name, &self.stdout(), &self.stderr());
        }
    }
}

#[expect(clippy::print_stderr, reason = "shown by the test runner beside the test that failed")]
fn report(name: &str, stdout: &str, stderr: &str) {
    eprintln!("── {name}, standard output ──\n{stdout}── {name}, standard error ──\n{stderr}──");
}

/// Processes write what they like; a test compares text.
fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("a process's output stays until its folder goes")).into_owned()
}
