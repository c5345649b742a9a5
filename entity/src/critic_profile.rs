//! Table `critic_profile`: what is known of somebody who writes reviews.

use sea_orm::entity::prelude::*;

/// What is known of somebody who writes reviews.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "critic_profile")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// What pages say of them.
    pub bio: Option<String>,
    /// Their own site.
    pub website: Option<String>,
    /// Independent reviews.
    pub review_count: i32,
    /// Those with a score.
    pub score_count: i32,
    /// Sum of the scores.
    pub score_sum: f64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
