//! Who plays whom, read off names and triggers: one function a shape of sentence. What stands in brackets is read beside.

use crate::extraction::Field;
use crate::folding::{key, lower};
use crate::names::{Name, is_single_name};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, Trade, trade_of, vocabulary};

use super::brackets::{brackets, described_after, ensemble};
use super::clause::Clause;
use super::crew::bills_other_work;
use super::lists::listed_after;
use super::part_words::part_after;
use super::parts::acts;
use super::rows::{elided, elided_kinds};
use super::subjects::{ENDS, is_conditional, judges, subjects_of};
use super::{Known, is_title, passives};

/// Cast and characters.
pub(super) fn cast(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = brackets(clause, known);
    statements.extend(described_after(clause, known));
    for hit in clause.triggers("played_by").filter(|hit| !passives::is_of_music(clause, hit)) {
        statements.extend(passives::played_by(clause, hit));
    }
    for hit in clause.triggers("plays") {
        // `(played with relish by Ada Berg)` has many adverbs.
        if let Some(passive) = passives::passive(clause, hit) {
            statements.extend(passives::played_by(clause, &passive));
            continue;
        }
        statements.extend(plays(clause, hit, known));
    }
    // `A and B play C and D`: the plural of several, or another word.
    for hit in clause.triggers("plays_plural").filter(|hit| clause.names_before(hit.span.start, 0).len() > 1) {
        statements.extend(plays(clause, hit, known));
    }
    for hit in clause.triggers("character_before") {
        let (before, after) = (clause.names_before(hit.span.start, 0), clause.names_after(hit.span.end, 0));
        let part = before.last().copied();
        // `Ada Berg, Nermin rolünde …`: the actor may stand before the part as well.
        let actor = after.first().copied().or_else(|| part.and_then(|part| actor_before(clause, part)));
        statements.extend(role(clause, actor, part));
    }
    const PRAISE_WORDS_MAX: usize = 4;
    for hit in clause.triggers("verb_after_actor") {
        // `Nermin’i Ada Berg oynuyor`: the verb comes last, the actor right before it.
        let actor = clause.names_before(hit.span.start, 0).last().copied();
        // `Ada Berg, Nermin’i oynuyor`: the part stands right before the verb, and the actor before it.
        let part = actor.filter(|part| part.words == 1 && !clause.is_surname(part));
        if let Some((actor, part)) = part.and_then(|part| Some((actor_before(clause, part)?, part))) {
            statements.extend(role(clause, Some(actor), Some(part)));
            continue;
        }
        let character = actor.and_then(|actor| clause.names.iter().rfind(|name| name.span.end < actor.span.start));
        let is_close = |name: &&Name| {
            let between = actor.and_then(|actor| clause.text.get(name.span.end..actor.span.start)).unwrap_or_default();
            // `Ilse wird von Ada Berg gespielt`
            let told = lower(between.trim_start_matches(',').trim());
            // `Ilse, die von Ada Berg gespielt wird`
            let told = told
                .split_once(' ')
                .filter(|(first, _)| clause.fits(first, "relative"))
                .map_or(&*told, |(_, rest)| rest);
            let lead = vocabulary().facts.exact(told);
            // `Rasim’i ise usta oyuncu Ada Berg canlandırıyor`
            between.starts_with(['’', '\'']) && between.trim_end().split(' ').count() <= PRAISE_WORDS_MAX
                || lead.is_some_and(|lead| lead.means("passive_by", clause.language))
        };
        statements.extend(role(clause, actor, character.filter(is_close)));
    }
    statements.extend(ensemble(clause));
    let billed = clause.triggers("cast_after").filter(|hit| !bills_other_work(clause, known, hit));
    statements.extend(billed.flat_map(|hit| listed_after(clause, hit)));
    // `Ada Berg nicht mitspielt`
    for hit in clause.triggers("cast_before").filter(|hit| !clause.follows(hit.span.start, "negation")) {
        let rest = clause.lowered.get(hit.span.start..).unwrap_or_default();
        let subjects = subjects_of(clause, hit).into_iter().filter(|name| clause.is_person(name));
        for name in subjects.filter(|name| !is_of_crew(clause, name)) {
            // A surname may be any subject of the plot; only words about acting make it an actor's.
            let is_plot = clause.is_surname(name) && !judges(clause, rest.split(ENDS).next().unwrap_or_default());
            let weak = is_plot || clause.is_comparison(hit.span.start) || clause.is_comparison(name.span.start);
            let certainty = if weak { Certainty::Weak } else { Certainty::Plain };
            statements.push(clause.said(Field::Cast, clause.name(name), &name.span).with(certainty));
        }
    }
    statements.extend(acting(clause));
    statements.extend(identities(clause));
    for one in statements.iter_mut().filter(|one| one.field == Field::Cast) {
        let end = one.span.as_ref().and_then(|span| span.end.checked_sub(clause.base));
        let rest = end.and_then(|end| clause.lowered.get(end..)?.strip_prefix(' '));
        if rest.is_some_and(|rest| is_conditional(clause, rest)) {
            one.certainty = Certainty::Weak;
        }
    }
    statements
}

