//! What the text calls works, and how often it names them: quoted, set in italics, or in the run of a sentence.
//!
//! Counts only; what the counts say of a headline's parts is for those who choose the title.

use std::collections::HashMap;

use crate::extraction::Span;
use crate::folding::{key, last_bytes, lower, start_of, title_key};
use crate::page::{MarkKind, Page};
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::sources::prose::prose_blocks;
use crate::vocabulary::vocabulary;

use super::quotes;
use super::watching::{begins_with_watching, ends_with_watching};

/// Text searched for mentions.
const MENTION_BYTES_MAX: usize = 100_000;

/// A work that the text names in quotes or italics.
struct Work {
    times: usize,
    first: Span,
}

/// What the text calls works: quoted, set in italics, or simply named.
pub(super) struct Mentions {
    marked: HashMap<String, usize>,
    works: HashMap<String, Work>,
    /// All paragraphs, as keys.
    pub text: String,
    /// The same as printed.
    pub printed: String,
}

/// Whether a lower-cased word is an article in any language.
pub(super) fn is_article(word: &str) -> bool {
    vocabulary().facts.exact(word).is_some_and(|hit| hit.meanings.iter().any(|(_, of)| *of == "article"))
}

impl Mentions {
    pub(super) fn of(page: &Page, headline: &Headline) -> Self {
        let own = key(&headline.text);
        let mut mentions =
            Self { marked: HashMap::new(), works: HashMap::new(), text: String::new(), printed: String::new() };
        for block in
            prose_blocks(page).filter(|block| headline.span.as_ref().is_none_or(|span| span.start != block.span.start))
        {
            let words = page.block_text(block);
            if mentions.text.len() > MENTION_BYTES_MAX {
                break;
            }
            // Some templates print the headline twice, or end the path over it with it: `Home > Film > The Long Snow`.
            let is_over = headline.span.as_ref().is_some_and(|span| block.span.end <= span.start);
            if words.len() == headline.text.len() && key(words) == own || is_over && key(words).ends_with(&own) {
                continue;
            }
            for mark in block.marks.iter().filter(|mark| {
                (mark.kind.is_lettering() || matches!(mark.kind, MarkKind::Link(_))) && mark.span.len() < 100
            }) {
                mentions.mark(page.quote(&mark.span));
                if mark.kind == MarkKind::Emphasis {
                    mentions.set_apart_once(page.quote(&mark.span), mark.span.start);
                }
            }
            for quoted in quotes::quoted(words) {
                mentions.mark(&quoted.text);
                mentions.set_apart_once(&quoted.text, block.span.start.saturating_add(quoted.start));
            }
            mentions.text.push_str(&format!(" {} ", key(words)));
            mentions.printed.push_str(words);
            mentions.printed.push('\n');
        }
        mentions
    }

    fn mark(&mut self, words: &str) {
        let count = self.marked.entry(title_key(words)).or_default();
        *count = count.saturating_add(1);
    }

    fn set_apart_once(&mut self, words: &str, start: usize) {
        let first = start..start.saturating_add(words.len());
        let work = self.works.entry(title_key(words)).or_insert(Work { times: 0, first });
        work.times = work.times.saturating_add(1);
    }

    /// The work that the text sets apart more often than every other, where it does so often enough to mean its subject.
    pub(super) fn subject(&self, times_min: usize) -> Option<Span> {
        let most = self.works.values().map(|work| work.times).max().filter(|most| *most >= times_min)?;
        let mut top = self.works.iter().filter(|(key, work)| work.times == most && key.len() > 2);
        let (_, work) = top.next()?;
        top.next().is_none().then(|| work.first.clone())
    }

    /// The first work, set apart, that the text tells of having watched: `On a mattress, I watched “The Long Snow”`.
    pub(super) fn watched(&self, reading: Reading<'_>) -> Option<Span> {
        const REACH_BYTES: usize = 80;
        let is_watched = |first: &&Span| {
            let text = &reading.page.text;
            let before = last_bytes(text.get(..first.start).unwrap_or_default(), REACH_BYTES);
            let after = start_of(text.get(first.end..).unwrap_or_default(), REACH_BYTES);
            ends_with_watching(&lower(before), reading.language)
                || begins_with_watching(&lower(after), reading.language)
        };
        self.works
            .values()
            .map(|work| &work.first)
            .filter(is_watched)
            .min_by_key(|first| (first.start, first.end))
            .cloned()
    }

