//! A review's captions and the names in them. Whom the names stand for is told per film, in `people`.

use entity::sort_key::name_key;
use entity::{caption, depiction};
use extract::Extraction;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use super::{claims, sql};

/// Captions of one page that are kept: galleries go on for ever.
const CAPTIONS_MAX: usize = 500;

/// People of one caption that are kept.
const PEOPLE_MAX: usize = 100;

/// Writes the captions; those that stood at the same place before keep their ids.
pub(super) async fn replace(
    transaction: &DatabaseTransaction,
    review_id: i64,
    film_id: i64,
    extraction: &Extraction,
) -> Result<(), DbErr> {
    let of_review = "caption_id in (select id from caption where review_id = $1)";
    sql::write(transaction, format!("delete from depiction where {of_review}"), [review_id.into()]).await?;
    let mut place = 0;
    for said in extraction.captions.iter().take(CAPTIONS_MAX) {
        place += 1;
        let known = caption::Entity::find()
            .filter(caption::Column::ReviewId.eq(review_id))
            .filter(caption::Column::Position.eq(place))
            .one(transaction)
            .await?;
        let mut row = caption::ActiveModel {
            id: NotSet,
            review_id: Set(review_id),
            film_id: Set(film_id),
            position: Set(place),
            text: Set(said.text.clone()),
            credit: Set(said.credit.clone()),
            image_url: Set(said.image_url.clone()),
        };
        let caption_id = match known {
            Some(known) => {
                row.id = sea_orm::ActiveValue::Unchanged(known.id);
                row.update(transaction).await?.id
            }
            None => row.insert(transaction).await?.id,
        };
        let people: Vec<depiction::ActiveModel> = said
            .people
            .iter()
            .take(PEOPLE_MAX)
            .zip(1..)
            .map(|(person, position)| depiction::ActiveModel {
                caption_id: Set(caption_id),
                position: Set(position),
                name: Set(person.name.clone()),
                name_key: Set(name_key(&person.name)),
                person_id: Set(None),
                character: Set(person.character.clone()),
                place: Set(person.place.map(claims::name_of)),
            })
            .collect();
        if !people.is_empty() {
            depiction::Entity::insert_many(people).exec_without_returning(transaction).await?;
        }
    }
    let gone = "delete from caption where review_id = $1 and position > $2";
    sql::write(transaction, gone, [review_id.into(), place.into()]).await?;
    Ok(())
}
