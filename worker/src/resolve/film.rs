//! Which reviews are of one film: the first level of resolution.
//!
//! The input is the distinct signatures of a block, with how many reviews bear each. A block is what titles and external
//! ids connect; it is divided where years, directors or external ids say that one title stands for several films.

use std::collections::{BTreeMap, BTreeSet};

use entity::sort_key::{name_key, title_keys};
use extract::Field;
use serde::{Deserialize, Serialize};

use super::ballot::Said;
use super::names::near_equal;
use super::root;

/// A key that would join more films than this says nothing about any of them ("Untitled", "Home"): it does not link.
pub const FILMS_PER_KEY_MAX: usize = 50;

/// Signatures of one key that are looked at to tell how many films it would join: no film is put in so many ways, so that
/// a key with more of them does not link either.
pub const SIGNATURES_PER_KEY_MAX: usize = 2_000;

/// What a review says that tells films apart. All keys are folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
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

impl Signature {
    /// What a review's claims say that tells its film from others.
    pub fn of(said: &[Said]) -> Self {
        let mut signature = Self::default();
        for one in said.iter().filter(|one| one.chosen && one.subject.is_none()) {
            match one.field {
                Field::Title | Field::OriginalTitle => {
                    signature.titles.extend(title_keys(&one.value));
                }
                Field::Year => signature.year = signature.year.max(one.value.parse().ok()),
                Field::Director => {
                    signature.directors.insert(name_key(&one.value));
                }
                Field::ExternalId => {
                    signature.external_ids.insert(one.value.clone());
                }
                _ => {}
            }
        }
        signature.titles.remove("");
        signature.directors.remove("");
        signature
    }

    /// The keys by which signatures of one film find each other: a title, an external id, and, where a title alone would
    /// join too many films, a title with the year or with a director.
    pub fn keys(&self) -> BTreeSet<String> {
        let mut keys = self.external_ids.clone();
        for title in &self.titles {
            keys.insert(format!("title:{title}"));
            keys.extend(self.year.map(|year| format!("title:{title}|{year}")));
            keys.extend(self.directors.iter().map(|director| format!("title:{title}|{director}")));
        }
        keys
    }
}

/// Whether a key links the signatures that bear it: they are all that do, or more than [`SIGNATURES_PER_KEY_MAX`].
pub fn links(bearers: &[(Signature, usize)]) -> bool {
    bearers.len() <= FILMS_PER_KEY_MAX
        || bearers.len() <= SIGNATURES_PER_KEY_MAX
            && divide(bearers).into_iter().collect::<BTreeSet<_>>().len() <= FILMS_PER_KEY_MAX
}

