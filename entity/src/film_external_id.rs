//! Table `film_external_id`: a film's identity at a film database.

use sea_orm::entity::prelude::*;

/// A film's identity at a film database.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "film_external_id")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub film_id: i64,
    /// IMDB, TMDB, WIKIDATA, LETTERBOXD, ROTTEN_TOMATOES, METACRITIC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// As that database writes it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
