//! What critics make of a film: counts and moments of scores.
//!
//! The input is how many independent reviews give each score. Sums are taken over the scores in their order, so that they
//! come out the same, to the last bit, in whatever order the reviews came in.

/// A film's reception, or a critic's record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reception {
    /// Those with a score.
    pub rated_count: i32,
    /// Sum of the scores.
    pub sum: f64,
    /// 0 to 100.
    pub mean: Option<f64>,
    /// 0 to 100.
    pub median: Option<f64>,
    /// Population standard deviation.
    pub spread: Option<f64>,
    /// Scores in `[0,10)`, `[10,20)`, …, `[90,100]`.
    pub histogram: [u64; 10],
}

/// Sums up scores, each with how many reviews give it.
pub fn receive(scores: &[(f64, u64)]) -> Reception {
    let mut rated = scores.to_vec();
    rated.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let mut histogram = [0_u64; 10];
    for (score, reviews) in &rated {
        if let Some(count) = histogram.get_mut(histogram_bin(*score)) {
            *count = count.saturating_add(*reviews);
        }
    }
    let count: u64 = rated.iter().map(|(_, reviews)| reviews).sum();
    let sum: f64 = rated.iter().map(|(score, reviews)| score * real(*reviews)).sum();
    let mean = (count > 0).then(|| sum / real(count));
    let spread = mean.map(|mean| {
        let squares: f64 = rated.iter().map(|(score, reviews)| (score - mean).powi(2) * real(*reviews)).sum();
        (squares / real(count)).sqrt()
    });
    Reception {
        rated_count: i32::try_from(count).unwrap_or(i32::MAX),
        sum,
        mean,
        median: median(&rated, count),
        spread,
        histogram,
    }
}

#[expect(clippy::cast_precision_loss, reason = "no film has 2^53 reviews")]
fn real(count: u64) -> f64 {
    count as f64
}

/// Which tenth a score falls into; 100 belongs to the last.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=9 before")]
fn histogram_bin(score: f64) -> usize {
    (score / 10.0).floor().clamp(0.0, 9.0) as usize
}

/// The score in the middle, or the mean of the two there.
fn median(sorted: &[(f64, u64)], count: u64) -> Option<f64> {
    let at = |rank: u64| {
        let mut before: u64 = 0;
        let mut scores = sorted.iter();
        let found = scores.find(|(_, reviews)| {
            before = before.saturating_add(*reviews);
            before > rank
        });
        found.map(|(score, _)| *score)
    };
    let upper = at(count / 2)?;
    if count % 2 == 1 {
        return Some(upper);
    }
    at((count / 2).saturating_sub(1)).map(|lower| f64::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_summed_up() {
        let reception = receive(&[(80.0, 1), (60.0, 1), (100.0, 1), (40.0, 1)]);
        assert_eq!(reception.rated_count, 4);
        assert_eq!((reception.mean, reception.median), (Some(70.0), Some(70.0)));
        assert!((reception.spread.unwrap_or_default() - 500.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(reception.histogram, [0, 0, 0, 0, 1, 0, 1, 0, 1, 1]);
    }

    #[test]
    fn a_score_given_often_weighs_often() {
        let third = 250.0 / 3.0;
        let reception = receive(&[(10.0, 2), (third, 3)]);
        assert_eq!((reception.rated_count, reception.median), (5, Some(third)));
        assert_eq!(receive(&[(10.0, 2), (20.0, 2)]).median, Some(15.0));
    }

    #[test]
    fn a_film_that_nobody_rated_has_no_mean() {
        assert_eq!(receive(&[]), Reception::default());
    }
}
