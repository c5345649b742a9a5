//! People whom a sentence is about, where what it says of them is how they act: `Ada Berg is luminous on camera`,
//! `Per Lund and Ida Holm both bring warmth to their roles`.
//!
//! Sentences of the plot have people as subjects too; only words about acting, or a judgement, tell them apart.

use crate::extraction::Field;
use crate::folding::key;
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::Known;
use super::clause::Clause;
use super::part_words::part_after;
use super::parts::is_part;

/// Words before a sentence's subject: `Sure,`, `And`, `Meanwhile,`.
const LEAD_WORDS_MAX: usize = 3;

/// Words between a subject and its verb: `both`, `really`, `has truly`.
const ADVERBS_MAX: usize = 2;

/// What ends a sentence or a part of it that has a subject of its own.
pub(super) const ENDS: [char; 7] = ['.', '!', '?', ';', '…', '”', '\n'];

/// Cast whom sentences judge. A subject about whom nothing of the kind is said is a guess.
pub(super) fn subjects(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut done = 0;
    for name in &clause.names {
        if name.span.start < done || !could_act(clause, known, name) {
            continue;
        }
        let Some(people) = subject(clause, known, name) else { continue };
        let Some(last) = people.last() else { continue };
        done = last.span.end;
        let Some(rest) = clause.lowered.get(last.span.end..) else { continue };
        let told = predicate(clause, rest).or_else(|| judged_before(clause, rest));
        let Some(predicate) = told.filter(|_| opens_sentence(clause, name)) else { continue };
        // A surname is repeated wherever the plot is told, so that alone it is no sign of acting.
        let certainty = match judges(clause, predicate) || lends(clause, predicate) {
            true => Certainty::Plain,
            false if clause.is_surname(name) => continue,
            false => Certainty::Weak,
        };
        statements.extend(
            people.into_iter().map(|name| clause.said(Field::Cast, clause.name(name), &name.span).with(certainty)),
        );
    }
    statements
}

/// `Ada Berg is luminous. She plays Ilse`: the one named before is who plays.
pub(super) fn pronouns(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    const REACH_BYTES: usize = 240;
    let mut statements = Vec::new();
    for hit in clause.triggers("plays") {
        let before = clause.lowered.get(..hit.span.start).unwrap_or_default().trim_end();
        let is_strong = hit.means("strong_plays", clause.language);
        if !(is_strong && (ends_with_pronoun(clause, before) || is_about_pronoun(clause, before))
            || !is_strong && judges_pronoun(clause, before))
        {
            continue;
        }
        let near = |name: &&Name| {
            name.span.end < hit.span.start && hit.span.start.saturating_sub(name.span.end) <= REACH_BYTES
        };
        let Some(actor) = clause.names.iter().rfind(|name| near(name) && clause.is_person(name)) else { continue };
        // `who plays Ilse’s best friend`: whose friend it is tells of another part.
        let next = clause.names_after(hit.span.end, 3).into_iter().next();
        let Some(character) = next.filter(|name| !name.possessive) else {
            // `He is hilarious as the uncle.`
            if let Some(part) = part_after(clause, hit.span.end).filter(|_| could_act(clause, known, actor)) {
                statements.push(clause.said(Field::Cast, clause.name(actor), &actor.span));
                let said = clause.said(Field::Character, clause.words(&part), &part).of(clause.name(actor));
                statements.push(said.with(Certainty::Weak));
            }
            continue;
        };
        let is_kept = could_act(clause, known, actor) && !clause.is_work(&character.span);
        if !is_kept || key(clause.name(character)) == key(clause.name(actor)) {
            continue;
        }
        statements.push(clause.said(Field::Cast, clause.name(actor), &actor.span));
        let said = clause.said(Field::Character, clause.name(character), &character.span);
        statements.push(said.of(clause.name(actor)));
    }
    statements
}

/// `At the head of it sits Ada Berg. As Ilse, she says least`: the one whom the sentence before names plays.
pub(super) fn as_part(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for part in &clause.names {
        let before = clause.lowered.get(..part.span.start).unwrap_or_default();
        let Some((told, lead)) = before.trim_end().rsplit_once(' ').filter(|(_, lead)| clause.fits(lead, "as_part"))
        else {
            continue;
        };
        let rest = clause.lowered.get(part.span.end..).unwrap_or_default();
        let next = rest.trim_start_matches(',').strip_prefix(' ').and_then(|rest| rest.split(' ').next());
        let told = told.trim_end_matches(lead).trim_end();
        if !told.ends_with(ENDS) || !next.is_some_and(|word| is_pronoun(clause, word)) {
            continue;
        }
        let inside = told.trim_end_matches(ENDS);
        let start = inside.rfind(ENDS).unwrap_or(0);
        let named = clause.names.iter().filter(|name| start <= name.span.start && name.span.end <= inside.len());
        let people: Vec<&Name> = named.filter(|name| clause.is_person(name)).collect();
        let [actor] = people.as_slice() else { continue };
        if could_act(clause, known, actor) && !clause.is_work(&part.span) && is_part(clause, part, known) {
            statements.push(clause.said(Field::Cast, clause.name(actor), &actor.span));
            let said = clause.said(Field::Character, clause.name(part), &part.span);
            statements.push(said.of(clause.name(actor)));
        }
    }
    statements
}

