//! Who wrote the review: declared, in a byline, beside a date, under the text.

mod signature;
mod words;

use unicode_normalization::char::is_combining_mark;

use crate::extraction::{Field, Source, Span};
use crate::folding::{is_caseless, lower};
use crate::names::{has_given_name, is_person, is_single_name};
use crate::page::{Block, Kind, MarkKind, Zone};
use crate::sources::Reading;
use crate::sources::credit_block::Labelled;
use crate::sources::critic;
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::sources::owner;
use crate::sources::tags::is_of_label;
use crate::statement::{Certainty, Statement};
use crate::values;
use crate::vocabulary::vocabulary;

pub(super) use signature::day as signature_day;
pub(super) use words::{credits_film, is_author, leads, worded_byline};

use words::{before_day, is_weekday, says_clock, strip_by, without_trade};

/// Blocks around the headline in which a byline and a date are looked for.
pub(super) const REACH_BLOCKS: usize = 14;

/// Blocks under the article in which it may be signed.
const SIGN_OFF_BLOCKS: usize = 4;

/// Labels of those who made a film, which stand beside its writer's.
const OF_FILM: [&str; 7] = ["director", "cast", "producer", "cinematographer", "composer", "editor", "director_writer"];

/// Longest byline.
const BYLINE_BYTES_MAX: usize = 160;

/// Longest line of what a critic is called.
const TRADE_BYTES_MAX: usize = 40;

/// Everybody who may have signed.
pub(crate) fn read(
    reading: Reading<'_>,
    metadata: &Metadata,
    headline: &Headline,
    labelled: &[Labelled],
) -> Vec<Statement> {
    let mut statements = Vec::new();
    statements.extend(declared_authors(metadata));
    statements.extend(labelled_authors(reading, headline, labelled));
    statements.extend(visible_authors(reading, headline));
    // `Written by Ada Berg` under the title is the film's, beside others who made it; on a day it is the review's.
    let has_crew = labelled.iter().any(|one| OF_FILM.contains(&one.label));
    for one in &mut statements {
        let signs = is_dated(reading, one) || !has_crew && (is_credited(labelled, one) || is_in_byline(reading, one));
        if signs && one.source == Source::Headline && one.certainty == Certainty::Plain {
            one.certainty = Certainty::Sure;
        }
    }
    statements.retain(|one| one.certainty == Certainty::Sure || !is_credited(labelled, one) || is_dated(reading, one));
    if statements.is_empty() {
        let named = name_at_date(reading, headline).or_else(|| with_trade(reading, headline));
        statements.extend(named.or_else(|| linked(reading, headline)));
    }
    statements.extend(signature::read(reading, headline));
    if statements.is_empty() {
        statements.extend(critic::named(reading));
    }
    if statements.is_empty() {
        statements.extend(owner::read(reading, metadata, headline));
    }
    statements
}

fn declared_authors(metadata: &Metadata) -> Vec<Statement> {
    const NAMES: [&str; 9] = [
        "author",
        "article:author",
        "og:article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "twitter:data1",
    ];
    let mut statements = Vec::new();
    for name in NAMES {
        for value in metadata.all(name) {
            let label_says_author = name != "twitter:data1"
                || metadata.first(&["twitter:label1"]).is_some_and(|label| lower(label).contains("written by"));
            let bare = strip_by(value);
            if label_says_author && is_author(&bare) {
                statements.push(Statement::new(Field::Author, bare, Source::Metadata).with(Certainty::Weak));
            }
        }
    }
    statements
}

