//! Whether a page is one review of one film, and if not, why.
//!
//! Weighs what the page says of itself; knows no site. Walls come first: what stands behind one cannot be judged. Then
//! every sign has its points (`signs`), and other works, which are reviewed in the same words as films, their own
//! (`leaning`). Words are data; this file holds what they weigh.

mod counts;
mod entries;
mod filing;
mod others;
mod several;
mod signs;
mod speech;
mod walls;
mod watched;

use crate::extraction::{Field, Reason, Source};
use crate::folding::key;
use crate::page::Page;
use crate::sources::credit_block::Labelled;
use crate::sources::metadata::Metadata;
use crate::sources::structured::Structured;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{is_known_film, is_known_series};

use counts::Counts;

/// Text of an article shown to the counters.
const SAMPLE_BYTES_MAX: usize = 12_000;

/// The points from which a page is a film's review.
const REVIEW_POINTS_MIN: i32 = 5;

/// The leaning from which a page is about a work that is no film.
const OTHER_LEANING_MIN: i32 = 4;

/// Words of one kind of work from which a text tells what it is about, whatever the page is filed under.
const MENTIONS_TELLING: i32 = 10;

/// Works that are reviewed on the same sites and in the same words as films.
const OTHER_WORKS: [&str; 6] = ["series", "book", "game", "music", "theatre", "product"];

/// What is judged.
pub(crate) struct Evidenced<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its head.
    pub head: &'a Metadata,
    /// Its language.
    pub language: &'a str,
    /// Its headline.
    pub headline: &'a str,
    /// The headline's element, when it is visible.
    pub headline_node: Option<dom_query::NodeId>,
    /// `<title>`.
    pub page_title: &'a str,
    /// `<title>` without the site's name, where the host spells it.
    pub own_title: &'a str,
    /// Whether the headline says that it is a review.
    pub says_review: bool,
    /// The review's paragraphs.
    pub body: &'a str,
    /// Structured data.
    pub structured: &'a Structured,
    /// Everything said.
    pub statements: &'a [Statement],
    /// Labelled values.
    pub labelled: &'a [Labelled],
    /// Whether the critic rates.
    pub is_rated: bool,
    /// How sure the title is.
    pub title_confidence: i32,
    /// Whether the text calls it a film in so many words.
    pub is_called_film: bool,
    /// Whether what stands for the title is a person's name that the text never sets apart as a work.
    pub is_titled_after_person: bool,
    /// The film's title, where one was found.
    pub title: Option<&'a str>,
}

/// `None` for a film's review, else why it is none.
pub(crate) fn judge(of: &Evidenced<'_>) -> Option<Reason> {
    if of.page.text.trim().is_empty() {
        return Some(Reason::Empty);
    }
    if let Some(wall) = walls::wall(of) {
        return Some(wall);
    }
    let counts = Counts::of(of);
    if is_of_other_work(of, &counts) {
        return Some(Reason::OtherWork);
    }
    if !speaks_of_films(of, &counts) || signs::points(of, &counts) < REVIEW_POINTS_MIN {
        return Some(Reason::NotAReview);
    }
    if several::several_films(of) {
        return Some(Reason::SeveralFilms);
    }
    if of.title.is_none() {
        return Some(Reason::NoFilm);
    }
    None
}

/// How strongly a page leans to one kind of work: what its headline says counts, what it is filed under, and of which
/// kind its text speaks most.
fn leaning(of: &Evidenced<'_>, counts: &Counts, kind: &str) -> i32 {
    let is_film = kind == "film";
    let (top, filed) = if is_film { ("film_category", "film_category") } else { (kind, kind) };
    let episode = kind == "series" && signs::names_episode(&format!("{} {}", of.headline, of.page_title));
    let most = OTHER_WORKS.iter().filter(|other| **other != kind).map(|other| counts.density(other)).max();
    let rival = if is_film { most.unwrap_or(0) } else { counts.own_density("film") };
    let speaks_most = counts.own_density(kind) > rival && counts.in_text(kind) >= 2;
    // Titles hold such words too (`game`, `stage`): then the text does not go on about it.
    let holds = is_film || counts.is_short() || counts.density(kind).saturating_mul(4) >= rival;
    let mut leaning = 0;
    leaning += if holds && counts.at_top(top) > 0 { 4 } else { 0 };
    leaning += if holds && counts.filed(filed) > 0 { 3 } else { 0 };
    leaning += if is_film && says(of, Field::Director, Source::Headline) { 3 } else { 0 };
    leaning += if speaks_most { 2 } else { 0 };
    // A tag may be the column's; a text that goes on and on about one kind of work is about one.
    leaning += if speaks_most && counts.in_text(kind) >= MENTIONS_TELLING { 2 } else { 0 };
    leaning += if episode { 5 } else { 0 };
    leaning += if kind == "series" && is_of_known_series(of) { 5 } else { 0 };
    // `It has 12 episodes of 20 minutes`, where the text speaks of episodes more than of films.
    leaning += if kind == "series" && speaks_most && counts.counts_episodes { 3 } else { 0 };
    // `Title (miniseries)`: a bracket says outright what the title is of.
    leaning += if !is_film && counts.in_brackets(kind) { 6 } else { 0 };
    leaning + (counts.density(kind) / 15).min(3)
}

/// Whether the title, or what the headline begins with, is a well-known series'.
fn is_of_known_series(of: &Evidenced<'_>) -> bool {
    let begins = of.headline.split([':', '–', '—', '|', '(']).next().unwrap_or_default();
    // `Cowboy Bebop: The Movie` is none.
    let begins = Some(begins).filter(|begins| of.title.is_none_or(|title| title.len() <= begins.len()));
    of.title.into_iter().chain(begins).any(|title| is_known_series(&key(title)))
}

/// Whether the page reviews something that is no film.
fn is_of_other_work(of: &Evidenced<'_>, counts: &Counts) -> bool {
    if of.structured.is_of_film {
        return false;
    }
    let film = leaning(of, counts, "film");
    let other = OTHER_WORKS.iter().map(|kind| leaning(of, counts, kind)).max().unwrap_or(0);
    of.structured.is_of_other_work
        || other >= OTHER_LEANING_MIN && other > film
        || film == 0 && is_hardly_of_film(of, counts)
}

/// Whether nothing but a word or two speaks of a film, and as many speak of another work: `the book is better than the film`.
fn is_hardly_of_film(of: &Evidenced<'_>, counts: &Counts) -> bool {
    const DENSITY_MAX: i32 = 11;
    let (films, others) =
        (counts.in_text("film"), OTHER_WORKS.iter().map(|kind| counts.in_text(kind)).max().unwrap_or(0));
    let has_director = says(of, Field::Director, Source::Prose);
    others > 0 && others >= films && counts.density("film") <= DENSITY_MAX && !has_director
}

/// Whether anything on the page speaks of a film.
fn speaks_of_films(of: &Evidenced<'_>, counts: &Counts) -> bool {
    of.structured.is_of_film
        || of.title.is_some_and(|title| is_known_film(&key(title)))
        || counts.at_top("film") + counts.at_top("film_category") > 0
        || counts.filed("film_category") > 0
        || counts.in_text("film") > 0
        || says(of, Field::Director, Source::Headline)
        || says(of, Field::Character, Source::Prose)
        || says(of, Field::Genre, Source::Prose)
}

/// Whether a field is stated by a source at least this weighty.
fn says(of: &Evidenced<'_>, field: Field, least: Source) -> bool {
    of.statements.iter().any(|one| one.field == field && one.source <= least && one.certainty > Certainty::Weak)
}
