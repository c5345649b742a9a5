//! worker
pub mod resolve;
