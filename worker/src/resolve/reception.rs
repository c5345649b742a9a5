//! What the critics make of a film: counts and moments of its scores.

/// A film's reception.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reception {
    /// Independent reviews.
    pub review_count: i32,
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
    pub histogram: [u32; 10],
}

/// Sums up the scores of a film's independent reviews; `None` stands for a review without one.
pub fn receive(scores: &[Option<f64>]) -> Reception {
    let mut rated: Vec<f64> = scores.iter().flatten().copied().collect();
    // Sorted, so that sums of fractions come out the same in whatever order the reviews were read.
    rated.sort_by(f64::total_cmp);
    let mut histogram = [0; 10];
    for score in &rated {
        let bin = histogram_bin(*score);
        if let Some(count) = histogram.get_mut(bin) {
            *count += 1;
        }
    }
    let count = rated.len();
    let sum: f64 = rated.iter().sum();
    let mean = (count > 0).then(|| sum / count as f64);
    let spread = mean.map(|mean| (rated.iter().map(|score| (score - mean).powi(2)).sum::<f64>() / count as f64).sqrt());
    Reception {
        review_count: i32::try_from(scores.len()).unwrap_or(i32::MAX),
        rated_count: i32::try_from(count).unwrap_or(i32::MAX),
        sum,
        mean,
        median: median(&rated),
        spread,
        histogram,
    }
}

/// Which tenth a score falls into; 100 belongs to the last.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=9 before")]
fn histogram_bin(score: f64) -> usize {
    (score / 10.0).floor().clamp(0.0, 9.0) as usize
}

fn median(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    sorted.get(sorted.len() / 2 - 1).map(|lower| f64::midpoint(*lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unrated_reviews_count_and_do_not_score() {
        let reception = receive(&[Some(80.0), None, Some(60.0), Some(100.0), Some(40.0)]);
        assert_eq!((reception.review_count, reception.rated_count), (5, 4));
        assert_eq!((reception.mean, reception.median), (Some(70.0), Some(70.0)));
        assert!((reception.spread.unwrap_or_default() - 500.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(reception.histogram, [0, 0, 0, 0, 1, 0, 1, 0, 1, 1]);
    }

    #[test]
    fn a_film_that_nobody_rated_has_no_mean() {
        assert_eq!(receive(&[None]), Reception { review_count: 1, ..Reception::default() });
    }
}
