//! Who is one person: in one film, across films, and beside the people who write about them.

use std::fmt::Write;

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use serde_json::{Value, json};
use tests::{FakeWeb, Page, TestApp};

use crate::ingest::ingest;
use crate::killed::OPINIONS;

/// A review's page: who signs it, what film it is of, and its credits, one line each, as HTML.
pub fn review_page(author: &str, title: &str, credits: &[&str]) -> String {
    let number: u64 = author.bytes().chain(title.bytes()).map(u64::from).sum();
    let random = &mut StdRng::seed_from_u64(number);
    let mut opinions: Vec<&str> = OPINIONS.choose_multiple(random, 10).copied().collect();
    opinions.shuffle(random);
    let (first, second) = opinions.split_at(5);
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>‘{title}’ Review | The Weir Post</title>\
         <meta property=\"og:site_name\" content=\"The Weir Post\"></head><body><article><h1>‘{title}’ Review</h1>\
         <p class=\"byline\">By <a rel=\"author\" href=\"/authors/a\">{author}</a></p>\
         <p>“{title}” is a film for scene {number}. {}</p><p>{}</p><p>",
        first.join(" "),
        second.join(" ")
    );
    for credit in credits {
        let (label, names) = credit.split_once(':').expect("a credit has a label");
        write!(page, "<strong>{label}:</strong>{names}<br>").unwrap();
    }
    page + "<strong>Rating:</strong> 3 stars out of 5</p></article></body></html>"
}

/// Everybody, by name: what they did in films, and whether they review.
async fn everybody(app: &TestApp) -> Vec<Value> {
    let people = "{ people(first: 50) { nodes { id name otherNames externalIds { source value url }
        credits(first: 10) { nodes { role film { title } } } criticProfile { reviewCount } } } }";
    let mut people = app.query(people, json!({})).await["people"]["nodes"].take();
    let mut people: Vec<Value> = people.as_array_mut().expect("people are a list").drain(..).collect();
    people.sort_by_key(|person| (person["name"].to_string(), person["credits"].to_string()));
    people
}

