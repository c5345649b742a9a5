//! The year, and the date, that sentences give the film: `released in 1982`, `this 1982 thriller`.

use std::ops::Range;

use crate::extraction::Field;
use crate::folding::{is_cjk, last_bytes, lower, start_of};
use crate::statement::Statement;
use crate::values;
use crate::vocabulary::{Hit, is_one_film, vocabulary};

use super::clause::Clause;
use super::{Known, genres};

/// The year that stands at a place, in four digits of its own: no `1950s`, no `2001-era`.
fn year_at(clause: &Clause<'_>, at: usize) -> Option<(i32, Range<usize>)> {
    let end = at.saturating_add(4);
    let (year, span) = values::year(clause.text.get(at..end)?)?;
    let is_own = |beside: char| !beside.is_alphanumeric() && beside != '-';
    let is_apart = clause.text.get(..at)?.chars().next_back().is_none_or(is_own)
        && clause.text.get(end..)?.chars().next().is_none_or(is_own);
    (span.len() == 4 && is_apart).then_some((year, at..end))
}

/// The year that one block gives the film, by the first shape that tells one.
pub(super) fn year(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    let beside = year_at_title(clause, known).or_else(|| year_released(clause, known));
    let kind = beside.or_else(|| year_of_kind(clause, known)).or_else(|| year_behind_kind(clause, known));
    let kind = kind.or_else(|| year_before_kind(clause, known));
    kind.or_else(|| year_made(clause))
}

/// `released in 2021`, `Name's 2021 thriller`.
fn year_released(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    const REACH_BYTES: usize = 60;
    const BEFORE_BYTES: usize = 160;
    const NAME_WORDS_MAX: usize = 3;
    let own_at = |at: usize| year_at(clause, at).filter(|_| !clause.is_comparison(at));
    let released = clause
        .triggers("released_in_year")
        .find_map(|hit| own_at(hit.span.end.saturating_add(1)).or_else(|| own_at(past_season(clause, hit.span.end)?)));
    // `premiered in 1964` may be said of a play, too.
    let opened = || {
        let mut ours = clause.triggers("opened_in_year").filter(|hit| follows_title(clause, known, hit.span.start));
        ours.find_map(|hit| own_at(hit.span.end.saturating_add(1)))
    };
    let released = released.or_else(opened);
    // `Orchard came out in 1982`, in a review of another film.
    let is_other = |at: usize| {
        let start =
            clause.text.get(..at).and_then(|head| head.rfind(['.', '!', '?'])).map_or(0, |end| end.saturating_add(1));
        clause.names_film(start..at, |film| is_one_film(&known.titles, film))
    };
    let released = released.filter(|(_, span)| !is_other(span.start));
    if let Some((year, span)) = released {
        return Some(clause.said(Field::Year, year.to_string(), &span));
    }
    if let Some((year, span)) = directed_in(clause) {
        return Some(clause.said(Field::Year, year.to_string(), &span));
    }
    let mut possessives = clause.lowered.match_indices("’s ").chain(clause.lowered.match_indices("'s "));
    possessives.find_map(|(at, possessive)| {
        let (year, span) = own_at(at.saturating_add(possessive.len()))?;
        let near = span.end..span.end.saturating_add(start_of(clause.text.get(span.end..)?, REACH_BYTES).len());
        let is_other = clause.names_film(near.clone(), |film| is_one_film(&known.titles, film));
        let before = last_bytes(clause.lowered.get(..at)?, BEFORE_BYTES);
        // The sentence before may name the film, where whose it is opens this one.
        let sentence = before.rsplit(['.', '!', '?', ';']).next().unwrap_or_default();
        let opens = sentence.split_whitespace().count() <= NAME_WORDS_MAX;
        let before = if opens { before } else { sentence };
        let is_ours = names_title(known, before) || names_title(known, clause.lowered.get(near)?);
        let is_told = is_ours && !is_other && says_kind(clause.lowered.get(span.end..)?);
        is_told.then(|| clause.said(Field::Year, year.to_string(), &span))
    })
}

/// Where the year begins behind the part of it that stands at a place: `the spring of 2014`, `early 2014`, `March 2014`.
fn past_season(clause: &Clause<'_>, at: usize) -> Option<usize> {
    const WORDS_MAX: usize = 4;
    let mut start = at.saturating_add(1);
    for (passed, word) in clause.lowered.get(start..)?.split(' ').take(WORDS_MAX.saturating_add(1)).enumerate() {
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            return (passed > 0).then_some(start);
        }
        if !clause.fits(word, "part_of_year") && vocabulary().month(word).is_none() {
            return None;
        }
        start = start.saturating_add(word.len()).saturating_add(1);
    }
    None
}

