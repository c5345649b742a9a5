//! `marquee extract`: what a saved page says. No database, no network.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use extract::{Extraction, Page, Reason};
use worker::reader::{ReadError, Reader};

use super::console;

/// What to read.
#[derive(Debug, Clone, Args)]
pub struct ExtractArguments {
    /// The saved page, or `-` for standard input
    file: PathBuf,
    /// The address that it came from: relative links and canonical addresses are judged by it
    #[arg(long, value_name = "URL")]
    url: String,
    /// The `Content-Type` header that it came with, where its charset matters
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
    /// Print also the text that was read, and for every value the words that say it
    #[arg(long)]
    evidence: bool,
}

/// Bytes that are read at most: a page that is longer is refused by the extractor anyway.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Reads the page as a worker would, in a process of its own, and prints what it says.
pub fn run(arguments: &ExtractArguments) -> anyhow::Result<ExitCode> {
    queue::page_url::normalise(&arguments.url).with_context(|| format!("--url {:?}", arguments.url))?;
    let bytes = read(arguments)?;
    let page = Page { bytes: &bytes, content_type: arguments.content_type.as_deref(), url: &arguments.url };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let extraction = match runtime.block_on(async { Reader::new()?.read(page).await }) {
        // What a page does to its reader says something about the page.
        Err(ReadError::TimedOut | ReadError::Died(_)) => {
            Extraction { url: arguments.url.clone(), reason: Some(Reason::TooLarge), ..Extraction::default() }
        }
        read => read?,
    };
    let json = extract::to_json(&extraction, arguments.evidence);
    console::print(&format!("{json:#}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn read(arguments: &ExtractArguments) -> anyhow::Result<Vec<u8>> {
    let unreadable = || format!("file {:?} cannot be read", arguments.file);
    let mut bytes = Vec::new();
    if arguments.file.as_os_str() == "-" {
        std::io::stdin().take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(&arguments.file).with_context(unreadable)?;
        file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).with_context(unreadable)?;
    }
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_BYTES_MAX {
        bail!("{:?} has more than {FILE_BYTES_MAX} bytes: no web page has", arguments.file);
    }
    Ok(bytes)
}
