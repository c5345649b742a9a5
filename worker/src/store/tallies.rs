//! The tallies: what independent reviews add up to. A review enters them and leaves them whole, by plus and minus one.
//!
//! Knows nothing of what the numbers mean: that is resolution's.

use std::collections::BTreeMap;

use sea_orm::{DatabaseTransaction, DbErr, QueryResult};
use serde_json::{Value as Json, json};

use super::captions;
use super::claims::{self, name_of};
use super::sql::{self, Column};
use crate::resolve::ballot::{Said, StatementKey, Vote, votes};

/// Reviews whose claims are in memory at a time when many change their film.
const REVIEWS_AT_ONCE: usize = 200;

const STATEMENT: [Column; 4] =
    [("field", "text"), ("subject_key", "text"), ("value_key", "text"), ("reviews", "integer")];
const TALLY: [Column; 8] = [
    ("statement_id", "bigint"),
    ("subject", "text"),
    ("value", "text"),
    ("source", "text"),
    ("chosen", "boolean"),
    ("reviews", "integer"),
    ("billed", "integer"),
    ("billing_sum", "bigint"),
];

/// Adds a review's statements and score to the tallies of its film and byline. Does nothing where they are there already,
/// and for a copy (`copy_of` is not null), whose original is counted.
///
/// What follows from the tallies is resolved by the caller, once all reviews stand where they belong.
pub(super) async fn enter(transaction: &DatabaseTransaction, review_id: i64) -> Result<(), DbErr> {
    let Some(review) = Counted::read(transaction, review_id).await? else { return Ok(()) };
    if review.counted || review.is_copy {
        return Ok(());
    }
    let claims = claims::of_reviews(transaction, &[review_id]).await?;
    add(transaction, review.film_id, &claims).await?;
    count(transaction, &review, review_id, 1).await
}

/// The reverse of [`enter`]: does nothing where the review is not counted. To be called before the review's claims, score, film
/// or byline change, and before it becomes a copy.
pub(super) async fn leave(transaction: &DatabaseTransaction, review_id: i64) -> Result<(), DbErr> {
    let Some(review) = Counted::read(transaction, review_id).await?.filter(|review| review.counted) else {
        return Ok(());
    };
    let claims = claims::of_reviews(transaction, &[review_id]).await?;
    subtract(transaction, review.film_id, &[review_id], &claims).await?;
    count(transaction, &review, review_id, -1).await
}

/// Moves reviews to another film: their row, pictures, statements and scores.
pub(super) async fn move_to(
    transaction: &DatabaseTransaction,
    from: i64,
    to: i64,
    reviews: &[i64],
) -> Result<(), DbErr> {
    for reviews in reviews.chunks(REVIEWS_AT_ONCE) {
        let counted = format!("select id, score from review where counted and id {}", sql::among_ids(transaction, 1));
        let rows = sql::rows(transaction, counted, [sql::ids(reviews.iter().copied())]).await?;
        let mut counted = Vec::new();
        for row in &rows {
            counted.push(row.try_get("", "id")?);
            if let Some(score) = row.try_get::<Option<f64>>("", "score")? {
                shift_score(transaction, "film_score", "film_id", from, score, -1).await?;
                shift_score(transaction, "film_score", "film_id", to, score, 1).await?;
            }
        }
        let claims = claims::of_reviews(transaction, &counted).await?;
        subtract(transaction, from, &counted, &claims).await?;
        add(transaction, to, &claims).await?;
        let moved = i32::try_from(counted.len()).unwrap_or(i32::MAX);
        let update = "update film set review_count = review_count + $2 where id = $1";
        sql::write(transaction, update, [from.into(), moved.saturating_neg().into()]).await?;
        sql::write(transaction, update, [to.into(), moved.into()]).await?;
        captions::count(transaction, from, reviews, -1).await?;
        for (table, column) in [("review", "id"), ("caption", "review_id")] {
            let moved = sql::among_ids(transaction, 2);
            let update = format!("update {table} set film_id = $1 where {column} {moved}");
            sql::write(transaction, update, [to.into(), sql::ids(reviews.iter().copied())]).await?;
        }
        captions::count(transaction, to, reviews, 1).await?;
    }
    Ok(())
}

/// What a review counts for, beside its claims.
struct Counted {
    film_id: i64,
    byline_id: Option<i64>,
    score: Option<f64>,
    counted: bool,
    is_copy: bool,
}