/// The person right before a part, with nothing but a comma between: `Ada Berg, Nermin`.
fn actor_before<'c>(clause: &'c Clause<'_>, part: &Name) -> Option<&'c Name> {
    let actor = clause.names.iter().rfind(|name| name.span.end < part.span.start)?;
    let is_beside = clause.text.get(actor.span.end..part.span.start) == Some(", ");
    (is_beside && clause.is_sure_person(actor) && !clause.is_sure_person(part) && !actor.possessive).then_some(actor)
}

/// Whether words for who made something else of the film stand right before a name: `cinematographer Ada Berg gives`.
pub(super) fn is_of_crew(clause: &Clause<'_>, name: &Name) -> bool {
    const TRADES: [&str; 4] = ["cinematographer_after", "composer_after", "editor_after", "writer_after"];
    TRADES.iter().any(|trade| {
        clause.triggers(trade).any(|hit| name.span.start.checked_sub(hit.span.end).is_some_and(|gap| gap <= 1))
    })
}

/// An actor, and the character where one is named.
pub(super) fn role(clause: &Clause<'_>, actor: Option<&Name>, character: Option<&Name>) -> Vec<Statement> {
    let Some(actor) = actor.filter(|actor| clause.is_person(actor)) else { return Vec::new() };
    let mut statements = vec![clause.said(Field::Cast, clause.name(actor), &actor.span)];
    if let Some(character) = character.filter(|name| !clause.is_work(&name.span)) {
        let said = clause.said(Field::Character, clause.name(character), &character.span);
        statements.push(said.of(clause.name(actor)));
    }
    statements
}

