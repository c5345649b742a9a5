//! Parts told without the character's name (`Ada Berg as the tired nurse`), actors at a distance from the verb
//! (`Per Lund, der den alten Bauern spielt`), awards for acting, and people whom the critic finds on the screen.

use crate::extraction::Field;
use crate::folding::{key, lower};
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::brackets::described;
use super::cast::{acting_between, role};
use super::clause::Clause;
use super::kinds;
use super::part_words::{part_after, part_after_phrase};
use super::subjects::{ENDS, judges, opens_sentence};
use super::{Known, is_title};

/// Everything that one block says in these shapes.
pub(super) fn parts(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for hit in clause.triggers("plays") {
        statements.extend(described_part(clause, hit, known));
        statements.extend(fronted(clause, hit));
    }
    for hit in clause.triggers("strong_plays") {
        statements.extend(at_distance(clause, hit));
    }
    statements.extend(clause.names.iter().filter_map(|name| set_off(clause, name)));
    statements.extend(clause.names.iter().filter_map(|name| his_own(clause, name)));
    for hit in clause.triggers("acting_award") {
        statements.extend(awarded(clause, hit));
    }
    for hit in clause.triggers("presence") {
        let people = clause.names_after(hit.span.end, 1).into_iter().filter(|name| clause.is_sure_person(name));
        // Characters are there too.
        statements.extend(people.map(|name| cast(clause, name).with(Certainty::Weak)));
    }
    statements
}

fn cast(clause: &Clause<'_>, name: &Name) -> Statement {
    clause.said(Field::Cast, clause.name(name), &name.span)
}

/// `As Captain Ilse Roth, Berg is …`: the part opens the sentence, and who plays it follows.
fn fronted(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    const GAP_WORDS: usize = 2;
    const TOLD_WORDS_MAX: usize = 4;
    let before = clause.text.get(..hit.span.start).unwrap_or_default().trim_end();
    let opens = before.is_empty() || before.ends_with(ENDS) || is_led_in(clause, hit);
    let part = clause.names_after(hit.span.end, GAP_WORDS).into_iter().next();
    let next = |part: &&Name| {
        let mut after = clause.names.iter().filter(|name| name.span.start > part.span.end);
        let first = after.clone().next()?;
        // Places and things may be told of the part: `As Ilse, the sister back from Oslo, Ada Berg`.
        let told = |name: &&Name| {
            clause.text.get(part.span.end..name.span.start).is_some_and(|between| is_told_between(clause, between))
        };
        if clause.is_sure_person(first) {
            Some(first)
        } else {
            after.find(|name| clause.is_sure_person(name) && told(name)).or(Some(first))
        }
    };
    let (Some(part), Some(actor)) = (part, part.as_ref().and_then(next)) else {
        return if opens { fronted_kind(clause, hit) } else { Vec::new() };
    };
    let between = clause.text.get(part.span.end..actor.span.start).unwrap_or_default();
    let told = between.trim();
    let is_short = told.split(' ').count() <= TOLD_WORDS_MAX && between.ends_with(' ');
    // `Als Ilse brilliert die junge Ada Berg`: where the verb comes second.
    let is_verb_second = vocabulary().writes(clause.language, "verb_second")
        && clause.is_sure_person(actor)
        && is_short
        && told.starts_with(char::is_lowercase)
        && told.split(' ').all(|word| clause.is_plain(word))
        // `Als Ilse die junge Ada Berg trifft`: only a verb of acting comes second.
        && (!told.contains(' ') || acts(clause, told));
    // `As Ilse, newcomer Ada Berg`
    let is_apposed = || {
        let words = told.strip_prefix(", ").filter(|_| is_short && clause.is_sure_person(actor));
        // `As Ilse, opposite Ada Berg, …`
        let is_plain = |word: &str| clause.is_plain(word) && !clause.fits(word, "leads_away");
        words.is_some_and(|words| words.split([' ', '’']).all(is_plain))
    };
    let is_close =
        (between == ", " || is_verb_second || is_apposed() || is_told_between(clause, between)) && !actor.possessive;
    // What is told of the part may liken it: `As Ilse, the sister back from sea, Ada Berg`.
    let from = if is_told_between(clause, between) { hit.span.start } else { actor.span.start };
    if opens && is_close && !clause.is_comparison(from) { role(clause, Some(actor), Some(part)) } else { Vec::new() }
}

