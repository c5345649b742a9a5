//! Whose part a character is, where it is told as the actor's own: `Ada Berg’s Ilse is no saint`.
//!
//! A possessive owns books and films as well: only whom the text goes on to speak of is a character.

use std::collections::HashMap;

use crate::extraction::Field;
use crate::folding::{key, lower, start_of};
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Trade, is_known_film, trade_of, vocabulary};

use super::clause::Clause;
use super::subjects::{ENDS, is_present, judges};
use super::{Known, is_title};

/// Times that a character is named beside the possessive.
const TIMES_MIN: usize = 2;

/// Statements made of one page.
const STATEMENTS_MAX: usize = 400;

/// Cast and characters of all blocks.
pub(super) fn owned_parts(clauses: &[Clause<'_>], known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    let times = capitals(clauses);
    let named = |words: &str| {
        let first = words.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        times.get(first).copied().unwrap_or(0)
    };
    for clause in clauses {
        if statements.len() > STATEMENTS_MAX {
            break;
        }
        for neighbours in clause.names.windows(2) {
            let [actor, part] = neighbours else { continue };
            if !is_owned(clause, known, actor, part) {
                continue;
            }
            // Of somebody known for acting one mention says it.
            let is_actor = trade_of(&key(clause.name(actor))) == Some(Trade::Actor)
                && !is_known_film(&key(clause.words(&part.span)))
                && !clause.owns_other_film(actor, &known.titles);
            let is_told = is_actor || is_first_name(clause, part) || named(clause.words(&part.span)) > TIMES_MIN;
            if !is_told {
                continue;
            }
            statements.push(clause.said(Field::Cast, clause.name(actor), &actor.span));
            let said = clause.said(Field::Character, clause.words(&part.span), &part.span).of(clause.name(actor));
            statements.push(said.with(Certainty::Weak));
        }
    }
    statements
}

/// Whether a part is a first name of whom the sentence goes on to tell: `Ada Berg’s Ilse is chilling`.
fn is_first_name(clause: &Clause<'_>, part: &Name) -> bool {
    const SENTENCE_BYTES_MAX: usize = 240;
    let words = clause.words(&part.span);
    let after = clause.text.get(part.span.end..).unwrap_or_default();
    let sentence = start_of(after.split(ENDS).next().unwrap_or_default(), SENTENCE_BYTES_MAX);
    let verb = sentence.strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    let fits = |meaning| clause.fits(verb, meaning);
    let said = lower(sentence);
    let goes_on = fits("copula") || is_present(verb, clause.language) || judges(clause, &said);
    // `Ada Berg’s Ash is a fine film`
    let is_of_film = vocabulary().words.count(&said, "film", clause.language) > 0;
    // `Ada Berg’s Ilse Roth provides the film’s best scene`
    let is_whole = clause.is_sure_person(part) && trade_of(&key(words)).is_none();
    let is_name = vocabulary().is_given_name(&lower(words)) && !is_of_film || is_whole;
    goes_on && is_name && !is_known_film(&key(words))
}

/// Whether a part stands right after the possessive of somebody who may act, and is no work's title.
fn is_owned(clause: &Clause<'_>, known: &Known, actor: &Name, part: &Name) -> bool {
    let between = clause.text.get(actor.span.end..part.span.start).unwrap_or_default();
    // `Ada Berg, whose Ilse is chilling`
    let is_whose = between.strip_prefix(", ").is_some_and(|word| clause.fits(word.trim_end(), "whose"));
    let between = if is_whose { " " } else { between.trim_start_matches(['’', '\'']) };
    let could_act = (actor.possessive || is_whose)
        && clause.is_sure_person(actor)
        && !known.crew.contains(&key(clause.name(actor)))
        && !clause.is_comparison(actor.span.start);
    let words = clause.words(&part.span);
    could_act
        && between.strip_prefix('s').unwrap_or(between) == " "
        && !clause.is_work(&part.span)
        && !is_title(known, words)
        && !known.titles.iter().any(|title| format!(" {title} ").contains(&format!(" {} ", key(words))))
}

/// How often each word with a capital stands in the text.
fn capitals<'c>(clauses: &'c [Clause<'_>]) -> HashMap<&'c str, usize> {
    let mut times = HashMap::new();
    for word in clauses.iter().flat_map(|clause| clause.text.split(|letter: char| !letter.is_alphanumeric())) {
        if word.starts_with(char::is_uppercase) {
            let count: &mut usize = times.entry(word).or_default();
            *count = count.saturating_add(1);
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::super::film_told;

    fn cast(text: &str) -> Vec<(String, Option<String>)> {
        film_told(text).cast.into_iter().map(|member| (member.name, member.character)).collect()
    }

    #[test]
    fn whom_the_text_goes_on_to_speak_of_is_the_part_of_who_owns_it() {
        assert_eq!(
            cast("Julia Berg’s Ilse is no saint. Ilse steals, and when Ilse prays, she lies."),
            [("Julia Berg".to_owned(), Some("Ilse".to_owned()))]
        );
    }

    #[test]
    fn a_work_named_once_is_no_part() {
        assert!(cast("It is no match for Julia Berg’s Orchard. Snow falls.").is_empty());
    }
}
