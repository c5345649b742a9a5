//! Storing what a page says: snapshot, extraction, claims, graph and the submission's end, in one transaction.
//!
//! The transaction is the graph's only writer while it lasts. This file holds its order; what each step writes lives in
//! the files beside it, and what follows from claims is decided in `resolve`, not here.

mod arrivals;
mod captions;
mod claims;
mod credits;
mod critics;
mod facts;
mod film;
mod graph;
mod people;
mod persons;
mod reviews;
mod search;
mod signatures;
mod snapshots;
mod sql;
mod syndication;
mod tallies;

use entity::SubmissionOutcome;
use extract::{Extraction, Reason};
use queue::{Claim, Database, LeaseError, Problem, page_url};
use sea_orm::{DatabaseTransaction, DbErr};
use thiserror::Error;
use url::Url;

use crate::fetch::FetchedPage;
use crate::kept::KeptPage;

pub use search::refresh_backlog;

/// A page could not be stored.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum StoreError {
    #[error(transparent)]
    Lease(#[from] LeaseError),
    #[error("the graph could not be written")]
    Database(#[from] DbErr),
    #[error("the extraction could not be written as JSON")]
    Document(#[from] serde_json::Error),
    #[error("the page could not be compressed")]
    Compress(#[from] std::io::Error),
}

/// Stores a review and everything that follows from it, and ends the submission.
///
/// # Errors
/// [`LeaseError::Lost`] when the claim was lost meanwhile: nothing was written then.
pub async fn review(
    database: &Database,
    claim: &Claim,
    page: &FetchedPage,
    extraction: &Extraction,
) -> Result<SubmissionOutcome, StoreError> {
    let document = serde_json::to_string(extraction)?;
    let body = snapshots::compress(&page.bytes)?;
    let url = canonical_url(page, extraction);
    let transaction = database.begin_graph().await?;
    let now = transaction.now().await?;
    let snapshot_id = snapshots::keep(&transaction, claim, page, &body, now).await?;
    let extraction_id = snapshots::keep_extraction(&transaction, snapshot_id, &document, now).await?;
    let (outcome, review_id) = join(&transaction, claim, &url, extraction_id, extraction, &document).await?;
    claim.finish(&*transaction, now, outcome, Some(review_id), None).await?;
    transaction.commit().await?;
    Ok(outcome)
}

/// Stores what was read again from a kept page, and ends the submission. What this version of the extractor says takes
/// the place of what an older one said of the same page, and of nothing else.
///
/// A page in which this version finds no review ends the submission with the reason. A review that an older version found in
/// it stays with its claims, as after a fresh look that fails: claims are replaced by claims, and the page that made these is
/// the one that was read. Its outcome says that somebody should look.
///
/// # Errors
/// [`LeaseError::Lost`] when the claim was lost meanwhile: nothing was written then.
pub async fn again(
    database: &Database,
    claim: &Claim,
    kept: &KeptPage,
    extraction: &Extraction,
) -> Result<SubmissionOutcome, StoreError> {
    let document = serde_json::to_string(extraction)?;
    let url = canonical_url(&kept.page, extraction);
    let transaction = database.begin_graph().await?;
    let now = transaction.now().await?;
    let extraction_id = snapshots::keep_extraction(&transaction, kept.snapshot_id, &document, now).await?;
    let outcome = match extraction.reason {
        None => {
            let (outcome, review_id) = join(&transaction, claim, &url, extraction_id, extraction, &document).await?;
            claim.finish(&*transaction, now, outcome, Some(review_id), None).await?;
            outcome
        }
        Some(reason) => {
            let (outcome, problem) = refusal_outcome(reason);
            claim.finish(&*transaction, now, outcome, None, Some(&problem)).await?;
            outcome
        }
    };
    transaction.commit().await?;
    Ok(outcome)
}

/// Enters the review into the graph, where it says anything new and speaks through this submission.
async fn join(
    transaction: &DatabaseTransaction,
    claim: &Claim,
    url: &Url,
    extraction_id: i64,
    extraction: &Extraction,
    document: &str,
) -> Result<(SubmissionOutcome, i64), DbErr> {
    let known = reviews::at(transaction, url.as_str()).await?;
    Ok(match known {
        Some(known) if !known.speaks_through(claim, url.as_str()) => (SubmissionOutcome::Unchanged, known.id),
        Some(known) if known.says(document) => {
            reviews::renew(transaction, known.id, claim, extraction_id).await?;
            (SubmissionOutcome::Unchanged, known.id)
        }
        known => {
            let source = reviews::Source {
                url,
                submission_id: claim.submission_id,
                submitted_at: claim.submitted_at,
                extraction_id,
            };
            let review_id = graph::enter(transaction, known.as_ref(), &source, extraction).await?;
            if known.is_none() {
                arrivals::append(transaction, review_id).await?;
            }
            let outcome = match known {
                Some(_) => SubmissionOutcome::Updated,
                // What is known now: should an earlier printing come later, this stays what was said of this page.
                None if syndication::is_copy(transaction, review_id).await? => SubmissionOutcome::SyndicatedCopy,
                None => SubmissionOutcome::Created,
            };
            (outcome, review_id)
        }
    })
}

/// Ends the submission of a page that is not in the graph. The page is kept where a better extractor may find a review
/// in it; a page that stands in the way of one (a wall, a challenge, an error) is not.
///
/// # Errors
/// [`LeaseError::Lost`] when the claim was lost meanwhile: nothing was written then.
pub async fn refusal(
    database: &Database,
    claim: &Claim,
    page: &FetchedPage,
    extraction: &Extraction,
    reason: Reason,
) -> Result<SubmissionOutcome, StoreError> {
    let (outcome, problem) = refusal_outcome(reason);
    let document = serde_json::to_string(extraction)?;
    let body = snapshots::compress(&page.bytes)?;
    let transaction = database.begin().await?;
    let now = transaction.now().await?;
    if outcome == SubmissionOutcome::NotAReview {
        let snapshot_id = snapshots::keep(&transaction, claim, page, &body, now).await?;
        snapshots::keep_extraction(&transaction, snapshot_id, &document, now).await?;
    }
    claim.finish(&*transaction, now, outcome, None, Some(&problem)).await?;
    transaction.commit().await?;
    Ok(outcome)
}

/// What becomes of a page that is no film review.
fn refusal_outcome(reason: Reason) -> (SubmissionOutcome, Problem) {
    let (outcome, code, message) = match reason {
        Reason::Empty => (SubmissionOutcome::NotAReview, "EMPTY_PAGE", "the page has no text"),
        Reason::NotHtml => (SubmissionOutcome::Unsupported, "NOT_HTML", "the page is not HTML"),
        Reason::TooLarge => {
            (SubmissionOutcome::TooLarge, "PAGE_TOO_LARGE", "the page is too large or nested too deeply to be read")
        }
        Reason::Paywall => (SubmissionOutcome::Paywalled, "PAYWALL", "the text stands behind a payment"),
        Reason::Login => (SubmissionOutcome::BlockedBySite, "LOGIN_PAGE", "the site asks for a login"),
        Reason::Consent => {
            (SubmissionOutcome::BlockedBySite, "CONSENT_PAGE", "the site asks for consent instead of showing its text")
        }
        Reason::Challenge => (
            SubmissionOutcome::BlockedBySite,
            "CHALLENGE_PAGE",
            "the site checks for robots instead of showing its text",
        ),
        Reason::ErrorPage => (SubmissionOutcome::Gone, "ERROR_PAGE", "the page says that it does not exist"),
        Reason::OtherWork => {
            (SubmissionOutcome::NotAReview, "OTHER_WORK", "the page reviews something that is no film")
        }
        Reason::NotAReview => (SubmissionOutcome::NotAReview, "NOT_A_REVIEW", "the page is no review of a film"),
        Reason::NoFilm => {
            (SubmissionOutcome::NotAReview, "NO_FILM", "the page reviews something whose title cannot be told")
        }
        Reason::SeveralFilms => {
            (SubmissionOutcome::NotAReview, "SEVERAL_FILMS", "several films share the page equally")
        }
    };
    (outcome, Problem { code: code.to_owned(), message: message.to_owned(), retryable: false })
}

/// The address that the review stands at: the page's canonical link where it may speak for this address, else the one
/// that the bytes came from.
fn canonical_url(page: &FetchedPage, extraction: &Extraction) -> Url {
    let fetched = page_url::normalise(page.url.as_str()).unwrap_or_else(|_unusual| page.url.clone());
    let canonical = extraction.canonical_url.as_deref().and_then(|link| page_url::normalise(link).ok());
    canonical.filter(|link| page_url::may_stand_at(&fetched, link)).unwrap_or(fetched)
}
