//! Words find films, people and reviews: the same on both databases, best first, whatever has changed since they were stored.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use sea_orm::DbBackend;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Client, Mode, TestApp, app, settings};
use worker::store;

use crate::ingest::{LOW_WATER, SECOND_OPINION, ingest, web_with_reviews};
use crate::order::{Graph, Written, films, reviews, with_the_address_of, write_review};

const SEARCH: &str = "query($query: String!, $first: Int, $after: String) {
    search(query: $query, first: $first, after: $after) {
        edges { cursor score node { __typename ... on Node { id } ... on Film { title } ... on Person { name } ... on Review { headline url } } }
        nodes { __typename } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }";

async fn page(client: &Client, query: &str, first: usize, after: &Value) -> Value {
    let variables = json!({ "query": query, "first": first, "after": after });
    client.query(SEARCH, variables).await["search"].take()
}

/// `Film Low Water`, `Person Ines Calloway`, `Review the headline`, in the order of the edges.
fn shown(page: &Value) -> Vec<String> {
    let edges = page["edges"].as_array().expect("edges are a list");
    assert_eq!(Some(edges.len()), page["nodes"].as_array().map(Vec::len), "nodes are the edges' nodes");
    edges.iter().map(|edge| shown_hit(&edge["node"])).collect()
}

fn shown_hit(node: &Value) -> String {
    let name = ["title", "name", "headline"].iter().find_map(|field| node[*field].as_str());
    format!("{} {}", node["__typename"].as_str().expect("a type"), name.expect("a name"))
}

async fn hits(client: &Client, query: &str) -> Vec<String> {
    shown(&page(client, query, 100, &Value::Null).await)
}

/// Every hit with its address, page by page.
async fn all(client: &Client, query: &str, size: usize) -> Vec<Value> {
    let (mut hits, mut after): (Vec<Value>, Value) = (Vec::new(), Value::Null);
    loop {
        let mut page = page(client, query, size, &after).await;
        hits.extend(page["edges"].as_array().expect("edges").iter().map(|edge| edge["node"].clone()));
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            return hits;
        }
        after = page["pageInfo"]["endCursor"].take();
        assert!(hits.len() < 10_000, "paging ends");
    }
}

const FILM: &str = "Film Low Water";
const FIRST: &str = "Review ‘Low Water’: Salvage on the Estuary";
const SECOND: &str = "Review Low Water review – the river gives up its secrets";

