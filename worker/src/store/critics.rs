//! Critics: whose bylines are one person's, and what their reviews add up to.

use std::collections::BTreeSet;

use sea_orm::{DatabaseTransaction, DbErr};

use super::people::{forget_person, name_person, write_other_names};
use super::sql;
use crate::resolve::critic::{Byline, Critic, identify};
use crate::resolve::ids::assign as assign_ids;

/// Resolves the bylines that share the stored review's name, and those that shared the name that it bore before.
pub(super) async fn assign(
    transaction: &DatabaseTransaction,
    review_id: i64,
    key_before: Option<&str>,
) -> Result<(), DbErr> {
    let row =
        sql::row(transaction, "select critic_key, critic_id from review where id = $1", [review_id.into()]).await?;
    let Some(row) = row else { return Ok(()) };
    let key: Option<String> = row.try_get("", "critic_key")?;
    let person_before: Option<i64> = row.try_get("", "critic_id")?;
    if key.is_none() {
        sql::write(transaction, "update review set critic_id = null where id = $1", [review_id.into()]).await?;
    }
    let keys: BTreeSet<&str> = key.as_deref().into_iter().chain(key_before).collect();
    let mut gone: BTreeSet<i64> = person_before.into_iter().collect();
    let mut alive = BTreeSet::new();
    let mut merged = Vec::new();
    for key in keys {
        let bylines = bylines(transaction, key).await?;
        gone.extend(bylines.iter().filter_map(|byline| byline.person));
        let critics = identify(&bylines);
        let borne: Vec<_> = critics.iter().map(|critic| critic.borne.clone()).collect();
        for (critic, assigned) in critics.iter().zip(assign_ids(&borne)) {
            // An id that another name has taken along already is not to be had twice.
            let kept = assigned.kept.filter(|id| !alive.contains(id));
            let person_id = name_person(transaction, kept, &critic.name, true).await?;
            write_other_names(transaction, person_id, &critic.other_names).await?;
            write_reviews(transaction, person_id, critic).await?;
            write_profile(transaction, person_id, critic).await?;
            alive.insert(person_id);
            merged.extend(assigned.merged.into_iter().map(|former| (former, person_id)));
        }
    }
    for former in gone.difference(&alive) {
        let heir = merged.iter().find(|(id, _)| id == former).map(|(_, heir)| *heir);
        forget_person(transaction, *former, heir).await?;
    }
    Ok(())
}

async fn bylines(transaction: &DatabaseTransaction, key: &str) -> Result<Vec<Byline>, DbErr> {
    let sql = "select id, outlet_id, critic_website, critic_name, critic_id from review where critic_key = $1";
    let rows = sql::rows(transaction, sql, [key.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Byline {
                review: row.try_get("", "id")?,
                outlet: row.try_get("", "outlet_id")?,
                website: row.try_get("", "critic_website")?,
                name: row.try_get("", "critic_name")?,
                person: row.try_get("", "critic_id")?,
            })
        })
        .collect()
}

async fn write_reviews(transaction: &DatabaseTransaction, person_id: i64, critic: &Critic) -> Result<(), DbErr> {
    let sql = format!(
        "update review set critic_id = $1 where id {} and (critic_id is null or critic_id <> $1)",
        sql::among_ids(transaction, 2)
    );
    sql::write(transaction, sql, [person_id.into(), sql::ids(critic.reviews.iter().copied())]).await?;
    Ok(())
}

/// Counts and sums the critic's reviews. The longest of the bios is served: pages shorten it.
async fn write_profile(transaction: &DatabaseTransaction, person_id: i64, critic: &Critic) -> Result<(), DbErr> {
    // By the reviews' numbers: where a critic turns out to be two, some of them still name the other.
    let written = sql::among_ids(transaction, 3);
    let upsert = format!(
        "insert into critic_profile (person_id, bio, website, review_count, score_count, score_sum) \
         select $1, (select critic_bio from review where id {written} and critic_bio is not null \
                     order by length(critic_bio) desc, critic_bio limit 1), \
                $2, count(*), count(score), coalesce(sum(score), 0) from review where id {written} \
         on conflict (person_id) do update set bio = excluded.bio, website = excluded.website, \
            review_count = excluded.review_count, score_count = excluded.score_count, score_sum = excluded.score_sum"
    );
    let reviews = sql::ids(critic.reviews.iter().copied());
    sql::write(transaction, upsert, [person_id.into(), critic.website.clone().into(), reviews]).await?;
    sql::write(transaction, "delete from critic_outlet where person_id = $1", [person_id.into()]).await?;
    for outlet in &critic.outlets {
        let insert = "insert into critic_outlet (person_id, outlet_id) values ($1, $2)";
        sql::write(transaction, insert, [person_id.into(), (*outlet).into()]).await?;
    }
    Ok(())
}
