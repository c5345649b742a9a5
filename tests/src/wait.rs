//! Waiting for a condition, with a bound: never for a length of time.

use std::time::{Duration, Instant};

/// Between two looks. Short against everything that is waited for, long against the cost of a look.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks until `look` gives a value, and gives that.
///
/// # Panics
///
/// When `bound` has passed, naming what was waited for.
pub async fn eventually<T>(bound: Duration, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(value) = look().await {
            return value;
        }
        assert!(begin.elapsed() < bound, "waited {bound:?} in vain for {what}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
