//! When two spellings are one name.

use std::collections::BTreeSet;

/// Letters that may differ between two romanisations of one name, for each whole run of this many letters.
const LETTERS_PER_DIFFERENCE: usize = 5;

/// Whether two folded names differ so little that they may be two romanisations of one: same number of words, same
/// first letters or nearly the same letters.
///
/// This alone never joins two people: it takes the same character, or the same film and role, as well.
pub fn near_equal(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) =
        (one.chars().filter(|c| *c != ' ').collect(), other.chars().filter(|c| *c != ' ').collect());
    let longest = one.len().max(other.len());
    let differences_max = (longest / LETTERS_PER_DIFFERENCE).min(3);
    longest >= LETTERS_PER_DIFFERENCE
        && longest - one.len().min(other.len()) <= differences_max
        && distance(&one, &other) <= differences_max
}

/// Whether `name` is a single word that is part of one of the fuller names: a bare surname or first name.
pub fn is_part_of(name_key: &str, others: &BTreeSet<&str>) -> bool {
    !name_key.contains(' ')
        && others.iter().any(|other| *other != name_key && other.split(' ').any(|word| word == name_key))
}

/// Letters to insert, remove or change to make one of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (cell, wanted) in row.iter_mut().skip(1).zip(other) {
            let changed = diagonal + usize::from(letter != wanted);
            diagonal = *cell;
            left = changed.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or(one.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanisations_are_near_equal_and_other_names_are_not() {
        assert!(near_equal("harim jang", "haerim jang"));
        assert!(near_equal("gyunam im", "kyunam im"));
        assert!(!near_equal("anna holt", "hans holm"));
        assert!(!near_equal("lee", "li"));
    }

    #[test]
    fn the_distance_counts_letters() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
        assert_eq!(distance(&letters(""), &letters("abc")), 3);
        assert_eq!(distance(&letters("abc"), &letters("")), 3);
        assert_eq!(distance(&letters("abc"), &letters("abc")), 0);
    }

    #[test]
    fn a_bare_surname_is_part_of_a_name_and_a_mononym_is_not() {
        let names = ["maren oakes", "zed"].into();
        assert!(is_part_of("oakes", &names));
        assert!(!is_part_of("zed", &names));
    }
}
