//! What the measuring programs are fed with, where the tests want the same: seeded, so that a finding comes back.

pub mod hostile;
