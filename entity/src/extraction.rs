//! Table `extraction`: what one version of the extractor read from one snapshot.

use sea_orm::entity::prelude::*;

/// What one version of the extractor read from one snapshot.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "extraction")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The snapshot read.
    pub snapshot_id: i64,
    /// The extractor's version.
    pub version: i32,
    /// The extraction, JSON.
    pub document: String,
    /// Microseconds.
    pub extracted_at: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
