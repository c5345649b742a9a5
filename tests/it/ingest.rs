//! The main path: a page is handed in, and what it says is answered as a graph, the same in both modes.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{FakeWeb, Page, TestApp};

/// A page that is there and readable is through in a moment; the bound only ends a test that hangs.
pub const SOON: Duration = Duration::from_secs(30);

/// Where the first page's own canonical link says that it stands.
pub const LOW_WATER: &str = "/film/low-water-salvage-on-the-estuary";
/// Another critic's review of the same film.
pub const SECOND_OPINION: &str = "/reviews/low-water";

/// A web with two reviews of one film.
pub async fn web_with_reviews() -> FakeWeb {
    let web = FakeWeb::start().await;
    web.put(LOW_WATER, Page::html(include_str!("../pages/low-water.html")));
    web.put(SECOND_OPINION, Page::html(include_str!("../pages/low-water-second-opinion.html")));
    web
}

/// Hands a page in and waits until its review is in the graph; gives the review's id.
pub async fn ingest(app: &TestApp, url: &str) -> String {
    let submission = app.submit(url).await;
    let finished = app.wait_for_outcome(&submission.id, SOON).await;
    assert_eq!(finished["outcome"], json!("CREATED"), "{finished:#}");
    assert_eq!(finished["state"], json!("SUCCEEDED"), "{finished:#}");
    finished["review"]["id"].as_str().expect("a created review has an id").to_owned()
}

const REVIEW: &str = "query($id: ID!) { review(id: $id) {
    url headline dek publishedOn language wordCount excerpt(maxLength: 80) body
    rating { asPrinted value best scale score scoreLow scoreHigh }
    critic { name criticProfile { website reviewCount meanScore outlets { name } } }
    outlet { name host }
    captions(first: 10) { totalCount nodes { text credit imageUrl position depicts { person { name } character place } } }
    submission { url state outcome attempts }
    film {
        title year releaseDate runtimeMinutes contentRating genres
        directors { name } writers { name }
        credits(roles: [ACTOR], first: 10) { totalCount nodes { role character billing person { name } } }
        reception { reviewCount ratedCount mean median histogram }
        captions(first: 10) { totalCount }
        reviews(first: 10) { totalCount nodes { headline } }
    }
} }";

