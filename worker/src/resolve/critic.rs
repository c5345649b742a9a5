//! Which bylines are one critic: the same name at one outlet, or with one website.
//!
//! A critic is never joined with somebody who made films by name alone.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::Borne;

/// A byline as pages of one outlet print it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Byline {
    /// The name folded.
    pub key: String,
    /// As printed.
    pub name: String,
    /// The critic's own site, as the pages link it.
    pub website: Option<String>,
    /// What the pages say of the critic.
    pub bio: Option<String>,
    /// The outlet's row number.
    pub outlet: i64,
    /// The byline's row number.
    pub id: i64,
    /// Reviews that bear it.
    pub reviews: usize,
    /// The earliest of them.
    pub earliest: i64,
    /// The person that it stood for before that one was merged.
    pub home: Option<i64>,
    /// The person that it stood for until now.
    pub person: Option<i64>,
}

/// A critic put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Critic {
    /// What they sign with, sorted by content.
    pub bylines: Vec<Byline>,
    /// Where they write, sorted.
    pub outlets: BTreeSet<i64>,
    /// Their own site: the one that most reviews link.
    pub website: Option<String>,
    /// The longest of the bios: pages shorten it.
    pub bio: Option<String>,
    /// Display name: printed by most reviews, then the fuller, then the first by letters.
    pub name: String,
    /// Other spellings, sorted.
    pub other_names: Vec<String>,
    /// Ids that the bylines have for a home.
    pub borne: Borne,
}

/// Puts bylines together into critics. The answer does not depend on their order.
pub fn identify(bylines: Vec<Byline>) -> Vec<Critic> {
    let mut sorted = bylines;
    sorted.sort();
    let mut critics: Vec<Vec<Byline>> = Vec::new();
    for byline in sorted {
        let (joined, apart): (Vec<_>, Vec<_>) =
            critics.into_iter().partition(|critic| critic.iter().any(|other| same_critic(other, &byline)));
        let mut critic: Vec<Byline> = joined.into_iter().flatten().collect();
        critic.push(byline);
        critics = apart;
        critics.push(critic);
    }
    critics.into_iter().map(critic).collect()
}

fn same_critic(one: &Byline, other: &Byline) -> bool {
    let same_site = one.website.is_some() && one.website == other.website;
    one.key == other.key && (one.outlet == other.outlet || same_site)
}

fn critic(mut bylines: Vec<Byline>) -> Critic {
    bylines.sort();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut websites: BTreeMap<&str, usize> = BTreeMap::new();
    let mut borne = Borne::new();
    for byline in &bylines {
        let count = names.entry(&byline.name).or_default();
        *count = count.saturating_add(byline.reviews);
        if let Some(website) = &byline.website {
            let count = websites.entry(website).or_default();
            *count = count.saturating_add(byline.reviews);
        }
        if let Some(home) = byline.home.or(byline.person) {
            let (members, earliest) = borne.entry(home).or_insert((0, byline.earliest));
            *members = members.saturating_add(byline.reviews);
            *earliest = byline.earliest.min(*earliest);
        }
    }
    let most = |counts: &BTreeMap<&str, usize>| {
        let rank = |text: &str| (counts.get(text).copied().unwrap_or(0), text.chars().count());
        counts
            .keys()
            .max_by(|one, other| rank(one).cmp(&rank(other)).then(other.cmp(one)))
            .map(|text| (*text).to_owned())
    };
    let name = most(&names).unwrap_or_default();
    let bios = bylines.iter().filter_map(|byline| byline.bio.as_deref());
    Critic {
        outlets: bylines.iter().map(|byline| byline.outlet).collect(),
        website: most(&websites),
        bio: bios.max_by_key(|bio| (bio.chars().count(), std::cmp::Reverse(*bio))).map(str::to_owned),
        other_names: names.keys().filter(|other| **other != name).map(|other| (*other).to_owned()).collect(),
        name,
        borne,
        bylines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn byline(id: i64, outlet: i64, website: Option<&str>, reviews: usize) -> Byline {
        let (name, website) = ("Ida Bell".to_owned(), website.map(str::to_owned));
        Byline {
            key: "bell ida".to_owned(),
            name,
            website,
            bio: None,
            outlet,
            id,
            reviews,
            earliest: id,
            home: None,
            person: None,
        }
    }

    #[test]
    fn a_website_joins_outlets_and_a_name_alone_does_not() {
        let site = Some("https://ida.example/");
        let bylines =
            vec![byline(1, 10, None, 1), byline(2, 11, site, 1), byline(3, 10, site, 1), byline(4, 12, None, 1)];
        let critics: BTreeSet<BTreeSet<i64>> = identify(bylines)
            .into_iter()
            .map(|critic| critic.bylines.into_iter().map(|byline| byline.id).collect())
            .collect();
        assert_eq!(critics, BTreeSet::from([BTreeSet::from([1, 2, 3]), BTreeSet::from([4])]));
    }

    #[test]
    fn the_name_that_most_reviews_print_is_served_and_the_others_are_kept() {
        let initial = Byline { name: "I. Bell".to_owned(), ..byline(2, 10, None, 5) };
        let accented = Byline { name: "Ída Bell".to_owned(), ..byline(3, 10, None, 4) };
        let critics = identify(vec![byline(1, 10, None, 4), initial, accented]);
        let [critic] = critics.as_slice() else { panic!("{critics:?}") };
        assert_eq!(critic.name, "I. Bell");
        assert_eq!(critic.other_names, ["Ida Bell", "Ída Bell"]);
    }
}
