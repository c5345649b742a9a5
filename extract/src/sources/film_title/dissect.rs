//! A headline taken apart: quoted words, parts between separators, brackets, and the words that only say "review".
//!
//! Says which parts may be a title and how likely by their form alone.

use crate::folding::{is_caseless, is_cjk, key, lower};
use crate::names::{has_given_name, is_person};
use crate::people::{Listed, people};
use crate::values;
use crate::vocabulary::{is_known_film, vocabulary};

use super::named_film::{after_film, follows_film};
use super::quotes::{is_around, is_cut, quoted};
use super::review_words::{
    ends_as_column, is_column_lead, is_count, is_review_phrase, says_review, strip_review_words,
};
use super::signed::{directed_by, is_dated, take_after_year, take_directed_by, take_director, take_starring};

/// A stretch of the headline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// Its words.
    pub text: String,
    /// Where it starts in the headline.
    pub start: usize,
    /// How likely it is a title, by its form.
    pub weight: i32,
    /// What stands before and after a colon or dash in it: a title and its subtitle, or a title and the critic's words.
    pub halves: Option<(String, String)>,
}

/// What a headline is made of.
#[derive(Debug, Default)]
pub(super) struct Dissected {
    /// Possible titles.
    pub parts: Vec<Part>,
    /// The film's year.
    pub year: Option<Part>,
    /// Directors named beside the title.
    pub directors: Vec<Part>,
    /// The title in the film's own language.
    pub original: Option<Part>,
    /// Whether it says that it is a review.
    pub says_review: bool,
}

/// How likely a part is the title that its capitals tell from the remark behind it.
const NAMED: i32 = 9;

/// How much likelier a part is the title that the year's bracket follows.
const DATED: i32 = 8;

const SEPARATORS: [&str; 14] =
    [" : ", ": ", " | ", " – ", " — ", " - ", " -- ", " // ", "：", " :: ", " · ", "; ", "｜", ", directed by "];

/// Takes a headline apart.
pub(super) fn dissect(headline: &str, language: &str) -> Dissected {
    let mut dissected = Dissected::default();
    let mut bare = take_brackets(&without_pictures(&without_tags(headline)), language, &mut dissected);
    let day = dated(&bare);
    blank(&mut bare, 0, day);
    let bare = take_directed_by(&bare, language, &mut dissected);
    let bare = take_after_year(&bare, headline, &mut dissected);
    let bare = take_starring(&bare).to_owned();
    let bare = take_last_year(&bare, language, &mut dissected).to_owned();
    dissected.says_review = says_review(&lower(headline), language);
    for quoted in quoted(&bare) {
        let words = quoted.text.split(' ').count();
        let weight = match words <= 8 {
            true if follows_film(bare.get(..quoted.start).unwrap_or_default()) => 12,
            true => 9,
            false => 2,
        };
        dissected.parts.push(Part { weight, ..quoted });
    }
    dissected.parts.extend(after_film(&bare));
    // `《长雪：归来》观后感`: a sign within quotes parts nothing.
    let is_whole = |piece: &Part| !dissected.parts.iter().any(|quoted| is_cut(piece, quoted));
    let pieces: Vec<Part> = split(&bare).into_iter().filter(|piece| is_whole(piece) && !is_rating(piece)).collect();
    let mut rank: i32 = 6;
    let mut kept: Vec<Part> = Vec::new();
    let mut is_counted = false;
    for (at, piece) in pieces.iter().enumerate() {
        // `Late-Night Reviews: X`: a column's name, where what follows is short enough for a title.
        let follows = pieces.get(at.saturating_add(1)).map_or(0, |next| next.text.split(' ').count());
        // `X - 2014`: a year after a dash is when it was made.
        let year = values::year(&piece.text).filter(|(_, span)| span.len() == piece.text.len());
        let is_dashed = bare.get(..piece.start).is_some_and(|head| head.trim_end().ends_with(['-', '–', '—', '|']));
        if year.is_some() && is_dashed && !kept.is_empty() {
            dissected.year = dissected.year.take().or_else(|| Some(piece.clone()));
            continue;
        }
        // `Film 212: X`
        if kept.is_empty() && follows > 0 && is_count(&lower(&piece.text), language) {
            is_counted = true;
            continue;
        }
        if kept.is_empty() && (1..=COLUMN_TITLE_WORDS_MAX).contains(&follows) && ends_as_column(&piece.text, language) {
            continue;
        }
        let Some((part, stripped)) = strip_review_words(piece, language) else {
            // `Film: X`, `Crítica | X`: a part that only says what is reviewed.
            dissected.says_review = true;
            continue;
        };
        // `Horror Review: X`
        let is_column = stripped && part.start == piece.start && follows > 0 && is_column_lead(&lower(&part.text));
        if is_column && kept.is_empty() {
            dissected.says_review = true;
            continue;
        }
        // `X Review` says outright that X is the title; after that the first part is likeliest.
        let weight = if stripped || std::mem::take(&mut is_counted) { rank.saturating_add(4) } else { rank };
        let remark = pieces.get(at.saturating_add(1)).filter(|_| kept.is_empty()).map(|next| next.text.as_str());
        let is_named = remark.is_some_and(|remark| is_named_before(&part.text, remark, language));
        let weight = weight.max(if is_named { NAMED } else { weight });
        // `映画『X』感想`: where quotes set a title apart, the words around them are none of it.
        let weight = if dissected.parts.iter().any(|quoted| is_around(&part, quoted)) { weight.min(4) } else { weight };
        rank = (rank - 3).max(0);
        kept.push(Part { weight, ..part });
    }
    take_director(&bare, &mut kept, &mut dissected);
    if kept.len() > 1 {
        let dated = kept.iter_mut().filter(|part| is_dated(part, headline, dissected.year.as_ref()));
        dated.for_each(|part| part.weight = part.weight.saturating_add(DATED));
    }
    kept.extend(joined(&bare, &kept, language));
    if let Some((title, other)) = kept.iter().find_map(|part| in_two_scripts(part, language)) {
        kept.push(title);
        dissected.original = dissected.original.take().or(Some(other));
    }
    dissected.parts.extend(kept);
    dissected
}

