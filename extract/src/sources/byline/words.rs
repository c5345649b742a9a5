//! What the words of a byline say: `By Ada Berg`, `Posted by ada on 3 May`, `scritto da Lalla alle 15:07`, and what may be
//! a critic's name at all.
//!
//! Reads one line; where bylines stand is for its parent.

use std::ops::Range;

use crate::folding::{is_cjk, lower};
use crate::names::{is_person, names_in};
use crate::values;
use crate::vocabulary::{Hit, vocabulary};

use super::BYLINE_BYTES_MAX;

/// Letters of the longest name in Chinese, Japanese or Korean; what is longer is a sentence.
const CJK_LETTERS_MAX: usize = 12;

/// `By Name`, `Posted by Name on …`, `Por Name`, `Von Name`.
pub(in crate::sources) fn worded_byline<'a>(text: &'a str, language: &str) -> Option<(&'a str, usize)> {
    const LINE_BYTES_MAX: usize = 120;
    if text.len() > LINE_BYTES_MAX {
        return None;
    }
    let lowered = lower(text);
    let found = leads(&lowered, "byline").into_iter().find_map(|lead| {
        let before = lowered.get(..lead.start)?;
        let is_set_apart = before.is_empty() || before.ends_with([' ', '|', '·', '•', ',']);
        // `directed by`, `fotografia di`: a credit of the film rather than of the review.
        if !is_set_apart || vocabulary().facts.find(before, language).iter().any(|hit| says(hit, "film_credit")) {
            return None;
        }
        let rest = text.get(lead.end..)?;
        if lead.start == 0 && (is_informal(rest) || is_handle(rest, language)) {
            return Some((rest.trim_end(), lead.end));
        }
        let end = signers_end(rest, language)?;
        let words = rest.get(..end)?;
        let after = rest.get(end..).unwrap_or_default().trim_start();
        let is_list = words.contains([',', '&']) && words.len() <= BYLINE_BYTES_MAX;
        let is_name = is_person(words) || is_list || is_author(words) && lead.start == 0;
        (is_name && ends_byline(after, lead.start == 0)).then_some((words, lead.end))
    });
    found.or_else(|| dated_byline(text, &lowered))
}

/// `by adaberg`: a whole line of one word that is no word of the language's own.
fn is_handle(name: &str, language: &str) -> bool {
    const LETTERS: std::ops::RangeInclusive<usize> = 3..=20;
    let name = name.trim_end();
    LETTERS.contains(&name.len())
        && name.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"_-.".contains(&letter))
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && !vocabulary().is_stop(name, language)
        && vocabulary().words.exact(name).is_none()
        && vocabulary().labels.exact(name).is_none()
        && !vocabulary().facts.exact(name).is_some_and(|hit| says(&hit, "sort_word"))
}

/// `by ada berg`, `By Ada B.`: a whole line of a name as people write theirs in passing.
pub(super) fn is_informal(name: &str) -> bool {
    const WORDS: std::ops::RangeInclusive<usize> = 2..=3;
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |word: &&str| word.chars().count() > 1 && word.chars().all(char::is_lowercase);
    let is_initial = |word: &str| {
        let letter = word.trim_end_matches('.');
        letter.chars().count() == 1 && letter.starts_with(char::is_uppercase)
    };
    let is_given = words.first().is_some_and(|first| vocabulary().is_given_name(&lower(first)));
    let is_short = words.len() == 2 && words.last().is_some_and(|last| is_initial(last));
    WORDS.contains(&words.len()) && is_given && (is_short || words.iter().all(is_word))
}

