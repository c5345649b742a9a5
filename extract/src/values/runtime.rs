//! Running times: `1h 34m`, `2hr 20 mins`, `PT1H34M`, `1hora e 46 min`, `sete horas e 47 minutos`, `94 min`, `1時間34分`.

use std::ops::Range;

use super::spoken::number_at;
use super::{Token, tokens};
use crate::folding::{is_caseless, lower};
use crate::vocabulary::vocabulary;

/// Minutes of the shortest film taken.
const MINUTES_MIN: u32 = 3;

/// Minutes of the longest film taken: fifteen hours.
const MINUTES_MAX: u32 = 900;

/// A feature's shortest length: `3 min` beside a date is what reading the article takes.
pub(crate) const FEATURE_MINUTES_MIN: u32 = 40;

/// The first running time in a text, in whole minutes.
pub(crate) fn runtime(text: &str) -> Option<(u32, Range<usize>)> {
    let lowered = lower(text);
    let tokens = counted(&lowered);
    let found = |from: usize| (from..tokens.len()).find_map(|at| Some((at, at_token(&tokens, at)?)));
    let is_figure = |span: &Range<usize>| {
        lowered.get(span.clone()).is_some_and(|words| words.starts_with(|first: char| first.is_ascii_digit()))
    };
    let (at, first) = found(0)?;
    // `Ten Minutes to Four, 2019, 94 min.`: a title's minutes are in words, and few.
    let later = (!is_figure(&first.1) && first.0 < FEATURE_MINUTES_MIN).then(|| found(at.saturating_add(2))).flatten();
    let later =
        later.map(|(_, later)| later).filter(|(minutes, span)| *minutes >= FEATURE_MINUTES_MIN && is_figure(span));
    Some(later.unwrap_or(first)).filter(|(minutes, _)| (MINUTES_MIN..=MINUTES_MAX).contains(minutes))
}

/// Whether a running time's words count hours and minutes: `3 hours and 14 minutes`, `2h15`.
pub(crate) fn counts_hours(words: &str) -> bool {
    let lowered = lower(words);
    let tokens = counted(&lowered);
    let numbers = tokens.iter().filter(|token| number_of(token).is_some()).count();
    numbers >= 2 && tokens.iter().any(|token| matches!(unit_of(token), Some(Unit::Hour)))
}

/// Whether a running time's words count minutes: `120 minutes`, `2 hours and 4 minutes`.
pub(crate) fn counts_minutes(words: &str) -> bool {
    let lowered = lower(words);
    counted(&lowered).iter().any(|token| matches!(unit_of(token), Some(Unit::Minute)))
}

/// The tokens of a text, units cut off the words that go on behind them where those have no spaces: `104分です`.
fn counted(lowered: &str) -> Vec<Token<'_>> {
    const UNIT_LETTERS_MAX: usize = 2;
    let cut = |token: Token<'_>| {
        let ends = token.text.char_indices().skip(1).take(UNIT_LETTERS_MAX).map(|(at, _)| at);
        let is_caseless = token.text.starts_with(is_caseless);
        let unit = ends
            .filter(|end| is_caseless && token.text.get(..*end).is_some_and(|unit| vocabulary().unit(unit).is_some()));
        unit.max()
    };
    let mut counted = Vec::new();
    for token in tokens(lowered) {
        match cut(token).and_then(|at| token.text.split_at_checked(at)) {
            Some((unit, rest)) if vocabulary().unit(token.text).is_none() => {
                counted.push(Token { text: unit, start: token.start });
                counted.push(Token { text: rest, start: token.start.saturating_add(unit.len()) });
            }
            _ => counted.push(token),
        }
    }
    counted
}

