//! The film's title, read off the headline and weighed by what the text calls its film.
//!
//! A headline holds a title in one of a few ways (`“X”: a subtitle`, `X Movie Review`, `X (Y, 2013)`, `X, Directed By
//! Y`); which of its parts is the title, the text decides: a film's review names its film.

mod beside;
mod dissect;
mod elsewhere;
mod known_films;
mod likeness;
mod mentions;
mod named_film;
mod outside;
mod quotes;
mod review_words;
mod signed;
mod told;
mod watching;

use crate::extraction::{Field, Source, Span};
use crate::folding::{key, lower, title_key};
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::sources::prose::{genre_phrase, prose_blocks, titled_words};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{is_known_film, vocabulary};

pub(crate) use likeness::is_remark;
pub(crate) use review_words::is_review_phrase;
pub(super) use signed::take_starring;
pub(crate) use watching::{begins_with_watching, ends_with_watching};

use beside::beside_title;
use dissect::{Dissected, Part, dissect};
use likeness::{Likeness, likeness};
use mentions::Mentions;

/// Weight from which a part of the headline is the title, whatever the text speaks of.
const SURE_WEIGHT: i32 = 8;

/// Weight by its form of a part of the headline that quotes or brackets set apart.
const QUOTED_WEIGHT: i32 = 9;

/// Weight of a whole headline that the text names.
const WHOLE_WEIGHT: i32 = 11;

/// Text that would name its film.
const TELLING_TEXT_BYTES: usize = 1_200;

/// What the headline says of the film.
#[derive(Debug, Default)]
pub(crate) struct TitleReading {
    /// Titles, years, directors.
    pub statements: Vec<Statement>,
    /// The likeliest title.
    pub title: Option<String>,
    /// How sure that is: 0 is a guess.
    pub confidence: i32,
    /// Whether it reads as a person's name, and nothing states that it is a title.
    pub is_person: bool,
    /// Whether the headline itself says that it is a review.
    pub says_review: bool,
    /// Whether a sentence of the text calls it a film in so many words.
    pub is_called_film: bool,
}

/// Reads the film's title. `stated` are titles that structured data and credit blocks give, best first.
pub(crate) fn read(reading: Reading<'_>, headline: &Headline, head: &Metadata, stated: &[String]) -> TitleReading {
    let page_title = head.title.as_deref();
    let mentions = Mentions::of(reading.page, headline);
    let (mut dissected, names_nothing) = candidates(reading, headline, page_title, stated, &mentions);
    let mut result = TitleReading { says_review: dissected.says_review, ..TitleReading::default() };
    let chosen = choose(reading, headline, &dissected, &mentions, page_title, stated);
    // `Orchard (Pomar, 2012)`: what stands before the year of a headline is its title, whatever the text goes on about.
    let is_dated = |part: &Part| signed::is_dated(part, &headline.text, dissected.year.as_ref());
    let subject = if stated.is_empty() && !chosen.as_ref().is_some_and(|(part, _)| is_dated(part)) {
        subject(reading, &mentions, (headline, head), names_nothing, chosen.as_ref())
    } else {
        None
    };
    // A headline shortens what the text names whole: `Moon Tax` for `Priya & the Moon Tax`.
    let shortened = chosen.as_ref().filter(|_| stated.is_empty());
    let whole = shortened.and_then(|(part, _)| mentions.longer(trimmed(&part.text).0));
    if whole.is_some() {
        result.confidence = chosen.as_ref().map_or(0, |(_, weight)| *weight);
    }
    let subject = subject.filter(|_| chosen.as_ref().is_none_or(|(_, weight)| *weight < SURE_WEIGHT));
    if let Some(span) = whole.or(subject) {
        // An essay's headline: what the essay is about stands in its text alone.
        let (title, offset) = trimmed(reading.page.quote(&span));
        let start = span.start.saturating_add(offset);
        let statement = Statement::new(Field::Title, title, Source::Prose).at(start..start.saturating_add(title.len()));
        result.title = Some(title.to_owned());
        result.statements.push(statement.with(Certainty::Plain));
    } else if let Some((part, weight)) = chosen {
        let (title, offset) = trimmed(&part.text);
        let source = if headline.text.contains(title) { Source::Headline } else { Source::Metadata };
        let spelled = elsewhere::spelled(page_title, title);
        let mut statement = Statement::new(Field::Title, spelled, source).with(Certainty::Plain);
        if let Some(base) = &headline.span {
            let start = base.start.saturating_add(part.start).saturating_add(offset);
            let span = start..start.saturating_add(title.len());
            if reading.page.quote(&span) == title {
                statement = statement.at(span);
            }
        }
        // A portrait goes on naming whom it portrays.
        result.is_person = stated.is_empty() && mentions.names_person(title);
        result.title = Some(spelled.to_owned());
        result.confidence = weight;
        result.statements.push(statement);
    }
    result.statements.extend(in_page_title(page_title, result.title.as_deref(), reading.language));
    dissected.year = dissected.year.take().or_else(|| year_after(&headline.text, result.title.as_deref()?));
    if let Some(title) = result.title.as_deref().filter(|_| dissected.directors.is_empty()) {
        dissected.directors = signed::named_after(&headline.text, title, reading.language);
    }
    let owner = result.title.as_deref().and_then(|title| signed::owner(&headline.text, title));
    result.statements.extend(facts(reading, headline, &dissected, owner.as_ref()));
    result.is_called_film = result.title.as_deref().is_some_and(|title| elsewhere::is_defined(reading, title));
    if let Some(title) = &result.title {
        result.statements.extend(beside_title(reading, headline, title));
    }
    result
}

