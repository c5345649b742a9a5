//! Credit blocks and fact lines: labels with values, in tables, lists, lines and sentences, and `NR | 1h 34m | Drama`.
//!
//! Knows how credits are laid out; which film they are of is for the merge.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::extraction::{Field, Source, Span};
use crate::folding::{is_caseless, lower};
use crate::names::is_person;
use crate::page::{Block, Kind, MarkKind, Page};
use crate::people::{Listed, people, without_references};
use crate::sources::{
    Reading, cast_list, credit_box, credit_cards, credit_codes, credit_column, credit_line, credit_runtime,
    credit_table, credit_values, fact_line,
};
use crate::statement::{Certainty, Statement};
use crate::values;
use crate::vocabulary::vocabulary;

/// Longest value of a label. What is longer is prose.
pub(super) const VALUE_BYTES_MAX: usize = 700;

/// Longest block that labels are looked for in: credits run into one line are shorter, prose is longer.
const BLOCK_BYTES_MAX: usize = 6_000;

/// Labelled values taken of one page.
const LABELLED_MAX: usize = 1_000;

/// A label and its value in the page's text.
#[derive(Debug, Clone)]
pub(crate) struct Labelled {
    /// What the label means.
    pub label: &'static str,
    /// The label's words.
    pub label_span: Span,
    /// The value's words.
    pub value_span: Span,
    /// Whether a colon or the markup sets the label apart, rather than the wording alone.
    pub explicit: bool,
    /// The block.
    pub block: usize,
}

/// All labelled values of a page, in order.
pub(crate) fn labelled(reading: Reading<'_>) -> Vec<Labelled> {
    let mut found = Vec::new();
    let blocks = blocks(reading);
    let (in_tables, of_tables) = credit_table::labelled(reading, &blocks);
    found.extend(in_tables);
    for (position, (at, block)) in blocks.iter().enumerate() {
        if found.len() > LABELLED_MAX || block.span.len() > BLOCK_BYTES_MAX || of_tables.contains(at) {
            continue;
        }
        let text = reading.page.block_text(block);
        let lowered = lower(text);
        let mut own = segments(reading, *at, block, &lowered);
        let rest = blocks.get(position.saturating_add(1)..).unwrap_or_default();
        match own.last_mut() {
            None => own = label_alone(reading, *at, block, &lowered, rest),
            Some(last) if last.value_span.end == block.span.end && credit_values::may_be_list(last.label) => {
                let value = reading.page.quote(&last.value_span);
                last.value_span.end = credit_values::end_below(reading, last.label, block, value, rest);
            }
            Some(_) => {}
        }
        let mut more = leads(reading, *at, block, &lowered);
        credit_values::end_at_next(reading.page, &mut own, &mut more);
        let taken: Vec<Span> = own.iter().map(|one| one.label_span.start..one.value_span.end).collect();
        own.extend(more.into_iter().filter(|lead| {
            taken.iter().all(|span| lead.value_span.end <= span.start || lead.label_span.start >= span.end)
        }));
        found.extend(own);
    }
    found
}

/// Where blocks start in which labels stand one after another, and no sentences.
pub(crate) fn lines(page: &Page, labelled: &[Labelled]) -> HashSet<usize> {
    const LABELS_MIN: usize = 3;
    const HELD_PERCENT_MIN: usize = 75;
    let mut held: HashMap<usize, (usize, usize)> = HashMap::new();
    for one in labelled.iter().filter(|one| one.explicit) {
        let (labels, bytes) = held.entry(one.block).or_default();
        *labels = labels.saturating_add(1);
        *bytes = bytes.saturating_add(one.label_span.len()).saturating_add(one.value_span.len());
    }
    let starts = held.into_iter().filter_map(|(block, (labels, bytes))| {
        let span = &page.blocks.get(block)?.span;
        let is_full = bytes.saturating_mul(100) >= span.len().saturating_mul(HELD_PERCENT_MIN);
        (labels >= LABELS_MIN && is_full).then_some(span.start)
    });
    starts.collect()
}

/// Blocks in which facts about the film may stand: the article's, what stands between it and its headline, and a box of
/// credits beside it.
fn blocks(reading: Reading<'_>) -> Vec<(usize, &Block)> {
    let boxed = credit_box::blocks(reading);
    let inside = |at: &usize| boxed.as_ref().is_some_and(|boxed| boxed.contains(at));
    let all = reading.page.blocks.iter().enumerate();
    all.filter(|(at, block)| (block.in_article || block.after_headline || inside(at)) && block.zone.may_hold_facts())
        .collect()
}

