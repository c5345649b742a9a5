//! The order in which reviews come in does not matter: any order, with repetitions and changes in between, gives the
//! same graph, on both databases, with several writers at once.
//!
//! The pages are generated as extractions, so that what is tested is the graph and not the reading of pages.

use std::time::{Duration, Instant};

use extract::{
    Caption, CaptionPerson, CastMember, Evidence, ExternalId, ExternalSource, Extraction, Field, FilmFacts, Rating,
    RatingScale, ReviewFacts, Source,
};
use migration::{Migrator, MigratorTrait};
use queue::address::AddressPolicy;
use queue::{Bell, Claim, Connections, Database, claim, submit};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tests::command_line::marquee;
use tests::{Mode, database, settings};
use url::Url;
use worker::fetch::FetchedPage;
use worker::store;

pub const FILMS: usize = 12;
const REVIEWS: usize = 48;

/// A film as it is, before critics misspell it.
pub struct Film {
    title: &'static str,
    original_title: Option<&'static str>,
    year: i32,
    director: &'static str,
    cast: [(&'static str, &'static str); 3],
    imdb: &'static str,
}

/// Twelve films: a remake, two of one title, and players that several share under different spellings.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn films() -> [Film; FILMS] {
    let film =
        |title, original_title, year, director, cast, imdb| Film { title, original_title, year, director, cast, imdb };
    let (jang, noor, ueda) = ("Jang Hae-rim", "Noor Aziz", "Ueda Sayo");
    [
        film(
            "Night Ferry",
            None,
            1961,
            "Ada Lund",
            [("Per Holm", "The Captain"), ("Eva Strand", "Inga"), (noor, "Sami")],
            "tt001",
        ),
        film(
            "Night Ferry",
            None,
            2019,
            "Bo Marsh",
            [(jang, "Capt. Oro"), ("Ines Roca", "Lola"), ("Tom Hale", "Pike")],
            "tt002",
        ),
        film(
            "Harbour",
            None,
            2020,
            "Ada Lund",
            [("Eva Strand", "Mother"), (noor, "Karim"), ("Jo Fox", "Bell")],
            "tt003",
        ),
        film(
            "Harbour",
            None,
            2020,
            "Carlo Neri",
            [("Gia Sole", "Rosa"), ("Luca Verde", "Nino"), ("Per Holm", "Father")],
            "tt004",
        ),
        film(
            "The Salt Road",
            Some("소금길"),
            2022,
            "Jang Min-ho",
            [(jang, "Oh Ji-won"), (ueda, "Rin"), ("Kim Bo-ra", "Seo")],
            "tt005",
        ),
        film("Salt", None, 2010, "Ines Roca", [("Tom Hale", "Reed"), ("Jo Fox", "Ann"), ("Ivy Dale", "June")], "tt006"),
        film(
            "Café Minuit",
            None,
            2015,
            "Luc Amiel",
            [("Léa Brun", "Zoé"), ("Ivy Dale", "Kate"), ("Max Orr", "Abel")],
            "tt007",
        ),
        film(
            "A Quiet Orbit",
            None,
            2023,
            "Bo Marsh",
            [(ueda, "Mission Control"), ("Max Orr", "Lt. Voss"), ("Eva Strand", "Ada")],
            "tt008",
        ),
        film(
            "Untold",
            None,
            2001,
            "Gia Sole",
            [("Ivy Dale", "Ruth"), ("Luca Verde", "Sal"), ("Tom Hale", "Jim")],
            "tt009",
        ),
        film(
            "Untold: Part Two",
            None,
            2003,
            "Gia Sole",
            [("Ivy Dale", "Ruth"), ("Jo Fox", "Meg"), ("Tom Hale", "Jim")],
            "tt010",
        ),
        film(
            "1999",
            None,
            2009,
            "Noor Aziz",
            [(noor, "Himself"), ("Léa Brun", "Anaïs"), ("Per Holm", "Judge")],
            "tt011",
        ),
        film(
            "The Long Thaw",
            None,
            2021,
            "Eva Strand",
            [("Per Holm", "Old Nils"), (jang, "Mina"), ("Kim Bo-ra", "Yuna")],
            "tt012",
        ),
    ]
}

