//! Claims: one review saying one thing, with the words that say it.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, SimpleObject};

use super::connection::{Listed, loader, required};
use super::id::Kind;
use super::node::required_person;
use super::person::Person;
use super::review::{Review, long_text};
use super::vocabulary::{ClaimSource, FactField, parse};
use crate::read::ReadError;
use crate::read::claim::{ClaimRow, ClaimsOf, SubjectKey};
use crate::read::review::Text;

/// Characters of context on either side of a quote: enough to find it again in a page that has changed.
const CONTEXT_CHARACTERS: usize = 32;

/// One review saying one thing.
pub(crate) struct Claim(pub(crate) Arc<ClaimRow>);

impl From<Arc<ClaimRow>> for Claim {
    fn from(row: Arc<ClaimRow>) -> Self {
        Self(row)
    }
}

impl Listed for ClaimsOf {
    type Node = Claim;
}

/// One review saying one thing.
#[Object]
impl Claim {
    /// Opaque. A newer reading of the page gives new claims.
    pub(crate) async fn id(&self) -> ID {
        Kind::Claim.id(self.0.id)
    }

    /// Who says it.
    async fn review(&self, context: &Context<'_>) -> Result<Review, Error> {
        Ok(Review(required(context, self.0.review_id).await?))
    }

    /// Whom it is about: the person of a character or a depiction.
    async fn subject(&self, context: &Context<'_>) -> Result<Option<Person>, Error> {
        let Some(subject) = self.0.subject.clone() else {
            return Ok(None);
        };
        match loader(context)?.load_one(SubjectKey { claim_id: self.0.id, subject }).await? {
            Some(person) => Ok(Some(required_person(context, person).await?)),
            None => Ok(None),
        }
    }

    /// What it is about.
    async fn field(&self) -> Result<FactField, Error> {
        Ok(parse(&self.0.field)?)
    }

    /// What is said.
    async fn value(&self) -> &str {
        &self.0.value
    }

    /// The kind of place on the page that it stands in.
    async fn source(&self) -> Result<ClaimSource, Error> {
        Ok(parse(&self.0.source)?)
    }

    /// The words that say it. Null where it stands in the page's metadata.
    async fn quote(&self, context: &Context<'_>) -> Result<Option<Quote>, Error> {
        let (Some(start), Some(end)) = (self.0.quote_start, self.0.quote_end) else {
            return Ok(None);
        };
        let text = long_text(context, self.0.review_id, Text::Page).await?;
        let quote = quote(&text, start, end);
        let outside = || ReadError::Row(format!("claim {} quotes {start}..{end}, outside its page", self.0.id));
        Ok(Some(quote.ok_or_else(outside)?))
    }
}

/// A span of the page's text. `text` is exactly what stands from `start` to `end`.
#[derive(SimpleObject, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    /// The words.
    text: String,
    /// What stands before them, for finding them again.
    prefix: String,
    /// What stands after them.
    suffix: String,
    /// Unicode scalar values from the start of the review's `pageText`.
    start: i32,
    /// The end, exclusive, counted likewise.
    end: i32,
}

/// The span of `text` from one scalar value to another, with some context; none when it lies outside.
fn quote(text: &str, start: i32, end: i32) -> Option<Quote> {
    let (from, to) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    let before = from.saturating_sub(CONTEXT_CHARACTERS);
    let mut offsets = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
    let prefix_at = offsets.nth(before)?;
    let mut rest = text.get(prefix_at..)?;
    let mut take = |characters: usize| {
        let split = rest.char_indices().map(|(offset, _)| offset).chain([rest.len()]).nth(characters)?;
        let (taken, left) = rest.split_at(split);
        rest = left;
        Some(taken.to_owned())
    };
    let prefix = take(from - before)?;
    let words = take(to.checked_sub(from)?)?;
    let suffix = rest.chars().take(CONTEXT_CHARACTERS).collect();
    Some(Quote { text: words, prefix, suffix, start, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_counted_in_scalar_values() {
        let quote = quote("Größe: 94 Minuten ✓", 7, 9).expect("inside");
        assert_eq!(
            (quote.text.as_str(), quote.prefix.as_str(), quote.suffix.as_str()),
            ("94", "Größe: ", " Minuten ✓")
        );
    }

    #[test]
    fn a_quote_may_be_the_whole_text_and_no_more() {
        assert_eq!(quote("añb", 0, 3).expect("inside").text, "añb");
        assert_eq!(quote("añb", 3, 3).expect("at the end").text, "");
        for (start, end) in [(0, 4), (-1, 2), (2, 1), (4, 4), (i32::MAX, i32::MAX)] {
            assert_eq!(quote("añb", start, end), None, "{start}..{end}");
        }
    }

    #[test]
    fn context_is_cut_short() {
        let text = "x".repeat(100);
        let quote = quote(&text, 50, 51).expect("inside");
        assert_eq!((quote.prefix.len(), quote.suffix.len()), (32, 32));
    }
}
