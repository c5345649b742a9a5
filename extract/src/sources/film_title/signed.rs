//! People told by a headline beside the title: who directed (`Title, Directed By Name`, `Title (2013), Name`, `Title – Name`)
//! and who acts (`Title, starring Name`).
//!
//! Each takes the name off the headline, so that what is left is the title.

use std::ops::Range;

use crate::folding::{is_caseless, key, lower, start_of};
use crate::names::{has_given_name, is_person};
use crate::people::people;
use crate::vocabulary::{Trade, is_known_film, trade_of, vocabulary};

use super::dissect::{Dissected, Part};
use super::review_words::strip_review_words;

/// `La larga nieve – Ada Berg`: of a headline's two parts the one that is a person's name is no title; it is the director's.
pub(super) fn take_director(headline: &str, parts: &mut Vec<Part>, dissected: &mut Dissected) {
    // Scripts without capitals do not tell a name from any other words.
    let shows = |part: &Part| !part.text.chars().any(is_caseless) && !is_known_film(&key(&part.text));
    let is_sure_person = |part: &Part| is_person(&part.text) && has_given_name(&part.text) && shows(part);
    let is_dashed =
        |part: &Part| headline.get(..part.start).is_some_and(|before| before.trim_end().ends_with(['-', '–', '—']));
    let is_signed = matches!(parts.as_slice(), [first, second] if !is_sure_person(first) && is_sure_person(second) && is_dashed(second));
    if is_signed && dissected.directors.is_empty() && !dissected.says_review {
        dissected.directors.extend(parts.pop());
    }
}

/// Where a lower-cased headline goes over from the title to its director: the words that say so, with the sign before them.
pub(super) fn directed_by(lowered: &str, language: &str) -> Option<Range<usize>> {
    const SIGNS: [&str; 4] = [", ", " – ", " — ", " - "];
    let mut places: Vec<(usize, &str)> = SIGNS.iter().flat_map(|sign| lowered.match_indices(sign)).collect();
    places.sort_unstable();
    let set_off = places.into_iter().find_map(|(at, sign)| {
        let start = at.saturating_add(sign.len());
        let end = start.saturating_add(leads_to_director(lowered.get(start..)?, language, sign == ", ")?);
        Some(at..end)
    });
    // `The Long Snow directed by Ada Berg`
    let words = || {
        let hits =
            vocabulary().frames.find(lowered, language).into_iter().filter(|hit| hit.means("director", language));
        hits.filter_map(|hit| {
            let at = hit
                .span
                .start
                .checked_sub(1)
                .filter(|at| lowered.get(*at..).is_some_and(|rest| rest.starts_with(' ')))?;
            let is_next = lowered.get(hit.span.end..).is_some_and(|rest| rest.starts_with(' '));
            is_next.then(|| at..hit.span.end.saturating_add(1))
        })
        .next()
    };
    set_off.or_else(words)
}

/// Longest words that lead to a director.
const LEAD_BYTES_MAX: usize = 40;

/// The length of the words that a text begins with, where they lead to a director's name: `un film d’`, and `de ` alone, where
/// that may not lead to a critic's.
fn leads_to_director(lowered: &str, language: &str, may_be_bare: bool) -> Option<usize> {
    let near = start_of(lowered, LEAD_BYTES_MAX);
    let hit = vocabulary().frames.find(near, language).into_iter().next()?;
    let is_told = hit.means("director", language) || may_be_bare && hit.means("whose", language);
    let is_lead = hit.span.start == 0 && is_told;
    let rest = lowered.get(hit.span.end..).filter(|_| is_lead)?;
    // `d’Ada Berg`
    let is_elided = lowered.get(hit.span.clone()).is_some_and(|lead| lead.ends_with(['’', '\'']));
    let gap = rest.len().saturating_sub(rest.trim_start_matches([' ', ':']).len());
    (is_elided || gap > 0).then(|| hit.span.end.saturating_add(gap))
}