/// `Review by Name`, `Crítica de Name` as a labelled line; the colon or the block's own start sets it apart.
fn labelled_authors(reading: Reading<'_>, headline: &Headline, labelled: &[Labelled]) -> Vec<Statement> {
    let mut statements = Vec::new();
    for one in labelled.iter().filter(|one| one.label == "author") {
        let value = reading.page.quote(&one.value_span);
        // `投稿者：山田花子 投稿日：2019年3月14日`: the word before the next colon is another label.
        let own = value.trim().split_once('：').and_then(|(head, _)| head.rsplit_once(' ')).map(|(own, _)| own);
        let bare = before_day(own.unwrap_or(value.trim()));
        let lead = value.len().saturating_sub(value.trim_start().len());
        if is_author(bare) && bare.split(' ').count() <= 5 {
            let start = one.value_span.start.saturating_add(lead);
            let certainty = if lower(reading.page.quote(&one.label_span)).trim() == "by" {
                Certainty::Plain
            } else {
                Certainty::Sure
            };
            statements.push(
                Statement::new(Field::Author, bare, Source::CreditBlock)
                    .at(start..start.saturating_add(bare.len()))
                    .with(certainty),
            );
        }
    }
    let at_headline = headline_position(reading, headline);
    let is_near = |at: usize| at.abs_diff(at_headline) <= REACH_BLOCKS;
    for (at, block) in reading.page.blocks.iter().enumerate() {
        if !(block.in_article || is_near(at)) || block.span.len() > BYLINE_BYTES_MAX {
            continue;
        }
        let text = reading.page.block_text(block);
        let lowered = lower(text);
        let Some(lead) = leads(&lowered, "review_by").into_iter().find(|lead| lead.start == 0) else { continue };
        let name = text
            .get(lead.end..)
            .unwrap_or_default()
            .split([',', '|', '(', '–', '—', '-', '\n'])
            .next()
            .unwrap_or_default()
            .trim();
        let start = block.span.start.saturating_add(lead.end);
        // What the markup sets apart is the name, whatever stands beside it.
        let own = block.marks.iter().find(|mark| mark.span.start == start);
        let name = own.map_or(name, |mark| reading.page.quote(&mark.span));
        if is_author(name)
            && (is_person(name) || name.split(' ').count() <= 2)
            && matches!(block.kind, Kind::Heading(_) | Kind::Other | Kind::Paragraph)
        {
            statements.push(
                Statement::new(Field::Author, name, Source::CreditBlock)
                    .at(start..start.saturating_add(name.len()))
                    .with(Certainty::Sure),
            );
        }
    }
    statements
}

/// Marked or worded bylines near the headline.
fn visible_authors(reading: Reading<'_>, headline: &Headline) -> Vec<Statement> {
    let mut statements = Vec::new();
    let at_headline = headline_position(reading, headline);
    let last = reading.page.blocks.iter().rposition(|block| block.in_article && block.zone == Zone::Body).unwrap_or(0);
    for (at, block) in reading.page.blocks.iter().enumerate() {
        // Blogs sign under the text.
        let signs_off = at >= last && at.saturating_sub(last) <= SIGN_OFF_BLOCKS;
        let near = at.abs_diff(at_headline) <= REACH_BLOCKS || signs_off;
        let allowed = matches!(block.zone, Zone::Body | Zone::Byline | Zone::Aside | Zone::Bio | Zone::Tags);
        if !allowed || block.span.len() > BYLINE_BYTES_MAX {
            continue;
        }
        let certain = |certainty: Certainty| if near { certainty } else { Certainty::Weak };
        for mark in block.marks.iter().filter(|mark| mark.kind == MarkKind::Author) {
            let written = reading.page.quote(&mark.span);
            let bare = strip_by(written);
            if let Some(offset) = written.find(bare.as_str()).filter(|_| is_author(&bare)) {
                let start = mark.span.start.saturating_add(offset);
                statements.push(
                    Statement::new(Field::Author, bare.clone(), Source::Headline)
                        .at(start..start.saturating_add(bare.len()))
                        .with(certain(Certainty::Plain)),
                );
            }
        }
        let text = reading.page.block_text(block);
        if near && let Some(span) = linked_handle(reading, block) {
            statements.push(Statement::new(Field::Author, reading.page.quote(&span), Source::Headline).at(span));
        }
        if near && let Some(span) = dated_below(reading, at) {
            let said = Statement::new(Field::Author, reading.page.quote(&span), Source::Headline);
            statements.push(said.at(span).with(Certainty::Sure));
        }
        if near && let Some((name, offset)) = worded_byline(text, reading.language) {
            let start = block.span.start.saturating_add(offset);
            statements.push(
                Statement::new(Field::Author, name, Source::Headline).at(start..start.saturating_add(name.len())),
            );
        }
    }
    statements
}

