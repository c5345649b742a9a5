//! The same text at several addresses is one voice: found, linked both ways, counted once, whatever came first.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::{FakeWeb, Mode, Page, TestApp, settings};

use crate::ingest::{SECOND_OPINION, SOON, ingest};
use crate::order::{FILMS, Graph, Written, assert_same, films, write_review};

/// Words of a generated text: no two texts share any of them in a row.
const WORDS: usize = 160;

/// The review with a text of its own that is long enough to be recognised, and a date.
pub fn with_long_text(mut written: Written, random: &mut StdRng) -> Written {
    let words: Vec<String> = (0..WORDS).map(|_| format!("w{}", random.random_range(0..1_000_000))).collect();
    written.extraction.review.body = Some(words.join(" "));
    written.extraction.review.published = Some(format!("2025-01-{:02}", random.random_range(1..=28)));
    written
}

/// The same words elsewhere, later, after an editor's hand.
pub fn copy_of(original: &Written, number: usize) -> Written {
    let mut copy = original.clone();
    copy.url = format!("https://paper{number}.example/copies/{number}");
    let body = copy.extraction.review.body.take().unwrap_or_default();
    let mut words: Vec<&str> = body.split(' ').collect();
    words[WORDS / 2] = "edited";
    words.truncate(WORDS - number % 5);
    copy.extraction.review.body = Some(words.join(" "));
    copy.extraction.review.published = Some(format!("2025-02-{:02}", number % 28 + 1));
    copy
}

/// The copy under a heading that is misread: its page seems to be of another film.
fn of_another_film(copy: &Written, random: &mut StdRng) -> Written {
    let films = films();
    let mut other = write_review(0, &films[random.random_range(0..FILMS)], random);
    other.extraction.review = copy.extraction.review.clone();
    Written { url: copy.url.clone(), extraction: other.extraction }
}

/// Copies in another film than their originals.
async fn strays(graph: &Graph) -> i64 {
    let strays = "select count(*) as number from review copy join review original on original.id = copy.copy_of \
                  where copy.film_id <> original.film_id or copy.signature_id <> original.signature_id";
    let statement = sea_orm::Statement::from_string(graph.database.backend(), strays);
    let row = graph.database.connection().query_one_raw(statement).await.unwrap();
    row.expect("a count has a row").try_get("", "number").unwrap()
}

fn page(date: &str, outlet: &str) -> Page {
    let html = include_str!("../pages/low-water-second-opinion.html");
    Page::html(html.replace("2025-03-15", date).replace("Reel Ledger", outlet))
}

const REVIEW: &str = "query($url: URL!) { review(url: $url) {
    submission { outcome } film { reception { reviewCount ratedCount mean } reviews(first: 10) { totalCount } }
    critic { criticProfile { reviewCount } }
    syndicatedWith(first: 10) { totalCount nodes { url } pageInfo { hasNextPage } }
} }";

async fn review(app: &TestApp, web: &FakeWeb, path: &str) -> Value {
    app.query(REVIEW, json!({ "url": web.url(path) })).await["review"].take()
}

fn group(review: &Value) -> Vec<&str> {
    let nodes = review["syndicatedWith"]["nodes"].as_array().expect("nodes are a list");
    nodes.iter().filter_map(|node| node["url"].as_str()).collect()
}

