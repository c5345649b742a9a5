//! The synthetic graph: films, people, credits, reviews and captions as the graph's writers leave them, made from a seed and
//! written in bulk. Who is credited, reviewed and pictured often follows a curve: some are everywhere, most are not.
//!
//! Left out is what no reading of the graph touches: claims, statements, signatures, and the index of the search.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use entity::{
    CreditRole, SubmissionOutcome, SubmissionState, arrival, caption, credit, critic_outlet, critic_profile,
    extraction, film, film_genre, film_score, outlet, page_body, person, review, snapshot, sort_key, submission,
};
use migration::{Migrator, MigratorTrait};
use queue::Database;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use worker::resolve::reception::{self, Reception};

use super::bulk::Bulk;
use super::words;

/// How much there is of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Films.
    pub films: usize,
    /// People, critics among them.
    pub people: usize,
    /// Credits.
    pub credits: usize,
    /// Reviews.
    pub reviews: usize,
    /// Captions.
    pub captions: usize,
}

impl Size {
    /// The graph whose reading is measured.
    pub const FULL: Self = Self { films: 10_000, people: 50_000, credits: 116_000, reviews: 76_000, captions: 229_000 };

    /// The same graph, so many times smaller.
    #[must_use]
    pub fn divided_by(self, scale: usize) -> Self {
        let part = |whole: usize| whole.checked_div(scale).unwrap_or(whole).max(1);
        Self {
            films: part(self.films),
            people: part(self.people).max(PEOPLE_MIN),
            credits: part(self.credits),
            reviews: part(self.reviews),
            captions: part(self.captions),
        }
    }
}

/// Below this, a film could ask for more people than there are.
const PEOPLE_MIN: usize = 200;

/// One person in so many is a critic.
const PEOPLE_PER_CRITIC: usize = 25;

const OUTLETS: usize = 200;

/// 2024-01-01T00:00Z, in microseconds.
const FIRST_DAY: i64 = 1_704_067_200_000_000;

const GENRES: [&str; 8] = ["Drama", "Comedy", "Thriller", "Romance", "Horror", "Documentary", "Animation", "Adventure"];

/// A review before it has its text.
struct Planned {
    film: usize,
    /// None where the page names nobody.
    critic: Option<usize>,
    outlet: usize,
    /// Half stars of ten; none where nothing is rated.
    half_stars: Option<u8>,
}

/// Writes the graph into a database that must have no tables, and lets the database count what it has.
///
/// # Errors
/// When the database has tables, or fails.
pub async fn load(database: &Database, size: Size, seed: u64) -> anyhow::Result<()> {
    refuse_unless_empty(database).await?;
    Migrator::up(database.connection(), None).await?;
    let mut rng = StdRng::seed_from_u64(seed);
    let critics = (size.people / PEOPLE_PER_CRITIC).max(1);
    let planned = plan(&mut rng, size, critics);
    outlets(database).await?;
    people(database, &mut rng, size.people, critics).await?;
    critic_profiles(database, &mut rng, &planned, critics).await?;
    films(database, &mut rng, &planned, size.films).await?;
    credits(database, &mut rng, size, critics).await?;
    pages(database, size.reviews).await?;
    reviews(database, &mut rng, &planned).await?;
    captions(database, &mut rng, &planned, size.captions).await?;
    // The triggers have noted everything for the search, which is not measured here.
    database.connection().execute_unprepared("delete from search_due").await?;
    let settle = match database.backend() {
        DbBackend::Postgres => "vacuum analyze",
        _ => "analyze",
    };
    database.connection().execute_unprepared(settle).await?;
    Ok(())
}

async fn refuse_unless_empty(database: &Database) -> anyhow::Result<()> {
    let tables = match database.backend() {
        DbBackend::Postgres => {
            "select count(*) from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')"
        }
        _ => "select count(*) from sqlite_schema where type = 'table'",
    };
    let statement = Statement::from_string(database.backend(), tables);
    let row =
        database.connection().query_one_raw(statement).await?.context("the database does not count its tables")?;
    let tables: i64 = row.try_get_by_index(0)?;
    if tables > 0 {
        bail!("the database has {tables} tables; name an empty one, which may be thrown away");
    }
    Ok(())
}

/// A number below `count`; small ones come more often.
fn skewed(rng: &mut StdRng, count: usize) -> usize {
    let place = rng.random::<f64>().powf(1.5) * count as f64;
    (place as usize).min(count.saturating_sub(1))
}

