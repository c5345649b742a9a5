//! The work that a text is about, where its headline names none: every name with capitals, in quotes or in italics, and every
//! well-known film, weighed by what stands around its mentions and by where else the page has it.
//!
//! Weighs signs; a headline that may be the title itself needs more against it than a remark does. Must not know which words
//! frame titles in headlines.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::extraction::Span;
use crate::folding::{key, last_bytes, lower, start_of, title_key};
use crate::names::{has_given_name, is_person, names_in};
use crate::page::{Block, Mark, MarkKind};
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::sources::prose::{genre_phrase, is_present, prose_blocks};
use crate::values;
use crate::vocabulary::{films_in, is_known_film, trade_of, vocabulary};

use super::likeness::Likeness;
use super::named_film::follows_film;
use super::outside::Outside;
use super::watching::{begins_with_watching, ends_with_watching};
use super::{elsewhere, quotes};

/// Paragraphs read.
const BLOCKS_MAX: usize = 60;

/// Shortest paragraph that counts as one.
const PARAGRAPH_BYTES_MIN: usize = 40;

/// Text read of one.
const BLOCK_BYTES_MAX: usize = 8_000;

/// Paragraphs at whose start a work may be set apart as what the text is about.
const HEADED_BLOCKS_MAX: usize = 2;

/// Mentions weighed.
const MENTIONS_MAX: usize = 600;

/// How much of a sentence around a mention tells of it.
const REACH_BYTES: usize = 48;

/// Words of the longest title taken.
const WORDS_MAX: usize = 8;

/// Mentions in which one sign counts.
const TIMES_MAX: i32 = 3;

/// What tells that a name is that of the work which the text is about, or that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sign {
    /// Named at all.
    Named,
    /// Named again.
    Again,
    /// In quotes or italics.
    SetApart,
    /// In quotes or italics again.
    SetApartAgain,
    /// The first work in quotes or italics.
    FirstSetApart,
    /// In the first paragraph.
    Early,
    /// Set apart at the very start of a paragraph, with a sign behind it: `<b>The Long Snow</b> – at the Ritzy`.
    Heads,
    /// Told of as watched.
    Watched,
    /// Right after the word for a film.
    AfterFilm,
    /// Its plot, script or ending is told of.
    Owned,
    /// Words of film near it.
    FilmNear,
    /// Its kind stands right behind it: `The Long Snow, a slow thriller`.
    Kind,
    /// A sentence says that it is a film.
    Defined,
    /// A year or a length in a bracket behind it.
    Dated,
    /// What something is likened to, or somebody is known for.
    Compared,
    /// In a bracket.
    Bracketed,
    /// Behind a possessive: `Berg’s The Long Snow`.
    Owner,
    /// Behind whoever directed it: `director Ada Berg’s The Long Snow`.
    Directed,
    /// What the sentence takes place in: `In “The Long Snow,” two friends …`.
    Within,
    /// Told as what is shown: `The Long Snow is in cinemas now`.
    Showing,
    /// Told as where something is: `at the Ritzy`.
    Place,
    /// In a row with another work.
    Listed,
    /// A well-known film of more words than one.
    Known,
    /// A well-known film of one word.
    KnownWord,
    /// One word.
    Word,
    /// The headline has one of its words.
    InHeadline,
    /// The page's address has it.
    InAddress,
    /// `<title>` has it.
    InPageTitle,
    /// It is what a sentence begins with and tells of: `The Long Snow follows …`.
    Subject,
    /// A verb that tells of a story follows: `The Long Snow tells the story of …`.
    TellsStory,
    /// The head's description or keywords have it, or the article's tags.
    InHead,
    /// A picture's name or text has it.
    InPictures,
    /// A person, or a part of a person's name.
    Person,
    /// The site, a series, a place, a month.
    Other,
}

/// Points for or against, rounded from a fit over labelled reviews whose headlines do not name their films.
fn points(sign: Sign) -> i32 {
    match sign {
        Sign::Defined => 8,
        Sign::InPictures | Sign::Dated | Sign::Kind | Sign::InHeadline => 6,
        Sign::Known | Sign::Heads | Sign::Showing => 6,
        Sign::KnownWord | Sign::FirstSetApart => 5,
        Sign::Owned | Sign::Watched | Sign::InAddress | Sign::TellsStory => 4,
        Sign::Subject | Sign::AfterFilm | Sign::Within => 3,
        Sign::Directed => 5,
        Sign::Again | Sign::InHead | Sign::InPageTitle => 2,
        Sign::SetApart | Sign::SetApartAgain | Sign::Early => 1,
        Sign::FilmNear => 0,
        Sign::Named | Sign::Compared => -1,
        Sign::Owner => -3,
        Sign::Word | Sign::Listed | Sign::Place => -4,
        Sign::Person | Sign::Other => -7,
        Sign::Bracketed => -10,
    }
}

