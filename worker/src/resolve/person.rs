//! Who is one person across films: the second level of resolution.
//!
//! The input is one row per film and name. Rows that one film gives to one person are one person; so are rows of one name
//! key, unless databases give them different identities. What ids the rows bear now decides only which id is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::describe::source_of;
use super::ids::Borne;
use super::root;

/// A name by which one film's reviews call one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilmName {
    /// The film's row number.
    pub film: i64,
    /// What names the person inside the film.
    pub group_key: String,
    /// The name folded.
    pub name_key: String,
    /// As printed.
    pub name: String,
    /// Reviews that print it.
    pub mentions: i32,
    /// The person that the row stood for before that one was merged.
    pub home: Option<i64>,
    /// The person that the row stood for until now, if it existed.
    pub person: Option<i64>,
}

/// `(film, group key)` → `SOURCE:value`: the identities that films' reviews give to people.
pub type ExternalIds = BTreeMap<(i64, String), BTreeSet<String>>;

/// A person put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The rows, sorted.
    pub rows: Vec<FilmName>,
    /// Display name: printed by most reviews, then the fuller, then the first by letters.
    pub name: String,
    /// The other spellings, sorted.
    pub other_names: Vec<String>,
    /// `SOURCE:value`, sorted.
    pub external_ids: BTreeSet<String>,
    /// Ids that the rows have for a home.
    pub borne: Borne,
}

/// People in the making: groups of films, with their names and identities.
#[derive(Debug, Clone, Default)]
struct Cluster {
    rows: Vec<FilmName>,
    keys: BTreeSet<String>,
    external_ids: BTreeSet<String>,
}

impl Cluster {
    fn absorb(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.keys.extend(other.keys);
        self.external_ids.extend(other.external_ids);
    }

    /// Whether one database gives them two identities.
    fn contradicts(&self, other: &Self) -> bool {
        other.external_ids.iter().any(|id| {
            !self.external_ids.contains(id) && self.external_ids.iter().any(|known| source_of(known) == source_of(id))
        })
    }

    fn mentions(&self) -> i64 {
        self.rows.iter().map(|row| i64::from(row.mentions)).sum()
    }

    /// Told by content alone, heaviest first: row numbers depend on what came first.
    fn rank(&self) -> (std::cmp::Reverse<(usize, i64)>, BTreeSet<String>, BTreeSet<String>) {
        (std::cmp::Reverse((self.rows.len(), self.mentions())), self.external_ids.clone(), self.keys.clone())
    }
}

/// Puts rows together into people. The answer does not depend on the order of the rows.
pub fn identify(rows: Vec<FilmName>, external_ids: &ExternalIds) -> Vec<Identity> {
    let mut groups: BTreeMap<(i64, String), Cluster> = BTreeMap::new();
    for row in rows {
        let of_group = (row.film, row.group_key.clone());
        let known = external_ids.get(&of_group);
        let group = groups.entry(of_group).or_default();
        group.external_ids.extend(known.into_iter().flatten().cloned());
        group.keys.insert(row.name_key.clone());
        group.rows.push(row);
    }
    let (told, untold): (Vec<Cluster>, Vec<Cluster>) =
        groups.into_values().partition(|group| !group.external_ids.is_empty());
    let mut people = told_apart(connected(told, |group| &group.external_ids));
    let mut nameless = connected(untold, |group| &group.keys);
    nameless.sort_by_key(Cluster::rank);
    let mut others = Vec::new();
    for cluster in nameless {
        // Where several people bear the name, a film that does not tell them apart speaks of the best known.
        match people.iter_mut().find(|person| !person.keys.is_disjoint(&cluster.keys)) {
            Some(person) => person.rows.extend(cluster.rows),
            None => others.push(cluster),
        }
    }
    people.extend(others);
    people.into_iter().map(identity).collect()
}

/// People whom databases name: those of one name are one unless a database contradicts, the best known first.
fn told_apart(mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    clusters.sort_by_key(Cluster::rank);
    let mut people: Vec<Cluster> = Vec::new();
    for cluster in clusters {
        let same =
            people.iter_mut().find(|person| !person.keys.is_disjoint(&cluster.keys) && !person.contradicts(&cluster));
        match same {
            Some(person) => person.absorb(cluster),
            None => people.push(cluster),
        }
    }
    people
}

/// Puts together what shares a mark, however many steps away.
fn connected(clusters: Vec<Cluster>, marks: impl Fn(&Cluster) -> &BTreeSet<String>) -> Vec<Cluster> {
    let mut parent: Vec<usize> = (0..clusters.len()).collect();
    let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
    for (index, cluster) in clusters.iter().enumerate() {
        for mark in marks(cluster) {
            let other = *first_with.entry(mark.clone()).or_insert(index);
            let (one, other) = (root(&parent, index), root(&parent, other));
            if let Some(slot) = parent.get_mut(one.max(other)) {
                *slot = one.min(other);
            }
        }
    }
    let mut components: BTreeMap<usize, Cluster> = BTreeMap::new();
    for (index, cluster) in clusters.into_iter().enumerate() {
        components.entry(root(&parent, index)).or_default().absorb(cluster);
    }
    components.into_values().collect()
}

