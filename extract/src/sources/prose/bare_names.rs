//! The names of a text without what is no part of them: words with capitals before and behind them, and the part that its
//! actor's name follows.
//!
//! Looks at one name and the words right beside it; who somebody is, is for others.

use crate::folding::{key, lower};
use crate::names::{Name, has_given_name, is_person, names_in};
use crate::vocabulary::{Hit, Trade, trade_of, vocabulary};

/// All names of a text, each by itself.
pub(super) fn people_in(text: &str, language: &str) -> Vec<Name> {
    let names = names_in(text, language).into_iter().map(|name| without_lead(text, name));
    names.flat_map(|name| parted(text, language, &name).map_or_else(|| vec![name.clone()], Vec::from)).collect()
}

/// What stands between a part and whose it is.
const OWNERS: [&str; 6] = [" de ", " di ", " d’", " d'", " do ", " da "];

/// Whether what stands before a name leads to a part: an article, or one that is written together with it.
fn is_led(before: &str, language: &str) -> bool {
    let article = lower(before.trim_end().rsplit([' ', '“', '(']).next().unwrap_or_default());
    let is_article = || vocabulary().facts.exact(&article).is_some_and(|fact| fact.means("article", language));
    article.ends_with(['’', '\'']) || is_article()
}

/// Whether two names beside each other are a part and who plays it, behind an article: `La Ilse de Ada Berg`.
pub(super) fn is_owned_part(text: &str, language: &str, part: &Name, actor: &Name) -> bool {
    let words = |name: &Name| text.get(name.span.clone()).unwrap_or_default();
    let between = text.get(part.span.end..actor.span.start).unwrap_or_default();
    let is_part = has_given_name(words(part)) || vocabulary().is_given_name(&lower(words(part)));
    let is_actor = actor.words > 1 && has_given_name(words(actor)) && is_person(words(actor));
    let before = text.get(..part.span.start).unwrap_or_default();
    OWNERS.contains(&between) && is_part && is_actor && is_led(before, language)
}

/// The part and the actor that a name of many words holds.
fn parted(text: &str, language: &str, name: &Name) -> Option<[Name; 2]> {
    let words = text.get(name.span.clone())?;
    // `L’Ilse di Ada Berg`
    let elided = words.find(['’', '\'']).filter(|sign| *sign == 1);
    let elided =
        elided.and_then(|sign| words.get(sign..)?.chars().next()).map_or(0, |sign| sign.len_utf8().saturating_add(1));
    let owners = OWNERS.iter().filter_map(|owner| Some((words.find(owner)?, owner.len())));
    let (at, width) = owners.min()?;
    let start = name.span.start;
    let cut = |from: usize, to: usize, possessive: bool| {
        let count = words.get(from..to).unwrap_or_default().split(' ').count();
        Name { span: start.saturating_add(from)..start.saturating_add(to), words: count, possessive }
    };
    let pair = [cut(elided, at, false), cut(at.saturating_add(width), words.len(), name.possessive)];
    let [part, actor] = &pair;
    is_owned_part(text, language, part, actor).then_some(pair)
}

/// Whether words begin with one for a film, in any language.
fn begins_with_film(words: &str) -> bool {
    let first = lower(words.split(' ').next().unwrap_or_default());
    vocabulary().words.exact(&first).is_some_and(|hit| hit.meanings.iter().any(|(_, of)| *of == "film"))
}

/// Capitalised words of the longest name that may hold a known one after other words.
const LED_WORDS_MAX: usize = 8;

/// Where somebody ends whom everybody knows, before a particle and a word of what they are known from: `Ada Berg de Orchard`.
fn before_works_of(words: &str) -> Option<usize> {
    const PARTICLES: [&str; 4] = [" de ", " di ", " do ", " da "];
    let ends = PARTICLES.iter().filter_map(|particle| words.rfind(particle));
    ends.max().filter(|end| {
        let head = words.get(..*end).unwrap_or_default();
        head.contains(' ') && trade_of(&key(head)).is_some_and(Trade::is_of_film)
    })
}