fn at_token(tokens: &[Token<'_>], at: usize) -> Option<(u32, Range<usize>)> {
    let first = tokens.get(at)?;
    if let Some(found) = and_a_half(tokens, at) {
        return Some(found);
    }
    let (number, mut next) = number_at(tokens, at).or_else(|| one_hour(tokens, at))?;
    // A decimal's last part or a part of a bigger number is no running time.
    if at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.end() == first.start && matches!(before.text, "." | "," | "/" | ":"))
        && at.checked_sub(2).and_then(|part| tokens.get(part)).is_some_and(|part| part.number().is_some())
    {
        return None;
    }
    if tokens.get(next).is_some_and(|token| matches!(token.text, "-" | "‑" | "–")) {
        next = next.saturating_add(1);
    }
    let unit = tokens.get(next)?;
    match unit_of(unit)? {
        Unit::Minute => whole(number).map(|minutes| (minutes, first.start..unit.end())),
        Unit::Hour => {
            let hours = number * 60.0;
            let (minutes, end) = minutes_after(tokens, next).unwrap_or((0, unit.end()));
            whole(hours).map(|hours| (hours.saturating_add(minutes), first.start..end))
        }
    }
}

/// `an hour and fifty-two`: an article that counts, where minutes follow.
fn one_hour(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let unit = at.saturating_add(1);
    let is_hour = matches!(tokens.get(unit).and_then(unit_of), Some(Unit::Hour));
    let counts = tokens.get(at).is_some_and(|token| token.text == "an") && is_hour;
    (counts && minutes_after(tokens, unit).is_some()).then_some((1.0, unit))
}

