//! What the forms of one film's title share: without signs, articles, brackets and the several ways to write a number.
//!
//! Knows how titles are written, and no title.

use std::collections::BTreeSet;

use super::{ARTICLES, fold, title_sort};

/// Articles that follow the title after a comma ("Ferry, The"), beside those that it is not compared by: before a title they
/// may be another language's words.
const ARTICLES_BEHIND: [&str; 11] = ["die", "den", "det", "de", "het", "o", "os", "as", "i", "gli", "l"];

/// "And", which may be a sign.
const JOINERS: [&str; 8] = ["and", "und", "et", "y", "e", "och", "og", "x"];

/// "Against", in short and in full.
const AGAINST: [&str; 3] = ["v", "vs", "versus"];

/// Words before the number of a film among several.
const PARTS: [&str; 11] =
    ["part", "chapter", "volume", "vol", "episode", "teil", "kapitel", "partie", "chapitre", "parte", "capitulo"];

/// Numbers as they are written out after such a word.
const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// Roman numbers that stand alone in titles, from 2. A lone "I" is a word.
const ROMAN: [&str; 19] = [
    "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii",
    "xix", "xx",
];

/// Words in brackets that say which print of a film it is.
const EDITIONS: [&str; 20] = [
    "film",
    "movie",
    "cut",
    "version",
    "edition",
    "extended",
    "unrated",
    "uncut",
    "remastered",
    "remaster",
    "restored",
    "restoration",
    "rerelease",
    "reissue",
    "anniversary",
    "imax",
    "3d",
    "4k",
    "dubbed",
    "subtitled",
];

/// What two forms of one title share: [`title_sort`] without spaces, without a year or an edition in brackets at its end,
/// with numbers in one spelling and without words for "and".
pub fn title_key(title: &str) -> String {
    let (title, _) = without_note(title);
    let in_order = article_in_front(title);
    let sorted = title_sort(in_order.as_deref().unwrap_or(title));
    let words: Vec<&str> = sorted.split(' ').collect();
    let mut key = String::with_capacity(sorted.len());
    for (place, word) in words.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| words.get(before)).copied();
        let is_between = before.is_some() && place + 1 < words.len();
        let is_part_word = |word: &str| PARTS.contains(&word);
        let after_part = before.is_some_and(is_part_word);
        let is_word_between = is_between && !after_part && (JOINERS.contains(word) || AGAINST.contains(word));
        let number = before.filter(|_| !is_word_between).and_then(|_| number(word, after_part));
        let is_before_number = is_part_word(word)
            && before.is_some()
            && words.get(place + 1).is_some_and(|next| self::number(next, true).is_some());
        match number {
            Some(number) => key.push_str(&number),
            None if is_before_number || is_word_between && JOINERS.contains(word) => {}
            None if is_word_between => key.push('v'),
            None => key.push_str(word),
        }
    }
    key
}

/// The keys of every title that a printed one holds: "Ebb (썰물)" is both, as is "Ebb / Sseolmul".
pub fn title_keys(title: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let (bare, _) = without_note(title);
    for form in bare.split(" / ").flat_map(|form| form.split(" aka ")).flat_map(|form| form.split(" a.k.a. ")) {
        match bracketed(form) {
            Some((before, inside)) => keys.extend([title_key(before), title_key(inside)]),
            None => match scripts(form) {
                Some((one, other)) => keys.extend([title_key(one), title_key(other)]),
                None => {
                    keys.insert(title_key(form));
                }
            },
        }
    }
    keys.remove("");
    keys
}

/// A number after another word, in digits: after "part" also written out.
fn number(word: &str, after_part: bool) -> Option<String> {
    let place = |words: &[&str], from: usize| words.iter().position(|known| *known == word).map(|place| place + from);
    let digits = || word.bytes().all(|digit| digit.is_ascii_digit()).then(|| word.parse().ok()).flatten();
    let written = || if after_part { place(&NUMBERS, 1).or_else(|| (word == "i").then_some(1)) } else { None };
    place(&ROMAN, 2).or_else(digits).or_else(written).map(|number: usize| number.to_string())
}

/// The title before a year or an edition in brackets, when it ends in one, and whether it did.
fn without_note(title: &str) -> (&str, bool) {
    let title = title.trim();
    match bracket(title) {
        Some((before, inside)) if is_note(inside) => (before, true),
        _ => (title, false),
    }
}

/// The parts before and inside of brackets at the end.
fn bracket(title: &str) -> Option<(&str, &str)> {
    let inner = title.trim_end().strip_suffix([')', ']', '）', '】', '］'])?;
    let (before, inside) = inner.rsplit_once(['(', '[', '（', '【', '［'])?;
    let (before, inside) = (before.trim(), inside.trim());
    (!before.is_empty() && !inside.is_empty()).then_some((before, inside))
}

/// A year, alone or with other words, or the words for an edition.
fn is_note(inside: &str) -> bool {
    let folded = fold(inside);
    let mut words = folded.split(' ');
    words.any(|word| word.len() == 4 && word.bytes().all(|digit| digit.is_ascii_digit()) || EDITIONS.contains(&word))
}

