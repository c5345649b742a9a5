//! The one place that asks the web for anything: pages, their robots.txt, and whatever either redirects to.

mod error;
mod limits;
mod record;

pub use error::{FetchError, FetcherError, SizeBound};
pub use limits::FetchLimits;
use queue::address::AddressPolicy;
pub use record::{Attempt, FetchRecord, Fetched, FetchedPage, Validators};

/// What a fetcher is set up with, once, by whoever starts the process.
#[derive(Debug, Clone)]
pub struct FetchSettings {
    /// What may be connected to.
    pub policy: AddressPolicy,
    /// The `User-Agent` header: a product token that robots.txt can name, and where its operator can be reached, such as
    /// `MarqueeBot/1.0 (+https://example.org/bot)`.
    pub user_agent: String,
    /// The bounds.
    pub limits: FetchLimits,
}
