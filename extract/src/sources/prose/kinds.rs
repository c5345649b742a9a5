//! Parts told by a noun for what somebody is: `Ada Berg’s plumber is a joy`, `As her husband, Per Lund …`, `Ada Berg, with a
//! limp, is a find as the neighbour’s girl`. The noun itself tells that a person is meant, so that no words about acting have to.
//!
//! Which nouns tell people is data: kin, parts of stories, and what people do.

use std::ops::Range;

use crate::extraction::Field;
use crate::folding::{key, lower, start_of};
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, Trade, trade_of, vocabulary};

use super::cast::role;
use super::clause::{Clause, is_list_gap};
use super::part_words::{part_after, part_after_phrase};
use super::roles::is_one_sentence;
use super::subjects::{ENDS, could_act, is_present, judges, opens_sentence};
use super::{Known, is_title};

/// Nouns for people: whose kin somebody is, what they are in the story, what they do.
pub(super) const NOUNS: [&str; 3] = ["role_noun", "kin_noun", "story_noun"];

/// Words of the longest noun: `maître d’`, `best friend`.
const NOUN_WORDS_MAX: usize = 3;

/// Everything that one block says in these shapes.
pub(super) fn kinds(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements: Vec<Statement> = clause.names.iter().flat_map(|name| owned_kind(clause, name, known)).collect();
    statements.extend(clause.names.iter().flat_map(|name| is_part_of_story(clause, name, known)));
    statements.extend(clause.names.iter().flat_map(|name| named_last(clause, name, known)));
    for hit in clause.triggers("plays") {
        let led = part_after_phrase(clause, hit).filter(|part| is_noun(clause, clause.words(part), &NOUNS));
        let Some(part) = led.or_else(|| without_article(clause, hit)) else { continue };
        let actor = beside(clause, hit, known)
            .or_else(|| set_off(clause, hit, known))
            .or_else(|| at_distance(clause, hit, known).filter(|_| is_certain(clause, &part)))
            .or_else(|| behind(clause, hit, &part, known).filter(|_| is_certain(clause, &part)));
        statements.extend(actor.into_iter().flat_map(|actor| told_of(clause, actor, &part)));
    }
    statements
}

/// Whether words name a person by a noun of some meanings, as their last words or, where adjectives follow, their first.
pub(super) fn is_noun(clause: &Clause<'_>, told: &str, meanings: &[&'static str]) -> bool {
    let lowered = lower(told);
    let words: Vec<&str> = lowered.split(' ').collect();
    let fits = |words: &[&str]| {
        let noun = words.join(" ");
        meanings.iter().any(|meaning| clause.fits(&noun, meaning))
    };
    // `the fishmonger`, `the projectionist`: English makes such nouns at will.
    const ENDS: [&str; 22] = [
        "man", "woman", "maid", "keeper", "boy", "girl", "master", "mistress", "wright", "smith", "monger", "herd",
        "owner", "dealer", "maker", "worker", "driver", "seller", "holder", "ologist", "ographer", "ician",
    ];
    const HEAD_BYTES_MIN: usize = 2;
    let is_made = |word: &str| {
        let heads = ENDS.iter().filter_map(|end| word.strip_suffix(end));
        clause.language == "en" && heads.into_iter().any(|head| head.len() >= HEAD_BYTES_MIN)
    };
    if meanings.contains(&"role_noun") && words.last().is_some_and(|last| is_made(last)) {
        return true;
    }
    let lengths = || 1..=words.len().min(NOUN_WORDS_MAX);
    let ends = lengths().any(|count| words.get(words.len().saturating_sub(count)..).is_some_and(fits));
    let is_first = vocabulary().writes(clause.language, "noun_first");
    ends || is_first && lengths().any(|count| words.get(..count).is_some_and(fits))
}

/// Whether a part is somebody told by a noun and known already: `the baker`, `her husband`, `Tom’s mother`.
fn is_certain(clause: &Clause<'_>, part: &Range<usize>) -> bool {
    let before = clause.lowered.get(..part.start).unwrap_or_default().trim_end();
    let lead = before.rsplit(' ').next().unwrap_or_default();
    is_noun(clause, clause.words(part), &NOUNS) && !is_indefinite(clause, lead)
}

