//! Films: which one a review belongs to, what its row says, and what becomes of ids that were merged.

use std::collections::{BTreeMap, BTreeSet};

use entity::sort_key::{fold, name_key, title_key, title_sort};
use extract::Extraction;
use sea_orm::{DatabaseTransaction, DbErr};

use super::reviews::Known;
use super::{claims, sql, tallies};
use crate::resolve::describe::{self, Description};
use crate::resolve::film::{Signature, divide};
use crate::resolve::ids::{Borne, assign};
use crate::resolve::reception;

/// A key that would join more films than this says nothing about any of them ("Untitled", "Home").
const FILMS_PER_KEY_MAX: i64 = 50;

/// Rounds in which a block may grow: each adds the reviews that share a key with those of the round before.
const BLOCK_ROUNDS_MAX: usize = 20;

/// Stands for the review that is being stored, which may not have a number yet: later than every other.
const STORED: i64 = i64::MAX;

/// Where a review belongs, and what its coming changes.
pub(super) struct Located {
    /// Its film.
    pub(super) film_id: i64,
    /// Films to be described again.
    pub(super) touched: BTreeSet<i64>,
    /// Films that are no more, and the ones that they are part of now.
    pub(super) merged: Vec<(i64, i64)>,
    /// Names that stood in films that are no more, and for whom.
    pub(super) left_names: BTreeMap<String, i64>,
}

/// What the page says that tells its film from others.
pub(super) fn signature(extraction: &Extraction) -> Signature {
    let film = &extraction.film;
    Signature {
        titles: [&film.title, &film.original_title].into_iter().flatten().map(|title| title_key(title)).collect(),
        year: film.year,
        directors: film.directors.iter().map(|name| name_key(name)).collect(),
        external_ids: film
            .external_ids
            .iter()
            .map(|id| format!("{}:{}", claims::name_of(id.source), id.value))
            .collect(),
    }
}

/// The keys by which reviews of one film find each other.
pub(super) fn keys(signature: &Signature) -> BTreeSet<String> {
    let titles = signature.titles.iter().map(|title| format!("title:{title}"));
    titles.chain(signature.external_ids.iter().cloned()).collect()
}

/// Divides the block that the review leaves and the one that it enters into films, moves the other reviews that the
/// division moves, and answers where the stored one belongs.
pub(super) async fn locate(
    transaction: &DatabaseTransaction,
    known: Option<&Known>,
    signature: Signature,
) -> Result<Located, DbErr> {
    let others = block(transaction, known, &keys(&signature)).await?;
    let film_before: BTreeMap<i64, i64> = others.iter().map(|(review, (film, _))| (*review, *film)).collect();
    let mut members: BTreeMap<Signature, Vec<i64>> = BTreeMap::new();
    for (review, (_, of_review)) in others {
        members.entry(of_review).or_default().push(review);
    }
    members.entry(signature).or_default().push(STORED);
    let signatures: Vec<(Signature, usize)> =
        members.iter().map(|(signature, reviews)| (signature.clone(), reviews.len())).collect();
    let mut parts: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    for (film, reviews) in divide(&signatures).into_iter().zip(members.into_values()) {
        parts.entry(film).or_default().extend(reviews);
    }
    let before = |review: i64| match review {
        STORED => known.map(|known| known.film_id),
        other => film_before.get(&other).copied(),
    };
    let borne: Vec<Borne> = parts.values().map(|reviews| borne_by(reviews, &before)).collect();
    let mut located = Located { film_id: 0, touched: BTreeSet::new(), merged: Vec::new(), left_names: BTreeMap::new() };
    for (reviews, assigned) in parts.into_values().zip(assign(&borne)) {
        let film_id = match assigned.kept {
            Some(film_id) => film_id,
            None => new_film(transaction).await?,
        };
        located.merged.extend(assigned.merged.into_iter().map(|former| (former, film_id)));
        let moved: Vec<i64> =
            reviews.iter().copied().filter(|review| *review != STORED && before(*review) != Some(film_id)).collect();
        if reviews.contains(&STORED) {
            located.film_id = film_id;
        }
        if reviews.contains(&STORED) || !moved.is_empty() {
            located.touched.insert(film_id);
            located.touched.extend(moved.iter().chain([&STORED]).filter_map(|review| before(*review)));
        }
        let mut leaving: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for review in moved {
            if let Some(from) = before(review) {
                leaving.entry(from).or_default().push(review);
            }
        }
        for (from, reviews) in leaving {
            tallies::move_to(transaction, from, film_id, &reviews).await?;
        }
    }
    for (former, _) in &located.merged {
        located.touched.remove(former);
        let names =
            sql::rows(transaction, "select name_key, person_id from film_name where film_id = $1", [(*former).into()])
                .await?;
        for row in names {
            located.left_names.insert(row.try_get("", "name_key")?, row.try_get("", "person_id")?);
        }
    }
    Ok(located)
}

