//! What a person sees on a terminal: results on standard output, everything else on standard error.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;

/// Writes a result. A reader that went away (`| head`) is no error.
///
/// # Errors
/// When standard output cannot be written for another reason.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Says what went wrong and why, in one line.
#[expect(clippy::print_stderr, reason = "the one place where a command reports its error")]
pub fn complain(error: &anyhow::Error) {
    eprintln!("error: {}", worker::with_causes(error.as_ref()));
}

/// Says something on the way.
#[expect(clippy::print_stderr, reason = "progress belongs to the terminal, not to the result")]
pub fn say(line: &str) {
    eprintln!("{line}");
}

/// Sends the log to standard error. `RUST_LOG` chooses what is in it.
pub fn start_log(default: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new(default));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
}
