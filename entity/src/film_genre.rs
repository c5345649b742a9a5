//! Table `film_genre`: a genre of a film.

use sea_orm::entity::prelude::*;

/// A genre of a film.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "film_genre")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub film_id: i64,
    /// 1 for the first.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// As served.
    pub name: String,
    /// Folded, for filters.
    pub name_key: String,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
