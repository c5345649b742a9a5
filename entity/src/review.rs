//! Table `review`: one critic's review of one film at one address.

use sea_orm::entity::prelude::*;

/// One critic's review of one film at one address.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Canonical address, normalised.
    pub url: String,
    /// The submission that its claims come from.
    pub submission_id: i64,
    /// The extraction that its claims come from.
    pub extraction_id: i64,
    /// The film it is of.
    pub film_id: i64,
    /// Who wrote it; null where the page names nobody.
    pub critic_id: Option<i64>,
    /// Where it appeared.
    pub outlet_id: i64,
    /// Headline.
    pub headline: String,
    /// The line under it.
    pub dek: Option<String>,
    /// ISO 8601.
    pub published_on: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The words or signs.
    pub rating_as_printed: Option<String>,
    /// The number given.
    pub rating_value: Option<f64>,
    /// The best that the scale allows.
    pub rating_best: Option<f64>,
    /// STARS_4, …, LETTER, THUMBS, OTHER.
    pub rating_scale: Option<String>,
    /// 0 to 100.
    pub score: Option<f64>,
    /// 0 to 100.
    pub score_low: Option<f64>,
    /// 0 to 100.
    pub score_high: Option<f64>,
    /// Paragraphs separated by blank lines.
    pub body: String,
    /// The text that quotes point into.
    pub page_text: String,
    /// Words in the body.
    pub word_count: i32,
    /// The byline as printed.
    pub critic_name: Option<String>,
    /// The byline folded: critics are joined among bylines that share it.
    pub critic_key: Option<String>,
    /// What this page says of the critic.
    pub critic_bio: Option<String>,
    /// The critic's site as this page links it.
    pub critic_website: Option<String>,
    /// The outlet as this page calls it.
    pub outlet_name: Option<String>,
    /// When the submission came in, microseconds.
    pub submitted_at: i64,
    /// The review whose text it prints; null for an independent one. A copy stays linked to its film and is counted nowhere.
    pub copy_of: Option<i64>,
    /// Whether its statements and score are in the tallies now.
    pub counted: bool,
    /// What its page says to tell the film from others; null only until the graph has taken it in.
    pub signature_id: Option<i64>,
    /// The byline it bears; null where the page names nobody.
    pub byline_id: Option<i64>,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
