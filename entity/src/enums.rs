//! The closed sets of values that columns hold, as the database and GraphQL both write them.

use sea_orm::entity::prelude::*;

/// Where a submission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SubmissionState {
    /// Accepted, not yet taken by a worker.
    #[sea_orm(string_value = "QUEUED")]
    Queued,
    /// A worker asks the site for it.
    #[sea_orm(string_value = "FETCHING")]
    Fetching,
    /// The page is being read.
    #[sea_orm(string_value = "EXTRACTING")]
    Extracting,
    /// What it says is being joined to the graph.
    #[sea_orm(string_value = "RESOLVING")]
    Resolving,
    /// To be tried again later.
    #[sea_orm(string_value = "WAITING")]
    Waiting,
    /// Final: the page is in the graph.
    #[sea_orm(string_value = "SUCCEEDED")]
    Succeeded,
    /// Final: the outcome says why it is not.
    #[sea_orm(string_value = "FAILED")]
    Failed,
    /// Final: somebody called it off.
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
}

/// What a submission came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SubmissionOutcome {
    /// A review that was not known is in the graph.
    #[sea_orm(string_value = "CREATED")]
    Created,
    /// A known review has changed.
    #[sea_orm(string_value = "UPDATED")]
    Updated,
    /// A known review says what it said.
    #[sea_orm(string_value = "UNCHANGED")]
    Unchanged,
    /// The same text was known at another address.
    #[sea_orm(string_value = "SYNDICATED_COPY")]
    SyndicatedCopy,
    /// The page is not a review of one film.
    #[sea_orm(string_value = "NOT_A_REVIEW")]
    NotAReview,
    /// The site's robots.txt forbids it.
    #[sea_orm(string_value = "ROBOTS_DISALLOWED")]
    RobotsDisallowed,
    /// The address lies where we do not go.
    #[sea_orm(string_value = "BLOCKED_ADDRESS")]
    BlockedAddress,
    /// The site refuses us, or shows a login, consent or challenge page.
    #[sea_orm(string_value = "BLOCKED_BY_SITE")]
    BlockedBySite,
    /// The text stands behind a payment.
    #[sea_orm(string_value = "PAYWALLED")]
    Paywalled,
    /// The page is no more.
    #[sea_orm(string_value = "GONE")]
    Gone,
    /// Not a type, scheme or status that we can use.
    #[sea_orm(string_value = "UNSUPPORTED")]
    Unsupported,
    /// Over a bound of size, time or memory.
    #[sea_orm(string_value = "TOO_LARGE")]
    TooLarge,
    /// Tried as often and as long as is sensible.
    #[sea_orm(string_value = "GAVE_UP")]
    GaveUp,
    /// Somebody called it off.
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
}

impl SubmissionOutcome {
    /// The final state that goes with it.
    pub fn state(self) -> SubmissionState {
        match self {
            Self::Created | Self::Updated | Self::Unchanged | Self::SyndicatedCopy => SubmissionState::Succeeded,
            Self::Cancelled => SubmissionState::Cancelled,
            _ => SubmissionState::Failed,
        }
    }
}

/// What somebody did on a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[expect(missing_docs, reason = "the names are the field's own")]
pub enum CreditRole {
    #[sea_orm(string_value = "ACTOR")]
    Actor,
    #[sea_orm(string_value = "DIRECTOR")]
    Director,
    #[sea_orm(string_value = "WRITER")]
    Writer,
    #[sea_orm(string_value = "PRODUCER")]
    Producer,
    #[sea_orm(string_value = "CINEMATOGRAPHER")]
    Cinematographer,
    #[sea_orm(string_value = "EDITOR")]
    Editor,
    #[sea_orm(string_value = "COMPOSER")]
    Composer,
}