/// Whether what structured data names a film is the page's headline, with the site's name or the words for a review:
/// `{"@type": "Movie", "name": "Orchard Review | The Lantern"}`.
pub(crate) fn is_headline(title: &str, headline: &Headline, head: &Metadata, language: &str) -> bool {
    let own = key(title);
    let is_pages = own == key(&headline.text) || head.title.as_deref().is_some_and(|page| key(page) == own);
    is_pages && (title.contains('|') || review_words::says_review(&lower(title), language))
}

/// All titles that the headline, the address and the page's own title may mean, and whether the text names no part of the
/// headline.
fn candidates(
    reading: Reading<'_>,
    headline: &Headline,
    page_title: Option<&str>,
    stated: &[String],
    mentions: &Mentions,
) -> (Dissected, bool) {
    let mut dissected = dissect(&headline.text, reading.language);
    let is_named = |part: &Part| mentions.named(trimmed(&part.text).0) > 0;
    let names_nothing = !dissected.parts.iter().any(is_named);
    dissected.parts.extend(elsewhere::in_address(reading.page, &headline.text, reading.language));
    dissected.parts.extend(elsewhere::in_page_title(page_title, headline, &dissected, reading.language));
    dissected.parts.extend(elsewhere::quoted_in_page_title(page_title, &headline.text));
    dissected.parts.extend(elsewhere::said_of_film(&headline.text, reading.language));
    dissected.parts.extend(signed::beginnings(&headline.text, reading.language));
    let unowned: Vec<Part> = dissected.parts.iter().filter_map(signed::without_owner).collect();
    dissected.parts.extend(unowned);
    let page_named = elsewhere::as_page_title(page_title, &headline.text);
    dissected.parts.extend(page_named.clone());
    // `I Saw the Devil`: what looks like words around a title is a part of it where the text names it whole.
    let whole = headline.text.split(['(', '[']).next().unwrap_or_default().trim();
    let whole = signed::before_name(whole).unwrap_or(whole);
    let is_new = !dissected.parts.iter().any(|part| key(&part.text) == key(whole));
    let is_said = is_new && whole.contains(' ') && mentions.named(whole) > 0;
    dissected.parts.extend(is_said.then(|| Part { text: whole.to_owned(), weight: WHOLE_WEIGHT, ..Part::default() }));
    dissected.parts.extend(elsewhere::as_addressed(reading.page, &headline.text, &mentions.printed));
    dissected.parts.extend(named_inside(reading, &headline.text, mentions, names_nothing && stated.is_empty()));
    let is_said = |title: &str| times_as_name(reading, mentions, title) > 0 || mentions.set_apart(title) > 0;
    let known = known_films::inside(&headline.text, is_said);
    // `Paradise Lost and Found`: what the text names whole is no known film with words around it.
    let is_part_of_named = |film: &Part| {
        let holds = |part: &&Part| part.text.len() > film.text.len() && part.text.contains(film.text.as_str());
        dissected.parts.iter().filter(holds).any(|part| {
            let times = mentions.named(trimmed(&part.text).0);
            // All that the headline says, said in the text as well, is the title, however often the shorter one is.
            let is_whole = key(&part.text) == key(whole);
            times > 0 && (is_whole || times >= mentions.named(&film.text))
        })
    };
    let is_part_of_page =
        |film: &Part| page_named.as_ref().is_some_and(|whole| whole.text.contains(film.text.as_str()));
    let known: Vec<Part> = known.into_iter().filter(|film| !is_part_of_named(film) && !is_part_of_page(film)).collect();
    dissected.parts.extend(known);
    (dissected, names_nothing)
}

