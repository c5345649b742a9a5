//! The review's own row, its outlet, and which submission it speaks through.

use entity::{review, sort_key};
use extract::Extraction;
use queue::{Claim, page_url};
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, DbErr};
use url::Url;

use super::critics::Printed;
use super::{claims, sql};

/// Where a review's claims come from.
pub(super) struct Source<'a> {
    pub(super) url: &'a Url,
    pub(super) submission_id: i64,
    pub(super) submitted_at: i64,
    pub(super) extraction_id: i64,
}

/// A review that is in the graph.
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) film_id: i64,
    pub(super) outlet_id: i64,
    pub(super) outlet_name: Option<String>,
    pub(super) signature_id: Option<i64>,
    pub(super) byline_id: Option<i64>,
    submission_id: i64,
    submission_url: String,
    document: String,
}

/// The review at a canonical address.
pub(super) async fn at(transaction: &DatabaseTransaction, url: &str) -> Result<Option<Known>, DbErr> {
    let found = sql::row(
        transaction,
        "select r.id, r.film_id, r.outlet_id, r.outlet_name, r.signature_id, r.byline_id, r.submission_id, s.url as submission_url, e.document \
         from review r join submission s on s.id = r.submission_id join extraction e on e.id = r.extraction_id \
         where r.url = $1",
        [url.into()],
    )
    .await?;
    let Some(row) = found else { return Ok(None) };
    Ok(Some(Known {
        id: row.try_get("", "id")?,
        film_id: row.try_get("", "film_id")?,
        outlet_id: row.try_get("", "outlet_id")?,
        outlet_name: row.try_get("", "outlet_name")?,
        signature_id: row.try_get("", "signature_id")?,
        byline_id: row.try_get("", "byline_id")?,
        submission_id: row.try_get("", "submission_id")?,
        submission_url: row.try_get("", "submission_url")?,
        document: row.try_get("", "document")?,
    }))
}

impl Known {
    /// Whether the claim's submission is the one that the review speaks through: the one at the canonical address
    /// itself, else the one with the smallest address. Independent of which came first.
    pub(super) fn speaks_through(&self, claim: &Claim, canonical: &str) -> bool {
        self.submission_id == claim.submission_id
            || claim.url == canonical
            || (self.submission_url != canonical && claim.url < self.submission_url)
    }

    /// Whether the page says what it said, and is counted so. What was stored before reviews were counted has no signature.
    pub(super) fn says(&self, document: &str) -> bool {
        self.document == document && self.signature_id.is_some()
    }
}

/// Lets a review that says what it said speak through a newer extraction.
pub(super) async fn renew(
    transaction: &DatabaseTransaction,
    review_id: i64,
    claim: &Claim,
    extraction_id: i64,
) -> Result<(), DbErr> {
    let update = "update review set submission_id = $2, extraction_id = $3, submitted_at = $4 where id = $1";
    let values = [review_id.into(), claim.submission_id.into(), extraction_id.into(), claim.submitted_at.into()];
    sql::write(transaction, update, values).await?;
    Ok(())
}

/// What a review belongs to.
pub(super) struct Belonging {
    pub(super) film_id: i64,
    pub(super) outlet_id: i64,
    pub(super) signature_id: i64,
    pub(super) byline_id: Option<i64>,
}

fn critic_key(author: &str) -> Option<String> {
    Some(sort_key::name_key(author)).filter(|key| !key.is_empty())
}

/// The byline as the page prints it; none where it names nobody.
pub(super) fn byline(extraction: &Extraction, outlet_id: i64) -> Option<Printed<'_>> {
    let said = &extraction.review;
    let name = said.author.as_deref()?;
    let (website, bio) = (said.author_bio_link.as_deref(), said.author_bio.as_deref());
    Some(Printed { key: critic_key(name)?, outlet_id, name, website, bio })
}