/// Whether a text in lower case names the film.
fn names_title(known: &Known, lowered: &str) -> bool {
    known.lowered_titles.iter().any(|title| end_of(lowered, title).is_some())
}

/// Where a title last ends in a text, as whole words: no `Ash` in `crash`.
fn end_of(lowered: &str, title: &str) -> Option<usize> {
    const LETTERS_MIN: usize = 3;
    let is_apart = |beside: Option<char>| beside.is_none_or(|beside| !beside.is_alphanumeric() || is_cjk(beside));
    let places = lowered.rmatch_indices(title).filter(|_| title.len() >= LETTERS_MIN);
    places.map(|(at, title)| (at, at.saturating_add(title.len()))).find_map(|(at, end)| {
        let before = lowered.get(..at)?.chars().next_back();
        let after = lowered.get(end..)?.chars().next();
        (is_apart(before) && is_apart(after)).then_some(end)
    })
}

/// Whether the first words of a text say what kind of film something is: `sci-fi film`, `thriller-noir`.
fn says_kind(text: &str) -> bool {
    const WORDS_MAX: usize = 4;
    let mut words = text.split([' ', '/', '-']).filter(|word| !word.is_empty()).take(WORDS_MAX);
    words.any(is_kind)
}

/// Whether a word says what kind of film something is.
fn is_kind(word: &str) -> bool {
    let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    genres::is_film_noun(bare) || vocabulary().is_genre_noun(bare)
}

/// Whether the film's title, or the word for a film, stands before a place in the sentence.
fn follows_title(clause: &Clause<'_>, known: &Known, at: usize) -> bool {
    const REACH_BYTES: usize = 120;
    let before = last_bytes(clause.lowered.get(..at).unwrap_or_default(), REACH_BYTES);
    let sentence = before.rsplit(['.', '!', '?', ';']).next().unwrap_or_default();
    names_title(known, sentence) || sentence.split(' ').any(|word| genres::is_film_noun(word.trim_end_matches(',')))
}

/// `1922’s The Long Snow`, `the 1922 film The Long Snow`, `The Long Snow, a 1922 film`: a year right beside the title.
fn year_at_title(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    const TITLES_MAX: usize = 4;
    const QUOTES: [char; 8] = ['“', '”', '"', '‘', '’', '\'', '«', '»'];
    const PLACES_MAX: usize = 8;
    let said = |start: usize| {
        let (year, place) = year_at(clause, start)?;
        Some(clause.said(Field::Year, year.to_string(), &place))
    };
    let titles = known.lowered_titles.iter().filter(|title| title.len() > 2).take(TITLES_MAX);
    let places = titles.flat_map(|title| {
        let places = clause.lowered.match_indices(title.as_str()).take(PLACES_MAX);
        places.collect::<Vec<_>>()
    });
    let is_whole = |at: usize, title: &str| {
        let end = at.saturating_add(title.len());
        let beside = [
            clause.lowered.get(..at).and_then(|head| head.chars().next_back()),
            clause.lowered.get(end..).and_then(|rest| rest.chars().next()),
        ];
        !clause.is_comparison(at) && !beside.into_iter().flatten().any(char::is_alphanumeric)
    };
    places.into_iter().filter(|(at, title)| is_whole(*at, title)).find_map(|(at, title)| {
        let before = clause.lowered.get(..at)?.trim_end_matches(QUOTES);
        let owned = before.strip_suffix("’s ").or_else(|| before.strip_suffix("'s "));
        let of_kind = || {
            let (head, noun) = before.trim_end().rsplit_once(' ')?;
            is_kind(noun).then_some(head)
        };
        let ends = owned.or_else(of_kind).and_then(|head| said(head.len().checked_sub(4)?));
        ends.or_else(|| {
            let after = clause.lowered.get(at.saturating_add(title.len())..)?.trim_start_matches(QUOTES);
            // `“The Long Snow” from 1984 is`
            let from = after.strip_prefix(" from ").or_else(|| after.strip_prefix(", from "));
            if let Some(rest) = from.filter(|_| clause.language == "en") {
                return said(clause.text.len().checked_sub(rest.len())?);
            }
            let (article, rest) = after.strip_prefix(", ")?.split_once(' ')?;
            (clause.is_article(article) && says_kind(rest.get(4..)?))
                .then(|| said(clause.text.len().checked_sub(rest.len())?))?
        })
    })
}

