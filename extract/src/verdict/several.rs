//! Whether a page reviews several films: what its labels, its sections, its lines and its opening tell.

use std::collections::BTreeSet;

use crate::folding::{key, lower, start_of, title_key};
use crate::page::{Block, Kind, MarkKind};
use crate::people::people;
use crate::sources::Reading;
use crate::sources::captions::is_caption;
use crate::sources::film_title::quoted;
use crate::sources::rating::is_rating_line;
use crate::values;
use crate::vocabulary::vocabulary;

use super::{Evidenced, SAMPLE_BYTES_MAX};

/// Whether labels of directors or lengths, each with other values, titled sections with years, capsules under a title each, or
/// the two halves of a headline share a page.
pub(super) fn several_films(of: &Evidenced<'_>) -> bool {
    const FILMS_MIN: usize = 3;
    let explicit = || of.labelled.iter().filter(|one| one.explicit);
    let values = |labels: &[&str]| {
        let values = explicit().filter(|one| labels.contains(&one.label));
        let values = values.map(|one| key(of.page.quote(&one.value_span)));
        values.filter(|value| !value.is_empty()).collect::<BTreeSet<String>>().len()
    };
    let repeats = |label: &str| explicit().filter(|one| one.label == label).count() >= FILMS_MIN;
    // A film may be released in three countries; a page that repeats a whole card of labels holds several films.
    let is_labelled = values(&["director", "director_writer"]) >= FILMS_MIN
        || values(&["runtime"]) >= FILMS_MIN
        || values(&["release_date"]) >= FILMS_MIN && repeats("rating");
    let titled = of
        .page
        .blocks
        .iter()
        .filter(|block| block.in_article && matches!(block.kind, Kind::Heading(2..=6)) && block.span.len() <= 100)
        .filter(|block| {
            let text = of.page.block_text(block);
            values::year(text)
                .is_some_and(|(_, span)| text.get(span.end..).is_some_and(|rest| rest.starts_with([')', ']'])))
        })
        .count();
    is_labelled
        || titled >= FILMS_MIN
        || capsules(of) >= FILMS_MIN
        || shares_sections(of)
        || says_two(of)
        || quotes_two(of)
        || billed(of) >= FILMS_MIN
        || is_festival_day(of)
        || is_diary(of)
        || rated_sections(of) >= FILMS_MIN
}

/// Sections that end with a rating each, under headings that name no side of a film: `Orchard`, `Rating = 2/5`.
fn rated_sections(of: &Evidenced<'_>) -> usize {
    const HEADING_BYTES_MAX: usize = 60;
    const LINE_BYTES_MAX: usize = 40;
    let is_side = |heading: &str| {
        let own = lower(heading);
        vocabulary().labels.exact(own.trim_end_matches([':', ' '])).is_some()
            || vocabulary().heading(&own).is_some()
            || ["criticism", "review", "acting", "praise"]
                .iter()
                .any(|kind| vocabulary().words.count(&own, kind, of.language) > 0)
    };
    let mut heading: Option<&str> = None;
    let mut rated: BTreeSet<String> = BTreeSet::new();
    for block in of.page.blocks.iter().filter(|block| block.in_article) {
        let text = of.page.block_text(block).trim();
        let is_rating = text.len() <= LINE_BYTES_MAX && is_rating_line(text);
        if is_rating {
            rated.extend(heading.take().map(key));
        } else if matches!(block.kind, Kind::Heading(_)) && text.len() <= HEADING_BYTES_MAX && !is_side(text) {
            heading = Some(text);
        }
    }
    rated.len()
}

