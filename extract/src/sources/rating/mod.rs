//! The critic's rating: where it may stand, and what is not the critic's.
//!
//! Forms and scales are in modules of their own; which candidate is served is for the merge.

mod beside;
mod board;
mod capsule;
mod drawn;
mod forms;
mod given;
mod glyphs;
mod scale;
mod scripted;

use crate::extraction::{Rating, Source, Span};
use crate::folding::{lower, start_of};
use crate::page::{Block, Kind, MarkKind, Zone};
use crate::sources::Reading;
use crate::vocabulary::vocabulary;

use super::credit_block::Labelled;
pub(crate) use scale::{Number, letter, number, thumbs};

/// Longest block in which a rating without a label is looked for.
const UNLABELLED_BYTES_MAX: usize = 1_200;

/// Longest block in which a rating that a sentence gives outright is looked for.
const GIVEN_BYTES_MAX: usize = 4_000;

/// Candidates weighed.
const CANDIDATES_MAX: usize = 200;

/// A rating that may be the critic's.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    /// The rating.
    pub rating: Rating,
    /// Its words, when it is printed.
    pub span: Option<Span>,
    /// What kind of place it stands in.
    pub source: Source,
    /// How likely it is the critic's: form, label and place taken together.
    pub weight: i32,
}

/// Whether a line is a rating with its best and next to nothing else: `Rating = 2/5`, `4 out of 5`.
pub(crate) fn is_rating_line(line: &str) -> bool {
    const WORDS_BYTES_MAX: usize = 12;
    let forms = forms::forms(line, false);
    forms.iter().any(|form| form.rating.best.is_some() && line.len().saturating_sub(form.span.len()) <= WORDS_BYTES_MAX)
}

/// Where the start of a line has a rating with its best: ` – 4/5`.
pub(crate) fn rating_in(line: &str) -> Option<Span> {
    const START_BYTES_MAX: usize = 200;
    forms::forms(start_of(line, START_BYTES_MAX), false)
        .into_iter()
        .find(|form| form.rating.best.is_some())
        .map(|form| form.span)
}

/// Everything on the page that may be its rating, best first.
pub(crate) fn read(reading: Reading<'_>, labelled: &[Labelled], headline: Option<usize>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for one in labelled.iter().filter(|one| one.label == "rating" || one.label == "certificate") {
        candidates.extend(after_label(reading, one));
    }
    let last = reading.page.blocks.iter().rposition(|block| block.in_article && block.zone.is_article()).unwrap_or(0);
    for (at, block) in reading.page.fact_blocks() {
        if candidates.len() > CANDIDATES_MAX {
            break;
        }
        if !is_under_foreign(reading, at, block) {
            candidates.extend(in_block(reading, block, last.saturating_sub(at) <= 3));
        }
    }
    complete(reading, &mut candidates);
    candidates.extend(capsule::read(reading, labelled));
    candidates.extend(drawn::read(reading));
    candidates.extend(scripted::read(reading));
    candidates.extend(beside::read(reading, headline));
    let boards = board::read(reading);
    let holds = |span: &Span, one: &Candidate| {
        one.span.as_ref().is_some_and(|own| own.start < span.end && span.start < own.end)
    };
    candidates.retain(|one| !boards.sides.iter().any(|span| holds(span, one)));
    candidates.extend(boards.wholes);
    yield_to_figures(&mut candidates);
    candidates.retain(|candidate| candidate.weight > 0);
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.weight));
    candidates
}