/// `The Long Snow is a 1922 documentary film`: a year between the title's `is a` and the word for what it is.
fn year_of_kind(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    const BEFORE_BYTES_MAX: usize = 200;
    let hits = vocabulary().facts.find(&clause.lowered, clause.language).into_iter();
    // `this 1922 thriller` needs no title before it.
    let points = |hit: &Hit| hit.means("points_here", clause.language);
    // `It’s a 1922 thriller`
    let article = |hit: &Hit| {
        let rest = clause.lowered.get(hit.span.end..).and_then(|rest| rest.strip_prefix(' '));
        rest.and_then(|rest| rest.split(' ').next()).filter(|word| clause.fits(word, "indefinite"))
    };
    let is = |hit: &Hit| hit.means("is_a", clause.language) || hit.means("identifies", clause.language);
    hits.filter(|hit| is(hit) || points(hit)).find_map(|hit| {
        let told = article(&hit).map_or(0, |article| article.len().saturating_add(1));
        let start = hit.span.end.saturating_add(told).saturating_add(1);
        let (year, place) = year_at(clause, start)?;
        let before = last_bytes(clause.lowered.get(..hit.span.start)?, BEFORE_BYTES_MAX);
        let subject = before.rsplit(['.', '!', '?']).next()?.trim();
        let subject = subject.trim_matches(['“', '”', '"', '‘', '’', '«', '»', '_', '*']);
        // `It is a 1922 thriller`, where no other film was spoken of.
        let is_pronoun = subject.is_empty() && hit.means("identifies", clause.language);
        let is_it = (is_pronoun || clause.fits(subject, "told_of"))
            && !clause.names_film(0..hit.span.start, |film| is_one_film(&known.titles, film));
        let is_ours = points(&hit)
            || is_it
            || subject.len() > 2 && known.lowered_titles.iter().any(|title| title.contains(subject));
        let is_kind = says_kind(clause.lowered.get(place.end..)?);
        (is_ours && is_kind).then(|| clause.said(Field::Year, year.to_string(), &place))
    })
}

/// `『長い雪』は、合作による1922年の記録映画`: a year between the title and the word for what it is, where words have no spaces.
fn year_before_kind(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    const REACH_BYTES: usize = 120;
    clause.lowered.match_indices("年の").find_map(|(at, sign)| {
        let told = clause.lowered.get(..at)?.trim_end();
        let place = told.len().checked_sub(4)?..told.len();
        let (year, span) = values::year(clause.text.get(place.clone())?)?;
        let before = clause.lowered.get(..place.start)?.rsplit(['。', '！', '？']).next()?;
        let is_whole = span.len() == 4 && !before.ends_with(|digit: char| digit.is_ascii_digit());
        let rest = start_of(clause.lowered.get(at.saturating_add(sign.len())..)?, REACH_BYTES)
            .split(['。', '、', '『', '「'])
            .next()?;
        let names_kind = vocabulary().facts.count(rest, "film_noun", clause.language) > 0;
        (is_whole && names_title(known, before) && names_kind)
            .then(|| clause.said(Field::Year, year.to_string(), &place))
    })
}

/// `es un drama de 1922`, `diese Komödie aus dem Jahr 1922`: a year behind what the film is, where a language puts it there.
fn year_behind_kind(clause: &Clause<'_>, known: &Known) -> Option<Statement> {
    // The words for what it is, and what leads to the year.
    const WORDS_MAX: usize = 8;
    const BEFORE_BYTES_MAX: usize = 160;
    let hits = vocabulary().facts.find(&clause.lowered, clause.language).into_iter();
    // `película de` is a phrase of its own.
    let leads = |hit: &Hit| hit.means("of_year", clause.language) || hit.means("film_of", clause.language);
    hits.filter(leads).find_map(|hit| {
        let (year, place) = year_at(clause, hit.span.end.saturating_add(1))?;
        let before = last_bytes(clause.lowered.get(..place.start)?, BEFORE_BYTES_MAX);
        let sentence = before.rsplit(['.', '!', '?', ';']).next()?;
        let start = place.start.checked_sub(sentence.len())?;
        // Nothing but what the film is stands between the words that lead to it and the year.
        let within = sentence.get(..sentence.len().saturating_sub(hit.span.len()).saturating_sub(1))?;
        let leads = vocabulary().facts.find(within, clause.language).into_iter();
        let leads = leads.filter(|hit| hit.means("is_a", clause.language) || hit.means("points_here", clause.language));
        let title = known.lowered_titles.iter().filter_map(|title| end_of(within, title)).max();
        // `est un film` holds the noun itself.
        let from = leads.map(|hit| hit.span.start).chain(title).max();
        // `película de` holds the noun itself.
        let told = from.and_then(|from| sentence.get(from..))?;
        let words: Vec<&str> = told.split(' ').filter(|word| !word.is_empty()).collect();
        let is_of_kind = words.len() <= WORDS_MAX && words.iter().any(|word| is_kind(word));
        let is_other = || clause.names_film(start..place.start, |film| is_one_film(&known.titles, film));
        (is_of_kind && !clause.is_comparison(place.start) && !is_other())
            .then(|| clause.said(Field::Year, year.to_string(), &place))
    })
}

