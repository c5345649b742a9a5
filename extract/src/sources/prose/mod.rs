//! What sentences say of people: who directed, wrote, played whom.
//!
//! Works on names and the trigger phrases around them, so that a language is a data file. Says nothing of which film
//! is meant beyond setting comparisons aside.

mod bare_names;
mod brackets;
mod caseless;
mod caseless_cast;
mod caseless_crew;
mod caseless_known;
mod cast;
mod certificates;
mod clause;
mod crew;
mod direction;
mod genres;
mod kinds;
mod lent;
mod lists;
mod mentions;
mod one_name;
mod owned_films;
mod owned_parts;
mod part_words;
mod participles;
mod parts;
mod passives;
mod roles;
mod rows;
mod runtimes;
mod screenwriting;
mod standing;
mod subjects;
mod surnames;
mod years;

use std::collections::{HashMap, HashSet};

use crate::body::leads_elsewhere;
use crate::extraction::{Field, Source, Span};
use crate::folding::{key, title_key};
use crate::page::{Block, Kind, Page};
use crate::sources::Reading;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Trade, trade_of};

pub(crate) use genres::{phrase as genre_phrase, without_film};
pub(crate) use subjects::is_present;
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
    /// Where blocks start that are labels and their values, and no sentences.
    pub credit_lines: HashSet<usize>,
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
    let mut clauses = clauses(reading, known);
    let surnames = Surnames::of(&clauses, known);
    clauses.iter_mut().for_each(|clause| clause.complete(&surnames));
    for clause in &clauses {
        statements.extend(crew::crew(clause, known));
        statements.extend(owned_films::titled(clause, known));
        statements.extend(owned_films::signed(clause, known));
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
        let before = statements.len();
        statements.extend(caseless::cast(clause, known));
        statements.extend(caseless_cast::cast(clause, known));
        statements.extend(cast::cast(clause, known));
        statements.extend(lists::film_with(clause));
        statements.extend(parts::parts(clause, known));
        statements.extend(lent::lent(clause, known));
        statements.extend(kinds::kinds(clause, known));
        statements.extend(roles::roles(clause, known));
        statements.extend(subjects::subjects(clause, &with_crew));
        statements.extend(subjects::pronouns(clause, &with_crew));
        statements.extend(subjects::as_part(clause, &with_crew));
        let ending = lists::ending(clause, statements.get(before..).unwrap_or_default(), &with_crew);
        statements.extend(ending);
        statements.extend(runtimes::runtime(clause));
        statements.extend(certificates::certificate(clause, known));
        statements.extend(years::year(clause, known));
        statements.extend(years::released(clause, known));
        statements.extend(genres::read(clause, &known.lowered_titles));
    }
    let guessed = direction::direction(&clauses, &statements, known);
    with_crew.crew.extend(guessed.iter().map(|one| key(&one.value)));
    statements.extend(guessed);
    statements.extend(caseless_known::director(&clauses, &statements, known));
    let director = only_director(&statements, known);
    statements.extend(clauses.iter().flat_map(|clause| screenwriting::writers(clause, director.as_ref())));
    with_crew = with_crew_of(&statements, &with_crew);
    statements.extend(owned_parts::owned_parts(&clauses, &with_crew));
    statements.extend(standing::standing(&clauses, &statements, &with_crew));
    statements.extend(caseless_known::cast(&clauses, &statements, &with_crew));
    if !statements.iter().any(|one| one.field == Field::Genre) {
        statements.extend(genres::in_passing(&clauses));
    }
    let known = with_cast_of(&statements, known);
    statements.extend(clauses.iter().flat_map(|clause| one_name::by_one_name(clause, &known)).take(STATEMENTS_MAX));
    let parts: HashSet<String> = statements.iter().filter_map(|one| one.subject.as_deref()).map(key).collect();
    statements.retain(|one| !is_within_title(&known, one) && !is_of_other_trade(one, &parts));
    let mut statements = each_once(statements);
    one_name::complete(&mut statements, &known);
    one_name::without_nouns(&mut statements, reading);
    statements
}

/// Statements of cast and parts without their repetitions: what two shapes read in one place is said once, and as sure as the
/// surer.
fn each_once(mut statements: Vec<Statement>) -> Vec<Statement> {
    let repeats = |one: &Statement| matches!(one.field, Field::Cast | Field::Character);
    let place = |one: &Statement| {
        let start = one.span.as_ref().map(|span| span.start);
        (one.field == Field::Cast, one.source, start, key(&one.value), one.subject.as_deref().map(key))
    };
    let mut surest = HashMap::new();
    for one in statements.iter().filter(|one| repeats(one)) {
        let known = surest.entry(place(one)).or_insert(one.certainty);
        *known = one.certainty.max(*known);
    }
    statements.retain(|one| {
        !repeats(one) || surest.get(&place(one)) == Some(&one.certainty) && surest.remove(&place(one)).is_some()
    });
    statements
}

fn clauses<'a>(reading: Reading<'a>, known: &Known) -> Vec<Clause<'a>> {
    let mut left = PROSE_BYTES_MAX;
    let fits = |block: &&Block| {
        let rest = left.checked_sub(block.span.len());
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let sentences = prose_blocks(reading.page).filter(|block| !known.credit_lines.contains(&block.span.start));
    sentences.take_while(fits).map(|block| Clause::new(reading, block)).collect()
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

/// The one whom sentences name as director, where it is one.
fn only_director(statements: &[Statement], known: &Known) -> Option<Statement> {
    let told = statements.iter().filter(|one| one.field == Field::Director);
    let sure = told.clone().filter(|one| one.certainty > Certainty::Weak);
    let named: HashSet<String> = sure.clone().map(|one| key(&one.value)).collect();
    match named.len() {
        0 => told.clone().next().filter(|_| known.crew.is_empty()).cloned(),
        1 => sure.clone().next().cloned(),
        _ => None,
    }
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

/// Whether a text is one of the film's titles, with the article or, as names are found, without it.
fn is_title(known: &Known, text: &str) -> bool {
    let own = key(text);
    known.titles.iter().any(|title| *title == own || title_key(title) == own)
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

/// The cast of an English page that says this of the film, each with the part, or with nothing.
#[cfg(test)]
fn cast_told(text: &str) -> Vec<(String, String)> {
    film_told(text).cast.into_iter().map(|member| (member.name, member.character.unwrap_or_default())).collect()
}

/// People and their parts as a test writes them.
#[cfg(test)]
fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, part)| ((*name).to_owned(), (*part).to_owned())).collect()
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
