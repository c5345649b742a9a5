//! Facts: what the graph states of a film, the values that reviews gave, and the claims that say so.
//!
//! A fact is its served value's statement; its values are the statements that bear the same member of the same field.

use sea_orm::DbErr;

use super::asked::Columns;
use super::list::{KeyKind, List, Order, Row, Source};
use super::sql::Sql;

/// One thing that the graph states of a film.
#[derive(Debug)]
pub(crate) struct FactRow {
    /// The served value's statement.
    pub(crate) id: i64,
    pub(crate) field: String,
    /// Whom the fact names or is about.
    pub(crate) person_id: Option<i64>,
    pub(crate) value: String,
    /// Independent reviews that state it and agree.
    pub(crate) agreeing: i32,
    /// Independent reviews that state it.
    pub(crate) stating: i32,
}

impl Row for FactRow {
    const TABLE: &'static str = "statement";
    const ID: &'static str = "statement.id";
    const COLUMNS: &'static [&'static str] = &[
        "statement.id",
        "statement.field",
        "person.id",
        "case when person.name is null or statement.field in ('CHARACTER', 'EXTERNAL_ID') then statement.value \
              else person.name end",
        "statement.agreeing",
        "statement.stating",
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            field: columns.take()?,
            person_id: columns.take()?,
            value: columns.take()?,
            agreeing: columns.take()?,
            stating: columns.take()?,
        })
    }
}

/// What the graph states of a film, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FactsOfFilm {
    /// Only these fields; none means all.
    pub(crate) fields: Option<Vec<String>>,
}

impl List for FactsOfFilm {
    type Row = FactRow;

    fn source(&self) -> Source {
        let from = "statement left join film_name on film_name.film_id = statement.film_id \
                    and film_name.name_key = statement.group_key \
                    left join person on person.id = film_name.person_id";
        Source { from, parent: Some("statement.film_id"), id: "statement.id" }
    }

    fn order(&self) -> Order {
        Order { name: "film.facts", key: "statement.position", kind: KeyKind::Integer, descending: false }
    }

    fn conditions(&self, sql: &mut Sql) -> Vec<String> {
        let chosen = "statement.chosen".to_owned();
        let fields = self.fields.as_ref().map(|fields| sql.among_texts("statement.field", fields));
        std::iter::once(chosen).chain(fields).collect()
    }
}

/// A value that reviews gave for a fact.
#[derive(Debug)]
pub(crate) struct FactValueRow {
    pub(crate) id: i64,
    pub(crate) value: String,
    /// Whether it is the served one.
    pub(crate) chosen: bool,
    /// Independent reviews that say it.
    pub(crate) reviews: i64,
    /// How many statements say it: one under each spelling of the subject's name.
    pub(crate) statements: i64,
}

/// Statements that give one value to one fact: they differ in the spelling of the subject's name.
const TWINS: &str = "from statement as twin where twin.film_id = statement.film_id and twin.field = statement.field \
    and twin.member_key = statement.member_key and twin.value_key = statement.value_key";

impl Row for FactValueRow {
    const TABLE: &'static str = "statement";
    const ID: &'static str = "statement.id";
    const COLUMNS: &'static [&'static str] = &[
        "statement.id",
        "statement.value",
        "statement.chosen",
        "(select cast(sum(twin.reviews) as bigint) from statement as twin where twin.film_id = statement.film_id \
            and twin.field = statement.field and twin.member_key = statement.member_key \
            and twin.value_key = statement.value_key)",
        "(select count(*) from statement as twin where twin.film_id = statement.film_id \
            and twin.field = statement.field and twin.member_key = statement.member_key \
            and twin.value_key = statement.value_key)",
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            value: columns.take()?,
            chosen: columns.take()?,
            reviews: columns.take()?,
            statements: columns.take()?,
        })
    }
}

/// The values of a fact: the served one, then those that more reviews give, and among equals by what they say: whatever came
/// first. The parent is the fact's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ValuesOfFact;

impl List for ValuesOfFact {
    type Row = FactValueRow;

    fn source(&self) -> Source {
        let from = "statement as fact join statement on statement.film_id = fact.film_id \
                    and statement.field = fact.field and statement.member_key = fact.member_key";
        Source { from, parent: Some("fact.id"), id: "statement.id" }
    }

    fn order(&self) -> Order {
        // The difference always has ten digits, so that it is ordered as text.
        let key = "(case when statement.chosen then '0' else '1' end || cast(2000000000 - statement.reviews as text) \
                   || statement.value_key)$C";
        Order { name: "fact.values", key, kind: KeyKind::Text, descending: false }
    }

    fn conditions(&self, _sql: &mut Sql) -> Vec<String> {
        let earlier =
            format!("select 1 {TWINS} and twin.id <> statement.id and (twin.chosen or twin.id < statement.id)");
        vec![format!("(statement.chosen or not exists ({earlier}))")]
    }
}
