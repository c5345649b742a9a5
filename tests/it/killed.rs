//! Processes are killed while they store, start again, and the graph is byte for byte that of a quiet run.
//!
//! What is killed are the real processes, by the ids they were started with: the server with its worker inside, or the
//! workers of a fleet. The pages are the generated reviews of `order`, written as pages.

use std::fmt::Write;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait};
use tests::command_line::marquee;
use tests::wait::eventually;
use tests::{FakeWeb, Gate, Mode, Page, TestApp, database, settings};

use crate::order::{FILMS, Written, assert_same, films, write_review};

/// Pages of one run.
const PAGES: usize = 24;

/// Longest that one page's way to the graph, or to the middle of its store, may take.
const STORED_WITHIN: Duration = Duration::from_secs(60);

/// A lease lasts half a minute; then all that was held is done again.
const ALL_WITHIN: Duration = Duration::from_secs(150);

/// What critics say besides facts: drawn for each page, so that no two print the same text.
pub const OPINIONS: [&str; 16] = [
    "The pacing is patient until the second half, when the screenplay loses its nerve.",
    "Nobody on the screen gets a line that sounds written.",
    "It is the rare drama that knows how long a silence may last.",
    "The cinematography finds more in a kitchen than most thrillers find in a city.",
    "As a debut it would be forgiven much; as a fifth film it is merely fine.",
    "The score tells us what to feel a beat before we feel it.",
    "By the third act the plot has run out of doors to close.",
    "There is a better film inside this one, and now and then it looks out.",
    "Its humour is dry enough to burn.",
    "The editing cuts away from every scene a moment too soon, and is right to.",
    "What the story lacks in surprise the performances bring in detail.",
    "The dialogue carries too much of the past on its back.",
    "Audiences who come for the chase will leave talking about the dinner.",
    "The ending is earned, which is not the same as being good.",
    "I have not been so moved by a staircase in years.",
    "The direction is so quiet that one notices it only on the way home.",
];

/// The page on which a critic says what `written` says.
fn html(written: &Written, random: &mut StdRng) -> String {
    let (film, review) = (&written.extraction.film, &written.extraction.review);
    let title = film.title.as_deref().unwrap_or_default();
    let (author, outlet) = (review.author.as_deref().unwrap_or_default(), review.outlet.as_deref().unwrap_or_default());
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>‘{title}’ Review | {outlet}</title>\
         <meta property=\"og:site_name\" content=\"{outlet}\"></head><body><article><h1>‘{title}’ Review</h1>\
         <p class=\"byline\">By <a rel=\"author\" href=\"/critics/{author}\">{author}</a></p>"
    );
    let names: Vec<&str> = film.cast.iter().map(|member| member.name.as_str()).collect();
    let mut opinions: Vec<&str> = OPINIONS.choose_multiple(random, 10).copied().collect();
    opinions.shuffle(random);
    for (number, opinions) in opinions.chunks(3).enumerate() {
        let who = names.get(number).copied().unwrap_or("The whole ensemble");
        let figure = random.random_range(1_000..1_000_000);
        write!(page, "<p>{} {who} carries scene {figure} of this film alone.</p>", opinions.join(" ")).unwrap();
    }
    if let Some(name) = names.first() {
        write!(page, "<figure><img src=\"/a.jpg\"><figcaption>{name} in “{title}.”</figcaption></figure>").unwrap();
    }
    page.push_str("<p>");
    let mut credit = |label: &str, value: &str| {
        if !value.is_empty() {
            write!(page, "<strong>{label}:</strong> {value}<br>").unwrap();
        }
    };
    credit("Directed by", &film.directors.join(", "));
    let billed = film.cast.iter().filter(|member| member.billed);
    let billed: Vec<String> =
        billed.map(|member| format!("{} ({})", member.name, member.character.as_deref().unwrap_or_default())).collect();
    credit("Cast", &billed.join(", "));
    credit("Running time", &format!("{} minutes", random.random_range(90..95)));
    credit("Year", &film.year.map(|year| year.to_string()).unwrap_or_default());
    credit("Rating", review.rating.as_printed.as_deref().unwrap_or_default());
    page + "</p></article></body></html>"
}

/// Addresses with what stands there.
fn pages(random: &mut StdRng) -> Vec<(String, String)> {
    let films = films();
    let page = |number: usize| {
        let written = write_review(number, &films[number % FILMS], random);
        (format!("/critic{}/{number}", number % 5), html(&written, random))
    };
    (0..PAGES).map(page).collect()
}

async fn export(app: &TestApp) -> String {
    let connections: Vec<&str> = app.connections().iter().map(String::as_str).collect();
    let exported = marquee(&[&["export"], &connections[..]].concat(), STORED_WITHIN).await;
    assert!(exported.status.success(), "{exported:#?}");
    exported.stdout
}

/// The database that an installation stands on, looked at from beside it.
async fn beside(app: &TestApp) -> DatabaseConnection {
    let url = app.connections().iter().skip_while(|flag| *flag != "--database-url").nth(1);
    database::connect(url.expect("an installation has a database")).await
}

async fn count(database: &DatabaseConnection, sql: &str) -> i64 {
    let statement = sea_orm::Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    row.expect("a count has a row").try_get("", "n").unwrap()
}

const FINISHED: &str = "select count(*) as n from submission where finished_at is not null";

