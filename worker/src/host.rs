//! Manners towards a site, across the whole fleet: one request at a time, and none before its slot.
//!
//! A row per host holds the next free slot and the request in progress. Waiting blocks nobody: the submission is given
//! its own slot, goes back, and wakes once.

use std::time::Duration;

use queue::{Claim, Database, micros};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use url::Url;

/// A request in progress is presumed dead after this: the bound on a whole fetch, and a margin for robots.txt.
const REQUEST_MAX: Duration = Duration::from_secs(75);

/// What a site's row says to a submission that would like to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Now.
    Now,
    /// At this instant, microseconds.
    At(i64),
}

/// Asks for the submission's turn at its site.
///
/// # Errors
/// When the database fails.
pub async fn turn(database: &Database, claim: &Claim, delay: Duration) -> Result<Turn, DbErr> {
    if delay.is_zero() {
        return Ok(Turn::Now);
    }
    let name = name(&claim.url);
    let delay = micros(delay);
    let transaction = database.begin().await?;
    let now = transaction.now().await?;
    let slot = if claim.has_slot { now } else { next_slot(&*transaction, &name, now, delay).await? };
    let turn = if slot > now {
        Turn::At(slot)
    } else if occupy(&*transaction, &name, claim.submission_id, now).await? {
        Turn::Now
    } else {
        // The request before is slow: its site is asked again one slot later.
        Turn::At(next_slot(&*transaction, &name, now, delay).await?.max(now + delay))
    };
    transaction.commit().await?;
    Ok(turn)
}

/// Ends the submission's request. The next slot is a whole delay away from here, or what the site asks for if that is
/// longer.
///
/// # Errors
/// When the database fails.
pub async fn leave(
    database: &Database,
    claim: &Claim,
    delay: Duration,
    crawl_delay: Option<Duration>,
) -> Result<(), DbErr> {
    if delay.is_zero() {
        return Ok(());
    }
    let transaction = database.begin().await?;
    let earliest = transaction.now().await? + micros(delay.max(crawl_delay.unwrap_or_default()));
    run(
        &*transaction,
        "update host set submission_id = null, busy_until = null, \
                next_slot_at = case when next_slot_at > $3 then next_slot_at else $3 end \
         where name = $1 and submission_id = $2 returning name",
        [name(&claim.url).into(), claim.submission_id.into(), earliest.into()],
    )
    .await?;
    transaction.commit().await
}

/// Takes the next free slot.
async fn next_slot(transaction: &impl ConnectionTrait, name: &str, now: i64, delay: i64) -> Result<i64, DbErr> {
    let row = run(
        transaction,
        "insert into host (name, next_slot_at) values ($1, $2 + $3) on conflict (name) do update set \
         next_slot_at = case when host.next_slot_at > $2 then host.next_slot_at else $2 end + $3 \
         returning next_slot_at - $3 as slot",
        [name.into(), now.into(), delay.into()],
    )
    .await?;
    row.map_or(Ok(now), |row| row.try_get("", "slot"))
}

/// Begins the request unless another is in progress.
async fn occupy(transaction: &impl ConnectionTrait, name: &str, submission_id: i64, now: i64) -> Result<bool, DbErr> {
    let row = run(
        transaction,
        "update host set submission_id = $2, busy_until = $3 + $4 \
         where name = $1 and (busy_until is null or busy_until <= $3 or submission_id = $2) returning name",
        [name.into(), submission_id.into(), now.into(), micros(REQUEST_MAX).into()],
    )
    .await?;
    Ok(row.is_some())
}

async fn run<const N: usize>(
    transaction: &impl ConnectionTrait,
    sql: &str,
    values: [Value; N],
) -> Result<Option<QueryResult>, DbErr> {
    let statement = Statement::from_sql_and_values(transaction.get_database_backend(), sql, values);
    transaction.query_one_raw(statement).await
}

/// Host and port: what a site is, as far as manners go.
fn name(url: &str) -> String {
    Url::parse(url).ok().map_or_else(
        || url.to_owned(),
        |url| format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default()),
    )
}