/// Puts signatures together into films: those that linking keys connect, divided. Answers the number of each one's film.
///
/// `signatures` must be distinct, and whole: everything that a linking key connects.
pub fn films(signatures: &[(Signature, usize)], is_linking: impl Fn(&str) -> bool) -> Vec<usize> {
    let mut component_of: Vec<usize> = (0..signatures.len()).collect();
    let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
    for (index, (signature, _)) in signatures.iter().enumerate() {
        for key in signature.keys().into_iter().filter(|key| is_linking(key)) {
            let other = *first_with.entry(key).or_insert(index);
            let (one, other) = (root(&component_of, index), root(&component_of, other));
            if let Some(slot) = component_of.get_mut(one.max(other)) {
                *slot = one.min(other);
            }
        }
    }
    let mut components: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..signatures.len() {
        components.entry(root(&component_of, index)).or_default().push(index);
    }
    let mut film_of = vec![0; signatures.len()];
    let mut films: usize = 0;
    for members in components.into_values() {
        let component: Vec<(Signature, usize)> =
            members.iter().filter_map(|index| signatures.get(*index).cloned()).collect();
        let divided = divide(&component);
        for (index, film) in members.iter().zip(&divided) {
            if let Some(slot) = film_of.get_mut(*index) {
                *slot = films.saturating_add(*film);
            }
        }
        films = films.saturating_add(divided.into_iter().max().map_or(0, |last| last.saturating_add(1)));
    }
    film_of
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
            || signature
                .directors
                .iter()
                .any(|name| self.directors.iter().any(|known| known == name || near_equal(known, name)));
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
    fn a_title_that_too_many_films_bear_links_only_with_a_year_or_a_director() {
        let many: Vec<(Signature, usize)> = (0..60)
            .flat_map(|film| {
                let (year, director) = (1900 + 2 * film, format!("director of{film}"));
                [
                    signature(&["untitled"], Some(year), &[&director], &[]),
                    signature(&["untitled"], None, &[&director], &[]),
                    signature(&["untitled"], Some(year), &[], &[]),
                ]
            })
            .collect();
        assert!(!links(&many));
        assert!(links(many.get(..30).unwrap_or_default()));
        let of = films(&many, |key| key != "title:untitled");
        assert_eq!(of.iter().collect::<BTreeSet<_>>().len(), 60);
        assert!(of.chunks(3).all(|film| film.iter().all(|one| Some(one) == film.first())), "{of:?}");
    }

    fn said(field: Field, value: &str) -> Said {
        Said {
            claim: 0,
            field,
            subject: None,
            value: value.to_owned(),
            source: extract::Source::Headline,
            chosen: true,
            billing: None,
        }
    }

    /// How many films reviews are of that print these titles, and agree in all else.
    fn films_of(titles: &[&str]) -> usize {
        let signatures: BTreeSet<Signature> =
            titles.iter().map(|title| Signature::of(&[said(Field::Title, title)])).collect();
        let signatures: Vec<(Signature, usize)> = signatures.into_iter().map(|signature| (signature, 1)).collect();
        films(&signatures, |_| true).into_iter().collect::<BTreeSet<_>>().len()
    }

    #[test]
    fn a_film_is_one_under_every_form_of_its_title() {
        for titles in [
            &["Ebb", "Ebb (썰물)", "썰물", "썰물 (Ebb)", "썰물 Ebb", "Ebb / Sseolmul"][..],
            &["Low Tide (Marée basse)", "Marée basse", "MARÉE BASSE (2021)", "Low Tide"],
            &["The Quarry, Part II", "Quarry 2", "Quarry: Part Two", "QUARRY – PART 2", "The Quarry II"],
            &["Salt & Stone", "Salt and Stone", "‘Salt and Stone’"],
            &["L’Orme", "L'orme", "Orme, L’"],
            &["Die Brücke im Nebel", "Brücke im Nebel, Die"],
            &["O Vale Fundo", "Vale Fundo, O"],
            &["Nora: A Winter’s Account", "Nora – A Winter's Account", "Nora, A Winters Account"],
        ] {
            assert_eq!(films_of(titles), 1, "{titles:?}");
        }
        for titles in
            [&["Quarry", "Quarry 2"][..], &["Quarry II", "Quarry III"], &["Die Slowly", "Slowly"], &["Ebb", "Ebbing"]]
        {
            assert_eq!(films_of(titles), 2, "{titles:?}");
        }
    }

    #[test]
    fn a_second_film_on_the_page_leaves_no_mark_on_the_signature() {
        let other = |field, value| Said { chosen: false, ..said(field, value) };
        let page = [
            said(Field::Title, "Harbour"),
            other(Field::Title, "Night Ferry"),
            other(Field::Year, "2021"),
            said(Field::Year, "2019"),
            other(Field::Director, "Bo Marsh"),
            said(Field::Director, "Ada Lund"),
            other(Field::ExternalId, "IMDB:tt2"),
            // An identity of somebody in the film is none of the film.
            Said { subject: Some("Ada Lund".to_owned()), ..said(Field::ExternalId, "IMDB:nm1") },
        ];
        let (alone, _) = signature(&["harbour"], Some(2019), &["ada lund"], &[]);
        assert_eq!(Signature::of(&page), alone);
    }

    #[test]
    fn a_directors_name_in_another_spelling_is_no_other_film() {
        for (one, other) in [
            ("Pak Chae-uk", "Park Jae-wook"),
            ("J. K. Lund", "Johan K. Lund"),
            ("Moon Gyeong Su", "Gyeong-su Moon"),
            ("Sergei Lunsky", "Lunskii, Sergey"),
        ] {
            let directed = |by| Signature::of(&[said(Field::Title, "Ebb"), said(Field::Director, by)]);
            let signatures = [(directed(one), 1), (directed(other), 1)];
            assert_eq!(groups(&signatures).len(), 1, "{one} and {other}");
        }
    }

    #[test]
    fn a_title_in_other_forms_is_one_key_and_a_year_is_parsed() {
        let of = |title, year| Signature::of(&[said(Field::Title, title), said(Field::Year, year)]);
        for title in ["The Salt Road (2022)", "Salt Road", "‘The Salt-Road’", "SALT ROAD!", "the salt road [2022]"]
        {
            let signature = of(title, "2022");
            assert_eq!(signature.titles, BTreeSet::from(["saltroad".to_owned()]), "{title}");
            assert_eq!(signature.year, Some(2022));
        }
        assert_eq!(of("Salt Road", "soon").year, None);
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