/// A page with the address that it stands at.
#[derive(Clone)]
pub struct Written {
    pub url: String,
    pub extraction: Extraction,
}

/// The page at an address, with what another says: what a refetch finds, or a better reading of the same bytes.
pub fn with_the_address_of(address: &Written, page: &Written) -> Written {
    Written { url: address.url.clone(), extraction: page.extraction.clone() }
}

/// What one critic writes of one film: never all of it, not always right, each spelling names their own way.
pub fn write_review(number: usize, film: &Film, random: &mut StdRng) -> Written {
    let mut extraction = Extraction { is_film_review: true, text: "text".to_owned(), ..Extraction::default() };
    let mut evidence = Vec::new();
    let mut say = |field, subject: Option<&str>, value: &str, source| {
        let (subject, value) = (subject.map(str::to_owned), value.to_owned());
        evidence.push(Evidence { field, subject, value, source, span: None, chosen: true });
    };
    let title = match random.random_range(0..4) {
        0 => film.title.to_uppercase(),
        1 => format!("{} ({})", film.title, film.year),
        _ => film.title.to_owned(),
    };
    let mut facts = FilmFacts { title: Some(title.clone()), ..FilmFacts::default() };
    say(Field::Title, None, &title, Source::Headline);
    if let Some(original) = film.original_title.filter(|_| random.random_bool(0.5)) {
        facts.original_title = Some(original.to_owned());
        say(Field::OriginalTitle, None, original, Source::Headline);
    }
    if random.random_bool(0.7) {
        let year = film.year + i32::from(random.random_bool(0.1));
        facts.year = Some(year);
        say(Field::Year, None, &year.to_string(), Source::CreditBlock);
    }
    if random.random_bool(0.7) {
        let director = spelt(film.director, random);
        say(Field::Director, None, &director, Source::CreditBlock);
        facts.directors.push(director);
    }
    if random.random_bool(0.2) {
        facts.external_ids.push(ExternalId { source: ExternalSource::Imdb, value: film.imdb.to_owned() });
        say(Field::ExternalId, None, &format!("IMDB:{}", film.imdb), Source::StructuredData);
    }
    say(Field::Runtime, None, &random.random_range(90..95).to_string(), Source::Prose);
    let mut caption = Caption { text: format!("A scene of page {number}"), ..Caption::default() };
    for (name, character) in &film.cast {
        if random.random_bool(0.2) {
            continue;
        }
        let name = spelt(name, random);
        let billed = random.random_bool(0.5);
        say(Field::Cast, None, &name, if billed { Source::CreditBlock } else { Source::Prose });
        say(Field::Character, Some(&name), character, Source::Prose);
        facts.cast.push(CastMember { name: name.clone(), character: Some((*character).to_owned()), billed });
        if random.random_bool(0.4) {
            say(Field::Depiction, Some(&name), &caption.text, Source::Caption);
            caption.people.push(CaptionPerson { name, ..CaptionPerson::default() });
        }
    }
    let critic = random.random_range(0..9);
    let site = critic % 6;
    extraction.review = ReviewFacts {
        headline: Some(format!("{title}: review {number}")),
        author: Some(format!("Critic Number{critic}")),
        author_bio_link: random.random_bool(0.3).then(|| format!("https://critic{critic}.example/")),
        outlet: Some(format!("Outlet {}", site + random.random_range(0..2))),
        rating: if random.random_bool(0.8) { rating(random.random_range(0..=10)) } else { Rating::default() },
        body: Some(format!("Words on {title}, number {number}.")),
        ..ReviewFacts::default()
    };
    extraction.film = facts;
    extraction.captions.push(caption);
    extraction.evidence = evidence;
    Written { url: format!("https://site{site}.example/reviews/{number}"), extraction }
}

fn rating(points: i32) -> Rating {
    let score = Some(f64::from(points) * 10.0);
    Rating {
        as_printed: Some(format!("{points}/10")),
        value: Some(f64::from(points)),
        best: Some(10.0),
        scale: Some(RatingScale::Points10),
        score,
        score_low: score,
        score_high: score,
    }
}

