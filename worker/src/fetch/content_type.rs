//! Which answers are pages: HTML and XHTML, by header or, where it is missing, by the first bytes.

/// Whether a `Content-Type` header names a type that is read.
pub(super) fn is_page(content_type: &str) -> bool {
    let essence = content_type.split_once(';').map_or(content_type, |(essence, _)| essence).trim();
    essence.eq_ignore_ascii_case("text/html") || essence.eq_ignore_ascii_case("application/xhtml+xml")
}

/// Whether bytes without a `Content-Type` are HTML, by the tags that the WHATWG's MIME sniffing standard looks for.
pub(super) fn looks_like_page(bytes: &[u8]) -> bool {
    const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
    const STARTS: [&[u8]; 18] = [
        b"<!DOCTYPE HTML",
        b"<HTML",
        b"<HEAD",
        b"<SCRIPT",
        b"<IFRAME",
        b"<H1",
        b"<DIV",
        b"<FONT",
        b"<TABLE",
        b"<A",
        b"<STYLE",
        b"<TITLE",
        b"<B",
        b"<BODY",
        b"<BR",
        b"<P",
        b"<META",
        b"<!--",
    ];
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii_start();
    STARTS.iter().any(|start| {
        text.split_at_checked(start.len()).is_some_and(|(beginning, rest)| {
            // A tag's name ends there: `<article>` is not `<a>`. A comment may go on at once.
            let ends =
                start.ends_with(b"--") || matches!(rest.first(), Some(b' ' | b'>' | b'\t' | b'\n' | b'\r' | b'\x0c'));
            beginning.eq_ignore_ascii_case(start) && ends
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_xhtml_are_pages_whatever_their_parameters() {
        for text in
            ["text/html", "Text/HTML; charset=utf-8", "text/html;charset=windows-1252", " application/xhtml+xml ;q=1"]
        {
            assert!(is_page(text), "{text}");
        }
        for text in
            ["", "text/plain", "application/json", "text/html5", "application/pdf; text/html", "image/png", "text/xml"]
        {
            assert!(!is_page(text), "{text}");
        }
    }

    #[test]
    fn bytes_without_a_type_are_a_page_if_they_begin_as_one() {
        for text in [
            "<!doctype html><p>x",
            "\n\t <HTML lang=de>",
            "\u{feff}<html>",
            "<!--x--><html>",
            "<p>The film",
            "<a href=/>",
        ] {
            assert!(looks_like_page(text.as_bytes()), "{text}");
        }
        for text in
            ["", "<", "The film", "{\"a\":1}", "%PDF-1.7 <html>", "<?xml version=\"1.0\"?><rss>", "<article>", "<html"]
        {
            assert!(!looks_like_page(text.as_bytes()), "{text}");
        }
        assert!(!looks_like_page(&[0xff, 0xd8, 0xff]));
    }
}
