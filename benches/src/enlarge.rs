//! Makes a graph large in little time: the films that were stored one by one are copied inside the database, each copy under
//! numbers, titles, names and addresses of its own.

use queue::Database;
use sea_orm::{ConnectionTrait, DbErr};
use worker::store;

/// Films that are stored one by one, and copied.
pub(crate) const FILMS: usize = 1_000;

/// Numbers of one copy lie this far from those of the one before.
const DISTANCE: usize = 10_000_000;

/// Only what belongs to these films is copied.
const COPIED: &str = "select f.id from film f where f.title like 'Small Film %'";

/// Each table: its name, what of it is copied (`$` stands for its name), and its columns. `#` before a column: a number moved by
/// the copy's distance; `@`: a text with the copy's mark; `/`: a
/// hash of the copy's own.
const TABLES: [(&str, &str, &str); 17] = [
    (
        "submission",
        "$.id in (select submission_id from review where film_id in (*))",
        "#id @url @requested_url state outcome refetch attempts failures lost_leases fence due_at submitted_at requested_at finished_at event_count #review_id",
    ),
    (
        "snapshot",
        "$.submission_id in (select submission_id from review where film_id in (*))",
        "#id #submission_id sha256 @url content_type etag last_modified fetched_at",
    ),
    (
        "extraction",
        "$.id in (select extraction_id from review where film_id in (*))",
        "#id #snapshot_id version document extracted_at",
    ),
    (
        "film",
        "$.id in (*)",
        "#id @title @title_sort year release_date runtime_minutes review_count rated_count score_sum score_mean score_median score_spread score_histogram",
    ),
    ("signature", "$.film_id in (*)", "#id @digest document #film_id #home_film_id reviews"),
    ("signature_key", "$.signature_id in (select id from signature where film_id in (*))", "@key #signature_id"),
    (
        "person",
        "$.id in (select person_id from film_name where film_id in (*))",
        "#id @name @name_key @name_sort critic",
    ),
    ("film_name", "$.film_id in (*)", "#film_id @name_key @group_key @name mentions #person_id #home_person_id"),
    ("credit", "$.film_id in (*)", "#id #film_id #person_id role character billing position"),
    ("film_genre", "$.film_id in (*)", "#film_id position name name_key"),
    (
        "statement",
        "$.film_id in (*)",
        "#id #film_id field subject_key value_key reviews value member_key group_key chosen position agreeing stating",
    ),
    (
        "tally",
        "$.statement_id in (select id from statement where film_id in (*))",
        "#statement_id subject value source chosen reviews billed billing_sum",
    ),
    ("film_score", "$.film_id in (*)", "#film_id score reviews"),
    (
        "byline",
        "$.id in (select byline_id from review where film_id in (*))",
        "#id @critic_key outlet_id digest @name website bio reviews counted",
    ),
    (
        "review",
        "$.film_id in (*)",
        "#id @url #submission_id #extraction_id #film_id outlet_id headline body page_text word_count score @critic_key @critic_name outlet_name submitted_at counted #signature_id #byline_id",
    ),
    (
        "claim",
        "$.review_id in (select id from review where film_id in (*))",
        "#id #review_id field subject value source chosen billing #statement_id",
    ),
    ("text_band", "$.review_id in (select id from review where film_id in (*))", "/band @url #review_id"),
];

/// Copies what was stored until there are so many thousand films; so many there are.
pub(crate) async fn to(database: &Database, there: usize, wanted: usize) -> Result<(), DbErr> {
    for copy in there..wanted {
        let transaction = database.begin().await?;
        for (table, kept, columns) in TABLES {
            transaction.execute_unprepared(&statement(table, kept, columns, copy)).await?;
        }
        transaction.commit().await?;
        // Their documents for the search, which would all fall to the first store otherwise.
        while store::refresh_backlog(database).await? > 0 {}
    }
    // What a database does by itself in time: without it, its plans are those for empty tables.
    database.connection().execute_unprepared("analyze").await?;
    Ok(())
}

fn statement(table: &str, kept: &str, columns: &str, copy: usize) -> String {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for column in columns.split_whitespace() {
        let name = column.trim_start_matches(['#', '@', '/']);
        names.push(format!("\"{name}\""));
        values.push(match column.chars().next() {
            Some('#') => format!("{table}.\"{name}\" + {}", copy * DISTANCE),
            Some('/') => format!("{table}.\"{name}\" / 2 + {copy}"),
            Some('@') => format!("{table}.\"{name}\" || ' zz{copy}'"),
            _ => format!("{table}.\"{name}\""),
        });
    }
    // What was copied before is not copied again.
    let kept = kept.replace('$', table).replace('*', &format!("{COPIED} and f.id < {DISTANCE}"));
    format!("insert into {table} ({}) select {} from {table} where {kept}", names.join(", "), values.join(", "))
}
