//! What one review adds to the tallies: each thing that it says, once, where it says it best.

use std::collections::{BTreeMap, BTreeSet};

use entity::sort_key::{fold, name_key};
use extract::{Field, Source};

use super::vote::source_weight;

/// A claim, as a review makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The claim's row number.
    pub claim: i64,
    /// What it is about.
    pub field: Field,
    /// The person of a character, a depiction, or an external id, as printed.
    pub subject: Option<String>,
    /// What is said.
    pub value: String,
    /// Where it stands.
    pub source: Source,
    /// Whether the page as a whole says so.
    pub chosen: bool,
    /// Place in the order in which a credit block names the cast.
    pub billing: Option<i32>,
}

/// What is said, however it is spelt: names a statement within its film.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementKey {
    /// What it is about.
    pub field: Field,
    /// The subject's name folded; empty where there is none.
    pub subject_key: String,
    /// The value folded. Empty in the row that counts who says anything of the field.
    pub value_key: String,
}

/// A statement of one review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// The statement.
    pub key: StatementKey,
    /// The subject as printed; empty where there is none.
    pub subject: String,
    /// The value as printed.
    pub value: String,
    /// The weightiest place where the review says it.
    pub source: Source,
    /// Whether the page stands by it.
    pub chosen: bool,
    /// The first place in a credit block.
    pub billing: Option<i32>,
    /// The claims that say it.
    pub claims: Vec<i64>,
}

/// Fields with many values: of these, who says anything at all is counted too.
const LISTS: [Field; 9] = [
    Field::Genre,
    Field::Director,
    Field::Writer,
    Field::Producer,
    Field::Cinematographer,
    Field::Editor,
    Field::Composer,
    Field::Cast,
    Field::Depiction,
];

/// Puts a review's claims together into votes, sorted by statement. The order of the claims does not matter.
pub fn votes(said: &[Said]) -> Vec<Vote> {
    let mut votes: BTreeMap<StatementKey, Vote> = BTreeMap::new();
    for one in said {
        let Some((key, subject, value)) = read(one) else { continue };
        let vote = Vote {
            key: key.clone(),
            subject,
            value,
            source: one.source,
            chosen: one.chosen,
            billing: one.billing.filter(|_| one.chosen),
            claims: vec![one.claim],
        };
        match votes.get_mut(&key) {
            None => {
                votes.insert(key, vote);
            }
            Some(known) => add(known, vote),
        }
    }
    let stated: BTreeSet<Field> = votes
        .values()
        .filter(|vote| vote.chosen && LISTS.contains(&vote.key.field))
        .map(|vote| vote.key.field)
        .collect();
    let anything = stated.into_iter().map(|field| Vote {
        key: StatementKey { field, subject_key: String::new(), value_key: String::new() },
        subject: String::new(),
        value: String::new(),
        source: Source::Prose,
        chosen: true,
        billing: None,
        claims: Vec::new(),
    });
    let mut all: Vec<Vote> = anything.chain(votes.values().cloned()).collect();
    all.sort_by(|one, other| one.key.cmp(&other.key));
    all
}

/// The better place stands; the claims come together.
fn add(known: &mut Vote, other: Vote) {
    let rank = |vote: &Vote| (vote.chosen, source_weight(vote.source), std::cmp::Reverse(vote.source));
    let form =
        |vote: &Vote| (vote.value.chars().count(), std::cmp::Reverse((vote.value.clone(), vote.subject.clone())));
    let billing = match (known.billing, other.billing) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let mut claims = std::mem::take(&mut known.claims);
    claims.extend(&other.claims);
    if rank(&other).cmp(&rank(known)).then_with(|| form(&other).cmp(&form(known))).is_gt() {
        *known = other;
    }
    known.billing = billing;
    known.claims = claims;
}

/// The statement that a claim makes, with subject and value as printed; `None` where it folds to nothing.
fn read(said: &Said) -> Option<(StatementKey, String, String)> {
    let subject = said.subject.clone().unwrap_or_default();
    let subject_key = name_key(&subject);
    let (subject_key, value_key, value) = match said.field {
        // A caption's text is its own; who is in the picture is what reviews share.
        Field::Depiction => (String::new(), subject_key, subject.clone()),
        Field::Character if subject_key.is_empty() => return None,
        Field::Character => (subject_key, folded_or_same(&said.value), said.value.clone()),
        Field::ExternalId => (subject_key, said.value.clone(), said.value.clone()),
        field if is_person(field) => (String::new(), name_key(&said.value), said.value.clone()),
        _ => (String::new(), folded_or_same(&said.value), said.value.clone()),
    };
    let subject = if subject_key.is_empty() { String::new() } else { subject };
    (!value_key.is_empty()).then_some((StatementKey { field: said.field, subject_key, value_key }, subject, value))
}

/// Whether the field's values are names of people.
pub fn is_person(field: Field) -> bool {
    LISTS.contains(&field) && field != Field::Genre
}

/// Text that folds to nothing (signs alone) stands for itself.
fn folded_or_same(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(claim: i64, field: Field, value: &str, source: Source) -> Said {
        Said { claim, field, subject: None, value: value.to_owned(), source, chosen: true, billing: None }
    }

    #[test]
    fn a_review_votes_once_for_a_value_where_it_says_it_best() {
        let votes = votes(&[
            said(1, Field::Year, "2001", Source::Prose),
            said(2, Field::Year, "2001", Source::CreditBlock),
            said(3, Field::Year, "2001", Source::Url),
        ]);
        let [vote] = votes.as_slice() else { panic!("{votes:?}") };
        assert_eq!((vote.source, vote.claims.as_slice()), (Source::CreditBlock, [1, 2, 3].as_slice()));
    }

    #[test]
    fn spellings_of_one_name_are_one_vote_and_the_list_is_counted() {
        let mut billed = said(2, Field::Cast, "Holt, Anna", Source::CreditBlock);
        billed.billing = Some(3);
        let votes = votes(&[said(1, Field::Cast, "Anna Holt", Source::Prose), billed]);
        let printed: Vec<(&str, &str)> =
            votes.iter().map(|vote| (vote.key.value_key.as_str(), vote.value.as_str())).collect();
        assert_eq!(printed, [("", ""), ("anna holt", "Holt, Anna")]);
        assert_eq!(votes.last().and_then(|vote| vote.billing), Some(3));
    }

    #[test]
    fn a_slip_is_a_vote_that_the_page_does_not_stand_by() {
        let slip = Said {
            subject: Some("Anna Holt".to_owned()),
            chosen: false,
            ..said(1, Field::Character, "Oro", Source::Prose)
        };
        let votes = votes(&[slip]);
        assert_eq!(votes.iter().map(|vote| vote.chosen).collect::<Vec<_>>(), [false]);
    }

    #[test]
    fn the_order_of_the_claims_does_not_matter() {
        let claims = [
            said(1, Field::Title, "Night Ferry", Source::Headline),
            said(2, Field::Title, "NIGHT FERRY", Source::Headline),
            said(3, Field::Title, "Night ferry", Source::Url),
        ];
        let expected = votes(&claims).into_iter().map(|vote| (vote.value, vote.source)).collect::<Vec<_>>();
        let mut turned = claims.to_vec();
        for _ in 0..turned.len() {
            turned.rotate_left(1);
            let again = votes(&turned).into_iter().map(|vote| (vote.value, vote.source)).collect::<Vec<_>>();
            assert_eq!(again, expected);
        }
    }
}
