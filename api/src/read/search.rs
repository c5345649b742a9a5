//! Search: what a text finds, best first, in one statement on each database's own full-text index.
//!
//! What is exactly the title or name that was asked for comes first; then titles and names that have all the words,
//! then headlines, then texts. Among these the database's own rank decides. The work for words that half of the graph has is
//! bounded: of each sort of hit the latest are ranked, and on both databases these are the same.

use entity::search::{Kind, Query, Wanted};

use super::asked::Columns;
use super::list::{Key, Position, Real};
use super::{ReadError, Reader};
use crate::read::sql::Sql;

/// Hits of each sort that are ranked: exact ones, names, headlines, texts.
const RANKED_MAX: i64 = 1_000;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub(crate) kind: Kind,
    /// The row's number among its kind.
    pub(crate) id: i64,
    /// 4 is exact; 3 and more, in a title or name; 2 and more, in a headline; 1 and more, in a text.
    pub(crate) score: f64,
    /// The document: what tells hits with equal scores apart.
    pub(crate) document: i64,
}

impl Hit {
    /// Where it stands among the hits.
    pub(crate) fn position(&self) -> Position {
        Position { key: Key::Real(Real(self.score)), id: self.document }
    }
}

/// The hits after a place, `limit` at most. `text` is what `query` was made of.
///
/// A place holds while reviews come in: it is the hit that stands there that is gone on from, wherever it stands by now, and
/// its former score only when it is a hit no more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn hits(
    reader: &Reader,
    text: &str,
    query: &Query,
    after: Option<&Position>,
    limit: u32,
) -> Result<Vec<Hit>, ReadError> {
    let mut sql = reader.sql();
    let found = found(&mut sql, text, query);
    let mut statement = format!(
        "with found as ({found}), \
         hit as materialized (select id, max(score) as score from found group by id) \
         select id, score from hit"
    );
    if let Some(Position { key: Key::Real(Real(score)), id }) = after {
        let (score, id) = (sql.bind(*score), sql.bind(*id));
        statement.push_str(&format!(
            " where (score, id) < (coalesce((select score from hit where id = {id}), {score}), {id})"
        ));
    }
    let limit = sql.bind(i64::from(limit));
    sql.push(&format!("{statement} order by score desc, id desc limit {limit}"));
    let mut hits = Vec::new();
    for row in &reader.all(sql).await? {
        let mut columns = Columns::new(row);
        let (document, score) = (columns.take()?, columns.take()?);
        let (kind, id) =
            Kind::of_document(document).ok_or_else(|| ReadError::Row(format!("{document} is no document")))?;
        hits.push(Hit { kind, id, score, document });
    }
    Ok(hits)
}

/// The hits of each sort, with their scores: a hit may be of several.
fn found(sql: &mut Sql, text: &str, query: &Query) -> String {
    let mut found = Vec::new();
    for kind in [Kind::Film, Kind::Person] {
        if let Some(key) = kind.key(text) {
            let key = sql.bind(key);
            found.push(format!(
                "select * from (select id, cast(4 as double precision) as score from search_name \
                 where key = {key} and id % 4 = {kind} order by id desc limit {RANKED_MAX}) as exact_{kind}",
                kind = kind as i64
            ));
        }
    }
    for (sort, score, column) in [("name", 3, "names"), ("headline", 2, "headline"), ("text", 1, "words")] {
        // What is ranked is cut before it is ranked: a rank reads the whole document.
        found.push(if sql.is_postgres() {
            let asked = sql.bind(tsquery(query));
            format!(
                "select id, {score} + cast(ts_rank({column}, {asked}::tsquery, 32) as double precision) as score \
                 from (select id, {column} from search_document where {column} @@ {asked}::tsquery \
                       order by id desc limit {RANKED_MAX}) as in_{sort}"
            )
        } else {
            let asked = fts5(query);
            let asked = sql.bind(if column == "words" { asked } else { format!("{{{column}}} : ({asked})") });
            // Rank is below 0 and the lower the better. A word of a name or headline is worth four of the text's.
            let rank = "bm25(search_document, 4.0, 4.0, 1.0)";
            format!(
                "select id, {score} + rank / (rank - 1) as score from (select rowid as id, {rank} as rank \
                 from search_document where search_document match {asked} \
                 order by rowid desc limit {RANKED_MAX}) as in_{sort}"
            )
        });
    }
    found.join(" union all ")
}

/// The query in PostgreSQL's words. Words are letters and digits: nothing in them needs quoting.
fn tsquery(query: &Query) -> String {
    let word = |wanted: &Wanted| format!("'{}'{}", wanted.word, if wanted.is_prefix { ":*" } else { "" });
    boolean(query, &word, " & ", " | ")
}

/// The query in SQLite's words.
fn fts5(query: &Query) -> String {
    let word = |wanted: &Wanted| format!("\"{}\"{}", wanted.word, if wanted.is_prefix { " *" } else { "" });
    boolean(query, &word, " AND ", " OR ")
}

fn boolean(query: &Query, word: &dyn Fn(&Wanted) -> String, and: &str, or: &str) -> String {
    let way = |way: &Vec<Wanted>| way.iter().map(word).collect::<Vec<_>>().join(and);
    let member = |ways: &Vec<Vec<Wanted>>| {
        let ways: Vec<String> = ways.iter().map(|words| format!("({})", way(words))).collect();
        format!("({})", ways.join(or))
    };
    query.members.iter().map(member).collect::<Vec<_>>().join(and)
}
