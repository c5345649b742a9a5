//! Syndication: which reviews print one text, and which of them is the original.
//!
//! A text is the set of its shingles, the runs of five words. Two texts are one where they share most of their shingles. So
//! that not every pair must be compared, a text has bands, hashes of parts of its MinHash: texts that share most of their
//! shingles share a band with near certainty, and others almost never.

use std::collections::BTreeSet;

use entity::sort_key::fold;
use minhash_rs::prelude::{MinHash, MinHasher, SipHashes13};

/// Words of a shingle: fewer are common turns of phrase, more break at every word that an editor changes.
const SHINGLE_WORDS: usize = 5;

/// A text with fewer shingles has no bands: capsules, stubs and notices are alike without being copied.
const SHINGLES_MIN: usize = 60;

/// Words of a text that are looked at: no review is as long, and the cost of a store must not follow a page's size.
const WORDS_MAX: usize = 20_000;

/// Share of all their shingles that two printings of one text have in common at least (the Jaccard index). An editor who
/// changes every fiftieth word leaves four fifths; two reviews of one film by different critics share hardly any.
const COMMON_SHARE_MIN: f64 = 0.7;

/// Hash functions of a MinHash.
const PERMUTATIONS: usize = 128;

/// Bands of a MinHash. With four hashes each, texts at [`COMMON_SHARE_MIN`] share a band in 99.98 of a hundred cases, and
/// texts that have a tenth in common in less than one.
const BANDS: usize = 32;

/// Neighbours on either side, by address, with whom a review is compared in a band: enough that a group hangs together, and
/// the same cost however often a text is printed.
pub const NEIGHBOURS: usize = 8;

/// Runs of words, each once.
pub type Shingles = BTreeSet<String>;

/// The shingles of a text, in folded words.
pub fn shingles(text: &str) -> Shingles {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').flat_map(words_of).take(WORDS_MAX).collect();
    words.windows(SHINGLE_WORDS).map(|run| run.join(" ")).collect()
}

/// A run between spaces; in scripts that are written without any, its single characters.
fn words_of(run: &str) -> Vec<&str> {
    let unspaced =
        |letter: char| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    run.split_inclusive(unspaced).collect()
}

/// The bands of a text, by which it is found; none where it is too short to tell.
pub fn bands(shingles: &Shingles) -> BTreeSet<i64> {
    if shingles.len() < SHINGLES_MIN {
        return BTreeSet::new();
    }
    let hashes: MinHash<u64, PERMUTATIONS, SipHashes13, u64, &str> = shingles.iter().map(String::as_str).collect();
    hashes.band_hashes::<BANDS>().into_iter().map(u64::cast_signed).collect()
}

/// Whether two texts are one text in two printings.
pub fn is_one_text(one: &Shingles, other: &Shingles) -> bool {
    if one.len().min(other.len()) < SHINGLES_MIN {
        return false;
    }
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    common as f64 >= COMMON_SHARE_MIN * all as f64
}

/// Those who stand near `review` in a band, whose members are in order of their addresses.
pub fn neighbours(members: &[i64], review: i64) -> impl Iterator<Item = i64> {
    let place = members.iter().position(|member| *member == review);
    let near = place.and_then(|place| {
        let end = members.len().min(place.saturating_add(NEIGHBOURS + 1));
        members.get(place.saturating_sub(NEIGHBOURS)..end)
    });
    near.unwrap_or_default().iter().copied().filter(move |member| *member != review)
}

/// A review of a group, as far as it tells which is the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printing {
    /// The review.
    pub review: i64,
    /// Canonical address.
    pub url: String,
    /// ISO 8601.
    pub published_on: Option<String>,
    /// Whether it stands on its author's own site.
    pub on_own_site: bool,
}

