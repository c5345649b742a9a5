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

/// A phrase in lower case, and what it means in a language (empty: in any).
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub phrase: &'static str,
    pub language: &'static str,
    pub meaning: &'static str,
}

/// A set of phrases. Its entries are strung together by their places: those of one phrase, and the phrases that begin with
/// one word, so that nothing is kept for each but a number.
pub(crate) struct Phrases {
    entries: Vec<Strung>,
    /// The first entry of each phrase.
    by_phrase: FxHashMap<&'static str, usize>,
    /// The longest phrase that begins with each word.
    by_first_word: FxHashMap<&'static str, usize>,
}

struct Strung {
    entry: Entry,
    /// The next entry of the same phrase.
    same: Option<usize>,
    /// The next shorter phrase that begins with the same word.
    shorter: Option<usize>,
}

impl Phrases {
    /// From entries, in the order in which their meanings are to stand.
    pub(super) fn new(all: impl Iterator<Item = Entry>) -> Self {
        let mut entries: Vec<Strung> = all.map(|entry| Strung { entry, same: None, shorter: None }).collect();
        let mut by_phrase: FxHashMap<&'static str, usize> = FxHashMap::default();
        by_phrase.reserve(entries.len());
        // From the end, so that each entry is strung before the next of its phrase.
        for at in (0..entries.len()).rev() {
            let Some(strung) = entries.get_mut(at) else { continue };
            strung.same = by_phrase.insert(strung.entry.phrase, at);
        }
        let mut by_length: Vec<Vec<usize>> = Vec::new();
        for (phrase, at) in &by_phrase {
            by_length.resize_with(by_length.len().max(phrase.len().saturating_add(1)), Vec::new);
            by_length.get_mut(phrase.len()).into_iter().for_each(|places| places.push(*at));
        }
        let mut by_first_word: FxHashMap<&'static str, usize> = FxHashMap::default();
        by_first_word.reserve(by_phrase.len());
        for at in by_length.into_iter().flatten() {
            let Some(strung) = entries.get_mut(at) else { continue };
            strung.shorter = by_first_word.insert(first_word(strung.entry.phrase), at);
        }
        Self { entries, by_phrase, by_first_word }
    }

    /// The entries of one phrase, given the first.
    fn entries_of(&self, first: usize) -> impl Iterator<Item = &Strung> {
        std::iter::successors(self.entries.get(first), |one| self.entries.get(one.same?))
    }

    /// What the phrase that begins at a place means, in the order of the entries.
    fn meanings(&self, first: usize) -> Vec<(&'static str, &'static str)> {
        self.entries_of(first).map(|one| (one.entry.language, one.entry.meaning)).collect()
    }

    /// What a whole lower-cased text means, when it is one of the phrases.
    pub(crate) fn exact(&self, lowered: &str) -> Option<Hit> {
        let first = *self.by_phrase.get(lowered)?;
        Some(Hit { span: 0..lowered.len(), meanings: self.meanings(first) })
    }

    /// All phrases of a language, and of English, which every page may quote, in a lower-cased text: those that stand on
    /// word boundaries, the longest at each place, none overlapping. Phrases of other languages hide none.
    pub(crate) fn find(&self, lowered: &str, language: &str) -> Vec<Hit> {
        self.find_where(lowered, |of| of == language || of == "en" || of.is_empty())
    }

    /// The same, of every language: where what stands beside a phrase tells that it is meant.
    pub(crate) fn find_in_any(&self, lowered: &str) -> Vec<Hit> {
        self.find_where(lowered, |_| true)
    }

    fn find_where(&self, lowered: &str, is_spoken: impl Fn(&str) -> bool) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut rest = lowered;
        while !rest.is_empty() {
            let word = first_word(rest);
            let start = lowered.len().saturating_sub(rest.len());
            let end = match self.longest(rest, word, &is_spoken) {
                Some((first, phrase)) => {
                    let end = start.saturating_add(phrase.len());
                    hits.push(Hit { span: start..end, meanings: self.meanings(first) });
                    end
                }
                None => start.saturating_add(word.len()),
            };
            rest = lowered.get(end..).unwrap_or_default();
        }
        hits
    }

    /// The longest phrase of the languages asked for that a text begins with, given its first word, and its first entry.
    fn longest(&self, text: &str, word: &str, is_spoken: impl Fn(&str) -> bool) -> Option<(usize, &'static str)> {
        if word == " " {
            return None;
        }
        let strung = |at: usize| Some((at, self.entries.get(at)?));
        let first = strung(*self.by_first_word.get(word)?);
        let mut phrases = std::iter::successors(first, |(_, one)| strung(one.shorter?));
        let fits = |phrase: &str| text.strip_prefix(phrase).is_some_and(|rest| is_bounded(phrase, rest));
        let is_said = |at: usize| self.entries_of(at).any(|one| is_spoken(one.entry.language));
        phrases.find(|(at, one)| fits(one.entry.phrase) && is_said(*at)).map(|(at, one)| (at, one.entry.phrase))
    }

    /// How often phrases of a meaning stand in a lower-cased text, in this language or English.
    pub(crate) fn count(&self, lowered: &str, meaning: &str, language: &str) -> usize {
        self.find(lowered, language).iter().filter(|hit| hit.means(meaning, language)).count()
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
        let entry = |(phrase, language, meaning)| Entry { phrase, language, meaning };
        let all = [
            ("directed by", "en", "director"),
            ("written and directed by", "en", "both"),
            ("com", "pt", "cast"),
            ("監督", "ja", "director"),
        ];
        let phrases = Phrases::new(all.into_iter().map(entry));
        let meanings = |text: &str| -> Vec<&str> {
            phrases
                .find_in_any(text)
                .iter()
                .filter_map(|hit| hit.meanings.first().map(|(_, meaning)| *meaning))
                .collect()
        };
        assert_eq!(meanings("written and directed by x"), ["both"]);
        assert_eq!(meanings("comedy, com ela"), ["cast"]);
        assert_eq!(meanings("映画監督は"), ["director"]);
    }

    #[test]
    fn a_longer_phrase_of_another_language_hides_none() {
        let entry = |(phrase, language, meaning)| Entry { phrase, language, meaning };
        let all = [("con", "es", "cast"), ("con la", "it", "credit")];
        let phrases = Phrases::new(all.into_iter().map(entry));
        let ends = |hits: Vec<Hit>| hits.into_iter().map(|hit| hit.span.end).collect::<Vec<_>>();
        assert_eq!(ends(phrases.find("con la actriz", "es")), [3]);
        assert_eq!(ends(phrases.find("con la attrice", "it")), [6]);
        assert_eq!(ends(phrases.find_in_any("con la actriz")), [6]);
    }
}