/// `Label: value Other label: value` in one block.
fn segments(reading: Reading<'_>, at: usize, block: &Block, lowered: &str) -> Vec<Labelled> {
    let mut labels: Vec<(Range<usize>, usize, &'static str)> = Vec::new();
    let block_text = reading.page.block_text(block);
    for hit in vocabulary().labels.find_in_any(lowered) {
        if is_amid_sentence(reading, block, lowered, hit.span.start) {
            continue;
        }
        let Some(value_start) = value_start(block, lowered, &hit.span) else { continue };
        // `D: Ada Berg`; who answers in an interview may be called by a letter, too.
        let is_own = hit.span.len() > 1 || hit.meanings.iter().any(|(language, _)| *language == reading.language);
        if !is_own || hit.span.len() == 1 && !credit_values::opens_with_person(block_text, value_start) {
            continue;
        }
        let Some(meaning) = hit.meaning(reading.language, true) else { continue };
        labels.push((hit.span, value_start, meaning));
    }
    let ends = labels.iter().skip(1).map(|(span, _, _)| span.start).chain(std::iter::once(lowered.len()));
    let base = block.span.start;
    let text = reading.page.block_text(block);
    labels
        .iter()
        .zip(ends)
        .map(|((span, start, label), end)| {
            // People end with their sentence: `Direction: A. With B, C`.
            let is_people = credit_values::names_people(label);
            let end = if is_people { credit_values::people_end(text.get(..end).unwrap_or(text), *start) } else { end };
            ((span, start, label), end)
        })
        .filter(|((_, start, _), end)| *start < end && end.saturating_sub(**start) <= VALUE_BYTES_MAX)
        .map(|((span, start, label), end)| Labelled {
            label,
            label_span: base.saturating_add(span.start)..base.saturating_add(span.end),
            value_span: base.saturating_add(*start)..base.saturating_add(end),
            explicit: true,
            block: at,
        })
        .collect()
}

/// Whether a label and the word before it belong to a sentence: `two women in the film: one is …`.
fn is_amid_sentence(reading: Reading<'_>, block: &Block, lowered: &str, label: usize) -> bool {
    let before = lowered.get(..label).and_then(|before| before.strip_suffix(' ')).unwrap_or_default();
    let word = before.rsplit(' ').next().unwrap_or_default();
    let printed = reading.page.block_text(block).get(label..).unwrap_or_default();
    printed.starts_with(char::is_lowercase)
        && vocabulary().is_stop(word, reading.language)
        && !vocabulary().is_joiner(word)
}

/// Where a label's value starts: after its colon, or after the label where the markup sets it apart.
pub(super) fn value_start(block: &Block, lowered: &str, label: &Range<usize>) -> Option<usize> {
    let rest = lowered.get(label.end..)?;
    let skipped = rest.len().saturating_sub(rest.trim_start_matches([' ', '(', 's', ')']).len());
    for (rest, skipped) in
        [(rest.get(skipped..)?, skipped), (rest.trim_start(), rest.len().saturating_sub(rest.trim_start().len()))]
    {
        if let Some(colon) = rest.chars().next().filter(|character| matches!(character, ':' | '：' | '∶')) {
            return Some(label.end.saturating_add(skipped).saturating_add(colon.len_utf8()));
        }
    }
    // `文／山田花子`
    let slash = rest.chars().next().filter(|sign| matches!(sign, '／' | '/'));
    if let Some(slash) = slash.filter(|_| label.start == 0 && lowered.get(label.clone()).is_some_and(is_all_caseless)) {
        return Some(label.end.saturating_add(slash.len_utf8()));
    }
    let base = block.span.start;
    let is_marked = block.marks.iter().any(|mark| {
        mark.kind == MarkKind::Strong
            && mark.span.start == base.saturating_add(label.start)
            && mark.span.end <= base.saturating_add(label.end).saturating_add(1)
    });
    let at_start = label.start == 0;
    let dashed = rest.trim_start().starts_with(['–', '—', '|', '-', '=', '►', '»']) && at_start && lowered.len() < 240;
    if dashed {
        let dash = rest.trim_start();
        let width = dash.chars().next().map_or(0, char::len_utf8);
        return Some(lowered.len().saturating_sub(dash.len()).saturating_add(width));
    }
    (is_marked && !rest.trim().is_empty() && lowered.len() <= VALUE_BYTES_MAX).then_some(label.end)
}

fn is_all_caseless(label: &str) -> bool {
    label.chars().all(is_caseless)
}

/// A block that is nothing but a label: the next block, or the next few, hold the value.
fn label_alone(
    reading: Reading<'_>,
    at: usize,
    block: &Block,
    lowered: &str,
    rest: &[(usize, &Block)],
) -> Vec<Labelled> {
    let bare = lowered.trim_end_matches([':', ' ', '：']);
    let Some(hit) = vocabulary().labels.exact(bare) else { return Vec::new() };
    let has_colon = bare.len() < lowered.len();
    let in_grid = matches!(block.kind, Kind::Cell | Kind::Term | Kind::Heading(_));
    let is_strong = block.marks.iter().any(|mark| mark.kind == MarkKind::Strong && mark.span == block.span);
    let Some(label) = hit.meaning(reading.language, has_colon || in_grid) else { return Vec::new() };
    // A heading or a bold line of one word may just be a heading: what follows must read as its value.
    if !has_colon && !in_grid && !is_strong && block.kind != Kind::Other && block.kind != Kind::Paragraph {
        return Vec::new();
    }
    let Some((first, following)) = rest.split_first() else { return Vec::new() };
    // `Film`, over a headline, is the section that it stands in.
    if !has_colon && !in_grid && matches!(first.1.kind, Kind::Heading(1..=2)) {
        return Vec::new();
    }
    if is_label(reading, first.1) || first.1.span.len() > VALUE_BYTES_MAX {
        return Vec::new();
    }
    // `Direction & Screenplay` heads a part of many a review.
    let may_head_text = !has_colon && !matches!(block.kind, Kind::Cell | Kind::Term);
    if may_head_text && credit_values::names_people(label) && has_long_prose(reading.page.block_text(first.1)) {
        return Vec::new();
    }
    let mut value_span = first.1.span.clone();
    if credit_values::may_be_list(label) {
        value_span.end = credit_values::end_of_lines(reading, label, block, first.1, following);
    }
    vec![Labelled { label, label_span: block.span.clone(), value_span, explicit: has_colon || in_grid, block: at }]
}

pub(super) fn is_label(reading: Reading<'_>, block: &Block) -> bool {
    let lowered = lower(reading.page.block_text(block));
    let bare = lowered.trim_end_matches([':', ' ', '：']);
    vocabulary().labels.exact(bare).is_some()
        || vocabulary()
            .labels
            .find_in_any(&lowered)
            .first()
            .is_some_and(|hit| hit.span.start == 0 && value_start(block, &lowered, &hit.span).is_some())
}

/// `Directed by A. Starring B, C.`: phrases at the start of a block or sentence that a value follows at once.
fn leads(reading: Reading<'_>, at: usize, block: &Block, lowered: &str) -> Vec<Labelled> {
    let base = block.span.start;
    let text = reading.page.block_text(block);
    let hits: Vec<(Range<usize>, &'static str)> = vocabulary()
        .leads
        .find(lowered, reading.language)
        .into_iter()
        .filter(|hit| starts_sentence(text, hit.span.start))
        .filter_map(|hit| Some((hit.span.clone(), hit.meaning(reading.language, false)?)))
        .collect();
    let mut found = Vec::new();
    for (position, (span, label)) in hits.iter().enumerate() {
        let limit = hits.get(position.saturating_add(1)).map_or(lowered.len(), |(next, _)| next.start);
        let end = sentence_end(text, span.end).min(limit);
        let value = text.get(span.end..end).unwrap_or_default();
        let first = value.split([',', '(']).next().unwrap_or_default();
        let reads_as_value = match *label {
            "runtime" => values::runtime(value).is_some_and(|(_, at)| at.start < 16),
            "certificate" => values::certificate(value).is_some(),
            "release_date" => values::date(value, true).is_some_and(|(_, at)| at.start < 16),
            _ => people(first, false).first().is_some_and(|one| one.span.start <= 2) && !has_long_prose(value),
        };
        if reads_as_value && value.len() <= VALUE_BYTES_MAX {
            found.push(Labelled {
                label,
                label_span: base.saturating_add(span.start)..base.saturating_add(span.end),
                value_span: base.saturating_add(span.end)..base.saturating_add(end),
                explicit: false,
                block: at,
            });
        }
    }
    found
}

/// Whether a value goes on as a sentence: more words that are no part of names than a list has.
fn has_long_prose(value: &str) -> bool {
    let lower_words = value.split(' ').filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
    let all = value.split(' ').count();
    lower_words > 3 && lower_words.saturating_mul(3) > all
}

fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.is_empty()
        || before.ends_with(['.', '|', '•', '·', ';', ')', '–', '—', '-', '*', '/', '’', '”', '"', ',']) && {
            // After a comma only where the phrase is capitalised or short for one, as in a run of credits.
            let is_short =
                || text.get(at..).and_then(|rest| rest.split(' ').next()).is_some_and(|word| word.ends_with('.'));
            !before.ends_with([',', '’', '”', '"'])
                || text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase)
                || is_short()
        }
}