/// What the text says its subject is, where the headline names nothing that the text does, or nothing that it calls a work
/// while it names another again and again.
fn subject(
    reading: Reading<'_>,
    mentions: &Mentions,
    (headline, head): (&Headline, &Metadata),
    names_nothing: bool,
    chosen: Option<&(&Part, i32)>,
) -> Option<Span> {
    const TIMES_MIN: usize = 3;
    // Quotes of Chinese, Japanese and Korean texts are for works alone.
    const TIMES_MIN_CJK: usize = 2;
    const TIMES_TELLING: usize = 5;
    if names_nothing {
        let is_cjk = matches!(reading.language, "zh" | "ja" | "ko");
        let set_apart = mentions
            .subject(if is_cjk { TIMES_MIN_CJK } else { TIMES_MIN })
            .filter(|_| mentions.text.len() >= TELLING_TEXT_BYTES);
        let opening = || {
            // A headline that only says what the page is: the text begins with what it is about.
            let first = prose_blocks(reading.page).next().filter(|_| chosen.is_none())?;
            mentions.first(first.span.start)
        };
        let said =
            set_apart.or_else(|| elsewhere::defined(reading)).or_else(|| mentions.watched(reading)).or_else(opening);
        let likeness = match chosen {
            Some(_) => likeness(&headline.text, reading.language),
            None => Likeness::Remark,
        };
        // What the text has a word of, what everybody knows and what quotes set apart is the title.
        let is_title = chosen.is_some_and(|(part, _)| {
            let title = trimmed(&part.text).0;
            let is_known = || likeness > Likeness::Remark && is_known_film(&key(title));
            mentions.named(title) > 0 || part.weight >= QUOTED_WEIGHT || is_known()
        });
        return said.or_else(|| told::subject(reading, headline, head, likeness).filter(|_| !is_title));
    }
    let is_work = chosen.is_some_and(|(part, _)| mentions.set_apart(trimmed(&part.text).0) > 0);
    mentions.subject(TIMES_TELLING).filter(|_| !is_work)
}

/// How often the text has words as a name. Where all nouns have capitals, one of them names nothing by its own.
fn times_as_name(reading: Reading<'_>, mentions: &Mentions, words: &str) -> usize {
    let is_noun = vocabulary().writes(reading.language, "capital_nouns") && !words.contains(' ');
    if is_noun { 0 } else { mentions.proper(words) }
}

/// Words of the headline that the text sets apart as a work: `Into the cold of Orchard`, where `Orchard` stands in italics.
/// Where the text names no part of the headline (`names_nothing`), also a proper name in it that the text goes on to use.
fn named_inside(reading: Reading<'_>, headline: &str, mentions: &Mentions, names_nothing: bool) -> Vec<Part> {
    const WORDS_MAX: usize = 7;
    const WEIGHT: i32 = 3;
    const PROPER_MIN: usize = 2;
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for word in headline.split(' ').take(40) {
        let start = starts.last().map_or(0, |(at, before)| at.saturating_add(before.len()).saturating_add(1));
        starts.push((start, word));
    }
    let mut parts = Vec::new();
    for (from, (start, first)) in starts.iter().enumerate() {
        // `7 Chinese Brothers`
        let is_number = first.bytes().all(|byte| byte.is_ascii_digit());
        // The article before it is a part of the title.
        let is_led = from
            .checked_sub(1)
            .and_then(|before| starts.get(before))
            .is_some_and(|(_, before)| before.starts_with(char::is_uppercase) && mentions::is_article(&lower(before)));
        if !first.chars().any(char::is_uppercase) && !is_number || is_led {
            continue;
        }
        for (last, word) in starts.iter().skip(from).take(WORDS_MAX) {
            let end = last.saturating_add(word.len());
            let printed = headline.get(*start..end).unwrap_or_default();
            let words = printed.trim_end_matches([',', ':', ';']);
            if words.ends_with("’s") || words.ends_with("'s") {
                continue;
            }
            let rest = headline.get(end..).unwrap_or_default().trim_start();
            let leads = *start == 0 && (words.len() < printed.len() || rest.starts_with('–'));
            let is_work = key(words).len() >= 3 && mentions.set_apart(words) >= if leads { 1 } else { 2 };
            // Two capitals and more are no chance.
            let least = if words.contains(' ') { 1 } else { PROPER_MIN };
            if is_work || names_nothing && times_as_name(reading, mentions, words) >= least {
                parts.push(Part { text: words.to_owned(), start: *start, weight: WEIGHT, ..Part::default() });
            }
        }
    }
    parts
}

