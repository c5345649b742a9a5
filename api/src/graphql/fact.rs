//! Facts: what the graph states of a film, and what every review said about it.

use std::sync::Arc;

use async_graphql::{Context, Error, InputType, Object, Value};

use super::connection::{Connection, Paging, few};
use super::node::required_person;
use super::person::Person;
use super::vocabulary::{FactField, parse};
use crate::read::claim::ClaimsOf;
use crate::read::fact::{FactRow, FactValueRow, FactsOfFilm, ValuesOfFact};

/// The facts of a film, of some fields or of all, at most 100.
pub(crate) async fn facts(
    context: &Context<'_>,
    film_id: i64,
    fields: Option<Vec<FactField>>,
) -> Result<Vec<Fact>, Error> {
    // Once each and always in the same order, so that equal requests are one.
    let mut fields: Option<Vec<String>> = fields.map(|fields| fields.iter().map(name).collect());
    if let Some(fields) = &mut fields {
        fields.sort_unstable();
        fields.dedup();
    }
    let fields = fields.filter(|fields| !fields.is_empty());
    Ok(few(context, film_id, FactsOfFilm { fields }).await?.into_iter().map(Fact).collect())
}

/// What a field is called in the database.
fn name(field: &FactField) -> String {
    match field.to_value() {
        Value::Enum(name) => name.to_string(),
        _ => String::new(),
    }
}

/// One thing that the graph states of a film.
pub(crate) struct Fact(Arc<FactRow>);

/// One thing that the graph states of a film, and everything that reviews said about it. A field with many values has a fact
/// for each member.
#[Object]
impl Fact {
    /// What it is about.
    async fn field(&self) -> Result<FactField, Error> {
        Ok(parse(&self.0.field)?)
    }

    /// Whom it is about: the person of a CHARACTER or DEPICTION fact, or of an EXTERNAL_ID that is a person's.
    async fn subject(&self, context: &Context<'_>) -> Result<Option<Person>, Error> {
        let is_about = matches!(self.0.field.as_str(), "CHARACTER" | "DEPICTION" | "EXTERNAL_ID");
        match self.0.person_id.filter(|_| is_about) {
            Some(person_id) => Ok(Some(required_person(context, person_id).await?)),
            None => Ok(None),
        }
    }

    /// The value that the graph serves, printed: minutes, ISO dates, display names; `SOURCE:value` for an external id. Of
    /// a DEPICTION it is the name of the person whom pictures show.
    async fn value(&self) -> &str {
        &self.0.value
    }

    /// Share of the independent reviews that state the field for this subject and agree: 1 is no conflict. For a member of
    /// a list, the share of those that name anybody in it. A review is taken at what its page as a whole says: its own
    /// slips and alternatives stand among the values, and do not count here.
    async fn agreement(&self) -> f64 {
        if self.0.stating == 0 { 0.0 } else { f64::from(self.0.agreeing) / f64::from(self.0.stating) }
    }

    /// Every value that a review gave, at most 100: the served one first, then those that more reviews give. Values that no
    /// member of a list serves stand with the list's first member.
    async fn values(&self, context: &Context<'_>) -> Result<Vec<FactValue>, Error> {
        Ok(few(context, self.0.id, ValuesOfFact).await?.into_iter().map(FactValue).collect())
    }
}

/// A value that reviews gave for a fact.
pub(crate) struct FactValue(Arc<FactValueRow>);

/// A value that reviews gave for a fact, and the claims that say so.
#[Object]
impl FactValue {
    /// As most reviews print it.
    async fn value(&self) -> &str {
        &self.0.value
    }

    /// Whether it is the value that the graph serves.
    async fn chosen(&self) -> bool {
        self.0.chosen
    }

    /// Independent reviews that say it, those included whose page as a whole says something else.
    async fn review_count(&self) -> i32 {
        i32::try_from(self.0.reviews).unwrap_or(i32::MAX)
    }

    /// Where they say it.
    async fn claims(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start: 1 to 100, 20 when it is not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<Connection<ClaimsOf>, Error> {
        let list = if self.0.statements > 1 { ClaimsOf::Twins } else { ClaimsOf::Statement };
        Connection::of(context, self.0.id, list, &Paging::forwards(first, after)).await
    }
}