/// Points that a work of the text needs to be its subject under a headline.
fn points_min(likeness: Likeness) -> i32 {
    match likeness {
        Likeness::Remark => 2,
        Likeness::Short => 7,
        Likeness::Titled => 12,
    }
}

/// A work, or whatever else has capitals.
pub(super) struct Work {
    first: Span,
    pub words: String,
    pub signs: HashMap<Sign, i32>,
}

impl Work {
    pub(super) fn tell(&mut self, sign: Sign) {
        let times = self.signs.entry(sign).or_insert(0);
        *times = times.saturating_add(1);
    }

    fn points(&self) -> i32 {
        self.signs.iter().map(|(sign, times)| points(*sign).saturating_mul((*times).min(TIMES_MAX))).sum()
    }
}

/// What the text is about, under a headline that is this much like a title. What is but a word of the headline is not it.
pub(super) fn subject(reading: Reading<'_>, headline: &Headline, head: &Metadata, likeness: Likeness) -> Option<Span> {
    let mut works = works(reading);
    let page = Outside::of(reading, headline, head);
    for (own, work) in &mut works {
        page.tell(own, work);
    }
    let least = points_min(likeness);
    let is_part = |own: &str| likeness > Likeness::Remark && page.headline.contains(&format!(" {own} "));
    let others = works.into_iter().filter(|(own, _)| !is_part(own)).map(|(_, work)| work);
    let weighed = others.map(|work| (work.points(), work)).filter(|(points, _)| *points >= least);
    let best = weighed.max_by_key(|(points, work)| (*points, std::cmp::Reverse(work.first.start)));
    best.map(|(_, work)| work.first)
}

/// Everything in the text that may be a work's name, by its key, with what stands around it.
fn works(reading: Reading<'_>) -> HashMap<String, Work> {
    let mut works: HashMap<String, Work> = HashMap::new();
    let mut surnames: HashSet<String> = HashSet::new();
    let (mut mentions, mut first_set_apart) = (0_usize, None);
    let mut paragraphs = 0_usize;
    for block in prose_blocks(reading.page).take(BLOCKS_MAX) {
        // A byline is no paragraph.
        let order = paragraphs;
        paragraphs = paragraphs.saturating_add(usize::from(block.span.len() >= PARAGRAPH_BYTES_MIN));
        let text = start_of(reading.page.block_text(block), BLOCK_BYTES_MAX);
        let lowered = lower(text);
        let people = names_in(text, reading.language).into_iter().filter_map(|name| text.get(name.span));
        let people = people.filter(|name| is_person(name) && has_given_name(name));
        surnames.extend(people.flat_map(|name| name.split(' ').map(key)));
        let found = named(reading, block, text);
        for (at, mention) in found.iter().enumerate() {
            mentions = mentions.saturating_add(1);
            let words = text.get(mention.span.clone()).unwrap_or_default();
            let own = title_key(words);
            if own.is_empty() || mentions > MENTIONS_MAX {
                continue;
            }
            if mention.is_set_apart && first_set_apart.is_none() {
                first_set_apart = Some(own.clone());
            }
            let start = block.span.start;
            let work = works.entry(own).or_insert_with(|| Work {
                first: start.saturating_add(mention.span.start)..start.saturating_add(mention.span.end),
                words: words.to_owned(),
                signs: HashMap::new(),
            });
            let is_new = work.signs.is_empty();
            work.tell(if is_new { Sign::Named } else { Sign::Again });
            if mention.is_set_apart {
                let is_first = !work.signs.contains_key(&Sign::SetApart);
                work.tell(if is_first { Sign::SetApart } else { Sign::SetApartAgain });
            }
            if order == 0 && is_new {
                work.tell(Sign::Early);
            }
            let rest = text.get(mention.span.end..).unwrap_or_default();
            if order < HEADED_BLOCKS_MAX && mention.is_set_apart && mention.span.start == 0 && opens_line(rest) {
                work.tell(Sign::Heads);
            }
            let before = at.checked_sub(1).and_then(|at| found.get(at));
            if before
                .is_some_and(|before| before.is_set_apart && mention.is_set_apart && is_listed(text, before, mention))
            {
                work.tell(Sign::Listed);
            }
            for sign in around(reading, &lowered, mention) {
                work.tell(sign);
            }
        }
        for sentence in text.split_inclusive(". ") {
            let Some(length) = elsewhere::subject(sentence, reading.language) else { continue };
            let own = title_key(sentence.get(..length).unwrap_or_default());
            if let Some(work) = works.get_mut(&own) {
                work.tell(Sign::Defined);
            }
        }
    }
    if let Some(work) = first_set_apart.and_then(|own| works.get_mut(&own)) {
        work.tell(Sign::FirstSetApart);
    }
    for (own, work) in &mut works {
        let is_name = !own.contains(' ') && (surnames.contains(own) || vocabulary().is_given_name(own));
        if is_name && !work.signs.contains_key(&Sign::SetApart) {
            work.tell(Sign::Person);
        }
    }
    works
}

