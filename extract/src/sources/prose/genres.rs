//! Genres told in sentences: `“Ash” is a psychological thriller`, `Mira Holt's sci-fi horror`.
//!
//! What is said of this film by its title, its director's possessive or the headline counts; what the text calls a film in
//! passing is a guess where nothing else is said.

mod beside;

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::extraction::Field;
use crate::folding::{is_caseless, key, last_bytes, lower, start_of};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::clause::Clause;

/// How far after `is a` a genre may stand.
const REACH_BYTES: usize = 90;

/// A genre and how sure the sentence is that it is this film's.
type Told = (Range<usize>, Certainty);

/// Genres of one block.
pub(super) fn read(clause: &Clause<'_>, titles: &[String]) -> Vec<Statement> {
    let mut told: Vec<Told> = Vec::new();
    for title in titles.iter().filter(|title| title.len() > 1) {
        let Some(at) = clause.lowered.find(title.as_str()) else { continue };
        let end = at.saturating_add(title.len());
        told.extend(named_before(clause, at));
        let Some(gap) = says_what(clause, end) else { continue };
        let start = end.saturating_add(gap);
        told.extend(within(clause, start));
    }
    told.extend(possessive(clause));
    told.extend(pointed_at(clause));
    told.extend(opening(clause));
    told.truncate(3);
    told.iter().flat_map(|(span, certainty)| said(clause, span, *certainty)).collect()
}

/// A genre and those in one breath with it, as they are printed.
fn said(clause: &Clause<'_>, span: &Range<usize>, certainty: Certainty) -> Vec<Statement> {
    let spans = beside::all_of(clause, span).into_iter();
    spans
        .map(|span| clause.said(Field::Genre, super::titled_words(clause.words(&span)), &span).with(certainty))
        .collect()
}

/// `The horror film “Ash”`: a genre right before the title.
fn named_before(clause: &Clause<'_>, at: usize) -> Option<Told> {
    const REACH_BYTES: usize = 40;
    let head = clause.lowered.get(..at)?.trim_end_matches([' ', '“', '"', '‘', '\'', '«', '„', '《', '「', '『']);
    let start = (head.len().saturating_sub(REACH_BYTES)..=head.len()).find(|start| head.is_char_boundary(*start))?;
    let near = head.get(start..)?;
    let near = near.rsplit(['.', ',', ';', ':', '(', '。', '，']).next()?;
    let start = head.len().saturating_sub(near.len());
    let span = phrase(near, clause.language)?;
    let rest = near.get(span.end..)?.trim();
    // `The action “Ash”` says nothing: only a noun stands beside a title by itself.
    let is_noun = near.get(span.clone())?.rsplit(' ').next().is_some_and(|word| vocabulary().is_genre_noun(word));
    let is_beside = rest.is_empty() && is_noun || is_film_noun(rest);
    let span = start.saturating_add(span.start)..start.saturating_add(span.end);
    (is_beside && !clause.is_comparison(span.start)).then_some((span, Certainty::Plain))
}

/// Whether a lower-cased word is a form of “to be”.
fn is_copula(clause: &Clause<'_>, word: &str) -> bool {
    clause.fits(word, "copula")
}

/// Whether a lower-cased word is one for a film, which a genre may be said with.
pub(super) fn is_film_noun(word: &str) -> bool {
    vocabulary().facts.exact(word).is_some_and(|hit| hit.meanings.iter().any(|(_, of)| *of == "film_noun"))
}