/// The lengths of features that short lines of the article end with, or hold beside a certificate: `Orchard (12A, 104 mins)`,
/// `By Ada Berg, with Per Lund. 1h44.`
fn billed(of: &Evidenced<'_>) -> usize {
    const LINE_BYTES_MAX: usize = 120;
    const OPENING_BYTES_MAX: usize = 600;
    let article = of.page.blocks.iter().filter(|block| block.in_article);
    let start = article.clone().next().map_or(0, |first| first.span.start);
    let lines = article.filter(|block| block.span.len() <= LINE_BYTES_MAX);
    let billed = lines.filter_map(|block| {
        let line = of.page.block_text(block);
        let (minutes, span) = values::runtime(line)?;
        let ends = line.get(span.end..)?.trim_end_matches(['.', ')', ']', ' ']).is_empty();
        let is_billed = ends || matches!(block.kind, Kind::Heading(_)) || values::certificate(line).is_some();
        (is_billed && minutes >= values::FEATURE_MINUTES_MIN).then_some((minutes, block.span.start))
    });
    let billed: Vec<(u32, usize)> = billed.collect();
    // What follows a whole review is a listing.
    let opens = billed.first().is_some_and(|(_, at)| at.saturating_sub(start) <= OPENING_BYTES_MAX);
    if opens { billed.into_iter().map(|(minutes, _)| minutes).collect::<BTreeSet<u32>>().len() } else { 0 }
}

/// `What I watched in March`, over a section for each film: as many headings with a capital as a diary has films, each over
/// a paragraph that tells of it.
fn is_diary(of: &Evidenced<'_>) -> bool {
    const SECTIONS_MIN: usize = 3;
    const HEADING_BYTES_MAX: usize = 80;
    if vocabulary().words.count(&lower(of.headline), "diary_of_films", of.language) == 0 {
        return false;
    }
    let article: Vec<&Block> = of.page.blocks.iter().filter(|block| block.in_article).collect();
    let is_section = |block: &Block| {
        let text = of.page.block_text(block);
        let is_head = matches!(block.kind, Kind::Heading(2..=6)) && block.span.len() <= HEADING_BYTES_MAX;
        is_head && !text.starts_with(char::is_lowercase) && vocabulary().heading(&lower(text)).is_none()
    };
    let pairs = article
        .windows(2)
        .filter(|pair| matches!(pair, [head, next] if is_section(head) && !matches!(next.kind, Kind::Heading(_))));
    pairs.count() >= SECTIONS_MIN
}

/// A day at a festival, `Day 4 in Tromsø: rain and reindeer`: a headline that counts it and names none of the works that the
/// paragraphs tell of, each another one.
fn is_festival_day(of: &Evidenced<'_>) -> bool {
    const WORKS_MIN: usize = 4;
    const DAYS_MAX: f64 = 31.0;
    let headline = lower(of.headline);
    let words: Vec<&str> =
        headline.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_day = |word: &str| vocabulary().facts.exact(word).is_some_and(|hit| hit.means("festival_day", of.language));
    let is_number = |word: &str| {
        let number = word.parse::<f64>().ok().or_else(|| vocabulary().number(word));
        number.is_some_and(|number| number.fract() == 0.0 && (2.0..=DAYS_MAX).contains(&number) || word == "1")
    };
    let counts_day = words.windows(2).any(|pair| {
        matches!(pair, [first, second] if is_day(first) && is_number(second) || is_number(first) && is_day(second))
    });
    if !counts_day {
        return false;
    }
    let mut works: BTreeSet<String> = BTreeSet::new();
    let mut telling = 0_usize;
    for block in of.page.blocks.iter().filter(|block| block.in_article && matches!(block.kind, Kind::Paragraph)) {
        let text = of.page.block_text(block);
        let set_apart =
            block.marks.iter().filter(|mark| mark.kind == MarkKind::Emphasis).map(|mark| of.page.quote(&mark.span));
        let named = set_apart.chain(quoted(text)).map(key).filter(|work| !work.is_empty());
        let before = works.len();
        works.extend(named);
        telling = telling.saturating_add(usize::from(works.len() > before));
    }
    telling >= WORKS_MIN && !works.iter().any(|work| key(of.headline).contains(work.as_str()))
}

