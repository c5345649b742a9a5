//! Facts: for each statement about a film, which served value it agrees with or departs from, and how many reviews do.
//!
//! Nothing is chosen here: what is served stands in the description.

use std::collections::BTreeMap;

use entity::sort_key::{fold, title_keys};
use extract::Field;

use super::ballot::is_person;
use super::character::same_character;
use super::describe::{Description, FilmPerson, ROLES, source_of, spelling};
use super::groups::Groups;
use super::vote::{Tallied, Weight};

/// A statement, and the fact that it is a value of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stated {
    /// The statement's row number.
    pub statement: i64,
    /// Its heaviest printed form.
    pub value: String,
    /// Names the fact within its field; `None` where the film serves nothing for it.
    pub member_key: Option<String>,
    /// The person that the fact names, or is about, by their key inside the film.
    pub group_key: Option<String>,
    /// Whether it is the served value. The rest speaks of the fact then, and is 0 otherwise.
    pub chosen: bool,
    /// Place among the film's facts, from 1.
    pub position: u64,
    /// Independent reviews that state the fact and agree.
    pub agreeing: u64,
    /// Independent reviews that state the fact.
    pub stating: u64,
}

/// What all rows of one statement say together.
struct Statement<'a> {
    rows: Vec<&'a Tallied>,
    weight: Weight,
}

impl Statement<'_> {
    fn key(&self) -> &str {
        self.rows.first().map_or("", |row| row.key.value_key.as_str())
    }
    fn subject(&self) -> &str {
        self.rows.first().map_or("", |row| row.key.subject_key.as_str())
    }
    /// Slips are printed too, where nobody stands by a form.
    fn value(&self) -> String {
        let standing = spelling(self.rows.iter().copied());
        standing.or_else(|| self.rows.iter().map(|row| row.value.clone()).max()).unwrap_or_default()
    }
}

/// A fact of the film: its values, and who agrees.
struct Fact {
    field: Field,
    member_key: String,
    group_key: Option<String>,
    /// Printed, and folded.
    served: String,
}

/// Says of every statement which fact it is a value of.
///
/// A value that a list's members do not include stands with the list's first member.
pub fn state(rows: &[Tallied], description: &Description, groups: &Groups) -> Vec<Stated> {
    let mut fields: BTreeMap<Field, BTreeMap<i64, Statement<'_>>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.key.value_key.is_empty()) {
        let of_field = fields.entry(row.key.field).or_default();
        let statement =
            of_field.entry(row.statement).or_insert_with(|| Statement { rows: Vec::new(), weight: Weight::default() });
        if row.chosen {
            statement.weight.add(row.weight());
        }
        statement.rows.push(row);
    }
    let anybody: BTreeMap<Field, (i64, u64)> = rows
        .iter()
        .filter(|row| row.key.value_key.is_empty())
        .map(|row| (row.key.field, (row.statement, row.reviews)))
        .collect();
    let mut stated = Vec::new();
    let mut position: u64 = 0;
    let facts = facts(description, rows, groups);
    for (field, statements) in &fields {
        let mut of_member: BTreeMap<Option<&str>, Vec<(i64, &Statement<'_>)>> = BTreeMap::new();
        for (id, statement) in statements {
            let member = member_of(*field, statement, &facts, groups);
            of_member.entry(member).or_default().push((*id, statement));
        }
        for fact in facts.iter().filter(|fact| fact.field == *field) {
            let Some(values) = of_member.remove(&Some(fact.member_key.as_str())) else { continue };
            position = position.saturating_add(1);
            let stating = anybody.get(field).map(|(_, reviews)| *reviews);
            stated.extend(values_of(fact, &values, groups, position, stating));
        }
        let loose = of_member.into_values().flatten();
        stated.extend(loose.map(|(id, statement)| nothing(id, statement.value())));
    }
    stated.extend(anybody.into_values().map(|(id, _)| nothing(id, String::new())));
    stated.sort();
    stated
}

fn nothing(statement: i64, value: String) -> Stated {
    let (member_key, group_key) = (None, None);
    Stated { statement, value, member_key, group_key, chosen: false, position: 0, agreeing: 0, stating: 0 }
}