/// What the page's title has in brackets after the same title: `Ash (Cinza, 2022) — Site`.
fn in_page_title(page_title: Option<&str>, title: Option<&str>, language: &str) -> Vec<Statement> {
    let (Some(page_title), Some(title)) = (page_title, title) else { return Vec::new() };
    let Some((_, rest)) = page_title.split_once('(').filter(|(head, _)| title_key(head) == title_key(title)) else {
        return Vec::new();
    };
    let bracket = dissect::bracket(rest.split(')').next().unwrap_or_default(), title, language);
    let said = |field: Field, part: Part| Statement::new(field, part.text, Source::Metadata);
    let year = bracket.year.map(|part| said(Field::Year, part));
    year.into_iter().chain(bracket.original.map(|part| said(Field::OriginalTitle, part))).collect()
}

/// The year in `X 2015 Movie Review`, where the title is but `X`.
fn year_after(headline: &str, title: &str) -> Option<Part> {
    let at = headline.find(title)?.saturating_add(title.len());
    let rest = headline.get(at..)?;
    let (_, span) = crate::values::year(rest).filter(|(_, span)| span.start == 1 && rest.starts_with(' '))?;
    let text = rest.get(span.clone())?.to_owned();
    let is_whole =
        rest.get(span.end..).is_some_and(|after| after.is_empty() || after.starts_with([' ', ':', ',', '|']));
    is_whole.then(|| Part { text, start: at.saturating_add(span.start), ..Part::default() })
}

/// What a headline says beside the title; whose film it is only guesses at who directed.
fn facts(reading: Reading<'_>, headline: &Headline, dissected: &Dissected, owner: Option<&Part>) -> Vec<Statement> {
    let place = |at: usize, value: &str| -> Option<Span> {
        let span = headline
            .span
            .as_ref()
            .map(|span| span.start.saturating_add(at)..span.start.saturating_add(at).saturating_add(value.len()))?;
        (reading.page.quote(&span) == value).then_some(span)
    };
    let said = |field: Field, value: &str, at: usize| {
        let statement = Statement::new(field, value, Source::Headline).with(Certainty::Sure);
        match place(at, value) {
            Some(span) => statement.at(span),
            None => statement,
        }
    };
    let mut statements = Vec::new();
    statements.extend(genre(headline, reading.language));
    statements.extend(dissected.year.as_ref().map(|year| said(Field::Year, &year.text, year.start)));
    statements.extend(dissected.directors.iter().map(|name| said(Field::Director, &name.text, name.start)));
    statements.extend(dissected.original.as_ref().map(|title| said(Field::OriginalTitle, &title.text, title.start)));
    statements.extend(owner.map(|name| said(Field::Director, &name.text, name.start).with(Certainty::Weak)));
    statements
}

/// What a text sets apart by quotes.
pub(crate) fn quoted(text: &str) -> Vec<&str> {
    let parts = quotes::quoted(text).into_iter();
    parts.filter_map(|part| text.get(part.start..part.start.saturating_add(part.text.len()))).collect()
}

/// A genre that the headline names beside the title.
fn genre(headline: &Headline, language: &str) -> Option<Statement> {
    let lowered = lower(&headline.text);
    let span = genre_phrase(&lowered, language)?;
    let words = headline.text.get(span.clone())?;
    let statement = Statement::new(Field::Genre, titled_words(words), Source::Headline).with(Certainty::Weak);
    Some(match &headline.span {
        Some(base) => statement.at(base.start.saturating_add(span.start)..base.start.saturating_add(span.end)),
        None => statement,
    })
}