/// `en mari jaloux`, `como madre`: languages that say what somebody plays without an article.
fn without_article(clause: &Clause<'_>, hit: &Hit) -> Option<Range<usize>> {
    const WORDS_MAX: usize = 3;
    if !vocabulary().writes(clause.language, "noun_first") {
        return None;
    }
    let told = clause.text.get(hit.span.end..)?.strip_prefix(' ')?;
    let told = start_of(told, told.find(|sign: char| !sign.is_alphabetic() && sign != ' ' && sign != '-')?);
    let start = hit.span.end.saturating_add(1);
    let count = told.split(' ').take(WORDS_MAX).take_while(|word| {
        word.starts_with(char::is_lowercase) && !clause.fits(word, "phrase_end") && !clause.fits(word, "copula")
    });
    let length = count.map(|word| word.len().saturating_add(1)).sum::<usize>().checked_sub(1)?;
    let part = start..start.saturating_add(length);
    let first = told.split(' ').next().unwrap_or_default();
    NOUNS.iter().any(|meaning| clause.fits(first, meaning)).then_some(part)
}

/// Whom a sentence is about that goes on up to a place, where a noun tells: `The harbour master who …`.
pub(super) fn subject_of(clause: &Clause<'_>, at: usize) -> Option<Range<usize>> {
    const NOUN_WORDS: usize = 3;
    let before = clause.lowered.get(..at)?;
    let start = before.rfind(ENDS).map_or(0, |end| end.saturating_add(1));
    let sentence = before.get(start..)?;
    let lead = sentence.len().saturating_sub(sentence.trim_start().len());
    let (article, told) = sentence.trim_start().split_once(' ')?;
    let from = start.saturating_add(lead).saturating_add(article.len()).saturating_add(1);
    let names_nobody = !clause.names.iter().any(|name| start <= name.span.start && name.span.end <= at);
    let mut ends =
        told.match_indices([' ', ',']).map(|(end, _)| end).take(NOUN_WORDS).collect::<Vec<_>>().into_iter().rev();
    let end = ends.find(|end| told.get(..*end).is_some_and(|words| is_noun(clause, words, &NOUNS)))?;
    (names_nobody && clause.is_article(article) && !is_indefinite(clause, article))
        .then(|| from..from.saturating_add(end))
}

/// Whether a word is an article for whom nobody knows yet: by the language's own word, else by the English one.
fn is_indefinite(clause: &Clause<'_>, word: &str) -> bool {
    let lowered = lower(word);
    let fact = vocabulary().facts.exact(&lowered);
    let of_language = |wanted: &str| {
        let mut meanings = fact.iter().flat_map(|fact| &fact.meanings);
        meanings.any(|(language, meaning)| *language == clause.language && *meaning == wanted)
    };
    of_language("indefinite") || !of_language("article") && clause.fits(&lowered, "indefinite")
}

