//! Reading a body: decoded while it is read, and cut off as soon as it passes a bound.
//!
//! Must not know what the bytes are for.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use bytes::{Bytes, BytesMut};
use futures::TryStreamExt;
use futures::stream::try_unfold;
use http::header::{CONTENT_ENCODING, HeaderMap};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt};
use tokio::time::{Instant, timeout_at};
use tokio_util::io::StreamReader;

use super::exchange::Answer;
use super::{FetchError, FetchLimits, SizeBound};

/// Decoded bytes that are taken at once: the bounds are looked at between.
const CHUNK_BYTES: usize = 16 * 1024;

/// The largest window that a zstd body may ask us to keep, as a power of two: 8 MB, which RFC 9659 sets for the web.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;

/// The first byte of every gzip member (RFC 1952).
const GZIP_MEMBER_START: u8 = 0x1f;

/// Members of a gzip body after the first. Pages have one; each costs a decoder to set up, so that many of them cost time.
const GZIP_MEMBERS_MAX: u32 = 100;

/// What happens to a body that is longer than its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overlong {
    /// It is refused.
    Refuse,
    /// What lies beyond the bound is not read.
    Cut,
}

/// How much of a body is read, and how slowly it may come.
#[derive(Debug, Clone)]
pub(super) struct BodyBounds {
    bytes_max: u64,
    overlong: Overlong,
    ratio_max: u64,
    ratio_from_bytes: u64,
    rate_bytes_min: u64,
    rate_window: Duration,
}

impl BodyBounds {
    pub(super) fn new(limits: &FetchLimits, bytes_max: u64, overlong: Overlong) -> Self {
        Self {
            bytes_max,
            overlong,
            ratio_max: limits.decoded_ratio_max,
            ratio_from_bytes: limits.decoded_ratio_from_bytes,
            rate_bytes_min: limits.rate_bytes_min,
            rate_window: limits.rate_window,
        }
    }

    fn too_large(&self) -> FetchError {
        FetchError::TooLarge(SizeBound::Body(self.bytes_max))
    }
}

/// How much of a body has come so far: readable from outside while it is read, and after it was given up.
#[derive(Debug, Default)]
pub(super) struct BodyCount {
    on_wire: AtomicU64,
    decoded: AtomicU64,
}

impl BodyCount {
    /// Bytes received.
    pub(super) fn on_wire(&self) -> u64 {
        self.on_wire.load(Ordering::Relaxed)
    }

    /// Bytes after decoding.
    pub(super) fn decoded(&self) -> u64 {
        self.decoded.load(Ordering::Relaxed)
    }
}

/// The whole body of an answer, decoded.
///
/// # Errors
/// The bound that it passed, or what broke; nothing of it is kept then.
pub(super) async fn read(answer: Answer, bounds: BodyBounds, count: Arc<BodyCount>) -> Result<Bytes, FetchError> {
    let encoding = encoding_name(&answer.head.headers);
    if bounds.overlong == Overlong::Refuse && answer.body.size_hint().lower() > bounds.bytes_max {
        return Err(bounds.too_large());
    }
    // The connection is held until the body has been read, and dropped with it.
    let _connection = answer.connection;
    let wire = Wire {
        incoming: answer.body,
        bounds: bounds.clone(),
        count: Arc::clone(&count),
        window_ends: Instant::now() + bounds.rate_window,
        window_bytes: 0,
    };
    let chunks = try_unfold(wire, |mut wire| async move { Ok(wire.next().await?.map(|chunk| (chunk, wire))) });
    let reader = StreamReader::new(Box::pin(chunks.map_err(|error: FetchError| io::Error::other(error))));
    let failed = |cause| failure(cause, &encoding);
    let mut decoder = Decoder::new(reader, &encoding).await.map_err(failed)?;
    let mut body = BytesMut::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = decoder.read(&mut chunk).await.map_err(failed)?;
        let Some(new) = chunk.get(..read).filter(|new| !new.is_empty()) else {
            return Ok(body.freeze());
        };
        body.extend_from_slice(new);
        let decoded = u64::try_from(body.len()).unwrap_or(u64::MAX);
        count.decoded.store(decoded, Ordering::Relaxed);
        if decoded > bounds.bytes_max {
            if bounds.overlong == Overlong::Refuse {
                return Err(bounds.too_large());
            }
            body.truncate(usize::try_from(bounds.bytes_max).unwrap_or(usize::MAX));
            return Ok(body.freeze());
        }
        if decoded > bounds.ratio_from_bytes && decoded > count.on_wire().saturating_mul(bounds.ratio_max) {
            return Err(FetchError::TooLarge(SizeBound::Ratio(bounds.ratio_max)));
        }
    }
}