/// How far after a title the words end that say what it is: `“Ash” is a`, `Ash, an`, `Ash – a`.
fn says_what(clause: &Clause<'_>, end: usize) -> Option<usize> {
    const GAP_BYTES_MAX: usize = 45;
    let rest = clause.lowered.get(end..)?;
    let near = (0..=GAP_BYTES_MAX.min(rest.len())).rev().find_map(|at| rest.get(..at))?;
    let near = near.split(['.', ';']).next()?;
    let bare = near.trim_start_matches(['”', '"', '’', '»', '\'']);
    let apposed = bare.trim_start_matches([' ', ',', '-', '–', '—', ':']);
    let is_set_apart = bare.get(..bare.len().saturating_sub(apposed.len())).is_some_and(|sign| !sign.trim().is_empty());
    if let Some(article) = apposed.split(' ').next().filter(|word| is_set_apart && clause.is_article(word)) {
        return Some(near.len().saturating_sub(apposed.len()).saturating_add(article.len()));
    }
    let hits = vocabulary().facts.find(near, clause.language).into_iter();
    hits.filter(|hit| hit.means("is_a", clause.language)).map(|hit| hit.span.end).next()
}

/// What stands before the word that leads over to the plot: in `a film about a family`, no genre is named.
fn before_plot<'t>(clause: &Clause<'_>, text: &'t str) -> &'t str {
    let hits = vocabulary().facts.find(text, clause.language).into_iter();
    let plot = hits.filter(|hit| hit.meanings.iter().any(|(of, said)| *said == "to_plot" && *of == clause.language));
    plot.map(|hit| hit.span.start).next().and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The first genre in the same sentence.
fn within(clause: &Clause<'_>, start: usize) -> Option<Told> {
    let rest = clause.lowered.get(start..)?;
    let end = rest.find(['.', ';', '!', '?', '(']).unwrap_or(rest.len()).min(REACH_BYTES);
    let span = phrase(before_plot(clause, start_of(rest, end)), clause.language)?;
    Some((start.saturating_add(span.start)..start.saturating_add(span.end), Certainty::Plain))
}

/// Whether a form of `to be` has a subject that is no film: `o herói é um policial`.
fn tells_of_another(clause: &Clause<'_>, hit: &Hit) -> bool {
    if !clause.fits(clause.lowered.get(hit.span.clone()).unwrap_or_default(), "is_a") {
        return false;
    }
    let before = clause.lowered.get(..hit.span.start).unwrap_or_default().trim_end();
    let opens = before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '”', '"', '»', ',', ';', '—', '–']);
    !opens && !before.rsplit(' ').next().is_some_and(is_film_noun)
}

/// `this warm comedy`, `his spy thriller`, `such a psychological horror`: words that point at the film under review.
fn pointed_at(clause: &Clause<'_>) -> Option<Told> {
    const WORDS_MAX: usize = 6;
    clause.triggers("points_at_film").filter(|hit| !tells_of_another(clause, hit)).find_map(|hit| {
        let rest = clause.lowered.get(hit.span.end..)?;
        let words: usize =
            rest.split(' ').take(WORDS_MAX.saturating_add(1)).map(|word| word.len().saturating_add(1)).sum();
        let close = rest.get(..words.saturating_sub(1).min(rest.len()))?.split(['.', ';', ':', '(']).next()?;
        // `It's a slow, quiet thriller`: after an article, adjectives stand in a row.
        let is_article = clause.words(&hit.span).rsplit(' ').next().is_some_and(|word| clause.is_article(word));
        let close = if is_article { close } else { close.split(',').next()? };
        let close = before_plot(clause, close);
        let span = phrase(close, clause.language)?;
        // `This film is not short on action`: past the word for a film only `is a` leads on to its genre.
        let gap: Vec<&str> = close.get(..span.start)?.split(' ').filter(|word| !word.is_empty()).collect();
        let verb = gap.iter().position(|word| is_copula(clause, word));
        let says_what = verb.and_then(|at| gap.get(at.saturating_add(1))).map(|word| clause.is_article(word));
        if says_what == Some(false) || says_what.is_none() && gap.iter().any(|word| is_film_noun(word)) {
            return None;
        }
        let span = hit.span.end.saturating_add(span.start)..hit.span.end.saturating_add(span.end);
        let is_own = !clause.is_comparison(span.start) && !clause.lowered.get(span.end..)?.starts_with('s');
        is_own.then_some((span, Certainty::Weak))
    })
}

