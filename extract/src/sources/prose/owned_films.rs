//! Whose film it is, told by a possessive or a preposition beside the title or the kind of film: `Berg’s taut thriller`, `“The
//! Long Snow” by Ada Berg`, `this murder mystery from Ada Berg`.

use crate::extraction::Field;
use crate::folding::{key, last_bytes, lower, start_of};
use crate::names::{Name, has_given_name};
use crate::statement::{Certainty, Statement};
use crate::values::{is_genre, year};
use crate::vocabulary::{Hit, Trade, trade_of, vocabulary};

use super::clause::Clause;
use super::genres::is_film_noun;
use super::{Known, is_title};

/// `this murder mystery from Ada Berg`, `un film français d’Ada Berg`: whom a kind of film is by.
pub(super) fn kind_by(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let people = clause.names.iter().filter(|name| clause.is_sure_person(name) && !name.possessive);
    let people = people.filter(|name| follows_kind(clause, name));
    let people = people
        .filter(|name| !clause.is_comparison(name.span.start) && !known.critics.contains(&key(clause.name(name))));
    people.map(|name| clause.said(Field::Director, clause.name(name), &name.span)).collect()
}

/// Whether a kind of film and the word for whose it is stand right before a name, with a year or an adjective between them.
fn follows_kind(clause: &Clause<'_>, name: &Name) -> bool {
    const BEFORE_BYTES: usize = 80;
    let before = last_bytes(clause.lowered.get(..name.span.start).unwrap_or_default(), BEFORE_BYTES);
    let before = without_somebody(clause, before);
    let elided = before.strip_suffix("d’").or_else(|| before.strip_suffix("d'"));
    let led = before.strip_suffix(' ').and_then(|before| before.rsplit_once(' '));
    let led = led.filter(|(_, lead)| clause.fits(lead, "signed_by")).map(|(told, _)| told);
    let Some(told) = elided.or(led) else { return false };
    let mut words = past_year(clause, told.trim_end()).rsplit(' ');
    let (last, before_last) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_kind = |word: &str| is_genre(word) || vocabulary().is_genre_noun(word);
    // `película española de`: English puts its adjectives before.
    let is_qualified = clause.language != "en"
        && clause.is_plain(last)
        && !vocabulary().is_stop(last, clause.language)
        && (is_kind(before_last) || is_film_noun(before_last));
    is_kind(last) || is_qualified
}

/// A text without what somebody is who is then named: `a film from a chap by the name of`.
fn without_somebody<'t>(clause: &Clause<'_>, before: &'t str) -> &'t str {
    const WORDS_MAX: usize = 4;
    let told = before.trim_end();
    let spaces = told.rmatch_indices(' ').map(|(at, _)| at).take(WORDS_MAX);
    let called = spaces.map(|at| told.split_at(at)).find(|(_, lead)| clause.fits(lead.trim_start(), "by_name"));
    let Some((told, _)) = called else { return before };
    let mut starts = told.trim_end().rmatch_indices(' ').map(|(at, _)| at.saturating_add(1)).take(WORDS_MAX);
    let article = starts.find(|at| {
        let word = told.get(*at..).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        clause.fits(word, "indefinite")
    });
    article.and_then(|at| told.get(..at)).unwrap_or(before)
}

/// A text without the year that it ends with, and what leads to that: `ein Drama aus dem Jahr 1922`.
fn past_year<'t>(clause: &Clause<'_>, told: &'t str) -> &'t str {
    let is_year =
        told.rsplit(' ').next().is_some_and(|last| year(last).is_some_and(|(_, span)| span.len() == last.len()));
    let Some(head) = told.rsplit_once(' ').map(|(head, _)| head).filter(|_| is_year) else { return told };
    let lead = vocabulary().facts.find(head, clause.language).into_iter().next_back();
    let lead = lead.filter(|hit| hit.means("of_year", clause.language) && hit.span.end == head.len());
    lead.and_then(|hit| head.get(..hit.span.start)).map_or(told, str::trim_end)
}

