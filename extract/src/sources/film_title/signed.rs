//! People told by a headline beside the title: who directed (`Title, Directed By Name`, `Title (2013), Name`, `Title – Name`)
//! and who acts (`Title, starring Name`).
//!
//! Each takes the name off the headline, so that what is left is the title.

use crate::folding::{is_caseless, key, lower};
use crate::names::{has_given_name, is_person};
use crate::people::people;
use crate::vocabulary::is_known_film;

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

/// Where a lower-cased headline goes over from the title to its director, and the phrase that says so.
pub(super) fn directed_by(lowered: &str) -> Option<(usize, &'static str)> {
    const PHRASES: [&str; 8] = [
        ", directed by ",
        " directed by ",
        " dir. by ",
        ", dir. ",
        " – dir. ",
        ", a film by ",
        ", de ",
        ", dirigida por ",
    ];
    PHRASES.iter().find_map(|phrase| lowered.find(phrase).map(|at| (at, *phrase)))
}

/// `Title, Directed By Name (Studio)`.
pub(super) fn take_directed_by(headline: &str, dissected: &mut Dissected) -> String {
    let Some((at, phrase)) = directed_by(&lower(headline)) else { return headline.to_owned() };
    let start = at.saturating_add(phrase.len());
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
