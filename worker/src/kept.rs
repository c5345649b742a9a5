//! Kept pages: which were read by an extractor that is older than this one, and their bytes.
//!
//! A submission's kept page is the one that its review speaks from. Where it has no review, or another submission speaks for
//! it, it is the newest. Nothing here writes.

use queue::Database;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use thiserror::Error;
use url::Url;

use crate::fetch::FetchedPage;

/// The snapshot that is a submission's kept page.
const SNAPSHOT: &str = "coalesce( \
    (select n.id from review r join extraction e on e.id = r.extraction_id join snapshot n on n.id = e.snapshot_id \
     where r.id = s.review_id and n.submission_id = s.id), \
    (select max(n.id) from snapshot n where n.submission_id = s.id))";

/// A page that an older extractor has read.
#[derive(Debug, Clone)]
pub struct OutdatedPage {
    /// Whose page it is.
    pub submission_id: i64,
    /// The submission's address.
    pub url: String,
    /// The page as it was fetched.
    pub snapshot_id: i64,
    /// Whether the graph would follow from it: it has no review yet, or is the one that its review speaks from.
    pub speaks: bool,
}

/// A page as it was fetched once, read from the database.
#[derive(Debug)]
pub struct KeptPage {
    /// The snapshot.
    pub snapshot_id: i64,
    /// Its address, bytes and type.
    pub page: FetchedPage,
}

/// A kept page could not be had.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum KeptError {
    #[error("the kept page could not be read from the database")]
    Database(#[from] DbErr),
    #[error("the kept page could not be decompressed")]
    Decompress(#[from] std::io::Error),
    #[error("the kept page's address {url:?} is none")]
    Url { url: String, source: url::ParseError },
}

/// Finished submissions after `after`, by number, whose kept page was last read by an extractor older than `older_than`.
///
/// # Errors
/// When the database fails.
pub async fn outdated(
    database: &Database,
    older_than: i32,
    after: i64,
    limit: u32,
) -> Result<Vec<OutdatedPage>, DbErr> {
    let sql = format!(
        "select id, url, snapshot_id, \
            (review_id is null or exists (select 1 from review r where r.id = k.review_id and r.submission_id = k.id)) \
            as speaks \
         from (select s.id, s.url, s.review_id, {SNAPSHOT} as snapshot_id from submission s \
               where s.finished_at is not null and s.id > $1) as k \
         where (select max(e.version) from extraction e where e.snapshot_id = k.snapshot_id) < $2 \
         order by id limit $3"
    );
    let found = rows(database, sql, [after.into(), older_than.into(), i64::from(limit).into()]).await?;
    let page = |row: &QueryResult| {
        Ok(OutdatedPage {
            submission_id: row.try_get("", "id")?,
            url: row.try_get("", "url")?,
            snapshot_id: row.try_get("", "snapshot_id")?,
            speaks: row.try_get("", "speaks")?,
        })
    };
    found.iter().map(page).collect()
}

/// How many pages [`outdated`] would give in all.
///
/// # Errors
/// When the database fails.
pub async fn count_outdated(database: &Database, older_than: i32) -> Result<u64, DbErr> {
    let sql = format!(
        "select count(*) as pages from (select {SNAPSHOT} as snapshot_id from submission s \
         where s.finished_at is not null) as k \
         where (select max(e.version) from extraction e where e.snapshot_id = k.snapshot_id) < $1"
    );
    match rows(database, sql, [older_than.into()]).await?.first() {
        Some(row) => Ok(u64::try_from(row.try_get::<i64>("", "pages")?).unwrap_or(0)),
        None => Ok(0),
    }
}

/// The kept page of a submission; `None` when none of its pages was kept.
///
/// # Errors
/// When the database fails, or its bytes are damaged.
pub async fn of_submission(database: &Database, submission_id: i64) -> Result<Option<KeptPage>, KeptError> {
    let sql = format!("select {SNAPSHOT} as snapshot_id from submission s where s.id = $1");
    let found = rows(database, sql, [submission_id.into()]).await?;
    match found.first().map(|row| row.try_get::<Option<i64>>("", "snapshot_id")).transpose()?.flatten() {
        Some(snapshot_id) => at(database, snapshot_id).await,
        None => Ok(None),
    }
}

/// The page of a snapshot.
///
/// # Errors
/// When the database fails, or its bytes are damaged.
pub async fn at(database: &Database, snapshot_id: i64) -> Result<Option<KeptPage>, KeptError> {
    let sql = "select n.url, n.content_type, n.etag, n.last_modified, b.content_zstd \
               from snapshot n join page_body b on b.sha256 = n.sha256 where n.id = $1";
    let found = rows(database, sql, [snapshot_id.into()]).await?;
    let Some(row) = found.first() else { return Ok(None) };
    let url: String = row.try_get("", "url")?;
    let compressed: Vec<u8> = row.try_get("", "content_zstd")?;
    let page = FetchedPage {
        url: Url::parse(&url).map_err(|source| KeptError::Url { url, source })?,
        content_type: row.try_get("", "content_type")?,
        etag: row.try_get("", "etag")?,
        last_modified: row.try_get("", "last_modified")?,
        bytes: zstd::decode_all(compressed.as_slice())?.into(),
    };
    Ok(Some(KeptPage { snapshot_id, page }))
}

/// What was last read from a snapshot: the extraction, as JSON.
///
/// # Errors
/// When the database fails.
pub async fn last_reading(database: &Database, snapshot_id: i64) -> Result<Option<String>, DbErr> {
    let sql = "select document from extraction where snapshot_id = $1 order by version desc limit 1";
    rows(database, sql, [snapshot_id.into()]).await?.first().map(|row| row.try_get("", "document")).transpose()
}

async fn rows<const N: usize>(
    database: &Database,
    sql: impl Into<String>,
    values: [Value; N],
) -> Result<Vec<QueryResult>, DbErr> {
    database.connection().query_all_raw(Statement::from_sql_and_values(database.backend(), sql, values)).await
}
