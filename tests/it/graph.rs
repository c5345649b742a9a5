//! The graph is walked: both ways round, by id, and page by page.

use serde_json::{Value, json};
use tests::TestApp;

use crate::ingest::{LOW_WATER, SECOND_OPINION, ingest, web_with_reviews};

tests::both_modes! {
    async fn every_relation_leads_back(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        let film = app.query("{ films(first: 1) { nodes {
            directors { name credits(first: 5) { nodes { role film { title directors { name } } } } }
            credits(roles: [ACTOR], first: 1) { nodes { person {
                credits(first: 5) { nodes { role character film { title } } }
                captions(first: 5) { totalCount nodes { film { title } review { headline } depicts { person { name } } } }
                criticProfile { reviewCount }
            } } }
            reviews(first: 1) { nodes {
                critic { reviews(first: 5) { totalCount nodes { film { title } } } credits(first: 5) { totalCount } }
                outlet { reviews(first: 5) { totalCount nodes { film { title } critic { name } } } }
                captions(first: 1) { nodes { review { film { title } } } }
                submission { review { headline } }
            } }
        } } }", json!({})).await["films"]["nodes"][0].take();
        let headline = "‘Low Water’: Salvage on the Estuary";
        assert_eq!(film["directors"], json!([{ "name": "Maren Holloway", "credits": { "nodes": [
            { "role": "DIRECTOR", "film": { "title": "Low Water", "directors": [{ "name": "Maren Holloway" }] } }
        ] } }]));
        let star = &film["credits"]["nodes"][0]["person"];
        assert_eq!(star["credits"]["nodes"], json!([
            { "role": "ACTOR", "character": "Capt. Ruth Penhale", "film": { "title": "Low Water" } }
        ]));
        assert_eq!(star["captions"]["totalCount"], json!(2));
        assert_eq!(star["captions"]["nodes"][0], json!({
            "film": { "title": "Low Water" }, "review": { "headline": headline },
            "depicts": [{ "person": { "name": "Ines Calloway" } }]
        }));
        assert_eq!(star["criticProfile"], Value::Null, "an actor is no critic");
        let review = &film["reviews"]["nodes"][0];
        assert_eq!(review["critic"], json!({
            "reviews": { "totalCount": 1, "nodes": [{ "film": { "title": "Low Water" } }] }, "credits": { "totalCount": 0 }
        }));
        assert_eq!(review["outlet"]["reviews"], json!({ "totalCount": 1, "nodes": [
            { "film": { "title": "Low Water" }, "critic": { "name": "Nadia Ferris" } }
        ] }));
        assert_eq!(review["captions"]["nodes"][0]["review"]["film"]["title"], json!("Low Water"));
        assert_eq!(review["submission"]["review"]["headline"], json!(headline));
    }

    async fn nobody_comes_in_from_beside_the_review(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        let people = app.query("{ people(first: 50) { totalCount nodes { name } } }", json!({})).await["people"].take();
        let people = people["nodes"].as_array().expect("nodes are a list").iter();
        let mut names: Vec<&str> = people.filter_map(|person| person["name"].as_str()).collect();
        names.sort_unstable();
        // No one from the related stories, the comments, or the photo agency; no bare surname.
        let expected = [
            "Dov Marchetti", "Ines Calloway", "Maren Holloway", "Nadia Ferris", "Suri Okafor", "Tomás Arrieta",
        ];
        assert_eq!(names, expected);
        let films = app.query("{ films(first: 5) { nodes { title } } }", json!({})).await;
        assert_eq!(films["films"]["nodes"], json!([{ "title": "Low Water" }]));
    }

    async fn everything_with_an_id_is_found_again_by_it(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let review = ingest(&app, &web.url(LOW_WATER)).await;
        let found = app.query("query($id: ID!) { review(id: $id) {
            id film { id credits(first: 1) { nodes { id person { id } } } } critic { id } outlet { id }
            captions(first: 1) { nodes { id } } claims(first: 1) { nodes { id } }
            submission { id fetches(first: 1) { nodes { id } } }
        } }", json!({ "id": review })).await["review"].take();
        let expected = [
            ("Review", &found["id"]), ("Film", &found["film"]["id"]), ("Person", &found["critic"]["id"]),
            ("Credit", &found["film"]["credits"]["nodes"][0]["id"]), ("Outlet", &found["outlet"]["id"]),
            ("Person", &found["film"]["credits"]["nodes"][0]["person"]["id"]),
            ("Caption", &found["captions"]["nodes"][0]["id"]), ("Claim", &found["claims"]["nodes"][0]["id"]),
            ("Submission", &found["submission"]["id"]), ("Fetch", &found["submission"]["fetches"]["nodes"][0]["id"]),
        ];
        for (kind, id) in expected {
            let node = app.query("query($id: ID!) { node(id: $id) { __typename id } }", json!({ "id": id })).await["node"].take();
            assert_eq!(node, json!({ "__typename": kind, "id": id }));
        }
        let ids: Vec<&Value> = expected.iter().map(|(_, id)| *id).collect();
        let nodes = app.query("query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", json!({ "ids": ids })).await;
        let kinds: Vec<Value> = expected.iter().map(|(kind, _)| json!({ "__typename": kind })).collect();
        assert_eq!(nodes["nodes"], json!(kinds), "in the order asked for");
        let by_url = app.query("query($url: URL!) { review(url: $url) { id } }", json!({ "url": web.url(LOW_WATER) })).await;
        assert_eq!(by_url["review"]["id"], found["id"]);
    }

    async fn an_id_resolves_to_its_own_type_only(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        let film = app.query("{ films(first: 1) { nodes { id } } }", json!({})).await["films"]["nodes"][0]["id"].take();
        for (document, found) in [
            ("query($id: ID!) { film(id: $id) { id } }", true), ("query($id: ID!) { person(id: $id) { id } }", false),
            ("query($id: ID!) { submission(id: $id) { id } }", false),
        ] {
            // Whether nothing or an error that says why is answered beside it is the server's to choose.
            let answer = app.post(document, json!({ "id": film })).await;
            assert_eq!(answer.json.to_string().contains(&film.to_string()) && answer.json["errors"].is_null(), found, "{answer:?}");
        }
        for id in ["nonsense", "", "Rmlsb:1", "💥"] {
            let answer = app.post("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
            assert_eq!(answer.json["data"]["node"], Value::Null, "{answer:?}");
            assert_eq!(answer.status, 200, "{answer:?}");
        }
    }

    async fn a_list_is_paged_from_either_end(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        ingest(&app, &web.url(LOW_WATER)).await;
        ingest(&app, &web.url(SECOND_OPINION)).await;
        let all = credits(&app, json!({ "first": 50 })).await;
        let names = names_of(&all);
        // A director, a writer and three actors.
        assert_eq!(names.len(), 5, "{all:#}");
        assert_eq!(all["totalCount"], json!(5));
        assert_eq!(all["pageInfo"]["hasNextPage"], json!(false));
        assert_eq!(all["pageInfo"]["hasPreviousPage"], json!(false));
        assert_eq!(walk(&app, "first", "after", "hasNextPage", "endCursor").await.concat(), names);
        // From the end the pages come last to first, each in the list's own order.
        let mut from_the_end = walk(&app, "last", "before", "hasPreviousPage", "startCursor").await;
        from_the_end.reverse();
        assert_eq!(from_the_end.concat(), names);
        let last = credits(&app, json!({ "last": 2 })).await;
        assert_eq!(names_of(&last), names.split_at(3).1, "a page from the end is in the list's own order");
        assert_eq!(last["pageInfo"]["hasPreviousPage"], json!(true));
        assert_eq!(last["edges"][1]["cursor"], last["pageInfo"]["endCursor"]);
    }

    async fn a_nonsense_page_is_refused_with_a_reason(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        for arguments in ["first: -1", "last: -1", "first: 1, after: \"nonsense\""] {
            let answer = app.post(&format!("{{ films({arguments}) {{ totalCount }} }}"), json!({})).await;
            let message = answer.json["errors"][0]["message"].as_str();
            assert!(message.is_some_and(|message| !message.is_empty()), "{arguments} was answered {answer:?}");
        }
    }
}

