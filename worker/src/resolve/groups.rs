//! Which names inside one film are one person.
//!
//! Knows nothing of other films: who is one person across films is `person`'s.

use std::collections::{BTreeMap, BTreeSet};

use extract::Field;

use super::ballot::is_person;
use super::describe::source_of;
use super::root;
use super::vote::Tallied;
use super::{character, names};

/// The full names of one film's people, put together where they are spellings of one.
#[derive(Debug, Default)]
pub struct Groups {
    /// Name key → the least key of its group.
    group_of: BTreeMap<String, String>,
}

impl Groups {
    /// Puts the names together: near-equal spellings are one person where they play one character; those that sound the same,
    /// and initials of only one name, are one where nothing speaks against it. Bare surnames, which are part of a fuller name,
    /// are nobody's.
    pub fn of(rows: &[Tallied]) -> Self {
        let all: BTreeSet<&str> =
            rows.iter().filter(|row| row.chosen).filter_map(name_key_of).filter(|key| !key.is_empty()).collect();
        let names: Vec<Name<'_>> = {
            let characters = characters_by_name(rows);
            let external_ids = external_ids_by_name(rows);
            let full = all.iter().copied().filter(|key| !names::is_part_of(key, &all));
            full.map(|key| Name {
                key,
                characters: characters.get(key).cloned().unwrap_or_default(),
                external_ids: external_ids.get(key).cloned().unwrap_or_default(),
            })
            .collect()
        };
        let mut joined: Vec<usize> = (0..names.len()).collect();
        for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.characters.is_empty()) {
            for (other_place, other) in names.iter().enumerate().take(place) {
                if name.shares_character(other) && names::near_equal(other.key, name.key) && !name.is_known_apart(other)
                {
                    join(&mut joined, place, other_place);
                }
            }
        }
        for (one, other) in heard_alike(&names) {
            if let (Some(name), Some(with)) = (names.get(one), names.get(other))
                && names::sounds_equal(name.key, with.key)
                && !name.contradicts(with)
            {
                join(&mut joined, one, other);
            }
        }
        join_initials(&names, &mut joined);
        // The names are sorted, and each part is called by the first of them.
        let group_of = names.iter().enumerate().filter_map(|(place, name)| {
            let first = names.get(root(&joined, place))?;
            Some((name.key.to_owned(), first.key.to_owned()))
        });
        Self { group_of: group_of.collect() }
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

/// Name key → the identities that reviews give to it.
fn external_ids_by_name(rows: &[Tallied]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let of_people = |row: &&Tallied| row.key.field == Field::ExternalId && !row.key.subject_key.is_empty();
    for row in rows.iter().filter(|row| row.chosen).filter(of_people) {
        ids.entry(&row.key.subject_key).or_default().insert(&row.value);
    }
    ids
}

/// A full name with what is said of whoever bears it.
struct Name<'a> {
    key: &'a str,
    characters: Vec<BTreeSet<String>>,
    external_ids: BTreeSet<&'a str>,
}

impl Name<'_> {
    fn shares_character(&self, other: &Self) -> bool {
        self.characters.iter().any(|form| other.characters.iter().any(|with| character::same_words(form, with)))
    }

    /// Whether one database gives them two identities.
    fn is_known_apart(&self, other: &Self) -> bool {
        self.external_ids.is_disjoint(&other.external_ids)
            && self.external_ids.iter().any(|id| other.external_ids.iter().any(|with| source_of(id) == source_of(with)))
    }

    /// Whether they play two characters, or have two identities.
    fn contradicts(&self, other: &Self) -> bool {
        let both_play = !self.characters.is_empty() && !other.characters.is_empty();
        both_play && !self.shares_character(other) || self.is_known_apart(other)
    }
}

