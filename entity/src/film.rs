//! Table `film`: a film, as the claims of its reviews describe it, with what critics make of it.

use sea_orm::entity::prelude::*;

/// A film, as the claims of its reviews describe it, with what critics make of it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "film")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The served title.
    pub title: String,
    /// Title in the film's own language.
    pub original_title: Option<String>,
    /// The title folded, without its article: the order by title.
    pub title_sort: String,
    /// Year of first release.
    pub year: Option<i32>,
    /// ISO 8601.
    pub release_date: Option<String>,
    /// Whole minutes.
    pub runtime_minutes: Option<i32>,
    /// Certificate.
    pub content_rating: Option<String>,
    /// Independent reviews.
    pub review_count: i32,
    /// Those with a score.
    pub rated_count: i32,
    /// Sum of the scores.
    pub score_sum: f64,
    /// 0 to 100.
    pub score_mean: Option<f64>,
    /// 0 to 100.
    pub score_median: Option<f64>,
    /// Population standard deviation of the scores.
    pub score_spread: Option<f64>,
    /// Ten counts, a JSON array.
    pub score_histogram: String,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