/// Whether what stands between a part and the actor tells of the part, set off by commas: `As Ilse, who made her name, Ada Berg`,
/// `As Ilse, the middle sister back from sea, Ada Berg`.
fn is_told_between(clause: &Clause<'_>, between: &str) -> bool {
    const REACH_BYTES: usize = 120;
    let told = between.strip_prefix(", ").and_then(|told| told.strip_suffix(", "));
    told.is_some_and(|told| {
        let first = told.split(' ').next().unwrap_or_default();
        let leads = clause.is_article(first) || clause.fits(first, "relative");
        leads && told.len() <= REACH_BYTES && !told.contains(ENDS) && !told.contains(['(', ')'])
    })
}

/// Whether but a few words that name nobody stand before a part in its sentence: `Across the table, as Ilse, Ada Berg`.
fn is_led_in(clause: &Clause<'_>, hit: &Hit) -> bool {
    const WORDS_MAX: usize = 6;
    let before = clause.text.get(..hit.span.start).unwrap_or_default();
    let start = before.rfind(ENDS).map_or(0, |at| before.len().min(at.saturating_add(1)));
    let lead = before.get(start..).unwrap_or_default().trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let names_nobody = !clause.names.iter().any(|name| start < name.span.end && name.span.end <= hit.span.start);
    let is_word = clause.words(&hit.span) == "as";
    is_word && names_nobody && !lead.contains(['(', ')', ':']) && lead.split_whitespace().count() <= WORDS_MAX
}

/// `As the tired nurse, Ada Berg is …`
fn fronted_kind(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    let Some(part) = part_after(clause, hit.span.end) else { return Vec::new() };
    let actor = clause.names.iter().find(|name| name.span.start >= part.end).filter(|name| {
        clause.text.get(part.end..name.span.start) == Some(", ") && clause.is_sure_person(name) && !name.possessive
    });
    let Some(actor) = actor else { return Vec::new() };
    let rest = clause.lowered.get(actor.span.end..).unwrap_or_default().split(ENDS).next().unwrap_or_default();
    let said = clause.said(Field::Character, clause.words(&part), &part).of(clause.name(actor));
    let certainty = if judges(clause, rest) { Certainty::Plain } else { Certainty::Weak };
    vec![cast(clause, actor).with(certainty), said.with(Certainty::Weak)]
}

/// `Ada Berg as the tired nurse`: an actor, and words for whom they play.
fn described_part(clause: &Clause<'_>, hit: &Hit, known: &Known) -> Vec<Statement> {
    const GAP_WORDS_MAX: usize = 11;
    const APART: [char; 8] = ['.', ',', ';', ':', '!', '?', '(', ')'];
    let between = |name: &Name| clause.text.get(name.span.end..hit.span.start);
    let near = clause.names.iter().rfind(|name| name.span.end < hit.span.start);
    let is_beside = |name: &&Name| matches!(between(name), Some(" " | " ("));
    // `Ada Berg, as the nurse, steals every scene`: set off by commas, only words about acting make it a part.
    let is_set_off =
        |name: &&Name| between(name) == Some(", ") && (opens_sentence(clause, name) || acts_after_comma(clause, hit));
    // `Ada Berg’s performance as the nurse`
    let is_turn = |name: &&Name| {
        let leads = clause.words(&hit.span).split(' ').next().and_then(|noun| vocabulary().triggers.exact(noun));
        name.possessive
            && leads.is_some_and(|noun| noun.means("cast_possessive", clause.language))
            && is_owner_gap(between(name))
    };
    // `Ada Berg steals every scene as the nurse`
    let is_acting = |name: &&Name| {
        let gap = clause.text.get(name.span.end..hit.span.end).unwrap_or_default();
        // `Ada Berg, cast against type as the nurse`
        let gap = gap.strip_prefix(", ").unwrap_or(gap);
        gap.split(' ').count() <= GAP_WORDS_MAX && !gap.contains(APART) && acts(clause, gap)
    };
    let actor = near
        .filter(|name| is_turn(name) || !name.possessive && (is_beside(name) || is_set_off(name) || is_acting(name)));
    // `Zubin Qarth as the nurse`, where the sentence begins so: whoever has a part is somebody.
    let opens = |name: &&Name| opens_sentence(clause, name) && is_beside(name) && clause.is_person(name);
    let Some(actor) = actor.filter(|name| clause.is_sure_person(name) || opens(name)) else { return Vec::new() };
    let is_other = known.crew.contains(&key(clause.name(actor))) || clause.is_comparison(actor.span.start);
    let part = part_after_phrase(clause, hit).filter(|_| !is_other);
    part.map(|part| kinds::told_of(clause, actor, &part)).unwrap_or_default()
}

