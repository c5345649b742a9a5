//! Whom somebody plays, where words about a part link two names at a distance or from outside: `disappears into the role of
//! Ilse`, `Ilse, whom Ada Berg plays`, `Ilse, a superb Ada Berg, …`, `Playing her brother is Per Lund`.
//!
//! Pairs alone are read here; what links them is data.

use crate::extraction::Field;
use crate::folding::{last_bytes, lower};
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::Known;
use super::bare_names::is_owned_part;
use super::cast::role;
use super::clause::Clause;
use super::kinds;
use super::part_words::{part_after, part_after_phrase};
use super::parts::{acts, is_part};
use super::subjects::{ENDS, could_act, judges};

/// Bytes between two names that one sentence links.
const REACH_BYTES: usize = 100;

/// Everything that one block says in these shapes.
pub(super) fn roles(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for hit in clause.triggers("part_of") {
        statements.extend(role_of(clause, hit, known));
    }
    for hit in clause.triggers("strong_plays") {
        statements.extend(whom(clause, hit));
        statements.extend(plays_pronoun(clause, hit, known));
        statements.extend(playing_first(clause, hit));
        statements.extend(clitic(clause, hit, known));
        statements.extend(behind_verb(clause, hit));
    }
    for hit in clause.triggers("played_by") {
        statements.extend(of_pronoun(clause, hit, known));
    }
    for hit in clause.triggers("in_hands") {
        statements.extend(in_hands(clause, hit, known));
    }
    for pair in clause.names.windows(2) {
        let [first, second] = pair else { continue };
        statements.extend(set_beside(clause, first, second, known));
        statements.extend(called(clause, first, second));
        statements.extend(who_is(clause, first, second, known));
        statements.extend(owned_part(clause, first, second, known));
    }
    statements.extend(in_turn(clause, known));
    statements
}

/// `A Ilse de Ada Berg`, `La Ilse di Ada Berg`, `L’Ilse d’Ada Berg`: a part with an article, and whose it is.
fn owned_part(clause: &Clause<'_>, part: &Name, actor: &Name, known: &Known) -> Vec<Statement> {
    let is_pair = is_owned_part(clause.text, clause.language, part, actor) && could_act(clause, known, actor);
    if is_pair { role(clause, Some(actor), Some(part)) } else { Vec::new() }
}

/// Whether a stretch goes on in one sentence, with no bracket in it.
pub(super) fn is_one_sentence(between: &str) -> bool {
    between.len() <= REACH_BYTES && !between.contains(ENDS) && !between.contains(['(', ')'])
}

/// Whether what stands between an actor and a part tells of acting it: `disappears into`, but not `turned down`.
fn takes_part(clause: &Clause<'_>, between: &str) -> bool {
    let is_verb = |word: &str| clause.fits(word, "role_verb");
    acts(clause, between) || lower(between).split([' ', ',']).any(is_verb)
}

/// `Ada Berg … the role of Ilse`, `The role of Ilse goes to Ada Berg`.
fn role_of(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    const PART_GAP: usize = 2;
    const BY_GAP: usize = 4;
    let part = clause.names_after(hit.span.end, PART_GAP).into_iter().next();
    // `Ilse, papel de Ada Berg, …`: the part before the comma.
    let set_off =
        clause.names.iter().rfind(|name| name.span.end <= hit.span.start).filter(|name| {
            clause.text.get(name.span.end..hit.span.start) == Some(", ") && is_part(clause, name, known)
        });
    if let Some((owner, actor)) = set_off.zip(part).filter(|(_, actor)| could_act(clause, known, actor)) {
        return role(clause, Some(actor), Some(owner));
    }
    let part = part.filter(|part| !clause.is_work(&part.span) && (!clause.is_sure_person(part) || part.words > 1));
    let before = clause.names.iter().rfind(|name| name.span.end <= hit.span.start);
    let before = before.filter(|name| {
        let between = clause.text.get(name.span.end..hit.span.start).unwrap_or_default();
        is_one_sentence(between) && takes_part(clause, between) && could_act(clause, known, name)
    });
    let Some(part) = part else {
        // `the thankless role of the mayor`
        let described = part_after_phrase(clause, hit).zip(before);
        let said = described.map(|(span, actor)| {
            clause.said(Field::Character, clause.words(&span), &span).of(clause.name(actor)).with(Certainty::Weak)
        });
        return said.into_iter().collect();
    };
    let after = || {
        let next = clause.names.iter().find(|name| name.span.start >= part.span.end)?;
        let between = clause.lowered.get(part.span.end..next.span.start)?;
        let words: Vec<&str> = between.split(' ').filter(|word| !word.is_empty()).collect();
        let leads = words.last().and_then(|word| vocabulary().facts.exact(word));
        let is_led = leads
            .is_some_and(|fact| fact.means("made_by", clause.language) || fact.means("brought_to", clause.language));
        (is_led && words.len() <= BY_GAP && could_act(clause, known, next)).then_some(next)
    };
    role(clause, before.or_else(after), Some(part))
}

