//! The server as clients meet it: media types, methods, statuses, bodies, hosts.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn_with_state;
use http::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Settings, State};
use crate::graphql::schema;
use crate::read::seed::{film_graph, on_each_database};

fn state(schema: crate::Schema, settings: Settings) -> State {
    // Nobody stops these servers.
    State::new(schema, settings, tokio::sync::watch::channel(false).1)
}

fn router(schema: crate::Schema, settings: Settings) -> Router {
    super::router(state(schema, settings))
}

/// Runs a test against a server on each database.
async fn served<Test, Work>(test: Test)
where
    Test: Fn(Router) -> Work,
    Work: Future<Output = ()>,
{
    on_each_database(|services| {
        let (router, services) = (router(schema(services.clone()), Settings::default()), services);
        let test = &test;
        async move {
            film_graph(&services, 2).await;
            test(router).await;
        }
    })
    .await;
}

fn request(method: Method, target: &str) -> http::request::Builder {
    Request::builder().method(method).uri(target).header("host", "localhost:8080")
}

fn post(body: &str) -> Request<Body> {
    let request = request(Method::POST, "/graphql").header("content-type", "application/json");
    request.body(Body::from(body.to_owned())).expect("a request")
}

async fn send(router: &Router, request: Request<Body>) -> Response<Body> {
    router.clone().oneshot(request).await.expect("infallible")
}

async fn json_of(response: Response<Body>) -> Value {
    let content_type = response.headers()["content-type"].to_str().expect("text").to_owned();
    assert!(content_type.contains("json"), "{content_type}");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert!(response.headers().contains_key("x-request-id"));
    serde_json::from_slice(&bytes_of(response).await).expect("JSON")
}

async fn bytes_of(response: Response<Body>) -> Vec<u8> {
    axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec()
}

#[tokio::test]
async fn a_film_is_answered_and_a_review_submitted() {
    served(|router| async move {
        let response = send(&router, post(r#"{"query":"{ film(id: \"RjE\") { title } }"}"#)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(json_of(response).await["data"], json!({ "film": { "title": "Film 01" } }));
        let mutation = r#"{"query":"mutation M($url: String!) { submitReview(input: { url: $url }) { created } }",
            "operationName":"M","variables":{"url":"https://reel.example/a"}}"#;
        let answer = json_of(send(&router, post(mutation)).await).await;
        assert_eq!(answer["data"]["submitReview"]["created"], true);
    })
    .await;
}

#[tokio::test]
async fn a_query_may_come_by_get_and_a_mutation_never() {
    served(|router| async move {
        let get = |target: &str| request(Method::GET, target).body(Body::empty()).expect("a request");
        let query = "/graphql?query=query(%24id%3AID!)%7Bfilm(id%3A%24id)%7Btitle%7D%7D&variables=%7B%22id%22%3A%22RjE%22%7D";
        let answer = json_of(send(&router, get(query)).await).await;
        assert_eq!(answer["data"]["film"]["title"], "Film 01");
        let mutation = "/graphql?query=mutation%7BsubmitReview(input%3A%7Burl%3A%22https%3A%2F%2Freel.example%2Fg%22%7D)\
                        %7Bcreated%7D%7D";
        for target in [mutation.to_owned(), format!("{mutation}&operationName="), format!("{mutation}%20query%20Q%7Ba%7D")] {
            let response = send(&router, get(&target)).await;
            assert!(!json_of(response).await.to_string().contains("created\":true"));
        }
        let response = send(&router, get(mutation)).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()["allow"], "POST");
        let named = "/graphql?operationName=M&query=query%20Q%7B__typename%7D%20mutation%20M%7B__typename%7D";
        assert_eq!(send(&router, get(named)).await.status(), StatusCode::METHOD_NOT_ALLOWED);
        let count = json_of(send(&router, get("/graphql?query=%7Bsubmissions(state%3AQUEUED)%7BtotalCount%7D%7D")).await).await;
        assert_eq!(count["data"]["submissions"]["totalCount"], 0, "nothing was submitted");
    })
    .await;
}

