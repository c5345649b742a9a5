//! How one review's change spreads through the graph: the order of its steps, and nothing else.

use std::collections::BTreeSet;

use extract::Extraction;
use sea_orm::{DatabaseTransaction, DbErr};

use super::reviews::{Known, Source};
use super::{captions, claims, critics, film, people, reviews, tallies};

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
    let signature = film::signature(extraction);
    let keys = film::keys(&signature);
    let located = film::locate(transaction, known, signature).await?;
    let outlet_id = reviews::outlet_of(transaction, source.url).await?;
    let known_id = known.map(|known| known.id);
    let review_id = reviews::write(transaction, known_id, source, extraction, located.film_id, outlet_id).await?;
    claims::replace(transaction, review_id, extraction, &keys).await?;
    captions::replace(transaction, review_id, located.film_id, extraction).await?;
    tallies::enter(transaction, review_id).await?;
    film::leave(transaction, &located.merged).await?;

    let mut described = Vec::new();
    for film_id in &located.touched {
        described.push((*film_id, film::describe(transaction, *film_id).await?));
    }
    people::assign(transaction, described, &located.left_names).await?;
    for film_id in &located.touched {
        film::receive(transaction, *film_id).await?;
    }
    critics::assign(transaction, review_id, known.and_then(|known| known.critic_key.as_deref())).await?;
    let outlets: BTreeSet<i64> = known.map(|known| known.outlet_id).into_iter().chain([outlet_id]).collect();
    for outlet in outlets {
        reviews::name_outlet(transaction, outlet).await?;
    }
    Ok(review_id)
}
