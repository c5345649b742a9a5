//! Signatures: which film a review belongs to, by what its page says to tell its film from others.
//!
//! A store divides the signatures that its review leaves and enters, with everything that keys connect to them, into films
//! again. It reads each signature once, however many reviews bear it.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{DatabaseTransaction, DbErr, QueryResult};
use sha2::{Digest, Sha256};

use super::{claims, film, sql, tallies};
use crate::resolve::film::{FILMS_PER_KEY_MAX, SIGNATURES_PER_KEY_MAX, Signature, films, links};
use crate::resolve::ids::{Assigned, Borne, assign, home};

/// Rounds in which a block may grow, each by the signatures that share a key with those of the round before: a chain of
/// titles longer than this is nobody's work but a forger's.
const ROUNDS_MAX: usize = 1_000;

/// A signature's row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: i64,
    film_id: Option<i64>,
    home_film_id: Option<i64>,
    reviews: i32,
    signature: Signature,
}

/// A review that goes from one signature to another, or comes in.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// The one that it bore; its row may have no review left.
    pub(super) before: Option<Row>,
    /// The one that it bears now.
    pub(super) after: Row,
    /// The film that it is in, where it bore none: it was stored before films were told by signatures.
    pub(super) unsigned_film_id: Option<i64>,
}

/// What a change of signatures did to films.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Films whose reviews changed, to be described again.
    pub(super) touched: BTreeSet<i64>,
    /// Films that were made.
    pub(super) made: BTreeSet<i64>,
    /// Films that are no more, and the ones that they are part of now.
    pub(super) merged: Vec<(i64, i64)>,
    /// Signature → its film, for all that were looked at.
    films: BTreeMap<i64, i64>,
}

impl Settled {
    /// The film of a signature that changed.
    pub(super) fn film_of(&self, signature_id: i64) -> Result<i64, DbErr> {
        let none = || DbErr::RecordNotFound(format!("film of signature {signature_id}"));
        self.films.get(&signature_id).copied().ok_or_else(none)
    }
}

/// Lets reviews bear signatures, and no longer the ones that they bore. The rows that are left without reviews go with
/// [`forget`].
pub(super) async fn sign(
    transaction: &DatabaseTransaction,
    signed: &[(Option<i64>, Signature)],
) -> Result<Vec<Change>, DbErr> {
    // All come before any leaves, so that none is left without reviews that gets one again.
    let mut changes = Vec::with_capacity(signed.len());
    for (_, signature) in signed {
        changes.push(Change { before: None, after: bear(transaction, signature).await?, unsigned_film_id: None });
    }
    for (change, (before, _)) in changes.iter_mut().zip(signed) {
        let Some(before) = before else { continue };
        let before = unbear(transaction, *before).await?;
        // The row as it is after both steps, should they be about one signature.
        if before.id == change.after.id {
            change.after = before.clone();
        }
        change.before = Some(before);
    }
    Ok(changes)
}

/// One review more.
async fn bear(transaction: &DatabaseTransaction, signature: &Signature) -> Result<Row, DbErr> {
    let document = document(signature)?;
    let digest = digest(&document);
    let upsert = "insert into signature (digest, document, reviews) values ($1, $2, 1) \
                  on conflict (digest) do update set reviews = signature.reviews + 1 \
                  returning id, film_id, home_film_id, reviews, document";
    let found = sql::row(transaction, upsert, [digest.into(), document.into()]).await?;
    let after = row(&found.ok_or(DbErr::RecordNotInserted)?)?;
    // The first review that bears it: rows without any do not outlast a store.
    if after.reviews == 1 {
        let insert = format!(
            "insert into signature_key (key, signature_id) select value, $1 from {}",
            sql::records(transaction, 2, &[("value", "text")])
        );
        let keys = signature.keys().into_iter().map(|key| serde_json::json!({ "value": key })).collect();
        sql::write(transaction, insert, [after.id.into(), sql::list(keys)]).await?;
    }
    Ok(after)
}

/// One review less.
async fn unbear(transaction: &DatabaseTransaction, before: i64) -> Result<Row, DbErr> {
    let update = "update signature set reviews = reviews - 1 where id = $1 \
                  returning id, film_id, home_film_id, reviews, document";
    let found = sql::row(transaction, update, [before.into()]).await?;
    let before = row(&found.ok_or(DbErr::RecordNotUpdated)?)?;
    if before.reviews == 0 {
        sql::write(transaction, "delete from signature_key where signature_id = $1", [before.id.into()]).await?;
    }
    Ok(before)
}

fn document(signature: &Signature) -> Result<String, DbErr> {
    serde_json::to_string(signature).map_err(|error| DbErr::Type(error.to_string()))
}