/// Where the name that a text starts with ends, or the names, where people sign together: `Ada Berg, Per Lund and Ida Holm`.
fn signers_end(text: &str, language: &str) -> Option<usize> {
    if let Some(end) = caseless_end(text) {
        return Some(end);
    }
    let names = names_in(text, language);
    let first = names.first().filter(|name| name.span.start == 0).and_then(|name| text.get(name.span.clone()))?;
    let mut end = before_day(first).len();
    for name in names.iter().skip(1) {
        let between = text.get(end..name.span.start).unwrap_or_default().trim();
        // `Ada Berg January 2022`: a month with its capital runs on.
        let words = text.get(name.span.clone()).map(before_month).unwrap_or_default();
        if !is_person(words) || !(between == "," || vocabulary().is_joiner(&lower(between.trim_start_matches(", ")))) {
            break;
        }
        end = name.span.start.saturating_add(words.len());
    }
    Some(end)
}

/// Where a name ends that is written without capitals and by nothing but its sign or the day: `김하나 2019.03.14`.
fn caseless_end(text: &str) -> Option<usize> {
    let name = text.split([' ', '\u{3000}', '|', '·', '（', '(', '/']).next()?;
    let is_name = is_author(name) && name.chars().all(crate::folding::is_caseless) && is_person(name);
    is_name.then_some(name.len())
}

/// A name without what goes on to tell of the day: `Ada Berg Feb`, `Ada Berg Published`, `Ada Berg. 14 March 2019`.
pub(super) fn before_day(name: &str) -> &str {
    let bare = before_told(before_month(before_date(name)));
    if bare.len() < name.len() { without_signs(bare) } else { bare }
}

/// Words up to a date among them, and to the short word that leads to it.
fn before_date(words: &str) -> &str {
    const LEAD_LETTERS_MAX: usize = 3;
    let date = values::date(words, true).map(|(_, span)| span.start).filter(|start| *start > 0);
    let Some(head) = date.and_then(|start| words.get(..start)) else { return words };
    let head = without_signs(head);
    let is_lead = |word: &str| word.chars().count() <= LEAD_LETTERS_MAX && word.chars().all(char::is_lowercase);
    head.rsplit_once(' ').filter(|(_, last)| is_lead(last)).map_or(head, |(name, _)| without_signs(name))
}

/// Words without the signs at their end; an initial keeps its full stop.
fn without_signs(words: &str) -> &str {
    let is_sign = |sign: char| sign.is_whitespace() || matches!(sign, ',' | '.' | '|' | '·' | '-' | '–' | '(');
    let bare = words.trim_end_matches(is_sign);
    let is_short = bare.rsplit(' ').next().is_some_and(|last| last.chars().count() == 1 || matches!(last, "Jr" | "Sr"));
    let with_stop = bare.len().saturating_add(1);
    words.get(..with_stop).filter(|name| is_short && name.ends_with('.')).unwrap_or(bare)
}

/// A name without the word with a capital that goes on to tell of the day: `Ada Berg Published`.
fn before_told(name: &str) -> &str {
    let (head, last) = name.rsplit_once(' ').unwrap_or((name, ""));
    let is_told = vocabulary().facts.exact(&lower(last)).is_some_and(|hit| says(&hit, "told_when"));
    if is_told { head } else { name }
}

/// Words up to the name of a month or a day among them.
fn before_month(words: &str) -> &str {
    let mut ends = words.match_indices(' ').map(|(at, _)| at);
    let is_month = |at: &usize| {
        let next = words.get(*at..).unwrap_or_default().trim_start().split([' ', '/']).next().unwrap_or_default();
        vocabulary().month(&lower(next)).is_some() || is_weekday(next)
    };
    ends.find(is_month).and_then(|at| words.get(..at)).unwrap_or(words)
}

/// Whether a word is the name of a day, in any language, with the comma after it perhaps.
pub(super) fn is_weekday(word: &str) -> bool {
    vocabulary().facts.exact(&lower(word.trim_end_matches([',', '.']))).is_some_and(|hit| says(&hit, "weekday"))
}

/// Whether a byline ends before some words: whole lines are bylines; inside longer ones only what is followed by a date
/// or a sign.
fn ends_byline(after: &str, opens_line: bool) -> bool {
    after.is_empty()
        || opens_line && after == "."
        || after.starts_with(['|', '·', '•', ',', '-', '‐', '–', '—', '(', '/', '\n', '@'])
        || ["on ", "in ", "at ", "for the "].iter().any(|word| lower(after).starts_with(word))
        || opens_line && (says_when(after) || says_clock(after) || begins_with_month(after))
        || after.starts_with(|first: char| first.is_ascii_digit())
        || values::date(after, true).is_some_and(|(_, span)| span.start == 0)
}

