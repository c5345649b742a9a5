//! What the tallies of a film say of it: the served value of every fact, and its people.

use std::collections::BTreeMap;

use entity::CreditRole;
use entity::sort_key::fold;
use extract::Field;

use super::character;
use super::groups::{Groups, name_key_of};
use super::vote::{Tallied, Weight, heaviest, tally};

/// Members that a list serves at most: the first ones by weight.
const LIST_MAX: usize = 100;

/// A member of a list is served when it weighs at least one part in so many of the heaviest member: a director whom one
/// page misread is not served beside one whom ten pages name.
const LIST_SHARE: u64 = 4;

/// The databases whose identities are served, each with one.
pub const DATABASES: [&str; 6] = ["IMDB", "TMDB", "WIKIDATA", "LETTERBOXD", "ROTTEN_TOMATOES", "METACRITIC"];

/// A film as its reviews describe it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description {
    /// Empty only where no review that is counted says it.
    pub title: String,
    /// In the film's own language; never the same as the title.
    pub original_title: Option<String>,
    /// Year of first release.
    pub year: Option<i32>,
    /// ISO 8601.
    pub release_date: Option<String>,
    /// Whole minutes.
    pub runtime_minutes: Option<i32>,
    /// Certificate.
    pub content_rating: Option<String>,
    /// Heaviest first.
    pub genres: Vec<String>,
    /// `SOURCE:value`, one of each source.
    pub external_ids: Vec<String>,
    /// Everybody who made it, each once, by group key.
    pub people: Vec<FilmPerson>,
}

/// One person, as one film's reviews speak of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilmPerson {
    /// The least key among their names: names this person inside the film.
    pub group_key: String,
    /// Key → the heaviest spelling, and how many reviews print it: in that role, or as somebody in a picture, in which most do.
    pub names: BTreeMap<String, (String, u64)>,
    /// `SOURCE:value`, one of each source.
    pub external_ids: Vec<String>,
    /// What they did; empty for somebody who is only in a picture.
    pub credits: Vec<FilmCredit>,
}

/// What a person did on the film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilmCredit {
    /// The role.
    pub role: CreditRole,
    /// At its fullest; actors only.
    pub character: Option<String>,
    /// 1 is top billing.
    pub billing: Option<i32>,
    /// Place among the film's credits, from 1.
    pub position: i32,
}

/// The roles of the film that claims speak of, in the order in which credits are listed.
pub const ROLES: [(Field, CreditRole); 7] = [
    (Field::Cast, CreditRole::Actor),
    (Field::Director, CreditRole::Director),
    (Field::Writer, CreditRole::Writer),
    (Field::Producer, CreditRole::Producer),
    (Field::Cinematographer, CreditRole::Cinematographer),
    (Field::Editor, CreditRole::Editor),
    (Field::Composer, CreditRole::Composer),
];

/// Describes the film that the rows speak of.
pub fn describe(rows: &[Tallied], groups: &Groups) -> Description {
    let text = |field| served_text(rows, field);
    let number = |field| text(field).and_then(|value| value.parse().ok());
    let title = text(Field::Title).unwrap_or_default();
    let original_title =
        text(Field::OriginalTitle).filter(|original| fold(original) != fold(&title) || fold(original).is_empty());
    Description {
        original_title,
        year: number(Field::Year),
        release_date: text(Field::ReleaseDate),
        runtime_minutes: number(Field::Runtime),
        content_rating: text(Field::ContentRating),
        genres: genres(rows),
        external_ids: external_ids(rows, |subject| subject.is_empty()),
        people: people(rows, groups),
        title,
    }
}

/// The served value of a fact with one value: the heaviest folded form, in its heaviest spelling.
fn served_text(rows: &[Tallied], field: Field) -> Option<String> {
    let of_field = || rows.iter().filter(move |row| row.key.field == field);
    let members = tally(of_field(), |row| Some(row.key.value_key.as_str()));
    let chosen = *heaviest(&members)?;
    spelling(of_field().filter(|row| row.key.value_key == chosen))
}

/// The heaviest printed form of what some rows say.
pub fn spelling<'a>(rows: impl IntoIterator<Item = &'a Tallied>) -> Option<String> {
    heaviest(&tally(rows, |row| Some(row.value.as_str()))).map(|form| (*form).to_owned())
}