/// Gives a number alone on its line the best that the next line names: `8.5`, then `out of ten`.
fn complete(reading: Reading<'_>, candidates: &mut [Candidate]) {
    const LINE_BYTES_MAX: usize = 20;
    const BEST: std::ops::RangeInclusive<f64> = 4.0..=100.0;
    for candidate in candidates.iter_mut().filter(|one| one.rating.best.is_none()) {
        let (Some(value), Some(span)) = (candidate.rating.value, candidate.span.as_ref()) else { continue };
        let Some(at) = reading.page.blocks.iter().position(|block| block.span.end == span.end) else { continue };
        let Some(next) = reading.page.blocks.get(at.saturating_add(1)) else { continue };
        let line = lower(reading.page.block_text(next));
        let said =
            ["out of ", "/ ", "/", "von ", "sur ", "de ", "su "].iter().find_map(|lead| line.trim().strip_prefix(lead));
        let best = said
            .filter(|_| line.len() <= LINE_BYTES_MAX)
            .and_then(|said| said.parse::<f64>().ok().or_else(|| vocabulary().number(said)));
        let printed = candidate.rating.as_printed.clone().unwrap_or_default();
        let places = printed.rsplit_once(['.', ',']).map_or(0, |(_, digits)| digits.len());
        let places = u32::try_from(places).unwrap_or(0);
        let best = best.filter(|best| BEST.contains(best));
        if let Some(rating) =
            best.and_then(|best| number(&printed, Number { value, places, best: Some(best), stars: false }))
        {
            candidate.rating = rating;
        }
    }
}

/// A row of full stars beside a figure out of a best one is a drawing of it: laid over empty ones and cut to the figure's
/// width, or on another scale. The figure says what is meant.
fn yield_to_figures(candidates: &mut [Candidate]) {
    const NEAR_BYTES: usize = 60;
    const BRACKET_BYTES: usize = 2;
    let is_row = |one: &Candidate| {
        let printed = one.rating.as_printed.as_deref().unwrap_or_default();
        !printed.is_empty() && printed.chars().all(is_star)
    };
    let figures: Vec<(usize, i32)> = candidates
        .iter()
        .filter(|one| one.rating.best.is_some() && !is_row(one))
        .filter_map(|one| Some((one.span.as_ref()?.start, one.weight)))
        .collect();
    // Empty ones in the row count, but for halves that it can't show (`★★★★☆ (4.5/5)`); without any it is full whatever is
    // meant.
    let is_full = |one: &Candidate| one.rating.best.is_none() || one.rating.best == one.rating.value;
    for row in candidates.iter_mut().filter(|one| is_row(one)) {
        let Some(span) = row.span.as_ref() else { continue };
        let reach = if is_full(row) { NEAR_BYTES } else { 0 };
        let follows = |start: usize| start.checked_sub(span.end).is_some_and(|gap| gap <= BRACKET_BYTES);
        let near = figures.iter().filter(|(start, _)| start.abs_diff(span.start) <= reach || follows(*start));
        if let Some(weight) = near.map(|(_, weight)| *weight).max().filter(|weight| *weight > 0) {
            row.weight = row.weight.min(weight.saturating_sub(1));
        }
    }
}

/// After `Rating:`, `Grade:`, `Rated:` and their likes.
fn after_label(reading: Reading<'_>, one: &Labelled) -> Vec<Candidate> {
    let text = reading.page.quote(&one.value_span);
    let before = reading.page.text.get(..one.label_span.start).unwrap_or_default();
    let lead: String = lower(&before.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect::<String>());
    if is_foreign(&lead, reading.language) || is_foreign(&lower(reading.page.quote(&one.label_span)), reading.language)
    {
        return Vec::new();
    }
    let bare_allowed = one.label == "rating" && one.explicit;
    let found = forms::forms(text, bare_allowed).into_iter().filter(|form| form.span.start <= 24);
    // `User rating: 4.5/5 (213 votes)`: what stands around the label and the number says whose it is.
    let label = lower(reading.page.quote(&one.label_span));
    found
        .filter(|form| {
            let end = text.len().min(form.span.end.saturating_add(25));
            let around = (form.span.end..=end).rev().find_map(|end| text.get(..end)).unwrap_or_default();
            !is_foreign(&format!("{lead}{label} {}", lower(around)), reading.language)
        })
        .map(|form| Candidate {
            rating: form.rating,
            span: Some(
                one.value_span.start.saturating_add(form.span.start)
                    ..one.value_span.start.saturating_add(form.span.end),
            ),
            source: Source::CreditBlock,
            weight: form.weight.saturating_add(if one.label == "rating" { 5 } else { 3 }),
        })
        .collect()
}