/// `Ada Berg’s deadpan plumber is a joy`: what the part is, as the actor’s own.
fn owned_kind(clause: &Clause<'_>, actor: &Name, known: &Known) -> Vec<Statement> {
    const WORDS_MAX: usize = 4;
    let owner = Name { possessive: false, ..actor.clone() };
    let rest = clause.text.get(actor.span.end..).unwrap_or_default();
    let told = rest.trim_start_matches(['’', '\'']).trim_start_matches('s').strip_prefix(' ');
    let Some(told) = told.filter(|_| actor.possessive && could_act(clause, known, &owner)) else { return Vec::new() };
    let start = clause.text.len().saturating_sub(told.len());
    let mut end = start;
    for word in told.split(' ').take(WORDS_MAX) {
        let bare = word.trim_end_matches([',', '.', ';', ':', '!', '?']);
        if bare.is_empty() || !bare.starts_with(char::is_lowercase) || clause.fits(bare, "phrase_end") {
            break;
        }
        let own = start..end.saturating_add(bare.len());
        let words = clause.words(&own);
        let next = clause.lowered.get(own.end..).unwrap_or_default();
        let verb = next.trim_start_matches(',').trim_start().split([' ', ',', '.']).next().unwrap_or_default();
        let is_participle = clause.language == "en" && verb.ends_with("ing");
        let goes_on = is_participle
            || is_present(verb, clause.language)
            || clause.fits(verb, "copula")
            || clause.fits(verb, "relative");
        let said = start_of(next, next.find(ENDS).unwrap_or(next.len()));
        // `Ada Berg’s mother` is her own, but for words that judge.
        let is_part = is_noun(clause, words, &["role_noun"])
            || is_noun(clause, words, &["kin_noun"]) && words.contains(' ') && judges(clause, words);
        if is_part && goes_on {
            let is_cast = judges(clause, words)
                || judges(clause, said)
                || trade_of(&key(clause.name(actor))) == Some(Trade::Actor);
            let certainty = if is_cast { Certainty::Plain } else { Certainty::Weak };
            let cast = clause.said(Field::Cast, clause.name(actor), &actor.span).with(certainty);
            let said = clause.said(Field::Character, words, &own).of(clause.name(actor));
            return vec![cast, said.with(Certainty::Weak)];
        }
        end = own.end.saturating_add(1);
        if bare.len() < word.len() {
            break;
        }
    }
    Vec::new()
}

/// `Ada Berg is the daughter-in-law, Ilse`, `Per Lund is her husband`: whom an actor is in the story.
fn is_part_of_story(clause: &Clause<'_>, name: &Name, known: &Known) -> Vec<Statement> {
    let verb =
        clause.lowered.get(name.span.end..).unwrap_or_default().trim_start().split(' ').next().unwrap_or_default();
    if !clause.fits(verb, "copula") || !clause.is_sure_person(name) || !could_act(clause, known, name) {
        return Vec::new();
    }
    let Some(part) = part_after(clause, name.span.end.saturating_add(1).saturating_add(verb.len())) else {
        return Vec::new();
    };
    let told = clause.words(&part);
    if !is_noun(clause, told, &NOUNS) {
        return Vec::new();
    }
    if let Some(row) = in_row(clause, name, &part, known) {
        return row;
    }
    // `the daughter-in-law, Ilse, who arrives`
    let rest = clause.text.get(part.end..).unwrap_or_default();
    let called =
        clause.names.iter().find(|other| rest.starts_with(", ") && other.span.start == part.end.saturating_add(2));
    let called = called.filter(|other| other.words == 1 && !other.possessive);
    if let Some(called) = called {
        return role(clause, Some(name), Some(called));
    }
    // `Ada Berg is Ilse; Per Lund is her husband`
    let near = clause.names.iter().rfind(|other| other.span.end < name.span.start);
    let follows = near.is_some_and(|other| {
        is_one_sentence(&clause.lowered.get(other.span.end..name.span.start).unwrap_or_default().replace(';', ","))
    });
    let lead = clause.lowered.get(..part.start).unwrap_or_default().trim_end().rsplit(' ').next().unwrap_or_default();
    let certainty = if follows && clause.fits(lead, "own") { Certainty::Plain } else { Certainty::Weak };
    let cast = clause.said(Field::Cast, clause.name(name), &name.span).with(certainty);
    let said = clause.said(Field::Character, told, &part).of(clause.name(name)).with(Certainty::Weak);
    vec![cast, said]
}

/// `Ada Berg is the mother, and Per Lund the absent father`: two people in a row who are somebody in the story.
fn in_row(clause: &Clause<'_>, first: &Name, part: &Range<usize>, known: &Known) -> Option<Vec<Statement>> {
    let second = clause.names.iter().find(|name| name.span.start >= part.end)?;
    let joint = clause.text.get(part.end..second.span.start)?;
    let other = part_after(clause, second.span.end).filter(|other| is_noun(clause, clause.words(other), &NOUNS))?;
    let is_row = matches!(joint, ", " | "; ") || is_list_gap(joint);
    let is_pair = is_row && is_certain(clause, part) && is_certain(clause, &other) && could_act(clause, known, second);
    is_pair.then(|| [told_of(clause, first, part), told_of(clause, second, &other)].concat())
}