/// Where words of a meaning lead to a name in a lower-cased line, with the sign and space after them; `text:` only with
/// its colon.
pub(in crate::sources) fn leads(lowered: &str, meaning: &'static str) -> Vec<Range<usize>> {
    let hits = vocabulary().facts.find_in_any(lowered).into_iter();
    hits.filter_map(|hit| {
        let rest = lowered.get(hit.span.end..)?;
        let tail = rest.len().saturating_sub(rest.trim_start_matches([':', ' ']).len());
        let is_label = rest.trim_start().starts_with(':') && says(&hit, "byline_label");
        (tail > 0 && (says(&hit, meaning) || is_label)).then(|| hit.span.start..hit.span.end.saturating_add(tail))
    })
    .collect()
}

/// Whether a phrase has a meaning in any language: bylines are the template's, not the text's.
fn says(hit: &Hit, meaning: &str) -> bool {
    hit.meanings.iter().any(|(_, said)| *said == meaning)
}

/// `January/February 2022`: no day, but a month all the same.
fn begins_with_month(after: &str) -> bool {
    let word = after.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    vocabulary().month(&lower(word)).is_some()
}

/// Whether words go on with a date: `published 9 October 2020`, `el 3 de mayo de 2019`.
fn says_when(after: &str) -> bool {
    const LEAD_BYTES_MAX: usize = 24;
    values::date(after, true).is_some_and(|(_, span)| span.start <= LEAD_BYTES_MAX)
}

/// Whether words go on with a time of day: `at 9:14 AM`, `às 10:21`, `alle 18:40`.
pub(super) fn says_clock(after: &str) -> bool {
    const WORDS_MAX: usize = 3;
    after.split(' ').take(WORDS_MAX).any(|word| {
        word.split_once([':', 'h', '.']).is_some_and(|(hours, minutes)| {
            let is_number =
                |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
            is_number(hours) && is_number(minutes.get(..2).unwrap_or(minutes))
        })
    })
}

/// `November 20, 2009 by dutch`, `scritto da lalla alle 15:07`: beside a date or a time of day and the word for who signs,
/// any name is one.
fn dated_byline<'a>(text: &'a str, lowered: &str) -> Option<(&'a str, usize)> {
    const WORDS_MAX: usize = 3;
    const LEAD_BYTES_MAX: usize = 14;
    let leads = leads(lowered, "byline");
    if let Some(lead) = leads.first().filter(|lead| lead.start == 0) {
        let rest = text.get(lead.end..)?;
        let name = rest.split(' ').next().unwrap_or_default();
        let after = rest.get(name.len()..).unwrap_or_default().trim_start();
        return (says_clock(after) && is_author(name)).then(|| (without_trade(name), lead.end));
    }
    // `Posted on 4 May 2020 by Ada`
    let (_, date) = values::date(text, true).filter(|(_, span)| span.start <= LEAD_BYTES_MAX)?;
    let rest = lowered.get(date.end..)?;
    let gap = rest.len().saturating_sub(rest.trim_start_matches([' ', '|', '·', '•', ',', '-', '–', '/']).len());
    let lead = leads.iter().find(|lead| lead.start == date.end.saturating_add(gap))?;
    let name = to_full_stop(text.get(lead.end..)?.split(['|', '·', '•']).next()?.trim());
    (name.split(' ').count() <= WORDS_MAX && is_author(name)).then(|| (without_trade(name), lead.end))
}