/// What the film serves, in the order of its facts.
fn facts(description: &Description, rows: &[Tallied], groups: &Groups) -> Vec<Fact> {
    let single = |field, served: Option<String>| {
        served.map(|served| Fact { field, member_key: String::new(), group_key: None, served })
    };
    let title = Some(description.title.clone()).filter(|title| !title.is_empty());
    let number = |number: Option<i32>| number.map(|number| number.to_string());
    let mut facts: Vec<Fact> = [
        single(Field::Title, title),
        single(Field::OriginalTitle, description.original_title.clone()),
        single(Field::Year, number(description.year)),
        single(Field::ReleaseDate, description.release_date.clone()),
        single(Field::Runtime, number(description.runtime_minutes)),
        single(Field::ContentRating, description.content_rating.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    facts.extend(description.genres.iter().map(|genre| Fact {
        field: Field::Genre,
        member_key: folded_or_same(genre),
        group_key: None,
        served: genre.clone(),
    }));
    for (field, role) in ROLES {
        let mut members: Vec<(i32, &FilmPerson, Option<String>)> = Vec::new();
        for person in &description.people {
            for credit in person.credits.iter().filter(|credit| credit.role == role) {
                members.push((credit.position, person, credit.character.clone()));
            }
        }
        members.sort_by_key(|(position, ..)| *position);
        facts.extend(members.iter().map(|(_, person, _)| of_person(field, person, String::new())));
        let characters = members.iter().filter_map(|(_, person, character)| Some((person, character.clone()?)));
        facts.extend(characters.map(|(person, character)| of_person(Field::Character, person, character)));
    }
    let depicted = super::vote::tally(rows.iter().filter(|row| row.key.field == Field::Depiction), |row| {
        groups.of_key(&row.key.value_key)
    });
    let mut depicted: Vec<(&str, Weight)> = depicted.into_iter().collect();
    depicted.sort_by(|(one, one_weight), (other, other_weight)| other_weight.cmp(one_weight).then(one.cmp(other)));
    for (group_key, _) in depicted {
        let person = description.people.iter().find(|person| person.group_key == group_key);
        facts.extend(person.map(|person| of_person(Field::Depiction, person, String::new())));
    }
    let identity = |id: &String, subject: &str, group_key| Fact {
        field: Field::ExternalId,
        member_key: identity_member(subject, id),
        group_key,
        served: id.clone(),
    };
    facts.extend(description.external_ids.iter().map(|id| identity(id, "", None)));
    for person in &description.people {
        let group = &person.group_key;
        facts.extend(person.external_ids.iter().map(|id| identity(id, group, Some(group.clone()))));
    }
    facts
}

fn of_person(field: Field, person: &FilmPerson, served: String) -> Fact {
    let group_key = person.group_key.clone();
    Fact { field, member_key: group_key.clone(), group_key: Some(group_key), served }
}

/// Names a film's or a person's identity at one database.
fn identity_member(subject: &str, external_id: &str) -> String {
    format!("{}:{subject}", source_of(external_id))
}

/// The fact of the field that a statement speaks to.
fn member_of<'a>(field: Field, statement: &Statement<'_>, facts: &'a [Fact], groups: &Groups) -> Option<&'a str> {
    let mut of_field = facts.iter().filter(|fact| fact.field == field).map(|fact| fact.member_key.as_str());
    let named = |key: &str| facts.iter().find(|fact| fact.field == field && fact.member_key == key);
    match field {
        Field::Character => named(groups.whom(statement.subject())?).map(|fact| fact.member_key.as_str()),
        Field::ExternalId => {
            let subject = if statement.subject().is_empty() { "" } else { groups.of_key(statement.subject())? };
            named(&identity_member(subject, statement.key())).map(|fact| fact.member_key.as_str())
        }
        Field::Genre => named(statement.key()).map(|fact| fact.member_key.as_str()).or_else(|| of_field.next()),
        field if is_person(field) => {
            let own = groups.whom(statement.key()).and_then(named);
            own.map(|fact| fact.member_key.as_str()).or_else(|| of_field.next())
        }
        _ => of_field.next(),
    }
}

/// Whether a value says what the fact serves.
fn agrees(fact: &Fact, statement: &Statement<'_>, groups: &Groups) -> bool {
    match fact.field {
        Field::Title | Field::OriginalTitle => !title_keys(&statement.value()).is_disjoint(&title_keys(&fact.served)),
        Field::Character => same_character(&statement.value(), &fact.served),
        Field::ExternalId => statement.key() == fact.served,
        Field::Genre => statement.key() == fact.member_key,
        field if is_person(field) => groups.of_key(statement.key()) == Some(fact.member_key.as_str()),
        _ => statement.key() == folded_or_same(&fact.served),
    }
}

fn values_of(
    fact: &Fact,
    values: &[(i64, &Statement<'_>)],
    groups: &Groups,
    position: u64,
    list: Option<u64>,
) -> Vec<Stated> {
    let served_key = folded_or_same(&fact.served);
    let is_served = |statement: &Statement<'_>| match fact.field {
        Field::ExternalId | Field::Genre => agrees(fact, statement, groups),
        field if is_person(field) => agrees(fact, statement, groups),
        _ => statement.key() == served_key,
    };
    let candidates = values.iter().filter(|(_, statement)| is_served(statement) && statement.weight.reviews > 0);
    let chosen = candidates.max_by(|(_, one), (_, other)| {
        one.weight
            .cmp(&other.weight)
            .then_with(|| other.key().cmp(one.key()))
            .then_with(|| other.subject().cmp(one.subject()))
    });
    let Some((chosen, _)) = chosen else {
        return values.iter().map(|(id, statement)| nothing(*id, statement.value())).collect();
    };
    let sum = |only_agreeing: bool| {
        let counted = values.iter().filter(|(_, statement)| !only_agreeing || agrees(fact, statement, groups));
        counted.map(|(_, statement)| statement.weight.reviews).fold(0, u64::saturating_add)
    };
    let stating = list.unwrap_or_else(|| sum(false));
    // A review that prints two spellings of one name agrees once.
    let agreeing = sum(true).min(stating);
    values
        .iter()
        .map(|(id, statement)| {
            let is_chosen = id == chosen;
            let of_fact = |number: u64| if is_chosen { number } else { 0 };
            let served = is_chosen && !fact.served.is_empty();
            Stated {
                statement: *id,
                value: if served { fact.served.clone() } else { statement.value() },
                member_key: Some(fact.member_key.clone()),
                group_key: fact.group_key.clone(),
                chosen: is_chosen,
                position: of_fact(position),
                agreeing: of_fact(agreeing),
                stating: of_fact(stating),
            }
        })
        .collect()
}

/// Text that folds to nothing (signs alone) stands for itself.
fn folded_or_same(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}
