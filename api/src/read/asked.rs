//! What is asked of the rows of a list: which of their columns, and which of the rows that they name come along in the same
//! statement.
//!
//! Nobody is sent what nobody asked for, and a row that another names costs no statement of its own. It must not know how
//! a query asks: that is for who reads the query.

use std::sync::Arc;

use sea_orm::{DbErr, QueryResult, TryGetable};

use super::list::Row;

/// Rows that one row can name, at most.
const NAMED_MAX: usize = 3;

/// A row of another table that a row names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    /// What it is to the row that names it.
    pub(crate) name: &'static str,
    /// The table that it is in, known by its `id`.
    table: &'static str,
    /// The column that names it.
    pub(crate) key: &'static str,
    /// Its columns as they are selected.
    select: fn(columns: u32) -> String,
}

impl Named {
    /// The row of `R` that `key` names.
    pub(crate) const fn of<R: Row>(name: &'static str, key: &'static str) -> Self {
        Self { name, table: R::TABLE, key, select: selected::<R> }
    }

    /// Joins it, where `key` stands for the column that names it.
    pub(crate) fn join(&self, key: &str) -> String {
        let table = self.table;
        format!(" left join {table} on {table}.id = {key}")
    }
}

/// What is asked of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    /// A bit for each of [`Row::ASKED`].
    columns: u32,
    /// For each of [`Row::NAMED`] that comes along, the same of its row.
    named: [Option<u32>; NAMED_MAX],
}

impl Asked {
    /// Every column, and no other row.
    pub(crate) const ALL: Self = Self { columns: u32::MAX, named: [None; NAMED_MAX] };

    /// These columns, and no other row.
    pub(crate) fn columns(columns: u32) -> Self {
        Self { columns, ..Self::ALL }
    }

    /// These columns of its own.
    pub(crate) fn with(mut self, columns: u32) -> Self {
        self.columns = columns;
        self
    }

    /// Lets these columns of a named row come along.
    pub(crate) fn along(mut self, named: usize, columns: u32) -> Self {
        if let Some(along) = self.named.get_mut(named) {
            *along = Some(along.unwrap_or_default() | columns);
        }
        self
    }

    /// The columns of its own that a row of `R` is read from.
    pub(crate) fn selected<R: Row>(&self) -> String {
        selected::<R>(self.columns)
    }

    /// The named rows that come along, each with its columns as they are selected.
    pub(crate) fn named<R: Row>(&self) -> impl Iterator<Item = (&'static Named, String)> {
        let named = R::NAMED.iter().zip(self.named);
        named.filter_map(|(named, columns)| Some((named, (named.select)(columns?))))
    }
}

fn selected<R: Row>(columns: u32) -> String {
    all::<R>(columns).collect::<Vec<_>>().join(", ")
}

/// The columns that are read of a row.
fn all<R: Row>(columns: u32) -> impl Iterator<Item = &'static str> {
    let asked = R::ASKED.iter().enumerate().filter(move |(at, _)| is_asked(columns, *at));
    R::COLUMNS.iter().copied().chain(asked.map(|(_, (_, column))| *column))
}

/// The bit of a column, by its name in [`Row::ASKED`]; none when there is no such column.
pub(crate) fn bit<R: Row>(name: &str) -> Option<u32> {
    R::ASKED.iter().position(|(asked, _)| *asked == name).and_then(|at| 1_u32.checked_shl(u32::try_from(at).ok()?))
}

fn is_asked(columns: u32, at: usize) -> bool {
    u32::try_from(at).ok().and_then(|at| columns.checked_shr(at)).is_some_and(|rest| rest & 1 == 1)
}

/// Reads the columns of a row from left to right, those that were asked for.
pub(crate) struct Columns<'row> {
    row: &'row QueryResult,
    index: usize,
    asked: Asked,
    next_asked: usize,
    next_named: usize,
}

impl<'row> Columns<'row> {
    /// All columns.
    pub(crate) fn new(row: &'row QueryResult) -> Self {
        Self { row, index: 0, asked: Asked::ALL, next_asked: 0, next_named: 0 }
    }

    /// Goes over columns that only the statement needs.
    pub(crate) fn skip(&mut self, columns: usize) {
        self.index += columns;
    }

    /// The row that begins here.
    pub(crate) fn read<R: Row>(&mut self, asked: Asked) -> Result<R, DbErr> {
        (self.asked, self.next_asked, self.next_named) = (asked, 0, 0);
        R::read(self)
    }

    /// The next column.
    pub(crate) fn take<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        let value = self.row.try_get_by_index(self.index);
        self.index += 1;
        value
    }

    /// The next of [`Row::ASKED`]; nothing in particular where it was not asked for, so that nobody may look at it then.
    pub(crate) fn asked<T: TryGetable + Default>(&mut self) -> Result<T, DbErr> {
        let at = self.next_asked;
        self.next_asked += 1;
        if is_asked(self.asked.columns, at) { self.take() } else { Ok(T::default()) }
    }

    /// The next of [`Row::NAMED`]: none where it did not come along, or nobody is named. To be read after all columns.
    pub(crate) fn named<R: Row>(&mut self) -> Result<Option<Arc<R>>, DbErr> {
        let along = self.asked.named.get(self.next_named).copied().flatten();
        self.next_named += 1;
        let Some(columns) = along else { return Ok(None) };
        let mut inner =
            Self { row: self.row, index: self.index, asked: Asked::columns(columns), next_asked: 0, next_named: 0 };
        self.index += all::<R>(columns).count();
        // Its first column is its id, which is null where nothing was joined.
        if self.row.try_get_by_index::<Option<i64>>(inner.index)?.is_none() {
            return Ok(None);
        }
        R::read(&mut inner).map(Arc::new).map(Some)
    }
}
