//! What a [`FakeWeb`](crate::FakeWeb) answers on a path: a page, or one of the many ways in which sites misbehave.

use tokio::sync::watch;

/// One answer. Built up from [`Page::html`] or its siblings.
#[derive(Debug, Clone)]
pub struct Page {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) gate: Option<Gate>,
    pub(crate) cut_off_after: Option<usize>,
}

impl Page {
    /// 200, `text/html; charset=utf-8`.
    #[must_use]
    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::typed("text/html; charset=utf-8", body)
    }

    /// 200, `text/plain`: a robots.txt.
    #[must_use]
    pub fn text(body: impl Into<Vec<u8>>) -> Self {
        Self::typed("text/plain; charset=utf-8", body)
    }

    /// 200 with a content type.
    #[must_use]
    pub fn typed(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.into(),
            gate: None,
            cut_off_after: None,
        }
    }

    /// An error page such as sites send, with the status.
    #[must_use]
    pub fn error(status: u16) -> Self {
        Self { status, ..Self::html(format!("<!doctype html><title>{status}</title><h1>Something is amiss</h1>")) }
    }

    /// 302 to `location`.
    #[must_use]
    pub fn redirect(location: &str) -> Self {
        Self { status: 302, ..Self::html("") }.header("location", location)
    }

    /// The same with another status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same with one header more.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Answers nothing until the gate is open.
    #[must_use]
    pub fn held_by(mut self, gate: &Gate) -> Self {
        self.gate = Some(gate.clone());
        self
    }

    /// Announces the whole body, sends this many bytes of it and drops the connection.
    #[must_use]
    pub fn cut_off_after(mut self, bytes: usize) -> Self {
        self.cut_off_after = Some(bytes);
        self
    }
}

/// Holds answers back until a test opens it.
#[derive(Debug, Clone)]
pub struct Gate(watch::Sender<bool>);

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn closed() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Lets every held answer out, and every later one through.
    pub fn open(&self) {
        self.0.send_replace(true);
    }

    pub(crate) async fn passed(&self) {
        // An error means that every sender is gone, and this is one.
        self.0.subscribe().wait_for(|open| *open).await.expect("a gate outlives its waiters");
    }
}
