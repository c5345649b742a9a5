//! The one type that leaves this crate, and its parts. Only data: no reading of pages happens here.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Byte offsets into [`Extraction::text`]; both ends lie on character boundaries.
pub type Span = Range<usize>;

/// Everything that one page says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extraction {
    /// The address that was read, after redirects.
    pub url: String,
    /// The page's own canonical link, absolute, when it names one. Unchecked: whether it may speak for this
    /// address is for the caller to judge.
    pub canonical_url: Option<String>,
    /// Whether the page is one review of one film. When false, `film`, `review` and `captions` may still hold what
    /// was seen on the way.
    pub is_film_review: bool,
    /// Why it is no film review; `None` exactly when `is_film_review`.
    pub reason: Option<Reason>,
    /// The film that the review is of.
    pub film: FilmFacts,
    /// The review itself.
    pub review: ReviewFacts,
    /// Pictures with a caption, in page order, each caption once.
    pub captions: Vec<Caption>,
    /// The page's visible text, which every [`Evidence::span`] points into. Blocks are separated by newlines.
    pub text: String,
    /// Every statement found, those that the merge did not choose included.
    pub evidence: Vec<Evidence>,
}

/// Why a page is not taken for a film review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// No text at all.
    Empty,
    /// Not HTML, or not text.
    NotHtml,
    /// Over a bound of size or nesting.
    TooLarge,
    /// The text stands behind a payment.
    Paywall,
    /// A page that asks the reader to sign in.
    Login,
    /// A page that asks for consent instead of showing its text.
    Consent,
    /// A bot check.
    Challenge,
    /// An error page sent with a success status ("page not found").
    ErrorPage,
    /// A review, of a series, book, game, record, play, product.
    OtherWork,
    /// About films, but news, an interview, a list, a trailer, an obituary, an essay.
    NotAReview,
    /// A review of something whose title cannot be told.
    NoFilm,
    /// Several films share the page equally.
    SeveralFilms,
}

/// What the page says of the film. Values are the ones that the merge chose.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilmFacts {
    /// Title as the page's own language prints it.
    pub title: Option<String>,
    /// Title in the film's own language, where the page gives both.
    pub original_title: Option<String>,
    /// Year of first release.
    pub year: Option<i32>,
    /// Whole minutes.
    pub runtime_minutes: Option<u32>,
    /// Certificate's code as the field writes it: `G`, `PG`, `PG-13`, `R`, `NC-17`, `NR`, `12A`, `15`, `18`, …
    pub content_rating: Option<String>,
    /// English or the page's own names, title case, most telling first.
    pub genres: Vec<String>,
    /// ISO 8601 calendar date.
    pub release_date: Option<String>,
    /// Display names, in the page's order.
    pub directors: Vec<String>,
    /// Display names, in the page's order.
    pub writers: Vec<String>,
    /// Producers, cinematographers, editors, composers. Directors, writers and actors stand in their own fields.
    pub credits: Vec<Credit>,
    /// In billing order where the page gives one.
    pub cast: Vec<CastMember>,
    /// Identities at the film databases, from links and structured data about this film.
    pub external_ids: Vec<ExternalId>,
    /// Identities of the people named above or in captions, from links on their names and structured data: one a person and
    /// database.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub person_ids: Vec<PersonId>,
}

/// Who is meant by a name, at a database.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonId {
    /// The name as the page prints it beside the identity.
    pub name: String,
    /// Whose identity it is.
    pub source: ExternalSource,
    /// As that database writes it: `nm0123456`, `603`, `Q83495`, a slug.
    pub value: String,
}

/// A person behind the camera.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Credit {
    /// Display name.
    pub name: String,
    /// What they did.
    pub role: CreditRole,
}

/// What somebody did on a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the field's own")]
pub enum CreditRole {
    Actor,
    Director,
    Writer,
    Producer,
    Cinematographer,
    Editor,
    Composer,
}

/// A person in front of the camera.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CastMember {
    /// Display name.
    pub name: String,
    /// The character's name at its fullest on this page.
    pub character: Option<String>,
    /// Whether the place in `cast` is a billing order (a credit block or structured data listed this person).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub billed: bool,
}

/// An identity at a film database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExternalId {
    /// Whose identity it is.
    pub source: ExternalSource,
    /// As that database writes it: `tt0123456`, `603`, `Q83495`, a slug.
    pub value: String,
}

/// A database of films and their people that pages link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the databases' own")]
pub enum ExternalSource {
    Imdb,
    Tmdb,
    Wikidata,
    Letterboxd,
    RottenTomatoes,
    Metacritic,
}

