//! Which identities at the databases are the film's, and which are its people's.

use std::collections::HashSet;

use crate::extraction::{ExternalId, ExternalSource, Field, PersonId};
use crate::folding::key;
use crate::statement::Statement;

/// The film's: the first of each database.
pub(super) fn of_film(statements: &mut [Statement]) -> Vec<ExternalId> {
    let mut ids: Vec<ExternalId> = Vec::new();
    for statement in identities(statements).filter(|one| one.subject.is_none()) {
        let Some((source, value)) = read(&statement.value) else { continue };
        let clashes = ids.iter().any(|known| known.source == source && known.value != value);
        statement.chosen = !clashes;
        let id = ExternalId { source, value };
        if !clashes && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Those of everybody whom the film's credits or a caption name: the first of each person and database. Somebody whom the
/// article only links to has none here. To be called when all else is chosen.
pub(super) fn of_people(statements: &mut [Statement]) -> Vec<PersonId> {
    let named: HashSet<String> = statements
        .iter()
        .filter(|one| one.chosen)
        .filter_map(|one| match one.field {
            Field::Depiction => one.subject.as_deref(),
            field if is_credit(field) => Some(one.value.as_str()),
            _ => None,
        })
        .map(key)
        .collect();
    let mut ids: Vec<(String, PersonId)> = Vec::new();
    for statement in identities(statements) {
        let (Some(name), Some((source, value))) = (statement.subject.clone(), read(&statement.value)) else { continue };
        let own = key(&name);
        let mut same = ids.iter().filter(|(known, id)| *known == own && id.source == source);
        let clashes = same.any(|(_, id)| id.value != value);
        // One identity is nobody else's.
        let is_taken = ids.iter().any(|(known, id)| *known != own && id.source == source && id.value == value);
        statement.chosen = named.contains(&own) && !clashes && !is_taken;
        let is_known = ids.iter().any(|(known, id)| *known == own && id.source == source);
        if statement.chosen && !is_known {
            ids.push((own, PersonId { name, source, value }));
        }
    }
    ids.into_iter().map(|(_, id)| id).collect()
}

fn identities(statements: &mut [Statement]) -> impl Iterator<Item = &mut Statement> {
    statements.iter_mut().filter(|one| one.field == Field::ExternalId)
}

fn is_credit(field: Field) -> bool {
    use Field::{Cast, Cinematographer, Composer, Director, Editor, Producer, Writer};
    matches!(field, Director | Writer | Producer | Cinematographer | Editor | Composer | Cast)
}

/// `SOURCE:value`.
fn read(written: &str) -> Option<(ExternalSource, String)> {
    let (source, value) = written.split_once(':')?;
    let source = match source {
        "IMDB" => ExternalSource::Imdb,
        "TMDB" => ExternalSource::Tmdb,
        "WIKIDATA" => ExternalSource::Wikidata,
        "LETTERBOXD" => ExternalSource::Letterboxd,
        "ROTTEN_TOMATOES" => ExternalSource::RottenTomatoes,
        "METACRITIC" => ExternalSource::Metacritic,
        _ => return None,
    };
    Some((source, value.to_owned()))
}
