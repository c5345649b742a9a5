//! Whether a page reviews several films: what its labels, its sections, its lines and its opening tell.

use std::collections::BTreeSet;

use crate::folding::{key, lower, start_of, title_key};
use crate::page::{Kind, MarkKind};
use crate::sources::film_title::quoted;
use crate::sources::rating::is_rating_line;
use crate::values;
use crate::vocabulary::vocabulary;

use super::entries::{Entry, Layout, Sign, entries, is_side};
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
        || values(&["release_date"]) >= FILMS_MIN && repeats("rating")
        || repeats("author") && repeats("rating");
    let entries = entries(of);
    is_labelled
        || lists(of, &entries)
        || shares_sections(of)
        || says_two(of)
        || quotes_two(of)
        || billed(of) >= FILMS_MIN
        || is_festival_day(of)
        || rated_sections(of) >= FILMS_MIN
}

/// Sections that end with a rating each, under headings that name no side of a film: `Orchard`, `Rating = 2/5`.
fn rated_sections(of: &Evidenced<'_>) -> usize {
    const HEADING_BYTES_MAX: usize = 60;
    const LINE_BYTES_MAX: usize = 40;
    let mut heading: Option<&str> = None;
    let mut rated: BTreeSet<String> = BTreeSet::new();
    for block in of.page.blocks.iter().filter(|block| block.in_article) {
        let text = of.page.block_text(block).trim();
        let is_rating = text.len() <= LINE_BYTES_MAX && (is_rating_line(text) || scores(text, of.language));
        if is_rating {
            rated.extend(heading.take().map(key));
        } else if matches!(block.kind, Kind::Heading(_)) && text.len() <= HEADING_BYTES_MAX && !is_side(of, text) {
            heading = Some(text);
        }
    }
    rated.len()
}

/// Whether a line is a word for a rating, whose it is perhaps, and a number: `Nota da Ada: 7,0`.
fn scores(line: &str, language: &str) -> bool {
    const MOST: f64 = 100.0;
    let Some((label, value)) = line.split_once([':', '：']) else { return false };
    let lowered = lower(label);
    let first = lowered.split(' ').next().and_then(|word| vocabulary().labels.exact(word));
    let number = value.trim().replace(',', ".").parse::<f64>();
    first.is_some_and(|hit| hit.means("rating", language)) && number.is_ok_and(|number| number <= MOST)
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

/// Whether the parts of an article are films, one after another: what their heads say of three of them tells, or of two where
/// the headline names none; or they are all that a headline such as `What I watched in March` stands over.
fn lists(of: &Evidenced<'_>, entries: &[Entry]) -> bool {
    const FILMS_MIN: usize = 3;
    const TWO: usize = 2;
    let headline = title_key(of.headline);
    let own = of.title.map(title_key).unwrap_or_default();
    let is_headed = !own.is_empty() && headline.contains(&own);
    let is_named = is_headed && title_key(start_of(of.body, SAMPLE_BYTES_MAX)).contains(&own);
    let is_diary = vocabulary().words.count(&lower(of.headline), "diary_of_films", of.language) > 0;
    let layouts: BTreeSet<Layout> = entries.iter().map(|entry| entry.layout).collect();
    layouts.into_iter().any(|layout| {
        let titles = |says: &dyn Fn(Sign) -> bool| {
            let like = entries.iter().filter(|entry| entry.layout == layout && says(entry.sign));
            like.map(|entry| entry.title.as_str()).collect::<BTreeSet<&str>>()
        };
        let made = titles(&|sign| sign == Sign::Made).len();
        let told = titles(&|sign| sign != Sign::None).len();
        let all = titles(&|_| true);
        // The text comes back to the film of a review, whatever its parts are headed.
        let like = entries.iter().filter(|entry| entry.layout == layout);
        let next = like.skip_while(|entry| entry.title != own).find(|entry| entry.title != own);
        let comes_back = next.is_some_and(|next| title_key(from(of, next.start)).matches(&own).count() > 1);
        let is_one_of_them = !is_headed && all.contains(own.as_str()) && !comes_back;
        made >= FILMS_MIN
            || !is_named && told >= if layout == Layout::Plain { FILMS_MIN } else { TWO }
            || all.len() >= FILMS_MIN && layout != Layout::Plain && (is_diary || is_one_of_them)
    })
}

/// The page's text from a place on, as far as texts are looked at.
fn from<'p>(of: &Evidenced<'p>, start: usize) -> &'p str {
    start_of(of.page.text.get(start..).unwrap_or_default(), SAMPLE_BYTES_MAX)
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
