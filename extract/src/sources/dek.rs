//! The line under the headline that says in a sentence what the review will say.
//!
//! Must not take the text's own first paragraph: it would be missing there.

use std::collections::HashSet;

use crate::extraction::{Field, Source};
use crate::folding::{key, lower};
use crate::page::{Block, Kind, MarkKind, Zone};
use crate::sources::Reading;
use crate::sources::byline::{headline_position, worded_byline};
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::statement::Statement;
use crate::values;
use crate::vocabulary::vocabulary;

/// Longest and shortest dek.
const DEK_BYTES_MAX: usize = 400;
const DEK_BYTES_MIN: usize = 15;

/// Blocks under the headline in which a dek is looked for.
const DEK_REACH_BLOCKS: usize = 6;

/// Shortest paragraph that is the text's first.
const PROSE_BYTES_MIN: usize = 80;

/// Words in classes that say dek.
const DEK_CLASSES: [&str; 14] = [
    "excerpt",
    "subtitle",
    "dek",
    "standfirst",
    "subheadline",
    "subheading",
    "subhead",
    "summary",
    "lede",
    "lead",
    "tagline",
    "deck",
    "chapo",
    "bajada",
];

/// The line under the headline, when it is one: what the description says, or a heading right after.
pub(crate) fn read(reading: Reading<'_>, metadata: &Metadata, headline: &Headline) -> Vec<Statement> {
    let description = metadata.first(&["og:description", "description", "twitter:description"]).unwrap_or_default();
    let at = headline_position(reading, headline);
    let under: Vec<&Block> = reading.page.blocks.iter().skip(at.saturating_add(1)).take(DEK_REACH_BLOCKS).collect();
    for (place, block) in under.iter().enumerate() {
        let text = reading.page.block_text(block);
        // A class that several lines bear is the text's; narrow layouts print a dek twice.
        let near = reading.page.blocks.iter().skip(at.saturating_add(1)).take(DEK_REACH_BLOCKS.saturating_mul(2));
        let bearers: HashSet<&str> =
            near.filter(|other| other.classes == block.classes).map(|other| reading.page.block_text(other)).collect();
        let is_alone = bearers.len() <= 1;
        let says_dek = is_alone && block.classes.split(['\n', ' ', '-', '_']).any(|class| DEK_CLASSES.contains(&class));
        let is_heading = matches!(block.kind, Kind::Heading(2..=4)) && text.len() >= 30 && text.split(' ').count() >= 5;
        let agrees = !description.is_empty() && key(description) == key(text) && block.kind != Kind::Heading(1);
        // Systems describe a page by its first paragraph: a dek stands before the byline.
        let before_byline = under.iter().skip(place.saturating_add(1)).any(|after| {
            after.zone == Zone::Byline || after.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Time(_)))
        });
        let is_in_place =
            matches!(block.zone, Zone::Body | Zone::Byline) && (DEK_BYTES_MIN..=DEK_BYTES_MAX).contains(&text.len());
        // Looking for a date takes time in a long line: the length is asked first.
        let says_something = is_in_place && values::date(text, true).is_none() && !is_dateline(reading, text);
        if says_something && (agrees && before_byline || says_dek || is_heading) {
            return vec![Statement::new(Field::Dek, text, Source::Headline).at(block.span.clone())];
        }
        // Below the first paragraph headings part the text.
        if block.kind == Kind::Paragraph
            && block.in_article
            && block.zone == Zone::Body
            && text.len() >= PROSE_BYTES_MIN
        {
            break;
        }
    }
    Vec::new()
}

/// A byline, the time that reading takes, labelled facts: what stands under headlines and is no dek.
fn is_dateline(reading: Reading<'_>, text: &str) -> bool {
    let lowered = lower(text);
    let says = |kind: &str| vocabulary().words.count(&lowered, kind, reading.language) > 0;
    let is_credit = lowered.split(' ').filter(|word| word.ends_with(':')).count() >= 2;
    says("reading_time") || says("call_to_action") || is_credit || worded_byline(text, reading.language).is_some()
}
