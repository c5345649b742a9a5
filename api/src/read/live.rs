//! What is read by those who follow a submission or the graph: everything after a number that they have seen.

use std::collections::HashMap;
use std::sync::Arc;

use super::asked::{Asked, Columns};
use super::list::Row;
use super::review::ReviewRow;
use super::submission::EventRow;
use super::{ReadError, Reader};

/// Rows of one reading at most: what a follower holds at a time, however far it is behind.
const ROWS_MAX: i64 = 100;

/// A review, and its number among all that entered the graph.
#[derive(Debug)]
pub(crate) struct ArrivalRow {
    pub(crate) sequence: i64,
    pub(crate) review: Arc<ReviewRow>,
}

/// How many events each of the submissions has; unknown submissions are left out.
///
/// # Errors
/// When the database fails.
pub(crate) async fn event_counts(reader: &Reader, submissions: &[i64]) -> Result<HashMap<i64, i64>, ReadError> {
    let mut sql = reader.sql();
    let among = sql.among("id", submissions);
    sql.push(&format!("select id, event_count from submission where {among}"));
    let mut counts = HashMap::new();
    for row in &reader.all(sql).await? {
        let mut columns = Columns::new(row);
        let (id, count): (i64, i32) = (columns.take()?, columns.take()?);
        counts.insert(id, i64::from(count));
    }
    Ok(counts)
}

/// A submission's events after the one numbered `after`, in order, the first hundred.
///
/// # Errors
/// When the database fails.
pub(crate) async fn events_after(reader: &Reader, submission: i64, after: i32) -> Result<Vec<EventRow>, ReadError> {
    let mut sql = reader.sql();
    let (submission, after, limit) = (sql.bind(submission), sql.bind(after), sql.bind(ROWS_MAX));
    sql.push(&format!(
        "select {} from {} where submission_id = {submission} and sequence > {after} order by sequence limit {limit}",
        EventRow::COLUMNS.join(", "),
        EventRow::TABLE
    ));
    let rows = reader.all(sql).await?;
    rows.iter().map(|row| Ok(EventRow::read(&mut Columns::new(row))?)).collect()
}

/// The number of the review that entered the graph last; 0 before the first.
///
/// # Errors
/// When the database fails.
pub(crate) async fn last_arrival(reader: &Reader) -> Result<i64, ReadError> {
    let mut sql = reader.sql();
    sql.push("select coalesce(max(sequence), 0) from arrival");
    first_number(reader.all(sql).await?.first()).map(Option::unwrap_or_default)
}

/// The number under which a review entered the graph; none for one that is not there.
///
/// # Errors
/// When the database fails.
pub(crate) async fn arrival_of(reader: &Reader, review: i64) -> Result<Option<i64>, ReadError> {
    let mut sql = reader.sql();
    let review = sql.bind(review);
    sql.push(&format!("select sequence from arrival where review_id = {review}"));
    first_number(reader.all(sql).await?.first())
}

/// Reviews that entered the graph after the one numbered `after`, in order, the first hundred.
///
/// # Errors
/// When the database fails.
pub(crate) async fn arrivals_after(reader: &Reader, after: i64) -> Result<Vec<ArrivalRow>, ReadError> {
    let mut sql = reader.sql();
    let (after, limit) = (sql.bind(after), sql.bind(ROWS_MAX));
    sql.push(&format!(
        "select arrival.sequence, {} from arrival join {} on {} = arrival.review_id \
         where arrival.sequence > {after} order by arrival.sequence limit {limit}",
        Asked::ALL.selected::<ReviewRow>(),
        ReviewRow::TABLE,
        ReviewRow::ID
    ));
    let rows = reader.all(sql).await?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::new(row);
        Ok(ArrivalRow { sequence: columns.take()?, review: Arc::new(columns.read(Asked::ALL)?) })
    });
    read.collect()
}

fn first_number(row: Option<&sea_orm::QueryResult>) -> Result<Option<i64>, ReadError> {
    Ok(row.map(|row| Columns::new(row).take()).transpose()?)
}