/// A headline in which markup was escaped twice and stands as text (`<i>The Long Snow</i>`), with blanks in its place.
fn without_tags(headline: &str) -> String {
    const TAGS: [&str; 10] = ["<i>", "</i>", "<em>", "</em>", "<b>", "</b>", "<strong>", "</strong>", "<br>", "<br />"];
    TAGS.iter().fold(headline.to_owned(), |text, tag| text.replace(tag, &" ".repeat(tag.len())))
}

/// The length of the date in digits that a diary's headline begins with: `0704 X`, `20240704 X`.
fn dated(headline: &str) -> usize {
    let digits = headline.bytes().take_while(u8::is_ascii_digit).count();
    let last_four = digits.checked_sub(4).and_then(|start| headline.get(start..digits)).unwrap_or_default();
    let of = |at: std::ops::Range<usize>| last_four.get(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let is_day = (1..=12).contains(&of(0..2)) && (1..=31).contains(&of(2..4));
    // Four digits that begin with no zero may be a title's own number.
    let is_written_so = matches!(digits, 6 | 8) || digits == 4 && headline.starts_with('0');
    let goes_on = headline.get(digits..).is_some_and(|rest| rest.starts_with([' ', '_']) && rest.trim().len() > 1);
    if is_day && is_written_so && goes_on { digits } else { 0 }
}

/// `The Long Snow, 1995`: a year that a headline ends with, set off from the words before it.
fn take_last_year<'h>(bare: &'h str, language: &str, dissected: &mut Dissected) -> &'h str {
    let whole = Part { text: bare.to_owned(), ..Part::default() };
    let reviewed = strip_review_words(&whole, language).filter(|(part, stripped)| *stripped && part.start == 0);
    let left = reviewed.map(|(part, _)| part.text.trim_end().len()).filter(|length| *length < bare.trim_end().len());
    let is_before_review = left.is_some() && !bare.contains([':', '|', '–', '—']);
    let bare_title = left.and_then(|length| bare.get(..length)).filter(|_| is_before_review).unwrap_or(bare);
    // `Wonder Woman 1984 Review`
    if is_known_film(&key(bare_title)) {
        return bare;
    }
    let Some((title, last)) = bare_title.trim_end().rsplit_once(' ') else { return bare };
    // `The Long Snow 1995 review` comes here without its last word.
    let is_set_off = (title.ends_with([',', '.']) || is_before_review)
        && title.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    if dissected.year.is_some() || !is_set_off || values::year(last).is_none_or(|(_, span)| span != (0..last.len())) {
        return bare;
    }
    let start = title.len().saturating_add(1);
    dissected.year = Some(Part { text: last.to_owned(), start, ..Part::default() });
    title.trim_end_matches([',', '.'])
}

