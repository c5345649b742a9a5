//! Links from the article to the film's page at a database.
//!
//! Knows the shapes of the databases' addresses, which is what makes an identity of a link.

use std::collections::BTreeMap;

use url::Url;

use crate::extraction::{ExternalSource, Field, Source};
use crate::folding::{key, title_key};
use crate::page::{MarkKind, Zone};
use crate::sources::Reading;
use crate::statement::Statement;

/// The identity that an address is, if it is one of a film.
pub(crate) fn external_id(link: &str) -> Option<(ExternalSource, String)> {
    let url = Url::parse(link).ok()?;
    let host = url.host_str()?.trim_start_matches("www.").trim_start_matches("m.").to_owned();
    let parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    let leading_digits = |part: &str| part.chars().take_while(char::is_ascii_digit).collect::<String>();
    let (source, value) = match (host.as_str(), parts.as_slice()) {
        ("imdb.com" | "us.imdb.com", ["title", id, ..] | [_, "title", id, ..]) if id.starts_with("tt") => {
            (ExternalSource::Imdb, (*id).to_owned())
        }
        ("themoviedb.org", ["movie", id, ..]) => (ExternalSource::Tmdb, leading_digits(id)),
        ("wikidata.org", ["wiki", id]) if id.starts_with('Q') => (ExternalSource::Wikidata, (*id).to_owned()),
        ("letterboxd.com", ["film", slug, ..]) => (ExternalSource::Letterboxd, (*slug).to_owned()),
        ("rottentomatoes.com", ["m", slug, ..]) => (ExternalSource::RottenTomatoes, (*slug).to_owned()),
        ("metacritic.com", ["movie", slug, ..]) => (ExternalSource::Metacritic, (*slug).to_owned()),
        _ => return None,
    };
    (!value.is_empty() && value.len() <= 120).then_some((source, value))
}

/// The name under which evidence writes a database.
pub(crate) fn source_name(source: ExternalSource) -> &'static str {
    match source {
        ExternalSource::Imdb => "IMDB",
        ExternalSource::Tmdb => "TMDB",
        ExternalSource::Wikidata => "WIKIDATA",
        ExternalSource::Letterboxd => "LETTERBOXD",
        ExternalSource::RottenTomatoes => "ROTTEN_TOMATOES",
        ExternalSource::Metacritic => "METACRITIC",
    }
}

/// Identities linked from the article. One whose link's words or slug are the film's title is the film's; without such,
/// a database linked once, from no title's words, is the film's too.
pub(crate) fn read(reading: Reading<'_>, titles: &[String]) -> Vec<Statement> {
    let title_keys: Vec<String> =
        titles.iter().map(|title| title_key(title)).filter(|title| !title.is_empty()).collect();
    let mut by_source: BTreeMap<ExternalSource, Vec<(String, Statement, bool, bool)>> = BTreeMap::new();
    for block in
        reading.page.blocks.iter().filter(|block| block.in_article && matches!(block.zone, Zone::Body | Zone::Aside))
    {
        for mark in &block.marks {
            let MarkKind::Link(link) = &mark.kind else { continue };
            let Some((source, value)) = reading.page.absolute(link).as_deref().and_then(external_id) else { continue };
            let words = reading.page.quote(&mark.span);
            let says_title = title_keys.contains(&title_key(words));
            let slug_is_title =
                title_keys.iter().any(|title| key(&value.replace(['_', '-'], " ")).starts_with(title.as_str()));
            let is_other_title = !says_title && key(words).split(' ').count() > 0 && !is_generic(words);
            let statement =
                Statement::new(Field::ExternalId, format!("{}:{value}", source_name(source)), Source::CreditBlock)
                    .at(mark.span.clone());
            by_source.entry(source).or_default().push((value, statement, says_title || slug_is_title, is_other_title));
        }
    }
    by_source
        .into_values()
        .filter_map(|found| {
            let sure = found.iter().find(|(_, _, sure, _)| *sure);
            let distinct: std::collections::BTreeSet<&String> = found.iter().map(|(value, ..)| value).collect();
            let only = found.first().filter(|(_, _, _, other)| distinct.len() == 1 && !other);
            sure.or(only).map(|(_, statement, ..)| statement.clone())
        })
        .collect()
}

/// Whether a link's words name the database or what to do there rather than a work.
fn is_generic(words: &str) -> bool {
    let key = key(words);
    key.len() <= 4
        || [
            "imdb",
            "tmdb",
            "letterboxd",
            "rotten tomatoes",
            "metacritic",
            "wikidata",
            "moviedb",
            "info",
            "link",
            "here",
            "page",
        ]
        .iter()
        .any(|name| key.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_films_are_identities() {
        assert_eq!(
            external_id("https://www.imdb.com/title/tt0123456/?ref_=x"),
            Some((ExternalSource::Imdb, "tt0123456".to_owned()))
        );
        assert_eq!(
            external_id("https://www.themoviedb.org/movie/603-the-name"),
            Some((ExternalSource::Tmdb, "603".to_owned()))
        );
        assert_eq!(
            external_id("https://letterboxd.com/film/some-name/"),
            Some((ExternalSource::Letterboxd, "some-name".to_owned()))
        );
        for other in
            ["https://www.imdb.com/name/nm0000001/", "https://letterboxd.com/someone/", "https://example.org/title/tt1"]
        {
            assert_eq!(external_id(other), None, "{other}");
        }
    }
}
