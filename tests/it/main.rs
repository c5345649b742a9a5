//! Every end-to-end test, in one binary so that they are linked once. Each module is one promise kept.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test reports, and all of this is test"
)]

mod audit;
mod bad_input;
mod clients;
mod command_line;
mod documents;
mod export;
mod facts;
mod federation;
mod graph;
mod graphiql;
mod hostile;
mod http;
mod ingest;
mod killed;
mod licences;
mod live;
mod merging;
mod migrations;
mod order;
mod people;
mod queue;
mod reading;
mod readme;
mod reception;
mod recovery;
mod reextract;
mod refetch;
mod search;
mod socket;
mod start_up;
mod structure;
mod syndication;
mod tallies;