/// Words of the longest title after a column's name.
const COLUMN_TITLE_WORDS_MAX: usize = 6;

/// `긴 눈길 The Long Snow`: a title in the page's own script and the original in Latin letters, side by side.
fn in_two_scripts(part: &Part, language: &str) -> Option<(Part, Part)> {
    const LETTERS_MIN: usize = 4;
    let is_own = |text: &str| text.chars().any(is_cjk);
    let words: Vec<&str> = part.text.split(' ').collect();
    let turn = words.windows(2).position(|pair| matches!(pair, [a, b] if is_own(a) != is_own(b)))?;
    let head = words.get(..=turn)?.join(" ");
    let tail = part.text.get(head.len().saturating_add(1)..)?;
    let tail_start = part.start.saturating_add(head.len()).saturating_add(1);
    let (own, other) = if is_own(&head) {
        ((head.as_str(), part.start), (tail, tail_start))
    } else {
        ((tail, tail_start), (head.as_str(), part.start))
    };
    let is_latin = !is_own(other.0)
        && other.0.chars().filter(|letter| letter.is_alphabetic()).count() >= LETTERS_MIN
        && other.0.starts_with(char::is_uppercase);
    let is_title = own.0.split(' ').all(is_own) && own.0.chars().count() > 1 && !is_review_phrase(own.0, language);
    let made = |(text, start): (&str, usize), weight: i32| Part { text: text.to_owned(), start, weight, halves: None };
    (is_latin && is_title).then(|| (made(own, part.weight.saturating_add(2)), made(other, 0)))
}

/// The first two parts together: `X: Y` may be a title with its subtitle.
fn joined(headline: &str, parts: &[Part], language: &str) -> Option<Part> {
    const DASHED: i32 = -3;
    let [first, second, ..] = parts else { return None };
    let end = second.start.saturating_add(second.text.len());
    let between = headline.get(first.start.saturating_add(first.text.len())..second.start)?.trim();
    let numbered = second.text.chars().next().is_some_and(|first| first.is_ascii_digit());
    let letters = first.text.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_short = letters <= 2 && !first.text.chars().any(is_cjk);
    let bonus = match between {
        _ if numbered || is_short => 3,
        ":" if is_titled(&second.text, language) => 6,
        // `X: It’s a Snow Movie`
        ":" if vocabulary().words.count(&lower(&second.text), "film", language) > 0 => -4,
        ":" if second.text.split(' ').count() <= 4 => 0,
        ":" => -4,
        "-" | "–" | "—" => DASHED,
        _ => return None,
    };
    Some(Part {
        text: headline.get(first.start..end)?.to_owned(),
        start: first.start,
        weight: first.weight.saturating_add(bonus),
        halves: Some((first.text.clone(), second.text.clone())),
    })
}

/// `X - 4/5`: a rating is no part of a title.
fn is_rating(piece: &Part) -> bool {
    piece.text.contains(['/', '★', '☆']) && !piece.text.chars().any(char::is_alphabetic)
}

/// Whether words have a title's capitals, and those behind their colon none: `Orchard Road`, before `is it worth it?`.
fn is_named_before(words: &str, remark: &str, language: &str) -> bool {
    const LETTERS_MIN: usize = 4;
    const WORDS: std::ops::RangeInclusive<usize> = 2..=6;
    let telling = |text: &str| {
        let words = text.split(' ').filter(|word| word.chars().count() >= LETTERS_MIN);
        words.filter(|word| !vocabulary().is_stop(&lower(word), language)).map(str::to_owned).collect::<Vec<_>>()
    };
    let is_capital = |word: &String| word.starts_with(char::is_uppercase);
    let own = telling(words);
    !vocabulary().writes(language, "capital_nouns")
        && !words.contains('#')
        && WORDS.contains(&words.split(' ').count())
        && own.len() > 1
        && own.iter().all(is_capital)
        && telling(remark).iter().skip(1).any(|word| word.starts_with(char::is_lowercase))
        && !(is_person(words) && has_given_name(words))
}

