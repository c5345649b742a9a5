//! Who wrote the review, and where: byline, outlet, and what the page says of the critic.

use crate::extraction::{Field, Source};
use crate::folding::lower;
use crate::names::{is_person, names_in};
use crate::page::{Block, Kind, MarkKind, Zone};
use crate::sources::Reading;
use crate::sources::credit_block::Labelled;
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::statement::{Certainty, Statement};
use crate::values;
use crate::vocabulary::vocabulary;

/// Blocks around the headline in which a byline and a date are looked for.
pub(super) const REACH_BLOCKS: usize = 14;

/// Blocks under the article in which it may be signed.
const SIGN_OFF_BLOCKS: usize = 4;

/// Longest byline.
const BYLINE_BYTES_MAX: usize = 160;

/// Everything about the review's critic and outlet.
pub(crate) fn read(
    reading: Reading<'_>,
    metadata: &Metadata,
    headline: &Headline,
    labelled: &[Labelled],
) -> Vec<Statement> {
    let mut statements = Vec::new();
    statements.extend(declared_authors(metadata));
    statements.extend(labelled_authors(reading, labelled));
    statements.extend(visible_authors(reading, headline));
    statements.extend(signature(reading));
    if statements.is_empty() {
        statements.extend(owner(reading, headline).or_else(|| copyright(reading)));
    }
    statements.extend(outlets(reading, headline));
    statements.extend(bio(reading));
    statements
}

