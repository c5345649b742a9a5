//! The schema as clients see it: its text, its descriptions, its answers, its errors and what it asks of the database.

use std::collections::BTreeSet;

use async_graphql::{Request, Response, Variables};
use serde_json::{Value, json};

use super::id::Kind;
use super::{Schema, SchemaSettings, schema, schema_with, sdl};
use crate::read::seed::{film_graph, on_each_database, run};

/// The served SDL, checked in for clients; set `UPDATE_SCHEMA=1` to write it anew.
const CHECKED_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");

async fn answer(schema: &Schema, query: &str) -> Value {
    let response = schema.execute(query).await;
    assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
    response.data.into_json().expect("JSON")
}

/// What stands under a name in the innermost nodes of an answer.
fn all<'a>(answer: &'a Value, name: &str) -> Vec<&'a Value> {
    let members: Box<dyn Iterator<Item = &Value>> = match answer {
        Value::Object(object) => match object.get(name) {
            Some(found) => return vec![found],
            None => Box::new(object.values()),
        },
        Value::Array(list) => Box::new(list.iter()),
        _ => return Vec::new(),
    };
    members.flat_map(|member| all(member, name)).collect()
}

async fn first_error(schema: &Schema, query: &str) -> (String, String) {
    let mut errors = schema.execute(query).await.errors;
    assert!(!errors.is_empty(), "{query} was answered");
    let error = errors.remove(0);
    let code = super::error::code(&error).expect("every error has a code").to_owned();
    (code, error.message)
}

#[test]
fn the_checked_in_schema_is_the_served_one() {
    #[expect(clippy::disallowed_methods, reason = "a test has no command line to take it from")]
    if std::env::var("UPDATE_SCHEMA").is_ok() {
        std::fs::write(CHECKED_IN, sdl()).expect("written");
    }
    let checked_in = std::fs::read_to_string(CHECKED_IN).expect("api/schema.graphql");
    assert!(checked_in == sdl(), "api/schema.graphql is not what is served; run this test with UPDATE_SCHEMA=1");
}

#[tokio::test]
async fn everything_in_the_schema_has_a_description() {
    on_each_database(|services| async move {
        let query = "{ __schema { types { name description fields { name description args { name description } } \
                     inputFields { name description } enumValues { name description } } } }";
        let data = answer(&schema(services), query).await;
        let mut missing = BTreeSet::new();
        for ty in data["__schema"]["types"].as_array().expect("types") {
            let name = ty["name"].as_str().expect("a name");
            // What GraphQL itself defines is described by its specification.
            if name.starts_with("__") || name == "ID" {
                continue;
            }
            let mut check = |path: String, of: &Value| {
                if of["description"].as_str().unwrap_or_default().is_empty() {
                    missing.insert(path);
                }
            };
            check(name.to_owned(), ty);
            for list in ["fields", "inputFields", "enumValues"] {
                for member in ty[list].as_array().into_iter().flatten() {
                    check(format!("{name}.{}", member["name"]), member);
                    for argument in member["args"].as_array().into_iter().flatten() {
                        check(format!("{name}.{}({})", member["name"], argument["name"]), argument);
                    }
                }
            }
        }
        assert!(missing.is_empty(), "no description: {missing:?}");
    })
    .await;
}

