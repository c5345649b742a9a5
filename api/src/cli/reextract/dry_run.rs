//! `marquee reextract --dry-run`: reads outdated pages, compares, prints, and writes nothing.

use std::process::ExitCode;

use extract::{Extraction, Page};
use queue::Database;
use worker::kept::{self, OutdatedPage};
use worker::reader::Reader;

use super::changes::changes;
use crate::cli::console;

/// Pages that are looked up at a time. Their bytes are read one by one.
const PAGES_PER_BATCH: u32 = 500;

/// Prints what would change; the exit status says whether every page could be read.
pub(super) async fn run(database: &Database, older_than: i32) -> anyhow::Result<ExitCode> {
    let reader = Reader::new()?;
    let (mut after, mut read, mut changed, mut failed) = (0, 0_u64, 0_u64, 0_u64);
    loop {
        let pages = kept::outdated(database, older_than, after, PAGES_PER_BATCH).await?;
        let Some(last) = pages.last() else { break };
        after = last.submission_id;
        // What does not speak for its review changes nothing, whatever it says.
        for page in pages.iter().filter(|page| page.speaks) {
            match compare(database, &reader, page).await {
                Ok(lines) => {
                    read += 1;
                    changed += u64::from(!lines.is_empty());
                    for line in lines {
                        console::print(&format!("{}  {line}\n", page.url))?;
                    }
                }
                Err(error) => {
                    failed += 1;
                    console::say(&format!("{}: {}", page.url, worker::with_causes(error.as_ref())));
                }
            }
        }
    }
    console::say(&format!("{read} read, {changed} would change, {failed} not read; nothing was written"));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn compare(database: &Database, reader: &Reader, page: &OutdatedPage) -> anyhow::Result<Vec<String>> {
    let before = kept::last_reading(database, page.snapshot_id).await?.unwrap_or_default();
    let before: Extraction = serde_json::from_str(&before)?;
    let Some(kept) = kept::at(database, page.snapshot_id).await? else { return Ok(Vec::new()) };
    let (url, content_type) = (kept.page.url.as_str(), kept.page.content_type.as_deref());
    let now = reader.read(Page { bytes: &kept.page.bytes, content_type, url }).await?;
    Ok(changes(&before, &now))
}
