//! Names in brackets after a character's, an actor's or a cast's.

use std::ops::Range;

use crate::extraction::Field;
use crate::folding::{key, last_bytes, lower};
use crate::names::{Name, has_given_name, is_person};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{is_known_film, vocabulary};

use super::cast::role;
use super::clause::Clause;
use super::kinds::{NOUNS, is_noun};
use super::subjects::judges;
use super::{Known, is_title};

/// A name in a bracket, and the one right before it.
pub(super) struct Bracket<'c> {
    pub outer: Option<&'c Name>,
    pub inner: &'c Name,
    /// What stands before the bracket.
    pub open: &'c str,
    /// What goes on in it after the name.
    pub inside: &'c str,
}

/// The brackets of a block that may hold an actor or a character: no titles, no years.
pub(super) fn bracketed<'c>(clause: &'c Clause<'_>) -> impl Iterator<Item = Bracket<'c>> {
    clause.names.iter().enumerate().filter_map(|(at, inner)| {
        let open = opening(clause.text.get(..inner.span.start)?)?;
        let after = clause.text.get(inner.span.end..)?;
        if !(fellow(clause, inner).is_some()
            || after.starts_with([')', ']', ',', ';', '）'])
            || is_known_for(clause, inner, after)
            || is_praised(clause, after)
            || is_one_like(clause, inner, after))
            || clause.is_work(&inner.span)
        {
            return None;
        }
        let inside = after.split([')', ']']).next().unwrap_or_default();
        // A year or another director's mark inside the bracket makes it a reference to another work.
        if inside.chars().any(|character| character.is_ascii_digit()) {
            return None;
        }
        let before = clause.names.get(..at).unwrap_or_default();
        let outer = before.iter().rfind(|outer| outer.span.end <= open.len()).filter(|outer| {
            let between = clause.text.get(outer.span.end..open.len());
            between.is_some_and(|between| matches!(between.trim(), "" | "”" | "\"" | "’s" | "'s" | "’"))
        });
        Some(Bracket { outer, inner, open, inside })
    })
}

/// Whether a bracket goes on after a name with what they are known from: `(Ada Berg of Orchard)`, `(Ada Berg – Orchard)`.
fn is_known_for(clause: &Clause<'_>, inner: &Name, after: &str) -> bool {
    const DASHES: [&str; 3] = [" - ", " – ", " — "];
    let lead = after.trim_start().split(' ').next().and_then(|word| vocabulary().facts.exact(word));
    let is_lead = lead.is_some_and(|lead| lead.means("known_lead", clause.language));
    let worded = || after.trim_start().split_once(' ').map(|(_, rest)| rest).filter(|_| is_lead);
    let rest = DASHES.iter().find_map(|dash| after.strip_prefix(dash)).or_else(worded).unwrap_or_default();
    clause.is_sure_person(inner) && rest.trim_start_matches(['“', '"', '‘', '\'']).starts_with(char::is_uppercase)
}

/// Whether a bracket is somebody as they are here: `(un Ada Berg piuttosto spaesato)`.
fn is_one_like(clause: &Clause<'_>, inner: &Name, after: &str) -> bool {
    const WORDS_MAX: usize = 4;
    let inside = after.split([')', ']']).next().unwrap_or_default();
    let before = clause.lowered.get(..inner.span.start).unwrap_or_default().trim_end();
    let lead = before.rsplit([' ', '(']).next().unwrap_or_default();
    let is_plain = inside.starts_with(' ') && inside.split_whitespace().count() <= WORDS_MAX;
    clause.fits(lead, "indefinite") && before.ends_with(&format!("({lead}")) && is_plain && clause.is_sure_person(inner)
}

/// Whether a bracket goes on after a name with how they act: `(Ada Berg at her best)`.
fn is_praised(clause: &Clause<'_>, after: &str) -> bool {
    const BYTES_MAX: usize = 60;
    let inside = after.split([')', ']']).next().unwrap_or_default();
    let is_plain = inside.starts_with(' ')
        && inside.len() <= BYTES_MAX
        && !inside.contains(char::is_uppercase)
        && inside.split([' ', ',']).all(|word| clause.is_plain(word));
    is_plain
        && judges(clause, inside)
        && vocabulary().triggers.find(inside, clause.language).iter().all(|hit| !hit.means("plays", clause.language))
}