#[tokio::test]
async fn a_film_is_answered_with_all_that_hangs_on_it() {
    on_each_database(|services| async move {
        film_graph(&services, 3).await;
        let film = Kind::Film.id(1).0;
        let query = format!(
            "{{ film(id: {film:?}) {{ id title year releaseDate runtimeMinutes contentRating genres formerIds \
             directors {{ name }} writers {{ name }} externalIds {{ source value url }} \
             reception {{ reviewCount ratedCount mean median spread histogram }} \
             credits(roles: [ACTOR], first: 2) {{ totalCount nodes {{ role character billing person {{ name }} }} }} \
             captions(first: 1) {{ totalCount nodes {{ text credit position depicts {{ character place person {{ name }} }} }} }} \
             reviews(orderBy: {{ field: SCORE, direction: DESC }}, first: 1) {{ nodes {{ url headline publishedOn language \
             critic {{ name criticProfile {{ bio website reviewCount meanScore generosity outlets {{ name host }} }} }} \
             outlet {{ name }} rating {{ asPrinted value best scale score }} excerpt(maxLength: 50) wordCount \
             submission {{ state outcome }} \
             claims {{ nodes {{ field value source subject {{ name }} quote {{ text prefix start end }} }} }} }} }} }} }}"
        );
        let data = answer(&schema(services), &query).await;
        let review = json!({
                "url": "https://harbour.example/13", "headline": "Review 13", "publishedOn": "2024-01-03", "language": "en",
                "critic": { "name": "Critic Verity 001", "criticProfile": { "bio": "Writes.",
                    "website": "https://critic1.example/", "reviewCount": 2, "meanScore": 65.0, "generosity": 0.0,
                    "outlets": [{ "name": "The Harbour", "host": "harbour.example" }] } },
                "outlet": { "name": "The Harbour" },
                "rating": { "asPrinted": "3 of 5", "value": 3.0, "best": 5.0, "scale": "STARS_5", "score": 80.0 },
                "excerpt": "Größe und 94 Minuten: the ferry sails at night.", "wordCount": 15,
                "submission": { "state": "SUCCEEDED", "outcome": "CREATED" },
                "claims": { "nodes": [
                    { "field": "RUNTIME", "value": "94", "source": "PROSE", "subject": null,
                      "quote": { "text": "94", "prefix": "Größe und ", "start": 10, "end": 12 } },
                    { "field": "CHARACTER", "value": "Role 1", "source": "STRUCTURED_DATA",
                      "subject": { "name": "Player Oakes 005" }, "quote": null } ] }
        });
        assert_eq!(data["film"], json!({
            "id": film, "title": "Film 01", "year": 2001, "releaseDate": "2024-07-05", "runtimeMinutes": 94,
            "contentRating": "NR", "genres": ["Thriller", "Drama"], "formerIds": [Kind::Film.id(9001).as_str()],
            "directors": [{ "name": "Player Oakes 005" }], "writers": [],
            "externalIds": [{ "source": "IMDB", "value": "tt0000001", "url": "https://www.imdb.com/title/tt0000001/" }],
            "reception": { "reviewCount": 3, "ratedCount": 3, "mean": 60.0, "median": 60.0, "spread": 60.0,
                "histogram": [0, 0, 0, 0, 1, 0, 1, 0, 1, 0] },
            "credits": { "totalCount": 3, "nodes": [
                { "role": "ACTOR", "character": "Role 1", "billing": 1, "person": { "name": "Player Oakes 005" } },
                { "role": "ACTOR", "character": "Role 2", "billing": 2, "person": { "name": "Player Oakes 006" } } ] },
            "captions": { "totalCount": 3, "nodes": [ { "text": "A picture", "credit": "Lantern", "position": 1,
                "depicts": [{ "character": "Role 1", "place": "LEFT", "person": { "name": "Player Oakes 005" } }] } ] },
            "reviews": { "nodes": [review] }
        }));
    })
    .await;
}

#[tokio::test]
async fn everything_with_an_id_is_found_again_by_it() {
    on_each_database(|services| async move {
        film_graph(&services, 2).await;
        let schema = schema(services);
        let rows = [
            (Kind::Film, 1),
            (Kind::Person, 5),
            (Kind::Credit, 11),
            (Kind::Review, 11),
            (Kind::Outlet, 1),
            (Kind::Caption, 11),
            (Kind::Claim, 111),
            (Kind::Submission, 11),
            (Kind::Fetch, 11),
        ];
        let ids: Vec<String> = rows.iter().map(|(kind, number)| kind.id(*number).0).collect();
        let data = answer(&schema, &format!("{{ nodes(ids: {ids:?}) {{ __typename id }} }}")).await;
        let wanted: Vec<Value> =
            rows.iter().zip(&ids).map(|((kind, _), id)| json!({ "__typename": kind.name(), "id": id })).collect();
        assert_eq!(data["nodes"], json!(wanted));
        for (kind, _) in rows {
            let missing = kind.id(8_888).0;
            assert_eq!(
                answer(&schema, &format!("{{ node(id: {missing:?}) {{ id }} }}")).await,
                json!({ "node": null })
            );
        }
    })
    .await;
}

