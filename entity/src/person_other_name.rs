//! Table `person_other_name`: a spelling or order of a person's name that is not the displayed one.

use sea_orm::entity::prelude::*;

/// A spelling or order of a person's name that is not the displayed one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_other_name")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// As printed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
