//! What sentences say of people: who directed, wrote, played whom.
//!
//! Works on names and the trigger phrases around them, so that a language is a data file. Says nothing of which film
//! is meant beyond setting comparisons aside.

mod brackets;
mod caseless;
mod cast;
mod clause;
mod crew;
mod genres;

use std::collections::HashSet;

use crate::extraction::{Field, Source, Span};
use crate::folding::key;
use crate::page::{Block, Kind, Page};
use crate::sources::Reading;
use crate::statement::{Certainty, Statement};
use crate::values;

pub(crate) use genres::phrase as genre_phrase;

use clause::Clause;

/// Text read as prose: the longest review seen had 60 KB.
const PROSE_BYTES_MAX: usize = 200_000;

/// Statements taken of prose: a long review makes two hundred.
const STATEMENTS_MAX: usize = 1_500;

/// Blocks read for the cast alone first.
const CLAUSES_READ_TWICE_MAX: usize = 200;

/// Names looked for in every sentence.
const CAST_MAX: usize = 60;

/// What is known before prose is read, from the places that say it outright.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    /// Keys of people whom credits list as cast.
    pub cast: HashSet<String>,
    /// Their names as printed.
    pub cast_names: Vec<String>,
    /// Keys of people whom credits name behind the camera.
    pub crew: HashSet<String>,
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
        // A headline's brackets hold directors and other titles, not actors.
        let cast = if clause.text.contains('(') { Vec::new() } else { cast::cast(&clause, known) };
        let said = cast.into_iter().chain(cast::billed(&clause, known));
        statements.extend(said.map(|statement| Statement { source: Source::Headline, ..statement }));
    }
    let clauses = clauses(reading);
    let known = &with_cast_of(&clauses, known);
    for clause in clauses {
        if statements.len() > STATEMENTS_MAX {
            break;
        }
        statements.extend(crew::crew(&clause));
        statements.extend(crew::titled(&clause, known));
        statements.extend(caseless::cast(&clause, known));
        statements.extend(cast::cast(&clause, known));
        statements.extend(runtime(&clause));
        statements.extend(certificate(&clause));
        statements.extend(year(&clause));
        statements.extend(genres::read(&clause, &known.lowered_titles));
    }
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

/// What is known, and whom sentences name as cast in so many words: a surname alone means somebody named before.
fn with_cast_of(clauses: &[Clause<'_>], known: &Known) -> Known {
    let first = known;
    let mut known = known.clone();
    for statement in clauses.iter().take(CLAUSES_READ_TWICE_MAX).flat_map(|clause| cast::cast(clause, first)) {
        if statement.field == Field::Cast
            && statement.certainty > Certainty::Weak
            && known.cast_names.len() < CAST_MAX
            && !known.cast_names.iter().any(|name| key(name) == key(&statement.value))
        {
            known.cast_names.push(statement.value);
        }
    }
    known
}

/// The blocks that sentences stand in.
pub(crate) fn prose_blocks(page: &Page) -> impl Iterator<Item = &Block> {
    page.blocks.iter().filter(|block| {
        block.in_article && block.zone.is_article() && !matches!(block.kind, Kind::Caption | Kind::Heading(1))
    })
}

/// A running time told in a sentence: only where the sentence says that it is one.
fn runtime(clause: &Clause<'_>) -> Option<Statement> {
    const HINTS: [&str; 24] = [
        "running time",
        "runtime",
        "run time",
        "runs",
        "clocks in",
        "clocking in",
        "minutes long",
        "hours long",
        "minute film",
        "minute movie",
        "minute runtime",
        "its ",
        "in length",
        "duração",
        "duración",
        "durée",
        "durata",
        "laufzeit",
        "länge",
        "de projeção",
        "minute running",
        "run-time",
        "minutos de",
        "over the course of",
    ];
    const FEATURE_MINUTES_MIN: u32 = 60;
    let (minutes, span) = values::runtime(clause.text)?;
    let before = span.start.saturating_sub(48);
    let after = span.end.saturating_add(32).min(clause.lowered.len());
    let around: String = clause
        .lowered
        .char_indices()
        .filter(|(at, _)| (before..after).contains(at))
        .map(|(_, character)| character)
        .collect();
    let vague = [
        "just over",
        "just under",
        "about",
        "around",
        "nearly",
        "almost",
        "some ",
        "over ",
        "first",
        "last",
        "final",
        "opening",
        "after",
        "the next",
        "minutes in",
    ];
    if minutes < FEATURE_MINUTES_MIN || !HINTS.iter().any(|hint| around.contains(hint)) {
        return None;
    }
    let certainty = if vague.iter().any(|word| around.contains(word)) { Certainty::Weak } else { Certainty::Plain };
    Some(clause.said(Field::Runtime, minutes.to_string(), &span).with(certainty))
}

/// `it is rated R.`
fn certificate(clause: &Clause<'_>) -> Option<Statement> {
    const PHRASE: &str = "rated ";
    let at = clause.lowered.find(PHRASE)?.saturating_add(PHRASE.len());
    let (code, span) = values::certificate(clause.text.get(at..)?)?;
    (span.start == 0 && clause.text.get(at..)?.starts_with(char::is_uppercase))
        .then(|| clause.said(Field::ContentRating, code, &(at..at.saturating_add(span.end))))
}

/// `released in 2021`, `Name's 2021 thriller`.
fn year(clause: &Clause<'_>) -> Option<Statement> {
    const PHRASES: [&str; 8] = [
        "released in ",
        "came out in ",
        "estrenada en ",
        "lançado em ",
        "sorti en ",
        "uscito nel ",
        "erschienen ",
        "’s ",
    ];
    PHRASES.iter().find_map(|phrase| {
        let at = clause.lowered.find(phrase)?.saturating_add(phrase.len());
        let (year, span) = values::year(clause.text.get(at..at.saturating_add(5))?)?;
        let of_film = *phrase != "’s "
            || clause.lowered.get(at.saturating_add(span.end)..).is_some_and(|rest| {
                let words: Vec<&str> = rest.split(' ').filter(|word| !word.is_empty()).take(3).collect();
                words
                    .iter()
                    .any(|word| matches!(*word, "film" | "thriller" | "drama" | "comedy" | "horror" | "documentary"))
            });
        let is_past_work = clause.is_comparison(at);
        (span.start == 0 && of_film && !is_past_work).then(|| {
            let certainty = if *phrase == "’s " { Certainty::Weak } else { Certainty::Plain };
            clause.said(Field::Year, year.to_string(), &(at..at.saturating_add(span.end))).with(certainty)
        })
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
