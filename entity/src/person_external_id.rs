//! Table `person_external_id`: a person's identity at a film database.

use sea_orm::entity::prelude::*;

/// A person's identity at a film database.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_external_id")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// As for films.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// As that database writes it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
