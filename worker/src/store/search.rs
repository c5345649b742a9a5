//! The search index: writes anew the documents of films, people and reviews whose rows changed.
//!
//! Which they are, the database's triggers have noted in `search_due`; a document is a function of its rows as they are now,
//! and goes when they are gone. What a document's words are is `entity::search`'s to say.

use std::collections::{BTreeMap, BTreeSet};

use entity::search::{Kind, heading_words, text_words};
use queue::Database;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};
use serde_json::json;

use super::sql;

/// Documents written at a time: their texts are in memory together.
const DOCUMENTS_MAX: usize = 200;

/// Titles of a film, or names of a person, that it is found by.
const NAMES_MAX: usize = 100;

/// Places of one word in a text that PostgreSQL is told: beyond these its rank takes longer and says no more.
const PLACES_MAX: usize = 8;

/// The last place that PostgreSQL knows.
const PLACE_LAST: usize = 16_383;

/// Writes the documents of all rows that this transaction changed.
pub(super) async fn refresh(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let now = format!("select id from search_due where not backlog order by id limit {DOCUMENTS_MAX}");
    while write_due(transaction, &now).await? > 0 {}
    Ok(())
}

/// Writes some of the documents that are due from before: of rows that were there before there was a search. Answers how many.
///
/// # Errors
/// When the database fails; nothing was written then.
pub async fn refresh_backlog(database: &Database) -> Result<usize, DbErr> {
    let due = format!("select id from search_due order by id limit {DOCUMENTS_MAX}");
    let transaction = database.begin_graph().await?;
    let written = write_due(&transaction, &due).await?;
    transaction.commit().await?;
    Ok(written)
}

async fn write_due(transaction: &DatabaseTransaction, due: &str) -> Result<usize, DbErr> {
    let rows = sql::rows(transaction, due, []).await?;
    let due = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<Vec<i64>, DbErr>>()?;
    if due.is_empty() {
        return Ok(0);
    }
    let documents = read(transaction, &due).await?;
    let column = if is_postgres(transaction) { "id" } else { "rowid" };
    for (table, column) in [("search_document", column), ("search_name", "id"), ("search_due", "id")] {
        let delete = format!("delete from {table} where {column} {}", sql::among_ids(transaction, 1));
        sql::write(transaction, delete, [sql::ids(due.iter().copied())]).await?;
    }
    insert(transaction, &documents).await?;
    Ok(due.len())
}

/// What a document is made of.
#[derive(Default)]
struct Document {
    /// The title or name that is served, then the others; or the headline.
    headings: Vec<String>,
    text: String,
}

/// The documents of the rows that are there.
async fn read(transaction: &DatabaseTransaction, due: &[i64]) -> Result<BTreeMap<i64, Document>, DbErr> {
    let (among, bytewise) = (sql::among_ids(transaction, 1), sql::bytewise(transaction));
    let mut documents = BTreeMap::new();
    let films = format!("select id, title as name, original_title as other from film where id {among}");
    let titles = format!(
        "select film_id as id, value as name from statement where film_id {among} \
         and field in ('TITLE', 'ORIGINAL_TITLE') and value <> '' order by value{bytewise}"
    );
    read_named(transaction, Kind::Film, due, [films, titles], &mut documents).await?;
    let people = format!("select id, name, cast(null as text) as other from person where id {among}");
    let names =
        format!("select person_id as id, name from person_other_name where person_id {among} order by name{bytewise}");
    read_named(transaction, Kind::Person, due, [people, names], &mut documents).await?;
    let reviews = rows_of(Kind::Review, due);
    if !reviews.is_empty() {
        let texts = format!("select id, headline, dek, body from review where id {among}");
        for row in sql::rows(transaction, texts, [sql::ids(reviews)]).await? {
            let dek: Option<String> = row.try_get("", "dek")?;
            let text = dek.map_or_else(String::new, |dek| dek + "\n\n") + &row.try_get::<String>("", "body")?;
            let id = Kind::Review.document(row.try_get("", "id")?);
            documents.insert(id, Document { headings: vec![row.try_get("", "headline")?], text });
        }
    }
    Ok(documents)
}

