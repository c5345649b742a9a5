//! Who acts in scripts without capitals, told without a bracket or the word for a role: `森下かえでの演技`, `배우 이하늘과
//! 최민호`, `由李小雨、张伟主演`, `अनीता शर्मा ने राधा की भूमिका निभाई`.
//!
//! A name must show by itself that it is one (see `names::scripts`): any word may stand beside these triggers.

use std::ops::Range;

use crate::extraction::Field;
use crate::folding::is_caseless;
use crate::names::is_person;
use crate::names::scripts::{name_beginning, name_ending, without_honorific};
use crate::statement::Statement;
use crate::vocabulary::vocabulary;

use super::Known;
use super::caseless::character_before;
use super::clause::Clause;

/// Names taken from one list.
const LIST_MAX: usize = 8;

/// Cast of one block; none where the block is of another script.
pub(super) fn cast(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    if !clause.text.chars().any(is_caseless) {
        return Vec::new();
    }
    let mut statements = Vec::new();
    for hit in clause.triggers("acts_before") {
        statements.extend(all_before(clause, hit.span.start).into_iter().filter_map(|span| acts(clause, known, span)));
    }
    for hit in clause.triggers("acts_after") {
        statements.extend(all_after(clause, hit.span.end).into_iter().filter_map(|span| acts(clause, known, span)));
    }
    for hit in clause.triggers("plays_object") {
        statements.extend(played(clause, known, hit.span.start));
    }
    for hit in clause.triggers("actor_before") {
        statements.extend(object_before(clause, known, hit.span.start));
    }
    statements
}

/// Somebody who acts, unless the page says otherwise of them or tells of another film.
fn acts(clause: &Clause<'_>, known: &Known, span: Range<usize>) -> Option<Statement> {
    let name = clause.words(&span);
    let is_behind =
        known.crew.contains(&crate::folding::key(name)) || known.critics.contains(&crate::folding::key(name));
    (is_person(name) && !is_behind && !clause.is_comparison(span.start)).then(|| clause.said(Field::Cast, name, &span))
}

/// `森下かえでが春子を好演`: the actor, a particle of the subject, the character, the verb.
fn played(clause: &Clause<'_>, known: &Known, verb: usize) -> Vec<Statement> {
    let Some(character) = character_before(clause.text, verb) else { return Vec::new() };
    let head = clause.text.get(..character.start).unwrap_or_default();
    let subject = before_particle(clause, head, "subject_particle").or_else(|| past_apposition(clause, head));
    let Some(span) = subject.and_then(|head| name_ending(head, clause.language)) else { return Vec::new() };
    with_character(clause, known, span, character)
}

/// `森下かえでが看護師の` before a character: what stands before the particle of the subject, over what the character is.
fn past_apposition<'t>(clause: &Clause<'_>, head: &'t str) -> Option<&'t str> {
    const REACH_LETTERS: usize = 12;
    let inside = head.strip_suffix('の')?;
    let ends = inside.char_indices().rev().take(REACH_LETTERS).map(|(at, letter)| at.saturating_add(letter.len_utf8()));
    ends.filter_map(|end| inside.get(..end)).find_map(|head| before_particle(clause, head, "subject_particle"))
}

/// `主人公の春子を森下かえでが演じる`: the character, a particle of the object, the actor, the verb.
fn object_before(clause: &Clause<'_>, known: &Known, verb: usize) -> Vec<Statement> {
    let head = clause.text.get(..verb).map(str::trim_end);
    let Some(span) = head.and_then(|head| name_ending(head, clause.language)) else { return Vec::new() };
    let object = clause.text.get(..span.start).and_then(|head| before_particle(clause, head, "object_particle"));
    let Some(character) = object.and_then(|head| character_before(clause.text, head.len())) else { return Vec::new() };
    with_character(clause, known, span, character)
}

fn with_character(clause: &Clause<'_>, known: &Known, span: Range<usize>, character: Range<usize>) -> Vec<Statement> {
    let Some(cast) = acts(clause, known, span) else { return Vec::new() };
    let words = clause.words(&character);
    let part = clause.said(Field::Character, words, &character).of(cast.value.clone());
    let is_other = !words.is_empty() && words != cast.value;
    std::iter::once(cast).chain(is_other.then_some(part)).collect()
}

/// What stands before the particle that a text ends with: `森下かえでが`, `이하늘이 `, `अनीता शर्मा ने `.
fn before_particle<'t>(clause: &Clause<'_>, head: &'t str, kind: &str) -> Option<&'t str> {
    let head = head.trim_end().trim_end_matches(['「', '『', '‘', '“', '"', '\'']).trim_end();
    let ends = head.char_indices().rev().map(|(at, _)| at).take(PARTICLE_LETTERS_MAX);
    ends.filter(|at| {
        let particle = head.get(*at..).and_then(|word| vocabulary().facts.exact(word));
        particle.is_some_and(|hit| hit.means(kind, clause.language))
    })
    .last()
    .and_then(|at| head.get(..at))
    .map(str::trim_end)
}

/// Letters of the longest particle: `さんが`.
const PARTICLE_LETTERS_MAX: usize = 3;

/// The names of the list that ends at a place.
fn all_before(clause: &Clause<'_>, at: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut end = at;
    while let Some(head) = clause.text.get(..end).map(str::trim_end) {
        let head = if found.is_empty() { without_honorific(head) } else { without_honorific(head).trim_end() };
        let Some(span) = name_ending(head, clause.language) else { break };
        let before = head.get(..span.start).unwrap_or_default();
        found.push(span);
        let Some(joined) = before_joiner(before).filter(|_| found.len() < LIST_MAX) else { break };
        end = joined;
    }
    found
}

/// The names of the list that begins at a place.
fn all_after(clause: &Clause<'_>, at: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = at;
    while let Some(rest) = clause.text.get(start..) {
        let lead = rest.len().saturating_sub(rest.trim_start_matches([' ', '：', ':', '「', '‘', '、', '・']).len());
        let from = start.saturating_add(lead);
        let Some(name) = clause.text.get(from..).and_then(|rest| name_beginning(rest, clause.language)) else { break };
        let span = from.saturating_add(name.start)..from.saturating_add(name.end);
        let end = span.end;
        found.push(span);
        let Some(next) = clause.text.get(end..).and_then(joiner_width).filter(|_| found.len() < LIST_MAX) else {
            break;
        };
        start = end.saturating_add(next);
    }
    found
}

/// Where a text ends before the sign or word that joins the last name of a list.
fn before_joiner(head: &str) -> Option<usize> {
    const SIGNS: [char; 4] = ['、', ',', '，', '/'];
    let bare = head.trim_end();
    if let Some(joined) = bare.strip_suffix(SIGNS) {
        return Some(joined.len());
    }
    let last = bare.char_indices().next_back().map(|(at, _)| at)?;
    let word = bare.rfind(' ').map_or(last, |at| at.saturating_add(1).min(last));
    [word, last].into_iter().find(|at| bare.get(*at..).is_some_and(|word| vocabulary().is_joiner(word)))
}

/// The width of the sign or word that joins the next name of a list, with the spaces around it.
fn joiner_width(rest: &str) -> Option<usize> {
    const JOINERS: [&str; 16] =
        ["、", "，", ", ", ",", "と", "和", "与", "與", "及", "・", "과 ", "와 ", " 그리고 ", " और ", " व ", " एवं "];
    JOINERS.iter().find(|joiner| rest.starts_with(*joiner)).map(|joiner| joiner.len())
}
