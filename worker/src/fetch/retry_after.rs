//! How long a host asks us to wait: the `Retry-After` header.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};

/// The least wait: "now" and instants that have passed mean a moment, not a busy loop.
const WAIT_MIN: Duration = Duration::from_secs(1);

/// The wait that the header asks for, at least a second and at most `longest`; `None` if it is missing or says neither seconds nor
/// a date. A date is taken by the host's own clock if it sends one, since its clock and ours may differ.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime, longest: Duration) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a very long wait.
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        let until = httpdate::parse_http_date(text).ok()?;
        until.duration_since(date(headers, DATE).unwrap_or(now)).unwrap_or_default()
    };
    Some(wait.clamp(WAIT_MIN.min(longest), longest))
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    const DAY: Duration = Duration::from_secs(86_400);

    fn wait(retry_after_value: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after_value.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        // Sun, 06 Nov 1994 08:49:37 GMT
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
        retry_after(&headers, now, DAY).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_are_taken_as_they_are_within_the_bounds() {
        assert_eq!(wait("120", None), Some(120));
        assert_eq!(wait(" 120 ", None), Some(120));
        assert_eq!(wait("0", None), Some(1));
        assert_eq!(wait("86401", None), Some(86_400));
        assert_eq!(wait("99999999999999999999999999", None), Some(86_400));
    }

    #[test]
    fn a_date_is_taken_by_the_hosts_clock_or_else_by_ours() {
        assert_eq!(wait("Sun, 06 Nov 1994 08:59:37 GMT", None), Some(600));
        assert_eq!(wait("Sun, 06 Nov 1994 08:59:37 GMT", Some("Sun, 06 Nov 1994 08:58:37 GMT")), Some(60));
        assert_eq!(wait("Sunday, 06-Nov-94 08:59:37 GMT", None), Some(600));
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT", None), Some(1));
        assert_eq!(wait("Sat, 06 Nov 2094 08:00:00 GMT", None), Some(86_400));
    }

    #[test]
    fn what_is_neither_asks_for_nothing() {
        for text in ["", "soon", "-1", "1.5", "120 seconds", "Sun, 99 Nov 1994 08:59:37 GMT"] {
            assert_eq!(wait(text, None), None, "{text}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), UNIX_EPOCH, DAY), None);
    }
}
