//! Reads pages in a process of their own.
//!
//! A page can overflow a stack, ask for all memory or never end, and a thread can neither be stopped nor survive an
//! abort. So pages are read by children of this process: each limits itself, is killed when it is over the deadline,
//! is used again while it behaves, and is replaced when it does not.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use extract::{Extraction, Page};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

/// What a process must be called with to read pages: see [`read_pages`].
pub const ARGUMENT: &str = "read-pages";

/// CPU time for one page, in whole seconds: the kernel counts no finer.
const CPU_SECONDS_MAX: u64 = 2;

/// Wall time for one page; a machine that is busy may need it, a page that is read never does.
const DEADLINE: Duration = Duration::from_secs(10);

/// Memory of a child beyond its code and stack.
const MEMORY_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Pages that one child reads before it is replaced, so that memory in pieces does not pile up.
const PAGES_PER_CHILD_MAX: usize = 1_000;

/// An answer longer than this is not one: the text and its evidence are bounded by the page's size.
const ANSWER_BYTES_MAX: usize = 256 * 1024 * 1024;

/// The allocator asks for address space a gigabyte at a time, which the limit on memory would refuse.
const ALLOCATOR_SETTINGS: [(&str, &str); 2] =
    [("MIMALLOC_ARENA_EAGER_COMMIT", "0"), ("MIMALLOC_ARENA_RESERVE", "32768")];

/// A page could not be read.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum ReadError {
    #[error("the page could not be read within {} seconds", DEADLINE.as_secs())]
    TimedOut,
    #[error("the page takes more memory or time than a page may ({0})")]
    Died(ExitStatus),
    #[error("the process that reads pages could not be used")]
    Process(#[from] io::Error),
    #[error("the process that reads pages gave an answer that cannot be read")]
    Answer(#[from] serde_json::Error),
}

/// What stands before the page's bytes on the way to a child.
#[derive(Serialize, Deserialize)]
struct Question {
    url: String,
    content_type: Option<String>,
}

/// Children that read pages, as many as are asked at once.
#[derive(Debug)]
pub struct Reader {
    program: PathBuf,
    idle: Mutex<Vec<Reading>>,
}

#[derive(Debug)]
struct Reading {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    pages: usize,
}

impl Reader {
    /// Reads pages with copies of this very program, which must call [`read_pages`] when it is called with [`ARGUMENT`].
    ///
    /// # Errors
    /// When the program cannot tell where it is.
    pub fn new() -> io::Result<Self> {
        Ok(Self { program: std::env::current_exe()?, idle: Mutex::default() })
    }

    /// Reads one page.
    ///
    /// # Errors
    /// When the page takes too much time or memory, or the child cannot be used.
    pub async fn read(&self, page: Page<'_>) -> Result<Extraction, ReadError> {
        let used = self.idle.lock().await.pop();
        if let Some(used) = used {
            match self.read_with(used, page).await {
                // It may have died of something else, while it lay idle: only a fresh one's death is the page's doing.
                Err(ReadError::Died(_)) => {}
                read => return read,
            }
        }
        self.read_with(self.start()?, page).await
    }

    async fn read_with(&self, mut reading: Reading, page: Page<'_>) -> Result<Extraction, ReadError> {
        let Ok(answer) = tokio::time::timeout(DEADLINE, reading.ask(page)).await else {
            reading.child.kill().await?;
            return Err(ReadError::TimedOut);
        };
        let Ok(answer) = answer else {
            // The pipe broke: the child has ended, or closed its side and is about to.
            if reading.child.try_wait()?.is_none() {
                reading.child.start_kill()?;
            }
            return Err(ReadError::Died(reading.child.wait().await?));
        };
        reading.pages += 1;
        if reading.pages < PAGES_PER_CHILD_MAX {
            self.idle.lock().await.push(reading);
        }
        Ok(serde_json::from_slice(&answer)?)
    }

    fn start(&self) -> io::Result<Reading> {
        let mut child = Command::new(&self.program)
            .arg(OsString::from(ARGUMENT))
            .env_clear()
            .envs(ALLOCATOR_SETTINGS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the child was started without pipes"));
        };
        Ok(Reading { child, stdin, stdout, pages: 0 })
    }
}

impl Reading {
    async fn ask(&mut self, page: Page<'_>) -> io::Result<Vec<u8>> {
        let question = Question { url: page.url.to_owned(), content_type: page.content_type.map(str::to_owned) };
        let question = serde_json::to_vec(&question)?;
        for part in [question.as_slice(), page.bytes] {
            self.stdin.write_all(&length_of(part)?).await?;
            self.stdin.write_all(part).await?;
        }
        self.stdin.flush().await?;
        let mut length = [0; 4];
        self.stdout.read_exact(&mut length).await?;
        let mut answer = vec![0; bounded(length)?];
        self.stdout.read_exact(&mut answer).await?;
        Ok(answer)
    }
}

/// The child's side: reads pages from standard input and answers on standard output, until the input ends.
///
/// # Errors
/// When the pipes cannot be used, or the limits cannot be set.
pub fn read_pages() -> io::Result<()> {
    limit_memory()?;
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Some(question) = next(&mut input)? {
        let question: Question = serde_json::from_slice(&question)?;
        let bytes = next(&mut input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        limit_time()?;
        let page = Page { bytes: &bytes, content_type: question.content_type.as_deref(), url: &question.url };
        let answer = serde_json::to_vec(&extract::extract(page))?;
        output.write_all(&length_of(&answer)?)?;
        output.write_all(&answer)?;
        output.flush()?;
    }
    Ok(())
}

/// The next part, or nothing when the parent has closed its side.
fn next(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut part = vec![0; bounded(length)?];
    input.read_exact(&mut part)?;
    Ok(Some(part))
}

fn length_of(part: &[u8]) -> io::Result<[u8; 4]> {
    let length = u32::try_from(part.len()).map_err(|_too_long| io::ErrorKind::FileTooLarge)?;
    Ok(length.to_le_bytes())
}

fn bounded(length: [u8; 4]) -> io::Result<usize> {
    usize::try_from(u32::from_le_bytes(length))
        .ok()
        .filter(|length| *length <= ANSWER_BYTES_MAX)
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}

#[cfg(unix)]
fn limit_memory() -> io::Result<()> {
    use rlimit::Resource;
    Resource::CORE.set(0, 0)?;
    Resource::DATA.set(MEMORY_BYTES_MAX, MEMORY_BYTES_MAX)
}

/// Lets the kernel end this process when the page at hand has used its time.
#[cfg(unix)]
fn limit_time() -> io::Result<()> {
    use rlimit::Resource;
    let used = cpu_time::ProcessTime::try_now()?.as_duration().as_secs();
    let (_, hard) = Resource::CPU.get()?;
    Resource::CPU.set((used + CPU_SECONDS_MAX).min(hard), hard)
}

#[cfg(not(unix))]
fn limit_memory() -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn limit_time() -> io::Result<()> {
    Ok(())
}
