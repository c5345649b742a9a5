//! Titles of well-known films, as every reader of reviews knows them.
//!
//! Tells where a title begins and ends; which film a page is about, only the page can say.

use std::borrow::Cow;

use super::sorted::line;

/// A title a line, as a key without the articles in it.
const FILE: &str = include_str!("../../data/films.txt");

/// Words of the longest title.
pub(crate) const FILM_WORDS_MAX: usize = 12;

/// Whether a title, given as a key, is a well-known film's, whichever articles it is given with.
pub(crate) fn is_known_film(title: &str) -> bool {
    line(FILE, &bare(title)).is_some()
}

/// A title without articles, which people leave out and put in.
fn bare(title: &str) -> Cow<'_, str> {
    const ARTICLES: [&str; 4] = ["the", "a", "an", "and"];
    let is_article = |word: &&str| ARTICLES.contains(word);
    if !title.split(' ').any(|word| is_article(&word)) {
        return Cow::Borrowed(title);
    }
    let words: Vec<&str> = title.split(' ').filter(|word| !is_article(word)).collect();
    // `The Gift` is no `Gift`.
    if words.len() > 1 { Cow::Owned(words.join(" ")) } else { Cow::Borrowed(title) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folding::key;

    #[test]
    fn every_title_is_a_key_without_articles_in_the_order_of_the_keys() {
        let mut before = "";
        for title in FILE.lines() {
            assert_eq!(title, bare(&key(title)), "titles are keys");
            assert!(before < title, "{title} stands after {before}");
            assert!(is_known_film(title) && title.split(' ').count() <= FILM_WORDS_MAX, "{title}");
            before = title;
        }
        assert!(is_known_film("sherlock holmes a game of shadows") && is_known_film("sherlock holmes game of shadows"));
        assert!(!is_known_film("the") && !is_known_film(""));
    }
}
