//! Which statement is served for each field, and why: the only place that chooses.
//!
//! The order of sources is the field's own: what is stated outright (structured data, credit blocks) before the headline,
//! the headline before prose. Within a source the surer statement wins, then the one said more often, then the first.

mod characters;
mod identities;
mod people;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::extraction::{Evidence, Field, FilmFacts, Rating, ReviewFacts, Source, Span};
use crate::folding::{key, title_key};
use crate::names::is_person;
use crate::page::Page;
use crate::sources::rating::Candidate;
use crate::statement::{Certainty, Statement};

/// Rating candidates weaker than this are figures of speech.
const RATING_WEIGHT_MIN: i32 = 4;

/// Most genres served.
const GENRES_MAX: usize = 8;

/// Statements weighed: a page with more says nothing in particular.
const STATEMENTS_MAX: usize = 6_000;

/// Everything said, and how it is to be weighed.
pub(crate) struct Said {
    /// All statements of all sources.
    pub statements: Vec<Statement>,
    /// Ratings, best first.
    pub ratings: Vec<Candidate>,
    /// How sure the headline's title is.
    pub title_confidence: i32,
}

/// What was chosen.
pub(crate) struct Merged {
    /// The film.
    pub film: FilmFacts,
    /// The review, without headline-independent parts that are no statements (body, language).
    pub review: ReviewFacts,
    /// Every statement.
    pub evidence: Vec<Evidence>,
}

/// Chooses.
pub(crate) fn merge(page: &Page, language: &str, mut said: Said) -> Merged {
    said.statements.truncate(STATEMENTS_MAX);
    let confidence = said.title_confidence;
    let statements = &mut said.statements;
    set_critics_apart(statements);
    people::complete(statements);
    let title = choose(statements, Field::Title, |one| title_rank(one, confidence));
    let original_title = choose(statements, Field::OriginalTitle, fact_rank)
        .filter(|original| title.as_ref().is_none_or(|title| title_key(original) != title_key(title)));
    let mut film = FilmFacts {
        year: choose(statements, Field::Year, fact_rank).and_then(|year| year.parse().ok()),
        runtime_minutes: choose(statements, Field::Runtime, fact_rank).and_then(|minutes| minutes.parse().ok()),
        content_rating: choose(statements, Field::ContentRating, fact_rank),
        release_date: choose(statements, Field::ReleaseDate, fact_rank),
        genres: genres(statements),
        directors: people::crew(page, statements, Field::Director),
        writers: people::crew(page, statements, Field::Writer),
        external_ids: identities::of_film(statements),
        title,
        original_title,
        ..FilmFacts::default()
    };
    film.credits = people::credits(page, statements);
    film.cast = people::cast(page, statements, &film.directors, film.title.as_deref());
    characters::assign(page, language, statements, &mut film);
    let mut review = ReviewFacts {
        headline: choose(statements, Field::Headline, visible_rank),
        dek: choose(statements, Field::Dek, visible_rank),
        author_bio: choose(statements, Field::AuthorBio, visible_rank),
        author_bio_link: choose(statements, Field::AuthorBioLink, visible_rank),
        outlet: None,
        published: published(statements),
        rating: Rating::default(),
        ..ReviewFacts::default()
    };
    review.outlet = outlet(statements);
    review.author = author(statements, review.outlet.as_deref());
    let mut evidence_of_rating = Vec::new();
    review.rating = rating(&said.ratings, &mut evidence_of_rating);
    choose_all(statements, Field::Depiction);
    film.person_ids = identities::of_people(statements);
    let mut evidence: Vec<Evidence> = said.statements.into_iter().map(evidence).collect();
    evidence.extend(evidence_of_rating);
    Merged { film, review, evidence }
}

fn evidence(statement: Statement) -> Evidence {
    Evidence {
        field: statement.field,
        subject: statement.subject,
        value: statement.value,
        source: statement.source,
        span: statement.span,
        chosen: statement.chosen,
    }
}

/// The weight of a source for facts of the film: higher is better.
fn source_rank(source: Source) -> i32 {
    match source {
        Source::StructuredData => 60,
        Source::CreditBlock => 50,
        Source::Headline => 40,
        Source::Metadata => 30,
        Source::Caption => 20,
        Source::Prose => 10,
        Source::Url => 0,
    }
}

fn certainty_rank(certainty: Certainty) -> i32 {
    match certainty {
        Certainty::Weak => -100,
        Certainty::Plain => 0,
        Certainty::Sure => 3,
    }
}

