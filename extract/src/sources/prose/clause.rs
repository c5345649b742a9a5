//! One block of prose, with its names and trigger phrases found, and the distances between them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::folding::{is_caseless, key, lower, start_of};
use crate::names::{Name, has_given_name, is_person};
use crate::page::{Block, Kind, MarkKind};
use crate::sources::Reading;
use crate::vocabulary::{Hit, Trade, films_in, is_known_film, is_one_film, trade_of, vocabulary};

use super::bare_names::people_in;
use super::surnames::Surnames;

/// Names taken after one trigger.
const LIST_MAX: usize = 20;

/// Text read of one block: the longest paragraph seen has 4 KB.
const BLOCK_BYTES_MAX: usize = 8_000;

/// Signs that open a quotation.
const OPENING_QUOTES: [char; 7] = ['“', '"', '‘', '«', '《', '『', '„'];

/// A block of prose.
pub(super) struct Clause<'a> {
    /// Its words.
    pub text: &'a str,
    /// Its words in lower case, at the same offsets.
    pub lowered: String,
    /// Where it starts in the page's text.
    pub base: usize,
    /// Names in it.
    pub names: Vec<Name>,
    /// Trigger phrases in it.
    pub hits: Vec<Hit>,
    /// The page's language.
    pub language: &'a str,
    block: &'a Block,
    /// Whole names, by the places of the surnames that stand for them.
    whole: HashMap<usize, String>,
}

impl<'a> Clause<'a> {
    pub(super) fn new(reading: Reading<'a>, block: &'a Block) -> Self {
        // What is looked up per name and trigger grows with their product.
        let text = start_of(reading.page.block_text(block), BLOCK_BYTES_MAX);
        let lowered = lower(text);
        let hits = vocabulary().triggers.find(&lowered, reading.language);
        Self {
            text,
            names: people_in(text, reading.language),
            hits,
            lowered,
            base: block.span.start,
            language: reading.language,
            block,
            whole: HashMap::new(),
        }
    }

    /// Reads surnames that stand alone as the whole names that they stand for.
    pub(super) fn complete(&mut self, surnames: &Surnames) {
        let whole = self.names.iter().filter(|name| !self.is_work(&name.span)).filter_map(|name| {
            let whole = surnames.whole(self.words(&name.span))?;
            Some((name.span.start, whole.to_owned()))
        });
        self.whole = whole.collect();
    }

    /// The words of a span.
    pub(super) fn words(&self, span: &Range<usize>) -> &'a str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// A name's words, or the whole name where they are but the surname.
    pub(super) fn name(&self, name: &Name) -> &str {
        self.whole.get(&name.span.start).map_or_else(|| self.words(&name.span), String::as_str)
    }

    /// Whether a name is a surname that stands for a whole name.
    pub(super) fn is_surname(&self, name: &Name) -> bool {
        self.whole.contains_key(&name.span.start)
    }

    /// Whether a name is a person's whole name, or one that everybody knows a person by.
    pub(super) fn is_person(&self, name: &Name) -> bool {
        let words = self.name(name);
        let is_known = || name.words == 1 && trade_of(&key(words)).is_some();
        // `Ada Berg of Harbour Nights fame`, `the best since Leaving Harbour`
        let is_fame = || self.text.get(name.span.end..).is_some_and(|rest| rest.starts_with(" fame"));
        let is_film = || is_known_film(&key(words)) && trade_of(&key(words)).is_none();
        (is_person(words) || is_known()) && !self.is_work(&name.span) && !is_fame() && !is_film()
    }

    /// Whether a name after words that credit somebody is a person's, in italics too, as some set all names.
    pub(super) fn is_credited(&self, name: &Name) -> bool {
        let before = self.text.get(..name.span.start).unwrap_or_default();
        self.is_person(name)
            || !before.ends_with(OPENING_QUOTES) && is_person(self.name(name)) && has_given_name(self.name(name))
    }

    /// Whether a name is a person's whole name that begins with a common first name.
    pub(super) fn is_sure_person(&self, name: &Name) -> bool {
        self.is_person(name) && has_given_name(self.name(name))
    }

    /// Whether a name that is somebody's starts at a place.
    pub(super) fn is_name_at(&self, at: usize) -> bool {
        self.names
            .iter()
            .any(|name| name.span.start == at && (name.words > 1 || has_given_name(self.words(&name.span))))
    }