/// Whether a text holds anything that ratings are written with.
fn may_rate(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "star", "thumb", "*", "●", "🍿", "grade", "pointer", "out of", "estrel", "étoile", "stelle", "sterne",
        " sobre ", " sur ", " su ", " von ",
    ];
    let is_sign = |character: char| {
        character.is_ascii_digit() || is_star(character) || character == '½' || glyphs::is_picture(character)
    };
    let lowered = lower(text);
    text.contains(is_sign) || WORDS.iter().any(|word| lowered.contains(word)) || given::gives_any(&lowered)
}

/// In a block of its own, at the end of a paragraph, or in the run of one.
fn in_block(reading: Reading<'_>, block: &Block, near_end: bool) -> Vec<Candidate> {
    let text = reading.page.block_text(block);
    if text.len() > GIVEN_BYTES_MAX || !may_rate(text) && !is_named_rating(block) {
        return Vec::new();
    }
    let mut found = Vec::new();
    found.extend(scale_before(reading, block, text));
    found.extend(starred(block, text));
    found.extend(shortcode(block, text));
    if is_named_rating(block) && text.len() <= NAMED_BYTES_MAX {
        found.extend(forms::forms(text, true).into_iter().map(|form| {
            let span = block.span.start.saturating_add(form.span.start)..block.span.start.saturating_add(form.span.end);
            Candidate {
                rating: form.rating,
                span: Some(span),
                source: Source::Prose,
                weight: form.weight.saturating_add(5),
            }
        }));
    }
    found.extend(counted_line(reading, block, text));
    found.extend(labelled_line(reading, block, text).filter(|_| near_end));
    for form in forms::forms(text, false) {
        let alone = form.span.len().saturating_mul(2) >= text.trim().len();
        let short = text.len() <= 80;
        let at_end =
            text.get(form.span.end..).is_some_and(|rest| rest.trim_matches([' ', '.', ')', '!', '*']).is_empty());
        // In the run of prose `four stars` may be anybody's, and `two thumbs up` a figure of speech, unless the critic gives them.
        let is_given = given::is_given(&lower(before(text, form.span.start)))
            // `10/10, would watch again`: what opens a sentence at the end of the text.
            || near_end && form.rating.best.is_some() && opens_sentence(text, &form.span)
            || form.rating.best.is_some() && is_set_off(block, text, &form.span);
        let is_long = text.len() > UNLABELLED_BYTES_MAX;
        if (form.weight <= 2 && !short && !(near_end && at_end) || is_long) && !is_given {
            continue;
        }
        let sentence = sentence_around(text, form.span.start);
        let foreign = is_foreign(&lower(sentence), reading.language);
        let mut weight = form.weight;
        weight = weight.saturating_add(if alone {
            4
        } else if short {
            2
        } else {
            -2
        });
        weight = weight
            .saturating_add(i32::from(at_end))
            .saturating_add(i32::from(near_end))
            .saturating_add(i32::from(matches!(block.kind, Kind::Heading(_))));
        weight = weight.saturating_sub(if foreign { 12 } else { 0 }).saturating_sub(if block.zone == Zone::Aside {
            1
        } else {
            0
        });
        weight = weight.saturating_add(if is_given { 4 } else { 0 });
        let span = block.span.start.saturating_add(form.span.start)..block.span.start.saturating_add(form.span.end);
        found.push(Candidate { rating: form.rating, span: Some(span), source: Source::Prose, weight });
    }
    found
}

/// Whether a figure is set in bold by itself, or begins its paragraph before a dash: `4/5 – a slow film, and a fine one.`
fn is_set_off(block: &Block, text: &str, span: &Span) -> bool {
    let place = block.span.start.saturating_add(span.start)..block.span.start.saturating_add(span.end);
    let is_bold = block.marks.iter().any(|mark| mark.kind == MarkKind::Strong && mark.span == place);
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let is_figure = text.get(span.clone()).is_some_and(|printed| !printed.contains(is_star));
    is_figure && (is_bold || span.start == 0 && after.starts_with(['–', '—', '-', ':']))
}

/// Whether a rating stands at the start of a sentence, set off from what follows.
fn opens_sentence(text: &str, span: &Span) -> bool {
    let is_figure = text.get(span.clone()).is_some_and(|printed| !printed.contains(is_star));
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default();
    is_figure
        && (before.is_empty() || before.ends_with(['.', '!', '?']))
        && (after.is_empty() || after.starts_with([',', '.', '!']))
}

