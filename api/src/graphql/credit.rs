//! Credits: who did what on a film.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object};

use super::asked::{CREDIT, Fields};
use super::connection::{Connection, Listed, Paging};
use super::film::Film;
use super::id::Kind;
use super::node::{required_film, required_person};
use super::person::Person;
use super::vocabulary::CreditRole;
use crate::read::claim::ClaimsOf;
use crate::read::credit::{CreditList, CreditRow};

/// Who did what on a film.
pub(crate) struct Credit(pub(crate) Arc<CreditRow>);

impl From<Arc<CreditRow>> for Credit {
    fn from(row: Arc<CreditRow>) -> Self {
        Self(row)
    }
}

impl Listed for CreditList {
    type Node = Credit;
    const FIELDS: Fields = CREDIT;
}

/// Who did what on a film. The relation carries the data.
#[Object]
impl Credit {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        Kind::Credit.id(self.0.id)
    }

    /// The film.
    async fn film(&self, context: &Context<'_>) -> Result<Film, Error> {
        match &self.0.film {
            Some(film) => Ok(Film(Arc::clone(film))),
            None => required_film(context, self.0.film_id).await,
        }
    }

    /// The person.
    async fn person(&self, context: &Context<'_>) -> Result<Person, Error> {
        match &self.0.person {
            Some(person) => Ok(Person(Arc::clone(person))),
            None => required_person(context, self.0.person_id).await,
        }
    }

    /// What they did.
    async fn role(&self) -> CreditRole {
        self.0.role.into()
    }

    /// Character name at its fullest; only on ACTOR.
    async fn character(&self) -> Option<&str> {
        self.0.character.as_deref()
    }

    /// 1 is top billing; null where no review gives an order.
    async fn billing(&self) -> Option<i32> {
        self.0.billing
    }

    /// What the credit rests on: who name the person in this role, and, of an actor, who say what they play.
    async fn claims(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start: 1 to 100, 20 when it is not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<Connection<ClaimsOf>, Error> {
        Connection::of(context, self.0.id, ClaimsOf::Credit, &Paging::forwards(first, after)).await
    }
}

/// Roles to keep, once each and always in the same order, so that equal requests are one.
pub(crate) fn roles(roles: Option<Vec<CreditRole>>) -> Option<Vec<entity::CreditRole>> {
    let mut roles: Vec<entity::CreditRole> = roles?.into_iter().map(Into::into).collect();
    roles.sort_unstable();
    roles.dedup();
    (!roles.is_empty()).then_some(roles)
}
