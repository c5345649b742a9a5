//! A small invented film graph for tests, written row by row, on SQLite and, when there is one, on PostgreSQL.

use std::future::Future;
use std::sync::Arc;

use entity::sort_key;
use migration::{Migrator, MigratorTrait};
use queue::address::AddressPolicy;
use queue::{Bell, Connections, Database};
use sea_orm::{ConnectionTrait, DbBackend};
use ulid::Ulid;

use crate::Services;

/// Names the PostgreSQL server that tests may make databases on.
const POSTGRES: &str = "MARQUEE_TEST_POSTGRES_URL";

/// Critics of the invented graph; film people follow them.
pub(crate) const CRITICS: usize = 4;

/// The text of every invented page. "94" stands at 10..12, counted in scalar values.
pub(crate) const PAGE_TEXT: &str = "Größe und 94 Minuten: the ferry sails at night. Nobody on board is who they say.";

/// Runs a test on a database of each kind that is there, each migrated and empty.
pub(crate) async fn on_each_database<Test, Work>(test: Test)
where
    Test: Fn(Services) -> Work,
    Work: Future<Output = ()>,
{
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = format!("sqlite:{}", folder.path().join("test.db").display());
    let embedded = connections(file, None);
    let sqlite = Database::connect(&embedded).await.expect("SQLite opens");
    let bell = Bell::connect(&embedded, &sqlite).await.expect("a bell");
    Migrator::up(sqlite.connection(), None).await.expect("SQLite migrates");
    test(services(sqlite, bell.clone())).await;
    #[expect(clippy::disallowed_methods, reason = "a test has no command line to take it from")]
    let Ok(server) = std::env::var(POSTGRES) else {
        return;
    };
    // Nothing is delivered here: the bell of the SQLite file serves.
    let name = format!("api_{}", Ulid::generate().to_string().to_lowercase());
    let administration = sea_orm::Database::connect(&server).await.expect("the server answers");
    administration.execute_unprepared(&format!("create database {name}")).await.expect("a database");
    let (base, _) = server.rsplit_once('/').expect("a database in the address");
    let fleet = connections(format!("{base}/{name}"), Some("redis://127.0.0.1:1/0".to_owned()));
    let postgres = Database::connect(&fleet).await.expect("PostgreSQL opens");
    Migrator::up(postgres.connection(), None).await.expect("PostgreSQL migrates");
    test(services(postgres, bell)).await;
    administration.execute_unprepared(&format!("drop database {name} with (force)")).await.expect("dropped");
}

fn connections(database_url: String, redis_url: Option<String>) -> Connections {
    Connections { database_url, redis_url, redis_prefix: "test".to_owned(), database_connections: 4 }
}

fn services(database: Database, bell: Bell) -> Services {
    Services { database, bell, policy: Arc::new(AddressPolicy::default()) }
}