/// `by ada42`: a line of the word for who signs, and a link to whatever they call themselves.
fn linked_handle(reading: Reading<'_>, block: &Block) -> Option<Span> {
    let lowered = lower(reading.page.block_text(block));
    let lead = leads(&lowered, "byline").into_iter().find(|lead| lead.start == 0)?;
    let start = block.span.start.saturating_add(lead.end);
    let mark = block.marks.iter().find(|mark| matches!(mark.kind, MarkKind::Link(_)) && mark.span.start == start)?;
    let name = reading.page.quote(&mark.span);
    (mark.span.end == block.span.end && is_author(name) && !name.contains(' ')).then(|| mark.span.clone())
}

/// `Written by Oyelaran` over a line with the day: whoever signs by one name.
fn dated_below(reading: Reading<'_>, at: usize) -> Option<Span> {
    const DAY_BYTES_MAX: usize = 80;
    let (block, below) = (reading.page.blocks.get(at)?, reading.page.blocks.get(at.saturating_add(1))?);
    let text = reading.page.block_text(block);
    let lead = leads(&lower(text), "byline").into_iter().find(|lead| lead.start == 0)?;
    let name = text.get(lead.end..).filter(|name| is_single_name(name) && name.starts_with(char::is_uppercase))?;
    let day = reading.page.block_text(below);
    let reads = || vocabulary().words.count(&lower(day), "reading_time", reading.language) > 0;
    let is_day = day.len() <= DAY_BYTES_MAX && (values::date(day, true).is_some() || reads());
    is_day.then(|| block.span.end.saturating_sub(name.len())..block.span.end)
}

/// Whether a statement stands in what a label gives to somebody of the film.
fn is_credited(labelled: &[Labelled], statement: &Statement) -> bool {
    let Some(span) = &statement.span else { return false };
    // `REVIEW` over `by Ada Berg` credits nobody of the film.
    const OF_NOBODY: [&str; 7] = ["author", "rating", "genre", "runtime", "year", "release_date", "certificate"];
    labelled.iter().filter(|one| !OF_NOBODY.contains(&one.label)).any(|one| {
        let whole = one.label_span.start.min(one.value_span.start)..one.value_span.end;
        whole.start <= span.start && span.end <= whole.end
    })
}

/// Whether a statement stands in a line whose class says that it is a byline.
fn is_in_byline(reading: Reading<'_>, statement: &Statement) -> bool {
    block_of(reading, statement).is_some_and(|block| block.zone == Zone::Byline)
}

/// The block that a statement's words stand in.
fn block_of<'a>(reading: Reading<'a>, statement: &Statement) -> Option<&'a Block> {
    let span = statement.span.as_ref()?;
    reading.page.blocks.iter().find(|block| block.span.start <= span.start && span.end <= block.span.end)
}

/// Whether a date stands in the same line: films are written by somebody, reviews by somebody on a day.
fn is_dated(reading: Reading<'_>, statement: &Statement) -> bool {
    block_of(reading, statement).map(|block| reading.page.block_text(block)).is_some_and(|line| {
        // `January/February 2022`
        let has_month = || {
            line.split(|letter: char| !letter.is_alphabetic()).any(|word| vocabulary().month(&lower(word)).is_some())
        };
        values::date(line, true).is_some()
            || line.len() <= BYLINE_BYTES_MAX && values::year(line).is_some() && has_month()
    })
}

