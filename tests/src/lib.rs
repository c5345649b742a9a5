//! What the end-to-end tests stand on: a web to fetch from, Marquee's own processes to put before it, and a client.
//!
//! Black box: the processes are the real binaries, reached by command line and over HTTP only. Nothing here may know
//! Marquee's crates, tables or jobs; what a test needs from inside it asks over GraphQL. `tests/run` gives the servers.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test reports, and all of this crate is test"
)]

pub mod app;
pub mod client;
pub mod command_line;
pub mod database;
pub mod fake_web;
pub mod node;
pub mod page;
pub mod process;
pub mod relay;
pub mod settings;
pub mod wait;

pub use app::{Mode, Options, TestApp};
pub use client::Client;
pub use fake_web::FakeWeb;
pub use page::{Gate, Page};
pub use relay::Relay;

/// Writes each test down once and runs it twice: `name::embedded` and `name::fleet`.
///
/// ```text
/// tests::both_modes! {
///     async fn a_page_is_fetched_once(mode: Mode) { … }
/// }
/// ```
#[macro_export]
macro_rules! both_modes {
    ($($(#[$attribute:meta])* async fn $name:ident($mode:ident: Mode) $body:block)*) => {
        $(
            mod $name {
                use super::*;

                async fn run($mode: $crate::Mode) $body

                $(#[$attribute])*
                #[tokio::test]
                async fn embedded() {
                    Box::pin(run($crate::Mode::Embedded)).await;
                }

                $(#[$attribute])*
                #[tokio::test]
                async fn fleet() {
                    Box::pin(run($crate::Mode::Fleet)).await;
                }
            }
        )*
    };
}
