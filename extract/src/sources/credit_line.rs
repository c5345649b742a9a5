//! Lines of credits run together: what they say of country, year and length without labels of their own.
//!
//! Only lines that hold a labelled director or cast are read; which those are, the credit block knows.

use std::ops::Range;

use crate::extraction::{Field, Source, Span};
use crate::page::Block;
use crate::sources::{Reading, fact_line};
use crate::statement::{Certainty, Statement};
use crate::values;

/// `Country, 16. 1hora e 46 min. Direction of …`: what a line of credits says without labels.
pub(super) fn capsule(reading: Reading<'_>, block: &Block) -> Vec<Statement> {
    const CAPSULE_BYTES_MAX: usize = 900;
    const COUNTRY_BYTES_MAX: usize = 40;
    let text = reading.page.block_text(block);
    if text.len() > CAPSULE_BYTES_MAX {
        return Vec::new();
    }
    let place =
        |span: Range<usize>| block.span.start.saturating_add(span.start)..block.span.start.saturating_add(span.end);
    let mut statements = Vec::new();
    if let Some((minutes, span)) = values::runtime(text) {
        let statement = Statement::new(Field::Runtime, minutes.to_string(), Source::CreditBlock);
        statements.push(statement.at(place(span)).with(Certainty::Plain));
    }
    if let Some((country, rest)) = text.split_once(',').filter(|(country, _)| country.len() <= COUNTRY_BYTES_MAX) {
        let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
        let lead = rest.len().saturating_sub(rest.trim_start().len());
        let start = country.len().saturating_add(1).saturating_add(lead);
        let ends = text.get(start.saturating_add(digits.len())..).is_some_and(|rest| rest.starts_with(['.', ',']));
        let year = digits.parse::<i32>().ok().and_then(|number| full_year(number, digits.len()));
        let is_place = country.chars().all(|character| character.is_alphabetic() || " -/,.".contains(character));
        if let Some(year) = year.filter(|_| ends && is_place) {
            let statement = Statement::new(Field::Year, year.to_string(), Source::CreditBlock);
            statements.push(statement.at(place(start..start.saturating_add(digits.len()))));
        }
    }
    statements.extend(fact_line::scattered(reading, block));
    statements
}

/// `THE LONG SNOW (12A, 102 mins)`: the film’s title before a bracket with its length, on a line of its own. Several such lines are
/// as many films.
pub(super) fn billed(reading: Reading<'_>) -> Option<Statement> {
    const LINE_BYTES_MAX: usize = 120;
    const TITLE_WORDS_MAX: usize = 10;
    let lines = reading.page.blocks.iter().filter(|block| block.in_article && block.span.len() <= LINE_BYTES_MAX);
    let mut billed = lines.filter_map(|block| {
        let text = reading.page.block_text(block);
        let (title, inside) = text.trim_end_matches(['.', ' ']).strip_suffix(')')?.split_once(" (")?;
        let title = title.trim();
        let (minutes, _) = values::runtime(inside).filter(|_| !inside.contains(['(', ')']))?;
        let is_title = title.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit())
            && title.split(' ').count() <= TITLE_WORDS_MAX
            && !title.ends_with([':', ',', '.']);
        let start = block.span.start.saturating_add(text.find(title)?);
        (is_title && minutes >= values::FEATURE_MINUTES_MIN).then(|| {
            Statement::new(Field::Title, title, Source::CreditBlock).at(start..start.saturating_add(title.len()))
        })
    });
    billed.next().filter(|_| billed.next().is_none())
}

/// `… 2016 Director: …`: a year right before the first label of a line.
pub(super) fn year_before(reading: Reading<'_>, block: &Block, label: &Span) -> Option<Statement> {
    let before = reading.page.quote(&(block.span.start..label.start));
    let trimmed = before.trim_end_matches([' ', '.', ',', '|', ')', '-', '–']);
    let start = trimmed.len().checked_sub(4)?;
    let (year, _) = values::year(trimmed.get(start..)?)?;
    let is_alone = trimmed.get(..start).is_none_or(|head| !head.ends_with(|last: char| last.is_alphanumeric()));
    let from = block.span.start.saturating_add(start);
    let statement = Statement::new(Field::Year, year.to_string(), Source::CreditBlock);
    is_alone.then(|| statement.at(from..from.saturating_add(4)))
}

/// A year in four digits or two.
fn full_year(number: i32, digits: usize) -> Option<i32> {
    match digits {
        4 if (1888..=2040).contains(&number) => Some(number),
        2 if number <= 40 => Some(number.saturating_add(2000)),
        2 => Some(number.saturating_add(1900)),
        _ => None,
    }
}

/// `Ada Berg / Ida Lund, Max Kern / 104 min`: a director's label opens a line of facts, which goes on behind the first bar.
pub(super) fn before_facts(value: &str) -> &str {
    let mut pieces = value.split(" / ");
    let first = pieces.next().unwrap_or(value);
    let is_fact = |piece: &str| values::runtime(piece).is_some() || values::year(piece).is_some();
    if pieces.any(is_fact) { first } else { value }
}
