//! A GraphQL client of the plainest kind: POST a document, get data.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use crate::wait::eventually;

/// Longest that one answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// A plain HTTP answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
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
#[derive(Clone)]
pub struct Client {
    http: HttpClient<HttpConnector, Full<Bytes>>,
    endpoint: String,
}

impl Client {
    /// A client for an endpoint such as `http://127.0.0.1:8080/graphql`.
    #[must_use]
    pub fn new(endpoint: &str) -> Self {
        Self { http: HttpClient::builder(TokioExecutor::new()).build_http(), endpoint: endpoint.to_owned() }
    }

    /// The endpoint's address.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// GET of a path of the same server.
    pub async fn get(&self, path: &str, accept: &str) -> Answer {
        let origin = self.endpoint.strip_suffix("/graphql").expect("the endpoint ends with /graphql");
        let request = Request::builder().uri(format!("{origin}{path}")).header("accept", accept);
        self.send(request.body(Full::default()).expect("a path makes a valid request")).await
    }

    /// POST of a document, whatever comes back.
    pub async fn post(&self, document: &str, variables: Value) -> Answer {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let request = Request::builder()
            .method(Method::POST)
            .uri(&self.endpoint)
            .header("content-type", "application/json")
            .header("accept", "application/json");
        self.send(request.body(Full::from(body)).expect("the endpoint makes a valid request")).await
    }

    /// The `data` of a document that must succeed.
    ///
    /// # Panics
    ///
    /// When there are errors in the answer.
    pub async fn query(&self, document: &str, variables: Value) -> Value {
        let answer = self.post(document, variables).await;
        let mut response: Value = serde_json::from_slice(&answer.body)
            .unwrap_or_else(|error| panic!("{error} in {} {:?} to {document}", answer.status, answer.body));
        assert!(response["errors"].is_null(), "{:#} to {document}", response["errors"]);
        assert_eq!(answer.status, 200, "{response:#} to {document}");
        response["data"].take()
    }

    /// `submitReview`'s payload.
    pub async fn submit_payload(&self, url: &str) -> Value {
        const SUBMIT: &str = "mutation($url: String!) { submitReview(input: { url: $url }) {
            created submission { id url state } userErrors { code message path } } }";
        self.query(SUBMIT, json!({ "url": url })).await["submitReview"].take()
    }

    /// Hands in a URL that must be taken.
    ///
    /// # Panics
    ///
    /// When it is refused.
    pub async fn submit(&self, url: &str) -> Submitted {
        let payload = self.submit_payload(url).await;
        assert_eq!(payload["userErrors"], json!([]), "{url} was refused");
        let id = payload["submission"]["id"].as_str().expect("an accepted URL has a submission").to_owned();
        Submitted { id, created: payload["created"] == json!(true) }
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

    async fn send(&self, request: Request<Full<Bytes>>) -> Answer {
        let address = request.uri().to_string();
        let exchange = async {
            let response = self.http.request(request).await.unwrap_or_else(|error| panic!("{address}: {error}"));
            let status = response.status().as_u16();
            let content_type = response.headers().get("content-type").map(|value| value.to_str().unwrap_or_default());
            let content_type = content_type.unwrap_or_default().to_owned();
            let body = response.into_body().collect().await.unwrap_or_else(|error| panic!("{address}: {error}"));
            Answer { status, content_type, body: body.to_bytes() }
        };
        tokio::time::timeout(ANSWER_WITHIN, exchange)
            .await
            .unwrap_or_else(|_| panic!("no answer from {address} within {ANSWER_WITHIN:?}"))
    }
}