#[tokio::test]
async fn merged_ids_still_resolve_and_filter() {
    on_each_database(|services| async move {
        film_graph(&services, 2).await;
        let schema = schema(services);
        let (film, person) = (Kind::Film.id(9001).0, Kind::Person.id(9002).0);
        let query = format!(
            "{{ film(id: {film:?}) {{ id title }} node(id: {film:?}) {{ id }} person(id: {person:?}) {{ name }} \
             films(filter: {{ directedBy: [{person:?}] }}) {{ totalCount }} }}"
        );
        let current = Kind::Film.id(1);
        assert_eq!(
            answer(&schema, &query).await,
            json!({
                "film": { "id": current.as_str(), "title": "Film 01" }, "node": { "id": current.as_str() },
                "person": { "name": "Player Oakes 005" }, "films": { "totalCount": 1 },
            })
        );
    })
    .await;
}

#[tokio::test]
async fn pages_know_what_lies_on_either_side_of_them() {
    on_each_database(|services| async move {
        film_graph(&services, 5).await;
        let schema = schema(services);
        let info = "pageInfo { hasPreviousPage hasNextPage startCursor endCursor } nodes { title }";
        let ask = async |arguments: String| {
            let mut films = answer(&schema, &format!("{{ films({arguments}) {{ {info} }} }}")).await["films"].take();
            let titles: Vec<String> = films["nodes"]
                .as_array()
                .expect("nodes")
                .iter()
                .map(|node| node["title"].as_str().expect("a title").replace("Film 0", ""))
                .collect();
            let side = |name: &str| films["pageInfo"][name].as_bool().expect("a boolean");
            let sides = (side("hasPreviousPage"), side("hasNextPage"));
            (titles.concat(), sides, films["pageInfo"].take())
        };
        let cursor = |info: &Value, name: &str| info[name].as_str().expect("a cursor").to_owned();
        let (titles, sides, first) = ask("first: 2".to_owned()).await;
        assert_eq!((titles.as_str(), sides), ("12", (false, true)));
        let (titles, sides, second) = ask(format!("first: 2, after: {:?}", cursor(&first, "endCursor"))).await;
        assert_eq!((titles.as_str(), sides), ("34", (true, true)));
        let (titles, sides, _) = ask(format!("first: 2, after: {:?}", cursor(&second, "endCursor"))).await;
        assert_eq!((titles.as_str(), sides), ("5", (true, false)));
        let (titles, sides, last) = ask("last: 2".to_owned()).await;
        assert_eq!((titles.as_str(), sides), ("45", (true, false)));
        let (titles, sides, _) = ask(format!("last: 2, before: {:?}", cursor(&last, "startCursor"))).await;
        assert_eq!((titles.as_str(), sides), ("23", (true, true)));
        let (titles, sides, _) = ask(format!("last: 9, before: {:?}", cursor(&second, "startCursor"))).await;
        assert_eq!((titles.as_str(), sides), ("12", (false, true)));
        let between = (cursor(&first, "startCursor"), cursor(&last, "endCursor"));
        let (titles, sides, _) = ask(format!("first: 9, after: {:?}, before: {:?}", between.0, between.1)).await;
        assert_eq!((titles.as_str(), sides), ("234", (true, true)));
        let (titles, sides, empty) = ask(format!("first: 9, after: {:?}", between.1)).await;
        assert_eq!((titles.as_str(), sides), ("", (true, false)));
        assert_eq!(empty["startCursor"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn what_a_caller_gets_wrong_is_said_with_what_would_be_right() {
    on_each_database(|services| async move {
        film_graph(&services, 2).await;
        let schema = schema(services);
        let person = Kind::Person.id(5).0;
        let by_year = answer(&schema, "{ films(orderBy: { field: YEAR }) { pageInfo { endCursor } } }").await;
        let by_year = by_year["films"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
        let cases = [
            ("{ films(first: 0) { totalCount } }".to_owned(), "1 to 100"),
            ("{ films(first: -1) { totalCount } }".to_owned(), "1 to 100"),
            ("{ films(last: 2147483647) { totalCount } }".to_owned(), "1 to 100"),
            ("{ films(first: 1, last: 1) { totalCount } }".to_owned(), "one of them"),
            ("{ films(after: \"forged\") { totalCount } }".to_owned(), "not a cursor"),
            (format!("{{ films(after: {by_year:?}) {{ totalCount }} }}"), "another list or order"),
            (format!("{{ film(id: {person:?}) {{ id }} }}"), "give the id of a Film"),
            ("{ node(id: \"x\") { id } }".to_owned(), "not an id of this server"),
            ("{ review { id } }".to_owned(), "either `id` or `url`"),
            ("{ review(url: \"ftp://harbour.example/\") { id } }".to_owned(), "http or https"),
            ("{ reviews(filter: { language: [\"e\\u0000n\"] }) { totalCount } }".to_owned(), "language tag"),
            ("{ reviews(filter: { publishedOn: { gte: \"2024-13-01\" } }) { totalCount } }".to_owned(), "2024-07-05"),
        ];
        for (query, right) in cases {
            let (code, message) = first_error(&schema, &query).await;
            let known = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code.as_str());
            assert!(known && message.contains(right), "{query}: {code} {message}");
        }
        let (code, _) = first_error(&schema, "{ films { nope } }").await;
        assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
        let (code, _) = first_error(&schema, "{ films ").await;
        assert_eq!(code, "GRAPHQL_PARSE_FAILED");
    })
    .await;
}

#[tokio::test]
async fn text_that_no_database_takes_does_no_harm() {
    on_each_database(|services| async move {
        film_graph(&services, 1).await;
        let schema = schema(services);
        let query = "{ films(filter: { title: \"a\\u0000\", genre: \"\\u0000\" }) { totalCount } \
                     people(name: \"\\u0000 % _ ' \\\"\") { totalCount } }";
        answer(&schema, query).await;
        let mutation = "mutation { submitReview(input: { url: \"https://harbour.example/\\u0000\" }) \
                        { userErrors { code } } }";
        let data = answer(&schema, mutation).await;
        assert_eq!(data["submitReview"]["userErrors"][0]["code"], "INVALID_URL");
    })
    .await;
}

#[tokio::test]
async fn a_url_is_submitted_once_and_can_be_watched() {
    on_each_database(|services| async move {
        let schema = schema(services);
        let submit = "mutation { submitReview(input: { url: \"https://reel.example/ferry#top\" }) { created \
                      submission { id url state outcome attempts nextAttemptAt finishedAt review { id } problem { code } \
                      events { totalCount nodes { sequence state message attempt } } fetches { totalCount } } \
                      userErrors { code } } }";
        let first = answer(&schema, submit).await["submitReview"].take();
        let submission = &first["submission"];
        assert_eq!((&first["created"], &submission["state"]), (&json!(true), &json!("QUEUED")), "{first}");
        assert_eq!(submission["url"], "https://reel.example/ferry");
        assert_eq!(submission["events"]["nodes"][0]["sequence"], 1);
        assert!(submission["nextAttemptAt"].as_str().expect("due").ends_with('Z'));
        let again = answer(&schema, submit).await["submitReview"].take();
        assert_eq!((&again["created"], &again["submission"]["id"]), (&json!(false), &submission["id"]));
        let found = answer(&schema, &format!("{{ submission(id: {}) {{ id }} submissions(state: QUEUED) \
                                              {{ totalCount nodes {{ id }} }} }}", submission["id"])).await;
        assert_eq!(found["submission"]["id"], submission["id"]);
        assert_eq!(found["submissions"], json!({ "totalCount": 1, "nodes": [{ "id": submission["id"] }] }));
    })
    .await;
}

#[tokio::test]
async fn each_of_many_urls_gets_its_own_answer_in_order() {
    on_each_database(|services| async move {
        let schema = schema(services);
        let urls = ["https://reel.example/1", "nonsense", "ftp://reel.example/", "http://127.0.0.1/", "https://reel.example/1"];
        let input: Vec<Value> = urls.iter().map(|url| json!({ "url": url })).collect();
        let query = "mutation($input: [SubmitReviewInput!]!) { submitReviews(input: $input) { created submission { url } \
                     userErrors { code message path } } }";
        let submit = async |input: Vec<Value>| {
            let variables = Variables::from_json(json!({ "input": input }));
            let response: Response = schema.execute(Request::new(query).variables(variables)).await;
            assert!(response.errors.is_empty(), "{:?}", response.errors);
            response.data.into_json().expect("JSON")["submitReviews"].take()
        };
        let answers = submit(input).await;
        let code = |index: usize| answers[index]["userErrors"][0]["code"].as_str();
        assert_eq!(answers[0]["submission"]["url"], urls[0]);
        assert_eq!((code(1), code(2), code(3)), (Some("INVALID_URL"), Some("UNSUPPORTED_SCHEME"), Some("BLOCKED_ADDRESS")));
        assert_eq!(answers[1]["userErrors"][0]["path"], json!(["input", "1", "url"]));
        let created = answers.as_array().expect("answers").iter().filter(|answer| answer["created"] == true).count();
        assert_eq!(created, 1, "the last is the first again");
        let many = submit(vec![json!({ "url": "https://reel.example/x" }); 1_001]).await;
        assert_eq!(many.as_array().expect("answers").len(), 1_001);
        assert_eq!(many[1_000]["userErrors"][0]["code"], "TOO_MANY");
        assert_eq!(answer(&schema, "{ submissions { totalCount } }").await["submissions"]["totalCount"], 1);
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_follows_the_depth_and_not_the_data() {
    on_each_database(|services| async move {
        film_graph(&services, 50).await;
        let schema = schema(services);
        let statements = async |first: usize| {
            let query = format!(
                "{{ films(first: {first}) {{ nodes {{ title credits(first: 10) {{ nodes {{ character person {{ name \
                 credits(first: 5) {{ nodes {{ film {{ title reviews(first: 3) {{ nodes {{ headline critic {{ name }} \
                 }} }} }} }} }} }} }} }} }} }} }}"
            );
            let before = schema.statements();
            answer(&schema, &query).await;
            schema.statements() - before
        };
        let (few, many) = (statements(5).await, statements(50).await);
        // Films, their credits with people, the people's with films, these films' reviews with critics.
        assert_eq!((few, many), (4, 4));
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_of_a_search_does_not_follow_its_hits() {
    on_each_database(|services| async move {
        film_graph(&services, 50).await;
        let schema = schema(services);
        for (word, hits, expected) in [
            // Hits, films, their reviews with critics.
            ("film", "... on Film { title reviews(first: 2) { nodes { critic { name } } } }", 3),
            // Hits, people, their credits with films.
            ("oakes", "... on Person { name credits(first: 2) { nodes { film { title } } } }", 3),
            // Hits, reviews, their outlets.
            ("rev", "... on Review { headline outlet { name } }", 3),
        ] {
            for first in [5, 50] {
                let query = format!(
                    "{{ search(query: {word:?}, first: {first}) {{ pageInfo {{ hasNextPage }} \
                     edges {{ score node {{ {hits} }} }} }} }}"
                );
                let before = schema.statements();
                let found = answer(&schema, &query).await["search"].take();
                assert_eq!(schema.statements() - before, expected, "{word}, {first}");
                let edges = found["edges"].as_array().expect("edges");
                let whole = edges.iter().all(|edge| edge["node"].as_object().is_some_and(|node| node.len() == 2));
                assert!(edges.len() == first && whole, "{found:#}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn long_texts_and_totals_are_read_only_when_asked_for() {
    on_each_database(|services| async move {
        film_graph(&services, 3).await;
        let schema = schema(services);
        let statements = async |query: &str| {
            let before = schema.statements();
            answer(&schema, query).await;
            schema.statements() - before
        };
        assert_eq!(statements("{ reviews { nodes { headline } } }").await, 1);
        assert_eq!(statements("{ reviews { nodes { headline body excerpt } } }").await, 2);
        assert_eq!(statements("{ reviews { nodes { headline body pageText } } }").await, 3);
        assert_eq!(statements("{ reviews { totalCount } }").await, 1);
        assert_eq!(statements("{ reviews { totalCount pageInfo { hasNextPage } nodes { id } } }").await, 2);
        assert_eq!(statements("{ films { nodes { reviews { totalCount } } } }").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_field_has_the_same_answer_alone_as_among_all_the_others() {
    on_each_database(|services| async move {
        film_graph(&services, 3).await;
        let schema = schema(services);
        let film = "id title originalTitle year releaseDate runtimeMinutes contentRating genres formerIds \
                    directors{name} externalIds{value} reception{reviewCount,ratedCount,mean,median,spread,histogram}";
        let review = "id url headline dek publishedOn language wordCount excerpt critic{name} outlet{name,host} \
                      film{title,year} submission{state} rating{asPrinted,value,best,scale,score,scoreLow,scoreHigh}";
        let credit = "id role character billing person{name} film{title,reception{mean}}";
        for (list, fields) in [
            ("films(first: 3)", film),
            ("films(first: 1) { nodes { reviews(first: 3)", review),
            ("films(first: 3) { nodes { credits(first: 2)", credit),
            ("reviews(first: 3)", review),
            ("people(name: \"Player\", first: 3) { nodes { credits(first: 2)", credit),
        ] {
            let close = " } }".repeat(list.matches("nodes").count());
            let ask = async |fields: &str| answer(&schema, &format!("{{ {list} {{ {fields} }}{close} }}")).await;
            let whole = ask(&format!("nodes {{ {fields} }}")).await;
            for field in fields.split(' ') {
                let name = field.split('{').next().expect("a name");
                let alone = ask(&format!("nodes {{ {field} }}")).await;
                let by_edge = ask(&format!("edges {{ node {{ ... {{ {field} }} }} }}")).await;
                assert!(!all(&whole, name).is_empty(), "{list} {field}");
                assert_eq!(all(&whole, name), all(&alone, name), "{list} {field}");
                assert_eq!(all(&whole, name), all(&by_edge, name), "{list} {field}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn entities_are_read_with_one_statement_for_each_kind() {
    on_each_database(|services| async move {
        film_graph(&services, 20).await;
        let settings = SchemaSettings { federation: true, ..SchemaSettings::default() };
        let schema = schema_with(services, settings);
        for many in [1, 20] {
            let films = (1..=many).map(|number| (Kind::Film, number));
            let people = (5..5 + many).map(|number| (Kind::Person, number));
            let named: Vec<String> = films
                .chain(people)
                .map(|(kind, number)| {
                    format!("{{ __typename: {:?}, id: {:?} }}", kind.name(), kind.id(number).as_str())
                })
                .collect();
            let query = format!(
                "{{ _entities(representations: [{}]) {{ ... on Film {{ title }} ... on Person {{ name }} }} }}",
                named.join(", ")
            );
            let before = schema.statements();
            let found = answer(&schema, &query).await["_entities"].take();
            assert_eq!(schema.statements() - before, 2, "{many}");
            let found = found.as_array().expect("a list");
            assert!(found.len() == named.len() && found.iter().all(|entity| !entity.is_null()), "{found:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_fails_in_here_is_masked() {
    on_each_database(|services| async move {
        film_graph(&services, 2).await;
        run(&services, "update film set score_histogram = 'secret' where id = 1;\n").await;
        let schema = schema(services);
        let response = schema.execute("{ films { nodes { title reception { histogram } } } }").await;
        let error = serde_json::to_value(response.errors.first().expect("an error")).expect("JSON");
        assert_eq!(
            (&error["message"], &error["extensions"]["code"]),
            (&json!("internal error"), &json!("INTERNAL_SERVER_ERROR"))
        );
        assert_eq!(error["extensions"]["requestId"].as_str().map(str::len), Some(26));
        assert!(!error.to_string().contains("secret"));
        let (code, message) = first_error(&schema, "{ film(id: \"RjE\") { reception { mean } } }").await;
        assert_eq!((code.as_str(), message.as_str()), ("INTERNAL_SERVER_ERROR", "internal error"));
    })
    .await;
}

#[tokio::test]
async fn the_cost_of_a_request_is_told() {
    on_each_database(|services| async move {
        let response = schema(services).execute("{ films(first: 5) { nodes { title } } }").await;
        let cost = response.extensions.get("cost").cloned().expect("a cost").into_json().expect("JSON");
        assert_eq!(cost, json!({ "requested": 11, "limit": 500_000 }));
    })
    .await;
}
