//! Table `fetch`: one attempt to fetch a page: what was asked of the site, and what it answered.

use sea_orm::entity::prelude::*;

/// One attempt to fetch a page: what was asked of the site, and what it answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fetch")]
pub struct Model {
    /// Row number, never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// For whom.
    pub submission_id: i64,
    /// The address asked for.
    pub url: String,
    /// The addresses that were followed to, a JSON array.
    pub redirects: String,
    /// HTTP status of the last answer.
    pub status: Option<i32>,
    /// The IP address and port that were connected to last.
    pub address: Option<String>,
    /// The robots.txt rule that decided.
    pub robots_rule: Option<String>,
    /// Body bytes received.
    pub bytes_on_wire: Option<i64>,
    /// Body bytes after content decoding.
    pub bytes_decoded: Option<i64>,
    /// Milliseconds from start to end.
    pub duration_ms: i64,
    /// Microseconds.
    pub started_at: i64,
    /// Why it failed: a stable code.
    pub problem_code: Option<String>,
    /// The same for people.
    pub problem_message: Option<String>,
    /// Whether trying again can help.
    pub problem_retryable: Option<bool>,
}

/// Joins are written out where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
