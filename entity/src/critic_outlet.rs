//! Table `critic_outlet`: an outlet that a critic writes for.

use sea_orm::entity::prelude::*;

/// An outlet that a critic writes for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "critic_outlet")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// Where.
    #[sea_orm(primary_key, auto_increment = false)]
    pub outlet_id: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
