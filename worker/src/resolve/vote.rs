//! How values that disagree are weighed. The only place that says which source counts for how much.

use std::collections::BTreeMap;

use extract::{Field, Source};

/// One statement of one review, as the graph weighs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Which review says it. Reviews that are copies of one text share a number.
    pub review: i64,
    /// What it is about.
    pub field: Field,
    /// The person of a character or depiction, as printed.
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

/// What all reviews together give to one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Weight {
    /// Sum over the reviews of the weight of the best place where each says it.
    pub total: u32,
    /// How many reviews say it.
    pub reviews: u32,
}

/// The weight of a source: twice the next lighter one, so that two reviews that say it in a lighter place equal one
/// that says it in a heavier. Structured data and credit blocks are both written to state facts.
pub fn source_weight(source: Source) -> u32 {
    match source {
        Source::StructuredData | Source::CreditBlock => 32,
        Source::Headline => 16,
        Source::Metadata => 8,
        Source::Caption => 4,
        Source::Prose => 2,
        Source::Url => 1,
    }
}

/// Adds up who says what: each review counts once for a value, where it says it best. `key` says what a statement
/// is a vote for; statements without a key, and those that their own page does not stand by, are left out.
pub fn tally<'a, Key: Ord + Clone>(
    statements: impl IntoIterator<Item = &'a Statement>,
    key: impl Fn(&Statement) -> Option<Key>,
) -> BTreeMap<Key, Weight> {
    let mut best: BTreeMap<(Key, i64), u32> = BTreeMap::new();
    for statement in statements {
        if let (true, Some(key)) = (statement.chosen, key(statement)) {
            let weight = source_weight(statement.source);
            let entry = best.entry((key, statement.review)).or_default();
            *entry = (*entry).max(weight);
        }
    }
    let mut totals: BTreeMap<Key, Weight> = BTreeMap::new();
    for ((key, _), weight) in best {
        let total = totals.entry(key).or_default();
        total.total += weight;
        total.reviews += 1;
    }
    totals
}

/// The value with the most weight. Ties go to the longer text, then to the one that sorts first.
pub fn heaviest(tally: &BTreeMap<String, Weight>) -> Option<&String> {
    tally
        .iter()
        .max_by(|(one, one_weight), (other, other_weight)| {
            one_weight.cmp(other_weight).then(one.chars().count().cmp(&other.chars().count())).then(other.cmp(one))
        })
        .map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(review: i64, value: &str, source: Source) -> Statement {
        Statement {
            review,
            field: Field::Year,
            subject: None,
            value: value.into(),
            source,
            chosen: true,
            billing: None,
        }
    }

    #[test]
    fn a_review_counts_once_for_a_value_where_it_says_it_best() {
        let statements =
            [year(1, "2001", Source::Prose), year(1, "2001", Source::CreditBlock), year(2, "2002", Source::Prose)];
        let tally = tally(&statements, |statement| Some(statement.value.clone()));
        assert_eq!(tally.get("2001"), Some(&Weight { total: 32, reviews: 1 }));
        assert_eq!(heaviest(&tally).map(String::as_str), Some("2001"));
    }

    #[test]
    fn what_the_page_itself_does_not_stand_by_has_no_vote() {
        let slip = Statement { chosen: false, ..year(1, "1999", Source::CreditBlock) };
        assert!(tally(&[slip], |statement| Some(statement.value.clone())).is_empty());
    }
}
