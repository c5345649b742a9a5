//! Lines that are nothing but facts: `NR | 1h 34m | Drama | 2024`, `(PG) 110 minutes`, `1hr 48mins. Mystery.`,
//! `“Ash”, Drama, Germany 2022, 94 minutes, by Ada Berg, with Ida Lund`.
//!
//! A line counts by what it holds, not by where it stands; which lines may hold facts is for the credit block.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use crate::extraction::{Field, Source};
use crate::folding::{key, lower};
use crate::names::{has_given_name, is_person};
use crate::page::{Block, Kind, Zone};
use crate::people::people;
use crate::sources::film_title::is_review_phrase;
use crate::sources::prose::{genre_phrase, titled_words};
use crate::sources::{Reading, credit_box, fact_alone};
use crate::statement::Statement;
use crate::values;
use crate::vocabulary::{Hit, is_known_film, vocabulary};

/// Longest line of facts.
const LINE_BYTES_MAX: usize = 320;

/// Longest line that is read together with its neighbours, as where each fact has an element of its own.
pub(super) const FRAGMENT_BYTES_MAX: usize = 90;

/// Bars from which they alone part the facts of a line.
const BARS_MIN: usize = 2;

/// Headings that a name is looked for in.
const HEADINGS_MAX: usize = 40;

/// Fragments read as one line.
const FRAGMENTS_MAX: usize = 8;

/// Longest piece that a genre opens without being all of it.
const OPENING_BYTES_MAX: usize = 40;

/// What the pieces of a line said.
#[derive(Default)]
struct Line {
    statements: Vec<Statement>,
    pieces: usize,
    read: usize,
    /// Pieces that are countries, alone or with a year.
    countries: usize,
    /// Whether a piece says that this is a film's review: `Film review · 2023 · Thriller`.
    says_review: bool,
}

/// Facts of the lines among these blocks, and of runs of fragments that make a line together.
/// `labels` are the blocks that labels of credits stand in.
pub(super) fn read(reading: Reading<'_>, blocks: &[(usize, &Block)], labels: &[usize]) -> Vec<Statement> {
    let mut statements: Vec<Statement> =
        blocks.iter().filter_map(|(at, block)| fact_alone::runtime(reading, *at, block, labels)).collect();
    statements.extend(blocks.iter().filter_map(|(at, block)| fact_alone::year(reading, *at, block)));
    statements.extend(blocks.iter().filter_map(|(_, block)| fact_alone::certificate(reading, block)));
    let tags = reading.page.blocks.iter().filter(|block| block.zone == Zone::Tags);
    statements.extend(tags.flat_map(|block| badges(block, reading.page.block_text(block))));
    let labelled: HashSet<usize> = labels.iter().copied().collect();
    let mut run: Vec<(usize, &Block)> = Vec::new();
    for (at, block) in blocks {
        let line = line(reading, block, labelled.contains(at));
        let has_fact = line.read > 0;
        let own = [line.telling(), badges(block, reading.page.block_text(block))].concat();
        let is_fragment =
            block.span.len() <= FRAGMENT_BYTES_MAX && !matches!(block.kind, Kind::Heading(_) | Kind::Caption);
        let follows = run.last().is_none_or(|(last, _)| last.saturating_add(1) == *at);
        if !own.is_empty() || !is_fragment || !follows || run.len() >= FRAGMENTS_MAX {
            statements.extend(together(reading, &run));
            run.clear();
        }
        // A run begins with its first fact: what stands before it (a menu, a warning) is no part of it.
        if own.is_empty() && is_fragment && (has_fact || !run.is_empty()) {
            run.push((*at, block));
        }
        statements.extend(own);
    }
    statements.extend(together(reading, &run));
    statements
}

