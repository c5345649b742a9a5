//! Who signed under the text: a name alone, initials after a dash, a name in the last brackets.

use crate::extraction::{Field, Source};
use crate::folding::lower;
use crate::names::is_person;
use crate::page::{Block, Kind, MarkKind, Zone};
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::statement::Statement;
use crate::values;
use crate::vocabulary::vocabulary;

use super::words::is_informal;
use super::{BYLINE_BYTES_MAX, is_author, is_given_name};

/// Lines that a signature has at most.
const LINES_MAX: usize = 2;

/// Lines at the end of an article in which it may be signed and dated.
const FOOT_LINES_MAX: usize = 6;

/// Letters and signs of initials: `T.M.`
const INITIALS_BYTES_MAX: usize = 6;

/// A name alone at the end of the text, or initials or a name in the last brackets.
pub(super) fn read(reading: Reading<'_>, headline: &Headline) -> Option<Statement> {
    if let Some((signed, _)) = dated(reading, headline) {
        return Some(signed);
    }
    let mut last = last(reading, headline);
    let block = last.next()?;
    // `Ada Berg`, over `Third year, law`: what a signature says more stands under the name.
    let marked = || last.take(LINES_MAX).find(|block| is_marked(block)).and_then(|block| named(reading, block));
    let signed = signed(reading, block).or_else(|| is_marked(block).then(marked).flatten());
    signed.or_else(|| closed(reading, headline))
}

/// `Yours,`, over `Ada`: how a letter is signed, with little after it.
fn closed(reading: Reading<'_>, headline: &Headline) -> Option<Statement> {
    const CLOSE_BYTES_MAX: usize = 24;
    let foot: Vec<&Block> = last(reading, headline).take(FOOT_LINES_MAX).collect();
    foot.windows(2).find_map(|pair| {
        let [below, above] = pair else { return None };
        let (name, close) = (reading.page.block_text(below), reading.page.block_text(above));
        let is_close = close.len() <= CLOSE_BYTES_MAX && close.ends_with(',') && close.starts_with(char::is_uppercase);
        let name = name.trim_end_matches('.');
        let is_name = is_person(name) || is_given_name(name) && name.starts_with(char::is_uppercase);
        let place = below.span.start..below.span.start.saturating_add(name.len());
        (is_close && is_name).then(|| Statement::new(Field::Author, name, Source::Prose).at(place))
    })
}

/// The article's lines from its last up to its headline.
fn last<'a>(reading: Reading<'a>, headline: &Headline) -> impl Iterator<Item = &'a Block> {
    let top = headline.span.as_ref().map_or(0, |span| span.end);
    let below = reading.page.blocks.iter().rev().take_while(move |block| block.span.start >= top);
    let article = below.filter(|block| block.in_article && block.zone == Zone::Body);
    article.filter(move |block| !is_trailer(reading, block))
}

/// The line of the day under a signature, or alone as an article's last: `Oslo, 12 February 1999`.
pub(in crate::sources) fn day<'a>(reading: Reading<'a>, headline: &Headline) -> Option<&'a Block> {
    let is_placed = |block: &Block| {
        let place = reading.page.block_text(block).split_once(", ").map(|(place, _)| place);
        place.is_some_and(|place| !place.contains(' ')) && is_dateline(reading, block)
    };
    dated(reading, headline)
        .map(|(_, day)| day)
        .or_else(|| last(reading, headline).next().filter(|block| is_placed(block)))
}

/// `Ada Berg`, over `Oslo, 12 February 1999`: who signed, and the line of the day.
fn dated<'a>(reading: Reading<'a>, headline: &Headline) -> Option<(Statement, &'a Block)> {
    let lines: Vec<&Block> = last(reading, headline).collect();
    let is_pair = |pair: &[&'a Block]| match pair {
        [day, name] if is_dateline(reading, day) => Some((named(reading, name)?, *day)),
        _ => None,
    };
    // Over letters from readers, the first dash and day are the critic's.
    let is_dashed = |pair: &&[&Block]| {
        let name = pair.last().map(|name| reading.page.block_text(name));
        name.is_some_and(|name| name.starts_with(['-', '–', '—']))
    };
    let foot = lines.iter().take(FOOT_LINES_MAX).copied().collect::<Vec<_>>();
    foot.windows(2).find_map(is_pair).or_else(|| lines.windows(2).rev().filter(is_dashed).find_map(is_pair))
}

