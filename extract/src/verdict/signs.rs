//! The signs by which a film's review is told from everything else that is written about films, and their points.
//!
//! Each sign stands on a line of its own with what it weighs; none decides alone.

use crate::extraction::{Field, Source};
use crate::folding::{key, lower, start_of, title_key};
use crate::names::{has_given_name, is_person, names_in};
use crate::page::Kind;
use crate::sources::film_title::is_remark;
use crate::statement::Certainty;
use crate::vocabulary::{is_known_film, vocabulary};

use super::counts::Counts;
use super::filing;
use super::others::{Others, others};
use super::several::several_films;
use super::speech::{self, Speech};
use super::watched::tells_of_watching;
use super::{Evidenced, SAMPLE_BYTES_MAX, says};

/// A sign: what it is, what it weighs, how often the page bears it.
type Sign = (&'static str, i32, i32);

/// Longest text that only hands on a trailer, or a recording.
const NOTE_BYTES_MAX: usize = 900;

/// Other films in headings and items that make a page a list of films.
const OTHERS_LISTED_MIN: usize = 3;

/// Other well-known films set apart that make a page a survey: essays of one film set six apart.
const OTHERS_MARKED_MIN: usize = 7;

/// Times that an essay sets its own film apart, however many others it names.
const OWN_MARKED_MIN: usize = 4;

/// The sum of a page's signs.
pub(super) fn points(of: &Evidenced<'_>, counts: &Counts) -> i32 {
    signs(of, counts).iter().map(|(_, points, times)| points.saturating_mul(*times)).fold(0, i32::saturating_add)
}

fn signs(of: &Evidenced<'_>, counts: &Counts) -> Vec<Sign> {
    let mut speech = speech::listen(of.body, of.language);
    speech.is_conversation |= speech::asks_in_bold(of.page);
    facts(of).into_iter().chain(words(of, counts)).chain(against(of, counts, &speech)).collect()
}

/// A sign that a page bears once or not at all.
fn sign(name: &'static str, points: i32, holds: bool) -> Sign {
    (name, points, i32::from(holds))
}

/// What reviews state of their film.
fn facts(of: &Evidenced<'_>) -> Vec<Sign> {
    let cast = named_in_full(of);
    let director_at_top = says(of, Field::Director, Source::Headline);
    vec![
        sign("structured data is a review", 4, of.structured.has_review),
        sign("structured data is of a film", 4, of.structured.is_of_film),
        sign("director beside the title or in credits", 4, director_at_top),
        sign("director in prose", 2, !director_at_top && says(of, Field::Director, Source::Prose)),
        sign("writer", 1, says(of, Field::Writer, Source::Prose)),
        sign("one actor", 1, cast >= 1),
        sign("several actors", 2, cast >= 2),
        sign("running time", 2, says(of, Field::Runtime, Source::CreditBlock)),
        sign("certificate", 1, says(of, Field::ContentRating, Source::CreditBlock)),
        sign("year", 1, says(of, Field::Year, Source::Headline)),
        sign("genre", 1, says(of, Field::Genre, Source::CreditBlock)),
        sign("original title", 2, says(of, Field::OriginalTitle, Source::Headline)),
        sign("a film database's page", 2, says(of, Field::ExternalId, Source::CreditBlock)),
        sign("rating", 3, of.is_rated),
        sign("a sure title", 1, of.title_confidence >= 9),
    ]
}

/// How often somebody of the cast is named: in full, since surnames only repeat it.
fn named_in_full(of: &Evidenced<'_>) -> usize {
    let cast = of.statements.iter().filter(|one| one.field == Field::Cast && one.certainty > Certainty::Weak);
    cast.filter(|one| one.span.as_ref().is_none_or(|span| span.len() >= one.value.len())).count()
}

/// What reviews say of themselves, and the words that they are made of.
fn words(of: &Evidenced<'_>, counts: &Counts) -> Vec<Sign> {
    let film_at_top = counts.at_top("film") + counts.at_top("film_category") > 0;
    let filed_as_review = counts.filed("review") > 0;
    let headed_as_review = !of.says_review && counts.at_top("review") > 0;
    let cast = named_in_full(of);
    vec![
        sign("judges, and names who acts", 2, !of.says_review && cast >= 2 && judgement(counts) >= 12),
        sign("headline says review", 4, of.says_review),
        sign("title or address says review", 3, headed_as_review),
        sign("a section that judges", 3, has_verdict(of)),
        sign("filed under reviews", if of.says_review || headed_as_review { 1 } else { 3 }, filed_as_review),
        sign("tells of watching it", 1, tells_of_watching(of)),
        sign("about films", 2, film_at_top || counts.filed("film_category") > 0),
        ("words of film", 1, (counts.density("film") / 12).min(4)),
        ("words of judgement", 1, (judgement(counts) / 6).min(4)),
        ("words of criticism", 1, (counts.density("criticism") / 7).min(3)),
    ]
}

/// What tells news, interviews, lists and the rest from reviews.
fn against(of: &Evidenced<'_>, counts: &Counts, speech: &Speech) -> Vec<Sign> {
    let top = |kind: &str, most: i32| counts.in_headline(kind).min(most);
    let is_reported = counts.density("reportage") + counts.density("attribution");
    let criticism = counts.density("criticism");
    let is_spoken = vocabulary().speaks(of.language);
    // Essays speak of themselves where news does not.
    let own = counts.density("opinion").saturating_add(counts.density("personal"));
    let judges_less_than = |least: i32| is_spoken && own.saturating_add(criticism / 2) < least;
    let judges_nowhere = is_spoken && own < 3 && criticism < 8;
    let reports = counts.in_text("reportage") + counts.in_text("attribution") >= 3;
    let stands_for_review = of.says_review || counts.at_top("review") > 0 || counts.filed("review") > 0 || of.is_rated;
    let director_at_top = says(of, Field::Director, Source::Headline);
    let person_only = of.is_titled_after_person && !stands_for_review && !director_at_top;
    let shows_trailer = of.body.len() < NOTE_BYTES_MAX && counts.in_text("trailer") > 0;
    // A running time and a certificate together stand under reviews, not under news.
    let is_billed =
        says(of, Field::Runtime, Source::CreditBlock) && says(of, Field::ContentRating, Source::CreditBlock);
    let says_nowhere = !stands_for_review && !director_at_top && !of.structured.has_review;
    let others = others(of);
    vec![
        sign("lists other films", -14, others.headed >= OTHERS_LISTED_MIN),
        sign("sets many other films apart", -14, others.marked >= OTHERS_MARKED_MIN && others.own < OWN_MARKED_MIN),
        sign("an essay on many works", -6, is_essay(of, &others) && !several_films(of)),
        sign("titled after a person", -4, person_only),
        sign("mourns whom it is titled after", -8, person_only && counts.in_text("obituary") > 0),
        sign("notes to a podcast", -8, of.body.len() < NOTE_BYTES_MAX && counts.in_text("podcast") > 0),
        sign("an encyclopedia's sections", -20, is_encyclopedic(of)),
        sign("an encyclopedia's words", -8, counts.at_top("encyclopedia") > 0 || counts.in_text("encyclopedia") >= 3),
        ("headline of an interview", -5, top("interview", 1)),
        ("headline of news", -5, top("news", 2)),
        ("headline of a list", -14, top("list", 2).saturating_sub(top("one_of_a_list", 1))),
        sign("headline and address of a list", -4, counts.at_top("list") >= 3 && counts.at_top("one_of_a_list") == 0),
        ("headline of a round-up", -8, top("round_up", 1)),
        ("headline of an obituary", -6, top("obituary", 1)),
        ("headline about a trailer", -8, top("trailer", 1)),
        sign("filed under interviews or news", -3, counts.filed("interview") + counts.filed("news") > 0),
        sign("headed and filed as an interview", -6, counts.filed("interview") > 0 && top("interview", 1) > 0),
        ("headline of an archive", -8, top("archive", 1)),
        sign("headline names a section", -8, names_section(of)),
        sign("the address of a tag or category", -20, filing::is_label_page(of)),
        sign("called a film", 2, of.is_called_film && !speech.is_conversation),
        sign("a conversation", -10, speech.is_conversation),
        sign("others' verdicts, signed", -16, speech.signed >= 3),
        sign("its maker's own words", -6, counts.in_text("maker") >= 2),
        sign("mostly others' words", -6, speech.quoted_percent >= 30),
        sign("much of others' words", -3, speech.quoted_percent >= 15 && speech.attributions >= 3),
        sign("reports", -6, reports && is_reported >= 8 && judges_less_than(12)),
        // Reports give the facts of a film, too.
        sign("reports, and hardly judges", -3, !of.says_review && reports && is_reported >= 20 && judges_less_than(5)),
        sign("neither says that it reviews nor judges", -4, says_nowhere && !is_billed && judges_less_than(8)),
        sign("a trailer and little else", -4, !stands_for_review && shows_trailer),
        sign("judges nowhere", -5, !stands_for_review && !is_billed && judges_nowhere),
        sign(
            "credits and a synopsis",
            -6,
            is_spoken && !stands_for_review && own == 0 && criticism == 0 && is_card(of),
        ),
        sign("a database's card", -14, is_spoken && !of.is_rated && is_catalogued(of) && judges_nothing(counts)),
        sign("goes on about its title", 2, goes_on_about_title(of)),
        sign("a headline that nothing tells to be a title", if reads_as_title(of) { -2 } else { -7 }, is_no_title(of)),
        sign("next to no text", -3, of.body.len() < if of.says_review { 30 } else { 60 }),
    ]
}

/// Whether a text whose headline names somebody and no film sets many works apart, and hardly any of them again.
fn is_essay(of: &Evidenced<'_>, others: &Others) -> bool {
    const WORKS_MIN: usize = 5;
    const OWN_MAX: usize = 2;
    let names_somebody = || {
        let names = names_in(of.headline, of.language).into_iter();
        let words = names.filter_map(|name| of.headline.get(name.span));
        words.into_iter().any(|words| is_person(words) && has_given_name(words))
    };
    let is_headed = of.title.is_some_and(|title| title_key(of.headline).contains(&title_key(title)));
    !is_headed && !of.says_review && others.works >= WORKS_MIN && others.own <= OWN_MAX && names_somebody()
}

/// Whether a page states who made a film and little else.
fn is_card(of: &Evidenced<'_>) -> bool {
    const TEXT_BYTES_MAX: usize = 1_500;
    const LABELS_MIN: usize = 3;
    of.body.len() <= TEXT_BYTES_MAX && of.labelled.iter().filter(|one| one.explicit).count() >= LABELS_MIN
}

/// Whether a page states all that databases state of a film, beside a short text.
fn is_catalogued(of: &Evidenced<'_>) -> bool {
    const TEXT_BYTES_MAX: usize = 1_500;
    const LABELS_MIN: usize = 8;
    of.body.len() <= TEXT_BYTES_MAX && of.labelled.iter().filter(|one| one.explicit).count() >= LABELS_MIN
}

/// Whether a text has next to no word of anybody's own.
fn judges_nothing(counts: &Counts) -> bool {
    counts.in_text("opinion") <= 1 && counts.in_text("personal") == 0 && counts.in_text("criticism") == 0
}

/// How much a text judges, in a thousand words. Who says `I` may speak of anything.
fn judgement(counts: &Counts) -> i32 {
    const PERSONAL_MAX: i32 = 12;
    counts.density("opinion").saturating_add((counts.density("personal") / 3).min(PERSONAL_MAX))
}

/// Whether the headline is nothing but the name of a section: `Movie Reviews`; `Movie Review` over a text that names its film is
/// none.
fn names_section(of: &Evidenced<'_>) -> bool {
    let headline = lower(of.headline.trim_matches(|letter: char| !letter.is_alphanumeric()));
    if headline.ends_with(" review") && of.title.is_some() {
        return false;
    }
    let hit = vocabulary().words.exact(&headline).filter(|_| headline.contains(' '));
    hit.is_some_and(|hit| hit.means("film_category", of.language))
}

/// Whether the text comes back to the film's title again and again.
fn goes_on_about_title(of: &Evidenced<'_>) -> bool {
    const TIMES_MIN: usize = 3;
    let title = of.title.map(title_key).filter(|title| !title.is_empty());
    title.is_some_and(|title| {
        title_key(start_of(of.body, SAMPLE_BYTES_MAX)).matches(title.as_str()).count() >= TIMES_MIN
    })
}

/// Whether a headline is written as titles are: a few words, with capitals in English, and no sign that parts sentences.
fn reads_as_title(of: &Evidenced<'_>) -> bool {
    const WORDS_MAX: usize = 5;
    of.headline.split(' ').count() <= WORDS_MAX
        && !of.headline.contains([',', '?', ';'])
        && !is_remark(of.headline, of.language)
}

/// Whether the title is no better than a guess, of a film by nobody: the whole headline, which no text says and nobody knows
/// (`So, a trailer`), or what the text says once under a headline that does not.
fn is_no_title(of: &Evidenced<'_>) -> bool {
    let is_told = of.is_rated
        || of.structured.is_of_film
        || of.statements.iter().any(|one| one.field == Field::Director && one.certainty > Certainty::Weak);
    let Some(title) = of.title.filter(|_| !is_told) else { return false };
    let (own, headline) = (title_key(title), title_key(of.headline));
    let said = title_key(start_of(of.body, SAMPLE_BYTES_MAX)).matches(own.as_str()).count();
    let is_guess =
        of.title_confidence == 0 && !headline.contains(own.as_str()) && !of.is_called_film && named_in_full(of) == 0;
    own == headline && said == 0 && !is_known_film(&key(title)) || is_guess && said == 1
}

/// Whether a part of the article is headed as where reviews sum up: `Verdict`, `Fazit`, `感想`.
fn has_verdict(of: &Evidenced<'_>) -> bool {
    const HEADING_BYTES_MAX: usize = 40;
    let heads = of.page.blocks.iter().filter(|block| block.in_article && block.span.len() <= HEADING_BYTES_MAX);
    let heads = heads.filter(|block| {
        let is_set_apart = block.marks.iter().any(|mark| mark.span == block.span);
        matches!(block.kind, Kind::Heading(2..=6)) || is_set_apart
    });
    heads.map(|block| lower(of.page.block_text(block).trim_matches([' ', ':', '：', '.', '!']))).any(|heading| {
        let hit = vocabulary().facts.exact(&heading);
        hit.is_some_and(|hit| hit.means("verdict_heading", of.language))
    })
}

/// Whether the sections are those of an encyclopedia's article.
fn is_encyclopedic(of: &Evidenced<'_>) -> bool {
    const SECTIONS_MIN: usize = 4;
    let headings = of.page.blocks.iter().filter(|block| matches!(block.kind, Kind::Heading(2..=4)));
    headings
        .filter(|block| {
            let name = of.page.block_text(block).split('[').next().unwrap_or_default();
            vocabulary().heading(&lower(name)) == Some("encyclopedia")
        })
        .count()
        >= SECTIONS_MIN
}

/// `2×15`, `S01E03`, `S2`: the number of an episode or a season.
pub(super) fn names_episode(text: &str) -> bool {
    let lowered = lower(text);
    let words = lowered.split(|character: char| !character.is_alphanumeric() && character != '×');
    words.into_iter().any(|word| {
        let bare = word.strip_prefix('s').unwrap_or(word);
        let parts = if bare.len() < word.len() { bare.split_once('e') } else { bare.split_once(['x', '×']) };
        let is_episode =
            parts.is_some_and(|(season, episode)| is_short_number(season, 1) && is_short_number(episode, 2));
        is_episode || bare.len() < word.len() && is_short_number(bare, 1)
    })
}

fn is_short_number(text: &str, least: usize) -> bool {
    (least..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn episodes_are_told_from_titles_and_screen_formats() {
        for text in [
            "Dry Season 2×15: Dust",
            "The Harbour S01E03 review",
            "Crítica | Névoa – 1X03: Sal",
            "3x08",
            "Dry Season S2",
        ] {
            assert!(names_episode(text), "{text}");
        }
        for text in ["Route 66x", "1917", "The 4x4 Club", "Se7en", "2001", "S1m0ne", "Malcolm X"] {
            assert!(!names_episode(text), "{text}");
        }
    }
}
