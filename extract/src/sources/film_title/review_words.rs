//! The words of a headline that only say that it is a review, and what is left without them: `X Movie Review`, `Crítica
//! de X`, `Xを観ました`.
//!
//! Knows phrases and where in a headline they stand; which part is the title is weighed elsewhere.

use crate::folding::{key, lower};
use crate::vocabulary::{is_known_film, vocabulary};

use super::dissect::Part;

/// Whether a text holds one of the words for a review.
pub(super) fn says_review(lowered: &str, language: &str) -> bool {
    vocabulary().words.find(lowered, language).iter().any(|hit| hit.means("review", language))
}

/// Takes `Movie Review`, `Crítica`, `Review of` off a part's ends. `None` where nothing else is left; otherwise the rest,
/// and whether something was taken.
pub(super) fn strip_review_words(piece: &Part, language: &str) -> Option<(Part, bool)> {
    let mut part = piece.clone();
    let mut stripped = false;
    loop {
        let lowered = lower(&part.text);
        let bare = lowered.trim_matches(|character: char| !character.is_alphanumeric());
        if bare.is_empty() || is_review_phrase(bare, language) || is_frame(bare, language) || is_count(bare, language) {
            return None;
        }
        let Some((text, offset)) = strip_end(&part.text, &lowered, language)
            .or_else(|| strip_start(&part.text, &lowered, language))
            .or_else(|| strip_frame(&part.text, &lowered, language))
            .or_else(|| strip_question(&part.text, &lowered, language))
        else {
            break;
        };
        part = Part { text, start: part.start.saturating_add(offset), ..Part::default() };
        stripped = true;
    }
    Some((part, stripped))
}

/// Whether a text is nothing but words for reviews, films and cinema.
pub(crate) fn is_review_phrase(bare: &str, language: &str) -> bool {
    let words = &vocabulary().words;
    let is_kind = |text: &str| {
        words.exact(text).is_some_and(|hit| {
            hit.meanings.iter().any(|(of, meaning)| {
                matches!(*meaning, "review" | "film_category") || *meaning == "film" && (*of == language || *of == "en")
            })
        })
    };
    is_kind(bare) || bare.split(' ').all(|word| is_kind(word) || is_filler(word)) && bare.split(' ').any(is_kind)
}

/// Whether a part counts a column's reviews: `Film 212`, `Review #7`.
pub(super) fn is_count(bare: &str, language: &str) -> bool {
    let counted = bare.rsplit_once(' ').filter(|(_, number)| {
        let digits = number.trim_start_matches('#');
        !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
    });
    counted.is_some_and(|(word, _)| is_review_phrase(word, language)) && !is_known_film(&key(bare))
}

/// Whether a part only frames a title that stands in another: `Quick thoughts`, `Movie Night`.
fn is_frame(bare: &str, language: &str) -> bool {
    let exact = vocabulary().frames.exact(bare);
    exact.is_some_and(|hit| hit.means("before", language) || hit.means("after", language))
}

/// Words that frame a title taken off its start or end: `Thoughts on X`, `X Revisited`, `el film X`, `Xを見て`.
fn strip_frame(text: &str, lowered: &str, language: &str) -> Option<(String, usize)> {
    // `On Chesil Beach`
    if is_known_film(&key(text)) {
        return None;
    }
    let hits = vocabulary().frames.find(lowered, language);
    let lead = hits.first().filter(|hit| hit.span.start == 0 && hit.means("before", language));
    if let Some(lead) = lead {
        let after = lowered.get(lead.span.end..)?;
        let rest = after.trim_start_matches([' ', ':', '…', '-', '–', '.']);
        let start = lead.span.end.saturating_add(after.len().saturating_sub(rest.len()));
        let title = text.get(start..)?;
        let is_parted = rest.len() < after.len() && title.starts_with(|first: char| !first.is_lowercase());
        if is_parted {
            return Some((title.to_owned(), start));
        }
    }
    if let Some(title) = before_maker(text, lowered) {
        return Some((title.to_owned(), 0));
    }
    let end = lowered.trim_end_matches(|character: char| !character.is_alphanumeric()).len();
    let tail = hits.iter().rfind(|hit| hit.span.end == end && hit.means("after", language))?;
    let title = text.get(..tail.span.start)?.trim_end_matches([' ', ',', ':', '-', '–']);
    (!title.is_empty()).then(|| (title.to_owned(), 0))
}

