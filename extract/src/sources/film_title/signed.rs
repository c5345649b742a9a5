//! People told by a headline beside the title: who directed (`Title, Directed By Name`, `Title (2013), Name`, `Title – Name`)
//! and who acts (`Title, starring Name`).
//!
//! Each takes the name off the headline, so that what is left is the title.

use std::ops::Range;

use crate::folding::{is_caseless, key, lower, start_of};
use crate::names::{has_given_name, is_person};
use crate::people::people;
use crate::vocabulary::{is_known_film, vocabulary};

use super::dissect::{Dissected, Part};

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
    let lowered = lower(headline);
    let signed = lowered.match_indices(' ').filter_map(|(at, _)| {
        let rest = lowered.get(at.saturating_add(1)..)?;
        let start = at.saturating_add(1).saturating_add(leads_to_director(rest, language, true)?);
        let name = headline.get(start..)?.split([',', '|', ':', '(']).next()?.trim();
        (is_person(name) && has_given_name(name)).then_some(at)
    });
    let told = lowered.match_indices(", ").filter_map(|(at, _)| {
        let word = lowered.get(at.saturating_add(2)..)?.split(' ').next()?;
        let article = vocabulary().facts.exact(word)?;
        article.means("indefinite", language).then_some(at)
    });
    let ends = signed.chain(told).filter(|end| *end > 1);
    let parts = ends.filter_map(|end| headline.get(..end)).map(|text| text.trim_end_matches([',', ' ']));
    parts.map(|text| Part { text: text.to_owned(), weight: WEIGHT, ..Part::default() }).collect()
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
    between.is_some_and(|between| matches!(between.trim(), "(" | "["))
}