fn identity(cluster: Cluster) -> Identity {
    let mut rows = cluster.rows;
    rows.sort();
    let mut mentions: BTreeMap<&str, i64> = BTreeMap::new();
    let mut borne = Borne::new();
    for row in &rows {
        let count = mentions.entry(&row.name).or_default();
        *count = count.saturating_add(i64::from(row.mentions));
        if let Some(home) = row.home.or(row.person) {
            let (members, earliest) = borne.entry(home).or_insert((0, row.film));
            *members = members.saturating_add(1);
            *earliest = row.film.min(*earliest);
        }
    }
    let rank = |name: &str| (mentions.get(name).copied().unwrap_or(0), name.chars().count());
    let name = mentions
        .keys()
        .max_by(|one, other| rank(one).cmp(&rank(other)).then(other.cmp(one)))
        .map_or_else(String::new, |name| (*name).to_owned());
    let other_names = mentions.keys().filter(|other| **other != name).map(|other| (*other).to_owned()).collect();
    Identity { rows, name, other_names, external_ids: cluster.external_ids, borne }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::sort_key::name_key;

    fn row(film: i64, name: &str, group: &str, person: Option<i64>) -> FilmName {
        let (name_key, group_key) = (name_key(name), name_key(group));
        FilmName { film, name_key, group_key, name: name.to_owned(), mentions: 1, home: None, person }
    }

    fn ids(ids: &[(i64, &str, &str)]) -> ExternalIds {
        let of = |(film, name, id): &(i64, &str, &str)| ((*film, name_key(name)), BTreeSet::from([(*id).to_owned()]));
        ids.iter().map(of).collect()
    }

    /// Who is with whom: the films of each person.
    fn films(people: &[Identity]) -> BTreeSet<Vec<i64>> {
        people.iter().map(|person| person.rows.iter().map(|row| row.film).collect()).collect()
    }

    #[test]
    fn a_romanisation_joined_in_one_film_joins_the_films_of_both_spellings() {
        let people = identify(
            vec![
                row(1, "Jang Ha-rim", "Jang Ha-rim", Some(7)),
                row(2, "Jang Ha-rim", "Jang Hae-rim", Some(9)),
                row(2, "Jang Hae-rim", "Jang Hae-rim", Some(9)),
                row(3, "Jang Hae-rim", "Jang Hae-rim", Some(9)),
                row(3, "Somebody Else", "Somebody Else", None),
            ],
            &ExternalIds::new(),
        );
        assert_eq!(people.len(), 2);
        let jang = people.iter().find(|person| person.name.starts_with("Jang")).expect("joined");
        assert_eq!(jang.borne, Borne::from([(7, (1, 1)), (9, (3, 2))]));
        assert_eq!(jang.name, "Jang Hae-rim");
        assert_eq!(jang.other_names, ["Jang Ha-rim"]);
    }

    #[test]
    fn order_accents_and_hyphens_do_not_make_another_person() {
        let people = identify(
            vec![
                row(1, "Léa Brun-Holt", "Léa Brun-Holt", None),
                row(2, "Brunholt, Lea", "Brunholt, Lea", None),
                row(3, "LEA BRUN-HOLT", "LEA BRUN-HOLT", None),
                row(4, "Lea Brun", "Lea Brun", None),
            ],
            &ExternalIds::new(),
        );
        assert_eq!(films(&people), BTreeSet::from([vec![1, 2, 3], vec![4]]));
    }

    #[test]
    fn an_initial_or_junior_is_not_taken_for_the_same_name() {
        let people = identify(
            vec![
                row(1, "Tom Hale", "Tom Hale", None),
                row(2, "Tom Hale Jr.", "Tom Hale Jr.", None),
                row(3, "T. Hale", "T. Hale", None),
            ],
            &ExternalIds::new(),
        );
        assert_eq!(people.len(), 3);
    }

    #[test]
    fn one_name_with_two_identities_is_two_people() {
        let rows: Vec<FilmName> = (1..=5).map(|film| row(film, "Tom Hale", "Tom Hale", Some(3))).collect();
        let told = ids(&[
            (1, "Tom Hale", "IMDB:nm1"),
            (2, "Tom Hale", "IMDB:nm2"),
            (3, "Tom Hale", "IMDB:nm1"),
            (4, "Tom Hale", "WIKIDATA:Q7"),
        ]);
        let people = identify(rows.clone(), &told);
        // The fourth contradicts nobody, and the fifth says nothing: both are the one with more films.
        assert_eq!(films(&people), BTreeSet::from([vec![1, 3, 4, 5], vec![2]]));
        let mut reversed = rows;
        reversed.reverse();
        assert_eq!(identify(reversed, &told), people);
    }

    #[test]
    fn one_identity_joins_two_names() {
        let rows = vec![row(1, "Rim Dal-su", "Rim Dal-su", None), row(2, "Im Tal-su", "Im Tal-su", None)];
        let people = identify(rows, &ids(&[(1, "Rim Dal-su", "TMDB:5"), (2, "Im Tal-su", "TMDB:5")]));
        assert_eq!(films(&people), BTreeSet::from([vec![1, 2]]));
    }
}
