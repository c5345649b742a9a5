//! Table `page_body`: the bytes of a page, once for all snapshots that share them.

use sea_orm::entity::prelude::*;

/// The bytes of a page, once for all snapshots that share them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "page_body")]
pub struct Model {
    /// Lower-case hexadecimal, of the decoded bytes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha256: String,
    /// The decoded bytes, compressed.
    pub content_zstd: Vec<u8>,
    /// Length before compression.
    pub bytes_decoded: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
