//! The barest client of HTTP/1.1: one connection, one request at a time, so that what is measured is the server.

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpStream, ToSocketAddrs};

/// One connection, kept open.
#[derive(Debug)]
pub struct Connection {
    stream: BufStream<TcpStream>,
    line: String,
}

impl Connection {
    /// Opens a connection.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn open(address: impl ToSocketAddrs) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufStream::new(stream), line: String::new() })
    }

    /// Posts JSON and reads the whole answer: its status and its bytes.
    ///
    /// # Errors
    /// When the connection breaks, or the answer is not HTTP with a `content-length`.
    pub async fn post(&mut self, path: &str, body: &str) -> anyhow::Result<(u16, Vec<u8>)> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             accept: application/graphql-response+json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        self.stream.write_all(head.as_bytes()).await?;
        self.stream.write_all(body.as_bytes()).await?;
        self.stream.flush().await?;
        self.read_line().await?;
        let status = self.line.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        let mut length = None;
        loop {
            self.read_line().await?;
            match self.line.trim_end().split_once(": ") {
                None => break,
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().ok(),
                Some(_) => {}
            }
        }
        let mut answer = vec![0; length.context("no length")?];
        self.stream.read_exact(&mut answer).await?;
        Ok((status, answer))
    }

    async fn read_line(&mut self) -> anyhow::Result<()> {
        self.line.clear();
        self.stream.read_line(&mut self.line).await?;
        Ok(())
    }
}