/// `A quiet family comedy about …`: a sentence without a verb says what the film is.
fn opening(clause: &Clause<'_>) -> Option<Told> {
    const WORDS_MAX: usize = 5;
    const NEXT_BYTES_MAX: usize = 40;
    let ends = clause.lowered.match_indices(['.', '!', '?']).map(|(at, sign)| at.saturating_add(sign.len()));
    std::iter::once(0).chain(ends).find_map(|start| {
        let rest = clause.lowered.get(start..)?;
        let sentence = rest.trim_start();
        let (article, described) = sentence.split_once(' ').filter(|(word, _)| clause.is_article(word))?;
        let from = start
            .saturating_add(rest.len().saturating_sub(sentence.len()))
            .saturating_add(article.len())
            .saturating_add(1);
        let words: usize = described.split(' ').take(WORDS_MAX).map(|word| word.len().saturating_add(1)).sum();
        let close = described.get(..words.min(described.len()))?.split(['.', ';', ':', '(', '!', '?']).next()?;
        let span = phrase(before_plot(clause, close), clause.language)?;
        let after = described.get(span.end..)?;
        let facts = vocabulary().facts.find(start_of(after.trim_start(), NEXT_BYTES_MAX), clause.language);
        let leads_on = facts.first().filter(|hit| hit.span.start == 0);
        let goes_on = leads_on.is_some_and(|hit| {
            hit.meanings.iter().any(|(of, said)| *of == clause.language && matches!(*said, "to_plot" | "together_with"))
        });
        let span = from.saturating_add(span.start)..from.saturating_add(span.end);
        (goes_on || after.starts_with([',', '.', '!'])).then_some((span, Certainty::Weak))
    })
}

/// `Name's … thriller`.
fn possessive(clause: &Clause<'_>) -> Vec<Told> {
    let names = clause
        .names
        .iter()
        .filter(|name| name.possessive && clause.is_person(name) && !clause.is_comparison(name.span.start));
    names
        .filter_map(|name| {
            let after = clause.lowered.get(name.span.end..)?;
            let words: usize = after.split(' ').take(6).map(|word| word.len().saturating_add(1)).sum();
            let close = after.get(..words.min(after.len()))?;
            let close = close.split(['.', ';', ':', '(']).next()?;
            let span = phrase(before_plot(clause, close), clause.language)?;
            let span = name.span.end.saturating_add(span.start)..name.span.end.saturating_add(span.end);
            Some((span, Certainty::Plain))
        })
        .collect()
}

