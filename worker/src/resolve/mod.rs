//! What follows from claims: which reviews are of one film, who is one person, and which value is served.
//!
//! Pure: no database, no clock, no order. Every function answers the same for the same set of claims, in whatever order
//! they are handed over.

pub mod ballot;
pub mod character;
pub mod critic;
pub mod describe;
pub mod fact;
pub mod film;
pub mod groups;
pub mod ids;
pub mod names;
pub mod person;
pub mod reception;
pub mod syndication;
pub mod vote;

/// The first of the part that a place was joined to: each place points to one before it, or to itself.
fn root(joined: &[usize], mut place: usize) -> usize {
    while let Some(before) = joined.get(place).copied().filter(|before| *before != place) {
        place = before;
    }
    place
}