    /// The work that the text begins with, set apart: `“The Long Snow” tells of two friends …`.
    pub(super) fn first(&self, start: usize) -> Option<Span> {
        const SIGNS_MAX: usize = 4;
        let works = self.works.values().map(|work| &work.first);
        let opening = works.filter(|first| (start..=start.saturating_add(SIGNS_MAX)).contains(&first.start));
        opening.min_by_key(|first| (first.start, first.end)).cloned()
    }

    /// How often words stand in the midst of sentences with a capital, as a name that is no part of a longer one.
    pub(super) fn proper(&self, words: &str) -> usize {
        let is_titled = |word: &str| word.chars().next().is_some_and(char::is_uppercase) || word.len() <= 3;
        let ends_upper = words.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_uppercase));
        if words.contains(' ') && words.split(' ').all(is_titled) && ends_upper && !self.names_person(words) {
            return self.printed.matches(words).count();
        }
        let is_word = !words.contains(' ') && !vocabulary().is_not_name(&lower(words)) && words.len() > 2;
        if !is_word || vocabulary().is_seldom_name(&lower(words)) || crate::names::is_person(words) {
            return 0;
        }
        let (mut count, mut surnames) = (0_usize, 0_usize);
        for (at, found) in self.printed.match_indices(words) {
            let before = self.printed.get(..at).unwrap_or_default();
            let after = self.printed.get(at.saturating_add(found.len())..).unwrap_or_default();
            if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
                continue;
            }
            let previous = before.trim_end().rsplit([' ', '\n']).next().unwrap_or_default();
            let next = after.strip_prefix(' ').unwrap_or_default();
            // `The Orchard is …`: an article that opens a sentence is nobody's first name.
            let is_first_name = previous.starts_with(char::is_uppercase)
                && previous.ends_with(char::is_lowercase)
                && !vocabulary().is_stop(&lower(previous), "en");
            let is_surname = is_first_name || next.starts_with(char::is_uppercase);
            surnames = surnames.saturating_add(usize::from(is_surname));
            let is_amid = !is_surname && previous.ends_with(|c: char| c.is_lowercase() || c == ',');
            count = count.saturating_add(usize::from(is_amid));
        }
        count.saturating_sub(surnames.saturating_mul(2))
    }

    /// Whether the text uses words as a person's name: a common first name begins it, or the surname stands alone, too.
    pub(super) fn names_person(&self, words: &str) -> bool {
        words.contains(' ')
            && crate::names::is_person(words)
            && self.named(words) > 0
            && crate::names::has_given_name(words)
    }

    pub(super) fn set_apart(&self, title: &str) -> usize {
        self.works.get(&title_key(title)).map_or(0, |work| work.times)
    }

    /// The work set apart whose name holds a shorter one, where the text never names that alone.
    pub(super) fn longer(&self, title: &str) -> Option<Span> {
        const WORDS_MORE_MAX: usize = 4;
        let own = title_key(title);
        let (words, named) = (own.split(' ').count(), self.named(title));
        if own.is_empty() || named == 0 || self.set_apart(title) > 0 {
            return None;
        }
        let bounded = format!(" {own} ");
        let is_longer = |whole: &str| {
            let more = whole.split(' ').count().saturating_sub(words);
            (1..=WORDS_MORE_MAX).contains(&more)
                && format!(" {whole} ").contains(&bounded)
                && self.named(whole) == named
        };
        let mut longer = self.works.iter().filter(|(whole, _)| is_longer(whole));
        let (_, work) = longer.next()?;
        longer.next().is_none().then(|| work.first.clone())
    }

    pub(super) fn marked(&self, title: &str) -> i32 {
        self.marked.get(&title_key(title)).map_or(0, |count| i32::try_from(*count).unwrap_or(i32::MAX))
    }

    pub(super) fn named(&self, title: &str) -> i32 {
        let wanted = key(title);
        if wanted.is_empty() {
            return 0;
        }
        let count = |words: &str| {
            let bounded =
                if words.chars().any(crate::folding::is_cjk) { words.to_owned() } else { format!(" {words} ") };
            i32::try_from(self.text.matches(bounded.as_str()).count()).unwrap_or(i32::MAX)
        };
        // `ce Cinquième Frère`: texts leave a title's article out.
        let bare = wanted.split_once(' ').filter(|(first, rest)| is_article(first) && rest.contains(' '));
        count(&wanted).max(bare.map_or(0, |(_, rest)| count(rest)))
    }
}
