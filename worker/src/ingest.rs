//! One submission, from the bell to its outcome: claim, fetch, extract, store.
//!
//! This file holds the control flow and decides what an error means for the row. What each stage does lives in its own
//! module; none of them touches the row's state.

use std::sync::Arc;
use std::time::Duration;

use entity::{SubmissionOutcome, SubmissionState};
use extract::{Extraction, Page};
use queue::{Announcement, Bell, Claim, Database, LEASE, LeaseError, Problem, claim, claim_kept, micros};
use rand::Rng;
use sea_orm::DbErr;
use thiserror::Error;
use url::Url;

use crate::attempts;
use crate::causes::with_causes;
use crate::fetch::{FetchError, Fetched, FetchedPage, Fetcher};
use crate::host::{self, Turn};
use crate::kept::{self, KeptError};
use crate::reader::{ReadError, Reader};
use crate::store::{self, StoreError};
use crate::verdict::Verdict;

/// Waits between tries; the sixth failure in a row ends the submission, after about six hours.
const BACKOFF: [Duration; 5] = [
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(20 * 60),
    Duration::from_secs(75 * 60),
    Duration::from_secs(4 * 3600),
];

/// Share by which a wait is lengthened at random, so that what failed together does not come back together.
const JITTER: f64 = 0.2;

/// Longest time that a submission may wait in all.
const PATIENCE: Duration = Duration::from_secs(7 * 24 * 3600);

/// Everything that work on a submission needs.
#[derive(Clone)]
pub struct Ingest {
    /// Rows and graph.
    pub database: Database,
    /// Told of every event.
    pub bell: Bell,
    /// Every outgoing request.
    pub fetcher: Arc<Fetcher>,
    /// Every reading of a page.
    pub reader: Arc<Reader>,
    /// Shortest time between two requests to one site.
    pub host_delay: Duration,
    /// Names this process in leases.
    pub holder: String,
    /// Whether to leave alone what would have to be fetched.
    pub offline: bool,
}

/// Why work on a submission stopped short of its end.
#[derive(Debug, Error)]
enum Stop {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Lease(#[from] LeaseError),
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error("no page of this address is kept; ask for a fresh look at it")]
    NothingKept,
    #[error("the database failed")]
    Database(#[from] DbErr),
}

/// How an attempt came out.
enum Attempted {
    /// The row has its final state already, written with the graph.
    Stored(SubmissionOutcome),
    /// The site says that the page is what it was.
    NotModified,
    /// The row was given back until its slot.
    Waiting,
}

impl Ingest {
    /// Works on a submission, if it is to be had. Whatever happens is written into its row or, when that cannot be
    /// done, left to the end of the lease.
    pub async fn work(&self, submission_id: i64) {
        let claimed = match self.offline {
            true => claim_kept(&self.database, submission_id, &self.holder).await,
            false => claim(&self.database, submission_id, &self.holder).await,
        };
        let claim = match claimed {
            Ok(Some(claim)) => claim,
            Ok(None) => return,
            Err(error) => {
                tracing::error!(submission.id = submission_id, error = %error, "the submission could not be claimed");
                return;
            }
        };
        let mut at_work = claim.clone();
        let result = tokio::select! {
            result = self.attempt(&mut at_work) => result,
            lost = self.keep_lease(&claim) => Err(lost.into()),
        };
        match self.conclude(&at_work, result).await {
            Ok(()) | Err(LeaseError::Lost(_)) => {}
            Err(error) => {
                tracing::error!(submission.id = submission_id, error = %error, "the outcome could not be written");
            }
        }
        self.bell.announce(Announcement::Submission(submission_id));
    }

    async fn enter(&self, claim: &mut Claim, state: SubmissionState, message: &str) -> Result<(), LeaseError> {
        claim.enter(&self.database, state, message).await?;
        self.bell.announce(Announcement::Submission(claim.submission_id));
        Ok(())
    }

    /// Fetch, extract, store; or the last two, on the page that was kept.
    async fn attempt(&self, claim: &mut Claim) -> Result<Attempted, Stop> {
        if claim.reextract {
            return self.read_again(claim).await;
        }
        if let Turn::At(slot) = host::turn(&self.database, claim, self.host_delay).await? {
            claim.wait_for_slot(&self.database, slot).await?;
            return Ok(Attempted::Waiting);
        }
        self.enter(claim, SubmissionState::Fetching, "asking the site").await?;
        let fetched = self.fetch(claim).await?;
        let Fetched::Page(page) = fetched else { return Ok(Attempted::NotModified) };
        self.enter(claim, SubmissionState::Extracting, "reading the page").await?;
        let extraction = self.read(&page).await?;
        self.enter(claim, SubmissionState::Resolving, "joining it to the graph").await?;
        let outcome = match extraction.reason {
            None => store::review(&self.database, claim, &page, &extraction).await?,
            Some(reason) => store::refusal(&self.database, claim, &page, &extraction, reason).await?,
        };
        Ok(Attempted::Stored(outcome))
    }

    /// Extract and store, without asking the site.
    async fn read_again(&self, claim: &mut Claim) -> Result<Attempted, Stop> {
        let kept = kept::of_submission(&self.database, claim.submission_id).await?.ok_or(Stop::NothingKept)?;
        self.enter(claim, SubmissionState::Extracting, "reading the kept page again").await?;
        let extraction = self.read(&kept.page).await?;
        self.enter(claim, SubmissionState::Resolving, "joining it to the graph").await?;
        Ok(Attempted::Stored(store::again(&self.database, claim, &kept, &extraction).await?))
    }