/// A name in its own order, in the other, or in another romanisation.
fn spelt(name: &str, random: &mut StdRng) -> String {
    match (name.split_once(' '), random.random_range(0..6)) {
        (Some((first, last)), 0) => format!("{last} {first}"),
        _ if random.random_bool(0.2) => name.replace("Hae-rim", "Ha-rim"),
        _ => name.to_owned(),
    }
}

/// One database, and the processes' half of a store: accept, claim, store.
pub struct Graph {
    pub database: Database,
    bell: Bell,
    connections: Connections,
    _folder: TempDir,
}

impl Graph {
    pub async fn open(mode: Mode) -> Self {
        let folder = TempDir::new().unwrap();
        let connections = match mode {
            Mode::Embedded => connections(format!("sqlite:{}", folder.path().join("marquee.db").display()), None),
            Mode::Fleet => connections(database::create().await, Some(settings::redis_url())),
        };
        let database = Database::connect(&connections).await.unwrap();
        Migrator::up(database.connection(), None).await.unwrap();
        let bell = Bell::connect(&connections, &database).await.unwrap();
        Self { database, bell, connections, _folder: folder }
    }

    pub async fn store(&self, written: &Written) {
        let claim = self.claim(written).await;
        store::review(&self.database, &claim, &page(written), &written.extraction).await.unwrap();
    }

    /// Begins to store a review, and is killed after a while, be it in the middle. Its lease is over at once.
    async fn be_killed_storing(&self, written: &Written, after: Duration) {
        let claim = self.claim(written).await;
        let page = page(written);
        let storing = store::review(&self.database, &claim, &page, &written.extraction);
        if tokio::time::timeout(after, storing).await.is_err() {
            let over = "update submission set due_at = 1 where id = $1 and finished_at is null";
            let values = [claim.submission_id.into()];
            let statement = sea_orm::Statement::from_sql_and_values(self.database.backend(), over, values);
            self.database.connection().execute_raw(statement).await.unwrap();
        }
    }

    async fn claim(&self, written: &Written) -> Claim {
        let policy = AddressPolicy::new(Vec::new());
        let accepted = submit(&self.database, &self.bell, &policy, &written.url, true).await.unwrap();
        let claimed = claim(&self.database, accepted.submission.id, "test").await.unwrap();
        claimed.expect("a fresh submission can be claimed")
    }

