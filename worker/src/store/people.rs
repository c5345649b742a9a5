//! The people of films: who is one person across films, their rows, credits and depictions.

use std::collections::{BTreeMap, BTreeSet};

use entity::sort_key::{fold, name_key};
use sea_orm::{ActiveEnum, DatabaseTransaction, DbErr, QueryResult};

use super::{film, sql};
use crate::resolve::describe::Description;
use crate::resolve::ids::assign as assign_ids;
use crate::resolve::person::{FilmName, Identity, identify};

/// Rounds in which a component of people may grow.
const COMPONENT_ROUNDS_MAX: usize = 20;

/// Resolves the people of films that were just described, and whoever shares a name with them.
///
/// `left_names` are names that stood in films that are no more, and for whom.
pub(super) async fn assign(
    transaction: &DatabaseTransaction,
    described: Vec<(i64, Description)>,
    left_names: &BTreeMap<String, i64>,
) -> Result<(), DbErr> {
    let films: BTreeSet<i64> = described.iter().map(|(film_id, _)| *film_id).collect();
    let before = names_of_films(transaction, &films).await?;
    let person_before: BTreeMap<(i64, String), i64> =
        before.iter().filter_map(|row| Some(((row.film, row.name_key.clone()), row.person?))).collect();
    let person_of =
        |film: i64, key: &String| person_before.get(&(film, key.clone())).or_else(|| left_names.get(key)).copied();
    let mut rows = new_rows(&described, &person_of);
    let keys: BTreeSet<String> =
        rows.iter().chain(&before).map(|row| row.name_key.clone()).chain(left_names.keys().cloned()).collect();
    let others = component(transaction, &films, keys).await?;
    let borne_before =
        before.iter().chain(&others).filter_map(|row| row.person).chain(left_names.values().copied()).collect();
    rows.extend(others);

    let identities = identify(rows);
    let borne: Vec<_> = identities.iter().map(|identity| identity.borne.clone()).collect();
    let mut merged = Vec::new();
    let mut others_to_rewrite = BTreeSet::new();
    let mut people = Vec::new();
    for (identity, assigned) in identities.into_iter().zip(assign_ids(&borne)) {
        let person_id = write_person(transaction, assigned.kept, &identity).await?;
        merged.extend(assigned.merged.into_iter().map(|former| (former, person_id)));
        others_to_rewrite.extend(
            identity
                .rows
                .iter()
                .filter(|row| row.person != Some(person_id) && !films.contains(&row.film))
                .map(|row| row.film),
        );
        people.push((person_id, identity));
    }
    write_names(transaction, &films, &people).await?;
    for (film_id, description) in &described {
        write_credits(transaction, *film_id, description).await?;
    }
    for film_id in others_to_rewrite {
        let description = film::people_of(transaction, film_id).await?;
        write_credits(transaction, film_id, &description).await?;
    }
    for (key, former) in left_names {
        let heir = people.iter().find(|(_, identity)| identity.rows.iter().any(|row| &row.name_key == key));
        merged.extend(heir.map(|(person_id, _)| (*former, *person_id)));
    }
    leave(transaction, &merged, &borne_before, &people).await
}

/// The rows that the descriptions ask for, with the person that each stood for until now.
fn new_rows(described: &[(i64, Description)], person_of: &impl Fn(i64, &String) -> Option<i64>) -> Vec<FilmName> {
    let mut rows = Vec::new();
    for (film_id, description) in described {
        for person in &description.people {
            for (name_key, (name, mentions)) in &person.names {
                rows.push(FilmName {
                    film: *film_id,
                    name_key: name_key.clone(),
                    group_key: person.group_key.clone(),
                    name: name.clone(),
                    mentions: i32::try_from(*mentions).unwrap_or(i32::MAX),
                    person: person_of(*film_id, name_key),
                });
            }
        }
    }
    rows
}

async fn names_of_films(transaction: &DatabaseTransaction, films: &BTreeSet<i64>) -> Result<Vec<FilmName>, DbErr> {
    let sql = format!(
        "select film_id, name_key, group_key, name, mentions, person_id from film_name where film_id {}",
        sql::among_ids(transaction, 1)
    );
    sql::rows(transaction, sql, [sql::ids(films.iter().copied())]).await?.iter().map(film_name).collect()
}

