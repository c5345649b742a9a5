//! What an error of any stage means for the submission: try again, wait as asked, or end.
//!
//! Must not know how rows are written or when the next attempt is due: whoever holds the row decides that.

use std::time::Duration;

use entity::SubmissionOutcome;

/// What becomes of a submission after a stage has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may succeed later: try again with backoff, a bounded number of times.
    Retry,
    /// The host asked to be left alone for this long: wait, and count no attempt.
    Later(Duration),
    /// Trying again cannot help: the submission ends so.
    Final(SubmissionOutcome),
}

impl Verdict {
    /// Whether another attempt may follow.
    pub fn is_retryable(self) -> bool {
        !matches!(self, Self::Final(_))
    }
}
