//! Lists of the cast after the words that open them: `starring A, B and C`, `with a cast that includes A and B`.

use crate::extraction::Field;
use crate::folding::{last_bytes, start_of};
use crate::names::{Name, is_single_name};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::Known;
use super::cast::is_of_crew;
use super::clause::Clause;
use super::subjects::{ENDS, could_act};

/// Names of the shortest list that is a roll of the cast.
const ROLL_MIN: usize = 3;

/// The names after `starring`, `with performances by` and their likes.
pub(super) fn listed_after(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    let mut statements = Vec::new();
    let weak = clause.is_comparison(hit.span.start) || is_bare_trade(clause, hit);
    let mut listed = clause.names_after(hit.span.end, 1);
    if listed.is_empty() && hit.means("roll", clause.language) {
        listed = announced(clause, hit);
    }
    // A list of the cast names its director among the others only where the director acts.
    let is_roll = hit.means("roll", clause.language) && listed.len() >= ROLL_MIN;
    let certainty = match (weak, is_roll) {
        (true, _) => Certainty::Weak,
        (false, true) => Certainty::Sure,
        (false, false) => Certainty::Plain,
    };
    if listed.is_empty() {
        listed = praised(clause, hit);
    }
    let people = listed.iter().filter(|name| clause.is_credited(name) && !is_of_crew(clause, name));
    statements.extend(people.map(|name| clause.said(Field::Cast, clause.name(name), &name.span).with(certainty)));
    if is_roll {
        statements.extend(
            listed
                .iter()
                .filter(|name| is_artist(clause, name))
                .map(|name| clause.said(Field::Cast, clause.name(name), &name.span)),
        );
    }
    statements.extend(artist(clause, &listed).map(|said| said.with(certainty)));
    statements
}

/// `The film, with Ada Berg and Per Lund, is slow`, `With Ada Berg and Per Lund, the film is slow`: a list of people that the
/// film is said to have.
pub(super) fn film_with(clause: &Clause<'_>) -> Vec<Statement> {
    const BEFORE_BYTES: usize = 24;
    const AFTER_BYTES: usize = 24;
    let says_film = |text: &str| vocabulary().facts.count(text, "film_noun", clause.language) > 0;
    let lists = clause.names.iter().filter_map(|first| {
        let (head, word) = clause
            .lowered
            .get(..first.span.start)?
            .strip_suffix(' ')?
            .rsplit_once([' ', '\n'])
            .or_else(|| Some(("", clause.lowered.get(..first.span.start)?.strip_suffix(' ')?)))?;
        if !clause.fits(word, "together_with") {
            return None;
        }
        let listed = clause.names_after(first.span.start, 0);
        let last = listed.last()?;
        let after = clause.lowered.get(last.span.end..)?;
        let is_list = listed.len() > 1 && listed.iter().all(|name| clause.is_sure_person(name) && !name.possessive);
        let follows = head.ends_with(',') && says_film(last_bytes(head, BEFORE_BYTES)) && after.starts_with(',');
        let opens = head.is_empty() || head.ends_with(ENDS);
        let leads = opens && after.strip_prefix(", ").is_some_and(|rest| says_film(start_of(rest, AFTER_BYTES)));
        (is_list && (follows || leads) && !clause.is_comparison(first.span.start)).then_some(listed)
    });
    lists.flatten().map(|name| clause.said(Field::Cast, clause.name(name), &name.span)).collect()
}

/// `Per Lund as the porter, and Ida Holm.`, `Per Lund (the porter) and Ida Holm.`: who ends a list in which the one before has a part.
pub(super) fn ending(clause: &Clause<'_>, said: &[Statement], known: &Known) -> Vec<Statement> {
    let parts = said.iter().filter(|one| one.field == Field::Character).filter_map(|one| one.span.as_ref());
    let parts = parts.filter_map(|span| span.end.checked_sub(clause.base)).filter(|end| *end <= clause.text.len());
    let last = parts.filter_map(|end| {
        let rest = clause.lowered.get(end..)?;
        let told = rest.trim_start_matches([')', ',', ' ']);
        let (joiner, _) = told.split_once(' ').filter(|(word, _)| vocabulary().is_joiner(word))?;
        let start = end.saturating_add(rest.len().saturating_sub(told.len())).saturating_add(joiner.len());
        let name = clause.names.iter().find(|name| name.span.start == start.saturating_add(1))?;
        let after = clause.text.get(name.span.end..)?;
        let ends = after.is_empty() || after.starts_with(['.', ')', ';']);
        (ends && could_act(clause, known, name)).then_some(name)
    });
    last.map(|name| clause.said(Field::Cast, clause.name(name), &name.span)).collect()
}

