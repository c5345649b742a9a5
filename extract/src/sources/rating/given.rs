//! Grades and numbers that a sentence gives: `I give it a B-`, `it deserves an 8.5`, `merece 5 estrelas`.
//!
//! Which words give is data; what they give is one form among others, weighed where it stands.

use crate::folding::start_of;
use crate::values::tokens;
use crate::vocabulary::vocabulary;

use super::forms::{Form, bare_letter, count};
use super::scale::{self, Number};

/// Words between those that give and the number given: `a`, `an`, `a solid`.
const WORDS_MAX: usize = 2;

/// Where words end that give a rating, in a lower-cased text.
fn gives(lowered: &str) -> Vec<usize> {
    let hits = vocabulary().facts.find_in_any(lowered).into_iter();
    let gives = hits.filter(|hit| hit.meanings.iter().any(|(_, meaning)| *meaning == "gives_rating"));
    gives.map(|hit| hit.span.end).collect()
}

/// Whether a lower-cased text has words that give a rating.
pub(super) fn gives_any(lowered: &str) -> bool {
    !gives(lowered).is_empty()
}

/// Whether a lower-cased text ends with words that give what follows it.
pub(super) fn is_given(before: &str) -> bool {
    // `I give this movie a: 7.5/10`
    const WORDS_BEFORE_MAX: usize = 4;
    let before = before.trim_end().trim_end_matches(':');
    gives(before).last().and_then(|end| before.get(*end..)).is_some_and(|rest| {
        let words = rest.split(' ').filter(|word| !word.is_empty());
        words.clone().count() <= WORDS_BEFORE_MAX && words.clone().all(|word| word.chars().all(char::is_alphabetic))
    })
}

/// After such words a letter with a sign, or one that ends its sentence, is a grade.
pub(super) fn letter(text: &str, lowered: &str) -> Option<Form> {
    gives(lowered).into_iter().find_map(|from| {
        let rest = text.get(from..)?;
        let rest = rest.strip_prefix(" an ").or_else(|| rest.strip_prefix(" a ")).or_else(|| rest.strip_prefix(' '));
        let letter = rest?.trim_start_matches(['“', '"', ' ', ':']);
        let start = text.len().saturating_sub(letter.len());
        let form = bare_letter(letter)?;
        let is_signed = form.span.len() > 1;
        let span = start.saturating_add(form.span.start)..start.saturating_add(form.span.end);
        (is_signed || ends(letter.get(form.span.end..)?)).then_some(Form { span, weight: 4, ..form })
    })
}

/// After such words a number that ends its part of the sentence is a rating, of a scale that nobody states.
pub(super) fn number(text: &str, lowered: &str) -> Option<Form> {
    const MOST: f64 = 10.0;
    gives(lowered).into_iter().find_map(|from| {
        let tokens = tokens(near(lowered.get(from..)?));
        // `le doy un siete`: an article is a number's word, too, but no sentence ends with it.
        (0..=WORDS_MAX).find_map(|at| {
            let value = count(&tokens, at)?;
            let start = from.saturating_add(tokens.get(at)?.start);
            let end = from.saturating_add(value.end);
            let number = Number { value: value.value, places: value.places, best: None, stars: false };
            let rating = scale::number(text.get(start..end)?, number)?;
            let is_whole = ends(text.get(end..)?) && value.value <= MOST;
            is_whole.then_some(Form { rating, span: start..end, weight: 3 })
        })
    })
}

/// The start of a text, in which a number would stand.
fn near(text: &str) -> &str {
    const BYTES_MAX: usize = 40;
    start_of(text, BYTES_MAX)
}

/// Whether a part of a sentence ends before a text.
fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['.', '!', ',', '”', '"', ')', ';'])
}

#[cfg(test)]
mod tests {
    use crate::{Page, extract};

    fn rating(language: &str, sentence: &str) -> Option<f64> {
        let html = format!(
            "<html lang={language}><title>Orchard review</title><h1>Orchard review</h1><article><p>Orchard is a film.</p>\
             <p>{sentence} It goes on with more words that say nothing of any number.</p><p>More.</p><p>More.</p>\
             <p>More.</p><p>More.</p></article>"
        );
        let page = Page { bytes: html.as_bytes(), content_type: None, url: "https://example.org/a" };
        extract(page).review.rating.value
    }

    #[test]
    fn numbers_that_a_sentence_gives_are_ratings() {
        assert_eq!(rating("en", "Overall, it deserves a rating of an 8.5, for all its flaws."), Some(8.5));
        assert_eq!(rating("en", "I give it a 7."), Some(7.0));
        assert_eq!(rating("pt", "Por tudo isso, merece 5 estrelas!"), Some(5.0));
    }

    #[test]
    fn other_numbers_and_other_peoples_grades_are_none() {
        assert_eq!(rating("en", "Give it 10 minutes and it gets better."), None);
        assert_eq!(rating("en", "Buyers gave it a “B+” at the exits, says the studio."), None);
    }
}
