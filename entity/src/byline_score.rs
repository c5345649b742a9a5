//! Table `byline_score`: how many independent reviews under a byline give this very score.

use sea_orm::entity::prelude::*;

/// How many independent reviews under a byline give this very score.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "byline_score")]
pub struct Model {
    /// The byline.
    #[sea_orm(primary_key, auto_increment = false)]
    pub byline_id: i64,
    /// 0 to 100.
    #[sea_orm(primary_key, auto_increment = false)]
    pub score: f64,
    /// How many.
    pub reviews: i32,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
