//! Table `signature_key`: a key by which the signatures of one film find each other: a folded title, or an external id.

use sea_orm::entity::prelude::*;

/// A key by which the signatures of one film find each other: a folded title, or an external id.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signature_key")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What it is a key of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub signature_id: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
