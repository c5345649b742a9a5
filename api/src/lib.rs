//! Marquee's GraphQL API: the schema, the reading layer beneath it, and the HTTP server before it.
//!
//! Reads the film graph that workers write, and accepts submissions. It must not know how pages are fetched or read:
//! only the binary's own modules may name the crates that do.

mod graphql;
mod http;
mod live;
mod read;

use std::sync::Arc;

use queue::address::AddressPolicy;
use queue::{Bell, Database};

pub use graphql::{
    KnownDocuments, KnownDocumentsError, Schema, SchemaSettings, film_page, person_page, schema, schema_with, sdl,
    subgraph_sdl, submission_id,
};
pub use http::{Settings, serve};

/// What requests are answered from. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// Where the graph and the submissions are.
    pub database: Database,
    /// Rung for each new submission.
    pub bell: Bell,
    /// Judges the addresses that are handed in.
    pub policy: Arc<AddressPolicy>,
}