/// `Ilse, whom Ada Berg plays with relish`.
fn whom(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    let Some(actor) = clause.names_before(hit.span.start, 0).last().copied() else { return Vec::new() };
    let Some(part) = clause.names.iter().rfind(|name| name.span.end < actor.span.start) else { return Vec::new() };
    let between = clause.lowered.get(part.span.end..actor.span.start).unwrap_or_default();
    let pronoun = vocabulary().facts.exact(between.trim_start_matches(',').trim());
    let is_object = pronoun.is_some_and(|fact| fact.means("object_relative", clause.language));
    if is_object && !part.possessive { role(clause, Some(actor), Some(part)) } else { Vec::new() }
}

/// `The candidate is Ilse, a widow, and Ada Berg plays her with good sense.`
fn plays_pronoun(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    let next = clause.lowered.get(hit.span.end..).unwrap_or_default().trim_start().split([' ', '.', ',']).next();
    let is_pronoun = next.is_some_and(|word| clause.fits(word, "pronoun_object"));
    // `plays her brother`
    let rest = next.and_then(|word| clause.lowered.get(hit.span.end..)?.trim_start().strip_prefix(word));
    let goes_on = rest.and_then(|rest| rest.trim_start().split([' ', '.', ',']).next()).unwrap_or_default();
    let is_object = rest.is_some_and(|rest| !rest.starts_with(' ')) || clause.fits(goes_on, "manner");
    let Some(actor) = clause.names_before(hit.span.start, 0).last().copied().filter(|_| is_pronoun && is_object) else {
        return Vec::new();
    };
    let near = |name: &&Name| {
        actor.span.start.checked_sub(name.span.end).is_some_and(|gap| gap <= REACH_BYTES)
            && is_part(clause, name, known)
    };
    match clause.names.iter().rfind(near) {
        Some(part) if clause.is_sure_person(actor) => role(clause, Some(actor), Some(part)),
        _ => Vec::new(),
    }
}

/// `… el regreso de Ilse. La interpreta Ada Berg`: the pronoun before the verb means the part that was named before.
fn clitic(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    const NAMED_BYTES_MAX: usize = 240;
    let before = clause.lowered.get(..hit.span.start).unwrap_or_default().trim_end();
    let pronoun = before.rsplit(' ').next().unwrap_or_default();
    let opens = before.strip_suffix(pronoun).map(str::trim_end).is_some_and(|head| head.ends_with(ENDS));
    let actor = clause.names_after(hit.span.end, 1).into_iter().next().filter(|name| could_act(clause, known, name));
    let near = |name: &&Name| {
        let gap = hit.span.start.checked_sub(name.span.end);
        gap.is_some_and(|gap| gap <= NAMED_BYTES_MAX) && is_part(clause, name, known)
    };
    let is_given = |name: &&Name| vocabulary().is_given_name(&lower(clause.words(&name.span)));
    let part = clause.names.iter().rfind(|name| near(name) && is_given(name));
    match actor.zip(part).filter(|_| opens && clause.fits(pronoun, "clitic")) {
        Some((actor, part)) => role(clause, Some(actor), Some(part)),
        None => Vec::new(),
    }
}

