//! Keeps pages as they were fetched, and what was read from them.

use queue::Claim;
use sea_orm::{DatabaseTransaction, DbErr};
use sha2::{Digest, Sha256};

use super::sql;
use crate::fetch::FetchedPage;

/// zstd's own default: 3 compresses HTML some five times at hundreds of megabytes a second.
const COMPRESSION_LEVEL: i32 = 3;

/// A page's bytes, ready to be stored. Made before the graph's lock is taken.
pub(super) struct Body {
    sha256: String,
    content_zstd: Vec<u8>,
}

/// Compresses and names a page's bytes.
pub(super) fn compress(bytes: &[u8]) -> std::io::Result<Body> {
    let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Body { sha256, content_zstd: zstd::encode_all(bytes, COMPRESSION_LEVEL)? })
}

/// Writes the snapshot; bytes that are known are not written again.
pub(super) async fn keep(
    transaction: &DatabaseTransaction,
    claim: &Claim,
    page: &FetchedPage,
    body: &Body,
    now: i64,
) -> Result<i64, DbErr> {
    let length = i64::try_from(page.bytes.len()).unwrap_or(i64::MAX);
    sql::write(
        transaction,
        "insert into page_body (sha256, content_zstd, bytes_decoded) values ($1, $2, $3) on conflict (sha256) do nothing",
        [body.sha256.as_str().into(), body.content_zstd.clone().into(), length.into()],
    )
    .await?;
    sql::insert(
        transaction,
        "insert into snapshot (submission_id, sha256, url, content_type, etag, last_modified, fetched_at) \
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        [
            claim.submission_id.into(),
            body.sha256.as_str().into(),
            page.url.as_str().into(),
            page.content_type.clone().into(),
            page.etag.clone().into(),
            page.last_modified.clone().into(),
            now.into(),
        ],
    )
    .await
}

/// Writes what this version of the extractor read from the snapshot.
pub(super) async fn keep_extraction(
    transaction: &DatabaseTransaction,
    snapshot_id: i64,
    document: &str,
    now: i64,
) -> Result<i64, DbErr> {
    sql::insert(
        transaction,
        "insert into extraction (snapshot_id, version, document, extracted_at) values ($1, $2, $3, $4) \
         on conflict (snapshot_id, version) do update set document = excluded.document returning id",
        [snapshot_id.into(), extract::VERSION.into(), document.into(), now.into()],
    )
    .await
}
