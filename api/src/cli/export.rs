//! `marquee export`: the graph as NDJSON, a film a line, in canonical order and without ids.
//!
//! Two databases that hold the same claims print the same bytes, whatever order the reviews came in. One film is in
//! memory at a time, and with it the films whose titles sort the same.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use queue::{Connections, Database};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use serde_json::{Map, Value as Json, json};

use super::{console, open};

/// Films whose order is read at a time.
const FILMS_PER_PAGE: i64 = 1_000;

/// Which database, and in which form.
#[derive(Debug, Clone, Args)]
pub struct ExportArguments {
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
    #[command(flatten)]
    connections: Connections,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object a line, a film each
    Ndjson,
}

/// Prints the graph.
pub async fn run(arguments: ExportArguments) -> anyhow::Result<ExitCode> {
    console::start_log("warn");
    let Format::Ndjson = arguments.format;
    let database = Database::connect(&arguments.connections).await?;
    open::bring_up_to_date(&database).await?;
    let mut after = (String::new(), 0_i64);
    let mut same_title: Vec<(String, i64)> = Vec::new();
    let mut title = String::new();
    loop {
        let page = rows(
            &database,
            "select f.id, f.title_sort, (select min(r.url$C) from review r where r.film_id = f.id) as url from film f \
             where (f.title_sort, f.id) > ($1, $2) order by f.title_sort, f.id limit $3",
            vec![after.0.clone().into(), after.1.into(), FILMS_PER_PAGE.into()],
        )
        .await?;
        for row in &page {
            after = (row.try_get("", "title_sort")?, row.try_get("", "id")?);
            if after.0 != title {
                print_films(&database, &mut same_title).await?;
                title.clone_from(&after.0);
            }
            same_title.push((row.try_get::<Option<String>>("", "url")?.unwrap_or_default(), after.1));
        }
        if page.is_empty() {
            print_films(&database, &mut same_title).await?;
            return Ok(ExitCode::SUCCESS);
        }
    }
}

/// Prints films whose titles sort the same, by the first of their reviews' addresses.
async fn print_films(database: &Database, films: &mut Vec<(String, i64)>) -> anyhow::Result<()> {
    films.sort();
    for (_, film_id) in films.drain(..) {
        if let Some(film) = film(database, film_id).await? {
            console::print(&format!("{film}\n"))?;
        }
    }
    Ok(())
}

/// Everything that the graph says of a film, ordered by content.
async fn film(database: &Database, film_id: i64) -> Result<Option<Json>, DbErr> {
    let id = || vec![Value::from(film_id)];
    let found = rows(database, "select * from film where id = $1", id()).await?;
    let Some(row) = found.first() else { return Ok(None) };
    let genres = rows(database, "select name from film_genre where film_id = $1 order by position", id()).await?;
    let external_ids = "select source, value from film_external_id where film_id = $1 order by source$C, value$C";
    let credits = "select p.name, c.role, c.character, c.billing from credit c join person p on p.id = c.person_id \
                   where c.film_id = $1 order by c.position, c.role$C, p.name$C";
    let reviews = "select r.*, o.name as outlet, o.host, p.name as critic from review r \
                   join outlet o on o.id = r.outlet_id left join person p on p.id = r.critic_id \
                   where r.film_id = $1 order by r.url$C";
    let mut printed_reviews = Vec::new();
    for review in rows(database, reviews, id()).await? {
        printed_reviews.push(print_review(database, &review).await?);
    }
    let histogram: String = row.try_get("", "score_histogram")?;
    Ok(Some(json!({
        "title": text(row, "title")?,
        "originalTitle": text(row, "original_title")?,
        "year": row.try_get::<Option<i32>>("", "year")?,
        "releaseDate": text(row, "release_date")?,
        "runtimeMinutes": row.try_get::<Option<i32>>("", "runtime_minutes")?,
        "contentRating": text(row, "content_rating")?,
        "genres": genres.iter().map(|genre| text(genre, "name")).collect::<Result<Vec<_>, _>>()?,
        "externalIds": objects(&rows(database, external_ids, id()).await?, &["source", "value"])?,
        "credits": credits_of(&rows(database, credits, id()).await?)?,
        "reception": {
            "reviewCount": row.try_get::<i32>("", "review_count")?,
            "ratedCount": row.try_get::<i32>("", "rated_count")?,
            "mean": row.try_get::<Option<f64>>("", "score_mean")?,
            "median": row.try_get::<Option<f64>>("", "score_median")?,
            "spread": row.try_get::<Option<f64>>("", "score_spread")?,
            "histogram": serde_json::from_str::<Json>(&histogram).unwrap_or_default(),
        },
        "reviews": printed_reviews,
    })))
}

fn credits_of(rows: &[QueryResult]) -> Result<Vec<Json>, DbErr> {
    rows.iter()
        .map(|row| {
            Ok(json!({
                "name": text(row, "name")?,
                "role": text(row, "role")?,
                "character": text(row, "character")?,
                "billing": row.try_get::<Option<i32>>("", "billing")?,
            }))
        })
        .collect()
}

async fn print_review(database: &Database, row: &QueryResult) -> Result<Json, DbErr> {
    let review_id: i64 = row.try_get("", "id")?;
    let number = |column: &str| row.try_get::<Option<f64>>("", column);
    let captions = "select id, text, credit, image_url from caption where review_id = $1 order by position";
    let mut printed_captions = Vec::new();
    for caption in rows(database, captions, vec![review_id.into()]).await? {
        let people = "select p.name, d.character, d.place from depiction d join person p on p.id = d.person_id \
                      where d.caption_id = $1 order by d.position";
        let people = rows(database, people, vec![caption.try_get::<i64>("", "id")?.into()]).await?;
        printed_captions.push(json!({
            "text": text(&caption, "text")?,
            "credit": text(&caption, "credit")?,
            "imageUrl": text(&caption, "image_url")?,
            "depicts": objects(&people, &["name", "character", "place"])?,
        }));
    }
    Ok(json!({
        "url": text(row, "url")?,
        "headline": text(row, "headline")?,
        "dek": text(row, "dek")?,
        "critic": text(row, "critic")?,
        "outlet": { "name": text(row, "outlet")?, "host": text(row, "host")? },
        "publishedOn": text(row, "published_on")?,
        "language": text(row, "language")?,
        "rating": text(row, "rating_as_printed")?.map(|printed| Ok::<_, DbErr>(json!({
            "asPrinted": printed,
            "value": number("rating_value")?,
            "best": number("rating_best")?,
            "scale": text(row, "rating_scale")?,
            "score": number("score")?,
            "scoreLow": number("score_low")?,
            "scoreHigh": number("score_high")?,
        }))).transpose()?,
        "body": text(row, "body")?,
        "captions": printed_captions,
    }))
}

fn text(row: &QueryResult, column: &str) -> Result<Option<String>, DbErr> {
    row.try_get("", column)
}

fn objects(rows: &[QueryResult], columns: &[&str]) -> Result<Vec<Json>, DbErr> {
    rows.iter()
        .map(|row| {
            let mut object = Map::new();
            for column in columns {
                object.insert((*column).to_owned(), json!(text(row, column)?));
            }
            Ok(Json::Object(object))
        })
        .collect()
}

/// `$C` stands for the collation that sorts by bytes, which only PostgreSQL has to be told.
async fn rows(database: &Database, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, DbErr> {
    let backend = database.backend();
    let collation = if backend == sea_orm::DbBackend::Postgres { " collate \"C\"" } else { "" };
    let statement = Statement::from_sql_and_values(backend, sql.replace("$C", collation), values);
    database.connection().query_all_raw(statement).await
}
