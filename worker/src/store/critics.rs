//! Critics: the bylines that reviews bear, whose bylines are one person's, and what their reviews add up to.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::persons::{self, Written};
use super::{film, sql};
use crate::resolve::critic::{Byline, Critic, identify};
use crate::resolve::ids::{Borne, assign as assign_ids, home};
use crate::resolve::reception;

/// Rounds in which a component of bylines may grow, each by the outlets or websites that those of the round before share.
const ROUNDS_MAX: usize = 1_000;

/// A byline as one page prints it.
pub(super) struct Printed<'a> {
    /// The name folded.
    pub(super) key: String,
    pub(super) outlet_id: i64,
    pub(super) name: &'a str,
    pub(super) website: Option<&'a str>,
    pub(super) bio: Option<&'a str>,
}

/// Lets a review bear a byline, and no longer the one that it bore. Rows that are left without reviews go with [`settle`].
pub(super) async fn bear(
    transaction: &DatabaseTransaction,
    before: Option<i64>,
    printed: Option<Printed<'_>>,
) -> Result<Option<i64>, DbErr> {
    // A critic whose only byline changes stays who they are.
    let mut left = None;
    if let Some(before) = before {
        let update = "update byline set reviews = reviews - 1 where id = $1 returning reviews, person_id";
        if let Some(row) = sql::row(transaction, update, [before.into()]).await?
            && row.try_get::<i32>("", "reviews")? == 0
        {
            left = row.try_get::<Option<i64>>("", "person_id")?;
        }
    }
    let Some(printed) = printed else { return Ok(None) };
    let document = json!([printed.name, printed.website, printed.bio]).to_string();
    let digest: String = Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect();
    let upsert = "insert into byline (critic_key, outlet_id, digest, name, website, bio, home_person_id, reviews, counted) \
                  values ($1, $2, $3, $4, $5, $6, $7, 1, 0) \
                  on conflict (critic_key, outlet_id, digest) do update set reviews = byline.reviews + 1 returning id";
    let values = [
        printed.key.into(),
        printed.outlet_id.into(),
        digest.into(),
        printed.name.into(),
        printed.website.map(str::to_owned).into(),
        printed.bio.map(str::to_owned).into(),
        left.into(),
    ];
    sql::insert(transaction, upsert, values).await.map(Some)
}

/// Resolves the critics of some bylines, of those that are connected to them, and of reviews that came to bear them.
pub(super) async fn settle(
    transaction: &DatabaseTransaction,
    review_id: i64,
    bylines: &BTreeSet<i64>,
) -> Result<(), DbErr> {
    let found = component(transaction, bylines).await?;
    let before: BTreeSet<i64> = found.iter().filter_map(|byline| byline.person).collect();
    let (borne_now, gone): (Vec<Byline>, Vec<Byline>) = found.into_iter().partition(|byline| byline.reviews > 0);
    let critics = identify(borne_now);
    let borne: Vec<Borne> = critics.iter().map(|critic| critic.borne.clone()).collect();
    let assigned = assign_ids(&borne);
    let people: Vec<Written> = critics
        .iter()
        .zip(&assigned)
        .map(|(critic, assigned)| Written {
            kept: assigned.kept,
            name: critic.name.clone(),
            other_names: critic.other_names.iter().cloned().collect(),
            external_ids: BTreeSet::new(),
        })
        .collect();
    let ids = persons::write(transaction, &people, true).await?;
    let mut merged = Vec::new();
    for ((critic, assigned), person_id) in critics.iter().zip(&assigned).zip(&ids) {
        merged.extend(assigned.merged.iter().map(|former| (*former, *person_id)));
        for byline in &critic.bylines {
            let home = home(byline.home.or(byline.person), *person_id, &assigned.merged);
            write_byline(transaction, byline, *person_id, home).await?;
        }
        write_profile(transaction, *person_id, critic).await?;
    }
    let update =
        "update review set critic_id = (select person_id from byline where id = review.byline_id) where id = $1";
    sql::write(transaction, update, [review_id.into()]).await?;
    if !gone.is_empty() {
        // A critic who has no byline left is who the review's critic is now.
        let sql = "select critic_id from review where id = $1 and critic_id is not null";
        if let Some(row) = sql::row(transaction, sql, [review_id.into()]).await? {
            let heir: i64 = row.try_get("", "critic_id")?;
            merged.extend(gone.iter().filter_map(|byline| byline.person).map(|former| (former, heir)));
        }
        let delete = format!("delete from byline where reviews = 0 and id {}", sql::among_ids(transaction, 1));
        sql::write(transaction, delete, [sql::ids(gone.iter().map(|byline| byline.id))]).await?;
    }
    persons::leave(transaction, &before, &ids.into_iter().collect(), &merged).await
}

