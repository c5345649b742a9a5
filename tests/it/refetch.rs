//! One page under several addresses, and one address whose page changes.

use serde_json::{Value, json};
use tests::{FakeWeb, Page, TestApp};

use crate::ingest::{LOW_WATER, SECOND_OPINION, SOON, ingest, web_with_reviews};

/// What a fresh look at a page came to.
async fn look_again(app: &TestApp, url: &str) -> Value {
    let submission = app.refetch(url).await;
    assert!(!submission.created, "a fresh look is no new submission");
    app.wait_for_outcome(&submission.id, SOON).await
}

fn low_water() -> &'static str {
    include_str!("../pages/low-water.html")
}

async fn rating(app: &TestApp, review: &str) -> Value {
    let query = "query($id: ID!) { review(id: $id) { rating { asPrinted } film { reception { mean } } } }";
    app.query(query, json!({ "id": review })).await["review"].take()
}

tests::both_modes! {
    async fn a_fresh_look_at_a_page_that_stayed_changes_nothing(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let review = ingest(&app, &web.url(LOW_WATER)).await;
        let looked = look_again(&app, &web.url(LOW_WATER)).await;
        assert_eq!(looked["outcome"], json!("UNCHANGED"), "{looked:#}");
        assert_eq!(looked["review"]["id"], json!(review), "{looked:#}");
        assert_eq!(web.hits(LOW_WATER).len(), 2);
    }

    async fn a_fresh_look_at_a_page_that_changed_changes_the_graph(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let review = ingest(&app, &web.url(LOW_WATER)).await;
        let revised = low_water().replace("Rated: 3 stars out of 5", "Rated: 4 stars out of 5");
        web.put(LOW_WATER, Page::html(revised));
        let looked = look_again(&app, &web.url(LOW_WATER)).await;
        assert_eq!(looked["outcome"], json!("UPDATED"), "{looked:#}");
        assert_eq!(looked["review"]["id"], json!(review), "a review keeps its id: {looked:#}");
        assert_eq!(rating(&app, &review).await, json!({
            "rating": { "asPrinted": "4 stars out of 5" }, "film": { "reception": { "mean": 80.0 } }
        }));
    }

    async fn a_fresh_look_that_fails_destroys_nothing(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let review = ingest(&app, &web.url(LOW_WATER)).await;
        web.put(LOW_WATER, Page::error(404));
        let looked = look_again(&app, &web.url(LOW_WATER)).await;
        assert_eq!(looked["outcome"], json!("GONE"), "{looked:#}");
        assert_eq!(rating(&app, &review).await["rating"]["asPrinted"], json!("3 stars out of 5"));
    }

    async fn addresses_with_one_canonical_address_share_a_review(mode: Mode) {
        let web = web_with_reviews().await;
        web.put("/amp/low-water", Page::html(low_water()));
        let app = TestApp::start(mode, &web).await;
        let review = ingest(&app, &web.url(LOW_WATER)).await;
        let other = app.submit(&web.url("/amp/low-water")).await;
        assert!(other.created, "another address is another submission");
        let finished = app.wait_for_outcome(&other.id, SOON).await;
        assert_eq!(finished["outcome"], json!("UNCHANGED"), "{finished:#}");
        assert_eq!(finished["review"]["id"], json!(review), "{finished:#}");
        let reviews = app.query("{ reviews(first: 5) { totalCount nodes { url } } }", json!({})).await;
        assert_eq!(reviews["reviews"], json!({ "totalCount": 1, "nodes": [{ "url": web.url(LOW_WATER) }] }));
    }

    async fn pages_that_all_name_the_front_page_are_reviews_of_their_own(mode: Mode) {
        let front = "<head><link rel=\"canonical\" href=\"{origin}/\">";
        let web = FakeWeb::start().await;
        web.put(LOW_WATER, Page::html(low_water().replace("{origin}/film/low-water-salvage-on-the-estuary", "{origin}")));
        let second = include_str!("../pages/low-water-second-opinion.html");
        web.put(SECOND_OPINION, Page::html(second.replacen("<head>", front, 1)));
        let app = TestApp::start(mode, &web).await;
        for path in [LOW_WATER, SECOND_OPINION] {
            let review = ingest(&app, &web.url(path)).await;
            let found = app.query("query($id: ID!) { review(id: $id) { url } }", json!({ "id": review })).await;
            assert_eq!(found["review"]["url"], json!(web.url(path)));
        }
    }

    async fn no_page_speaks_for_another_site(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/copy", Page::html(low_water().replace("{origin}/film", "https://estuary-gazette.example/film")));
        let app = TestApp::start(mode, &web).await;
        let review = ingest(&app, &web.url("/copy")).await;
        let found = app.query("query($id: ID!) { review(id: $id) { url outlet { host } } }", json!({ "id": review })).await;
        assert_eq!(found["review"], json!({ "url": web.url("/copy"), "outlet": { "host": "127.0.0.1" } }));
    }
}
