//! A review's claims: written whole, read back as the statements that resolution weighs.

use std::collections::BTreeMap;

use extract::{Evidence, Extraction, Field};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, QueryResult};
use serde::Serialize;
use serde::de::value::{Error as NameError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use super::sql;
use crate::resolve::ballot::{Said, StatementKey};

/// Claims that one page may make: a list of everybody who ever worked on a film is longer than any review.
const CLAIMS_MAX: usize = 2_000;

/// Rows in one statement: SQLite binds at most 32,766 values in one.
pub(super) const ROWS_MAX: usize = 1_000;

/// What a value that serde writes as a string is called in the database and in GraphQL.
pub(super) fn name_of<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The reverse of [`name_of`].
pub(super) fn named<T: DeserializeOwned>(name: &str) -> Result<T, DbErr> {
    let deserializer: StrDeserializer<'_, NameError> = name.into_deserializer();
    T::deserialize(deserializer).map_err(|error| DbErr::Type(error.to_string()))
}

/// Whether the field speaks of the film; the others describe the review, and stand in its row.
fn is_of_film(field: Field) -> bool {
    field <= Field::ExternalId
}

/// What the page says of the film, as claims without numbers: of too many, first those that it stands by.
pub(super) fn said(extraction: &Extraction) -> Vec<Said> {
    let billing: BTreeMap<&str, i32> = extraction
        .film
        .cast
        .iter()
        .filter(|member| member.billed)
        .zip(1..)
        .map(|(member, place)| (member.name.as_str(), place))
        .collect();
    let of_film = || (0..).zip(&extraction.evidence).filter(|(_, evidence)| is_of_film(evidence.field));
    let mut kept: Vec<(i64, &Evidence)> = of_film().filter(|(_, evidence)| evidence.chosen).take(CLAIMS_MAX).collect();
    let room = CLAIMS_MAX.saturating_sub(kept.len());
    kept.extend(of_film().filter(|(_, evidence)| !evidence.chosen).take(room));
    kept.sort_by_key(|(place, _)| *place);
    kept.into_iter()
        .map(|(place, evidence)| Said {
            claim: place,
            field: evidence.field,
            subject: evidence.subject.clone(),
            value: evidence.value.clone(),
            source: evidence.source,
            chosen: evidence.chosen,
            billing: (evidence.field == Field::Cast).then(|| billing.get(evidence.value.as_str()).copied()).flatten(),
        })
        .collect()
}

/// Replaces the review's claims by what the extraction says, of which `said` is what is kept, each with its place among the
/// evidence for a number.
pub(super) async fn replace(
    transaction: &DatabaseTransaction,
    review_id: i64,
    extraction: &Extraction,
    said: Vec<Said>,
) -> Result<(), DbErr> {
    sql::write(transaction, "delete from claim where review_id = $1", [review_id.into()]).await?;
    let scalars = scalar_offsets(extraction);
    let offset = |byte: usize| scalars.get(&byte).copied();
    let span = |said: &Said| {
        let place = usize::try_from(said.claim).ok()?;
        extraction.evidence.get(place)?.span.clone()
    };
    let rows: Vec<entity::claim::ActiveModel> = said
        .into_iter()
        .map(|said| entity::claim::ActiveModel {
            id: NotSet,
            review_id: Set(review_id),
            quote_start: Set(span(&said).and_then(|span| offset(span.start))),
            quote_end: Set(span(&said).and_then(|span| offset(span.end))),
            field: Set(name_of(said.field)),
            subject: Set(said.subject),
            value: Set(said.value),
            source: Set(name_of(said.source)),
            chosen: Set(said.chosen),
            billing: Set(said.billing),
            statement_id: Set(None),
        })
        .collect();
    for chunk in rows.chunks(ROWS_MAX) {
        entity::claim::Entity::insert_many(chunk.to_vec()).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Byte offset → scalar-value offset, for every end of every span, in one walk over the text.
fn scalar_offsets(extraction: &Extraction) -> BTreeMap<usize, i32> {
    let ends = extraction.evidence.iter().filter_map(|evidence| evidence.span.as_ref());
    let mut offsets: BTreeMap<usize, i32> = ends.flat_map(|span| [(span.start, 0), (span.end, 0)]).collect();
    let mut scalars = 0;
    let mut boundaries = extraction.text.char_indices().map(|(byte, _)| byte).chain([extraction.text.len()]);
    let mut next = boundaries.next();
    for (byte, scalar) in &mut offsets {
        while next.is_some_and(|boundary| boundary < *byte) {
            scalars += 1;
            next = boundaries.next();
        }
        *scalar = scalars;
    }
    offsets
}

/// What each of some reviews says.
pub(super) async fn of_reviews(
    transaction: &DatabaseTransaction,
    reviews: &[i64],
) -> Result<BTreeMap<i64, Vec<Said>>, DbErr> {
    let sql = format!(
        "select review_id, id, field, subject, value, source, chosen, billing from claim where review_id {}",
        sql::among_ids(transaction, 1)
    );
    let mut said: BTreeMap<i64, Vec<Said>> = BTreeMap::new();
    for row in sql::rows(transaction, sql, [sql::ids(reviews.iter().copied())]).await? {
        said.entry(row.try_get("", "review_id")?).or_default().push(Said {
            claim: row.try_get("", "id")?,
            field: named(&row.try_get::<String>("", "field")?)?,
            subject: row.try_get("", "subject")?,
            value: row.try_get("", "value")?,
            source: named(&row.try_get::<String>("", "source")?)?,
            chosen: row.try_get("", "chosen")?,
            billing: row.try_get("", "billing")?,
        });
    }
    Ok(said)
}

/// The statement that a row with `field`, `subject_key` and `value_key` names.
pub(super) fn statement_key(row: &QueryResult) -> Result<StatementKey, DbErr> {
    Ok(StatementKey {
        field: named(&row.try_get::<String>("", "field")?)?,
        subject_key: row.try_get("", "subject_key")?,
        value_key: row.try_get("", "value_key")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use extract::Source;

    #[test]
    fn offsets_are_counted_in_scalar_values() {
        let text = "é‘Noon’ 映画 x".to_owned();
        let span = text.find("映").map(|start| start..start + "映画".len());
        let evidence = Evidence {
            field: Field::Title,
            subject: None,
            value: String::new(),
            source: Source::Prose,
            span: span.clone(),
            chosen: true,
        };
        let extraction = Extraction { text: text.clone(), evidence: vec![evidence], ..Extraction::default() };
        let offsets: Vec<i32> = scalar_offsets(&extraction).into_values().collect();
        assert_eq!(offsets, [8, 10]);
        assert_eq!(text.chars().skip(8).take(2).collect::<String>(), "映画");
    }

    #[test]
    fn a_field_is_called_the_same_both_ways() {
        assert_eq!(name_of(Field::OriginalTitle), "ORIGINAL_TITLE");
        assert_eq!(named::<Field>("ORIGINAL_TITLE").ok(), Some(Field::OriginalTitle));
        assert!(named::<Field>("SHOE_SIZE").is_err());
    }
}