fn chance(rng: &mut StdRng, percent: u32) -> bool {
    rng.random_range(0..100) < percent
}

/// Row numbers begin at 1.
fn id(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1)
}

fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn plan(rng: &mut StdRng, size: Size, critics: usize) -> Vec<Planned> {
    let one = |rng: &mut StdRng| Planned {
        film: skewed(rng, size.films),
        critic: chance(rng, 90).then(|| skewed(rng, critics)),
        outlet: skewed(rng, OUTLETS),
        half_stars: chance(rng, 80).then(|| rng.random_range(1..=10)),
    };
    (0..size.reviews).map(|_| one(rng)).collect()
}

fn score(half_stars: u8) -> f64 {
    f64::from(half_stars) * 10.0
}

/// What a number of reviews come to, and how many give each score.
fn received<'a>(reviews: impl Iterator<Item = &'a Planned>) -> (Reception, Vec<(f64, u64)>, usize) {
    let (mut scores, mut count) = (BTreeMap::<u8, u64>::new(), 0);
    for planned in reviews {
        count += 1;
        if let Some(half_stars) = planned.half_stars {
            *scores.entry(half_stars).or_default() += 1;
        }
    }
    let scores: Vec<(f64, u64)> = scores.into_iter().map(|(half_stars, count)| (score(half_stars), count)).collect();
    (reception::receive(&scores), scores, count)
}

/// What was planned, by something that it has.
fn grouped(planned: &[Planned], by: impl Fn(&Planned) -> Option<usize>, count: usize) -> Vec<Vec<&Planned>> {
    let mut groups = vec![Vec::new(); count];
    for one in planned {
        if let Some(group) = by(one).and_then(|index| groups.get_mut(index)) {
            group.push(one);
        }
    }
    groups
}

async fn outlets(database: &Database) -> anyhow::Result<()> {
    let mut rows = Bulk::<outlet::Entity>::begin(database).await?;
    for index in 0..OUTLETS {
        let (host, name) = (format!("outlet{index}.example"), format!("The Outlet {index}"));
        rows.push(outlet::Model { id: id(index), host, name }).await?;
    }
    rows.finish().await
}

/// The critics come first.
async fn people(database: &Database, rng: &mut StdRng, count: usize, critics: usize) -> anyhow::Result<()> {
    let mut rows = Bulk::<person::Entity>::begin(database).await?;
    for index in 0..count {
        let name = words::name(rng);
        let (name_key, name_sort) = (sort_key::name_key(&name), sort_key::fold(&name));
        rows.push(person::Model { id: id(index), name, name_key, name_sort, critic: index < critics }).await?;
    }
    rows.finish().await
}

async fn critic_profiles(
    database: &Database,
    rng: &mut StdRng,
    planned: &[Planned],
    critics: usize,
) -> anyhow::Result<()> {
    let mut profiles = Bulk::<critic_profile::Entity>::begin(database).await?;
    let groups = grouped(planned, |one| one.critic, critics);
    for (index, reviews) in groups.iter().enumerate().filter(|(_, reviews)| !reviews.is_empty()) {
        let (reception, _, count) = received(reviews.iter().copied());
        profiles
            .push(critic_profile::Model {
                person_id: id(index),
                bio: Some(words::body(rng, 1)),
                website: None,
                review_count: small(count),
                score_count: reception.rated_count,
                score_sum: reception.sum,
            })
            .await?;
    }
    profiles.finish().await?;
    let mut outlets = Bulk::<critic_outlet::Entity>::begin(database).await?;
    let pairs: BTreeSet<(usize, usize)> =
        planned.iter().filter_map(|one| one.critic.map(|critic| (critic, one.outlet))).collect();
    for (critic, outlet) in pairs {
        outlets.push(critic_outlet::Model { person_id: id(critic), outlet_id: id(outlet) }).await?;
    }
    outlets.finish().await
}

