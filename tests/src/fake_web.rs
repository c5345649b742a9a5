//! A web to fetch from: a server on the loopback interface with pages that a test puts up, changes and watches.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use bytes::Bytes;
use futures::stream::{self, StreamExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::page::Page;
use crate::wait::eventually;

/// One request that was received.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Path with query.
    pub path: String,
    /// Header names in lower case, values as sent.
    pub headers: Vec<(String, String)>,
}

impl Hit {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Default)]
struct Site {
    pages: HashMap<String, Page>,
    hits: Vec<Hit>,
}

/// The server. Every path that nothing was put up on answers 404, robots.txt included. Gone when dropped.
pub struct FakeWeb {
    address: SocketAddr,
    site: Arc<Mutex<Site>>,
    server: JoinHandle<()>,
}

impl FakeWeb {
    /// Starts one on a free port of 127.0.0.1.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback interface has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let site = Arc::new(Mutex::new(Site::default()));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&site));
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("serving ends only with the test");
        });
        Self { address, site, server }
    }

    /// Where it listens; what the fetcher must be allowed to call.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The absolute address of a path (`/a-page`).
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// Puts a page up, or another in its place. `{origin}` in an HTML body becomes this server's origin.
    pub fn put(&self, path: &str, mut page: Page) {
        if let Ok(text) = std::str::from_utf8(&page.body)
            && text.contains("{origin}")
        {
            page.body = text.replace("{origin}", &self.origin()).into_bytes();
        }
        self.site().pages.insert(path.to_owned(), page);
    }

    /// Requests received for a path (query included), oldest first.
    #[must_use]
    pub fn hits(&self, path: &str) -> Vec<Hit> {
        self.site().hits.iter().filter(|hit| hit.path == path).cloned().collect()
    }

    /// Waits until a path was asked for `count` times.
    pub async fn wait_for_hits(&self, path: &str, count: usize, bound: Duration) {
        let what = format!("request {count} for {path}");
        eventually(bound, &what, async || (self.hits(path).len() >= count).then_some(())).await;
    }

    fn site(&self) -> MutexGuard<'_, Site> {
        self.site.lock().expect("nobody panics while holding the pages")
    }
}

impl Drop for FakeWeb {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(site): State<Arc<Mutex<Site>>>, request: Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let headers = request.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let page = {
        let mut site = site.lock().expect("nobody panics while holding the pages");
        let page = site.pages.get(&path).cloned();
        site.hits.push(Hit { path, headers });
        page.unwrap_or_else(|| Page::error(404))
    };
    if let Some(gate) = &page.gate {
        gate.passed().await;
    }
    respond(page)
}

fn respond(page: Page) -> Response {
    let builder = page
        .headers
        .iter()
        .fold(Response::builder().status(page.status), |builder, (name, value)| builder.header(name, value));
    let (builder, body) = match page.cut_off_after {
        None => (builder, Body::from(page.body)),
        Some(bytes) => {
            let length = page.body.len();
            let start = Bytes::from(page.body).slice(..bytes.min(length));
            // What was given is sent when the next piece is not ready at once, and only then does the connection break.
            let broken = async {
                tokio::task::yield_now().await;
                Err(io::Error::other("the connection is dropped on purpose"))
            };
            let pieces = stream::iter([Ok(start)]).chain(stream::once(broken));
            (builder.header("content-length", length), Body::from_stream(pieces))
        }
    };
    builder.body(body).expect("a test's page has a valid status and headers")
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;
    use crate::client::Client;
    use crate::page::Gate;

    /// One request by hand: whatever bytes come back until the connection ends.
    async fn raw(web: &FakeWeb, path: &str) -> String {
        let (address, request) =
            (web.address(), format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
        let exchange = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = Vec::new();
            // A connection that is cut off may end in an error; what came before it counts.
            match stream.read_to_end(&mut answer) {
                Ok(_) | Err(_) => String::from_utf8_lossy(&answer).into_owned(),
            }
        });
        exchange.await.unwrap()
    }

    #[tokio::test]
    async fn pages_can_be_put_up_changed_and_counted() {
        let web = FakeWeb::start().await;
        web.put("/a", Page::html("one {origin}/b"));
        let client = Client::new(&web.url("/graphql"));
        assert_eq!(client.get("/a", "*/*").await.body, format!("one {}/b", web.origin()));
        web.put("/a", Page::text("two").status(203));
        let changed = client.get("/a", "*/*").await;
        assert_eq!((changed.status, &changed.body[..]), (203, &b"two"[..]));
        assert_eq!(client.get("/b", "*/*").await.status, 404);
        assert_eq!((web.hits("/a").len(), web.hits("/b").len(), web.hits("/c").len()), (2, 1, 0));
        assert_eq!(web.hits("/a")[0].header("accept"), Some("*/*"));
    }

    #[tokio::test]
    async fn a_cut_off_page_announces_more_than_it_sends() {
        let web = FakeWeb::start().await;
        web.put("/cut", Page::html("0123456789".repeat(100)).cut_off_after(10));
        let answer = raw(&web, "/cut").await;
        assert!(answer.contains("content-length: 1000"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n0123456789"), "{answer}");
    }

    #[tokio::test]
    async fn a_held_page_answers_when_its_gate_opens() {
        let web = FakeWeb::start().await;
        let gate = Gate::closed();
        web.put("/held", Page::html("at last").held_by(&gate));
        let client = Client::new(&web.url("/graphql"));
        let request = tokio::spawn(async move { client.get("/held", "*/*").await });
        web.wait_for_hits("/held", 1, Duration::from_secs(5)).await;
        assert!(!request.is_finished());
        gate.open();
        assert_eq!(request.await.unwrap().body, "at last");
    }
}