/// The name in a line that holds nothing but a name and a date, or the time that reading takes: `2 March 2015 / Ada Berg`.
fn name_and_time<'a>(reading: Reading<'a>, block: &Block) -> Option<(&'a str, usize)> {
    const LINE_BYTES_MAX: usize = 80;
    const SIGNS: [char; 13] = [' ', '|', '·', '•', ',', '-', '‐', '–', '—', '/', '@', ':', '\n'];
    let text = reading.page.block_text(block);
    if text.len() > LINE_BYTES_MAX {
        return None;
    }
    // `Ada Berg, yesterday`: what is marked up as a time is one, however it is told.
    let marked = block.marks.iter().find(|mark| matches!(mark.kind, MarkKind::Time(_)));
    let within = |place: usize| place.checked_sub(block.span.start);
    let marked = marked.and_then(|mark| Some(within(mark.span.start)?..within(mark.span.end)?));
    let date = values::date(text, true).map(|(_, span)| span).or(marked);
    let around = match &date {
        Some(date) => [text.get(..date.start)?, text.get(date.end..)?],
        None => text.split_once(['|', '·', '•', '/', '‐']).map(|(name, time)| [name, time])?,
    };
    const PARTS: [char; 6] = ['|', '·', '•', ',', '/', '\n'];
    let said: Vec<&str> = around
        .iter()
        .flat_map(|part| part.split(PARTS))
        .map(|part| part.trim_matches(SIGNS))
        .filter(|part| !part.is_empty())
        .collect();
    // `Thursday`, `at 9:30 am`, `le 14 mars 2019`, `14 марта 2019 г.`
    const WORD_LETTERS_MAX: usize = 2;
    let is_time = |part: &str| {
        let is_short = part.chars().filter(|letter| letter.is_alphabetic()).count() <= WORD_LETTERS_MAX;
        vocabulary().words.count(&lower(part), "reading_time", reading.language) > 0
            || date.is_some() && (is_weekday(part) || says_clock(part) || is_short)
    };
    // `Ada Berg, Staff Writer`, `Ada Berg / Film`
    let is_filing = |part: &str| {
        let lowered = lower(part);
        is_trade(reading, &lowered)
            || vocabulary().words.exact(&lowered).is_some_and(|hit| hit.means("film_category", reading.language))
    };
    // Scripts without capitals do not tell a name from a word for the date: `公開日 2016/08/09`.
    // `Ada · 4 May 2020`: beside a date, a common first name is enough.
    let is_first_name = |part: &str| date.is_some() && part.starts_with(char::is_uppercase) && is_given_name(part);
    let is_all_caseless = |part: &str| {
        // Indian names have two words, where the others are written together.
        let is_indic = part.contains(|letter| matches!(letter, '\u{0900}'..='\u{0dff}'));
        let is_letter = |letter: char| is_caseless(letter) || is_combining_mark(letter) || is_indic && letter == ' ';
        part.chars().all(is_letter) && vocabulary().labels.exact(part).is_none() && date.is_some()
    };
    let is_name = |part: &&str| {
        is_first_name(part) || is_person(part) && (part.chars().any(char::is_uppercase) || is_all_caseless(part))
    };
    let name = said.iter().map(|part| without_trade(before_day(part))).find(|part| is_name(part))?;
    let others: Vec<&str> = said.iter().copied().filter(|part| without_trade(before_day(part)) != name).collect();
    let is_beside = date.is_some() || others.iter().any(|part| is_time(part));
    let fits = is_beside && others.iter().all(|part| is_time(part) || date.is_some() && is_filing(part));
    fits.then_some((name, text.find(name)?))
}

/// Whether lower-cased words are what critics are called, or end with it: `assistant arts editor`.
fn is_trade(reading: Reading<'_>, words: &str) -> bool {
    const WORDS_MAX: usize = 4;
    let means =
        |text: &str| vocabulary().facts.exact(text).is_some_and(|hit| hit.means("critic_trade", reading.language));
    means(words) || words.split(' ').count() <= WORDS_MAX && words.rsplit(' ').next().is_some_and(means)
}

/// Whether a text is one word and a common first name.
fn is_given_name(text: &str) -> bool {
    vocabulary().is_given_name(&lower(text))
}

/// A person's name and what they are, right under the headline, in one line or two: `Ada Berg, Staff Writer`.
fn with_trade(reading: Reading<'_>, headline: &Headline) -> Option<Statement> {
    const REACH: usize = 3;
    let at_headline = headline_position(reading, headline);
    let first = at_headline.saturating_add(1);
    (first..first.saturating_add(REACH)).find_map(|at| {
        let block = reading.page.blocks.get(at).filter(|block| block.span.len() <= BYLINE_BYTES_MAX)?;
        let line = reading.page.block_text(block);
        let below = || reading.page.blocks.get(at.saturating_add(1)).map(|below| reading.page.block_text(below));
        let (name, trade) = match line.split_once([',', '|', '·', '/', '\n']) {
            Some(pair) => pair,
            None => (line, below().filter(|below| below.len() <= TRADE_BYTES_MAX)?),
        };
        let name = name.trim_end();
        let is_trade = is_trade(reading, &lower(trade.trim()));
        let place = block.span.start..block.span.start.saturating_add(name.len());
        (is_trade && is_person(name)).then(|| Statement::new(Field::Author, name, Source::Headline).at(place))
    })
}

