//! Lists: what a relation is made of, and a page of it for many parents in one statement.
//!
//! A page is cut by row value, `(key, id) > (x, y)`, in the order's own index, never by offset. Limits hold for each parent
//! and are applied inside the database: by `lateral` on PostgreSQL, by a window function on SQLite.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use sea_orm::{DbErr, Value};

use super::asked::{Asked, Columns, Named};
use super::sql::Sql;
use super::{ReadError, Reader};

/// What is read of a table's row.
pub(crate) trait Row: Sized + Send + Sync + 'static {
    /// The table, as written after `from`.
    const TABLE: &'static str;
    /// The column that rows are asked for by.
    const ID: &'static str;
    /// The columns that are always read, with the table's name before each.
    const COLUMNS: &'static [&'static str];
    /// Columns that are read where they are asked for: a name, and the column with the table's name before it.
    const ASKED: &'static [(&'static str, &'static str)] = &[];
    /// Rows of other tables that may be read along.
    const NAMED: &'static [Named] = &[];

    /// Reads [`Row::COLUMNS`], [`Row::ASKED`] and [`Row::NAMED`], in that order.
    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr>;
}

/// A number that can be part of a map's key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Real(pub(crate) f64);

impl PartialEq for Real {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}
impl Eq for Real {}
impl Hash for Real {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// Value of a sort key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Text(String),
    Integer(i64),
    Real(Real),
}

/// Type of a sort key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum KeyKind {
    Text,
    Integer,
    Real,
}

/// Where a row stands in an order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Position {
    pub(crate) key: Key,
    pub(crate) id: i64,
}

/// A total order of rows: by an expression that is never null and has an index, then by the id, both the same way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order {
    /// Names the list and its order in cursors.
    pub(crate) name: &'static str,
    pub(crate) key: &'static str,
    pub(crate) kind: KeyKind,
    pub(crate) descending: bool,
}

/// Where a list's rows come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    /// What stands after `from`.
    pub(crate) from: &'static str,
    /// The column that holds the parent; none for a list of everything.
    pub(crate) parent: Option<&'static str>,
    /// The column that tells rows with equal keys apart.
    pub(crate) id: &'static str,
}

/// A list: rows that belong to a parent (or all), some of them, in an order.
pub(crate) trait List: Clone + Eq + Hash + Send + Sync + 'static {
    /// Its rows.
    type Row: Row;

    fn source(&self) -> Source;

    fn order(&self) -> Order;

    /// Whether rows are numbered anew when others come in between: a place is then where its row stands by now. Where the key
    /// is the row's own, a place stays where it was though the row moves away.
    fn is_renumbered(&self) -> bool {
        false
    }

    /// Conditions on the rows, beside the parent.
    fn conditions(&self, _sql: &mut Sql) -> Vec<String> {
        Vec::new()
    }
}

/// Which part of a list, and what of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Window {
    pub(crate) asked: Asked,
    /// Rows at most.
    pub(crate) limit: u32,
    /// The last rows instead of the first.
    pub(crate) backwards: bool,
    pub(crate) after: Option<Position>,
    pub(crate) before: Option<Position>,
}

impl Window {
    /// The first `limit` rows, whole.
    pub(crate) fn first(limit: u32) -> Self {
        Self { asked: Asked::ALL, limit, backwards: false, after: None, before: None }
    }
}

/// Rows in the list's order, each with its place.
#[derive(Debug)]
pub(crate) struct Page<R> {
    pub(crate) rows: Vec<(Position, Arc<R>)>,
    /// Whether there are more rows in the direction of reading, within the window.
    pub(crate) more: bool,
}

impl<R> Page<R> {
    pub(crate) fn empty() -> Self {
        Self { rows: Vec::new(), more: false }
    }
}

/// One side of a place in a list, the place itself included.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    UpTo(Position),
    From(Position),
}

