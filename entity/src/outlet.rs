//! Table `outlet`: a site or publication that reviews appear in.

use sea_orm::entity::prelude::*;

/// A site or publication that reviews appear in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outlet")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Registrable host: what makes two outlets one.
    pub host: String,
    /// As most of its pages call it.
    pub name: String,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