tests::both_modes! {
    async fn words_find_films_people_and_reviews_best_first(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        let found = hits(&app, "low water").await;
        assert_eq!(found.first().map(String::as_str), Some(FILM), "the very title comes first");
        assert_eq!(BTreeSet::from_iter(found), BTreeSet::from([FILM, FIRST, SECOND].map(str::to_owned)));
        for (query, expected) in [
            ("LÔW WATÉR", FILM),
            ("wat", FILM),
            ("Calloway, Ines", "Person Ines Calloway"),
            ("tomas arri", "Person Tomás Arrieta"),
            ("nadia ferris", "Person Nadia Ferris"),
            ("estuary salvage", FIRST),
            // In a review's text, and in no headline.
            ("mud of a tidal river", FIRST),
            ("rusted shackle", SECOND),
        ] {
            let found = hits(&app, query).await;
            assert_eq!(found.first().map(String::as_str), Some(expected), "{query}: {found:?}");
        }
        assert_eq!(hits(&app, "rusted elephant").await, [""; 0], "all the words are wanted");
        assert_eq!(hits(&app, "wat low").await, [""; 0], "only the last may be unfinished");
        let scored = page(&app, "low water", 10, &Value::Null).await;
        let scores: Vec<f64> = scored["edges"].as_array().expect("edges").iter().map(|edge| edge["score"].as_f64().expect("a score")).collect();
        assert!(scores.is_sorted_by(|one, next| one >= next) && scores[0] >= 4.0, "{scores:?}");
    }

    async fn a_cursor_holds_while_reviews_come_in(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        let first = page(&app, "low water", 1, &Value::Null).await;
        assert_eq!((shown(&first), &first["pageInfo"]["hasPreviousPage"]), (vec![FILM.to_owned()], &json!(false)));
        // One more document with these words: ranks that count documents change.
        ingest(&app, &web.url(SECOND_OPINION)).await;
        let second = page(&app, "low water", 1, &first["pageInfo"]["endCursor"]).await;
        let third = page(&app, "low water", 1, &second["pageInfo"]["endCursor"]).await;
        let rest = BTreeSet::from_iter([shown(&second), shown(&third)].concat());
        assert_eq!(rest, BTreeSet::from([FIRST, SECOND].map(str::to_owned)), "none is lost or repeated");
        assert_eq!(third["pageInfo"]["hasNextPage"], json!(false));
        assert_eq!(second["pageInfo"]["hasPreviousPage"], json!(true));
        assert_eq!(second["edges"][0]["cursor"], second["pageInfo"]["endCursor"]);
        let none = page(&app, "low water", 1, &third["pageInfo"]["endCursor"]).await;
        assert_eq!(shown(&none), [""; 0]);
    }

    async fn a_query_without_words_or_with_too_many_is_refused_by_name(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        let refused = async |query: String, first: i64, after: Value| {
            let answer = app.post(SEARCH, json!({ "query": query, "first": first, "after": after })).await;
            assert_eq!(answer.json["errors"][0]["extensions"]["code"], json!("BAD_USER_INPUT"), "{query:?}: {answer:?}");
            answer.json["errors"][0]["message"].as_str().expect("a message").to_owned()
        };
        for nothing in ["", "   ", "\"", "*", "… — !", "\u{0}", "( ) : ^ - +", "😀"] {
            let message = refused(nothing.to_owned(), 1, Value::Null).await;
            assert!(message.contains("no word") && message.contains("letters or digits"), "{message}");
        }
        let message = refused("long ".repeat(50), 1, Value::Null).await;
        assert!(message.contains("250 characters") && message.contains("at most 200"), "{message}");
        let many: String = (100..140).map(|number| format!("{number} ")).collect();
        let message = refused(many, 1, Value::Null).await;
        assert!(message.contains("40 words") && message.contains("\"100 101 ") && message.contains("at most 32"), "{message}");
        let message = refused("water".to_owned(), 101, Value::Null).await;
        assert!(message.contains("1 to 100"), "{message}");
        for forged in ["nonsense", "", "c2VhcmNofDF8N2ZmMDAwMDAwMDAwMDAwMA"] {
            let message = refused("water".to_owned(), 1, json!(forged)).await;
            assert!(message.contains("`after`"), "{message}");
        }
        // What would be operators elsewhere are words, or nothing.
        for harmless in ["water\" OR \"low", "heading:water", "NEAR(low water, 2)", "low* wat*", "water' | 'x", "-water", "\\water\\", "water\u{0}", "low & water:*", "%", "{text} : water"] {
            let answer = app.post(SEARCH, json!({ "query": harmless })).await;
            let message = &answer.json["errors"][0]["message"];
            assert!(message.is_null() || message.as_str().is_some_and(|message| message.contains("no word")), "{harmless}: {message}");
        }
        assert_eq!(hits(&app, "\"low\" + (water)").await.first().map(String::as_str), Some(FILM));
    }
}

/// The whole index, a line a word (SQLite) or a document (PostgreSQL), and the names.
async fn index(graph: &Graph) -> BTreeSet<String> {
    let sql = match graph.database.backend() {
        DbBackend::Postgres => {
            "select id || ' ' || names::text || ' ' || headline::text || ' ' || words::text as line from search_document \
             union all select id || ' ' || key as line from search_name"
        }
        _ => {
            graph
                .run("create virtual table if not exists search_words using fts5vocab (search_document, instance)")
                .await;
            "select doc || ' ' || col || ' ' || offset || ' ' || term as line from search_words \
             union all select id || ' ' || key as line from search_name"
        }
    };
    graph.lines(sql).await.into_iter().collect()
}

/// The index as it is made from nothing, for every row that there is.
async fn from_scratch(graph: &Graph) -> BTreeSet<String> {
    for table in ["search_document", "search_name", "search_due"] {
        graph.run(&format!("delete from {table}")).await;
    }
    for (kind, table) in [(1, "film"), (2, "person"), (3, "review")] {
        graph.run(&format!("insert into search_due (id, backlog) select id * 4 + {kind}, true from {table}")).await;
    }
    while store::refresh_backlog(&graph.database).await.expect("the index can be written") > 0 {}
    index(graph).await
}