/// What a run of fragments says, from its first fact to its last.
fn together(reading: Reading<'_>, run: &[(usize, &Block)]) -> Vec<Statement> {
    if run.iter().any(|(_, block)| counts_words(reading.page.block_text(block))) {
        return Vec::new();
    }
    let mut lines: Vec<Line> = run.iter().map(|(_, block)| line(reading, block, false)).collect();
    lines.truncate(lines.iter().rposition(|line| line.read > 0).map_or(0, |last| last.saturating_add(1)));
    if lines.len() < 2 {
        return Vec::new();
    }
    let mut whole = Line::default();
    for line in lines {
        whole.pieces = whole.pieces.saturating_add(line.pieces);
        whole.read = whole.read.saturating_add(line.read);
        whole.countries = whole.countries.saturating_add(line.countries);
        whole.says_review |= line.says_review;
        whole.statements.extend(line.statements);
    }
    whole.telling()
}

/// `407 words`: the facts around it are the post's.
fn counts_words(text: &str) -> bool {
    let lowered = lower(text.trim());
    let is_count = |letter: char| letter.is_ascii_digit() || ",.’' \u{a0}\u{202f}".contains(letter);
    let count = lowered.trim_start_matches(is_count);
    let unit = vocabulary().facts.exact(count.trim());
    lowered.starts_with(|first: char| first.is_ascii_digit())
        && unit.is_some_and(|hit| hit.meanings.iter().any(|(_, of)| *of == "word_count"))
}

/// What one line says; where it is labelled, whom its credits name is for the credit block.
fn line(reading: Reading<'_>, block: &Block, is_labelled: bool) -> Line {
    let text = reading.page.block_text(block);
    let mut line = Line::default();
    if text.len() > LINE_BYTES_MAX || text.len() < 2 {
        return line;
    }
    let base = block.span.start;
    let place = |span: &Range<usize>| base.saturating_add(span.start)..base.saturating_add(span.end);
    let said = |field: Field, value: String, span: &Range<usize>| {
        Statement::new(field, value, Source::CreditBlock).at(place(span))
    };
    // The running time first, because the signs inside it (`1 hr. 45 min.`) are those that part other facts.
    let runtime = values::runtime(text)
        .or_else(|| minutes_by_sign(text))
        .filter(|(minutes, span)| is_length(*minutes, text, span));
    let lead = title_length(block, text);
    let cut = runtime.as_ref().map_or(lead..lead, |(_, span)| span.clone());
    if let Some((minutes, span)) = &runtime {
        line.statements.push(said(Field::Runtime, minutes.to_string(), span));
        line.pieces = 1;
        line.read = 1;
    }
    let around = [lead.min(cut.start)..cut.start, cut.end..text.len()];
    let bars = text.matches('|').count();
    let mut unread_bars: BTreeSet<usize> = BTreeSet::new();
    for stretch in around {
        for piece in pieces(text, stretch) {
            let words = text.get(piece.clone()).unwrap_or_default();
            if is_review_phrase(lower(words).trim(), reading.language) {
                line.says_review = true;
                continue;
            }
            // `Music: Ada Berg` labels who wrote it.
            let is_label = text.get(piece.end..).is_some_and(|rest| rest.starts_with([':', '：']));
            let mut facts = facts(reading, words, runtime.is_some());
            facts.retain(|(field, _, _)| *field != Field::Genre || !is_label);
            facts.retain(|(field, _, _)| !is_labelled || *field != Field::Cast);
            let is_country = names_country(words);
            line.countries = line.countries.saturating_add(usize::from(is_country));
            let is_print = vocabulary().facts.exact(&lower(words)).is_some_and(|hit| {
                // `black and white`
                hit.meanings.iter().any(|(_, of)| *of == "print_kind")
            });
            let is_read = is_country || is_print || !facts.is_empty();
            line.read = line.read.saturating_add(usize::from(is_read));
            let is_credit = || is_labelled && is_credit(words);
            // Between bars, any number of words tell one thing: `| At the Ritzy, Oslo, and the Roxy |`.
            let bar = text.get(..piece.start).unwrap_or_default().matches('|').count();
            let is_counted = is_read || bars < BARS_MIN || unread_bars.insert(bar);
            line.pieces = line.pieces.saturating_add(usize::from(is_read || is_counted && !is_credit()));
            line.statements.extend(facts.into_iter().map(|(field, value, span)| {
                said(field, value, &(piece.start.saturating_add(span.start)..piece.start.saturating_add(span.end)))
            }));
        }
    }
    let is_heading = matches!(block.kind, Kind::Heading(_));
    // `Ada Berg, Poland 1983`: nothing but a person, where and when.
    let is_origin = line.countries > 0 && line.read.saturating_add(1) == line.pieces;
    let named = first_named(text, &line.statements, is_origin);
    let named = named.filter(|(name, _)| !is_labelled && !is_heading && !is_headed(reading, name));
    line.read = line.read.saturating_add(usize::from(named.is_some()));
    line.statements.extend(named.map(|(name, span)| said(Field::Director, name, &span)));
    line
}

