//! The queue as the submissions' rows tell it.

use std::collections::HashMap;

use entity::SubmissionState;
use sea_orm::ActiveEnum;

use super::asked::Columns;
use super::{ReadError, Reader};

/// How many submissions are in each state; states without any are left out.
///
/// # Errors
/// When the database fails.
pub(crate) async fn counts(reader: &Reader) -> Result<HashMap<SubmissionState, i64>, ReadError> {
    let mut sql = reader.sql();
    sql.push("select state, count(*) from submission group by state");
    let mut counts = HashMap::new();
    for row in &reader.all(sql).await? {
        let mut columns = Columns::new(row);
        counts.insert(columns.take()?, columns.take()?);
    }
    Ok(counts)
}

/// When the submission was asked for that has been queued for longest, microseconds; none when none is.
///
/// # Errors
/// When the database fails.
pub(crate) async fn oldest_queued(reader: &Reader) -> Result<Option<i64>, ReadError> {
    let mut sql = reader.sql();
    let queued = sql.bind(SubmissionState::Queued.to_value());
    sql.push(&format!("select min(requested_at) from submission where state = {queued}"));
    match reader.all(sql).await?.first() {
        Some(row) => Ok(Columns::new(row).take()?),
        None => Ok(None),
    }
}