/// Whether words are capitalised as a title's are, in a language that capitalises no other headline so.
fn is_titled(words: &str, language: &str) -> bool {
    const PARTICLE_LETTERS_MAX: usize = 3;
    let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    matches!(language, "es" | "fr" | "it" | "pt")
        && words.split(' ').filter(is_capital).count() >= 2
        && words.split(' ').all(|word| is_capital(&word) || word.chars().count() <= PARTICLE_LETTERS_MAX)
        && words.chars().any(char::is_lowercase)
}

/// What stands in brackets after a title.
#[derive(Debug, Default)]
pub(super) struct Bracket {
    /// The year.
    pub year: Option<Part>,
    /// The directors.
    pub directors: Vec<Part>,
    /// Another title.
    pub original: Option<Part>,
}

/// Reads a bracket: `Name, 2013`, `Dir. Name, 2013`, `2013`, `Original Title`, `Idem`.
pub(super) fn bracket(inside: &str, title: &str, language: &str) -> Bracket {
    let mut bracket = Bracket::default();
    let year = values::year(inside);
    let end = year.as_ref().map_or(inside.len(), |(_, span)| span.start);
    bracket.year = year.map(|(year, span)| Part { text: year.to_string(), start: span.start, ..Part::default() });
    let head = inside.get(..end).unwrap_or_default();
    let tail = bracket
        .year
        .as_ref()
        .and_then(|year| inside.get(year.start.saturating_add(year.text.len())..))
        .unwrap_or_default();
    for (text, offset) in [(head, 0), (tail, inside.len().saturating_sub(tail.len()))] {
        let lowered = lower(text);
        let label = vocabulary()
            .labels
            .find_in_any(&lowered)
            .into_iter()
            .find(|hit| hit.span.start <= 1 && hit.meaning(language, true) == Some("director"));
        let start = label.as_ref().map_or(0, |hit| hit.span.end);
        let list = text.get(start..).unwrap_or_default();
        let skipped = list.len().saturating_sub(list.trim_start_matches([' ', '.', ':']).len());
        let list = list.get(skipped..).unwrap_or_default();
        // `라라랜드(La La Land 2016)`: Latin letters beside another script are the title in them.
        let is_original = title.chars().any(is_caseless) && !list.chars().any(is_caseless) && label.is_none();
        let is_country = |person: &Listed| vocabulary().is_country(&lower(&person.name));
        for person in people(list, false).into_iter().filter(|person| !is_original && !is_country(person)) {
            let at = offset.saturating_add(start).saturating_add(skipped).saturating_add(person.span.start);
            bracket.directors.push(Part { text: person.name, start: at, ..Part::default() });
        }
        if bracket.directors.is_empty() {
            bracket.original = bracket.original.or_else(|| original(text, offset, title));
        } else if bracket.year.is_none() && label.is_none() {
            // A name alone in brackets is as likely a title in another language.
            bracket.original = original(text, offset, title);
            bracket.directors.clear();
        }
    }
    bracket
}

fn original(text: &str, offset: usize, title: &str) -> Option<Part> {
    let bare = text.trim_matches([' ', ',', ';', '-', '–', '“', '”', '"', '«', '»', '‘', '’']);
    let lead = text.find(bare)?;
    let lowered = lower(bare);
    let is_note = values::is_genre(&lowered)
        || vocabulary().frames.exact(&lowered).is_some()
        || vocabulary().words.exact(&lowered).is_some()
        || vocabulary().certificates.exact(&lowered).is_some()
        || says_review(&lowered, "en")
        || values::runtime(bare).is_some();
    let is_title =
        bare.chars().next().is_some_and(|first| first.is_uppercase() || is_caseless(first) || first.is_ascii_digit())
            && bare.len() <= 90
            && bare.len() > 1
            && key(bare) != key(title)
            && lowered != "idem"
            && !is_note;
    is_title.then(|| Part { text: bare.to_owned(), start: offset.saturating_add(lead), ..Part::default() })
}

