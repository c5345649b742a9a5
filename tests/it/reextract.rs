//! Kept pages are read again by a newer extractor: through the queue, without asking the site, each for itself.

use std::time::Duration;

use queue::{Connections, Database, recall};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use tests::command_line::{Finished, marquee};
use tests::wait::eventually;
use tests::{FakeWeb, Page, TestApp, database};

use crate::ingest::{LOW_WATER, SECOND_OPINION, SOON, ingest, web_with_reviews};

const FERRIES: &str = "/ferries";

/// Runs `marquee reextract` beside the app.
async fn reextract(app: &TestApp, flags: &[&str]) -> Finished {
    let connections = app.connections().iter().map(String::as_str);
    let arguments: Vec<&str> = ["reextract"].into_iter().chain(flags.iter().copied()).chain(connections).collect();
    marquee(&arguments, SOON).await
}

/// The app's database, from behind it.
async fn behind(app: &TestApp) -> DatabaseConnection {
    database::connect(&app.connections()[1]).await
}

async fn write(app: &TestApp, sql: &str) {
    let connection = behind(app).await;
    let written = connection.execute_unprepared(sql).await.expect("the statement is valid").rows_affected();
    assert!(written > 0, "{sql} changes something");
    connection.close().await.expect("an idle connection closes");
}

async fn number(app: &TestApp, sql: &str) -> i64 {
    let connection = behind(app).await;
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(statement).await.expect("the statement is valid").expect("a count has a row");
    let number = row.try_get("", "number").expect("a count is a number");
    connection.close().await.expect("an idle connection closes");
    number
}

/// Makes it seem that an older extractor had read everything, and the first review's headline otherwise.
async fn age(app: &TestApp, review: Option<&str>) {
    write(app, "update extraction set version = 0").await;
    if let Some(headline) = review {
        let of_review = format!("select extraction_id from review where headline = '{headline}'");
        write(
            app,
            &format!(
                "update extraction set document = replace(document, 'Salvage', 'Wreckage') where id in ({of_review})"
            ),
        )
        .await;
        write(app, &format!("update review set headline = 'Misread' where headline = '{headline}'")).await;
    }
}

/// Leaves the database as migrating one of the first version leaves it: with reviews, and nothing counted.
async fn forget_counts(app: &TestApp) {
    write(app, "update review set counted = false, signature_id = null, byline_id = null").await;
    write(app, "update claim set statement_id = null").await;
    write(app, "update film set review_count = 0").await;
    write(app, "update depiction set name_key = ''").await;
    let counts = ["tally", "statement", "film_score", "signature_key", "signature", "byline_score", "byline"];
    for table in counts.into_iter().chain(["outlet_name", "caption_name"]) {
        write(app, &format!("delete from {table}")).await;
    }
}

const HEADLINE: &str = "‘Low Water’: Salvage on the Estuary";

async fn told(app: &TestApp, url: &str) -> Value {
    let query = "query($url: URL!) { review(url: $url) { id headline submission { state outcome attempts
        events(first: 100) { nodes { sequence state } } } film { reception { reviewCount } } } }";
    app.query(query, json!({ "url": url })).await["review"].take()
}

/// Every event's number is one more than the one before it.
fn without_gaps(review: &Value) -> bool {
    let events = review["submission"]["events"]["nodes"].as_array().expect("events are a list");
    !events.is_empty() && events.iter().zip(1..).all(|(event, number)| event["sequence"] == json!(number))
}

/// Puts the bytes of one address's page in the place of another's, as if they had been fetched from there.
async fn exchange_page(app: &TestApp, of: &str, by: &str) {
    let snapshot = |url: &str| {
        format!("select n.id from snapshot n join submission s on s.id = n.submission_id where s.url = '{url}'")
    };
    let bytes = format!("select sha256 from snapshot where id in ({})", snapshot(by));
    write(app, &format!("update snapshot set sha256 = ({bytes}) where id in ({})", snapshot(of))).await;
}

