//! How often each kind of word stands in the headline, in what the page is filed under, and in the text.
//!
//! Counts only; what the counts mean is for the verdict.

use crate::folding::{is_cjk, key, lower, start_of};
use crate::vocabulary::{Hit, vocabulary};

use super::{Evidenced, OTHER_WORKS, SAMPLE_BYTES_MAX, filing, speech};

/// Words below which a density says nothing: a text counts as at least this long.
const WORDS_MIN: i32 = 60;

/// Letters of a title from which it is left out of account.
const TITLE_LETTERS_MIN: usize = 4;

/// Times from which a text names a title, and does not just have its words.
const TITLE_TIMES_MIN: usize = 2;

/// Where words stand.
pub(super) struct Counts {
    language: String,
    top: Vec<Hit>,
    /// The same without a title that the text goes on to name: `Top End Wedding` heads no list.
    listed: Vec<Hit>,
    /// The headline likewise, without a page's title that is but the site's: `Ada’s Film Reviews`.
    headline: Vec<Hit>,
    /// The same without the film's title, whose words say nothing of what kind of work it is: `The Menu`, `Game Night`.
    top_beside_title: Vec<Hit>,
    brackets: Vec<Hit>,
    filed: Vec<Vec<Hit>>,
    text: Vec<Hit>,
    text_beside_title: Vec<Hit>,
    /// Whether the text counts the parts of a series: `12 episodes`, `three seasons`.
    pub counts_episodes: bool,
    /// Words of the text that were looked at.
    words: i32,
}

/// What stands in a text's brackets.
fn bracketed(text: &str) -> Vec<&str> {
    text.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(inside, _)| inside.trim()).collect()
}

/// Whether two lines have a word in common that is no word for films and reviews.
fn share_word(one: &str, other: &str) -> bool {
    const LETTERS_MIN: usize = 4;
    let one = key(one);
    let telling = |word: &&str| word.len() >= LETTERS_MIN && vocabulary().words.exact(word).is_none();
    key(other).split(' ').filter(telling).any(|word| one.split(' ').any(|own| own == word))
}

impl Counts {
    /// Looks through a page.
    pub(super) fn of(of: &Evidenced<'_>) -> Self {
        let phrases = &vocabulary().words;
        // The last part of an address repeats the headline; the parts before it are what the page is filed under.
        let slug = of.page.slug().unwrap_or_default().replace(['-', '_', '.'], " ");
        let top = lower(&format!("{} | {} | {slug}", of.headline, of.page_title));
        // A site's name says nothing of what else it may be about: `Second Show: One Platform`.
        let top_beside_site = lower(&format!("{} | {} | {slug}", of.headline, of.own_title));
        let own_title = if share_word(of.headline, of.page_title) { of.page_title } else { "" };
        let body = lower(start_of(of.body, SAMPLE_BYTES_MAX));
        let beside_named = |text: &str| {
            let is_named = |title: &String| body.matches(title.as_str()).count() >= TITLE_TIMES_MIN;
            let named = of.title.map(lower).filter(is_named);
            named.map_or_else(|| text.to_owned(), |title| text.replace(&title, "…"))
        };
        let headline = beside_named(&lower(&format!("{} | {own_title} | {slug}", of.headline)));
        let title = of.title.map(lower).filter(|title| title.chars().count() >= TITLE_LETTERS_MIN);
        let beside_title =
            |text: &str| title.as_ref().map_or_else(|| text.to_owned(), |title| text.replace(title, "…"));
        let sample = speech::own_words(start_of(of.body, SAMPLE_BYTES_MAX));
        // Korean parts its words with spaces; Chinese and Japanese take about three letters for one.
        let is_hangul = |character: char| ('\u{ac00}'..='\u{d7af}').contains(&character);
        let caseless = sample.chars().filter(|character| is_cjk(*character) && !is_hangul(*character)).count();
        let words = sample.split_whitespace().count().saturating_add(caseless / 3);
        let text = lower(&sample);
        let hits = phrases.find(&text, of.language);
        let is_number =
            |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || vocabulary().number(word).is_some();
        let counts_episodes = hits.iter().filter(|hit| hit.means("series", of.language)).any(|hit| {
            let before = text.get(..hit.span.start).and_then(|before| before.strip_suffix(' '));
            before.and_then(|before| before.rsplit(' ').next()).is_some_and(|word| !word.is_empty() && is_number(word))
        });
        Self {
            language: of.language.to_owned(),
            listed: phrases.find(&beside_named(&top), of.language),
            top: phrases.find(&top, of.language),
            headline: phrases.find(&headline, of.language),
            top_beside_title: phrases.find(&beside_title(&top_beside_site), of.language),
            brackets: bracketed(&lower(of.headline)).into_iter().filter_map(|words| phrases.exact(words)).collect(),
            filed: filing::labels(of).iter().map(|label| phrases.find(label, of.language)).collect(),
            text: hits,
            counts_episodes,
            text_beside_title: phrases.find(&beside_title(&text), of.language),
            words: i32::try_from(words).unwrap_or(i32::MAX).max(WORDS_MIN),
        }
    }

    fn count(&self, hits: &[Hit], kind: &str) -> i32 {
        i32::try_from(hits.iter().filter(|hit| hit.means(kind, &self.language)).count()).unwrap_or(i32::MAX)
    }

    /// In the headline, the title, and the address's last part.
    pub(super) fn at_top(&self, kind: &str) -> i32 {
        let top = match kind {
            "list" => &self.listed,
            _ if OTHER_WORKS.contains(&kind) => &self.top_beside_title,
            _ => &self.top,
        };
        self.count(top, kind)
    }

    /// In the headline, in the title where it is the page's own, and in the address's last part.
    pub(super) fn in_headline(&self, kind: &str) -> i32 {
        self.count(&self.headline, kind)
    }

    /// Alone in a bracket of the headline.
    pub(super) fn in_brackets(&self, kind: &str) -> bool {
        self.count(&self.brackets, kind) > 0
    }

    /// Labels that the page is filed under: sections, categories, tags.
    pub(super) fn filed(&self, kind: &str) -> i32 {
        let labels = self.filed.iter().filter(|hits| self.count(hits, kind) > 0).count();
        i32::try_from(labels).unwrap_or(i32::MAX)
    }

    /// In the text.
    pub(super) fn in_text(&self, kind: &str) -> i32 {
        self.count(if OTHER_WORKS.contains(&kind) { &self.text_beside_title } else { &self.text }, kind)
    }

    /// In a thousand words of the text, without the words that films share with books and plays: `plot`, `characters`.
    pub(super) fn own_density(&self, kind: &str) -> i32 {
        let shared = if kind == "film" { self.in_text("story") } else { 0 };
        self.in_text(kind).saturating_sub(shared).saturating_mul(1_000) / self.words
    }

    /// Whether the text is too short to tell by its words what it is about.
    pub(super) fn is_short(&self) -> bool {
        const SHORT_WORDS_MAX: i32 = 150;
        self.words < SHORT_WORDS_MAX
    }

    /// In a thousand words of the text.
    pub(super) fn density(&self, kind: &str) -> i32 {
        self.in_text(kind).saturating_mul(1_000) / self.words
    }
}
