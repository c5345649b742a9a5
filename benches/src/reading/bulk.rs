//! Rows on their way into one table: many to a statement, all of the table in one transaction.

use queue::{Database, WriteTransaction};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable};

/// Values of one statement at most: SQLite takes 32,766.
const VALUES_MAX: usize = 30_000;

/// Rows of one table.
pub(super) struct Bulk<E: EntityTrait> {
    transaction: WriteTransaction,
    waiting: Vec<E::ActiveModel>,
    rows_max: usize,
}

impl<E> Bulk<E>
where
    E: EntityTrait,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    pub(super) async fn begin(database: &Database) -> anyhow::Result<Self> {
        let rows_max = VALUES_MAX / E::Column::iter().count().max(1);
        Ok(Self { transaction: database.begin().await?, waiting: Vec::with_capacity(rows_max), rows_max })
    }

    pub(super) async fn push(&mut self, row: E::Model) -> anyhow::Result<()> {
        // As it came, every column is taken for written already.
        self.waiting.push(row.into_active_model().reset_all());
        if self.waiting.len() < self.rows_max { Ok(()) } else { self.send().await }
    }

    pub(super) async fn finish(mut self) -> anyhow::Result<()> {
        self.send().await?;
        Ok(self.transaction.commit().await?)
    }

    async fn send(&mut self) -> anyhow::Result<()> {
        if !self.waiting.is_empty() {
            E::insert_many(self.waiting.drain(..)).exec_without_returning(&*self.transaction).await?;
        }
        Ok(())
    }
}