tests::both_modes! {
    async fn pages_that_an_older_extractor_read_are_read_again_without_asking_the_site(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let review = ingest(&app, &web.url(LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        age(&app, Some(HEADLINE)).await;
        let finished = reextract(&app, &[]).await;
        assert!(finished.status.success(), "{finished:#?}");
        assert_eq!(finished.stdout, "1 changed, 1 unchanged, 0 no review, 0 not read\n", "{finished:#?}");
        let first = told(&app, &web.url(LOW_WATER)).await;
        assert_eq!((&first["id"], &first["headline"]), (&json!(review), &json!(HEADLINE)));
        assert_eq!((&first["submission"]["outcome"], &first["submission"]["attempts"]), (&json!("UPDATED"), &json!(1)));
        assert_eq!(first["film"]["reception"]["reviewCount"], json!(2));
        let second = told(&app, &web.url(SECOND_OPINION)).await;
        assert_eq!(second["submission"]["outcome"], json!("UNCHANGED"));
        assert!(without_gaps(&first) && without_gaps(&second), "{first:#} {second:#}");
        for path in [LOW_WATER, SECOND_OPINION] {
            assert_eq!(web.hits(path).len(), 1, "{path} was fetched once, when it was handed in");
        }
        assert_eq!(number(&app, "select count(*) as number from extraction where version > 0").await, 2);
        assert_eq!(number(&app, "select count(*) as number from snapshot").await, 2, "nothing was fetched");
        let again = reextract(&app, &[]).await;
        assert_eq!(again.stdout, "0 changed, 0 unchanged, 0 no review, 0 not read\n", "{again:#?}");
    }

    async fn reviews_that_were_stored_before_there_were_counts_are_counted(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        let facts = "{ films { nodes { title reception { reviewCount mean histogram } \
                     facts { field value agreement values { value reviewCount } } } } }";
        let before = app.query(facts, json!({})).await;
        forget_counts(&app).await;
        let uncounted = "select count(*) as number from review where not counted";
        assert_eq!(number(&app, uncounted).await, 2);
        let counted = async || (number(&app, uncounted).await == 0).then_some(());
        eventually(SOON * 3, "the sweeper has them read again", counted).await;
        assert_eq!(app.query(facts, json!({})).await, before, "the graph says what it said");
        assert_eq!(web.hits(LOW_WATER).len(), 1, "nothing is fetched again");
    }

    async fn a_dry_run_prints_each_fact_and_writes_nothing(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        age(&app, Some(HEADLINE)).await;
        let finished = reextract(&app, &["--dry-run"]).await;
        assert!(finished.status.success(), "{finished:#?}");
        let expected = format!("{}  HEADLINE: “‘Low Water’: Wreckage on the Estuary” → “{HEADLINE}”", web.url(LOW_WATER));
        assert!(finished.stdout.lines().any(|line| line == expected), "{expected} is in {finished:#?}");
        assert!(!finished.stdout.contains(&web.url(SECOND_OPINION)), "what stays is not told: {finished:#?}");
        assert!(finished.stderr.contains("2 read, 1 would change"), "{finished:#?}");
        let review = told(&app, &web.url(LOW_WATER)).await;
        assert_eq!((&review["headline"], &review["submission"]["outcome"]), (&json!("Misread"), &json!("CREATED")));
        assert_eq!(number(&app, "select count(*) as number from extraction where version > 0").await, 0);
    }

    async fn a_page_in_which_a_newer_extractor_finds_a_review_enters_the_graph(mode: Mode) {
        let web = web_with_reviews().await;
        web.put(FERRIES, Page::html(include_str!("../pages/ferry-timetable.html")));
        let app = TestApp::start(mode, &web).await;
        let refused = app.submit(&web.url(FERRIES)).await;
        let finished = app.wait_for_outcome(&refused.id, SOON).await;
        assert_eq!(finished["outcome"], json!("NOT_A_REVIEW"), "{finished:#}");
        ingest(&app, &web.url(SECOND_OPINION)).await;
        exchange_page(&app, &web.url(FERRIES), &web.url(SECOND_OPINION)).await;
        age(&app, None).await;
        let read = reextract(&app, &[]).await;
        assert_eq!(read.stdout, "1 changed, 1 unchanged, 0 no review, 0 not read\n", "{read:#?}");
        let review = told(&app, &web.url(FERRIES)).await;
        assert_eq!(review["headline"], json!("Low Water review – the river gives up its secrets"), "{review:#}");
        assert_eq!(review["submission"]["state"], json!("SUCCEEDED"));
        assert_eq!(web.hits(FERRIES).len(), 1);
    }

    async fn a_review_that_a_newer_extractor_does_not_find_stays_and_its_submission_says_so(mode: Mode) {
        let web = web_with_reviews().await;
        web.put(FERRIES, Page::html(include_str!("../pages/ferry-timetable.html")));
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        app.wait_for_outcome(&app.submit(&web.url(FERRIES)).await.id, SOON).await;
        exchange_page(&app, &web.url(SECOND_OPINION), &web.url(FERRIES)).await;
        age(&app, None).await;
        let told_before = reextract(&app, &["--dry-run"]).await;
        assert!(told_before.stdout.contains("VERDICT: REVIEW → "), "{told_before:#?}");
        let read = reextract(&app, &[]).await;
        assert!(read.status.success(), "{read:#?}");
        assert_eq!(read.stdout, "0 changed, 0 unchanged, 2 no review, 0 not read\n", "{read:#?}");
        let review = told(&app, &web.url(SECOND_OPINION)).await;
        assert_eq!(review["headline"], json!("Low Water review – the river gives up its secrets"), "{review:#}");
        assert_eq!(review["submission"]["outcome"], json!("NOT_A_REVIEW"));
        assert_eq!(review["film"]["reception"]["reviewCount"], json!(1));
        let again = reextract(&app, &[]).await;
        assert_eq!(again.stdout, "0 changed, 0 unchanged, 0 no review, 0 not read\n", "{again:#?}");
    }

    async fn what_was_due_when_the_command_or_a_worker_died_is_read_all_the_same(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        age(&app, Some(HEADLINE)).await;
        // As the command leaves the rows when it is killed: due, and nobody rings but the sweeper.
        let mut connections = app.connections().iter().skip(1).step_by(2).cloned();
        let (database_url, redis_url) = (connections.next().expect("a database"), connections.next());
        let redis_prefix = connections.next().unwrap_or_else(database::fresh_name);
        let connections = Connections { database_url, redis_url, redis_prefix, database_connections: 2 };
        let database = Database::connect(&connections).await.expect("the app's database is there");
        assert_eq!(recall(&database, &[1, 2]).await.expect("rows can be made due"), [1, 2]);
        // As a worker leaves a row when it is killed at work on it.
        let kind = match database.backend() {
            DbBackend::Postgres => "(extract(epoch from clock_timestamp()) * 1000000)::bigint",
            _ => "unixepoch() * 1000000",
        };
        let leased = "update submission set state = 'EXTRACTING', lease_holder = 'nobody', fence = fence + 1";
        let expired = format!("{leased}, due_at = {kind} where id = 2 and finished_at is null");
        let connection = behind(&app).await;
        connection.execute_unprepared(&expired).await.expect("the row can be written");
        for path in [LOW_WATER, SECOND_OPINION] {
            // Asked again once it is over: one query may see the review as it was and its submission as it is.
            let over = |review: &Value| review["submission"]["state"] == json!("SUCCEEDED");
            let look = async || Some(told(&app, &web.url(path)).await).filter(over);
            eventually(SOON, "the page to be read again", look).await;
            let review = told(&app, &web.url(path)).await;
            assert!(without_gaps(&review), "{review:#}");
            assert_ne!(review["submission"]["outcome"], json!("CREATED"), "{review:#}");
            assert_ne!(review["headline"], json!("Misread"));
            assert_eq!(web.hits(path).len(), 1);
        }
    }

    async fn a_fresh_look_goes_before_reading_again(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        // Due in a long time, so that nobody takes it before the fresh look is asked for.
        write(&app, "update submission set reextract = true, state = 'QUEUED', finished_at = null, outcome = null, \
                     due_at = submitted_at + 3600000000").await;
        let submission = app.refetch(&web.url(LOW_WATER)).await;
        let finished = app.wait_for_outcome(&submission.id, SOON).await;
        assert_eq!((&finished["outcome"], &finished["attempts"]), (&json!("UNCHANGED"), &json!(2)), "{finished:#}");
        assert_eq!(web.hits(LOW_WATER).len(), 2);
    }
}

#[tokio::test]
async fn a_version_that_there_is_not_is_named() {
    let finished = marquee(&["reextract", "--older-than", "4000"], Duration::from_secs(20)).await;
    assert!(!finished.status.success());
    assert!(finished.stderr.contains("4000") && finished.stderr.contains("1.."), "{finished:#?}");
}

#[tokio::test]
async fn bytes_that_are_damaged_end_the_submission_and_leave_the_review() {
    let web = FakeWeb::start().await;
    web.put(SECOND_OPINION, Page::html(include_str!("../pages/low-water-second-opinion.html")));
    let app = TestApp::start(tests::Mode::Embedded, &web).await;
    ingest(&app, &web.url(SECOND_OPINION)).await;
    age(&app, None).await;
    write(&app, "update page_body set content_zstd = x'00'").await;
    let finished = reextract(&app, &[]).await;
    assert!(!finished.status.success(), "{finished:#?}");
    assert_eq!(finished.stdout, "0 changed, 0 unchanged, 0 no review, 1 not read\n", "{finished:#?}");
    let review = told(&app, &web.url(SECOND_OPINION)).await;
    assert_eq!(review["submission"]["outcome"], json!("GAVE_UP"), "{review:#}");
}
