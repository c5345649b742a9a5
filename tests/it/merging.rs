//! Films that turn out to be one, and to be two after all: ids that were handed out lead to the right film all along.

use serde_json::{Value, json};
use tests::{FakeWeb, Page, TestApp};

use crate::ingest::{SOON, ingest};
use crate::people::review_page;

/// A review that links its film at these databases.
fn page(author: &str, title: &str, links: &[&str]) -> Page {
    let database = |link: &&str| if link.contains("imdb") { "IMDb" } else { "TMDB" };
    let links = links.iter().map(|link| format!("<a href=\"https://www.{link}\">{}</a>", database(link)));
    let links = format!("More: {}", links.collect::<Vec<_>>().join(" and "));
    Page::html(review_page(author, title, &["Directed by: Per Holm", &links]))
}

const IMDB: &str = "imdb.com/title/tt7700001/";
const TMDB: &str = "themoviedb.org/movie/770002";

/// The film under an id, by both ways to ask for it: its id now, what it was called by before, and its reviews.
async fn film(app: &TestApp, id: &str) -> Value {
    let film = "query($id: ID!) { film(id: $id) { id formerIds title reviews(first: 10) { totalCount } }
        node(id: $id) { __typename id ... on Film { formerIds title reviews(first: 10) { totalCount } } } }";
    let mut answer = app.query(film, json!({ "id": id })).await;
    let (film, mut node) = (answer["film"].take(), answer["node"].take());
    assert_eq!(node["__typename"], json!("Film"), "{id} leads to a film");
    node.as_object_mut().expect("a film").remove("__typename");
    assert_eq!(film, node, "both ways lead to one film");
    film
}

async fn film_of(app: &TestApp, review: &str) -> String {
    let film = app.query("query($id: ID!) { review(id: $id) { film { id } } }", json!({ "id": review })).await;
    film["review"]["film"]["id"].as_str().expect("a review has a film").to_owned()
}

async fn change(app: &TestApp, web: &FakeWeb, path: &str, page: Page) {
    web.put(path, page);
    let submission = app.refetch(&web.url(path)).await;
    let finished = app.wait_for_outcome(&submission.id, SOON).await;
    assert_eq!(finished["outcome"], json!("UPDATED"), "{finished:#}");
}

tests::both_modes! {
    async fn a_merged_id_leads_to_its_film_and_is_taken_back_by_the_part_that_had_it(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/ebb/1", page("Una Reed", "Ebb", &[IMDB]));
        web.put("/ebb/2", page("Gil Sorensen", "Ebb", &[]));
        web.put("/weir/1", page("Una Reed", "Weir", &[TMDB]));
        web.put("/weir/2", page("Odile Varga", "Weir", &[]));
        web.put("/weir/3", page("Ida Bell", "Weir", &[]));
        let app = TestApp::start(mode, &web).await;
        let ebb = film_of(&app, &ingest(&app, &web.url("/ebb/1")).await).await;
        ingest(&app, &web.url("/ebb/2")).await;
        let weir = film_of(&app, &ingest(&app, &web.url("/weir/1")).await).await;
        for path in ["/weir/2", "/weir/3"] {
            ingest(&app, &web.url(path)).await;
        }
        assert_ne!(ebb, weir);
        let (apart_ebb, apart_weir) = (film(&app, &ebb).await, film(&app, &weir).await);
        assert_eq!((&apart_ebb["id"], &apart_ebb["formerIds"]), (&json!(ebb), &json!([])));

        // A page that knows both identities joins them: the older id stays, though the younger has more reviews.
        change(&app, &web, "/ebb/2", page("Gil Sorensen", "Ebb", &[IMDB, TMDB])).await;
        let joined = film(&app, &ebb).await;
        assert_eq!(joined, json!({
            "id": ebb, "formerIds": [weir], "title": "Weir", "reviews": { "totalCount": 5 }
        }));
        assert_eq!(film(&app, &weir).await, joined, "the merged id leads there");
        let films = app.query("{ films(first: 5) { totalCount } }", json!({})).await;
        assert_eq!(films["films"]["totalCount"], json!(1));

        // The page takes it back, and everything is as it was.
        change(&app, &web, "/ebb/2", page("Gil Sorensen", "Ebb", &[])).await;
        assert_eq!((film(&app, &ebb).await, film(&app, &weir).await), (apart_ebb, apart_weir));
    }

    async fn a_film_keeps_its_id_while_its_reviews_come_and_go(mode: Mode) {
        let web = FakeWeb::start().await;
        web.put("/1", page("Una Reed", "Ebb", &[]));
        web.put("/2", page("Odile Varga", "Ebb", &[]));
        let app = TestApp::start(mode, &web).await;
        let ebb = film_of(&app, &ingest(&app, &web.url("/1")).await).await;
        let second = ingest(&app, &web.url("/2")).await;
        assert_eq!(film_of(&app, &second).await, ebb);
        // The first review, which the film began with, goes to another film, and comes back.
        change(&app, &web, "/1", page("Una Reed", "Weir", &[])).await;
        assert_eq!(film(&app, &ebb).await["reviews"]["totalCount"], json!(1));
        assert_eq!(film_of(&app, &second).await, ebb);
        change(&app, &web, "/1", page("Una Reed", "Ebb", &[])).await;
        assert_eq!(film(&app, &ebb).await["reviews"]["totalCount"], json!(2));
        assert_eq!(film_of(&app, &second).await, ebb);
    }
}
