//! People: their rows, the list of all of them, their names, and what is known of critics.

use std::collections::HashMap;

use entity::{CreditRole, sort_key};
use sea_orm::DbErr;

use super::asked::Columns;
use super::credit::role_condition;
use super::film::begins_with;
use super::list::{KeyKind, List, Order, Row, Source};
use super::sql::Sql;
use super::{ReadError, Reader};

/// A person.
#[derive(Debug)]
pub(crate) struct PersonRow {
    pub(crate) id: i64,
    pub(crate) name: String,
}

impl Row for PersonRow {
    const TABLE: &'static str = "person";
    const ID: &'static str = "person.id";
    const COLUMNS: &'static [&'static str] = &["person.id", "person.name"];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self { id: columns.take()?, name: columns.take()? })
    }
}

/// All people that pass a filter, by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PersonList {
    /// The name begins with this, or is this in another order of words.
    pub(crate) name: Option<String>,
    /// Credited with any of these.
    pub(crate) roles: Option<Vec<CreditRole>>,
}

impl List for PersonList {
    type Row = PersonRow;

    fn source(&self) -> Source {
        Source { from: "person", parent: None, id: "person.id" }
    }

    fn order(&self) -> Order {
        Order { name: "people.name", key: "person.name_sort", kind: KeyKind::Text, descending: false }
    }

    fn conditions(&self, sql: &mut Sql) -> Vec<String> {
        let mut conditions = Vec::new();
        if let Some(name) = &self.name {
            let range = begins_with(sql, "person.name_sort", &sort_key::fold(name));
            if !range.is_empty() {
                let key = sql.bind(sort_key::name_key(name));
                conditions.push(format!("(({}) or person.name_key = {key})", range.join(" and ")));
            }
        }
        if let Some(roles) = &self.roles {
            let role = role_condition(roles);
            conditions.push(format!("exists (select 1 from credit where credit.person_id = person.id and {role})"));
        }
        conditions
    }
}

/// The people that a film credits with one role, in the film's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PeopleOfFilm {
    Directors,
    Writers,
}

impl List for PeopleOfFilm {
    type Row = PersonRow;

    fn source(&self) -> Source {
        let from = "credit join person on person.id = credit.person_id";
        Source { from, parent: Some("credit.film_id"), id: "credit.id" }
    }

    fn order(&self) -> Order {
        Order { name: "film.people", key: "credit.position", kind: KeyKind::Integer, descending: false }
    }

    fn conditions(&self, _sql: &mut Sql) -> Vec<String> {
        let role = match self {
            Self::Directors => CreditRole::Director,
            Self::Writers => CreditRole::Writer,
        };
        vec![role_condition(&[role])]
    }
}

/// Another spelling of a name.
#[derive(Debug)]
pub(crate) struct OtherNameRow(pub(crate) String);

impl Row for OtherNameRow {
    const TABLE: &'static str = "person_other_name";
    const ID: &'static str = "person_other_name.person_id";
    const COLUMNS: &'static [&'static str] = &["person_other_name.name"];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self(columns.take()?))
    }
}

/// A person's other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct OtherNames;

impl List for OtherNames {
    type Row = OtherNameRow;

    fn source(&self) -> Source {
        let parent = "person_other_name.person_id";
        Source { from: "person_other_name", parent: Some(parent), id: parent }
    }

    fn order(&self) -> Order {
        Order { name: "person.names", key: "person_other_name.name", kind: KeyKind::Text, descending: false }
    }
}

/// What is known of a critic.
#[derive(Debug)]
pub(crate) struct CriticProfileRow {
    pub(crate) person_id: i64,
    pub(crate) bio: Option<String>,
    pub(crate) website: Option<String>,
    pub(crate) review_count: i32,
    pub(crate) score_count: i32,
    pub(crate) score_sum: f64,
}

impl Row for CriticProfileRow {
    const TABLE: &'static str = "critic_profile";
    const ID: &'static str = "critic_profile.person_id";
    const COLUMNS: &'static [&'static str] = &[
        "critic_profile.person_id",
        "critic_profile.bio",
        "critic_profile.website",
        "critic_profile.review_count",
        "critic_profile.score_count",
        "critic_profile.score_sum",
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            person_id: columns.take()?,
            bio: columns.take()?,
            website: columns.take()?,
            review_count: columns.take()?,
            score_count: columns.take()?,
            score_sum: columns.take()?,
        })
    }
}

/// Mean difference between a critic's scores and the other critics' mean on the same films, for many critics at once.
/// Films that nobody else scored say nothing; a critic without any other is left out.
///
/// # Errors
/// When the database fails.
pub(crate) async fn generosity(reader: &Reader, critics: &[i64]) -> Result<HashMap<i64, f64>, ReadError> {
    let mut sql = reader.sql();
    let among = sql.among("review.critic_id", critics);
    // A critic who scored a film twice is not one of its other critics.
    sql.push(&format!(
        "select own.critic_id, \
                sum(own.total - own.reviews * (film.score_sum - own.total) / (film.rated_count - own.reviews)) \
                    / sum(own.reviews) \
         from (select review.critic_id, review.film_id, sum(review.score) as total, \
                      cast(count(*) as double precision) as reviews \
               from review where {among} and review.score is not null and review.copy_of is null \
               group by review.critic_id, review.film_id) as own \
         join film on film.id = own.film_id \
         where film.rated_count > own.reviews group by own.critic_id"
    ));
    let mut found = HashMap::new();
    for row in &reader.all(sql).await? {
        let mut columns = Columns::new(row);
        found.insert(columns.take()?, columns.take()?);
    }
    Ok(found)
}
