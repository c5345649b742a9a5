//! The few words that the databases spell differently, and the shortest way to say a statement.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, Value};

/// Reads rows.
pub(super) async fn rows(
    transaction: &DatabaseTransaction,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>, DbErr> {
    let statement = Statement::from_sql_and_values(transaction.get_database_backend(), sql, values);
    transaction.query_all_raw(statement).await
}

/// Reads the first row.
pub(super) async fn row(
    transaction: &DatabaseTransaction,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>, DbErr> {
    let statement = Statement::from_sql_and_values(transaction.get_database_backend(), sql, values);
    transaction.query_one_raw(statement).await
}

/// Writes; answers how many rows it touched.
pub(super) async fn write(
    transaction: &DatabaseTransaction,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, DbErr> {
    let statement = Statement::from_sql_and_values(transaction.get_database_backend(), sql, values);
    Ok(transaction.execute_raw(statement).await?.rows_affected())
}

/// Writes one row and answers the number that it was given.
pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<i64, DbErr> {
    match row(transaction, sql, values).await? {
        Some(row) => row.try_get("", "id"),
        None => Err(DbErr::RecordNotInserted),
    }
}

/// `column is one of $parameter`, to be bound to [`ids`].
pub(super) fn among_ids(transaction: &DatabaseTransaction, parameter: u8) -> String {
    among(transaction, parameter, "bigint")
}

/// `column is one of $parameter`, to be bound to [`texts`].
pub(super) fn among_texts(transaction: &DatabaseTransaction, parameter: u8) -> String {
    among(transaction, parameter, "text")
}

/// A list goes as one JSON parameter on both databases, so that a statement has one text whatever the list's length.
fn among(transaction: &DatabaseTransaction, parameter: u8, kind: &str) -> String {
    match transaction.get_database_backend() {
        DbBackend::Postgres => {
            format!("= any (array(select value::{kind} from jsonb_array_elements_text(${parameter}::jsonb) as value))")
        }
        _ => format!("in (select value from json_each(${parameter}))"),
    }
}

/// Row numbers, to be bound to [`among_ids`].
pub(super) fn ids(ids: impl IntoIterator<Item = i64>) -> Value {
    serde_json::Value::from(ids.into_iter().collect::<Vec<_>>()).to_string().into()
}

/// Texts, to be bound to [`among_texts`].
pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Value {
    serde_json::Value::from(texts.into_iter().cloned().collect::<Vec<_>>()).to_string().into()
}

/// A column of [`records`]: its name, and its type on PostgreSQL.
pub(super) type Column = (&'static str, &'static str);

/// A table expression called `said` over a JSON list of objects, which is bound to `$parameter`: many rows in one
/// statement, whose text is the same whatever their number.
pub(super) fn records(transaction: &DatabaseTransaction, parameter: u8, columns: &[Column]) -> String {
    match transaction.get_database_backend() {
        DbBackend::Postgres => {
            let columns: Vec<String> = columns.iter().map(|(name, kind)| format!("\"{name}\" {kind}")).collect();
            format!("jsonb_to_recordset(${parameter}::jsonb) as said({})", columns.join(", "))
        }
        _ => {
            let columns: Vec<String> =
                columns.iter().map(|(name, _)| format!("value ->> '$.{name}' as \"{name}\"")).collect();
            format!("(select {} from json_each(${parameter})) as said", columns.join(", "))
        }
    }
}

/// A list of JSON objects, to be bound to [`records`].
pub(super) fn list(records: Vec<serde_json::Value>) -> Value {
    serde_json::Value::Array(records).to_string().into()
}