    /// Changes rows behind everybody's back.
    pub async fn run(&self, sql: &str) {
        let done = self.database.connection().execute_unprepared(sql).await;
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The column `line` of a query's rows.
    pub async fn lines(&self, sql: &str) -> Vec<String> {
        let statement = sea_orm::Statement::from_string(self.database.backend(), sql);
        let rows = self.database.connection().query_all_raw(statement).await;
        let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows.iter().map(|row| row.try_get("", "line").expect("a line is text")).collect()
    }

    /// Flags of commands that look at it.
    pub fn flags(&self) -> Vec<&str> {
        let mut flags = vec!["--database-url", self.connections.database_url.as_str()];
        if let Some(redis) = &self.connections.redis_url {
            flags.extend(["--redis-url", redis, "--redis-prefix", &self.connections.redis_prefix]);
        }
        flags
    }

    pub async fn export(&self) -> String {
        let exported = marquee(&[&["export"], &self.flags()[..]].concat(), Duration::from_secs(60)).await;
        assert!(exported.status.success(), "{exported:#?}");
        exported.stdout
    }
}

fn page(written: &Written) -> FetchedPage {
    FetchedPage {
        url: Url::parse(&written.url).unwrap(),
        content_type: None,
        etag: None,
        last_modified: None,
        bytes: written.url.clone().into(),
    }
}

fn connections(database_url: String, redis_url: Option<String>) -> Connections {
    let redis_prefix = database::fresh_name();
    Connections { database_url, redis_url, redis_prefix, database_connections: 8 }
}

pub fn reviews(random: &mut StdRng) -> Vec<Written> {
    let films = films();
    (0..REVIEWS).map(|number| write_review(number, &films[number % FILMS], random)).collect()
}

/// The first half is written once as something else, and everything may come twice.
fn muddled(reviews: &[Written], random: &mut StdRng) -> Vec<Written> {
    let films = films();
    let mut first: Vec<Written> = Vec::new();
    for (number, review) in reviews.iter().enumerate() {
        if random.random_bool(0.6) {
            continue;
        }
        let before = write_review(number + REVIEWS, &films[random.random_range(0..FILMS)], random);
        first.push(Written { url: review.url.clone(), extraction: before.extraction });
    }
    first.shuffle(random);
    let mut last = reviews.to_vec();
    let twice: Vec<Written> = reviews.iter().filter(|_| random.random_bool(0.3)).cloned().collect();
    last.extend(twice);
    last.shuffle(random);
    first.extend(last);
    first
}

#[tokio::test]
async fn any_order_with_repetitions_changes_and_kills_gives_the_same_bytes_on_both_databases() {
    let rounds = if settings::long_runs() { 40 } else { 2 };
    for seed in 0..rounds {
        let random = &mut StdRng::seed_from_u64(seed);
        let reviews = reviews(random);
        let straight = Graph::open(Mode::Embedded).await;
        for review in &reviews {
            straight.store(review).await;
        }
        let expected = straight.export().await;
        assert!(expected.lines().count() >= FILMS - 2, "seed {seed}: {expected}");
        for mode in [Mode::Embedded, Mode::Fleet] {
            let graph = Graph::open(mode).await;
            for review in muddled(&reviews, random) {
                if random.random_bool(0.1) {
                    let after = Duration::from_micros(random.random_range(0..30_000));
                    graph.be_killed_storing(&review, after).await;
                }
                graph.store(&review).await;
            }
            assert_same(&expected, &graph.export().await, &format!("seed {seed}, {mode:?}"));
        }
    }
}

/// Reviews of twenty films: the twelve, and eight more of their own names.
fn many_reviews(count: usize, random: &mut StdRng) -> Vec<Written> {
    let films = films();
    let write = |number: usize| {
        let film = number % 20;
        let mut written = write_review(number, &films[film % FILMS], random);
        if film >= FILMS {
            rename(&mut written.extraction, film);
        }
        written
    };
    (0..count).map(write).collect()
}

/// Makes another film of it: another title, and nobody's identity.
fn rename(extraction: &mut Extraction, film: usize) {
    let other = |title: &str| format!("{title} of {film} Harbours");
    extraction.film.title = extraction.film.title.as_deref().map(other);
    extraction.film.external_ids.clear();
    extraction
        .evidence
        .retain(|evidence| evidence.field != Field::ExternalId && evidence.field != Field::OriginalTitle);
    for evidence in extraction.evidence.iter_mut().filter(|evidence| evidence.field == Field::Title) {
        evidence.value = other(&evidence.value);
    }
}

#[tokio::test]
async fn four_writers_at_once_lose_nothing_and_give_the_same_bytes_as_one() {
    let count = if settings::long_runs() { 1_000 } else { 100 };
    let reviews = many_reviews(count, &mut StdRng::seed_from_u64(99));
    let straight = Graph::open(Mode::Embedded).await;
    for review in &reviews {
        straight.store(review).await;
    }
    let graph = Graph::open(Mode::Fleet).await;
    let begun = Instant::now();
    let writers = (0..4).map(|writer| {
        let mine: Vec<&Written> = reviews.iter().skip(writer).step_by(4).collect();
        let graph = &graph;
        async move {
            for review in mine {
                graph.store(review).await;
            }
        }
    });
    futures::future::join_all(writers).await;
    let (turns, waited) = graph.database.graph_waits();
    let share = waited.as_secs_f64() / (4.0 * begun.elapsed().as_secs_f64());
    println!("{turns} turns of four writers; {:.0} % of their time went by waiting for one", share * 100.0);
    assert_eq!(turns, u64::try_from(count).unwrap(), "every review was stored, and none twice");
    assert_same(&straight.export().await, &graph.export().await, "four writers");
}

/// Shows the first film that differs, not two whole graphs.
pub fn assert_same(expected: &str, actual: &str, which: &str) {
    for (expected, actual) in expected.lines().zip(actual.lines()) {
        assert_eq!(expected, actual, "{which}");
    }
    assert_eq!(expected.lines().count(), actual.lines().count(), "{which}");
}