/// Stores pages at random: new ones, the same ones again, and others' words at their addresses.
async fn store_at_random(graph: &Graph, pages: &[Written], random: &mut StdRng, steps: usize) {
    for _ in 0..steps {
        let page = pages.choose(random).expect("there are pages");
        let page = match random.random_bool(0.4) {
            true => with_the_address_of(page, pages.choose(random).expect("there are pages")),
            false => page.clone(),
        };
        graph.store(&page).await;
        assert_eq!(
            graph.lines("select cast(id as text) as line from search_due").await,
            [""; 0],
            "nothing is left to be written"
        );
    }
}

#[tokio::test]
async fn after_any_stores_and_changes_the_index_is_what_is_made_from_nothing() {
    let rounds = if settings::long_runs() { 30 } else { 2 };
    for seed in 0..rounds {
        for mode in [Mode::Embedded, Mode::Fleet] {
            let random = &mut StdRng::seed_from_u64(seed);
            let graph = Graph::open(mode).await;
            let pages = reviews(random);
            for round in 0..2 {
                store_at_random(&graph, &pages, random, 30).await;
                let kept = index(&graph).await;
                assert!(kept.len() > 50, "there is something to compare");
                assert_eq!(kept, from_scratch(&graph).await, "seed {seed}, {mode:?}, round {round}");
            }
        }
    }
}

#[tokio::test]
async fn an_index_that_is_not_kept_up_is_noticed() {
    let graph = Graph::open(Mode::Embedded).await;
    let random = &mut StdRng::seed_from_u64(5);
    store_at_random(&graph, &reviews(random), random, 10).await;
    let kept = index(&graph).await;
    graph.run("update film set title = title || ' Again' where id = (select min(id) from film)").await;
    assert_eq!(graph.lines("select cast(id as text) as line from search_due").await.len(), 1, "the trigger noted it");
    assert_ne!(kept, from_scratch(&graph).await);
}

#[tokio::test]
async fn what_was_stored_before_there_was_a_search_is_found_after_the_upgrade() {
    for mode in [Mode::Embedded, Mode::Fleet] {
        let graph = Graph::open(mode).await;
        let random = &mut StdRng::seed_from_u64(7);
        store_at_random(&graph, &reviews(random), random, 20).await;
        let kept = index(&graph).await;
        graph.run("drop table if exists search_words").await;
        let later = Migrator::migrations().iter().rev().position(|step| step.name().ends_with("_search"));
        let steps = u32::try_from(later.expect("there is a step for the search")).unwrap() + 1;
        Migrator::down(graph.database.connection(), Some(steps)).await.expect("down works");
        Migrator::up(graph.database.connection(), None).await.expect("up works");
        assert_eq!(index(&graph).await, BTreeSet::new(), "the migration reads no texts");
        while store::refresh_backlog(&graph.database).await.expect("the index can be written") > 0 {}
        assert_eq!(index(&graph).await, kept, "{mode:?}");
    }
}

/// A server on a graph that was stored directly.
async fn serve(graph: &Graph, folder: &TempDir) -> (tests::process::Process, Client) {
    let flags: Vec<String> = graph.flags().into_iter().map(str::to_owned).collect();
    app::serve("server", &flags, folder.path()).await
}