tests::both_modes! {
    async fn a_copy_is_linked_both_ways_and_counted_once(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put(SECOND_OPINION, page("2025-03-15", "Reel Ledger"));
        web.put("/wire/low-water", page("2025-03-17", "Harbour Wire"));
        web.put("/first/low-water", page("2025-03-12", "Tidal Weekly"));
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        let copy = app.submit(&web.url("/wire/low-water")).await;
        let finished = app.wait_for_outcome(&copy.id, SOON).await;
        assert_eq!((&finished["state"], &finished["outcome"]), (&json!("SUCCEEDED"), &json!("SYNDICATED_COPY")), "{finished:#}");
        let (first, second) = (review(&app, &web, SECOND_OPINION).await, review(&app, &web, "/wire/low-water").await);
        assert_eq!(group(&first), [web.url("/wire/low-water")]);
        assert_eq!(group(&second), [web.url(SECOND_OPINION)]);
        assert_eq!(first["film"]["reception"], json!({ "reviewCount": 1, "ratedCount": 1, "mean": 80.0 }));
        assert_eq!(first["film"]["reviews"]["totalCount"], json!(2), "a copy stays a review of the film");
        assert_eq!(first["critic"]["criticProfile"]["reviewCount"], json!(1));

        // The printing that turns out to be the first takes the others' place.
        ingest(&app, &web.url("/first/low-water")).await;
        let original = review(&app, &web, "/first/low-water").await;
        assert_eq!(group(&original), [web.url(SECOND_OPINION), web.url("/wire/low-water")], "earliest first");
        assert_eq!(group(&review(&app, &web, "/wire/low-water").await), [web.url("/first/low-water"), web.url(SECOND_OPINION)]);
        assert_eq!(original["film"]["reception"]["reviewCount"], json!(1));
        let pages = app.query("query($url: URL!) { review(url: $url) { syndicatedWith(first: 1) { nodes { url } pageInfo { hasNextPage } } } }",
            json!({ "url": web.url(SECOND_OPINION) })).await["review"]["syndicatedWith"].take();
        assert_eq!(pages, json!({ "nodes": [{ "url": web.url("/first/low-water") }], "pageInfo": { "hasNextPage": true } }));
    }

    async fn a_page_whose_text_becomes_its_own_leaves_its_group(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put(SECOND_OPINION, page("2025-03-15", "Reel Ledger"));
        web.put("/wire/low-water", page("2025-03-17", "Harbour Wire"));
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        let copy = app.submit(&web.url("/wire/low-water")).await;
        app.wait_for_outcome(&copy.id, SOON).await;
        assert_eq!(review(&app, &web, SECOND_OPINION).await["film"]["reception"]["reviewCount"], json!(1));
        let own = include_str!("../pages/low-water.html").replace("<link rel=\"canonical\"", "<link rel=\"other\"");
        web.put(SECOND_OPINION, Page::html(own));
        app.refetch(&web.url(SECOND_OPINION)).await;
        let finished = app.wait_for_outcome(&app.submit(&web.url(SECOND_OPINION)).await.id, SOON).await;
        assert_eq!(finished["outcome"], json!("UPDATED"), "{finished:#}");
        let (first, second) = (review(&app, &web, SECOND_OPINION).await, review(&app, &web, "/wire/low-water").await);
        assert_eq!((group(&first), group(&second)), (Vec::new(), Vec::new()));
        assert_eq!(first["film"]["reception"], json!({ "reviewCount": 2, "ratedCount": 2, "mean": 70.0 }));
    }

    async fn two_opinions_of_one_film_are_no_copies(mode: Mode) {
        let web = crate::ingest::web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(crate::ingest::LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        assert_eq!(review(&app, &web, SECOND_OPINION).await["syndicatedWith"]["totalCount"], json!(0));
    }
}

/// Forty reviews, a third of them printed again once or often.
fn printed(random: &mut StdRng) -> Vec<Written> {
    let films = films();
    let mut reviews: Vec<Written> =
        (0..40).map(|number| with_long_text(write_review(number, &films[number % FILMS], random), random)).collect();
    let mut copies = Vec::new();
    for original in &reviews {
        if random.random_bool(0.65) {
            continue;
        }
        // More than a review is compared with in a band, now and then.
        let times = if random.random_bool(0.15) { 20 } else { random.random_range(1..4) };
        copies.extend((0..times).map(|time| copy_of(original, 1_000 * time + original.url.len() * 31 + time)));
    }
    for (number, copy) in copies.iter_mut().enumerate() {
        copy.url = format!("https://paper{}.example/copies/{number}", number % 7);
        if random.random_bool(0.4) {
            *copy = of_another_film(copy, random);
        }
    }
    reviews.extend(copies);
    reviews
}

#[tokio::test]
async fn groups_do_not_depend_on_the_order_in_which_their_printings_come() {
    for seed in 0..if settings::long_runs() { 30 } else { 2 } {
        let random = &mut StdRng::seed_from_u64(seed);
        let mut reviews = printed(random);
        let straight = Graph::open(Mode::Embedded).await;
        for review in &reviews {
            straight.store(review).await;
        }
        let expected = straight.export().await;
        let copies = expected.lines().filter(|line| line.contains("\"copyOf\":\"http")).count();
        let printed_again = reviews.iter().filter(|review| review.url.contains("/copies/")).count();
        assert_eq!(copies, printed_again, "seed {seed}");
        assert_eq!(strays(&straight).await, 0, "seed {seed}");
        for mode in [Mode::Embedded, Mode::Fleet] {
            let graph = Graph::open(mode).await;
            // Some pages print somebody else's text first, so that groups come apart again.
            for _ in 0..15 {
                let (one, other) =
                    (reviews[random.random_range(0..reviews.len())].clone(), random.random_range(0..reviews.len()));
                graph.store(&Written { url: reviews[other].url.clone(), ..one }).await;
            }
            reviews.shuffle(random);
            for review in &reviews {
                graph.store(review).await;
            }
            assert_same(&expected, &graph.export().await, &format!("seed {seed}, {mode:?}"));
            assert_eq!(strays(&graph).await, 0, "seed {seed}, {mode:?}");
        }
    }
}