    /// One request, with its record, between the site's turn and its leave.
    async fn fetch(&self, claim: &Claim) -> Result<Fetched, Stop> {
        let url = Url::parse(&claim.url).map_err(|error| DbErr::Custom(format!("url of a submission: {error}")))?;
        let validators = attempts::validators(&self.database, claim).await?;
        let started_at = self.database.now().await?;
        let attempt = self.fetcher.fetch(&url, validators.as_ref()).await;
        host::leave(&self.database, claim, self.host_delay, attempt.record.crawl_delay).await?;
        attempts::keep(&self.database, claim, started_at, &attempt).await?;
        Ok(attempt.result?)
    }

    async fn read(&self, page: &FetchedPage) -> Result<Extraction, ReadError> {
        let content_type = page.content_type.as_deref();
        self.reader.read(Page { bytes: &page.bytes, content_type, url: page.url.as_str() }).await
    }

    /// Renews the lease until it is lost.
    async fn keep_lease(&self, claim: &Claim) -> LeaseError {
        loop {
            tokio::time::sleep(LEASE / 3).await;
            match claim.renew(&self.database).await {
                Ok(()) => {}
                Err(LeaseError::Database(error)) => {
                    tracing::warn!(submission.id = claim.submission_id, error = %error, "the lease could not be renewed");
                }
                Err(lost) => return lost,
            }
        }
    }

    /// Writes what the attempt came to.
    async fn conclude(&self, claim: &Claim, result: Result<Attempted, Stop>) -> Result<(), LeaseError> {
        let stop = match result {
            Ok(Attempted::Waiting) => return Ok(()),
            Ok(Attempted::Stored(outcome)) => {
                tracing::info!(submission.id = claim.submission_id, submission.outcome = ?outcome, "ingested");
                if matches!(outcome, SubmissionOutcome::Created | SubmissionOutcome::SyndicatedCopy) {
                    self.bell.announce(Announcement::Arrival);
                }
                return Ok(());
            }
            Ok(Attempted::NotModified) => {
                return self.finish(claim, SubmissionOutcome::Unchanged, None).await;
            }
            Err(stop) => stop,
        };
        let (verdict, code) = match &stop {
            Stop::Lease(LeaseError::Lost(_)) | Stop::Store(StoreError::Lease(LeaseError::Lost(_))) => {
                tracing::warn!(submission.id = claim.submission_id, "the lease was lost; nothing is written");
                return Ok(());
            }
            Stop::Fetch(error) => (error.verdict(), error.code()),
            Stop::Read(ReadError::TimedOut | ReadError::Died(_)) => {
                (Verdict::Final(SubmissionOutcome::TooLarge), "PAGE_TOO_LARGE")
            }
            Stop::Read(_) => (Verdict::Retry, "READER_FAILED"),
            Stop::NothingKept => (Verdict::Final(SubmissionOutcome::GaveUp), "NOTHING_KEPT"),
            Stop::Kept(KeptError::Decompress(_) | KeptError::Url { .. }) => {
                (Verdict::Final(SubmissionOutcome::GaveUp), "KEPT_PAGE_DAMAGED")
            }
            Stop::Kept(KeptError::Database(_)) | Stop::Store(_) | Stop::Lease(_) | Stop::Database(_) => {
                (Verdict::Retry, "STORE_FAILED")
            }
        };
        if code == "STORE_FAILED" {
            tracing::error!(submission.id = claim.submission_id, error = %with_causes(&stop), "the page could not be stored");
        }
        let message =
            if code == "STORE_FAILED" { "the page could not be stored".to_owned() } else { with_causes(&stop) };
        let problem = Problem { code: code.to_owned(), message, retryable: verdict.is_retryable() };
        match verdict {
            Verdict::Final(outcome) => self.finish(claim, outcome, Some(&problem)).await,
            Verdict::Retry => self.try_again(claim, backoff(claim.failures), true, problem).await,
            Verdict::Later(wait) => self.try_again(claim, Some(wait), false, problem).await,
        }
    }

    async fn finish(
        &self,
        claim: &Claim,
        outcome: SubmissionOutcome,
        problem: Option<&Problem>,
    ) -> Result<(), LeaseError> {
        let transaction = self.database.begin().await?;
        let now = transaction.now().await?;
        claim.finish(&*transaction, now, outcome, None, problem).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Gives the row back for `wait`, or gives up when there is none, or when it would end too late.
    async fn try_again(
        &self,
        claim: &Claim,
        wait: Option<Duration>,
        failed: bool,
        problem: Problem,
    ) -> Result<(), LeaseError> {
        let transaction = self.database.begin().await?;
        let now = transaction.now().await?;
        let due_at = wait.map(|wait| now.saturating_add(micros(wait)));
        match due_at.filter(|due_at| *due_at <= claim.requested_at.saturating_add(micros(PATIENCE))) {
            Some(due_at) => claim.wait_until(&*transaction, now, due_at, failed, &problem).await?,
            None => claim.finish(&*transaction, now, SubmissionOutcome::GaveUp, None, Some(&problem)).await?,
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// The wait after so many failures in a row; `None` after the last.
fn backoff(failures: i32) -> Option<Duration> {
    let wait = BACKOFF.get(usize::try_from(failures).ok()?)?;
    Some(wait.mul_f64(1.0 + JITTER * rand::rng().random::<f64>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_tries_take_about_six_hours() {
        let waits: Vec<Duration> = (0..).map_while(backoff).collect();
        assert_eq!(waits.len(), 5);
        let total: Duration = waits.iter().sum();
        assert!((5 * 3600..8 * 3600).contains(&total.as_secs()), "{total:?}");
    }
}
