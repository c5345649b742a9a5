//! Identities at film databases, and the pages that they stand for.

use async_graphql::{Context, Error, Object};

use super::connection::few;
use super::scalar::Url;
use super::vocabulary::{ExternalSource, parse};
use crate::read::film::ExternalIdsOf;

/// What an identity is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Film,
    Person,
}

/// An identity at a film database.
#[derive(Debug)]
pub(crate) struct ExternalId {
    of: Of,
    source: ExternalSource,
    value: String,
}

/// An identity at a film database.
#[Object]
impl ExternalId {
    /// Which database.
    async fn source(&self) -> ExternalSource {
        self.source
    }

    /// The identity, as that database writes it.
    async fn value(&self) -> &str {
        &self.value
    }

    /// Its page there; null where the database has no address for it.
    async fn url(&self) -> Option<Url> {
        self.page().map(Url)
    }
}

impl ExternalId {
    fn page(&self) -> Option<String> {
        let value = self.value.as_str();
        // Whatever a page claimed must not become another path or host.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if value.is_empty() || !value.split('/').all(|part| !part.is_empty() && part.chars().all(plain) && part != "..")
        {
            return None;
        }
        let film = self.of == Of::Film;
        Some(match self.source {
            ExternalSource::Imdb if film => format!("https://www.imdb.com/title/{value}/"),
            ExternalSource::Imdb => format!("https://www.imdb.com/name/{value}/"),
            ExternalSource::Tmdb if film => format!("https://www.themoviedb.org/movie/{value}"),
            ExternalSource::Tmdb => format!("https://www.themoviedb.org/person/{value}"),
            ExternalSource::Wikidata => format!("https://www.wikidata.org/wiki/{value}"),
            ExternalSource::Letterboxd if film => format!("https://letterboxd.com/film/{value}/"),
            ExternalSource::RottenTomatoes if film => format!("https://www.rottentomatoes.com/m/{value}"),
            ExternalSource::RottenTomatoes => format!("https://www.rottentomatoes.com/celebrity/{value}"),
            ExternalSource::Metacritic if film => format!("https://www.metacritic.com/movie/{value}/"),
            ExternalSource::Metacritic => format!("https://www.metacritic.com/person/{value}/"),
            // A person's page there is under what they did, which the identity does not say.
            ExternalSource::Letterboxd => return None,
        })
    }
}

/// The page that a film's identity stands for; none where the database is not known, or has no address for it.
pub fn film_page(source: &str, value: &str) -> Option<String> {
    ExternalId { of: Of::Film, source: parse(source).ok()?, value: value.to_owned() }.page()
}

/// The page that a person's identity stands for; none where the database is not known, or has no address for it.
pub fn person_page(source: &str, value: &str) -> Option<String> {
    ExternalId { of: Of::Person, source: parse(source).ok()?, value: value.to_owned() }.page()
}

/// Identities of a film or a person.
pub(crate) async fn external_ids(context: &Context<'_>, of: Of, id: i64) -> Result<Vec<ExternalId>, Error> {
    let list = match of {
        Of::Film => ExternalIdsOf::Film,
        Of::Person => ExternalIdsOf::Person,
    };
    let rows = few(context, id, list).await?;
    let read = rows.iter().map(|row| Ok(ExternalId { of, source: parse(&row.source)?, value: row.value.clone() }));
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(of: Of, source: ExternalSource, value: &str) -> Option<String> {
        ExternalId { of, source, value: value.to_owned() }.page()
    }

    #[test]
    fn an_identity_has_a_page() {
        let film = page(Of::Film, ExternalSource::Imdb, "tt0000001");
        assert_eq!(film.as_deref(), Some("https://www.imdb.com/title/tt0000001/"));
        let person = page(Of::Person, ExternalSource::Tmdb, "17");
        assert_eq!(person.as_deref(), Some("https://www.themoviedb.org/person/17"));
    }

    #[test]
    fn a_value_that_would_lead_elsewhere_has_none() {
        for value in ["", "../x", "a/../b", "//evil.example", "a?b", "a b", "a#b"] {
            assert_eq!(page(Of::Film, ExternalSource::Letterboxd, value), None, "{value}");
        }
    }
}
