//! The schema as a subgraph of Apollo Federation v2: it composes with others, and its entities are found by their keys.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::app::serve;
use tests::command_line::marquee;
use tests::settings::repository;
use tests::{TestApp, node};

use crate::ingest::{LOW_WATER, ingest, web_with_reviews};

const SOON: Duration = Duration::from_secs(30);

const ENTITIES: &str = "query($representations: [_Any!]!) { _entities(representations: $representations) {
    __typename ... on Film { title } ... on Person { name } ... on Review { headline } ... on Outlet { host } } }";

async fn subgraph_sdl() -> String {
    let finished = marquee(&["schema", "--federation"], SOON).await;
    assert!(finished.status.success(), "{finished:#?}");
    finished.stdout
}

#[tokio::test]
async fn the_subgraph_composes_with_another_that_knows_its_films() {
    let folder = TempDir::new().expect("there is room for temporary files");
    let ours = folder.path().join("marquee.graphql");
    fs::write(&ours, subgraph_sdl().await).expect("the folder can be written");
    let ours = format!("marquee={}", ours.display());
    let archive = format!("archive={}", repository().join("tests/clients/archive.graphql").display());
    let composed = node::run("compose", &[&ours, &archive], SOON).await;
    let errors: Vec<&Value> = composed.iter().filter(|line| line.get("error").is_some()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let keys = |name: &str| {
        let entity = composed.iter().find(|line| line["entity"] == json!(name));
        entity.unwrap_or_else(|| panic!("{name} is no entity: {composed:#?}"))["keys"].clone()
    };
    assert_eq!(keys("Film"), json!([{ "graph": "ARCHIVE", "key": "id" }, { "graph": "MARQUEE", "key": "id" }]));
    for name in ["Review", "Outlet"] {
        assert_eq!(keys(name), json!([{ "graph": "MARQUEE", "key": "id" }]));
    }
    assert!(keys("Person").as_array().is_some_and(|keys| keys.contains(&json!({ "graph": "MARQUEE", "key": "id" }))));
}

#[tokio::test]
async fn a_schema_that_does_not_fit_is_told_by_the_composition() {
    let folder = TempDir::new().expect("there is room for temporary files");
    let (ours, other) = (folder.path().join("marquee.graphql"), folder.path().join("other.graphql"));
    fs::write(&ours, subgraph_sdl().await).expect("the folder can be written");
    fs::write(&other, "type Query { films: [String!]! }").expect("the folder can be written");
    let services = [format!("marquee={}", ours.display()), format!("other={}", other.display())];
    let composed = node::run("compose", &[&services[0], &services[1]], SOON).await;
    assert!(composed.iter().any(|line| line.get("error").is_some()), "{composed:#?}");
}

tests::both_modes! {
    async fn entities_are_found_by_their_keys(mode: Mode) {
        let web = web_with_reviews().await;
        let app = TestApp::start(mode, &web).await;
        let review = ingest(&app, &web.url(LOW_WATER)).await;
        let ids = app.query("query($id: ID!) { review(id: $id) { film { id title } critic { id name } outlet { id host } headline } }",
            json!({ "id": review })).await["review"].take();
        let folder = TempDir::new().expect("there is room for temporary files");
        let arguments = [app.connections(), &["--federation".to_owned()]].concat();
        let (_server, subgraph) = serve("subgraph", &arguments, folder.path()).await;
        let of = |name: &str, id: &Value| json!({ "__typename": name, "id": id });
        let representations = json!([
            of("Film", &ids["film"]["id"]), of("Person", &ids["critic"]["id"]), of("Review", &json!(review)),
            of("Outlet", &ids["outlet"]["id"]), of("Film", &json!("Rjk5OTk5OQ")), of("Film", &ids["film"]["id"]),
        ]);
        let found = subgraph.query(ENTITIES, json!({ "representations": representations })).await;
        let film = json!({ "__typename": "Film", "title": ids["film"]["title"] });
        assert_eq!(found["_entities"], json!([
            film, { "__typename": "Person", "name": ids["critic"]["name"] },
            { "__typename": "Review", "headline": ids["headline"] }, { "__typename": "Outlet", "host": ids["outlet"]["host"] },
            null, film,
        ]));
        let wrong = json!([of("Film", &json!(review)), of("Submission", &json!("UzE")), of("Film", &ids["film"]["id"]), 7]);
        let answer = subgraph.post(ENTITIES, json!({ "representations": wrong })).await.json;
        assert_eq!(answer["data"]["_entities"], json!([null, null, film, null]), "the others are found: {answer:#}");
        let errors = answer["errors"].as_array().expect("errors are a list");
        assert_eq!(errors.len(), 3, "{answer:#}");
        assert!(errors.iter().all(|error| error["extensions"]["code"] == json!("BAD_USER_INPUT")), "{answer:#}");
        let told = subgraph.query("{ _service { sdl } }", json!({})).await["_service"]["sdl"].take();
        assert_eq!(told.as_str().map(str::trim), Some(subgraph_sdl().await.trim()));
        // The usual schema has none of it.
        let usual = app.post("{ _service { sdl } }", json!({})).await;
        assert_eq!(usual.json["errors"][0]["extensions"]["code"], json!("GRAPHQL_VALIDATION_FAILED"), "{usual:?}");
    }
}
