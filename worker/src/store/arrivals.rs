//! The order in which reviews enter the graph, for those who follow it.

use sea_orm::{DatabaseTransaction, DbErr};

use super::sql;

/// Numbers a review that has just entered. The graph-writer lock, which every caller holds, is what keeps the numbers without
/// a gap and in the order of the commits.
pub(super) async fn append(transaction: &DatabaseTransaction, review_id: i64) -> Result<(), DbErr> {
    let insert = "insert into arrival (sequence, review_id) select coalesce(max(sequence), 0) + 1, $1 from arrival";
    sql::write(transaction, insert, [review_id.into()]).await?;
    Ok(())
}
