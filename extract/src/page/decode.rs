//! Bytes to text: which encoding a page is in, and whether it is a text at all.
//!
//! Knows nothing of films or markup beyond the `<meta charset>` declaration.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8};

/// How much of a page is looked at for a declaration: browsers look at 1024 bytes, real pages are later.
const DECLARATION_BYTES_MAX: usize = 4096;

/// How much of a page the detector of undeclared encodings is fed.
const DETECTION_BYTES_MAX: usize = 64 * 1024;

/// Share of replacement and control characters, in per cent, above which bytes are no text.
const GARBAGE_PERCENT_MAX: usize = 5;

/// Decodes a page; `None` when it is no text.
///
/// The order is a byte order mark, valid UTF-8, the page's own declaration, the header, detection: a declaration that
/// the bytes contradict loses to the bytes, because undeclared and wrongly declared UTF-8 is the commonest fault.
pub(crate) fn decode(bytes: &[u8], content_type: Option<&str>) -> Option<String> {
    if content_type.is_some_and(is_other_media_type) || has_binary_signature(bytes) {
        return None;
    }
    if let Some((encoding, mark_length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark_length..).unwrap_or_default();
        return text_or_nothing(encoding.decode_without_bom_handling(rest).0.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text_or_nothing(text.to_owned());
    }
    let head = bytes.get(..DECLARATION_BYTES_MAX).unwrap_or(bytes);
    let encoding = declared_in_page(head)
        .or_else(|| content_type.and_then(declared_in_header))
        .filter(|encoding| *encoding != UTF_8 || is_mostly_utf_8(bytes))
        .unwrap_or_else(|| detect(bytes));
    text_or_nothing(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

fn is_other_media_type(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_text = kind.is_empty()
        || kind.starts_with("text/html")
        || kind.starts_with("text/plain")
        || kind.contains("xml")
        || kind == "application/octet-stream";
    !is_text || kind.contains("rss") || kind.contains("atom") || kind.contains("svg")
}

fn has_binary_signature(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 8] =
        [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"RIFF"];
    SIGNATURES.iter().any(|signature| bytes.starts_with(signature))
}

fn declared_in_page(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = head.split("charset").nth(1).or_else(|| head.split("encoding").nth(1))?;
    let label: String = after
        .trim_start_matches(|character: char| character.is_whitespace() || "=\"'".contains(character))
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || "-_:.".contains(*character))
        .collect();
    Encoding::for_label(label.as_bytes())
}

fn declared_in_header(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let label = lower.split("charset=").nth(1)?.trim_matches(|character: char| "\"' ;".contains(character)).to_owned();
    Encoding::for_label(label.split(';').next().unwrap_or_default().trim().as_bytes())
}

/// Whether the bytes are UTF-8 but for a few broken places (a cut character, a stray legacy byte in an advertisement).
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let sample = bytes.get(..DETECTION_BYTES_MAX).unwrap_or(bytes);
    let mut broken = 0_usize;
    let mut multibyte = 0_usize;
    for chunk in sample.utf8_chunks() {
        multibyte = multibyte.saturating_add(chunk.valid().chars().filter(|character| !character.is_ascii()).count());
        broken = broken.saturating_add(usize::from(!chunk.invalid().is_empty()));
    }
    multibyte > broken.saturating_mul(4)
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new();
    detector.feed(bytes.get(..DETECTION_BYTES_MAX).unwrap_or(bytes), bytes.len() <= DETECTION_BYTES_MAX);
    detector.guess(None, true)
}

fn text_or_nothing(text: String) -> Option<String> {
    let (mut all, mut garbage) = (0_usize, 0_usize);
    for character in text.chars().take(DETECTION_BYTES_MAX) {
        all = all.saturating_add(1);
        let is_garbage =
            character == '\u{fffd}' || character == '\0' || (character.is_control() && !character.is_whitespace());
        garbage = garbage.saturating_add(usize::from(is_garbage));
    }
    (garbage.saturating_mul(100) <= all.saturating_mul(GARBAGE_PERCENT_MAX)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undeclared_legacy_text_is_told_by_its_bytes() {
        let page = "<p>Crítica: a direção é segura, a atuação não</p>".repeat(8);
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
        assert_eq!(decode(&bytes, None).as_deref(), Some(page.as_str()));
    }

    #[test]
    fn utf_8_wins_over_a_declaration_that_lies() {
        let page = "<meta charset=iso-8859-1><p>监督 – naïve</p>";
        assert_eq!(decode(page.as_bytes(), Some("text/html; charset=latin1")).as_deref(), Some(page));
    }

    #[test]
    fn a_declared_japanese_encoding_is_obeyed() {
        let page = "<meta charset=\"Shift_JIS\"><p>監督：山田太郎 この映画はとても面白い</p>";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(page);
        assert_eq!(decode(&bytes, None).as_deref(), Some(page));
    }

    #[test]
    fn pictures_documents_and_noise_are_no_text() {
        assert_eq!(decode(b"%PDF-1.7 ...", None), None);
        assert_eq!(decode(b"<p>x</p>", Some("application/json")), None);
        let noise: Vec<u8> = (0_u32..4096).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise, None), None);
    }
}
