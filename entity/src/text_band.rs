//! Table `text_band`: a part of the MinHash of a review's text, by which reviews that print one text find each other.

use sea_orm::entity::prelude::*;

/// A part of the MinHash of a review's text, by which reviews that print one text find each other.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_band")]
pub struct Model {
    /// The hash.
    #[sea_orm(primary_key, auto_increment = false)]
    pub band: i64,
    /// The review's address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub url: String,
    /// The review.
    pub review_id: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
