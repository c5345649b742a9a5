//! The review's paragraphs: the main text without what stands in it but is not it.
//!
//! Chooses blocks; never changes their words.

use std::collections::HashSet;

use dom_query::NodeId;

use crate::folding::{key, lower, start_of};
use crate::page::{Block, Kind, MarkKind, Page, Zone};
use crate::sources::Reading;
use crate::sources::captions::{is_caption, run_in};
use crate::sources::credit_block::Labelled;
use crate::sources::critic::is_bio;
use crate::statement::Statement;
use crate::values;
use crate::vocabulary::vocabulary;

/// Longest paragraph that a call to action makes furniture.
const CALL_BYTES_MAX: usize = 360;

/// Longest line that only says where and when the film can be seen.
const RELEASE_NOTE_BYTES_MAX: usize = 140;

/// Longest line of bare facts.
const FACT_LINE_BYTES_MAX: usize = 160;

/// Labels whose values are lists of people, which may be long.
const CREW: [&str; 8] =
    ["director", "writer", "director_writer", "cast", "producer", "cinematographer", "editor", "composer"];

/// Longest line that only says who wrote the text, and when.
const DATELINE_BYTES_MAX: usize = 160;

/// The review's text, its paragraphs separated by blank lines, given the keys of the critics' names.
pub(crate) fn read(
    reading: Reading<'_>,
    labelled: &[Labelled],
    credits: &[Statement],
    critics: &HashSet<String>,
    headline: Option<&crate::extraction::Span>,
    dek: Option<&crate::extraction::Span>,
) -> Option<String> {
    let credits = credit_blocks(reading.page, labelled, credits);
    text(reading, &paragraphs(reading, &credits, critics, headline, dek))
}

/// The paragraphs, in order.
fn paragraphs<'a>(
    reading: Reading<'a>,
    credits: &HashSet<usize>,
    critics: &HashSet<String>,
    headline: Option<&crate::extraction::Span>,
    dek: Option<&crate::extraction::Span>,
) -> Vec<&'a Block> {
    let mut seen = HashSet::new();
    let mut after_end = false;
    let mut paragraphs: Vec<&Block> = Vec::new();
    let mut short = Vec::new();
    let mut signed = Vec::new();
    let told_cells = told_cells(reading.page);
    for (at, block) in reading.page.blocks.iter().enumerate() {
        let text = reading.page.block_text(block);
        if names_critic(critics, text) {
            signed.push(paragraphs.len());
        }
        if !block.in_article || block.zone != Zone::Body {
            continue;
        }
        if let Kind::Heading(_) = block.kind {
            after_end |= opens_furniture(text) && !paragraphs.is_empty();
            continue;
        }
        let is_headline = headline.is_some_and(|headline| headline == &block.span);
        let is_dateline = paragraphs.is_empty() && (is_dateline(reading, text) || is_meta_line(block, text));
        let is_dek = paragraphs.is_empty() && dek == Some(&block.span);
        if is_dek {
            short.push(block);
        }
        // What stands over the headline says what is reviewed.
        let is_over = headline.is_some_and(|headline| block.span.end <= headline.start);
        let leads_to = || headline.is_some_and(|headline| text.ends_with(reading.page.quote(headline)));
        let is_kicker = is_over && (!ends_sentence(text) || leads_to());
        if after_end
            || is_headline
            || is_kicker
            || is_dek
            || is_dateline
            || credits.contains(&at)
            || seen.contains(text)
        {
            continue;
        }
        let is_value = block.kind == Kind::Cell && !(told_cells.contains(&block.node) && ends_sentence(text));
        if !is_value && is_prose(reading, block, text) {
            seen.insert(text);
            paragraphs.push(block);
        } else if is_teaser(block, text) {
            short.push(block);
        }
    }
    if let Some(end) = signed.into_iter().find(|end| is_signature(&paragraphs, *end)) {
        paragraphs.truncate(end);
    }
    let is_day = |block: &Block| {
        let text = reading.page.block_text(block);
        is_dateline(reading, text) && leads_day(reading, text)
    };
    if paragraphs.last().is_some_and(|last| is_day(last)) {
        paragraphs.pop();
    }
    // A review of one line, which need not end as a sentence.
    if paragraphs.is_empty() { short.into_iter().take(1).collect() } else { paragraphs }
}