/// `Playing her brother is Per Lund`: a participle that opens the sentence, and who plays behind the verb.
fn playing_first(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    let before = clause.text.get(..hit.span.start).unwrap_or_default().trim_end();
    if !(before.is_empty() || before.ends_with(ENDS)) {
        return Vec::new();
    }
    let actor = clause.names.iter().find(|name| {
        let between = clause.lowered.get(hit.span.end..name.span.start).unwrap_or_default();
        let verb = between.trim_end().rsplit(' ').next().and_then(|word| vocabulary().facts.exact(word));
        is_one_sentence(between)
            && verb.is_some_and(|fact| fact.means("copula", clause.language))
            && clause.is_sure_person(name)
            && !name.possessive
    });
    let Some(actor) = actor else { return Vec::new() };
    let inside = |name: &&Name| name.span.start >= hit.span.end && name.span.end < actor.span.start;
    let part = clause.names.iter().find(inside).filter(|part| !part.possessive);
    let mut statements = role(clause, Some(actor), part);
    if part.is_none() {
        let words = part_after(clause, hit.span.end);
        let said = words.map(|span| clause.said(Field::Character, clause.words(&span), &span).of(clause.name(actor)));
        statements.extend(said.map(|said| said.with(Certainty::Weak)));
    }
    statements
}

/// `In dem Film spielt Ada Berg den Tom`: where the verb comes second, the actor follows it, and the part follows the actor.
fn behind_verb(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    let before = clause.text.get(..hit.span.start).unwrap_or_default().trim_end();
    let is_second =
        vocabulary().writes(clause.language, "verb_second") && !before.is_empty() && !before.ends_with(ENDS);
    let actor = clause.names.iter().find(|name| is_second && name.span.start == hit.span.end.saturating_add(1));
    let Some(actor) = actor.filter(|name| clause.is_sure_person(name) && !name.possessive) else { return Vec::new() };
    let named = clause.names.iter().find(|name| name.span.start > actor.span.end).filter(|part| {
        let article = clause.lowered.get(actor.span.end..part.span.start).unwrap_or_default().trim();
        clause.is_article(article) && !part.possessive
    });
    // `Den Tom spielt Ada Berg`: the part may come first.
    let first = clause.names.iter().rfind(|name| name.span.end.saturating_add(1) == hit.span.start).filter(|part| {
        let lead = clause.lowered.get(..part.span.start).unwrap_or_default().trim_end();
        let article = lead.rsplit([' ', '.']).next().unwrap_or_default();
        clause.is_article(article) && part.words == 1 && !part.possessive
    });
    let named = named.or(first);
    let mut statements = role(clause, Some(actor), named);
    if named.is_none()
        && let Some(part) = part_after(clause, actor.span.end)
    {
        let said = clause.said(Field::Character, clause.words(&part), &part).of(clause.name(actor));
        statements.push(said.with(Certainty::Weak));
    }
    statements
}