/// The second of two names that a bracket holds: `(Ada Berg and Per Holm)`.
fn fellow<'c>(clause: &'c Clause<'_>, inner: &Name) -> Option<&'c Name> {
    let after = clause.text.get(inner.span.end..)?;
    let word = after.strip_prefix(' ')?.split(' ').next()?;
    let next = clause.names.iter().find(|name| name.span.start > inner.span.end)?;
    let closes = closes_bracket(clause, clause.text.get(next.span.end..)?);
    let gap = next.span.start.saturating_sub(inner.span.end);
    (closes && vocabulary().is_joiner(&lower(word)) && gap == word.len().saturating_add(2)).then_some(next)
}

/// Whether a bracket ends here, at once or with the word for `in this order`.
fn closes_bracket(clause: &Clause<'_>, after: &str) -> bool {
    let rest = after.split([')', ']', '）']).next().unwrap_or_default();
    rest.is_empty() || clause.fits(rest.trim_start_matches(',').trim(), "in_this_order")
}

/// `Character (Actor)`, and `Actor (Character)` where credits list the one outside.
pub(super) fn brackets(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for Bracket { outer, inner, open, inside } in bracketed(clause) {
        let inner_words = clause.name(inner);
        // `Ada Berg as Ilse (Protagonist)`: what stands after a part is a note on it.
        let is_note = outer.is_some_and(|outer| {
            let lead = clause.lowered.get(..outer.span.start).unwrap_or_default();
            lead.ends_with(" as ") && !clause.is_sure_person(inner)
        });
        if is_note {
            continue;
        }
        if let Some(couple) = couple(clause, known, outer, inner) {
            statements.extend(couple);
            continue;
        }
        if let Some(outer) = outer.filter(|outer| lists_works(inside) && clause.is_person(outer)) {
            if !known.crew.contains(&key(clause.name(outer))) && !is_introduced(clause, outer) {
                statements.push(clause.said(Field::Cast, clause.name(outer), &outer.span));
            }
            continue;
        }
        match outer {
            Some(outer) if clause.is_work(&outer.span) => {}
            Some(outer) if is_title(known, clause.name(outer)) && !is_in_row(clause, known, outer, inner) => {}
            Some(outer) => statements.extend(bracket_pair(clause, known, outer, inner)),
            None if is_person(inner_words) && is_described(clause, open) && !known.crew.contains(&key(inner_words)) => {
                // A bracket may give a character's name too; people's first names are mostly known ones.
                let named = in_apposition(clause, open.len())
                    .map(|part| clause.said(Field::Character, clause.name(part), &part.span).of(inner_words));
                // `from the street (it’s Ada Berg)`: who it is, and of nobody told right before.
                let lead = clause.lowered.get(open.len()..inner.span.start).unwrap_or_default();
                let is_pronoun = lead.split(' ').any(|word| clause.fits(word.trim_start_matches('('), "names_who"));
                let told = || described(clause, open.len(), inner_words).filter(|_| !is_pronoun);
                let character = named.or_else(told);
                let is_sure = has_given_name(inner_words) || character.is_some();
                let certainty = if is_sure { Certainty::Plain } else { Certainty::Weak };
                statements.push(clause.said(Field::Cast, inner_words, &inner.span).with(certainty));
                statements.extend(character);
            }
            None => {}
        }
        let second = fellow(clause, inner).filter(|name| clause.is_person(name));
        let first = statements.last().filter(|one| one.field == Field::Character || one.field == Field::Cast);
        let certainty = first.filter(|one| one.value == inner_words || one.subject.as_deref() == Some(inner_words));
        let certainty = certainty.map(|one| one.certainty);
        statements.extend(
            second
                .zip(certainty)
                .map(|(name, certainty)| clause.said(Field::Cast, clause.name(name), &name.span).with(certainty)),
        );
    }
    statements
}