fn declared_authors(metadata: &Metadata) -> Vec<Statement> {
    let names = [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "twitter:data1",
    ];
    let mut statements = Vec::new();
    for name in names {
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
fn labelled_authors(reading: Reading<'_>, labelled: &[Labelled]) -> Vec<Statement> {
    let mut statements = Vec::new();
    for one in labelled.iter().filter(|one| one.label == "author") {
        let value = reading.page.quote(&one.value_span);
        let bare = value.trim();
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
    for block in reading.page.blocks.iter().filter(|block| block.in_article && block.span.len() <= BYLINE_BYTES_MAX) {
        let text = reading.page.block_text(block);
        let lowered = lower(text);
        const PHRASES: [&str; 12] = [
            "review by ",
            "reviewed by ",
            "written review by ",
            "words by ",
            "a review by ",
            "film review by ",
            "movie review by ",
            "crítica de ",
            "crítica por ",
            "reseña de ",
            "recensione di ",
            "kritik von ",
        ];
        let Some(phrase) = PHRASES.iter().find(|phrase| lowered.starts_with(**phrase)) else { continue };
        let name = text
            .get(phrase.len()..)
            .unwrap_or_default()
            .split([',', '|', '(', '–', '-'])
            .next()
            .unwrap_or_default()
            .trim();
        let start = block.span.start.saturating_add(phrase.len());
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
        if near && let Some((name, offset)) = worded_byline(text, reading.language) {
            let start = block.span.start.saturating_add(offset);
            statements.push(
                Statement::new(Field::Author, name, Source::Headline).at(start..start.saturating_add(name.len())),
            );
        }
    }
    statements
}

/// What makes `by Name` a credit of the film rather than of the review.
const CREDITS: [&str; 10] =
    ["directed", "screenplay", "produced", "played", "a film", "music", "dirigid", "réalisé", "story", "novel"];

/// What stands before the name of who signs.
const BYLINE_WORDS: [&str; 31] = [
    "publicado por ",
    "postado por ",
    "texto de ",
    "pubblicato da ",
    "scritto da ",
    "postato da ",
    "publié par ",
    "rédigé par ",
    "écrit par ",
    "veröffentlicht von ",
    "eingestellt von ",
    "yazar: ",
    "yazan ",
    "text: ",
    "text by ",
    "by ",
    "por ",
    "par ",
    "von ",
    "di ",
    "written by ",
    "posted by ",
    "published by ",
    "por: ",
    "by: ",
    "escrito por ",
    "autor: ",
    "author: ",
    "yazan: ",
    "geschrieben von ",
    "words: ",
];

/// `By Name`, `Posted by Name on …`, `Por Name`, `Von Name`.
pub(super) fn worded_byline<'a>(text: &'a str, language: &str) -> Option<(&'a str, usize)> {
    let lowered = lower(text);
    let mut best: Option<(&str, usize)> = None;
    for word in BYLINE_WORDS {
        let Some(at) = lowered
            .match_indices(word)
            .map(|(at, _)| at)
            .find(|at| *at == 0 || text.get(..*at).is_some_and(|before| before.ends_with([' ', '|', '·', '•', ','])))
        else {
            continue;
        };
        let start = at.saturating_add(word.len());
        let before = lowered.get(..at).unwrap_or_default();
        if CREDITS.iter().any(|credit| before.contains(credit)) {
            continue;
        }
        let rest = text.get(start..)?;
        let Some(name) = names_in(rest, language).into_iter().next().filter(|name| name.span.start == 0) else {
            continue;
        };
        let words = rest.get(name.span.clone())?;
        // Whole lines are bylines; inside longer ones only what is followed by a date or a sign.
        let after = rest.get(name.span.end..).unwrap_or_default().trim_start();
        let ends = after.is_empty()
            || after.starts_with(['|', '·', '•', ',', '-', '–', '—', '(', '/', '\n', '@'])
            || lower(after).starts_with("on ")
            || lower(after).starts_with("in ")
            || lower(after).starts_with("at ")
            || at == 0 && (says_when(after) || says_clock(after))
            || after.starts_with(|first: char| first.is_ascii_digit())
            || values::date(after, true).is_some_and(|(_, span)| span.start == 0);
        if (is_person(words) || is_author(words) && at == 0)
            && ends
            && text.len() <= 120
            && best.is_none_or(|(_, known)| start < known)
        {
            best = Some((words, start));
        }
    }
    best.or_else(|| dated_byline(text, &lowered))
}

/// Whether words go on with a date: `published 9 October 2020`, `el 3 de mayo de 2019`.
fn says_when(after: &str) -> bool {
    const LEAD_BYTES_MAX: usize = 24;
    values::date(after, true).is_some_and(|(_, span)| span.start <= LEAD_BYTES_MAX)
}

/// Whether words go on with a time of day: `at 9:14 AM`, `às 10:21`, `alle 18:40`.
fn says_clock(after: &str) -> bool {
    const WORDS_MAX: usize = 3;
    after.split(' ').take(WORDS_MAX).any(|word| {
        word.split_once([':', 'h', '.']).is_some_and(|(hours, minutes)| {
            let is_number =
                |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
            is_number(hours) && is_number(minutes.get(..2).unwrap_or(minutes))
        })
    })
}

/// `November 20, 2009 by dutch`: after a date and the word for who signs, any name is one.
fn dated_byline<'a>(text: &'a str, lowered: &str) -> Option<(&'a str, usize)> {
    const WORDS_MAX: usize = 3;
    let (_, date) = values::date(text, true).filter(|(_, span)| span.start == 0)?;
    let rest = lowered.get(date.end..)?;
    let lead = rest.len().saturating_sub(rest.trim_start_matches([' ', '|', '·', '•', ',', '-', '–', '/']).len());
    let word = BYLINE_WORDS.iter().find(|word| rest.get(lead..).is_some_and(|rest| rest.starts_with(**word)))?;
    let start = date.end.saturating_add(lead).saturating_add(word.len());
    let name = text.get(start..)?.trim();
    (name.split(' ').count() <= WORDS_MAX && is_author(name)).then(|| (without_trade(name), start))
}

/// `© 1997 Ada Berg`: who owns the text wrote it, where nobody else signs.
fn copyright(reading: Reading<'_>) -> Option<Statement> {
    const LINE_BYTES_MAX: usize = 60;
    reading.page.blocks.iter().rev().filter(|block| block.span.len() <= LINE_BYTES_MAX).find_map(|block| {
        let text = reading.page.block_text(block);
        let rest =
            text.strip_prefix('©').or_else(|| text.strip_prefix("Copyright ©")).or_else(|| text.strip_prefix("(c)"))?;
        let (_, year) = values::year(rest).filter(|(_, span)| span.start <= 2)?;
        let name = rest.get(year.end..)?.trim_matches([' ', ',', '.', '-']);
        let start = block.span.start.saturating_add(text.rfind(name)?);
        is_person(name).then(|| {
            Statement::new(Field::Author, name, Source::CreditBlock)
                .at(start..start.saturating_add(name.len()))
                .with(Certainty::Weak)
        })
    })
}

/// A site that is named like a person, whose text speaks of “I”, and that nobody signs: its owner writes it.
fn owner(reading: Reading<'_>, headline: &Headline) -> Option<Statement> {
    let site = headline.site.as_deref()?;
    let is_initial = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    let (first, last) = site.split_once(' ')?;
    let is_short_name = is_initial(last) && first.chars().count() > 2 && is_author(site) && starts_upper(first);
    let says_i = reading.page.blocks.iter().filter(|block| block.in_article && block.zone == Zone::Body).any(|block| {
        vocabulary().words.count(&lower(reading.page.block_text(block)), "first_person", reading.language) > 0
    });
    let shouts = !site.chars().any(char::is_lowercase);
    ((is_person(site) || is_short_name) && !shouts && says_i)
        .then(|| Statement::new(Field::Author, site, Source::Metadata).with(Certainty::Weak))
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A name alone at the end of the text, or initials or a name in the last brackets.
fn signature(reading: Reading<'_>) -> Option<Statement> {
    let block = reading
        .page
        .blocks
        .iter()
        .rev()
        .filter(|block| block.in_article && block.zone == Zone::Body)
        .find(|block| !is_trailer(reading, block))?;
    let text = reading.page.block_text(block);
    let bare = text.trim_matches([' ', '-', '–', '—', '~', '*', '.']);
    if is_person(bare) && matches!(block.kind, Kind::Paragraph | Kind::Other) {
        let start = block.span.start.saturating_add(text.find(bare)?);
        return Some(Statement::new(Field::Author, bare, Source::Prose).at(start..start.saturating_add(bare.len())));
    }
    let inner = text.trim_end().strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let signed = inner.get(open.saturating_add(1)..)?;
    let initials = (2..=4).contains(&signed.len()) && signed.chars().all(|character| character.is_ascii_alphabetic());
    let before = inner.get(..open)?.trim_end();
    if (initials || is_person(signed)) && before.ends_with(['.', '!', '?', '”', '"']) {
        let start = block.span.start.saturating_add(open).saturating_add(1);
        return Some(
            Statement::new(Field::Author, signed, Source::Prose).at(start..start.saturating_add(signed.len())),
        );
    }
    None
}

fn is_trailer(reading: Reading<'_>, block: &Block) -> bool {
    let lowered = lower(reading.page.block_text(block));
    // `Featured image: Firm` under a signature.
    let is_credit = lowered.len() <= BYLINE_BYTES_MAX
        && vocabulary().credits.find(&lowered).iter().any(|hit| {
            hit.span.start <= 16 && lowered.get(hit.span.end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
        });
    lowered.len() < 3
        || is_credit
        || matches!(block.kind, Kind::Caption)
        || vocabulary().words.find(&lowered).iter().any(|hit| hit.means("call_to_action", reading.language))
}

fn strip_by(text: &str) -> String {
    let mut bare = text.trim();
    let lowered = lower(bare);
    for word in ["by: ", "by ", "por ", "par ", "von ", "written by ", "posted by ", "author: "] {
        if lowered.starts_with(word) {
            bare = bare.get(word.len()..).unwrap_or(bare).trim();
            break;
        }
    }
    without_trade(bare.split([',', '|', '\n']).next().unwrap_or(bare).trim()).to_owned()
}

/// A name without the word for its trade, which some languages put after it: `차은호 기자`.
fn without_trade(name: &str) -> &str {
    const TRADES: [&str; 7] = ["기자", "평론가", "칼럼니스트", "객원기자", "記者", "记者", "特派員"];
    let bare = TRADES.iter().find_map(|trade| name.strip_suffix(trade)).map(str::trim_end);
    bare.filter(|bare| !bare.is_empty()).unwrap_or(name)
}

/// Whether a text can be an author's name: short, no address, no date, no call to action.
fn is_author(text: &str) -> bool {
    let lowered = lower(text);
    let words = text.split(' ').filter(|word| !word.is_empty()).count();
    (1..=6).contains(&words)
        && (2..=60).contains(&text.len())
        && text.chars().any(char::is_alphabetic)
        && !text.contains([':', '/', '@', '?', '!', '{'])
        && ![
            "http",
            "www.",
            "admin",
            "posted",
            "author",
            "written",
            "share",
            "comment",
            "follow",
            "subscribe",
            "unknown",
            "editor",
            "staff writer",
            "guest",
        ]
        .iter()
        .any(|word| lowered == *word || lowered.starts_with("http"))
        && values::date(text, true).is_none()
}

pub(super) fn headline_position(reading: Reading<'_>, headline: &Headline) -> usize {
    headline.span.as_ref().map_or(0, |span| reading.page.blocks.partition_point(|block| block.span.end <= span.start))
}

fn outlets(reading: Reading<'_>, headline: &Headline) -> Vec<Statement> {
    let mut statements = Vec::new();
    if let Some(site) = headline.site.as_deref().filter(|site| !site.is_empty()) {
        statements.push(Statement::new(Field::Outlet, tidy_outlet(site), Source::Metadata));
    }
    // The site's own name stands first in its head, as a link to the front page.
    for block in reading.page.blocks.iter().take(30).filter(|block| {
        block.span.len() <= 60 && block.classes.contains("site-title")
            || block.classes.contains("site-name")
            || block.classes.contains("custom-logo")
            || block.classes.contains("navbar-brand")
    }) {
        let text = reading.page.block_text(block);
        if !text.is_empty() {
            statements.push(
                Statement::new(Field::Outlet, text, Source::Headline).at(block.span.clone()).with(Certainty::Weak),
            );
            break;
        }
    }
    if let Some(host) = reading.page.url.as_ref().and_then(|url| url.host_str()) {
        statements
            .push(Statement::new(Field::Outlet, host.trim_start_matches("www."), Source::Url).with(Certainty::Weak));
    }
    statements
}

/// A site's name without a slogan, and without the section that titles add to it (`Site Films`, `Site Movie Reviews`).
fn tidy_outlet(site: &str) -> String {
    const SECTIONS: [&str; 7] =
        [" Film Reviews", " Movie Reviews", " Reviews", " Films", " Movies", " Cinema", " Film"];
    let name = site.split(" | ").next().unwrap_or(site).trim();
    let bare = SECTIONS.iter().find_map(|section| name.strip_suffix(section)).filter(|bare| !bare.contains(' '));
    bare.unwrap_or(name).to_owned()
}

/// What the page says of the critic, and the critic's own site.
fn bio(reading: Reading<'_>) -> Vec<Statement> {
    let mut statements = Vec::new();
    let longest = reading
        .page
        .blocks
        .iter()
        .filter(|block| block.zone == Zone::Bio || block.in_article && reads_as_bio(reading, block))
        .max_by_key(|block| block.span.len());
    let Some(block) = longest.filter(|block| block.span.len() >= 30) else { return statements };
    statements.push(
        Statement::new(Field::AuthorBio, reading.page.block_text(block), Source::Headline).at(block.span.clone()),
    );
    let own_host = reading.page.url.as_ref().and_then(|url| url.host_str()).unwrap_or_default().to_owned();
    let around = reading.page.blocks.iter().filter(|other| other.zone == Zone::Bio || other.span == block.span);
    for mark in around.flat_map(|block| block.marks.iter()) {
        let MarkKind::Link(link) = &mark.kind else { continue };
        let Some(absolute) = reading.page.absolute(link) else { continue };
        let host =
            url::Url::parse(&absolute).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        if host != own_host && !is_network(&host) {
            statements.push(
                Statement::new(Field::AuthorBioLink, as_written(link, absolute), Source::Headline)
                    .at(mark.span.clone()),
            );
            break;
        }
    }
    statements
}

/// A bare host stays as the page writes it, without the slash that parsing adds.
fn as_written(link: &str, absolute: String) -> String {
    if absolute.strip_suffix('/') == Some(link.trim()) { link.trim().to_owned() } else { absolute }
}

fn reads_as_bio(reading: Reading<'_>, block: &Block) -> bool {
    let text = reading.page.block_text(block);
    text.len() <= 700 && is_bio(&lower(text), reading.language)
}

/// Whether a paragraph speaks of its author.
pub(crate) fn is_bio(lowered: &str, language: &str) -> bool {
    let words = &vocabulary().words;
    words.count(lowered, "bio", language) >= 2
        || words.find(lowered).iter().any(|hit| hit.means("bio", language) && hit.span.start < 60)
}

/// Networks on which a critic has an account, not a site.
fn is_network(host: &str) -> bool {
    [
        "facebook.",
        "twitter.",
        "x.com",
        "instagram.",
        "linkedin.",
        "youtube.",
        "threads.",
        "bsky.",
        "tiktok.",
        "pinterest.",
        "amazon.",
        "patreon.",
        "mastodon",
        "letterboxd.",
    ]
    .iter()
    .any(|network| host.contains(network))
}
