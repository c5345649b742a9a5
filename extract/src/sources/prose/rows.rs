//! Actors and parts in a row that share one verb, which only the first pair has: `A plays X, B the lawyer Y`, `X is played by
//! A, Y by B`.

use crate::extraction::Field;
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::cast::role;
use super::clause::{Clause, is_list_gap};
use super::part_words::part_after;

/// `…, B the lawyer Y and C the guard Z`: pairs that go on after a verb's first without the verb.
pub(super) fn elided(clause: &Clause<'_>, first: Option<&Name>, hit: &Hit) -> Vec<Statement> {
    const LEAD_WORDS_MAX: usize = 3;
    let mut statements = Vec::new();
    let Some(first) = first else { return statements };
    let mut end = first.span.end;
    let from = clause.names.partition_point(|name| name.span.start < end.max(hit.span.end));
    for pair in clause.names.get(from..).unwrap_or_default().chunks(2) {
        let [actor, character] = pair else { break };
        let joint = clause.text.get(end..actor.span.start).unwrap_or_default();
        let lead = clause.text.get(actor.span.end..character.span.start).unwrap_or_default();
        let words: Vec<&str> = lead.split(' ').filter(|word| !word.is_empty()).collect();
        let is_joint = matches!(joint, "; " | "; and ") || is_list_gap(joint);
        let leads = words.first().and_then(|word| vocabulary().facts.exact(word));
        let is_lead = leads.is_some_and(|fact| fact.means("part_lead", clause.language))
            && words.len() <= LEAD_WORDS_MAX
            && !lead.contains([',', '.', ';', '(']);
        let is_pair = clause.is_person(actor) && !clause.is_work(&character.span) && !actor.possessive;
        if !is_joint || !is_lead || !is_pair {
            break;
        }
        statements.push(clause.said(Field::Cast, clause.name(actor), &actor.span));
        let said = clause.said(Field::Character, clause.name(character), &character.span);
        statements.push(said.of(clause.name(actor)));
        end = character.span.end;
    }
    statements
}

/// `A plays a cop, B his wife and C the preacher`: parts told by what they are, which the first verb serves.
pub(super) fn elided_kinds(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    let mut statements = Vec::new();
    let Some(mut end) = part_after(clause, hit.span.end).map(|part| part.end) else { return statements };
    let from = clause.names.partition_point(|name| name.span.start < end);
    for actor in clause.names.get(from..).unwrap_or_default() {
        let joint = clause.text.get(end..actor.span.start).unwrap_or_default();
        let is_next = is_list_gap(joint) && clause.is_sure_person(actor) && !actor.possessive;
        let Some(part) = part_after(clause, actor.span.end).filter(|_| is_next) else { break };
        statements.push(clause.said(Field::Cast, clause.name(actor), &actor.span));
        let said = clause.said(Field::Character, clause.words(&part), &part).of(clause.name(actor));
        statements.push(said.with(Certainty::Weak));
        end = part.end;
    }
    statements
}

/// `X is played by A, Y by B and Z by C`: pairs that go on after a passive's first without the verb.
pub(super) fn played_in_turn(clause: &Clause<'_>, first: &Name) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut end = first.span.end;
    let from = clause.names.partition_point(|name| name.span.start < end);
    for pair in clause.names.get(from..).unwrap_or_default().chunks(2) {
        let [character, actor] = pair else { break };
        let joint = clause.text.get(end..character.span.start).unwrap_or_default();
        let between = clause.lowered.get(character.span.end..actor.span.start).unwrap_or_default();
        let is_by = clause.fits(between.trim(), "made_by");
        // `the older Ilse by Ada Berg`
        let told = joint.strip_prefix(", ").and_then(|told| told.split_once(' '));
        let is_told = told.is_some_and(|(article, rest)| {
            clause.is_article(article)
                && rest.split_whitespace().count() <= 1
                && rest.chars().all(|c| c.is_lowercase() || c == ' ')
        });
        let is_pair =
            (is_told || is_list_gap(joint)) && is_by && clause.is_person(actor) && !clause.is_work(&character.span);
        if !is_pair {
            break;
        }
        statements.extend(role(clause, Some(actor), Some(character)));
        end = actor.span.end;
    }
    statements
}
