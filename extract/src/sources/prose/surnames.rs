//! Whom a surname alone means: a text names people in full once, and by their last name from then on.
//!
//! Read once all names of the text are known, so that every shape of sentence reads `Lund plays Ilse`, `Lund’s film`,
//! `director Lund` as it reads the whole name. A surname that two people share, or that is the first name of another, means nobody.

use std::collections::{HashMap, HashSet};

use crate::folding::{key, lower};
use crate::names::{is_person, names_in};
use crate::sources::Reading;
use crate::vocabulary::vocabulary;

use super::clause::Clause;
use super::{Known, prose_blocks};

/// People whose surnames are kept: a long review names two hundred.
const PEOPLE_MAX: usize = 600;

/// Whole names by the key of every part that they end with.
#[derive(Debug, Default)]
pub(crate) struct Surnames {
    whole: HashMap<String, Option<String>>,
}

impl Surnames {
    /// Of everybody whom the text or the page's credits name in full.
    pub(super) fn of(clauses: &[Clause<'_>], known: &Known) -> Self {
        let in_text = clauses.iter().flat_map(|clause| {
            let people = clause.names.iter().filter(|name| name.words > 1 && clause.is_person(name));
            people.map(|name| clause.name(name).to_owned())
        });
        let stated = known.people.iter().filter(|name| is_person(name)).cloned();
        Self::of_names(stated.chain(in_text), &known.titles)
    }

    /// Of everybody whom a page's text names in full, for those who read no prose.
    pub(crate) fn of_page(reading: Reading<'_>, titles: &HashSet<String>) -> Self {
        let in_text = prose_blocks(reading.page).flat_map(|block| {
            let text = reading.page.block_text(block);
            let names = names_in(text, reading.language).into_iter();
            names.filter_map(|name| text.get(name.span)).filter(|name| is_person(name)).map(str::to_owned)
        });
        Self::of_names(in_text, titles)
    }

    fn of_names(people: impl Iterator<Item = String>, titles: &HashSet<String>) -> Self {
        let mut surnames = Self::default();
        let mut seen = HashSet::new();
        let mut first_names = HashSet::new();
        for name in people.take(PEOPLE_MAX) {
            first_names.extend(name.split(' ').next().map(key));
            if seen.insert(key(&name)) {
                surnames.add(&name, titles);
            }
        }
        // `Craig` is nobody’s surname where somebody is called Craig Holm.
        surnames.whole.retain(|end, _| !first_names.contains(end));
        surnames
    }

    fn add(&mut self, name: &str, titles: &HashSet<String>) {
        for (at, _) in name.match_indices(' ') {
            let Some(end) = name.get(at..).map(str::trim_start).filter(|end| !end.is_empty()) else { continue };
            let own = key(end);
            if own.contains(' ') && !is_person(end) || is_surname(end, titles) {
                let slot = self.whole.entry(own).or_insert_with(|| Some(name.to_owned()));
                // `Ada Berg` and `Ada Maria Berg` are one; anybody else makes the surname say nothing.
                let is_other = slot.as_deref().is_some_and(|one| !is_one_person(one, name));
                let is_fuller = slot.as_deref().is_some_and(|one| one.len() < name.len());
                if is_other {
                    *slot = None;
                } else if is_fuller {
                    *slot = Some(name.to_owned());
                }
            }
        }
    }

    /// The whole name that a name in the text stands for.
    pub(crate) fn whole(&self, name: &str) -> Option<&str> {
        let own = key(name);
        self.whole.get(&own)?.as_deref().filter(|whole| key(whole) != own)
    }
}

/// Whether the end of a name can stand for it: `Berg`, but not `Jr.` or a word of the film's title.
fn is_surname(end: &str, titles: &HashSet<String>) -> bool {
    const LETTERS_MIN: usize = 3;
    let own = key(end);
    let in_title = titles.iter().any(|title| format!(" {title} ").contains(&format!(" {own} ")));
    end.chars().count() >= LETTERS_MIN
        && end.starts_with(char::is_uppercase)
        && !end.contains(' ')
        && !end.ends_with('.')
        && !vocabulary().is_stop(&lower(end), "en")
        && !vocabulary().is_seldom_name(&lower(end))
        && !in_title
}

/// Whether one of two names that end alike has all words of the other.
fn is_one_person(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    let words = |name: &str| name.split(' ').map(str::to_owned).collect::<HashSet<_>>();
    let (a, b) = (words(&a), words(&b));
    a.is_subset(&b) || b.is_subset(&a)
}