/// The original of a group: the earliest dated, then the one on its author's own site, then the smaller address.
pub fn original(group: &[Printing]) -> Option<i64> {
    let order = |printing: &&Printing| {
        (printing.published_on.is_none(), printing.published_on.clone(), !printing.on_own_site, printing.url.clone())
    };
    group.iter().min_by_key(order).map(|printing| printing.review)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of distinct words.
    fn text(words: usize, from: usize) -> Vec<String> {
        (from..from + words).map(|number| format!("word{number}")).collect()
    }

    fn shingles_of(words: &[String]) -> Shingles {
        shingles(&words.join(" "))
    }

    fn meet(one: &Shingles, other: &Shingles) -> bool {
        !bands(one).is_disjoint(&bands(other))
    }

    #[test]
    fn a_text_with_some_words_changed_is_found_and_is_the_same() {
        let original = text(400, 0);
        let mut copy = original.clone();
        for place in (10..400).step_by(60) {
            if let Some(word) = copy.get_mut(place) {
                *word = format!("other{place}");
            }
        }
        copy.truncate(390);
        let (one, other) = (shingles_of(&original), shingles_of(&copy));
        assert!(is_one_text(&one, &other) && meet(&one, &other));
    }

    #[test]
    fn typography_case_and_line_breaks_do_not_make_another_text() {
        let plain = shingles(&"It’s the river – slow, wide and café-brown. ".repeat(3));
        assert_eq!(plain, shingles(&"It's the\nRIVER — slow, wide, and cafe\u{301}-brown ".repeat(3)));
    }

    #[test]
    fn texts_that_quote_the_same_passage_are_two() {
        let quoted = text(80, 0);
        let with = |from| [quoted.clone(), text(300, from)].concat();
        assert!(!is_one_text(&shingles_of(&with(1_000)), &shingles_of(&with(2_000))));
    }

    #[test]
    fn short_texts_are_never_copies() {
        let short = shingles_of(&text(SHINGLES_MIN + SHINGLE_WORDS - 2, 0));
        assert!(bands(&short).is_empty() && !is_one_text(&short, &short));
        let long = shingles_of(&text(SHINGLES_MIN + SHINGLE_WORDS - 1, 0));
        assert!(!bands(&long).is_empty() && is_one_text(&long, &long));
    }

    #[test]
    fn scripts_without_spaces_have_words_too() {
        let line = |from: u32| -> String { (from..from + 100).filter_map(char::from_u32).collect() };
        assert_eq!(shingles(&line(0x4e00)).len(), 96);
        assert!(!is_one_text(&shingles(&line(0x4e00)), &shingles(&line(0x5e00))));
    }

    #[test]
    fn bands_stay_what_they_are_because_they_are_kept() {
        let first = bands(&shingles_of(&text(100, 0))).into_iter().next();
        assert_eq!(first, Some(FIRST_BAND));
    }

    const FIRST_BAND: i64 = -7_955_729_675_901_042_535;

    #[test]
    fn the_original_is_the_earliest_then_on_its_authors_site_then_the_smaller_address() {
        let printing = |review, url: &str, published_on: Option<&str>, on_own_site| Printing {
            review,
            url: url.to_owned(),
            published_on: published_on.map(str::to_owned),
            on_own_site,
        };
        let a = printing(1, "https://a.example/", Some("2025-03-02"), false);
        let b = printing(2, "https://b.example/", Some("2025-03-01"), false);
        let c = printing(3, "https://c.example/", Some("2025-03-01"), true);
        let d = printing(4, "https://0.example/", None, true);
        assert_eq!(original(&[a.clone(), b.clone(), c.clone(), d.clone()]), Some(3));
        assert_eq!(original(&[a.clone(), b]), Some(2));
        assert_eq!(original(&[d, a.clone()]), Some(1), "a page without a date may be of any day");
        let e = printing(5, "https://b.example/", Some("2025-03-02"), false);
        assert_eq!(original(&[e, a]), Some(1));
        assert_eq!(original(&[]), None);
    }

    #[test]
    fn neighbours_are_near_on_either_side() {
        let members: Vec<i64> = (0..40).collect();
        let near: Vec<i64> = neighbours(&members, 20).collect();
        assert_eq!(near, (12..20).chain(21..29).collect::<Vec<i64>>());
        assert_eq!(neighbours(&members, 0).count(), NEIGHBOURS);
        assert_eq!(neighbours(&members, 99).count(), 0);
    }
}
