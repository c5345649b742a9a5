//! Marquee as somebody runs it, in either of its two ways, for one test.

use std::net::SocketAddr;
use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use regex::Regex;
use tempfile::TempDir;

use crate::client::Client;
use crate::database;
use crate::process::Process;
use crate::settings;
use crate::wait::eventually;

/// Longest that a process may take until it serves. Generous: a laptop runs many tests at once.
const UP_WITHIN: Duration = Duration::from_secs(30);

/// Workers of a fleet: two, so that one can take over from the other.
const FLEET_WORKERS: usize = 2;

/// The two ways to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One process on a SQLite file, the worker inside.
    Embedded,
    /// PostgreSQL, Redis, a server, and workers as processes of their own.
    Fleet,
}

/// What a test wants otherwise than usual.
#[derive(Debug, Clone, Default)]
pub struct Options {
    allowed: Vec<SocketAddr>,
    redis_url: Option<String>,
}

impl Options {
    /// Lets the fetcher call a loopback address; nothing is allowed by default.
    #[must_use]
    pub fn allow(mut self, address: SocketAddr) -> Self {
        self.allowed.push(address);
        self
    }

    /// Another Redis than the one that all tests share; for fleets only.
    #[must_use]
    pub fn redis(mut self, url: &str) -> Self {
        self.redis_url = Some(url.to_owned());
        self
    }
}

/// A running Marquee. Dereferences to the [`Client`] of its server. All of it ends when dropped.
pub struct TestApp {
    client: Client,
    server: Process,
    workers: Vec<Process>,
    // After the processes, which are dropped first: they write into it to their end.
    folder: TempDir,
    connections: Vec<String>,
    arguments: Vec<String>,
    restarts: usize,
}

impl TestApp {
    /// Starts one that may fetch from `web` only.
    pub async fn start(mode: Mode, web: &crate::FakeWeb) -> Self {
        Self::start_with(mode, Options::default().allow(web.address())).await
    }

    /// Starts one with options of its own.
    pub async fn start_with(mode: Mode, options: Options) -> Self {
        let folder = TempDir::new().expect("there is room for temporary files");
        let connections: Vec<String> = match mode {
            Mode::Embedded => {
                vec!["--database-url".to_owned(), format!("sqlite:{}", folder.path().join("marquee.db").display())]
            }
            Mode::Fleet => [
                ["--database-url", &database::create().await],
                ["--redis-url", &options.redis_url.unwrap_or_else(settings::redis_url)],
                ["--redis-prefix", &database::fresh_name()],
            ]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        };
        let mut arguments = [&connections[..], &["--host-delay-ms", "0"].map(str::to_owned)].concat();
        for address in &options.allowed {
            arguments.extend(["--fetch-allow".to_owned(), address.to_string()]);
        }
        let (server, client) = serve("server", &arguments, folder.path()).await;
        let workers = if mode == Mode::Fleet { FLEET_WORKERS } else { 0 };
        let mut app = Self { client, server, workers: Vec::new(), folder, connections, arguments, restarts: 0 };
        for number in 1..=workers {
            app.start_worker(&format!("worker-{number}"));
        }
        app
    }

    /// `--database-url` and its companions: for commands that look at the same installation.
    #[must_use]
    pub fn connections(&self) -> &[String] {
        &self.connections
    }

    /// The server's process.
    #[must_use]
    pub fn server(&self) -> &Process {
        &self.server
    }

    /// The server's process, to wait for its end.
    pub fn server_mut(&mut self) -> &mut Process {
        &mut self.server
    }

    /// Starts one more server of the same installation; gone when dropped. Of a fleet only: a SQLite file has one.
    pub async fn start_another_server(&self, name: &str) -> (Process, Client) {
        serve(name, &self.arguments, self.folder.path()).await
    }

    /// The workers' processes: none when embedded.
    pub fn workers(&mut self) -> &mut [Process] {
        &mut self.workers
    }

    /// Starts one more worker process.
    pub fn start_worker(&mut self, name: &str) {
        let program = settings::binary("marquee-worker");
        self.workers.push(Process::start(name, &program, &self.arguments, &[], self.folder.path()));
    }

    /// Kills the server, and the worker inside it.
    pub fn kill_server(&mut self) {
        self.server.kill();
    }

    /// Kills the server (and the worker inside it) and starts it again on the same database.
    pub async fn restart_server(&mut self) {
        self.kill_server();
        self.restarts += 1;
        let name = format!("server-{}", self.restarts);
        (self.server, self.client) = serve(&name, &self.arguments, self.folder.path()).await;
    }
}

impl Deref for TestApp {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// Starts a server on a free port and waits until it says where it serves.
pub async fn serve(name: &str, arguments: &[String], folder: &Path) -> (Process, Client) {
    let listen = ["serve", "--listen", "127.0.0.1:0"].map(str::to_owned);
    let arguments = [&listen[..], arguments].concat();
    let mut process = Process::start(name, &settings::binary("marquee"), &arguments, &[], folder);
    let address = Regex::new(r"http://127\.0\.0\.1:\d+/graphql").expect("the pattern is valid");
    let what = format!("{name} to print its address");
    let endpoint = eventually(UP_WITHIN, &what, async || {
        if let Some(status) = process.ended() {
            panic!("{name} ended with {status} before it served");
        }
        address.find(&process.stdout()).map(|found| found.as_str().to_owned())
    })
    .await;
    (process, Client::new(&endpoint))
}