/// Pairs of names that have a word in common, as it is heard.
fn heard_alike(names: &[Name<'_>]) -> BTreeSet<(usize, usize)> {
    let mut by_sound: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate().filter(|(_, name)| name.key.contains(' ')) {
        for word in name.key.split(' ') {
            by_sound.entry(names::sound(word)).or_default().insert(place);
        }
    }
    let pairs = by_sound.values().flat_map(|places| {
        places.iter().flat_map(move |one| places.range(one.saturating_add(1)..).map(move |other| (*one, *other)))
    });
    pairs.collect()
}

/// A name with initials is whoever bears the only name that they can stand for.
fn join_initials(names: &[Name<'_>], joined: &mut [usize]) {
    let has_initials = |key: &str| key.split(' ').any(|word| word.chars().count() <= 2);
    for (place, name) in names.iter().enumerate().filter(|(_, name)| has_initials(name.key)) {
        let full = names.iter().enumerate().filter(|(_, full)| names::is_abbreviation(name.key, full.key));
        let full: Vec<usize> = full.map(|(place, _)| place).collect();
        let parts: BTreeSet<usize> = full.iter().map(|full| root(joined, *full)).collect();
        let is_free = full.iter().all(|full| names.get(*full).is_some_and(|full| !name.contradicts(full)));
        if let (1, true, Some(full)) = (parts.len(), is_free, full.first()) {
            join(joined, place, *full);
        }
    }
}

fn join(joined: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(joined, one), root(joined, other));
    if let Some(slot) = joined.get_mut(one.max(other)) {
        *slot = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::super::ballot::{Said, votes};
    use super::*;
    use extract::Source;

    /// Rows of one review that says all of it.
    fn rows(said: &[(Field, Option<&str>, &str)]) -> Vec<Tallied> {
        let claims: Vec<Said> = said
            .iter()
            .map(|(field, subject, value)| Said {
                claim: 0,
                field: *field,
                subject: subject.map(str::to_owned),
                value: (*value).to_owned(),
                source: Source::Prose,
                chosen: true,
                billing: None,
            })
            .collect();
        votes(&claims)
            .into_iter()
            .map(|vote| Tallied {
                statement: 0,
                key: vote.key,
                subject: vote.subject,
                value: vote.value,
                source: vote.source,
                chosen: vote.chosen,
                reviews: 1,
                billed: 0,
                billing_sum: 0,
            })
            .collect()
    }

    fn cast<'a>(name: &'a str, character: &'a str) -> [(Field, Option<&'a str>, &'a str); 2] {
        [(Field::Cast, None, name), (Field::Character, Some(name), character)]
    }

    #[test]
    fn romanisations_that_play_one_character_are_one_person() {
        let said = [cast("Jang Hae-rim", "Capt. Oro"), cast("Jang Ha-rim", "Captain Oro")].concat();
        let groups = Groups::of(&rows(&said));
        assert_eq!(groups.of_key("haerim jang"), groups.of_key("harim jang"));
    }

    #[test]
    fn near_equal_names_of_two_characters_are_two_people() {
        let said = [cast("Jang Hae-rim", "Capt. Oro"), cast("Jang Ha-rim", "Lola")].concat();
        let groups = Groups::of(&rows(&said));
        assert_ne!(groups.of_key("haerim jang"), groups.of_key("harim jang"));
    }

    #[test]
    fn junior_who_plays_the_same_character_is_the_same_person() {
        let said = [cast("Tomas Hale Jr.", "Reed"), cast("Tomas Hale", "Reed")].concat();
        let groups = Groups::of(&rows(&said));
        assert_eq!(groups.of_key("hale tomas"), groups.of_key("hale jr tomas"));
    }

    #[test]
    fn a_bare_surname_is_nobody_and_stands_for_its_only_bearer() {
        let said = [cast("Maren Oakes", "Inga"), cast("Oakes", "Inga"), cast("Jo Fox", "Ann"), cast("Ivy Fox", "Sue")]
            .concat();
        let groups = Groups::of(&rows(&said));
        assert_eq!(groups.of_key("oakes"), None);
        assert_eq!(groups.whom("oakes"), groups.of_key("maren oakes"));
        assert_eq!(groups.whom("fox"), None, "two bear it");
    }

    fn are_one(said: &[(Field, Option<&str>, &str)], names: &[&str]) -> bool {
        let groups = Groups::of(&rows(said));
        let of = |name: &&str| groups.of_key(&entity::sort_key::name_key(name)).map(str::to_owned);
        let groups: BTreeSet<Option<String>> = names.iter().map(of).collect();
        assert!(!groups.contains(&None), "{names:?}");
        groups.len() == 1
    }

    #[test]
    fn names_that_sound_the_same_are_one_person_behind_the_camera_too() {
        let said = [(Field::Director, None, "Pak Jae-uk"), (Field::Director, None, "Park Jae-wook")];
        assert!(are_one(&said, &["Pak Jae-uk", "Park Jae-wook"]));
        let said = [(Field::Writer, None, "Sergey Lunskii"), (Field::Depiction, Some("Sergei Lunsky"), "A still")];
        assert!(are_one(&said, &["Sergey Lunskii", "Sergei Lunsky"]));
        let said = [(Field::Director, None, "Lana Moss"), (Field::Director, None, "Lina Moss")];
        assert!(!are_one(&said, &["Lana Moss", "Lina Moss"]));
    }

    #[test]
    fn names_that_sound_the_same_and_play_two_characters_are_two_people() {
        let said = [cast("Lee Jun-su", "Oro"), cast("Lee Joon-soo", "Pike")].concat();
        assert!(!are_one(&said, &["Lee Jun-su", "Lee Joon-soo"]));
        let said = [cast("Lee Jun-su", "Oro"), cast("Lee Joon-soo", "Sgt. Oro")].concat();
        assert!(are_one(&said, &["Lee Jun-su", "Lee Joon-soo"]));
    }

    #[test]
    fn two_identities_at_one_database_are_two_people_whatever_they_are_called() {
        let ids = [
            (Field::ExternalId, Some("Lee Jun-su"), "IMDB:nm1"),
            (Field::ExternalId, Some("Lee Joon-soo"), "IMDB:nm2"),
        ];
        let said = [&cast("Lee Jun-su", "Oro")[..], &cast("Lee Joon-soo", "Oro"), &ids].concat();
        assert!(!are_one(&said, &["Lee Jun-su", "Lee Joon-soo"]));
    }

    #[test]
    fn initials_stand_for_the_only_name_that_they_fit() {
        let composer = (Field::Composer, None, "J. K. Lund");
        assert!(are_one(&[composer, (Field::Composer, None, "Johan K. Lund")], &["J. K. Lund", "Johan K. Lund"]));
        let two = [composer, (Field::Composer, None, "Johan K. Lund"), (Field::Cast, None, "Jon Kaj Lund")];
        assert!(!are_one(&two, &["J. K. Lund", "Johan K. Lund"]));
    }

    #[test]
    fn a_given_name_in_two_words_and_in_one_is_one_person() {
        let said = [(Field::Cast, None, "Moon Gyeong Su"), (Field::Cast, None, "Gyeong-su Moon")];
        assert!(are_one(&said, &["Moon Gyeong Su", "Gyeong-su Moon"]));
    }

    #[test]
    fn father_and_son_are_two_people() {
        let said = [cast("Tomas Hale Sr.", "The Judge"), cast("Tomas Hale Jnr", "The Judge")].concat();
        assert!(!are_one(&said, &["Tomas Hale Sr.", "Tomas Hale Jr."]));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter_to_groups() {
        let said = [
            cast("Pak Jae-uk", "Oro"),
            cast("Park Jae-wook", "Capt. Oro"),
            cast("J. K. Lund", "Ann"),
            cast("Johan K. Lund", "Ann"),
            cast("Tom Hale", "Reed"),
        ]
        .concat();
        let mut rows = rows(&said);
        let expected = Groups::of(&rows).group_of;
        for _ in 0..rows.len() {
            rows.rotate_left(1);
            assert_eq!(Groups::of(&rows).group_of, expected);
        }
    }
}
