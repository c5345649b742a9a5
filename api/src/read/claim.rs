//! Claims: what one review says, and whom it says it of.

use std::collections::HashMap;

use entity::sort_key;
use sea_orm::DbErr;

use super::asked::Columns;
use super::list::{KeyKind, List, Order, Row, Source};
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
    const COLUMNS: &'static [&'static str] = &[
        "claim.id",
        "claim.review_id",
        "claim.field",
        "claim.subject",
        "claim.value",
        "claim.source",
        "claim.quote_start",
        "claim.quote_end",
    ];

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

/// Claims, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ClaimsOf {
    /// Everything that a review says.
    Review,
    /// What one statement about a film rests on, read in its own index's order. The parent is the statement.
    Statement,
    /// What a value of a fact rests on where several statements give it: they differ in the spelling of the subject's name. The
    /// parent is one of them.
    Twins,
    /// What a credit rests on: who name the person in that role, and, of an actor, who say what they play.
    Credit,
}

impl List for ClaimsOf {
    type Row = ClaimRow;

    fn source(&self) -> Source {
        let (from, parent) = match self {
            Self::Review => ("claim", "claim.review_id"),
            Self::Statement => ("claim", "claim.statement_id"),
            Self::Twins => (
                "statement as value join statement on statement.film_id = value.film_id \
                 and statement.field = value.field and statement.member_key = value.member_key \
                 and statement.value_key = value.value_key join claim on claim.statement_id = statement.id",
                "value.id",
            ),
            Self::Credit => (
                "credit join film_name on film_name.film_id = credit.film_id \
                 and film_name.person_id = credit.person_id \
                 join statement on statement.film_id = credit.film_id and ( \
                     statement.field = case credit.role when 'ACTOR' then 'CAST' else credit.role end \
                         and statement.value_key = film_name.name_key \
                     or credit.role = 'ACTOR' and statement.field = 'CHARACTER' \
                         and statement.subject_key = film_name.name_key) \
                 join claim on claim.statement_id = statement.id",
                "credit.id",
            ),
        };
        Source { from, parent: Some(parent), id: "claim.id" }
    }

    fn order(&self) -> Order {
        let name = match self {
            Self::Review => "review.claims",
            Self::Statement | Self::Twins => "fact.claims",
            Self::Credit => "credit.claims",
        };
        Order { name, key: "claim.id", kind: KeyKind::Integer, descending: false }
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