fn genres(rows: &[Tallied]) -> Vec<String> {
    let of_field = || rows.iter().filter(|row| row.key.field == Field::Genre);
    let members = tally(of_field(), |row| Some(row.key.value_key.as_str()).filter(|key| !key.is_empty()));
    let kept = kept(&members).into_iter();
    kept.filter_map(|member| spelling(of_field().filter(|row| row.key.value_key == member))).collect()
}

/// The identities of the film, or of the person whose names `is_subject` knows: the heaviest of each database.
fn external_ids(rows: &[Tallied], is_subject: impl Fn(&str) -> bool) -> Vec<String> {
    let ids = rows.iter().filter(|row| row.key.field == Field::ExternalId && is_subject(&row.key.subject_key));
    let mut of_source: BTreeMap<&str, BTreeMap<&str, Weight>> = BTreeMap::new();
    for (id, weight) in tally(ids, |row| Some(row.key.value_key.as_str())) {
        of_source.entry(source_of(id)).or_default().insert(id, weight);
    }
    let served = DATABASES.iter().filter_map(|source| heaviest(of_source.get(source)?));
    served.map(|id| (*id).to_owned()).collect()
}

/// The database of `SOURCE:value`.
pub fn source_of(external_id: &str) -> &str {
    external_id.split(':').next().unwrap_or_default()
}

/// The keys that are heavy enough to be served, heaviest first.
fn kept<'a>(members: &BTreeMap<&'a str, Weight>) -> Vec<&'a str> {
    let heaviest = members.values().map(|weight| weight.total).max().unwrap_or(0);
    let mut kept: Vec<(&'a str, Weight)> = members
        .iter()
        .filter(|(_, weight)| weight.total.saturating_mul(LIST_SHARE) >= heaviest)
        .map(|(member, weight)| (*member, *weight))
        .collect();
    kept.sort_by(|(one, one_weight), (other, other_weight)| other_weight.cmp(one_weight).then(one.cmp(other)));
    kept.into_iter().take(LIST_MAX).map(|(member, _)| member).collect()
}

/// Everybody who made the film: spellings of one person put together, bare surnames left out.
fn people(rows: &[Tallied], groups: &Groups) -> Vec<FilmPerson> {
    let spellings = spellings(rows);
    let mut people: BTreeMap<&str, FilmPerson> = BTreeMap::new();
    for (name_key, group_key) in groups.names() {
        let person = people
            .entry(group_key)
            .or_insert_with(|| FilmPerson { group_key: group_key.to_owned(), ..FilmPerson::default() });
        let Some(said) = spellings.get(name_key) else { continue };
        let form = heaviest(&said.forms).copied().unwrap_or_default().to_owned();
        let reviews = said.reviews.values().copied().max().unwrap_or(0);
        person.names.insert(name_key.to_owned(), (form, reviews));
    }
    for person in people.values_mut() {
        let names = person.names.clone();
        person.external_ids = external_ids(rows, |subject| names.contains_key(subject));
    }
    let mut position: i32 = 0;
    let characters = characters(rows, groups);
    for (field, role) in ROLES {
        let of_field = || rows.iter().filter(move |row| row.key.field == field);
        let members = tally(of_field(), |row| groups.of_key(&row.key.value_key));
        let listed = if role == CreditRole::Actor {
            by_billing(&members, of_field(), groups)
        } else {
            kept(&members).into_iter().map(|key| (key, None)).collect()
        };
        for (group_key, billing) in listed {
            position = position.saturating_add(1);
            let character = (role == CreditRole::Actor).then(|| characters.get(group_key)).flatten();
            let character = character.and_then(character::served).map(str::to_owned);
            if let Some(person) = people.get_mut(group_key) {
                person.credits.push(FilmCredit { role, character, billing, position });
            }
        }
    }
    people.into_values().collect()
}

/// How a name is printed.
#[derive(Default)]
struct Spelt<'a> {
    forms: BTreeMap<&'a str, Weight>,
    reviews: BTreeMap<Field, u64>,
}

