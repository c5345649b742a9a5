//! When the review was published: declared, printed near the headline, or written into the address.

use chrono::NaiveDate;

use crate::extraction::{Field, Source};
use crate::folding::{lower, start_of};
use crate::page::{Block, MarkKind, Zone};
use crate::sources::Reading;
use crate::sources::byline::{REACH_BLOCKS, headline_position, signature_day};
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::statement::{Certainty, Statement};
use crate::values;
use crate::vocabulary::vocabulary;

/// Names under which heads declare the date.
const DECLARED: [&str; 15] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "date",
    "pubdate",
    "publish-date",
    "article.published",
    "publication_date",
    "og:article:published_time",
    "article:published",
];

/// Words beside dates that are not the review's.
const OTHER_DATES: [&str; 14] = [
    "visitors",
    "hits since",
    "release",
    "estreno",
    "estreia",
    "sortie",
    "kinostart",
    "uscita",
    "公開",
    "개봉",
    "updated",
    "theaters",
    "cinemas",
    "born",
];

/// Blocks under the headline that may be the foot of its heading, whatever the page's own foot is called.
const FOOTER_BLOCKS: usize = 3;

/// Longest line that its date makes a dateline.
const DATELINE_BYTES_MAX: usize = 100;

/// Longest line that a date is looked for in.
const LINE_BYTES_MAX: usize = 200;

/// All dates that may be the review's.
pub(crate) fn read(reading: Reading<'_>, metadata: &Metadata, headline: &Headline) -> Vec<Statement> {
    let stamps = DECLARED.iter().flat_map(|name| metadata.all(name)).filter_map(|stamp| values::iso_date(stamp));
    let mut statements: Vec<Statement> =
        stamps.map(|date| Statement::new(Field::Published, date, Source::Metadata)).collect();
    let at_headline = headline_position(reading, headline);
    let signed = signature_day(reading, headline).and_then(|day| printed(reading, day));
    statements.extend(signed.map(|one| one.with(Certainty::Weak)));
    for (at, block) in reading.page.blocks.iter().enumerate() {
        let is_near = at.abs_diff(at_headline) <= REACH_BLOCKS;
        let in_place = matches!(block.zone, Zone::Byline)
            || is_near && matches!(block.zone, Zone::Body | Zone::Header | Zone::Aside | Zone::Tags)
            || block.zone == Zone::Footer && (at_headline..=at_headline.saturating_add(FOOTER_BLOCKS)).contains(&at);
        let is_told = !matches!(block.zone, Zone::Related | Zone::Comments)
            && says_published(reading, reading.page.block_text(block));
        if (in_place || is_told) && block.span.len() <= LINE_BYTES_MAX && !follows_other_label(reading, at) {
            statements.extend(marked(reading, block));
            statements.extend(printed(reading, block));
        }
    }
    if let Some(date) = reading.page.url.as_ref().and_then(|url| values::date_in_url(url.path())) {
        statements.push(Statement::new(Field::Published, date, Source::Url));
    }
    statements
}

/// Whether the line above a block says that the date under it is another: `Release date:`.
fn follows_other_label(reading: Reading<'_>, at: usize) -> bool {
    const LABEL_BYTES_MAX: usize = 60;
    let above = at.checked_sub(1).and_then(|above| reading.page.blocks.get(above));
    let label = above.map(|block| reading.page.block_text(block).trim_end()).unwrap_or_default();
    let says = || {
        let label = lower(label);
        OTHER_DATES.iter().any(|word| label.contains(word))
    };
    label.len() <= LABEL_BYTES_MAX && label.ends_with(':') && says()
}

/// `First published: 2004-Aug-20`, under an article.
fn says_published(reading: Reading<'_>, text: &str) -> bool {
    const LEAD_BYTES_MAX: usize = 60;
    let leads = |lead: &str| {
        vocabulary()
            .facts
            .find(lead, reading.language)
            .first()
            .is_some_and(|hit| hit.span.start == 0 && hit.means("published_on", reading.language))
    };
    text.len() <= LINE_BYTES_MAX && leads(&lower(start_of(text, LEAD_BYTES_MAX)))
}

