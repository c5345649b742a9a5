//! Words are searched: each database's own full-text index, and what keeps it in step with the rows.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(DeriveMigrationName)]
pub(crate) struct Search;

#[async_trait::async_trait]
impl MigrationTrait for Search {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261122_000006_search.sql")).await?;
        let (sqlite, postgres) =
            (include_str!("m20261122_000006_search_sqlite.sql"), include_str!("m20261122_000006_search_postgres.sql"));
        dialect::run(manager, dialect::either(manager, sqlite, postgres)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = include_str!("m20261122_000006_search_sqlite_down.sql");
        let postgres = include_str!("m20261122_000006_search_postgres_down.sql");
        dialect::run(manager, dialect::either(manager, sqlite, postgres)).await?;
        dialect::run(manager, include_str!("m20261122_000006_search_down.sql")).await
    }
}