/// `A, B and C's performances`, `A's turn as B`, a heading's `A: a performance`: acting in this film, unless another is named after it.
fn acting(clause: &Clause<'_>) -> Vec<Statement> {
    const REACH_WORDS: usize = 4;
    let mut statements = Vec::new();
    for name in clause.names.iter().filter(|name| clause.is_person(name)) {
        let Some(hit) = clause.soon_after(name, "cast_possessive", REACH_WORDS) else { continue };
        let between = clause.text.get(name.span.end..hit.span.start).unwrap_or_default();
        let is_heading = !name.possessive && name.span.start == 0 && between.starts_with(':');
        if !name.possessive && !is_heading {
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
        // `Ada Berg’s eager Ilse performance`
        let between = |other: &&Name| other.span.start > name.span.end && other.span.end < hit.span.start;
        let own = clause.names.iter().find(between);
        if let Some(character) = own.or_else(|| turned_into(clause, hit)).filter(|_| certainty > Certainty::Weak) {
            let said = clause.said(Field::Character, clause.name(character), &character.span);
            statements.push(said.of(clause.name(name)));
        }
    }
    statements
}

/// The character after `turn as`, `portrayal of`.
fn turned_into<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Option<&'c Name> {
    let phrase = clause.lowered.get(hit.span.clone())?;
    let leads_on = [" as", " of"].iter().any(|end| phrase.ends_with(end));
    clause.names_after(hit.span.end, 2).into_iter().next().filter(|name| leads_on && !clause.is_work(&name.span))
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

/// `Actor is Character, a …`, `Actor is his daughter Character`, and `Character is Actor`.
fn identities(clause: &Clause<'_>) -> Vec<Statement> {
    let mut statements = Vec::new();
    for pair in clause.names.windows(2) {
        let [first, second] = pair else { continue };
        let between = clause.text.get(first.span.end..second.span.start).unwrap_or_default();
        let after = clause.text.get(second.span.end..).unwrap_or_default();
        let Some(kin) = copula(clause, without_aside(clause, between)) else { continue };
        if first.possessive || second.possessive {
            continue;
        }
        // `Ada Berg is Ilse.`
        let own = lower(clause.words(&second.span));
        // `Ada Berg is Christian.`
        let is_adjective = clause.fits(&own, "adjective_name");
        let is_first_name = second.words == 1 && vocabulary().is_given_name(&own) && !is_adjective;
        let ends = after.starts_with(ENDS) || after.starts_with(" in ");
        // `Ada Berg is Ilse Roth.`, where nobody real is called so.
        let trade = |name: &Name| trade_of(&key(clause.name(name)));
        let is_whole =
            clause.is_sure_person(second) && trade(second).is_none() && trade(first).is_some_and(Trade::is_of_film);
        let is_told = clause.is_sure_person(first) && (kin || (is_first_name || is_whole) && ends);
        // `Captain Roth is Ada Berg, a joy`
        let is_reversed = is_titled(clause, first) && clause.is_sure_person(second);
        let leads_on =
            after.starts_with(", ") && !is_reversed || is_told && (is_whole || !clause.is_sure_person(second));
        if leads_on && clause.is_person(first) && !clause.is_work(&second.span) {
            statements.extend(role(clause, Some(first), Some(second)));
        } else if !kin
            && (first.words == 1 || is_titled(clause, first))
            && clause.is_sure_person(second)
            && (after.is_empty()
                || after.starts_with([',', '.', ';'])
                || after.trim_start().split(' ').next().is_some_and(|word| vocabulary().is_joiner(word))
                || judges(clause, &lower(after.split(ENDS).next().unwrap_or_default())))
        {
            statements.extend(role(clause, Some(second), Some(first)));
        }
    }
    statements
}

/// Whether a name begins with a character's title: `Mayor Pratt`.
fn is_titled(clause: &Clause<'_>, name: &Name) -> bool {
    let first = clause.words(&name.span).split(' ').next().unwrap_or_default();
    name.words > 1 && vocabulary().is_character_title(&lower(first))
}

/// What stands between two names, without the comma that ends an apposition or words about a part that commas set off: `Ada Berg,
/// in her first role, is Ilse`.
fn without_aside<'t>(clause: &Clause<'_>, between: &'t str) -> &'t str {
    const BYTES_MAX: usize = 80;
    let Some(rest) = between.strip_prefix(", ") else { return between };
    let Some((aside, verb)) = rest.split_once(", ") else { return rest };
    let is_of_part = aside.len() <= BYTES_MAX && aside.split(' ').any(|word| clause.fits(&lower(word), "part_noun"));
    if is_of_part { verb } else { between }
}

/// Whether a form of `to be` stands between two names: alone (`false`), or with words for whose kin they are (`true`).
fn copula(clause: &Clause<'_>, between: &str) -> Option<bool> {
    const KIN_WORDS_MAX: usize = 3;
    let words: Vec<&str> = between.split(' ').filter(|word| !word.is_empty()).collect();
    let (verb, kin) = words.split_first()?;
    let is_kin = kin.first().is_some_and(|word| clause.is_article(word))
        && kin.len() <= KIN_WORDS_MAX
        && kin.iter().all(|word| word.chars().all(char::is_lowercase));
    // `Ilse is a retired police officer`: what somebody is, not who.
    if is_kind(kin.first().copied()) {
        return None;
    }
    let is_copula = clause.fits(verb, "copula");
    (is_copula && (kin.is_empty() || is_kin)).then_some(is_kin)
}

/// `Actor plays Character`, `Actor, playing Character`, `Actor … as Character`, `A and B play C and D`.
fn plays(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    let strong = hit.means("strong_plays", clause.language) || hit.means("plays_plural", clause.language);
    let mut before = clause.names_before(hit.span.start, words_before(clause, hit, strong));
    if before.is_empty() && strong {
        before = acting_at_length(clause, hit);
    }
    // `Ada Berg, so good in Orchard, plays`, but `Ada Berg, whose brother Per Lund, playing …`
    if strong
        && before.last().is_none_or(|last| !clause.is_sure_person(last))
        && let Some(actor) = clause.before_aside(hit.span.start)
    {
        before = vec![actor];
    }
    let is_elsewhere = clause.is_elsewhere(hit.span.start.saturating_add(1));
    if is_elsewhere || before.last().is_some_and(|last| is_played(clause, hit, last)) {
        return Vec::new();
    }
    // `A as X, B as Y`: who was played before plays nobody, and who plays next is nobody's part.
    before.retain(|name| !is_played(clause, hit, name));
    let mut after = clause.names_after(hit.span.end, 3);
    if after.is_empty() {
        after = named_at_length(clause, hit);
    }
    if let Some(next) = after.iter().skip(1).position(|name| plays_next(clause, name)) {
        after.truncate(next.saturating_add(1));
    }
    // A list of the cast may set its characters in italics, as titles are.
    let opens_item = clause.is_item() && before.last().is_some_and(|name| name.span.start == 0);
    after.retain(|name| opens_item || !clause.is_work(&name.span));
    let pairs: Vec<(&Name, Option<&Name>)> = if before.len() > 1 && before.len() == after.len() {
        before.iter().copied().zip(after.iter().copied().map(Some)).collect()
    } else {
        // `plays Tom’s mother`: whose mother she is tells of another part.
        let character =
            after.first().and_then(|first| if first.possessive { owned(clause, first) } else { Some(*first) });
        before.last().map(|actor| (*actor, character)).into_iter().collect()
    };
    let mut statements = Vec::new();
    if let [(first, Some(second))] = pairs.as_slice()
        && let Some(both) = both(clause, first, second)
    {
        return both;
    }
    let pairs_len = pairs.len();
    for (actor, character) in pairs {
        let words = clause.name(actor);
        let is_listed = known.cast.contains(&key(words));
        // `A plays X, B the lawyer Y and C Z`: the verb serves the whole list.
        if strong && clause.is_person(actor) && pairs_len == 1 {
            statements.extend(elided(clause, character, hit));
            statements.extend(elided_kinds(clause, hit));
        }
        // `die Würde von Ilse, als …`: where nouns have capitals and `as` begins clauses, only first names tell people.
        let is_noun = vocabulary().writes(clause.language, "capital_nouns") && !strong && !clause.is_sure_person(actor);
        let is_actor = clause.is_person(actor) && !is_noun
            || (strong && is_single_name(words) && is_set_apart(clause, actor, hit))
            || is_listed;
        if !is_actor || known.crew.contains(&key(words)) && !is_listed && !strong || clause.is_work(&actor.span) {
            continue;
        }
        let gap = clause.text.get(actor.span.end..hit.span.start).unwrap_or_default();
        let acts = strong || is_listed || acting_between(clause, gap);
        let comparison = clause.is_comparison(actor.span.start);
        let certainty = if acts && !comparison { Certainty::Plain } else { Certainty::Weak };
        if strong || character.is_some() {
            statements.push(clause.said(Field::Cast, words, &actor.span).with(certainty));
        }
        let is_first = |name: &Name| after.first().is_some_and(|first| first.span == name.span);
        let character = character.filter(|name| is_part_of(clause, known, hit, actor, name, is_first(name)));
        if let Some(name) = character {
            let own = if strong { certainty } else { Certainty::Weak };
            statements.push(clause.said(Field::Character, clause.name(name), &name.span).of(words).with(own));
        }
    }
    statements
}

/// `plays a young nurse called Ilse`, `plays the lead role of Ilse`: the name after many words for the part.
fn named_at_length<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Vec<&'c Name> {
    const GAP_WORDS: usize = 8;
    let after = clause.names_after(hit.span.end, GAP_WORDS);
    let lead = after.first().and_then(|first| clause.lowered.get(hit.span.end..first.span.start)).unwrap_or_default();
    let words: Vec<&str> = lead.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_named = words.last().is_some_and(|last| clause.fits(last, "called"))
        || words.len() > 1
            && words.iter().rev().nth(1).is_some_and(|noun| clause.fits(noun, "part_noun"))
            && words.last().is_some_and(|last| clause.fits(last, "leads_away"));
    // `as a thief who takes on a pupil in the form of Ilse`
    let goes_on = words.iter().rev().skip(2).any(|word| clause.fits(word, "phrase_end"));
    if is_named && !goes_on { after } else { Vec::new() }
}