/// Whether a piece is a credit or a part of one: `Dir`, `Ada Berg`, `starring Ada Berg`.
fn is_credit(piece: &str) -> bool {
    let lowered = lower(piece.trim());
    let is_of_crew = |hit: &Hit| hit.meanings.iter().any(|(_, of)| credit_box::CREDITS.contains(of));
    let is_label = vocabulary().labels.exact(&lowered).is_some_and(|hit| is_of_crew(&hit));
    let lead = vocabulary().leads.find_in_any(&lowered).into_iter().find(|hit| hit.span.start == 0 && is_of_crew(hit));
    is_label || piece.trim().get(lead.map_or(0, |lead| lead.span.end)..).is_some_and(|name| is_person(name.trim()))
}

/// The length of a title that a line of facts begins with, set apart by its letters alone: `<b>Orchard</b> PG-13 | 98 min`.
fn title_length(block: &Block, text: &str) -> usize {
    let title = block.marks.iter().find(|mark| mark.kind.is_lettering() && mark.span.start == block.span.start);
    let length = title.map_or(0, |title| title.span.len());
    let goes_on = text.get(length..).and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.chars().next());
    // `Next time: 4 May,` and `Director:` lead to something else.
    let leads = text.get(..length).is_some_and(|title| title.contains([':', '：']) || title.trim_end().ends_with(','));
    if !leads && goes_on.is_some_and(|next| next.is_alphanumeric() || next == '(') { length } else { 0 }
}

/// `104’`: minutes with their sign, which no letter or digit follows.
fn minutes_by_sign(text: &str) -> Option<(u32, Range<usize>)> {
    const DIGITS: std::ops::RangeInclusive<usize> = 2..=3;
    text.match_indices(['’', '\'', '′']).find_map(|(at, sign)| {
        let head = text.get(..at)?;
        let start = head.trim_end_matches(|digit: char| digit.is_ascii_digit()).len();
        let end = at.saturating_add(sign.len());
        let is_apart = |beside: Option<char>| beside.is_none_or(|beside| " ,.;|/()-–—\n".contains(beside));
        let is_own = is_apart(text.get(..start)?.chars().next_back()) && is_apart(text.get(end..)?.chars().next());
        let minutes: u32 = head.get(start..)?.parse().ok()?;
        (is_own && DIGITS.contains(&at.saturating_sub(start)) && minutes >= values::FEATURE_MINUTES_MIN)
            .then_some((minutes, start..end))
    })
}

/// `Ada Berg, Denmark, 2014, 104 min`, `2014 · Ada Berg · 104 min`: who stands alone in a line with a year and a running time, or
/// with nothing but a year and a country (`is_origin`), directed the film.
fn first_named(text: &str, said: &[Statement], is_origin: bool) -> Option<(String, Range<usize>)> {
    let holds = |field: Field| said.iter().any(|one| one.field == field);
    let is_named = |piece: &Range<usize>| {
        let name = text.get(piece.clone()).filter(|name| name.contains(' ') && is_person(name));
        name.is_some_and(|name| has_given_name(name) && !vocabulary().is_country(&lower(name)))
    };
    let mut named = pieces(text, 0..text.len()).into_iter().filter(is_named);
    let piece = named.next().filter(|_| named.next().is_none())?;
    let name = text.get(piece.clone())?;
    let is_line =
        (is_origin || holds(Field::Runtime)) && holds(Field::Year) && !holds(Field::Director) && !holds(Field::Cast);
    is_line.then(|| (name.to_owned(), piece))
}

