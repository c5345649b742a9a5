//! Many phrases looked for in one pass.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

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
    automaton: Option<AhoCorasick>,
    meanings: Vec<Vec<(&'static str, &'static str)>>,
    by_phrase: HashMap<&'static str, usize>,
}

impl Phrases {
    /// From phrases in lower case, each with its language and meaning.
    pub(super) fn new(entries: Vec<(&'static str, &'static str, &'static str)>) -> Self {
        let mut by_phrase: HashMap<&'static str, usize> = HashMap::new();
        let mut phrases: Vec<&'static str> = Vec::new();
        let mut meanings: Vec<Vec<(&'static str, &'static str)>> = Vec::new();
        for (phrase, language, meaning) in entries {
            let at = *by_phrase.entry(phrase).or_insert_with(|| {
                phrases.push(phrase);
                meanings.push(Vec::new());
                meanings.len().saturating_sub(1)
            });
            if let Some(known) = meanings.get_mut(at) {
                known.push((language, meaning));
            }
        }
        // A search with word boundaries must see shorter phrases where a longer one ends inside a word.
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(&phrases)
            .ok();
        Self { automaton, meanings, by_phrase }
    }

    /// What a whole lower-cased text means, when it is one of the phrases.
    pub(crate) fn exact(&self, lowered: &str) -> Option<Hit> {
        let at = *self.by_phrase.get(lowered)?;
        Some(Hit { span: 0..lowered.len(), meanings: self.meanings.get(at)?.clone() })
    }

    /// All phrases in a lower-cased text that stand on word boundaries, the longest at each place, none overlapping.
    pub(crate) fn find(&self, lowered: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found: Vec<(Range<usize>, usize)> = automaton
            .find_overlapping_iter(lowered)
            .filter(|found| is_bounded(lowered, found.start(), found.end()))
            .map(|found| (found.start()..found.end(), found.pattern().as_usize()))
            .collect();
        found.sort_by(|(a, _), (b, _)| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        let mut hits: Vec<Hit> = Vec::new();
        let mut end = 0;
        for (span, at) in found {
            if span.start < end {
                continue;
            }
            end = span.end;
            hits.push(Hit { span, meanings: self.meanings.get(at).cloned().unwrap_or_default() });
        }
        hits
    }

    /// How often phrases of a meaning stand in a lower-cased text, in this language or English.
    pub(crate) fn count(&self, lowered: &str, meaning: &str, language: &str) -> usize {
        self.find(lowered).iter().filter(|hit| hit.means(meaning, language)).count()
    }
}

/// Whether a stretch neither begins nor ends inside a word. Scripts without spaces have no such boundaries.
fn is_bounded(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|tail| tail.chars().next());
    let first = text.get(start..).and_then(|found| found.chars().next());
    let last = text.get(..end).and_then(|found| found.chars().next_back());
    let is_joined = |a: Option<char>, b: Option<char>| match (a, b) {
        (Some(a), Some(b)) => is_word(a) && is_word(b) && !is_cjk(a) && !is_cjk(b),
        _ => false,
    };
    !is_joined(before, first) && !is_joined(last, after)
}

/// Letters, digits, and the marks that scripts of India write vowels with.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || unicode_normalization::char::is_combining_mark(character)
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