/// A name in a text.
struct Mention {
    span: Range<usize>,
    /// Whether it stands in quotes or italics.
    is_set_apart: bool,
}

/// Whether two works stand in a row: `“Orchard” and “Ash”`.
fn is_listed(text: &str, before: &Mention, after: &Mention) -> bool {
    let between = text.get(before.span.end..after.span.start).unwrap_or_default();
    let bare = between.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '&');
    between.len() <= REACH_BYTES && (bare.is_empty() || vocabulary().is_joiner(&lower(bare)))
}

/// Everything in a paragraph that may be a work's name, in order.
fn named(reading: Reading<'_>, block: &Block, text: &str) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let quoted = quotes::quoted(text).into_iter().map(|part| part.start..part.start.saturating_add(part.text.len()));
    // Bold words are any; at the start of a line, with a sign behind them, they are what it is about.
    let heads = |mark: &Mark| {
        let rest = reading.page.text.get(mark.span.end..block.span.end);
        // `Our rating: ●●●●○ (4 of 5)`
        let is_label = reading.page.quote(&mark.span).contains([':', '：']);
        mark.kind == MarkKind::Strong
            && mark.span.start == block.span.start
            && !is_label
            && rest.is_some_and(opens_line)
    };
    let emphasised =
        block.marks.iter().filter(|mark| mark.kind == MarkKind::Emphasis || heads(mark)).map(|mark| {
            mark.span.start.saturating_sub(block.span.start)..mark.span.end.saturating_sub(block.span.start)
        });
    for span in quoted.chain(emphasised) {
        let bare = text.get(span.clone()).map_or("", |words| words.trim_end_matches([',', '.', '!', ';', ':', ' ']));
        let span = span.start..span.start.saturating_add(bare.len());
        let fits = bare.split(' ').count() <= WORDS_MAX && may_be_work(bare, true, reading.language);
        if fits && !overlaps(&mentions, &span) {
            mentions.push(Mention { span, is_set_apart: true });
        }
    }
    // `THE LONG SNOW is slow`: capitals amid other letters set a title apart.
    let shouted = if text.chars().any(char::is_lowercase) { shouted(text) } else { Vec::new() };
    for span in shouted {
        let words = text.get(span.clone()).unwrap_or_default();
        let is_somebody = is_person(words) && has_given_name(words);
        if !is_somebody && may_be_work(words, true, reading.language) && !overlaps(&mentions, &span) {
            mentions.push(Mention { span, is_set_apart: true });
        }
    }
    // Where all nouns have capitals, these tell of no name.
    let is_telling = !vocabulary().writes(reading.language, "capital_nouns");
    let titled = if is_telling { titled(text, reading.language) } else { Vec::new() };
    // What everybody knows whole comes before runs of words, which signs cut: `The Long Snow: The Return`.
    for span in films_in(text).into_iter().chain(titled) {
        let words = text.get(span.clone()).unwrap_or_default();
        if may_be_work(words, false, reading.language) && !overlaps(&mentions, &span) {
            mentions.push(Mention { span, is_set_apart: false });
        }
    }
    mentions.sort_by_key(|mention| mention.span.start);
    mentions
}

/// Whether a line goes on with a sign behind what it begins with.
fn opens_line(rest: &str) -> bool {
    [" –", " —", " -", " (", " |", ", "].iter().any(|sign| rest.starts_with(sign))
}

fn overlaps(mentions: &[Mention], span: &Range<usize>) -> bool {
    mentions.iter().any(|one| one.span.start < span.end && span.start < one.span.end)
}

