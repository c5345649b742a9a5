//! Table `depiction`: a person in a picture.

use sea_orm::entity::prelude::*;

/// A person in a picture.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "depiction")]
pub struct Model {
    /// The picture.
    #[sea_orm(primary_key, auto_increment = false)]
    pub caption_id: i64,
    /// 1 for the first named.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The person as this caption prints it.
    pub name: String,
    /// The name folded.
    pub name_key: String,
    /// Who; null where the name is a part of several people's.
    pub person_id: Option<i64>,
    /// As this caption prints it.
    pub character: Option<String>,
    /// LEFT, CENTER, RIGHT, TOP, BOTTOM, FRONT, BACK.
    pub place: Option<String>,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