/// Whether a name is a film's or stands in a heading of the page: `Donnie Darko, 2001, 113 min`.
fn is_headed(reading: Reading<'_>, name: &str) -> bool {
    let own = key(name);
    let headings = reading.page.blocks.iter().filter(|block| matches!(block.kind, Kind::Heading(_)));
    is_known_film(&own) || headings.take(HEADINGS_MAX).any(|block| key(reading.page.block_text(block)).contains(&own))
}

/// `Drama Romance PG-13`: a line of nothing but genres and certificates, each in an element of its own with no sign between.
fn badges(block: &Block, text: &str) -> Vec<Statement> {
    const WORDS_MAX: usize = 3;
    const BADGES: std::ops::RangeInclusive<usize> = 2..=8;
    if text.len() > FRAGMENT_BYTES_MAX || matches!(block.kind, Kind::Heading(_) | Kind::Caption) {
        return Vec::new();
    }
    let mut statements = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let ends: Vec<usize> =
            rest.match_indices(' ').map(|(end, _)| end).chain([rest.len()]).take(WORDS_MAX).collect();
        let badge = ends.into_iter().rev().find_map(|end| Some((end, badge(rest.get(..end)?)?)));
        let Some((end, (field, value))) = badge else { return Vec::new() };
        let start = block.span.start.saturating_add(at);
        statements.push(Statement::new(field, value, Source::CreditBlock).at(start..start.saturating_add(end)));
        at = at.saturating_add(end).saturating_add(1);
    }
    if BADGES.contains(&statements.len()) { statements } else { Vec::new() }
}

/// A genre or a certificate by itself, written with a capital.
fn badge(words: &str) -> Option<(Field, String)> {
    let is_capital = words.starts_with(|first: char| !first.is_lowercase());
    let certificate = values::certificate(words).filter(|(_, span)| *span == (0..words.len()));
    let genre = || vocabulary().genres.exact(&lower(words)).is_some();
    match certificate {
        Some((code, _)) => Some((Field::ContentRating, code.to_owned())),
        None => (is_capital && genre()).then(|| (Field::Genre, words.to_owned())),
    }
}

impl Line {
    /// The statements, where the line is one of facts.
    fn telling(self) -> Vec<Statement> {
        let fields: BTreeSet<Field> = self.statements.iter().map(|one| one.field).collect();
        let telling = self.says_review || fields.contains(&Field::Runtime) || fields.len() >= 3;
        let is_mostly_read = telling && fields.len() >= 2 && self.read.saturating_mul(2) >= self.pieces;
        // `Poland / Lithuania, 2018`
        let is_dated = fields.contains(&Field::Year) || fields.contains(&Field::Runtime);
        let is_origin = self.countries > 0 && is_dated && self.read == self.pieces;
        if is_mostly_read || is_origin { self.statements } else { Vec::new() }
    }
}

/// Whether a piece is a country, or one with a year: `Germany 2013`.
fn names_country(piece: &str) -> bool {
    let bare = piece.trim_matches(|sign: char| sign.is_ascii_digit() || sign.is_whitespace());
    bare.starts_with(|first: char| !first.is_lowercase()) && vocabulary().is_country(&lower(bare))
}

/// Whether minutes in a line of facts are a film's: neither what reading takes nor a time of day.
fn is_length(minutes: u32, text: &str, span: &Range<usize>) -> bool {
    let words = text.get(span.clone()).unwrap_or_default();
    let is_time_of_day = words.starts_with('0') && words.chars().any(char::is_alphabetic);
    let is_feature = minutes >= values::FEATURE_MINUTES_MIN;
    let lowered = lower(text);
    let reads = vocabulary()
        .words
        .find_in_any(&lowered)
        .iter()
        .any(|hit| hit.meanings.iter().any(|(_, of)| *of == "reading_time"));
    !is_time_of_day && !reads && (is_feature || values::date(text, true).is_none())
}

