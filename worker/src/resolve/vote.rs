//! How values that disagree are weighed. The only place that says which source counts for how much.

use std::collections::BTreeMap;

use extract::Source;

use super::ballot::StatementKey;

/// A statement in one wording, at one kind of place, with how many independent reviews make it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tallied {
    /// The statement's row number.
    pub statement: i64,
    /// The statement.
    pub key: StatementKey,
    /// The person of a character or an external id, as printed; empty where there is none.
    pub subject: String,
    /// What is said, as printed.
    pub value: String,
    /// Where it stands.
    pub source: Source,
    /// Whether the pages as a whole say so.
    pub chosen: bool,
    /// How many reviews.
    pub reviews: u64,
    /// How many of them name the person at a place in a credit block.
    pub billed: u64,
    /// The sum of these places.
    pub billing_sum: u64,
}

/// What all reviews together give to one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Weight {
    /// Sum over the reviews of the weight of the best place where each says it.
    pub total: u64,
    /// How many reviews say it.
    pub reviews: u64,
}

impl Weight {
    /// Adds what other reviews give.
    pub fn add(&mut self, other: Self) {
        self.total = self.total.saturating_add(other.total);
        self.reviews = self.reviews.saturating_add(other.reviews);
    }
}

impl Tallied {
    /// What these reviews give to what they say.
    pub fn weight(&self) -> Weight {
        Weight { total: source_weight(self.source).saturating_mul(self.reviews), reviews: self.reviews }
    }
}

/// The weight of a source: twice the next lighter one, so that two reviews that say it in a lighter place equal one
/// that says it in a heavier. Structured data and credit blocks are both written to state facts.
pub fn source_weight(source: Source) -> u64 {
    match source {
        Source::StructuredData | Source::CreditBlock => 32,
        Source::Headline => 16,
        Source::Metadata => 8,
        Source::Caption => 4,
        Source::Prose => 2,
        Source::Url => 1,
    }
}

/// Adds up who says what. `key` says what a row is a vote for; rows without a key, and what pages do not stand by, are left
/// out.
pub fn tally<'a, Key: Ord>(
    rows: impl IntoIterator<Item = &'a Tallied>,
    key: impl Fn(&'a Tallied) -> Option<Key>,
) -> BTreeMap<Key, Weight> {
    let mut totals: BTreeMap<Key, Weight> = BTreeMap::new();
    for row in rows {
        if let (true, Some(key)) = (row.chosen, key(row)) {
            totals.entry(key).or_default().add(row.weight());
        }
    }
    totals
}

/// The value with the most weight. Ties go to the longer text, then to the one that sorts first.
pub fn heaviest<Text: AsRef<str> + Ord>(tally: &BTreeMap<Text, Weight>) -> Option<&Text> {
    tally
        .iter()
        .max_by(|(one, one_weight), (other, other_weight)| {
            let length = |text: &Text| text.as_ref().chars().count();
            one_weight.cmp(other_weight).then(length(one).cmp(&length(other))).then(other.cmp(one))
        })
        .map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use extract::Field;

    fn year(value: &str, source: Source, reviews: u64) -> Tallied {
        Tallied {
            statement: 0,
            key: StatementKey { field: Field::Year, subject_key: String::new(), value_key: value.to_owned() },
            subject: String::new(),
            value: value.to_owned(),
            source,
            chosen: true,
            reviews,
            billed: 0,
            billing_sum: 0,
        }
    }

    #[test]
    fn a_heavier_place_outweighs_some_lighter_ones_and_many_outweigh_it() {
        let value = |row: &Tallied| Some(row.value.clone());
        let credited = year("2001", Source::CreditBlock, 1);
        let few = tally(&[credited.clone(), year("2002", Source::Prose, 15)], value);
        assert_eq!(heaviest(&few).map(String::as_str), Some("2001"));
        let many = tally(&[credited, year("2002", Source::Prose, 17)], value);
        assert_eq!(heaviest(&many).map(String::as_str), Some("2002"));
    }

    #[test]
    fn what_the_pages_themselves_do_not_stand_by_has_no_vote() {
        let slip = Tallied { chosen: false, ..year("1999", Source::CreditBlock, 9) };
        assert!(tally(&[slip], |row| Some(row.value.as_str())).is_empty());
    }
}