/// Whether a possessive's ending and at most a word or two stand between.
fn is_owner_gap(between: Option<&str>) -> bool {
    const WORDS_MAX: usize = 3;
    let words = between.map(|between| between.trim_start_matches(['’', '\'', 's']));
    words.is_some_and(|words| {
        words.split_whitespace().count() <= WORDS_MAX && words.chars().all(|c| c.is_lowercase() || c == ' ' || c == '-')
    })
}

/// Whether what stands between an actor and a part speaks of acting, by a verb or by the words for a part.
pub(super) fn acts(clause: &Clause<'_>, gap: &str) -> bool {
    let lowered = lower(gap);
    judges(clause, &lowered) || acting_between(clause, gap)
}

/// Whether what follows the comma after a part speaks of acting.
fn acts_after_comma(clause: &Clause<'_>, hit: &Hit) -> bool {
    let rest = clause.lowered.get(hit.span.end..).unwrap_or_default();
    let sentence = rest.split(ENDS).next().unwrap_or_default();
    sentence.split_once(',').is_some_and(|(_, told)| judges(clause, told))
}

/// `Per Lund, der den alten Bauern Ilmo spielt`, `Ida Holm … in der Rolle einer Ärztin`: the actor stands before a
/// relative clause that the verb ends, or somewhere before a phrase of several words that speaks of a part.
fn at_distance(clause: &Clause<'_>, hit: &Hit) -> Vec<Statement> {
    const REACH_BYTES: usize = 160;
    const PHRASE_WORDS_MIN: usize = 3;
    let is_near = |name: &&Name| {
        let between = clause.text.get(name.span.end..hit.span.start);
        between.is_some_and(|between| between.len() <= REACH_BYTES && !between.contains(['.', ';', '!', '?', '(', ')']))
    };
    let could_act = |name: &&Name| is_near(name) && clause.is_sure_person(name) && !name.possessive;
    let before: Vec<&Name> =
        clause.names.iter().filter(|name| name.span.end < hit.span.start).filter(could_act).collect();
    let between = |name: &Name| clause.text.get(name.span.end..hit.span.start).unwrap_or_default();
    let relative = clause.told_of(hit.span.start).filter(could_act);
    let is_phrase = clause.words(&hit.span).split(' ').count() >= PHRASE_WORDS_MIN;
    let nearest = before.last().copied().filter(|name| is_phrase && !between(name).contains(','));
    let Some(actor) = relative.or(nearest).filter(|actor| !clause.is_comparison(actor.span.start)) else {
        return Vec::new();
    };
    let mut statements = vec![cast(clause, actor)];
    // The verb ends the clause, so that the character stands between.
    let is_name = |name: &Name| name.words > 1 || vocabulary().is_given_name(&lower(clause.words(&name.span)));
    let inside = |name: &&Name| name.span.start > actor.span.end && name.span.end < hit.span.start && is_name(name);
    if let Some(character) =
        clause.names.iter().find(inside).filter(|_| relative.is_some() && hit.means("verb_last", clause.language))
    {
        let said = clause.said(Field::Character, clause.name(character), &character.span);
        statements.push(said.of(clause.name(actor)));
    }
    statements
}

