//! When two spellings are one name: romanisations, initials, a middle name more or less.
//!
//! Knows letters, not people: what joins two of them is more than this, and `groups` asks for it.

use std::collections::BTreeSet;

use entity::sort_key::is_same_surname;

/// Letters that may differ between two romanisations of one name, for each whole run of this many letters.
const LETTERS_PER_DIFFERENCE: usize = 5;

/// Words that tell a father from a son of one name.
const GENERATIONS: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

/// Names of more words are compared word by word in alphabetical order: nobody tries every order of a list.
const WORDS_MAX: usize = 4;

/// Letters of names that romanisations of one sound write in several ways, in the order in which they are rewritten.
const SOUNDS: [(&str, &str); 46] = [
    ("shch", "s"),
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "s"),
    ("ch", "c"),
    ("zh", "c"),
    ("dj", "c"),
    ("j", "c"),
    ("q", "c"),
    ("sh", "s"),
    ("hs", "s"),
    ("x", "s"),
    ("tz", "s"),
    ("ts", "s"),
    ("ph", "f"),
    ("kh", "h"),
    ("gh", "k"),
    ("ck", "k"),
    ("gu", "ku"),
    ("g", "k"),
    ("th", "t"),
    ("d", "t"),
    ("b", "p"),
    ("r", "l"),
    ("ae", "e"),
    ("yeo", "yo"),
    ("yoo", "yo"),
    ("you", "yo"),
    ("yu", "yo"),
    ("woo", "o"),
    ("wu", "o"),
    ("wo", "o"),
    ("oo", "o"),
    ("eo", "o"),
    ("eu", "o"),
    ("ou", "o"),
    ("u", "o"),
    ("iy", "i"),
    ("ii", "i"),
    ("ij", "i"),
    ("ey", "i"),
    ("ei", "i"),
    ("ee", "i"),
    ("oi", "i"),
    ("y", "i"),
    ("w", "v"),
];

/// Whether two folded names may be two forms of one: romanisations that differ in few letters or in none that is heard, a
/// word written in two, a middle name more, a first name of which the other has the initial.
///
/// This alone never joins two people: it takes the same character, or the same film and role, as well.
pub fn near_equal(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if are_of_two_generations(&one, &other) {
        return false;
    }
    let letters = |words: &[&str]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let longest = letters(&one).max(letters(&other));
    let differences_max = (longest / LETTERS_PER_DIFFERENCE).min(3);
    one.len() == other.len() && longest >= LETTERS_PER_DIFFERENCE && difference(&one, &other) <= differences_max
        || is_written_together(&one, &other)
        || is_fuller(&one, &other)
        || abbreviates(&one, &other)
        || abbreviates(&other, &one)
}

/// Whether two folded names sound the same, so that they are two romanisations of one wherever one film has both.
pub fn sounds_equal(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    one.len() >= 2
        && !are_of_two_generations(&one, &other)
        && (one.len() == other.len() && difference(&one, &other) == 0 || is_written_together(&one, &other))
}

/// Whether one folded name has initials where the other has names: "jk lund" for "johan k lund".
pub fn is_abbreviation(short: &str, full: &str) -> bool {
    let (short, full): (Vec<&str>, Vec<&str>) = (short.split(' ').collect(), full.split(' ').collect());
    !are_of_two_generations(&short, &full) && abbreviates(&short, &full)
}

/// Whether `name` is a single word that is part of one of the fuller names: a bare surname or first name.
pub fn is_part_of(name_key: &str, others: &BTreeSet<&str>) -> bool {
    !name_key.contains(' ')
        && others.iter().any(|other| *other != name_key && other.split(' ').any(|word| word == name_key))
}

/// Junior and senior are two people; one of them without the word may be either.
fn are_of_two_generations(one: &[&str], other: &[&str]) -> bool {
    let generation =
        |words: &[&str]| words.iter().find(|word| GENERATIONS.contains(word)).map(|word| (*word).to_owned());
    matches!((generation(one), generation(other)), (Some(one), Some(other)) if one != other)
}

/// Letters that differ at least, whichever word of one is held against whichever of the other.
fn difference(one: &[&str], other: &[&str]) -> usize {
    let (Some((first, rest)), true) = (one.split_first(), one.len() <= WORDS_MAX) else {
        return one.iter().zip(other).map(|(one, other)| word_difference(one, other)).sum();
    };
    let with = |place: usize| {
        let mut left = other.to_vec();
        let word = left.remove(place);
        word_difference(first, word).saturating_add(difference(rest, &left))
    };
    (0..other.len()).map(with).min().unwrap_or(0)
}

/// Letters that differ between two words: as they are written, or as they sound.
fn word_difference(one: &str, other: &str) -> usize {
    if one == other || is_same_surname(one, other) {
        return 0;
    }
    let letters = |word: &str| word.chars().collect::<Vec<_>>();
    distance(&letters(one), &letters(other)).min(distance(&letters(&sound(one)), &letters(&sound(other))))
}

/// A word as romanisations of one sound have it in common.
pub fn sound(word: &str) -> String {
    let mut sound = word.strip_prefix("ye").map_or_else(|| word.to_owned(), |rest| format!("e{rest}"));
    for (written, heard) in SOUNDS {
        if sound.contains(written) {
            sound = sound.replace(written, heard);
        }
    }
    let mut letters: Vec<char> = Vec::with_capacity(sound.len());
    for letter in sound.chars() {
        // "Park" has no r that is heard, and a double letter no second one.
        if letter == 'k' && letters.last() == Some(&'l') && letters.len() > 1 {
            letters.pop();
        }
        if letters.last() != Some(&letter) {
            letters.push(letter);
        }
    }
    letters.into_iter().collect()
}