/// The page of each parent. `parents` is `None` for a list of everything, whose page stands under 0.
///
/// # Errors
/// When the database fails.
pub(crate) async fn pages<L: List>(
    reader: &Reader,
    list: &L,
    parents: Option<&[i64]>,
    window: &Window,
) -> Result<HashMap<i64, Page<L::Row>>, ReadError> {
    let rows = reader.all(pages_statement(reader.sql(), list, parents, window)).await?;
    let kind = list.order().kind;
    let mut pages: HashMap<i64, Page<L::Row>> = HashMap::new();
    let limit = usize::try_from(window.limit).unwrap_or(usize::MAX);
    // What SQLite ranks and joins by stands before each row.
    let before = match parents.zip(list.source().parent) {
        Some(_) if !reader.sql().is_postgres() => window.asked.named::<L::Row>().count() + 1,
        _ => 0,
    };
    for row in &rows {
        let mut columns = Columns::new(row);
        columns.skip(before);
        let page = pages.entry(columns.take()?).or_insert_with(Page::empty);
        if page.rows.len() == limit {
            page.more = true;
            continue;
        }
        let key = match kind {
            KeyKind::Text => Key::Text(columns.take()?),
            KeyKind::Integer => Key::Integer(columns.take()?),
            KeyKind::Real => Key::Real(Real(columns.take()?)),
        };
        let position = Position { key, id: columns.take()? };
        page.rows.push((position, Arc::new(columns.read(window.asked)?)));
    }
    if window.backwards {
        pages.values_mut().for_each(|page| page.rows.reverse());
    }
    Ok(pages)
}

/// How many rows each parent has; parents without any are left out.
///
/// # Errors
/// When the database fails.
pub(crate) async fn counts<L: List>(
    reader: &Reader,
    list: &L,
    parents: Option<&[i64]>,
) -> Result<HashMap<i64, i64>, ReadError> {
    let (mut sql, source) = (reader.sql(), list.source());
    let mut conditions = list.conditions(&mut sql);
    let grouped = parents.zip(source.parent);
    if let Some((parents, column)) = grouped {
        conditions.push(sql.among(column, parents));
    }
    let parent = grouped.map_or("cast(0 as bigint)", |(_, column)| column);
    sql.push(&format!("select {parent}, count(*) from {}{}", source.from, all_of(&conditions)));
    if grouped.is_some() {
        sql.push(&format!(" group by {parent}"));
    }
    let mut counts = HashMap::new();
    for row in &reader.all(sql).await? {
        let mut columns = Columns::new(row);
        counts.insert(columns.take()?, columns.take()?);
    }
    Ok(counts)
}

/// The parents that have a row on that side of a place.
///
/// # Errors
/// When the database fails.
pub(crate) async fn beyond<L: List>(
    reader: &Reader,
    list: &L,
    parents: Option<&[i64]>,
    side: &Side,
) -> Result<Vec<i64>, ReadError> {
    let (mut sql, source, order) = (reader.sql(), list.source(), list.order());
    let mut conditions = list.conditions(&mut sql);
    let (position, ascending) = match side {
        Side::UpTo(position) => (position, order.descending),
        Side::From(position) => (position, !order.descending),
    };
    conditions.push(compared(&mut sql, list, if ascending { ">=" } else { "<=" }, position));
    if let Some((parents, column)) = parents.zip(source.parent) {
        let table = sql.ids(parents, "parent");
        conditions.push(format!("{column} = parent.id"));
        let inner = format!("select 1 from {}{}", source.from, all_of(&conditions));
        sql.push(&format!("select parent.id from {table} where exists ({inner})"));
    } else {
        let inner = format!("select 1 from {}{}", source.from, all_of(&conditions));
        sql.push(&format!("select cast(0 as bigint) where exists ({inner})"));
    }
    let mut found = Vec::new();
    for row in &reader.all(sql).await? {
        found.push(Columns::new(row).take()?);
    }
    Ok(found)
}