/// `Berg’s ‘The Long Snow’`: whose the film is that its own title follows, where nobody knows them for another trade.
pub(super) fn owners_of_title(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let owners = clause.names.iter().filter(|name| name.possessive && !clause.is_comparison(name.span.start));
    let directs = |name: &&Name| match trade_of(&key(clause.name(name))) {
        Some(trade) => matches!(trade, Trade::Director | Trade::ActorDirector),
        None => clause.is_sure_person(name) && has_given_name(clause.name(name)),
    };
    let owns = |name: &&Name| {
        let rest = clause.lowered.get(name.span.end..).unwrap_or_default();
        let rest = rest.strip_prefix("’s ").or_else(|| rest.strip_prefix("'s ")).or_else(|| rest.strip_prefix("’ "));
        let work = rest.map(|rest| rest.trim_start_matches(['“', '"', '‘', '\'', '«', '_']));
        work.is_some_and(|work| {
            known.lowered_titles.iter().any(|title| title.len() > 1 && work.starts_with(title.as_str()))
        })
    };
    let owners = owners.filter(directs).filter(owns);
    owners.map(|name| clause.said(Field::Director, clause.name(name), &name.span)).collect()
}

/// `Ada Berg filmed The Long Snow in six days`: who made the film, told by the verb and its own title.
pub(super) fn made(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    const VERB_BYTES: usize = 60;
    const TITLE_BYTES: usize = 30;
    let mut statements = Vec::new();
    let people = clause.names.iter().filter(|name| clause.is_sure_person(name) && !name.possessive);
    let people = people.filter(|name| !clause.is_comparison(name.span.start) && !clause.is_supposed(name.span.start));
    for name in people {
        let rest = clause.lowered.get(name.span.end..).unwrap_or_default();
        let near = start_of(rest, rest.find(['.', ';', '!', '(', ':']).unwrap_or(rest.len()).min(VERB_BYTES));
        let mut verbs = vocabulary().facts.find(near, clause.language).into_iter();
        let Some(verb) = verbs.find(|hit| hit.means("filmed", clause.language)) else { continue };
        let told = start_of(rest.get(verb.span.end..).unwrap_or_default(), TITLE_BYTES);
        let works = clause.lowered.get(name.span.end.saturating_add(verb.span.end)..).unwrap_or_default();
        let is_own = known.lowered_titles.iter().filter(|title| title.chars().count() > 2).any(|title| {
            let at = works.find(title.as_str()).filter(|at| *at < told.len());
            at.and_then(|at| told.get(..at)).is_some_and(|lead| !lead.contains([',', '.', ';']))
        });
        // `Ada Berg, whose uncle owns it, filmed it alone`
        let is_it = !told.is_empty()
            && clause.fits(rest.get(verb.span.clone()).unwrap_or_default(), "only_filmed")
            && told
                .strip_prefix(" it")
                .is_some_and(|rest| rest.starts_with([' ', ',', '.']) && !rest.starts_with(" to "));
        let is_own = is_own || is_it;
        let is_free = !known.critics.contains(&key(clause.name(name)))
            && clause.names.iter().all(|other| {
                let at = other.span.start.checked_sub(name.span.end);
                at.is_none_or(|at| at >= verb.span.start || !clause.is_sure_person(other))
            });
        if is_own && is_free {
            statements.push(clause.said(Field::Director, clause.name(name), &name.span));
        }
    }
    statements
}

/// `brothers Ada and Per Lund, making their debut feature, The Long Snow`: whose the film is, told as one of theirs.
pub(super) fn own_feature(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    const REACH_BYTES: usize = 160;
    const QUALITIES_MAX: usize = 2;
    let mut statements = Vec::new();
    for title in known.lowered_titles.iter().filter(|title| title.chars().count() > 2) {
        let Some(at) = clause.lowered.find(title.as_str()) else { continue };
        let before = last_bytes(clause.lowered.get(..at).unwrap_or_default(), REACH_BYTES);
        let sentence = before.rsplit(['.', '!', '?', ';', ':']).next().unwrap_or_default();
        let told = sentence.trim_end_matches([' ', ',', '“', '"', '‘', '«', '(', '_']);
        let mut words = told.rsplit(' ').map(|word| word.trim_matches(','));
        // `her second feature`, `sua opera prima`
        let is_film = words.next().is_some_and(|noun| is_film_noun(noun) || clause.fits(noun, "feature_noun"));
        let is_own = words.by_ref().take(QUALITIES_MAX.saturating_add(1)).any(|word| clause.fits(word, "own_work"));
        // `Ada Berg shines in her first film`
        let is_within = words.next().is_some_and(|word| clause.fits(word, "within_work"));
        if !is_film || !is_own || is_within {
            continue;
        }
        let start = at.saturating_sub(sentence.len());
        let within = |name: &&Name| start <= name.span.start && name.span.end <= at;
        let mut people =
            clause.names.iter().filter(within).filter(|name| clause.is_sure_person(name) && !name.possessive);
        let last = people.next_back().filter(|name| !clause.is_comparison(name.span.start));
        statements.extend(last.into_iter().flat_map(|last| {
            let listed = clause.list_ending_with(last).into_iter().filter(|name| clause.is_sure_person(name));
            let is_actor = trade_of(&key(clause.name(last))) == Some(Trade::Actor);
            let certainty = if is_actor { Certainty::Weak } else { Certainty::Plain };
            let said = move |name: &Name| clause.said(Field::Director, clause.name(name), &name.span).with(certainty);
            listed.chain([last]).map(said).collect::<Vec<_>>()
        }));
    }
    statements
}

