//! Table `snapshot`: a page as it was fetched once.

use sea_orm::entity::prelude::*;

/// A page as it was fetched once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "snapshot")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// For whom.
    pub submission_id: i64,
    /// Its bytes.
    pub sha256: String,
    /// The address that the bytes came from, after redirects.
    pub url: String,
    /// As the wire said.
    pub content_type: Option<String>,
    /// Validator for a conditional request.
    pub etag: Option<String>,
    /// Validator for a conditional request.
    pub last_modified: Option<String>,
    /// Microseconds.
    pub fetched_at: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