async fn films(database: &Database, rng: &mut StdRng, planned: &[Planned], count: usize) -> anyhow::Result<()> {
    let groups = grouped(planned, |one| Some(one.film), count);
    let mut rows = Bulk::<film::Entity>::begin(database).await?;
    for (index, reviews) in groups.iter().enumerate() {
        let title = words::title(rng);
        let (reception, _, review_count) = received(reviews.iter().copied());
        let year = chance(rng, 95).then(|| rng.random_range(1950..=2024));
        rows.push(film::Model {
            id: id(index),
            title_sort: sort_key::title_sort(&title),
            title,
            original_title: None,
            year,
            release_date: year.map(|year| format!("{year}-03-08")),
            runtime_minutes: chance(rng, 90).then(|| rng.random_range(70..=190)),
            content_rating: chance(rng, 70).then(|| "PG-13".to_owned()),
            review_count: small(review_count),
            rated_count: reception.rated_count,
            score_sum: reception.sum,
            score_mean: reception.mean,
            score_median: reception.median,
            score_spread: reception.spread,
            score_histogram: serde_json::Value::from(reception.histogram.to_vec()).to_string(),
        })
        .await?;
    }
    rows.finish().await?;
    let mut genres = Bulk::<film_genre::Entity>::begin(database).await?;
    for index in 0..count {
        for (position, step) in [(1, 0), (2, 3)] {
            let name = GENRES.get((index + step) % GENRES.len()).copied().unwrap_or_default();
            let (name, name_key) = (name.to_owned(), sort_key::fold(name));
            genres.push(film_genre::Model { film_id: id(index), position, name, name_key }).await?;
        }
    }
    genres.finish().await?;
    let mut scores = Bulk::<film_score::Entity>::begin(database).await?;
    for (index, reviews) in groups.iter().enumerate() {
        for (score, count) in received(reviews.iter().copied()).1 {
            let reviews = i32::try_from(count).unwrap_or(i32::MAX);
            scores.push(film_score::Model { film_id: id(index), score, reviews }).await?;
        }
    }
    scores.finish().await
}

/// Actors in billing order, then, where there are enough, a writer, and a director last.
async fn credits(database: &Database, rng: &mut StdRng, size: Size, critics: usize) -> anyhow::Result<()> {
    let makers = size.people.saturating_sub(critics).max(1);
    let cast_max = makers / 2;
    if size.credits > size.films.saturating_mul(cast_max) {
        bail!("{} people cannot have {} credits of {} films; give more people", size.people, size.credits, size.films);
    }
    let mut casts: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); size.films];
    let mut made = 0;
    while made < size.credits {
        let film = if made < size.films { made } else { rng.random_range(0..size.films) };
        // Nobody is credited twice on a film; a film that has enough leaves the credit to another.
        if let Some(cast) = casts.get_mut(film).filter(|cast| cast.len() < cast_max)
            && cast.insert(critics + skewed(rng, makers))
        {
            made += 1;
        }
    }
    let mut rows = Bulk::<credit::Entity>::begin(database).await?;
    let mut next = 0;
    for (film, cast) in casts.iter().enumerate() {
        let (mut billing, last) = (0, cast.len());
        for (index, person) in cast.iter().enumerate() {
            let role = match index + 1 {
                number if number == last => CreditRole::Director,
                number if number + 1 == last && last > 3 => CreditRole::Writer,
                _ => CreditRole::Actor,
            };
            let acts = role == CreditRole::Actor;
            billing += i32::from(acts);
            rows.push(credit::Model {
                id: id(next),
                film_id: id(film),
                person_id: id(*person),
                role,
                character: acts.then(|| words::short(rng)),
                billing: acts.then_some(billing),
                position: small(index + 1),
            })
            .await?;
            next += 1;
        }
    }
    rows.finish().await
}

fn address(review: usize) -> String {
    format!("https://outlet{}.example/reviews/{review}", review % OUTLETS)
}

/// What lies between a URL and its review: the submission, the page as fetched, and what was read from it.
async fn pages(database: &Database, count: usize) -> anyhow::Result<()> {
    let mut submissions = Bulk::<submission::Entity>::begin(database).await?;
    for index in 0..count {
        submissions.push(finished(index)).await?;
    }
    submissions.finish().await?;
    let sha256 = "0".repeat(64);
    let mut bodies = Bulk::<page_body::Entity>::begin(database).await?;
    bodies.push(page_body::Model { sha256: sha256.clone(), content_zstd: Vec::new(), bytes_decoded: 0 }).await?;
    bodies.finish().await?;
    let mut snapshots = Bulk::<snapshot::Entity>::begin(database).await?;
    for index in 0..count {
        snapshots
            .push(snapshot::Model {
                id: id(index),
                submission_id: id(index),
                sha256: sha256.clone(),
                url: address(index),
                content_type: Some("text/html".to_owned()),
                etag: None,
                last_modified: None,
                fetched_at: submitted_at(index),
            })
            .await?;
    }
    snapshots.finish().await?;
    let mut extractions = Bulk::<extraction::Entity>::begin(database).await?;
    for index in 0..count {
        let (snapshot_id, document) = (id(index), "{}".to_owned());
        let extracted_at = submitted_at(index);
        extractions
            .push(extraction::Model { id: snapshot_id, snapshot_id, version: 1, document, extracted_at })
            .await?;
    }
    extractions.finish().await
}

