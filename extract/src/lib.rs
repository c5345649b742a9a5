//! Page bytes in, [`Extraction`] out: what a page says of a film, and the words that say it.
//!
//! Pure: no IO, no clock, no async, no database. It never fails: a page that says nothing yields an empty
//! extraction with a [`Reason`]. Nothing in this crate may know a site, a page or a person by name.

mod body;
mod extraction;
mod folding;
mod json;
mod language;
mod merge;
mod names;
mod page;
mod people;
mod read;
mod sources;
mod statement;
mod values;
mod verdict;
mod vocabulary;

pub use extraction::{
    Caption, CaptionPerson, CastMember, Credit, CreditRole, Evidence, ExternalId, ExternalSource, Extraction, Field,
    FilmFacts, FramePlace, PersonId, Rating, RatingScale, Reason, ReviewFacts, Source, Span,
};
pub use json::to_json;

/// Raised by every change that can alter what is extracted, so that stored snapshots can be read again.
pub const VERSION: i32 = 16;

/// What was fetched: the bytes, and what the wire said of them.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Decoded body (no content encoding left), of any size.
    pub bytes: &'a [u8],
    /// The `Content-Type` header, when there was one: its charset is one vote among several.
    pub content_type: Option<&'a str>,
    /// Absolute address that the bytes came from, after redirects. Relative links resolve against it.
    pub url: &'a str,
}

/// Reads a page.
///
/// Never fails and never panics: what cannot be read says so in [`Extraction::reason`].
pub fn extract(page: Page<'_>) -> Extraction {
    read::read(&page)
}