/// A headline with spaces for the pictures among its letters; signs of text, such as hearts and stars, stay.
fn without_pictures(headline: &str) -> String {
    let is_picture = |sign: char| matches!(sign, '\u{1f000}'..='\u{1faff}' | '\u{fe0f}');
    headline.chars().fold(String::with_capacity(headline.len()), |bare, sign| {
        if is_picture(sign) { bare + &" ".repeat(sign.len_utf8()) } else { bare + sign.encode_utf8(&mut [0; 4]) }
    })
}

/// Reads the brackets of a headline, and blanks them out where they hold facts rather than a part of the title.
fn take_brackets(headline: &str, language: &str, dissected: &mut Dissected) -> String {
    let mut bare = headline.to_owned();
    let mut from = 0;
    while let Some(open) =
        headline.get(from..).and_then(|rest| rest.find(['(', '[', '【', '（', '［'])).map(|at| from.saturating_add(at))
    {
        let Some(close) = headline
            .get(open..)
            .and_then(|rest| rest.find([')', ']', '】', '）', '］']))
            .map(|at| open.saturating_add(at))
        else {
            break;
        };
        let width = |at: usize| headline.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let (inside_start, after) = (open.saturating_add(width(open)), close.saturating_add(width(close)));
        let inside = headline.get(inside_start..close).unwrap_or_default();
        let title = headline.get(..open).unwrap_or_default();
        let read = bracket(inside, title.trim(), language);
        let moved = |part: Part| Part { start: part.start.saturating_add(inside_start), ..part };
        dissected.year = dissected.year.take().or(read.year.map(moved));
        if dissected.directors.is_empty() {
            dissected.directors = read.directors.into_iter().map(moved).collect();
        }
        let at_end = headline.get(close.saturating_add(1)..).is_some_and(|rest| {
            // `Title (Original) review`
            let last = lower(rest.trim());
            let is_frame = is_review_phrase(&last, language) || vocabulary().frames.exact(&last).is_some();
            is_frame || last.is_empty() || rest.trim_start().starts_with([':', '|', '–', '-', '—', '/', '’', '”', '"'])
        });
        // After a director's name stands who made or distributed the film.
        if title.trim().len() > 1 && at_end && directed_by(&lower(title), language).is_none() {
            dissected.original = dissected.original.take().or(read.original.map(moved));
        }
        // `[Ciné] Title`: a column's name before it, by any name where its language has no words here.
        let is_named = is_review_phrase(&lower(inside), language) || !vocabulary().speaks(language);
        let is_column = title.trim().is_empty() && is_named;
        if title.trim().len() > 1 || is_column {
            blank(&mut bare, open, after);
        }
        from = after;
    }
    bare
}

fn blank(text: &mut String, start: usize, end: usize) {
    let width = end.saturating_sub(start);
    if text.is_char_boundary(start) && text.is_char_boundary(end) && end <= text.len() {
        text.replace_range(start..end, &" ".repeat(width));
    }
}

fn split(text: &str) -> Vec<Part> {
    let at_sign = |sign| text.match_indices(sign).map(|(at, sign): (usize, &str)| (at, at.saturating_add(sign.len())));
    let mut cuts: Vec<(usize, usize)> = SEPARATORS.into_iter().flat_map(at_sign).collect();
    // `The Long Snow / La Nieve Larga`: a film's two titles, where nothing else divides the headline.
    if cuts.is_empty() {
        cuts.extend(at_sign(" / "));
    }
    cuts.sort_unstable();
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, end) in cuts {
        if at < start {
            continue;
        }
        parts.extend(part(text, start, at));
        start = end;
    }
    parts.extend(part(text, start, text.len()));
    parts
}