/// Whether a name stands after words for playing before these: `A's turn as B as well as …`, where B is played, not playing.
fn is_played(clause: &Clause<'_>, hit: &Hit, name: &Name) -> bool {
    clause.hits.iter().any(|other| {
        other.span.end < hit.span.start
            && name.span.start.checked_sub(other.span.end).is_some_and(|gap| gap <= 1)
            && (other.means("plays", clause.language) || other.means("cast_possessive", clause.language))
    })
}

/// `tanto Ada Berg como Per Lund`: who is meant as well, and plays nobody.
fn both(clause: &Clause<'_>, first: &Name, second: &Name) -> Option<Vec<Statement>> {
    let before = clause.lowered.get(..first.span.start).unwrap_or_default().trim_end();
    let word = before.rsplit(' ').next().and_then(|word| vocabulary().facts.exact(word));
    let is_both = word.is_some_and(|word| word.means("as_well", clause.language)) && clause.is_sure_person(second);
    let people = [first, second].into_iter().filter(|name| clause.is_person(name));
    is_both.then(|| people.map(|name| clause.said(Field::Cast, clause.name(name), &name.span)).collect())
}

/// Whether words for playing follow a name.
fn plays_next(clause: &Clause<'_>, name: &Name) -> bool {
    clause.triggers("plays").any(|hit| hit.span.start.checked_sub(name.span.end).is_some_and(|gap| gap <= 1))
}