/// `Ilse and Tom Holt (Ada Berg and Per Holm)`: two characters before a bracket of two actors, in the same order.
fn couple(clause: &Clause<'_>, known: &Known, outer: Option<&Name>, inner: &Name) -> Option<Vec<Statement>> {
    const JOINED_BYTES_MAX: usize = 6;
    let outer = outer?;
    let at = |name: &Name| clause.names.iter().position(|one| one.span == name.span);
    let first = clause.names.get(at(outer)?.checked_sub(1)?)?;
    let second_inner = clause.names.get(at(inner)?.checked_add(1)?)?;
    let joins = |left: &Name, right: &Name| {
        let between = clause.text.get(left.span.end..right.span.start).unwrap_or_default();
        let joiner = lower(between.trim().trim_start_matches(',').trim());
        between.len() <= JOINED_BYTES_MAX && (vocabulary().is_joiner(&joiner) || between.trim() == ",")
    };
    let closes = closes_bracket(clause, clause.text.get(second_inner.span.end..)?);
    let is_free = |name: &Name| {
        clause.is_person(name) && !known.crew.contains(&key(clause.name(name))) && !clause.is_work(&name.span)
    };
    // `the sisters Ada Berg and Ida Lund (Orchard, Ash)` act themselves.
    let is_part = |name: &Name| !is_listed(clause, known, name) && !clause.is_work(&name.span);
    let is_couple = closes
        && joins(first, outer)
        && joins(inner, second_inner)
        && [inner, second_inner].into_iter().all(is_free)
        && [first, outer].into_iter().all(is_part);
    is_couple.then(|| pair(clause, first, inner).into_iter().chain(pair(clause, outer, second_inner)).collect())
}

/// `Ilse (Ada Berg) and Tom (Per Holm)`, in a review of a film that is called after one of its characters: another pair
/// in the same sentence tells that the bracket holds an actor, where a director's would stand too.
fn is_in_row(clause: &Clause<'_>, known: &Known, outer: &Name, inner: &Name) -> bool {
    const REACH_BYTES: usize = 60;
    let is_free = !known.crew.contains(&key(clause.name(inner))) && clause.is_sure_person(inner);
    is_free
        && bracketed(clause).any(|other| {
            let Some(part) = other.outer.filter(|part| part.span != outer.span) else { return false };
            let gap = part
                .span
                .start
                .checked_sub(inner.span.end)
                .or_else(|| outer.span.start.checked_sub(other.inner.span.end));
            let between = if part.span.start > inner.span.end {
                inner.span.end..part.span.start
            } else {
                other.inner.span.end..outer.span.start
            };
            gap.is_some_and(|gap| gap <= REACH_BYTES)
                && !clause.words(&between).contains(['.', '!', '?'])
                && clause.is_person(other.inner)
                && !is_title(known, clause.name(part))
        })
}

/// `Ada Berg (the wife of his boss)`: an actor, and words for whom they play.
pub(super) fn described_after(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    const WORDS_MAX: usize = 7;
    let mut statements = Vec::new();
    for name in clause.names.iter().filter(|name| clause.is_sure_person(name)) {
        let Some(inside) = clause.text.get(name.span.end..).and_then(|rest| rest.strip_prefix(" (")?.split(')').next())
        else {
            continue;
        };
        // `Per Lund (the baker, very friendly)`: a noun for a person says all.
        let noun = inside.split(',').next().unwrap_or_default();
        let is_noun = noun.len() < inside.len() && is_noun(clause, noun, &NOUNS);
        let inside = if is_noun { noun } else { inside };
        let Some((article, words)) = inside.split_once(' ') else { continue };
        if let Some(part) = named_in(clause, name, inside).filter(|_| !known.crew.contains(&key(clause.name(name)))) {
            statements.push(clause.said(Field::Cast, clause.name(name), &name.span));
            statements.push(clause.said(Field::Character, clause.words(&part), &part).of(clause.name(name)));
            continue;
        }
        // `Per Lund (Ilse’s father)`
        let is_owner = is_owner(article);
        let is_role = (is_owner || clause.is_article(article))
            && words.split(' ').count() <= WORDS_MAX
            && !words.contains(char::is_uppercase)
            && words.split(' ').all(|word| clause.is_plain(word));
        if !is_role || known.crew.contains(&key(clause.name(name))) || clause.is_comparison(name.span.start) {
            continue;
        }
        let open = name.span.end.saturating_add(2);
        let start = if is_owner { open } else { open.saturating_add(article.len()).saturating_add(1) };
        let span = start..open.saturating_add(inside.len());
        statements.push(clause.said(Field::Cast, clause.name(name), &name.span));
        let said = clause.said(Field::Character, clause.words(&span), &span).of(clause.name(name));
        statements.push(said.with(Certainty::Weak));
    }
    statements
}