/// `Ilse is a nurse. She’s played by Ada Berg`: whom the pronoun before the passive means.
fn of_pronoun(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    const BEFORE_BYTES: usize = 24;
    let before = last_bytes(clause.lowered.get(..hit.span.start).unwrap_or_default(), BEFORE_BYTES);
    let mut words = before.rsplit([' ', '’', '\'']).filter(|word| !word.is_empty());
    let is_pronoun = |word: Option<&str>| {
        let fact = word.and_then(|word| vocabulary().facts.exact(word));
        fact.is_some_and(|fact| fact.means("pronoun", clause.language))
    };
    // A passive's own phrase may begin with the verb.
    let last = words.next();
    let is_pronoun = is_pronoun(last) || last.is_some_and(|verb| verb.len() <= 3) && is_pronoun(words.next());
    let actor = clause.names_after(hit.span.end, 2).into_iter().next().filter(|name| clause.is_person(name));
    let near =
        |name: &&Name| name.span.end < hit.span.start && hit.span.start.saturating_sub(name.span.end) <= REACH_BYTES;
    // `on an Essex estuary. She is played by Ada Berg`
    let is_place = |name: &Name| clause.follows(name.span.start, "indefinite");
    let part = clause.names.iter().rfind(|name| near(name) && !is_place(name));
    let part = part.filter(|name| is_part(clause, name, known));
    match (part, actor.filter(|_| is_pronoun)) {
        (Some(part), Some(actor)) => role(clause, Some(actor), Some(part)),
        // `The harbour master is shouty (he’s voiced by Ada Berg)`
        (None, Some(actor)) => kinds::subject_of(clause, hit.span.start)
            .map(|part| kinds::told_of(clause, actor, &part))
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// `Ilse, in the hands of Ada Berg, becomes`, `In Ada Berg’s hands, Ilse becomes`.
fn in_hands(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    const ENDING_BYTES_MAX: usize = 5;
    let before = clause.names.iter().rfind(|name| name.span.end <= hit.span.start);
    let after = clause.names.iter().find(|name| name.span.start > hit.span.end);
    let gap = |from: usize, to: usize| clause.text.get(from..to).unwrap_or_default();
    let pair = before.zip(after).and_then(|(before, after)| {
        let is_owner = before.possessive && hit.span.start.saturating_sub(before.span.end) <= ENDING_BYTES_MAX;
        let (lead, tail) = (gap(before.span.end, hit.span.start), gap(hit.span.end, after.span.start));
        match (is_owner, lead, tail) {
            (true, _, ", ") => Some((before, after)),
            (false, ", ", " ") => Some((after, before)),
            _ => None,
        }
    });
    let pair =
        pair.filter(|(actor, part)| clause.is_sure_person(actor) && is_part(clause, part, known) && part.words == 1);
    pair.map(|(actor, part)| role(clause, Some(actor), Some(part))).unwrap_or_default()
}

/// `Ilse, a superb Ada Berg, goes home`, `Otto – Per Lund in a fine turn – disapproves`: an actor set beside a part by commas or
/// dashes, in words that judge acting.
fn set_beside(clause: &Clause<'_>, part: &Name, actor: &Name, known: &Known) -> Vec<Statement> {
    const PRAISE_WORDS_MAX: usize = 3;
    const AFTER_BYTES_MAX: usize = 60;
    const DASHES: [&str; 3] = [" – ", " — ", " - "];
    if !is_part(clause, part, known) || !could_act(clause, known, actor) {
        return Vec::new();
    }
    let between = clause.text.get(part.span.end..actor.span.start).unwrap_or_default();
    let after = clause.text.get(actor.span.end..).unwrap_or_default();
    let praised = between.strip_prefix(", ").and_then(|rest| rest.split_once(' ')).is_some_and(|(article, praise)| {
        clause.is_article(article)
            && after.starts_with(',')
            && praise.split_whitespace().count() <= PRAISE_WORDS_MAX
            && praise.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-'))
            && judges(clause, praise)
    });
    let dashed = DASHES.iter().any(|dash| {
        // `Ilse – a fine Ada Berg – leaves`
        let praise = between.strip_prefix(dash).and_then(|rest| rest.split_once(' '));
        if praise.is_some_and(|(article, praise)| {
            clause.is_article(article)
                && after.starts_with(dash)
                && praise.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-'))
        }) {
            return true;
        }
        let inside = (between == *dash).then(|| after.split_once(dash)).flatten().map(|(inside, _)| inside);
        // `Ilse – Ada Berg, all nerves – leaves`
        let is_told = |inside: &str| inside.starts_with(", ") || acts(clause, inside);
        inside.is_some_and(|inside| inside.len() <= AFTER_BYTES_MAX && !inside.contains(ENDS) && is_told(inside))
    });
    if praised || dashed { role(clause, Some(actor), Some(part)) } else { Vec::new() }
}

/// `Ada Berg is a nurse called Ilse`: what somebody is, and by what name.
fn called(clause: &Clause<'_>, actor: &Name, part: &Name) -> Vec<Statement> {
    const WORDS_MAX: usize = 8;
    let between = clause.lowered.get(actor.span.end..part.span.start).unwrap_or_default();
    let words: Vec<&str> = between.split(' ').filter(|word| !word.is_empty()).collect();
    let [verb, article, .., last] = words.as_slice() else { return Vec::new() };
    // `is the daughter of a ferryman called Tom`
    let is_of_other = words.iter().any(|word| clause.fits(word, "leads_away"));
    let is_told = clause.fits(verb, "copula")
        && clause.is_article(article)
        && clause.fits(last, "called")
        && words.len() <= WORDS_MAX
        && !is_of_other;
    let is_pair = clause.is_sure_person(actor) && !actor.possessive && is_one_sentence(between);
    if is_told && is_pair { role(clause, Some(actor), Some(part)) } else { Vec::new() }
}

/// `Ilse, who is Ada Berg from all those adverts, …`, `Mum is the great Ada Berg`: a part, and who it is.
fn who_is(clause: &Clause<'_>, part: &Name, actor: &Name, known: &Known) -> Vec<Statement> {
    const PRAISE_WORDS_MAX: usize = 3;
    let between = clause.lowered.get(part.span.end..actor.span.start).unwrap_or_default();
    let words: Vec<&str> = between.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is = |word: &str| clause.fits(word, "copula");
    let is_told = match words.as_slice() {
        [pronoun, verb] => between.starts_with(',') && clause.fits(pronoun, "relative") && is(verb),
        [verb, article, praise @ ..] => {
            let is_praise = !praise.is_empty() && praise.len() <= PRAISE_WORDS_MAX && !between.contains(',');
            let praise = praise.join(" ");
            let praises = || vocabulary().words.count(&praise, "praise", clause.language) > 0;
            is(verb) && clause.is_article(article) && is_praise && (judges(clause, &praise) || praises())
        }
        _ => false,
    };
    let is_pair = is_told && part.words == 1 && is_part(clause, part, known) && could_act(clause, known, actor);
    if is_pair { role(clause, Some(actor), Some(part)) } else { Vec::new() }
}

/// `Ada Berg and Per Lund are Ilse and Tom`: as many parts behind the verb as people before it.
fn in_turn(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for pair in clause.names.windows(2) {
        let [last, first] = pair else { continue };
        let between = clause.lowered.get(last.span.end..first.span.start).unwrap_or_default().trim();
        let is_plural = clause.fits(between, "copula_plural");
        if !is_plural {
            continue;
        }
        let actors = clause.names_before(first.span.start, 1);
        let parts = clause.names_after(first.span.start, 0);
        let is_row = actors.len() > 1 && actors.len() == parts.len();
        let after = parts.last().and_then(|last| clause.text.get(last.span.end..)).unwrap_or_default();
        let is_told = after.is_empty() || after.starts_with(ENDS) || after.starts_with(',');
        let are_parts = parts.iter().all(|part| is_part(clause, part, known));
        if is_row && is_told && are_parts && actors.iter().all(|actor| clause.is_sure_person(actor)) {
            let pairs = actors.into_iter().zip(parts);
            statements.extend(pairs.flat_map(|(actor, part)| role(clause, Some(actor), Some(part))));
        }
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::super::{cast_told as cast, pairs};

    #[test]
    fn words_for_a_part_link_names_at_a_distance() {
        assert_eq!(cast("Julia Berg disappears into the role of Ilse Roth."), pairs(&[("Julia Berg", "Ilse Roth")]));
        assert_eq!(cast("The role of Ilse goes to Julia Berg."), pairs(&[("Julia Berg", "Ilse")]));
        assert_eq!(cast("Ilse, whom Julia Berg plays with relish, is a nurse."), pairs(&[("Julia Berg", "Ilse")]));
        assert_eq!(cast("Playing her brother is Martin Holm."), pairs(&[("Martin Holm", "brother")]));
        assert_eq!(cast("Ilse is a nurse. She’s played by Julia Berg."), pairs(&[("Julia Berg", "Ilse")]));
    }

    #[test]
    fn an_actor_may_stand_beside_the_part() {
        assert_eq!(cast("Ilse, a superb Julia Berg, goes home."), pairs(&[("Julia Berg", "Ilse")]));
        assert_eq!(cast("Julia Berg is a nurse called Ilse who falls ill."), pairs(&[("Julia Berg", "Ilse")]));
        assert_eq!(
            cast("Julia Berg and Martin Holm are Ilse and Tom, two thieves."),
            pairs(&[("Julia Berg", "Ilse"), ("Martin Holm", "Tom")])
        );
        assert_eq!(cast("Ilse, a friend of Julia Berg, goes home."), []);
        assert_eq!(
            cast("Ilse, who is Julia Berg from all those adverts, gets drunk."),
            pairs(&[("Julia Berg", "Ilse")])
        );
        assert_eq!(
            cast("And Ilse? Ilse is the great Julia Berg, as old as the hills."),
            pairs(&[("Julia Berg", "Ilse")])
        );
    }
}