/// Beginnings of a headline that may be all of its title: before whose it is, and before a comma that says what it is, as in
/// `Le ore di sale di Ada Berg` and `La larga nieve, un drama sobrio`. Which of them is, the text decides.
pub(super) fn beginnings(headline: &str, language: &str) -> Vec<Part> {
    const WEIGHT: i32 = 4;
    const NAMED_WEIGHT: i32 = 8;
    let lowered = lower(headline);
    let signed = lowered.match_indices(' ').filter_map(|(at, _)| {
        let rest = lowered.get(at.saturating_add(1)..)?;
        let start = at.saturating_add(1).saturating_add(leads_to_director(rest, language, true)?);
        let name = headline.get(start..)?.split([',', '|', ':', '(']).next()?.trim();
        (is_person(name) && has_given_name(name)).then_some(at)
    });
    let told = lowered.match_indices(", ").filter_map(|(at, _)| {
        let after = at.saturating_add(2);
        let article = vocabulary().facts.exact(lowered.get(after..)?.split(' ').next()?);
        // `Orchard, Ida Holm’s drama about pickers`
        let is_owned = || owned(headline.get(after..)?).filter(|(_, rest)| rest.starts_with(char::is_lowercase));
        (article.is_some_and(|hit| hit.means("indefinite", language)) || is_owned().is_some()).then_some(at)
    });
    let ends = signed.chain(told).filter(|end| *end > 1);
    let parts = ends.filter_map(|end| headline.get(..end)).map(|text| text.trim_end_matches([',', ' ']));
    let parts = parts.map(|text| Part { text: text.to_owned(), weight: WEIGHT, ..Part::default() });
    let named =
        before_name(headline).map(|text| Part { text: text.to_owned(), weight: NAMED_WEIGHT, ..Part::default() });
    parts.chain(named).filter_map(|part| strip_review_words(&part, language)).map(|(part, _)| part).collect()
}

/// What stands before the one comma of a headline that ends with somebody's name: `Orchard, Ida Holm`.
pub(super) fn before_name(headline: &str) -> Option<&str> {
    let (title, _) =
        headline.rsplit_once(", ").filter(|(title, name)| !title.contains([',', '(', '[']) && is_person(name))?;
    Some(title)
}

/// Whose film the headline says it is, right after the title: `Le ore di sale di Ada Berg`.
pub(super) fn named_after(headline: &str, title: &str, language: &str) -> Vec<Part> {
    let Some(at) = headline.find(title).map(|at| at.saturating_add(title.len())) else { return Vec::new() };
    let rest = headline.get(at..).unwrap_or_default();
    let gap = rest.len().saturating_sub(rest.trim_start().len());
    let lowered = lower(rest.trim_start());
    let Some(lead) = leads_to_director(&lowered, language, true).filter(|_| gap > 0) else { return Vec::new() };
    let start = at.saturating_add(gap).saturating_add(lead);
    let list =
        headline.get(start..).unwrap_or_default().split([',', '|', ':', '(', '–', '—']).next().unwrap_or_default();
    let named = people(list, false).into_iter().filter(|person| has_given_name(&person.name));
    named
        .map(|person| Part { text: person.name, start: start.saturating_add(person.span.start), ..Part::default() })
        .collect()
}

/// A part without whose film it is: `The Long Snow` of `Ida Holm’s The Long Snow`. Titles may begin with a possessive, too:
/// an article behind it tells (`Ada Berg’s Diary`), and else the text, which names the one or the other.
pub(super) fn without_owner(part: &Part) -> Option<Part> {
    let (owner, rest) = owned(&part.text).filter(|(_, rest)| rest.starts_with(char::is_uppercase))?;
    let opens_title = ["The ", "A ", "An "].iter().any(|article| rest.starts_with(article));
    let is_sure = opens_title && !is_known_film(&key(&part.text));
    let is_owner = is_person(owner) && has_given_name(owner) && (rest.contains(' ') || is_known_film(&key(rest)));
    (opens_title || is_owner).then(|| Part {
        text: rest.to_owned(),
        start: part.start.saturating_add(part.text.len().saturating_sub(rest.len())),
        weight: part.weight.saturating_add(i32::from(is_sure)),
        ..Part::default()
    })
}

/// Who stands before a title as its owner, or behind it after a comma: most often the director, but authors and stars own
/// films, too.
pub(super) fn owner(headline: &str, title: &str) -> Option<Part> {
    let at = headline.find(title)?;
    let behind = headline.get(at.saturating_add(title.len())..)?.strip_prefix(", ");
    if let Some(name) = behind.filter(|name| makes_films(name)) {
        let start = headline.len().saturating_sub(name.len());
        return Some(Part { text: name.to_owned(), start, ..Part::default() });
    }
    let head = headline.get(..at)?.trim_end_matches([' ', '“', '"', '‘', '«', '\'']);
    let start = head.rfind([':', '|', '–', '—', ',']).map_or(0, |sign| sign.saturating_add(1));
    let start =
        (start..head.len()).find(|at| head.get(*at..).is_some_and(|rest| rest.starts_with(char::is_alphabetic)))?;
    let name = without_possessive(head.get(start..)?)?;
    makes_films(name).then(|| Part { text: name.to_owned(), start, ..Part::default() })
}

