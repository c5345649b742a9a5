//! Claims: what one review says, and whom it says it of.

use std::collections::HashMap;

use entity::sort_key;
use sea_orm::DbErr;

use super::list::{Columns, KeyKind, List, Order, Row, Source};
use super::{ReadError, Reader};

/// One review saying one thing.
#[derive(Debug)]
pub(crate) struct ClaimRow {
    pub(crate) id: i64,
    pub(crate) review_id: i64,
    pub(crate) field: String,
    pub(crate) subject: Option<String>,
    pub(crate) value: String,
    pub(crate) source: String,
    /// Unicode scalar values from the start of the page's text.
    pub(crate) quote_start: Option<i32>,
    /// Exclusive.
    pub(crate) quote_end: Option<i32>,
}

impl Row for ClaimRow {
    const TABLE: &'static str = "claim";
    const ID: &'static str = "claim.id";
    const COLUMNS: &'static str = "claim.id, claim.review_id, claim.field, claim.subject, claim.value, claim.source, \
        claim.quote_start, claim.quote_end";

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            review_id: columns.take()?,
            field: columns.take()?,
            subject: columns.take()?,
            value: columns.take()?,
            source: columns.take()?,
            quote_start: columns.take()?,
            quote_end: columns.take()?,
        })
    }
}

/// Everything that a review says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClaimsOfReview;

impl List for ClaimsOfReview {
    type Row = ClaimRow;

    fn source(&self) -> Source {
        Source { from: "claim", parent: Some("claim.review_id"), id: "claim.id" }
    }

    fn order(&self) -> Order {
        Order { name: "review.claims", key: "claim.id", kind: KeyKind::Integer, descending: false }
    }
}

/// Asks for the person that a claim is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct SubjectKey {
    pub(crate) claim_id: i64,
    /// The name as printed.
    pub(crate) subject: String,
}

/// The people that claims are about, by their printed names, in one statement: those among the people of the review's film
/// whose name it is, in any order of words, or one of whose other spellings it is. Names that fit nobody are left out.
///
/// # Errors
/// When the database fails.
pub(crate) async fn subjects(reader: &Reader, keys: &[SubjectKey]) -> Result<HashMap<SubjectKey, i64>, ReadError> {
    let claims: Vec<i64> = keys.iter().map(|key| key.claim_id).collect();
    let names: Vec<String> = keys.iter().map(|key| sort_key::name_key(&key.subject)).collect();
    let mut sql = reader.sql();
    let wanted = sql.pairs(&claims, &names, "wanted");
    sql.push(&format!(
        "select claim.id, min(person.id) from {wanted} \
         join claim on claim.id = wanted.id join review on review.id = claim.review_id \
         join person on person.id in (select credit.person_id from credit where credit.film_id = review.film_id \
              union select depiction.person_id from depiction join caption on caption.id = depiction.caption_id \
              where caption.film_id = review.film_id) \
         where person.name_key = wanted.text or exists (select 1 from person_other_name \
              where person_other_name.person_id = person.id and person_other_name.name = claim.subject) \
         group by claim.id"
    ));
    let mut people: HashMap<i64, i64> = HashMap::new();
    for row in &reader.all(sql).await? {
        let mut columns = Columns::new(row);
        people.insert(columns.take()?, columns.take()?);
    }
    Ok(keys.iter().filter_map(|key| Some((key.clone(), *people.get(&key.claim_id)?))).collect())
}