fn borne_by(reviews: &[i64], before: &impl Fn(i64) -> Option<i64>) -> Borne {
    let mut borne = Borne::new();
    for review in reviews {
        if let Some(film) = before(*review) {
            let (members, earliest) = borne.entry(film).or_insert((0, *review));
            *members += 1;
            *earliest = (*earliest).min(*review);
        }
    }
    borne
}

/// The other reviews of the block: those that share keys with the stored review, or with the film that it is in now.
async fn block(
    transaction: &DatabaseTransaction,
    known: Option<&Known>,
    keys: &BTreeSet<String>,
) -> Result<BTreeMap<i64, (i64, Signature)>, DbErr> {
    let (known_id, known_film) = known.map_or((0, 0), |known| (known.id, known.film_id));
    let mut keys = linking(transaction, keys.clone()).await?;
    let mut films: BTreeMap<i64, i64> = BTreeMap::new();
    for _ in 0..BLOCK_ROUNDS_MAX {
        let sql = format!(
            "select r.id, r.film_id from review r where r.id <> $1 and (r.film_id = $2 \
             or r.id in (select k.review_id from review_key k where k.key {}))",
            sql::among_texts(transaction, 3)
        );
        let found = sql::rows(transaction, sql, [known_id.into(), known_film.into(), sql::texts(&keys)]).await?;
        let grown = found.len() > films.len();
        for row in found {
            films.insert(row.try_get("", "id")?, row.try_get("", "film_id")?);
        }
        if !grown {
            break;
        }
        let sql = format!("select distinct key from review_key where review_id {}", sql::among_ids(transaction, 1));
        let mut more = BTreeSet::new();
        for row in sql::rows(transaction, sql, [sql::ids(films.keys().copied())]).await? {
            more.insert(row.try_get("", "key")?);
        }
        let new = linking(transaction, more.difference(&keys).cloned().collect()).await?;
        if new.is_empty() {
            break;
        }
        keys.extend(new);
    }
    let mut signatures = signatures(transaction, films.keys().copied()).await?;
    Ok(films
        .into_iter()
        .map(|(review, film)| (review, (film, signatures.remove(&review).unwrap_or_default())))
        .collect())
}

/// The keys that join few enough films to say something.
async fn linking(transaction: &DatabaseTransaction, keys: BTreeSet<String>) -> Result<BTreeSet<String>, DbErr> {
    let sql = format!(
        "select k.key from review_key k join review r on r.id = k.review_id where k.key {} \
         group by k.key having count(distinct r.film_id) > $2",
        sql::among_texts(transaction, 1)
    );
    let mut linking = keys;
    for row in sql::rows(transaction, sql, [sql::texts(&linking), FILMS_PER_KEY_MAX.into()]).await? {
        linking.remove(&row.try_get::<String>("", "key")?);
    }
    Ok(linking)
}

/// What stored reviews say that tells films apart.
async fn signatures(
    transaction: &DatabaseTransaction,
    reviews: impl Iterator<Item = i64>,
) -> Result<BTreeMap<i64, Signature>, DbErr> {
    let reviews: Vec<i64> = reviews.collect();
    let mut signatures: BTreeMap<i64, Signature> = BTreeMap::new();
    let sql = format!("select review_id, key from review_key where review_id {}", sql::among_ids(transaction, 1));
    for row in sql::rows(transaction, sql, [sql::ids(reviews.iter().copied())]).await? {
        let signature = signatures.entry(row.try_get("", "review_id")?).or_default();
        let key: String = row.try_get("", "key")?;
        match key.strip_prefix("title:") {
            Some(title) => signature.titles.insert(title.to_owned()),
            None => signature.external_ids.insert(key),
        };
    }
    let sql = format!(
        "select review_id, field, value from claim where review_id {} and chosen and field in ('YEAR', 'DIRECTOR')",
        sql::among_ids(transaction, 1)
    );
    for row in sql::rows(transaction, sql, [sql::ids(reviews)]).await? {
        let signature = signatures.entry(row.try_get("", "review_id")?).or_default();
        let value: String = row.try_get("", "value")?;
        match row.try_get::<String>("", "field")?.as_str() {
            "YEAR" => signature.year = value.parse().ok(),
            _ => {
                signature.directors.insert(name_key(&value));
            }
        }
    }
    Ok(signatures)
}

