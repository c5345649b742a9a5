//! The closed sets of values: enums, as GraphQL and the database both write them.

use async_graphql::{Enum, InputType, Name, Value};

use crate::read::ReadError;

/// The enum value that a column names.
///
/// # Errors
/// When there is no such value.
pub(crate) fn parse<E: InputType>(text: &str) -> Result<E, ReadError> {
    let value = Value::Enum(Name::new(text));
    E::parse(Some(value)).map_err(|_unknown| ReadError::Row(format!("{text:?} is no {}", E::type_name())))
}

/// What somebody did on a film.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::CreditRole")]
pub(crate) enum CreditRole {
    /// Played a character.
    Actor,
    /// Directed the film.
    Director,
    /// Wrote the screenplay.
    Writer,
    /// Produced the film.
    Producer,
    /// Was the director of photography.
    Cinematographer,
    /// Edited the film.
    Editor,
    /// Composed its music.
    Composer,
}

/// The scale that a rating was printed on.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RatingScale {
    /// Stars out of four.
    #[graphql(name = "STARS_4")]
    Stars4,
    /// Stars out of five.
    #[graphql(name = "STARS_5")]
    Stars5,
    /// Stars out of six.
    #[graphql(name = "STARS_6")]
    Stars6,
    /// Stars out of ten.
    #[graphql(name = "STARS_10")]
    Stars10,
    /// Points out of five.
    #[graphql(name = "POINTS_5")]
    Points5,
    /// Points out of ten.
    #[graphql(name = "POINTS_10")]
    Points10,
    /// Points out of twenty.
    #[graphql(name = "POINTS_20")]
    Points20,
    /// Points out of a hundred.
    #[graphql(name = "POINTS_100")]
    Points100,
    /// A school grade, from F to A+.
    Letter,
    /// A thumb up or down.
    Thumbs,
    /// Any other, or one that cannot be told.
    Other,
}

/// Where in a picture somebody is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FramePlace {
    /// On the left.
    Left,
    /// In the middle.
    Center,
    /// On the right.
    Right,
    /// Above the others.
    Top,
    /// Below the others.
    Bottom,
    /// In front.
    Front,
    /// Behind.
    Back,
}

/// A film database.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExternalSource {
    /// imdb.com: `tt0123456`, `nm0123456`.
    Imdb,
    /// themoviedb.org: a number.
    Tmdb,
    /// wikidata.org: `Q83495`.
    Wikidata,
    /// letterboxd.com: a slug.
    Letterboxd,
    /// rottentomatoes.com: a slug.
    RottenTomatoes,
    /// metacritic.com: a slug.
    Metacritic,
}

/// What a statement is about.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactField {
    /// The film's title.
    Title,
    /// Its title in its own language.
    OriginalTitle,
    /// The year of its first release.
    Year,
    /// The day of its release.
    ReleaseDate,
    /// Its length in minutes.
    Runtime,
    /// Its certificate.
    ContentRating,
    /// A genre of it.
    Genre,
    /// Somebody who directed it.
    Director,
    /// Somebody who wrote it.
    Writer,
    /// Somebody who produced it.
    Producer,
    /// Its director of photography.
    Cinematographer,
    /// Somebody who edited it.
    Editor,
    /// Somebody who composed its music.
    Composer,
    /// Somebody who acts in it.
    Cast,
    /// The character that somebody plays.
    Character,
    /// Somebody whom a picture shows.
    Depiction,
    /// Its identity at a film database.
    ExternalId,
}

/// The kind of place on a page that a statement stands in.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClaimSource {
    /// Data for machines: JSON-LD, microdata, hReview.
    StructuredData,
    /// A block of credits or facts.
    CreditBlock,
    /// The headline.
    Headline,
    /// The page's metadata.
    Metadata,
    /// A picture's caption.
    Caption,
    /// The running text.
    Prose,
    /// The page's address.
    Url,
}

/// Where a submission stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::SubmissionState")]
pub(crate) enum SubmissionState {
    /// Accepted, not yet taken by a worker.
    Queued,
    /// The site is being asked for the page.
    Fetching,
    /// The page is being read.
    Extracting,
    /// What it says is being joined to the graph.
    Resolving,
    /// To be tried again later.
    Waiting,
    /// Final: the page is in the graph.
    Succeeded,
    /// Final: the outcome says why it is not in the graph.
    Failed,
    /// Final: somebody called it off.
    Cancelled,
}

/// What a submission came to.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::SubmissionOutcome")]
pub(crate) enum SubmissionOutcome {
    /// A review that was not known is in the graph.
    Created,
    /// A known review has changed.
    Updated,
    /// A known review says what it said.
    Unchanged,
    /// The same text was known at another address.
    SyndicatedCopy,
    /// The page is not a review of one film.
    NotAReview,
    /// The site's robots.txt forbids it.
    RobotsDisallowed,
    /// The address lies where this server does not go.
    BlockedAddress,
    /// The site refuses us, or shows a login, consent or challenge page.
    BlockedBySite,
    /// The text stands behind a payment.
    Paywalled,
    /// The page is no more.
    Gone,
    /// Not a type, scheme or status that can be used.
    Unsupported,
    /// Over a bound of size, time or memory.
    TooLarge,
    /// Tried as often and as long as is sensible.
    GaveUp,
    /// Somebody called it off.
    Cancelled,
}

/// Which way a list is ordered.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderDirection {
    /// Smallest, earliest or first in the alphabet first.
    Asc,
    /// Largest, latest or last in the alphabet first.
    Desc,
}

/// What films are ordered by. Films of which it is not known come last.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilmOrderField {
    /// The title without accents, case and leading article.
    Title,
    /// The year of first release.
    Year,
    /// The mean of the critics' scores.
    Score,
    /// The number of independent reviews.
    ReviewCount,
}

/// What reviews are ordered by. Reviews of which it is not known come last.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReviewOrderField {
    /// The day it was published.
    PublishedOn,
    /// Its score.
    Score,
    /// When it was handed in.
    SubmittedAt,
}

/// What the caller of a mutation did wrong.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorCode {
    /// Not an absolute URL of a page.
    InvalidUrl,
    /// Neither http nor https.
    UnsupportedScheme,
    /// An address that this server does not go to.
    BlockedAddress,
    /// No such thing.
    NotFound,
    /// It cannot be done to a thing in this state.
    WrongState,
    /// More at once than is allowed.
    TooMany,
}
