//! The forms that ratings are printed in: `4 stars out of 5`, `3,5/5`, `C+` after a label, thumbs.
//!
//! Reads one text at a time and says how telling the form is by itself; where it stands is weighed elsewhere.

use std::ops::Range;

use crate::extraction::Rating;
use crate::folding::lower;
use crate::values::{Token, tokens};
use crate::vocabulary::vocabulary;

use super::given;
use super::glyphs;
use super::scale::{self, Number};

/// Best values that a rating without the word "stars" may have.
const BESTS: [f64; 7] = [4.0, 5.0, 6.0, 7.0, 10.0, 20.0, 100.0];

/// Words for stars and points.
const STAR_WORDS: [&str; 37] = [
    "star",
    "stars",
    "estrella",
    "estrellas",
    "estrela",
    "estrelas",
    "étoile",
    "étoiles",
    "stern",
    "sterne",
    "sternen",
    "stelle",
    "stella",
    "yıldız",
    "별",
    "star's",
    "सितारे",
    "स्टार",
    "starz",
    "つ星",
    "颗星",
    "顆星",
    "★",
    "⭐",
    "stars'",
    "asterisks",
    "星",
    "ster",
    "sterren",
    "gwiazdka",
    "gwiazdki",
    "gwiazdek",
    "звезда",
    "звезды",
    "звёзды",
    "звезд",
    "звёзд",
];

const POINT_WORDS: [&str; 22] = [
    "points",
    "point",
    "puntos",
    "pontos",
    "punkte",
    "punkten",
    "puan",
    "punti",
    "点",
    "점",
    "pts",
    "points'",
    "pontos'",
    "popcorns",
    "pointer",
    "分",
    "punten",
    "punktów",
    "pkt",
    "баллов",
    "балла",
    "балл",
];

/// A rating as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Form {
    /// The rating.
    pub rating: Rating,
    /// Where.
    pub span: Range<usize>,
    /// How telling the form is by itself, 1 to 6.
    pub weight: i32,
}

/// All ratings in a text. `labelled` says that the text follows a label such as `Rating:`, after which a bare number or
/// letter is one too.
pub(crate) fn forms(text: &str, labelled: bool) -> Vec<Form> {
    let lowered = lower(text);
    let tokens = tokens(&lowered);
    let mut forms: Vec<Form> = glyphs::read(text, labelled);
    let mut at = 0;
    while at < tokens.len() {
        let form = best_first(text, &tokens, at)
            .or_else(|| fraction(text, &tokens, at, labelled))
            .or_else(|| stars_before(text, &tokens, at));
        match form {
            Some((form, next)) => {
                forms.push(form);
                at = next;
            }
            None => at = at.saturating_add(1),
        }
    }
    if labelled && forms.is_empty() {
        forms.extend(bare_letter(text));
        forms.extend(bare_number(text, &tokens));
    }
    forms.extend(thumbs(text, &lowered));
    forms.extend(given::letter(text, &lowered));
    forms.extend(given::number(text, &lowered));
    forms
}

/// A number as a text writes it.
pub(super) struct Count {
    pub value: f64,
    pub places: u32,
    /// The first token after it.
    pub next: usize,
    /// Where it ends in the text.
    pub end: usize,
}