/// Another title in brackets, as the original's or the translation's. What goes on with the title's own sentence, or tells
/// which film of several it is, is part of the title.
fn bracketed(title: &str) -> Option<(&str, &str)> {
    let (before, inside) = bracket(title)?;
    let folded = fold(inside);
    let first = inside.chars().find(|letter| letter.is_alphabetic())?;
    let starts_like_a_title = !first.is_lowercase() && !inside.starts_with(|sign: char| sign.is_ascii_digit());
    let goes_on = folded.split(' ').next().is_none_or(|word| JOINERS.contains(&word) || word == "or");
    let is_numbered = {
        let words: Vec<&str> = folded.split(' ').collect();
        words.iter().any(|word| ROMAN.contains(word) || PARTS.contains(word) || word.parse::<u32>().is_ok())
    };
    (starts_like_a_title && !goes_on && !is_numbered).then_some((before, inside))
}

/// The two titles of one printed in two scripts side by side.
fn scripts(title: &str) -> Option<(&str, &str)> {
    let is_cjk =
        |letter: char| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    let is_latin = |letter: char| letter.is_ascii_alphabetic();
    let cjk = title.find(is_cjk)?..title.rfind(is_cjk)?;
    let latin = title.find(is_latin)?..title.rfind(is_latin)?;
    let at = if cjk.end < latin.start {
        latin.start
    } else if latin.end < cjk.start {
        cjk.start
    } else {
        return None;
    };
    let (one, other) = title.split_at_checked(at)?;
    one.ends_with(|sign: char| sign.is_whitespace() || matches!(sign, '-' | '–' | '—' | '/')).then_some((one, other))
}

/// "Ferry, The" as it is said.
fn article_in_front(title: &str) -> Option<String> {
    let (rest, article) = title.rsplit_once(',')?;
    let folded = fold(article);
    let is_article = ARTICLES.contains(&folded.as_str()) || ARTICLES_BEHIND.contains(&folded.as_str());
    is_article.then(|| format!("{} {}", article.trim(), rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_one(forms: &[&str]) {
        for form in forms {
            assert_eq!(title_key(form), title_key(forms[0]), "{form} and {}", forms[0]);
        }
    }

    fn keys(title: &str) -> Vec<String> {
        title_keys(title).into_iter().collect()
    }

    #[test]
    fn accents_case_and_punctuation_do_not_tell_titles_apart() {
        assert_one(&["The Café: Part Two!", "café, part two", "Café – Part II", "CAFE PART 2", "Cafe 2", "Café II"]);
        assert_one(&["Iron-Weed", "Ironweed", "‘Ironweed’"]);
        assert_one(&["Straße nach Nord", "STRASSE NACH NORD"]);
        assert_one(&["Tide & Stone", "Tide and Stone", "TIDE AND STONE", "Tide et Stone"]);
        assert_one(&["Holt v. Marsh", "Holt vs. Marsh", "HOLT VERSUS MARSH", "Holt v Marsh"]);
        assert_one(&["Ebb: A Winter", "Ebb - A Winter", "Ebb — A Winter", "Ebb. A Winter"]);
    }

    #[test]
    fn articles_are_left_out_and_may_stand_behind() {
        assert_one(&["The Ferry", "Ferry", "Ferry, The", "A Ferry"]);
        assert_one(&["Der Fährmann", "Fahrmann, Der", "fährmann"]);
        assert_one(&["Die Fähre", "Fähre, Die"]);
        assert_one(&["L’Estuaire", "Estuaire, L'", "l'estuaire", "Estuaire"]);
        assert_one(&["O Rio Manso", "Rio Manso, O"]);
        assert_one(&["El Faro", "Faro, El", "Il Faro", "Los Faro"]);
        assert_ne!(title_key("Die Slowly"), title_key("Slowly"));
    }

    #[test]
    fn a_year_or_an_edition_in_brackets_is_no_part_of_a_title() {
        assert_one(&[
            "Night Ferry",
            "Night Ferry (2019)",
            "Night Ferry [2019]",
            "Night Ferry (2019 film)",
            "Night Ferry (Director’s Cut)",
            "Night Ferry (4K Restoration)",
        ]);
    }

    #[test]
    fn a_title_that_is_an_article_or_a_year_keeps_it() {
        assert_eq!(title_key("The"), "the");
        assert_eq!(title_key("1917"), "1917");
        assert_eq!(title_key("(2010)"), "2010");
        assert_eq!(title_key("II"), "ii");
        assert_eq!(title_key("Part One"), "part1");
    }

    #[test]
    fn another_title_in_brackets_is_a_title_of_its_own() {
        let both = BTreeSet::from([title_key("Ebb"), title_key("썰물")]);
        assert_eq!(title_keys("Ebb (썰물)"), both);
        assert_eq!(title_keys("썰물 (Ebb)"), both);
        assert_eq!(title_keys("썰물 Ebb"), both);
        assert_eq!(keys("Marée basse (Low Tide) (2020)"), ["lowtide", "mareebasse"]);
        assert_eq!(keys("Ebb / Marée"), ["ebb", "maree"]);
        assert_eq!(keys("Ebb aka Low Tide"), ["ebb", "lowtide"]);
    }

    #[test]
    fn what_goes_on_with_a_title_in_brackets_is_part_of_it() {
        assert_eq!(keys("Ebb (and Other Tides)"), ["ebbothertides"]);
        assert_eq!(keys("Ebb (Part Two)"), ["ebb2"]);
        assert_eq!(keys("Ebb (Chapter III)"), ["ebb3"]);
        assert_eq!(keys("(Re)Ebbing"), ["reebbing"]);
    }

    #[test]
    fn parts_of_a_series_are_titles_of_their_own() {
        let parts = ["Ebb", "Ebb 2", "Ebb III", "Ebb: Part One", "Ebb Rising"].map(title_key);
        assert_eq!(parts.iter().collect::<BTreeSet<_>>().len(), parts.len(), "{parts:?}");
    }
}
