//! Whom somebody plays, told by what they lend the part: `Ada Berg brings warmth to Ilse`, `Ada Berg gives Ilse a weary dignity`.

use crate::extraction::Field;
use crate::folding::{key, start_of};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::clause::Clause;
use super::parts::is_part;
use super::subjects::{ENDS, could_act};
use super::{Known, is_title};

/// Parts of one block.
pub(super) fn lent(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let brought = clause.triggers("brings").filter_map(|hit| brought_to(clause, hit, known));
    let given = clause.triggers("gives_part").filter_map(|hit| given_to(clause, hit, known));
    brought.chain(given).chain(clause.triggers("given_part").flat_map(|hit| given_by(clause, hit, known))).collect()
}

/// `Ilse, who minds the till, is given a weary dignity by Ada Berg`: who lends a part its manner.
fn given_by(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    const REACH_BYTES: usize = 60;
    let rest = clause.lowered.get(hit.span.end..).unwrap_or_default();
    let near = start_of(rest, REACH_BYTES);
    let by = vocabulary().facts.find(near, clause.language).into_iter().find(|by| by.means("made_by", clause.language));
    let Some(by) = by.filter(|by| near.get(..by.span.start).is_some_and(|told| !told.contains([',', '.', ';', '('])))
    else {
        return Vec::new();
    };
    let actor = clause.names_after(hit.span.end.saturating_add(by.span.end), 1).into_iter().next();
    let Some(actor) = actor.filter(|actor| could_act(clause, known, actor)) else { return Vec::new() };
    let before = clause.lowered.get(..hit.span.start).unwrap_or_default();
    let start = before.rfind(ENDS).unwrap_or(0);
    let own = clause.names.iter().filter(|name| start <= name.span.start && name.span.end <= hit.span.start);
    let part = own.into_iter().next().filter(|part| is_part(clause, part, known) && !part.possessive);
    let played = part.map(|part| clause.said(Field::Character, clause.name(part), &part.span).of(clause.name(actor)));
    let said = clause.said(Field::Cast, clause.name(actor), &actor.span);
    played.into_iter().flat_map(|played| [said.clone(), played]).collect()
}

/// `Ada Berg brings warmth to Ilse`: whom somebody lends what critics praise.
fn brought_to(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Option<Statement> {
    const SUBJECT_GAP: usize = 1;
    const REACH_BYTES: usize = 60;
    const PRAISE_WORDS_MAX: usize = 3;
    let actor = clause.names_before(hit.span.start, SUBJECT_GAP).last().copied()?;
    let part = clause.names.iter().find(|name| name.span.start > hit.span.end)?;
    let between = clause.lowered.get(hit.span.end..part.span.start)?;
    let leads = between.trim_end().rsplit(' ').next().and_then(|word| vocabulary().facts.exact(word));
    // `brings Ilse to life`
    let is_alive =
        || between == " " && clause.triggers("to_life").any(|hit| hit.span.start == part.span.end.saturating_add(1));
    let is_to = leads.is_some_and(|fact| fact.means("brought_to", clause.language)) || is_alive();
    // `a sly, watchful quality`: a comma between two words of one praise.
    let (praise, rest) = between.split_once(',').unwrap_or((between, ""));
    let is_one = rest.is_empty() || praise.split_whitespace().count() <= PRAISE_WORDS_MAX && !rest.contains(',');
    let is_near = between.len() <= REACH_BYTES && is_one && !between.contains(['.', ';', '!', '?', '(']);
    // `brings Ilse Roth to life` is said of nobody real.
    let may_be_part = is_part(clause, part, known) || is_alive() && !is_title(known, clause.name(part));
    let is_pair = clause.is_sure_person(actor) && !actor.possessive && may_be_part;
    let said = || clause.said(Field::Character, clause.name(part), &part.span).of(clause.name(actor));
    (is_to && is_near && is_pair).then(|| said().with(Certainty::Weak))
}

/// `Ada Berg gives Ilse a weary dignity`, `Ada Berg makes Ilse likable`: whom somebody lends a manner.
fn given_to(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Option<Statement> {
    const ASIDE_BYTES_MAX: usize = 60;
    let actor = clause.names_before(hit.span.start, 1).last().copied()?;
    let part = clause.names_after(hit.span.end, 0).into_iter().next()?;
    let is_next = clause.text.get(hit.span.end..part.span.start) == Some(" ");
    let rest = clause.text.get(part.span.end..)?;
    // `gives Tom, heir to all this, a nice petulance`
    let past_aside = || {
        let (aside, told) = rest.strip_prefix(", ")?.split_once(", ")?;
        let is_aside = aside.len() <= ASIDE_BYTES_MAX && !aside.contains(ENDS) && aside.starts_with(char::is_lowercase);
        told.split(' ').next().filter(|word| is_aside && clause.is_article(word))
    };
    let after = rest.strip_prefix(' ').or_else(past_aside)?;
    let goes_on = after.starts_with(char::is_lowercase);
    let is_single = part.words == 1 && !clause.is_surname(part) && is_part(clause, part, known);
    let is_pair = is_next && goes_on && is_single && clause.is_sure_person(actor) && !actor.possessive;
    let said = || clause.said(Field::Character, clause.name(part), &part.span).of(clause.name(actor));
    (is_pair && !known.crew.contains(&key(clause.name(actor)))).then(|| said().with(Certainty::Weak))
}

#[cfg(test)]
mod tests {
    use super::super::{cast_told as cast, pairs};

    #[test]
    fn who_lends_a_part_something_plays_it() {
        let wanted = pairs(&[("Martin Holm", "Tom")]);
        assert_eq!(cast("Martin Holm brings real warmth to Tom."), wanted);
        assert_eq!(cast("Martin Holm gives Tom, heir to all this salt, a nice petulance."), wanted);
    }
}
