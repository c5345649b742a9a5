//! Table `queue`: whether workers take anything new. One row.

use sea_orm::entity::prelude::*;

/// Whether workers take anything new.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "queue")]
pub struct Model {
    /// 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Whether they do not.
    pub paused: bool,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
