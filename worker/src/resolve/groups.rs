//! Which names inside one film are one person.
//!
//! Knows nothing of other films: who is one person across films is `person`'s.

use std::collections::{BTreeMap, BTreeSet};

use extract::Field;

use super::ballot::is_person;
use super::vote::Tallied;
use super::{character, names};

/// The full names of one film's people, put together where they are spellings of one.
#[derive(Debug, Default)]
pub struct Groups {
    /// Name key → the least key of its group.
    group_of: BTreeMap<String, String>,
}

impl Groups {
    /// Puts the names together: near-equal spellings are one person where they play one character. Bare surnames, which are
    /// part of a fuller name, are nobody's.
    pub fn of(rows: &[Tallied]) -> Self {
        let all: BTreeSet<&str> =
            rows.iter().filter(|row| row.chosen).filter_map(name_key_of).filter(|key| !key.is_empty()).collect();
        let full: Vec<&str> = all.iter().copied().filter(|key| !names::is_part_of(key, &all)).collect();
        let characters = characters_by_name(rows);
        let mut group_of: BTreeMap<String, String> = BTreeMap::new();
        let mut playing: Vec<(&str, &Vec<BTreeSet<String>>)> = Vec::new();
        for key in full {
            // In alphabetical order, so that the least key of a group is the one that is met first.
            let own = characters.get(key);
            let earlier = own.and_then(|own| {
                playing.iter().find(|(other, forms)| share_character(forms, own) && names::near_equal(other, key))
            });
            let group = earlier.and_then(|(other, _)| group_of.get(*other)).map_or(key, String::as_str).to_owned();
            group_of.insert(key.to_owned(), group);
            playing.extend(own.map(|own| (key, own)));
        }
        Self { group_of }
    }

    /// The group of a full name.
    pub fn of_key(&self, name_key: &str) -> Option<&str> {
        self.group_of.get(name_key).map(String::as_str)
    }

    /// Whom a name stands for: its own group, or the only one that has the single word in one of its names.
    pub fn whom(&self, name_key: &str) -> Option<&str> {
        if let Some(group) = self.of_key(name_key) {
            return Some(group);
        }
        let mut candidates = self
            .group_of
            .iter()
            .filter(|(name, _)| name.split(' ').any(|word| word == name_key))
            .map(|(_, group)| group.as_str());
        let first = candidates.next()?;
        candidates.all(|other| other == first).then_some(first)
    }

    /// Every name key with its group, sorted.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.group_of.iter().map(|(key, group)| (key.as_str(), group.as_str()))
    }
}

/// The folded name of the person that a row gives a credit to, or sees in a picture.
pub fn name_key_of(row: &Tallied) -> Option<&str> {
    is_person(row.key.field).then_some(row.key.value_key.as_str())
}

/// Name key → the characters that it is said to play, by their telling words.
fn characters_by_name(rows: &[Tallied]) -> BTreeMap<&str, Vec<BTreeSet<String>>> {
    let mut characters: BTreeMap<&str, Vec<BTreeSet<String>>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.key.field == Field::Character && row.chosen) {
        characters.entry(&row.key.subject_key).or_default().push(character::telling_words(&row.value));
    }
    characters
}

fn share_character(one: &[BTreeSet<String>], other: &[BTreeSet<String>]) -> bool {
    one.iter().any(|form| other.iter().any(|other| character::same_words(form, other)))
}
