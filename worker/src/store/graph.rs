//! How one review's change spreads through the graph: the order of its steps, and nothing else.

use std::collections::BTreeSet;

use extract::Extraction;
use sea_orm::{DatabaseTransaction, DbErr};

use super::reviews::{Belonging, Known, Source};
use super::signatures::Settled;
use super::{captions, claims, critics, film, people, reviews, search, signatures, syndication, tallies};
use crate::resolve::film::Signature;

/// Enters a review into the graph, or its change, and resolves again everything that it touches.
pub(super) async fn enter(
    transaction: &DatabaseTransaction,
    known: Option<&Known>,
    source: &Source<'_>,
    extraction: &Extraction,
) -> Result<i64, DbErr> {
    if let Some(known) = known {
        tallies::leave(transaction, known.id).await?;
    }
    let said = claims::said(extraction);
    let signature_before = known.and_then(|known| known.signature_id);
    let mut change = signatures::sign(transaction, signature_before, &Signature::of(&said)).await?;
    change.unsigned_film_id = known.filter(|known| known.signature_id.is_none()).map(|known| known.film_id);
    let changes = [change];
    let mut settled = signatures::settle(transaction, &changes).await?;
    let [change] = &changes;
    let outlet_id = reviews::outlet_of(transaction, source.url).await?;
    let byline_before = known.and_then(|known| known.byline_id);
    let byline_id = critics::bear(transaction, byline_before, reviews::byline(extraction, outlet_id)).await?;
    let film_id = settled.film_of(change.after.id)?;
    let belonging = Belonging { film_id, outlet_id, signature_id: change.after.id, byline_id };
    let review_id = reviews::write(transaction, known.map(|known| known.id), source, extraction, &belonging).await?;
    signatures::forget(transaction, &changes).await?;
    claims::replace(transaction, review_id, extraction, said).await?;
    captions::replace(transaction, review_id, known.map(|known| known.film_id), film_id, extraction).await?;
    let text = extraction.review.body.as_deref().unwrap_or_default();
    let flipped = syndication::settle(transaction, review_id, source.url, text).await?;
    tallies::enter(transaction, review_id).await?;

    settled.touched.extend(flipped.films);
    resolve(transaction, settled).await?;
    let bylines = flipped.bylines.into_iter().chain(byline_before).chain(byline_id).collect();
    critics::settle(transaction, review_id, &bylines).await?;
    let name_before = known.and_then(|known| known.outlet_name.as_deref());
    if let Some(known) = known {
        reviews::call_outlet(transaction, known.outlet_id, name_before, -1).await?;
    }
    reviews::call_outlet(transaction, outlet_id, extraction.review.outlet.as_deref(), 1).await?;
    let outlets: BTreeSet<i64> = known.map(|known| known.outlet_id).into_iter().chain([outlet_id]).collect();
    for outlet in outlets {
        reviews::name_outlet(transaction, outlet).await?;
    }
    search::refresh(transaction).await?;
    Ok(review_id)
}

/// Describes the films that were touched, and tells who their people are.
async fn resolve(transaction: &DatabaseTransaction, settled: Settled) -> Result<(), DbErr> {
    let left_names = film::leave(transaction, &settled.merged).await?;
    let mut described = Vec::new();
    for film_id in settled.touched {
        described.push((film_id, film::describe(transaction, film_id).await?));
    }
    people::assign(transaction, &described, &left_names).await
}
