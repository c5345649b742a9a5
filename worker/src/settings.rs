//! How work is done: flags and environment twins of whoever runs a worker.
//!
//! Read once, judged here, passed down; nothing reads the environment later.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use queue::address::{AddressPolicy, AllowedAddress};

use crate::fetch::{FetchLimits, FetchSettings};

/// Settings of a worker, inside the server or in a process of its own.
#[derive(Debug, Clone, Args)]
pub struct WorkerSettings {
    /// Address that may be fetched from although it is not public: `127.0.0.1:8081`, `10.0.0.0/8`, `[::1]:80`;
    /// repeatable
    #[arg(long, env = "MARQUEE_FETCH_ALLOW", value_name = "ADDRESS-OR-CIDR[:PORT]", value_delimiter = ',')]
    pub fetch_allow: Vec<AllowedAddress>,
    /// Milliseconds between two requests to one site, across the whole fleet; 0 turns it off
    #[arg(long, env = "MARQUEE_HOST_DELAY_MS", default_value_t = 1_000, value_name = "MILLISECONDS",
          value_parser = clap::value_parser!(u64).range(0..=3_600_000))]
    pub host_delay_ms: u64,
    /// Submissions that this process works on at once
    #[arg(long, env = "MARQUEE_CONCURRENCY", default_value_t = 8, value_name = "COUNT",
          value_parser = clap::value_parser!(u16).range(1..=256))]
    pub concurrency: u16,
    /// Where the sites that are fetched from can reach you: a web page or a mail address, sent with every request
    #[arg(long, env = "MARQUEE_CONTACT", default_value = "no contact set", value_name = "TEXT", value_parser = contact)]
    pub contact: String,
}

/// A contact must fit into a header.
fn contact(text: &str) -> Result<String, String> {
    if text.len() <= 200 && text.chars().all(|sign| (' '..='~').contains(&sign) && !matches!(sign, '(' | ')')) {
        return Ok(text.to_owned());
    }
    Err("up to 200 printable ASCII characters without brackets, such as `https://example.org/bot`".to_owned())
}

impl WorkerSettings {
    /// What may be connected to.
    pub fn policy(&self) -> Arc<AddressPolicy> {
        Arc::new(AddressPolicy::new(self.fetch_allow.clone()))
    }

    /// The shortest time between two requests to one site.
    pub fn host_delay(&self) -> Duration {
        Duration::from_millis(self.host_delay_ms)
    }

    /// What the fetcher is set up with.
    pub fn fetch(&self) -> FetchSettings {
        FetchSettings {
            policy: AddressPolicy::new(self.fetch_allow.clone()),
            user_agent: format!("MarqueeBot/{} ({})", env!("CARGO_PKG_VERSION"), self.contact),
            limits: FetchLimits::default(),
        }
    }
}