/// The bylines that one name and outlet, or one name and website, connect to some.
async fn component(transaction: &DatabaseTransaction, seeds: &BTreeSet<i64>) -> Result<Vec<Byline>, DbErr> {
    let columns = "o.id, o.critic_key, o.outlet_id, o.name, o.website, o.bio, o.reviews, o.person_id, o.home_person_id, \
                   (select min(r.id) from review r where r.byline_id = o.id) as earliest";
    let among = sql::among_ids(transaction, 1);
    let sql = format!(
        "select {columns} from byline n join byline o on o.critic_key = n.critic_key and o.outlet_id = n.outlet_id \
         where n.id {among} \
         union select {columns} from byline n join byline o on o.critic_key = n.critic_key and o.website = n.website \
         where n.id {among}"
    );
    let mut found: BTreeMap<i64, Byline> = BTreeMap::new();
    let mut new = seeds.clone();
    for _ in 0..ROUNDS_MAX {
        if new.is_empty() {
            break;
        }
        let rows = sql::rows(transaction, sql.clone(), [sql::ids(new.iter().copied())]).await?;
        new.clear();
        for row in &rows {
            let byline = Byline {
                key: row.try_get("", "critic_key")?,
                name: row.try_get("", "name")?,
                website: row.try_get("", "website")?,
                bio: row.try_get("", "bio")?,
                outlet: row.try_get("", "outlet_id")?,
                id: row.try_get("", "id")?,
                reviews: usize::try_from(row.try_get::<i32>("", "reviews")?).unwrap_or(0),
                earliest: row.try_get::<Option<i64>>("", "earliest")?.unwrap_or(i64::MAX),
                home: row.try_get("", "home_person_id")?,
                person: row.try_get("", "person_id")?,
            };
            if found.insert(byline.id, byline.clone()).is_none() && !seeds.contains(&byline.id) {
                new.insert(byline.id);
            }
        }
    }
    Ok(found.into_values().collect())
}

async fn write_byline(
    transaction: &DatabaseTransaction,
    byline: &Byline,
    person_id: i64,
    home: i64,
) -> Result<(), DbErr> {
    if byline.person != Some(person_id) || byline.home != Some(home) {
        let update = "update byline set person_id = $2, home_person_id = $3 where id = $1";
        sql::write(transaction, update, [byline.id.into(), person_id.into(), home.into()]).await?;
    }
    if byline.person != Some(person_id) {
        let update = "update review set critic_id = $2 where byline_id = $1";
        sql::write(transaction, update, [byline.id.into(), person_id.into()]).await?;
    }
    Ok(())
}

/// Counts and sums the critic's independent reviews.
async fn write_profile(transaction: &DatabaseTransaction, person_id: i64, critic: &Critic) -> Result<(), DbErr> {
    let bylines: Vec<i64> = critic.bylines.iter().map(|byline| byline.id).collect();
    let scores = film::scores(transaction, "byline_score", "byline_id", &bylines).await?;
    let record = reception::receive(&scores);
    let upsert = format!(
        "insert into critic_profile (person_id, bio, website, review_count, score_count, score_sum) \
         select $1, $2, $3, coalesce(sum(counted), 0), $4, $5 from byline where id {} \
         on conflict (person_id) do update set bio = excluded.bio, website = excluded.website, \
            review_count = excluded.review_count, score_count = excluded.score_count, score_sum = excluded.score_sum",
        sql::among_ids(transaction, 6)
    );
    let values = [
        person_id.into(),
        critic.bio.clone().into(),
        critic.website.clone().into(),
        record.rated_count.into(),
        record.sum.into(),
        sql::ids(bylines),
    ];
    sql::write(transaction, upsert, values).await?;
    let mut known = BTreeSet::new();
    let sql = "select outlet_id from critic_outlet where person_id = $1";
    for row in sql::rows(transaction, sql, [person_id.into()]).await? {
        known.insert(row.try_get::<i64>("", "outlet_id")?);
    }
    for gone in known.difference(&critic.outlets) {
        let delete = "delete from critic_outlet where person_id = $1 and outlet_id = $2";
        sql::write(transaction, delete, [person_id.into(), (*gone).into()]).await?;
    }
    for new in critic.outlets.difference(&known) {
        let insert = "insert into critic_outlet (person_id, outlet_id) values ($1, $2)";
        sql::write(transaction, insert, [person_id.into(), (*new).into()]).await?;
    }
    Ok(())
}
