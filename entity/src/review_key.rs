//! Table `review_key`: a key by which reviews of one film find each other: a folded title, or an external id.

use sea_orm::entity::prelude::*;

/// A key by which reviews of one film find each other: a folded title, or an external id.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_key")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub review_id: i64,
    /// `title:…` or `SOURCE:…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