/// Kills whoever stores, in the middle of a store: some of the review's rows are written and none is committed. Pages wait
/// behind `gate` until the trap is set, so that one of them must fall into it.
#[expect(
    clippy::disallowed_methods,
    reason = "the trap is a lock on PostgreSQL, which a transaction holds that does nothing else"
)]
async fn kill_in_the_middle_of_a_store(app: &mut TestApp, mode: Mode, database: &DatabaseConnection, gate: &Gate) {
    let reviews = "select count(*) as n from review";
    match mode {
        Mode::Embedded => {
            // A review's first tally takes for ever: SQLite counts on while it holds the only write lock.
            eventually(STORED_WITHIN, "the trap to be set", async || {
                let trap = "create view if not exists without_end as with recursive n(i) as (select 1 union all select i + 1 from n) \
                            select i from n; \
                            create trigger if not exists trap after insert on tally begin select count(*) from without_end; end;";
                database.execute_unprepared(trap).await.ok()
            })
            .await;
            gate.open();
            let resolving = "select count(*) as n from submission where state = 'RESOLVING'";
            let mut refused = 0;
            eventually(STORED_WITHIN, "somebody in the trap", async || {
                let write = database.execute_unprepared("pragma busy_timeout = 0; begin immediate; rollback;").await;
                refused = if write.is_err() { refused + 1 } else { 0 };
                (refused > 10 && count(database, resolving).await > 0).then_some(())
            })
            .await;
            let known = count(database, reviews).await;
            app.kill_server();
            assert_eq!(count(database, reviews).await, known, "nothing of the review was committed");
            database.execute_unprepared("drop trigger trap; drop view without_end;").await.unwrap();
            app.restart_server().await;
        }
        Mode::Fleet => {
            let trap = database.begin().await.unwrap();
            trap.execute_unprepared("lock table tally in exclusive mode").await.unwrap();
            gate.open();
            let caught = "select count(*) as n from pg_locks where relation = 'tally'::regclass and not granted";
            eventually(STORED_WITHIN, "somebody in the trap", async || {
                (count(database, caught).await > 0).then_some(())
            })
            .await;
            let known = count(database, reviews).await;
            for worker in app.workers() {
                worker.kill();
            }
            trap.rollback().await.unwrap();
            assert_eq!(count(database, reviews).await, known, "nothing of the review was committed");
            restart_workers(app);
        }
    }
}

fn restart_workers(app: &mut TestApp) {
    let known = app.workers().len();
    for number in [known + 1, known + 2] {
        app.start_worker(&format!("worker-{number}"));
    }
}

/// Kills whoever works, wherever they are, once some more pages are through.
async fn kill_somewhere(app: &mut TestApp, mode: Mode, database: &DatabaseConnection, random: &mut StdRng) {
    let after = count(database, FINISHED).await + random.random_range(1..4);
    eventually(STORED_WITHIN, "some more pages", async || (count(database, FINISHED).await >= after).then_some(()))
        .await;
    match mode {
        Mode::Embedded => app.restart_server().await,
        Mode::Fleet => {
            for worker in app.workers() {
                worker.kill();
            }
            restart_workers(app);
        }
    }
}

async fn wait_for_all(database: &DatabaseConnection) {
    let unfinished = "select count(*) as n from submission where finished_at is null";
    eventually(ALL_WITHIN, "all pages", async || (count(database, unfinished).await == 0).then_some(())).await;
    let failed = "select count(*) as n from submission where state <> 'SUCCEEDED'";
    assert_eq!(count(database, failed).await, 0, "every page is in the graph");
}

tests::both_modes! {
    async fn whoever_is_killed_while_storing_leaves_the_graph_of_a_quiet_run(mode: Mode) {
        let (rounds, kills) = if settings::long_runs() { (2, 2) } else { (1, 1) };
        for seed in 0..rounds {
            let random = &mut StdRng::seed_from_u64(seed);
            let web = FakeWeb::start().await;
            let mut pages = pages(random);
            for (path, html) in &pages {
                web.put(path, Page::html(html.as_str()));
            }
            let quiet = TestApp::start(Mode::Embedded, &web).await;
            let quiet_database = beside(&quiet).await;
            for (path, _) in &pages {
                quiet.submit(&web.url(path)).await;
            }
            wait_for_all(&quiet_database).await;
            let expected = export(&quiet).await;
            assert!(expected.lines().count() > PAGES, "every page is a review: {expected}");
            drop(quiet);

            let mut app = TestApp::start(mode, &web).await;
            let database = beside(&app).await;
            pages.shuffle(random);
            for pages in pages.chunks(PAGES / kills) {
                let gate = Gate::closed();
                for (path, html) in pages {
                    web.put(path, Page::html(html.as_str()).held_by(&gate));
                    app.submit(&web.url(path)).await;
                }
                kill_in_the_middle_of_a_store(&mut app, mode, &database, &gate).await;
                kill_somewhere(&mut app, mode, &database, random).await;
            }
            wait_for_all(&database).await;
            let lost = count(&database, "select coalesce(sum(lost_leases), 0) as n from submission").await;
            assert!(lost >= 1, "whoever was killed had a page");
            assert_same(&expected, &export(&app).await, &format!("seed {seed}, {mode:?}"));
        }
    }
}
