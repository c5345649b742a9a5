//! A film's credits. They keep their ids while person and role are the same; rows that are right are left alone.

use std::collections::BTreeMap;

use sea_orm::{ActiveEnum, DatabaseTransaction, DbErr};
use serde_json::json;

use super::captions;
use super::sql::{self, Column};
use crate::resolve::describe::{Description, FilmCredit};
use crate::resolve::person::FilmName;

const CREDIT: [Column; 5] =
    [("person_id", "bigint"), ("role", "text"), ("part", "text"), ("billing", "integer"), ("place", "integer")];

/// What a credit's row says beside who and what: character, billing, position.
type Said = (Option<String>, Option<i32>, i32);

/// Writes the credits of a film, and points the names in its captions at the people that they stand for.
pub(super) async fn write(
    transaction: &DatabaseTransaction,
    film_id: i64,
    description: &Description,
    names: &[FilmName],
) -> Result<(), DbErr> {
    let person_of: BTreeMap<&str, i64> =
        names.iter().filter_map(|row| Some((row.group_key.as_str(), row.person?))).collect();
    // Two groups of one film can be one person, when another film says so: the first credit in a role stands.
    let mut wanted: BTreeMap<(i64, String), &FilmCredit> = BTreeMap::new();
    for person in &description.people {
        if let Some(person_id) = person_of.get(person.group_key.as_str()) {
            for credit in &person.credits {
                let known = wanted.entry((*person_id, credit.role.to_value())).or_insert(credit);
                if credit.position < known.position {
                    *known = credit;
                }
            }
        }
    }
    let mut known: BTreeMap<(i64, String), Said> = BTreeMap::new();
    let mut gone = Vec::new();
    let sql = "select id, person_id, role, \"character\", billing, position from credit where film_id = $1";
    for row in sql::rows(transaction, sql, [film_id.into()]).await? {
        let key = (row.try_get("", "person_id")?, row.try_get("", "role")?);
        if !wanted.contains_key(&key) {
            gone.push(row.try_get("", "id")?);
        }
        known.insert(key, (row.try_get("", "character")?, row.try_get("", "billing")?, row.try_get("", "position")?));
    }
    if !gone.is_empty() {
        let delete = format!("delete from credit where id {}", sql::among_ids(transaction, 1));
        sql::write(transaction, delete, [sql::ids(gone)]).await?;
    }
    let said = |credit: &FilmCredit| (credit.character.clone(), credit.billing, credit.position);
    let changed: Vec<_> = wanted
        .into_iter()
        .filter(|(key, credit)| known.get(key) != Some(&said(credit)))
        .map(|((person_id, role), credit)| {
            json!({
                "person_id": person_id,
                "role": role,
                "part": credit.character,
                "billing": credit.billing,
                "place": credit.position,
            })
        })
        .collect();
    if !changed.is_empty() {
        let upsert = format!(
            "insert into credit (film_id, person_id, role, \"character\", billing, position) \
             select $1, said.person_id, said.role, said.part, said.billing, said.place from {} where true \
             on conflict (film_id, person_id, role) do update set \"character\" = excluded.\"character\", \
                billing = excluded.billing, position = excluded.position",
            sql::records(transaction, 2, &CREDIT)
        );
        sql::write(transaction, upsert, [film_id.into(), sql::list(changed)]).await?;
    }
    captions::point(transaction, film_id, names).await
}
