//! Reads a document's text once, before the parser does: counts tokens, how long its names are and how deep its brackets nest.
//!
//! Knows strings and comments, so that what stands in them is not counted; it does not judge whether the document is right.

use async_graphql::ServerError;

use super::{BYTES_MAX, NAME_BYTES_MAX, NESTING_MAX, TOKENS_MAX, refuse_over};

/// Refuses a document that is too long or too nested to be parsed.
///
/// # Errors
/// For the caller, with the limit and what the document comes to.
pub(crate) fn scan(query: &str) -> Result<(), ServerError> {
    let bytes = u64::try_from(query.len()).unwrap_or(u64::MAX);
    refuse_over("DOCUMENT_TOO_LARGE", BYTES_MAX, bytes, "bytes long; send long values as variables")?;
    let counted = count(query.as_bytes());
    refuse_over("DOCUMENT_TOO_LARGE", NAME_BYTES_MAX, counted.name, "bytes long in one of its names")?;
    refuse_over("DOCUMENT_TOO_LARGE", TOKENS_MAX, counted.tokens, "tokens long")?;
    refuse_over("DOCUMENT_TOO_LARGE", NESTING_MAX, counted.nesting, "brackets deep")
}

#[derive(Debug, PartialEq, Eq)]
struct Counted {
    tokens: u64,
    nesting: u64,
    /// Bytes of the longest name.
    name: u64,
}

fn count(mut rest: &[u8]) -> Counted {
    let (mut tokens, mut open, mut nesting, mut name) = (0_u64, 0_u64, 0_u64, 0);
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => continue,
            b'#' => {
                rest = skip_while(rest, |byte| byte != b'\n' && byte != b'\r');
                continue;
            }
            b'{' | b'[' | b'(' => {
                open += 1;
                nesting = nesting.max(open);
            }
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            b'"' => rest = after_string(rest),
            b'.' => rest = skip_while(rest, |byte| byte == b'.'),
            b'-' | b'0'..=b'9' => rest = skip_while(rest, |byte| is_word(byte) || byte == b'.'),
            byte if is_word(*byte) => {
                let begin = rest.len();
                rest = skip_while(rest, is_word);
                name = name.max(begin - rest.len() + 1);
            }
            _ => {}
        }
        tokens += 1;
    }
    Counted { tokens, nesting, name: u64::try_from(name).unwrap_or(u64::MAX) }
}

/// What follows a string whose first quotation mark has been read.
fn after_string(rest: &[u8]) -> &[u8] {
    let Some(mut block) = rest.strip_prefix(b"\"\"") else {
        return after_line_string(rest);
    };
    while let Some((_, after)) = block.split_first() {
        if let Some(after) = block.strip_prefix(b"\"\"\"") {
            return after;
        }
        block = block.strip_prefix(b"\\\"\"\"").unwrap_or(after);
    }
    block
}

fn after_line_string(mut rest: &[u8]) -> &[u8] {
    while let Some((byte, after)) = rest.split_first() {
        rest = match byte {
            b'"' | b'\n' | b'\r' => return after,
            b'\\' => after.split_first().map_or(after, |(_, after)| after),
            _ => after,
        };
    }
    rest
}

fn skip_while(mut rest: &[u8], belongs: impl Fn(u8) -> bool) -> &[u8] {
    while let Some((byte, after)) = rest.split_first() {
        if !belongs(*byte) {
            break;
        }
        rest = after;
    }
    rest
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+') || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(query: &str) -> (u64, u64) {
        let Counted { tokens, nesting, .. } = count(query.as_bytes());
        (tokens, nesting)
    }

    #[test]
    fn names_numbers_strings_and_signs_are_tokens() {
        assert_eq!(counted("{ film(id: \"a b\", n: -1.5) { title } }"), (14, 2));
        assert_eq!(counted(""), (0, 0));
    }

    #[test]
    fn strings_and_comments_hold_no_brackets() {
        assert_eq!(counted("a # {{{ \n b"), (2, 0));
        assert_eq!(counted(r#" "{{{" "\"{{{" """ {{{ " {{ \""" {{ """ x"#), (4, 0));
    }

    #[test]
    fn what_is_too_long_or_too_deep_is_refused_unparsed() {
        assert!(scan(&"a ".repeat(10_001)).is_err());
        assert!(scan(&"[".repeat(1_000_000)).is_err());
        assert!(scan("{ a }").is_ok());
    }

    #[test]
    fn an_unfinished_string_ends_with_the_text() {
        for text in ["\"", "\"\"\"", "\"\\", "\"\"\" \\\"\"", "a \"b"] {
            assert!(count(text.as_bytes()).tokens <= 2, "{text}");
        }
    }
}
