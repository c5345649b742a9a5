//! Reviews are numbered as they enter the graph, so that who follows them misses none.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(DeriveMigrationName)]
pub(crate) struct Arrival;

#[async_trait::async_trait]
impl MigrationTrait for Arrival {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261122_000007_arrival.sql")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261122_000007_arrival_down.sql")).await
    }
}
