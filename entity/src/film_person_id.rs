//! Table `film_person_id`: an identity that a film's reviews give to one of its people.

use sea_orm::entity::prelude::*;

/// An identity that a film's reviews give to one of its people.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "film_person_id")]
pub struct Model {
    /// The film.
    #[sea_orm(primary_key, auto_increment = false)]
    pub film_id: i64,
    /// What names the person inside the film.
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_key: String,
    /// `SOURCE:value`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub external_id: String,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