/// Somebody and the part: by name where one follows at once (`the station manager Ilse`), else by what it is.
pub(super) fn told_of(clause: &Clause<'_>, actor: &Name, part: &Range<usize>) -> Vec<Statement> {
    let next = clause.names.iter().find(|name| name.span.start == part.end.saturating_add(1));
    // `as her husband, the trumpet player Tom Roth`
    let further = || {
        let name = clause.names.iter().find(|name| name.span.start > part.end)?;
        let lead = clause.text.get(part.end..name.span.start)?.strip_prefix(", ")?.strip_suffix(' ')?;
        let (article, noun) = lead.split_once(' ')?;
        let is_told = clause.is_article(article) && is_noun(clause, noun, &["role_noun"]) && !lead.contains(ENDS);
        (is_told && lead.split(' ').all(|word| clause.is_plain(word))).then_some(name)
    };
    // `eine junge Wirtin namens Ilse`
    let named = || {
        let name = clause.names.iter().find(|name| name.span.start > part.end)?;
        let lead = clause.text.get(part.end..name.span.start)?;
        clause.fits(&lower(lead.trim()), "called").then_some(name)
    };
    // `delivers a fine turn as the harbour master, Tom Roth.`
    let closing = || {
        let name = clause.names.iter().find(|name| name.span.start == part.end.saturating_add(", ".len()))?;
        let rest = clause.text.get(name.span.end..)?;
        let ends = rest.is_empty() || rest.starts_with(['.', ';', '!', '?']);
        let follows = actor.span.end <= part.start && clause.text.get(part.end..name.span.start) == Some(", ");
        (ends && follows).then_some(name)
    };
    let called = next
        .filter(|name| clause.text.get(part.end..name.span.start) == Some(" "))
        .or_else(named)
        .or_else(further)
        .or_else(closing)
        .filter(|name| !name.possessive && name.span != actor.span);
    if called.is_some() {
        return role(clause, Some(actor), called);
    }
    let said = clause.said(Field::Character, clause.words(part), part).of(clause.name(actor));
    vec![clause.said(Field::Cast, clause.name(actor), &actor.span), said.with(Certainty::Weak)]
}

/// `El policía es Ada Berg`, `Den Wirt spielt Ada Berg`: what the part is opens the sentence, and who it is comes after the verb.
fn named_last(clause: &Clause<'_>, actor: &Name, known: &Known) -> Vec<Statement> {
    const WORDS_MAX: usize = 5;
    let before = clause.lowered.get(..actor.span.start).unwrap_or_default();
    let start = before.rfind(ENDS).map_or(0, |at| at.saturating_add(1));
    let sentence = before.get(start..).unwrap_or_default().trim();
    // `Behind them is a sheriff, and the sheriff is Ada Berg`
    let sentence = sentence.rsplit([',', ':', '–', '—']).next().unwrap_or_default().trim_start();
    let sentence = match sentence.split_once(' ') {
        Some((joiner, rest)) if vocabulary().is_joiner(joiner) => rest,
        _ => sentence,
    };
    let (sentence, is_apposed) = without_apposition(clause, sentence);
    let Some((told, verb)) = sentence.rsplit_once(' ') else { return Vec::new() };
    let (article, noun) = told.split_once(' ').unwrap_or_default();
    let plays = || {
        let hit = vocabulary().triggers.exact(verb);
        hit.is_some_and(|hit| hit.means("strong_plays", clause.language))
            && vocabulary().writes(clause.language, "verb_second")
    };
    let is_told = told.split(' ').count() <= WORDS_MAX
        && clause.is_article(article)
        && !is_indefinite(clause, article)
        && (clause.fits(verb, "copula") || plays())
        && is_noun(clause, noun, &NOUNS);
    let ends = clause.text.get(actor.span.end..).unwrap_or_default().trim_start().is_empty()
        || clause.text.get(actor.span.end..).is_some_and(|rest| rest.starts_with([',', '.', ';', '!']));
    let at = before.get(start..).and_then(|rest| rest.rfind(noun)).map(|at| start.saturating_add(at));
    match at.filter(|_| is_told && (ends || is_apposed) && could_act(clause, known, actor)) {
        Some(at) => told_of(clause, actor, &(at..at.saturating_add(noun.len()))),
        None => Vec::new(),
    }
}

