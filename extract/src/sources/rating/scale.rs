//! From a printed rating to a place on 0–100, with the width of the place.
//!
//! Knows scales and steps, not pages.

use crate::extraction::{Rating, RatingScale};

/// The letters with their places, best first.
const LETTERS: [(&str, f64); 13] = [
    ("A+", 100.0),
    ("A", 100.0),
    ("A-", 91.0),
    ("B+", 83.0),
    ("B", 75.0),
    ("B-", 67.0),
    ("C+", 58.0),
    ("C", 50.0),
    ("C-", 42.0),
    ("D+", 33.0),
    ("D", 25.0),
    ("D-", 16.0),
    ("F", 0.0),
];

/// A number on a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// The number given.
    pub value: f64,
    /// Digits printed after the decimal sign; a half sign counts as one.
    pub places: u32,
    /// The best, where the page says so.
    pub best: Option<f64>,
    /// Whether stars are counted.
    pub stars: bool,
}

/// A rating in numbers; `None` where the number is outside its scale.
pub(crate) fn number(as_printed: &str, number: Number) -> Option<Rating> {
    let best = number.best.filter(|best| *best >= 1.0);
    if number.value < 0.0 || best.is_some_and(|best| number.value > best) {
        return None;
    }
    let scale = scale(number.stars, best);
    let step = match number.places {
        0 => 1.0,
        1 if number.stars && (number.value * 2.0).fract() == 0.0 => 0.5,
        1 => 0.1,
        _ => 0.01,
    };
    let place = |value: f64| best.map(|best| rounded((value * 100.0 / best).clamp(0.0, 100.0)));
    Some(Rating {
        as_printed: Some(as_printed.to_owned()),
        value: Some(number.value),
        best,
        scale: Some(scale),
        score: place(number.value),
        score_low: place(number.value - step / 2.0),
        score_high: place(number.value + step / 2.0),
    })
}

fn scale(stars: bool, best: Option<f64>) -> RatingScale {
    let whole = best.filter(|best| best.fract() == 0.0).map_or(0, |best| best as u32);
    match (stars, whole) {
        (_, 4) => RatingScale::Stars4,
        (true, 5) => RatingScale::Stars5,
        (_, 6) => RatingScale::Stars6,
        (true, 10) => RatingScale::Stars10,
        (false, 5) => RatingScale::Points5,
        (false, 10) => RatingScale::Points10,
        (_, 20) => RatingScale::Points20,
        (_, 100) => RatingScale::Points100,
        _ => RatingScale::Other,
    }
}

/// A rating in letters; `None` for what is no grade. Dashes of every kind are minus signs.
pub(crate) fn letter(as_printed: &str) -> Option<Rating> {
    let normal: String = as_printed
        .trim()
        .chars()
        .map(|character| if matches!(character, '−' | '–' | '—' | '‑') { '-' } else { character.to_ascii_uppercase() })
        .collect();
    let at = LETTERS.iter().position(|(letter, _)| *letter == normal)?;
    let place = |at: usize| LETTERS.get(at).map(|(_, place)| *place);
    let own = place(at)?;
    let above = at.checked_sub(1).and_then(place).unwrap_or(100.0);
    let below = place(at.saturating_add(1)).unwrap_or(0.0);
    Some(Rating {
        as_printed: Some(as_printed.trim().to_owned()),
        value: None,
        best: None,
        scale: Some(RatingScale::Letter),
        score: Some(own),
        score_low: Some(rounded(f64::midpoint(own, below))),
        score_high: Some(rounded(f64::midpoint(own, above))),
    })
}

/// Thumbs up or down.
pub(crate) fn thumbs(as_printed: &str, up: bool) -> Rating {
    let (score, low, high) = if up { (100.0, 50.0, 100.0) } else { (0.0, 0.0, 50.0) };
    Rating {
        as_printed: Some(as_printed.to_owned()),
        value: None,
        best: None,
        scale: Some(RatingScale::Thumbs),
        score: Some(score),
        score_low: Some(low),
        score_high: Some(high),
    }
}

/// Four places: enough for any scale, and free of binary tails.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(rating: Option<Rating>) -> (f64, f64, f64) {
        let rating = rating.unwrap();
        (rating.score.unwrap(), rating.score_low.unwrap(), rating.score_high.unwrap())
    }

    fn of(value: f64, places: u32, best: f64, stars: bool) -> Option<Rating> {
        number("x", Number { value, places, best: Some(best), stars })
    }

    #[test]
    fn steps_are_the_last_place_printed() {
        assert_eq!(scores(of(4.0, 0, 5.0, true)), (80.0, 70.0, 90.0));
        assert_eq!(scores(of(3.5, 1, 5.0, true)), (70.0, 65.0, 75.0));
        assert_eq!(scores(of(7.5, 1, 10.0, false)), (75.0, 74.5, 75.5));
        assert_eq!(scores(of(5.0, 0, 5.0, true)), (100.0, 90.0, 100.0));
        assert_eq!(scores(of(0.0, 0, 4.0, true)), (0.0, 0.0, 12.5));
        assert_eq!(of(6.0, 0, 5.0, true), None);
    }

    #[test]
    fn letters_reach_half_way_to_their_neighbours() {
        assert_eq!(scores(letter("C+")), (58.0, 54.0, 62.5));
        assert_eq!(scores(letter("A+")), (100.0, 100.0, 100.0));
        assert_eq!(scores(letter("B−")), (67.0, 62.5, 71.0));
        assert_eq!(scores(letter("F")), (0.0, 0.0, 8.0));
        assert_eq!(letter("E"), None);
    }

    #[test]
    fn a_scale_that_is_not_stated_has_no_score() {
        let bare = number("★★★★", Number { value: 4.0, places: 0, best: None, stars: true }).unwrap();
        assert_eq!((bare.value, bare.best, bare.score), (Some(4.0), None, None));
    }
}
