//! Table `film_name`: a name by which a film's reviews call somebody who made it: what people are joined by across films.

use sea_orm::entity::prelude::*;

/// A name by which a film's reviews call somebody who made it: what people are joined by across films.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "film_name")]
pub struct Model {
    /// The film.
    #[sea_orm(primary_key, auto_increment = false)]
    pub film_id: i64,
    /// The name folded.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name_key: String,
    /// The least key among the names that the film gives to one person.
    pub group_key: String,
    /// As most reviews print it.
    pub name: String,
    /// Independent reviews that print it.
    pub mentions: i32,
    /// The person it stands for now.
    pub person_id: i64,
    /// The person that it stood for before that one was merged; what a person takes back when two part again.
    pub home_person_id: Option<i64>,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