/// A review comes in every minute.
fn submitted_at(index: usize) -> i64 {
    FIRST_DAY.saturating_add(id(index).saturating_mul(60_000_000))
}

fn finished(index: usize) -> submission::Model {
    submission::Model {
        id: id(index),
        url: address(index),
        requested_url: address(index),
        state: SubmissionState::Succeeded,
        outcome: Some(SubmissionOutcome::Created),
        refetch: false,
        reextract: false,
        attempts: 1,
        failures: 0,
        lost_leases: 0,
        fence: 1,
        due_at: None,
        lease_holder: None,
        rung_at: None,
        slot_at: None,
        submitted_at: submitted_at(index),
        requested_at: submitted_at(index),
        finished_at: Some(submitted_at(index)),
        review_id: Some(id(index)),
        problem_code: None,
        problem_message: None,
        problem_retryable: None,
        event_count: 0,
    }
}

async fn reviews(database: &Database, rng: &mut StdRng, planned: &[Planned]) -> anyhow::Result<()> {
    let mut rows = Bulk::<review::Entity>::begin(database).await?;
    for (index, one) in planned.iter().enumerate() {
        rows.push(review_of(rng, index, one)).await?;
    }
    rows.finish().await?;
    let mut arrivals = Bulk::<arrival::Entity>::begin(database).await?;
    for index in 0..planned.len() {
        arrivals.push(arrival::Model { sequence: id(index), review_id: id(index) }).await?;
    }
    arrivals.finish().await
}

fn review_of(rng: &mut StdRng, index: usize, one: &Planned) -> review::Model {
    let paragraphs = rng.random_range(3..=16);
    let (headline, body) = (words::title(rng), words::body(rng, paragraphs));
    let stars = one.half_stars.map(|half_stars| f64::from(half_stars) / 2.0);
    let score = one.half_stars.map(score);
    review::Model {
        id: id(index),
        url: address(index),
        submission_id: id(index),
        extraction_id: id(index),
        film_id: id(one.film),
        critic_id: one.critic.map(id),
        outlet_id: id(one.outlet),
        page_text: format!("{headline}\n\n{body}"),
        word_count: small(body.split_whitespace().count()),
        headline,
        dek: chance(rng, 50).then(|| words::body(rng, 1)),
        published_on: chance(rng, 95).then(|| day(rng)),
        language: Some("en".to_owned()),
        rating_as_printed: stars.map(|stars| format!("{stars} out of 5")),
        rating_value: stars,
        rating_best: stars.map(|_| 5.0),
        rating_scale: stars.map(|_| "STARS_5".to_owned()),
        score,
        score_low: score.map(|score| score - 5.0),
        score_high: score.map(|score| (score + 5.0).min(100.0)),
        body,
        critic_name: None,
        critic_key: None,
        critic_bio: None,
        critic_website: None,
        outlet_name: None,
        submitted_at: submitted_at(index),
        copy_of: None,
        counted: true,
        signature_id: None,
        byline_id: None,
    }
}

/// A day of twenty years.
fn day(rng: &mut StdRng) -> String {
    let (year, month, day) = (rng.random_range(2005..2025), rng.random_range(1..=12), rng.random_range(1..=28));
    format!("{year}-{month:02}-{day:02}")
}

async fn captions(database: &Database, rng: &mut StdRng, planned: &[Planned], count: usize) -> anyhow::Result<()> {
    let mut each = vec![0_i32; planned.len()];
    for _ in 0..count {
        let index = rng.random_range(0..planned.len());
        if let Some(captions) = each.get_mut(index) {
            *captions += 1;
        }
    }
    let mut rows = Bulk::<caption::Entity>::begin(database).await?;
    let mut next = 0;
    for (review, (one, captions)) in planned.iter().zip(each).enumerate() {
        for position in 1..=captions {
            rows.push(caption::Model {
                id: id(next),
                review_id: id(review),
                film_id: id(one.film),
                position,
                text: words::caption(rng),
                credit: chance(rng, 60).then(|| words::short(rng)),
                image_url: Some(format!("https://images.example/{next}.jpg")),
            })
            .await?;
            next += 1;
        }
    }
    rows.finish().await
}
