//! Table `signature`: what tells a film from others, as reviews put it: a row for each way of putting it.

use sea_orm::entity::prelude::*;

/// What tells a film from others, as reviews put it: a row for each way of putting it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signature")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// SHA-256 of the document, in hex.
    pub digest: String,
    /// Titles, year, directors and external ids, folded: JSON.
    pub document: String,
    /// The film of all its reviews; null only until the graph has taken the first of them in.
    pub film_id: Option<i64>,
    /// The film that it belonged to before that one was merged: what a film takes back when it parts again.
    pub home_film_id: Option<i64>,
    /// Reviews that put it so, copies included.
    pub reviews: i32,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
