//! What the measuring programs are made of, where the tests want the same: seeded, so that a finding comes back.

pub mod exchange;
pub mod hostile;
pub mod reading;
