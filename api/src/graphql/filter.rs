//! Filters and orders, as clients write them, and as the reading layer takes them.

use async_graphql::{Context, Error, ID, InputObject};

use super::connection::loader;
use super::error::bad_input;
use super::id::{Kind, refuse_too_many};
use super::scalar::Date;
use super::vocabulary::{FilmOrderField, OrderDirection, ReviewOrderField};
use crate::read::Redirect;
use crate::read::film::{self, FilmList};
use crate::read::list::Real;
use crate::read::loader::RedirectKey;
use crate::read::review::{self, ReviewList, ReviewsOf};

/// Characters of a text to filter by at most: longer than any title or name.
const FILTER_CHARACTERS_MAX: usize = 500;

/// Whole numbers between two bounds, both included.
#[derive(InputObject)]
pub(crate) struct IntRange {
    /// The smallest.
    gte: Option<i32>,
    /// The largest.
    lte: Option<i32>,
}

/// Numbers between two bounds, both included.
#[derive(InputObject)]
pub(crate) struct FloatRange {
    /// The smallest.
    gte: Option<f64>,
    /// The largest.
    lte: Option<f64>,
}

/// Days between two bounds, both included.
#[derive(InputObject)]
pub(crate) struct DateRange {
    /// The first day.
    gte: Option<Date>,
    /// The last day.
    lte: Option<Date>,
}

/// Which films: those that meet every condition given.
#[derive(InputObject)]
pub(crate) struct FilmFilter {
    /// The title begins with this; accents, case and a leading article do not matter.
    title: Option<String>,
    /// Year of first release.
    year: Option<IntRange>,
    /// Has this genre.
    genre: Option<String>,
    /// Directed by any of these people.
    directed_by: Option<Vec<ID>>,
    /// Any of these people act in it.
    starring: Option<Vec<ID>>,
    /// Any of these critics reviewed it.
    reviewed_by: Option<Vec<ID>>,
    /// Mean of the critics' scores, 0 to 100.
    score: Option<FloatRange>,
}

/// How films are ordered.
#[derive(InputObject)]
pub(crate) struct FilmOrder {
    /// By what.
    field: FilmOrderField,
    /// Which way.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// Which reviews: those that meet every condition given.
#[derive(InputObject)]
pub(crate) struct ReviewFilter {
    /// Written by any of these people.
    critic: Option<Vec<ID>>,
    /// Published by any of these outlets.
    outlet: Option<Vec<ID>>,
    /// In any of these languages, BCP 47.
    language: Option<Vec<String>>,
    /// Published on a day in this range.
    published_on: Option<DateRange>,
    /// With a score in this range, 0 to 100.
    score: Option<FloatRange>,
}

/// How reviews are ordered.
#[derive(InputObject)]
pub(crate) struct ReviewOrder {
    /// By what.
    field: ReviewOrderField,
    /// Which way.
    #[graphql(default_with = "OrderDirection::Desc")]
    direction: OrderDirection,
}

/// The list of films that a client asks for.
pub(crate) async fn film_list(
    context: &Context<'_>,
    filter: Option<FilmFilter>,
    order: Option<FilmOrder>,
) -> Result<FilmList, Error> {
    let filter = match filter {
        Some(filter) => film::FilmFilter {
            title: filter.title.map(|title| text("title", title)).transpose()?,
            year_from: filter.year.as_ref().and_then(|year| year.gte),
            year_to: filter.year.as_ref().and_then(|year| year.lte),
            genre: filter.genre.map(|genre| text("genre", genre)).transpose()?,
            directed_by: people(context, filter.directed_by).await?,
            starring: people(context, filter.starring).await?,
            reviewed_by: people(context, filter.reviewed_by).await?,
            score_from: filter.score.as_ref().and_then(|score| score.gte).map(Real),
            score_to: filter.score.as_ref().and_then(|score| score.lte).map(Real),
        },
        None => film::FilmFilter::default(),
    };
    let field = match order.as_ref().map(|order| order.field) {
        None | Some(FilmOrderField::Title) => film::FilmOrderField::Title,
        Some(FilmOrderField::Year) => film::FilmOrderField::Year,
        Some(FilmOrderField::Score) => film::FilmOrderField::Score,
        Some(FilmOrderField::ReviewCount) => film::FilmOrderField::ReviewCount,
    };
    let descending = order.is_some_and(|order| order.direction == OrderDirection::Desc);
    Ok(FilmList { filter, field, descending })
}

/// The list of reviews that a client asks for.
pub(crate) async fn review_list(
    context: &Context<'_>,
    of: ReviewsOf,
    filter: Option<ReviewFilter>,
    order: Option<ReviewOrder>,
) -> Result<ReviewList, Error> {
    let filter = match filter {
        Some(filter) => {
            let (published, score) = (filter.published_on, filter.score);
            let (published_from, published_to) = published.map_or((None, None), |days| (days.gte, days.lte));
            review::ReviewFilter {
                critic: people(context, filter.critic).await?,
                outlet: filter.outlet.map(|ids| Kind::Outlet.numbers(&ids)).transpose()?,
                language: filter.language.map(languages).transpose()?,
                published_from: published_from.map(|date| date.0),
                published_to: published_to.map(|date| date.0),
                score_from: score.as_ref().and_then(|score| score.gte).map(Real),
                score_to: score.as_ref().and_then(|score| score.lte).map(Real),
            }
        }
        None => review::ReviewFilter::default(),
    };
    let field = match order.as_ref().map(|order| order.field) {
        None | Some(ReviewOrderField::PublishedOn) => review::ReviewOrderField::PublishedOn,
        Some(ReviewOrderField::Score) => review::ReviewOrderField::Score,
        Some(ReviewOrderField::SubmittedAt) => review::ReviewOrderField::SubmittedAt,
    };
    let descending = order.is_none_or(|order| order.direction == OrderDirection::Desc);
    Ok(ReviewList { of, filter, field, descending })
}

/// A text to filter by.
pub(crate) fn text(name: &str, value: String) -> Result<String, Error> {
    let characters = value.chars().count();
    if characters > FILTER_CHARACTERS_MAX {
        let message = format!("`{name}` is {characters} characters long; give at most {FILTER_CHARACTERS_MAX}");
        return Err(bad_input(message));
    }
    Ok(value)
}

/// Row numbers of people, with the ids that were merged led to where they went.
async fn people(context: &Context<'_>, ids: Option<Vec<ID>>) -> Result<Option<Vec<i64>>, Error> {
    let Some(ids) = ids else {
        return Ok(None);
    };
    let mut people = Kind::Person.numbers(&ids)?;
    let keys = people.iter().map(|id| RedirectKey(Redirect::Person, *id));
    let redirects = loader(context)?.load_many(keys).await?;
    for person in &mut people {
        if let Some(target) = redirects.get(&RedirectKey(Redirect::Person, *person)) {
            *person = *target;
        }
    }
    Ok(Some(people))
}

fn languages(tags: Vec<String>) -> Result<Vec<String>, Error> {
    refuse_too_many(tags.len())?;
    let is_tag = |tag: &String| !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match tags.iter().find(|tag| !is_tag(tag)) {
        Some(wrong) => {
            let shown: String = wrong.chars().take(40).collect();
            Err(bad_input(format!("{shown:?} is not a language tag such as \"en\" or \"pt-BR\"")))
        }
        None => Ok(tags),
    }
}
