//! The ceiling: a bare route that sends one prepared statement and hands on what the database answers.
//!
//! No GraphQL, no validation, no limits, nothing built in Rust: what a server could reach at best.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::serve::ListenerExt;
use sea_orm::DbBackend;
use sea_orm::sqlx::postgres::{PgPool, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use sea_orm::sqlx::{self, AssertSqlSafe};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::queries::Query;

#[derive(Clone)]
enum Pool {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

#[derive(Clone)]
struct Ceiling {
    pool: Pool,
    statements: Arc<HashMap<&'static str, Arc<str>>>,
}

/// Serves the five statements under their names until `stop` turns true.
pub(super) async fn serve(
    listener: TcpListener,
    database_url: &str,
    connections: u32,
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let (pool, backend) = if database_url.starts_with("postgres") {
        // Nothing is tested before it is used, as in Marquee.
        let options = PgPoolOptions::new().max_connections(connections).test_before_acquire(false);
        (Pool::Postgres(options.connect(database_url).await?), DbBackend::Postgres)
    } else {
        let options = SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
        (Pool::Sqlite(options.connect(database_url).await?), DbBackend::Sqlite)
    };
    let statements = Query::ALL.into_iter().map(|query| (query.name(), Arc::from(query.sql(backend)))).collect();
    let ceiling = Ceiling { pool, statements: Arc::new(statements) };
    let router = axum::Router::new().route("/{query}", post(answer)).with_state(ceiling);
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            debug_assert!(false, "TCP_NODELAY: {error}");
        }
    });
    let stopped = async move {
        if stop.wait_for(|stopping| *stopping).await.is_err() {
            std::future::pending().await
        }
    };
    Ok(axum::serve(listener, router).with_graceful_shutdown(stopped).await?)
}

async fn answer(
    State(ceiling): State<Ceiling>,
    Path(name): Path<String>,
    Json(values): Json<Vec<Value>>,
) -> Result<impl IntoResponse, (StatusCode, String)> {
    let Some(statement) = ceiling.statements.get(name.as_str()) else {
        return Err((StatusCode::NOT_FOUND, format!("nothing is called {name:?}")));
    };
    match ceiling.pool.json(Arc::clone(statement), &values).await {
        Ok(json) => Ok(([(header::CONTENT_TYPE, "application/json")], json)),
        Err(error) => Err((StatusCode::INTERNAL_SERVER_ERROR, error.to_string())),
    }
}

impl Pool {
    async fn json(&self, statement: Arc<str>, values: &[Value]) -> Result<String, sqlx::Error> {
        let statement = AssertSqlSafe(statement);
        match self {
            Self::Postgres(pool) => {
                let mut query = sqlx::query_scalar::<_, String>(statement);
                for value in values {
                    query = match value.as_i64() {
                        Some(number) => query.bind(number),
                        None => query.bind(value.as_str().map(str::to_owned)),
                    };
                }
                query.fetch_one(pool).await
            }
            Self::Sqlite(pool) => {
                let mut query = sqlx::query_scalar::<_, String>(statement);
                for value in values {
                    query = match value.as_i64() {
                        Some(number) => query.bind(number),
                        None => query.bind(value.as_str().map(str::to_owned)),
                    };
                }
                query.fetch_one(pool).await
            }
        }
    }
}
