//! Titles of well-known films and series, as every reader of reviews knows them.
//!
//! Tells where a title begins and ends, and of what kind a work is; which one a page is about, only the page can say.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::folding::key;

use super::sorted::{begins, line};

/// Films: a title a line, as a key without the articles in it.
const FILMS: &str = include_str!("../../data/films.txt");

/// Series, in the same form; none is called as a well-known film is.
const SERIES: &str = include_str!("../../data/series.txt");

/// Words of the longest title of a film or series.
const TITLE_WORDS_MAX: usize = 12;

/// Whether a title, given as a key, is a well-known film's, whichever articles it is given with.
pub(crate) fn is_known_film(title: &str) -> bool {
    line(FILMS, &bare(title)).is_some()
}

/// Whether a title, given as a key, is a well-known series'.
pub(crate) fn is_known_series(title: &str) -> bool {
    line(SERIES, &bare(title)).is_some()
}

/// Whether a well-known film, given as a key, is the one that goes by these titles: by one of them, or by a part of one that is
/// no well-known film's itself.
pub(crate) fn is_one_film(titles: &HashSet<String>, film: &str) -> bool {
    titles.iter().any(|ours| bare(ours) == bare(film) || ours.contains(film) && !is_known_film(ours))
}

/// Words that people leave out of titles and put in.
const ARTICLES: [&str; 4] = ["the", "a", "an", "and"];

/// A title without articles, which people leave out and put in.
fn bare(title: &str) -> Cow<'_, str> {
    let is_article = |word: &&str| ARTICLES.contains(word);
    if !title.split(' ').any(|word| is_article(&word)) {
        return Cow::Borrowed(title);
    }
    let words: Vec<&str> = title.split(' ').filter(|word| !is_article(word)).collect();
    // `The Gift` is no `Gift`.
    if words.len() > 1 { Cow::Owned(words.join(" ")) } else { Cow::Borrowed(title) }
}

/// The longest well-known title at each place of a text that begins with a capital or a number, none overlapping.
pub(crate) fn films_in(text: &str) -> Vec<Range<usize>> {
    const WORDS_MAX: usize = 200;
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in text.split(' ').take(WORDS_MAX) {
        let start = words.last().map_or(0, |(at, before)| at.saturating_add(before.len()).saturating_add(1));
        words.push((start, word));
    }
    let mut films = Vec::new();
    let mut rest = words.as_slice();
    while let Some((_, after)) = rest.split_first() {
        let found = longest(text, rest);
        rest = found.as_ref().map_or(after, |(_, count)| rest.get(*count..).unwrap_or_default());
        films.extend(found.map(|(span, _)| span));
    }
    films
}

/// The longest title that begins with the first of some words, and how many of them it takes.
fn longest(text: &str, words: &[(usize, &str)]) -> Option<(Range<usize>, usize)> {
    let (start, first) = words.first()?;
    let bare = first.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    if !bare.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit()) {
        return None;
    }
    // Few words begin a title: most places are done with here.
    let own = key(bare);
    if !ARTICLES.contains(&own.as_str()) && !begins(FILMS, &own) {
        return None;
    }
    let start = start.saturating_add(first.len().saturating_sub(bare.len()));
    words.iter().take(TITLE_WORDS_MAX).enumerate().rev().find_map(|(at, (last, word))| {
        let end = last.saturating_add(word.len());
        let title = text.get(start..end)?.trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != '!');
        // `One day it snowed`
        let last = word.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        let is_titled = last.starts_with(|first: char| !first.is_lowercase());
        let own = key(title);
        // `Batman and`: an article at the end belongs to what follows.
        let is_cut = [" and", " the", " a", " an"].iter().any(|article| own.ends_with(article));
        (is_titled && !is_cut && is_known_film(&own))
            .then(|| (start..start.saturating_add(title.len()), at.saturating_add(1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_is_a_key_without_articles_in_the_order_of_the_keys() {
        for file in [FILMS, SERIES] {
            let mut before = "";
            for title in file.lines() {
                assert_eq!(title, bare(&key(title)), "titles are keys");
                assert!(before < title, "{title} stands after {before}");
                assert!(title.split(' ').count() <= TITLE_WORDS_MAX, "{title}");
                before = title;
            }
        }
        assert!(FILMS.lines().all(is_known_film) && SERIES.lines().all(is_known_series));
        assert!(!SERIES.lines().any(is_known_film), "what is both tells nothing");
        assert!(is_known_film("sherlock holmes a game of shadows") && is_known_film("sherlock holmes game of shadows"));
        assert!(!is_known_film("the") && !is_known_film(""));
    }

    #[test]
    fn the_longest_title_is_taken_wherever_it_stands() {
        let read = |text: &str| {
            films_in(text).into_iter().filter_map(|span| text.get(span).map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(read("Why Toy Story 3 made me cry"), ["Toy Story 3"]);
        assert_eq!(read("Yet another Batman movie?"), ["Batman"]);
        assert_eq!(read("Rewatching The Dark Knight Rises, alone"), ["The Dark Knight Rises"]);
        assert!(read("The Long Snow").is_empty());
    }
}