/// Whether a name may be an actor’s, common or not, where a noun for a person tells the part.
fn may_act(clause: &Clause<'_>, known: &Known, name: &Name) -> bool {
    let is_free = !known.crew.contains(&key(clause.name(name))) && !clause.is_comparison(name.span.start);
    // `die Notrufzentrale von Oslo als Schauplatz`: where nouns have capitals, only first names tell people.
    let is_somebody =
        clause.is_sure_person(name) || clause.is_person(name) && !vocabulary().writes(clause.language, "capital_nouns");
    is_somebody && !name.possessive && is_free && !is_title(known, clause.name(name))
}

/// `Zubin Qarth as the baker`: the actor right before the words for playing.
fn beside<'c>(clause: &'c Clause<'_>, hit: &Hit, known: &Known) -> Option<&'c Name> {
    let near = clause.names.iter().rfind(|name| name.span.end < hit.span.start)?;
    let is_beside = clause.text.get(near.span.end..hit.span.start) == Some(" ");
    (is_beside && may_act(clause, known, near)).then_some(near)
}

/// A sentence without what the one is who is named after it (`is that big fella`), and whether it had such words.
fn without_apposition<'t>(clause: &Clause<'_>, sentence: &'t str) -> (&'t str, bool) {
    const WORDS_MAX: usize = 4;
    let places = sentence.rmatch_indices(' ').map(|(at, _)| at).take(WORDS_MAX);
    let verb = places.into_iter().find_map(|at| {
        let words = sentence.get(at..)?.trim_start();
        let head = sentence.get(..at)?;
        let is_led = clause.is_article(words.split(' ').next()?);
        (is_led && clause.fits(head.rsplit(' ').next()?, "copula")).then_some(head)
    });
    verb.map_or((sentence, false), |head| (head, true))
}

/// `a fine scene with Ada Berg, as the daughter who …`: the actor before the comma.
fn set_off<'c>(clause: &'c Clause<'_>, hit: &Hit, known: &Known) -> Option<&'c Name> {
    const ASIDE_WORDS_MAX: usize = 4;
    let near = clause.names.iter().rfind(|name| name.span.end < hit.span.start)?;
    let between = clause.lowered.get(near.span.end..hit.span.start)?;
    // `Ada Berg, aged nine, as the child`, `Ada Berg, lumineuse en infirmière`
    let aside = between.strip_prefix(", ").map(|aside| aside.trim_end_matches([',', ' ']));
    let is_beside = between == ", "
        || aside.is_some_and(|aside| {
            let is_plain = aside.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-'));
            let is_closed = between.ends_with(", ") || !aside.contains(' ');
            is_plain && is_closed && aside.split(' ').count() <= ASIDE_WORDS_MAX && !aside.ends_with(" as")
        });
    (is_beside && may_act(clause, known, near)).then_some(near)
}

/// `Ada Berg, who cannot be more than eleven, is a find as the neighbour’s girl`: whom the sentence is about, however much of it
/// stands between, where it names nobody else.
fn at_distance<'c>(clause: &'c Clause<'_>, hit: &Hit, known: &Known) -> Option<&'c Name> {
    const REACH_BYTES: usize = 140;
    let near = clause.names.iter().rfind(|name| {
        name.span.end < hit.span.start && could_act(clause, known, name) && opens_sentence(clause, name)
    })?;
    let between = clause.text.get(near.span.end..hit.span.start)?;
    let names_other = clause
        .names
        .iter()
        .any(|name| near.span.end <= name.span.start && name.span.end <= hit.span.start && clause.is_sure_person(name));
    let is_one = between.len() <= REACH_BYTES && !between.contains(ENDS) && !between.contains(['(', ')', ':']);
    (is_one && !names_other && !clause.is_elsewhere(hit.span.start)).then_some(near)
}

