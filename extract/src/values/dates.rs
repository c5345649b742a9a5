//! Dates as pages print them, to ISO 8601 calendar dates.

use std::ops::Range;

use chrono::NaiveDate;

use super::{Token, tokens};
use crate::folding::lower;
use crate::vocabulary::vocabulary;

/// Years that a date of a page or a release may have. Earlier ones are placeholders of content systems.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2040;

/// The first date in a text. `month_first` settles `7/4/2024`.
pub(crate) fn date(text: &str, month_first: bool) -> Option<(String, Range<usize>)> {
    let lowered = lower(text);
    let tokens = tokens(&lowered);
    (0..tokens.len()).find_map(|at| at_token(&tokens, at, month_first))
}

/// The calendar date of a machine-readable time stamp, in its own offset; placeholders are none.
pub(crate) fn iso_date(stamp: &str) -> Option<String> {
    let stamp = stamp.trim();
    let day = stamp.get(..10).unwrap_or(stamp);
    let parsed = NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(day, "%Y/%m/%d"))
        .or_else(|_| NaiveDate::parse_from_str(stamp.get(..8).unwrap_or(stamp), "%Y%m%d"));
    match parsed {
        Ok(date) => formatted(date),
        Err(_) => date(stamp, true).map(|(date, _)| date),
    }
}

/// The date in an address's path: `/2011/12/21/`.
pub(crate) fn date_in_url(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|window| match window {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            built(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    })
}

fn formatted(date: NaiveDate) -> Option<String> {
    use chrono::Datelike;
    // The first days of Unix time and of the common era are what content systems print for "no date".
    let placeholder = date.year() == 1970 && date.ordinal() <= 2;
    (YEARS.contains(&date.year()) && !placeholder).then(|| date.format("%Y-%m-%d").to_string())
}

fn built(year: i32, month: u32, day: u32) -> Option<String> {
    NaiveDate::from_ymd_opt(year, month, day).and_then(formatted)
}

fn at_token(tokens: &[Token<'_>], at: usize, month_first: bool) -> Option<(String, Range<usize>)> {
    let first = tokens.get(at)?;
    let rest = tokens.get(at.saturating_add(1)..).unwrap_or_default();
    let worded = worded(first, rest);
    let (date, end) = worded.or_else(|| numeric(first, rest, month_first))?;
    Some((date, first.start..end))
}

/// `July 5, 2024`, `5 July 2024`, `5. Juli 2024`, `5 de julio de 2024`, `4th of July, 2024`.
fn worded(first: &Token<'_>, rest: &[Token<'_>]) -> Option<(String, usize)> {
    let mut parts = rest.iter().filter(|token| !is_filler(token.text));
    let (second, third) = (parts.next()?, parts.next()?);
    let far = third.start.saturating_sub(first.end()) > 24;
    if far {
        return None;
    }
    let year = i32::try_from(third.number()?).ok().filter(|_| third.text.len() == 4)?;
    let months = vocabulary();
    let (month, day) = match (months.month(first.text), months.month(second.text)) {
        (Some(month), _) => (month, second.number()?),
        (None, Some(month)) => (month, first.number()?),
        (None, None) => return None,
    };
    built(year, month, day).map(|date| (date, third.end()))
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "," | "." | "de" | "of" | "st" | "nd" | "rd" | "th" | "del" | "º" | "°" | "-" | "/" | "do" | "er" | "the" | "से"
    )
}

/// `2024-07-05`, `2024年7月5日`, `2024. 7. 5.`, `05.07.2024`, `7/4/2024`.
fn numeric(first: &Token<'_>, rest: &[Token<'_>], month_first: bool) -> Option<(String, usize)> {
    let [sign, second, other_sign, third, ..] = rest else { return None };
    let signs_agree = sign.text == other_sign.text && matches!(sign.text, "-" | "/" | "." | "–");
    let in_characters = matches!((sign.text, other_sign.text), ("年", "月") | ("년", "월"));
    if !signs_agree && !in_characters {
        return None;
    }
    let month = || second.number().or_else(|| vocabulary().month(second.text));
    let (a, b, c) = (first.number()?, month()?, third.number()?);
    if first.text.len() == 4 {
        return built(i32::try_from(a).ok()?, b, c).map(|date| (date, third.end()));
    }
    let year = match third.text.len() {
        4 => i32::try_from(c).ok()?,
        2 if matches!(sign.text, "/" | ".") && !goes_on(rest) => of_century(i32::try_from(c).ok()?)?,
        _ => return None,
    };
    let month_first = if a > 12 {
        false
    } else if b > 12 {
        true
    } else {
        month_first && sign.text == "/"
    };
    let (month, day) = if month_first { (a, b) } else { (b, a) };
    built(year, month, day).map(|date| (date, third.end()))
}

/// The year that two digits stand for on a page: the web has no dates from before its first pages.
fn of_century(digits: i32) -> Option<i32> {
    match digits {
        0..=40 => Some(digits.saturating_add(2000)),
        90..=99 => Some(digits.saturating_add(1900)),
        _ => None,
    }
}

/// Whether a number of three parts has more: `1.10.12.4` is a version.
fn goes_on(rest: &[Token<'_>]) -> bool {
    let [_, _, other_sign, third, next, after, ..] = rest else { return false };
    next.text == other_sign.text && next.start == third.end() && after.number().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_form_seen() {
        let cases = [
            ("July 5, 2024", "2024-07-05"),
            ("2024-Jul-05", "2024-07-05"),
            ("05-Jul-2024", "2024-07-05"),
            ("5 July 2024", "2024-07-05"),
            ("Jul 5th, 2024", "2024-07-05"),
            ("5 de julio de 2024", "2024-07-05"),
            ("23 de February de 2017", "2017-02-23"),
            ("5. Juli 2024", "2024-07-05"),
            ("1er juillet 2024", "2024-07-01"),
            ("2024年7月5日", "2024-07-05"),
            ("2024. 7. 5.", "2024-07-05"),
            ("05.07.2024", "2024-07-05"),
            ("7/4/2024", "2024-07-04"),
            ("25/12/2023", "2023-12-25"),
            ("7/4/99", "1999-07-04"),
            ("25.12.08", "2008-12-25"),
            ("5 Temmuz 2024", "2024-07-05"),
        ];
        for (text, iso) in cases {
            assert_eq!(date(text, true).map(|(date, _)| date).as_deref(), Some(iso), "{text}");
        }
        assert_eq!(date("in 2024, 5 people", true), None);
        assert_eq!(date("99/99/2024", true), None);
        assert_eq!(date("1.10.12.4", true), None);
        assert_eq!(date("7/4/62", true), None);
    }

    #[test]
    fn stamps_keep_their_own_day_and_placeholders_are_none() {
        assert_eq!(iso_date("2024-07-04T23:50:00-04:00").as_deref(), Some("2024-07-04"));
        assert_eq!(iso_date("1970-01-01T00:00:00Z"), None);
        assert_eq!(iso_date("0001-01-01"), None);
        assert_eq!(date_in_url("/2011/12/21/name").as_deref(), Some("2011-12-21"));
        assert_eq!(date_in_url("/2011/99/21/name"), None);
    }
}
