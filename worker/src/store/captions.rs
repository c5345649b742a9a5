//! A review's captions and the names in them, and whom the names of a film's captions stand for.

use std::collections::{BTreeMap, BTreeSet};

use entity::sort_key::name_key;
use entity::{caption, depiction};
use extract::Extraction;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use super::{claims, sql};
use crate::resolve::person::FilmName;

/// Captions of one page that are kept: galleries go on for ever.
const CAPTIONS_MAX: usize = 500;

/// People of one caption that are kept.
const PEOPLE_MAX: usize = 100;

/// Writes the captions; those that stood at the same place before keep their ids.
pub(super) async fn replace(
    transaction: &DatabaseTransaction,
    review_id: i64,
    film_before: Option<i64>,
    film_id: i64,
    extraction: &Extraction,
) -> Result<(), DbErr> {
    let mut known: BTreeMap<i32, i64> = BTreeMap::new();
    if let Some(film_before) = film_before {
        count(transaction, film_before, &[review_id], -1).await?;
        let of_review = "caption_id in (select id from caption where review_id = $1)";
        sql::write(transaction, format!("delete from depiction where {of_review}"), [review_id.into()]).await?;
        let rows = caption::Entity::find().filter(caption::Column::ReviewId.eq(review_id)).all(transaction).await?;
        known.extend(rows.into_iter().map(|row| (row.position, row.id)));
    }
    let mut people: Vec<depiction::ActiveModel> = Vec::new();
    let mut place = 0;
    for said in extraction.captions.iter().take(CAPTIONS_MAX) {
        place += 1;
        let mut row = caption::ActiveModel {
            id: NotSet,
            review_id: Set(review_id),
            film_id: Set(film_id),
            position: Set(place),
            text: Set(said.text.clone()),
            credit: Set(said.credit.clone()),
            image_url: Set(said.image_url.clone()),
        };
        let caption_id = match known.remove(&place) {
            Some(known) => {
                row.id = sea_orm::ActiveValue::Unchanged(known);
                row.update(transaction).await?.id
            }
            None => row.insert(transaction).await?.id,
        };
        people.extend(said.people.iter().take(PEOPLE_MAX).zip(1..).map(|(person, position)| depiction::ActiveModel {
            caption_id: Set(caption_id),
            position: Set(position),
            name: Set(person.name.clone()),
            name_key: Set(name_key(&person.name)),
            person_id: Set(None),
            character: Set(person.character.clone()),
            place: Set(person.place.map(claims::name_of)),
        }));
    }
    for people in people.chunks(claims::ROWS_MAX) {
        depiction::Entity::insert_many(people.to_vec()).exec_without_returning(transaction).await?;
    }
    if !known.is_empty() {
        let gone = format!("delete from caption where id {}", sql::among_ids(transaction, 1));
        sql::write(transaction, gone, [sql::ids(known.into_values())]).await?;
    }
    if !people.is_empty() {
        count(transaction, film_id, &[review_id], 1).await?;
    }
    Ok(())
}

/// Adds the names in the captions of some reviews to those of a film's captions, or takes them away.
pub(super) async fn count(
    transaction: &DatabaseTransaction,
    film_id: i64,
    reviews: &[i64],
    change: i32,
) -> Result<(), DbErr> {
    let upsert = format!(
        "insert into caption_name (film_id, name_key, depictions) \
         select $1, d.name_key, $2 * count(*) from caption c join depiction d on d.caption_id = c.id \
         where c.review_id {} and d.name_key <> '' group by d.name_key \
         on conflict (film_id, name_key) do update set depictions = caption_name.depictions + excluded.depictions",
        sql::among_ids(transaction, 3)
    );
    let values = [film_id.into(), i64::from(change).into(), sql::ids(reviews.iter().copied())];
    let names = sql::write(transaction, upsert, values).await?;
    if change < 0 && names > 0 {
        let delete = "delete from caption_name where film_id = $1 and depictions <= 0";
        sql::write(transaction, delete, [film_id.into()]).await?;
    }
    if change > 0 && names > 0 {
        // Names that the film's captions had before are pointed at once; the others when its people are known.
        let point = format!(
            "update depiction set person_id = (select n.person_id from caption_name n \
                    where n.film_id = $1 and n.name_key = depiction.name_key) \
             where caption_id in (select id from caption where review_id {})",
            sql::among_ids(transaction, 2)
        );
        sql::write(transaction, point, [film_id.into(), sql::ids(reviews.iter().copied())]).await?;
    }
    Ok(())
}

/// Points the names in a film's captions at the people that they stand for: the same name, or a single word that is a
/// part of one person's name and of nobody else's in the film.
pub(super) async fn point(transaction: &DatabaseTransaction, film_id: i64, names: &[FilmName]) -> Result<(), DbErr> {
    let sql = "select name_key, person_id from caption_name where film_id = $1";
    for row in sql::rows(transaction, sql, [film_id.into()]).await? {
        let key: String = row.try_get("", "name_key")?;
        let (before, now) = (row.try_get::<Option<i64>>("", "person_id")?, whom(names, &key));
        if before == now {
            continue;
        }
        let update = "update caption_name set person_id = $3 where film_id = $1 and name_key = $2";
        sql::write(transaction, update, [film_id.into(), key.as_str().into(), now.into()]).await?;
        let update = "update depiction set person_id = $3 where name_key = $2 \
                      and caption_id in (select id from caption where film_id = $1)";
        sql::write(transaction, update, [film_id.into(), key.into(), now.into()]).await?;
    }
    Ok(())
}

fn whom(names: &[FilmName], key: &str) -> Option<i64> {
    if let Some(row) = names.iter().find(|row| row.name_key == key) {
        return row.person;
    }
    let part_of: BTreeSet<i64> = names
        .iter()
        .filter(|row| row.name_key.split(' ').any(|word| word == key))
        .filter_map(|row| row.person)
        .collect();
    part_of.first().copied().filter(|_| part_of.len() == 1)
}