    /// Whether a stretch stands in quotes or italics, as titles of works do.
    pub(super) fn is_work(&self, span: &Range<usize>) -> bool {
        let whole = self.base.saturating_add(span.start)..self.base.saturating_add(span.end);
        let emphasised = self.block.marks.iter().any(|mark| {
            mark.kind == MarkKind::Emphasis && mark.span.start <= whole.start && whole.end <= mark.span.end
                // A whole paragraph in italics is a manner of setting, not a title.
                && mark.span.len().saturating_mul(2) < self.block.span.len().max(1)
        });
        let before = self.text.get(..span.start).unwrap_or_default();
        let after = self.text.get(span.end..).unwrap_or_default();
        let opens = before.ends_with(OPENING_QUOTES);
        let closes = after.trim_start_matches([',', '.', '!', '?']).starts_with(['”', '"', '’', '»', '》', '』', '“']);
        let is_known = || trade_of(&key(self.words(span))).is_some_and(Trade::is_of_film);
        emphasised || opens && closes && !is_known()
    }

    /// Whether the block is an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.block.kind == Kind::Item
    }

    /// Whether a word, in lower case, is a fact of a meaning in the text's language.
    pub(super) fn fits(&self, word: &str, meaning: &'static str) -> bool {
        vocabulary().facts.exact(word).is_some_and(|fact| fact.means(meaning, self.language))
    }

    /// Whether a word is written as any but a name: in lower case, or as a noun where nouns have capitals.
    pub(super) fn is_plain(&self, word: &str) -> bool {
        let has_capital = vocabulary().writes(self.language, "capital_nouns");
        let own = if has_capital { word.trim_start_matches(char::is_uppercase) } else { word };
        own.chars().all(|letter| letter.is_lowercase() || matches!(letter, '-' | '’' | '\''))
    }

    /// Whether a word leads to a noun: an article or a word for whose somebody is.
    pub(super) fn is_article(&self, word: &str) -> bool {
        let lowered = lower(word);
        vocabulary().facts.exact(&lowered).is_some_and(|hit| hit.means("article", self.language))
    }

    /// Trigger phrases of a meaning.
    pub(super) fn triggers(&self, meaning: &'static str) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(move |hit| hit.means(meaning, self.language))
    }

    /// Whether a stretch of the text names a well-known film that is not ours, told by its title as a key.
    pub(super) fn names_film(&self, stretch: Range<usize>, is_ours: impl Fn(&str) -> bool) -> bool {
        let text = self.text.get(stretch.clone()).unwrap_or_default();
        films_in(text).into_iter().any(|span| {
            let film = text.get(span.clone()).unwrap_or_default();
            let place = stretch.start.saturating_add(span.start)..stretch.start.saturating_add(span.end);
            !is_ours(&key(film)) && !self.is_of_person(&place)
        })
    }

    /// Whether a stretch is a part of somebody's name, or a first name: `Rebecca Hall`, `Oliver`.
    fn is_of_person(&self, span: &Range<usize>) -> bool {
        let holds = |name: &Name| name.words > 1 && name.span.start <= span.start && span.end <= name.span.end;
        let is_longer = |name: &Name| name.span.len() > span.len() && is_person(self.words(&name.span));
        let is_first_name = vocabulary().is_given_name(&lower(self.words(span))) && !self.is_work(span);
        is_first_name || self.names.iter().any(|name| holds(name) && is_longer(name))
    }

    /// Whether another well-known film follows a name's possessive: `Berg’s film Orchard`.
    pub(super) fn owns_other_film(&self, name: &Name, titles: &HashSet<String>) -> bool {
        const REACH_BYTES: usize = 48;
        if !name.possessive {
            return false;
        }
        let rest = start_of(self.text.get(name.span.end..).unwrap_or_default(), REACH_BYTES);
        let near = rest.split(['.', ';', '(']).next().unwrap_or_default();
        let end = name.span.end.saturating_add(near.len());
        self.names_film(name.span.end..end, |film| is_one_film(titles, film))
    }

    /// Whether a comparison stands before a place in the same sentence, or words for another film.
    pub(super) fn is_comparison(&self, at: usize) -> bool {
        self.stands_before("comparison", at, &['.', ';', '!', '?']) || self.is_elsewhere(at)
    }

    /// Whether what is told from a place on is only supposed: `If Ada Berg had directed it, …`.
    pub(super) fn is_supposed(&self, at: usize) -> bool {
        self.follows(at, "supposing")
    }

    /// Whether the word right before a place means something.
    pub(super) fn follows(&self, at: usize, meaning: &'static str) -> bool {
        let before = self.lowered.get(..at).unwrap_or_default().trim_end();
        before.rsplit(' ').next().is_some_and(|word| self.fits(word, meaning))
    }

    /// Whether words for another film stand before a place in the same part of a sentence: `Ada Berg, known for her part in
    /// Orchard, is …`.
    pub(super) fn is_elsewhere(&self, at: usize) -> bool {
        self.stands_before("elsewhere", at, &['.', ';', '!', '?', ','])
    }

    /// Whether a trigger stands a little before a place, with no sign between that ends its reach.
    fn stands_before(&self, meaning: &'static str, at: usize, ends: &[char]) -> bool {
        const REACH: usize = 80;
        self.triggers(meaning).any(|hit| {
            hit.span.end <= at
                && at.saturating_sub(hit.span.end) <= REACH
                && !self.text.get(hit.span.end..at).unwrap_or_default().contains(ends)
        })
    }

    /// The first trigger of a meaning after a name, where at most some words and no end of a clause stand between.
    pub(super) fn soon_after(&self, name: &Name, meaning: &'static str, words_max: usize) -> Option<&Hit> {
        let hit = self.triggers(meaning).find(|hit| hit.span.start > name.span.end)?;
        let between = self.text.get(name.span.end..hit.span.start)?;
        (between.split(' ').count() <= words_max && !between.contains(['.', ';', ','])).then_some(hit)
    }

    /// The names that follow a place: the first within `gap` lower-case words, the others as a list.
    pub(super) fn names_after(&self, at: usize, gap: usize) -> Vec<&Name> {
        let first = self.names.partition_point(|name| name.span.start < at);
        let mut found: Vec<&Name> = Vec::new();
        let mut end = at;
        for name in self.names.iter().skip(first).take(LIST_MAX) {
            let between = self.text.get(end..name.span.start).unwrap_or_default();
            let fits = if found.is_empty() { is_short_gap(between, gap) } else { is_list_gap(between) };
            // What stands in a bracket after a name (a character, other films) is stepped over.
            if !fits && !found.is_empty() && between.contains('(') && !between.contains(')') {
                continue;
            }
            if !fits {
                break;
            }
            found.push(name);
            end = name.span.end;
            if name.possessive {
                break;
            }
        }
        found
    }

    /// The first person whom words after a place name, whatever names of other things stand among the few before.
    pub(super) fn person_within(&self, at: usize, gap: usize) -> Option<&Name> {
        let first = self.names.partition_point(|name| name.span.start < at);
        let mut after = self.names.iter().skip(first).take(gap);
        let name = after.find(|name| self.is_sure_person(name))?;
        let between = self.text.get(at..name.span.start)?;
        let is_near = between.split_whitespace().count() <= gap;
        (is_near && !between.contains(['.', ',', ';', ':', '(', ')', '!', '?', '“', '"'])).then_some(name)
    }

    /// The nearest name before a place of whom a relative clause tells that goes on up to it: `Ada Berg, who …`.
    pub(super) fn told_of(&self, at: usize) -> Option<&Name> {
        const REACH_BYTES: usize = 160;
        self.names.iter().rfind(|name| {
            let between = self.text.get(name.span.end..at).unwrap_or_default();
            let pronoun = between.strip_prefix(", ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
            between.len() <= REACH_BYTES
                && !between.contains(['.', ';', '!', '?', '(', ')'])
                && ["relative", "object_relative", "whose"].iter().any(|meaning| self.fits(pronoun, meaning))
        })
    }

    /// The person before an aside that commas set off and that ends at a place: `Ada Berg, so good in Orchard, plays`.
    pub(super) fn before_aside(&self, at: usize) -> Option<&Name> {
        const REACH_BYTES: usize = 120;
        self.text.get(..at).filter(|before| before.ends_with(", "))?;
        self.names.iter().rfind(|name| {
            let aside = self.text.get(name.span.end..at).unwrap_or_default();
            let words = aside.strip_prefix(", ").and_then(|rest| rest.strip_suffix(", "));
            let is_aside = words.is_some_and(|words| {
                words.len() <= REACH_BYTES
                    && words.starts_with(char::is_lowercase)
                    && !words.contains(['.', ';', '!', '?', ',', '(', ')'])
            });
            is_aside && !name.possessive && self.is_sure_person(name)
        })
    }

    /// Where a bracket begins that holds somebody's other works and ends within a gap before a place: `Ada Berg (Ash, The Long
    /// Snow) plays`.
    fn before_works(&self, at: usize, gap: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let close = before.rfind(')').filter(|close| is_short_gap(before.get(close + 1..).unwrap_or_default(), gap))?;
        let open = before.get(..close)?.rfind('(')?;
        let opens_upper = before.get(open + 1..close)?.starts_with(|first: char| !first.is_lowercase());
        let inside = |name: &&Name| open < name.span.start && name.span.end <= close;
        let holds_people = self.names.iter().filter(inside).any(|name| self.is_sure_person(name));
        (opens_upper && !holds_people).then_some(open)
    }

    /// The list of names that ends before a place, within `gap` lower-case words, in order.
    pub(super) fn names_before(&self, at: usize, gap: usize) -> Vec<&Name> {
        let last = self.names.partition_point(|name| name.span.end <= at);
        let mut found: Vec<&Name> = Vec::new();
        let mut start = self.before_works(at, gap).unwrap_or(at);
        let last = self.names.partition_point(|name| name.span.end <= start).min(last);
        for name in self.names.iter().take(last).rev().take(LIST_MAX) {
            let between = self.text.get(name.span.end..start).unwrap_or_default();
            let fits = if found.is_empty() { is_short_gap(between, gap) } else { is_list_gap(between) };
            if !fits || name.possessive {
                break;
            }
            found.insert(0, name);
            start = name.span.start;
        }
        found
    }

    /// The names listed up to and with one name: `A, B and C’s`.
    pub(super) fn list_ending_with(&self, name: &Name) -> Vec<&Name> {
        let last = self.names.partition_point(|other| other.span.start < name.span.start);
        let mut found: Vec<&Name> = Vec::new();
        let mut start = name.span.start;
        for other in self.names.iter().take(last).rev().take(LIST_MAX) {
            if other.possessive || !is_list_gap(self.text.get(other.span.end..start).unwrap_or_default()) {
                break;
            }
            found.push(other);
            start = other.span.start;
        }
        found
    }

    /// The names listed with one name, before and after it.
    pub(super) fn list_around(&self, name: &Name) -> Vec<&Name> {
        let mut found = self.list_ending_with(name);
        let next = self.names.partition_point(|other| other.span.start < name.span.end);
        let mut end = name.span.end;
        for other in self.names.iter().skip(next).take(LIST_MAX) {
            if !is_list_gap(self.text.get(end..other.span.start).unwrap_or_default()) {
                break;
            }
            found.push(other);
            end = other.span.end;
        }
        found
    }

    /// The run of letters of a script without capitals before or after a place, as names in Japanese, Korean, Hindi.
    pub(super) fn caseless_name_before(&self, at: usize) -> Option<Range<usize>> {
        let head = self.text.get(..at)?.trim_end();
        let start = caseless_word(head)?;
        // Indian names have two words, where the others are written together.
        let is_indic = head.get(start..)?.chars().any(|character| matches!(character, '\u{0900}'..='\u{0dff}'));
        let before = head.get(..start)?.strip_suffix(' ').filter(|_| is_indic);
        let first = before.and_then(|before| {
            let first = caseless_word(before)?;
            let word = before.get(first..)?;
            (!vocabulary().is_stop(word, self.language) && !vocabulary().is_joiner(word)).then_some(first)
        });
        let start = first.unwrap_or(start);
        (!head.get(start..)?.is_empty()).then_some(start..head.len())
    }
}

