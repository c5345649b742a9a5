//! What the claims of a film's reviews say of it: the served value of every fact, and the names of its people.

use std::collections::{BTreeMap, BTreeSet};

use entity::CreditRole;
use entity::sort_key::{fold, name_key};
use extract::Field;

use super::vote::{Statement, Weight, heaviest, tally};
use super::{character, names};

/// Members that a list serves at most: the first ones by weight.
const LIST_MAX: usize = 100;

/// A member of a list is served when it weighs at least one part in so many of the heaviest member: a director whom one
/// page misread is not served beside one whom ten pages name.
const LIST_SHARE: u32 = 4;

/// A film as its claims describe it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description {
    /// Never empty: a review without a title is no review of a film.
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
    /// `(SOURCE, value)`, sorted.
    pub external_ids: Vec<(String, String)>,
    /// Everybody who made it, each once.
    pub people: Vec<FilmPerson>,
}

/// One person, as one film's reviews speak of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilmPerson {
    /// The least key among their names: names this person inside the film.
    pub group_key: String,
    /// Key → the spelling that most reviews print, and how many print it.
    pub names: BTreeMap<String, (String, u32)>,
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
const ROLES: [(Field, CreditRole); 7] = [
    (Field::Cast, CreditRole::Actor),
    (Field::Director, CreditRole::Director),
    (Field::Writer, CreditRole::Writer),
    (Field::Producer, CreditRole::Producer),
    (Field::Cinematographer, CreditRole::Cinematographer),
    (Field::Editor, CreditRole::Editor),
    (Field::Composer, CreditRole::Composer),
];

/// Describes the film that `statements` speak of.
pub fn describe(statements: &[Statement]) -> Description {
    let text = |field| served_text(statements, field);
    let number = |field| text(field).and_then(|value| value.parse().ok());
    let title = text(Field::Title).unwrap_or_default();
    let original_title =
        text(Field::OriginalTitle).filter(|original| fold(original) != fold(&title) || original.is_empty());
    let genres = served_list(statements, Field::Genre, fold);
    let mut external_ids: Vec<(String, String)> = Vec::new();
    for source in ["IMDB", "TMDB", "WIKIDATA", "LETTERBOXD", "ROTTEN_TOMATOES", "METACRITIC"] {
        let of_source = statements.iter().filter(|statement| {
            statement.field == Field::ExternalId && statement.value.split(':').next() == Some(source)
        });
        let votes = tally(of_source, |statement| Some(statement.value.clone()));
        if let Some((source, value)) = heaviest(&votes).and_then(|id| id.split_once(':')) {
            external_ids.push((source.to_owned(), value.to_owned()));
        }
    }
    Description {
        title,
        original_title,
        year: number(Field::Year),
        release_date: text(Field::ReleaseDate),
        runtime_minutes: number(Field::Runtime),
        content_rating: text(Field::ContentRating),
        genres,
        external_ids,
        people: people(statements),
    }
}

/// The served value of a fact with one value: the heaviest folded form, in its heaviest spelling.
fn served_text(statements: &[Statement], field: Field) -> Option<String> {
    let of_field = || statements.iter().filter(move |statement| statement.field == field);
    let key = |statement: &Statement| folded_or_same(&statement.value);
    let chosen = heaviest(&tally(of_field(), |statement| Some(key(statement))))?.clone();
    let spellings =
        tally(of_field().filter(|statement| key(statement) == chosen), |statement| Some(statement.value.clone()));
    heaviest(&spellings).cloned()
}

/// Text that folds to nothing (signs alone) stands for itself.
fn folded_or_same(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { text.to_owned() } else { folded }
}

/// The served members of a list, heaviest first.
fn served_list(statements: &[Statement], field: Field, key: impl Fn(&str) -> String) -> Vec<String> {
    let of_field = || statements.iter().filter(move |statement| statement.field == field);
    let members = tally(of_field(), |statement| Some(key(&statement.value)));
    kept(&members)
        .into_iter()
        .filter_map(|member| {
            let spellings = tally(of_field().filter(|statement| key(&statement.value) == member), |statement| {
                Some(statement.value.clone())
            });
            heaviest(&spellings).cloned()
        })
        .collect()
}

/// The keys that are heavy enough to be served, heaviest first.
fn kept(members: &BTreeMap<String, Weight>) -> Vec<String> {
    let heaviest = members.values().map(|weight| weight.total).max().unwrap_or(0);
    let mut kept: Vec<(&String, &Weight)> =
        members.iter().filter(|(_, weight)| weight.total * LIST_SHARE >= heaviest).collect();
    kept.sort_by(|(one, one_weight), (other, other_weight)| other_weight.cmp(one_weight).then(one.cmp(other)));
    kept.into_iter().take(LIST_MAX).map(|(member, _)| member.clone()).collect()
}

/// Everybody who made the film: spellings of one person put together, bare surnames left out.
fn people(statements: &[Statement]) -> Vec<FilmPerson> {
    let groups = Groups::of(statements);
    let mut people: BTreeMap<String, FilmPerson> = BTreeMap::new();
    let mut position = 0;
    for (field, role) in ROLES {
        let key =
            |statement: &Statement| (statement.field == field).then(|| groups.of_name(&statement.value)).flatten();
        let members = tally(statements, key);
        let listed = if role == CreditRole::Actor {
            by_billing(&members, statements, &groups)
        } else {
            unbilled(kept(&members))
        };
        for (group_key, billing) in listed {
            position += 1;
            let character =
                if role == CreditRole::Actor { character_of(&group_key, statements, &groups) } else { None };
            let person = people.entry(group_key.clone()).or_insert_with(|| FilmPerson {
                names: groups.spellings(&group_key, statements),
                group_key,
                credits: Vec::new(),
            });
            person.credits.push(FilmCredit { role, character, billing, position });
        }
    }
    for group_key in groups.group_of.values() {
        people.entry(group_key.clone()).or_insert_with(|| FilmPerson {
            names: groups.spellings(group_key, statements),
            group_key: group_key.clone(),
            credits: Vec::new(),
        });
    }
    people.into_values().collect()
}

