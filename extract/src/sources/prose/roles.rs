//! Who did what, read off names and triggers: one function a shape of sentence.

use crate::extraction::Field;
use crate::folding::{key, lower};
use crate::names::{Name, has_given_name, is_person, is_single_name};
use crate::statement::{Certainty, Statement};
use crate::values::is_genre;
use crate::vocabulary::{Hit, vocabulary};

use super::clause::Clause;
use super::{Known, is_title};

/// Directors and writers.
pub(super) fn crew(clause: &Clause<'_>) -> Vec<Statement> {
    let mut statements = Vec::new();
    let roles: [(&'static str, &[Field]); 3] = [
        ("director_writer_after", &[Field::Director, Field::Writer]),
        ("director_after", &[Field::Director]),
        ("writer_after", &[Field::Writer]),
    ];
    for (trigger, fields) in roles {
        for hit in clause.triggers(trigger) {
            let gap = usize::from(hit.span.len() > 8);
            let certainty = if clause.is_comparison(hit.span.start) { Certainty::Weak } else { Certainty::Plain };
            for name in clause.names_after(hit.span.end, gap).into_iter().filter(|name| clause.is_person(name)) {
                statements.extend(
                    fields.iter().map(|field| clause.said(*field, clause.name(name), &name.span).with(certainty)),
                );
            }
        }
    }
    for (trigger, field) in [("director_before", Field::Director), ("writer_before", Field::Writer)] {
        for hit in clause.triggers(trigger) {
            let before = clause.names_before(hit.span.start, 1);
            let certainty = if clause.is_comparison(hit.span.start) { Certainty::Weak } else { Certainty::Plain };
            statements.extend(
                before
                    .into_iter()
                    .filter(|name| clause.is_person(name))
                    .map(|name| clause.said(field, clause.name(name), &name.span).with(certainty)),
            );
            statements.extend(caseless(clause, hit, field));
        }
    }
    statements.extend(possessives(clause));
    statements
}

/// `名前監督`, `이름 감독`: scripts without capitals put the name before the trade, with nothing else to mark it.
fn caseless(clause: &Clause<'_>, hit: &Hit, field: Field) -> Option<Statement> {
    const LETTERS_MIN: usize = 3;
    let span = clause.caseless_name_before(hit.span.start)?;
    let name = clause.words(&span);
    // Hiragana are grammar, so that only the last run without any can be the name.
    let start = name
        .char_indices()
        .rev()
        .find(|(_, character)| matches!(character, '\u{3040}'..='\u{309f}'))
        .map_or(0, |(at, character)| at.saturating_add(character.len_utf8()));
    let bare = name.get(start..)?;
    let plausible = bare.chars().count() >= LETTERS_MIN && bare.chars().count() <= 14 && is_person(bare);
    let span = span.start.saturating_add(start)..span.end;
    plausible.then(|| {
        clause.said(field, bare, &span).with(if bare.contains('・') { Certainty::Plain } else { Certainty::Weak })
    })
}

/// `Name's taut thriller`, `Name's screenplay`.
fn possessives(clause: &Clause<'_>) -> Vec<Statement> {
    const GAP_WORDS_MAX: usize = 6;
    let mut statements = Vec::new();
    for name in clause.names.iter().filter(|name| name.possessive && clause.is_person(name)) {
        let Some(hit) = clause.hits.iter().find(|hit| {
            hit.span.start > name.span.end
                && (hit.means("director_possessive", clause.language)
                    || hit.means("writer_possessive", clause.language))
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
            clause.is_person(other) && between.trim() == ","
        });
        let is_close =
            !is_billing && words.len() <= GAP_WORDS_MAX && !between.contains(['.', ';', ':', '!', '?', '(', ')']);
        let only_lower = words.iter().all(|word| {
            word.chars().next().is_some_and(|first| !first.is_uppercase())
                || word.chars().next().is_some_and(|c| c.is_ascii_digit())
                || is_genre(&lower(word))
        });
        if !is_close || !only_lower {
            continue;
        }
        let field = if hit.means("writer_possessive", clause.language) { Field::Writer } else { Field::Director };
        // `character`, `performance` before the noun make it the actor's.
        let is_acting = words.iter().any(|word| {
            matches!(
                *word,
                "character" | "performance" | "role" | "previous" | "earlier" | "last" | "other" | "favorite"
            )
        });
        let certainty =
            if is_acting || clause.is_comparison(name.span.start) { Certainty::Weak } else { Certainty::Plain };
        statements.push(clause.said(field, clause.name(name), &name.span).with(certainty));
    }
    statements
}

/// `Name's “Title”`: mostly its director, at times its star.
pub(super) fn titled(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for name in clause.names.iter().filter(|name| name.possessive && clause.is_person(name)) {
        let rest = clause.text.get(name.span.end..).unwrap_or_default();
        let rest = rest.trim_start_matches(['’', '\'', 's', ' ', '“', '"', '‘', '«']);
        let follows = known.titles.iter().any(|title| {
            !title.is_empty()
                && key(&rest.chars().take(title.chars().count().saturating_add(8)).collect::<String>())
                    .starts_with(title.as_str())
        });
        if follows {
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

/// Cast and characters.
pub(super) fn cast(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = brackets(clause, known);
    for hit in clause.triggers("played_by") {
        statements.extend(played_by(clause, hit));
    }
    for hit in clause.triggers("plays") {
        statements.extend(plays(clause, hit, known));
    }
    statements.extend(ensemble(clause));
    for hit in clause.triggers("cast_after") {
        let weak = clause.is_comparison(hit.span.start) || is_bare_trade(clause, hit);
        let certainty = if weak { Certainty::Weak } else { Certainty::Plain };
        let people = clause.names_after(hit.span.end, 1);
        statements.extend(
            people
                .into_iter()
                .filter(|name| clause.is_person(name))
                .map(|name| clause.said(Field::Cast, clause.name(name), &name.span).with(certainty)),
        );
    }
    for hit in clause.triggers("cast_before") {
        let certainty = if clause.is_comparison(hit.span.start) { Certainty::Weak } else { Certainty::Plain };
        let people = clause.names_before(hit.span.start, 0);
        statements.extend(
            people
                .into_iter()
                .filter(|name| clause.is_person(name))
                .map(|name| clause.said(Field::Cast, clause.name(name), &name.span).with(certainty)),
        );
    }
    statements.extend(acting(clause));
    statements.extend(identities(clause));
    statements
}

/// `an all-star cast (A, B, C)`: a bracket of names alone after the word for all of them.
fn ensemble(clause: &Clause<'_>) -> Vec<Statement> {
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

/// `A, B and C's performances`: acting in this film, unless another is named after it.
fn acting(clause: &Clause<'_>) -> Vec<Statement> {
    const REACH_WORDS: usize = 4;
    let mut statements = Vec::new();
    for name in clause.names.iter().filter(|name| name.possessive && clause.is_person(name)) {
        let after = clause
            .hits
            .iter()
            .find(|hit| hit.span.start > name.span.end && hit.means("cast_possessive", clause.language));
        let Some(hit) = after else { continue };
        let between = clause.text.get(name.span.end..hit.span.start).unwrap_or_default();
        if between.split(' ').count() > REACH_WORDS || between.contains(['.', ';', ',']) {
            continue;
        }
        let rest = clause.text.get(hit.span.end..).unwrap_or_default();
        let elsewhere =
            rest.strip_prefix(" in ").is_some_and(|rest| rest.starts_with(|first: char| !first.is_lowercase()));
        let certainty =
            if elsewhere || clause.is_comparison(name.span.start) { Certainty::Weak } else { Certainty::Plain };
        let people = clause.list_ending_with(name).into_iter().chain(std::iter::once(name));
        statements.extend(
            people
                .filter(|name| clause.is_person(name))
                .map(|name| clause.said(Field::Cast, clause.name(name), &name.span).with(certainty)),
        );
    }
    statements
}

/// A headline's `A, B's drama`: two and more names that share a possessive are its stars, not its directors.
pub(super) fn billed(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for name in clause.names.iter().filter(|name| name.possessive && clause.is_person(name)) {
        let others = clause.list_ending_with(name);
        if others.is_empty() {
            continue;
        }
        let people = others.into_iter().chain(std::iter::once(name)).filter(|name| clause.is_person(name));
        let people = people.filter(|name| !known.crew.contains(&key(clause.name(name))));
        statements.extend(people.map(|name| clause.said(Field::Cast, clause.name(name), &name.span)));
    }
    statements
}

/// `Actor is Character, a …`.
fn identities(clause: &Clause<'_>) -> Vec<Statement> {
    let mut statements = Vec::new();
    for pair in clause.names.windows(2) {
        let [actor, character] = pair else { continue };
        let between = clause.text.get(actor.span.end..character.span.start).unwrap_or_default();
        let after = clause.text.get(character.span.end..).unwrap_or_default();
        let is_role = between == " is " && after.starts_with(", ") && !character.possessive && !actor.possessive;
        if is_role && clause.is_person(actor) && !clause.is_work(&character.span) {
            statements.push(clause.said(Field::Cast, clause.name(actor), &actor.span));
            let said = clause.said(Field::Character, clause.name(character), &character.span);
            statements.push(said.of(clause.name(actor)));
        }
    }
    statements
}

/// `actor Name` says what somebody is, not that they are in this film.
fn is_bare_trade(clause: &Clause<'_>, hit: &Hit) -> bool {
    matches!(
        clause.lowered.get(hit.span.clone()).unwrap_or_default(),
        "actor"
            | "actress"
            | "comedian"
            | "actors"
            | "star"
            | "with"
            | "com"
            | "con"
            | "avec"
            | "mit"
            | "neben"
            | "junto a"
            | "ator"
            | "atriz"
            | "actriz"
    )
}

/// `Character (Actor)`, and `Actor (Character)` where credits list the one outside.
fn brackets(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (at, inner) in clause.names.iter().enumerate() {
        let before = clause.text.get(..inner.span.start).unwrap_or_default();
        let after = clause.text.get(inner.span.end..).unwrap_or_default();
        let Some(open) = before.strip_suffix('(').or_else(|| before.strip_suffix('（')) else { continue };
        if !after.starts_with([')', ',', ';', '）']) || clause.is_work(&inner.span) {
            continue;
        }
        let inner_words = clause.name(inner);
        let outer = at.checked_sub(1).and_then(|before| clause.names.get(before)).filter(|outer| {
            clause
                .text
                .get(outer.span.end..open.len())
                .is_some_and(|between| matches!(between.trim(), "" | "”" | "’s" | "'s" | "’"))
        });
        // A year or another director's mark inside the bracket makes it a reference to another work.
        let inside = after.split(')').next().unwrap_or_default();
        if inside.chars().any(|character| character.is_ascii_digit()) {
            continue;
        }
        if let Some(outer) = outer
            && lists_works(inside)
            && clause.is_person(outer)
        {
            if !known.crew.contains(&key(clause.name(outer))) && !is_introduced(clause, outer) {
                statements.push(clause.said(Field::Cast, clause.name(outer), &outer.span));
            }
            continue;
        }
        match outer {
            Some(outer) if clause.is_work(&outer.span) || is_title(known, clause.name(outer)) => {}
            Some(outer) => statements.extend(bracket_pair(clause, known, outer, inner)),
            None if is_person(inner_words) && is_described(open) && !known.crew.contains(&key(inner_words)) => {
                // A bracket may give a character's name too; people's first names are mostly known ones.
                let certainty = if has_given_name(inner_words) { Certainty::Plain } else { Certainty::Weak };
                statements.push(clause.said(Field::Cast, inner_words, &inner.span).with(certainty));
            }
            None => {}
        }
    }
    statements
}

/// Whether a bracket goes on after a comma with another title: an actor's other films, not an actor.
fn lists_works(inside: &str) -> bool {
    let Some((_, rest)) = inside.split_once(", ") else { return false };
    let first = rest.split(' ').next().unwrap_or_default();
    first.chars().count() > 1
        && first.chars().next().is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit())
}

fn bracket_pair(clause: &Clause<'_>, known: &Known, outer: &Name, inner: &Name) -> Vec<Statement> {
    let (outer_words, inner_words) = (clause.name(outer), clause.name(inner));
    let outer_is_listed = known.cast.contains(&key(outer_words)) || is_introduced(clause, outer);
    if outer_is_listed && is_person(outer_words) {
        return vec![
            clause.said(Field::Cast, outer_words, &outer.span),
            clause.said(Field::Character, inner_words, &inner.span).of(outer_words).with(Certainty::Weak),
        ];
    }
    if let Some(full) = known_by_one_name(known, inner, inner_words) {
        return vec![clause.said(Field::Character, outer_words, &outer.span).of(full)];
    }
    // `Nia (Solveig)`: an artist of one name, where the one outside is no person who could have made a film of that name.
    let is_mononym = outer.words == 1 && inner.words == 1 && is_single_name(inner_words) && inner_words.len() >= 5;
    if !(is_person(inner_words) || is_mononym) || known.crew.contains(&key(outer_words)) {
        return Vec::new();
    }
    let certainty = if clause.is_comparison(outer.span.start) { Certainty::Weak } else { Certainty::Plain };
    vec![
        clause.said(Field::Cast, inner_words, &inner.span).with(certainty),
        clause.said(Field::Character, outer_words, &outer.span).of(inner_words).with(certainty),
    ]
}

/// The listed member of the cast whom one name alone can mean: `Wang (Lau)`, once `Andy Lau` is in the credits.
fn known_by_one_name<'a>(known: &'a Known, inner: &Name, words: &str) -> Option<&'a str> {
    if inner.words != 1 {
        return None;
    }
    let own = key(words);
    let mut people = known.cast_names.iter().filter(|name| key(name).split(' ').any(|word| word == own));
    let first = people.next()?;
    people.all(|other| key(other) == key(first)).then_some(first.as_str())
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
fn is_described(before: &str) -> bool {
    before.trim_end().rsplit(' ').next().is_some_and(|word| {
        word.chars().all(char::is_alphabetic) && word.chars().next().is_some_and(char::is_lowercase)
    })
}

/// `Character, played by Actor`.
fn played_by(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    let mut statements = Vec::new();
    let actors: Vec<&Name> =
        clause.names_after(hit.span.end, 2).into_iter().filter(|name| clause.is_person(name)).collect();
    for name in &actors {
        statements.push(clause.said(Field::Cast, clause.name(name), &name.span));
    }
    let characters = clause.names_before(hit.span.start, 2);
    let character = characters
        .last()
        .filter(|name| !clause.is_work(&name.span) && !actors.iter().any(|actor| actor.span == name.span));
    if let ([actor], Some(character)) = (actors.as_slice(), character) {
        statements.push(clause.said(Field::Character, clause.name(character), &character.span).of(clause.name(actor)));
    }
    statements
}

/// `Actor plays Character`, `Actor, playing Character`, `Actor … as Character`, `A and B play C and D`.
fn plays(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    let strong = hit.means("strong_plays", clause.language);
    let before = clause.names_before(hit.span.start, if strong { 2 } else { 7 });
    let mut after = clause.names_after(hit.span.end, 3);
    after.retain(|name| !clause.is_work(&name.span));
    let pairs: Vec<(&Name, Option<&Name>)> = if before.len() > 1 && before.len() == after.len() {
        before.iter().copied().zip(after.iter().copied().map(Some)).collect()
    } else {
        before.last().map(|actor| (*actor, after.first().copied())).into_iter().collect()
    };
    let mut statements = Vec::new();
    let pairs_len = pairs.len();
    for (actor, character) in pairs {
        let words = clause.name(actor);
        let is_listed = known.cast.contains(&key(words));
        // `A plays X, B the lawyer Y and C Z`: the verb serves the whole list.
        if strong && clause.is_person(actor) && pairs_len == 1 {
            statements.extend(elided(clause, character, hit));
        }
        let is_actor = clause.is_person(actor)
            || (strong && is_single_name(words) && is_set_apart(clause, actor, hit))
            || is_listed;
        if !is_actor || known.crew.contains(&key(words)) && !is_listed && !strong || clause.is_work(&actor.span) {
            continue;
        }
        let gap = clause.text.get(actor.span.end..hit.span.start).unwrap_or_default();
        let acts = strong || is_listed || acting_between(gap);
        let comparison = clause.is_comparison(actor.span.start);
        let certainty = if acts && !comparison { Certainty::Plain } else { Certainty::Weak };
        if strong || character.is_some() {
            statements.push(clause.said(Field::Cast, words, &actor.span).with(certainty));
        }
        // A character has a name of its own: neither the film's title nor a name that is the actor's.
        let character = character.filter(|name| !is_kind(clause.text.get(hit.span.end..name.span.start)));
        let character =
            character.filter(|name| !is_title(known, clause.name(name)) || known.titles.len() == 1 && strong);
        if let Some(name) = character.filter(|name| key(clause.name(name)) != key(words)) {
            let own = if strong { certainty } else { Certainty::Weak };
            statements.push(clause.said(Field::Character, clause.name(name), &name.span).of(words).with(own));
        }
    }
    statements
}

/// `…, B the lawyer Y and C the guard Z`: pairs that go on after a verb's first without the verb.
fn elided(clause: &Clause<'_>, first: Option<&Name>, hit: &Hit) -> Vec<Statement> {
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
        let is_joint = matches!(joint, ", " | " and " | ", and " | " & " | "; " | "; and ");
        let is_lead = matches!(words.first(), Some(&("the" | "as" | "is" | "his" | "her" | "their")))
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

/// Whether what leads to a name makes it a kind of person (`as a Coast Guard diver`), not somebody called so.
fn is_kind(lead: Option<&str>) -> bool {
    let lowered = lower(lead.unwrap_or_default());
    let words: Vec<&str> = lowered.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_article =
        |word: &&&str| matches!(**word, "a" | "an" | "um" | "uma" | "un" | "una" | "une" | "ein" | "eine" | "einen");
    // `a man named Bob`, `uma certa Lin`: other words between go over to the name itself.
    words.last().filter(is_article).is_some()
}

/// `Name, playing …` or `Name playing …` with nothing else between.
fn is_set_apart(clause: &Clause<'_>, name: &Name, hit: &Hit) -> bool {
    let between = clause.text.get(name.span.end..hit.span.start).unwrap_or_default();
    let phrase = clause.lowered.get(hit.span.clone()).unwrap_or_default();
    matches!(between.trim(), "" | ",") && (phrase.ends_with("ing") || phrase.ends_with("ndo")) && between.contains(',')
}

/// A text without what stands in brackets (an actor's other films).
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|character| {
            let was_inside = depth > 0;
            match character {
                '(' => depth = depth.saturating_add(1),
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            !was_inside && depth == 0
        })
        .collect()
}

/// Whether what stands between a name and `as` speaks of acting.
fn acting_between(gap: &str) -> bool {
    let lowered = lower(&without_brackets(gap));
    let words: Vec<&str> = lowered.split(' ').filter(|word| !word.is_empty()).collect();
    const ACTING: [&str; 26] = [
        "is",
        "stars",
        "shines",
        "excels",
        "turns",
        "performance",
        "terrific",
        "superb",
        "excellent",
        "great",
        "brilliant",
        "delivers",
        "returns",
        "appears",
        "impresses",
        "good",
        "wonderful",
        "perfect",
        "cast",
        "intense",
        "outstanding",
        "role",
        "turn",
        "portrayal",
        "steals",
        "overshadows",
    ];
    words.is_empty()
        || words == [","]
        || words.iter().any(|word| ACTING.contains(&word.trim_matches(',')))
        || vocabulary().triggers.find(&lowered).iter().any(|hit| hit.means("cast_before", "en"))
}
