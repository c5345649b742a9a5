//! The schema's history can be gone up, down and up again, and says the same in both databases.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use tempfile::TempDir;
use tests::database;

const SQLITE_SCHEMA: &str = "select type || ' ' || name || ' ' || coalesce(sql, '') as line from sqlite_master
    where name not like 'sqlite_%' and name <> 'seaql_migrations'";
const POSTGRES_SCHEMA: &str =
    "select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line
    from information_schema.columns where table_schema = 'public' and table_name <> 'seaql_migrations'
    union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'seaql_migrations'
    union all select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid <> 'seaql_migrations'::regclass";
const SQLITE_COLUMNS: &str = "select tables.name || '.' || columns.name as line from sqlite_master as tables
    join pragma_table_info(tables.name) as columns where tables.type = 'table'
    and tables.name not like 'sqlite_%' and tables.name <> 'seaql_migrations'";
const POSTGRES_COLUMNS: &str = "select table_name || '.' || column_name as line from information_schema.columns
    where table_schema = 'public' and table_name <> 'seaql_migrations'";

async fn lines(connection: &DatabaseConnection, query: &str) -> BTreeSet<String> {
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let rows = connection.query_all_raw(statement).await.expect("the schema can be read");
    rows.iter().map(|row| row.try_get("", "line").expect("a line is text")).collect()
}

async fn up_down_up(connection: &DatabaseConnection, schema: &str) {
    Migrator::up(connection, None).await.expect("up works on an empty database");
    let first = lines(connection, schema).await;
    assert!(first.len() > 20, "{first:?}");
    Migrator::down(connection, None).await.expect("down works");
    assert_eq!(lines(connection, schema).await, BTreeSet::new(), "down leaves nothing behind");
    Migrator::up(connection, None).await.expect("up works again");
    assert_eq!(lines(connection, schema).await, first, "and gives what it gave before");
}

async fn sqlite(folder: &TempDir) -> DatabaseConnection {
    database::connect(&format!("sqlite:{}?mode=rwc", folder.path().join("marquee.db").display())).await
}

#[tokio::test]
async fn sqlite_goes_up_down_and_up() {
    let folder = TempDir::new().unwrap();
    up_down_up(&sqlite(&folder).await, SQLITE_SCHEMA).await;
}

#[tokio::test]
async fn postgresql_goes_up_down_and_up() {
    up_down_up(&database::connect(&database::create().await).await, POSTGRES_SCHEMA).await;
}

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let folder = TempDir::new().unwrap();
    let (sqlite, postgres) = (sqlite(&folder).await, database::connect(&database::create().await).await);
    Migrator::up(&sqlite, None).await.expect("up works on SQLite");
    Migrator::up(&postgres, None).await.expect("up works on PostgreSQL");
    // Full-text search is each database's own: SQLite keeps it in virtual tables with shadows, PostgreSQL in columns.
    let own = |line: &String| !line.contains("search");
    let sqlite: BTreeSet<String> = lines(&sqlite, SQLITE_COLUMNS).await.into_iter().filter(own).collect();
    let postgres: BTreeSet<String> = lines(&postgres, POSTGRES_COLUMNS).await.into_iter().filter(own).collect();
    assert_eq!(sqlite, postgres);
}

#[tokio::test]
async fn postgresql_plans_a_page_once_whatever_place_it_begins_at() {
    let postgres = database::connect(&database::create().await).await;
    Migrator::up(&postgres, None).await.expect("up works on PostgreSQL");
    let films = "insert into film (id, title, title_sort, year, review_count, rated_count, score_sum, score_histogram)
        select n, 'Film ' || n, 'film ' || n, 1900 + n / 100, 0, 0, 0, '[]' from generate_series(1, 10000) as n;
        analyze film;";
    postgres.execute_unprepared(films).await.expect("films are stored");
    for (key, kind, late) in [("title_sort", "text", "'film 9990'"), ("coalesce(year, -100000)", "bigint", "1999")] {
        // All in one go, since a prepared statement lives in its connection.
        let page = format!("execute page({late}, 9990);").repeat(20);
        let run = format!(
            "prepare page({kind}, bigint) as select title from film where ({key}, id) > ($1, $2) order by {key}, id limit 21;
             {page} drop table if exists plans;
             create table plans as select custom_plans || ' custom' as line from pg_prepared_statements where name = 'page';
             deallocate page;"
        );
        postgres.execute_unprepared(&run).await.expect("pages are read");
        let plans = lines(&postgres, "select line from plans").await;
        assert_eq!(plans, BTreeSet::from(["5 custom".to_owned()]), "{key}: it tries five, and then keeps to one");
    }
}