impl Counted {
    async fn read(transaction: &DatabaseTransaction, review_id: i64) -> Result<Option<Self>, DbErr> {
        let sql = "select film_id, byline_id, score, counted, copy_of from review where id = $1";
        let Some(row) = sql::row(transaction, sql, [review_id.into()]).await? else { return Ok(None) };
        Ok(Some(Self {
            film_id: row.try_get("", "film_id")?,
            byline_id: row.try_get("", "byline_id")?,
            score: row.try_get("", "score")?,
            counted: row.try_get("", "counted")?,
            is_copy: row.try_get::<Option<i64>>("", "copy_of")?.is_some(),
        }))
    }
}

/// Counts the review and its score, or counts it no longer.
async fn count(transaction: &DatabaseTransaction, review: &Counted, review_id: i64, change: i32) -> Result<(), DbErr> {
    let update = "update review set counted = $2 where id = $1";
    sql::write(transaction, update, [review_id.into(), (change > 0).into()]).await?;
    let update = "update film set review_count = review_count + $2 where id = $1";
    sql::write(transaction, update, [review.film_id.into(), change.into()]).await?;
    if let Some(score) = review.score {
        shift_score(transaction, "film_score", "film_id", review.film_id, score, change).await?;
    }
    if let Some(byline_id) = review.byline_id {
        let update = "update byline set counted = counted + $2 where id = $1";
        sql::write(transaction, update, [byline_id.into(), change.into()]).await?;
        if let Some(score) = review.score {
            shift_score(transaction, "byline_score", "byline_id", byline_id, score, change).await?;
        }
    }
    Ok(())
}

/// A score is bound as the number it is: written as text it might come back as its neighbour.
async fn shift_score(
    transaction: &DatabaseTransaction,
    table: &str,
    owner: &str,
    id: i64,
    score: f64,
    change: i32,
) -> Result<(), DbErr> {
    let upsert = format!(
        "insert into {table} ({owner}, score, reviews) values ($1, $2, $3) \
         on conflict ({owner}, score) do update set reviews = {table}.reviews + excluded.reviews"
    );
    sql::write(transaction, upsert, [id.into(), score.into(), change.into()]).await?;
    if change < 0 {
        let delete = format!("delete from {table} where {owner} = $1 and score = $2 and reviews = 0");
        sql::write(transaction, delete, [id.into(), score.into()]).await?;
    }
    Ok(())
}

/// How often a statement is made in the same words at the same kind of place.
#[derive(Default)]
struct Times {
    reviews: i32,
    billed: i32,
    billing_sum: i64,
}

/// The statements of many reviews, each once.
#[derive(Default)]
struct Sum {
    statements: BTreeMap<StatementKey, i32>,
    tallies: BTreeMap<(StatementKey, String, String, String, bool), Times>,
    claims: BTreeMap<StatementKey, Vec<i64>>,
}

impl Sum {
    fn of(claims: &BTreeMap<i64, Vec<Said>>) -> Self {
        let mut sum = Self::default();
        for vote in claims.values().flat_map(|said| votes(said)) {
            sum.add(vote);
        }
        sum
    }

    fn add(&mut self, vote: Vote) {
        let statement = self.statements.entry(vote.key.clone()).or_default();
        *statement = statement.saturating_add(1);
        self.claims.entry(vote.key.clone()).or_default().extend(vote.claims);
        let key = (vote.key, vote.subject, vote.value, name_of(vote.source), vote.chosen);
        let times = self.tallies.entry(key).or_default();
        times.reviews = times.reviews.saturating_add(1);
        if let Some(billing) = vote.billing {
            times.billed = times.billed.saturating_add(1);
            times.billing_sum = times.billing_sum.saturating_add(i64::from(billing));
        }
    }

    fn statements(&self) -> Vec<Json> {
        let record = |(key, reviews): (&StatementKey, &i32)| {
            json!({
                "field": name_of(key.field),
                "subject_key": key.subject_key,
                "value_key": key.value_key,
                "reviews": reviews,
            })
        };
        self.statements.iter().map(record).collect()
    }

    fn tallies(&self, ids: &BTreeMap<StatementKey, i64>) -> Vec<Json> {
        let record = |((key, subject, value, source, chosen), times): (&(StatementKey, _, _, _, bool), &Times)| {
            Some(json!({
                "statement_id": ids.get(key)?,
                "subject": subject as &String,
                "value": value as &String,
                "source": source as &String,
                "chosen": chosen,
                "reviews": times.reviews,
                "billed": times.billed,
                "billing_sum": times.billing_sum,
            }))
        };
        self.tallies.iter().filter_map(record).collect()
    }
}

