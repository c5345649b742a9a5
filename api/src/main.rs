//! `marquee`: the command line. It reads settings, starts what a command needs, and reports what went wrong.
//!
//! Only this file and `cli/` may name `worker` and `extract`; the library beside them serves the graph and no more.

mod cli;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

// Half as long again as the system's allocator takes for a query that builds many small values.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run(cli::Arguments::parse())
}