tests::both_modes! {
    async fn a_submitted_review_is_answered_as_a_graph(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let id = ingest(&app, &web.url(LOW_WATER)).await;
        let review = app.query(REVIEW, json!({ "id": id })).await["review"].take();
        the_film_is_told(&review["film"]);
        the_review_is_told(&review, &web);
        the_captions_are_told(&review["captions"], &web);
        assert_eq!(review["submission"], json!({
            "url": web.url(LOW_WATER), "state": "SUCCEEDED", "outcome": "CREATED", "attempts": 1
        }));
    }

    async fn the_reviews_text_is_the_article_without_the_pages_furniture(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let id = ingest(&app, &web.url(LOW_WATER)).await;
        let review = app.query(REVIEW, json!({ "id": id })).await["review"].take();
        let body = review["body"].as_str().expect("whoever may read the body gets it");
        assert!(body.contains("Nobody who has worked the mud of a tidal river"), "{body}");
        assert!(body.contains("their thrills slow and their weather bad."), "{body}");
        assert!(body.contains("\n\n"), "paragraphs are separated by blank lines: {body}");
        for furniture in ["Sign up for", "MudLark", "Related Stories", "Lamplighters", "Subscribe", "houseboat"] {
            assert!(!body.contains(furniture), "{furniture} is no part of the review: {body}");
        }
        let excerpt = review["excerpt"].as_str().expect("there is an excerpt");
        assert!(excerpt.chars().count() <= 80 && excerpt.starts_with("Nobody who has worked"), "{excerpt}");
        assert!(review["wordCount"].as_i64().is_some_and(|words| (300..700).contains(&words)), "{}", review["wordCount"]);
    }

    async fn two_reviews_of_one_film_meet_in_it(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        let films = app.query("{ films(first: 10) { totalCount nodes {
            title runtimeMinutes reception { reviewCount ratedCount mean median spread histogram }
            reviews(first: 10) { totalCount nodes { critic { name } rating { score scoreLow scoreHigh } } }
            credits(roles: [ACTOR], first: 10) { totalCount }
        } } }", json!({})).await["films"].take();
        assert_eq!(films["totalCount"], json!(1), "{films:#}");
        let film = &films["nodes"][0];
        assert_eq!(film["title"], json!("Low Water"));
        assert_eq!(film["runtimeMinutes"], json!(107));
        assert_eq!(film["credits"]["totalCount"], json!(3), "the second review names nobody new: {film:#}");
        assert_eq!(film["reception"], json!({
            "reviewCount": 2, "ratedCount": 2, "mean": 70.0, "median": 70.0, "spread": 10.0,
            "histogram": [0, 0, 0, 0, 0, 0, 1, 0, 1, 0]
        }));
        // The default order of reviews is newest first, and the second opinion is three days younger.
        assert_eq!(film["reviews"], json!({ "totalCount": 2, "nodes": [
            { "critic": { "name": "Gil Sorensen" }, "rating": { "score": 80.0, "scoreLow": 75.0, "scoreHigh": 85.0 } },
            { "critic": { "name": "Nadia Ferris" }, "rating": { "score": 60.0, "scoreLow": 50.0, "scoreHigh": 70.0 } },
        ] }));
    }

    async fn the_same_url_twice_is_one_submission(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let first = app.submit(&web.url(LOW_WATER)).await;
        assert!(first.created);
        let spelled_otherwise = format!("{}?utm_source=letter#top", web.url(LOW_WATER));
        for url in [web.url(LOW_WATER), spelled_otherwise] {
            let again = app.submit(&url).await;
            assert!(!again.created, "{url} is known");
            assert_eq!(again.id, first.id, "{url} is known");
        }
        app.wait_for_outcome(&first.id, SOON).await;
        assert!(!app.submit(&web.url(LOW_WATER)).await.created, "a finished submission is known too");
        assert_eq!(web.hits(LOW_WATER).len(), 1, "a known page is not fetched again unasked");
    }

    async fn the_fetcher_says_who_it_is_and_asks_for_leave(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        assert_eq!(web.hits("/robots.txt").len(), 1, "robots.txt is asked for before the page");
        let hits = web.hits(LOW_WATER);
        let agent = hits[0].header("user-agent").expect("a fetch names its agent");
        assert!(agent.to_lowercase().contains("marquee"), "{agent}");
        assert_eq!(hits[0].header("cookie"), None);
        assert_eq!(hits[0].header("authorization"), None);
    }

    async fn a_submissions_events_are_numbered_without_gaps(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let submission = app.submit(&web.url(LOW_WATER)).await;
        app.wait_for_outcome(&submission.id, SOON).await;
        let events = app.query("query($id: ID!) { submission(id: $id) {
            events(first: 50) { nodes { sequence at state message attempt } }
            fetches(first: 10) { nodes { url status address redirects bytesDecoded problem { code } } }
        } }", json!({ "id": submission.id })).await["submission"].take();
        let nodes = events["events"]["nodes"].as_array().expect("events are a list");
        let sequences: Vec<i64> = nodes.iter().filter_map(|event| event["sequence"].as_i64()).collect();
        assert_eq!(sequences, (1..=i64::try_from(nodes.len()).unwrap()).collect::<Vec<_>>(), "{events:#}");
        let states: Vec<&str> = nodes.iter().filter_map(|event| event["state"].as_str()).collect();
        assert_eq!(states.first(), Some(&"QUEUED"), "{events:#}");
        assert!(states.contains(&"FETCHING"), "{events:#}");
        assert_eq!(states.last(), Some(&"SUCCEEDED"), "{events:#}");
        let fetches = events["fetches"]["nodes"].as_array().expect("fetches are a list");
        let page = fetches.iter().find(|fetch| fetch["url"] == json!(web.url(LOW_WATER)));
        let page = page.unwrap_or_else(|| panic!("the fetch of the page is recorded: {events:#}"));
        assert_eq!(page["status"], json!(200));
        assert_eq!(page["problem"], Value::Null);
        assert!(page["address"].as_str().is_some_and(|address| address.contains("127.0.0.1")), "{page}");
    }
}