/// `his sister – Ada Berg – waits`: the part of somebody whom dashes set off, should the page say that they act.
fn set_off(clause: &Clause<'_>, name: &Name) -> Option<Statement> {
    const DASHES: [&str; 3] = [" – ", " — ", " - "];
    let before = clause.text.get(..name.span.start)?;
    let after = clause.text.get(name.span.end..)?;
    let dash = DASHES.into_iter().find(|dash| before.ends_with(dash) && after.starts_with(dash))?;
    let end = name.span.start.checked_sub(dash.len()).filter(|_| clause.is_person(name))?;
    described(clause, end, clause.name(name))
}

/// `Ada Berg is superb. Her Ilse is a tired woman`: whom the one named before plays, told as their own.
fn his_own(clause: &Clause<'_>, part: &Name) -> Option<Statement> {
    const REACH_BYTES: usize = 160;
    let before = clause.lowered.get(..part.span.start)?.strip_suffix(' ')?;
    let word = before.rsplit([' ', '“', '(']).next()?;
    let opens = before.strip_suffix(word)?.trim_end();
    let is_own = clause.fits(word, "own");
    let is_first = opens.is_empty() || opens.ends_with(ENDS);
    let is_single = part.words == 1 && !part.possessive && !clause.is_surname(part) && !clause.is_work(&part.span);
    if !(is_own && is_first && is_single) {
        return None;
    }
    let end = clause.names.partition_point(|name| name.span.end < part.span.start);
    let near = clause.names.get(..end)?.iter().rev();
    let mut near = near.take_while(|name| part.span.start.saturating_sub(name.span.end) <= REACH_BYTES);
    let actor = near.find(|name| clause.is_sure_person(name))?;
    Some(clause.said(Field::Character, clause.name(part), &part.span).of(clause.name(actor)).with(Certainty::Weak))
}

/// Whether a name may be a character's: neither the film's title nor a word that names places and things.
pub(super) fn is_part(clause: &Clause<'_>, name: &Name, known: &Known) -> bool {
    let own = lower(clause.name(name));
    !name.possessive
        && !clause.is_work(&name.span)
        && !clause.is_sure_person(name)
        && !is_title(known, clause.name(name))
        && !vocabulary().is_seldom_name(&own)
        && !vocabulary().is_not_name(&own)
}

/// `Best Actor (Ada Berg)`, `Ada Berg should win best actress`: whose acting a prize is, or would be, for.
fn awarded(clause: &Clause<'_>, hit: &Hit) -> Option<Statement> {
    const GAP_WORDS: usize = 3;
    const BRACKET: [&str; 2] = [" (", ": "];
    let after = clause.names.iter().find(|name| name.span.start > hit.span.end).filter(|name| {
        clause.text.get(hit.span.end..name.span.start).is_some_and(|between| BRACKET.contains(&between))
    });
    let before = || clause.names_before(hit.span.start, GAP_WORDS).last().copied();
    let person = after.or_else(before).filter(|name| clause.is_person(name))?;
    (!clause.is_comparison(person.span.start)).then(|| cast(clause, person))
}

#[cfg(test)]
mod tests {
    use crate::extraction::CastMember;
    use crate::{Page, extract};

    use super::super::pairs;

    fn cast(language: &str, text: &str) -> Vec<(String, String)> {
        let html = format!(
            "<html lang={language}><title>Kalter Schnee Review</title><h1>Kalter Schnee Review</h1><article>\
             <p>{text}</p></article>"
        );
        let page = Page {
            bytes: html.as_bytes(),
            content_type: Some("text/html; charset=utf-8"),
            url: "https://example.org/a",
        };
        let pair = |member: CastMember| (member.name, member.character.unwrap_or_default());
        extract(page).film.cast.into_iter().map(pair).collect()
    }

