//! A GraphQL client of the plainest kind: POST a document, get data.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::wait::eventually;

/// Longest that one answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// A plain HTTP answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body as JSON, null where it is none.
    pub json: Value,
    /// `Content-Type`, empty where there is none.
    pub content_type: String,
    /// The whole body.
    pub body: Bytes,
}

/// What `submitReview` answered for a URL that was taken.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// The submission's id.
    pub id: String,
    /// Whether this made the submission, or found it.
    pub created: bool,
}

/// Speaks to one server.
#[derive(Debug, Clone)]
pub struct Client {
    /// `127.0.0.1:PORT`.
    address: String,
}

impl Client {
    /// A client of the server at an endpoint such as `http://127.0.0.1:8080/graphql`.
    #[must_use]
    pub fn new(endpoint: &str) -> Self {
        let address = endpoint.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/graphql"));
        Self { address: address.expect("an endpoint is http://ADDRESS/graphql").to_owned() }
    }

    /// Where GraphQL is served: `http://127.0.0.1:PORT/graphql`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    /// GET of a path.
    pub async fn get(&self, path: &str, accept: &str) -> Answer {
        self.request("GET", path, &[("accept", accept)], String::new()).await
    }

    /// POST of a document to `/graphql`, whatever comes back.
    pub async fn post(&self, document: &str, variables: Value) -> Answer {
        let headers = [("content-type", "application/json"), ("accept", "application/json")];
        let body = json!({ "query": document, "variables": variables }).to_string();
        self.request("POST", "/graphql", &headers, body).await
    }

    /// Any request.
    ///
    /// # Panics
    ///
    /// When the connection breaks before the answer is whole.
    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let answer = self.try_request(method, path, headers, body).await;
        answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Any request. Each has a connection of its own, so that none is left over from a server that was killed.
    ///
    /// # Errors
    ///
    /// When the connection breaks before the answer is whole.
    pub async fn try_request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Result<Answer, Box<dyn Error>> {
        let request = Request::builder().method(method).uri(path);
        let host = [("host", self.address.as_str())];
        let host = host.iter().filter(|_| !headers.iter().any(|(name, _)| *name == "host"));
        let request = headers.iter().chain(host).fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(Full::from(body))?;
        match tokio::time::timeout(ANSWER_WITHIN, exchange(&self.address, request)).await {
            Ok(answer) => answer,
            Err(_) => panic!("{method} {path}: no answer within {ANSWER_WITHIN:?}"),
        }
    }

    /// The `data` of a document that must succeed.
    ///
    /// # Panics
    ///
    /// When there are errors in the answer.
    pub async fn query(&self, document: &str, variables: Value) -> Value {
        let mut answer = self.post(document, variables).await;
        assert!(answer.json["errors"].is_null(), "{:#} to {document}", answer.json["errors"]);
        assert!(answer.status == 200 && answer.json["data"].is_object(), "{answer:?} to {document}");
        answer.json["data"].take()
    }

    /// `submitReview`'s payload.
    pub async fn submit_payload(&self, url: &str) -> Value {
        self.submit_input(json!({ "url": url })).await
    }

    /// Hands in a URL that must be taken.
    pub async fn submit(&self, url: &str) -> Submitted {
        accepted(self.submit_payload(url).await)
    }

    /// Asks for a fresh look at a URL.
    pub async fn refetch(&self, url: &str) -> Submitted {
        accepted(self.submit_input(json!({ "url": url, "refetch": true })).await)
    }

    async fn submit_input(&self, input: Value) -> Value {
        const SUBMIT: &str = "mutation($input: SubmitReviewInput!) { submitReview(input: $input) {
            created submission { id url state } userErrors { code message path } } }";
        self.query(SUBMIT, json!({ "input": input })).await["submitReview"].take()
    }

    /// The submission as it stands.
    pub async fn submission(&self, id: &str) -> Value {
        const SUBMISSION: &str = "query($id: ID!) { submission(id: $id) {
            id url state outcome attempts nextAttemptAt submittedAt finishedAt problem { code message retryable } review { id }
        } }";
        self.query(SUBMISSION, json!({ "id": id })).await["submission"].take()
    }

    /// Waits until `condition` holds of the submission, and gives it as it then stood.
    pub async fn wait_for(&self, id: &str, bound: Duration, what: &str, condition: impl Fn(&Value) -> bool) -> Value {
        let mut last = Value::Null;
        let what = format!("submission {id} to be {what}");
        let look = async || {
            last = self.submission(id).await;
            condition(&last).then(|| last.clone())
        };
        eventually(bound, &what, look).await
    }

    /// Waits until the submission is final, and gives it.
    pub async fn wait_for_outcome(&self, id: &str, bound: Duration) -> Value {
        self.wait_for(id, bound, "final", |submission| !submission["finishedAt"].is_null()).await
    }
}

fn accepted(payload: Value) -> Submitted {
    assert_eq!(payload["userErrors"], json!([]), "the URL was refused");
    let id = payload["submission"]["id"].as_str().expect("an accepted URL has a submission").to_owned();
    Submitted { id, created: payload["created"] == json!(true) }
}

async fn exchange(address: &str, request: Request<Full<Bytes>>) -> Result<Answer, Box<dyn Error>> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Drives the connection; what goes wrong there, the sender hears too.
    let driver = tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    let content_type = response.headers().get("content-type").map(|value| value.to_str().map(str::to_owned));
    let content_type = content_type.transpose()?.unwrap_or_default();
    let body = response.into_body().collect().await?.to_bytes();
    driver.abort();
    let json = serde_json::from_slice(&body).unwrap_or_default();
    Ok(Answer { status, json, content_type, body })
}