/// What the page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewFacts {
    /// Headline, without the site's name.
    pub headline: Option<String>,
    /// The line under the headline.
    pub dek: Option<String>,
    /// The critic's display name.
    pub author: Option<String>,
    /// What the page says of the critic.
    pub author_bio: Option<String>,
    /// The critic's own site, absolute.
    pub author_bio_link: Option<String>,
    /// Name of the site or publication.
    pub outlet: Option<String>,
    /// ISO 8601 calendar date, in the page's own offset.
    pub published: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The review's paragraphs, separated by blank lines, without captions, credit blocks and the page's furniture.
    pub body: Option<String>,
    /// The critic's rating. Flattened in JSON as `rating_original`, `rating_value`, … and `score_100`, ….
    #[serde(flatten)]
    pub rating: Rating,
}

/// A rating as printed, and on 0–100 where its scale is known. All `None` where the page rates nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rating {
    /// The words or signs: `4 stars out of 5`, `B+`, `★★★½`.
    #[serde(rename = "rating_original")]
    pub as_printed: Option<String>,
    /// The number given; `None` for letters and thumbs.
    #[serde(rename = "rating_value")]
    pub value: Option<f64>,
    /// The best that the scale allows; `None` where the page does not say.
    #[serde(rename = "rating_best")]
    pub best: Option<f64>,
    /// The scale.
    #[serde(rename = "rating_scale")]
    pub scale: Option<RatingScale>,
    /// 0 to 100.
    #[serde(rename = "score_100")]
    pub score: Option<f64>,
    /// 0 to 100: half a step down.
    pub score_low: Option<f64>,
    /// 0 to 100: half a step up.
    pub score_high: Option<f64>,
}

/// How a rating is expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it: what is counted, and how many are best")]
pub enum RatingScale {
    #[serde(rename = "STARS_4")]
    Stars4,
    #[serde(rename = "STARS_5")]
    Stars5,
    #[serde(rename = "STARS_6")]
    Stars6,
    #[serde(rename = "STARS_10")]
    Stars10,
    #[serde(rename = "POINTS_5")]
    Points5,
    #[serde(rename = "POINTS_10")]
    Points10,
    #[serde(rename = "POINTS_20")]
    Points20,
    #[serde(rename = "POINTS_100")]
    Points100,
    Letter,
    Thumbs,
    Other,
}

/// A picture's caption.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caption {
    /// The caption without its credit.
    pub text: String,
    /// Who the picture is credited to.
    pub credit: Option<String>,
    /// The picture, absolute.
    pub image_url: Option<String>,
    /// Who is in it, in the caption's order.
    pub people: Vec<CaptionPerson>,
}

/// A person that a caption names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaptionPerson {
    /// The person's display name.
    pub name: String,
    /// The character as this caption prints it.
    pub character: Option<String>,
    /// Where in the picture.
    pub place: Option<FramePlace>,
}

/// A place in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum FramePlace {
    Left,
    Center,
    Right,
    Top,
    Bottom,
    Front,
    Back,
}

/// One statement: a field, what was said, where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is about.
    pub field: Field,
    /// The person of a [`Field::Character`] or [`Field::Depiction`] statement, as named in `cast` or in the caption, or of a
    /// [`Field::ExternalId`] that is a person's.
    pub subject: Option<String>,
    /// The value as [`FilmFacts`] or [`ReviewFacts`] would print it: minutes, ISO dates, display names. External ids
    /// are `SOURCE:value`; the value of a depiction is the caption's text.
    pub value: String,
    /// The kind of place it stands in.
    pub source: Source,
    /// Where in [`Extraction::text`]; `None` where it stands in the page's metadata.
    pub span: Option<Span>,
    /// Whether the merge chose it, so that the value stands in the extraction itself.
    pub chosen: bool,
}

/// What a statement is about. The first part are the film's, the rest the review's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are those of the fields in `FilmFacts` and `ReviewFacts`")]
pub enum Field {
    Title,
    OriginalTitle,
    Year,
    ReleaseDate,
    Runtime,
    ContentRating,
    Genre,
    Director,
    Writer,
    Producer,
    Cinematographer,
    Editor,
    Composer,
    Cast,
    Character,
    Depiction,
    ExternalId,
    Headline,
    Dek,
    Author,
    AuthorBio,
    AuthorBioLink,
    Outlet,
    Published,
    Language,
    Rating,
}

/// The kind of place that a statement stands in, weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Source {
    StructuredData,
    CreditBlock,
    Headline,
    Metadata,
    Caption,
    Prose,
    Url,
}