    #[test]
    fn parts_in_a_row_keep_their_players() {
        let wanted = pairs(&[("Julia Berg", "Ilse Roth"), ("Anna Holm", "Dora"), ("Martin Lund", "Tom Roth")]);
        let told = "The cast is fine: Julia Berg as Ilse Roth, Anna Holm as Dora, Martin Lund as Tom Roth.";
        assert_eq!(cast("en", told), wanted);
        let told =
            "O elenco é excelente, com Julia Berg como Ilse Roth, Anna Holm como Dora, Martin Lund como Tom Roth.";
        assert_eq!(cast("pt", told), wanted);
    }

    #[test]
    fn a_part_may_open_the_sentence() {
        assert_eq!(
            cast("en", "As Countess Ilse Roth, Julia Berg is imperious and warm."),
            pairs(&[("Julia Berg", "Countess Ilse Roth")])
        );
    }

    #[test]
    fn a_part_may_be_told_by_what_it_is() {
        assert_eq!(
            cast("en", "The film rests on Martin Holm as the weary ferryman and Anna Lund as his silent sister."),
            pairs(&[("Martin Holm", "weary ferryman"), ("Anna Lund", "silent sister")])
        );
        assert_eq!(
            cast("en", "The film shows what became of Martin Holm as a director, and as a result it drags."),
            []
        );
    }

    #[test]
    fn the_verb_may_stand_far_from_the_actor() {
        assert_eq!(
            cast(
                "de",
                "Der Film lebt von dem großen Martin Holm, der den alten Fährmann Jost Brand mit viel Geduld spielt. \
                 Die Schwester wird von Anna Lund gespielt."
            ),
            pairs(&[("Martin Holm", "Fährmann Jost Brand"), ("Anna Lund", "Schwester")])
        );
        assert_eq!(
            cast("de", "Der Film zeigt Martin Holm in einem stillen Dorf in der Rolle eines Fährmanns."),
            pairs(&[("Martin Holm", "")])
        );
    }

    #[test]
    fn a_prize_for_acting_names_an_actor() {
        assert_eq!(
            cast("en", "The film won three prizes, among them Best Actress (Anna Lund) and Best Director."),
            pairs(&[("Anna Lund", "")])
        );
    }

    #[test]
    fn what_leads_away_from_a_part_names_nobody() {
        let told = "Martin Holm turns up as a priest, and Anna Lund as his housekeeper.";
        assert_eq!(cast("en", told), pairs(&[("Martin Holm", "priest"), ("Anna Lund", "housekeeper")]));
        assert_eq!(cast("en", "Anna Lund plays the widow of Tom Brand."), pairs(&[("Anna Lund", "widow")]));
    }

    #[test]
    fn one_verb_serves_a_row_and_two_lists() {
        let wanted = pairs(&[("Martin Holm", "Tom"), ("Anna Lund", "Ilse")]);
        assert_eq!(cast("en", "Tom is played by Martin Holm, Ilse by Anna Lund."), wanted);
        assert_eq!(
            cast("en", "Two friends, Tom and Ilse (played by Martin Holm and Anna Lund), share a boat."),
            wanted
        );
        assert_eq!(cast("fr", "Martin Holm incarne Tom, et Anna Lund sa sœur Ilse."), wanted);
    }

    #[test]
    fn a_part_may_be_told_as_the_actors_own() {
        let told = "Anna Lund is superb. Her Ilse is a tired woman. Martin Holm brings real warmth to Tom.";
        assert_eq!(cast("en", told), pairs(&[("Anna Lund", "Ilse"), ("Martin Holm", "Tom")]));
    }

    #[test]
    fn a_pronoun_stands_for_the_actor_named_before() {
        let told = "Then there is Martin Holm. He is hilarious as the uncle.";
        assert_eq!(cast("en", told), pairs(&[("Martin Holm", "uncle")]));
        let told = "The supporting cast (Martin Holm, Anna Lund) is good. Also here: Martin Holm (as the priest).";
        assert_eq!(cast("en", told), pairs(&[("Martin Holm", "priest"), ("Anna Lund", "")]));
    }
}
