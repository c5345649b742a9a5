//! How one review's change spreads through the graph: the order of its steps, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use extract::Extraction;
use sea_orm::{DatabaseTransaction, DbErr};

use super::reviews::{Belonging, Known, Source};
use super::signatures::{Change, Settled};
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
    let signed = [(known.and_then(|known| known.signature_id), Signature::of(&said))];
    let mut changes = signatures::sign(transaction, &signed).await?;
    let Some(change) = changes.first_mut() else { return Err(DbErr::RecordNotInserted) };
    change.unsigned_film_id = known.filter(|known| known.signature_id.is_none()).map(|known| known.film_id);
    let mut films = Films::default();
    films.settle(transaction, &[&*change]).await?;
    let film_id = films.settled.film_of(change.after.id)?;
    let outlet_id = reviews::outlet_of(transaction, source.url).await?;
    let byline_before = known.and_then(|known| known.byline_id);
    let byline_id = critics::bear(transaction, byline_before, reviews::byline(extraction, outlet_id)).await?;
    let film_before = reviews::film_of(transaction, known.map(|known| known.id)).await?;
    let belonging = Belonging { film_id, outlet_id, signature_id: change.after.id, byline_id };
    let review_id = reviews::write(transaction, known.map(|known| known.id), source, extraction, &belonging).await?;
    signatures::forget(transaction, &[&*change]).await?;
    claims::replace(transaction, review_id, extraction, said).await?;
    captions::replace(transaction, review_id, film_before, film_id, extraction).await?;
    let text = extraction.review.body.as_deref().unwrap_or_default();
    let flipped = syndication::settle(transaction, review_id, source.url, text).await?;
    films.settled.touched.extend(&flipped.films);
    films.follow(transaction, &flipped.groups).await?;
    tallies::enter(transaction, review_id).await?;

    films.describe(transaction).await?;
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

/// What becomes of films in one store.
#[derive(Default)]
struct Films {
    settled: Settled,
    /// Names that stood in films that are no more, and for whom.
    left_names: BTreeMap<String, i64>,
}

impl Films {
    /// Divides what changed into films.
    async fn settle(&mut self, transaction: &DatabaseTransaction, changes: &[&Change]) -> Result<(), DbErr> {
        let mut settled = signatures::settle(transaction, changes).await?;
        settled.touched.append(&mut self.settled.touched);
        settled.made.append(&mut self.settled.made);
        self.settled = settled;
        Ok(())
    }

    async fn leave_merged(&mut self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        let merged = std::mem::take(&mut self.settled.merged);
        self.settled.touched.retain(|film_id| !merged.iter().any(|(former, _)| former == film_id));
        self.left_names.append(&mut film::leave(transaction, &merged, &self.settled.made).await?);
        Ok(())
    }

    /// Puts the copies of each group where its original is.
    async fn follow(
        &mut self,
        transaction: &DatabaseTransaction,
        groups: &[(i64, BTreeSet<i64>)],
    ) -> Result<(), DbErr> {
        if groups.iter().all(|(_, group)| group.len() == 1) && groups.len() == 1 {
            return Ok(());
        }
        let followers = signatures::follow(transaction, groups).await?;
        if followers.is_empty() {
            return Ok(());
        }
        self.leave_merged(transaction).await?;
        let changes: Vec<&Change> = followers.iter().map(|(_, change)| change).collect();
        self.settle(transaction, &changes).await?;
        signatures::move_followers(transaction, &followers, &mut self.settled).await?;
        signatures::forget(transaction, &changes).await
    }

    /// Describes the films that were touched, and tells who their people are.
    async fn describe(mut self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        self.leave_merged(transaction).await?;
        let mut described = Vec::new();
        for film_id in self.settled.touched {
            described.push((film_id, film::describe(transaction, film_id).await?));
        }
        people::assign(transaction, &described, &self.left_names).await
    }
}