fn is_pronoun(clause: &Clause<'_>, word: &str) -> bool {
    clause.fits(word, "pronoun")
}

fn ends_with_pronoun(clause: &Clause<'_>, text: &str) -> bool {
    is_pronoun(clause, text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
}

/// Whether a text ends with a sentence that names nobody and is about somebody told before: `It is nice to see him in a`.
fn is_about_pronoun(clause: &Clause<'_>, text: &str) -> bool {
    let sentence = text.rsplit(ENDS).next().unwrap_or_default();
    let start = text.len().saturating_sub(sentence.len());
    // `nice to see him take on`, but `her husband who`
    let words: Vec<&str> = sentence.split(' ').filter(|word| !word.is_empty()).collect();
    let goes_on = |word: &str| clause.fits(word, "acts_on") || clause.fits(word, "phrase_end");
    let is_told = words
        .windows(2)
        .any(|pair| matches!(pair, [word, next] if clause.fits(word, "pronoun_object") && goes_on(next)));
    let is_of_other = words.iter().any(|word| clause.fits(word, "relative"));
    let names_nobody = !clause.names.iter().any(|name| start < name.span.end && name.span.start < text.len());
    names_nobody && is_told && !is_of_other
}

/// Whether a text ends with a short sentence, begun with a pronoun, that judges acting: `She is delightful`, `He did a fine
/// job`, `Her performance`, before `as Ilse`.
fn judges_pronoun(clause: &Clause<'_>, text: &str) -> bool {
    const WORDS_MAX: usize = 6;
    let sentence = text.rsplit(ENDS).next().unwrap_or_default().trim();
    let (first, told) = sentence.split_once(' ').unwrap_or_default();
    let is_short = told.split(' ').count() < WORDS_MAX && !told.contains(',');
    let says = |meaning| vocabulary().words.count(told, meaning, clause.language) > 0;
    let is_job = || vocabulary().facts.count(told, "job", clause.language) > 0;
    let is_judged = || says("acting") || says("praise") || is_job();
    is_short && (is_pronoun(clause, first) && is_judged() || clause.fits(first, "own") && says("acting"))
}

/// Whether somebody may be who plays: a whole name, owning nothing, nobody of the crew, in no comparison.
pub(super) fn could_act(clause: &Clause<'_>, known: &Known, name: &Name) -> bool {
    let words = clause.name(name);
    !name.possessive
        && clause.is_sure_person(name)
        && !known.crew.contains(&key(words))
        && !clause.is_comparison(name.span.start)
}

/// Whether a name stands first in a sentence, or in a part of one that `and`, `but` or `while` opens.
pub(super) fn opens_sentence(clause: &Clause<'_>, name: &Name) -> bool {
    let before = clause.lowered.get(..name.span.start).unwrap_or_default();
    let start = before.rfind(ENDS).map_or(0, |at| at.saturating_add(1));
    let lead = before.get(start..).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric() && c != ',');
    let words = lead.split(' ').filter(|word| !word.is_empty()).count();
    let opens_part =
        before.trim_end().rsplit(' ').next().is_some_and(|word| vocabulary().is_stop(word, clause.language))
            && before.trim_end().rsplit(' ').nth(1).is_some_and(|word| word.ends_with(','));
    lead.is_empty() || words <= LEAD_WORDS_MAX && lead.ends_with(',') || words == 1 || opens_part
}

/// The name and those listed with it.
fn subject<'c>(clause: &'c Clause<'_>, known: &Known, first: &'c Name) -> Option<Vec<&'c Name>> {
    let listed = clause.names_after(first.span.start, 0);
    let people: Vec<&Name> = listed.into_iter().take_while(|name| could_act(clause, known, name)).collect();
    (!people.is_empty()).then_some(people)
}

/// Whether somebody lends a part something that the text calls by a pronoun: `gives him the air of a heron`, `doesn’t make her
/// an angel`.
fn lends(clause: &Clause<'_>, predicate: &str) -> bool {
    const LEAD_BYTES_MAX: usize = 16;
    let hits = vocabulary().triggers.find(predicate, clause.language).into_iter();
    let mut verbs = hits.filter(|hit| hit.means("gives_part", clause.language) && hit.span.start <= LEAD_BYTES_MAX);
    verbs.any(|verb| {
        let mut words = predicate.get(verb.span.end..).unwrap_or_default().split(' ').filter(|word| !word.is_empty());
        words.next().is_some_and(|word| clause.fits(word, "pronoun_object"))
            && words.next().is_some_and(|word| clause.is_article(word))
    })
}