/// `5 bags of popcorn`: a line that counts what this critic counts.
fn counted_line(reading: Reading<'_>, block: &Block, text: &str) -> Option<Candidate> {
    const LINE_BYTES_MAX: usize = 40;
    const MOST: f64 = 10.0;
    const WEIGHT: i32 = 4;
    let line = text.trim();
    let lowered = lower(line);
    let (number, noun) = lowered.split_once(' ').filter(|_| line.len() <= LINE_BYTES_MAX)?;
    let hit = vocabulary().facts.exact(noun.trim_end_matches(['.', '!']))?;
    let value = number.parse::<f64>().ok().or_else(|| vocabulary().number(number)).filter(|value| *value <= MOST)?;
    let rating = number_of(line, value).filter(|_| hit.means("rating_noun", reading.language))?;
    let start = block.span.start.saturating_add(text.find(line)?);
    let span = start..start.saturating_add(line.len());
    Some(Candidate { rating, span: Some(span), source: Source::Prose, weight: WEIGHT })
}

/// `Voto 7,5`: a line of a label and a number with nothing between them.
fn labelled_line(reading: Reading<'_>, block: &Block, text: &str) -> Option<Candidate> {
    const LINE_BYTES_MAX: usize = 24;
    const WEIGHT: i32 = 5;
    let (label, value) = text.trim().rsplit_once(' ').filter(|_| text.len() <= LINE_BYTES_MAX)?;
    let hit = vocabulary().labels.exact(&lower(label))?;
    let form = forms::forms(value, true).into_iter().find(|form| form.span == (0..value.len()))?;
    let start = block.span.start.saturating_add(text.rfind(value)?);
    let span = start..start.saturating_add(value.len());
    hit.means("rating", reading.language).then_some(Candidate {
        rating: form.rating,
        span: Some(span),
        source: Source::Prose,
        weight: WEIGHT,
    })
}

fn number_of(printed: &str, value: f64) -> Option<Rating> {
    number(printed, Number { value, places: u32::from(value.fract() != 0.0), best: None, stars: false })
}

/// Longest text of an element named after a rating that is nothing but the rating.
const NAMED_BYTES_MAX: usize = 12;

/// Whether a short line stands right under the name of somebody else who rates: `IMDb`, then `4.2/5`.
fn is_under_foreign(reading: Reading<'_>, at: usize, block: &Block) -> bool {
    const LINE_BYTES_MAX: usize = 24;
    let above = at.checked_sub(1).and_then(|above| reading.page.blocks.get(above));
    let name = above.map(|above| reading.page.block_text(above)).filter(|name| name.len() <= LINE_BYTES_MAX);
    block.span.len() <= LINE_BYTES_MAX && name.is_some_and(|name| is_foreign(&lower(name), reading.language))
}

/// Whether a block's element is named after a rating, and after nobody else's: `<div class="final-score">8.2</div>`.
fn is_named_rating(block: &Block) -> bool {
    let own = block.classes.split('\n').next().unwrap_or_default();
    let says = |words: &[&str]| own.split([' ', '-', '_']).any(|part| words.contains(&part));
    says(&["score", "rating", "ratings", "grade", "nota", "note", "puntuacion", "wertung", "voto"])
        || own.contains("review-total")
        || own.contains("review-final")
}

/// `The Long Snow ***`: asterisks at a heading's end are stars.
fn starred(block: &Block, text: &str) -> Option<Candidate> {
    const STARS: std::ops::RangeInclusive<usize> = 2..=5;
    let stars =
        text.rsplit(' ').next().filter(|last| STARS.contains(&last.len()) && last.bytes().all(|b| b == b'*'))?;
    let form = glyphs::read(stars, true).into_iter().next()?;
    let is_heading = matches!(block.kind, Kind::Heading(_)) && stars.len() < text.len();
    let span = block.span.end.saturating_sub(stars.len())..block.span.end;
    is_heading.then_some(Candidate {
        rating: form.rating,
        span: Some(span),
        source: Source::Headline,
        weight: form.weight,
    })
}

