//! Titles that other places than the headline's form tell: the page's address, and the sentence that says what the film is.
//!
//! An address that ends in `-review` is the title's own words; `X is a film` in the text says outright that X is one.

use crate::folding::{key, lower, start_of, title_key};
use crate::page::Page;
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::sources::page_title::{begins_headline, parts};
use crate::sources::prose::{genre_phrase, prose_blocks};
use crate::vocabulary::vocabulary;

use super::dissect::{Dissected, Part};
use super::quotes::quoted;
use super::review_words::strip_review_words;
use super::signed::without_owner;

/// Words of the longest title taken.
const TITLE_WORDS_MAX: usize = 8;

/// Text read of one block.
const BLOCK_BYTES_MAX: usize = 8_000;

/// How far after `is a` the word for a film may stand.
const NOUN_REACH_BYTES: usize = 60;

/// The stretch of a headline that the page's address has beside a word for a review: `/jolly-hare-review` under `Jolly Hare
/// Finds Its Feet`.
pub(super) fn in_address(page: &Page, headline: &str, language: &str) -> Option<Part> {
    const WEIGHT: i32 = 9;
    let segment = page.slug()?;
    let slug = segment.split('.').next().unwrap_or(segment).replace(['-', '_'], " ");
    let piece = Part { text: slug, ..Part::default() };
    let (left, _) = strip_review_words(&piece, language).filter(|(_, stripped)| *stripped)?;
    let wanted = key(&left.text);
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for word in headline.split(' ').take(40) {
        let start = starts.last().map_or(0, |(at, before)| at.saturating_add(before.len()).saturating_add(1));
        starts.push((start, word));
    }
    let count = wanted.split(' ').count();
    starts.windows(count).find_map(|words| {
        let ((first, _), (last, word)) = (words.first()?, words.last()?);
        let end = last.saturating_add(word.len());
        let text = headline.get(*first..end)?;
        // Addresses leave articles out.
        let before = starts.iter().rev().find(|(start, _)| start < first);
        let article = before.filter(|(_, word)| ["The", "A", "An"].contains(word)).map(|(start, _)| *start);
        let start = article.unwrap_or(*first);
        (!wanted.is_empty() && key(text) == wanted).then(|| Part {
            text: headline.get(start..end).unwrap_or(text).to_owned(),
            start,
            weight: WEIGHT,
            ..Part::default()
        })
    })
}

/// What the address names and the text writes with capitals, where the headline names nothing: `/ash`, or
/// `/into-the-cold-a-review-of-ash`, where the text speaks of `Ash: The Return`.
pub(super) fn as_addressed(page: &Page, headline: &str, text: &str) -> Option<Part> {
    const WEIGHT: i32 = 4;
    const SAID_WEIGHT: i32 = 14;
    const LETTERS_MIN: usize = 3;
    let segment = page.slug()?;
    let whole = lower(&segment.split('.').next().unwrap_or(segment).replace(['-', '_'], " "));
    let reviewed = whole.rsplit_once(" review of ").map(|(_, title)| title.to_owned());
    let (slug, weight) = match reviewed {
        Some(title) if !lower(headline).contains(title.as_str()) => (title, SAID_WEIGHT),
        None if watched(&whole).is_some_and(|title| !lower(headline).starts_with(title)) => {
            (watched(&whole)?.to_owned(), SAID_WEIGHT)
        }
        _ if headline.is_empty() => (whole, WEIGHT),
        _ => return None,
    };
    let lowered = lower(text);
    let is_whole = |at: usize| {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at.saturating_add(slug.len())..).unwrap_or_default());
        !before.ends_with(char::is_alphanumeric)
            && !after.starts_with(char::is_alphanumeric)
            && text.get(at..).is_some_and(|words| words.starts_with(char::is_uppercase))
    };
    let (at, _) = lowered.match_indices(slug.as_str()).find(|(at, _)| slug.len() >= LETTERS_MIN && is_whole(*at))?;
    let end = at.saturating_add(slug.len());
    let subtitle = text.get(end..)?.strip_prefix(": ").filter(|rest| rest.starts_with(char::is_uppercase));
    let capitals =
        subtitle.unwrap_or_default().split_inclusive(' ').take_while(|word| word.starts_with(char::is_uppercase));
    let length: usize = capitals.map(str::len).sum();
    let whole = if length > 0 { end.saturating_add(": ".len()).saturating_add(length) } else { end };
    Some(Part { text: text.get(at..whole)?.trim_end().to_owned(), weight, ..Part::default() })
}

/// The title in an address that says that it was watched: `watched ash 2025`.
fn watched(slug: &str) -> Option<&str> {
    let title = slug.strip_prefix("watched ").or_else(|| slug.strip_prefix("i watched "))?;
    let year = title.rsplit_once(' ').filter(|(_, last)| crate::values::year(last).is_some());
    Some(year.map_or(title, |(title, _)| title))
}

