//! Facts: what the graph believes, how many reviews agree, and the very words of everything that was said.

use serde_json::{Value, json};
use tests::{FakeWeb, Page, TestApp};

use crate::ingest::{LOW_WATER, SECOND_OPINION, ingest, web_with_reviews};
use crate::people::review_page;

/// A page whose own prose calls its lead by another character's name once.
const WITH_A_SLIP: &str = include_str!("../../extract/tests/fixtures/news_article_with_credit_box/page.html");

const FACTS: &str = "query($fields: [FactField!]) { films(first: 1) { nodes { facts(fields: $fields) {
    field value agreement subject { name }
    values { value chosen reviewCount claims(first: 10) { totalCount nodes {
        source value subject { name } quote { text prefix suffix } review { headline }
    } } }
} } } }";

async fn facts(app: &TestApp, fields: Value) -> Vec<Value> {
    let mut answer = app.query(FACTS, json!({ "fields": fields })).await;
    let facts = answer["films"]["nodes"][0]["facts"].take();
    facts.as_array().expect("facts are a list").clone()
}

tests::both_modes! {
    async fn a_pages_own_slip_is_an_alternative_with_its_words_and_does_not_win(mode: Mode) {
        let web = FakeWeb::start().await;
        let address = "/arts/ferry-leaving-the-island-1001";
        web.put(address, Page::html(WITH_A_SLIP));
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(address)).await;
        let facts = facts(&app, json!(["CHARACTER"])).await;
        let lead = facts.iter().find(|fact| fact["subject"]["name"] == json!("Seo Dae-jin")).expect("the lead");
        assert_eq!(lead["value"], json!("Capt. Moon Ha-joon"));
        assert_eq!(lead["agreement"], json!(1.0), "the page as a whole is at one with itself");
        let values = lead["values"].as_array().expect("a list");
        assert_eq!(values[0]["chosen"], json!(true), "{values:#?}");
        assert_eq!(values[0]["value"], lead["value"]);
        let slip = values.iter().find(|value| value["value"] == json!("Capt. Yoon")).expect("the slip is shown");
        assert_eq!((&slip["chosen"], &slip["reviewCount"]), (&json!(false), &json!(1)));
        let claim = &slip["claims"]["nodes"][0];
        assert_eq!(claim["quote"]["text"], json!("Capt. Yoon"));
        assert!(claim["quote"]["prefix"].as_str().expect("words").ends_with("suitably weary as "), "{claim:#}");
        assert_eq!(claim["subject"]["name"], json!("Seo Dae-jin"));
    }

    async fn every_fact_has_a_served_value_and_claims_for_each_of_its_values(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        let facts = facts(&app, Value::Null).await;
        for field in ["TITLE", "YEAR", "RUNTIME", "DIRECTOR", "CAST", "CHARACTER", "DEPICTION"] {
            assert!(facts.iter().any(|fact| fact["field"] == json!(field)), "{field}: {facts:#?}");
        }
        for fact in &facts {
            let agreement = fact["agreement"].as_f64().expect("a share");
            assert!((0.0..=1.0).contains(&agreement), "{fact:#}");
            let values = fact["values"].as_array().expect("a list");
            assert_eq!(values.iter().filter(|value| value["chosen"] == json!(true)).count(), 1, "{fact:#}");
            for value in values {
                assert!(value["claims"]["totalCount"].as_i64() >= value["reviewCount"].as_i64(), "{fact:#}");
                assert!(value["reviewCount"].as_i64() >= Some(1), "{fact:#}");
            }
        }
        let title = facts.iter().find(|fact| fact["field"] == json!("TITLE")).expect("a title");
        assert_eq!((&title["value"], &title["agreement"]), (&json!("Low Water"), &json!(1.0)));
        assert_eq!(title["values"][0]["reviewCount"], json!(2));
    }

    async fn every_field_of_a_film_is_a_fact_with_its_words(mode: Mode) {
        let web = FakeWeb::start().await;
        let page = review_page("Una Reed", "Ebb", &[
            "Original title: Vattenbrand", "Directed by: Per Holm", "Written by: Ada Lund", "Produced by: Bo Marsh",
            "Cinematography: Eva Strand", "Edited by: Tom Hale", "Music by: Ida Bell", "Starring: Jo Fox (Ann)",
            "Genre: Drama", "Running time: 97 minutes", "Rated: PG-13", "Release date: March 14, 2025", "Year: 2025",
            "More: <a href=\"https://www.imdb.com/title/tt7700001/\">IMDb</a>",
        ]);
        let figure = "<figure><img src=\"/a.jpg\"><figcaption>Jo Fox in “Ebb.”</figcaption></figure></article>";
        web.put("/ebb", Page::html(page.replace("</article>", figure)));
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url("/ebb")).await;
        let fields = app.query("{ __type(name: \"FactField\") { enumValues { name } } }", json!({})).await;
        let all = facts(&app, Value::Null).await;
        for field in fields["__type"]["enumValues"].as_array().expect("an enum has values") {
            let field = &field["name"];
            let own = facts(&app, json!([field])).await;
            assert!(!own.is_empty() && own.iter().all(|fact| fact["field"] == *field), "{field}: {all:#?}");
            for fact in own {
                assert_eq!(fact["agreement"], json!(1.0), "{fact:#}");
                let claim = &fact["values"][0]["claims"]["nodes"][0];
                assert!(claim["quote"]["text"].as_str().is_some_and(|words| !words.is_empty()), "{fact:#}");
            }
        }
    }

    async fn a_credit_names_the_claims_that_it_rests_on(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        let film = app.query("{ films(first: 1) { nodes { credits(first: 20) { nodes { role person { name }
            claims(first: 20) { totalCount nodes { field value subject { name } } } } } } } }", json!({})).await;
        let credits = film["films"]["nodes"][0]["credits"]["nodes"].as_array().expect("a list").clone();
        assert!(!credits.is_empty());
        for credit in credits {
            let claims = credit["claims"]["nodes"].as_array().expect("a list");
            assert!(!claims.is_empty(), "{credit:#}");
            for claim in claims {
                let of_role = match credit["role"].as_str() {
                    Some("ACTOR") => claim["field"] == json!("CAST") || claim["subject"] == credit["person"],
                    _ => claim["field"] == credit["role"],
                };
                assert!(of_role, "{credit:#}");
            }
        }
    }
}
