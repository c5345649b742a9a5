//! The schema's history: append-only, each step reversible, the same on SQLite and PostgreSQL.
//!
//! Written in SQL with a few words that the databases spell differently filled in (see `dialect`). Never imports
//! `entity`: a migration must mean tomorrow what it means today.

mod dialect;
mod m20261122_000001_graph;
mod m20261122_000002_tallies;
mod m20261122_000003_recall;
mod m20261122_000004_syndication;
mod m20261122_000006_search;
mod m20261122_000007_arrival;
mod m20261122_000008_queue;
mod m20261128_000009_planning;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Every migration, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_graph::Graph),
            Box::new(m20261122_000002_tallies::Tallies),
            Box::new(m20261122_000003_recall::Recall),
            Box::new(m20261122_000004_syndication::Syndication),
            Box::new(m20261122_000006_search::Search),
            Box::new(m20261122_000007_arrival::Arrival),
            Box::new(m20261122_000008_queue::Queue),
            Box::new(m20261128_000009_planning::Planning),
        ]
    }
}
