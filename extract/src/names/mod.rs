//! What a name looks like: capitalised words in prose, and people in lists.
//!
//! Goes by the form of words; whom everybody knows by name is one sign among others.

pub(crate) mod scripts;
mod words;

use std::ops::Range;

use crate::folding::{is_caseless, is_cjk, key, lower};
use crate::vocabulary::{Trade, trade_of, vocabulary};

use words::{Word, elision, words};

/// Words of the longest name taken.
const WORDS_MAX: usize = 6;

/// Bytes of the longest name taken.
const BYTES_MAX: usize = 60;

/// Lower-case words inside names.
const PARTICLES: [&str; 26] = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "ter", "ten", "la", "le",
    "el", "al", "bin", "ibn", "ben", "af", "av", "zu", "des",
];

/// Those of them that are articles in German.
const GERMAN_ARTICLES: [&str; 4] = ["der", "den", "das", "des"];

/// Words that no name goes on with, though headlines capitalise them. Surnames such as More, Story and Long are none.
const FUNCTION_WORDS: [&str; 62] = [
    "the",
    "and",
    "of",
    "in",
    "on",
    "at",
    "is",
    "are",
    "was",
    "as",
    "for",
    "from",
    "with",
    "to",
    "by",
    "or",
    "but",
    "his",
    "her",
    "its",
    "their",
    "that",
    "this",
    "it",
    "he",
    "she",
    "they",
    "has",
    "have",
    "be",
    "not",
    "into",
    "about",
    "after",
    "when",
    "who",
    "than",
    "directed",
    "starring",
    "film",
    "movie",
    "review",
    "em",
    "com",
    "con",
    "para",
    "por",
    "und",
    "mit",
    "et",
    "avec",
    "où",
    "director",
    "directors",
    "filmmaker",
    "filmmakers",
    "actor",
    "actress",
    "writer",
    "screenwriter",
    "producer",
    "cinematographer",
];

/// What ends a name and belongs to it.
const SUFFIXES: [&str; 8] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq."];

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Where, without a possessive's ending.
    pub span: Range<usize>,
    /// Capitalised words in it.
    pub words: usize,
    /// Whether a possessive's `'s` follows.
    pub possessive: bool,
}

/// All names in a text of a language, in order; offsets are the text's own.
pub(crate) fn names_in(text: &str, language: &str) -> Vec<Name> {
    let words = words(text);
    let mut names = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (name, next) = name_at(text, &words, at, language);
        names.extend(name);
        at = next.max(at.saturating_add(1));
    }
    names
}

/// The name that starts at a word, and the first word after it.
fn name_at(text: &str, words: &[Word], at: usize, language: &str) -> (Option<Name>, usize) {
    let vocabulary = vocabulary();
    let Some(first) = words.get(at) else { return (None, at.saturating_add(1)) };
    let elided = elision(text.get(first.span.clone()).unwrap_or_default());
    let start = first.span.start.saturating_add(elided);
    let lowered = lower(text.get(start..first.span.end).unwrap_or_default());
    // `it is rated R. Ada Berg …`: a certificate, not an initial.
    let is_certificate = first.span.len() <= 2
        && text.get(..first.span.start).is_some_and(|before| before.ends_with("rated ") || before.ends_with("Rated "));
    let is_stop = vocabulary.is_stop(&lowered, language) && !is_initial(&lowered) || vocabulary.is_trade(&lowered);
    if is_certificate || !(first.is_capital || elided > 0) || is_stop {
        return (None, at.saturating_add(1));
    }
    let (mut end, mut count, mut last) = (first.span.end, 1_usize, at);
    while let Some(next) = extension(text, words, last, count, language) {
        if is_owned_noun(text, words, next, language) {
            break;
        }
        let Some(word) = words.get(next) else { break };
        last = next;
        end = word.span.end;
        count = count.saturating_add(1);
        if count >= WORDS_MAX || end.saturating_sub(first.span.start) > BYTES_MAX {
            break;
        }
    }
    let possessive = words.get(last).is_some_and(|word| word.possessive);
    let span = start..end;
    let genitive = genitive(text, words, last, language).filter(|_| !possessive);
    let span = genitive.map_or(span, |end| start..end);
    (Some(Name { span, words: count, possessive: possessive || genitive.is_some() }), last.saturating_add(1))
}