fn the_film_is_told(film: &Value) {
    assert_eq!(film["title"], json!("Low Water"));
    assert_eq!(film["year"], json!(2025));
    assert_eq!(film["releaseDate"], json!("2025-03-14"));
    assert_eq!(film["runtimeMinutes"], json!(107));
    assert_eq!(film["contentRating"], json!("PG-13"));
    assert_eq!(film["genres"], json!(["Drama"]));
    assert_eq!(film["directors"], json!([{ "name": "Maren Holloway" }]));
    assert_eq!(film["writers"], json!([{ "name": "Tomás Arrieta" }]));
    assert_eq!(
        film["credits"],
        json!({ "totalCount": 3, "nodes": [
        { "role": "ACTOR", "character": "Capt. Ruth Penhale", "billing": 1, "person": { "name": "Ines Calloway" } },
        { "role": "ACTOR", "character": "Wick Tamsin", "billing": 2, "person": { "name": "Dov Marchetti" } },
        { "role": "ACTOR", "character": "Inspector Adaeze Hale", "billing": 3, "person": { "name": "Suri Okafor" } },
    ] })
    );
    assert_eq!(film["captions"], json!({ "totalCount": 3 }));
    assert_eq!(
        film["reviews"],
        json!({ "totalCount": 1, "nodes": [{ "headline": "‘Low Water’: Salvage on the Estuary" }] })
    );
    assert_eq!(
        film["reception"],
        json!({
            "reviewCount": 1, "ratedCount": 1, "mean": 60.0, "median": 60.0, "histogram": [0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
        })
    );
}

fn the_review_is_told(review: &Value, web: &FakeWeb) {
    assert_eq!(review["url"], json!(web.url(LOW_WATER)));
    assert_eq!(review["headline"], json!("‘Low Water’: Salvage on the Estuary"));
    assert_eq!(review["dek"], json!("A tug captain hauls up more than wreckage."));
    assert_eq!(review["publishedOn"], json!("2025-03-12"));
    assert!(review["language"].as_str().is_some_and(|language| language.starts_with("en")), "{}", review["language"]);
    assert_eq!(
        review["rating"],
        json!({
            "asPrinted": "3 stars out of 5", "value": 3.0, "best": 5.0, "scale": "STARS_5",
            "score": 60.0, "scoreLow": 50.0, "scoreHigh": 70.0
        })
    );
    assert_eq!(review["outlet"], json!({ "name": "The Estuary Gazette", "host": "127.0.0.1" }));
    let critic = &review["critic"];
    assert_eq!(critic["name"], json!("Nadia Ferris"));
    let website = critic["criticProfile"]["website"].as_str().unwrap_or_default();
    assert_eq!(website.trim_end_matches('/'), "https://ferris-at-the-pictures.example");
    assert_eq!(critic["criticProfile"]["reviewCount"], json!(1));
    assert_eq!(critic["criticProfile"]["meanScore"], json!(60.0));
    assert_eq!(critic["criticProfile"]["outlets"], json!([{ "name": "The Estuary Gazette" }]));
}

fn the_captions_are_told(captions: &Value, web: &FakeWeb) {
    let ines = json!({ "person": { "name": "Ines Calloway" }, "character": "Capt. Penhale", "place": null });
    let dov = json!({ "person": { "name": "Dov Marchetti" }, "character": "Wick Tamsin", "place": "RIGHT" });
    let suri = json!({ "person": { "name": "Suri Okafor" }, "character": "Inspector Adaeze Hale", "place": null });
    let caption = |position: i64, text: &str, depicts: Value| {
        let image = web.url(&format!("/pictures/low-water-{position}.jpg"));
        json!({ "text": text, "credit": "Breakwater Films", "imageUrl": image, "position": position, "depicts": depicts })
    };
    assert_eq!(
        captions,
        &json!({ "totalCount": 3, "nodes": [
        caption(1, "Capt. Penhale (Ines Calloway) watches the tide turn, in “Low Water.”", json!([ines])),
        caption(2, "Wick Tamsin (Dov Marchetti, R) and Capt. Penhale (Ines Calloway) argue over the barge, in “Low Water.”",
            json!([dov, ines])),
        caption(3, "Inspector Adaeze Hale (Suri Okafor) waits for the ebb, in “Low Water.”", json!([suri])),
    ] })
    );
}
