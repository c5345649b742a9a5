//! Which character each member of the cast plays: the name that most places agree on, at its fullest.
//!
//! A page may call one character by several names, some of them slips: names that share their words are one character,
//! and the character with the most places wins.

use std::collections::BTreeSet;

use crate::extraction::{Field, FilmFacts, Source};
use crate::folding::{lower, person_key};
use crate::names::names_in;
use crate::page::Page;
use crate::sources::prose::prose_blocks;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::vocabulary;

/// Gives each member of the cast the character that the page speaks of most.
pub(super) fn assign(page: &Page, language: &str, statements: &mut Vec<Statement>, film: &mut FilmFacts) {
    // `Rosa Unchained` may be the film that Rosa is in.
    let title = film.title.as_deref().map(person_key);
    let cast = &mut film.cast;
    let people: BTreeSet<String> =
        cast.iter().map(|member| person_key(&member.name)).chain(title).filter(|name| !name.is_empty()).collect();
    let names =
        if statements.iter().any(|one| one.field == Field::Character) { names(page, language) } else { Vec::new() };
    for member in cast.iter_mut() {
        let own = person_key(&member.name);
        let Some(base) = best(statements, &own) else { continue };
        let fullest = fullest(page, &names, &base, &people);
        let value = match fullest {
            Some((value, span)) => {
                statements.push(
                    Statement::new(Field::Character, value.clone(), Source::Prose).of(member.name.clone()).at(span),
                );
                value
            }
            None => base,
        };
        for statement in statements.iter_mut().filter(|one| one.field == Field::Character && one.value == value) {
            statement.chosen |= statement.subject.as_deref().map(person_key).as_deref() == Some(own.as_str());
        }
        member.character = Some(value);
    }
}

/// Statements of one member's part that are compared with each other; a long review makes ten.
const SAID_MAX: usize = 100;

/// The fullest name of the character that most statements agree on.
fn best(statements: &[Statement], person: &str) -> Option<String> {
    let own: Vec<&Statement> = statements
        .iter()
        .filter(|one| {
            one.field == Field::Character && one.subject.as_deref().map(person_key).as_deref() == Some(person)
        })
        .take(SAID_MAX)
        .collect();
    let weight = |one: &Statement| match (one.source, one.certainty) {
        (Source::StructuredData | Source::CreditBlock, _) => 6,
        (_, Certainty::Sure | Certainty::Plain) => 2,
        (_, Certainty::Weak) => 1,
    };
    let mut best: Option<(i32, &Statement)> = None;
    for one in &own {
        let words = words(&one.value);
        let total: i32 =
            own.iter().filter(|other| is_same(&words, &self::words(&other.value))).map(|other| weight(other)).sum();
        let is_better = best.is_none_or(|(known, chosen)| {
            total > known
                || total == known
                    && is_same(&words, &self::words(&chosen.value))
                    && one.value.len() > chosen.value.len()
        });
        if is_better {
            best = Some((total, one));
        }
    }
    let (_, chosen) = best?;
    let words = words(&chosen.value);
    own.iter()
        .filter(|other| is_same(&words, &self::words(&other.value)))
        .max_by_key(|other| (weight(other) >= 6, other.value.len()))
        .map(|one| one.value.clone())
}

/// A character's words without titles.
fn words(name: &str) -> BTreeSet<String> {
    let all = lower(name);
    let bare: BTreeSet<String> = all
        .split(' ')
        .filter(|word| !vocabulary().is_character_title(word))
        .map(person_key)
        .filter(|word| !word.is_empty())
        .collect();
    if bare.is_empty() { all.split(' ').map(person_key).collect() } else { bare }
}

fn is_same(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.is_subset(b) || b.is_subset(a)
}

/// Names of two words and more in the text, with where they stand.
fn names(page: &Page, language: &str) -> Vec<(String, crate::extraction::Span)> {
    let mut names = Vec::new();
    for block in prose_blocks(page) {
        let text = page.block_text(block);
        for name in names_in(text, language).into_iter().filter(|name| name.words >= 2) {
            let words = text.get(name.span.clone()).unwrap_or_default().to_owned();
            let start = block.span.start.saturating_add(name.span.start);
            names.push((words, start..block.span.start.saturating_add(name.span.end)));
        }
    }
    names
}

/// The longest name in the text that says a character's name in full: that goes on where it ends, or has more words
/// between its first and its last; and that is nobody of the cast.
fn fullest(
    page: &Page,
    names: &[(String, crate::extraction::Span)],
    base: &str,
    people: &BTreeSet<String>,
) -> Option<(String, crate::extraction::Span)> {
    const WORDS_MAX: usize = 5;
    names
        .iter()
        .filter(|(name, span)| {
            name.split(' ').count() <= WORDS_MAX
                && !people.contains(&person_key(name))
                && page.quote(span) == name
                && (goes_on(name, base, people) || is_filled(name, base))
        })
        .max_by(|(a, first), (b, second)| a.len().cmp(&b.len()).then(second.start.cmp(&first.start)))
        .cloned()
}

/// Whether the name begins with the shorter one, and what follows is not the name of somebody in the cast.
fn goes_on(name: &str, base: &str, people: &BTreeSet<String>) -> bool {
    let rest = name.strip_prefix(base).and_then(|rest| rest.strip_prefix(' ')).map(person_key);
    rest.is_some_and(|rest| !people.iter().any(|person| person.starts_with(&rest) || ends_with_name(&rest, person)))
}

fn ends_with_name(rest: &str, person: &str) -> bool {
    rest.strip_suffix(person).is_some_and(|before| before.is_empty() || before.ends_with(' '))
}

/// Whether the name has the first and the last word of the shorter one, and in between all its others and more.
fn is_filled(name: &str, base: &str) -> bool {
    let mut words = name.split(' ');
    let in_order = base.split(' ').all(|wanted| words.any(|word| word == wanted));
    in_order
        && base.contains(' ')
        && name.len() > base.len()
        && name.split(' ').next() == base.split(' ').next()
        && name.split(' ').next_back() == base.split(' ').next_back()
}
