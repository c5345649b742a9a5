//! What is said of people by a part of their name: `Lund’s Captain Reyes`, `Wang (Lau)`.
//!
//! Read once all whole names are known; a part that two of them share says nothing.

use crate::extraction::Field;
use crate::folding::{key, lower};
use crate::names::is_single_name;
use crate::sources::Reading;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, is_known_film, vocabulary};

use super::brackets::{Bracket, bracketed, is_listed, lists_works, pair};
use super::clause::Clause;
use super::{Known, is_title};

/// Everything that one block says of somebody by a part of the name.
pub(super) fn by_one_name(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = brackets(clause, known);
    statements.extend(owned(clause, known));
    statements.extend(clause.triggers("strong_plays").flat_map(|hit| by_first_name(clause, hit, known)));
    statements
}

/// `Ada plays the part of Ilse`: an actor whom the text calls by the first name.
fn by_first_name(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    let Some(actor) = clause.names_before(hit.span.start, 0).last().copied() else { return Vec::new() };
    let is_first = |full: &&str| full.split(' ').next() == Some(clause.words(&actor.span));
    let Some(full) = meant(known, clause.words(&actor.span)).filter(is_first) else { return Vec::new() };
    let part = clause.names_after(hit.span.end, 1).into_iter().next();
    let part =
        part.filter(|part| !part.possessive && !clause.is_work(&part.span) && key(clause.name(part)) != key(full));
    let said = part.map(|part| clause.said(Field::Character, clause.name(part), &part.span).of(full));
    std::iter::once(clause.said(Field::Cast, full, &actor.span)).chain(said).collect()
}

/// `Wang (Lau)`, `Lau (Wang)`: a bracket beside a part of a name means somebody of the cast, or an artist who is called so.
fn brackets(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for Bracket { outer, inner, inside, .. } in bracketed(clause) {
        let Some(outer) = outer.filter(|outer| !is_listed(clause, known, outer)) else { continue };
        if lists_works(inside) && clause.is_person(outer)
            || clause.is_work(&outer.span)
            || is_title(known, clause.name(outer))
        {
            continue;
        }
        let (outer_words, inner_words) = (clause.name(outer), clause.name(inner));
        if let Some(full) = meant(known, inner_words) {
            statements.push(clause.said(Field::Character, outer_words, &outer.span).of(full));
            continue;
        }
        // `Berg (Oldboy)`: what an actor is known from.
        if let Some(full) = meant(known, outer_words).filter(|_| !is_known_film(&key(inner_words))) {
            statements.push(clause.said(Field::Character, inner_words, &inner.span).of(full));
            continue;
        }
        // `Nia (Solveig)`: where the one outside is no person who could have made a film of that name.
        let is_single = |words: &str| is_single_name(words) && !vocabulary().is_seldom_name(&lower(words));
        let is_mononym = outer.words == 1
            && inner.words == 1
            && is_single(inner_words)
            && is_single(outer_words)
            && inner_words.len() >= 5;
        if is_mononym && !known.crew.contains(&key(outer_words)) {
            statements.extend(pair(clause, outer, inner));
        }
    }
    statements
}

/// `Lund’s Captain Reyes`, `Lund’s character, Reyes`: whom somebody of the cast plays, told as theirs.
fn owned(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for neighbours in clause.names.windows(2) {
        let [actor, character] = neighbours else { continue };
        let between = clause.text.get(actor.span.end..character.span.start).unwrap_or_default();
        let between = between.trim_start_matches(['’', '\'']);
        let between = between.strip_prefix('s').unwrap_or(between);
        let says_character = matches!(between, " character, " | " character ");
        if !actor.possessive || between != " " && !says_character || clause.is_work(&character.span) {
            continue;
        }
        let Some(full) = meant(known, clause.name(actor)) else { continue };
        let is_other =
            !is_title(known, clause.name(character)) && !vocabulary().is_not_name(&lower(clause.name(character)));
        if is_other && !clause.is_comparison(actor.span.start) {
            let certainty = if says_character { Certainty::Plain } else { Certainty::Weak };
            let said = clause.said(Field::Character, clause.name(character), &character.span);
            statements.push(said.of(full).with(certainty));
            if says_character {
                statements.push(clause.said(Field::Cast, full, &actor.span));
            }
        }
    }
    statements
}

/// The one whom words mean who is cast, or may be: the whole name, or a part of one person's alone.
fn meant<'a>(known: &'a Known, words: &str) -> Option<&'a str> {
    const LETTERS_MIN: usize = 3;
    let own = key(words);
    if own.chars().count() < LETTERS_MIN {
        return None;
    }
    let is_part = |name: &&String| {
        let whole = key(name);
        whole == own
            || whole.strip_suffix(own.as_str()).is_some_and(|head| head.ends_with(' '))
            || whole.strip_prefix(own.as_str()).is_some_and(|tail| tail.starts_with(' '))
            || whole.contains(&format!(" {own} "))
    };
    let mut people = known.cast_names.iter().chain(&known.candidates).filter(is_part);
    let first = people.next()?;
    people.all(|other| key(other) == key(first)).then_some(first.as_str())
}

/// Takes what somebody is off a part's name, where a language writes its nouns with capitals: `Wirtin Ilse` is Ilse.
pub(super) fn without_nouns(statements: &mut [Statement], reading: Reading<'_>) {
    let language = reading.language;
    const END_BYTES_MIN: usize = 5;
    if !vocabulary().writes(language, "capital_nouns") {
        return;
    }
    for one in statements.iter_mut().filter(|one| one.field == Field::Character) {
        let is_printed = one.span.as_ref().is_none_or(|span| reading.page.quote(span) == one.value);
        let Some((noun, name)) = one.value.split_once(' ').filter(|_| is_printed) else { continue };
        let own = lower(noun);
        // `Altenpflegerin`: the end of a compound says what it is.
        let ends = (0..own.len().saturating_sub(END_BYTES_MIN)).filter_map(|at| own.get(at..));
        let hits = std::iter::once(own.as_str()).chain(ends).filter_map(|end| vocabulary().facts.exact(end));
        let is_noun = hits.into_iter().any(|hit| hit.means("role_noun", language) || hit.means("kin_noun", language));
        if is_noun && name.starts_with(char::is_uppercase) && is_single_name(name) {
            let cut = noun.len().saturating_add(1);
            one.span = one.span.as_ref().map(|span| span.start.saturating_add(cut)..span.end);
            one.value = name.to_owned();
        }
    }
}

/// Gives people of whom a long and a short name are printed (`Jean Van Holt`, `Van Holt`) the long one.
pub(super) fn complete(statements: &mut [Statement], known: &Known) {
    let whole = |name: &str| {
        let own = key(name);
        let is_end = |long: &&String| key(long).strip_suffix(own.as_str()).is_some_and(|head| head.ends_with(' '));
        let mut longer = known.cast_names.iter().filter(is_end);
        let first = longer.next()?;
        longer.all(|other| key(other) == key(first)).then(|| first.clone())
    };
    for statement in statements.iter_mut() {
        if statement.field == Field::Cast
            && let Some(long) = whole(&statement.value)
        {
            statement.value = long;
        }
        if statement.field == Field::Character
            && let Some(long) = statement.subject.as_deref().and_then(whole)
        {
            statement.subject = Some(long);
        }
    }
}
