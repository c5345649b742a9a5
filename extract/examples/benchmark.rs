//! Measures extraction over a folder of pages: `benchmark FOLDER [ROUNDS]` prints pages a second and the spread.
//!
//! Build it in release. Times are of one thread, each page's best of the rounds, so that a busy machine says little.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Rounds over all pages, when not said.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let started = Instant::now();
    let first = extract::extract(extract::Page { bytes: b"<h1>x</h1><p>y</p>", content_type: None, url: "" });
    let start_up = started.elapsed();
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else { return ExitCode::FAILURE };
    let rounds = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let pages = pages(PathBuf::from(folder));
    let mut times: Vec<(Duration, String)> = Vec::new();
    for (name, bytes) in &pages {
        let once = |_| {
            let started = Instant::now();
            let extraction =
                extract::extract(extract::Page { bytes, content_type: None, url: "https://example.org/x" });
            (started.elapsed(), extraction.evidence.len())
        };
        let best = (0..rounds).map(once).min().unwrap_or_default();
        times.push((best.0, name.clone()));
    }
    times.sort();
    let at =
        |share: usize| times.get(times.len().saturating_mul(share) / 100).map(|(time, _)| *time).unwrap_or_default();
    let total: Duration = times.iter().map(|(time, _)| *time).sum();
    let rate = f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX)) / total.as_secs_f64().max(f64::EPSILON);
    let slowest = times.last().map(|(time, name)| format!("{time:?} ({name})")).unwrap_or_default();
    let report = format!(
        "pages {}\nfirst page {start_up:?} ({:?})\npages a second {rate:.0}\np50 {:?}\np95 {:?}\nmax {slowest}\n",
        times.len(),
        first.reason,
        at(50),
        at(95),
    );
    match std::io::stdout().write_all(report.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn pages(folder: PathBuf) -> Vec<(String, Vec<u8>)> {
    let mut pages = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html")
                && let Ok(bytes) = std::fs::read(&path)
            {
                pages.push((path.display().to_string(), bytes));
            }
        }
    }
    pages
}