/// The pieces of a stretch: between bars, dots, commas, slashes, brackets, dashes and full stops.
fn pieces(text: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
    let is_sign = |character: char| "|•·,/();–—:：、。．／＝｜_~\u{a0}".contains(character);
    let mut pieces = Vec::new();
    let mut start = stretch.start;
    let inside = text.get(stretch.clone()).unwrap_or_default();
    let mut ends: Vec<(usize, usize)> =
        inside.char_indices().filter(|(_, c)| is_sign(*c)).map(|(at, c)| (at, c.len_utf8())).collect();
    ends.extend(
        [". ", " - ", " -- "].iter().flat_map(|sign| inside.match_indices(sign).map(|(at, sign)| (at, sign.len()))),
    );
    ends.sort_unstable();
    for (at, width) in ends.into_iter().chain(std::iter::once((inside.len(), 0))) {
        let end = stretch.start.saturating_add(at);
        if end >= start {
            pieces.push(start..end);
            start = end.saturating_add(width);
        }
    }
    let bare = |piece: &Range<usize>| -> Option<Range<usize>> {
        let words = text.get(piece.clone())?;
        let strip = |c: char| c.is_whitespace() || "|•·,/();–—-.*".contains(c);
        let lead = words.len().saturating_sub(words.trim_start_matches(strip).len());
        let kept = words.trim_matches(strip);
        (!kept.is_empty()).then(|| {
            let from = piece.start.saturating_add(lead);
            from..from.saturating_add(kept.len())
        })
    };
    pieces.iter().filter_map(bare).collect()
}

/// What one piece says: one fact, or a country with its year.
fn facts(reading: Reading<'_>, piece: &str, beside_runtime: bool) -> Vec<(Field, String, Range<usize>)> {
    let whole = 0..piece.len();
    if let Some((year, span)) = values::year(piece) {
        let head = piece.get(..span.start).unwrap_or_default();
        let tail = piece.get(span.end..).unwrap_or_default();
        // `2020年`, `Germany 2022`, `West Germany/Sweden 1981`.
        let is_marked = |mark: char| tail.trim_start().starts_with(mark) && tail.trim().chars().count() <= 8;
        let is_alone = head.trim().is_empty() && (tail.trim().is_empty() || is_marked('年') || is_marked('년'));
        let is_country = (beside_runtime || names_country(piece))
            && tail.trim().is_empty()
            && !head.trim().is_empty()
            && head.split_whitespace().count() <= 3
            && head.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase))
            && values::date(piece, true).is_none();
        if is_alone || is_country {
            return vec![(Field::Year, year.to_string(), span)];
        }
    }
    if beside_runtime && let Some((date, span)) = values::date(piece, reading.language == "en") {
        return vec![(Field::ReleaseDate, date, span)];
    }
    if let Some((code, span)) = certificate(piece) {
        return vec![(Field::ContentRating, code.to_owned(), span)];
    }
    if let Some((genre, span)) = values::genres(piece, false).into_iter().next().filter(|(_, span)| *span == whole) {
        return vec![(Field::Genre, genre, span)];
    }
    // `Drame français`, `Documentary in five parts`: a short piece that opens with a genre.
    let opening = genre_phrase(&lower(piece), reading.language)
        .filter(|span| beside_runtime && span.start == 0 && piece.len() <= OPENING_BYTES_MAX);
    if let Some(words) = opening.clone().and_then(|span| piece.get(span)) {
        return opening.map(|span| (Field::Genre, titled_words(words), span)).into_iter().collect();
    }
    if beside_runtime { people_of(piece, reading.language) } else { credited(piece, reading.language) }
}

