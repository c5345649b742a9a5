//! Table `byline`: a critic as pages of one outlet present them.

use sea_orm::entity::prelude::*;

/// A critic as pages of one outlet present them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "byline")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The name folded.
    pub critic_key: String,
    /// Where.
    pub outlet_id: i64,
    /// SHA-256 of name, website and bio, in hex.
    pub digest: String,
    /// As printed.
    pub name: String,
    /// The critic's site as these pages link it.
    pub website: Option<String>,
    /// What these pages say of the critic.
    pub bio: Option<String>,
    /// Who.
    pub person_id: Option<i64>,
    /// Who it was before that person was merged: what a person takes back when two part again.
    pub home_person_id: Option<i64>,
    /// Reviews that bear it, copies included.
    pub reviews: i32,
    /// Independent reviews that bear it.
    pub counted: i32,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