/// `starring two of my favourite people, A and B`: a list that some words announce.
fn announced<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Vec<&'c Name> {
    const WORDS_MAX: usize = 8;
    const NAMES_MIN: usize = 2;
    let listed = clause.names_after(hit.span.end, WORDS_MAX);
    let is_announced = listed.first().is_some_and(|first| {
        let lead = clause.text.get(hit.span.end..first.span.start).unwrap_or_default();
        lead.strip_suffix(", ").is_some_and(|lead| !lead.contains(','))
    });
    if is_announced && listed.len() >= NAMES_MIN { listed } else { Vec::new() }
}

/// `stars the young and pretty A and the quietly beautiful B`: people of whom something is said before each.
fn praised<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Vec<&'c Name> {
    const WORDS_MAX: usize = 5;
    let mut found: Vec<&Name> = Vec::new();
    let mut end = hit.span.end;
    let from = clause.names.partition_point(|name| name.span.start < end);
    for name in clause.names.iter().skip(from) {
        let between = clause.text.get(end..name.span.start).unwrap_or_default();
        let told = between.trim_start_matches(',').trim_start();
        let told = match told.split_once(' ') {
            Some((joiner, told)) if !found.is_empty() && vocabulary().is_joiner(joiner) => told,
            _ => told,
        };
        let mut words = told.split_whitespace();
        let is_led = words.next().is_some_and(|article| clause.is_article(article));
        let is_praise = is_led
            && told.split_whitespace().count() <= WORDS_MAX
            && words.all(|word| {
                clause.is_plain(word) && !clause.fits(word, "phrase_end") && !clause.fits(word, "leads_away")
            });
        if !is_praise || !clause.is_sure_person(name) || name.possessive {
            break;
        }
        found.push(name);
        end = name.span.end;
    }
    found
}

/// `A, B and Solveig-Maria`: an artist of one name at the end of a list of people.
fn artist(clause: &Clause<'_>, listed: &[&Name]) -> Option<Statement> {
    const PEOPLE_MIN: usize = 2;
    let (last, others) = listed.split_last()?;
    let words = clause.name(last);
    let is_artist = others.len() >= PEOPLE_MIN
        && others.iter().all(|name| clause.is_person(name))
        && last.words == 1
        && !last.possessive
        && is_single_name(words);
    is_artist.then(|| clause.said(Field::Cast, words, &last.span))
}

/// Whether an entry of a list of the cast is one name alone: `Ada Berg, Solveig, Per Lund`.
fn is_artist(clause: &Clause<'_>, name: &Name) -> bool {
    let rest = clause.text.get(name.span.end..).unwrap_or_default();
    let is_entry = rest.is_empty() || rest.starts_with([',', '.', ';']);
    is_entry && name.words == 1 && !name.possessive && !clause.is_surname(name) && is_single_name(clause.name(name))
}

/// `actor Name` says what somebody is, `kudos to Name` that they did well; neither that they act in this film.
fn is_bare_trade(clause: &Clause<'_>, hit: &Hit) -> bool {
    let words = clause.lowered.get(hit.span.clone()).unwrap_or_default();
    clause.fits(words, "bare_trade")
}

#[cfg(test)]
mod tests {
    use super::super::{cast_told as cast, pairs};

    #[test]
    fn who_ends_a_list_of_parts_is_cast_without_one() {
        let wanted = pairs(&[("Martin Holm", "porter"), ("Anna Lund", "")]);
        assert_eq!(cast("On the platform stand Martin Holm as the porter, and Anna Lund."), wanted);
        assert_eq!(cast("Look for Martin Holm as the porter, and Anna Lund will write to you."), wanted[..1]);
    }
}
