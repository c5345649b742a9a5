//! Table `submission_event`: one change of a submission's state. Numbered from 1 without gaps.

use sea_orm::entity::prelude::*;

use crate::SubmissionState;

/// One change of a submission's state. Numbered from 1 without gaps.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission_event")]
pub struct Model {
    /// Whose event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission_id: i64,
    /// 1 for the first.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i32,
    /// Microseconds.
    pub at: i64,
    /// The state entered.
    pub state: SubmissionState,
    /// For people.
    pub message: String,
    /// The attempt it belongs to; 0 before the first.
    pub attempt: i32,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