async fn add(transaction: &DatabaseTransaction, film_id: i64, claims: &BTreeMap<i64, Vec<Said>>) -> Result<(), DbErr> {
    let sum = Sum::of(claims);
    if sum.statements.is_empty() {
        return Ok(());
    }
    let upsert = format!(
        "insert into statement (film_id, field, subject_key, value_key, reviews, value, chosen, position, agreeing, stating) \
         select $1, said.field, said.subject_key, said.value_key, said.reviews, '', false, 0, 0, 0 from {} where true \
         on conflict (film_id, field, subject_key, value_key) do update set reviews = statement.reviews + excluded.reviews \
         returning id, field, subject_key, value_key",
        sql::records(transaction, 2, &STATEMENT)
    );
    let rows = sql::rows(transaction, upsert, [film_id.into(), sql::list(sum.statements())]).await?;
    let ids = ids_of(&rows)?;
    let upsert = format!(
        "insert into tally (statement_id, subject, value, source, chosen, reviews, billed, billing_sum) \
         select said.statement_id, said.subject, said.value, said.source, said.chosen, said.reviews, said.billed, \
                said.billing_sum from {} where true \
         on conflict (statement_id, subject, value, source, chosen) do update set \
            reviews = tally.reviews + excluded.reviews, billed = tally.billed + excluded.billed, \
            billing_sum = tally.billing_sum + excluded.billing_sum",
        sql::records(transaction, 1, &TALLY)
    );
    sql::write(transaction, upsert, [sql::list(sum.tallies(&ids))]).await?;
    let points: Vec<Json> = sum
        .claims
        .iter()
        .filter_map(|(key, claims)| Some((ids.get(key)?, claims)))
        .flat_map(|(statement_id, claims)| {
            claims.iter().map(move |id| json!({ "id": id, "statement_id": statement_id }))
        })
        .collect();
    let update = format!(
        "update claim set statement_id = said.statement_id from {} where claim.id = said.id",
        sql::records(transaction, 1, &[("id", "bigint"), ("statement_id", "bigint")])
    );
    sql::write(transaction, update, [sql::list(points)]).await?;
    Ok(())
}

async fn subtract(
    transaction: &DatabaseTransaction,
    film_id: i64,
    reviews: &[i64],
    claims: &BTreeMap<i64, Vec<Said>>,
) -> Result<(), DbErr> {
    let sum = Sum::of(claims);
    if sum.statements.is_empty() {
        return Ok(());
    }
    let unpoint = format!(
        "update claim set statement_id = null where statement_id is not null and review_id {}",
        sql::among_ids(transaction, 1)
    );
    sql::write(transaction, unpoint, [sql::ids(reviews.iter().copied())]).await?;
    let update = format!(
        "update statement set reviews = statement.reviews - said.reviews from {} \
         where statement.film_id = $1 and statement.field = said.field and statement.subject_key = said.subject_key \
           and statement.value_key = said.value_key \
         returning statement.id, statement.field, statement.subject_key, statement.value_key",
        sql::records(transaction, 2, &STATEMENT)
    );
    let rows = sql::rows(transaction, update, [film_id.into(), sql::list(sum.statements())]).await?;
    let ids = ids_of(&rows)?;
    let update = format!(
        "update tally set reviews = tally.reviews - said.reviews, billed = tally.billed - said.billed, \
                billing_sum = tally.billing_sum - said.billing_sum from {} \
         where tally.statement_id = said.statement_id and tally.subject = said.subject and tally.value = said.value \
           and tally.source = said.source and tally.chosen = said.chosen",
        sql::records(transaction, 1, &TALLY)
    );
    sql::write(transaction, update, [sql::list(sum.tallies(&ids))]).await?;
    for (table, column) in [("tally", "statement_id"), ("statement", "id")] {
        let gone = sql::among_ids(transaction, 1);
        let delete = format!("delete from {table} where reviews <= 0 and {column} {gone}");
        sql::write(transaction, delete, [sql::ids(ids.values().copied())]).await?;
    }
    Ok(())
}

fn ids_of(rows: &[QueryResult]) -> Result<BTreeMap<StatementKey, i64>, DbErr> {
    rows.iter().map(|row| Ok((claims::statement_key(row)?, row.try_get("", "id")?))).collect()
}