/// Words up to the full stop of their sentence, which is none behind an initial or `Jr`.
fn to_full_stop(words: &str) -> &str {
    const LETTERS_MIN: usize = 3;
    let mut stops = words.match_indices('.').map(|(at, _)| at).filter(|at| {
        let last = words.get(..*at).and_then(|head| head.rsplit(' ').next()).unwrap_or_default();
        let rest = words.get(at.saturating_add(1)..).unwrap_or_default();
        last.chars().count() >= LETTERS_MIN && (rest.is_empty() || rest.starts_with(' '))
    });
    stops.next().and_then(|at| words.get(..at)).unwrap_or(words)
}

/// A name without the words that lead to it, and what follows it.
pub(super) fn strip_by(text: &str) -> String {
    let mut bare = text.trim().trim_end_matches(['→', '»', '›', ' ']);
    // `View all posts by lalla →`
    if let Some((_, name)) = bare.split_once(" posts by ") {
        bare = name;
    }
    let lowered = lower(bare);
    if let Some(lead) = leads(&lowered, "byline").into_iter().find(|lead| lead.start == 0) {
        bare = bare.get(lead.end..).unwrap_or(bare).trim();
    }
    // `Author ada`, `Yazar Ada Berg`, as templates write for those who can't see the icon.
    let labelled = bare.split_once(' ').filter(|(first, rest)| {
        let label = vocabulary().labels.exact(&lower(first));
        !rest.is_empty() && label.is_some_and(|hit| hit.meanings.iter().any(|(_, of)| *of == "author"))
    });
    let bare = labelled.map_or(bare, |(_, rest)| rest);
    without_trade(bare.split([',', '|', '\n']).next().unwrap_or(bare).trim()).to_owned()
}

/// A name without the word for its trade, which some languages put after it: `차은호 기자`.
pub(super) fn without_trade(name: &str) -> &str {
    let hit = vocabulary().facts.find_in_any(name).into_iter().next_back();
    let trade = hit.filter(|hit| hit.span.end == name.len() && hit.span.start > 0 && says(hit, "trade_after_name"));
    trade.and_then(|hit| name.get(..hit.span.start)).map_or(name, str::trim_end)
}

/// Whether a text can be an author's name: short, no address, no date, no call to action.
pub(in crate::sources) fn is_author(text: &str) -> bool {
    let lowered = lower(text);
    let words = text.split(' ').filter(|word| !word.is_empty()).count();
    (1..=6).contains(&words)
        && (2..=60).contains(&text.len())
        && text.chars().any(char::is_alphabetic)
        && !text.contains([':', '/', '@', '?', '!', '{'])
        && text.chars().filter(|letter| is_cjk(*letter)).count() <= CJK_LETTERS_MAX
        && ![
            "http",
            "www.",
            "admin",
            "posted",
            "author",
            "written",
            "share",
            "comment",
            "follow",
            "subscribe",
            "unknown",
            "editor",
            "staff writer",
            "guest",
            "me",
            "myself",
            "about me",
            "about",
            "about the author",
        ]
        .iter()
        .any(|word| lowered == *word || lowered.starts_with("http"))
        && !leads_on(&lowered)
        && !credits_film(&lowered)
        && values::date(text, true).is_none()
        && !ends_as_thing(text)
}

/// Whether a line tells who made the film: `1960 · Directed by Ada Berg`.
pub(in crate::sources) fn credits_film(lowered: &str) -> bool {
    let leads = |hit: &Hit| lowered.get(hit.span.clone()).is_some_and(|phrase| phrase.ends_with(" by"));
    vocabulary().facts.find_in_any(lowered).iter().any(|hit| leads(hit) && says(hit, "film_credit"))
}

/// Whether a line is nothing but the words for who signs: `Written By`.
fn leads_on(lowered: &str) -> bool {
    vocabulary().facts.exact(lowered).is_some_and(|hit| says(&hit, "byline") || says(&hit, "byline_label"))
}

/// `Chess blog`, `My profile`: links to what somebody writes elsewhere are no names.
fn ends_as_thing(text: &str) -> bool {
    const THINGS: [&str; 9] = ["blog", "site", "page", "profile", "archive", "posts", "reviews", "articles", "stories"];
    text.rsplit_once(' ').is_some_and(|(_, last)| THINGS.contains(&last))
}
