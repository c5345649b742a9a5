//! What is kept by plus and minus one equals what a count over everything gives, after any stores and changes.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::{Value, json};
use tests::{Mode, settings};
use worker::resolve::ballot::{Said, StatementKey, votes};
use worker::resolve::describe::describe;
use worker::resolve::groups::Groups;
use worker::resolve::vote::Tallied;

use crate::order::{Graph, Written, reviews, with_the_address_of};

/// Rows of a query that answers one JSON-like text a row: compared as sets with how often.
async fn lines(graph: &Graph, sql: &str) -> BTreeMap<String, usize> {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(graph, sql).await {
        *lines.entry(row.try_get::<Option<String>>("", "line").unwrap().unwrap_or_default()).or_default() += 1;
    }
    lines
}

async fn rows(graph: &Graph, sql: &str) -> Vec<QueryResult> {
    let statement = sea_orm::Statement::from_string(graph.database.backend(), sql);
    graph.database.connection().query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Pairs of queries that must answer the same: what is kept, and what a count over all reviews gives.
const COUNTS: [(&str, &str, &str); 8] = [
    (
        "signatures",
        "select id || ' ' || reviews || ' ' || film_id as line from signature",
        "select signature_id || ' ' || count(*) || ' ' || min(film_id) as line from review group by signature_id",
    ),
    (
        "bylines",
        "select id || ' ' || reviews || ' ' || counted || ' ' || person_id as line from byline",
        "select byline_id || ' ' || count(*) || ' ' || sum(case when counted then 1 else 0 end) || ' ' || min(critic_id) as line \
         from review where byline_id is not null group by byline_id",
    ),
    (
        "scores of films",
        "select film_id || ' ' || score || ' ' || reviews as line from film_score",
        "select film_id || ' ' || score || ' ' || count(*) as line from review where counted and score is not null \
         group by film_id, score",
    ),
    (
        "scores of bylines",
        "select byline_id || ' ' || score || ' ' || reviews as line from byline_score",
        "select byline_id || ' ' || score || ' ' || count(*) as line from review \
         where counted and score is not null and byline_id is not null group by byline_id, score",
    ),
    (
        "reviews of films",
        "select id || ' ' || review_count || ' ' || rated_count as line from film",
        "select film_id || ' ' || count(*) || ' ' || count(score) as line from review where counted group by film_id",
    ),
    (
        "critics' records",
        "select person_id || ' ' || review_count || ' ' || score_count || ' ' || score_sum as line from critic_profile",
        "select critic_id || ' ' || count(*) || ' ' || count(score) || ' ' || coalesce(sum(score), 0.0) as line from review \
         where counted and critic_id is not null group by critic_id",
    ),
    (
        "outlets' names",
        "select outlet_id || ' ' || name || ' ' || reviews as line from outlet_name",
        "select outlet_id || ' ' || outlet_name || ' ' || count(*) as line from review where outlet_name is not null \
         group by outlet_id, outlet_name",
    ),
    (
        "names in captions",
        "select film_id || ' ' || name_key || ' ' || depictions || ' ' || coalesce(person_id, 0) as line from caption_name",
        "select c.film_id || ' ' || d.name_key || ' ' || count(*) || ' ' || coalesce(min(d.person_id), 0) as line \
         from caption c join depiction d on d.caption_id = c.id group by c.film_id, d.name_key",
    ),
];

/// Film → its statements in their words, as all claims of its counted reviews add up to.
async fn recomputed(graph: &Graph) -> BTreeMap<i64, BTreeMap<String, Tallied>> {
    let claims = "select r.film_id, c.review_id, c.id, c.field, c.subject, c.value, c.source, c.chosen, c.billing \
                  from claim c join review r on r.id = c.review_id where r.counted";
    let mut of_reviews: BTreeMap<(i64, i64), Vec<Said>> = BTreeMap::new();
    for row in rows(graph, claims).await {
        let review = (row.try_get("", "film_id").unwrap(), row.try_get("", "review_id").unwrap());
        let name = |column: &str| Value::from(row.try_get::<String>("", column).unwrap());
        of_reviews.entry(review).or_default().push(Said {
            claim: row.try_get("", "id").unwrap(),
            field: serde_json::from_value(name("field")).unwrap(),
            subject: row.try_get("", "subject").unwrap(),
            value: row.try_get("", "value").unwrap(),
            source: serde_json::from_value(name("source")).unwrap(),
            chosen: row.try_get("", "chosen").unwrap(),
            billing: row.try_get("", "billing").unwrap(),
        });
    }
    let mut films: BTreeMap<i64, BTreeMap<String, Tallied>> = BTreeMap::new();
    for ((film_id, _), said) in of_reviews {
        for vote in votes(&said) {
            let words = words(&vote.key, &vote.subject, &vote.value, &json!(vote.source), vote.chosen);
            let tallied = films.entry(film_id).or_default().entry(words).or_insert_with(|| Tallied {
                statement: 0,
                key: vote.key.clone(),
                subject: vote.subject.clone(),
                value: vote.value.clone(),
                source: vote.source,
                chosen: vote.chosen,
                reviews: 0,
                billed: 0,
                billing_sum: 0,
            });
            tallied.reviews += 1;
            if let Some(billing) = vote.billing {
                tallied.billed += 1;
                tallied.billing_sum += u64::try_from(billing).unwrap();
            }
        }
    }
    films
}

fn words(key: &StatementKey, subject: &str, value: &str, source: &Value, chosen: bool) -> String {
    json!([key.field, key.subject_key, key.value_key, subject, value, source, chosen]).to_string()
}

/// Everything that is kept, against a count over all claims and reviews.
async fn assert_counts(graph: &Graph, which: &str) {
    for (name, kept, counted) in COUNTS {
        assert_eq!(lines(graph, kept).await, lines(graph, counted).await, "{which}: {name}");
    }
    let recomputed = recomputed(graph).await;
    let mut expected = BTreeMap::new();
    for (film_id, tallies) in &recomputed {
        for (words, tallied) in tallies {
            let numbers = (tallied.reviews, tallied.billed, tallied.billing_sum);
            expected.insert((*film_id, words.clone()), numbers);
        }
    }
    let tallies = "select s.film_id, s.field, s.subject_key, s.value_key, t.subject, t.value, t.source, t.chosen, t.reviews, \
                   t.billed, t.billing_sum from statement s join tally t on t.statement_id = s.id";
    let mut kept = BTreeMap::new();
    for row in rows(graph, tallies).await {
        let text = |column: &str| row.try_get::<String>("", column).unwrap();
        let key = StatementKey {
            field: serde_json::from_value(json!(text("field"))).unwrap(),
            subject_key: text("subject_key"),
            value_key: text("value_key"),
        };
        let chosen = row.try_get("", "chosen").unwrap();
        let words = words(&key, &text("subject"), &text("value"), &json!(text("source")), chosen);
        let number = |column: &str| u64::try_from(row.try_get::<i32>("", column).unwrap()).unwrap();
        let sum = u64::try_from(row.try_get::<i64>("", "billing_sum").unwrap()).unwrap();
        kept.insert((row.try_get("", "film_id").unwrap(), words), (number("reviews"), number("billed"), sum));
    }
    assert_eq!(kept, expected, "{which}: tallies");
    assert_descriptions(graph, recomputed, which).await;
}

/// What films say of themselves follows from the recomputed tallies.
async fn assert_descriptions(graph: &Graph, films: BTreeMap<i64, BTreeMap<String, Tallied>>, which: &str) {
    let served = "select id, title, year, runtime_minutes, \
                  (select count(*) from credit where film_id = film.id) as credits, \
                  (select count(*) from film_name where film_id = film.id) as names from film";
    let served = rows(graph, served).await;
    assert_eq!(served.len(), films.len(), "{which}: every film has a review, and every review a film");
    for row in served {
        let id: i64 = row.try_get("", "id").unwrap();
        let tallied: Vec<Tallied> = films[&id].values().cloned().collect();
        let description = describe(&tallied, &Groups::of(&tallied));
        assert_eq!(row.try_get::<String>("", "title").unwrap(), description.title, "{which}");
        assert_eq!(row.try_get::<Option<i32>>("", "year").unwrap(), description.year, "{which}");
        assert_eq!(row.try_get::<Option<i32>>("", "runtime_minutes").unwrap(), description.runtime_minutes, "{which}");
        let names: usize = description.people.iter().map(|person| person.names.len()).sum();
        assert_eq!(row.try_get::<i64>("", "names").unwrap(), i64::try_from(names).unwrap(), "{which}");
        let credits: usize = description.people.iter().map(|person| person.credits.len()).sum();
        assert!(row.try_get::<i64>("", "credits").unwrap() <= i64::try_from(credits).unwrap(), "{which}");
    }
}

#[tokio::test]
async fn counts_kept_by_plus_and_minus_one_equal_a_recount_on_both_databases() {
    let rounds = if settings::long_runs() { 30 } else { 2 };
    for seed in 0..rounds {
        for mode in [Mode::Embedded, Mode::Fleet] {
            let random = &mut StdRng::seed_from_u64(seed);
            let graph = Graph::open(mode).await;
            let pages: Vec<Written> = reviews(random);
            for step in 0..60 {
                // A new page, the same one again, or another page's words at its address.
                let page = pages.choose(random).expect("there are pages");
                let page = if random.random_bool(0.3) {
                    with_the_address_of(page, pages.choose(random).expect("there are pages"))
                } else {
                    page.clone()
                };
                graph.store(&page).await;
                if step % 20 == 19 {
                    assert_counts(&graph, &format!("seed {seed}, {mode:?}, step {step}")).await;
                }
            }
        }
    }
}