/// A number at a token: `4`, `3.5`, `3,5`, `3½`, `3 1/2`, `three and a half`.
pub(super) fn count(tokens: &[Token<'_>], at: usize) -> Option<Count> {
    let first = tokens.get(at)?;
    let text = |ahead: usize| tokens.get(at.saturating_add(ahead)).map_or("", |token| token.text);
    let end = |ahead: usize| tokens.get(at.saturating_add(ahead)).map_or(first.end(), Token::end);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if first.text == "½" {
        return Some(Count { value: 0.5, places: 1, next: at.saturating_add(1), end: first.end() });
    }
    let whole: f64 = if is_digits(first.text) && first.text.len() <= 3 {
        first.text.parse().ok()?
    } else {
        vocabulary().number(first.text)?
    };
    let done = |value: f64, places: u32, used: usize| Count {
        value,
        places,
        next: at.saturating_add(used),
        end: end(used.saturating_sub(1)),
    };
    let is_tight = |ahead: usize| {
        tokens.get(at.saturating_add(ahead)).is_some_and(|token| token.start == end(ahead.saturating_sub(1)))
    };
    if matches!(text(1), "." | ",") && is_digits(text(2)) && is_tight(1) && is_tight(2) && text(2).len() <= 2 {
        let fraction: f64 = format!("0.{}", text(2)).parse().ok()?;
        return Some(done(whole + fraction, u32::try_from(text(2).len()).ok()?, 3));
    }
    // `five point five`
    if text(1) == "point"
        && let Some(tenths) = vocabulary().number(text(2)).filter(|tenths| (1.0..10.0).contains(tenths))
    {
        return Some(done(whole + tenths / 10.0, 1, 3));
    }
    let sign = [("¼", 0.25), ("½", 0.5), ("¾", 0.75)].into_iter().find(|(sign, _)| *sign == text(1));
    if let Some((_, part)) = sign {
        return Some(done(whole + part, if text(1) == "½" { 1 } else { 2 }, 2));
    }
    if text(1) == "1" && text(2) == "/" && text(3) == "2" {
        return Some(done(whole + 0.5, 1, 4));
    }
    // `tre stelle e mezzo`, `tres estrellas y media`: what is counted stands between.
    let joins = |word: &str| matches!(word, "e" | "y" | "et" | "und" | "and");
    if joins(text(2))
        && vocabulary().number(text(3)) == Some(0.5)
        && whole >= 1.0
        && vocabulary().number(text(1)).is_none()
    {
        return Some(done(whole + 0.5, 1, 4));
    }
    // `four stars and a half`
    if matches!((text(2), text(3), text(4)), ("and", "a", "half")) && text(1).starts_with("star") {
        return Some(done(whole + 0.5, 1, 5));
    }
    if matches!((text(1), text(2), text(3)), ("and", "a", "half")) {
        return Some(done(whole + 0.5, 1, 4));
    }
    if matches!((text(1), text(2), text(3)), ("and", "a", "quarter")) {
        return Some(done(whole + 0.25, 2, 4));
    }
    if matches!((text(1), text(2), text(3)), ("and", "three", "quarter" | "quarters")) {
        return Some(done(whole + 0.75, 2, 4));
    }
    if matches!((text(1), text(2)), ("and" | "y" | "e" | "et", "half" | "media" | "meia" | "demie" | "mezzo")) {
        return Some(done(whole + 0.5, 1, 3));
    }
    Some(done(whole, 0, 1))
}

fn is_word_of(words: &[&str], token: Option<&Token<'_>>) -> bool {
    token.is_some_and(|token| words.contains(&token.text))
}

/// `N (stars) / M (stars)`, `N out of M`, `N stars`.
fn fraction(text: &str, tokens: &[Token<'_>], at: usize, labelled: bool) -> Option<(Form, usize)> {
    let first = tokens.get(at)?;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    if before.is_some_and(|before| {
        before.end() == first.start
            && matches!(before.text, "/" | "." | "," | "-" | "$" | "#" | ":")
            && before.text != ":"
    }) {
        return None;
    }
    let value = count(tokens, at)?;
    let mut next = value.next;
    while is_word_of(&["-", "–"], tokens.get(next)) {
        next = next.saturating_add(1);
    }
    let mut stars = is_word_of(&STAR_WORDS, tokens.get(next));
    let mut end = value.end;
    if stars || is_word_of(&POINT_WORDS, tokens.get(next)) {
        end = tokens.get(next).map_or(end, Token::end);
        next = next.saturating_add(1);
    }
    // `Four teapots out of five`: whatever a critic counts.
    let counted =
        tokens.get(next).filter(|token| token.text.chars().all(char::is_alphabetic) && !token.text.is_empty());
    let divides = |words: &[&str]| counted.is_some() && is_word_of(words, tokens.get(next.saturating_add(1)));
    if divides(&["out"]) || divides(&["sobre", "sur", "su", "von"]) && is_whole(tokens, at, next.saturating_add(2)) {
        next = next.saturating_add(1);
    }
    let Some((separator, after)) = separator(tokens, next) else {
        let is_pointer = tokens.get(next.saturating_sub(1)).is_some_and(|unit| unit.text == "pointer");
        return (stars || is_pointer)
            .then(|| bare_stars(text, first.start, &value, end, stars))
            .flatten()
            .map(|form| (form, next));
    };
    let Some(best) = count(tokens, after).filter(|best| best.value.fract() == 0.0 && best.value >= 3.0) else {
        return stars.then(|| bare_stars(text, first.start, &value, end, true)).flatten().map(|form| (form, next));
    };
    next = best.next;
    end = best.end;
    while is_word_of(&["-", "possible"], tokens.get(next)) {
        next = next.saturating_add(1);
    }
    let names_unit = is_word_of(&STAR_WORDS, tokens.get(next)) || is_word_of(&POINT_WORDS, tokens.get(next));
    stars |= is_word_of(&STAR_WORDS, tokens.get(next));
    if names_unit {
        end = tokens.get(next).map_or(end, Token::end);
        next = next.saturating_add(1);
    }
    let follows = tokens.get(next).map_or("", |token| if token.start == end { token.text } else { "" });
    // `7/4/2024` and `24/7` are no ratings, `3/4 of the film` no more.
    let is_date =
        follows == "/" || tokens.get(next).is_some_and(|token| token.text == "of" && separator == Separator::Slash);
    let weak_word = separator == Separator::Of && !stars && !labelled;
    let plausible = BESTS.contains(&best.value) || stars && best.value <= 12.0;
    if is_date || weak_word || !plausible || value.value > best.value {
        return None;
    }
    // `4 stars (out of 5)`
    let opens = text.get(first.start..end).is_some_and(|printed| printed.contains('('));
    let closes = opens && text.get(end..).is_some_and(|rest| rest.starts_with(')'));
    let end = if closes { end.saturating_add(1) } else { end };
    let printed = text.get(first.start..end)?;
    let rating =
        scale::number(printed, Number { value: value.value, places: value.places, best: Some(best.value), stars })?;
    let weight = match (stars, separator) {
        (true, _) => 6,
        (false, Separator::OutOf) => 4,
        _ => 4,
    };
    Some((Form { rating, span: first.start..end, weight }, next))
}

/// Whether nothing else stands in the sentence of a rating that ends with the number at `best`: `Cuatro entradas sobre
/// cinco.`, but not `dos ensayos sobre cinco mujeres`.
fn is_whole(tokens: &[Token<'_>], at: usize, best: usize) -> bool {
    let ends = |token: Option<&Token<'_>>| token.is_none_or(|token| matches!(token.text, "." | "!" | "?" | ":" | "…"));
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    count(tokens, best).is_some_and(|best| ends(before) && ends(tokens.get(best.next)))
}

/// `10 üzerinden 7`, `5 में से 3`, `100点満点中80点`, `5점 만점에 4점`: the best is said before the value.
fn best_first(text: &str, tokens: &[Token<'_>], at: usize) -> Option<(Form, usize)> {
    const WORDS: [&[&str]; 6] =
        [&["üzerinden"], &["में", "से"], &["点満点中"], &["点満点で"], &["점", "만점에"], &["점", "만점", "중"]];
    let first = tokens.get(at)?;
    let best = count(tokens, at).filter(|best| BESTS.contains(&best.value))?;
    let joined = WORDS.iter().find(|words| {
        words
            .iter()
            .enumerate()
            .all(|(offset, word)| tokens.get(best.next.saturating_add(offset)).is_some_and(|token| token.text == *word))
    })?;
    let value = count(tokens, best.next.saturating_add(joined.len()))?;
    let unit = tokens.get(value.next);
    let stars = is_word_of(&STAR_WORDS, unit);
    let named = stars || is_word_of(&POINT_WORDS, unit);
    let end = unit.filter(|_| named).map_or(value.end, Token::end);
    let number = Number { value: value.value, places: value.places, best: Some(best.value), stars };
    let rating = scale::number(text.get(first.start..end)?, number)?;
    Some((Form { rating, span: first.start..end, weight: 6 }, value.next.saturating_add(usize::from(named))))
}

/// `星4つ`, `별 4개`: the word for stars comes first.
fn stars_before(text: &str, tokens: &[Token<'_>], at: usize) -> Option<(Form, usize)> {
    const UNITS: [&str; 3] = ["つ", "個", "개"];
    let first = tokens.get(at).filter(|token| matches!(token.text, "星" | "별"))?;
    let value = count(tokens, at.saturating_add(1)).filter(|value| (0.5..=10.0).contains(&value.value))?;
    let unit = tokens.get(value.next).filter(|token| UNITS.iter().any(|unit| token.text.starts_with(unit)))?;
    // `별 5개 중 4개`: the first number is of how many.
    let follows =
        text.get(unit.start..)?.trim_start_matches(|letter: char| UNITS.iter().any(|unit| unit.contains(letter)));
    if ["중", "中", "만점", "満点"].iter().any(|word| follows.trim_start().starts_with(word)) {
        return None;
    }
    let width = unit.text.chars().next().map_or(0, char::len_utf8);
    let end = unit.start.saturating_add(width);
    bare_stars(text, first.start, &value, end, true).map(|form| (form, value.next.saturating_add(1)))
}

fn bare_stars(text: &str, start: usize, value: &Count, end: usize, stars: bool) -> Option<Form> {
    // Nobody gives more than four stars but out of five; beyond five nothing tells of how many.
    const OF_FIVE: std::ops::RangeInclusive<f64> = 4.1..=5.0;
    let best = (stars && OF_FIVE.contains(&value.value)).then_some(5.0);
    let printed = text.get(start..end)?;
    let rating = scale::number(printed, Number { value: value.value, places: value.places, best, stars })?;
    (value.value <= 10.0).then_some(Form { rating, span: start..end, weight: 2 })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Slash,
    OutOf,
    Of,
}

fn separator(tokens: &[Token<'_>], at: usize) -> Option<(Separator, usize)> {
    let text = |ahead: usize| tokens.get(at.saturating_add(ahead)).map_or("", |token| token.text);
    let after = |used: usize| at.saturating_add(used);
    match (text(0), text(1)) {
        ("/" | "／" | "⁄", _) => Some((Separator::Slash, after(1))),
        ("out", "of") if text(2) == "a" && text(3) == "possible" => Some((Separator::OutOf, after(4))),
        ("out", "of") => Some((Separator::OutOf, after(2))),
        ("(", "out") if text(2) == "of" => Some((Separator::OutOf, after(3))),
        ("(", "su" | "sur" | "von" | "sobre") => Some((Separator::OutOf, after(2))),
        ("su" | "sur" | "von" | "aus" | "sobre", _) => Some((Separator::OutOf, after(1))),
        ("van", "de") => Some((Separator::OutOf, after(2))),
        ("of" | "de" | "from" | "em" | "di" | "na" | "z" | "из", _) => Some((Separator::Of, after(1))),
        _ => None,
    }
}

/// After a label: `C+`, `B`.
pub(super) fn bare_letter(text: &str) -> Option<Form> {
    let start = text.len().saturating_sub(text.trim_start_matches([' ', '(', '“', '"']).len());
    let rest = text.get(start..)?;
    let mut characters = rest.char_indices();
    let (_, first) = characters.next().filter(|(_, first)| matches!(first, 'A'..='D' | 'F'))?;
    let mut end = first.len_utf8();
    if let Some((at, sign)) = characters.next().filter(|(_, sign)| matches!(sign, '+' | '-' | '−' | '–' | '‑')) {
        end = at.saturating_add(sign.len_utf8());
    }
    let follows = rest.get(end..)?.chars().next();
    // `A fine film`: a letter and a space is an article.
    let is_word = follows.is_some_and(char::is_alphanumeric) || (end == 1 && follows == Some(' ') && rest.len() > 3);
    let rating = scale::letter(rest.get(..end)?).filter(|_| !is_word)?;
    Some(Form { rating, span: start..start.saturating_add(end), weight: 5 })
}

/// After a label: a number whose scale the page does not state.
fn bare_number(text: &str, tokens: &[Token<'_>]) -> Option<Form> {
    let value = count(tokens, 0)?;
    let start = tokens.first()?.start;
    // `80点`
    let unit = tokens.get(value.next).filter(|unit| is_word_of(&POINT_WORDS, Some(unit)));
    let end = unit.map_or(value.end, Token::end);
    let rest = text.get(end..)?.trim();
    let is_percent = rest.starts_with('%');
    let best = is_percent.then_some(100.0);
    let ends = rest.is_empty() || is_percent || rest.starts_with(['.', ',', '|', '(', ')', '。', '、']);
    let printed = text.get(start..end)?;
    let rating = scale::number(printed, Number { value: value.value, places: value.places, best, stars: false })?;
    // From 11 to 20 a bare number is an age: `Rating: 15`.
    let is_age = best.is_none() && unit.is_none() && value.value > 10.0 && value.value <= 20.0;
    (ends && !is_age && value.value <= 100.0).then_some(Form { rating, span: start..end, weight: 2 })
}

fn thumbs(text: &str, lowered: &str) -> Option<Form> {
    const THUMBS: [(&str, bool); 6] = [
        ("👍", true),
        ("👎", false),
        ("thumbs up", true),
        ("thumbs down", false),
        ("thumbs-up", true),
        ("thumbs-down", false),
    ];
    let (at, sign, up) = THUMBS.iter().find_map(|(sign, up)| lowered.find(sign).map(|at| (at, *sign, *up)))?;
    let span = at..at.saturating_add(sign.len());
    Some(Form { rating: scale::thumbs(text.get(span.clone())?, up), span, weight: 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, labelled: bool) -> Option<(Option<f64>, Option<f64>)> {
        forms(text, labelled)
            .into_iter()
            .max_by_key(|form| form.weight)
            .map(|form| (form.rating.value, form.rating.best))
    }

    #[test]
    fn every_printed_form_is_read() {
        let cases = [
            ("4 stars out of 5", 4.0, Some(5.0)),
            ("4/5 stars", 4.0, Some(5.0)),
            ("2.5/5", 2.5, Some(5.0)),
            ("7/10", 7.0, Some(10.0)),
            ("3,5/5", 3.5, Some(5.0)),
            ("★★★★☆", 4.0, Some(5.0)),
            ("★ ★ ★ ½", 3.5, None),
            ("9/10", 9.0, Some(10.0)),
            ("three and a half stars out of four", 3.5, Some(4.0)),
            ("two and three quarters stars out of five", 2.75, Some(5.0)),
            ("3½ stars out of 5", 3.5, Some(5.0)),
            ("3 1/2 stars", 3.5, None),
            ("4 de 5 estrellas", 4.0, Some(5.0)),
            ("8 out of 10", 8.0, Some(10.0)),
            ("★★★ (out of 4)", 3.0, Some(4.0)),
            ("85/100", 85.0, Some(100.0)),
            ("10 üzerinden 7", 7.0, Some(10.0)),
            ("5 में से 3 स्टार", 3.0, Some(5.0)),
            ("100点満点中80点", 80.0, Some(100.0)),
            ("A seven point five out of ten", 7.5, Some(10.0)),
            ("A four pointer", 4.0, None),
            ("★★★½ out of ★★★★", 3.5, Some(4.0)),
            ("★★★/★★★★★", 3.0, Some(5.0)),
            ("***1/2 (out of four)", 3.5, Some(4.0)),
            ("**** out of *****", 4.0, Some(5.0)),
            ("●●●○○", 3.0, Some(5.0)),
            ("🍿🍿🍿🍿/5", 4.0, Some(5.0)),
        ];
        for (text, value, best) in cases {
            assert_eq!(read(text, false), Some((Some(value), best)), "{text}");
        }
    }

    #[test]
    fn dates_shares_and_articles_are_no_ratings() {
        for text in [
            "***",
            "** bold **",
            "● one ● two",
            "gets a Film",
            "7/4/2024",
            "open 24/7",
            "3/4 of the film",
            "5 of the 10 best",
            "9/11",
            "A fine film",
            "50/50",
        ] {
            assert_eq!(read(text, false), None, "{text}");
        }
        assert_eq!(read(" A fine film", true), None);
        assert_eq!(forms(" C+", true).first().and_then(|form| form.rating.score), Some(58.0));
        assert_eq!(read(" 15", true), None, "an age");
        assert_eq!(read(" 9 of 10", true), Some((Some(9.0), Some(10.0))));
        assert_eq!(forms("I give it a B-.", false).first().and_then(|form| form.rating.score), Some(67.0));
        assert_eq!(read(" 85%", true), Some((Some(85.0), Some(100.0))));
    }
}
