//! Table `host`: when a site may be asked next, across the whole fleet.

use sea_orm::entity::prelude::*;

/// When a site may be asked next, across the whole fleet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "host")]
pub struct Model {
    /// Host and port.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The next free slot, microseconds.
    pub next_slot_at: i64,
    /// The submission whose request is in progress.
    pub submission_id: Option<i64>,
    /// When that request is presumed dead, microseconds.
    pub busy_until: Option<i64>,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
