//! Writes which fact each statement of a film is a value of. Rows that say so already are left alone.

use std::collections::BTreeMap;

use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::{Value as Json, json};

use super::sql::{self, Column};
use crate::resolve::fact::Stated;

const COLUMNS: [Column; 8] = [
    ("id", "bigint"),
    ("value", "text"),
    ("member_key", "text"),
    ("group_key", "text"),
    ("chosen", "boolean"),
    ("place", "integer"),
    ("agreeing", "integer"),
    ("stating", "integer"),
];

/// Brings the film's statements up to date.
pub(super) async fn write(transaction: &DatabaseTransaction, film_id: i64, stated: Vec<Stated>) -> Result<(), DbErr> {
    let known = known(transaction, film_id).await?;
    let changed: Vec<Json> = stated.iter().filter(|one| known.get(&one.statement) != Some(one)).map(record).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let update = format!(
        "update statement set value = said.value, member_key = said.member_key, group_key = said.group_key, \
                chosen = said.chosen, position = said.place, agreeing = said.agreeing, stating = said.stating \
         from {} where statement.id = said.id",
        sql::records(transaction, 1, &COLUMNS)
    );
    sql::write(transaction, update, [sql::list(changed)]).await?;
    Ok(())
}

fn record(stated: &Stated) -> Json {
    json!({
        "id": stated.statement,
        "value": stated.value,
        "member_key": stated.member_key,
        "group_key": stated.group_key,
        "chosen": stated.chosen,
        "place": stated.position,
        "agreeing": stated.agreeing,
        "stating": stated.stating,
    })
}

async fn known(transaction: &DatabaseTransaction, film_id: i64) -> Result<BTreeMap<i64, Stated>, DbErr> {
    let sql = "select id, value, member_key, group_key, chosen, position, agreeing, stating from statement \
               where film_id = $1";
    let count = |number: i32| u64::try_from(number).unwrap_or(0);
    let rows = sql::rows(transaction, sql, [film_id.into()]).await?;
    rows.iter()
        .map(|row| {
            let statement = row.try_get("", "id")?;
            let stated = Stated {
                statement,
                value: row.try_get("", "value")?,
                member_key: row.try_get("", "member_key")?,
                group_key: row.try_get("", "group_key")?,
                chosen: row.try_get("", "chosen")?,
                position: count(row.try_get("", "position")?),
                agreeing: count(row.try_get("", "agreeing")?),
                stating: count(row.try_get("", "stating")?),
            };
            Ok((statement, stated))
        })
        .collect()
}
