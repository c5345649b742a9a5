//! What sentences say of people: who directed, wrote, played whom.
//!
//! Works on names and the trigger phrases around them, so that a language is a data file. Says nothing of which film
//! is meant beyond setting comparisons aside.

mod brackets;
mod caseless;
mod caseless_cast;
mod caseless_crew;
mod cast;
mod clause;
mod crew;
mod direction;
mod genres;
mod lists;
mod mentions;
mod one_name;
mod owned_parts;
mod participles;
mod parts;
mod rows;
mod standing;
mod subjects;
mod surnames;

use std::collections::{HashMap, HashSet};

use crate::body::leads_elsewhere;
use crate::extraction::{Field, Source, Span};
use crate::folding::{key, lower, start_of};
use crate::page::{Block, Kind, Page};
use crate::sources::Reading;
use crate::statement::{Certainty, Statement};
use crate::values;
use crate::vocabulary::{Trade, is_one_film, trade_of, vocabulary};

pub(crate) use genres::{phrase as genre_phrase, without_film};
pub(crate) use surnames::Surnames;

use clause::Clause;

/// Text read as prose: the longest review seen had 60 KB.
const PROSE_BYTES_MAX: usize = 200_000;

/// Statements taken of prose: a long review makes two hundred.
const STATEMENTS_MAX: usize = 1_500;

/// Names looked for in every sentence.
const CAST_MAX: usize = 60;

/// What is known before prose is read, from the places that say it outright.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    /// Keys of people whom credits list as cast.
    pub cast: HashSet<String>,
    /// Their names as printed.
    pub cast_names: Vec<String>,
    /// Names of people who may be cast.
    pub candidates: Vec<String>,
    /// Names, as printed, of everybody whom credits, captions and the headline name.
    pub people: Vec<String>,
    /// Keys of people whom credits name behind the camera.
    pub crew: HashSet<String>,
    /// Keys of those who wrote the review.
    pub critics: HashSet<String>,
    /// Title keys of the film.
    pub titles: HashSet<String>,
    /// The film's titles in lower case, as the text may print them.
    pub lowered_titles: Vec<String>,
}

/// Statements of a page's prose and of its headline, which is a sentence too.
pub(crate) fn read(reading: Reading<'_>, known: &Known, headline: Option<&Span>) -> Vec<Statement> {
    let mut statements = Vec::new();
    let block = headline.and_then(|span| reading.page.blocks.iter().find(|block| block.span == *span));
    if let Some(clause) = block.map(|block| Clause::new(reading, block)) {
        // A headline's brackets hold directors and other titles, not actors; a year alone says nothing of them.
        let brackets = clause.text.split('(').skip(1).filter_map(|rest| rest.split(')').next());
        let only_years = brackets.into_iter().all(|inside| inside.trim().parse::<u16>().is_ok());
        let cast = if only_years { cast::cast(&clause, known) } else { Vec::new() };
        let said = cast.into_iter().chain(cast::billed(&clause, known));
        statements.extend(said.map(|statement| Statement { source: Source::Headline, ..statement }));
        statements.extend(crew::crew(&clause, known));
        statements.extend(caseless_crew::owners(&clause, known));
    }
    let mut clauses = clauses(reading);
    let surnames = Surnames::of(&clauses, known);
    clauses.iter_mut().for_each(|clause| clause.complete(&surnames));
    for clause in &clauses {
        statements.extend(crew::crew(clause, known));
        statements.extend(crew::titled(clause, known));
        statements.extend(crew::signed(clause, known));
        statements.extend(caseless_crew::named_before(clause));
        statements.extend(caseless_crew::after_trade(clause));
        statements.extend(caseless_crew::owners(clause, known));
        statements.extend(participles::shared(clause));
    }
    let mut with_crew = with_crew_of(&statements, known);
    for clause in &clauses {
        if statements.len() > STATEMENTS_MAX {
            break;
        }
        statements.extend(caseless::cast(clause, known));
        statements.extend(caseless_cast::cast(clause, known));
        statements.extend(cast::cast(clause, known));
        statements.extend(parts::parts(clause, known));
        statements.extend(subjects::subjects(clause, &with_crew));
        statements.extend(subjects::pronouns(clause, &with_crew));
        statements.extend(runtime(clause));
        statements.extend(certificate(clause));
        statements.extend(year(clause, known).or_else(|| year_of_kind(clause, known)).or_else(|| year_made(clause)));
        statements.extend(released(clause));
        statements.extend(genres::read(clause, &known.lowered_titles));
    }
    let guessed = direction::direction(&clauses, &statements, known);
    with_crew.crew.extend(guessed.iter().map(|one| key(&one.value)));
    statements.extend(guessed);
    statements.extend(owned_parts::owned_parts(&clauses, &with_crew));
    statements.extend(standing::standing(&clauses, &statements, &with_crew));
    if !statements.iter().any(|one| one.field == Field::Genre) {
        statements.extend(genres::in_passing(&clauses));
    }
    let known = with_cast_of(&statements, known);
    statements.extend(clauses.iter().flat_map(|clause| one_name::by_one_name(clause, &known)).take(STATEMENTS_MAX));
    let parts: HashSet<String> = statements.iter().filter_map(|one| one.subject.as_deref()).map(key).collect();
    statements.retain(|one| !is_within_title(&known, one) && !is_of_other_trade(one, &parts));
    let mut statements = each_once(statements);
    one_name::complete(&mut statements, &known);
    statements
}

