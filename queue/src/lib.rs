//! What the server and the workers share about work: the database's handle, accepting a submission, the bell that rings
//! for it, the lease on its row, and what somebody may do to it or to all of them meanwhile.
//!
//! The row is the truth and the queue is the doorbell: a job carries nothing but a submission's id. Nothing here knows
//! what the work is (fetching, reading, the graph) or how it is asked for (GraphQL, the command line).

mod accept;
mod announce;
mod backend;
mod bell;
mod database;
mod event;
mod intervene;
mod lease;
mod pause;
mod poll;
mod recall;
mod settings;

pub mod address;
pub mod page_url;

pub use accept::{AcceptError, Accepted, submit};
pub use announce::Announcement;
pub use backend::{Delivery, deliver};
pub use bell::{Bell, BellError, JOBS_MAX};
pub use database::{Database, DatabaseError, WriteTransaction, micros};
pub use event::append_event;
pub use intervene::{InterveneError, cancel, retry};
pub use lease::{Claim, LEASE, LeaseError, Problem, claim, claim_kept, hold_duty};
pub use pause::{PRESENCE_EVERY, be_gone, be_present, is_paused, pause, resume, workers};
pub use recall::recall;
pub use settings::{Connections, Kind, SettingsError};