fn fact_rank(statement: &Statement) -> Option<i32> {
    // Several fields are worse guessed than left open.
    let guess = statement.certainty == Certainty::Weak
        && matches!(statement.field, Field::Year | Field::ReleaseDate | Field::ContentRating | Field::OriginalTitle);
    (!guess).then(|| source_rank(statement.source) + certainty_rank(statement.certainty))
}

/// The headline's title wins over a stated one only where it is sure: credits name the film in so many words.
fn title_rank(statement: &Statement, confidence: i32) -> Option<i32> {
    Some(
        match statement.source {
            Source::StructuredData => 60,
            Source::CreditBlock => 40,
            Source::Headline if confidence >= 8 => 50,
            Source::Headline => 30,
            other => source_rank(other) / 2,
        } + certainty_rank(statement.certainty),
    )
}

/// What the reader sees before what machines are told.
fn visible_rank(statement: &Statement) -> Option<i32> {
    Some(
        match statement.source {
            Source::Headline | Source::CreditBlock => 60,
            Source::StructuredData => 40,
            Source::Metadata => 30,
            _ => 10,
        } + certainty_rank(statement.certainty),
    )
}

/// Dates that machines are told carry their offset; printed ones may be of the last change.
fn date_rank(statement: &Statement) -> Option<i32> {
    Some(
        match statement.source {
            Source::StructuredData => 60,
            Source::Metadata => 50,
            Source::Headline => 40,
            Source::Url => 30,
            _ => 10,
        } + certainty_rank(statement.certainty),
    )
}

/// Chooses the best value of a field, and marks every statement that says it.
fn choose(statements: &mut [Statement], field: Field, rank: impl Fn(&Statement) -> Option<i32>) -> Option<String> {
    let mut said: HashMap<&str, usize> = HashMap::new();
    for statement in statements.iter().filter(|one| one.field == field) {
        let count = said.entry(statement.value.as_str()).or_default();
        *count = count.saturating_add(1);
    }
    let mut best: Option<(i32, usize, &Statement)> = None;
    for statement in statements.iter().filter(|one| one.field == field) {
        let Some(rank) = rank(statement) else { continue };
        let times = said.get(statement.value.as_str()).copied().unwrap_or(0);
        if best.is_none_or(|(known, most, _)| (rank, times) > (known, most)) {
            best = Some((rank, times, statement));
        }
    }
    let value = best.map(|(_, _, statement)| statement.value.clone())?;
    mark(statements, field, &value);
    Some(value)
}

fn mark(statements: &mut [Statement], field: Field, value: &str) {
    for statement in statements.iter_mut().filter(|one| one.field == field && one.value == value) {
        statement.chosen = true;
    }
}

fn choose_all(statements: &mut [Statement], field: Field) {
    for statement in statements.iter_mut().filter(|one| one.field == field) {
        statement.chosen = true;
    }
}

/// The date. What machines are told in universal time may be a day off the printed one, which then wins.
fn published(statements: &mut [Statement]) -> Option<String> {
    let told = choose(statements, Field::Published, date_rank)?;
    let day = told.parse::<NaiveDate>().ok()?;
    let printed = statements
        .iter()
        .filter(|one| one.field == Field::Published && one.source == Source::Headline)
        .filter_map(|one| one.value.parse::<NaiveDate>().ok())
        .collect::<Vec<_>>();
    let neighbour = printed.iter().find(|other| other.signed_duration_since(day).num_days().abs() == 1);
    let Some(neighbour) = neighbour.filter(|_| !printed.contains(&day)) else { return Some(told) };
    let value = neighbour.format("%Y-%m-%d").to_string();
    for statement in statements.iter_mut().filter(|one| one.field == Field::Published) {
        statement.chosen = statement.value == value;
    }
    Some(value)
}

/// Genres of the best source that has any.
fn genres(statements: &mut [Statement]) -> Vec<String> {
    let best = statements
        .iter()
        .filter(|one| one.field == Field::Genre)
        .filter_map(|one| Some((fact_rank(one)? / 10, one.source)))
        .max_by_key(|(rank, _)| *rank);
    let Some((_, source)) = best else { return Vec::new() };
    let mut genres: Vec<String> = Vec::new();
    for statement in statements.iter_mut().filter(|one| one.field == Field::Genre && one.source == source) {
        if genres.len() < GENRES_MAX && !genres.iter().any(|known| key(known) == key(&statement.value)) {
            genres.push(statement.value.clone());
        }
        statement.chosen = genres.contains(&statement.value);
    }
    // `Romance Drama` beside `Romance` and `Drama` is both run together.
    let single: HashSet<String> = genres.iter().map(|genre| key(genre)).collect();
    genres.retain(|genre| {
        let words = key(genre);
        let mut halves = words.match_indices(' ').map(|(at, _)| (words.get(..at), words.get(at.saturating_add(1)..)));
        !halves.any(|(first, second)| {
            first.is_some_and(|a| single.contains(a)) && second.is_some_and(|b| single.contains(b))
        })
    });
    genres
}