/// The rows of other films that belong to the component of `keys`.
async fn component(
    transaction: &DatabaseTransaction,
    films: &BTreeSet<i64>,
    keys: BTreeSet<String>,
) -> Result<Vec<FilmName>, DbErr> {
    let sql = format!(
        "select distinct o.film_id, o.name_key, o.group_key, o.name, o.mentions, o.person_id \
         from film_name n join film_name o on o.film_id = n.film_id and o.group_key = n.group_key \
         where n.name_key {} and not (n.film_id {})",
        sql::among_texts(transaction, 1),
        sql::among_ids(transaction, 2)
    );
    let mut keys = keys;
    let mut new = keys.clone();
    let mut rows: BTreeSet<FilmName> = BTreeSet::new();
    for _ in 0..COMPONENT_ROUNDS_MAX {
        if new.is_empty() {
            break;
        }
        let values = [sql::texts(&new), sql::ids(films.iter().copied())];
        let found: Vec<FilmName> =
            sql::rows(transaction, sql.clone(), values).await?.iter().map(film_name).collect::<Result<_, _>>()?;
        let reached: BTreeSet<String> = found.iter().map(|row| row.name_key.clone()).collect();
        new = reached.difference(&keys).cloned().collect();
        keys.extend(reached);
        rows.extend(found);
    }
    Ok(rows.into_iter().collect())
}

fn film_name(row: &QueryResult) -> Result<FilmName, DbErr> {
    Ok(FilmName {
        film: row.try_get("", "film_id")?,
        name_key: row.try_get("", "name_key")?,
        group_key: row.try_get("", "group_key")?,
        name: row.try_get("", "name")?,
        mentions: row.try_get("", "mentions")?,
        person: Some(row.try_get("", "person_id")?),
    })
}

async fn write_person(transaction: &DatabaseTransaction, kept: Option<i64>, identity: &Identity) -> Result<i64, DbErr> {
    let person_id = name_person(transaction, kept, &identity.name, false).await?;
    write_other_names(transaction, person_id, &identity.other_names).await?;
    Ok(person_id)
}

/// Writes a person's row under the id that is kept, or under a new one.
pub(super) async fn name_person(
    transaction: &DatabaseTransaction,
    kept: Option<i64>,
    name: &str,
    critic: bool,
) -> Result<i64, DbErr> {
    let (key, sort) = (name_key(name), fold(name));
    match kept {
        Some(person_id) => {
            let update = "update person set name = $2, name_key = $3, name_sort = $4 \
                          where id = $1 and (name <> $2 or name_key <> $3)";
            sql::write(transaction, update, [person_id.into(), name.into(), key.into(), sort.into()]).await?;
            Ok(person_id)
        }
        None => {
            let insert = "insert into person (name, name_key, name_sort, critic) values ($1, $2, $3, $4) returning id";
            sql::insert(transaction, insert, [name.into(), key.into(), sort.into(), critic.into()]).await
        }
    }
}

/// Replaces the other spellings of a person's name.
pub(super) async fn write_other_names(
    transaction: &DatabaseTransaction,
    person_id: i64,
    names: &[String],
) -> Result<(), DbErr> {
    sql::write(transaction, "delete from person_other_name where person_id = $1", [person_id.into()]).await?;
    for name in names {
        let insert = "insert into person_other_name (person_id, name) values ($1, $2)";
        sql::write(transaction, insert, [person_id.into(), name.as_str().into()]).await?;
    }
    Ok(())
}

/// Replaces the names of the described films, and points the others at who they stand for now.
async fn write_names(
    transaction: &DatabaseTransaction,
    films: &BTreeSet<i64>,
    people: &[(i64, Identity)],
) -> Result<(), DbErr> {
    let sql = format!("delete from film_name where film_id {}", sql::among_ids(transaction, 1));
    sql::write(transaction, sql, [sql::ids(films.iter().copied())]).await?;
    for (person_id, identity) in people {
        for row in &identity.rows {
            if films.contains(&row.film) {
                let insert = "insert into film_name (film_id, name_key, group_key, name, mentions, person_id) \
                              values ($1, $2, $3, $4, $5, $6)";
                let values = [
                    row.film.into(),
                    row.name_key.as_str().into(),
                    row.group_key.as_str().into(),
                    row.name.as_str().into(),
                    row.mentions.into(),
                    (*person_id).into(),
                ];
                sql::write(transaction, insert, values).await?;
            } else if row.person != Some(*person_id) {
                let update = "update film_name set person_id = $3 where film_id = $1 and name_key = $2";
                let values = [row.film.into(), row.name_key.as_str().into(), (*person_id).into()];
                sql::write(transaction, update, values).await?;
            }
        }
    }
    Ok(())
}