/// What a text calls its film in passing, where no sentence says outright what it is: the genre told most often as a thing
/// of one kind (`there are times when a thriller works`, `un drama familiar`, `horror film`).
pub(super) fn in_passing(clauses: &[Clause<'_>]) -> Vec<Statement> {
    let mut told: Vec<(String, usize, &Clause<'_>, Range<usize>)> = Vec::new();
    for clause in clauses {
        for span in phrases(&clause.lowered, clause.language).filter(|span| is_one_of_a_kind(clause, span)) {
            let own = key(clause.words(&span));
            // `filme de animação` says more than a comparison's `um drama`.
            let before = last_bytes(clause.lowered.get(..span.start).unwrap_or_default(), BEFORE_BYTES_MAX);
            let told_of_film = if follows_film_of(clause, before) { 2 } else { 1 };
            match told.iter_mut().find(|(known, ..)| *known == own) {
                Some((_, times, ..)) => *times = times.saturating_add(told_of_film),
                None => told.push((own, told_of_film, clause, span)),
            }
        }
    }
    let most = told.iter().map(|(_, times, ..)| *times).max();
    let first = told.iter().find(|(_, times, ..)| Some(*times) == most);
    first.map(|(_, _, clause, span)| said(clause, span, Certainty::Weak)).unwrap_or_default()
}

/// Whether a word begins with one for a film: `영화라는`.
fn begins_with_film(word: &str) -> bool {
    let ends = word.char_indices().map(|(at, letter)| at.saturating_add(letter.len_utf8()));
    ends.filter_map(|end| word.get(..end)).any(is_film_noun)
}

/// Whether a genre's words end or begin with one for a film: `horrorfilm`, `film animé`.
fn has_film_in_it(word: &str) -> bool {
    if word.split(' ').next().is_some_and(is_film_noun) {
        return true;
    }
    let starts = word.char_indices().map(|(at, _)| at).skip(1);
    starts.filter_map(|start| word.get(start..)).any(is_film_noun)
}

/// Words looked at before a genre.
const BEFORE_BYTES_MAX: usize = 48;

/// Whether a genre stands after an indefinite article, or before the word for a film.
fn is_one_of_a_kind(clause: &Clause<'_>, span: &Range<usize>) -> bool {
    const WORDS_MAX: usize = 4;
    let before = last_bytes(clause.lowered.get(..span.start).unwrap_or_default(), BEFORE_BYTES_MAX);
    let after = clause.lowered.get(span.end..).unwrap_or_default();
    let word = clause.words(span);
    let is_article = |word: &str| clause.fits(word, "indefinite");
    let near = before.rsplit([',', '.', ';', ':', '(', '!', '?', '“', '"']).next().unwrap_or_default();
    // `a pinch of comedy`
    let is_amount = vocabulary().facts.count(near, "amount", clause.language) > 0;
    let is_led = !is_amount && before.ends_with(' ') && near.trim_end().rsplit(' ').take(WORDS_MAX).any(is_article);
    let is_noun = vocabulary().is_genre_noun(&lower(word)) || word.contains(' ');
    // `di genere drammatico`, `of the horror genre`
    let is_of_genre = vocabulary().facts.find(near, clause.language).last().is_some_and(|hit| {
        hit.means("of_genre", clause.language) && near.get(hit.span.end..).is_some_and(|rest| rest.trim().is_empty())
    });
    let next = first_word(after.trim_start_matches([' ', '-']));
    let is_owned = after.starts_with(['’', '\'']);
    // Scripts without capitals have no articles either, and write on after a noun.
    if word.chars().next_back().is_some_and(is_caseless) || next.chars().next().is_some_and(is_caseless) {
        return is_noun || begins_with_film(next);
    }
    // `la mejor película de ciencia-ficción`, `un film d’espionnage`
    let is_after_film = follows_film_of(clause, before);
    // `of psychological drama genre`, `romantik komedi türünde`
    let is_of_genre =
        is_of_genre || clause.fits(next, "genre_word") && (clause.language != "en" || near.trim_end().ends_with(" of"));
    // `Der Horrorfilm überzeugt`: the word for a film is part of the genre's.
    let names_film = is_noun && has_film_in_it(&lower(word));
    // `To dobry horror`: where nothing stands before a noun, any may be the film's.
    let is_led = is_led || vocabulary().speaks(clause.language) && !vocabulary().has_articles(clause.language);
    // `Southern gothic horror, vampires and a choir`: a line that begins with what it is.
    let is_opening = span.start == 0 && after.starts_with([',', '.', ':']) && is_noun;
    (is_opening || is_of_genre || is_after_film || names_film || is_led && is_noun && !is_owned || is_film_noun(next))
        && !clause.is_comparison(span.start)
}

/// Whether a text ends with the word for a film and the preposition that a genre follows: `película de `, `film d’`.
fn follows_film_of(clause: &Clause<'_>, before: &str) -> bool {
    let bare = before.trim_end();
    let hits = vocabulary().facts.find(bare, clause.language);
    hits.last().is_some_and(|hit| hit.means("film_of", clause.language) && hit.span.end == bare.len())
}

/// The first genre with the words that qualify it: `sci-fi horror`, `medical thriller`.
pub(crate) fn phrase(lowered: &str, language: &str) -> Option<Range<usize>> {
    phrases(lowered, language).next()
}

/// All genres with the words that qualify them.
fn phrases<'t>(lowered: &'t str, language: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let vocabulary = vocabulary();
    let mut done = 0;
    vocabulary.genres.find_in_any(lowered).into_iter().filter_map(move |hit| {
        let word = lowered.get(hit.span.clone())?;
        let is_beside_film = || is_before_film(lowered, hit.span.end) || follows_film(lowered, hit.span.start);
        let is_genre = (hit.span.len() > 2 || is_beside_film())
            && hit.span.start >= done
            && !follows_hyphen(lowered, hit.span.start)
            && (vocabulary.is_genre_noun(word)
                || word.contains(' ')
                || vocabulary.genres.exact(word).is_some() && (word.len() > 4 || is_beside_film()));
        let span = is_genre.then(|| with_qualifiers(lowered, &hit.span)).flatten()?;
        // `this bickering family`: things that films are about are genres only beside the word for a film or another genre.
        let is_thing = vocabulary.facts.exact(word).is_some_and(|fact| fact.means("thing", language));
        if is_thing && span == hit.span && !is_beside_film() {
            return None;
        }
        done = span.end;
        Some(span)
    })
}

/// Whether the word for a film stands before a genre, with a preposition or without: `film noir`, `film di guerra`.
fn follows_film(lowered: &str, start: usize) -> bool {
    const WORDS: usize = 2;
    let before = lowered.get(..start).unwrap_or_default();
    before.split([' ', '’', '\'']).rev().filter(|word| !word.is_empty()).take(WORDS).any(is_film_noun)
}

/// Whether the word for a film comes next: `a war film`.
fn is_before_film(lowered: &str, end: usize) -> bool {
    let next = lowered.get(end..).and_then(|rest| rest.strip_prefix([' ', '-']));
    next.is_some_and(|next| is_film_noun(first_word(next)))
}

/// A genre with what stands before and after it and belongs to it: `psychological thriller`, `drama de época`.
fn with_qualifiers(lowered: &str, genre: &Range<usize>) -> Option<Range<usize>> {
    let vocabulary = vocabulary();
    let (mut start, mut end) = (genre.start, genre.end);
    while let Some(before) = lowered
        .get(..start)
        .map(str::trim_end)
        .and_then(|head| head.rsplit([' ', ',']).next())
        .filter(|word| !word.is_empty() && (vocabulary.is_compound_genre(word) || vocabulary.is_genre_noun(word)))
    {
        start = start.checked_sub(before.len().saturating_add(1))?;
    }
    while let Some(length) = lowered.get(end..).and_then(qualifier_after) {
        end = end.saturating_add(length);
    }
    Some(start..without_film(lowered, start, end))
}

/// The length of what qualifies the genre before it: another noun (`horror comedy`), or what languages put after theirs
/// (`drama familiar`, `película de acción`).
fn qualifier_after(rest: &str) -> Option<usize> {
    const WORDS_MAX: usize = 4;
    let told = rest.strip_prefix([' ', '-'])?;
    let told = told.split([',', '.', '”', ';', ':', '(', ')', '!', '?', '\n']).next()?;
    let ends = told.match_indices(' ').map(|(at, _)| at).chain([told.len()]).take(WORDS_MAX);
    let fits = |end: usize| {
        let words = told.get(..end)?;
        // `detective thriller` after `noir`
        let (qualifiers, last) = words.rsplit_once(' ').unwrap_or(("", words));
        let is_qualified = qualifiers.split(' ').all(|word| word.is_empty() || vocabulary().is_compound_genre(word));
        let is_noun = is_qualified && vocabulary().is_genre_noun(last);
        (is_noun || rest.starts_with(' ') && vocabulary().is_genre_tail(words)).then_some(end.saturating_add(1))
    };
    ends.filter_map(fits).last()
}

/// The letters that a text begins with, with the signs on them.
fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).next().unwrap_or_default()
}