/// Where somebody begins after a noun with a capital, as German writes them: `Roman von Ada Berg`.
fn past_noun(words: &str) -> Option<usize> {
    const LEADS: [&str; 2] = [" von ", " mit "];
    let (at, lead) = LEADS.iter().find_map(|lead| Some((words.find(lead)?, *lead)))?;
    let (noun, rest) = (words.get(..at)?, words.get(at.saturating_add(lead.len())..)?);
    // `Roman` is a first name as well.
    let is_work = vocabulary().words.exact(&lower(noun)).is_some();
    let is_noun = !noun.contains(' ') && (is_work || !has_given_name(noun));
    (is_noun && rest.contains(' ') && has_given_name(rest) && is_person(rest)).then(|| at.saturating_add(lead.len()))
}

/// The length of the word that a sentence opens with before somebody's whole name: `Veterans Ada Berg and Per Lund`.
fn opening_word(text: &str, name: &Name) -> Option<usize> {
    const WORDS_MIN: usize = 3;
    let before = text.get(..name.span.start)?.trim_end();
    let (first, rest) = text.get(name.span.clone())?.split_once(' ')?;
    let second = rest.split(' ').next()?;
    let opens = name.words >= WORDS_MIN && (before.is_empty() || before.ends_with(['.', '!', '?']));
    let own = lower(first);
    // `Veterans`, `Replacing`, `Hauptdarsteller`: other words may be a rarer first name.
    let is_noun = ["s", "ing", "ed", "er", "in", "young", "poor"].iter().any(|end| own.ends_with(end));
    // `Bravissima Ada Berg`
    let praises = |hit: Hit| hit.meanings.iter().any(|(_, of)| matches!(*of, "praise" | "opinion"));
    let is_noun = is_noun || vocabulary().words.exact(&own).is_some_and(praises);
    // `Dirige Ada Berg`
    let is_noun = is_noun || vocabulary().triggers.exact(&own).is_some();
    let is_word =
        is_noun && first.chars().all(char::is_alphabetic) && !vocabulary().is_given_name(&own) && !is_rank_word(&own);
    (opens && is_word && vocabulary().is_given_name(&lower(second)) && is_person(rest))
        .then(|| first.len().saturating_add(1))
}

/// Whether a word before a name belongs to it: `Captain Ada Berg`.
fn is_rank_word(word: &str) -> bool {
    vocabulary().is_character_title(word) || vocabulary().is_trade(word)
}

/// A name without the words with capitals before it that are no part of it, where the rest is somebody whom everybody knows:
/// `Alike Ada Berg`, `Peliculón de Berg`.
fn without_lead(text: &str, name: Name) -> Name {
    let words = text.get(name.span.clone()).unwrap_or_default();
    if !(2..=LED_WORDS_MAX).contains(&name.words) || trade_of(&key(words)).is_some() {
        return name;
    }
    if let Some(at) = opening_word(text, &name) {
        return Name {
            span: name.span.start.saturating_add(at)..name.span.end,
            words: name.words.saturating_sub(1),
            ..name
        };
    }
    if let Some(end) = before_works_of(words) {
        let span = name.span.start..name.span.start.saturating_add(end);
        let left = words.get(..end).unwrap_or_default().split(' ').count();
        return Name { span, words: left, possessive: false };
    }
    if let Some(at) = past_noun(words) {
        let left = words.get(at..).unwrap_or_default().split(' ').filter(|word| word.starts_with(char::is_uppercase));
        return Name { span: name.span.start.saturating_add(at)..name.span.end, words: left.count(), ..name };
    }
    let known = words.match_indices(' ').map(|(at, _)| at.saturating_add(1)).find(|at| {
        let (lead, rest) = (words.get(..*at).unwrap_or_default().trim_end(), words.get(*at..).unwrap_or_default());
        // `Orchard de Berg` is another film; `Peliculón de Berg` may be this one.
        let ends_lower = lead.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_lowercase));
        let is_apart = if ends_lower { begins_with_film(lead) } else { rest.contains(' ') };
        // `José Luis Berg` is not Luis Berg.
        let last = lower(lead.rsplit(' ').next().unwrap_or_default());
        let is_name = vocabulary().is_given_name(&last) || last.trim_end_matches('.').chars().count() == 1;
        is_apart && !is_name && rest.starts_with(char::is_uppercase) && trade_of(&key(rest)).is_some()
    });
    let Some(at) = known else { return name };
    let left =
        words.get(at..).unwrap_or_default().split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    Name { span: name.span.start.saturating_add(at)..name.span.end, words: left, ..name }
}