fn part(text: &str, start: usize, end: usize) -> Option<Part> {
    let words = text.get(start..end)?;
    let lead = words.len().saturating_sub(words.trim_start().len());
    let bare = words.trim();
    (!bare.is_empty()).then(|| Part { text: bare.to_owned(), start: start.saturating_add(lead), ..Part::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(headline: &str, language: &str) -> String {
        let dissected = dissect(headline, language);
        let best = dissected.parts.iter().rev().max_by_key(|part| part.weight);
        best.map(|part| part.text.trim_matches(['‘', '’', '“', '”', ' ', '《', '》', '<', '>']).to_owned())
            .unwrap_or_default()
    }

    #[test]
    fn titles_stand_where_headlines_put_them() {
        let cases = [
            ("‘Ash’: Walking Out of the Snow", "en", "Ash"),
            ("Ash Movie Review: Long and cold", "en", "Ash"),
            ("Review: The Long Snow", "en", "The Long Snow"),
            ("The Long Snow: It’s an Icy Movie", "en", "The Long Snow"),
            ("The Long Snow (Mira Holt, 2013)", "en", "The Long Snow"),
            ("The Long Snow, Directed By Mira Holt (Pale Pictures)", "en", "The Long Snow"),
            ("Crítica | A Longa Neve", "pt", "A Longa Neve"),
            ("Crítica: “A Longa Neve”", "pt", "A Longa Neve"),
            ("長い雪を観ました", "ja", "長い雪"),
            ("Snow Line: 3", "en", "Snow Line: 3"),
            ("《长雪》观感", "zh", "长雪"),
            ("長い雪を駅前の名画座で観ました", "ja", "長い雪"),
            ("長い雪の感想とか", "ja", "長い雪"),
            ("긴 눈길 The Long Snow", "ko", "긴 눈길"),
            ("0704 长雪", "zh", "长雪"),
            ("20240704 The Long Snow", "en", "The Long Snow"),
            ("1001 Nights", "en", "1001 Nights"),
            ("FILM DEL MESE: LA LUNGA NEVE", "it", "LA LUNGA NEVE"),
            ("Thoughts on The Long Snow", "en", "The Long Snow"),
            ("Movie Night: The Long Snow", "en", "The Long Snow"),
            ("31 Days of Horror: The Long Snow", "en", "The Long Snow"),
            ("The Long Snow Revisited", "en", "The Long Snow"),
            ("The Long Snow - 4/5", "en", "The Long Snow"),
            ("“Great” Moments in Film: The Long Snow (2005)", "en", "The Long Snow"),
            ("Crítica do filme A Longa Neve", "pt", "A Longa Neve"),
            ("Gesehen: Der lange Schnee", "de", "Der lange Schnee"),
            ("映画『長い雪』感想", "ja", "長い雪"),
            ("【映画】長い雪", "ja", "長い雪"),
            ("영화 <긴 눈길>을 보고", "ko", "긴 눈길"),
            ("观《长雪》有感", "zh", "长雪"),
            ("《长雪：归来》观后感", "zh", "长雪：归来"),
            ("Late-Night Reviews: The Long Snow", "en", "The Long Snow"),
            ("J'ai vu… Le Long Hiver", "fr", "Le Long Hiver"),
            ("‘Ash’ movie review: Mira Holt’s drama never thaws", "en", "Ash"),
        ];
        for (headline, language, title) in cases {
            assert_eq!(best(headline, language), title, "{headline}");
        }
    }

    #[test]
    fn brackets_hold_directors_years_and_other_titles() {
        let read = dissect("The Long Snow (Mira Holt & Per Lund, 2013)", "en");
        assert_eq!(read.directors.iter().map(|part| part.text.as_str()).collect::<Vec<_>>(), ["Mira Holt", "Per Lund"]);
        assert_eq!(read.year.map(|part| part.text).as_deref(), Some("2013"));
        let read = dissect("The Long Snow (Hong Kong, 2013)", "en");
        assert!(read.directors.is_empty() && read.year.is_some());
        let read = dissect("A Longa Neve (The Long Snow)", "pt");
        assert_eq!(read.original.map(|part| part.text).as_deref(), Some("The Long Snow"));
        assert!(dissect("A Longa Neve (Idem)", "pt").original.is_none());
        let read = dissect("Le long hiver (2003), Julia Holt", "fr");
        assert_eq!(read.directors.iter().map(|part| part.text.as_str()).collect::<Vec<_>>(), ["Julia Holt"]);
    }
}