/// Name key → how it is printed, wherever it is.
fn spellings(rows: &[Tallied]) -> BTreeMap<&str, Spelt<'_>> {
    let mut spellings: BTreeMap<&str, Spelt<'_>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.chosen) {
        if let Some(name_key) = name_key_of(row) {
            let spelt = spellings.entry(name_key).or_default();
            spelt.forms.entry(&row.value).or_default().add(row.weight());
            let reviews = spelt.reviews.entry(row.key.field).or_default();
            *reviews = reviews.saturating_add(row.reviews);
        }
    }
    spellings
}

/// The cast: those whom a credit block names, by their mean place there, then the others by weight.
fn by_billing<'a>(
    members: &BTreeMap<&'a str, Weight>,
    cast: impl Iterator<Item = &'a Tallied>,
    groups: &'a Groups,
) -> Vec<(&'a str, Option<i32>)> {
    let mut places: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in cast.filter(|row| row.chosen && row.billed > 0) {
        if let Some(group) = groups.of_key(&row.key.value_key) {
            let (sum, reviews) = places.entry(group).or_default();
            (*sum, *reviews) = (sum.saturating_add(row.billing_sum), reviews.saturating_add(row.billed));
        }
    }
    // Means are compared as whole numbers so that no rounding depends on the order of the sum.
    let mean = |group: &str| {
        let of_group = places.get(group);
        of_group.map_or(u64::MAX, |(sum, reviews)| sum.saturating_mul(1_000) / (*reviews).max(1))
    };
    let mut listed: Vec<(&'a str, Weight)> = members.iter().map(|(group, weight)| (*group, *weight)).collect();
    listed.sort_by(|(one, one_weight), (other, other_weight)| {
        mean(one).cmp(&mean(other)).then(other_weight.cmp(one_weight)).then(one.cmp(other))
    });
    let mut billing: i32 = 0;
    listed
        .into_iter()
        .map(|(group, _)| {
            let billed = places.contains_key(group);
            billing = billing.saturating_add(i32::from(billed));
            (group, billed.then_some(billing))
        })
        .collect()
}

/// Group → whom that person plays, in every printed form.
fn characters<'a>(rows: &'a [Tallied], groups: &'a Groups) -> BTreeMap<&'a str, BTreeMap<&'a str, Weight>> {
    let mut characters: BTreeMap<&str, BTreeMap<&str, Weight>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.key.field == Field::Character && row.chosen) {
        if let Some(group) = groups.whom(&row.key.subject_key) {
            characters.entry(group).or_default().entry(&row.value).or_default().add(row.weight());
        }
    }
    characters
}

#[cfg(test)]
mod tests {
    use extract::Source;

    use super::super::ballot::{Said, votes};
    use super::*;

    /// What one review says, and whether it stands by it.
    fn rows(said: &[(Field, &str, bool)]) -> Vec<Tallied> {
        let claim = |(field, value, chosen): &(Field, &str, bool)| Said {
            claim: 0,
            field: *field,
            subject: None,
            value: (*value).to_owned(),
            source: Source::CreditBlock,
            chosen: *chosen,
            billing: None,
        };
        let claims: Vec<Said> = said.iter().map(claim).collect();
        let tallied = |vote: super::super::ballot::Vote| Tallied {
            statement: 0,
            key: vote.key,
            subject: vote.subject,
            value: vote.value,
            source: vote.source,
            chosen: vote.chosen,
            reviews: 1,
            billed: 0,
            billing_sum: 0,
        };
        votes(&claims).into_iter().map(tallied).collect()
    }

    #[test]
    fn what_is_said_of_a_second_film_on_the_page_reaches_neither_facts_nor_people() {
        let rows = rows(&[
            (Field::Title, "Harbour", true),
            (Field::Title, "Night Ferry", false),
            (Field::Runtime, "98", true),
            (Field::Runtime, "121", false),
            (Field::Director, "Ada Lund", true),
            (Field::Director, "Bo Marsh", false),
            (Field::Cast, "Eva Strand", true),
            (Field::Cast, "Per Holm", false),
        ]);
        let film = describe(&rows, &Groups::of(&rows));
        assert_eq!((film.title.as_str(), film.runtime_minutes), ("Harbour", Some(98)));
        let people: Vec<&str> = film.people.iter().map(|person| person.group_key.as_str()).collect();
        assert_eq!(people, ["ada lund", "eva strand"]);
    }
}