/// The title in a page's `<title>` that says `X Review`, where the headline does not say that it is one.
pub(super) fn in_page_title(
    page_title: Option<&str>,
    headline: &Headline,
    dissected: &Dissected,
    language: &str,
) -> Option<Part> {
    const WEIGHT: i32 = 9;
    if dissected.says_review {
        return None;
    }
    // `L’Avis Critique | Orchard (2012)`, over `Orchard, and what was left of it`: there the site's name stands first.
    let parts = parts(page_title?);
    let own =
        parts.first().filter(|_| !parts.iter().skip(1).any(|part| begins_headline(&key(part), &key(&headline.text))));
    let first = own.map(|text| Part { text: (*text).to_owned(), ..Part::default() })?;
    let (title, _) = strip_review_words(&first, language).filter(|(_, stripped)| *stripped)?;
    let is_title = title.text.split(' ').count() <= TITLE_WORDS_MAX;
    is_title.then_some(Part { weight: WEIGHT, start: 0, ..title })
}

/// A title as the page's `<title>` spells it, where the page prints it in capitals alone.
pub(super) fn spelled<'t>(page_title: Option<&'t str>, title: &'t str) -> &'t str {
    let is_shouted = !title.chars().any(char::is_lowercase);
    let said = page_title.filter(|_| is_shouted && title.is_ascii()).and_then(|page_title| {
        let start = page_title.to_ascii_lowercase().find(&title.to_ascii_lowercase())?;
        page_title.get(start..start.saturating_add(title.len()))
    });
    said.unwrap_or(title)
}

/// A work that the page's `<title>` has in quotes which are for works alone, where the headline has none: `《…》`, `『…』`.
pub(super) fn quoted_in_page_title(page_title: Option<&str>, headline: &str) -> Option<Part> {
    const WEIGHT: i32 = 9;
    const OPENING: [char; 3] = ['《', '『', '〈'];
    let title = page_title.filter(|title| title.contains(OPENING) && !headline.contains(OPENING))?;
    let work =
        quoted(title).into_iter().find(|work| title.get(..work.start).is_some_and(|head| head.ends_with(OPENING)))?;
    (!headline.contains(&work.text)).then_some(Part { weight: WEIGHT, start: 0, ..work })
}

/// The page's `<title>`, where it is a part of a longer headline: `Why The Long Snow Is Great` on a page called `The Long Snow`.
pub(super) fn as_page_title(page_title: Option<&str>, headline: &str) -> Option<Part> {
    const WEIGHT: i32 = 17;
    let title = page_title?.trim();
    let start = headline.find(title).filter(|_| title.len() < headline.len())?;
    let is_bounded = |text: &str, at_end: bool| {
        let beside = if at_end { text.chars().next_back() } else { text.chars().next() };
        !beside.is_some_and(char::is_alphanumeric)
    };
    let end = start.saturating_add(title.len());
    let is_whole = is_bounded(headline.get(..start)?, true) && is_bounded(headline.get(end..)?, false);
    let is_title = title.contains(' ') && title.split(' ').count() <= TITLE_WORDS_MAX;
    (is_whole && is_title).then(|| Part { text: title.to_owned(), start, weight: WEIGHT, ..Part::default() })
}

/// What a sentence near the start of the text says is a film: `The Long Snow (La larga nieve) is a film by …`. The words'
/// place in the page.
pub(super) fn defined(reading: Reading<'_>) -> Option<std::ops::Range<usize>> {
    const BLOCKS_MAX: usize = 12;
    prose_blocks(reading.page).take(BLOCKS_MAX).find_map(|block| {
        let text = start_of(reading.page.block_text(block), BLOCK_BYTES_MAX);
        let mut start: usize = 0;
        for sentence in text.split_inclusive(". ") {
            if let Some(length) = subject(sentence, reading.language) {
                let whole = Part { text: sentence.get(..length)?.to_owned(), ..Part::default() };
                let owner = without_owner(&whole).map_or(0, |title| title.start);
                let from = block.span.start.saturating_add(start);
                return Some(from.saturating_add(owner)..from.saturating_add(length));
            }
            start = start.saturating_add(sentence.len());
        }
        None
    })
}

/// `Orchard is a bad film, and I am angry`: what a headline that is a sentence calls a film.
pub(super) fn said_of_film(headline: &str, language: &str) -> Option<Part> {
    const WEIGHT: i32 = 12;
    let sentence = headline.split_inclusive(". ").next()?;
    let title = subject(sentence, language).and_then(|length| sentence.get(..length))?;
    let bare = title.trim_matches(['“', '”', '"', '‘', '’', '«', '»', ' ']);
    let start = headline.find(bare)?;
    Some(Part { text: bare.to_owned(), start, weight: WEIGHT, ..Part::default() })
}