/// `Ada Berg (bossy, barefoot Ilse)`: one name at the end of a bracket, behind words that describe whom it means.
fn named_in(clause: &Clause<'_>, name: &Name, inside: &str) -> Option<Range<usize>> {
    const WORDS_MAX: usize = 5;
    let open = name.span.end.saturating_add(" (".len());
    let end = open.saturating_add(inside.len());
    let part = clause.names.iter().find(|part| open < part.span.start && part.span.end == end && part.words == 1)?;
    let told = clause.text.get(open..part.span.start)?;
    let is_plain = |word: &str| !word.is_empty() && clause.is_plain(word.trim_end_matches(','));
    let words: Vec<&str> = told.split_whitespace().collect();
    let leads_away = words.iter().any(|word| {
        clause.fits(word, "signed_by") || vocabulary().is_stop(word, clause.language) && !clause.is_article(word)
    });
    let describes = !words.is_empty() && words.len() <= WORDS_MAX && words.iter().all(|word| is_plain(word));
    (describes && !leads_away && !clause.is_work(&part.span)).then(|| part.span.clone())
}

/// What stands before a bracket that opens right before a name, or before a word or three that praise it:
/// `Ilse (the magnificent Ida Lund)`.
fn opening(before: &str) -> Option<&str> {
    const PRAISE_WORDS_MAX: usize = 3;
    let open = before.rfind(['(', '[', '（'])?;
    let praise = before.get(open..)?.trim_start_matches(['(', '[', '（']);
    // An article belongs to a title: `Per Lund (The Long Snow, Orchard)`.
    let praise = praise.strip_prefix("The ").or_else(|| praise.strip_prefix("A ")).unwrap_or(praise);
    // `(großartig: Ada Berg)`
    let praise = praise.strip_suffix(": ").filter(|praise| !praise.contains([' ', ')'])).map_or(praise, |_| "");
    let words = praise.split(' ').filter(|word| !word.is_empty());
    let is_praise = praise.is_empty()
        || praise.ends_with(' ')
            && words.clone().count() <= PRAISE_WORDS_MAX
            && words.clone().all(|word| word.chars().all(|c| c.is_lowercase() || c == '-' || c == '’' || c == '\''))
            && !words
                .clone()
                .any(|word| matches!(word, "by" | "from" | "like" | "see" | "in" | "with" | "and" | "de" | "von"));
    (is_praise || is_known_from(praise)).then(|| before.get(..open)).flatten()
}

/// `Ilse (The Long Snow’s Ida Lund)`: what an actor is known from.
fn is_known_from(lead: &str) -> bool {
    const WORDS_MAX: usize = 5;
    let ending = ["’s ", "'s ", "’ ", "' "];
    let owner = ending.iter().find_map(|ending| lead.strip_suffix(ending));
    owner.is_some_and(|owner| {
        owner.split(' ').count() <= WORDS_MAX && owner.starts_with(|c: char| c.is_uppercase() || "“\"‘".contains(c))
    })
}

/// Whether a word is whose somebody is: `Ilse’s`.
fn is_owner(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && (word.ends_with("’s") || word.ends_with("'s"))
}