/// The end of the sentence, full stops after initials and titles passed over.
pub(super) fn sentence_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    for (at, character) in rest.char_indices() {
        let is_stop = match character {
            '|' | '•' | '\n' | '。' => true,
            '.' => {
                let after = rest.get(at.saturating_add(1)..).unwrap_or_default();
                let word = rest.get(..at).unwrap_or_default().rsplit([' ', '.', ',', '(']).next().unwrap_or_default();
                (after.is_empty() || after.starts_with(' ')) && (word.chars().count() > 2 || word.is_empty())
            }
            _ => false,
        };
        if is_stop {
            return from.saturating_add(at);
        }
    }
    text.len()
}

/// Statements of a page's credit blocks and fact lines.
pub(crate) fn read(reading: Reading<'_>, labelled: &[Labelled]) -> Vec<Statement> {
    let lists = cast_list::read(reading, labelled);
    let mut statements: Vec<Statement> = lists.iter().flat_map(|list| list.statements(reading.page)).collect();
    for one in labelled {
        let is_paired = one.label == "cast" && lists.iter().any(|list| list.holds(&one.value_span));
        statements.extend(if is_paired { Vec::new() } else { statements_of(reading, one) });
    }
    let credits: Vec<usize> =
        labelled.iter().filter(|one| credit_box::CREDITS.contains(&one.label)).map(|one| one.block).collect();
    statements.extend(fact_line::read(reading, &blocks(reading), &credits));
    statements.extend(credit_column::read(reading, labelled));
    statements.extend([credit_cards::read(reading, labelled), credit_codes::read(reading, labelled)].concat());
    statements.extend(credit_line::billed(reading));
    let mut capsules: Vec<usize> = labelled
        .iter()
        .filter(|one| matches!(one.label, "director" | "director_writer" | "cast"))
        .map(|one| one.block)
        .collect();
    capsules.dedup();
    for block in capsules.iter().filter_map(|at| reading.page.blocks.get(*at)) {
        statements.extend(credit_line::capsule(reading, block));
        let first = labelled.iter().find(|one| one.label_span.start >= block.span.start).map(|one| &one.label_span);
        statements.extend(first.and_then(|label| credit_line::year_before(reading, block, label)));
    }
    statements
}