/// What is said of a subject, up to the sentence's end, where a verb of the present comes next.
fn predicate<'c>(clause: &Clause<'_>, rest: &'c str) -> Option<&'c str> {
    let rest = match rest.strip_prefix(" (") {
        Some(bracket) => bracket.split_once(')')?.1,
        None => rest,
    };
    let rest = past_dashes(rest).unwrap_or(rest);
    let rest = rest.strip_prefix(", who").unwrap_or(rest).strip_prefix(' ')?;
    let sentence = rest.split(ENDS).next()?;
    let mut words = sentence.split(' ').filter(|word| !word.is_empty()).take(ADVERBS_MAX.saturating_add(1));
    if is_conditional(clause, sentence) {
        return None;
    }
    words.any(|word| is_present(word, clause.language)).then_some(sentence)
}

/// What follows an aside between dashes: `– all elbows – gives him the air`.
fn past_dashes(rest: &str) -> Option<&str> {
    const ASIDE_BYTES_MAX: usize = 60;
    let dash = [" –", " —"].into_iter().find(|dash| rest.starts_with(dash))?;
    let (aside, told) = rest.strip_prefix(dash)?.split_once(dash)?;
    let is_aside = aside.len() <= ASIDE_BYTES_MAX && !aside.contains(ENDS);
    Some(told).filter(|_| is_aside)
}

/// What is said of a subject in the past, where it is a judgement: `Ada Berg was very funny`.
fn judged_before<'c>(clause: &Clause<'_>, rest: &'c str) -> Option<&'c str> {
    let sentence = rest.strip_prefix(' ')?.split(ENDS).next()?;
    let verb = sentence.split(' ').next()?;
    (clause.fits(verb, "was") && judges(clause, sentence)).then_some(sentence)
}

/// Whether a predicate says what might have been: `Ada Berg would have been better` is not in it.
pub(super) fn is_conditional(clause: &Clause<'_>, predicate: &str) -> bool {
    const WORDS_MAX: usize = 3;
    let mut ends = predicate.match_indices(' ').map(|(at, _)| at).take(WORDS_MAX);
    ends.any(|end| {
        let fact = predicate.get(..end).and_then(|words| vocabulary().facts.exact(words));
        fact.is_some_and(|fact| fact.means("conditional", clause.language))
    })
}

/// Whether a word is a verb of the present, as reviews tell what actors do; told in the past it is news or history.
pub(crate) fn is_present(word: &str, language: &str) -> bool {
    let fits = |meaning| vocabulary().facts.exact(word).is_some_and(|hit| hit.means(meaning, language));
    fits("present_verb") || language == "en" && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

pub(super) fn judges(clause: &Clause<'_>, predicate: &str) -> bool {
    acts(clause, predicate) || vocabulary().words.count(predicate, "opinion", clause.language) > 0
}

fn acts(clause: &Clause<'_>, said: &str) -> bool {
    vocabulary().words.count(said, "acting", clause.language) > 0
}

/// The names before a verb, over one adverb: `A, B and C all deliver`.
pub(super) fn subjects_of<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Vec<&'c Name> {
    let beside = clause.names_before(hit.span.start, 0);
    if let [last] = beside.as_slice()
        && let Some(named) = named_before_apposition(clause, last, hit)
    {
        return vec![named];
    }
    if !beside.is_empty() {
        return beside;
    }
    let before = clause.lowered.get(..hit.span.start).unwrap_or_default().trim_end();
    let word = before.rsplit(' ').next().and_then(|word| vocabulary().facts.exact(word));
    let is_adverb = word.is_some_and(|fact| fact.means("between_adverb", clause.language));
    if is_adverb { clause.names_before(hit.span.start, 1) } else { Vec::new() }
}

/// `Ada Berg, so good in Orchard Road, is wasted`: the subject of a verb whose last name before its comma is in an apposition.
fn named_before_apposition<'c>(clause: &'c Clause<'_>, last: &Name, hit: &Hit) -> Option<&'c Name> {
    let subject = clause.names.iter().rfind(|name| name.span.end < last.span.start)?;
    let apposition = clause.lowered.get(subject.span.end..last.span.start)?.strip_prefix(", ")?;
    let is_closed = clause.text.get(last.span.end..hit.span.start)?.starts_with(',');
    let joins = apposition.split(' ').next().is_none_or(|word| vocabulary().is_joiner(word) || word.is_empty());
    (is_closed && !joins && !apposition.contains([',', ';'])).then_some(subject)
}

#[cfg(test)]
mod tests {
    use super::super::film_told;

    fn cast(text: &str) -> Vec<String> {
        film_told(text).cast.into_iter().map(|member| member.name).collect()
    }

    #[test]
    fn who_is_judged_for_acting_is_cast_and_who_is_told_of_is_not() {
        assert_eq!(cast("Julia Berg is luminous on camera."), ["Julia Berg"]);
        assert_eq!(
            cast("Sure, Martin Holm and Anna Lund both bring real depth to their roles."),
            ["Martin Holm", "Anna Lund"]
        );
        assert_eq!(cast("Martin Holm is a farmer who loses his dog in the snow."), Vec::<String>::new());
        assert_eq!(cast("Martin Holm would have been perfect in that part."), Vec::<String>::new());
    }
}