/// A part's words without the signs around them, and how much was cut off the front.
fn trimmed(text: &str) -> (&str, usize) {
    let strip =
        |character: char| character.is_whitespace() || "“”\"‘«»„『』「」《》〈〉＜＞<>,:;–—|*_/★☆".contains(character);
    let front = text.trim_start_matches(strip);
    // `'The Long Snow`, which the word behind the closing quote was taken off with.
    let opened = front.strip_prefix('\'').filter(|rest| !rest.contains('\'') && rest.starts_with(char::is_alphabetic));
    let front = opened.unwrap_or(front);
    let offset = text.len().saturating_sub(front.len());
    let bare = front.trim_end_matches(|character: char| {
        strip(character)
            || character == '’'
                && front.matches('’').count() == 1
                && !front.trim_end_matches('’').contains('’')
                && text.trim_start().starts_with('‘')
    });
    (bare.trim_end_matches('.').trim_end(), offset)
}

/// Whether words are those before a title: `Title`, `Film`.
fn labels_title(words: &str) -> bool {
    vocabulary().labels.exact(&lower(words)).is_some_and(|hit| hit.meaning("en", true) == Some("title"))
}

fn choose<'a>(
    reading: Reading<'_>,
    headline: &Headline,
    dissected: &'a Dissected,
    mentions: &Mentions,
    page_title: Option<&str>,
    stated: &[String],
) -> Option<(&'a Part, i32)> {
    let slug = reading.page.url.as_ref().map(|url| key(&url.path().replace(['-', '_', '/'], " "))).unwrap_or_default();
    let mut best: Option<(&Part, i32)> = None;
    let shortened = known_films::shortened(dissected, &headline.text, reading.language);
    let is_any_named = dissected.parts.iter().any(|part| mentions.named(trimmed(&part.text).0) > 0);
    for part in &dissected.parts {
        let (bare, _) = trimmed(&part.text);
        // `Review Title: Orchard`: the label of a title that the headline states.
        let is_label = || !stated.is_empty() && labels_title(bare);
        // `Movie Night #12`
        let is_count = bare.strip_prefix('#').is_some_and(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
        if bare.is_empty()
            || key(bare).is_empty()
            || is_count
            || is_label()
            || shortened.iter().any(|(first, _)| known_films::holds(first, bare))
        {
            continue;
        }
        let own = title_key(bare);
        let mut weight = part.weight;
        let first = shortened.iter().find(|(_, whole)| std::ptr::eq(*whole, part)).map_or(bare, |(first, _)| *first);
        weight = weight.saturating_add(mentions.marked(bare).max(mentions.marked(first)).min(4).saturating_mul(2));
        let is_known = is_known_film(&key(bare));
        // A text calls a sequel by the first half of its title.
        let first_half = part.halves.as_ref().map_or(0, |(first, _)| mentions.named(first));
        let named = mentions.named(bare).max(mentions.named(first)).max(if is_known { first_half } else { 0 });
        weight = weight.saturating_add(named.min(4));
        // A film's title and subtitle both come again in the text; a critic's own second line does not.
        let is_both_named = part.halves.as_ref().is_some_and(|(first, second)| {
            mentions.named(first) > 0 && mentions.named(second) > 0 && key(first) != key(second)
        });
        weight = weight.saturating_add(if is_both_named { 7 } else { 0 });
        weight = weight.saturating_add(if stated.iter().any(|title| title_key(title) == own) { 10 } else { 0 });
        weight = weight.saturating_add(i32::from(slug.contains(&own)));
        weight = weight.saturating_add(if is_known { known_films::KNOWN } else { 0 });
        weight =
            weight.saturating_add(i32::from(page_title.is_some_and(|title| title_key(title) == own)).saturating_mul(2));
        // A review names its film; what it never names is where it was shown, or what the column is called.
        let is_unnamed = named == 0 && mentions.marked(bare) == 0 && first_half == 0;
        let is_telling = is_any_named || mentions.text.len() >= TELLING_TEXT_BYTES;
        weight = weight.saturating_sub(match is_any_named {
            _ if !(is_unnamed && is_telling && stated.is_empty()) => 0,
            true => 6,
            false => 4,
        });
        // Sentences are no titles.
        let words = bare.split(' ').count();
        weight = weight.saturating_sub(if words > 9 {
            6
        } else if words > 6 {
            2
        } else {
            0
        });
        // `7 Brothers` and `7 Brothers Fall`: of two that the text names as often, the longer is the whole.
        let is_whole = best.is_some_and(|(known, points)| {
            let known = trimmed(&known.text).0;
            weight == points && bare.starts_with(known) && mentions.named(bare) == mentions.named(known)
        });
        if is_whole || best.is_none_or(|(_, known)| weight > known) {
            best = Some((part, weight));
        }
    }
    best
}