/// The character whom words without a name describe: `an old man (Per Holm)`, `the vicar (Ida Lund)`.
pub(super) fn described(clause: &Clause<'_>, end: usize, actor: &str) -> Option<Statement> {
    const WORDS_MAX: usize = 5;
    let head = clause.text.get(..end)?.trim_end().trim_end_matches(',');
    // `the otter is voiced by`
    let head = head.rsplit_once(' ').filter(|(_, verb)| clause.fits(verb, "copula")).map_or(head, |(head, _)| head);
    let head = without_relative(clause, head);
    let sentence = head.rfind(['.', ',', ';', ':', '(', '!', '?', '“', '—', '–']).map_or(0, |at| at.saturating_add(1));
    let sentence = (sentence..head.len()).find(|at| head.is_char_boundary(*at))?;
    let phrase = head.get(sentence..)?;
    let mut starts =
        phrase.match_indices(' ').map(|(at, _)| at.saturating_add(1)).chain(std::iter::once(0)).collect::<Vec<_>>();
    starts.sort_unstable();
    let opens = |at: &usize| phrase.get(*at..).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    let lead = starts.into_iter().rev().take(WORDS_MAX.saturating_add(1));
    let article = lead.into_iter().find(|at| clause.is_article(opens(at)) || is_owner(opens(at)))?;
    // `Ilse’s mother (Ida Lund)`: whose mother she is belongs to the part, as an article does not.
    let lead = if is_owner(opens(&article)) { opens(&article).len().saturating_add(1) } else { 0 };
    let start = article.saturating_add(phrase.get(article..)?.find(' ')?).saturating_add(1);
    let words = phrase.get(start..)?;
    let is_plain = !words.is_empty() && words.split(' ').all(|word| clause.is_plain(word));
    // `the supporting cast (Ada Berg)`
    let is_all = vocabulary().triggers.exact(words).is_some_and(|hit| hit.means("ensemble", clause.language));
    let is_plain = is_plain && !is_all;
    let span = sentence.saturating_add(start).saturating_sub(lead)..head.len();
    is_plain.then(|| clause.said(Field::Character, clause.words(&span), &span).of(actor).with(Certainty::Weak))
}

/// A text without the relative clause that it ends with: `The nurse, who used to sing,`.
fn without_relative<'t>(clause: &Clause<'_>, head: &'t str) -> &'t str {
    const REACH_BYTES: usize = 120;
    let Some(told) = head.trim_end().strip_suffix(',') else { return head };
    let near = last_bytes(told, REACH_BYTES);
    let sentence = near.rsplit(['.', '!', '?', ';', ':']).next().unwrap_or_default();
    let relative = sentence.match_indices(", ").find(|(at, comma)| {
        let word = sentence.get(at.saturating_add(comma.len())..).and_then(|rest| rest.split(' ').next());
        word.is_some_and(|word| clause.fits(word, "relative"))
    });
    let at = relative.map(|(at, _)| told.len().saturating_sub(sentence.len()).saturating_add(at));
    at.and_then(|at| told.get(..at)).unwrap_or(head)
}

/// `Ilse, a former agent of the state played by Ada Berg`, `Ilse, a baker (Ada Berg)`: whom the words
/// before a place describe.
pub(super) fn in_apposition<'c>(clause: &'c Clause<'_>, end: usize) -> Option<&'c Name> {
    const BYNAME_WORDS_MAX: usize = 3;
    const REACH_BYTES: usize = 80;
    clause.names.iter().rfind(|name| {
        let between = clause.text.get(name.span.end..end).unwrap_or_default();
        // `Ilse the dog (Ada Berg)`
        let is_byname = between.starts_with(" the ") && between.split_whitespace().count() <= BYNAME_WORDS_MAX;
        // `Ilse is a nurse, played by Ada Berg`
        let predicate = between
            .strip_prefix(' ')
            .and_then(|rest| rest.split_once(' '))
            .filter(|(verb, _)| clause.fits(verb, "copula"));
        let apposition = between.strip_prefix(if is_byname { " " } else { ", " });
        let lead = predicate.map(|(_, rest)| rest).or(apposition).and_then(|rest| rest.split(' ').next());
        between.len() <= REACH_BYTES
            && !between.contains(['.', ';', '!', '?', '('])
            && lead.is_some_and(|word| clause.is_article(word))
            && !clause.is_work(&name.span)
            && !is_acronym(clause.name(name))
    })
}

/// `the CIA`, `an ISI agent`: letters that no character is called by.
pub(super) fn is_acronym(words: &str) -> bool {
    const LETTERS_MAX: usize = 4;
    (2..=LETTERS_MAX).contains(&words.chars().count()) && words.chars().all(char::is_uppercase)
}

/// Whether a bracket goes on after a comma with another title: an actor's other films, not an actor.
pub(super) fn lists_works(inside: &str) -> bool {
    let Some((_, rest)) = inside.split_once(", ") else { return false };
    let first = rest.split(' ').next().unwrap_or_default();
    first.chars().count() > 1
        && first.chars().next().is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit())
}

