//! Ratings in signs: `★★★½☆`, `★ ★ ★ ½`, `***1/2 (out of four)`, `●●●○○`, `🍿🍿🍿/5`.
//!
//! Counts signs; where they stand and what else the line says is weighed elsewhere.

use std::ops::Range;

use crate::folding::lower;
use crate::vocabulary::vocabulary;

use super::forms::Form;
use super::scale::{self, Number};

/// A kind of sign, its empty form, and whether it rates by itself.
struct Kind<'a> {
    full: &'a [char],
    empty: &'a [char],
    half: &'a [char],
    /// Other signs are bullets and markup as well: they rate where a label, an empty sign or a scale says so.
    rates_alone: bool,
}

const KINDS: [Kind<'static>; 4] = [
    Kind {
        full: &['★', '⭐', '🌟', '✭', '✮', '✯', '⭑'],
        empty: &['☆', '✩', '✰', '⚝'],
        half: &['½', '⯪', '⯨', '✬'],
        rates_alone: true,
    },
    Kind { full: &['*'], empty: &[], half: &['½'], rates_alone: false },
    Kind { full: &['●', '⬤'], empty: &['○', '◯'], half: &['◐', '◑', '½'], rates_alone: false },
    Kind { full: &['🍿'], empty: &[], half: &['½'], rates_alone: false },
];

/// A run of signs.
#[derive(Debug, Clone)]
struct Run {
    span: Range<usize>,
    full: f64,
    empty: f64,
    half: bool,
    is_tight: bool,
}

/// All ratings in signs in a text; `labelled` says that the text follows a label such as `Rating:`.
pub(super) fn read(text: &str, labelled: bool) -> Vec<Form> {
    let mut forms = Vec::new();
    // Critics count in whatever picture they like: `🎬🎬🎬🎬 von 🎬🎬🎬🎬🎬`.
    let own: Vec<char> = repeated(text).into_iter().collect();
    let own = Kind { full: &own, empty: &[], half: &['½'], rates_alone: false };
    for kind in KINDS.iter().chain([&own]) {
        if !text.contains(kind.full) && !text.contains(kind.empty) {
            continue;
        }
        let runs = runs(text, kind);
        let mut at = 0;
        while let Some(run) = runs.get(at) {
            at = at.saturating_add(1);
            let scale = runs.get(at).filter(|next| is_scale(text, run, next));
            if scale.is_some() {
                at = at.saturating_add(1);
            }
            forms.extend(form(text, kind, run, scale, labelled));
        }
    }
    forms
}

/// Whether a character is a picture.
pub(super) fn is_picture(character: char) -> bool {
    matches!(character, '\u{1f300}'..='\u{1faff}')
}

/// The first picture that stands twice in a row and is no kind of its own.
fn repeated(text: &str) -> Option<char> {
    let mut before = None;
    text.chars().filter(|sign| !matches!(sign, ' ' | '\u{fe0f}')).find(|sign| {
        let is_again = before == Some(*sign) && is_picture(*sign);
        before = Some(*sign);
        is_again && !KINDS.iter().any(|kind| kind.full.contains(sign))
    })
}

fn runs(text: &str, kind: &Kind<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open: Option<Run> = None;
    for (at, character) in text.char_indices() {
        let end = at.saturating_add(character.len_utf8());
        let (is_full, is_empty) = (kind.full.contains(&character), kind.empty.contains(&character));
        match &mut open {
            Some(run) if is_full || is_empty => {
                run.is_tight &= run.span.end == at;
                run.span.end = end;
                run.full += f64::from(u8::from(is_full));
                run.empty += f64::from(u8::from(is_empty));
            }
            None if is_full || is_empty => {
                let (full, empty) = (f64::from(u8::from(is_full)), f64::from(u8::from(is_empty)));
                open = Some(Run { span: at..end, full, empty, half: false, is_tight: true });
            }
            Some(run) if kind.half.contains(&character) && !run.half => {
                run.full += 0.5;
                run.half = true;
                run.span.end = end;
            }
            Some(_) if matches!(character, ' ' | '\u{fe0f}' | '\u{a0}') => {}
            _ => runs.extend(open.take()),
        }
    }
    runs.extend(open);
    for run in &mut runs {
        half_in_digits(text, run);
    }
    runs
}

