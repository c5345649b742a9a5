//! Links from the article to people's pages at the databases: who is meant by a name.
//!
//! Knows the shapes of the databases' addresses and that the words of such a link are a name. Whether the film's credits
//! have that name is the merge's to ask.

use url::Url;

use crate::extraction::{ExternalSource, Field, Source};
use crate::names::is_person;
use crate::page::{MarkKind, Zone};
use crate::sources::Reading;
use crate::sources::links::source_name;
use crate::statement::Statement;

/// Longest identity taken: a slug is as long as a name.
const BYTES_MAX: usize = 120;

/// Links read of one page.
const LINKS_MAX: usize = 400;

/// The identity that an address is, if it is one of a person. An address at Wikidata may be anything's: the words beside it
/// tell.
pub(crate) fn person_id(link: &str) -> Option<(ExternalSource, String)> {
    let url = Url::parse(link).ok()?;
    let host = url.host_str()?.trim_start_matches("www.").trim_start_matches("m.").to_owned();
    let parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let numbered = |id: &str, prefix: &str| {
        let number = digits(id.strip_prefix(prefix)?);
        (!number.is_empty()).then(|| format!("{prefix}{number}"))
    };
    let (source, value) = match (host.as_str(), parts.as_slice()) {
        ("imdb.com" | "us.imdb.com", ["name", id, ..] | [_, "name", id, ..]) => {
            (ExternalSource::Imdb, numbered(id, "nm")?)
        }
        ("themoviedb.org", ["person", id, ..]) => (ExternalSource::Tmdb, digits(id)),
        ("wikidata.org", ["wiki" | "entity", id]) => (ExternalSource::Wikidata, numbered(id, "Q")?),
        ("letterboxd.com", [role, slug, ..]) if is_trade(role) => (ExternalSource::Letterboxd, (*slug).to_owned()),
        ("rottentomatoes.com", ["celebrity", slug, ..]) => (ExternalSource::RottenTomatoes, (*slug).to_owned()),
        ("metacritic.com", ["person", slug, ..]) => (ExternalSource::Metacritic, (*slug).to_owned()),
        _ => return None,
    };
    (!value.is_empty() && value.len() <= BYTES_MAX).then_some((source, value))
}

/// The folders under which Letterboxd has people; its others are films, lists and members.
fn is_trade(folder: &str) -> bool {
    matches!(
        folder,
        "actor" | "director" | "co-director" | "writer" | "producer" | "cinematography" | "editor" | "composer"
    )
}

/// Who is meant, said outright beside a name: what [`person_id`] makes of an address.
pub(crate) fn identity(name: &str, link: &str, source: Source) -> Option<Statement> {
    let (database, value) = person_id(link)?;
    Some(Statement::new(Field::ExternalId, format!("{}:{value}", source_name(database)), source).of(name))
}

/// Identities of the people whose names the article links.
pub(crate) fn read(reading: Reading<'_>) -> Vec<Statement> {
    let article =
        reading.page.blocks.iter().filter(|block| block.in_article && matches!(block.zone, Zone::Body | Zone::Aside));
    let links = article.flat_map(|block| &block.marks).filter_map(|mark| match &mark.kind {
        MarkKind::Link(link) => Some((mark, link)),
        _ => None,
    });
    links
        .take(LINKS_MAX)
        .filter_map(|(mark, link)| {
            let name = reading.page.quote(&mark.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let link = reading.page.absolute(link)?;
            let said = is_person(&name).then(|| identity(&name, &link, Source::Prose)).flatten()?;
            Some(said.at(mark.span.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_people_are_identities() {
        for (link, source, value) in [
            ("https://www.imdb.com/name/nm0123456/?ref_=x", ExternalSource::Imdb, "nm0123456"),
            ("https://m.imdb.com/de/name/nm0123456", ExternalSource::Imdb, "nm0123456"),
            ("https://www.themoviedb.org/person/603-some-name", ExternalSource::Tmdb, "603"),
            ("https://www.wikidata.org/wiki/Q4242", ExternalSource::Wikidata, "Q4242"),
            ("http://www.wikidata.org/entity/Q4242", ExternalSource::Wikidata, "Q4242"),
            ("https://letterboxd.com/director/some-name/", ExternalSource::Letterboxd, "some-name"),
            ("https://www.rottentomatoes.com/celebrity/some_name", ExternalSource::RottenTomatoes, "some_name"),
            ("https://www.metacritic.com/person/some-name/", ExternalSource::Metacritic, "some-name"),
        ] {
            assert_eq!(person_id(link), Some((source, value.to_owned())), "{link}");
        }
        for other in [
            "https://www.imdb.com/title/tt0000001/",
            "https://www.imdb.com/name/",
            "https://www.imdb.com/name/someone/",
            "https://letterboxd.com/film/some-name/",
            "https://letterboxd.com/someone/films/",
            "https://www.wikidata.org/wiki/Property:P31",
            "https://example.org/name/nm1",
            "not an address",
        ] {
            assert_eq!(person_id(other), None, "{other}");
        }
    }
}
