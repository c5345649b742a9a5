//! Whether a page is one review of one film, and if not, why.
//!
//! Weighs what the page says of itself; knows no site. Walls come first: what stands behind one cannot be judged.

use crate::extraction::{Field, Reason, Source};
use crate::folding::lower;
use crate::page::{Kind, Page, Zone};
use crate::sources::credit_block::Labelled;
use crate::sources::structured::Structured;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Phrases, vocabulary};

/// Text of an article shown to the counters.
const SAMPLE_BYTES_MAX: usize = 12_000;

/// A body shorter than this may be the remains of a wall.
const WALL_BODY_BYTES_MAX: usize = 900;

/// The score from which a page is a film's review.
const REVIEW_SCORE_MIN: i32 = 5;

/// Words of reporting in a thousand, from which a text tells what happened rather than what a film is like.
const REPORTAGE_DENSITY_MIN: i32 = 5;

/// What is judged.
pub(crate) struct Evidenced<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its language.
    pub language: &'a str,
    /// Its headline.
    pub headline: &'a str,
    /// `<title>`.
    pub page_title: &'a str,
    /// Whether the headline says that it is a review.
    pub says_review: bool,
    /// The review's paragraphs.
    pub body: &'a str,
    /// Structured data.
    pub structured: &'a Structured,
    /// Everything said.
    pub statements: &'a [Statement],
    /// Labelled values.
    pub labelled: &'a [Labelled],
    /// Whether the critic rates.
    pub is_rated: bool,
    /// How sure the title is.
    pub title_confidence: i32,
    /// Whether what stands for the title is a person's name that the text never sets apart as a work.
    pub is_titled_after_person: bool,
    /// Whether a title was found.
    pub has_title: bool,
}

/// `None` for a film's review, else why it is none.
pub(crate) fn judge(of: &Evidenced<'_>) -> Option<Reason> {
    if of.page.text.trim().is_empty() {
        return Some(Reason::Empty);
    }
    if let Some(wall) = wall(of) {
        return Some(wall);
    }
    let counts = Counts::of(of);
    let other = counts.other_work();
    let score = score(of, &counts);
    if of.structured.is_of_other_work && !of.structured.is_of_film {
        return Some(Reason::OtherWork);
    }
    if let Some(reason) = other.filter(|_| score < REVIEW_SCORE_MIN.saturating_add(6)) {
        return Some(reason);
    }
    if score < REVIEW_SCORE_MIN {
        return Some(Reason::NotAReview);
    }
    if several_films(of) {
        return Some(Reason::SeveralFilms);
    }
    if !of.has_title {
        return Some(Reason::NoFilm);
    }
    None
}

/// Login, consent, challenge, error and payment pages.
fn wall(of: &Evidenced<'_>) -> Option<Reason> {
    let short = of.body.len() <= WALL_BODY_BYTES_MAX;
    if !short {
        return None;
    }
    let words = &vocabulary().words;
    let all: String = lower(&of.page.text.chars().take(SAMPLE_BYTES_MAX).collect::<String>());
    let top = lower(&format!("{} {}", of.headline, of.page_title));
    let whole_is_short = of.page.text.len() <= 4_000;
    let says = |meaning: &str| words.count(&all, meaning, of.language);
    let titled = |meaning: &str| words.count(&top, meaning, of.language);
    if titled("wall_challenge") > 0 && whole_is_short || says("wall_challenge") >= 2 && of.page.text.len() <= 2_000 {
        return Some(Reason::Challenge);
    }
    if titled("wall_error") > 0 && whole_is_short || says("wall_error") >= 2 && of.page.text.len() <= 1_500 {
        return Some(Reason::ErrorPage);
    }
    let films = words.count(&lower(of.body), "film", of.language);
    if says("wall_consent") >= 2 && of.body.len() <= 500 && (films < 3 || titled("wall_consent") > 0) {
        return Some(Reason::Consent);
    }
    if (of.structured.is_paid && of.body.len() <= 700)
        || says("wall_paywall") >= 1 && of.body.len() <= WALL_BODY_BYTES_MAX
    {
        return Some(Reason::Paywall);
    }
    let has_password =
        of.page.elements("input").iter().any(|input| input.attr_or("type", "").eq_ignore_ascii_case("password"));
    if (has_password || titled("wall_login") > 0) && says("wall_login") >= 1 && films < 3 {
        return Some(Reason::Login);
    }
    None
}

