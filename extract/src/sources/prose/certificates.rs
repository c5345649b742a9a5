//! Certificates that sentences tell: `it is rated R`, `its PG-13 rating`, `interdit aux moins de 12 ans`.

use crate::extraction::Field;
use crate::statement::Statement;
use crate::values;
use crate::vocabulary::vocabulary;

use super::Known;
use super::clause::Clause;

/// `it is rated R.`
pub(super) fn certificate(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    if let Some(code) = behind_title(clause, known) {
        return Some(code);
    }
    if let Some(code) = board(clause) {
        return Some(code);
    }
    if let Some(code) = possessed(clause) {
        return Some(code);
    }
    rated(clause).or_else(|| plainly(clause))
}

/// `Orchard (12A) is at the Rex.`
fn behind_title(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    const PLACES_MAX: usize = 8;
    const LETTERS_MIN: usize = 3;
    let titles = known.lowered_titles.iter().filter(|title| title.len() >= LETTERS_MIN);
    let places = titles.flat_map(|title| {
        let ends = clause.lowered.match_indices(title.as_str()).take(PLACES_MAX);
        ends.map(|(at, title)| at.saturating_add(title.len())).collect::<Vec<_>>()
    });
    places.into_iter().find_map(|end| {
        let rest = clause.text.get(end..)?;
        let inside = rest.trim_start_matches(['”', '’', '"', ' ']).strip_prefix('(')?.split(')').next()?;
        let start = clause.text.len().checked_sub(rest.len())?.saturating_add(rest.find('(')?).saturating_add(1);
        let (code, span) = values::certificate(inside).filter(|(_, span)| *span == (0..inside.len()))?;
        let place = start..start.saturating_add(span.end);
        (!inside.contains(char::is_lowercase)).then(|| clause.said(Field::ContentRating, code, &place))
    })
}

/// `it is rated R`
fn rated(clause: &Clause<'_>) -> Option<Statement> {
    const PHRASE: &str = "rated ";
    let at = clause.lowered.find(PHRASE)?.saturating_add(PHRASE.len());
    let (code, span) = values::certificate(clause.text.get(at..)?)?;
    // `rated 15 in the UK`, but `rated 15 out of 20`
    let after = clause.lowered.get(at.saturating_add(span.end)..)?;
    let is_age = clause.lowered.get(..at)?.ends_with("is rated ")
        && [".", ",", " for ", " in ", " by "].iter().any(|next| after.starts_with(next));
    (span.start == 0 && (clause.text.get(at..)?.starts_with(char::is_uppercase) || is_age))
        .then(|| clause.said(Field::ContentRating, code, &(at..at.saturating_add(span.end))))
}

/// `The movie’s PG-13.`, `is a 15 certificate`: a code that a verb or its own word says is the film's.
fn plainly(clause: &Clause<'_>) -> Option<Statement> {
    const PLACES_MAX: usize = 8;
    const NOUNS: [&str; 5] = [" rating", "-rated ", " rated ", " movie", " film"];
    const VERBS: [&str; 6] = ["movie’s ", "movie's ", "movie is ", "film’s ", "film's ", "film is "];
    let told = |at: usize| {
        let rest = clause.text.get(at..)?;
        let word = rest.split([' ', '.', ',', ';', '!', '?', ')']).next()?;
        let word = word.strip_suffix("-rated").unwrap_or(word);
        let (code, span) = values::certificate(word)?;
        let is_code = span.start == 0 && span.end == word.len() && !word.contains(char::is_lowercase);
        is_code.then(|| clause.said(Field::ContentRating, code, &(at..at.saturating_add(word.len()))))
    };
    // One letter may be anything.
    let is_telling = |one: &Statement| one.value.len() > 2;
    // `a PG-13 rating`, `this PG-13 movie`
    let before_noun = |noun: &str| {
        clause.lowered.match_indices(noun).take(PLACES_MAX).find_map(|(end, _)| {
            let start = clause.text.get(..end)?.rfind(' ')?.saturating_add(1);
            let article = clause.lowered.get(..start)?.trim_end().rsplit(' ').next()?;
            // `an R rating`, `the R-rated film`: no other word of one letter stands so.
            let is_letter = article == "an" && noun == " rating" || noun == "-rated ";
            let code = told(start).filter(|one| (is_telling(one) || is_letter) && clause.is_article(article));
            code.filter(|_| !clause.is_comparison(start))
        })
    };
    let after_verb = VERBS.iter().filter_map(|verb| Some(clause.lowered.find(verb)?.saturating_add(verb.len())));
    // `is a 15 certificate`: an article tells a code from a word.
    let before_word = clause.lowered.find(" certificate").and_then(|end| {
        let start = clause.text.get(..end)?.rfind(' ')?.saturating_add(1);
        let head = clause.lowered.get(..start)?.trim_end();
        let is_one = head.rsplit(' ').next().is_some_and(|word| clause.is_article(word));
        told(start).filter(|_| is_one)
    });
    let verbs = after_verb.into_iter().filter_map(told).find(is_telling);
    verbs.or(before_word).or_else(|| NOUNS.into_iter().find_map(before_noun))
}

/// `Its PG-13 rating`: a code between the film's possessive and the word for what it is.
fn possessed(clause: &Clause<'_>) -> Option<Statement> {
    const OF_FILM: [&str; 3] = ["its ", "film’s ", "movie’s "];
    let (end, _) = clause.lowered.match_indices(" rating").find(|(end, _)| {
        clause.lowered.get(..*end).is_some_and(|head| OF_FILM.iter().any(|own| ends_with_word_after(head, own)))
    })?;
    let start = clause.text.get(..end)?.rfind(' ')?.saturating_add(1);
    let word = clause.text.get(start..end)?;
    let (code, span) = values::certificate(word)?;
    let is_code = span.start == 0 && span.end == word.len() && !word.contains(char::is_lowercase);
    is_code.then(|| clause.said(Field::ContentRating, code, &(start..end)))
}

/// Whether a text ends with these words and one more.
fn ends_with_word_after(text: &str, words: &str) -> bool {
    text.rsplit_once(' ').and_then(|(head, _)| head.strip_suffix(words.trim_end())).is_some_and(|head| {
        head.is_empty() || head.ends_with(|before: char| !before.is_alphanumeric()) || !words.starts_with("its")
    })
}

/// A certificate that its own words tell, wherever they stand: `interdit aux moins de 12 ans`, `15세 이상 관람가`.
fn board(clause: &Clause<'_>) -> Option<Statement> {
    const BYTES_MIN: usize = 12;
    let hits = vocabulary().certificates.find_in_any(&clause.lowered).into_iter();
    let hit = hits.filter(|hit| hit.span.len() >= BYTES_MIN).find(|hit| !clause.is_comparison(hit.span.start))?;
    let code = hit.meanings.first().map(|(_, code)| *code)?;
    Some(clause.said(Field::ContentRating, code, &hit.span))
}