/// Whether a phrase, or its first word (`film is a`), is of a meaning.
fn owns(clause: &Clause<'_>, hit: &Hit, meaning: &'static str) -> bool {
    let phrase = clause.lowered.get(hit.span.clone()).unwrap_or_default();
    let noun = phrase.split_once(' ').and_then(|(noun, _)| vocabulary().triggers.exact(noun));
    hit.means(meaning, clause.language) || noun.is_some_and(|noun| noun.means(meaning, clause.language))
}

/// `Name's taut thriller`, `Name's screenplay`.
pub(super) fn possessives(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    const GAP_WORDS_MAX: usize = 6;
    let mut statements = Vec::new();
    let owners = clause.names.iter().filter(|name| name.possessive && clause.is_person(name));
    for name in owners.filter(|name| !clause.owns_other_film(name, &known.titles)) {
        let Some(hit) = clause.hits.iter().find(|hit| {
            hit.span.start > name.span.end
                && (owns(clause, hit, "director_possessive") || owns(clause, hit, "writer_possessive"))
        }) else {
            continue;
        };
        let between = clause.text.get(name.span.end..hit.span.start).unwrap_or_default();
        let words: Vec<&str> =
            between.split(' ').filter(|word| word.chars().any(char::is_alphanumeric)).skip(1).collect();
        // `Ana Lima, Ida Lund’s drama` is theirs who act in it; directors who share a film share it by `and`, or a surname.
        let listed = clause.list_ending_with(name);
        let is_billing = listed.iter().any(|other| {
            let between = clause.text.get(other.span.end..name.span.start).unwrap_or_default();
            // `The Long Snow, Ada Berg’s third feature`, where an article is no part of the name
            let is_ours = is_title(known, clause.words(&other.span));
            clause.is_person(other) && between.trim() == "," && !is_ours
        });
        // `Ada Berg’s film club`
        let rest = clause.lowered.get(hit.span.end..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        let is_compound = clause.fits(rest.split([' ', ',', '.']).next().unwrap_or_default(), "film_compound");
        let is_close = !is_billing
            && !is_compound
            && words.len() <= GAP_WORDS_MAX
            && !between.contains(['.', ';', ':', '!', '?', '(', ')']);
        let only_lower = words.iter().all(|word| {
            word.chars().next().is_some_and(|first| !first.is_uppercase())
                || word.chars().next().is_some_and(|c| c.is_ascii_digit())
                || is_genre(&lower(word))
        });
        if !is_close || !only_lower {
            continue;
        }
        let field = if owns(clause, hit, "writer_possessive") { Field::Writer } else { Field::Director };
        // `character`, `performance` before the noun make it the actor's; an article makes it another phrase's.
        if words.iter().any(|word| clause.fits(word, "not_directed") || clause.is_article(word)) {
            continue;
        }
        // A director known by the surname owns the script in a manner of speaking.
        let is_star = field == Field::Director && trade_of(&key(clause.name(name))) == Some(Trade::Actor);
        let is_loose = is_star || field == Field::Writer && clause.is_surname(name);
        let certainty =
            if is_loose || clause.is_comparison(name.span.start) { Certainty::Weak } else { Certainty::Plain };
        statements.push(clause.said(field, clause.name(name), &name.span).with(certainty));
        // `Ada Berg and Per Lund’s script`
        if let (Field::Writer, [other]) = (field, listed.as_slice())
            && clause.is_sure_person(other)
        {
            statements.push(clause.said(field, clause.name(other), &other.span).with(Certainty::Sure.min(certainty)));
        }
    }
    statements
}

/// `The latest Ada Berg film`: whose film it is, told like a kind of film.
pub(super) fn latest(clause: &Clause<'_>) -> Vec<Statement> {
    let is_latest = |name: &&Name| {
        let lead = clause.lowered.get(..name.span.start).unwrap_or_default().trim_end().rsplit(' ').next();
        let after = clause.lowered.get(name.span.end..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        let noun = after.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        lead.is_some_and(|word| clause.fits(word, "latest")) && clause.fits(noun, "film_noun")
    };
    let people = clause.names.iter().filter(|name| clause.is_sure_person(name) && !name.possessive).filter(is_latest);
    let people = people.filter(|name| trade_of(&key(clause.name(name))) != Some(Trade::Actor));
    // A star's film may be told so as well.
    people.map(|name| clause.said(Field::Director, clause.name(name), &name.span).with(Certainty::Weak)).collect()
}

/// `Name's “Title”`: mostly its director, at times its star.
pub(super) fn titled(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for name in clause.names.iter().filter(|name| name.possessive && clause.is_person(name)) {
        // Past the possessive's ending, which languages spell differently.
        let rest = clause.text.get(name.span.end..).and_then(|rest| rest.split_once(' ')).map_or("", |(_, rest)| rest);
        let rest = rest.trim_start_matches([' ', '“', '"', '‘', '«']);
        let follows = known.titles.iter().any(|title| {
            !title.is_empty()
                && key(&rest.chars().take(title.chars().count().saturating_add(8)).collect::<String>())
                    .starts_with(title.as_str())
        });
        // `I read Ada Berg’s “Orchard”`: the book.
        let is_book = clause
            .triggers("comparison")
            .any(|hit| hit.span.end < name.span.start && name.span.start.saturating_sub(hit.span.end) <= 2);
        if follows && !is_book {
            // An actor may own a film in a critic's words too, and credits that name a director leave no doubt.
            let owner = key(clause.name(name));
            let is_star =
                known.cast.contains(&owner) || !known.crew.is_empty() || clause.is_comparison(name.span.start);
            let certainty = if is_star { Certainty::Weak } else { Certainty::Plain };
            statements.push(clause.said(Field::Director, clause.name(name), &name.span).with(certainty));
        }
    }
    statements
}

/// `my favourite short stories, The Long Snow by`: whether the title at a place is a book's.
fn is_title_of_book(clause: &Clause<'_>, at: usize) -> bool {
    const REACH_BYTES: usize = 40;
    let before = last_bytes(clause.lowered.get(..at).unwrap_or_default(), REACH_BYTES);
    let sentence = before.rsplit(['.', '!', '?', ';']).next().unwrap_or_default();
    let facts = vocabulary().facts.find(sentence, clause.language);
    facts.iter().any(|hit| hit.means("book_noun", clause.language))
}

/// `“Title” by Name`, `Title, de Name`: its director, unless the text speaks of the book.
pub(super) fn signed(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for title in known.lowered_titles.iter().filter(|title| title.chars().count() > 2) {
        let Some(at) = clause.lowered.find(title.as_str()) else { continue };
        let end = at.saturating_add(title.len());
        let rest = clause.lowered.get(end..).unwrap_or_default();
        let lead = rest.trim_start_matches(['”', '"', '’', '\'', '»', '“', ' ', '-', '–', '—', ',']);
        let word = lead.split(' ').next().unwrap_or_default();
        let is_by = clause.fits(word, "signed_by");
        // A review's headline may be signed too, by its critic.
        let is_compared = || clause.triggers("comparison").any(|hit| hit.span.end <= end);
        if !is_by || lead.len() == rest.len() || is_compared() || is_title_of_book(clause, at) {
            continue;
        }
        let start = end.saturating_add(rest.len().saturating_sub(lead.len())).saturating_add(word.len());
        let people = clause.names_after(start, 0).into_iter().filter(|name| clause.is_person(name));
        statements.extend(people.map(|name| clause.said(Field::Director, clause.name(name), &name.span)));
    }
    statements
}
