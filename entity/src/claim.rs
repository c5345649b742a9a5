//! Table `claim`: one review saying one thing. Never edited: a newer extraction replaces all of its review's claims.

use sea_orm::entity::prelude::*;

/// One review saying one thing. Never edited: a newer extraction replaces all of its review's claims.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claim")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who says it.
    pub review_id: i64,
    /// What it is about: a FactField.
    pub field: String,
    /// The person of a character or depiction, as printed.
    pub subject: Option<String>,
    /// What is said.
    pub value: String,
    /// The kind of place it stands in.
    pub source: String,
    /// Unicode scalar values from the start of the page's text; null where it stands in metadata.
    pub quote_start: Option<i32>,
    /// The end, exclusive.
    pub quote_end: Option<i32>,
    /// Whether the page as a whole says so: the others are its slips and alternatives.
    pub chosen: bool,
    /// Place in the order in which a credit block or structured data names the cast.
    pub billing: Option<i32>,
    /// The statement that it makes; null while its review is not counted, and where the value is nothing but signs.
    pub statement_id: Option<i64>,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
