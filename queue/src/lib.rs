//! queue

pub mod address;
pub mod page_url;