/// Where the name ends that a German genitive's `s` is put to: `Jonas Bergs Film`, `Bergs neuer Film`.
fn genitive(text: &str, words: &[Word], last: usize, language: &str) -> Option<usize> {
    const LETTERS_MIN: usize = 4;
    let word = words.get(last).filter(|word| {
        vocabulary().writes(language, "capital_nouns") && !word.ends && word.span.len() >= LETTERS_MIN
    })?;
    let next = last.saturating_add(1);
    let adjective = words.get(next).filter(|word| !word.is_capital && !word.ends);
    let is_owner = is_owned_noun(text, words, next, language)
        || adjective.is_some() && is_owned_noun(text, words, next.saturating_add(1), language);
    let written = text.get(word.span.clone())?;
    (is_owner && written.ends_with('s') && !written.ends_with("ss")).then(|| word.span.end.saturating_sub(1))
}

/// Whether a word is a noun for what people own in reviews, in a language that writes nouns with capitals.
fn is_owned_noun(text: &str, words: &[Word], at: usize, language: &str) -> bool {
    let noun = words.get(at).filter(|word| vocabulary().writes(language, "capital_nouns") && word.is_capital);
    let lowered = noun.and_then(|word| text.get(word.span.clone())).map(lower);
    lowered.is_some_and(|noun| vocabulary().facts.exact(&noun).is_some_and(|hit| hit.means("owned_noun", language)))
}

/// The word that carries a name on after a word of it, over particles.
fn extension(text: &str, words: &[Word], last: usize, count: usize, language: &str) -> Option<usize> {
    let previous = words.get(last)?;
    if previous.possessive {
        return None;
    }
    if previous.ends {
        return if count == 1 { past_nickname(text, words, last) } else { None };
    }
    let mut next = last.saturating_add(1);
    for _ in 0..3 {
        let word = words.get(next)?;
        let lowered = lower(text.get(word.span.clone())?);
        let is_suffix = SUFFIXES.contains(&lowered.as_str());
        if vocabulary().is_trade(&lowered) {
            return None;
        }
        // `Will I like it?`
        let is_pronoun = lowered == "i" && !word.ends;
        if is_pronoun {
            return None;
        }
        if word.is_capital && (is_suffix || is_initial(&lowered) || !FUNCTION_WORDS.contains(&lowered.as_str())) {
            return Some(next);
        }
        // `spielt Ada Berg den Thomas`: in German these are articles, and of a name only behind another particle.
        let is_article = next == last.saturating_add(1)
            && vocabulary().writes(language, "capital_nouns")
            && GERMAN_ARTICLES.contains(&lowered.as_str());
        if is_article || !PARTICLES.contains(&lowered.as_str()) || word.ends {
            return None;
        }
        next = next.saturating_add(1);
    }
    None
}

/// The surname after a nickname in quotes: `James “Hook” Lund`.
fn past_nickname(text: &str, words: &[Word], last: usize) -> Option<usize> {
    const BYTES_MAX: usize = 20;
    const WORDS_MAX: usize = 2;
    let from = words.get(last)?.span.end;
    let inside = text.get(from..)?.strip_prefix(" “").or_else(|| text.get(from..)?.strip_prefix(" \""))?;
    let nickname = inside.split(['”', '"']).next().filter(|nickname| nickname.len() <= BYTES_MAX)?;
    let rest = inside.get(nickname.len()..)?.trim_start_matches(['”', '"']).strip_prefix(' ')?;
    let at = text.len().checked_sub(rest.len())?;
    let is_whole = nickname.starts_with(char::is_uppercase) && rest.starts_with(char::is_uppercase);
    let near = last..=last.saturating_add(WORDS_MAX).saturating_add(1);
    near.into_iter().find(|next| is_whole && words.get(*next).is_some_and(|word| word.span.start == at))
}

fn is_initial(word: &str) -> bool {
    word.ends_with('.') && word.chars().filter(|character| character.is_alphabetic()).count() <= 3 && word.len() <= 6
}

/// `Stylistically`, `Surprisingly`: words that English sentences begin with, and nobody's name.
fn is_adverb(lowered: &str) -> bool {
    ["ically", "ingly", "fully", "lessly", "ately", "ively", "ously"].iter().any(|end| lowered.ends_with(end))
}

