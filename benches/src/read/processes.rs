//! Servers as processes of their own, so that the CPU time of each is its own: started, and stopped, over standard input and
//! output.

use std::net::SocketAddr;
use std::process::Stdio;

use anyhow::{Context as _, bail};
use benches::reading::{self, Side};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::watch;

/// A running server.
pub(crate) struct Server {
    process: Child,
    pub(crate) side: Side,
    pub(crate) pid: u32,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts this program again as a server, and waits until it listens.
    pub(crate) async fn start(side: Side, database_url: &str) -> anyhow::Result<Self> {
        let name = match side {
            Side::Marquee => "marquee",
            Side::Ceiling => "ceiling",
        };
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", name, database_url]).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn()?;
        let output = process.stdout.take().context("the server's output")?;
        let line = BufReader::new(output).lines().next_line().await?;
        let address = line.with_context(|| format!("the {name} server did not start"))?.parse()?;
        let pid = process.id().context("the server has ended")?;
        Ok(Self { process, side, pid, address })
    }

    /// Ends the server's input, at which it stops, and waits for that.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        drop(self.process.stdin.take());
        let status = self.process.wait().await?;
        if !status.success() {
            bail!("the {:?} server ended with {status}", self.side);
        }
        Ok(())
    }
}

/// Is one of the servers, until standard input ends: with its parent, whatever becomes of that.
pub(crate) async fn serve(side: Side, database_url: &str) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let (stop, stopped) = watch::channel(false);
    // A thread of its own: it waits for as long as the server runs.
    std::thread::spawn(move || {
        let ended = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        // Whether it has ended or broken: nobody is left who would ask.
        stop.send_replace(true);
        ended
    });
    reading::serve(side, database_url, listener, stopped).await
}