/// Where the run of letters of a script without capitals starts that a text ends with; joiners shape letters in it.
fn caseless_word(head: &str) -> Option<usize> {
    let is_part = |character: char| {
        is_caseless(character)
            || unicode_normalization::char::is_combining_mark(character)
            || matches!(character, '・' | '＝' | '=' | '\u{200c}' | '\u{200d}')
    };
    head.char_indices().rev().take_while(|(_, character)| is_part(*character)).last().map(|(at, _)| at)
}

/// Whether at most `gap` words, none of them ending a clause, stand between.
fn is_short_gap(between: &str, gap: usize) -> bool {
    const GAP_BYTES_MAX: usize = 120;
    if between.len() > GAP_BYTES_MAX {
        return false;
    }
    // A bracket of its own (an actor's other films) is no distance.
    let bare = match (between.find('('), between.rfind(')')) {
        (Some(open), Some(close)) if open < close => {
            let head = between.get(..open).unwrap_or_default();
            format!("{head}{}", between.get(close.saturating_add(1)..).unwrap_or_default())
        }
        _ => between.to_owned(),
    };
    let words = bare.split(' ').filter(|word| word.chars().any(char::is_alphanumeric)).count();
    words <= gap
        && !bare.contains(['.', ';', ':', '!', '?', ')', '”', '–', '—', '|'])
        && bare.matches(['(', '"', '“']).count() <= 1
}

/// Whether only what joins a list stands between: commas, joiners, a bracket of its own.
pub(super) fn is_list_gap(between: &str) -> bool {
    const GAP_BYTES_MAX: usize = 120;
    if between.len() > GAP_BYTES_MAX {
        return false;
    }
    let mut depth = 0_usize;
    let mut bare = String::new();
    for character in between.chars() {
        match character {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(character),
            _ => {}
        }
    }
    let separated = bare.contains([',', '&', '、']) || bare.split(' ').any(|word| vocabulary().is_joiner(&lower(word)));
    depth == 0
        && separated
        && bare.split([' ', ',', '、']).filter(|word| !word.is_empty()).all(|word| vocabulary().is_joiner(&lower(word)))
}
