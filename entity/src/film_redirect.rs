//! Table `film_redirect`: an id that was merged into a film. It still resolves.

use sea_orm::entity::prelude::*;

/// An id that was merged into a film. It still resolves.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "film_redirect")]
pub struct Model {
    /// The id that was.
    #[sea_orm(primary_key, auto_increment = false)]
    pub former_id: i64,
    /// The film that is.
    pub film_id: i64,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
