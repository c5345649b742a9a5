//! The rows of the database: one file a table, no behaviour beyond the row.
//!
//! Instants are microseconds since 1970-01-01T00:00Z in `i64` columns and calendar dates are ISO 8601 text, so that both
//! databases hold, compare and sort the same bytes; [`sort_key`] makes the folded text that both sort by, and [`search`] the
//! words that both find by. Nothing here knows queries, GraphQL or where rows come from.

mod enums;

pub mod arrival;
pub mod byline;
pub mod byline_score;
pub mod caption;
pub mod caption_name;
pub mod claim;
pub mod credit;
pub mod critic_outlet;
pub mod critic_profile;
pub mod depiction;
pub mod extraction;
pub mod fetch;
pub mod film;
pub mod film_external_id;
pub mod film_genre;
pub mod film_name;
pub mod film_person_id;
pub mod film_redirect;
pub mod film_score;
pub mod host;
pub mod lease;
pub mod outlet;
pub mod outlet_name;
pub mod page_body;
pub mod person;
pub mod person_external_id;
pub mod person_other_name;
pub mod person_redirect;
pub mod queue;
pub mod review;
pub mod search;
pub mod signature;
pub mod signature_key;
pub mod snapshot;
pub mod sort_key;
pub mod statement;
pub mod submission;
pub mod submission_event;
pub mod tally;
pub mod text_band;

pub use enums::{CreditRole, SubmissionOutcome, SubmissionState};
