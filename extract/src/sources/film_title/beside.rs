//! What the text has beside the film's title where it names it first: `Title (2016)`, `Title (Name, 2016)`, a capsule run on.

use crate::extraction::{Field, Source};
use crate::folding::lower;
use crate::page::Kind;
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::sources::prose::prose_blocks;
use crate::statement::{Certainty, Statement};

use super::dissect;

/// `Title (2016)`, `Title (Original Title)` and `Title (Name, 2016)` where the text has the title first.
pub(super) fn beside_title(reading: Reading<'_>, headline: &Headline, title: &str) -> Vec<Statement> {
    let wanted = lower(title);
    let mut statements = Vec::new();
    // `10.01 – Orchard`, over a first heading `Orchard (2013)`.
    let headings = reading.page.blocks.iter().filter(|block| block.in_article && block.kind == Kind::Heading(1));
    let headings = headings.filter(|block| headline.span.as_ref() != Some(&block.span));
    for block in headings.chain(prose_blocks(reading.page)).take(40) {
        let text = reading.page.block_text(block);
        let lowered = lower(text);
        let Some(at) = lowered.find(&wanted) else { continue };
        let after = at.saturating_add(wanted.len());
        let rest = text.get(after..).unwrap_or_default();
        let skipped =
            rest.len().saturating_sub(rest.trim_start_matches(|sign: char| " ”\"’'»』」》〉>,.".contains(sign)).len());
        let rest = rest.get(skipped..).unwrap_or_default();
        if at == 0 && !rest.starts_with(['(', '[']) {
            let base = block.span.start.saturating_add(after).saturating_add(skipped);
            statements.extend(named_capsule(rest, base));
            continue;
        }
        let Some(inside) = rest.strip_prefix(['(', '（', '[']) else { continue };
        let opening = rest.len().saturating_sub(inside.len());
        let Some(inside) = inside.split([')', '）', ']']).next() else { continue };
        let base = block.span.start.saturating_add(after).saturating_add(skipped).saturating_add(opening);
        let bracket = dissect::bracket(inside, title, reading.language);
        let near_start = at <= 4;
        if let Some(year) = &bracket.year {
            let span = base.saturating_add(year.start)..base.saturating_add(year.start).saturating_add(year.text.len());
            let statement = Statement::new(Field::Year, year.text.clone(), Source::Prose).at(span);
            statements.push(statement.with(Certainty::Sure));
        }
        if let Some((minutes, at)) = crate::values::runtime(inside).filter(|_| bracket.year.is_some()) {
            let span = base.saturating_add(at.start)..base.saturating_add(at.end);
            statements.push(Statement::new(Field::Runtime, minutes.to_string(), Source::Prose).at(span));
        }
        for name in &bracket.directors {
            let span = base.saturating_add(name.start)..base.saturating_add(name.start).saturating_add(name.text.len());
            statements.push(Statement::new(Field::Director, name.text.clone(), Source::Prose).at(span));
        }
        if let Some(original) = bracket.original.filter(|_| near_start) {
            let span = base.saturating_add(original.start)
                ..base.saturating_add(original.start).saturating_add(original.text.len());
            statements.push(Statement::new(Field::OriginalTitle, original.text, Source::Prose).at(span));
            // `Title (Original) Name, Year`: a capsule run into one line.
            statements.extend(capsule(rest, base.saturating_sub(1)));
        }
        break;
    }
    statements
}

/// `(Original) Ada Berg, 2016 …`
fn capsule(rest: &str, base: usize) -> Vec<Statement> {
    let Some(close) = rest.find(')') else { return Vec::new() };
    let start = close.saturating_add(1);
    named_capsule(rest.get(start..).unwrap_or_default(), base.saturating_add(start))
}

/// `Ada Berg, 2016 …` right after a title at the start of a line.
fn named_capsule(tail: &str, base: usize) -> Vec<Statement> {
    let Some((name, after)) = tail.split_once(',') else { return Vec::new() };
    let lead = name.len().saturating_sub(name.trim_start().len());
    let name = name.trim();
    let Some((year, at)) = crate::values::year(after).filter(|(_, at)| at.start <= 1) else { return Vec::new() };
    if !crate::names::is_person(name) {
        return Vec::new();
    }
    let name_start = base.saturating_add(lead);
    let year_start = base.saturating_add(tail.len().saturating_sub(after.len()));
    let year_span = year_start.saturating_add(at.start)..year_start.saturating_add(at.end);
    vec![
        Statement::new(Field::Director, name, Source::CreditBlock)
            .at(name_start..name_start.saturating_add(name.len())),
        Statement::new(Field::Year, year.to_string(), Source::CreditBlock).at(year_span),
    ]
}
