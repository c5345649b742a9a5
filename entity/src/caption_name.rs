//! Table `caption_name`: a name in the captions of a film's pictures, and whom it stands for.

use sea_orm::entity::prelude::*;

/// A name in the captions of a film's pictures, and whom it stands for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "caption_name")]
pub struct Model {
    /// The film.
    #[sea_orm(primary_key, auto_increment = false)]
    pub film_id: i64,
    /// The name folded.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name_key: String,
    /// How often it stands in captions.
    pub depictions: i32,
    /// Who; null where the name is a part of several people's.
    pub person_id: Option<i64>,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
