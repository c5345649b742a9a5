//! What the page says of its critic: the lines about them, and their own site.

use crate::extraction::{Field, Source};
use crate::folding::lower;
use crate::names::{has_given_name, is_person, names_in};
use crate::page::{Block, MarkKind, Zone};
use crate::sources::Reading;
use crate::statement::Statement;
use crate::vocabulary::vocabulary;

/// What the page says of the critic, and the critic's own site.
pub(crate) fn read(reading: Reading<'_>) -> Vec<Statement> {
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

/// The critic whom the lines about them name first: `Ada Berg is a film critic from Oslo.`
pub(super) fn named(reading: Reading<'_>) -> Option<Statement> {
    let blocks = reading.page.blocks.iter();
    let about = blocks.filter(|block| block.zone == Zone::Bio || block.in_article && reads_as_bio(reading, block));
    about.into_iter().find_map(|block| {
        let text = reading.page.block_text(block);
        let name = names_in(text, reading.language).into_iter().next().filter(|name| name.span.start == 0)?;
        // `Ada Berg is a film critic`: what is said right of a name tells that it is a person's.
        let lowered = lower(text);
        let told = vocabulary().words.find(&lowered, reading.language);
        let is_told = told
            .iter()
            .any(|hit| hit.means("bio", reading.language) && hit.span.start == name.span.end.saturating_add(1));
        let words =
            text.get(name.span.clone()).filter(|words| is_person(words) && (is_told || has_given_name(words)))?;
        let verb = text.get(name.span.end..)?.trim_start().split(' ').next()?;
        let is_subject = vocabulary().facts.exact(verb).is_some_and(|hit| hit.means("copula", reading.language));
        let place = block.span.start..block.span.start.saturating_add(words.len());
        is_subject.then(|| Statement::new(Field::Author, words, Source::Prose).at(place))
    })
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
        || words.find(lowered, language).iter().any(|hit| hit.means("bio", language) && hit.span.start < 60)
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
