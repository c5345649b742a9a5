//! `marquee`: the command line. It reads settings, starts what a command needs, and reports what went wrong.
//!
//! Only this file and `cli/` may name `worker` and `extract`; the library beside them serves the graph and no more.

mod cli;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use worker::reader;

// Half as long again as the system's allocator takes for a query that builds many small values.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // Before anything else is set up: a reader of pages is to start fast, and to hold nothing that is not its own.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == reader::ARGUMENT) {
        return if reader::read_pages().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    cli::run(cli::Arguments::parse())
}