/// Writes the review's row.
pub(super) async fn write(
    transaction: &DatabaseTransaction,
    known: Option<i64>,
    source: &Source<'_>,
    extraction: &Extraction,
    belonging: &Belonging,
) -> Result<i64, DbErr> {
    let said = &extraction.review;
    let body = said.body.clone().unwrap_or_default();
    let headline = said.headline.clone().or_else(|| extraction.film.title.clone()).unwrap_or_default();
    let mut row = review::ActiveModel {
        url: Set(source.url.as_str().to_owned()),
        submission_id: Set(source.submission_id),
        extraction_id: Set(source.extraction_id),
        film_id: Set(belonging.film_id),
        outlet_id: Set(belonging.outlet_id),
        signature_id: Set(Some(belonging.signature_id)),
        byline_id: Set(belonging.byline_id),
        headline: Set(headline),
        dek: Set(said.dek.clone()),
        published_on: Set(said.published.clone()),
        language: Set(said.language.clone()),
        rating_as_printed: Set(said.rating.as_printed.clone()),
        rating_value: Set(said.rating.value),
        rating_best: Set(said.rating.best),
        rating_scale: Set(said.rating.scale.map(claims::name_of)),
        score: Set(said.rating.score),
        score_low: Set(said.rating.score_low),
        score_high: Set(said.rating.score_high),
        word_count: Set(words(&body)),
        body: Set(body),
        page_text: Set(extraction.text.clone()),
        critic_name: Set(said.author.clone()),
        critic_key: Set(said.author.as_deref().and_then(critic_key)),
        critic_bio: Set(said.author_bio.clone()),
        critic_website: Set(said.author_bio_link.clone()),
        outlet_name: Set(said.outlet.clone()),
        submitted_at: Set(source.submitted_at),
        ..Default::default()
    };
    match known {
        Some(id) => {
            row.id = Unchanged(id);
            row.update(transaction).await?;
            Ok(id)
        }
        None => Ok(row.insert(transaction).await?.id),
    }
}

/// The film that a known review is in now, which its neighbours' change may have moved it to.
pub(super) async fn film_of(transaction: &DatabaseTransaction, known: Option<i64>) -> Result<Option<i64>, DbErr> {
    let Some(known) = known else { return Ok(None) };
    let row = sql::row(transaction, "select film_id from review where id = $1", [known.into()]).await?;
    row.map(|row| row.try_get("", "film_id")).transpose()
}

/// The outlet of an address, made when it is new: an outlet is its registrable host.
pub(super) async fn outlet_of(transaction: &DatabaseTransaction, url: &Url) -> Result<i64, DbErr> {
    let host = page_url::registrable_host(url);
    sql::insert(
        transaction,
        "insert into outlet (host, name) values ($1, $1) on conflict (host) do update set host = excluded.host returning id",
        [host.into()],
    )
    .await
}

/// Counts what a page calls its outlet, or counts it no longer.
pub(super) async fn call_outlet(
    transaction: &DatabaseTransaction,
    outlet_id: i64,
    name: Option<&str>,
    change: i32,
) -> Result<(), DbErr> {
    let Some(name) = name else { return Ok(()) };
    let upsert = "insert into outlet_name (outlet_id, name, reviews) values ($1, $2, $3) \
                  on conflict (outlet_id, name) do update set reviews = outlet_name.reviews + excluded.reviews";
    sql::write(transaction, upsert, [outlet_id.into(), name.into(), change.into()]).await?;
    if change < 0 {
        let delete = "delete from outlet_name where outlet_id = $1 and name = $2 and reviews <= 0";
        sql::write(transaction, delete, [outlet_id.into(), name.into()]).await?;
    }
    Ok(())
}

/// Names the outlet as most of its pages do (ties go to the longer name, then to the first by letters), or by its host.
pub(super) async fn name_outlet(transaction: &DatabaseTransaction, outlet_id: i64) -> Result<(), DbErr> {
    sql::write(
        transaction,
        "update outlet set name = coalesce(( \
             select n.name from outlet_name n where n.outlet_id = $1 \
             order by n.reviews desc, length(n.name) desc, n.name limit 1), host) where id = $1",
        [outlet_id.into()],
    )
    .await?;
    Ok(())
}

/// Words of a text: runs between spaces, or single characters of scripts that are written without any.
fn words(text: &str) -> i32 {
    let unspaced =
        |letter: char| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let count: usize = text
        .split_whitespace()
        .map(|run| {
            let single = run.chars().filter(|letter| unspaced(*letter)).count();
            single + usize::from(run.chars().any(|letter| letter.is_alphanumeric() && !unspaced(letter)))
        })
        .sum();
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_counted_in_scripts_with_and_without_spaces() {
        assert_eq!(words("Two words — and more."), 4);
        assert_eq!(words("映画は good"), 4);
        assert_eq!(words(""), 0);
    }
}