/// `two and a half hours`, `two-and-a-half-hour`, `2.5 hours`, `2½ hours`, `an hour and a half`.
fn and_a_half(tokens: &[Token<'_>], at: usize) -> Option<(u32, Range<usize>)> {
    const HYPHENS: [&str; 3] = ["-", "‑", "–"];
    let first = tokens.get(at)?;
    // Hyphens between the words are no words.
    let words: Vec<&Token<'_>> =
        tokens.iter().skip(at).filter(|token| !HYPHENS.contains(&token.text)).take(5).collect();
    let word = |ahead: usize| words.get(ahead).map_or("", |token| token.text);
    let is_hour = |ahead: usize| words.get(ahead).is_some_and(|token| matches!(unit_of(token), Some(Unit::Hour)));
    let is_half = |ahead: usize| {
        word(ahead) == "and" && word(ahead.saturating_add(1)) == "a" && word(ahead.saturating_add(2)) == "half"
    };
    if first.text == "hour" && is_half(1) {
        return Some((90, first.start..words.get(3)?.end()));
    }
    // `hora y media`
    let is_hour_first = matches!(unit_of(first), Some(Unit::Hour)) && matches!(word(1), "y" | "e" | "et");
    if is_hour_first && vocabulary().number(word(2)) == Some(0.5) {
        return Some((90, first.start..words.get(2)?.end()));
    }
    let hours = number_of(first).filter(|hours| hours.fract() == 0.0)?;
    let unit = match (word(1), word(2)) {
        ("and", _) if is_half(1) => 4,
        ("½", _) => 2,
        ("." | ",", "5") => 3,
        _ => return None,
    };
    let is_tight = unit != 3 || words.get(1).is_some_and(|point| point.start == first.end());
    let minutes = whole(hours * 60.0 + 30.0).filter(|_| is_hour(unit) && is_tight)?;
    Some((minutes, first.start..words.get(unit)?.end()))
}

/// The minutes that follow hours, over a joining word or sign.
fn minutes_after(tokens: &[Token<'_>], unit_at: usize) -> Option<(u32, usize)> {
    // Small numbers in words are other words elsewhere: `on`, `once`, `un`.
    const SPOKEN_MIN: u32 = 12;
    let unit = tokens.get(unit_at)?;
    let mut at = unit_at.saturating_add(1);
    let has_comma = tokens.get(at).is_some_and(|token| token.text == ",");
    while tokens
        .get(at)
        .is_some_and(|token| matches!(token.text, "." | "," | "and" | "&" | "e" | "y" | "et" | "und" | "ed" | "ve"))
    {
        at = at.saturating_add(1);
    }
    let token = tokens.get(at)?;
    // `dos horas y cuarto`, `zwei Stunden und eine halbe`: parts of an hour in words.
    let part = vocabulary().number(token.text).filter(|part| part.fract() != 0.0 && *part < 1.0);
    if let Some(minutes) = part.and_then(|part| whole(part * 60.0)).filter(|_| at > unit_at.saturating_add(1)) {
        return Some((minutes, token.end()));
    }
    let (number, next) = number_at(tokens, at)?;
    let minutes = whole(number).filter(|minutes| *minutes < 60)?;
    match tokens.get(next).and_then(unit_of) {
        Some(Unit::Minute) => Some((minutes, tokens.get(next)?.end())),
        // `1h 44’`
        _ if tokens.get(next).is_some_and(|sign| matches!(sign.text, "’" | "'" | "′")) => {
            Some((minutes, tokens.get(next)?.end()))
        }
        // `an hour and fifty-two`, `two hours twenty`
        _ if token.number().is_none() && minutes >= SPOKEN_MIN && !has_comma => {
            Some((minutes, tokens.get(next.checked_sub(1)?)?.end()))
        }
        // `1h34`: digits that touch the unit need no unit of their own.
        _ if token.start == unit.end() && token.number().is_some() => Some((minutes, token.end())),
        // `(1 h 43)`: two digits that nothing follows.
        next if next.is_none()
            && token.text.len() == 2
            && tokens
                .get(at.saturating_add(1))
                .is_none_or(|after| matches!(after.text, ")" | "." | "," | "|" | "-" | "–" | "/")) =>
        {
            Some((minutes, token.end()))
        }
        _ => None,
    }
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Hour,
    Minute,
}

fn unit_of(token: &Token<'_>) -> Option<Unit> {
    match vocabulary().unit(token.text)? {
        "hour" => Some(Unit::Hour),
        "minute" => Some(Unit::Minute),
        _ => None,
    }
}

fn number_of(token: &Token<'_>) -> Option<f64> {
    token.number().map(f64::from).or_else(|| vocabulary().number(token.text))
}

/// Whole minutes only: `half` a minute is none.
fn whole(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && number >= 0.0 && number <= f64::from(u16::MAX)).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_times_are_read_in_every_form_seen() {
        let cases = [
            ("1h 34m", 94),
            ("1 hour 34 minutes", 94),
            ("2hr 20 mins", 140),
            ("(PG) 110 minutes", 110),
            ("2h13min", 133),
            ("1hora e 46 min.", 106),
            ("96 Min.", 96),
            ("Sete horas e 47 minutos", 467),
            ("PT1H34M", 94),
            ("PT94M", 94),
            ("1h34", 94),
            ("1h 34’", 94),
            ("上映時間は94分です", 94),
            ("(1 h 43)", 103),
            ("日本/118分", 118),
            ("141 min", 141),
            ("1時間34分", 94),
            ("118분", 118),
            ("running time 1hr 27 mins", 87),
            ("a 96-minute film", 96),
            ("2 hours", 120),
            ("1 Std. 50 Min.", 110),
            ("two and a half hours", 150),
            ("a two-and-a-half-hour film", 150),
            ("2.5 hours", 150),
            ("two hours and twenty minutes", 140),
            ("one hour and thirty-five minutes", 95),
            ("all ninety-four minutes", 94),
            ("a ninety-minute film", 90),
            ("2½ hours", 150),
            ("the hour-and-a-half long film", 90),
            ("dura hora y media justa", 90),
            ("a hundred and eighteen minutes", 118),
            ("an hour and fifty-two", 112),
            ("an hour and fifty-one minutes", 111),
            ("two hours twenty", 140),
            ("noventa y cuatro minutos", 94),
            ("quatre-vingts minutes", 80),
            ("novantaquattro minuti", 94),
        ];
        for (text, minutes) in cases {
            assert_eq!(runtime(text).map(|(minutes, _)| minutes), Some(minutes), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_running_times() {
        for text in ["2024", "90 people", "7/10", "1.30 min", "5000 minutes", "two and a half men"] {
            assert_eq!(runtime(text), None, "{text}");
        }
    }
}
