//! Genres and lengths among an article's tags and keywords: `Tags: adventure, stop-motion, wes-world`, `91 Minutes`.
//!
//! Only whole tags count. Must not guess from a tag that merely holds a genre's word.

use crate::extraction::{Field, Source, Span};
use crate::folding::lower;
use crate::page::{Block, MarkKind, Zone};
use crate::sources::Reading;
use crate::sources::metadata::Metadata;
use crate::sources::prose::{titled_words, without_film};
use crate::statement::Statement;
use crate::values;
use crate::vocabulary::vocabulary;

/// Genres that one article is tagged with; a list with more is the site's own, not the article's.
const GENRES_MAX: usize = 5;

/// Tags of one article; a cloud of all the site's tags holds more.
const TAGS_MAX: usize = 30;

/// Folders of addresses that say that what follows is a label.
const FOLDERS: [&str; 13] = [
    "/category/",
    "/categories/",
    "/categoria/",
    "/categorias/",
    "/categorie/",
    "/kategorie/",
    "/kategori/",
    "/section/",
    "/tag/",
    "/tags/",
    "/topics/",
    "/genre/",
    "/genres/",
];

/// Whether a link, or an address, is that of a tag's or category's page.
pub(crate) fn is_of_label(link: &str) -> bool {
    FOLDERS.iter().any(|folder| link.contains(folder)) && !link.contains("://t.co")
}

/// Reads the tags under the article, else the keywords in its head.
pub(crate) fn read(reading: Reading<'_>, head: &Metadata) -> Vec<Statement> {
    let visible = bounded(printed(reading).into_iter().map(|(tag, span)| (tag, Some(span))).collect());
    if !visible.is_empty() {
        return visible;
    }
    let keywords = head.all("keywords").iter().flat_map(|list| list.split([',', ';']));
    let told = head.all("article:tag").iter().map(String::as_str).chain(keywords);
    bounded(told.map(|tag| (tag.trim().to_owned(), None)).collect())
}

/// Links that stand in a part for tags, and those that say that they lead to one.
fn printed(reading: Reading<'_>) -> Vec<(String, Span)> {
    let page = reading.page;
    let may_hold = |block: &&Block| {
        let is_article = block.in_article || matches!(block.zone, Zone::Tags | Zone::Byline);
        is_article
            && !matches!(block.zone, Zone::Related | Zone::Comments | Zone::Aside)
            && !block.classes.contains("cloud")
    };
    let marks = page.blocks.iter().filter(may_hold).flat_map(|block| block.marks.iter().map(|mark| (block.zone, mark)));
    marks
        .filter(|(zone, mark)| match &mark.kind {
            MarkKind::Tag => true,
            MarkKind::Link(link) => *zone == Zone::Tags || is_of_label(link),
            _ => false,
        })
        .map(|(_, mark)| {
            let words = page.quote(&mark.span);
            let bare = words.trim_start_matches(['#', ' ']);
            let start = mark.span.start.saturating_add(words.len().saturating_sub(bare.len()));
            let bare = bare.trim_end_matches([',', ' ']);
            (bare.to_owned(), start..start.saturating_add(bare.len()))
        })
        .collect()
}

fn bounded(tags: Vec<(String, Option<Span>)>) -> Vec<Statement> {
    if tags.len() > TAGS_MAX {
        return Vec::new();
    }
    let mut lengths = lengths(&tags);
    let genres: Vec<Statement> = tags.into_iter().filter_map(|(tag, span)| statement(&tag, span)).collect();
    lengths.extend(if genres.len() > GENRES_MAX { Vec::new() } else { genres });
    lengths
}

/// The one length among tags and, beside it, the one year: without a length a year is the post's.
fn lengths(tags: &[(String, Option<Span>)]) -> Vec<Statement> {
    let said = |field, value: String, span: &Option<Span>| {
        let statement = Statement::new(field, value, Source::Metadata);
        match span {
            Some(span) => statement.at(span.clone()),
            None => statement,
        }
    };
    let whole = |tag: &str, span: &Span| *span == (0..tag.len());
    let lengths = tags.iter().filter_map(|(tag, place)| {
        let (minutes, span) = values::runtime(tag)?;
        let is_length = whole(tag, &span) && minutes >= values::FEATURE_MINUTES_MIN;
        is_length.then(|| said(Field::Runtime, minutes.to_string(), place))
    });
    let years = tags.iter().filter_map(|(tag, place)| {
        let (year, span) = values::year(tag)?;
        whole(tag, &span).then(|| said(Field::Year, year.to_string(), place))
    });
    let only = |mut found: Vec<Statement>| {
        found.dedup_by(|a, b| a.value == b.value);
        if found.len() == 1 { found } else { Vec::new() }
    };
    let lengths = only(lengths.collect());
    let years = if lengths.is_empty() { Vec::new() } else { only(years.collect()) };
    lengths.into_iter().chain(years).collect()
}

fn statement(tag: &str, span: Option<Span>) -> Option<Statement> {
    // `horror-films`: tags stand for addresses.
    let genres = &vocabulary().genres;
    let lowered =
        Some(lower(tag)).filter(|tag| genres.exact(tag).is_some()).unwrap_or_else(|| lower(tag).replace('-', " "));
    genres.exact(&lowered)?;
    let bare = tag.get(..without_film(&lowered, 0, lowered.len())).unwrap_or(tag);
    let statement = Statement::new(Field::Genre, titled_words(bare), Source::Metadata);
    Some(match span {
        Some(span) => statement.at(span),
        None => statement,
    })
}
