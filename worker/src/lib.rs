//! worker
pub mod fetch;
pub mod resolve;
mod verdict;

pub use verdict::Verdict;
