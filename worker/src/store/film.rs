//! Films: what their rows say, and what becomes of ids that were merged.

use std::collections::{BTreeMap, BTreeSet};

use entity::sort_key::{fold, title_sort};
use sea_orm::{DatabaseTransaction, DbErr, Value};
use serde_json::json;

use super::{claims, facts, sql};
use crate::resolve::describe::{self, Description};
use crate::resolve::fact;
use crate::resolve::groups::Groups;
use crate::resolve::reception;
use crate::resolve::vote::Tallied;

/// A row without a description, for a film that is described in the same transaction.
pub(super) async fn make(transaction: &DatabaseTransaction) -> Result<i64, DbErr> {
    let insert = "insert into film (title, title_sort, review_count, rated_count, score_sum, score_histogram) \
                  values ('', '', 0, 0, 0, '[]') returning id";
    sql::insert(transaction, insert, []).await
}

/// A row under an id that was merged into another film's: the id no longer leads there.
pub(super) async fn take_back(transaction: &DatabaseTransaction, former: i64) -> Result<i64, DbErr> {
    sql::write(transaction, "delete from film_redirect where former_id = $1", [former.into()]).await?;
    let insert = "insert into film (id, title, title_sort, review_count, rated_count, score_sum, score_histogram) \
                  values ($1, '', '', 0, 0, 0, '[]')";
    sql::write(transaction, insert, [former.into()]).await?;
    Ok(former)
}

/// Everything that independent reviews say of a film, added up.
pub(super) async fn tallied(transaction: &DatabaseTransaction, film_id: i64) -> Result<Vec<Tallied>, DbErr> {
    let sql = "select s.id, s.field, s.subject_key, s.value_key, t.subject, t.value, t.source, t.chosen, t.reviews, \
                      t.billed, t.billing_sum \
               from statement s join tally t on t.statement_id = s.id where s.film_id = $1";
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let rows = sql::rows(transaction, sql, [film_id.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Tallied {
                statement: row.try_get("", "id")?,
                key: claims::statement_key(row)?,
                subject: row.try_get("", "subject")?,
                value: row.try_get("", "value")?,
                source: claims::named(&row.try_get::<String>("", "source")?)?,
                chosen: row.try_get("", "chosen")?,
                reviews: count(row.try_get::<i32>("", "reviews")?.into()),
                billed: count(row.try_get::<i32>("", "billed")?.into()),
                billing_sum: count(row.try_get("", "billing_sum")?),
            })
        })
        .collect()
}

/// What the film's reviews say of it, without writing anything.
pub(super) async fn described(transaction: &DatabaseTransaction, film_id: i64) -> Result<Description, DbErr> {
    let rows = tallied(transaction, film_id).await?;
    Ok(describe::describe(&rows, &Groups::of(&rows)))
}

/// Writes what the film's reviews say of it, except for its people, and answers the whole description.
pub(super) async fn describe(transaction: &DatabaseTransaction, film_id: i64) -> Result<Description, DbErr> {
    let rows = tallied(transaction, film_id).await?;
    let groups = Groups::of(&rows);
    let description = describe::describe(&rows, &groups);
    let scores = scores(transaction, "film_score", "film_id", &[film_id]).await?;
    let reception = reception::receive(&scores);
    sql::write(
        transaction,
        "update film set title = $2, original_title = $3, title_sort = $4, year = $5, release_date = $6, \
                runtime_minutes = $7, content_rating = $8, rated_count = $9, score_sum = $10, score_mean = $11, \
                score_median = $12, score_spread = $13, score_histogram = $14 where id = $1",
        [
            film_id.into(),
            description.title.as_str().into(),
            description.original_title.clone().into(),
            title_sort(&description.title).into(),
            description.year.into(),
            description.release_date.clone().into(),
            description.runtime_minutes.into(),
            description.content_rating.clone().into(),
            reception.rated_count.into(),
            reception.sum.into(),
            reception.mean.into(),
            reception.median.into(),
            reception.spread.into(),
            json!(reception.histogram).to_string().into(),
        ],
    )
    .await?;
    let genres = description.genres.iter().zip(1..).map(|(genre, position): (_, i32)| (position, genre.clone()));
    write_genres(transaction, film_id, genres.collect()).await?;
    write_external_ids(transaction, film_id, &description.external_ids).await?;
    facts::write(transaction, film_id, fact::state(&rows, &description, &groups)).await?;
    Ok(description)
}

