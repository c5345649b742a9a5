//! What is measured is the same work: Marquee and the ceiling answer the five queries with the same values, on the generated
//! graph, on both databases.

use benches::exchange::Connection;
use benches::reading::{self, Query, Side, Size, Workload};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use tests::database;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The graph, so many times smaller than the one that is measured.
const SCALE: usize = 200;

const SEED: u64 = 1;

/// Of each query.
const REQUESTS: usize = 8;

/// A side at work, which stops when it is dropped.
async fn start(side: Side, url: &str) -> (Connection, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    let url = url.to_owned();
    tokio::spawn(async move { reading::serve(side, &url, listener, stopped).await.expect("it serves") });
    (Connection::open(address).await.expect("it listens"), stop)
}

async fn ask(connection: &mut Connection, path: &str, body: &str) -> Value {
    let (status, answer) = connection.post(path, body).await.expect("an answer");
    assert_eq!(status, 200, "{body}: {}", String::from_utf8_lossy(&answer));
    serde_json::from_slice(&answer).expect("JSON")
}

/// Every row counts as a whole: the tables have what was asked for.
async fn assert_loaded(url: &str, size: Size) {
    let connection = database::connect(url).await;
    let wanted = [
        ("film", size.films),
        ("person", size.people),
        ("credit", size.credits),
        ("review", size.reviews),
        ("caption", size.captions),
        ("search_due", 0),
    ];
    for (table, count) in wanted {
        let statement =
            Statement::from_string(connection.get_database_backend(), format!("select count(*) from {table}"));
        let row = connection.query_one_raw(statement).await.expect("a count").expect("a row");
        assert_eq!(row.try_get_by_index::<i64>(0).expect("a number"), i64::try_from(count).expect("small"), "{table}");
    }
}

/// Loads a graph and gives what Marquee answers on it, each answer compared with the ceiling's.
async fn answers(url: &str) -> Vec<Value> {
    let size = Size::FULL.divided_by(SCALE);
    let opened = reading::open(url).await.expect("the database opens");
    reading::load(&opened, size, SEED).await.expect("the graph is loaded");
    assert_loaded(url, size).await;
    let again = reading::load(&opened, size, SEED).await.expect_err("the database is not empty");
    assert!(again.to_string().contains("name an empty one"), "{again}");
    let ((mut marquee, _marquee), (mut ceiling, _ceiling)) =
        (start(Side::Marquee, url).await, start(Side::Ceiling, url).await);
    let workload = Workload::gather(&mut marquee, SEED).await.expect("the lists are paged through");
    let mut answers = Vec::new();
    for query in Query::ALL {
        let (mut nodes, path) = (0, format!("/{}", query.name()));
        for asked in workload.asks(query).expect("requests").into_iter().take(REQUESTS) {
            let ours = ask(&mut marquee, "/graphql", &asked.marquee).await;
            let theirs = ask(&mut ceiling, &path, &asked.ceiling).await;
            let ours = ours.get("data").unwrap_or_else(|| panic!("{}: {ours}", query.label())).clone();
            reading::same_values(&ours, &theirs).unwrap_or_else(|error| panic!("{}: {error}", asked.marquee));
            let list = ours.as_object().and_then(|data| data.values().next()).expect("a root field");
            let list = list.get("credits").unwrap_or(list);
            nodes += list["nodes"].as_array().expect("nodes").len();
            answers.push(ours);
        }
        assert!(nodes > 0, "{}: nothing was found by any request", query.label());
    }
    for (depth, body) in workload.at_depths(&[50, 100]).expect("depths") {
        let answer = ask(&mut marquee, "/graphql", &body).await;
        let page = answer["data"]["reviews"]["nodes"].as_array().expect("nodes");
        assert_eq!(page.len(), 20, "a whole page after {depth} of them");
    }
    answers
}

#[tokio::test]
async fn marquee_and_the_ceiling_answer_the_same_on_both_databases() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sqlite = answers(&format!("sqlite:{}", folder.path().join("read.db").display())).await;
    let postgres = answers(&database::create().await).await;
    assert_eq!(sqlite, postgres, "one seed gives one graph");
}