/// Whether a genre's word is the end of another word: `live-action`.
fn follows_hyphen(lowered: &str, at: usize) -> bool {
    let head = lowered.get(..at).and_then(|head| head.strip_suffix('-'));
    let before = head.and_then(|head| head.rsplit([' ', '-', ',']).next());
    before.is_some_and(|word| !vocabulary().is_compound_genre(word) && vocabulary().genres.exact(word).is_none())
}

/// Where a genre ends before the word for a film that it may be said with: `documentary film`, `action movie`.
pub(crate) fn without_film(lowered: &str, start: usize, end: usize) -> usize {
    let words = lowered.get(start..end).unwrap_or_default();
    // `road movie` is a genre only with it.
    let is_genre = |words: &str| words.rsplit(' ').next().is_some_and(|last| vocabulary().genres.exact(last).is_some());
    let cut = words.rsplit_once(' ').filter(|(genre, last)| is_film_noun(last) && is_genre(genre));
    cut.map_or(end, |(genre, _)| start.saturating_add(genre.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genres_are_taken_with_what_qualifies_them() {
        let read = |text: &str| phrase(text, "en").and_then(|span| text.get(span).map(str::to_owned));
        assert_eq!(read("a slow psychological thriller about").as_deref(), Some("psychological thriller"));
        assert_eq!(read("sci-fi horror film").as_deref(), Some("sci-fi horror"));
        assert_eq!(read("a noir detective thriller").as_deref(), Some("noir detective thriller"));
        assert_eq!(read("a documentary film about salt").as_deref(), Some("documentary"));
        assert_eq!(read("a live-action remake"), None);
        assert_eq!(read("a slow road movie about two aunts").as_deref(), Some("road movie"));
        assert_eq!(read("a long day"), None);
    }

    #[test]
    fn every_language_tells_its_genres_in_its_own_shape() {
        let read = |language: &str, text: &str| super::super::film_told_in(language, text).genres;
        for (language, text, genres) in [
            ("es", "Estamos ante un western crepuscular.", vec!["Western Crepuscular"]),
            ("es", "La cinta de ciencia ficción es floja.", vec!["Ciencia Ficción"]),
            ("fr", "Le tout nouveau film animé du studio.", vec!["Film Animé"]),
            ("it", "È un film di genere drammatico.", vec!["Drammatico"]),
            ("de", "Der Horrorfilm überzeugt.", vec!["Horrorfilm"]),
            ("pt", "O longa é um drama de época.", vec!["Drama De Época"]),
            ("tr", "Romantik komedi türünde bir yapım.", vec!["Romantik Komedi"]),
            ("pl", "To dobry horror.", vec!["Horror"]),
            ("ru", "Это хороший триллер, и я его рекомендую.", vec!["Триллер"]),
            ("hi", "यह एक हॉरर फिल्म है।", vec!["हॉरर"]),
            ("ja", "これはホラー映画だ。", vec!["ホラー映画"]),
            ("ko", "이 영화는 공포 영화다.", vec!["공포"]),
            ("zh", "这是一部恐怖片。", vec!["恐怖片"]),
            ("nl", "Deze horrorfilm is eng.", vec!["Horrorfilm"]),
        ] {
            assert_eq!(read(language, text), genres, "{language}: {text}");
        }
    }

    #[test]
    fn what_the_plot_is_about_is_no_genre() {
        let genres = |text: &str| super::super::film_told(text).genres;
        assert_eq!(genres("The Long Snow is a slow film about a family and its war."), Vec::<String>::new());
        assert_eq!(genres("The Long Snow is a slow thriller about a family."), ["Thriller"]);
        assert_eq!(genres("There is a pinch of comedy in the second half."), Vec::<String>::new());
        assert_eq!(genres("No war film comes close to it."), ["War"]);
    }
}