/// `<time>` elements.
fn marked(reading: Reading<'_>, block: &Block) -> Vec<Statement> {
    let mut statements = Vec::new();
    for mark in &block.marks {
        let MarkKind::Time(stamp) = &mark.kind else { continue };
        let printed = values::date(reading.page.quote(&mark.span), reading.language == "en").map(|(date, _)| date);
        let before = lower(reading.page.quote(&(block.span.start..mark.span.start)));
        let certainty = if before.contains("updated") { Certainty::Weak } else { Certainty::Sure };
        statements.extend(local(values::iso_date(stamp), printed).map(|date| {
            Statement::new(Field::Published, date, Source::Headline).at(mark.span.clone()).with(certainty)
        }));
    }
    statements
}

/// The date of a stamp; where the page prints the day before or after it, the printed one: stamps are in UTC, and what is
/// printed is the publisher's own day.
fn local(stamped: Option<String>, printed: Option<String>) -> Option<String> {
    let day = |date: &Option<String>| date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
    let is_shifted = day(&stamped).zip(day(&printed)).is_some_and(|(a, b)| (a - b).num_days().abs() == 1);
    if is_shifted { printed } else { stamped.or(printed) }
}

/// A date in words, where the line is little else or says that it is the date.
fn printed(reading: Reading<'_>, block: &Block) -> Option<Statement> {
    let text = reading.page.block_text(block);
    let lowered = lower(text);
    let from = told_from(&lowered);
    let line = text.get(from..)?;
    let (date, span) = values::date(line, is_month_first(reading, line))?;
    let span = from.saturating_add(span.start)..from.saturating_add(span.end);
    // `Review Date: 2005-12-05 (updated 2011-03-24)`
    let until = if says_published(reading, text) { span.end.min(lowered.len()) } else { lowered.len() };
    let before = lowered.get(..until).unwrap_or(&lowered);
    let is_other = from == 0 && OTHER_DATES.iter().any(|word| before.contains(word));
    let is_dateline = text.len() <= DATELINE_BYTES_MAX
        || block.zone == Zone::Byline
        || lowered.contains("posted")
        || lowered.contains("published");
    let place = block.span.start.saturating_add(span.start)..block.span.start.saturating_add(span.end);
    // A draft is older than what was published of it.
    let is_draft = lowered.starts_with("created");
    let certainty = if is_draft { Certainty::Weak } else { Certainty::Plain };
    let said = || Statement::new(Field::Published, date, Source::Headline).at(place).with(certainty);
    (!is_other && is_dateline).then(said)
}

/// Where a line begins to tell of the publication after another day: `Last updated May 9, 2019 | Published May 4, 2019`.
fn told_from(lowered: &str) -> usize {
    const LEADS: [&str; 2] = ["published", "posted"];
    let told = LEADS.iter().filter_map(|lead| lowered.find(lead)).min().unwrap_or(0);
    if lowered.get(..told).is_some_and(|before| before.contains("updated")) { told } else { 0 }
}

/// Whether a date in numbers has its month first: as English pages print it, unless the address tells another month.
fn is_month_first(reading: Reading<'_>, line: &str) -> bool {
    let is_english = reading.language == "en";
    let path = reading.page.url.as_ref().map(|url| url.path().to_owned()).unwrap_or_default();
    let is_addressed = |month_first: bool| {
        let date = values::date(line, month_first).map(|(date, _)| date).unwrap_or_default();
        date.get(..7).is_some_and(|month| path.contains(&format!("/{}/", month.replace('-', "/"))))
    };
    if is_addressed(is_english) || !is_addressed(!is_english) { is_english } else { !is_english }
}