/// Whether words read as one person's name: two to five words, each capitalised or a particle, none that names places,
/// firms or things. One word is a person only where the page says so, see [`is_single_name`].
pub(crate) fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    if text.len() > BYTES_MAX || words.is_empty() {
        return false;
    }
    if text.chars().any(is_caseless) {
        return is_caseless_name(text);
    }
    let vocabulary = vocabulary();
    let lowered: Vec<String> = words.iter().map(|word| lower(word)).collect();
    let is_plain = |word: &str| {
        !word.ends_with("’s")
            && !word.ends_with("'s")
            && word.chars().all(|c| {
                c.is_alphabetic()
                    || matches!(c, '\'' | '’' | '-' | '.' | '‘' | '‑' | '`' | '´')
                    || unicode_normalization::char::is_combining_mark(c)
            })
    };
    let is_nickname = |word: &str| {
        word.chars().count() > 3 && word.starts_with(['"', '“', '\'', '‘']) && word.ends_with(['"', '”', '\'', '’'])
    };
    // `Arnaud d’Usseau`
    let is_capital = |word: &str| {
        let bare = word.strip_prefix("d’").or_else(|| word.strip_prefix("d'")).unwrap_or(word);
        bare.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    };
    // `NAVOR Challenge`, but not `ADA BERG`, `Ada BERG`, `ADA Berg` or `BERG Ada`.
    let shouts = |word: &&str| word.chars().count() >= SHOUTED_LETTERS_MIN && word.chars().all(char::is_uppercase);
    let is_small = |word: &str| word.chars().any(char::is_lowercase);
    if words.first().is_some_and(|first| shouts(first) && !vocabulary.is_given_name(&lower(first)))
        && words.iter().skip(1).all(|word| is_small(word) && !vocabulary.is_given_name(&lower(word)))
        && words.len() > 1
    {
        return false;
    }
    let capitals = words.iter().filter(|word| is_capital(word)).count();
    // `Little Benny Ruggs`, `Big Jim Holt`
    let is_byname = words.len() > 2
        && lowered.first().is_some_and(|first| matches!(first.as_str(), "big" | "little" | "young" | "old"));
    (2..=5).contains(&capitals)
        && words.len() <= WORDS_MAX
        && words.iter().enumerate().all(|(at, word)| {
            // `Fermín "Pichi" Robledo`
            is_plain(word)
                || at > 0 && is_nickname(word) && is_plain(word.trim_matches(['"', '“', '”', '\'', '‘', '’']))
        })
        && words.iter().zip(&lowered).all(|(word, low)| is_capital(word) || PARTICLES.contains(&low.as_str()))
        && lowered.first().is_some_and(|first| {
            (!vocabulary.is_stop(first, "en") || is_initial(first) || is_byname) && !is_rank(first) && !is_adverb(first)
        })
        && lowered.iter().all(|low| !vocabulary.is_not_name(low))
        && has_own_name(&lowered)
        && !lowered.last().is_some_and(|last| is_numeral(last))
        && !lowered.iter().skip(1).any(|low| FUNCTION_WORDS.contains(&low.as_str()))
        && lowered.last().is_some_and(|last| !PARTICLES.contains(&last.as_str()))
}

/// `Apollo XIII`: a number that titles end with, and no name.
fn is_numeral(last: &str) -> bool {
    last.len() > 1 && last.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x')) && !SUFFIXES.contains(&last)
}

/// Letters of a word in capitals alone from which it is no part of a name in small letters.
const SHOUTED_LETTERS_MIN: usize = 4;

/// Whether a name begins with a common first name, or an initial, is written in a script without capitals, or is that of
/// somebody known in film.
pub(crate) fn has_given_name(text: &str) -> bool {
    let first = lower(text.split([' ', '\u{a0}']).next().unwrap_or_default());
    vocabulary().is_given_name(&first)
        || is_initial(&first)
        || text.chars().any(is_caseless)
        || is_surname_first(&first, text)
        || trade_of(&key(text)).is_some_and(Trade::is_of_film)
}

/// `Yoon Hae-sol`: a surname and two syllables, as Korean and Chinese names are written in Latin letters.
fn is_surname_first(first: &str, text: &str) -> bool {
    let given = text.split_once(' ').and_then(|(_, given)| given.split_once('-'));
    let is_syllables = given.is_some_and(|(one, other)| {
        one.starts_with(char::is_uppercase)
            && other.chars().next().is_some_and(char::is_lowercase)
            && [one, other].iter().all(|part| part.chars().all(char::is_alphabetic))
    });
    is_syllables && vocabulary().facts.exact(first).is_some_and(|hit| hit.means("surname_first", "en"))
}

