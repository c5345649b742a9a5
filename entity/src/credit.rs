//! Table `credit`: who did what on a film.

use sea_orm::entity::prelude::*;

use crate::CreditRole;

/// Who did what on a film.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The film.
    pub film_id: i64,
    /// The person.
    pub person_id: i64,
    /// What they did.
    pub role: CreditRole,
    /// Character's name at its fullest; actors only.
    pub character: Option<String>,
    /// 1 is top billing; null where no review gives an order.
    pub billing: Option<i32>,
    /// The order of a film's credits: actors in billing order, then the others by role.
    pub position: i32,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