/// How many independent reviews give each score, to one film or under some bylines.
pub(super) async fn scores(
    transaction: &DatabaseTransaction,
    table: &str,
    owner: &str,
    ids: &[i64],
) -> Result<Vec<(f64, u64)>, DbErr> {
    let among = sql::among_ids(transaction, 1);
    let sql = format!("select score, sum(reviews) as reviews from {table} where {owner} {among} group by score");
    let rows = sql::rows(transaction, sql, [sql::ids(ids.iter().copied())]).await?;
    let score = |row: &sea_orm::QueryResult| {
        Ok((row.try_get("", "score")?, u64::try_from(row.try_get::<i64>("", "reviews")?).unwrap_or(0)))
    };
    rows.iter().map(score).collect()
}

async fn write_genres(
    transaction: &DatabaseTransaction,
    film_id: i64,
    genres: BTreeSet<(i32, String)>,
) -> Result<(), DbErr> {
    let sql = "select position, name from film_genre where film_id = $1";
    let mut known = BTreeSet::new();
    for row in sql::rows(transaction, sql, [film_id.into()]).await? {
        known.insert((row.try_get("", "position")?, row.try_get("", "name")?));
    }
    if known == genres {
        return Ok(());
    }
    sql::write(transaction, "delete from film_genre where film_id = $1", [film_id.into()]).await?;
    let insert = format!(
        "insert into film_genre (film_id, position, name, name_key) select $1, said.place, said.name, said.name_key from {}",
        sql::records(transaction, 2, &[("place", "integer"), ("name", "text"), ("name_key", "text")])
    );
    let record = |(place, name): &(i32, String)| json!({ "place": place, "name": name, "name_key": fold(name) });
    sql::write(transaction, insert, [film_id.into(), sql::list(genres.iter().map(record).collect())]).await?;
    Ok(())
}

async fn write_external_ids(
    transaction: &DatabaseTransaction,
    film_id: i64,
    external_ids: &[String],
) -> Result<(), DbErr> {
    let sql = "select source, value from film_external_id where film_id = $1";
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for row in sql::rows(transaction, sql, [film_id.into()]).await? {
        known.insert((row.try_get("", "source")?, row.try_get("", "value")?));
    }
    let split = |id: &String| id.split_once(':').map(|(source, value)| (source.to_owned(), value.to_owned()));
    let now: BTreeSet<(String, String)> = external_ids.iter().filter_map(split).collect();
    for (source, value) in known.difference(&now) {
        let delete = "delete from film_external_id where film_id = $1 and source = $2 and value = $3";
        sql::write(transaction, delete, [film_id.into(), source.into(), value.into()]).await?;
    }
    for (source, value) in now.difference(&known) {
        let insert = "insert into film_external_id (film_id, source, value) values ($1, $2, $3)";
        sql::write(transaction, insert, [film_id.into(), source.into(), value.into()]).await?;
    }
    Ok(())
}

/// Takes leave of merged films: their ids lead to what they are part of now, but for films that were `made` in the same
/// transaction, which nobody has seen. Answers the names that stood in them, and for whom.
pub(super) async fn leave(
    transaction: &DatabaseTransaction,
    merged: &[(i64, i64)],
    made: &BTreeSet<i64>,
) -> Result<BTreeMap<String, i64>, DbErr> {
    let mut left_names = BTreeMap::new();
    for (former, film_id) in merged {
        let ids = || -> [Value; 2] { [(*former).into(), (*film_id).into()] };
        let led = "update film_redirect set film_id = $2 where former_id = $1";
        if sql::write(transaction, led, ids()).await? > 0 {
            continue;
        }
        let names = "select name_key, person_id from film_name where film_id = $1";
        for row in sql::rows(transaction, names, [(*former).into()]).await? {
            left_names.insert(row.try_get("", "name_key")?, row.try_get("", "person_id")?);
        }
        for table in ["film_genre", "film_external_id", "film_name", "film_person_id", "caption_name", "credit"] {
            sql::write(transaction, format!("delete from {table} where film_id = $1"), [(*former).into()]).await?;
        }
        sql::write(transaction, "update film_redirect set film_id = $2 where film_id = $1", ids()).await?;
        sql::write(transaction, "delete from film where id = $1", [(*former).into()]).await?;
        if !made.contains(former) {
            sql::write(transaction, "insert into film_redirect (former_id, film_id) values ($1, $2)", ids()).await?;
        }
    }
    Ok(left_names)
}
