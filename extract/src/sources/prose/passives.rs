//! Whom somebody plays, told by a passive: `Ilse, played by Ada Berg`, `Voiced by Ada Berg, Ilse is a dog`.

use crate::extraction::Field;
use crate::names::Name;
use crate::statement::Statement;
use crate::vocabulary::{Hit, vocabulary};

use super::brackets::{described, in_apposition, is_acronym};
use super::clause::Clause;
use super::rows::played_in_turn;
use super::subjects::ENDS;
use crate::folding::last_bytes;

/// Whether what is played is music: `la banda sonora, interpretada por …`.
pub(super) fn is_of_music(clause: &Clause<'_>, hit: &Hit) -> bool {
    const REACH_BYTES: usize = 80;
    let before = last_bytes(clause.lowered.get(..hit.span.start).unwrap_or_default(), REACH_BYTES);
    let near = before.rsplit(['.', ';', '!', '?']).next().unwrap_or_default();
    vocabulary().facts.find(near, clause.language).iter().any(|hit| hit.means("music_piece", clause.language))
}

/// `Character, played by Actor`.
pub(super) fn played_by(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    let mut statements = Vec::new();
    // `played by the ever charming Ada Berg`
    const GAP_WORDS: usize = 4;
    let mut actors: Vec<&Name> =
        clause.names_after(hit.span.end, GAP_WORDS).into_iter().filter(|name| clause.is_person(name)).collect();
    // `played by Harbour Radio comic Ada Berg`
    let within = clause.person_within(hit.span.end, GAP_WORDS);
    if let Some(person) = within.filter(|_| !actors.iter().any(|name| clause.is_sure_person(name))) {
        actors = vec![person];
    }
    // `played by Ada Berg and Otto, played by Per Lund`: who is played next is no actor of the one before.
    actors.retain(|name| !is_played_next(clause, name));
    for name in &actors {
        statements.push(clause.said(Field::Cast, clause.name(name), &name.span));
    }
    let characters = clause.names_before(hit.span.start, 2);
    // `two brothers, X and Y (played by A and B)`
    if actors.len() > 1 && actors.len() == characters.len() {
        let pairs = characters.iter().zip(&actors);
        let said = pairs
            .map(|(part, actor)| clause.said(Field::Character, clause.name(part), &part.span).of(clause.name(actor)));
        statements.extend(said);
        return statements;
    }
    if let [actor] = actors.as_slice() {
        statements.extend(played_in_turn(clause, actor));
    }
    let character = characters
        .last()
        .copied()
        .filter(|name| !clause.is_work(&name.span) && !actors.iter().any(|actor| actor.span == name.span))
        .filter(|name| !is_acronym(clause.name(name)))
        .or_else(|| set_off_before(clause, hit))
        .or_else(|| in_apposition(clause, hit.span.start))
        .or_else(|| actors.last().and_then(|actor| fronted(clause, hit, actor)));
    if let ([actor], None) = (actors.as_slice(), character) {
        statements.extend(described(clause, hit.span.start, clause.name(actor)));
    }
    if let ([actor], Some(character)) = (actors.as_slice(), character) {
        statements.push(clause.said(Field::Character, clause.name(character), &character.span).of(clause.name(actor)));
    }
    statements
}

/// Whether the words for who plays somebody stand right behind a name.
fn is_played_next(clause: &Clause<'_>, name: &Name) -> bool {
    clause.triggers("played_by").any(|next| {
        let between =
            next.span.start.checked_sub(name.span.end).and_then(|_| clause.text.get(name.span.end..next.span.start));
        between.is_some_and(|between| matches!(between, ", " | " (" | " – " | " — "))
    })
}

/// `Ilse – played by Ada Berg – leaves`
fn set_off_before<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Option<&'c Name> {
    let head = clause.text.get(..hit.span.start)?.trim_end();
    let end = head.strip_suffix(['–', '—', '-'])?.trim_end().len();
    clause.names.iter().find(|name| name.span.end == end && !name.possessive)
}

/// `Voiced by Ada Berg, Ilse is a dog`: the part after a passive that opens the sentence.
fn fronted<'c>(clause: &'c Clause<'_>, hit: &Hit, actor: &Name) -> Option<&'c Name> {
    let before = clause.text.get(..hit.span.start)?.trim_end();
    let next = clause.names.iter().find(|name| name.span.start > actor.span.end)?;
    let is_next = clause.text.get(actor.span.end..next.span.start) == Some(", ");
    let goes_on = clause.text.get(next.span.end..)?.strip_prefix(' ')?.starts_with(char::is_lowercase);
    ((before.is_empty() || before.ends_with(ENDS)) && is_next && goes_on && next.words == 1).then_some(next)
}

/// `played quietly by`, `played to the hilt by`: the trigger with the few words and the preposition after it.
pub(super) fn passive(clause: &Clause<'_>, hit: &Hit) -> Option<Hit> {
    const WORDS_MAX: usize = 7;
    const BY: &str = " by ";
    let rest = clause.text.get(hit.span.end..)?;
    // `played, briefly but with relish, by`
    let aside = rest.strip_prefix(", ").and_then(|rest| rest.split_once(", by ")).map(|(aside, _)| aside);
    if let Some(aside) = aside.filter(|aside| {
        aside.split(' ').count() <= WORDS_MAX && aside.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-'))
    }) {
        let end = hit.span.end.saturating_add(", , by".len()).saturating_add(aside.len());
        return Some(Hit { span: hit.span.start..end, meanings: hit.meanings.clone() });
    }
    let at = rest.find(BY).filter(|_| clause.lowered.get(hit.span.clone()).is_some_and(|verb| verb.ends_with("ed")))?;
    let between: Vec<&str> = rest.get(..at)?.split(' ').filter(|word| !word.is_empty()).collect();
    let is_plain = between.iter().all(|word| word.chars().all(char::is_lowercase));
    let end = hit.span.end.saturating_add(at).saturating_add(BY.trim_end().len());
    ((1..=WORDS_MAX).contains(&between.len()) && is_plain)
        .then(|| Hit { span: hit.span.start..end, meanings: hit.meanings.clone() })
}
