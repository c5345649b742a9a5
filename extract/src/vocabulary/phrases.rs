//! Many phrases looked for in one pass, by the words that they begin with.
//!
//! A table of first words is built in a fraction of the time of an automaton, which every start of a reader would wait for.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::folding::is_cjk;

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Where, in the text that was searched.
    pub span: Range<usize>,
    /// What it may mean, each with the language that it means it in (empty: any).
    pub meanings: Vec<(&'static str, &'static str)>,
}

impl Hit {
    /// Whether the phrase means this in this language or in English, which every page may quote.
    pub(crate) fn means(&self, meaning: &str, language: &str) -> bool {
        self.meanings.iter().any(|(of, said)| *said == meaning && (*of == language || *of == "en" || of.is_empty()))
    }

    /// What the phrase means in this language, else in English, else, when `any` is set, in whichever has it.
    pub(crate) fn meaning(&self, language: &str, any: bool) -> Option<&'static str> {
        let own = |wanted: &str| self.meanings.iter().find(|(of, _)| *of == wanted).map(|(_, meaning)| *meaning);
        own(language)
            .or_else(|| own("en"))
            .or_else(|| own(""))
            .or_else(|| if any { self.meanings.first().map(|(_, meaning)| *meaning) } else { None })
    }
}

/// A set of phrases.
pub(crate) struct Phrases {
    phrases: Vec<Phrase>,
    by_phrase: FxHashMap<&'static str, usize>,
    /// Places in `phrases` by the word that they begin with, the longest phrase first.
    by_first_word: FxHashMap<&'static str, Vec<usize>>,
}

struct Phrase {
    text: &'static str,
    meanings: Vec<(&'static str, &'static str)>,
}

impl Phrases {
    /// From phrases in lower case, each with its language and meaning.
    pub(super) fn new(entries: Vec<(&'static str, &'static str, &'static str)>) -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut by_phrase: FxHashMap<&'static str, usize> = FxHashMap::default();
        let mut by_first_word: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
        for (text, language, meaning) in entries {
            let at = *by_phrase.entry(text).or_insert_with(|| {
                by_first_word.entry(first_word(text)).or_default().push(phrases.len());
                phrases.push(Phrase { text, meanings: Vec::new() });
                phrases.len().saturating_sub(1)
            });
            if let Some(known) = phrases.get_mut(at) {
                known.meanings.push((language, meaning));
            }
        }
        let length = |at: &usize| phrases.get(*at).map_or(0, |phrase| phrase.text.len());
        for places in by_first_word.values_mut() {
            places.sort_by_key(|at| std::cmp::Reverse(length(at)));
        }
        Self { phrases, by_phrase, by_first_word }
    }

    /// What a whole lower-cased text means, when it is one of the phrases.
    pub(crate) fn exact(&self, lowered: &str) -> Option<Hit> {
        let phrase = self.phrases.get(*self.by_phrase.get(lowered)?)?;
        Some(Hit { span: 0..lowered.len(), meanings: phrase.meanings.clone() })
    }

    /// All phrases in a lower-cased text that stand on word boundaries, the longest at each place, none overlapping.
    pub(crate) fn find(&self, lowered: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut rest = lowered;
        while !rest.is_empty() {
            let word = first_word(rest);
            let start = lowered.len().saturating_sub(rest.len());
            let end = match self.longest(rest, word) {
                Some(phrase) => {
                    let end = start.saturating_add(phrase.text.len());
                    hits.push(Hit { span: start..end, meanings: phrase.meanings.clone() });
                    end
                }
                None => start.saturating_add(word.len()),
            };
            rest = lowered.get(end..).unwrap_or_default();
        }
        hits
    }

    /// The longest phrase that a text begins with, given its first word.
    fn longest(&self, text: &str, word: &str) -> Option<&Phrase> {
        if word == " " {
            return None;
        }
        let mut phrases = self.by_first_word.get(word)?.iter().filter_map(|at| self.phrases.get(*at));
        phrases.find(|phrase| text.strip_prefix(phrase.text).is_some_and(|rest| is_bounded(phrase.text, rest)))
    }

    /// How often phrases of a meaning stand in a lower-cased text, in this language or English.
    pub(crate) fn count(&self, lowered: &str, meaning: &str, language: &str) -> usize {
        self.find(lowered).iter().filter(|hit| hit.means(meaning, language)).count()
    }
}

/// What a text begins with: letters and digits that are written together, or one character of anything else. Scripts
/// without spaces have no words, so that each of their characters may begin a phrase.
fn first_word(text: &str) -> &str {
    let is_other = |character: char| !is_word(character);
    let end = text.find(is_other).unwrap_or(text.len());
    let one = || text.chars().next().map_or(0, char::len_utf8);
    text.get(..if end == 0 { one() } else { end }).unwrap_or_default()
}

/// Whether a phrase before the rest of a text ends with a word.
fn is_bounded(phrase: &str, rest: &str) -> bool {
    let (last, after) = (phrase.chars().next_back(), rest.chars().next());
    !(last.is_some_and(is_word) && after.is_some_and(is_word))
}

/// Letters and digits of scripts with spaces, and the marks that scripts of India write vowels with.
fn is_word(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    (character.is_alphanumeric() || unicode_normalization::char::is_combining_mark(character)) && !is_cjk(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_on_word_boundaries_wins() {
        let phrases = Phrases::new(vec![
            ("directed by", "en", "director"),
            ("written and directed by", "en", "both"),
            ("com", "pt", "cast"),
            ("監督", "ja", "director"),
        ]);
        let meanings = |text: &str| -> Vec<&str> {
            phrases.find(text).iter().filter_map(|hit| hit.meanings.first().map(|(_, meaning)| *meaning)).collect()
        };
        assert_eq!(meanings("written and directed by x"), ["both"]);
        assert_eq!(meanings("comedy, com ela"), ["cast"]);
        assert_eq!(meanings("映画監督は"), ["director"]);
    }
}