fn pages_statement<L: List>(mut sql: Sql, list: &L, parents: Option<&[i64]>, window: &Window) -> Sql {
    let (source, order) = (list.source(), list.order());
    let mut conditions = list.conditions(&mut sql);
    let (onwards, backwards) = if order.descending { ("<", ">") } else { (">", "<") };
    if let Some(position) = &window.after {
        conditions.push(compared(&mut sql, list, onwards, position));
    }
    if let Some(position) = &window.before {
        conditions.push(compared(&mut sql, list, backwards, position));
    }
    let direction = if order.descending == window.backwards { "asc" } else { "desc" };
    let ordering = format!("order by {} {direction}, {} {direction}", order.key, source.id);
    let key = match order.kind {
        KeyKind::Text => order.key.to_owned(),
        KeyKind::Integer => format!("cast({} as bigint)", order.key),
        KeyKind::Real => format!("cast({} as double precision)", order.key),
    };
    let own = window.asked.selected::<L::Row>();
    let selected = format!("{key} as sort_key, cast({} as bigint) as sort_id, {own}", source.id);
    let (mut joined, mut along) = (String::new(), String::new());
    for (named, columns) in window.asked.named::<L::Row>() {
        joined.push_str(&named.join(named.key));
        along.push_str(&format!(", {columns}"));
    }
    // One row more than asked for tells whether there is more. The number stands in the text: PostgreSQL plans a statement
    // anew for each value of a limit that it cannot see, and planning costs more than a page does.
    let limit = i64::from(window.limit).saturating_add(1);
    let from = source.from;
    let text = match parents.zip(source.parent) {
        None => {
            let conditions = all_of(&conditions);
            format!(
                "select cast(0 as bigint), {selected}{along} from {from}{joined}{conditions} {ordering} limit {limit}"
            )
        }
        // Inside one parent a nested loop hands the rows on in the order of the subquery.
        Some((parents, column)) if sql.is_postgres() => {
            let table = sql.ids(parents, "parent");
            conditions.push(format!("{column} = parent.id"));
            let conditions = all_of(&conditions);
            format!(
                "select parent.id, item.* from {table} cross join lateral \
                 (select {selected}{along} from {from}{joined}{conditions} {ordering} limit {limit}) as item"
            )
        }
        // What is read along is joined to the rows that remain. What only that needs stands first.
        Some((parents, column)) => {
            conditions.push(sql.among(column, parents));
            let conditions = all_of(&conditions);
            let (mut keys, mut joined) = (String::new(), String::new());
            for (at, (named, _)) in window.asked.named::<L::Row>().enumerate() {
                keys.push_str(&format!("{} as named_{at}, ", named.key));
                joined.push_str(&named.join(&format!("ranked.named_{at}")));
            }
            format!(
                "select ranked.*{along} from (select {keys}row_number() over (partition by {column} {ordering}) \
                 as rank_in_parent, {column} as parent_id, {selected} from {from}{conditions}) as ranked{joined} \
                 where rank_in_parent <= {limit} order by parent_id, rank_in_parent"
            )
        }
    };
    sql.push(&text);
    sql
}

/// A row value compared with a place in the order.
fn compared<L: List>(sql: &mut Sql, list: &L, sign: &str, position: &Position) -> String {
    let (source, order) = (list.source(), list.order());
    let key = match &position.key {
        Key::Text(text) => Value::from(text.clone()),
        Key::Integer(number) => Value::from(*number),
        Key::Real(Real(number)) => Value::from(*number),
    };
    // The keys that lists of everything are ordered by have no statistics, so that there is nothing to plan by.
    let key = if source.parent.is_none() { sql.bind(key) } else { sql.bind_unseen(key) };
    // Plans look at the first of two compared values only.
    let id = sql.bind(position.id);
    let key = match list.is_renumbered() {
        true => format!("coalesce((select {} from {} where {} = {id}), {key})", order.key, source.from, source.id),
        false => key,
    };
    let row = format!("({}, {}) {sign} ({key}, {id})", order.key, source.id);
    if sql.is_postgres() {
        return row;
    }
    // SQLite finds a row value's place in an index of columns alone; in one of expressions, a plain value's.
    let at_least = if sign.starts_with('<') { "<=" } else { ">=" };
    format!("{} {at_least} {key} and {row}", order.key)
}

fn all_of(conditions: &[String]) -> String {
    if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) }
}