/// A person's name alone on a line, with a date or the time that reading takes on the next or the one before.
fn name_at_date(reading: Reading<'_>, headline: &Headline) -> Option<Statement> {
    const REACH: usize = 6;
    let at_headline = headline_position(reading, headline);
    let blocks = &reading.page.blocks;
    let first = at_headline.saturating_sub(REACH);
    let says_time = |at: Option<usize>| {
        at.and_then(|at| blocks.get(at)).is_some_and(|block| {
            let text = reading.page.block_text(block);
            text.len() <= 40
                && (values::date(text, true).is_some()
                    || vocabulary().words.count(&lower(text), "reading_time", reading.language) > 0)
        })
    };
    (first..=at_headline.saturating_add(REACH)).find_map(|at| {
        let block = blocks.get(at)?;
        let is_headline = headline.span.as_ref() == Some(&block.span);
        if let Some((name, offset)) = name_and_time(reading, block).filter(|_| !is_headline) {
            let start = block.span.start.saturating_add(offset);
            let place = start..start.saturating_add(name.len());
            return Some(Statement::new(Field::Author, name, Source::Headline).at(place));
        }
        let line = reading.page.block_text(block);
        // `— Ada Berg`
        let name = line.trim_matches([' ', '-', '–', '—', '~']);
        // `Quick Look` heads a box.
        let is_section = matches!(block.kind, Kind::Heading(_)) && !has_given_name(name);
        let is_label = vocabulary().labels.exact(&lower(name)).is_some();
        // `Reviews Features Interviews About`: a menu, whose words lead to a page each.
        let links = block.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Link(_))).count();
        let is_alone = is_person(name)
            && !is_label
            && links < 2
            && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Header)
            && !is_headline
            && !is_section;
        // Right under the headline stands the critic, or whom the film is by: the text goes on to name those.
        const NAME_WORDS_MAX: usize = 3;
        let is_below = || {
            at == at_headline.saturating_add(1)
                && has_given_name(name)
                && name.split(' ').count() <= NAME_WORDS_MAX
                && name.split(' ').all(|word| reading.page.text.matches(word).count() == 1)
        };
        (is_alone && (says_time(at.checked_sub(1)) || says_time(at.checked_add(1)) || is_below())).then(|| {
            let start = block.span.start.saturating_add(line.find(name).unwrap_or(0));
            Statement::new(Field::Author, name, Source::Headline).at(start..start.saturating_add(name.len()))
        })
    })
}

/// A link that opens a line whose class says that it is a byline, with little but figures after it: `Ada, Jul 22th`.
fn linked(reading: Reading<'_>, headline: &Headline) -> Option<Statement> {
    const AFTER_BYTES_MAX: usize = 24;
    let at_headline = headline_position(reading, headline);
    let near = reading.page.blocks.iter().enumerate().filter(|(at, _)| at.abs_diff(at_headline) <= REACH_BLOCKS);
    near.filter(|(_, block)| block.zone == Zone::Byline && block.span.len() <= BYLINE_BYTES_MAX).find_map(
        |(_, block)| {
            let mark = block.marks.iter().find(|mark| mark.span.start == block.span.start)?;
            let MarkKind::Link(link) = &mark.kind else { return None };
            let name = reading.page.quote(&mark.span).trim();
            let after = reading.page.text.get(mark.span.end..block.span.end)?.trim();
            let is_dated = after.len() <= AFTER_BYTES_MAX && after.contains(|letter: char| letter.is_ascii_digit());
            let is_name = is_author(name)
                && name.starts_with(char::is_uppercase)
                && !name.contains(|letter: char| letter.is_ascii_digit())
                && !is_of_label(link);
            let place = mark.span.start..mark.span.start.saturating_add(name.len());
            (is_dated && is_name)
                .then(|| Statement::new(Field::Author, name, Source::Headline).at(place).with(Certainty::Weak))
        },
    )
}

pub(super) fn headline_position(reading: Reading<'_>, headline: &Headline) -> usize {
    headline.span.as_ref().map_or(0, |span| reading.page.blocks.partition_point(|block| block.span.end <= span.start))
}