tests::both_modes! {
    async fn a_critic_who_bears_an_actors_name_is_somebody_else(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/a", Page::html(review_page("Odile Varga", "Ebb", &["Directed by: Per Holm", "Starring: Ida Bell, Jo Fox"])));
        web.put("/b", Page::html(review_page("Ida Bell", "Ferrywoman", &["Directed by: Ida Bell", "Starring: Odile Varga"])));
        let app = TestApp::start(mode, &web).await;
        for path in ["/a", "/b"] {
            ingest(&app, &web.url(path)).await;
        }
        let people = everybody(&app).await;
        for (name, films) in [("Ida Bell", 2), ("Odile Varga", 1)] {
            let bearers: Vec<&Value> = people.iter().filter(|person| person["name"] == json!(name)).collect();
            assert_eq!(bearers.len(), 2, "{people:#?}");
            let (critics, makers): (Vec<&Value>, Vec<&Value>) =
                bearers.into_iter().partition(|person| !person["criticProfile"].is_null());
            assert_eq!((critics.len(), makers.len()), (1, 1), "{people:#?}");
            assert_eq!(critics[0]["credits"]["nodes"], json!([]), "a critic made no film: {people:#?}");
            assert_eq!(makers[0]["credits"]["nodes"].as_array().map(Vec::len), Some(films), "{people:#?}");
        }
    }

    async fn romanisations_within_one_film_are_one_person_in_all_films(mode: Mode) {
        let web = FakeWeb::start().await;
        let (ebb, weir) = ("Starring: Mun Kyong-su (Captain Oro), Jo Fox (Ann)", "Starring: Gyeong Su Moon (Oro), Jo Fox (Ann)");
        web.put("/a", Page::html(review_page("Una Reed", "Ebb", &["Directed by: Per Holm", ebb])));
        web.put("/b", Page::html(review_page("Gil Sorensen", "Ebb", &["Directed by: Per Holm", weir])));
        web.put("/c", Page::html(review_page("Una Reed", "Weir", &["Directed by: Moon Gyeong-su"])));
        web.put("/d", Page::html(review_page("Una Reed", "Lock", &["Directed by: Mun Kyong-su"])));
        let app = TestApp::start(mode, &web).await;
        for path in ["/c", "/d", "/a", "/b"] {
            ingest(&app, &web.url(path)).await;
        }
        let people = everybody(&app).await;
        let made_films = |person: &&Value| person["credits"]["nodes"].as_array().is_some_and(|credits| !credits.is_empty());
        let names: Vec<&Value> = people.iter().filter(made_films).map(|person| &person["name"]).collect();
        assert_eq!(names.len(), 3, "{people:#?}");
        let star = people.iter().find(|person| person["credits"]["nodes"].as_array().map(Vec::len) == Some(3));
        let star = star.unwrap_or_else(|| panic!("three films are one person's: {people:#?}"));
        let mut names: Vec<String> = star["otherNames"].as_array().expect("a list").iter().chain([&star["name"]])
            .map(|name| name.as_str().expect("a name").to_owned()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Gyeong Su Moon", "Moon Gyeong-su", "Mun Kyong-su"]);
    }

    async fn an_identity_that_pages_link_is_the_persons_and_tells_namesakes_apart(mode: Mode) {
        let web = FakeWeb::start().await;
        let linked = |name: &str, id: &str| format!("Starring: <a href=\"https://www.imdb.com/name/{id}/\">{name}</a>, Jo Fox");
        for (path, title, credit) in [
            ("/a", "Ebb", linked("Tam Ferreby", "nm7700001")),
            ("/b", "Weir", linked("Tam Ferreby", "nm7700002")),
            ("/c", "Lock", linked("Tam Ferreby", "nm7700001")),
            // Another name, and by its identity the same person.
            ("/d", "Sluice", linked("Tamsin Ferreby-Holt", "nm7700002")),
        ] {
            web.put(path, Page::html(review_page("Una Reed", title, &["Directed by: Per Holm", &credit])));
        }
        let app = TestApp::start(mode, &web).await;
        for path in ["/a", "/b", "/c", "/d"] {
            ingest(&app, &web.url(path)).await;
        }
        let people = everybody(&app).await;
        let films_of = |id: &str| {
            let identity = json!([{ "source": "IMDB", "value": id, "url": format!("https://www.imdb.com/name/{id}/") }]);
            let bearers: Vec<&Value> = people.iter().filter(|person| person["externalIds"] == identity).collect();
            assert_eq!(bearers.len(), 1, "{id}: {people:#?}");
            let credits = bearers[0]["credits"]["nodes"].as_array().expect("credits are a list").iter();
            let mut films: Vec<&str> = credits.filter_map(|credit| credit["film"]["title"].as_str()).collect();
            films.sort_unstable();
            films.join(" ")
        };
        assert_eq!(films_of("nm7700001"), "Ebb Lock");
        assert_eq!(films_of("nm7700002"), "Sluice Weir");
        let fact = app.query("{ films(filter: { title: \"Ebb\" }, first: 1) { nodes { facts(fields: [EXTERNAL_ID]) {
            value agreement subject { name } values { claims(first: 5) { nodes { source quote { text } subject { name } } } }
        } } } }", json!({})).await["films"]["nodes"][0]["facts"][0].take();
        assert_eq!((&fact["value"], &fact["subject"]["name"]), (&json!("IMDB:nm7700001"), &json!("Tam Ferreby")), "{fact:#}");
        assert_eq!(fact["values"][0]["claims"]["nodes"], json!([
            { "source": "PROSE", "quote": { "text": "Tam Ferreby" }, "subject": { "name": "Tam Ferreby" } }
        ]));
    }
}
