//! What the forms of one person's name share, whatever their order and signs.
//!
//! Knows how names are written, and nobody's name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::fold;

/// Letters that a syllable of an East Asian name has at most in Latin script ("Hyeong").
const SYLLABLE_LETTERS_MAX: usize = 6;

/// Family names at the head of the list that so many people bear that they are hardly ever syllables of given names.
const USUAL_SURNAMES: usize = 10;

static SURNAMES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("../../data/surnames.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('|').collect()).collect()
});

/// Romanisation → the names that it may stand for, by their places among the romanisations and in the list.
static RANKS: LazyLock<BTreeMap<&'static str, Vec<(usize, usize)>>> = LazyLock::new(|| {
    let mut ranks: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (place, forms) in SURNAMES.iter().enumerate() {
        for (form_place, form) in forms.iter().enumerate() {
            ranks.entry(form).or_default().push((form_place, place));
        }
    }
    ranks
});

/// What two forms of one person's name share: folded, initials that follow each other as one word ("J. K." is "JK"), the
/// syllables of an East Asian given name as one word ("Chan Wook" is "Chan-wook"), junior and senior in one spelling, the
/// words in alphabetical order.
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<String> = Vec::new();
    let mut after_initial = false;
    for word in folded.split(' ') {
        match words.last_mut() {
            Some(initials) if after_initial && is_initial(word) => initials.push_str(word),
            _ => words.push(word.to_owned()),
        }
        after_initial = is_initial(word);
    }
    let count = words.len();
    for word in &mut words {
        if let Some(generation) = generation(word, count) {
            *word = generation.to_owned();
        }
    }
    let mut words = with_given_name_joined(words);
    words.sort_unstable();
    words.join(" ")
}

/// Whether two folded words are romanisations of one East Asian family name ("park", "pak").
pub fn is_same_surname(one: &str, other: &str) -> bool {
    match (RANKS.get(one), RANKS.get(other)) {
        (Some(one), Some(other)) => one.iter().any(|(_, name)| other.iter().any(|(_, with)| name == with)),
        _ => false,
    }
}

/// A single letter that stands for a name. Scripts without capitals write whole names with one.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_lowercase())
}

/// Junior and senior in one spelling. Written out, they are first names too, so that they need two others beside them.
fn generation(word: &str, words: usize) -> Option<&'static str> {
    match word {
        "jr" | "jnr" => Some("jr"),
        "sr" | "snr" => Some("sr"),
        "junior" if words > 2 => Some("jr"),
        "senior" if words > 2 => Some("sr"),
        _ => None,
    }
}

/// Three syllables with a family name at one end: the others are one given name, which is written in one word, in two,
/// or with a hyphen.
fn with_given_name_joined(words: Vec<String>) -> Vec<String> {
    let [first, middle, last] = words.as_slice() else { return words };
    if !words.iter().all(|word| is_syllable(word)) {
        return words;
    }
    let is_surname = |word: &str| RANKS.contains_key(word);
    let is_usual = |word: &str| {
        let ranks = RANKS.get(word).into_iter().flatten();
        ranks.into_iter().any(|(form, name)| *form == 0 && *name < USUAL_SURNAMES)
    };
    // Where both ends may be one, it stands first, as at home, unless only the last is one of the most usual.
    let is_last = is_surname(last) && (!is_surname(first) || is_usual(last) && !is_usual(first));
    match (is_surname(first), is_last) {
        (_, true) => vec![format!("{first}{middle}"), last.clone()],
        (true, false) => vec![first.clone(), format!("{middle}{last}")],
        (false, false) => words,
    }
}

/// Whether a folded word has one run of vowels, and few consonants on either side.
fn is_syllable(word: &str) -> bool {
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w');
    let rest = word.trim_start_matches(|letter: char| letter.is_ascii_lowercase() && !is_vowel(letter));
    let end = rest.trim_start_matches(is_vowel);
    let consonants = |part: &str| part.bytes().all(|letter| letter.is_ascii_lowercase()) && !part.contains(is_vowel);
    (2..=SYLLABLE_LETTERS_MAX).contains(&word.len())
        && word.len() - rest.len() <= 2
        && end.len() < rest.len()
        && end.len() <= 2
        && consonants(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_one(forms: &[&str]) {
        for form in forms {
            assert_eq!(name_key(form), name_key(forms[0]), "{form} and {}", forms[0]);
        }
    }

    #[test]
    fn the_order_of_a_name_does_not_matter() {
        assert_one(&["Marén Oakes-Holt", "OakesHolt, Maren", "OAKES-HOLT Maren"]);
    }

    #[test]
    fn a_given_name_is_written_in_one_word_in_two_or_with_a_hyphen_before_or_after_the_family_name() {
        assert_one(&["Moon Gyeong-su", "Moon Gyeong Su", "Gyeong-su Moon", "Gyeong Su Moon", "MOON Gyeongsu"]);
        assert_one(&["Kim Su Won", "Su Won Kim", "Kim Su-won", "Suwon Kim"]);
        assert_one(&["Tsai Wen-liang", "Tsai Wen Liang", "Wen Liang Tsai", "Wenliang Tsai"]);
        assert_ne!(name_key("Moon Gyeong Su"), name_key("Moon Su Gyeong"), "syllables have an order");
        assert_eq!(name_key("Ana Maria Prado"), "ana maria prado", "other names keep their words");
        assert_eq!(name_key("Kim Anderson Holt"), "anderson holt kim");
    }

    #[test]
    fn initials_and_junior_are_written_in_several_ways() {
        for form in ["J.K. Oakes", "J. K. Oakes", "JK Oakes", "Oakes, J. K.", "J.-K. Oakes"] {
            assert_eq!(name_key(form), "jk oakes", "{form}");
        }
        assert_one(&["А. П. Лунёв", "А.П. Лунев", "Лунёв А. П."]);
        assert_one(&["Tom Hale, Jr.", "Tom Hale Jr", "Tom Hale Jnr.", "Tom Hale Junior", "Hale Jr., Tom"]);
        assert_one(&["Tom Hale Sr.", "Tom Hale, Snr", "Tom Hale Senior"]);
        assert_ne!(name_key("Tom Hale Jr."), name_key("Tom Hale"));
        assert_ne!(name_key("Tom Hale Jr."), name_key("Tom Hale Sr."));
        assert_eq!(name_key("Junior Hale"), "hale junior");
    }

    #[test]
    fn letters_that_readers_take_for_accented_ones_are_one_letter() {
        assert_one(&["Søren Æbelø", "Soren Aebelo", "SØREN ÆBELØ"]);
        assert_one(&["Łukasz Weiß", "Lukasz Weiss", "LUKASZ WEISS"]);
    }

    #[test]
    fn a_family_name_has_several_romanisations() {
        for (one, other) in [("park", "pak"), ("chung", "jeong"), ("yun", "yoon"), ("zhang", "cheung"), ("lee", "yi")] {
            assert!(is_same_surname(one, other), "{one} and {other}");
        }
        assert!(!is_same_surname("park", "kim"));
        assert!(!is_same_surname("oakes", "oakes"), "of no such family");
    }
}