/// The paragraphs' text.
fn text(reading: Reading<'_>, paragraphs: &[&Block]) -> Option<String> {
    let mut body = String::new();
    for block in paragraphs {
        if !body.is_empty() {
            body.push_str("\n\n");
        }
        // A caption run into a paragraph is not the paragraph's.
        let start = run_in(reading, block).and_then(|run_in| run_in.end()).unwrap_or(block.span.start);
        body.push_str(reading.page.quote(&(start..block.span.end)).trim_start());
    }
    (!body.is_empty()).then_some(body)
}

/// Whether a line is nothing but the critic's name.
fn names_critic(critics: &HashSet<String>, line: &str) -> bool {
    const NAME_BYTES_MAX: usize = 60;
    line.len() <= NAME_BYTES_MAX && critics.contains(&key(line))
}

/// Whether the critic's name stands below the text at a place: a line about them follows, not the review.
fn is_signature(paragraphs: &[&Block], end: usize) -> bool {
    const TIMES_MIN: usize = 4;
    let length = |blocks: &[&Block]| blocks.iter().map(|block| block.span.len()).sum::<usize>();
    let (before, after) = paragraphs.split_at(end.min(paragraphs.len()));
    length(before) > length(after).saturating_mul(TIMES_MIN)
}

fn opens_furniture(heading: &str) -> bool {
    vocabulary().heading(&lower(heading)).is_some_and(|opens| opens != "encyclopedia")
}

/// Blocks that hold labelled values and little else, and fact lines.
fn credit_blocks(page: &Page, labelled: &[Labelled], statements: &[Statement]) -> HashSet<usize> {
    const CREDIT_BYTES_MAX: usize = 700;
    let mut blocks: HashSet<usize> = HashSet::new();
    for one in labelled {
        let Some(block) = page.blocks.get(one.block).filter(|block| block.span.len() <= CREDIT_BYTES_MAX) else {
            continue;
        };
        let held: usize = labelled
            .iter()
            .filter(|other| other.block == one.block)
            .map(|other| other.label_span.len().saturating_add(other.value_span.len()))
            .sum();
        // `Synopsis`, `Film: …`, `Rating: 9/10. A stunning film, …`: what such labels stand before may be the text itself.
        let names_people = CREW.contains(&one.label);
        let labels = labelled.iter().filter(|other| other.block == one.block).count();
        let is_long = !names_people && one.value_span.len() > FACT_LINE_BYTES_MAX;
        let is_text = labels < 2 && (is_long || is_told(page.quote(&one.value_span)));
        if one.label_span.start <= block.span.start.saturating_add(40)
            && held.saturating_mul(2) >= block.span.len()
            && !is_text
        {
            blocks.insert(one.block);
            let after = one.block.saturating_add(1);
            // The value on lines of its own belongs to the credits too.
            if one.value_span.start >= block.span.end && !matches!(one.label, "ignored" | "country") {
                blocks.extend(
                    (after..page.blocks.len())
                        .take_while(|at| page.blocks.get(*at).is_some_and(|next| next.span.end <= one.value_span.end)),
                );
            }
        }
    }
    let mut facts: Vec<&crate::extraction::Span> = statements
        .iter()
        .filter(|one| one.source == crate::extraction::Source::CreditBlock)
        .filter_map(|one| one.span.as_ref())
        .collect();
    facts.sort_by_key(|span| span.start);
    for (at, block) in page.blocks.iter().enumerate().filter(|(_, block)| block.span.len() <= FACT_LINE_BYTES_MAX) {
        let from = facts.partition_point(|span| span.start < block.span.start);
        let own = facts.iter().skip(from).take_while(|span| span.end <= block.span.end);
        if own.map(|span| span.len()).sum::<usize>().saturating_mul(2) >= block.span.len() {
            blocks.insert(at);
        }
    }
    blocks
}

/// Whether a value is sentences rather than facts or names: mostly words in lower case.
fn is_told(value: &str) -> bool {
    const WORDS_MIN: usize = 8;
    const LOWER_PERCENT_MIN: usize = 60;
    let words = value.split_whitespace().count();
    let lower = value.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    words >= WORDS_MIN && ends_sentence(value) && lower.saturating_mul(100) >= words.saturating_mul(LOWER_PERCENT_MIN)
}

