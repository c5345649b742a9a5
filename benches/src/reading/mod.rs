//! What reading the graph is measured with: a synthetic graph, five queries, and two servers that answer them: Marquee's own,
//! and the ceiling, which sends the best single SQL statement and hands on the JSON that the database makes.
//!
//! It must not know how measurements are taken.

mod bulk;
mod ceiling;
mod compare;
mod graph;
mod queries;
mod server;
mod words;

pub use compare::same_values;
pub use graph::{Size, load};
pub use queries::{Ask, Place, Query, Workload};
pub use server::{Side, open, serve};