/// Whether words are somebody's name, and nobody's who is known for another trade.
fn makes_films(name: &str) -> bool {
    !matches!(trade_of(&key(name)), Some(Trade::Actor | Trade::Other)) && is_person(name) && has_given_name(name)
}

/// The two sides of a name's possessive: `Ida Holm`, `The Long Snow`.
fn owned(text: &str) -> Option<(&str, &str)> {
    const OWNER_WORDS_MAX: usize = 3;
    let (at, _) = text.match_indices(' ').find(|(at, _)| text.get(..*at).and_then(without_possessive).is_some())?;
    let owner = text.get(..at).and_then(without_possessive)?;
    let rest = text.get(at..)?.trim_start();
    let is_name = owner.split(' ').count() <= OWNER_WORDS_MAX
        && owner.split(' ').all(|word| word.starts_with(char::is_uppercase));
    is_name.then_some((owner, rest))
}

fn without_possessive(text: &str) -> Option<&str> {
    ["’s", "'s"].iter().find_map(|sign| text.strip_suffix(sign))
}

/// `Title, Directed By Name (Studio)`.
pub(super) fn take_directed_by(headline: &str, language: &str, dissected: &mut Dissected) -> String {
    let Some(words) = directed_by(&lower(headline), language) else { return headline.to_owned() };
    let (at, start) = (words.start, words.end);
    let list = headline.get(start..).unwrap_or_default();
    let found: Vec<Part> = people(list, false)
        .into_iter()
        .map(|person| Part { text: person.name, start: start.saturating_add(person.span.start), ..Part::default() })
        .collect();
    if found.is_empty() || at < 2 {
        return headline.to_owned();
    }
    if dissected.directors.is_empty() {
        dissected.directors = found;
    }
    headline.get(..at).unwrap_or(headline).to_owned()
}

/// `Title, starring Name and Name`: a title ends before those who act in it.
pub(in crate::sources) fn take_starring(headline: &str) -> &str {
    const PHRASES: [&str; 6] = [", starring ", " starring ", ", avec ", ", mit ", ", con ", ", com "];
    let lowered = lower(headline);
    let found = PHRASES.iter().find_map(|phrase| lowered.find(phrase).map(|at| (at, at.saturating_add(phrase.len()))));
    let named = found.filter(|(_, start)| headline.get(*start..).is_some_and(|list| !people(list, false).is_empty()));
    named.and_then(|(at, _)| headline.get(..at)).filter(|title| !title.trim().is_empty()).unwrap_or(headline)
}

/// `Title (2013), Name`: who stands alone after the year's bracket directed it.
pub(super) fn take_after_year(bare: &str, headline: &str, dissected: &mut Dissected) -> String {
    let year = dissected.year.as_ref().filter(|_| dissected.directors.is_empty());
    let close = year.and_then(|year| headline.get(year.start..)?.find(')').map(|at| year.start.saturating_add(at)));
    let after = close.and_then(|close| bare.get(close..)).unwrap_or_default();
    let name = after.trim_start_matches([' ', ')', ',']);
    let is_set_off = after.trim_start_matches([' ', ')']).starts_with(',');
    if !is_set_off || !is_person(name) || !has_given_name(name) {
        return bare.to_owned();
    }
    let start = bare.len().saturating_sub(name.len());
    dissected.directors.push(Part { text: name.to_owned(), start, ..Part::default() });
    bare.get(..bare.len().saturating_sub(after.len())).unwrap_or(bare).to_owned()
}

/// Whether a part ends where the bracket of the year opens: `A Column: Title (2013)`.
pub(super) fn is_dated(part: &Part, headline: &str, year: Option<&Part>) -> bool {
    let end = part.start.saturating_add(part.text.len());
    let between = year.and_then(|year| headline.get(end..year.start));
    // `Orchard (Pomar, 2013)`
    between.is_some_and(|between| between.trim_start().starts_with(['(', '[']) && !between.contains([')', ']']))
}