#[tokio::test]
async fn both_databases_give_the_same_hits_in_pages_of_any_size() {
    let mut found: Vec<Vec<Vec<String>>> = Vec::new();
    let queries = [
        "night ferry",
        "NIGHT",
        "salt road",
        "소금길",
        "소금",
        "cafe minuit",
        "café",
        "untold",
        "untold part two",
        "ha",
        "words on",
        "number",
        "review 1",
        "critic number3",
        "jang hae rim",
        "hae-rim",
        "1999",
        "orbit quiet",
        "holm",
        "the",
    ];
    for mode in [Mode::Embedded, Mode::Fleet] {
        let (graph, folder) = (Graph::open(mode).await, TempDir::new().unwrap());
        let random = &mut StdRng::seed_from_u64(11);
        for review in reviews(random) {
            graph.store(&review).await;
        }
        let (_server, client) = serve(&graph, &folder).await;
        let mut of_queries = Vec::new();
        for query in queries {
            let whole = all(&client, query, 100).await;
            assert_eq!(all(&client, query, 7).await, whole, "{mode:?}, {query}: the pages put together");
            let ids: BTreeSet<&str> = whole.iter().filter_map(|hit| hit["id"].as_str()).collect();
            assert_eq!(ids.len(), whole.len(), "{mode:?}, {query}: no hit comes twice");
            assert!(!whole.is_empty(), "{mode:?}: {query} finds something");
            // Two films of one title read the same: how often counts.
            let mut texts: Vec<String> = whole.iter().map(shown_hit).collect();
            texts.sort_unstable();
            of_queries.push(texts);
        }
        let first = hits(&client, "night ferry").await;
        assert_eq!(
            first.iter().take(2).filter(|hit| hit.to_lowercase().starts_with("film night ferry")).count(),
            2,
            "both films: {first:?}"
        );
        found.push(of_queries);
    }
    for ((query, embedded), fleet) in queries.iter().zip(&found[0]).zip(&found[1]) {
        assert_eq!(embedded, fleet, "{query}");
    }
}

#[tokio::test]
async fn a_text_of_any_length_is_stored_and_found_by_its_beginning() {
    for mode in [Mode::Embedded, Mode::Fleet] {
        let (graph, folder) = (Graph::open(mode).await, TempDir::new().unwrap());
        // Each word is another; many of them, and fewer of the longest that there are: four bytes a letter.
        let bodies = ["x".repeat(14), "𐐨".repeat(35), "漢字".repeat(9)];
        for (number, end) in bodies.iter().enumerate() {
            let mut long = write_review(number, &films()[2], &mut StdRng::seed_from_u64(1));
            long.extraction.review.body = Some((10_000..70_000).map(|word| format!("{word}{end} ")).collect());
            long.extraction.review.headline = Some((10_000..70_000).map(|word| format!("a{word}{end} ")).collect());
            graph.store(&long).await;
        }
        let (_server, client) = serve(&graph, &folder).await;
        for end in bodies {
            for beginning in ["", "a"] {
                assert_eq!(hits(&client, &format!("{beginning}10000{end}")).await.len(), 1, "{mode:?}, {end}");
                let far = hits(&client, &format!("{beginning}69999{end}")).await;
                assert_eq!(far, [""; 0], "{mode:?}, {end}: what stands far behind is not indexed");
            }
        }
    }
}

#[tokio::test]
async fn a_merged_film_is_found_once_under_each_of_its_titles() {
    for mode in [Mode::Embedded, Mode::Fleet] {
        let (graph, folder) = (Graph::open(mode).await, TempDir::new().unwrap());
        let random = &mut StdRng::seed_from_u64(3);
        let (films, mut pages) = (films(), Vec::new());
        for number in 0..4 {
            pages.push(write_review(number, &films[8], random));
        }
        for page in &pages {
            graph.store(page).await;
        }
        // The other film's reviews say that it is this one: their films join, and part again.
        let other = write_review(4, &films[9], random);
        graph.store(&other).await;
        let joined = with_the_address_of(&other, &pages[0]);
        graph.store(&joined).await;
        let of_films = async |client: &Client, query: &str| {
            let hits = hits(client, query).await;
            hits.into_iter().filter(|hit| hit.starts_with("Film ")).collect::<Vec<_>>()
        };
        let (server, client) = serve(&graph, &folder).await;
        assert_eq!(of_films(&client, "untold").await.len(), 1, "{mode:?}");
        assert_eq!(of_films(&client, "untold part two").await, [""; 0], "{mode:?}: nobody says so any more");
        // The worker inside a server would take what is stored next.
        drop(server);
        graph.store(&other).await;
        let (_server, client) = serve(&graph, &folder).await;
        assert_eq!(of_films(&client, "untold part two").await.len(), 1, "{mode:?}");
        assert_eq!(of_films(&client, "untold").await.len(), 2, "{mode:?}");
    }
}
