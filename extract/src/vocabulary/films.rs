//! Titles of well-known films, as every reader of reviews knows them.
//!
//! Tells where a title begins and ends; which film a page is about, only the page can say.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

const FILE: &str = include_str!("../../data/films.txt");

/// Words of the longest title.
pub(crate) const FILM_WORDS_MAX: usize = 12;

static FILMS: LazyLock<FxHashSet<Cow<'static, str>>> = LazyLock::new(|| titles().map(bare).collect());

fn titles() -> impl Iterator<Item = &'static str> {
    FILE.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split('|'))
}

/// Whether a title, given as a key, is a well-known film's, whichever articles it is given with.
pub(crate) fn is_known_film(title: &str) -> bool {
    FILMS.contains(&bare(title))
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
    fn every_title_is_a_key_and_stands_once() {
        let mut seen = FxHashSet::default();
        assert!(is_known_film("sherlock holmes game of shadows") && !is_known_film("the"));
        for title in titles() {
            assert_eq!(title, key(title), "titles are keys");
            assert!(seen.insert(title), "{title} stands twice");
            assert!(title.split(' ').count() <= FILM_WORDS_MAX, "{title}");
        }
    }
}