/// Whether the names differ in that one writes a word in two: "Van Dam" and "Vandam".
fn is_written_together(one: &[&str], other: &[&str]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() + 1 != long.len() || short.len() < 2 || long.len() > WORDS_MAX + 1 {
        return false;
    }
    let apart: Vec<&str> = long.iter().filter(|word| !short.contains(word)).copied().collect();
    let together: Vec<&str> = short.iter().filter(|word| !long.contains(word)).copied().collect();
    match (apart.as_slice(), together.as_slice()) {
        ([first, second], [whole]) => {
            let is_whole = |one: &str, other: &str| sound(&format!("{one}{other}")) == sound(whole);
            is_whole(first, second) || is_whole(second, first)
        }
        _ => false,
    }
}

/// Whether all words of one are among the other's: a middle name, or "Jr." is left out.
fn is_fuller(one: &[&str], other: &[&str]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.len() >= 2 && short.iter().all(|word| long.contains(word))
}

/// Whether the words that only one has are initials of words that only the other has, beside at least one full word that both
/// have.
fn abbreviates(short: &[&str], full: &[&str]) -> bool {
    const INITIALS_MAX: usize = 3;
    let own: Vec<&str> = short.iter().filter(|word| !full.contains(word)).copied().collect();
    let mut names: Vec<&str> = full.iter().filter(|word| !short.contains(word)).copied().collect();
    let shared = short.iter().any(|word| full.contains(word) && word.chars().count() > 1);
    let [initials] = own.as_slice() else { return false };
    let count = initials.chars().count();
    if !shared || count > INITIALS_MAX || names.len() < count {
        return false;
    }
    let mut has_name = false;
    for initial in initials.chars() {
        let Some(place) = names.iter().position(|name| name.starts_with(initial)) else { return false };
        has_name |= names.remove(place).chars().count() > 1;
    }
    has_name
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
    use entity::sort_key::name_key;

    use super::*;

    /// Both ways round.
    fn near(one: &str, other: &str) -> bool {
        let (one, other) = (name_key(one), name_key(other));
        let answer = near_equal(&one, &other);
        assert_eq!(answer, near_equal(&other, &one), "{one} and {other}");
        answer
    }

    #[test]
    fn romanisations_are_near_equal_and_other_names_are_not() {
        for (one, other) in [
            ("Jang Hae-rim", "Jang Ha-rim"),
            ("Kyu-nam Lim", "Im Gyunam"),
            ("Pak Chae-uk", "Park Jae-wook"),
            ("Chung Hae-su", "Jeong Hye-soo"),
            ("Yun Seok-ho", "Yoon Suk Ho"),
            ("Choe Min-sop", "Choi Min-seob"),
            ("Yi Chul-gyu", "Lee Cheol-kyu"),
            ("Sergei Zvonaryov", "Sergey Zvonarev"),
            ("Yevgeny Tchaykin", "Evgeni Chaikin"),
            ("Dmitry Lunsky", "Dmitrii Lunskii"),
            ("Chang I-fang", "Zhang Yifang"),
            ("Tsai Kuo-hsin", "Cai Guoxin"),
            ("Wong Kar-lung", "Wang Jialong"),
        ] {
            assert!(near(one, other), "{one} and {other}");
        }
        for (one, other) in [
            ("Anna Holt", "Hans Holm"),
            ("Lee", "Li"),
            ("Park Chan-ho", "Park Min-ji"),
            ("Tom Hale", "Ann Hale"),
            ("Kim Ji-won", "Lee Ji-won"),
            ("Zhang Yifang", "Zhang Meilin"),
            ("Olga Lunsky", "Dmitry Lunsky"),
        ] {
            assert!(!near(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn some_romanisations_sound_the_same_and_siblings_do_not() {
        let sounds = |one: &str, other: &str| sounds_equal(&name_key(one), &name_key(other));
        for (one, other) in [
            ("Park Jae-wook", "Pak Jae-uk"),
            ("Lim Kyu-seok", "Im Gyu-suk"),
            ("Sergei Lunsky", "Sergey Lunskii"),
            ("Anton De Vree", "Anton DeVree"),
        ] {
            assert!(sounds(one, other), "{one} and {other}");
        }
        for (one, other) in
            [("Ana Prado", "Ena Prado"), ("Jon Marsh", "Jan Marsh"), ("Zed", "Zet"), ("Tom Hale", "Tim Hale")]
        {
            assert!(!sounds(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn initials_stand_for_names_in_any_order_and_middle_names_may_be_missing() {
        for (one, other) in [
            ("J. K. Lund", "Johan K. Lund"),
            ("JK Lund", "Johan Karl Lund"),
            ("J. Lund", "Johan Lund"),
            ("Lund, J.", "Johan Lund"),
            ("Maren Oakes", "Maren Anna Oakes"),
            ("Tom Hale", "Tom Hale Jnr"),
        ] {
            assert!(near(one, other), "{one} and {other}");
        }
        for (one, other) in [
            ("P. Lund", "Johan Lund"),
            ("J. Lund", "Johan Holt"),
            ("Tom Hale Jr.", "Tom Hale Sr."),
            ("Tom Hale II", "Tom Hale III"),
        ] {
            assert!(!near(one, other), "{one} and {other}");
        }
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
