//! The whole graph is printed: the same whatever came first, and in words that others understand.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};
use tests::TestApp;
use tests::command_line::{Finished, marquee};

use crate::command_line::holds;
use crate::ingest::{LOW_WATER, SECOND_OPINION, ingest, web_with_reviews};

/// An export of a few pages; the bound only ends a test that hangs.
const AT_ONCE: Duration = Duration::from_secs(20);

/// Exports what the app holds, from beside it.
async fn export(app: &TestApp, format: &str) -> Finished {
    let connections = app.connections().iter().map(String::as_str);
    let arguments: Vec<&str> = ["export", "--format", format].into_iter().chain(connections).collect();
    let finished = marquee(&arguments, AT_ONCE).await;
    assert!(finished.status.success(), "{finished:#?}");
    finished
}

fn lines(finished: &Finished) -> Vec<Value> {
    finished.stdout.lines().map(|line| serde_json::from_str(line).expect("NDJSON")).collect()
}

fn of_type<'a>(nodes: &'a [Value], name: &str, kind: &str) -> Vec<&'a Value> {
    nodes.iter().filter(|node| node[name] == json!(kind)).collect()
}

tests::both_modes! {
    async fn export_is_the_same_whatever_came_first(mode: Mode) {
        let web = web_with_reviews().await;
        let mut exports = Vec::new();
        for order in [[LOW_WATER, SECOND_OPINION], [SECOND_OPINION, LOW_WATER]] {
            let app = TestApp::start(mode, &web).await;
            for path in order {
                ingest(&app, &web.url(path)).await;
            }
            let finished = export(&app, "ndjson").await;
            let lines = lines(&finished);
            assert!(lines.iter().any(|line| holds(line, &json!("Low Water"))), "{finished:#?}");
            assert!(lines.iter().any(|line| holds(line, &json!("Gil Sorensen"))), "{finished:#?}");
            exports.push((finished.stdout, export(&app, "jsonld").await.stdout));
        }
        assert_eq!(exports[0], exports[1]);
    }

    async fn a_film_is_followed_by_its_reviews_and_every_reference_leads_to_a_line(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        for path in [LOW_WATER, SECOND_OPINION] {
            ingest(&app, &web.url(path)).await;
        }
        let lines = lines(&export(&app, "ndjson").await);
        let kinds: Vec<&str> = lines.iter().filter_map(|line| line["type"].as_str()).collect();
        assert_eq!(kinds[..3], ["Film", "Review", "Review"], "{lines:#?}");
        assert_eq!(kinds.last(), Some(&"Outlet"), "{lines:#?}");
        let film = &lines[0];
        assert_eq!(film["reception"]["mean"], json!(70.0));
        let urls: Vec<&Value> = lines[1..3].iter().map(|review| &review["url"]).collect();
        assert_eq!(urls, [&json!(web.url(LOW_WATER)), &json!(web.url(SECOND_OPINION))], "by address");
        assert!(lines[1..3].iter().all(|review| review["film"] == film["ref"]), "{lines:#?}");
        let people = of_type(&lines, "type", "Person");
        let references: BTreeSet<&str> = people.iter().filter_map(|person| person["ref"].as_str()).collect();
        assert_eq!(references.len(), people.len(), "each person has a reference of their own: {people:#?}");
        let credits = film["credits"].as_array().expect("credits are a list");
        let depicted = lines[1]["captions"].as_array().expect("captions are a list").iter().flat_map(|caption| {
            caption["depicts"].as_array().expect("people are a list")
        });
        let critics = lines[1..3].iter().map(|review| &review["critic"]);
        let mut named = 0;
        for reference in credits.iter().chain(depicted).chain(critics).map(|said| said["person"].as_str()) {
            assert!(reference.is_some_and(|reference| references.contains(reference)), "{reference:?} in {lines:#?}");
            named += 1;
        }
        assert!(named > 8, "{lines:#?}");
        let critic = people.iter().find(|person| person["name"] == json!("Nadia Ferris")).expect("a critic is a person");
        assert_eq!((&critic["critic"]["reviewCount"], &critic["critic"]["meanScore"]), (&json!(1), &json!(60.0)));
    }

    async fn json_ld_says_the_graph_in_the_words_of_schema_org(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        for path in [LOW_WATER, SECOND_OPINION] {
            ingest(&app, &web.url(path)).await;
        }
        let document = export(&app, "jsonld").await.json();
        assert_eq!(document["@context"], json!("https://schema.org"));
        let nodes = document["@graph"].as_array().expect("the graph is a list").clone();
        let by_id: BTreeMap<&str, &Value> = nodes.iter().filter_map(|node| Some((node["@id"].as_str()?, node))).collect();
        assert_eq!(by_id.len(), nodes.len(), "every node has an id of its own: {document:#}");
        let movie = of_type(&nodes, "@type", "Movie")[0];
        assert_eq!((&movie["name"], &movie["duration"]), (&json!("Low Water"), &json!("PT107M")));
        assert_eq!(movie["aggregateRating"], json!({
            "@type": "AggregateRating", "ratingValue": 70.0, "bestRating": 100, "worstRating": 0,
            "ratingCount": 2, "reviewCount": 2,
        }));
        let director = movie["director"][0]["@id"].as_str().expect("a director is linked");
        assert_eq!(by_id[director]["name"], json!("Maren Holloway"));
        assert!(holds(&movie["actor"], &json!("Capt. Ruth Penhale")), "{movie:#}");
        let review = by_id[web.url(LOW_WATER).as_str()];
        assert_eq!(review["@type"], json!("Review"));
        assert_eq!(review["itemReviewed"]["@id"], movie["@id"]);
        assert_eq!(review["reviewRating"]["ratingValue"], json!(3.0));
        assert_eq!(review["reviewRating"]["bestRating"], json!(5.0));
        let publisher = review["publisher"]["@id"].as_str().expect("a publisher is linked");
        assert_eq!(by_id[publisher]["@type"], json!("Organization"));
        let images = review["image"].as_array().expect("captions are pictures");
        assert_eq!(images.len(), 3);
        for image in images {
            assert_eq!(image["@type"], json!("ImageObject"));
            assert!(image["caption"].is_string() && image["@id"].is_string(), "{image:#}");
        }
        let shown = images.iter().filter_map(|image| image["about"][0]["@id"].as_str());
        assert!(shown.into_iter().any(|person| by_id[person]["name"] == json!("Ines Calloway")), "{images:#?}");
        every_link_leads_somewhere(&document, &by_id);
    }

    async fn an_empty_graph_is_exported_as_one(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        assert_eq!(export(&app, "ndjson").await.stdout, "");
        assert_eq!(export(&app, "jsonld").await.json(), json!({ "@context": "https://schema.org", "@graph": [] }));
    }
}

/// An object that is nothing but an id names a node of the document.
fn every_link_leads_somewhere(document: &Value, by_id: &BTreeMap<&str, &Value>) {
    match document {
        Value::Array(items) => items.iter().for_each(|item| every_link_leads_somewhere(item, by_id)),
        Value::Object(fields) => {
            if let (1, Some(id)) = (fields.len(), fields.get("@id").and_then(Value::as_str)) {
                assert!(by_id.contains_key(id), "{id} is linked and is not there");
            }
            fields.values().for_each(|field| every_link_leads_somewhere(field, by_id));
        }
        _ => {}
    }
}
