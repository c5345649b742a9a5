//! What critics make of films, and what they are like, adds up: recomputed from nothing but the reviews' own scores.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::app::serve;
use tests::settings;

use crate::order::{FILMS, Graph, Written, films, write_review};
use crate::syndication::{copy_of, with_long_text};

const REVIEWS: usize = 60;

/// Two numbers that should be one: sums of fractions may differ in their last places.
fn same(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-9,
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn mean(scores: &[f64]) -> Option<f64> {
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

/// A review as GraphQL lists it under its film.
struct Listed {
    film: usize,
    critic: Option<String>,
    score: Option<f64>,
}

/// Reviews with long texts, some of them printed again elsewhere; each may be stored with another rating first.
async fn store(graph: &Graph, seed: u64) -> Vec<Written> {
    let random = &mut StdRng::seed_from_u64(seed);
    let films = films();
    let mut reviews: Vec<Written> = (0..REVIEWS)
        .map(|number| with_long_text(write_review(number, &films[random.random_range(0..FILMS)], random), random))
        .collect();
    let copies: Vec<Written> = reviews
        .iter()
        .filter(|_| random.random_bool(0.3))
        .enumerate()
        .map(|(number, review)| copy_of(review, number))
        .collect();
    reviews.extend(copies);
    let mut first: Vec<Written> = reviews.iter().filter(|_| random.random_bool(0.4)).cloned().collect();
    for review in &mut first {
        review.extraction.review.rating.score = Some(f64::from(random.random_range(0..=1_000)) / 10.0);
    }
    first.shuffle(random);
    reviews.shuffle(random);
    for review in first.iter().chain(&reviews) {
        graph.store(review).await;
    }
    reviews
}

const FILMS_QUERY: &str = "{ films(first: 100) { totalCount nodes {
    title reception { reviewCount ratedCount mean median spread histogram }
    reviews(first: 100) { totalCount nodes { url critic { id } rating { score } syndicatedWith(first: 1) { totalCount } } }
} } }";

const CRITICS_QUERY: &str = "{ people(first: 100) { totalCount nodes {
    id name criticProfile { reviewCount meanScore generosity }
} } }";

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

/// Compares each film's reception with its reviews' scores; gives the reviews that count.
fn check_films(films: &[Value]) -> Vec<Listed> {
    let mut listed = Vec::new();
    for (number, film) in films.iter().enumerate() {
        let reviews = list(&film["reviews"]["nodes"]);
        assert_eq!(film["reviews"]["totalCount"], json!(reviews.len()));
        let independent: Vec<&Value> =
            reviews.iter().filter(|review| !review["url"].as_str().expect("an address").contains("/copies/")).collect();
        let mut scores: Vec<f64> = independent.iter().filter_map(|review| review["rating"]["score"].as_f64()).collect();
        scores.sort_by(f64::total_cmp);
        let reception = &film["reception"];
        assert_eq!(reception["reviewCount"], json!(independent.len()), "{film:#}");
        assert_eq!(reception["ratedCount"], json!(scores.len()), "{film:#}");
        let average = mean(&scores);
        assert!(same(reception["mean"].as_f64(), average), "{average:?} {film:#}");
        let middle = scores.len() / 2;
        let median = match scores.len() {
            0 => None,
            odd if odd % 2 == 1 => Some(scores[middle]),
            _ => Some(f64::midpoint(scores[middle - 1], scores[middle])),
        };
        assert!(same(reception["median"].as_f64(), median), "{median:?} {film:#}");
        let spread =
            average.and_then(|average| mean(&scores.iter().map(|score| (score - average).powi(2)).collect::<Vec<_>>()));
        assert!(same(reception["spread"].as_f64(), spread.map(f64::sqrt)), "{film:#}");
        let bin = |from: f64| {
            scores.iter().filter(|score| **score >= from && (**score < from + 10.0 || from == 90.0)).count()
        };
        let histogram: Vec<usize> = (0..10).map(|tenth| bin(f64::from(tenth) * 10.0)).collect();
        assert_eq!(reception["histogram"], json!(histogram), "{film:#}");
        listed.extend(independent.iter().map(|review| Listed {
            film: number,
            critic: review["critic"]["id"].as_str().map(str::to_owned),
            score: review["rating"]["score"].as_f64(),
        }));
    }
    listed
}

/// Compares each critic's count, mean and generosity with the scores of all reviews that count; gives how many were kind or not.
fn check_critics(people: &[Value], listed: &[Listed]) -> usize {
    let mut generous = 0;
    let mut by_critic: BTreeMap<&str, Vec<&Listed>> = BTreeMap::new();
    for review in listed {
        if let Some(critic) = &review.critic {
            by_critic.entry(critic).or_default().push(review);
        }
    }
    assert!(by_critic.len() > 5);
    for (critic, reviews) in by_critic {
        let person = people.iter().find(|person| person["id"] == json!(critic)).expect("a critic is a person");
        let profile = &person["criticProfile"];
        assert_eq!(profile["reviewCount"], json!(reviews.len()), "{person:#}");
        let scores: Vec<f64> = reviews.iter().filter_map(|review| review.score).collect();
        assert!(same(profile["meanScore"].as_f64(), mean(&scores)), "{person:#}");
        let differences: Vec<f64> = reviews
            .iter()
            .filter_map(|own| {
                let others =
                    listed.iter().filter(|other| other.film == own.film && other.critic.as_deref() != Some(critic));
                Some(own.score? - mean(&others.filter_map(|other| other.score).collect::<Vec<_>>())?)
            })
            .collect();
        let generosity = mean(&differences);
        assert!(same(profile["generosity"].as_f64(), generosity), "{generosity:?} {person:#}");
        generous += usize::from(generosity.is_some());
    }
    generous
}

tests::both_modes! {
    async fn reception_and_critics_figures_are_what_the_reviews_scores_add_up_to(mode: Mode) {
        for seed in 0..if settings::long_runs() { 20 } else { 1 } {
            let graph = Graph::open(mode).await;
            let reviews = store(&graph, seed).await;
            let folder = TempDir::new().expect("there is room for temporary files");
            let flags: Vec<String> = graph.flags().into_iter().map(str::to_owned).collect();
            let (_server, client) = serve("server", &flags, folder.path()).await;
            let films = client.query(FILMS_QUERY, json!({})).await["films"].take();
            let people = client.query(CRITICS_QUERY, json!({})).await["people"].take();
            assert_eq!(people["totalCount"], json!(list(&people["nodes"]).len()), "all people are on one page");
            let listed = check_films(list(&films["nodes"]));
            let copies = reviews.iter().filter(|review| review.url.contains("/copies/")).count();
            assert!(copies > 5);
            assert_eq!(listed.len(), reviews.len() - copies, "seed {seed}: every copy is counted with its original");
            assert!(check_critics(list(&people["nodes"]), &listed) > 5, "seed {seed}");
        }
    }
}