fn digest(document: &str) -> String {
    Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lets the reviews of each group bear the signature of the group's original, whatever they say themselves: a copy is of the
/// film that its original is of. Answers the changes, each with its review; what was stored before films were told by
/// signatures is left alone.
pub(super) async fn follow(
    transaction: &DatabaseTransaction,
    groups: &[(i64, BTreeSet<i64>)],
) -> Result<Vec<(i64, Change)>, DbErr> {
    let originals: Vec<i64> = groups.iter().map(|(original, _)| *original).collect();
    let said = claims::of_reviews(transaction, &originals).await?;
    let (mut reviews, mut signed) = (Vec::new(), Vec::new());
    for (original, group) in groups {
        let signature = Signature::of(said.get(original).map(Vec::as_slice).unwrap_or_default());
        let digest = digest(&document(&signature)?);
        let sql = format!(
            "select r.id, r.signature_id from review r join signature s on s.id = r.signature_id \
             where s.digest <> $1 and r.id {} order by r.url{}",
            sql::among_ids(transaction, 2),
            sql::bytewise(transaction)
        );
        for row in sql::rows(transaction, sql, [digest.into(), sql::ids(group.iter().copied())]).await? {
            reviews.push(row.try_get("", "id")?);
            signed.push((Some(row.try_get("", "signature_id")?), signature.clone()));
        }
    }
    Ok(reviews.into_iter().zip(sign(transaction, &signed).await?).collect())
}

/// Lets reviews that follow others name their new signatures, and moves them to their films.
pub(super) async fn move_followers(
    transaction: &DatabaseTransaction,
    followers: &[(i64, Change)],
    settled: &mut Settled,
) -> Result<(), DbErr> {
    for (review_id, change) in followers {
        let film_id = settled.film_of(change.after.id)?;
        let update = "update review set signature_id = $2 where id = $1 returning film_id";
        let row = sql::row(transaction, update, [(*review_id).into(), change.after.id.into()]).await?;
        let from: i64 = row.ok_or(DbErr::RecordNotUpdated)?.try_get("", "film_id")?;
        if from != film_id {
            tallies::move_to(transaction, from, film_id, &[*review_id]).await?;
            settled.touched.extend([from, film_id]);
        }
    }
    let gone: BTreeSet<i64> = settled.merged.iter().map(|(former, _)| *former).collect();
    settled.touched.retain(|film_id| !gone.contains(film_id));
    Ok(())
}

fn row(row: &QueryResult) -> Result<Row, DbErr> {
    let document: String = row.try_get("", "document")?;
    Ok(Row {
        id: row.try_get("", "id")?,
        film_id: row.try_get("", "film_id")?,
        home_film_id: row.try_get("", "home_film_id")?,
        reviews: row.try_get("", "reviews")?,
        signature: serde_json::from_str(&document).map_err(|error| DbErr::Type(error.to_string()))?,
    })
}

/// Divides what the changes touch into films, moves the reviews of signatures that change their film, and answers where
/// everybody is now.
pub(super) async fn settle(transaction: &DatabaseTransaction, changes: &[&Change]) -> Result<Settled, DbErr> {
    let mut settled = Settled::default();
    let still = |change: &&Change| change.before.as_ref().is_some_and(|before| before.id == change.after.id);
    if changes.iter().all(still) {
        for change in changes {
            let film_id = change.after.film_id.ok_or(DbErr::RecordNotFound("film of a signature".to_owned()))?;
            settled.films.insert(change.after.id, film_id);
            settled.touched.insert(film_id);
        }
        return Ok(settled);
    }
    let block = Block::read(transaction, changes).await?;
    let parts = block.parts();
    let borne: Vec<Borne> = borne(transaction, &parts, changes).await?;
    let before: BTreeSet<i64> = block.rows.values().filter_map(|row| row.film_id).chain(left(changes)).collect();
    let mut kept_ids = BTreeSet::new();
    for (part, assigned) in parts.iter().zip(assign(&borne)) {
        let film_id = match assigned.kept {
            Some(film_id) if before.contains(&film_id) => film_id,
            Some(former) => film::take_back(transaction, former).await?,
            None => {
                let film_id = film::make(transaction).await?;
                settled.made.insert(film_id);
                film_id
            }
        };
        kept_ids.insert(film_id);
        settled.merged.extend(assigned.merged.iter().map(|former| (*former, film_id)));
        for row in part {
            settled.films.insert(row.id, film_id);
        }
        place(transaction, part, film_id, &assigned, &mut settled.touched).await?;
    }
    for change in changes {
        settled.touched.extend(settled.films.get(&change.after.id));
    }
    settled.touched.extend(left(changes));
    settled.touched.retain(|film_id| kept_ids.contains(film_id));
    Ok(settled)
}

/// The films that reviews are taken from.
fn left(changes: &[&Change]) -> impl Iterator<Item = i64> {
    changes.iter().flat_map(|change| {
        change.before.as_ref().and_then(|before| before.film_id).into_iter().chain(change.unsigned_film_id)
    })
}

/// What the signatures of each part have for a home, by how many reviews; and the stored reviews have the one that they
/// come from.
async fn borne(
    transaction: &DatabaseTransaction,
    parts: &[Vec<&Row>],
    changes: &[&Change],
) -> Result<Vec<Borne>, DbErr> {
    let ids = parts.iter().flatten().map(|row| row.id);
    let sql = format!(
        "select s.id, (select min(r.id) from review r where r.signature_id = s.id) as earliest \
         from signature s where s.id {}",
        sql::among_ids(transaction, 1)
    );
    let mut earliest: BTreeMap<i64, i64> = BTreeMap::new();
    for row in sql::rows(transaction, sql, [sql::ids(ids)]).await? {
        let of_row: Option<i64> = row.try_get("", "earliest")?;
        earliest.insert(row.try_get("", "id")?, of_row.unwrap_or(i64::MAX));
    }
    let mut all = Vec::new();
    for part in parts {
        let mut borne = Borne::new();
        for row in part {
            let came: Vec<i64> = changes
                .iter()
                .filter(|change| change.after.id == row.id)
                .filter_map(|change| {
                    let before = change.before.as_ref().filter(|before| before.id != row.id);
                    before.and_then(|before| before.home_film_id.or(before.film_id)).or(change.unsigned_film_id)
                })
                .collect();
            let own = usize::try_from(row.reviews).unwrap_or(0).saturating_sub(came.len());
            let own = row.home_film_id.or(row.film_id).map(|home| (home, own));
            for (home, reviews) in own.into_iter().chain(came.into_iter().map(|home| (home, 1))) {
                let first = earliest.get(&row.id).copied().unwrap_or(i64::MAX);
                let (members, earliest) = borne.entry(home).or_insert((0, first));
                *members = members.saturating_add(reviews);
                *earliest = first.min(*earliest);
            }
        }
        all.push(borne);
    }
    Ok(all)
}

/// Writes where the signatures of one part belong, and moves their reviews.
async fn place(
    transaction: &DatabaseTransaction,
    part: &[&Row],
    film_id: i64,
    assigned: &Assigned,
    touched: &mut BTreeSet<i64>,
) -> Result<(), DbErr> {
    let mut homes: Vec<(&Row, i64)> =
        part.iter().map(|row| (*row, home(row.home_film_id.or(row.film_id), film_id, &assigned.merged))).collect();
    // An id that only the stored review brought along stays with the review's signature.
    if !homes.iter().any(|(_, home)| *home == film_id)
        && let Some((_, home)) = homes.iter_mut().max_by_key(|(row, _)| row.id)
    {
        *home = film_id;
    }
    for (row, home) in homes {
        if row.film_id != Some(film_id) || row.home_film_id != Some(home) {
            let update = "update signature set film_id = $2, home_film_id = $3 where id = $1";
            sql::write(transaction, update, [row.id.into(), film_id.into(), home.into()]).await?;
        }
        if let Some(from) = row.film_id.filter(|from| *from != film_id) {
            let reviews = sql::rows(transaction, "select id from review where signature_id = $1", [row.id.into()]);
            let reviews = reviews.await?.iter().map(|row| row.try_get("", "id")).collect::<Result<Vec<i64>, _>>()?;
            tallies::move_to(transaction, from, film_id, &reviews).await?;
            touched.extend([from, film_id]);
        }
    }
    Ok(())
}

/// Deletes the signatures that no review bears any more. To be called once the reviews' rows name their new ones.
pub(super) async fn forget(transaction: &DatabaseTransaction, changes: &[&Change]) -> Result<(), DbErr> {
    for before in changes.iter().filter_map(|change| change.before.as_ref()).filter(|before| before.reviews == 0) {
        let delete = "delete from signature where id = $1 and reviews = 0";
        sql::write(transaction, delete, [before.id.into()]).await?;
    }
    Ok(())
}

/// Signatures that keys connect.
struct Block {
    rows: BTreeMap<i64, Row>,
    linking: BTreeMap<String, bool>,
}

impl Block {
    /// Everything that keys connect to the changed signatures, and to whom they were connected before.
    async fn read(transaction: &DatabaseTransaction, changes: &[&Change]) -> Result<Self, DbErr> {
        let mut block = Self { rows: BTreeMap::new(), linking: BTreeMap::new() };
        let mut seeds = BTreeSet::new();
        for change in changes {
            seeds.extend(change.after.signature.keys());
            seeds.extend(change.before.iter().flat_map(|before| before.signature.keys()));
        }
        // The changed keys connected others before, or do now, even where they are not linking keys: one review more or
        // less may have made them so.
        let sizes = sizes(transaction, &seeds).await?;
        let near = sizes.iter().filter(|(_, size)| **size <= SIGNATURES_PER_KEY_MAX.saturating_add(1));
        let mut new: BTreeSet<String> = near.map(|(key, _)| key.clone()).collect();
        block.learn_links(transaction, &seeds).await?;
        let mut seen = seeds;
        let own = changes.iter().map(|change| change.after.clone()).filter(|row| row.reviews > 0);
        block.rows.extend(own.map(|row| (row.id, row)));
        for _ in 0..ROUNDS_MAX {
            let sql = format!(
                "select s.id, s.film_id, s.home_film_id, s.reviews, s.document from signature s \
                 where s.id in (select k.signature_id from signature_key k where k.key {})",
                sql::among_texts(transaction, 1)
            );
            let mut keys = BTreeSet::new();
            for found in &sql::rows(transaction, sql, [sql::texts(&new)]).await? {
                let row = row(found)?;
                keys.extend(row.signature.keys());
                block.rows.insert(row.id, row);
            }
            let unseen: BTreeSet<String> = keys.difference(&seen).cloned().collect();
            if unseen.is_empty() {
                break;
            }
            block.learn_links(transaction, &unseen).await?;
            new = unseen.iter().filter(|key| block.is_linking(key)).cloned().collect();
            seen.extend(unseen);
            if new.is_empty() {
                break;
            }
        }
        Ok(block)
    }

    fn is_linking(&self, key: &str) -> bool {
        self.linking.get(key).copied().unwrap_or(true)
    }

    /// Finds out which of the keys join so many films that they join none.
    async fn learn_links(&mut self, transaction: &DatabaseTransaction, keys: &BTreeSet<String>) -> Result<(), DbErr> {
        for (key, size) in sizes(transaction, keys).await? {
            let is_linking = if size <= FILMS_PER_KEY_MAX {
                true
            } else if size > SIGNATURES_PER_KEY_MAX {
                false
            } else {
                let sql = "select s.document, s.reviews from signature_key k join signature s on s.id = k.signature_id \
                           where k.key = $1";
                let mut bearers = Vec::new();
                for row in sql::rows(transaction, sql, [key.as_str().into()]).await? {
                    let document: String = row.try_get("", "document")?;
                    let signature = serde_json::from_str(&document).map_err(|error| DbErr::Type(error.to_string()))?;
                    bearers.push((signature, usize::try_from(row.try_get::<i32>("", "reviews")?).unwrap_or(0)));
                }
                links(&bearers)
            };
            self.linking.insert(key, is_linking);
        }
        Ok(())
    }

    /// The films that the block divides into, each with its signatures in their canonical order.
    fn parts(&self) -> Vec<Vec<&Row>> {
        let mut rows: Vec<&Row> = self.rows.values().collect();
        rows.sort_by(|one, other| one.signature.cmp(&other.signature));
        let signatures: Vec<(Signature, usize)> =
            rows.iter().map(|row| (row.signature.clone(), usize::try_from(row.reviews).unwrap_or(0))).collect();
        let mut parts: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        for (film, row) in films(&signatures, |key| self.is_linking(key)).into_iter().zip(rows) {
            parts.entry(film).or_default().push(row);
        }
        parts.into_values().collect()
    }
}

/// How many signatures bear each key, counted no further than matters.
async fn sizes(transaction: &DatabaseTransaction, keys: &BTreeSet<String>) -> Result<BTreeMap<String, usize>, DbErr> {
    let sql = format!(
        "select said.\"key\", (select count(*) from (select 1 from signature_key k where k.key = said.\"key\" \
                limit $2) as bearers) as bearers from {}",
        sql::records(transaction, 1, &[("key", "text")])
    );
    let records = keys.iter().map(|key| serde_json::json!({ "key": key })).collect();
    let limit = i64::try_from(SIGNATURES_PER_KEY_MAX).unwrap_or(i64::MAX).saturating_add(2);
    let rows = sql::rows(transaction, sql, [sql::list(records), limit.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "key")?, usize::try_from(row.try_get::<i64>("", "bearers")?).unwrap_or(0))))
        .collect()
}