const CREDITS: &str = "query($first: Int, $after: String, $last: Int, $before: String) { films(first: 1) { nodes {
    credits(first: $first, after: $after, last: $last, before: $before) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        edges { cursor node { role person { name } } } nodes { id }
    }
} } }";

async fn credits(app: &TestApp, page: Value) -> Value {
    let credits = app.query(CREDITS, page).await["films"]["nodes"][0]["credits"].take();
    let edges = credits["edges"].as_array().map(Vec::len);
    assert_eq!(edges, credits["nodes"].as_array().map(Vec::len), "nodes are the edges' nodes: {credits:#}");
    credits
}

/// Role and name of each edge: one person can have two roles.
fn names_of(credits: &Value) -> Vec<String> {
    let edges = credits["edges"].as_array().expect("edges are a list");
    edges.iter().map(|edge| format!("{} {}", edge["node"]["role"], edge["node"]["person"]["name"])).collect()
}

/// Reads the whole list two at a time in one direction; gives the pages in the order seen.
async fn walk(app: &TestApp, count: &str, from: &str, more: &str, cursor: &str) -> Vec<Vec<String>> {
    let (mut pages, mut position) = (Vec::new(), Value::Null);
    loop {
        let page = credits(app, json!({ (count): 2, (from): position })).await;
        pages.push(names_of(&page));
        assert!(pages.len() <= 3, "paging five credits by two does not end: {pages:?}");
        if page["pageInfo"][more] == json!(false) {
            return pages;
        }
        position = page["pageInfo"][cursor].clone();
    }
}
