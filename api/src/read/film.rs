//! Films: their rows, the list of all of them, and their small lists.

use entity::sort_key;
use sea_orm::DbErr;

use super::asked::Columns;
use super::list::{KeyKind, List, Order, Real, Row, Source};
use super::sql::Sql;

/// A film with what critics make of it.
#[derive(Debug)]
pub(crate) struct FilmRow {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) original_title: Option<String>,
    pub(crate) year: Option<i32>,
    pub(crate) release_date: Option<String>,
    pub(crate) runtime_minutes: Option<i32>,
    pub(crate) content_rating: Option<String>,
    pub(crate) review_count: i32,
    pub(crate) rated_count: i32,
    pub(crate) score_mean: Option<f64>,
    pub(crate) score_median: Option<f64>,
    pub(crate) score_spread: Option<f64>,
    /// Ten counts, a JSON array.
    pub(crate) score_histogram: String,
}

impl Row for FilmRow {
    const TABLE: &'static str = "film";
    const ID: &'static str = "film.id";
    const COLUMNS: &'static [&'static str] = &["film.id"];
    const ASKED: &'static [(&'static str, &'static str)] = &[
        ("title", "film.title"),
        ("original_title", "film.original_title"),
        ("year", "film.year"),
        ("release_date", "film.release_date"),
        ("runtime_minutes", "film.runtime_minutes"),
        ("content_rating", "film.content_rating"),
        ("review_count", "film.review_count"),
        ("rated_count", "film.rated_count"),
        ("score_mean", "film.score_mean"),
        ("score_median", "film.score_median"),
        ("score_spread", "film.score_spread"),
        ("score_histogram", "film.score_histogram"),
    ];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.take()?,
            title: columns.asked()?,
            original_title: columns.asked()?,
            year: columns.asked()?,
            release_date: columns.asked()?,
            runtime_minutes: columns.asked()?,
            content_rating: columns.asked()?,
            review_count: columns.asked()?,
            rated_count: columns.asked()?,
            score_mean: columns.asked()?,
            score_median: columns.asked()?,
            score_spread: columns.asked()?,
            score_histogram: columns.asked()?,
        })
    }
}

/// What films are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FilmOrderField {
    Title,
    Year,
    Score,
    ReviewCount,
}

/// Which films. A condition that is absent holds for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct FilmFilter {
    /// The title begins with this.
    pub(crate) title: Option<String>,
    pub(crate) year_from: Option<i32>,
    pub(crate) year_to: Option<i32>,
    pub(crate) genre: Option<String>,
    /// Any of these persons directed it; the same for the other two.
    pub(crate) directed_by: Option<Vec<i64>>,
    pub(crate) starring: Option<Vec<i64>>,
    pub(crate) reviewed_by: Option<Vec<i64>>,
    pub(crate) score_from: Option<Real>,
    pub(crate) score_to: Option<Real>,
}

/// All films that pass a filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FilmList {
    pub(crate) filter: FilmFilter,
    pub(crate) field: FilmOrderField,
    pub(crate) descending: bool,
}

impl List for FilmList {
    type Row = FilmRow;

    fn source(&self) -> Source {
        Source { from: "film", parent: None, id: "film.id" }
    }

    fn order(&self) -> Order {
        // The expressions are those of the indexes, to the letter: unknown years and scores come last either way.
        let (name, key, kind) = match (self.field, self.descending) {
            (FilmOrderField::Title, false) => ("films.title", "film.title_sort", KeyKind::Text),
            (FilmOrderField::Title, true) => ("films.title.desc", "film.title_sort", KeyKind::Text),
            (FilmOrderField::Year, false) => ("films.year", "coalesce(film.year, 100000)", KeyKind::Integer),
            (FilmOrderField::Year, true) => ("films.year.desc", "coalesce(film.year, -100000)", KeyKind::Integer),
            (FilmOrderField::Score, false) => ("films.score", "coalesce(film.score_mean, 1000)", KeyKind::Real),
            (FilmOrderField::Score, true) => ("films.score.desc", "coalesce(film.score_mean, -1)", KeyKind::Real),
            (FilmOrderField::ReviewCount, false) => ("films.reviews", "film.review_count", KeyKind::Integer),
            (FilmOrderField::ReviewCount, true) => ("films.reviews.desc", "film.review_count", KeyKind::Integer),
        };
        Order { name, key, kind, descending: self.descending }
    }

