//! Table `person`: somebody who made films, or wrote about them.

use sea_orm::entity::prelude::*;

/// Somebody who made films, or wrote about them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Display name.
    pub name: String,
    /// Folded, its words in alphabetical order: what makes two spellings one.
    pub name_key: String,
    /// Folded, as displayed: the order by name.
    pub name_sort: String,
    /// Whether the person stands for a byline: critics and film people are kept apart.
    pub critic: bool,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