/// A row without a description, for a film that is described in the same transaction.
async fn new_film(transaction: &DatabaseTransaction) -> Result<i64, DbErr> {
    let insert = "insert into film (title, title_sort, review_count, rated_count, score_sum, score_histogram) \
                  values ('', '', 0, 0, 0, '[]') returning id";
    sql::insert(transaction, insert, []).await
}

/// Writes what the film's claims say of it, except for its people, and answers the whole description.
pub(super) async fn describe(transaction: &DatabaseTransaction, film_id: i64) -> Result<Description, DbErr> {
    let description = people_of(transaction, film_id).await?;
    sql::write(
        transaction,
        "update film set title = $2, original_title = $3, title_sort = $4, year = $5, release_date = $6, \
                runtime_minutes = $7, content_rating = $8 where id = $1",
        [
            film_id.into(),
            description.title.as_str().into(),
            description.original_title.clone().into(),
            title_sort(&description.title).into(),
            description.year.into(),
            description.release_date.clone().into(),
            description.runtime_minutes.into(),
            description.content_rating.clone().into(),
        ],
    )
    .await?;
    sql::write(transaction, "delete from film_genre where film_id = $1", [film_id.into()]).await?;
    for (genre, position) in description.genres.iter().zip(1..) {
        let insert = "insert into film_genre (film_id, position, name, name_key) values ($1, $2, $3, $4)";
        let position: i32 = position;
        sql::write(transaction, insert, [film_id.into(), position.into(), genre.as_str().into(), fold(genre).into()])
            .await?;
    }
    sql::write(transaction, "delete from film_external_id where film_id = $1", [film_id.into()]).await?;
    for (source, value) in &description.external_ids {
        let insert = "insert into film_external_id (film_id, source, value) values ($1, $2, $3)";
        sql::write(transaction, insert, [film_id.into(), source.as_str().into(), value.as_str().into()]).await?;
    }
    Ok(description)
}

/// What the film's claims say of it, read again without writing anything.
pub(super) async fn people_of(transaction: &DatabaseTransaction, film_id: i64) -> Result<Description, DbErr> {
    Ok(describe::describe(&claims::of_film(transaction, film_id).await?))
}

/// Counts the film's reviews and sums up their scores.
pub(super) async fn receive(transaction: &DatabaseTransaction, film_id: i64) -> Result<(), DbErr> {
    let rows = sql::rows(transaction, "select score from review where film_id = $1", [film_id.into()]).await?;
    let scores = rows.iter().map(|row| row.try_get("", "score")).collect::<Result<Vec<Option<f64>>, DbErr>>()?;
    let reception = reception::receive(&scores);
    sql::write(
        transaction,
        "update film set review_count = $2, rated_count = $3, score_sum = $4, score_mean = $5, score_median = $6, \
                score_spread = $7, score_histogram = $8 where id = $1",
        [
            film_id.into(),
            reception.review_count.into(),
            reception.rated_count.into(),
            reception.sum.into(),
            reception.mean.into(),
            reception.median.into(),
            reception.spread.into(),
            serde_json::Value::from(reception.histogram.to_vec()).to_string().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Takes leave of merged films: their ids lead to what they are part of now.
pub(super) async fn leave(transaction: &DatabaseTransaction, merged: &[(i64, i64)]) -> Result<(), DbErr> {
    for (former, film_id) in merged {
        for table in ["film_genre", "film_external_id", "film_name", "credit"] {
            sql::write(transaction, format!("delete from {table} where film_id = $1"), [(*former).into()]).await?;
        }
        let redirect = "update film_redirect set film_id = $2 where film_id = $1";
        sql::write(transaction, redirect, [(*former).into(), (*film_id).into()]).await?;
        sql::write(transaction, "delete from film where id = $1", [(*former).into()]).await?;
        let redirect = "insert into film_redirect (former_id, film_id) values ($1, $2)";
        sql::write(transaction, redirect, [(*former).into(), (*film_id).into()]).await?;
    }
    Ok(())
}
