//! worker

pub mod fetch;
pub mod verdict;
