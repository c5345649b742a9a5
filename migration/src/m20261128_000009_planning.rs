//! PostgreSQL plans a page once, whatever place it begins at.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(DeriveMigrationName)]
pub(crate) struct Planning;

#[async_trait::async_trait]
impl MigrationTrait for Planning {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, dialect::either(manager, "", include_str!("m20261128_000009_planning_postgres.sql")))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = include_str!("m20261128_000009_planning_postgres_down.sql");
        dialect::run(manager, dialect::either(manager, "", postgres)).await
    }
}
