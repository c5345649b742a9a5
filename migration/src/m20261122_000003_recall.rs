//! Pages are read again without being fetched, and the graph is printed in an order of its own.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(DeriveMigrationName)]
pub(crate) struct Recall;

#[async_trait::async_trait]
impl MigrationTrait for Recall {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261122_000003_recall.sql")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261122_000003_recall_down.sql")).await
    }
}
