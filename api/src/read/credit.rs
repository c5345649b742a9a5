//! Credits: their rows, and the lists of a film's and of a person's.

use std::sync::Arc;

use entity::CreditRole;
use sea_orm::{ActiveEnum, DbErr};

use super::asked::{Columns, Named};
use super::film::FilmRow;
use super::list::{KeyKind, List, Order, Row, Source};
use super::person::PersonRow;
use super::sql::Sql;

/// Who did what on a film.
#[derive(Debug)]
pub(crate) struct CreditRow {
    pub(crate) id: i64,
    pub(crate) film_id: i64,
    pub(crate) person_id: i64,
    pub(crate) role: CreditRole,
    pub(crate) character: Option<String>,
    pub(crate) billing: Option<i32>,
    /// Where they were read along; the same for the person.
    pub(crate) film: Option<Arc<FilmRow>>,
    pub(crate) person: Option<Arc<PersonRow>>,
}

impl Row for CreditRow {
    const TABLE: &'static str = "credit";
    const ID: &'static str = "credit.id";
    const COLUMNS: &'static [&'static str] =
        &["credit.id", "credit.film_id", "credit.person_id", "credit.role", "credit.\"character\"", "credit.billing"];
    const NAMED: &'static [Named] =
        &[Named::of::<FilmRow>("film", "credit.film_id"), Named::of::<PersonRow>("person", "credit.person_id")];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            film_id: columns.take()?,
            person_id: columns.take()?,
            role: columns.take()?,
            character: columns.take()?,
            billing: columns.take()?,
            film: columns.named()?,
            person: columns.named()?,
        })
    }
}

/// The credits of a film in billing order, or of a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct CreditList {
    pub(crate) of: CreditsOf,
    /// Only these; none means all.
    pub(crate) roles: Option<Vec<CreditRole>>,
}

/// Whose credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CreditsOf {
    Film,
    Person,
}

impl List for CreditList {
    type Row = CreditRow;

    fn source(&self) -> Source {
        let parent = match self.of {
            CreditsOf::Film => "credit.film_id",
            CreditsOf::Person => "credit.person_id",
        };
        Source { from: "credit", parent: Some(parent), id: "credit.id" }
    }

    fn order(&self) -> Order {
        let (name, key) = match self.of {
            CreditsOf::Film => ("film.credits", "credit.position"),
            CreditsOf::Person => ("person.credits", "credit.film_id"),
        };
        Order { name, key, kind: KeyKind::Integer, descending: false }
    }

    fn is_renumbered(&self) -> bool {
        self.of == CreditsOf::Film
    }

    fn conditions(&self, _sql: &mut Sql) -> Vec<String> {
        self.roles.iter().map(|roles| role_condition(roles)).collect()
    }
}

/// A condition that a credit has one of the roles. They are a closed set, written out.
pub(crate) fn role_condition(roles: &[CreditRole]) -> String {
    let names: Vec<String> = roles.iter().map(|role| format!("'{}'", role.to_value())).collect();
    if names.is_empty() {
        "credit.role is not null".to_owned()
    } else {
        format!("credit.role in ({})", names.join(", "))
    }
}