/// The title in what an essay asks or goes on to: `Why X Still Matters`, `What X gets right`, `X and the Art of Losing`.
fn strip_question(text: &str, lowered: &str, language: &str) -> Option<(String, usize)> {
    let hits = vocabulary().frames.find(lowered, language);
    let tail = hits.iter().rfind(|hit| hit.span.start > 0 && hit.means("essay_tail", language))?;
    let lead = hits.first().filter(|hit| hit.span.start == 0 && hit.means("essay_lead", language));
    let start = lead.map_or(0, |lead| lead.span.end.saturating_add(1));
    let title = text.get(start..tail.span.start)?.trim_end_matches([' ', ',', ':', '-', '–']);
    title.starts_with(|first: char| !first.is_lowercase()).then(|| (title.to_owned(), start))
}

/// The title in `X by Ada Berg`.
fn before_maker<'a>(text: &'a str, lowered: &str) -> Option<&'a str> {
    const BY: &str = " by ";
    let at = lowered.rfind(BY).filter(|at| *at > 0)?;
    let name = text.get(at.saturating_add(BY.len())..)?;
    crate::names::is_person(name.trim()).then(|| text.get(..at)).flatten()
}

/// Whether a headline's first part is a column's name: `Late-Night Reviews`.
pub(super) fn ends_as_column(text: &str, language: &str) -> bool {
    let lowered = lower(text);
    let hits = vocabulary().words.find(lowered.trim_end(), language);
    let ends = hits.last().is_some_and(|hit| hit.span.end == lowered.trim_end().len() && hit.means("column", language));
    ends || is_numbered_column(&lowered, language)
}

/// Whether a word before `Review:` tells of what kind the column is.
pub(super) fn is_column_lead(word: &str) -> bool {
    let noun = vocabulary().frames.exact(word);
    !is_known_film(&key(word))
        && (crate::values::is_genre(word)
            || noun.is_some_and(|hit| hit.meanings.iter().any(|(_, of)| *of == "column_noun")))
}

/// `Movie #12`, `31 Days of Horror`, `TIFF 2014`: nothing but numbers, genres, and words for films, days and festivals.
fn is_numbered_column(lowered: &str, language: &str) -> bool {
    let words: Vec<&str> = lowered.split([' ', '#']).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let counts = |word: &str| {
        let exact = vocabulary().frames.exact(word);
        exact.is_some_and(|hit| hit.means("column_noun", language))
            || vocabulary()
                .words
                .exact(word)
                .is_some_and(|hit| hit.means("film_category", language) || hit.means("review", language))
    };
    let fits = |word: &str| is_number(word) || counts(word) || is_filler(word) || crate::values::is_genre(word);
    words.len() > 1
        && words.iter().any(|word| is_number(word))
        && words.iter().any(|word| counts(word))
        && words.iter().all(|word| fits(word))
}

/// A Japanese title without what led to the word for seeing it: `長い雪を駅前の映画館で`, `長い雪の`.
fn without_particles(head: &str) -> &str {
    const PARTICLES: [&str; 3] = ["の", "を", "、"];
    let bare = head.trim_end();
    let seen =
        bare.strip_suffix('で').and_then(|place| place.rfind('を')).and_then(|at| bare.get(..at)).unwrap_or(bare);
    let kept = PARTICLES.iter().find_map(|particle| seen.strip_suffix(particle)).unwrap_or(seen);
    if kept.is_empty() { head } else { kept }
}

