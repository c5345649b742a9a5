//! Table `tally`: in which words, and in what place of the page, a statement is made, and by how many independent reviews.

use sea_orm::entity::prelude::*;

/// In which words, and in what place of the page, a statement is made, and by how many independent reviews.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tally")]
pub struct Model {
    /// The statement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub statement_id: i64,
    /// The subject as printed; empty where there is none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// The value as printed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
    /// The kind of place it stands in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Whether the pages as a whole say so: the others are their slips and alternatives.
    #[sea_orm(primary_key, auto_increment = false)]
    pub chosen: bool,
    /// Independent reviews that say it so.
    pub reviews: i32,
    /// How many of them name the person at a place in a credit block.
    pub billed: i32,
    /// The sum of these places.
    pub billing_sum: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