/// Statements of cast without their repetitions: what two shapes read in one place is said once, and as sure as the surer.
fn each_once(mut statements: Vec<Statement>) -> Vec<Statement> {
    let place = |one: &Statement| (one.source, one.span.as_ref().map(|span| span.start), key(&one.value));
    let mut surest = HashMap::new();
    for one in statements.iter().filter(|one| one.field == Field::Cast) {
        let known = surest.entry(place(one)).or_insert(one.certainty);
        *known = one.certainty.max(*known);
    }
    statements.retain(|one| {
        one.field != Field::Cast
            || surest.get(&place(one)) == Some(&one.certainty) && surest.remove(&place(one)).is_some()
    });
    statements
}

fn clauses(reading: Reading<'_>) -> Vec<Clause<'_>> {
    let mut left = PROSE_BYTES_MAX;
    let fits = |block: &&Block| {
        let rest = left.checked_sub(block.span.len());
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    prose_blocks(reading.page).take_while(fits).map(|block| Clause::new(reading, block)).collect()
}

/// What is known, and whom sentences name as directors and writers: critics judge them in the words that they judge actors in.
fn with_crew_of(statements: &[Statement], known: &Known) -> Known {
    let mut known = known.clone();
    let said = statements
        .iter()
        .filter(|one| matches!(one.field, Field::Director | Field::Writer) && one.certainty > Certainty::Weak);
    known.crew.extend(said.map(|one| key(&one.value)));
    known
}

/// What is known, and whom sentences name as cast in so many words: a surname alone means somebody of them.
fn with_cast_of(statements: &[Statement], known: &Known) -> Known {
    let mut known = known.clone();
    for statement in statements {
        let is_sure = statement.certainty > Certainty::Weak;
        let names = if is_sure { &mut known.cast_names } else { &mut known.candidates };
        if statement.field == Field::Cast
            && names.len() < CAST_MAX
            && !names.iter().any(|name| key(name) == key(&statement.value))
        {
            names.push(statement.value.clone());
        }
    }
    known
}

/// The blocks that sentences stand in.
pub(crate) fn prose_blocks(page: &Page) -> impl Iterator<Item = &Block> {
    page.blocks.iter().filter(|block| {
        block.in_article
            && block.zone.is_article()
            && !matches!(block.kind, Kind::Caption | Kind::Heading(1))
            && !leads_elsewhere(page.block_text(block))
    })
}

/// A running time told in a sentence: the first length whose words beside it say that it is one.
fn runtime(clause: &Clause<'_>) -> Option<Statement> {
    const LENGTHS_MAX: usize = 6;
    let mut from = 0;
    for _ in 0..LENGTHS_MAX {
        let (minutes, span) = values::runtime(clause.text.get(from..)?)?;
        let span = from.saturating_add(span.start)..from.saturating_add(span.end);
        from = span.end;
        if let Some(certainty) = as_runtime(clause, minutes, &span) {
            return Some(clause.said(Field::Runtime, minutes.to_string(), &span).with(certainty));
        }
    }
    None
}

/// How surely a length in a sentence is the film's.
fn as_runtime(clause: &Clause<'_>, minutes: u32, span: &std::ops::Range<usize>) -> Option<Certainty> {
    const BEFORE_BYTES: usize = 48;
    const AFTER_BYTES: usize = 32;
    const FEATURE_MINUTES_MIN: u32 = 60;
    // Longer than that is what two films take, or a series.
    const EXACT_MINUTES_MAX: u32 = 240;
    let before = last_bytes(clause.lowered.get(..span.start)?, BEFORE_BYTES).trim_end();
    let after = start_of(clause.lowered.get(span.end..)?, AFTER_BYTES);
    let words = clause.lowered.get(span.clone())?;
    let around = format!("{before} {words}{after}");
    let says = |meaning| vocabulary().facts.count(&around, meaning, clause.language) > 0;
    // `156 minutes` after `at` and its likes, and hours told to the minute, are no other length's.
    let leads = vocabulary().facts.find(before);
    let is_led =
        leads.last().is_some_and(|hit| hit.means("before_runtime", clause.language) && hit.span.end == before.len());
    let is_exact = minutes <= EXACT_MINUTES_MAX
        && !minutes.is_multiple_of(60)
        && !is_rounded(words)
        && values::counts_hours(words);
    if minutes < FEATURE_MINUTES_MIN || !(says("beside_runtime") || is_led || is_exact) {
        return None;
    }
    // `A three-hour film`, `the two-hour mark`: whole hours are how long it felt, or a moment in it.
    let is_moment = vocabulary()
        .facts
        .find(after)
        .first()
        .is_some_and(|hit| hit.means("moment", clause.language) && hit.span.start <= 1);
    let is_round = minutes.is_multiple_of(60) && !values::counts_minutes(words);
    // `longer than the 90 minutes`, `the first 90 minutes`
    let is_other = vocabulary()
        .facts
        .find(before)
        .last()
        .is_some_and(|hit| hit.means("other_length", clause.language) && hit.span.end == before.len());
    if is_moment || is_round || is_other {
        return None;
    }
    let is_vague = says("vague_runtime") || is_rounded(words);
    Some(if is_vague { Certainty::Weak } else { Certainty::Plain })
}

/// Whether a length is told in halves of hours: a guess rather than a figure.
fn is_rounded(words: &str) -> bool {
    words.contains("half") || words.contains('½') || words.contains(".5") || words.contains(",5")
}

fn last_bytes(text: &str, most: usize) -> &str {
    let start = (text.len().saturating_sub(most)..=text.len()).find(|at| text.is_char_boundary(*at));
    start.and_then(|start| text.get(start..)).unwrap_or_default()
}

/// `it is rated R.`
fn certificate(clause: &Clause<'_>) -> Option<Statement> {
    const PHRASE: &str = "rated ";
    if let Some(code) = board(clause) {
        return Some(code);
    }
    if let Some(code) = possessed(clause) {
        return Some(code);
    }
    if let Some(code) = plainly(clause) {
        return Some(code);
    }
    let at = clause.lowered.find(PHRASE)?.saturating_add(PHRASE.len());
    let (code, span) = values::certificate(clause.text.get(at..)?)?;
    (span.start == 0 && clause.text.get(at..)?.starts_with(char::is_uppercase))
        .then(|| clause.said(Field::ContentRating, code, &(at..at.saturating_add(span.end))))
}

/// `The movie’s PG-13.`, `is a 15 certificate`: a code that a verb or its own word says is the film's.
fn plainly(clause: &Clause<'_>) -> Option<Statement> {
    const VERBS: [&str; 6] = ["movie’s ", "movie's ", "movie is ", "film’s ", "film's ", "film is "];
    let told = |at: usize| {
        let rest = clause.text.get(at..)?;
        let word = rest.split([' ', '.', ',', ';', '!', '?', ')']).next()?;
        let (code, span) = values::certificate(word)?;
        let is_code = span.start == 0 && span.end == word.len() && !word.contains(char::is_lowercase);
        is_code.then(|| clause.said(Field::ContentRating, code, &(at..at.saturating_add(word.len()))))
    };
    // One letter may be anything.
    let is_telling = |one: &Statement| one.value.len() > 2;
    let after_verb = VERBS.iter().filter_map(|verb| Some(clause.lowered.find(verb)?.saturating_add(verb.len())));
    // `is a 15 certificate`: an article tells a code from a word.
    let before_word = clause.lowered.find(" certificate").and_then(|end| {
        let start = clause.text.get(..end)?.rfind(' ')?.saturating_add(1);
        let head = clause.lowered.get(..start)?.trim_end();
        let is_one = head.rsplit(' ').next().is_some_and(|word| clause.is_article(word));
        told(start).filter(|_| is_one)
    });
    after_verb.into_iter().filter_map(told).find(is_telling).or(before_word)
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
    let hits = vocabulary().certificates.find(&clause.lowered).into_iter();
    let hit = hits.filter(|hit| hit.span.len() >= BYTES_MIN).find(|hit| !clause.is_comparison(hit.span.start))?;
    let code = hit.meanings.first().map(|(_, code)| *code)?;
    Some(clause.said(Field::ContentRating, code, &hit.span))
}

/// `released in 2021`, `Name's 2021 thriller`.
fn year(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    let year_at = |at: usize| {
        let (year, span) = values::year(clause.text.get(at..at.saturating_add(4))?)?;
        (span.start == 0 && !clause.is_comparison(at)).then(|| (year, at..at.saturating_add(span.end)))
    };
    let released = clause.triggers("released_in_year").find_map(|hit| year_at(hit.span.end.saturating_add(1)));
    // `Orchard came out in 1982`, in a review of another film.
    let is_other = |at: usize| {
        let start =
            clause.text.get(..at).and_then(|head| head.rfind(['.', '!', '?'])).map_or(0, |end| end.saturating_add(1));
        clause.names_film(start..at, |film| is_one_film(&known.titles, film))
    };
    let released = released.filter(|(_, span)| !is_other(span.start));
    if let Some((year, span)) = released {
        return Some(clause.said(Field::Year, year.to_string(), &span));
    }
    if let Some((year, span)) = directed_in(clause) {
        return Some(clause.said(Field::Year, year.to_string(), &span));
    }
    let mut possessives = clause.lowered.match_indices("’s ").chain(clause.lowered.match_indices("'s "));
    possessives.find_map(|(at, possessive)| {
        let (year, span) = year_at(at.saturating_add(possessive.len()))?;
        let mut words = clause.lowered.get(span.end..)?.split(' ').filter(|word| !word.is_empty()).take(3);
        words
            .any(|word| word == "film" || vocabulary().is_genre_noun(word))
            .then(|| clause.said(Field::Year, year.to_string(), &span).with(Certainty::Weak))
    })
}

/// `The Long Snow is a 1922 documentary film`: a year between the title's `is a` and the word for what it is.
fn year_of_kind(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    const WORDS_MAX: usize = 4;
    const BEFORE_BYTES_MAX: usize = 200;
    let hits = vocabulary().facts.find(&clause.lowered).into_iter();
    hits.filter(|hit| hit.means("is_a", clause.language)).find_map(|hit| {
        let start = hit.span.end.saturating_add(1);
        let (year, span) = values::year(clause.text.get(start..start.saturating_add(4))?)?;
        let before = last_bytes(clause.lowered.get(..hit.span.start)?, BEFORE_BYTES_MAX);
        let subject = before.rsplit(['.', '!', '?']).next()?.trim();
        let subject = subject.trim_matches(['“', '”', '"', '‘', '’', '«', '»', '_', '*']);
        let is_ours = subject.len() > 2 && known.lowered_titles.iter().any(|title| title.contains(subject));
        let rest = clause.lowered.get(start.saturating_add(span.end)..)?;
        let mut words = rest.split([' ', '/', '-']).filter(|word| !word.is_empty()).take(WORDS_MAX);
        let is_kind = words.any(|word| genres::is_film_noun(word) || vocabulary().is_genre_noun(word));
        (is_ours && is_kind && span.start == 0)
            .then(|| clause.said(Field::Year, year.to_string(), &(start..start.saturating_add(span.end))))
    })
}

/// `directed by Mira Holt in 2001`.
fn directed_in(clause: &Clause<'_>) -> Option<(i32, std::ops::Range<usize>)> {
    const PREPOSITIONS: [&str; 8] = [" in ", " nel ", " en ", " em ", " im jahr ", " im jahre ", " en el año ", ", "];
    clause.triggers("director_after").filter(|hit| !clause.is_comparison(hit.span.start)).find_map(|hit| {
        let name = clause.names.iter().find(|name| name.span.start == hit.span.end.saturating_add(1))?;
        let rest = clause.lowered.get(name.span.end..)?;
        let lead = PREPOSITIONS.iter().find(|lead| rest.starts_with(**lead))?;
        let start = name.span.end.saturating_add(lead.len());
        let (year, span) = values::year(clause.text.get(start..start.saturating_add(4))?)?;
        (span.start == 0).then(|| (year, start..start.saturating_add(span.end)))
    })
}

/// `released on 12 January 2001`, `premiered in February 1980`: a date of this film, and the year in it.
fn released(clause: &Clause<'_>) -> Vec<Statement> {
    const DATE_BYTES_MAX: usize = 24;
    let dated = clause.triggers("released_on").find_map(|hit| {
        let rest = clause.text.get(hit.span.end..)?;
        let rest = start_of(rest, DATE_BYTES_MAX);
        let is_other = clause.is_comparison(hit.span.start);
        let whole = values::date(rest, clause.language == "en").filter(|(_, span)| span.start <= 1);
        let (year, span) = values::year(rest)?;
        // `in February 1980`: nothing but the month's name before the year.
        let month = rest.get(..span.start)?.trim().trim_end_matches(',');
        let is_month = vocabulary().month(&lower(month)).is_some();
        (!is_other && (whole.is_some() || is_month)).then_some((hit.span.end, whole, year, span))
    });
    let Some((base, whole, year, span)) = dated else { return Vec::new() };
    let at = |span: &std::ops::Range<usize>| base.saturating_add(span.start)..base.saturating_add(span.end);
    let mut statements = vec![clause.said(Field::Year, year.to_string(), &at(&span))];
    statements.extend(whole.map(|(date, span)| clause.said(Field::ReleaseDate, date, &at(&span))));
    statements
}

/// `2004 yapımı`: a year, and the word for what was made in it.
fn year_made(clause: &Clause<'_>) -> Option<Statement> {
    clause.triggers("made_in_year").find_map(|hit| {
        let head = clause.text.get(..hit.span.start)?.trim_end();
        let start = head.len().checked_sub(4)?;
        let (year, _) = values::year(head.get(start..)?)?;
        let is_own = !head.get(..start)?.ends_with(char::is_alphanumeric) && !clause.is_comparison(start);
        is_own.then(|| clause.said(Field::Year, year.to_string(), &(start..head.len())))
    })
}

/// Each word with its first letter in upper case.
pub(crate) fn titled_words(text: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    text.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// Whether somebody is but words of the film's title: `Black Phone`, in a review of `The Black Phone`.
fn is_within_title(known: &Known, statement: &Statement) -> bool {
    let own = key(&statement.value);
    let of_person = matches!(statement.field, Field::Cast | Field::Director | Field::Writer);
    of_person
        && known.titles.iter().any(|title| {
            let is_part = format!(" {title} ").contains(&format!(" {own} "));
            is_part && title.len() > own.len()
        })
}

/// Whether a sentence seems to cast somebody known for other work who is given no part: critics judge directors and
/// novelists in the words that they judge actors in.
fn is_of_other_trade(statement: &Statement, parts: &HashSet<String>) -> bool {
    let own = key(&statement.value);
    statement.field == Field::Cast
        && !parts.contains(&own)
        && matches!(trade_of(&own), Some(Trade::Director | Trade::Other))
}

/// Whether a text is one of the film's titles.
fn is_title(known: &Known, text: &str) -> bool {
    known.titles.contains(&key(text))
}

impl Clause<'_> {
    fn said(&self, field: Field, value: impl Into<String>, span: &std::ops::Range<usize>) -> Statement {
        Statement::new(field, value, Source::Prose)
            .at(self.base.saturating_add(span.start)..self.base.saturating_add(span.end))
    }
}

/// The film of an English page that says this of it.
#[cfg(test)]
fn film_told(text: &str) -> crate::FilmFacts {
    film_told_in("en", &format!("The Long Snow is a film about a village.</p><p>{text}"))
}

/// The film of a page in a language that says this of it.
#[cfg(test)]
fn film_told_in(language: &str, text: &str) -> crate::FilmFacts {
    let html = format!(
        "<html lang={language}><title>The Long Snow Review</title><h1>The Long Snow Review</h1><article><p>{text}</p>\
         </article>"
    );
    let content_type = Some("text/html; charset=utf-8");
    crate::extract(crate::Page { bytes: html.as_bytes(), content_type, url: "https://example.org/a" }).film
}
