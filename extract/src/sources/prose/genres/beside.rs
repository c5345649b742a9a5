//! Genres told in one breath: `a sci-fi/comedy flick`, `una película de acción y superhéroes`.

use std::ops::Range;

use crate::folding::last_bytes;
use crate::sources::prose::clause::Clause;
use crate::vocabulary::vocabulary;

use super::{first_word, is_film_noun, phrase, phrases};

/// How long the genre before another may be, with what joins them.
const REACH_BYTES: usize = 48;

/// A genre with the one right before it and the one right after, in their order.
pub(super) fn all_of(clause: &Clause<'_>, genre: &Range<usize>) -> Vec<Range<usize>> {
    let before = before(clause, genre.start);
    let after = after(clause, genre.end);
    before.into_iter().chain([genre.clone()]).chain(after).collect()
}

/// `documentary/` before `fantasy film`, `action and` before `adventure film`.
fn before(clause: &Clause<'_>, start: usize) -> Option<Range<usize>> {
    let head = last_bytes(clause.lowered.get(..start)?, REACH_BYTES);
    let told = match head.trim_end().strip_suffix('/') {
        Some(told) => told.trim_end(),
        None => {
            let (told, joiner) = head.trim_end().rsplit_once(' ')?;
            is_joiner(joiner).then_some(told)?
        }
    };
    let span = phrases(told, clause.language).last().filter(|span| span.end == told.len())?;
    let base = start.saturating_sub(head.len());
    Some(base.saturating_add(span.start)..base.saturating_add(span.end))
}

/// `/horror` after `comedy`, `y superhéroes` after `acción`, where nothing but the word for a film follows.
fn after(clause: &Clause<'_>, end: usize) -> Option<Range<usize>> {
    let rest = clause.lowered.get(end..)?;
    let (told, is_joined) = match rest.trim_start().strip_prefix('/') {
        Some(told) => (told.trim_start(), false),
        None => {
            let (joiner, told) = rest.strip_prefix(' ')?.split_once(' ')?;
            (is_joiner(joiner).then_some(told)?, true)
        }
    };
    let sentence = told.split(['.', ';', ':', '(', '!', '?', ',']).next()?;
    let span = phrase(sentence, clause.language).filter(|span| span.start == 0)?;
    let next = sentence.get(span.end..)?.trim_start();
    let leads_on = || {
        let hits = vocabulary().facts.find(first_word(next), clause.language);
        hits.first().is_some_and(|hit| hit.means("to_plot", clause.language))
    };
    let is_all = next.is_empty() || is_film_noun(first_word(next)) || leads_on();
    let base = end.saturating_add(rest.len().saturating_sub(told.len()));
    (!is_joined || is_all).then(|| base..base.saturating_add(span.end))
}

/// `and` in any language, without the words for `together with`.
fn is_joiner(word: &str) -> bool {
    let is_with = |hit: crate::vocabulary::Hit| hit.meanings.iter().any(|(_, of)| *of == "together_with");
    vocabulary().is_joiner(word) && !vocabulary().facts.exact(word).is_some_and(is_with)
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_genres_in_one_breath_are_two() {
        let genres = |text: &str| super::super::super::film_told(text).genres;
        assert_eq!(genres("The Long Snow is a sci-fi/comedy flick."), ["Sci-fi", "Comedy"]);
        assert_eq!(genres("The Long Snow is a documentary/fantasy film about salt."), ["Documentary", "Fantasy"]);
        assert_eq!(genres("The Long Snow is a thriller and satire about a village."), ["Thriller", "Satire"]);
        assert_eq!(genres("The Long Snow is a thriller and comedy is far from it."), ["Thriller"]);
    }
}