/// `*** 1/2`
fn half_in_digits(text: &str, run: &mut Run) {
    let after = text.get(run.span.end..).unwrap_or_default();
    let rest = after.trim_start_matches(' ');
    if !run.half && run.empty == 0.0 && rest.starts_with("1/2") {
        run.half = true;
        run.full += 0.5;
        run.span.end = run.span.end.saturating_add(after.len().saturating_sub(rest.len())).saturating_add(3);
    }
}

/// `★★★ out of ★★★★`, `★★★/★★★★★`: whether a run only says how many signs are best.
fn is_scale(text: &str, run: &Run, next: &Run) -> bool {
    let between = lower(text.get(run.span.end..next.span.start).unwrap_or_default());
    matches!(
        between.trim(),
        "/" | "out of" | "(out of" | "of" | "von" | "sur" | "su" | "de" | "di" | "da" | "em" | "z" | "из" | "van"
    ) && !next.half
        && next.full + next.empty >= run.full
}

/// `(out of 5)`, `/5`, `out of four`, `(su cinque)`: a scale in digits or words after the signs.
fn stated_best(text: &str, run: &Run) -> Option<f64> {
    let after = lower(text.get(run.span.end..)?.trim_start().get(..)?);
    let opens = after.starts_with(['(', '/']) || after.starts_with("out of");
    let rest = after.trim_start_matches(['(', '/', ' ']);
    let rest = ["out of ", "su ", "sur ", "von ", "sobre ", "de "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let word: String = rest.chars().take_while(|character| character.is_alphanumeric()).collect();
    // `★★★★★ (10/10)`: the brackets hold a rating of their own.
    if rest.get(word.len()..).is_some_and(|rest| rest.trim_start().starts_with('/')) {
        return None;
    }
    let best = word.parse::<f64>().ok().or_else(|| vocabulary().number(&word))?;
    (opens && best.fract() == 0.0 && (run.full.ceil()..=10.0).contains(&best)).then_some(best)
}

fn form(text: &str, kind: &Kind<'_>, run: &Run, scale: Option<&Run>, labelled: bool) -> Option<Form> {
    let whole = run.full.ceil() + run.empty;
    let own = (run.empty > 0.0 || (whole - 10.0).abs() < f64::EPSILON).then_some(whole);
    let told = scale.map(|scale| scale.full + scale.empty).or(own).or_else(|| stated_best(text, run));
    let is_told = told.is_some() || labelled || run.half;
    // Nobody draws more than four stars but out of five, or ten, which brackets may say.
    let goes_on = text.get(run.span.end..)?.trim_start().starts_with('(');
    let is_of_five = kind.rates_alone && !goes_on && (whole - 5.0).abs() < f64::EPSILON;
    let best = told.or(is_of_five.then_some(whole));
    if !(1.0..=10.0).contains(&whole) || run.full < 1.5 && best.is_none() || !kind.rates_alone && !is_told {
        return None;
    }
    // `**bold**`, and bullets before the items of a list.
    let before = text.get(..run.span.start)?.chars().next_back();
    let after = text.get(run.span.end..)?.chars().next();
    let is_markup = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
    if !kind.rates_alone && (!run.is_tight || is_markup(before) || is_markup(after)) {
        return None;
    }
    let end = scale.map_or(run.span.end, |scale| scale.span.end);
    // `** (out of ****)`
    let is_open = text.get(run.span.start..end)?.contains('(') && text.get(end..)?.starts_with(')');
    let end = if is_open { end.saturating_add(1) } else { end };
    let printed = text.get(run.span.start..end)?;
    // `★★★★★ ★★★★★`: full stars over empty ones, which a stylesheet colours and cuts to what is meant.
    let is_overlay = printed.split_once(' ').is_some_and(|(below, above)| below == above && run.full >= 6.0);
    if is_overlay {
        return None;
    }
    let rating = scale::number(printed, Number { value: run.full, places: u32::from(run.half), best, stars: true })?;
    Some(Form { rating, span: run.span.start..end, weight: if told.is_some() { 6 } else { 5 } })
}