/// Writes the credits of a film, which keep their ids while person and role are the same, and points its pictures at
/// the people in them.
async fn write_credits(
    transaction: &DatabaseTransaction,
    film_id: i64,
    description: &Description,
) -> Result<(), DbErr> {
    let names = names_of_films(transaction, &BTreeSet::from([film_id])).await?;
    let person_of: BTreeMap<&str, i64> =
        names.iter().filter_map(|row| Some((row.group_key.as_str(), row.person?))).collect();
    // Two groups of one film can be one person, when another film says so: the first credit in a role stands.
    let mut credits = BTreeMap::new();
    for person in &description.people {
        if let Some(person_id) = person_of.get(person.group_key.as_str()) {
            for credit in &person.credits {
                let known = credits.entry((*person_id, credit.role)).or_insert(credit);
                if credit.position < known.position {
                    *known = credit;
                }
            }
        }
    }
    let sql = "select id, person_id, role from credit where film_id = $1";
    for row in sql::rows(transaction, sql, [film_id.into()]).await? {
        let role = entity::CreditRole::try_from_value(&row.try_get::<String>("", "role")?)?;
        if !credits.contains_key(&(row.try_get("", "person_id")?, role)) {
            let id: i64 = row.try_get("", "id")?;
            sql::write(transaction, "delete from credit where id = $1", [id.into()]).await?;
        }
    }
    for ((person_id, role), credit) in credits {
        let upsert = "insert into credit (film_id, person_id, role, character, billing, position) \
                      values ($1, $2, $3, $4, $5, $6) on conflict (film_id, person_id, role) do update set \
                      character = excluded.character, billing = excluded.billing, position = excluded.position";
        let values = [
            film_id.into(),
            person_id.into(),
            role.to_value().into(),
            credit.character.clone().into(),
            credit.billing.into(),
            credit.position.into(),
        ];
        sql::write(transaction, upsert, values).await?;
    }
    point_depictions(transaction, film_id, &names).await
}

/// Points the names in a film's captions at the people that they stand for: the same name, or a single word that is a
/// part of one person's name and of nobody else's in the film.
async fn point_depictions(transaction: &DatabaseTransaction, film_id: i64, names: &[FilmName]) -> Result<(), DbErr> {
    let whom = |printed: &str| {
        let key = name_key(printed);
        if let Some(row) = names.iter().find(|row| row.name_key == key) {
            return row.person;
        }
        let part_of: BTreeSet<i64> = names
            .iter()
            .filter(|row| row.name_key.split(' ').any(|word| word == key))
            .filter_map(|row| row.person)
            .collect();
        part_of.first().copied().filter(|_| part_of.len() == 1)
    };
    let sql = "select d.caption_id, d.position, d.name, d.person_id from caption c \
               join depiction d on d.caption_id = c.id where c.film_id = $1";
    for row in sql::rows(transaction, sql, [film_id.into()]).await? {
        let (before, now) = (row.try_get::<Option<i64>>("", "person_id")?, whom(&row.try_get::<String>("", "name")?));
        if before != now {
            let update = "update depiction set person_id = $3 where caption_id = $1 and position = $2";
            let (caption_id, position): (i64, i32) = (row.try_get("", "caption_id")?, row.try_get("", "position")?);
            sql::write(transaction, update, [caption_id.into(), position.into(), now.into()]).await?;
        }
    }
    Ok(())
}

/// Takes leave of ids that nobody bears any more: merged ones lead to whom they are part of now.
async fn leave(
    transaction: &DatabaseTransaction,
    merged: &[(i64, i64)],
    before: &BTreeSet<i64>,
    people: &[(i64, Identity)],
) -> Result<(), DbErr> {
    let alive: BTreeSet<i64> = people.iter().map(|(person_id, _)| *person_id).collect();
    for former in before.difference(&alive) {
        let heir = merged.iter().find(|(id, _)| id == former).map(|(_, heir)| *heir);
        forget_person(transaction, *former, heir).await?;
    }
    Ok(())
}

/// Removes a person's row; when `heir` is told, the id leads there from now on.
pub(super) async fn forget_person(
    transaction: &DatabaseTransaction,
    former: i64,
    heir: Option<i64>,
) -> Result<(), DbErr> {
    sql::write(transaction, "update depiction set person_id = $2 where person_id = $1", [former.into(), heir.into()])
        .await?;
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