/// Whether a name after the words for playing is the part's: a name of its own, neither the film's title nor the actor's,
/// to which the words between do not lead away. `is_first` says that no other name stands between.
fn is_part_of(clause: &Clause<'_>, known: &Known, hit: &Hit, actor: &Name, name: &Name, is_first: bool) -> bool {
    let words = clause.name(name);
    let own = lower(words);
    let lead = clause.text.get(hit.span.end..name.span.start).unwrap_or_default();
    // `plays a cop, Ada Berg his wife`
    let is_elided = lead.contains(',') && clause.is_sure_person(name) && part_after(clause, hit.span.end).is_some();
    if is_elided {
        return false;
    }
    let is_next = lead.contains(',') && plays_next(clause, name);
    let leads_on = !is_kind(Some(lead)) && !(is_first && (is_next || leads_away(clause, lead)));
    // A film may be called after whom the actor plays, who then stands right after the word for it.
    let is_strong = hit.means("strong_plays", clause.language) || hit.means("plays_plural", clause.language);
    let is_namesake = known.titles.len() == 1 && (is_strong || lead == " " && clause.is_sure_person(actor));
    leads_on
        && !vocabulary().is_seldom_name(&own)
        && !vocabulary().is_not_name(&own)
        && (!is_title(known, words) || is_namesake)
        && key(words) != key(clause.name(actor))
}

/// Words between an actor and the words for playing where those between speak of acting.
const LONG_GAP_WORDS: usize = 9;

/// `Ada Berg does a great job playing`: whom words about acting part from the verb.
fn acting_at_length<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Vec<&'c Name> {
    let before = clause.names_before(hit.span.start, LONG_GAP_WORDS);
    let gap = before.last().and_then(|last| clause.text.get(last.span.end..hit.span.start)).unwrap_or_default();
    if acts(clause, gap) { before } else { Vec::new() }
}

/// Words between an actor and the words for playing: `Ada Berg gives a fine performance as`, but `Ada Berg plays`.
fn words_before(clause: &Clause<'_>, hit: &Hit, strong: bool) -> usize {
    let words = clause.lowered.get(hit.span.clone()).unwrap_or_default();
    let is_noun = words.split_once(' ').is_some_and(|(noun, _)| {
        vocabulary().triggers.exact(noun).is_some_and(|hit| hit.means("cast_possessive", clause.language))
    });
    match (strong, is_noun) {
        (true, true) => 5,
        (true, false) => 2,
        (false, _) => LONG_GAP_WORDS,
    }
}

/// `Per’s loyal sister Ilse`: whom a few words after a possessive are about.
fn owned<'c>(clause: &'c Clause<'_>, owner: &Name) -> Option<&'c Name> {
    const GAP_WORDS: usize = 4;
    let is_ending = |rest: &&str| owner.possessive && !rest.is_empty();
    let rest = clause.text.get(owner.span.end..)?.trim_start_matches(['’', '\'', 's']);
    let at = Some(rest).filter(is_ending).map(|rest| clause.text.len().saturating_sub(rest.len()))?;
    clause.names_after(at, GAP_WORDS).into_iter().next().filter(|name| !clause.is_work(&name.span))
}

/// Whether what leads to a name leads to somebody else: `as a priest, and Ada Berg`, `as the daughter of Ilse`; but not
/// `in the role of Ilse`.
fn leads_away(clause: &Clause<'_>, lead: &str) -> bool {
    let lowered = lower(lead);
    let words: Vec<&str> = lowered.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let goes_on = words.len() > 1 && words.last().is_some_and(|last| vocabulary().is_joiner(last));
    let is_part = words.iter().any(|word| clause.fits(word, "part_noun"));
    goes_on || !is_part && words.iter().skip(1).any(|word| clause.fits(word, "leads_away"))
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
pub(super) fn without_brackets(text: &str) -> String {
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
pub(super) fn acting_between(clause: &Clause<'_>, gap: &str) -> bool {
    let lowered = lower(&without_brackets(gap));
    let words: Vec<&str> = lowered.split(' ').filter(|word| !word.is_empty()).collect();
    words.is_empty()
        || words == [","]
        || words.iter().any(|word| clause.fits(word.trim_matches(','), "acts_between"))
        || vocabulary()
            .triggers
            .find(&lowered, clause.language)
            .iter()
            .any(|hit| hit.means("cast_before", clause.language))
}
