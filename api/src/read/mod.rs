//! The reading layer: one function per relation, which takes many parents and answers them with one statement.
//!
//! Data loaders gather what a level of a query asks for and call these functions; no resolver touches SQL. It must not
//! know GraphQL: it takes numbers and gives rows.

pub(crate) mod asked;
pub(crate) mod caption;
pub(crate) mod claim;
pub(crate) mod credit;
pub(crate) mod fact;
pub(crate) mod film;
pub(crate) mod list;
pub(crate) mod live;
pub(crate) mod loader;
pub(crate) mod outlet;
pub(crate) mod person;
pub(crate) mod queue_status;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod sql;
pub(crate) mod submission;

#[cfg(test)]
pub(crate) mod seed;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use queue::Database;
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use thiserror::Error;

use asked::{Asked, Columns};
use list::Row;
use sql::Sql;

/// What cannot be read. Shared by all that waited for the same statement.
#[derive(Debug, Clone, Error)]
pub(crate) enum ReadError {
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(Arc<DbErr>),
    /// A row holds what no row may hold.
    #[error("{0}")]
    Row(String),
}

impl From<DbErr> for ReadError {
    fn from(error: DbErr) -> Self {
        Self::Database(Arc::new(error))
    }
}

/// Runs statements, and counts them. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    database: Database,
    statements: Arc<AtomicU64>,
}

impl Reader {
    pub(crate) fn new(database: Database, statements: Arc<AtomicU64>) -> Self {
        Self { database, statements }
    }

    /// An empty statement for this database.
    pub(crate) fn sql(&self) -> Sql {
        Sql::new(self.database.backend())
    }

    /// Every row that the statement gives.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn all(&self, sql: Sql) -> Result<Vec<QueryResult>, ReadError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        Ok(self.database.connection().query_all_raw(sql.into_statement()).await?)
    }

    /// Rows by their ids, in one statement; unknown ids are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn rows<R: Row>(&self, ids: &[i64]) -> Result<HashMap<i64, Arc<R>>, ReadError> {
        let mut sql = self.sql();
        let among = sql.among(R::ID, ids);
        let selected = Asked::ALL.selected::<R>();
        sql.push(&format!("select {}, {selected} from {} where {among}", R::ID, R::TABLE));
        let mut found = HashMap::new();
        for row in &self.all(sql).await? {
            let mut columns = Columns::new(row);
            found.insert(columns.take()?, Arc::new(columns.read(Asked::ALL)?));
        }
        Ok(found)
    }

    /// The ids that `former` ids were merged into, by `table` (`film_redirect` or `person_redirect`).
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn redirects(&self, redirect: Redirect, former: &[i64]) -> Result<HashMap<i64, i64>, ReadError> {
        let (table, target) = match redirect {
            Redirect::Film => ("film_redirect", "film_id"),
            Redirect::Person => ("person_redirect", "person_id"),
        };
        let mut sql = self.sql();
        let among = sql.among("former_id", former);
        sql.push(&format!("select former_id, {target} from {table} where {among}"));
        let mut found = HashMap::new();
        for row in &self.all(sql).await? {
            let mut columns = Columns::new(row);
            found.insert(columns.take()?, columns.take()?);
        }
        Ok(found)
    }
}

/// Whose former ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Redirect {
    Film,
    Person,
}