/// A body as it comes off the wire.
struct Wire {
    incoming: Incoming,
    bounds: BodyBounds,
    count: Arc<BodyCount>,
    window_ends: Instant,
    window_bytes: u64,
}

impl Wire {
    async fn next(&mut self) -> Result<Option<Bytes>, FetchError> {
        loop {
            let frame = match timeout_at(self.window_ends, self.incoming.frame()).await {
                Ok(None) => return Ok(None),
                Ok(Some(frame)) => frame.map_err(FetchError::Broken)?,
                Err(_elapsed) => {
                    self.next_window()?;
                    continue;
                }
            };
            let Ok(chunk) = frame.into_data() else {
                continue;
            };
            let bytes = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            self.window_bytes = self.window_bytes.saturating_add(bytes);
            let before = self.count.on_wire.fetch_add(bytes, Ordering::Relaxed);
            // A body that is cut was cut before this, unless its encoding yields next to nothing.
            let passed = match self.bounds.overlong {
                Overlong::Refuse => before.saturating_add(bytes),
                Overlong::Cut => before,
            };
            if passed > self.bounds.bytes_max {
                return Err(self.bounds.too_large());
            }
            return Ok(Some(chunk));
        }
    }

    fn next_window(&mut self) -> Result<(), FetchError> {
        if self.window_bytes < self.bounds.rate_bytes_min {
            return Err(FetchError::TooSlow { bytes: self.bounds.rate_bytes_min, window: self.bounds.rate_window });
        }
        self.window_bytes = 0;
        self.window_ends = Instant::now() + self.bounds.rate_window;
        Ok(())
    }
}

fn encoding_name(headers: &HeaderMap) -> String {
    let names: Vec<_> = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty() && name != "identity")
        .collect();
    names.join(", ")
}

/// The bytes of a body, out of its encoding.
enum Decoder<R> {
    Gzip { member: Box<GzipDecoder<R>>, members_left: u32 },
    Other(Pin<Box<dyn AsyncRead + Send>>),
    Done,
}

impl<R: AsyncBufRead + Send + Unpin + 'static> Decoder<R> {
    async fn new(mut reader: R, encoding: &str) -> io::Result<Self> {
        Ok(match encoding {
            "" => Self::Other(Box::pin(reader)),
            "gzip" | "x-gzip" => {
                Self::Gzip { member: Box::new(GzipDecoder::new(reader)), members_left: GZIP_MEMBERS_MAX }
            }
            "deflate" => Self::Other(Box::pin(ZlibDecoder::new(reader))),
            "br" => {
                refuse_large_window(reader.fill_buf().await?)?;
                Self::Other(Box::pin(BrotliDecoder::new(reader)))
            }
            "zstd" => {
                let window = DParameter::window_log_max(ZSTD_WINDOW_LOG_MAX);
                let mut frames = ZstdDecoder::with_params(reader, &[window]);
                frames.multiple_members(true);
                Self::Other(Box::pin(frames))
            }
            _ => return Err(io::ErrorKind::Unsupported.into()),
        })
    }

    /// Reads some bytes; none at the end.
    async fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        loop {
            let member = match self {
                Self::Done => return Ok(0),
                Self::Other(decoder) => return decoder.read(chunk).await,
                Self::Gzip { member, .. } => member,
            };
            let read = member.read(chunk).await?;
            if read > 0 {
                return Ok(read);
            }
            // A member has ended. Another may follow; anything else after it is what a careless server sends after closing its
            // encoder, which browsers ignore.
            let next_byte = member.get_mut().fill_buf().await?.first().copied();
            if let Self::Gzip { member, members_left } = std::mem::replace(self, Self::Done)
                && next_byte == Some(GZIP_MEMBER_START)
            {
                let members_left = members_left.checked_sub(1).ok_or(io::ErrorKind::InvalidData)?;
                let member = Box::new(GzipDecoder::new(member.into_inner()));
                *self = Self::Gzip { member, members_left };
            }
        }
    }
}

/// The decoder would take a "large window" of up to 1 GB, which brotli on the web has not (RFC 7932 section 9.1 leaves the
/// pattern of its first seven bits invalid).
fn refuse_large_window(start: &[u8]) -> io::Result<()> {
    match start.first() {
        Some(first) if first & 0b111_1111 == 0b001_0001 => Err(io::ErrorKind::InvalidData.into()),
        _ => Ok(()),
    }
}

/// What a failed read means: the bound or the break that the wire reported, or else a body that is not in its encoding.
fn failure(cause: io::Error, encoding: &str) -> FetchError {
    cause
        .downcast::<FetchError>()
        .unwrap_or_else(|cause| FetchError::Undecodable { encoding: super::shortened(encoding), cause })
}
