//! Which reviews are of one film: the first level of resolution.
//!
//! The input is the distinct signatures of a block, with how many reviews bear each. A block is what titles and external
//! ids connect; here it is divided where years, directors or external ids say that one title stands for several films.

use std::collections::BTreeSet;

/// What a review says that tells films apart. All keys are folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Signature {
    /// Keys of the title and the original title.
    pub titles: BTreeSet<String>,
    /// Year of first release.
    pub year: Option<i32>,
    /// Name keys.
    pub directors: BTreeSet<String>,
    /// `SOURCE:value`.
    pub external_ids: BTreeSet<String>,
}

/// A film festival's year and the release's may differ by this much without telling two films apart.
const YEARS_APART_MAX: i32 = 1;

/// A film in the making: the signatures that were put together.
#[derive(Debug, Default)]
struct Cluster {
    members: Vec<usize>,
    reviews: usize,
    titles: BTreeSet<String>,
    years: BTreeSet<i32>,
    directors: BTreeSet<String>,
    external_ids: BTreeSet<String>,
}

/// Divides a block into films: answers, for each signature, the number of its film, from 0.
///
/// `signatures` must be distinct; their order does not matter for who ends up with whom.
pub fn divide(signatures: &[(Signature, usize)]) -> Vec<usize> {
    let mut order: Vec<(usize, &Signature, usize)> =
        signatures.iter().enumerate().map(|(index, (signature, reviews))| (index, signature, *reviews)).collect();
    // The most telling first, so that vaguer ones find the film they belong to; then by content alone.
    order.sort_by(|(_, one, one_reviews), (_, other, other_reviews)| {
        specificity(other).cmp(&specificity(one)).then(other_reviews.cmp(one_reviews)).then(one.cmp(other))
    });
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, signature, reviews) in order {
        let best = clusters
            .iter_mut()
            .filter(|cluster| cluster.may_hold(signature))
            .max_by_key(|cluster| (cluster.likeness(signature), cluster.reviews, cluster.years.last().copied()));
        match best {
            Some(cluster) => cluster.add(index, signature, reviews),
            None => {
                let mut cluster = Cluster::default();
                cluster.add(index, signature, reviews);
                clusters.push(cluster);
            }
        }
    }
    let mut film_of = vec![0; signatures.len()];
    for (number, cluster) in clusters.iter().enumerate() {
        for member in &cluster.members {
            if let Some(slot) = film_of.get_mut(*member) {
                *slot = number;
            }
        }
    }
    film_of
}

/// How much a signature tells: an external id settles it, a year tells more than directors, who are misread more often.
fn specificity(signature: &Signature) -> u8 {
    4 * u8::from(!signature.external_ids.is_empty())
        + 2 * u8::from(signature.year.is_some())
        + u8::from(!signature.directors.is_empty())
}

impl Cluster {
    fn add(&mut self, index: usize, signature: &Signature, reviews: usize) {
        self.members.push(index);
        self.reviews += reviews;
        self.titles.extend(signature.titles.iter().cloned());
        self.years.extend(signature.year);
        self.directors.extend(signature.directors.iter().cloned());
        self.external_ids.extend(signature.external_ids.iter().cloned());
    }

    /// Whether nothing speaks against it, and a title or an external id for it.
    fn may_hold(&self, signature: &Signature) -> bool {
        if !self.external_ids.is_disjoint(&signature.external_ids) {
            return true;
        }
        let years_agree =
            signature.year.is_none_or(|year| self.years.iter().all(|known| (known - year).abs() <= YEARS_APART_MAX));
        let directors_agree = self.directors.is_empty()
            || signature.directors.is_empty()
            || signature.directors.iter().any(|name| self.directors.iter().any(|known| same_director(known, name)));
        !self.titles.is_disjoint(&signature.titles)
            && years_agree
            && directors_agree
            && !self.other_external_id(signature)
    }

    /// Whether one database gives them two identities.
    fn other_external_id(&self, signature: &Signature) -> bool {
        let source = |id: &str| id.split(':').next().unwrap_or_default().to_owned();
        signature.external_ids.iter().any(|id| {
            self.external_ids.iter().any(|known| source(known) == source(id)) && !self.external_ids.contains(id)
        })
    }

