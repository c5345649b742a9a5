//! The first schema: submissions and their history, pages as fetched, claims, and the film graph that follows from them.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(DeriveMigrationName)]
pub(crate) struct Graph;

#[async_trait::async_trait]
impl MigrationTrait for Graph {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261122_000001_graph.sql")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261122_000001_graph_down.sql")).await
    }
}