/// `As her husband, Ada Berg …`, `And as the clerk who would like to help, Ada Berg …`: the part opens the sentence, with whatever
/// is told of it.
fn behind<'c>(clause: &'c Clause<'_>, hit: &Hit, part: &Range<usize>, known: &Known) -> Option<&'c Name> {
    const REACH_BYTES: usize = 120;
    let before = clause.lowered.get(..hit.span.start)?.trim_end();
    let opener = before.rsplit(' ').next().unwrap_or_default();
    let is_opener = vocabulary().is_stop(opener, clause.language) || vocabulary().is_joiner(opener);
    let lead = if is_opener { before.strip_suffix(opener)?.trim_end() } else { before };
    let opens = lead.is_empty() || lead.ends_with(ENDS);
    let actor = clause.names.iter().find(|name| name.span.start >= part.end && clause.is_person(name))?;
    let between = clause.text.get(part.end..actor.span.start)?;
    let told = between.strip_suffix(", ")?.trim_start();
    let verb = told.trim_start_matches(", ").split(' ').next().unwrap_or_default();
    let is_told = told.is_empty() || clause.fits(verb, "relative") || clause.fits(verb, "leads_away");
    let is_one = between.len() <= REACH_BYTES && !between.contains(ENDS);
    // Words that compare stand in what is told of the part, too: `the clerk who would like to help`.
    let is_other = known.crew.contains(&key(clause.name(actor))) || clause.is_comparison(hit.span.start);
    (opens && is_told && is_one && !actor.possessive && !is_other).then_some(actor)
}

#[cfg(test)]
mod tests {
    use super::super::{cast_told as cast, pairs};

    #[test]
    fn what_the_part_is_may_stand_as_the_actors_own() {
        assert_eq!(cast("Julia Berg’s deadpan plumber is a joy."), pairs(&[("Julia Berg", "deadpan plumber")]));
        assert_eq!(cast("Julia Berg’s mother is ill."), []);
    }

    #[test]
    fn what_the_part_is_tells_who_plays_it_without_words_about_acting() {
        assert_eq!(cast("As her husband, Martin Holm has the harder task."), pairs(&[("Martin Holm", "husband")]));
        assert_eq!(
            cast("And as the clerk who would like to help her, Julia Berg keeps explaining how."),
            pairs(&[("Julia Berg", "clerk")])
        );
        assert_eq!(
            cast("Julia Berg, who cannot be more than eleven, turns up in a cap as the neighbour’s girl who sees it."),
            pairs(&[("Julia Berg", "neighbour’s girl")])
        );
        assert_eq!(
            cast("There is a fine scene with Julia Berg, as the daughter who works nights."),
            pairs(&[("Julia Berg", "daughter")])
        );
    }

    #[test]
    fn whom_somebody_is_in_the_story_is_the_part() {
        assert_eq!(cast("Julia Berg is the mother-in-law, Ilse, a nurse."), pairs(&[("Julia Berg", "Ilse")]));
        assert_eq!(
            cast("Julia Berg is Ilse, a nurse; Martin Holm is her husband."),
            pairs(&[("Julia Berg", "Ilse"), ("Martin Holm", "husband")])
        );
        assert_eq!(cast("Julia Berg is the mayor of our town."), []);
        assert_eq!(
            cast("Julia Berg is the mother, and Martin Holm the absent father."),
            pairs(&[("Julia Berg", "mother"), ("Martin Holm", "absent father")])
        );
        assert_eq!(
            cast("The policeman is Martin Holm, who has never been so quiet."),
            pairs(&[("Martin Holm", "policeman")])
        );
    }

    #[test]
    fn a_name_that_follows_is_the_parts() {
        assert_eq!(
            cast("Julia Berg, as the station manager Dot, gets the best lines."),
            pairs(&[("Julia Berg", "Dot")])
        );
    }

    #[test]
    fn who_works_as_something_plays_nobody() {
        assert_eq!(cast("As a nurse, Julia Berg knows what is coming."), []);
    }
}