fn bracket_pair(clause: &Clause<'_>, known: &Known, outer: &Name, inner: &Name) -> Vec<Statement> {
    let (outer_words, inner_words) = (clause.name(outer), clause.name(inner));
    if is_listed(clause, known, outer) {
        let part = clause.said(Field::Character, inner_words, &inner.span).of(outer_words).with(Certainty::Weak);
        // `Ada Berg (Oldboy)`: what an actor is known from.
        let part = Some(part).filter(|_| !is_known_film(&key(inner_words)));
        return std::iter::once(clause.said(Field::Cast, outer_words, &outer.span)).chain(part).collect();
    }
    if is_person(inner_words) && !known.crew.contains(&key(outer_words)) {
        return pair(clause, outer, inner);
    }
    // `Ada Berg (Ilse)`: a first name alone is no film that a director made.
    let closes = clause.text.get(inner.span.end..).is_some_and(|rest| rest.starts_with(')'));
    let is_first_name =
        inner.words == 1 && vocabulary().is_given_name(&lower(inner_words)) && !is_known_film(&key(inner_words));
    if closes && is_first_name && clause.is_sure_person(outer) && !known.crew.contains(&key(outer_words)) {
        return role(clause, Some(outer), Some(inner));
    }
    Vec::new()
}

/// Whether the one before a bracket is the actor: credits list them, or a word such as `starring` introduces them.
pub(super) fn is_listed(clause: &Clause<'_>, known: &Known, outer: &Name) -> bool {
    let words = clause.name(outer);
    is_person(words) && (known.cast.contains(&key(words)) || is_introduced(clause, outer))
}

/// The actor inside, the character outside.
pub(super) fn pair(clause: &Clause<'_>, outer: &Name, inner: &Name) -> Vec<Statement> {
    let certainty = if clause.is_comparison(outer.span.start) { Certainty::Weak } else { Certainty::Plain };
    vec![
        clause.said(Field::Cast, clause.name(inner), &inner.span).with(certainty),
        clause.said(Field::Character, clause.name(outer), &outer.span).of(clause.name(inner)).with(certainty),
    ]
}

/// Whether a trigger such as `starring` or `director` stands right before a name.
fn is_introduced(clause: &Clause<'_>, name: &Name) -> bool {
    clause.hits.iter().any(|hit| {
        hit.span.end <= name.span.start
            && name.span.start.saturating_sub(hit.span.end) <= 2
            && (hit.means("cast_after", clause.language) || hit.means("director_after", clause.language))
    })
}

/// Whether lower-case words (`his sister`, `a film executive`) stand before a bracket.
fn is_described(clause: &Clause<'_>, before: &str) -> bool {
    before.trim_end().rsplit(' ').next().is_some_and(|word| {
        // `the moody score (Ada Berg)`
        let is_craft = clause.fits(word, "craft_noun");
        word.chars().all(char::is_alphabetic) && word.chars().next().is_some_and(char::is_lowercase) && !is_craft
    })
}

/// `an all-star cast (A, B, C)`: a bracket of names alone after the word for all of them.
pub(super) fn ensemble(clause: &Clause<'_>) -> Vec<Statement> {
    const REACH_BYTES: usize = 80;
    const NAMES_MIN: usize = 2;
    let mut statements = Vec::new();
    for hit in clause.triggers("ensemble") {
        let Some(rest) = clause.text.get(hit.span.end..) else { continue };
        let Some(open) = rest.find('(').filter(|open| *open <= REACH_BYTES) else { continue };
        if rest.get(..open).is_none_or(|between| between.contains(['.', ';', ':', '!', '?'])) {
            continue;
        }
        let start = hit.span.end.saturating_add(open).saturating_add(1);
        let Some(end) = clause.text.get(start..).and_then(|inside| inside.find(')')).map(|at| start.saturating_add(at))
        else {
            continue;
        };
        let inside: Vec<&Name> = clause.names_after(start, 0).into_iter().filter(|name| name.span.end <= end).collect();
        if inside.len() >= NAMES_MIN && inside.iter().all(|name| clause.is_person(name)) {
            statements.extend(inside.iter().map(|name| clause.said(Field::Cast, clause.name(name), &name.span)));
        }
    }
    statements
}
