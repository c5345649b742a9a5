//! Table `statement`: one thing that is said of a film, by how many independent reviews, and the fact that it is a value of.

use sea_orm::entity::prelude::*;

/// One thing that is said of a film, by how many independent reviews, and the fact that it is a value of.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statement")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The film.
    pub film_id: i64,
    /// What it is about: a FactField.
    pub field: String,
    /// The subject's name folded; empty where there is none.
    pub subject_key: String,
    /// The value folded; empty in the row that counts the reviews that say anything of the field.
    pub value_key: String,
    /// Independent reviews that say it, slips included.
    pub reviews: i32,
    /// The heaviest printed form.
    pub value: String,
    /// Names the fact within its field that this is a value of; null where it is a value of none.
    pub member_key: Option<String>,
    /// The person that the fact names or is about, by their key inside the film.
    pub group_key: Option<String>,
    /// Whether the fact serves it. The three columns below speak of the fact then, and are 0 otherwise.
    pub chosen: bool,
    /// Place of the fact among the film's facts, from 1.
    pub position: i32,
    /// Independent reviews that state the fact and agree.
    pub agreeing: i32,
    /// Independent reviews that state the fact.
    pub stating: i32,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