/// `Posted by Name on 4 May 2020 · 3 comments`, `4 May 2020 5 min read`: no sentence, and a date.
fn is_dateline(reading: Reading<'_>, text: &str) -> bool {
    text.len() <= DATELINE_BYTES_MAX
        && !text.ends_with(['.', '!', '?', '。', '”'])
        && values::date(text, reading.language == "en").is_some()
}

/// Whether a line begins with words for the day that a text was published: `Posted on`.
fn leads_day(reading: Reading<'_>, text: &str) -> bool {
    const LEAD_WORDS_MAX: usize = 2;
    let words: Vec<&str> = text.split(' ').take(LEAD_WORDS_MAX).collect();
    (1..=words.len()).filter_map(|count| words.get(..count)).any(|lead| {
        let lead = lower(lead.join(" ").trim_end_matches(':'));
        vocabulary().facts.exact(&lead).is_some_and(|hit| hit.means("day_lead", reading.language))
    })
}

/// What a template says of every review, above the first: `<p class="review-meta">A journal of film criticism</p>`.
fn is_meta_line(block: &Block, text: &str) -> bool {
    block.classes.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == "meta") && !ends_sentence(text)
}

fn is_teaser(block: &Block, text: &str) -> bool {
    const TEASER_BYTES_MIN: usize = 25;
    block.kind == Kind::Paragraph && block.marks.is_empty() && text.len() >= TEASER_BYTES_MIN && text.contains(' ')
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '”', '"', '…', '。', '’', '」', ')', ':', '！', '？', '।', ';', ']'])
}

/// Whether a line asks its reader for something. One word (`comparte`, `commission`) may be any sentence's, unless a sentence
/// begins with it or the line is hardly longer.
fn calls_to_act(lowered: &str, language: &str) -> bool {
    const LINE_BYTES_MAX: usize = 60;
    vocabulary().words.find(lowered, language).iter().filter(|hit| hit.means("call_to_action", language)).any(|hit| {
        let before = lowered.get(..hit.span.start).unwrap_or_default().trim_end();
        let is_phrase = lowered.get(hit.span.clone()).is_some_and(|words| words.trim().contains(' '));
        let opens = before.is_empty() || before.ends_with(['.', '!', '?', ':', '|', '»', '”']);
        is_phrase || opens || lowered.len() <= LINE_BYTES_MAX
    })
}

/// Whether a line leads its reader to another page: `Also read: …`.
pub(crate) fn leads_elsewhere(line: &str) -> bool {
    const LEAD_BYTES_MAX: usize = 60;
    let lead = start_of(line, LEAD_BYTES_MAX).split_once([':', '：']);
    lead.is_some_and(|(lead, _)| vocabulary().heading(&lower(lead)) == Some("related"))
}

/// The cells that hold paragraphs and no values: old pages set their text in a table that is their layout.
fn told_cells(page: &Page) -> HashSet<NodeId> {
    const PARAGRAPH_BYTES_MIN: usize = 120;
    let cells = page.blocks.iter().filter(|block| block.kind == Kind::Cell && block.span.len() >= PARAGRAPH_BYTES_MIN);
    cells.filter(|block| ends_sentence(page.block_text(block))).map(|block| block.node).collect()
}

fn is_prose(reading: Reading<'_>, block: &Block, text: &str) -> bool {
    const SHORT_BYTES: usize = 40;
    // Beside a long link, a sentence of the critic's.
    const TOLD_BYTES_MIN: usize = 80;
    if block.kind == Kind::Term || is_caption(reading, block) || leads_elsewhere(text) {
        return false;
    }
    let linked: usize =
        block.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Link(_))).map(|mark| mark.span.len()).sum();
    let told = text.len().saturating_sub(linked);
    if linked > told && (told < TOLD_BYTES_MIN || !ends_sentence(text)) {
        return false;
    }
    let is_text = text.chars().any(char::is_alphanumeric) && !text.starts_with('©');
    if !is_text || text.len() < SHORT_BYTES && !ends_sentence(text) {
        return false;
    }
    let lowered = lower(text);
    let is_call = text.len() <= CALL_BYTES_MAX && calls_to_act(&lowered, reading.language);
    let is_release_note = text.len() <= RELEASE_NOTE_BYTES_MAX
        && !text.trim_end_matches(['.', '!']).contains(". ")
        && vocabulary().words.count(&lowered, "release_note", reading.language) > 0;
    let is_about_critic = text.len() <= 500 && is_bio(&lowered, reading.language);
    !(is_call || is_release_note || is_about_critic)
}
