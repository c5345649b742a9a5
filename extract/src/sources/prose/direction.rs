//! Who directed, where no sentence says so: whom the text makes the subject of the film’s shots, pace and tone again and
//! again (`Berg keeps the camera at a distance`, `Berg’s sense of pacing`).
//!
//! One such sentence says little; several about one person are a guess, which anything said outright outweighs.

use std::collections::HashMap;

use crate::extraction::Field;
use crate::folding::key;
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::vocabulary;

use super::clause::Clause;
use super::subjects::{ENDS, opens_sentence};

/// Sentences that must agree.
const SENTENCES_MIN: usize = 2;

/// Guesses of all blocks together.
pub(super) fn direction(clauses: &[Clause<'_>]) -> Vec<Statement> {
    let mut found: HashMap<String, Vec<Statement>> = HashMap::new();
    for clause in clauses {
        let people =
            clause.names.iter().filter(|name| clause.is_person(name) && !clause.is_comparison(name.span.start));
        for name in people.filter(|name| directs(clause, name)) {
            let said = clause.said(Field::Director, clause.name(name), &name.span).with(Certainty::Weak);
            found.entry(key(clause.name(name))).or_default().push(said);
        }
    }
    let mut guesses: Vec<Statement> =
        found.into_values().filter(|said| said.len() >= SENTENCES_MIN).flatten().collect();
    guesses.sort_by_key(|one| one.span.as_ref().map(|span| span.start));
    guesses
}

/// Whether a sentence tells of somebody what only the one behind the camera does, and nothing of acting.
fn directs(clause: &Clause<'_>, name: &Name) -> bool {
    const REACH_WORDS: usize = 5;
    let rest = clause.lowered.get(name.span.end..).unwrap_or_default();
    let sentence = rest.split(ENDS).next().unwrap_or_default();
    // `the films of Ada Berg`
    let is_maker = clause
        .triggers("films_of")
        .any(|hit| clause.text.get(hit.span.end..name.span.start).is_some_and(|between| between.trim().is_empty()));
    if is_maker {
        return true;
    }
    let is_subject = opens_sentence(clause, name) || sentence.trim_start_matches(',').starts_with(" who ");
    let told = if name.possessive {
        let end = sentence.match_indices(' ').nth(REACH_WORDS).map_or(sentence.len(), |(at, _)| at);
        sentence.get(..end).unwrap_or_default()
    } else if is_subject {
        sentence
    } else {
        return false;
    };
    let counts = |meaning| vocabulary().words.count(told, meaning, clause.language);
    counts("directing") > 0 && counts("acting") == 0
}

#[cfg(test)]
mod tests {
    use super::super::film_told;

    fn directors(text: &str) -> Vec<String> {
        film_told(text).directors
    }

    #[test]
    fn who_holds_the_camera_all_along_is_taken_for_the_director() {
        assert_eq!(
            directors(
                "It is the work of Julia Berg, who proved her skill before. Berg keeps the camera at a distance. In the \
                 second half, Berg’s sense of pacing falters."
            ),
            ["Julia Berg"]
        );
    }

    #[test]
    fn one_sentence_of_the_kind_or_the_plot_says_nothing() {
        assert_eq!(directors("The camera follows Julia Berg. Berg breaks the camera."), Vec::<String>::new());
        assert_eq!(directors("Julia Berg runs. Later, Berg hides the body in the barn."), Vec::<String>::new());
    }
}
