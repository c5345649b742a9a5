//! What the server and the workers share about work: the database's handle, accepting a submission, the bell that rings
//! for it, and the lease on its row.
//!
//! The row is the truth and the queue is the doorbell: a job carries nothing but a submission's id. Nothing here knows
//! what the work is (fetching, reading, the graph) or how it is asked for (GraphQL, the command line).

mod accept;
mod announce;
mod backend;
mod bell;
mod database;
mod event;
mod lease;
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
pub use lease::{Claim, LEASE, LeaseError, Problem, claim, claim_kept, hold_duty};
pub use recall::recall;
pub use settings::{Connections, Kind, SettingsError};