    fn conditions(&self, sql: &mut Sql) -> Vec<String> {
        let filter = &self.filter;
        let mut conditions = Vec::new();
        if let Some(title) = &filter.title {
            conditions.extend(begins_with(sql, "film.title_sort", &sort_key::title_sort(title)));
        }
        if let Some(year) = filter.year_from {
            conditions.push(format!("film.year >= {}", sql.bind(year)));
        }
        if let Some(year) = filter.year_to {
            conditions.push(format!("film.year <= {}", sql.bind(year)));
        }
        if let Some(Real(score)) = filter.score_from {
            conditions.push(format!("film.score_mean >= {}", sql.bind(score)));
        }
        if let Some(Real(score)) = filter.score_to {
            conditions.push(format!("film.score_mean <= {}", sql.bind(score)));
        }
        if let Some(genre) = &filter.genre {
            let genre = sql.bind(sort_key::fold(genre));
            conditions.push(format!(
                "exists (select 1 from film_genre where film_genre.film_id = film.id and film_genre.name_key = {genre})"
            ));
        }
        for (role, people) in [("DIRECTOR", &filter.directed_by), ("ACTOR", &filter.starring)] {
            if let Some(people) = people {
                let among = sql.among("credit.person_id", people);
                conditions.push(format!(
                    "exists (select 1 from credit where credit.film_id = film.id and credit.role = '{role}' and {among})"
                ));
            }
        }
        if let Some(critics) = &filter.reviewed_by {
            let among = sql.among("review.critic_id", critics);
            conditions.push(format!("exists (select 1 from review where review.film_id = film.id and {among})"));
        }
        conditions
    }
}

/// Conditions that a folded column begins with `prefix`, as a range so that the column's index serves.
pub(crate) fn begins_with(sql: &mut Sql, column: &str, prefix: &str) -> Vec<String> {
    if prefix.is_empty() {
        return Vec::new();
    }
    // The last character of all: nothing that begins with the prefix sorts after it.
    let end = format!("{prefix}{}", char::MAX);
    vec![format!("{column} >= {}", sql.bind(prefix)), format!("{column} < {}", sql.bind(end))]
}

/// A text of its own: a genre, a name.
#[derive(Debug)]
pub(crate) struct GenreRow(pub(crate) String);

impl Row for GenreRow {
    const TABLE: &'static str = "film_genre";
    const ID: &'static str = "film_genre.film_id";
    const COLUMNS: &'static [&'static str] = &["film_genre.name"];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self(columns.take()?))
    }
}

/// A film's genres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GenresOfFilm;

impl List for GenresOfFilm {
    type Row = GenreRow;

    fn source(&self) -> Source {
        Source { from: "film_genre", parent: Some("film_genre.film_id"), id: "film_genre.position" }
    }

    fn order(&self) -> Order {
        let key = "film_genre.position";
        Order { name: "film.genres", key, kind: KeyKind::Integer, descending: false }
    }
}

/// An identity at a film database.
#[derive(Debug)]
pub(crate) struct ExternalIdRow {
    pub(crate) source: String,
    pub(crate) value: String,
}

impl Row for ExternalIdRow {
    const TABLE: &'static str = "film_external_id";
    const ID: &'static str = "film_external_id.film_id";
    // Read from either table, by the name that both lists give it.
    const COLUMNS: &'static [&'static str] = &["external.source", "external.value"];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self { source: columns.take()?, value: columns.take()? })
    }
}

/// Identities of a film, or of a person, by source and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ExternalIdsOf {
    Film,
    Person,
}

impl List for ExternalIdsOf {
    type Row = ExternalIdRow;

    fn source(&self) -> Source {
        let (from, parent) = match self {
            Self::Film => ("film_external_id as external", "external.film_id"),
            Self::Person => ("person_external_id as external", "external.person_id"),
        };
        Source { from, parent: Some(parent), id: parent }
    }

    fn order(&self) -> Order {
        let key = "(external.source || ':' || external.value)$C";
        Order { name: "external", key, kind: KeyKind::Text, descending: false }
    }
}

/// An id that was.
#[derive(Debug)]
pub(crate) struct FormerIdRow(pub(crate) i64);

impl Row for FormerIdRow {
    const TABLE: &'static str = "film_redirect";
    const ID: &'static str = "film_redirect.former_id";
    const COLUMNS: &'static [&'static str] = &["redirect.former_id"];

    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self(columns.take()?))
    }
}

/// The ids that were merged into a film, or into a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FormerIdsOf {
    Film,
    Person,
}

impl List for FormerIdsOf {
    type Row = FormerIdRow;

    fn source(&self) -> Source {
        let (from, parent) = match self {
            Self::Film => ("film_redirect as redirect", "redirect.film_id"),
            Self::Person => ("person_redirect as redirect", "redirect.person_id"),
        };
        Source { from, parent: Some(parent), id: "redirect.former_id" }
    }

    fn order(&self) -> Order {
        Order { name: "former", key: "redirect.former_id", kind: KeyKind::Integer, descending: false }
    }
}
