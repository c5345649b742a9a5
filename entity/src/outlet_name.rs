//! Table `outlet_name`: what an outlet's pages call it.

use sea_orm::entity::prelude::*;

/// What an outlet's pages call it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outlet_name")]
pub struct Model {
    /// The outlet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub outlet_id: i64,
    /// As printed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// How many pages do.
    pub reviews: i32,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