/// Whether a line is nothing but a place and a day: `Oslo, 12 February 1999`.
fn is_dateline(reading: Reading<'_>, block: &Block) -> bool {
    const LINE_BYTES_MAX: usize = 60;
    let text = reading.page.block_text(block);
    let text = text.trim_end_matches(['.', ' ', ')']);
    let date = (text.len() <= LINE_BYTES_MAX).then(|| values::date(text, reading.language == "en")).flatten();
    date.is_some_and(|(_, span)| {
        let place = text.get(..span.start).unwrap_or_default().trim_end_matches([' ', ',']);
        let is_place = || place.split(' ').all(|word| word.starts_with(char::is_uppercase));
        // `posted 12 February 1999`
        let leads = || {
            let lowered = lower(place.trim_end_matches(':'));
            vocabulary().facts.exact(&lowered).is_some_and(|hit| hit.means("day_lead", reading.language))
        };
        span.end == text.len() && !place.is_empty() && (is_place() || leads())
    })
}

/// Whether an element's class says that it is a signature.
fn is_marked(block: &Block) -> bool {
    const CLASSES: [&str; 8] = ["sig", "signature", "signoff", "firma", "imza", "assinatura", "signatur", "podpis"];
    block
        .classes
        .split(|sign: char| sign == '-' || sign == '_' || sign.is_whitespace())
        .any(|word| CLASSES.contains(&word))
}

/// A block that is nothing but a name.
fn named(reading: Reading<'_>, block: &Block) -> Option<Statement> {
    let text = reading.page.block_text(block);
    let bare = text.trim_matches([' ', '-', '–', '—', '~', '*']);
    // `Ada B.`
    let bare = if is_informal(bare) { bare } else { bare.trim_matches('.') };
    let start = block.span.start.saturating_add(text.find(bare)?);
    ((is_person(bare) || is_informal(bare)) && matches!(block.kind, Kind::Paragraph | Kind::Other))
        .then(|| Statement::new(Field::Author, bare, Source::Prose).at(start..start.saturating_add(bare.len())))
}

/// What the last lines of a text say of who wrote it.
fn signed(reading: Reading<'_>, block: &Block) -> Option<Statement> {
    if let Some(named) = named(reading, block) {
        return Some(named);
    }
    let text = reading.page.block_text(block);
    let bare = text.trim_matches([' ', '-', '–', '—', '~', '*', '.']);
    // `– Ada`, `— A.B.`, `-- Ada Berg, 11/14/99`
    let is_signed = text.trim_start().starts_with(['-', '–', '—', '~']);
    let bare = if is_signed { bare.split(", ").next().unwrap_or(bare) } else { bare };
    let is_initials = || {
        bare.len() <= INITIALS_BYTES_MAX
            && bare.chars().all(|letter| letter.is_uppercase() || letter == '.')
            && bare.len() > 1
    };
    let is_handle = || is_marked(block) && !bare.contains(' ') && is_author(bare);
    if is_signed
        && (is_person(bare)
            || is_given_name(bare) && bare.starts_with(char::is_uppercase)
            || is_initials()
            || is_handle())
    {
        let start = block.span.start.saturating_add(text.find(bare)?);
        return Some(Statement::new(Field::Author, bare, Source::Prose).at(start..start.saturating_add(bare.len())));
    }
    let inner = text.trim_end().strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let signed = inner.get(open.saturating_add(1)..)?;
    let initials = (2..=4).contains(&signed.len()) && signed.chars().all(|character| character.is_ascii_alphabetic());
    let before = inner.get(..open)?.trim_end();
    let is_alone = before.is_empty() && is_person(signed);
    if is_alone || (initials || is_person(signed)) && before.ends_with(['.', '!', '?', '”', '"']) {
        let start = block.span.start.saturating_add(open).saturating_add(1);
        return Some(
            Statement::new(Field::Author, signed, Source::Prose).at(start..start.saturating_add(signed.len())),
        );
    }
    None
}

/// Whether a line under the text is no part of it.
fn is_trailer(reading: Reading<'_>, block: &Block) -> bool {
    let lowered = lower(reading.page.block_text(block));
    // `Featured image: Firm` under a signature.
    let is_credit = lowered.len() <= BYLINE_BYTES_MAX
        && vocabulary().credits.find(&lowered, reading.language).iter().any(|hit| {
            hit.span.start <= 16 && lowered.get(hit.span.end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
        });
    // `My rating: 14/20`, `<< The one before | List`
    let is_short = lowered.len() <= BYLINE_BYTES_MAX;
    let is_rating = is_short
        && lowered
            .split_once(':')
            .and_then(|(label, _)| vocabulary().labels.exact(label.trim()))
            .is_some_and(|hit| hit.means("rating", reading.language));
    let linked = block.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Link(_))).map(|mark| mark.span.len());
    let is_navigation = is_short && linked.sum::<usize>().saturating_mul(2) > lowered.len() && lowered.contains('|');
    lowered.len() < 3
        || is_credit
        || is_rating
        || is_navigation
        || matches!(block.kind, Kind::Caption)
        || vocabulary()
            .words
            .find(&lowered, reading.language)
            .iter()
            .any(|hit| hit.means("call_to_action", reading.language))
}
