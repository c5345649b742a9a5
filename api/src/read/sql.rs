//! One SQL statement under construction: text and bound values, in the words of either database.
//!
//! Values are always bound, never written into the text. Knows nothing of films or GraphQL.

use sea_orm::sea_query::ArrayType;
use sea_orm::{DbBackend, Statement, Value};

/// The text of a statement, and its values in order.
#[derive(Debug)]
pub(crate) struct Sql {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub(crate) fn new(backend: DbBackend) -> Self {
        Self { backend, text: String::new(), values: Vec::new() }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.backend == DbBackend::Postgres
    }

    /// Appends text as it is.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Binds a value and gives its placeholder.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Binds a value that PostgreSQL does not look at when it plans: see [`unseen`].
    pub(crate) fn bind_unseen(&mut self, value: Value) -> String {
        let kind = match &value {
            Value::BigInt(_) => "bigint",
            Value::Double(_) => "double precision",
            _ => "text",
        };
        let bound = self.bind(value);
        if self.is_postgres() { unseen(&bound, kind) } else { bound }
    }

    /// Binds whole numbers and gives a table expression with one column `id` of them, called `name`.
    pub(crate) fn ids(&mut self, ids: &[i64], name: &str) -> String {
        let list = self.bind_ids(ids);
        if self.is_postgres() {
            format!("unnest({}) as {name}(id)", unseen(&list, "bigint[]"))
        } else {
            format!("(select value as id from json_each({list})) as {name}")
        }
    }

    /// A condition: `expression` is among `ids`.
    pub(crate) fn among(&mut self, expression: &str, ids: &[i64]) -> String {
        let list = self.bind_ids(ids);
        if self.is_postgres() {
            format!("{expression} = any({})", unseen(&list, "bigint[]"))
        } else {
            format!("{expression} in (select value from json_each({list}))")
        }
    }

    /// A condition: `expression` is among `texts`.
    pub(crate) fn among_texts(&mut self, expression: &str, texts: &[String]) -> String {
        if self.is_postgres() {
            let list = self.bind_texts(texts);
            format!("{expression} = any({})", unseen(&list, "text[]"))
        } else {
            let list = self.bind_texts(texts);
            format!("{expression} in (select value from json_each({list}))")
        }
    }

    /// Binds `ids` and `texts` of equal length and gives a table expression called `name` with columns `id`, `text`.
    pub(crate) fn pairs(&mut self, ids: &[i64], texts: &[String], name: &str) -> String {
        let (ids, texts) = (self.bind_ids(ids), self.bind_texts(texts));
        if self.is_postgres() {
            let (ids, texts) = (unseen(&ids, "bigint[]"), unseen(&texts, "text[]"));
            format!("unnest({ids}, {texts}) as {name}(id, text)")
        } else {
            format!(
                "(select numbers.value as id, words.value as text from json_each({ids}) as numbers \
                 join json_each({texts}) as words on words.key = numbers.key) as {name}"
            )
        }
    }

    pub(crate) fn into_statement(self) -> Statement {
        // `$C` stands where text is compared by its bytes: SQLite does that anyway.
        let collation = if self.backend == DbBackend::Postgres { " collate \"C\"" } else { "" };
        Statement::from_sql_and_values(self.backend, self.text.replace("$C", collation), self.values)
    }

    fn bind_ids(&mut self, ids: &[i64]) -> String {
        if self.is_postgres() {
            let array = ids.iter().map(|id| Value::BigInt(Some(*id))).collect();
            self.bind(Value::Array(ArrayType::BigInt, Some(Box::new(array))))
        } else {
            self.bind(serde_json::Value::from(ids).to_string())
        }
    }

    fn bind_texts(&mut self, texts: &[String]) -> String {
        if self.is_postgres() {
            let array = texts.iter().map(|text| Value::from(text.clone())).collect();
            self.bind(Value::Array(ArrayType::String, Some(Box::new(array))))
        } else {
            self.bind(serde_json::Value::from(texts).to_string())
        }
    }
}

/// A bound value that PostgreSQL does not look at when it plans. It would otherwise plan the statement anew for each, since a
/// plan for a shorter list, or for a page nearer a list's end, seems cheaper than one for any. There is but one good plan for
/// relations and pages, and making it takes longer than running it.
fn unseen(bound: &str, kind: &str) -> String {
    format!("(select {bound}::{kind})::{kind}")
}