fn outlet(statements: &mut [Statement]) -> Option<String> {
    choose(statements, Field::Outlet, |one| {
        Some(
            match one.source {
                Source::Metadata => 60,
                Source::StructuredData => 50,
                Source::Headline => 40,
                _ => 10,
            } + certainty_rank(one.certainty),
        )
    })
}

/// Takes the critic out of the film's crew: `Written by Ada Berg` under a headline signs the review, where the page's head says
/// that she wrote it.
fn set_critics_apart(statements: &mut Vec<Statement>) {
    let is_declared = |one: &&Statement| matches!(one.source, Source::StructuredData | Source::Metadata);
    let critics: HashSet<String> = statements
        .iter()
        .filter(|one| one.field == Field::Author)
        .filter(is_declared)
        .map(|one| key(&one.value))
        .collect();
    // Who signs together is told in one stretch, and who signs on a day is sure.
    let signed: Vec<Span> = statements
        .iter()
        .filter(|one| one.field == Field::Author && one.source == Source::Headline)
        .filter(|one| one.value.contains([',', '&']) || one.certainty == Certainty::Sure)
        .filter_map(|one| one.span.clone())
        .collect();
    let signs = |one: &Statement| {
        let span = one.span.as_ref();
        span.is_some_and(|span| signed.iter().any(|signed| signed.start <= span.start && span.end <= signed.end))
    };
    statements.retain(|one| {
        !matches!(one.field, Field::Director | Field::Writer)
            || one.source == Source::StructuredData
            || !critics.contains(&key(&one.value)) && !signs(one)
    });
}

/// The critic. A person before the site's own name: templates sign everything with the site, the text names the critic.
/// The very words that say who wrote or directed the film (`Written by Ada Berg`) sign no review.
fn author(statements: &mut [Statement], outlet: Option<&str>) -> Option<String> {
    // Accounts are named after their site without its spaces.
    let squeezed = |name: &str| key(name).replace(' ', "");
    let outlet_key = outlet.map(squeezed).unwrap_or_default();
    let credited: HashSet<usize> = statements
        .iter()
        .filter(|one| matches!(one.field, Field::Director | Field::Writer) && one.chosen)
        .filter_map(|one| one.span.as_ref().map(|span| span.start))
        .collect();
    choose(statements, Field::Author, |one| {
        let own = squeezed(&one.value);
        let is_short_of_site = !is_person(&one.value) && outlet_key.starts_with(&own);
        let is_site = !outlet_key.is_empty() && (own == outlet_key || is_short_of_site);
        let rank = match (one.source, one.certainty) {
            (Source::CreditBlock, Certainty::Sure) => 80,
            (Source::StructuredData, _) => 60,
            (Source::Headline, _) => 55,
            (Source::CreditBlock, _) => 50,
            (Source::Metadata, _) => 45,
            (Source::Prose, _) => 40,
            _ => 10,
        };
        let is_crew = one.span.as_ref().is_some_and(|span| credited.contains(&span.start));
        (!is_crew)
            .then_some(rank - if is_site { 40 } else { 0 } - if one.certainty == Certainty::Weak { 12 } else { 0 })
    })
}

fn rating(candidates: &[Candidate], evidence: &mut Vec<Evidence>) -> Rating {
    let best = candidates
        .iter()
        .filter(|one| one.weight >= RATING_WEIGHT_MIN)
        .max_by(|a, b| a.weight.cmp(&b.weight).then(std::cmp::Ordering::Greater));
    // A bare row of stars takes its scale from where the same value states one.
    let chosen = best.map(|best| {
        let stated = candidates.iter().find(|other| {
            best.rating.best.is_none()
                && other.rating.best.is_some()
                && other.rating.value == best.rating.value
                && other.weight >= RATING_WEIGHT_MIN
        });
        stated.unwrap_or(best)
    });
    for candidate in candidates {
        evidence.push(Evidence {
            field: Field::Rating,
            subject: None,
            value: candidate.rating.as_printed.clone().unwrap_or_default(),
            source: candidate.source,
            span: candidate.span.clone(),
            chosen: chosen == Some(candidate),
        });
    }
    chosen.map(|candidate| candidate.rating.clone()).unwrap_or_default()
}
