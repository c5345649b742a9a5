//! Table `caption`: a picture's caption in a review.

use sea_orm::entity::prelude::*;

/// A picture's caption in a review.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "caption")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Where it stands.
    pub review_id: i64,
    /// The review's film.
    pub film_id: i64,
    /// 1 is the first picture on the page.
    pub position: i32,
    /// Without the credit.
    pub text: String,
    /// Who the picture is credited to.
    pub credit: Option<String>,
    /// The picture.
    pub image_url: Option<String>,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
