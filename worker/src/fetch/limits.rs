//! The bounds of a fetch: how long, how much, how often. Each keeps one host from holding us, filling us or leading us on.

use std::time::Duration;

/// The bounds of one attempt. The defaults suit the web; tests set smaller ones.
#[derive(Debug, Clone)]
pub struct FetchLimits {
    /// For resolving a name, opening a connection and agreeing on TLS. A host that takes longer is down.
    pub connect: Duration,
    /// For the whole attempt: robots.txt, every redirect and the page. Twice what the slowest useful site takes, and short
    /// enough that a dead host does not hold a worker for long.
    pub whole: Duration,
    /// Bytes that a body must bring in each [`FetchLimits::rate_window`]. Against a host that drips to hold a worker.
    pub rate_bytes_min: u64,
    /// The span over which the rate is taken: longer than a pause of a site that writes its page while it sends it.
    pub rate_window: Duration,
    /// Redirects that are followed from one URL to its page, as in browsers' older bounds. More is a trap or a mistake.
    pub redirects_max: usize,
    /// Bytes of a response's status line and header fields. Sites send under 16 KiB; the bound is four times that.
    pub header_bytes_max: usize,
    /// Header fields of a response. Ten times what sites send.
    pub header_fields_max: usize,
    /// Bytes of a page after decoding, and also on the wire, since an encoding can be made that yields nothing for ever.
    /// The longest reviews with all that stands around them are under 2 MB.
    pub body_bytes_max: u64,
    /// Decoded bytes for each byte on the wire. Pages come to about 10, lists of like rows to 50.
    pub decoded_ratio_max: u64,
    /// Decoded bytes below which the ratio is not looked at: a short page may consist of one repeated line.
    pub decoded_ratio_from_bytes: u64,
    /// Addresses of a name that are tried, so that one dead address among several does not cost the page.
    pub addresses_max: usize,
    /// Redirects that are followed to a robots.txt (RFC 9309 asks for at least five).
    pub robots_redirects_max: usize,
    /// Bytes of a robots.txt that are read (RFC 9309 asks for at least 500 KiB); the rest is ignored.
    pub robots_bytes_max: u64,
    /// How long a robots.txt is kept (RFC 9309: no longer than a day).
    pub robots_kept: Duration,
    /// How many robots.txt files are kept.
    pub robots_entries_max: usize,
    /// Bytes of all robots.txt files kept: a few hostile files of full length do not crowd out memory.
    pub robots_cache_bytes_max: usize,
    /// The longest `Crawl-delay` that is reported. Longer ones are cut to it: a host cannot put itself off for ever.
    pub crawl_delay_max: Duration,
    /// The longest `Retry-After` that is obeyed; longer ones are cut to it.
    pub retry_after_max: Duration,
}

impl Default for FetchLimits {
    fn default() -> Self {
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        Self {
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            rate_bytes_min: 5 * 1024,
            rate_window: Duration::from_secs(10),
            redirects_max: 10,
            header_bytes_max: 64 * 1024,
            header_fields_max: 512,
            body_bytes_max: 5_000_000,
            decoded_ratio_max: 100,
            decoded_ratio_from_bytes: 256 * 1024,
            addresses_max: 4,
            robots_redirects_max: 5,
            robots_bytes_max: 500 * 1024,
            robots_kept: DAY,
            robots_entries_max: 10_000,
            robots_cache_bytes_max: 32 * 1024 * 1024,
            crawl_delay_max: Duration::from_secs(60),
            retry_after_max: DAY,
        }
    }
}
