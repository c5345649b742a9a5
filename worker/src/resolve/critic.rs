//! Which bylines are one critic: the same name at one outlet, or with one website.
//!
//! A critic is never joined with somebody who made films by name alone.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::Borne;

/// A byline as one review prints it, among reviews whose bylines fold to one key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Byline {
    /// The review's row number.
    pub review: i64,
    /// The outlet's row number.
    pub outlet: i64,
    /// The critic's own site, as the page links it.
    pub website: Option<String>,
    /// As printed.
    pub name: String,
    /// The person that the review's byline stood for until now.
    pub person: Option<i64>,
}

/// A critic put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Critic {
    /// Their reviews, sorted.
    pub reviews: Vec<i64>,
    /// Where they write, sorted.
    pub outlets: BTreeSet<i64>,
    /// Their own site: the one that most reviews link.
    pub website: Option<String>,
    /// Display name: printed by most reviews, then the fuller, then the first by letters.
    pub name: String,
    /// Other spellings, sorted.
    pub other_names: Vec<String>,
    /// Ids that the bylines bore until now.
    pub borne: Borne,
}

/// Puts bylines of one key together into critics. The answer does not depend on their order.
pub fn identify(bylines: &[Byline]) -> Vec<Critic> {
    let mut sorted: Vec<&Byline> = bylines.iter().collect();
    sorted.sort();
    let mut critics: Vec<Vec<&Byline>> = Vec::new();
    for byline in sorted {
        let (mut joined, apart): (Vec<_>, Vec<_>) = critics
            .into_iter()
            .partition(|critic: &Vec<&Byline>| critic.iter().any(|other| same_critic(other, byline)));
        let mut critic: Vec<&Byline> = joined.drain(..).flatten().collect();
        critic.push(byline);
        critics = apart;
        critics.push(critic);
    }
    let mut critics: Vec<Critic> = critics.into_iter().map(critic).collect();
    critics.sort_by(|one, other| one.reviews.cmp(&other.reviews));
    critics
}

fn same_critic(one: &Byline, other: &Byline) -> bool {
    one.outlet == other.outlet || (one.website.is_some() && one.website == other.website)
}

fn critic(bylines: Vec<&Byline>) -> Critic {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut websites: BTreeMap<&str, usize> = BTreeMap::new();
    let mut borne = Borne::new();
    for byline in &bylines {
        *names.entry(&byline.name).or_default() += 1;
        if let Some(website) = &byline.website {
            *websites.entry(website).or_default() += 1;
        }
        if let Some(person) = byline.person {
            let (members, earliest) = borne.entry(person).or_insert((0, byline.review));
            *members += 1;
            *earliest = byline.review.min(*earliest);
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
    let mut reviews: Vec<i64> = bylines.iter().map(|byline| byline.review).collect();
    reviews.sort_unstable();
    Critic {
        reviews,
        outlets: bylines.iter().map(|byline| byline.outlet).collect(),
        website: most(&websites),
        other_names: names.keys().filter(|other| **other != name).map(|other| (*other).to_owned()).collect(),
        name,
        borne,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn byline(review: i64, outlet: i64, website: Option<&str>) -> Byline {
        Byline { review, outlet, website: website.map(str::to_owned), name: "Ida Bell".to_owned(), person: None }
    }

    #[test]
    fn a_website_joins_outlets_and_a_name_alone_does_not() {
        let site = Some("https://ida.example/");
        let critics = identify(&[byline(1, 10, None), byline(2, 11, site), byline(3, 10, site), byline(4, 12, None)]);
        let reviews: Vec<Vec<i64>> = critics.into_iter().map(|critic| critic.reviews).collect();
        assert_eq!(reviews, [vec![1, 2, 3], vec![4]]);
    }
}