/// Whether a name's words tell it from a place's or a firm's: `Ada Hill`, `Park Min-ji`, but not `Hunters Hill`.
fn has_own_name(lowered: &[String]) -> bool {
    let vocabulary = vocabulary();
    let seldom = |low: &&String| vocabulary.is_seldom_name(low);
    let is_own = |low: &String| !vocabulary.is_seldom_name(low) || lowered.len() > 2;
    let is_given = |low: &String| is_own(low) && (vocabulary.is_given_name(low) || is_initial(low));
    let is_syllables = |low: &String| low.contains('-') && low.chars().all(|c| c.is_alphabetic() || c == '-');
    match lowered.iter().filter(seldom).count() {
        0 => true,
        1 => lowered.iter().any(is_given) || lowered.get(1).is_some_and(is_syllables),
        _ => false,
    }
}

/// Whether a word before a name makes it a character's: titles, but for those that people bear or are called.
fn is_rank(word: &str) -> bool {
    const BORNE: [&str; 12] =
        ["sir", "king", "prince", "queen", "judge", "major", "master", "duke", "lady", "father", "chief", "miss"];
    vocabulary().is_character_title(word) && !BORNE.contains(&word)
}

/// Whether one capitalised word may be a person's whole name.
pub(crate) fn is_single_name(text: &str) -> bool {
    let lowered = lower(text);
    text.chars().count() >= 3
        && text.len() <= 24
        && text.chars().next().is_some_and(|first| first.is_uppercase() || is_caseless(first))
        && text.chars().all(|character| character.is_alphabetic() || matches!(character, '-' | '\'' | '’'))
        && !vocabulary().is_stop(&lowered, "en")
        && !vocabulary().is_not_name(&lowered)
        && !vocabulary().is_character_title(&lowered)
}

fn is_caseless_name(text: &str) -> bool {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let is_allowed = |c: char| {
        c.is_alphabetic()
            || unicode_normalization::char::is_combining_mark(c)
            || matches!(c, ' ' | '・' | '·' | '=' | '＝' | '.' | '-' | 'ー' | '\u{200d}' | '\u{200c}')
    };
    let all_cjk = text.chars().filter(|character| character.is_alphabetic()).all(is_cjk);
    let most = if all_cjk { 20 } else { 40 };
    // No name holds the sign of what belongs to somebody.
    const OF: char = '的';
    (2..=most).contains(&letters)
        && text.chars().all(|character| is_allowed(character) && character != OF)
        && text.split(' ').filter(|word| !word.is_empty()).count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        names_in(text, "en").iter().filter_map(|name| text.get(name.span.clone())).collect()
    }

    #[test]
    fn names_are_runs_of_capitalised_words() {
        assert_eq!(
            found("Since Sgt. Ada van der Berg met J.J. O'Neill Jr., Kim left."),
            ["Sgt. Ada van der Berg", "J.J. O'Neill Jr.", "Kim"]
        );
        assert_eq!(found("Mira Holt’s thriller; Ines Vidal's Maria"), ["Mira Holt", "Ines Vidal", "Maria"]);
        assert_eq!(
            found("Jan “Hook” Lund met Ida \"Two Cups\" Berg in “Orchard”"),
            ["Jan “Hook” Lund", "Ida \"Two Cups\" Berg", "Orchard"]
        );
        assert_eq!(found("However, Ko Yu-na wins. But Ana Lima loses"), ["Ko Yu-na", "Ana Lima"]);
    }

    #[test]
    fn a_german_genitive_owns_what_follows() {
        let owner = |text: &str| {
            let names = names_in(text, "de");
            let owner = names.iter().find(|name| name.possessive)?;
            text.get(owner.span.clone()).map(str::to_owned)
        };
        assert_eq!(owner("In Jonas Bergs Film ist es kalt").as_deref(), Some("Jonas Berg"));
        assert_eq!(owner("In Jonas Bergs neuem Film ist es kalt").as_deref(), Some("Jonas Berg"));
        assert_eq!(owner("Jonas Bergs Hund bellt im Film"), None);
    }

    #[test]
    fn people_have_two_names_and_no_place_among_them() {
        for person in [
            "Ada Berg",
            "Lars von Holt",
            "J. J. Novak",
            "Ko Yu-na",
            "D'Arcy Wren",
            "Maria de la Cruz",
            "山田太郎",
            "राम शर्मा",
            "David Holt",
            "Oscar Ivory",
            "Jonah Hill-Brandt",
            "Walter Church",
            "Park Min-ji",
            "J. L. West",
        ] {
            assert!(is_person(person), "{person}");
        }
        for other in [
            "Kim",
            "North Korea",
            "Hunters Hill",
            "Mill River",
            "South Park",
            "New York",
            "The Man",
            "Academy Awards",
            "in the end",
            "Ada Berg is",
            "2024",
            "Best Picture",
        ] {
            assert!(!is_person(other), "{other}");
        }
    }
}