fn unbilled(keys: Vec<String>) -> Vec<(String, Option<i32>)> {
    keys.into_iter().map(|key| (key, None)).collect()
}

/// The cast: those whom a credit block names, by their mean place there, then the others by weight.
fn by_billing(
    members: &BTreeMap<String, Weight>,
    statements: &[Statement],
    groups: &Groups,
) -> Vec<(String, Option<i32>)> {
    let mut places: BTreeMap<String, BTreeMap<i64, i32>> = BTreeMap::new();
    for statement in statements.iter().filter(|statement| statement.field == Field::Cast && statement.chosen) {
        if let (Some(billing), Some(group)) = (statement.billing, groups.of_name(&statement.value)) {
            let place = places.entry(group).or_default().entry(statement.review).or_insert(billing);
            *place = (*place).min(billing);
        }
    }
    // Means are compared as whole numbers so that no rounding depends on the order of the sum.
    let mean = |group: &String| {
        places.get(group).map(|of_reviews| {
            let sum: i64 = of_reviews.values().map(|place| i64::from(*place)).sum();
            sum * 1_000 / i64::try_from(of_reviews.len()).unwrap_or(1).max(1)
        })
    };
    let mut listed: Vec<(&String, &Weight)> = members.iter().collect();
    listed.sort_by(|(one, one_weight), (other, other_weight)| {
        mean(one)
            .unwrap_or(i64::MAX)
            .cmp(&mean(other).unwrap_or(i64::MAX))
            .then(other_weight.cmp(one_weight))
            .then(one.cmp(other))
    });
    let mut billing = 0;
    listed
        .into_iter()
        .map(|(group, _)| {
            let billed = places.contains_key(group);
            billing += i32::from(billed);
            (group.clone(), billed.then_some(billing))
        })
        .collect()
}

/// Whom an actor plays, by all that is said of it.
fn character_of(group_key: &str, statements: &[Statement], groups: &Groups) -> Option<String> {
    let forms = tally(statements, |statement| {
        let subject = statement.subject.as_deref().filter(|_| statement.field == Field::Character)?;
        (groups.of_name(subject)?.as_str() == group_key).then(|| statement.value.clone())
    });
    character::served(&forms).cloned()
}

/// Which names inside one film are one person.
#[derive(Debug, Default)]
struct Groups {
    group_of: BTreeMap<String, String>,
}

impl Groups {
    fn of(statements: &[Statement]) -> Self {
        let named = statements.iter().filter(|statement| statement.chosen).filter_map(person_named);
        let all: BTreeSet<String> = named.map(name_key).filter(|key| !key.is_empty()).collect();
        let full: Vec<&String> = all.iter().filter(|key| !names::is_part_of(key, &all)).collect();
        let characters = characters_by_name(statements);
        let mut group_of: BTreeMap<String, String> = BTreeMap::new();
        for key in &full {
            // In alphabetical order, so that the least key of a group is the one that is met first.
            let earlier = full.iter().take_while(|other| other != &key).find(|other| {
                names::near_equal(other, key) && share_character(characters.get(**other), characters.get(*key))
            });
            let group = earlier.and_then(|other| group_of.get(*other)).unwrap_or(key).clone();
            group_of.insert((*key).clone(), group);
        }
        Self { group_of }
    }

    fn of_name(&self, name: &str) -> Option<String> {
        self.group_of.get(&name_key(name)).cloned()
    }

    fn spellings(&self, group_key: &str, statements: &[Statement]) -> BTreeMap<String, (String, u32)> {
        let mut spellings = BTreeMap::new();
        for key in self.group_of.iter().filter(|(_, group)| *group == group_key).map(|(key, _)| key) {
            let printed =
                |said: &Statement| person_named(said).filter(|name| &name_key(name) == key).map(str::to_owned);
            let reviews =
                tally(statements, |said| printed(said).map(|_| ())).get(&()).map_or(0, |weight| weight.reviews);
            if let Some(form) = heaviest(&tally(statements, printed)) {
                spellings.insert(key.clone(), (form.clone(), reviews));
            }
        }
        spellings
    }
}

/// The person that a statement names: who has a credit, or who is in a picture.
fn person_named(statement: &Statement) -> Option<&str> {
    match statement.field {
        Field::Depiction => statement.subject.as_deref(),
        field => ROLES.iter().any(|(of_role, _)| *of_role == field).then_some(statement.value.as_str()),
    }
}

/// Name key → the characters that it is said to play.
fn characters_by_name(statements: &[Statement]) -> BTreeMap<String, BTreeSet<String>> {
    let mut characters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for statement in statements.iter().filter(|statement| statement.field == Field::Character && statement.chosen) {
        if let Some(subject) = &statement.subject {
            characters.entry(name_key(subject)).or_default().insert(statement.value.clone());
        }
    }
    characters
}

fn share_character(one: Option<&BTreeSet<String>>, other: Option<&BTreeSet<String>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            one.iter().any(|form| other.iter().any(|other| character::same_character(form, other)))
        }
        _ => false,
    }
}