/// Runs statements that end with `;` at the end of a line.
pub(crate) async fn run(services: &Services, statements: &str) {
    for statement in statements.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        let done = services.database.connection().execute_unprepared(statement).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

/// Writes `films` films. Film `n` is titled `Film n` with two digits, is of the year 2000 + n unless n divides by 4, has 3
/// actors and a director, and 3 reviews, each with a score (unless n divides by 5), a caption and two claims. Film 1 has
/// the former id 9001, and person 5 the former id 9002. All of them can be searched.
pub(crate) async fn film_graph(services: &Services, films: usize) {
    let mut sql = String::from(
        "insert into outlet (id, host, name) values (1, 'harbour.example', 'The Harbour'), (2, 'reel.example', 'Night Reel');\n",
    );
    for person in 1..=(CRITICS + films + 3) {
        let critic = person <= CRITICS;
        let name = format!("{} {person:03}", if critic { "Critic Verity" } else { "Player Oakes" });
        let (key, sort) = (sort_key::name_key(&name), sort_key::fold(&name));
        sql.push_str(&format!(
            "insert into person (id, name, name_key, name_sort, critic) \
             values ({person}, '{name}', '{key}', '{sort}', {critic});\n"
        ));
    }
    for critic in 1..=CRITICS {
        sql.push_str(&format!(
            "insert into critic_profile (person_id, bio, website, review_count, score_count, score_sum) \
             values ({critic}, 'Writes.', 'https://critic{critic}.example/', 2, 2, 130.0);\n\
             insert into critic_outlet (person_id, outlet_id) values ({critic}, 1);\n"
        ));
    }
    for film in 1..=films {
        sql.push_str(&one_film(film));
    }
    sql.push_str(
        "insert into film_redirect (former_id, film_id) values (9001, 1);\n\
         insert into person_redirect (former_id, person_id) values (9002, 5);\n\
         insert into person_other_name (person_id, name) values (5, 'P. Oakes');\n\
         insert into person_external_id (person_id, source, value) values (5, 'IMDB', 'nm0000005');\n",
    );
    run(services, &sql).await;
    make_searchable(services).await;
}

async fn make_searchable(services: &Services) {
    let is_postgres = services.database.backend() == DbBackend::Postgres;
    let words =
        |text: &str| if is_postgres { format!("to_tsvector('simple', {text})") } else { format!("lower({text})") };
    let columns = if is_postgres { "id, names, headline, words" } else { "rowid, names, headline, text" };
    for (kind, table, [name, headline, text]) in [
        (1, "film", ["title", "''", "title"]),
        (2, "person", ["name", "''", "name"]),
        (3, "review", ["''", "headline", "headline || ' ' || body"]),
    ] {
        let (name, headline, text) = (words(name), words(headline), words(text));
        let documents = format!("select id * 4 + {kind}, {name}, {headline}, {text} from {table};\n");
        run(services, &format!("insert into search_document ({columns}) {documents}")).await;
    }
}

fn one_film(film: usize) -> String {
    let year = if film.is_multiple_of(4) { "null".to_owned() } else { (2_000 + film).to_string() };
    let rated = !film.is_multiple_of(5);
    let (mean, sum, count) = if rated { ("60.0", "180.0", 3) } else { ("null", "0.0", 0) };
    let mut sql = format!(
        "insert into film (id, title, title_sort, year, release_date, runtime_minutes, content_rating, review_count, \
         rated_count, score_sum, score_mean, score_median, score_spread, score_histogram) values ({film}, \
         'Film {film:02}', 'film {film:02}', {year}, '2024-07-05', 94, 'NR', 3, {count}, {sum}, {mean}, {mean}, {mean}, \
         '[0,0,0,0,1,0,1,0,1,0]');\n\
         insert into film_genre (film_id, position, name, name_key) values ({film}, 1, 'Thriller', 'thriller'), \
         ({film}, 2, 'Drama', 'drama');\n\
         insert into film_external_id (film_id, source, value) values ({film}, 'IMDB', 'tt{film:07}');\n"
    );
    for (position, role) in [(1, "ACTOR"), (2, "ACTOR"), (3, "ACTOR"), (4, "DIRECTOR")] {
        let (id, person) = (film * 10 + position, CRITICS + film + position - 1);
        let character = if role == "ACTOR" { format!("'Role {position}'") } else { "null".to_owned() };
        let person = if role == "DIRECTOR" { CRITICS + film } else { person };
        sql.push_str(&format!(
            "insert into credit (id, film_id, person_id, role, \"character\", billing, position) values ({id}, {film}, \
             {person}, '{role}', {character}, {position}, {position});\n"
        ));
    }
    for number in 1..=3 {
        sql.push_str(&one_review(film, number, rated));
    }
    sql
}

fn one_review(film: usize, number: usize, rated: bool) -> String {
    let id = film * 10 + number;
    let critic = (film + number) % CRITICS + 1;
    let score = if rated { (20 + number * 20).to_string() } else { "null".to_owned() };
    let printed = if rated { format!("'{number} of 5'") } else { "null".to_owned() };
    let body = PAGE_TEXT;
    let person = CRITICS + film;
    format!(
        "insert into submission (id, url, requested_url, state, outcome, refetch, attempts, failures, lost_leases, fence, \
         submitted_at, requested_at, finished_at, event_count, review_id) values ({id}, 'https://harbour.example/{id}', \
         'https://harbour.example/{id}', 'SUCCEEDED', 'CREATED', false, 1, 0, 0, 1, {id}000000, {id}000000, {id}500000, 2, {id});\n\
         insert into submission_event (submission_id, sequence, \"at\", state, message, attempt) values \
         ({id}, 1, {id}000000, 'QUEUED', 'accepted', 0), ({id}, 2, {id}500000, 'SUCCEEDED', 'CREATED', 1);\n\
         insert into \"fetch\" (id, submission_id, url, redirects, status, address, duration_ms, started_at) values \
         ({id}, {id}, 'https://harbour.example/{id}', '[\"https://harbour.example/{id}/\"]', 200, '192.0.2.1:443', 12, 5);\n\
         insert into page_body (sha256, content_zstd, bytes_decoded) values ('{id}', '', 0);\n\
         insert into snapshot (id, submission_id, sha256, url, fetched_at) values ({id}, {id}, '{id}', 'https://x', 1);\n\
         insert into extraction (id, snapshot_id, version, document, extracted_at) values ({id}, {id}, 1, '{{}}', 1);\n\
         insert into review (id, url, submission_id, extraction_id, film_id, critic_id, outlet_id, headline, published_on, \
         language, rating_as_printed, rating_value, rating_best, rating_scale, score, score_low, score_high, body, \
         page_text, word_count, submitted_at) values ({id}, 'https://harbour.example/{id}', {id}, {id}, {film}, {critic}, 1, \
         'Review {id}', '2024-01-{number:02}', 'en', {printed}, {number}, 5, 'STARS_5', {score}, {score}, {score}, \
         '{body}', '{body}', 15, {id}000000);\n\
         insert into caption (id, review_id, film_id, position, text, credit) values ({id}, {id}, {film}, 1, 'A picture', \
         'Lantern');\n\
         insert into depiction (caption_id, position, name, person_id, \"character\", place) values ({id}, 1, 'Oakes', {person}, \
         'Role 1', 'LEFT'), ({id}, 2, 'Somebody', null, null, null);\n\
         insert into claim (id, review_id, field, subject, value, source, quote_start, quote_end, chosen) values \
         ({id}1, {id}, 'RUNTIME', null, '94', 'PROSE', 10, 12, true), \
         ({id}2, {id}, 'CHARACTER', 'Oakes {person:03} Player', 'Role 1', 'STRUCTURED_DATA', null, null, true);\n"
    )
}