/// `Rating (out of 5): 3.5`, `Score (1-10): 7`: the scale stands in the label.
fn scale_before(reading: Reading<'_>, block: &Block, text: &str) -> Option<Candidate> {
    const LINE_BYTES_MAX: usize = 60;
    let (label, value) = text.split_once(':').filter(|_| text.len() <= LINE_BYTES_MAX)?;
    let (name, scale) = label.trim_end().strip_suffix(')')?.split_once('(')?;
    let hit = vocabulary().labels.exact(lower(name).trim())?;
    let best = scale.rsplit([' ', '-', '–', '/']).next()?;
    if !hit.means("rating", reading.language) {
        return None;
    }
    let joined = format!("{}/{}", value.trim(), best);
    let form = forms::forms(&joined, false).into_iter().find(|form| form.span.start == 0)?;
    let start = block.span.end.saturating_sub(value.trim_start().len());
    let span = start..start.saturating_add(value.trim().len());
    let rating = Rating { as_printed: Some(value.trim().to_owned()), ..form.rating };
    Some(Candidate { rating, span: Some(span), source: Source::CreditBlock, weight: form.weight.saturating_add(6) })
}

/// Whether a line is what a blogging system would have drawn a rating from: `[rating:4]`, `[stars rating="4" max="5"]`.
pub(crate) fn is_shortcode(text: &str) -> bool {
    const WORDS: [&str; 7] = ["rating", "ratings", "rate", "stars", "star", "score", "xrr"];
    let inside = text.trim().strip_prefix(['[', '{']).and_then(|rest| rest.strip_suffix([']', '}']));
    let word = inside.and_then(|inside| inside.split(|sign: char| !sign.is_ascii_alphabetic()).next());
    word.is_some_and(|word| WORDS.contains(&lower(word).as_str()))
}

/// The rating that a shortcode holds: its first number, of the one that it calls the most.
fn shortcode(block: &Block, text: &str) -> Option<Candidate> {
    const WEIGHT: i32 = 8;
    if !is_shortcode(text) {
        return None;
    }
    let is_number = |part: &&str| part.starts_with(|first: char| first.is_ascii_digit());
    let parts = text.split(|sign: char| !sign.is_ascii_digit() && !matches!(sign, '.' | ','));
    let mut numbers = parts.filter(is_number);
    let printed = numbers.next()?;
    let value: f64 = printed.replace(',', ".").parse().ok()?;
    let best = numbers.next().and_then(|best| best.parse::<f64>().ok()).filter(|best| *best >= value);
    let places = u32::from(value.fract() != 0.0);
    let rating = number(text.trim(), Number { value, places, best, stars: lower(text).contains("star") })?;
    let start = block.span.start.saturating_add(text.find(text.trim())?);
    let span = start..start.saturating_add(text.trim().len());
    Some(Candidate { rating, span: Some(span), source: Source::CreditBlock, weight: WEIGHT })
}

/// The words of the same sentence right before a place: a text full of ratings is looked through once.
fn before(text: &str, at: usize) -> &str {
    const BYTES_MAX: usize = 80;
    let start = (at.saturating_sub(BYTES_MAX)..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
    text.get(start..at).unwrap_or_default().rsplit(['.', '!', '?']).next().unwrap_or_default()
}

fn sentence_around(text: &str, at: usize) -> &str {
    let start = text.get(..at).unwrap_or_default().rfind(['.', '!', '?', '\n']).map_or(0, |end| end.saturating_add(1));
    let end = text.get(at..).and_then(|rest| rest.find(". ")).map_or(text.len(), |end| at.saturating_add(end));
    text.get(start..end).unwrap_or_default()
}

/// Whether a text speaks of an aggregator's, the readers' or another body's rating.
fn is_foreign(lowered: &str, language: &str) -> bool {
    vocabulary().words.find(lowered, language).iter().any(|hit| hit.means("aggregator", language))
}

fn is_star(character: char) -> bool {
    matches!(character, '★' | '☆' | '⭐' | '🌟' | '✭' | '✮' | '✯' | '⭑' | '✩' | '✰' | '👍' | '👎')
}
