//! A web server on loopback that says exactly what a test tells it to, HTTP or not.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_util::task::AbortOnDropHandle;

/// What a client asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Request line and header fields.
    pub(super) head: String,
}

impl Asked {
    /// Path and query.
    pub(super) fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }

    /// The first header field of that name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        fields.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// What a server says, and what it does then.
pub(super) struct Saying {
    bytes: Vec<u8>,
    then: Then,
}

enum Then {
    Close,
    Hold,
    Repeat(Vec<u8>),
    Drip(Vec<u8>),
}

impl Saying {
    /// These bytes, then the end of the connection.
    pub(super) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Close }
    }

    /// A well-formed answer: status, header fields each ending in `\r\n`, body.
    pub(super) fn answer(status: u16, fields: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n{fields}\r\n", body.len()).into_bytes();
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    /// An HTML page.
    pub(super) fn page(body: impl AsRef<[u8]>) -> Self {
        Self::answer(200, "Content-Type: text/html\r\n", body)
    }

    /// A page in a content encoding.
    pub(super) fn encoded(encoding: &str, body: impl AsRef<[u8]>) -> Self {
        Self::answer(200, &format!("Content-Type: text/html\r\nContent-Encoding: {encoding}\r\n"), body)
    }

    /// A redirect.
    pub(super) fn redirect(status: u16, location: &str) -> Self {
        Self::answer(status, &format!("Location: {location}\r\n"), "")
    }

    /// The usual answer where there is no robots.txt.
    pub(super) fn not_found() -> Self {
        Self::answer(404, "", "")
    }

    /// Keeps the connection open and silent after the bytes.
    pub(super) fn then_hold(self) -> Self {
        Self { then: Then::Hold, ..self }
    }

    /// Says this again and again after the bytes.
    pub(super) fn then_repeat(self, bytes: impl Into<Vec<u8>>) -> Self {
        Self { then: Then::Repeat(bytes.into()), ..self }
    }

    /// Says this again and again after the bytes, with a pause each time.
    pub(super) fn then_drip(self, bytes: impl Into<Vec<u8>>) -> Self {
        Self { then: Then::Drip(bytes.into()), ..self }
    }
}

/// A running server; it ends when dropped.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    _accepting: AbortOnDropHandle<()>,
}

type Says = dyn Fn(&Asked) -> Saying + Send + Sync;

impl Server {
    /// Serves HTTP on a free port of 127.0.0.1.
    pub(super) async fn start(says: impl Fn(&Asked) -> Saying + Send + Sync + 'static) -> Self {
        Self::listen((Ipv4Addr::LOCALHOST, 0).into(), None, says).await
    }

    /// The same, where robots.txt is missing and every other path is answered alike.
    pub(super) async fn saying(says: impl Fn() -> Saying + Send + Sync + 'static) -> Self {
        Self::start(move |asked| if asked.target() == "/robots.txt" { Saying::not_found() } else { says() }).await
    }

    /// Serves at an address of the test's choice, over TLS if it gives a certificate.
    pub(super) async fn listen(
        at: SocketAddr,
        tls: Option<TlsAcceptor>,
        says: impl Fn(&Asked) -> Saying + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(at).await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let says: Arc<Says> = Arc::new(says);
        let seen = Arc::clone(&asked);
        let accepting = tokio::spawn(async move {
            // A client that goes away takes only its own connection with it.
            while let Ok((stream, _)) = listener.accept().await {
                let (says, seen, tls) = (Arc::clone(&says), Arc::clone(&seen), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => converse(stream, &says, &seen).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => converse(stream, &says, &seen).await,
                            Err(_refused) => None,
                        },
                    }
                });
            }
        });
        Self { address, asked, _accepting: AbortOnDropHandle::new(accepting) }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked for so far, in order.
    pub(super) fn targets(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|asked| asked.target().to_owned()).collect()
    }

    /// The last thing that was asked.
    pub(super) fn last(&self) -> Asked {
        self.asked.lock().unwrap().last().unwrap().clone()
    }
}

/// One request, one saying. `None` when the client went away before the end.
async fn converse(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    says: &Arc<Says>,
    seen: &Mutex<Vec<Asked>>,
) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let asked = Asked { head: String::from_utf8(head).unwrap() };
    seen.lock().unwrap().push(asked.clone());
    let saying = says(&asked);
    stream.write_all(&saying.bytes).await.ok()?;
    stream.flush().await.ok()?;
    let mut drip = tokio::time::interval(Duration::from_millis(5));
    match saying.then {
        Then::Close => stream.shutdown().await.ok(),
        Then::Hold => stream.read_u8().await.ok().map(|_| ()),
        Then::Repeat(bytes) => loop {
            stream.write_all(&bytes).await.ok()?;
        },
        Then::Drip(bytes) => loop {
            drip.tick().await;
            stream.write_all(&bytes).await.ok()?;
            stream.flush().await.ok()?;
        },
    }
}
