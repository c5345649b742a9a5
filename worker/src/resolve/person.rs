//! Who is one person across films: the second level of resolution.
//!
//! The input is one row per film and name; rows that share a name key, or that one film gives to one person, are one
//! person. What ids the rows bear now decides only which id the person keeps.

use std::collections::BTreeMap;

use super::ids::Borne;

/// A name by which one film's reviews call one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilmName {
    /// The film's row number.
    pub film: i64,
    /// The name folded.
    pub name_key: String,
    /// What names the person inside the film.
    pub group_key: String,
    /// As printed.
    pub name: String,
    /// Reviews that print it.
    pub mentions: i32,
    /// The person that the row stood for until now, if it existed.
    pub person: Option<i64>,
}

/// A person put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The rows, sorted.
    pub rows: Vec<FilmName>,
    /// Display name: printed by most reviews, then the fuller, then the first by letters.
    pub name: String,
    /// The other spellings, sorted.
    pub other_names: Vec<String>,
    /// Ids that the rows bore until now.
    pub borne: Borne,
}

/// Puts rows together into people. The answer does not depend on the order of the rows.
pub fn identify(rows: Vec<FilmName>) -> Vec<Identity> {
    let mut sorted = rows;
    sorted.sort();
    let mut component_of_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut component_of_group: BTreeMap<(i64, String), usize> = BTreeMap::new();
    let mut parent: Vec<usize> = Vec::new();
    for (index, row) in sorted.iter().enumerate() {
        parent.push(index);
        let by_key = *component_of_key.entry(row.name_key.clone()).or_insert(index);
        let by_group = *component_of_group.entry((row.film, row.group_key.clone())).or_insert(index);
        for other in [by_key, by_group] {
            let (one, other) = (root(&parent, index), root(&parent, other));
            if let Some(slot) = parent.get_mut(one.max(other)) {
                *slot = one.min(other);
            }
        }
    }
    let mut components: BTreeMap<usize, Vec<FilmName>> = BTreeMap::new();
    for (index, row) in sorted.into_iter().enumerate() {
        components.entry(root(&parent, index)).or_default().push(row);
    }
    components.into_values().map(identity).collect()
}

fn root(parent: &[usize], mut index: usize) -> usize {
    while let Some(above) = parent.get(index).copied().filter(|above| *above != index) {
        index = above;
    }
    index
}

fn identity(rows: Vec<FilmName>) -> Identity {
    let mut mentions: BTreeMap<&str, i64> = BTreeMap::new();
    let mut borne = Borne::new();
    for row in &rows {
        *mentions.entry(&row.name).or_default() += i64::from(row.mentions);
        if let Some(person) = row.person {
            let (members, earliest) = borne.entry(person).or_insert((0, row.film));
            *members += 1;
            *earliest = row.film.min(*earliest);
        }
    }
    let rank = |name: &str| (mentions.get(name).copied().unwrap_or(0), name.chars().count());
    let name = mentions
        .keys()
        .max_by(|one, other| rank(one).cmp(&rank(other)).then(other.cmp(one)))
        .map_or_else(String::new, |name| (*name).to_owned());
    let other_names = mentions.keys().filter(|other| **other != name).map(|other| (*other).to_owned()).collect();
    Identity { rows, name, other_names, borne }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::sort_key::name_key;

    fn row(film: i64, name: &str, group: &str, person: Option<i64>) -> FilmName {
        let (name_key, group_key) = (name_key(name), name_key(group));
        FilmName { film, name_key, group_key, name: name.to_owned(), mentions: 1, person }
    }

    #[test]
    fn a_romanisation_joined_in_one_film_joins_the_films_of_both_spellings() {
        let people = identify(vec![
            row(1, "Jang Ha-rim", "Jang Ha-rim", Some(7)),
            row(2, "Jang Ha-rim", "Jang Hae-rim", Some(9)),
            row(2, "Jang Hae-rim", "Jang Hae-rim", Some(9)),
            row(3, "Jang Hae-rim", "Jang Hae-rim", Some(9)),
            row(3, "Somebody Else", "Somebody Else", None),
        ]);
        assert_eq!(people.len(), 2);
        let jang = people.iter().find(|person| person.name.starts_with("Jang")).expect("joined");
        assert_eq!(jang.borne, Borne::from([(7, (1, 1)), (9, (3, 2))]));
        assert_eq!(jang.name, "Jang Hae-rim");
        assert_eq!(jang.other_names, ["Jang Ha-rim"]);
    }
}
