//! The people of films: who is one person across films, and their rows.
//!
//! Only the names that a store changes are resolved again, with everybody whom a name or an identity connects to them.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{DatabaseTransaction, DbErr, QueryResult};
use serde_json::{Value as Json, json};

use super::persons::{self, Written};
use super::sql::{self, Column};
use super::{credits, film};
use crate::resolve::describe::Description;
use crate::resolve::ids::{Borne, assign as assign_ids, home};
use crate::resolve::person::{ExternalIds, FilmName, Identity, identify};

/// Rounds in which a component of people may grow.
const ROUNDS_MAX: usize = 1_000;

const NAME: [Column; 7] = [
    ("film_id", "bigint"),
    ("name_key", "text"),
    ("group_key", "text"),
    ("name", "text"),
    ("mentions", "integer"),
    ("person_id", "bigint"),
    ("home_person_id", "bigint"),
];

/// Resolves the people of films that were just described, and whoever shares a name with them.
///
/// `left_names` are names that stood in films that are no more, and for whom.
pub(super) async fn assign(
    transaction: &DatabaseTransaction,
    described: &[(i64, Description)],
    left_names: &BTreeMap<String, i64>,
) -> Result<(), DbErr> {
    let films: BTreeSet<i64> = described.iter().map(|(film_id, _)| *film_id).collect();
    let before = names_of_films(transaction, &films).await?;
    let ids_before = ids_of_films(transaction, &films).await?;
    let now = rows_now(described, &before, left_names);
    let ids_now = ids_now(described);
    let mut seeds = Seeds::changed(&before, &now, &ids_before, &ids_now);
    seeds.keys.extend(left_names.keys().cloned());
    write_names(transaction, &before, &now).await?;
    write_ids(transaction, &ids_before, &ids_now).await?;
    let mut rewrite = films.clone();
    if !seeds.keys.is_empty() {
        let gone = before.iter().filter(|row| !now.iter().any(|other| is_at(other, row))).filter_map(|row| row.person);
        let gone: BTreeSet<i64> = gone.chain(left_names.values().copied()).collect();
        rewrite.extend(resolve(transaction, seeds, gone, left_names).await?);
    }
    for film_id in rewrite {
        let names = names_of_films(transaction, &BTreeSet::from([film_id])).await?;
        match described.iter().find(|(described, _)| *described == film_id) {
            Some((_, description)) => credits::write(transaction, film_id, description, &names).await?,
            None => {
                let description = film::described(transaction, film_id).await?;
                credits::write(transaction, film_id, &description, &names).await?;
            }
        }
    }
    Ok(())
}

/// Resolves a component, and answers the films in which somebody is somebody else now.
async fn resolve(
    transaction: &DatabaseTransaction,
    seeds: Seeds,
    gone: BTreeSet<i64>,
    left_names: &BTreeMap<String, i64>,
) -> Result<BTreeSet<i64>, DbErr> {
    let (rows, external_ids) = component(transaction, seeds).await?;
    let before: BTreeSet<i64> = rows.iter().filter_map(|row| row.person).chain(gone).collect();
    let identities = identify(rows, &external_ids);
    let borne: Vec<Borne> = identities.iter().map(|identity| identity.borne.clone()).collect();
    let assigned = assign_ids(&borne);
    let people: Vec<Written> = identities
        .iter()
        .zip(&assigned)
        .map(|(identity, assigned)| Written {
            kept: assigned.kept,
            name: identity.name.clone(),
            other_names: identity.other_names.iter().cloned().collect(),
            external_ids: identity.external_ids.clone(),
        })
        .collect();
    let ids = persons::write(transaction, &people, false).await?;
    let mut changed = BTreeSet::new();
    let mut merged = Vec::new();
    let mut points = Vec::new();
    for ((identity, assigned), person_id) in identities.iter().zip(&assigned).zip(&ids) {
        merged.extend(assigned.merged.iter().map(|former| (*former, *person_id)));
        merged.extend(heirs(identity, left_names, *person_id));
        for row in &identity.rows {
            let home = home(row.home.or(row.person), *person_id, &assigned.merged);
            if row.person != Some(*person_id) || row.home != Some(home) {
                points.push(json!({
                    "film_id": row.film,
                    "name_key": row.name_key,
                    "person_id": person_id,
                    "home_person_id": home,
                }));
            }
            if row.person != Some(*person_id) {
                changed.insert(row.film);
            }
        }
    }
    if !points.is_empty() {
        let columns =
            [("film_id", "bigint"), ("name_key", "text"), ("person_id", "bigint"), ("home_person_id", "bigint")];
        let update = format!(
            "update film_name set person_id = said.person_id, home_person_id = said.home_person_id from {} \
             where film_name.film_id = said.film_id and film_name.name_key = said.name_key",
            sql::records(transaction, 1, &columns)
        );
        sql::write(transaction, update, [sql::list(points)]).await?;
    }
    persons::leave(transaction, &before, &ids.into_iter().collect(), &merged).await?;
    Ok(changed)
}