/// The documents of what has names: the served ones, then the others in an order that is the same on both databases.
async fn read_named(
    transaction: &DatabaseTransaction,
    kind: Kind,
    due: &[i64],
    [served, others]: [String; 2],
    documents: &mut BTreeMap<i64, Document>,
) -> Result<(), DbErr> {
    let ids = rows_of(kind, due);
    if ids.is_empty() {
        return Ok(());
    }
    for row in sql::rows(transaction, served, [sql::ids(ids.iter().copied())]).await? {
        let mut headings = vec![row.try_get("", "name")?];
        headings.extend(row.try_get::<Option<String>>("", "other")?);
        documents.insert(kind.document(row.try_get("", "id")?), Document { headings, text: String::new() });
    }
    for row in sql::rows(transaction, others, [sql::ids(ids)]).await? {
        let document = documents.get_mut(&kind.document(row.try_get("", "id")?));
        if let Some(document) = document.filter(|document| document.headings.len() < NAMES_MAX) {
            document.headings.push(row.try_get("", "name")?);
        }
    }
    Ok(())
}

fn rows_of(kind: Kind, due: &[i64]) -> Vec<i64> {
    due.iter().filter_map(|id| Kind::of_document(*id)).filter(|(of, _)| *of == kind).map(|(_, row)| row).collect()
}

async fn insert(transaction: &DatabaseTransaction, documents: &BTreeMap<i64, Document>) -> Result<(), DbErr> {
    let mut keys = BTreeSet::new();
    let mut records = Vec::new();
    for (id, document) in documents {
        let Some((kind, _)) = Kind::of_document(*id) else { continue };
        keys.extend(document.headings.iter().filter_map(|name| Some((kind.key(name)?, *id))));
        let heading = heading_words(document.headings.iter().map(String::as_str));
        let text = text_words(&document.text);
        let (heading, words) = match is_postgres(transaction) {
            true => (vector(&heading, &[]), vector(&heading, &text)),
            false => (heading.join(" "), text.join(" ")),
        };
        let (names, headline) = if kind == Kind::Review { ("", heading.as_str()) } else { (heading.as_str(), "") };
        records.push(json!({ "id": id, "names": names, "headline": headline, "words": words }));
    }
    if records.is_empty() {
        return Ok(());
    }
    let columns = [("id", "bigint"), ("names", "text"), ("headline", "text"), ("words", "text")];
    let said = sql::records(transaction, 1, &columns);
    let insert = match is_postgres(transaction) {
        true => format!(
            "insert into search_document (id, names, headline, words) \
             select said.id, said.names::tsvector, said.headline::tsvector, said.words::tsvector from {said}"
        ),
        false => format!(
            "insert into search_document (rowid, names, headline, text) \
             select said.id, said.names, said.headline, said.words from {said}"
        ),
    };
    sql::write(transaction, insert, [sql::list(records)]).await?;
    let insert = format!(
        "insert into search_name (key, id) select said.key, said.id from {}",
        sql::records(transaction, 1, &[("key", "text"), ("id", "bigint")])
    );
    let keys = keys.into_iter().map(|(key, id)| json!({ "key": key, "id": id })).collect();
    sql::write(transaction, insert, [sql::list(keys)]).await?;
    Ok(())
}

/// Words as PostgreSQL reads a `tsvector`: those of the heading weigh more. Words are letters and digits, so that nothing
/// in them needs quoting.
fn vector(heading: &[String], text: &[String]) -> String {
    let mut places: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    let labelled = heading.iter().map(|word| (word, "A")).chain(text.iter().map(|word| (word, "")));
    for ((word, label), place) in labelled.zip(1..) {
        let places = places.entry(word).or_default();
        if places.len() < PLACES_MAX {
            places.push((PLACE_LAST.min(place), label));
        }
    }
    let vector = places.into_iter().map(|(word, places)| {
        let places: Vec<String> = places.into_iter().map(|(place, label)| format!("{place}{label}")).collect();
        format!("'{word}':{}", places.join(","))
    });
    vector.collect::<Vec<_>>().join(" ")
}

fn is_postgres(transaction: &DatabaseTransaction) -> bool {
    transaction.get_database_backend() == DbBackend::Postgres
}