    fn likeness(&self, signature: &Signature) -> u32 {
        let shares_id = !self.external_ids.is_disjoint(&signature.external_ids);
        let shares_director = !self.directors.is_disjoint(&signature.directors);
        let shares_year = signature.year.is_some_and(|year| self.years.contains(&year));
        8 * u32::from(shares_id) + 4 * u32::from(shares_director) + 2 * u32::from(shares_year)
    }
}

/// The same name, or near-equal spellings of it: a romanisation, a missing middle name.
fn same_director(one: &str, other: &str) -> bool {
    one == other || super::names::near_equal(one, other) || {
        let (one, other): (BTreeSet<&str>, BTreeSet<&str>) = (one.split(' ').collect(), other.split(' ').collect());
        one.len().min(other.len()) >= 2 && (one.is_subset(&other) || other.is_subset(&one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(titles: &[&str], year: Option<i32>, directors: &[&str], ids: &[&str]) -> (Signature, usize) {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        (Signature { titles: set(titles), year, directors: set(directors), external_ids: set(ids) }, 1)
    }

    /// Who is with whom, whatever the numbers and the order.
    fn groups(signatures: &[(Signature, usize)]) -> BTreeSet<BTreeSet<Signature>> {
        let films = divide(signatures);
        (0..signatures.len())
            .map(|film| {
                let members = signatures.iter().zip(&films).filter(|(_, of)| **of == film);
                members.map(|((signature, _), _)| signature.clone()).collect::<BTreeSet<_>>()
            })
            .filter(|group| !group.is_empty())
            .collect()
    }

    #[test]
    fn a_remake_is_another_film() {
        let films = groups(&[
            signature(&["nightferry"], Some(1961), &["ada lund"], &[]),
            signature(&["nightferry"], Some(2019), &["bo marsh"], &[]),
            signature(&["nightferry"], Some(2018), &[], &[]),
        ]);
        assert_eq!(films.len(), 2);
    }

    #[test]
    fn one_title_and_year_with_other_directors_are_two_films() {
        assert_eq!(
            groups(&[
                signature(&["harbour"], Some(2020), &["ada lund"], &[]),
                signature(&["harbour"], Some(2020), &["bo marsh"], &[]),
            ])
            .len(),
            2
        );
    }

    #[test]
    fn a_missing_year_finds_the_film_of_its_director() {
        let films = divide(&[
            signature(&["harbour"], None, &["bo marsh"], &[]),
            signature(&["harbour"], Some(1990), &["ada lund"], &[]),
            signature(&["harbour"], Some(2020), &["bo marsh"], &[]),
        ]);
        assert_eq!(films.first(), films.last());
        assert_eq!(films.iter().collect::<BTreeSet<_>>().len(), 2);
    }

    #[test]
    fn an_external_id_joins_titles_that_differ_and_parts_those_that_agree() {
        assert_eq!(
            groups(&[signature(&["a"], None, &[], &["IMDB:tt1"]), signature(&["b"], Some(2000), &[], &["IMDB:tt1"])])
                .len(),
            1
        );
        assert_eq!(
            groups(&[signature(&["a"], None, &[], &["IMDB:tt1"]), signature(&["a"], None, &[], &["IMDB:tt2"])]).len(),
            2
        );
    }

    #[test]
    fn the_order_of_the_input_does_not_matter() {
        let mut signatures = vec![
            signature(&["harbour"], None, &[], &[]),
            signature(&["harbour"], Some(1990), &["ada lund"], &[]),
            signature(&["harbour", "hafen"], Some(1991), &[], &[]),
            signature(&["hafen"], Some(2020), &["bo marsh"], &[]),
            signature(&["harbour"], Some(2020), &["bo marsh"], &["TMDB:7"]),
        ];
        let expected = groups(&signatures);
        for _ in 0..signatures.len() {
            signatures.rotate_left(1);
            assert_eq!(groups(&signatures), expected);
            signatures.reverse();
            assert_eq!(groups(&signatures), expected);
        }
    }
}