/// The people of films that are no more are part of whoever bears their name now.
fn heirs(identity: &Identity, left_names: &BTreeMap<String, i64>, person_id: i64) -> Vec<(i64, i64)> {
    let former = identity.rows.iter().filter_map(|row| left_names.get(&row.name_key));
    former.filter(|former| **former != person_id).map(|former| (*former, person_id)).collect()
}

fn is_at(one: &FilmName, other: &FilmName) -> bool {
    one.film == other.film && one.name_key == other.name_key
}

/// Names and identities from which a component is found.
#[derive(Default)]
struct Seeds {
    keys: BTreeSet<String>,
    external_ids: BTreeSet<String>,
}

impl Seeds {
    /// All names of the people of whom anything changed, as they were grouped before and as they are now: what parts from
    /// them is found through them.
    fn changed(before: &[FilmName], now: &[FilmName], ids_before: &ExternalIds, ids_now: &ExternalIds) -> Self {
        let place = |row: &FilmName| (row.film, row.name_key.clone());
        let said = |row: &FilmName| (row.group_key.clone(), row.name.clone(), row.mentions, row.person.is_some());
        let known: BTreeMap<_, _> = before.iter().map(|row| (place(row), said(row))).collect();
        let new: BTreeMap<_, _> = now.iter().map(|row| (place(row), said(row))).collect();
        let is_changed = |row: &&FilmName| known.get(&place(row)) != new.get(&place(row));
        let rows = || before.iter().chain(now);
        let mut groups: BTreeSet<(i64, &str)> =
            rows().filter(is_changed).map(|row| (row.film, row.group_key.as_str())).collect();
        let with_ids =
            ids_before.keys().chain(ids_now.keys()).filter(|group| ids_before.get(*group) != ids_now.get(*group));
        groups.extend(with_ids.map(|(film, group)| (*film, group.as_str())));
        let of_groups = |(film, group): &(i64, String)| groups.contains(&(*film, group.as_str()));
        let ids = ids_before.iter().chain(ids_now).filter(|(group, _)| of_groups(group));
        Self {
            external_ids: ids.flat_map(|(_, ids)| ids.iter().cloned()).collect(),
            keys: rows()
                .filter(|row| groups.contains(&(row.film, row.group_key.as_str())))
                .map(|row| row.name_key.clone())
                .collect(),
        }
    }
}

/// The rows that the descriptions ask for, with the person that each stood for until now.
fn rows_now(
    described: &[(i64, Description)],
    before: &[FilmName],
    left_names: &BTreeMap<String, i64>,
) -> Vec<FilmName> {
    let known: BTreeMap<(i64, &str), &FilmName> =
        before.iter().map(|row| ((row.film, row.name_key.as_str()), row)).collect();
    let mut rows = Vec::new();
    for (film_id, description) in described {
        for person in &description.people {
            for (name_key, (name, mentions)) in &person.names {
                let row = known.get(&(*film_id, name_key.as_str()));
                let left = left_names.get(name_key).copied();
                rows.push(FilmName {
                    film: *film_id,
                    name_key: name_key.clone(),
                    group_key: person.group_key.clone(),
                    name: name.clone(),
                    mentions: i32::try_from(*mentions).unwrap_or(i32::MAX),
                    home: row.and_then(|row| row.home).or(left),
                    person: row.and_then(|row| row.person).or(left),
                });
            }
        }
    }
    rows
}

fn ids_now(described: &[(i64, Description)]) -> ExternalIds {
    let mut ids = ExternalIds::new();
    for (film_id, description) in described {
        for person in description.people.iter().filter(|person| !person.external_ids.is_empty()) {
            ids.insert((*film_id, person.group_key.clone()), person.external_ids.iter().cloned().collect());
        }
    }
    ids
}

async fn names_of_films(transaction: &DatabaseTransaction, films: &BTreeSet<i64>) -> Result<Vec<FilmName>, DbErr> {
    let sql = format!(
        "select film_id, name_key, group_key, name, mentions, person_id, home_person_id from film_name where film_id {}",
        sql::among_ids(transaction, 1)
    );
    sql::rows(transaction, sql, [sql::ids(films.iter().copied())]).await?.iter().map(film_name).collect()
}

async fn ids_of_films(transaction: &DatabaseTransaction, films: &BTreeSet<i64>) -> Result<ExternalIds, DbErr> {
    let sql = format!(
        "select film_id, group_key, external_id from film_person_id where film_id {}",
        sql::among_ids(transaction, 1)
    );
    external_ids(&sql::rows(transaction, sql, [sql::ids(films.iter().copied())]).await?)
}

fn external_ids(rows: &[QueryResult]) -> Result<ExternalIds, DbErr> {
    let mut ids = ExternalIds::new();
    for row in rows {
        let group = (row.try_get("", "film_id")?, row.try_get("", "group_key")?);
        ids.entry(group).or_default().insert(row.try_get("", "external_id")?);
    }
    Ok(ids)
}