/// Whether the text says of a title that it is a film.
pub(super) fn is_defined(reading: Reading<'_>, title: &str) -> bool {
    let wanted = title_key(title);
    !wanted.is_empty()
        && prose_blocks(reading.page).take(40).any(|block| {
            let text = start_of(reading.page.block_text(block), BLOCK_BYTES_MAX);
            text.split(". ").any(|sentence| {
                subject(sentence, reading.language).and_then(|length| sentence.get(..length)).is_some_and(|subject| {
                    title_key(subject.trim_matches(['“', '”', '"', '‘', '’', '«', '»'])) == wanted
                })
            })
        })
}

/// The length of a sentence's subject, where it is a title that the sentence calls a film.
pub(super) fn subject(sentence: &str, language: &str) -> Option<usize> {
    let lowered = lower(sentence);
    let hits = vocabulary().facts.find(&lowered, language).into_iter();
    let copula = hits.filter(|hit| hit.means("is_a", language)).find(|hit| hit.span.start > 0)?;
    let head = sentence.get(..copula.span.start)?;
    let title = head.split([',', '(', ';', ':', '[']).next()?.trim_end();
    // Nothing but a bracket may stand between the title and the verb: a clause before a comma is no title.
    let between = head.get(title.len()..)?.trim();
    let is_close = between.is_empty() || between.starts_with(['(', '[']) && between.ends_with([')', ']', ',']);
    let bare = title.trim_matches(['“', '”', '"', '‘', '’', '«', '»', ' ']);
    let first = bare.split(' ').next()?;
    let words = bare.split(' ').count();
    let starts_upper = first.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
    // `This is a film`, `Mine is a film`: a word that starts sentences names nothing by itself.
    let names = bare.split(' ').filter(|word| {
        word.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit())
            && !vocabulary().is_stop(&lower(word), language)
    });
    // Most languages write titles like sentences: there a bracket or quotes must set one apart.
    let is_marked = !between.is_empty() || bare.len() < title.len();
    // `Shown on` in front of a bracket is no title: titles do not end so.
    let ends_open = bare
        .rsplit(' ')
        .next()
        .is_some_and(|last| last.starts_with(char::is_lowercase) && vocabulary().is_stop(last, language));
    // `La ópera prima de Ada Berg`: whose film it is does not name it.
    let said = lower(bare);
    let is_owned = vocabulary().triggers.find(&said, language).iter().any(|hit| {
        let after = bare.get(hit.span.end..).unwrap_or_default().trim_start();
        hit.means("director_after", language) && crate::names::is_person(after)
    });
    let is_title = starts_upper
        && !ends_open
        && !is_owned
        && words <= TITLE_WORDS_MAX
        && (names.count() > 0 || is_marked)
        && !crate::names::is_person(bare);
    let rest = lowered.get(copula.span.end..)?;
    let near = start_of(rest, NOUN_REACH_BYTES).split(['.', ',', ';', '(']).next()?;
    // `is the film’s heart`, `is a projection of a fantasy`: the word belongs to something else.
    let is_possessed = |end: usize| near.get(end..).is_some_and(|rest| rest.starts_with(['’', '\'']));
    let of = [" of ", " de ", " di ", " von ", " der "].iter().filter_map(|word| near.find(word)).min();
    let own = of.and_then(|at| near.get(..at)).unwrap_or(near);
    let is_film = vocabulary()
        .facts
        .find(near, language)
        .iter()
        .any(|hit| hit.means("film_noun", language) && !is_possessed(hit.span.end))
        || genre_phrase(own, language).is_some();
    (is_close && is_title && is_film).then_some(title.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_call_their_subject_a_film_name_it() {
        let read = |text: &'static str, language| subject(text, language).and_then(|length| text.get(..length));
        assert_eq!(
            read("The Long Snow (La nieve, 1990) is a quiet film about a post office", "en"),
            Some("The Long Snow")
        );
        assert_eq!(read("La larga nieve (1990) es una película lenta", "es"), Some("La larga nieve"));
        assert_eq!(read("El resultado final es una película lenta", "es"), None);
        assert_eq!(read("“Ash” is a thriller", "en"), Some("“Ash”"));
        assert_eq!(read("This is a film that I like", "en"), None);
        assert_eq!(read("Mira Holt is a film director", "en"), None);
        assert_eq!(read("Rodado junto com a Parte II, ele é um filme menor", "pt"), None);
        assert_eq!(read("Ada Berg’s Ilse is the film’s heart", "en"), None);
        assert_eq!(read("Ilse is a projection of somebody’s fantasy", "en"), None);
        assert_eq!(read("Norway is a cold country", "en"), None);
    }
}