/// Words beside those for reviews that name nothing either: articles, festivals, kinds of release.
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 40] = [
        "the",
        "a",
        "our",
        "my",
        "de",
        "do",
        "da",
        "del",
        "of",
        "no",
        "im",
        "spoiler",
        "free",
        "spoiler-free",
        "early",
        "advance",
        "reaction",
        "quick",
        "short",
        "new",
        "blu-ray",
        "dvd",
        "oscar",
        "festival",
        "sundance",
        "tiff",
        "cannes",
        "venice",
        "berlinale",
        "sxsw",
        "netflix",
        "amazon",
        "classic",
        "retro",
        "mini",
        "weekly",
        "daily",
        "guest",
        "vod",
        "streaming",
    ];
    FILLERS.contains(&word)
}

/// Words taken off the end: `X movie review`, `X レビュー`, `Xを観ました`, `X reaction`.
fn strip_end(text: &str, lowered: &str, language: &str) -> Option<(String, usize)> {
    let end = lowered.trim_end_matches(|character: char| !character.is_alphanumeric()).len();
    let hit = vocabulary()
        .words
        .find(lowered, language)
        .into_iter()
        .rfind(|hit| hit.span.end == end && hit.means("review", language))
        .map(|hit| hit.span.start);
    let reaction = ["movie reaction", "film reaction", "movie recap"]
        .iter()
        .find_map(|phrase| lowered.get(..end)?.strip_suffix(phrase))
        .map(str::len);
    let start = hit.or(reaction).filter(|start| *start > 0)?;
    let head = without_article(without_particles(text.get(..start)?), language);
    let kind = ["movie ", "film ", "documentary ", "filme ", "hindi ", "tamil ", "short "];
    let mut bare = head;
    for word in kind {
        if lower(bare).ends_with(word) && bare.len() > word.len() {
            bare = bare.get(..bare.len().saturating_sub(word.len()))?;
        }
    }
    Some((bare.trim_end().trim_end_matches(['’', '\'']).to_owned(), 0)).filter(|(bare, _)| !bare.is_empty()).map(
        |(bare, offset)| {
            // A possessive before `review` (`X's review`) belongs to a person.
            (if head.trim_end().ends_with('’') && bare.contains('‘') { format!("{bare}’") } else { bare }, offset)
        },
    )
}

/// What stands before `, a`, where a headline goes on so to its last word: `X, a review`.
fn without_article<'t>(head: &'t str, language: &str) -> &'t str {
    let bare = head.trim_end();
    let Some((before, article)) = bare.rsplit_once(' ') else { return head };
    let exact = vocabulary().facts.exact(&lower(article));
    let is_article = exact.is_some_and(|hit| hit.means("article", language));
    let set_apart = before.trim_end_matches([',', ':', '-', '–', '—', ' ']);
    if is_article && set_apart.len() < before.len() && !set_apart.is_empty() { set_apart } else { head }
}

/// Words taken off the start: `Review of X`, `Crítica de X`, `Movie Review X`, `映画「X」`.
fn strip_start(text: &str, lowered: &str, language: &str) -> Option<(String, usize)> {
    let hit = vocabulary().words.find(lowered, language).into_iter().find(|hit| {
        hit.span.start <= 1
            && (hit.means("review", language) || hit.means("film_category", language) && hit.span.len() > 9)
    })?;
    let after = lowered.get(hit.span.end..)?;
    let skipped = after.len().saturating_sub(
        after
            .trim_start_matches(|character: char| !character.is_alphanumeric() && !"“‘\"'«「『".contains(character))
            .len(),
    );
    let mut start = hit.span.end.saturating_add(skipped);
    let mut introduced = false;
    for word in ["of ", "de ", "do ", "da ", "del ", "zu ", "di ", "du ", "for "] {
        if lowered.get(start..).is_some_and(|rest| rest.starts_with(word)) {
            start = start.saturating_add(word.len());
            introduced = true;
            break;
        }
    }
    let rest = text.get(start..)?;
    let capital = rest.chars().find(|character| character.is_alphanumeric()).is_some_and(|first| !first.is_lowercase());
    (!rest.trim().is_empty() && (introduced || capital) && start > 0).then(|| (rest.to_owned(), start))
}