/// Everything that names and identities connect to the seeds, over all films.
async fn component(transaction: &DatabaseTransaction, seeds: Seeds) -> Result<(Vec<FilmName>, ExternalIds), DbErr> {
    let columns = "o.film_id, o.name_key, o.group_key, o.name, o.mentions, o.person_id, o.home_person_id";
    let by_key = format!(
        "select distinct {columns} from film_name n \
         join film_name o on o.film_id = n.film_id and o.group_key = n.group_key where n.name_key {}",
        sql::among_texts(transaction, 1)
    );
    let by_id = format!(
        "select distinct {columns} from film_person_id p \
         join film_name o on o.film_id = p.film_id and o.group_key = p.group_key where p.external_id {}",
        sql::among_texts(transaction, 1)
    );
    let ids_of = format!(
        "select distinct p.film_id, p.group_key, p.external_id from film_name n \
         join film_person_id p on p.film_id = n.film_id and p.group_key = n.group_key where n.name_key {}",
        sql::among_texts(transaction, 1)
    );
    let (mut keys, mut ids) = (BTreeSet::new(), BTreeSet::new());
    let (mut new_keys, mut new_ids) = (seeds.keys, seeds.external_ids);
    let mut rows: BTreeSet<FilmName> = BTreeSet::new();
    let mut known = ExternalIds::new();
    for _ in 0..ROUNDS_MAX {
        let mut found = Vec::new();
        if !new_keys.is_empty() {
            found.extend(sql::rows(transaction, by_key.clone(), [sql::texts(&new_keys)]).await?);
        }
        if !new_ids.is_empty() {
            found.extend(sql::rows(transaction, by_id.clone(), [sql::texts(&new_ids)]).await?);
        }
        keys.append(&mut new_keys);
        ids.append(&mut new_ids);
        for row in &found {
            let row = film_name(row)?;
            new_keys.extend(Some(row.name_key.clone()).filter(|key| !keys.contains(key)));
            rows.insert(row);
        }
        let reached: BTreeSet<String> = rows.iter().map(|row| row.name_key.clone()).collect();
        let told = external_ids(&sql::rows(transaction, ids_of.clone(), [sql::texts(&reached)]).await?)?;
        new_ids.extend(told.values().flatten().filter(|id| !ids.contains(*id)).cloned());
        known.extend(told);
        if new_keys.is_empty() && new_ids.is_empty() {
            break;
        }
    }
    Ok((rows.into_iter().collect(), known))
}

fn film_name(row: &QueryResult) -> Result<FilmName, DbErr> {
    Ok(FilmName {
        film: row.try_get("", "film_id")?,
        name_key: row.try_get("", "name_key")?,
        group_key: row.try_get("", "group_key")?,
        name: row.try_get("", "name")?,
        mentions: row.try_get("", "mentions")?,
        home: row.try_get("", "home_person_id")?,
        // 0 stands in a row that was just made.
        person: Some(row.try_get("", "person_id")?).filter(|person| *person != 0),
    })
}

/// Brings the names of the described films up to date; for whom the new ones stand is told afterwards.
async fn write_names(transaction: &DatabaseTransaction, before: &[FilmName], now: &[FilmName]) -> Result<(), DbErr> {
    for gone in before.iter().filter(|row| !now.iter().any(|other| is_at(other, row))) {
        let delete = "delete from film_name where film_id = $1 and name_key = $2";
        sql::write(transaction, delete, [gone.film.into(), gone.name_key.as_str().into()]).await?;
    }
    let known: BTreeSet<&FilmName> = before.iter().collect();
    let changed: Vec<Json> = now
        .iter()
        .filter(|row| !known.contains(row))
        .map(|row| {
            json!({
                "film_id": row.film,
                "name_key": row.name_key,
                "group_key": row.group_key,
                "name": row.name,
                "mentions": row.mentions,
                "person_id": row.person.unwrap_or(0),
                "home_person_id": row.home,
            })
        })
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let upsert = format!(
        "insert into film_name (film_id, name_key, group_key, name, mentions, person_id, home_person_id) \
         select said.film_id, said.name_key, said.group_key, said.name, said.mentions, said.person_id, \
                said.home_person_id from {} where true \
         on conflict (film_id, name_key) do update set group_key = excluded.group_key, name = excluded.name, \
                mentions = excluded.mentions",
        sql::records(transaction, 1, &NAME)
    );
    sql::write(transaction, upsert, [sql::list(changed)]).await?;
    Ok(())
}

async fn write_ids(transaction: &DatabaseTransaction, before: &ExternalIds, now: &ExternalIds) -> Result<(), DbErr> {
    for (group @ (film_id, group_key), ids) in before {
        if now.get(group) != Some(ids) {
            let delete = "delete from film_person_id where film_id = $1 and group_key = $2";
            sql::write(transaction, delete, [(*film_id).into(), group_key.as_str().into()]).await?;
        }
    }
    for (group @ (film_id, group_key), ids) in now {
        if before.get(group) != Some(ids) {
            for id in ids {
                let insert = "insert into film_person_id (film_id, group_key, external_id) values ($1, $2, $3)";
                let values = [(*film_id).into(), group_key.as_str().into(), id.as_str().into()];
                sql::write(transaction, insert, values).await?;
            }
        }
    }
    Ok(())
}