/// `Directed by Ada Berg`: a piece that says in so many words whose work the film is needs no running time beside it.
fn credited(piece: &str, language: &str) -> Vec<(Field, String, Range<usize>)> {
    let leads = vocabulary().leads.find(&lower(piece), language).into_iter();
    let Some(lead) = leads.filter(|hit| hit.span.start == 0).find(|hit| hit.means("director", language)) else {
        return Vec::new();
    };
    let list = piece.get(lead.span.end..).unwrap_or_default();
    let named = people(list, false).into_iter().filter(|_| list.starts_with([' ', ':']));
    named
        .map(|one| {
            let from = lead.span.end.saturating_add(one.span.start);
            (Field::Director, one.name.clone(), from..from.saturating_add(one.span.len()))
        })
        .collect()
}

/// A piece that is a certificate: `12A`, `15 cert`, `Rated PG-13 for some violence`.
fn certificate(piece: &str) -> Option<(&'static str, Range<usize>)> {
    let bare = piece.strip_suffix(" cert").or_else(|| piece.strip_suffix(" certificate")).unwrap_or(piece);
    let (code, span) = values::certificate(bare)?;
    let is_told = span.start > 0 && bare.get(span.end..).is_some_and(|rest| rest.starts_with(" for "));
    (span.end == bare.len() || is_told).then_some((code, span))
}

/// Facts scattered over a line of credits: what its labels leave (`Drama, 103 min. - Italy 2020`).
pub(super) fn scattered(reading: Reading<'_>, block: &Block) -> Vec<Statement> {
    let text = reading.page.block_text(block);
    let has_runtime = values::runtime(text).is_some();
    let mut statements = Vec::new();
    for piece in pieces(text, 0..text.len()) {
        let words = text.get(piece.clone()).unwrap_or_default();
        let own = facts(reading, words, has_runtime);
        let own = own.into_iter().filter(|(field, _, _)| match field {
            Field::Year | Field::Genre | Field::ContentRating => true,
            Field::ReleaseDate => says_release(reading, words),
            _ => false,
        });
        statements.extend(own.map(|(field, value, span)| {
            let from = block.span.start.saturating_add(piece.start);
            Statement::new(field, value, Source::CreditBlock)
                .at(from.saturating_add(span.start)..from.saturating_add(span.end))
        }));
    }
    statements
}

/// Whether a piece says that its date is a release's.
fn says_release(reading: Reading<'_>, piece: &str) -> bool {
    let labels = vocabulary().labels.find_in_any(&lower(piece));
    labels.iter().any(|hit| hit.meaning(reading.language, true) == Some("release_date"))
}

/// `by Ada Berg`, `with Ida Lund`: a piece that a short word makes a credit.
fn people_of(piece: &str, language: &str) -> Vec<(Field, String, Range<usize>)> {
    let lowered = lower(piece);
    let credit = |meaning: &str, field: Field| {
        let hit = vocabulary().facts.find(&lowered, language).into_iter().find(|hit| hit.means(meaning, language))?;
        // `French film by …`, but not `Screenplay by …`.
        let head = lowered.get(..hit.span.start).unwrap_or_default().trim();
        let names_work = head
            .split(' ')
            .any(|word| matches!(word, "film" | "movie" | "documentary") || vocabulary().is_genre_noun(word));
        if !head.is_empty() && !names_work {
            return None;
        }
        let list = piece.get(hit.span.end..)?;
        let close = list.len().saturating_sub(list.trim_start().len()) == 1;
        let named = people(list, false);
        (close && named.first().is_some_and(|one| one.span.start <= 2)).then(|| {
            named
                .into_iter()
                .map(|one| {
                    let from = hit.span.end.saturating_add(one.span.start);
                    (field, one.name.clone(), from..from.saturating_add(one.span.len()))
                })
                .collect::<Vec<_>>()
        })
    };
    credit("director", Field::Director).or_else(|| credit("cast", Field::Cast)).unwrap_or_default()
}
