//! The rows of people, film people and critics alike: what they are called, and what becomes of ids that were merged.
//!
//! Who is who is decided before.

use std::collections::{BTreeMap, BTreeSet};

use entity::sort_key::{fold, name_key};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::{Value as Json, json};

use super::sql::{self, Column};

const PERSON: [Column; 5] =
    [("id", "bigint"), ("name", "text"), ("name_key", "text"), ("name_sort", "text"), ("critic", "boolean")];

/// A person as the graph is to have them.
pub(super) struct Written {
    /// The id; `None` for somebody new.
    pub(super) kept: Option<i64>,
    /// Display name.
    pub(super) name: String,
    /// Other spellings.
    pub(super) other_names: BTreeSet<String>,
    /// `SOURCE:value`.
    pub(super) external_ids: BTreeSet<String>,
}

/// Writes people, and answers their ids, in order. An id that was merged before and is kept now leads nowhere else any more.
pub(super) async fn write(
    transaction: &DatabaseTransaction,
    people: &[Written],
    critic: bool,
) -> Result<Vec<i64>, DbErr> {
    let kept: Vec<i64> = people.iter().filter_map(|person| person.kept).collect();
    if !kept.is_empty() {
        let taken_back = format!("delete from person_redirect where former_id {}", sql::among_ids(transaction, 1));
        sql::write(transaction, taken_back, [sql::ids(kept.iter().copied())]).await?;
        let upsert = format!(
            "insert into person (id, name, name_key, name_sort, critic) \
             select said.id, said.name, said.name_key, said.name_sort, said.critic from {} where true \
             on conflict (id) do update set name = excluded.name, name_key = excluded.name_key, \
                name_sort = excluded.name_sort where person.name <> excluded.name or person.name_key <> excluded.name_key",
            sql::records(transaction, 1, &PERSON)
        );
        let record = |(id, person): (i64, &Written)| {
            let (key, sort) = (name_key(&person.name), fold(&person.name));
            json!({ "id": id, "name": person.name, "name_key": key, "name_sort": sort, "critic": critic })
        };
        let records: Vec<Json> = people.iter().filter_map(|person| Some(record((person.kept?, person)))).collect();
        sql::write(transaction, upsert, [sql::list(records)]).await?;
    }
    let mut ids = Vec::new();
    for person in people {
        ids.push(match person.kept {
            Some(id) => id,
            None => make(transaction, &person.name, critic).await?,
        });
    }
    let of = |values: &dyn Fn(&Written) -> BTreeSet<String>| -> BTreeMap<i64, BTreeSet<String>> {
        ids.iter().copied().zip(people.iter().map(values)).collect()
    };
    write_set(transaction, OTHER_NAMES, &of(&|person| person.other_names.clone())).await?;
    if !critic {
        write_set(transaction, EXTERNAL_IDS, &of(&|person| person.external_ids.clone())).await?;
    }
    Ok(ids)
}

async fn make(transaction: &DatabaseTransaction, name: &str, critic: bool) -> Result<i64, DbErr> {
    let insert = "insert into person (name, name_key, name_sort, critic) values ($1, $2, $3, $4) returning id";
    sql::insert(transaction, insert, [name.into(), name_key(name).into(), fold(name).into(), critic.into()]).await
}

/// A table that holds a set of texts for each person: how it is read, added to and taken from.
struct Set {
    read: &'static str,
    add: &'static str,
    take: &'static str,
}

const OTHER_NAMES: Set = Set {
    read: "select person_id, name as text from person_other_name where person_id",
    add: "insert into person_other_name (person_id, name) values ($1, $2)",
    take: "delete from person_other_name where person_id = $1 and name = $2",
};

const EXTERNAL_IDS: Set = Set {
    read: "select person_id, source || ':' || value as text from person_external_id where person_id",
    add: "insert into person_external_id (person_id, source, value) values ($1, $2, $3)",
    take: "delete from person_external_id where person_id = $1 and source = $2 and value = $3",
};

async fn write_set(
    transaction: &DatabaseTransaction,
    set: Set,
    wanted: &BTreeMap<i64, BTreeSet<String>>,
) -> Result<(), DbErr> {
    let mut known: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    let read = format!("{} {}", set.read, sql::among_ids(transaction, 1));
    for row in sql::rows(transaction, read, [sql::ids(wanted.keys().copied())]).await? {
        known.entry(row.try_get("", "person_id")?).or_default().insert(row.try_get("", "text")?);
    }
    let none = BTreeSet::new();
    for (person_id, texts) in wanted {
        let known = known.get(person_id).unwrap_or(&none);
        let changes = known.difference(texts).map(|text| (set.take, text));
        for (sql, text) in changes.chain(texts.difference(known).map(|text| (set.add, text))) {
            let parts = if sql.contains("$3") { text.split_once(':') } else { None };
            match parts {
                Some((source, value)) => {
                    sql::write(transaction, sql, [(*person_id).into(), source.into(), value.into()]).await?
                }
                None => sql::write(transaction, sql, [(*person_id).into(), text.as_str().into()]).await?,
            };
        }
    }
    Ok(())
}

/// Takes leave of ids that nobody bears any more: merged ones lead to whom they are part of now.
pub(super) async fn leave(
    transaction: &DatabaseTransaction,
    before: &BTreeSet<i64>,
    alive: &BTreeSet<i64>,
    merged: &[(i64, i64)],
) -> Result<(), DbErr> {
    for former in before.difference(alive) {
        let heir = merged.iter().find(|(id, _)| id == former).map(|(_, heir)| *heir);
        forget(transaction, *former, heir).await?;
    }
    // Ids that were merged before lead to whoever has most of what they had.
    for (former, heir) in merged.iter().filter(|(former, _)| !before.contains(former)) {
        let redirect = "update person_redirect set person_id = $2 where former_id = $1 and person_id <> $2";
        sql::write(transaction, redirect, [(*former).into(), (*heir).into()]).await?;
    }
    Ok(())
}

/// Removes a person's row; when `heir` is told, the id leads there from now on.
async fn forget(transaction: &DatabaseTransaction, former: i64, heir: Option<i64>) -> Result<(), DbErr> {
    for table in ["depiction", "caption_name"] {
        let update = format!("update {table} set person_id = $2 where person_id = $1");
        sql::write(transaction, update, [former.into(), heir.into()]).await?;
    }
    for table in ["credit", "person_other_name", "person_external_id", "critic_outlet", "critic_profile"] {
        sql::write(transaction, format!("delete from {table} where person_id = $1"), [former.into()]).await?;
    }
    match heir {
        Some(heir) => {
            let redirect = "update person_redirect set person_id = $2 where person_id = $1";
            sql::write(transaction, redirect, [former.into(), heir.into()]).await?;
        }
        None => {
            sql::write(transaction, "delete from person_redirect where person_id = $1", [former.into()]).await?;
        }
    }
    sql::write(transaction, "delete from person where id = $1", [former.into()]).await?;
    if let Some(heir) = heir {
        let redirect = "insert into person_redirect (former_id, person_id) values ($1, $2)";
        sql::write(transaction, redirect, [former.into(), heir.into()]).await?;
    }
    Ok(())
}