fn statements_of(reading: Reading<'_>, one: &Labelled) -> Vec<Statement> {
    let value = credit_values::parted(reading, one, reading.page.quote(&one.value_span));
    let value = value.as_ref();
    let value = if one.label == "director" { credit_line::before_facts(value) } else { value };
    let base = one.value_span.start;
    let certainty = if one.explicit { Certainty::Sure } else { Certainty::Plain };
    let place = |span: &Range<usize>| base.saturating_add(span.start)..base.saturating_add(span.end);
    let said = |field: Field, value: String, span: &Range<usize>| {
        Statement::new(field, value, Source::CreditBlock).at(place(span)).with(certainty)
    };
    let named = |field: Field| -> Vec<Statement> {
        let mut listed = listed(value, one.explicit);
        if listed.iter().all(|person| person.span.start > 3) {
            listed.extend(leading_person(value));
        }
        listed.iter().map(|person| said(field, person.name.clone(), &person.span)).collect()
    };
    match one.label {
        "director" => named(Field::Director),
        "writer" => named(Field::Writer),
        "director_writer" => named(Field::Director).into_iter().chain(named(Field::Writer)).collect(),
        "producer" => named(Field::Producer),
        "cinematographer" => named(Field::Cinematographer),
        "editor" => named(Field::Editor),
        "composer" => named(Field::Composer),
        "cast" => listed(value, one.explicit).iter().flat_map(|person| cast(person, &said)).collect(),
        "runtime" => credit_runtime::read(reading, one)
            .map(|(minutes, span)| said(Field::Runtime, minutes.to_string(), &span))
            .into_iter()
            .collect(),
        "certificate" => values::certificate(value)
            .map(|(code, span)| (code.to_owned(), span))
            .or_else(|| values::age(value))
            .map(|(code, span)| said(Field::ContentRating, code, &span))
            .into_iter()
            .collect(),
        // `Rating: PG-13`; a number or a letter of the scale of grades is the critic's.
        "rating" => values::certificate(value)
            .filter(|(code, _)| code.len() > 1 && code.contains(char::is_alphabetic) || *code == "R")
            .map(|(code, span)| said(Field::ContentRating, code.to_owned(), &span))
            .into_iter()
            .collect(),
        "genre" => values::genres(&without_references(value), true)
            .into_iter()
            .map(|(genre, span)| said(Field::Genre, genre, &span))
            .collect(),
        // Keywords name subjects as well as genres.
        "keywords" => values::genres(&without_references(value), true)
            .into_iter()
            .filter(|(genre, _)| values::is_genre(&lower(genre)))
            .map(|(genre, span)| said(Field::Genre, genre, &span))
            .collect(),
        "release_date" if values::date(value, true).is_some() => values::date(value, reading.language == "en")
            .map(|(date, span)| said(Field::ReleaseDate, date, &span))
            .into_iter()
            .collect(),
        // `Released: 2009`, `Country: Norway, 2009`: no more than the year.
        "release_date" | "year" | "country" => {
            values::year(value).map(|(year, span)| said(Field::Year, year.to_string(), &span)).into_iter().collect()
        }
        "title" => {
            let title = credit_values::title(value).map(|(title, span)| said(Field::Title, title, &span));
            title
                .into_iter()
                .chain(credit_values::bracketed_year(value).map(|(year, span)| said(Field::Year, year, &span)))
                .collect()
        }
        "original_title" => credit_values::title(value)
            .map(|(title, span)| said(Field::OriginalTitle, title, &span))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// The people of a value. Without a label's colon the value may go on as a sentence: the list ends where it does.
fn listed(value: &str, explicit: bool) -> Vec<Listed> {
    let all = people(value, explicit);
    if explicit {
        return all;
    }
    let mut end = 0_usize;
    let mut kept = Vec::new();
    for person in all {
        let gap = value.get(end..person.span.start).unwrap_or_default();
        let outside = gap.split(['(', ')']).step_by(2).collect::<String>();
        let goes_on = outside
            .split([' ', ',', ';'])
            .filter(|word| !word.is_empty())
            .all(|word| vocabulary().is_joiner(&lower(word)) || !word.chars().any(char::is_lowercase));
        if !goes_on {
            break;
        }
        end = person.span.end;
        kept.push(person);
    }
    kept
}

fn cast(person: &Listed, said: &impl Fn(Field, String, &Range<usize>) -> Statement) -> Vec<Statement> {
    let mut statements = vec![said(Field::Cast, person.name.clone(), &person.span)];
    if let Some((character, span)) = &person.character {
        statements.push(said(Field::Character, character.clone(), span).of(person.name.clone()));
    }
    statements
}

/// The person whom a value begins with, where it goes on without a sign: `Ada Berg Pale Pictures 4.5`.
fn leading_person(value: &str) -> Option<Listed> {
    let lead = value.len().saturating_sub(value.trim_start().len());
    let mut end = lead;
    let mut best = None;
    for word in value.trim_start().split(' ').take(5) {
        end = end.saturating_add(word.len());
        let name = value.get(lead..end)?;
        let lowered = lower(word);
        if vocabulary().is_not_name(&lowered) {
            // A studio has a name of its own before the word for one: `Ada Berg Pale Pictures`.
            if matches!(lowered.as_str(), "pictures" | "films" | "filmes" | "studios" | "entertainment" | "productions")
            {
                best = best.and_then(without_last_word);
            }
            break;
        }
        if is_person(name) {
            best = Some(Listed { name: name.to_owned(), span: lead..end, character: None });
        }
        end = end.saturating_add(1);
    }
    best
}

/// A listed name less its last word, where the rest still is one.
fn without_last_word(person: Listed) -> Option<Listed> {
    let cut = person.name.rfind(' ').and_then(|at| person.name.get(..at)).filter(|name| is_person(name));
    Some(match cut {
        Some(name) => {
            let span = person.span.start..person.span.start.saturating_add(name.len());
            Listed { name: name.to_owned(), span, character: None }
        }
        None => person,
    })
}
