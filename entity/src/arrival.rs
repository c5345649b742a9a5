//! Table `arrival`: a review's entry into the graph. Numbered from 1 without gaps.

use sea_orm::entity::prelude::*;

/// A review's entry into the graph. Numbered from 1 without gaps, in the order in which the graph's writers commit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "arrival")]
pub struct Model {
    /// 1 for the first.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// The review, which enters once.
    pub review_id: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