/// How often each kind of word stands in the headline and in the text.
struct Counts {
    top: Vec<(&'static str, usize)>,
    text: Vec<(&'static str, usize)>,
    words: usize,
}

const KINDS: [&str; 17] = [
    "reportage",
    "review",
    "film",
    "film_category",
    "series",
    "book",
    "game",
    "music",
    "theatre",
    "product",
    "interview",
    "news",
    "list",
    "round_up",
    "trailer",
    "obituary",
    "encyclopedia",
];

impl Counts {
    fn of(of: &Evidenced<'_>) -> Self {
        let phrases = &vocabulary().words;
        let path = of.page.url.as_ref().map(|url| url.path().replace(['-', '_', '/', '.'], " ")).unwrap_or_default();
        let top = lower(&format!("{} | {} | {path}", of.headline, of.page_title));
        let sample: String = of.body.chars().take(SAMPLE_BYTES_MAX).collect();
        let text = lower(&sample);
        let cjk = sample.chars().filter(|character| crate::folding::is_cjk(*character)).count();
        Self {
            top: count(phrases, &top, of.language),
            text: count(phrases, &text, of.language),
            words: sample.split_whitespace().count().saturating_add(cjk / 3).max(1),
        }
    }

    fn at_top(&self, kind: &str) -> i32 {
        number(&self.top, kind)
    }

    fn in_text(&self, kind: &str) -> i32 {
        number(&self.text, kind)
    }

    /// Words for films in the headline, the title and the address.
    fn film_at_top(&self) -> i32 {
        self.at_top("film").saturating_add(self.at_top("film_category"))
    }

    /// Occurrences in a thousand words.
    fn density(&self, kind: &str) -> i32 {
        let words = i32::try_from(self.words).unwrap_or(i32::MAX);
        self.in_text(kind).saturating_mul(1_000) / words.max(60)
    }

    /// Whether the page reviews something that is no film.
    fn other_work(&self) -> Option<Reason> {
        let film_top = self.film_at_top();
        let named = ["series", "book", "game", "music", "theatre", "product"].iter().any(|kind| {
            self.at_top(kind) > 0 && self.at_top(kind) >= film_top && self.density(kind) >= self.density("film")
        });
        let spoken = [("series", 2), ("book", 2), ("game", 2), ("music", 2)].iter().any(|(kind, least)| {
            self.in_text(kind) > *least
                && self.density(kind)
                    > self.density("film").saturating_mul(if *kind == "book" || *kind == "music" { 2 } else { 1 })
                && film_top == 0
        });
        (named && self.density("film") < 60 || spoken).then_some(Reason::OtherWork)
    }
}

fn count(phrases: &Phrases, lowered: &str, language: &str) -> Vec<(&'static str, usize)> {
    let hits = phrases.find(lowered);
    KINDS.iter().map(|kind| (*kind, hits.iter().filter(|hit| hit.means(kind, language)).count())).collect()
}

fn number(counts: &[(&'static str, usize)], kind: &str) -> i32 {
    counts.iter().find(|(known, _)| *known == kind).map_or(0, |(_, count)| i32::try_from(*count).unwrap_or(i32::MAX))
}

fn score(of: &Evidenced<'_>, counts: &Counts) -> i32 {
    let has = |field: Field, least: Source| {
        of.statements.iter().any(|one| one.field == field && one.source <= least && one.certainty > Certainty::Weak)
    };
    let points = |condition: bool, points: i32| if condition { points } else { 0 };
    let cast = of.statements.iter().filter(|one| one.field == Field::Cast && one.certainty > Certainty::Weak).count();
    let is_filed = filed_under_film(of);
    let mut score = 0_i32;
    score += points(of.structured.has_review, 4) + points(of.structured.is_of_film, 4);
    score += points(has(Field::Director, Source::Headline), 4).max(points(has(Field::Director, Source::Prose), 2));
    score +=
        points(has(Field::Runtime, Source::CreditBlock), 2) + points(has(Field::ContentRating, Source::CreditBlock), 1);
    score += points(has(Field::Year, Source::Headline), 1)
        + points(has(Field::Genre, Source::CreditBlock), 1)
        + points(has(Field::OriginalTitle, Source::Headline), 2);
    score += points(has(Field::Writer, Source::Prose), 1) + points(has(Field::ExternalId, Source::CreditBlock), 2);
    score += points(of.title_confidence >= 9, 1);
    score -= points(
        of.is_titled_after_person && !of.is_rated && !of.says_review && !has(Field::Director, Source::Headline),
        4,
    );
    score -= points(encyclopedic(of), 20);
    let reports = counts.density("reportage") >= REPORTAGE_DENSITY_MIN && counts.in_text("reportage") >= 3;
    score -= points(reports && counts.at_top("review") == 0 && !of.is_rated && !of.structured.has_review, 5);
    score += points(cast >= 2, 2) + points(cast >= 1, 1);
    score += points(of.is_rated, 2);
    score += points(of.says_review, 4).max(points(counts.at_top("review") > 0, 3));
    score += points(is_filed || counts.film_at_top() > 0, 2);
    score += (counts.density("film") / 12).min(4);
    score -= points(counts.at_top("interview") > 0, 5)
        + points(counts.at_top("list") > 0, 8)
        + points(counts.at_top("obituary") > 0, 6);
    score -= points(counts.at_top("news") > 0, 4)
        + points(counts.at_top("trailer") > 0, 4)
        + points(counts.at_top("round_up") > 0 && !of.structured.has_review, 5);
    score -= points(counts.at_top("encyclopedia") > 0 || counts.in_text("encyclopedia") >= 3, 8);
    let rivals = ["series", "book", "game"]
        .iter()
        .filter(|kind| counts.at_top(kind) > 0 && counts.density(kind) >= counts.density("film"));
    score -= i32::try_from(rivals.count()).unwrap_or(0).saturating_mul(3);
    score -= points(of.body.len() < 40, 4);
    // Nothing on the page speaks of a film: a review of who knows what.
    let is_of_film = is_filed
        || of.structured.is_of_film
        || counts.film_at_top() > 0
        || counts.in_text("film") > 0
        || has(Field::Director, Source::Headline);
    if is_of_film { score } else { 0 }
}

/// Whether the sections are those of an encyclopedia's article.
fn encyclopedic(of: &Evidenced<'_>) -> bool {
    const SECTIONS_MIN: usize = 4;
    let headings = of.page.blocks.iter().filter(|block| matches!(block.kind, Kind::Heading(2..=4)));
    headings
        .filter(|block| {
            vocabulary().heading(&lower(of.page.block_text(block).split('[').next().unwrap_or_default()))
                == Some("encyclopedia")
        })
        .count()
        >= SECTIONS_MIN
}

/// Whether the page is filed under films: breadcrumbs, category links, sections.
fn filed_under_film(of: &Evidenced<'_>) -> bool {
    const LABEL_BYTES_MAX: usize = 40;
    let words = &vocabulary().words;
    let is_film = |text: &str| {
        words
            .find(&lower(text))
            .iter()
            .any(|hit| hit.means("film_category", of.language) || hit.means("film_category", "en"))
    };
    let filed = of.page.blocks.iter().filter(|block| {
        block.span.len() <= LABEL_BYTES_MAX
            && (block.in_article || matches!(block.zone, Zone::Tags | Zone::Byline | Zone::Body))
            && !matches!(block.kind, Kind::Heading(_))
            && (block.zone == Zone::Tags
                || ["categor", "breadcrumb", "tag", "section", "kicker", "label"]
                    .iter()
                    .any(|word| block.classes.contains(word)))
    });
    of.structured.sections.iter().any(|section| is_film(section))
        || filed.into_iter().any(|block| is_film(of.page.block_text(block)))
}

/// Several directors' labels, each with other values, or several titled sections with years, share a page.
fn several_films(of: &Evidenced<'_>) -> bool {
    let directors: std::collections::BTreeSet<String> = of
        .labelled
        .iter()
        .filter(|one| one.explicit && matches!(one.label, "director" | "director_writer"))
        .map(|one| crate::folding::key(of.page.quote(&one.value_span)))
        .filter(|value| !value.is_empty())
        .collect();
    let titled = of
        .page
        .blocks
        .iter()
        .filter(|block| block.in_article && matches!(block.kind, Kind::Heading(2..=6)) && block.span.len() <= 100)
        .filter(|block| {
            let text = of.page.block_text(block);
            crate::values::year(text)
                .is_some_and(|(_, span)| text.get(span.end..).is_some_and(|rest| rest.starts_with([')', ']'])))
        })
        .count();
    directors.len() >= 3 || titled >= 3
}