/// Runs of two words and more in capitals alone.
fn shouted(text: &str) -> Vec<Range<usize>> {
    const LETTERS_MIN: usize = 8;
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut at = 0_usize;
    let mut open: Option<Range<usize>> = None;
    for word in text.split(' ') {
        let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        let lead = word.find(bare).unwrap_or(0);
        let is_loud = !bare.is_empty() && !bare.chars().any(char::is_lowercase);
        let start = at.saturating_add(lead);
        if is_loud && (lead == 0 || open.is_none()) {
            open = Some(open.map_or(start, |run| run.start)..start.saturating_add(bare.len()));
        } else {
            runs.extend(open.take());
        }
        if lead.saturating_add(bare.len()) < word.len() {
            runs.extend(open.take());
        }
        at = at.saturating_add(word.len()).saturating_add(1);
    }
    runs.extend(open);
    let is_title = |run: &Range<usize>| {
        let words = text.get(run.clone()).unwrap_or_default();
        let letters = words.chars().filter(|letter| letter.is_uppercase()).count();
        words.contains(' ') && letters >= LETTERS_MIN && words.split(' ').count() <= WORDS_MAX
    };
    runs.into_iter().filter(is_title).collect()
}

/// Runs of words with capitals, over the small words between them; what only starts a sentence left off.
fn titled(text: &str, language: &str) -> Vec<Range<usize>> {
    const SMALL_LETTERS_MAX: usize = 4;
    let is_small = |word: &str| {
        word.starts_with(char::is_lowercase) && word.len() <= SMALL_LETTERS_MAX && vocabulary().is_stop(word, language)
            || word == "&"
    };
    let is_article =
        |word: &str| vocabulary().facts.exact(&lower(word)).is_some_and(|hit| hit.means("article", language));
    let mut runs = Vec::new();
    let mut run: Option<(Range<usize>, usize)> = None;
    let (mut at, mut opens) = (0_usize, true);
    for word in text.split(' ') {
        let lead = word.len().saturating_sub(word.trim_start_matches(|sign: char| !sign.is_alphanumeric()).len());
        let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '!' && sign != '?');
        let owned = bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s"));
        let start = at.saturating_add(lead);
        let is_number = bare.starts_with(|first: char| first.is_ascii_digit()) && bare.len() < 4;
        let is_capital = bare.starts_with(char::is_uppercase) || is_number && run.is_some();
        // `The Long Snow is …`: an article that a sentence begins with may be the title's.
        let is_stop = opens && vocabulary().is_stop(&lower(owned.unwrap_or(bare)), language) && !is_article(bare);
        let is_short = run.as_ref().is_none_or(|(_, words)| *words < WORDS_MAX);
        if is_capital && (lead == 0 || run.is_none()) && is_short && !(is_stop && run.is_none()) {
            let end = start.saturating_add(owned.unwrap_or(bare).len());
            let (from, words) = run.map_or((start, 0), |(span, words)| (span.start, words));
            run = Some((from..end, words.saturating_add(1)));
        } else if !(run.is_some() && is_small(word)) {
            runs.extend(run.take());
        }
        // A sign behind the word ends the name.
        let tail = word.get(lead.saturating_add(bare.len())..).unwrap_or_default();
        if !tail.is_empty() || owned.is_some() {
            runs.extend(run.take());
        }
        opens = word.ends_with(['.', '!', '?', '”', '"', ':', '\n', '…', ')']) || bare.is_empty() && opens;
        at = at.saturating_add(word.len()).saturating_add(1);
    }
    runs.extend(run);
    let spans = runs.into_iter().map(|(span, _)| span).filter(|span| !span.is_empty());
    spans.filter(|span| text.get(span.clone()).is_some_and(|words| !is_article(words))).collect()
}

/// Whether words may name a work: neither people, nor days, nor what somebody says.
fn may_be_work(words: &str, is_set_apart: bool, language: &str) -> bool {
    const LETTERS_MIN: usize = 4;
    let is_known = is_known_film(&key(words));
    let has_day = || words.split([' ', '.']).any(|word| vocabulary().month(&lower(word)).is_some()) && !is_known;
    let is_somebody = |part: &str| is_person(part) && (has_given_name(part) || trade_of(&key(part)).is_some());
    let names_people = || words.split(" and ").any(is_somebody) && !is_known;
    // English titles are written with capitals, what people say is not.
    let is_titled =
        words.split(' ').filter(|word| word.len() >= LETTERS_MIN).all(|word| !word.starts_with(char::is_lowercase));
    let shouts = words.contains(' ') && !words.chars().any(char::is_lowercase);
    let letters = words.chars().filter(|letter| letter.is_alphanumeric()).count();
    letters > 1
        && !words.starts_with(char::is_lowercase)
        && !has_day()
        && (is_set_apart || !shouts && !names_people())
        && (language != "en" || is_titled)
}