/// `directed by Mira Holt in 2001`.
fn directed_in(clause: &Clause<'_>) -> Option<(i32, Range<usize>)> {
    const PREPOSITIONS: [&str; 8] = [" in ", " nel ", " en ", " em ", " im jahr ", " im jahre ", " en el año ", ", "];
    clause.triggers("director_after").filter(|hit| !clause.is_comparison(hit.span.start)).find_map(|hit| {
        let name = clause.names.iter().find(|name| name.span.start == hit.span.end.saturating_add(1))?;
        let rest = clause.lowered.get(name.span.end..)?;
        let lead = PREPOSITIONS.iter().find(|lead| rest.starts_with(**lead))?;
        let start = name.span.end.saturating_add(lead.len());
        let (year, span) = values::year(clause.text.get(start..start.saturating_add(4))?)?;
        (span.start == 0).then(|| (year, start..start.saturating_add(span.end)))
    })
}

/// A date told as the release's.
struct Release {
    /// Where the text that the places are counted in starts.
    base: usize,
    /// The whole date.
    date: Option<(String, Range<usize>)>,
    /// The year.
    year: (i32, Range<usize>),
}

/// `released on 12 January 2001`, `premiered in February 1980`: a date of this film, and the year in it.
pub(super) fn released(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let release = released_on(clause).or_else(|| released_behind(clause, known));
    let Some(Release { base, date, year: (year, span) }) = release else { return Vec::new() };
    let at = |span: &Range<usize>| base.saturating_add(span.start)..base.saturating_add(span.end);
    let mut statements = vec![clause.said(Field::Year, year.to_string(), &at(&span))];
    statements.extend(date.map(|(date, span)| clause.said(Field::ReleaseDate, date, &at(&span))));
    statements
}

fn released_on(clause: &Clause<'_>) -> Option<Release> {
    const DATE_BYTES_MAX: usize = 24;
    clause.triggers("released_on").find_map(|hit| {
        let rest = clause.text.get(hit.span.end..)?;
        let rest = start_of(rest, DATE_BYTES_MAX);
        let is_other = clause.is_comparison(hit.span.start);
        let date = values::date(rest, clause.language == "en").filter(|(_, span)| span.start <= 1);
        let (year, span) = values::year(rest)?;
        // `in February 1980`: nothing but the month's name before the year.
        let month = rest.get(..span.start)?.trim().trim_end_matches(',');
        let is_month = vocabulary().month(&lower(month)).is_some();
        let is_dated = !is_other && (date.is_some() || is_month);
        is_dated.then_some(Release { base: hit.span.end, date, year: (year, span) })
    })
}

/// `2025年1月17日公開`: a date right before the word for a release.
fn released_behind(clause: &Clause<'_>, known: &Known) -> Option<Release> {
    const DATE_BYTES_MAX: usize = 40;
    const GAP_BYTES_MAX: usize = 10;
    // Articles are published in the same words: the line must name the film.
    let is_ours = known.lowered_titles.iter().any(|title| clause.lowered.contains(title.as_str()));
    clause.triggers("released_behind").filter(|_| is_ours).find_map(|hit| {
        let before = last_bytes(clause.text.get(..hit.span.start)?, DATE_BYTES_MAX);
        let base = hit.span.start.checked_sub(before.len())?;
        let (date, span) = values::date(before, clause.language == "en")?;
        let gap = before.len().checked_sub(span.end)?;
        let (year, within) = values::year(before.get(span.clone())?)?;
        let year = (year, span.start.saturating_add(within.start)..span.start.saturating_add(within.end));
        let is_near = gap <= GAP_BYTES_MAX && !clause.is_comparison(hit.span.start);
        is_near.then_some(Release { base, date: Some((date, span)), year })
    })
}

/// `2004 yapımı`: a year, and the word for what was made in it.
fn year_made(clause: &Clause<'_>) -> Option<Statement> {
    clause.triggers("made_in_year").find_map(|hit| {
        let head = clause.text.get(..hit.span.start)?.trim_end();
        let start = head.len().checked_sub(4)?;
        let (year, _) = values::year(head.get(start..)?)?;
        let is_own = !head.get(..start)?.ends_with(char::is_alphanumeric) && !clause.is_comparison(start);
        is_own.then(|| clause.said(Field::Year, year.to_string(), &(start..head.len())))
    })
}