#[tokio::test]
async fn what_a_browser_sends_across_sites_without_asking_never_runs() {
    served(|router| async move {
        let body = r#"{"query":"mutation { submitReview(input: { url: \"https://reel.example/x\" }) { created } }"}"#;
        for content_type in [
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            Some("multipart/form-data; boundary=x"),
        ] {
            let mut builder = request(Method::POST, "/graphql");
            if let Some(content_type) = content_type {
                builder = builder.header("content-type", content_type);
            }
            let response = send(&router, builder.body(Body::from(body)).expect("a request")).await;
            assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{content_type:?}");
            assert_eq!(json_of(response).await["errors"][0]["extensions"]["code"], "UNSUPPORTED_MEDIA_TYPE");
        }
        let count =
            json_of(send(&router, post(r#"{"query":"{ submissions(state: QUEUED) { totalCount } }"}"#)).await).await;
        assert_eq!(count["data"]["submissions"]["totalCount"], 0);
    })
    .await;
}

#[tokio::test]
async fn the_status_says_what_became_of_a_request_to_who_asks_for_the_newer_type() {
    served(|router| async move {
        let cases = [
            (r#"{"query":"{ films { totalCount } }"}"#, 200, 200),
            (r#"{"query":"{"}"#, 400, 200),
            (r#"{"query":"{ nope }"}"#, 400, 200),
            (r#"{"query":"query($id: ID!) { film(id: $id) { id } }"}"#, 400, 200),
            (r#"{"query":"{ films(first: -1) { totalCount } }"}"#, 200, 200),
            (r#"{"query":7}"#, 400, 400),
            (r#"{}"#, 400, 400),
            ("{ not JSON", 400, 400),
            ("", 400, 400),
            ("7", 400, 400),
            ("[]", 400, 400),
        ];
        for (body, newer, older) in cases {
            for (accept, wanted) in [("application/graphql-response+json", newer), ("application/json", older)] {
                let builder = request(Method::POST, "/graphql")
                    .header("content-type", "application/json")
                    .header("accept", accept);
                let response = send(&router, builder.body(Body::from(body)).expect("a request")).await;
                assert_eq!(response.status().as_u16(), wanted, "{accept}: {body}");
                assert!(response.headers()["content-type"].to_str().expect("text").starts_with(accept), "{body}");
                let answer = json_of(response).await;
                if wanted == 400 {
                    assert!(
                        answer.get("data").is_none() && answer["errors"][0]["extensions"]["code"].is_string(),
                        "{answer}"
                    );
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn batches_and_bodies_are_bounded() {
    served(|router| async move {
        let one = r#"{"query":"{ __typename }"}"#;
        let batch = |count: usize| format!("[{}]", vec![one; count].join(","));
        let answer = json_of(send(&router, post(&batch(10))).await).await;
        assert_eq!(answer.as_array().map(Vec::len), Some(10));
        let response = send(&router, post(&batch(11))).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert!(json_of(response).await["errors"][0]["message"].as_str().expect("text").contains("the limit is 10"));
        let large = format!(r#"{{"query":"{{ __typename }}","variables":{{"x":"{}"}}}}"#, "x".repeat(1_100_000));
        assert_eq!(send(&router, post(&large)).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    })
    .await;
}

#[tokio::test]
async fn a_browser_gets_graphiql_out_of_the_binary() {
    served(|router| async move {
        let html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        let page = request(Method::GET, "/graphql").header("accept", html).body(Body::empty()).expect("a request");
        let response = send(&router, page).await;
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        let policy = response.headers()["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        let page = String::from_utf8(bytes_of(response).await).expect("UTF-8");
        let mut assets = 0;
        for asset in page.split('"').filter(|part| part.starts_with("/graphiql/")) {
            let response = send(&router, request(Method::GET, asset).body(Body::empty()).expect("a request")).await;
            assert_eq!(response.status(), StatusCode::OK, "{asset}");
            assert!(!bytes_of(response).await.is_empty());
            assets += 1;
        }
        assert!(assets >= 4, "{page}");
        let missing = request(Method::GET, "/graphiql/..%2Findex.html").body(Body::empty()).expect("a request");
        assert_eq!(send(&router, missing).await.status(), StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn only_requests_for_this_machine_are_answered_on_loopback() {
    served(|router| async move {
        let with_host = |host: &str| {
            let builder = Request::builder().method(Method::GET).uri("/health").header("host", host);
            builder.body(Body::empty()).expect("a request")
        };
        assert_eq!(send(&router, with_host("127.0.0.1:8080")).await.status(), StatusCode::OK);
        let response = send(&router, with_host("marquee.attacker.example")).await;
        assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST);
        assert_eq!(json_of(response).await["errors"][0]["extensions"]["code"], "WRONG_HOST");
        let absent = Request::builder().uri("/health").body(Body::empty()).expect("a request");
        assert_eq!(send(&router, absent).await.status(), StatusCode::MISDIRECTED_REQUEST);
        let twice = Request::builder().uri("/health").header("host", "localhost").header("host", "x.example");
        let twice = twice.body(Body::empty()).expect("a request");
        assert_eq!(send(&router, twice).await.status(), StatusCode::MISDIRECTED_REQUEST);
    })
    .await;
}

#[tokio::test]
async fn a_public_server_answers_under_any_name() {
    on_each_database(|services| async move {
        let settings = Settings { loopback_hosts_only: false, ..Settings::default() };
        let router = router(schema(services), settings);
        let request =
            Request::builder().uri("/health").header("host", "films.example").body(Body::empty()).expect("a request");
        assert_eq!(send(&router, request).await.status(), StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn other_paths_and_methods_are_refused_in_json() {
    served(|router| async move {
        for (method, target, status) in [
            (Method::DELETE, "/graphql", StatusCode::METHOD_NOT_ALLOWED),
            (Method::OPTIONS, "/graphql", StatusCode::METHOD_NOT_ALLOWED),
            (Method::GET, "/elsewhere", StatusCode::NOT_FOUND),
            (Method::POST, "/health", StatusCode::METHOD_NOT_ALLOWED),
        ] {
            let response = send(&router, request(method.clone(), target).body(Body::empty()).expect("a request")).await;
            assert_eq!(response.status(), status, "{method} {target}");
            assert!(json_of(response).await["errors"][0]["message"].is_string());
        }
        let neither =
            request(Method::POST, "/graphql").header("accept", "image/png").header("content-type", "application/json");
        let neither = neither.body(Body::from(r#"{"query":"{ __typename }"}"#)).expect("a request");
        assert_eq!(send(&router, neither).await.status(), StatusCode::NOT_ACCEPTABLE);
    })
    .await;
}

#[tokio::test]
async fn the_probes_tell_a_living_process_from_a_ready_one() {
    on_each_database(|services| async move {
        let router = router(schema(services.clone()), Settings::default());
        let probe = |target: &str| request(Method::GET, target).body(Body::empty()).expect("a request");
        assert_eq!(send(&router, probe("/ready")).await.status(), StatusCode::OK);
        services.database.connection().clone().close().await.expect("closed");
        assert_eq!(send(&router, probe("/ready")).await.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(send(&router, probe("/health")).await.status(), StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended() {
    on_each_database(|services| async move {
        let settings = Settings { request_time_max: Duration::from_millis(20), ..Settings::default() };
        let state = state(schema(services), settings);
        let endless = axum::routing::get(std::future::pending::<()>);
        let router = Router::new().route("/endless", endless).layer(from_fn_with_state(state, super::in_time));
        let response = send(&router, request(Method::GET, "/endless").body(Body::empty()).expect("a request")).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let body: Value = serde_json::from_slice(&bytes_of(response).await).expect("JSON");
        assert_eq!(body["errors"][0]["extensions"]["code"], "TIMEOUT");
    })
    .await;
}