/// Whether the first words of a text have the word for a film: `a Korean movie in which …`.
fn names_film(told: &str, language: &str) -> bool {
    const WORDS_MAX: usize = 5;
    let fits = |word: &str, meaning| vocabulary().facts.exact(word).is_some_and(|hit| hit.means(meaning, language));
    let mut words = told.split([' ', ',', '.']).take(WORDS_MAX);
    let is_new = |article: &str| fits(article, "indefinite") && !fits(article, "points_here");
    words.next().is_some_and(is_new) && words.any(|word| fits(word, "film_noun"))
}

/// What stands around one mention.
fn around(reading: Reading<'_>, lowered: &str, mention: &Mention) -> Vec<Sign> {
    const ENDS: [char; 5] = ['.', '!', '?', ';', '\n'];
    let before = last_bytes(lowered.get(..mention.span.start).unwrap_or_default(), REACH_BYTES);
    let before = before.rsplit(ENDS).next().unwrap_or_default();
    let after = start_of(lowered.get(mention.span.end..).unwrap_or_default(), REACH_BYTES);
    let near = after.split(ENDS).next().unwrap_or_default();
    let of_films = vocabulary().words.count(near, "film", reading.language) > 0;
    let is_owned = near.starts_with("’s") || near.starts_with("'s");
    let compared = vocabulary()
        .triggers
        .find(before, reading.language)
        .iter()
        .any(|hit| hit.means("comparison", reading.language) || hit.means("elsewhere", reading.language));
    let in_bracket = before.rfind('(').is_some_and(|open| before.rfind(')').is_none_or(|close| close < open));
    let past_quote = near.trim_start_matches(['”', '"', '’', '\'', '»', '」', '』']);
    let bracket = past_quote.trim_start().strip_prefix('(');
    let inside = bracket.and_then(|bracket| bracket.split(')').next()).unwrap_or_default();
    let is_dated = values::year(inside).is_some() || values::runtime(inside).is_some();
    // `The Long Snow (2014), a slow thriller`
    let past_bracket = bracket.and_then(|bracket| bracket.split_once(')')).map_or(past_quote, |(_, rest)| rest);
    let told = past_bracket.trim_start_matches([',', ' ', '”', '"', '’', '»']);
    let article = told.split(' ').next().unwrap_or_default();
    let is_kind = past_bracket.starts_with(',')
        && vocabulary().facts.exact(article).is_some_and(|hit| hit.means("article", reading.language))
        && (genre_phrase(told, reading.language).is_some()
            || mention.is_set_apart && names_film(told, reading.language));
    let bare = before.trim_end_matches([' ', '“', '"', '‘', '«']);
    let article =
        bare.is_empty() || vocabulary().facts.exact(bare).is_some_and(|hit| hit.means("article", reading.language));
    let verb = past_quote.strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    let is_subject = article && is_present(verb, reading.language);
    let leads = vocabulary().facts.find(past_quote, reading.language).into_iter().next();
    let tells_story = leads.is_some_and(|hit| hit.span.start <= 1 && hit.means("tells_story", reading.language));
    let has_owner = bare.ends_with("’s") || bare.ends_with("'s");
    let owners = vocabulary().triggers.find(before, reading.language);
    let is_directed = has_owner && owners.iter().any(|hit| hit.means("director_after", reading.language));
    let is_within = mention.is_set_apart
        && vocabulary().facts.exact(bare.trim()).is_some_and(|hit| hit.means("within", reading.language))
        && past_quote.starts_with([',', ' ']);
    let shown = vocabulary().facts.find(near, reading.language).into_iter().next();
    let is_shown = shown.is_some_and(|hit| hit.span.start <= 2 && hit.means("now_showing", reading.language));
    let signs = [
        (ends_with_watching(before, reading.language) || begins_with_watching(after, reading.language), Sign::Watched),
        (follows_film(before), Sign::AfterFilm),
        (is_owned && of_films, Sign::Owned),
        (!is_owned && of_films, Sign::FilmNear),
        (is_kind, Sign::Kind),
        (is_dated, Sign::Dated),
        (compared, Sign::Compared),
        (in_bracket, Sign::Bracketed),
        (has_owner && !is_directed, Sign::Owner),
        (is_directed, Sign::Directed),
        (is_within, Sign::Within),
        (is_shown && !bare.ends_with(':'), Sign::Showing),
        (bare.ends_with(" at") || bare.ends_with(" at the"), Sign::Place),
        (is_subject, Sign::Subject),
        (article && tells_story, Sign::TellsStory),
    ];
    signs.into_iter().filter(|(holds, _)| *holds).map(|(_, sign)| sign).collect()
}