/// Lines that are nothing but a title with who made it, or when, over a paragraph each: `Orchard (Ada Berg)`.
fn capsules(of: &Evidenced<'_>) -> usize {
    const LINE_BYTES_MAX: usize = 100;
    const TOLD_BYTES_MIN: usize = 80;
    let is_head = |line: &str| {
        let inside = line.strip_suffix(')').and_then(|line| line.rsplit_once(" (")).map(|(_, inside)| inside);
        let is_year = |inside: &str| values::year(inside).is_some_and(|(_, span)| span.len() == inside.len());
        let is_made = |inside: &str| is_year(inside) || !people(inside, false).is_empty();
        line.len() <= LINE_BYTES_MAX && inside.is_some_and(is_made)
    };
    let reading = Reading { page: of.page, language: of.language };
    let article = of.page.blocks.iter().filter(|block| block.in_article && !is_caption(reading, block));
    // What stands over a paragraph of its own is set apart: a heading, an item, a link, a bold line.
    let is_set_apart = |block: &Block| {
        matches!(block.kind, Kind::Heading(_) | Kind::Item)
            || block.marks.iter().any(|mark| mark.span.start == block.span.start)
    };
    let lines = article.flat_map(|block| {
        let is_set_apart = is_set_apart(block);
        of.page.block_text(block).split('\n').enumerate().map(move |(at, line)| (line.trim(), is_set_apart && at == 0))
    });
    let lines: Vec<(&str, bool)> = lines.collect();
    let told = |line: &str| line.len() >= TOLD_BYTES_MIN && !is_head(line);
    let is_capsule = |pair: &[(&str, bool)]| matches!(pair, [(head, true), (next, _)] if is_head(head) && told(next));
    lines.windows(2).filter(|pair| is_capsule(pair)).count()
}

/// Whether the text speaks of two films, and names each half of a headline that joins them: `Orchard and The Long Snow`.
fn says_two(of: &Evidenced<'_>) -> bool {
    const TIMES_MIN: usize = 2;
    let text = lower(start_of(of.body, SAMPLE_BYTES_MAX));
    if vocabulary().words.count(&text, "two_films", of.language) == 0 {
        return false;
    }
    let headline = lower(of.headline);
    let words: Vec<&str> = headline.split(' ').collect();
    let mut joiners = words.iter().enumerate().filter(|(_, word)| vocabulary().is_joiner(word));
    joiners.any(|(at, _)| {
        let halves =
            [words.get(..at), words.get(at.saturating_add(1)..)].map(|half| half.unwrap_or_default().join(" "));
        halves.iter().all(|half| !half.is_empty() && text.contains(half.as_str()))
            && text.matches(headline.as_str()).count() < TIMES_MIN
    })
}

/// Whether a headline sets two titles apart that the text names both: `‘Orchard’, the masterpiece; ‘Ash’, the disappointment`.
fn quotes_two(of: &Evidenced<'_>) -> bool {
    const WORDS_MAX: usize = 8;
    let text = format!(" {} ", key(of.body));
    // `‘Orchard’ (‘Pomar’)` is one film.
    let titles = quoted(of.headline.split(['(', '[']).next().unwrap_or_default())
        .into_iter()
        .filter(|title| title.split(' ').count() <= WORDS_MAX);
    let named: BTreeSet<String> =
        titles.map(key).filter(|title| !title.is_empty() && text.contains(&format!(" {title} "))).collect();
    named.len() >= 2
}

/// Whether a headline's films have a section each: `Orchard and Orchard Part II`.
fn shares_sections(of: &Evidenced<'_>) -> bool {
    const LETTERS_MIN: usize = 4;
    let words: Vec<&str> = of.headline.split(' ').collect();
    let joiners = words.iter().enumerate().filter(|(_, word)| vocabulary().is_joiner(&lower(word)));
    let halves: Vec<String> = joiners
        .filter_map(|(at, _)| Some((words.get(..at)?, words.get(at.saturating_add(1)..)?)))
        .flat_map(|(first, second)| [first, second])
        .map(|half| title_key(&half.join(" ")))
        .filter(|half| !half.is_empty())
        .collect();
    let sections: BTreeSet<String> = of
        .page
        .blocks
        .iter()
        .filter(|block| block.in_article && matches!(block.kind, Kind::Heading(2..=6)))
        .map(|block| title_key(of.page.block_text(block)))
        .filter(|section| section.chars().count() >= LETTERS_MIN)
        .filter(|section| halves.iter().any(|half| half.contains(section.as_str()) || section.ends_with(half.as_str())))
        .collect();
    sections.len() >= 2
}
