//! Bounds on size, nesting and repetition, checked by one cheap scan before any parser sees a page.
//!
//! A parser that overflows its stack takes the process down, and one that is quadratic holds it; both are ruled out
//! here, from the text alone. Knows how HTML nests, and nothing of what pages say.

/// Decoded bytes: ten times the largest review page that was seen.
pub(super) const BYTES_MAX: usize = 5 * 1024 * 1024;

/// Open elements, inline ones too: real pages nest 64 deep at most.
const DEPTH_MAX: usize = 512;

/// Tags on a page: each becomes a node of some two hundred bytes, so that this bounds memory.
const TAGS_MAX: usize = 300_000;

/// Attributes in one tag: parsers compare each with all before it.
const TAG_ATTRIBUTES_MAX: usize = 256;

/// Attributes on a page.
const ATTRIBUTES_MAX: usize = 1_000_000;

/// Formatting elements that a parser opens again in each new block (unclosed `<b>`), summed over the blocks.
const REOPENED_MAX: usize = 200_000;

/// Whether a page is within all bounds.
pub(crate) fn within_bounds(html: &str) -> bool {
    html.len() <= BYTES_MAX && Scan::default().run(html)
}

/// What the scan knows of an open element: enough to tell which tags close which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    name: u64,
    formatting: bool,
}

#[derive(Debug, Default)]
struct Scan {
    open: Vec<Open>,
    tags: usize,
    attributes: usize,
    formatting: usize,
    reopened: usize,
}

impl Scan {
    fn run(mut self, html: &str) -> bool {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = after(comment, "-->");
                continue;
            }
            let (is_end, name_and_rest) = match rest.strip_prefix('/') {
                Some(end) => (true, end),
                None => (false, rest),
            };
            if !name_and_rest.starts_with(|character: char| character.is_ascii_alphabetic()) {
                continue;
            }
            let name_length = name_and_rest
                .find(|character: char| character.is_ascii_whitespace() || character == '>' || character == '/')
                .unwrap_or(name_and_rest.len());
            let name = name_and_rest.get(..name_length).unwrap_or_default();
            let Some(tag) = tag_end(name_and_rest.get(name_length..).unwrap_or_default()) else { return false };
            self.tags = self.tags.saturating_add(1);
            self.attributes = self.attributes.saturating_add(tag.attributes);
            rest = tag.rest;
            if is_end {
                self.end(name);
            } else {
                self.start(name);
                rest = after_raw_text(name, rest);
            }
            if self.is_over() {
                return false;
            }
        }
        true
    }

    fn is_over(&self) -> bool {
        self.tags > TAGS_MAX
            || self.attributes > ATTRIBUTES_MAX
            || self.open.len() > DEPTH_MAX
            || self.reopened > REOPENED_MAX
    }

    fn start(&mut self, name: &str) {
        let key = key(name);
        if is_void(key) {
            return;
        }
        for (inner, barriers) in implied_ends(key) {
            self.close(inner, barriers);
        }
        let formatting = is_formatting(key);
        if !formatting {
            self.reopened = self.reopened.saturating_add(self.formatting);
        }
        self.open.push(Open { name: key, formatting });
        self.formatting = self.formatting.saturating_add(usize::from(formatting));
    }

    fn end(&mut self, name: &str) {
        let key = key(name);
        if is_formatting(key) {
            // A parser closes the nearest one wherever it stands, and leaves what is inside open.
            if let Some(at) = self.open.iter().rposition(|open| open.name == key) {
                self.open.remove(at);
                self.formatting = self.formatting.saturating_sub(1);
            }
            return;
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name == key) {
            // Formatting elements inside stay on the parser's list and come back with the next block.
            let inside: Vec<Open> = self.open.drain(at..).filter(|open| open.formatting).collect();
            self.open.extend(inside);
        }
    }

    fn close(&mut self, name: u64, barriers: &[u64]) {
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.name == name {
                let inside: Vec<Open> = self.open.drain(at..).filter(|open| open.formatting).collect();
                self.open.extend(inside);
                return;
            }
            if barriers.contains(&open.name) {
                return;
            }
        }
    }
}

struct Tag<'a> {
    rest: &'a str,
    attributes: usize,
}

/// Finds the end of a tag, quotes respected; `None` for more attributes than any real tag has.
fn tag_end(inside: &str) -> Option<Tag<'_>> {
    let mut quote: Option<u8> = None;
    let mut attributes = 0_usize;
    let mut before = b' ';
    for (at, byte) in inside.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => {
                return Some(Tag { rest: inside.get(at.saturating_add(1)..).unwrap_or_default(), attributes });
            }
            None if (byte == b'"' || byte == b'\'') && before == b'=' => quote = Some(byte),
            None => {
                let starts_attribute =
                    (before.is_ascii_whitespace() || before == b'/' || before == b'"' || before == b'\'')
                        && !byte.is_ascii_whitespace()
                        && byte != b'/'
                        && byte != b'=';
                attributes = attributes.saturating_add(usize::from(starts_attribute));
                if attributes > TAG_ATTRIBUTES_MAX {
                    return None;
                }
            }
        }
        // Spaces around an equals sign belong to the attribute before it.
        if !(before == b'=' && byte.is_ascii_whitespace()) {
            before = byte;
        }
    }
    Some(Tag { rest: "", attributes })
}

fn after<'a>(text: &'a str, end: &str) -> &'a str {
    text.find(end).and_then(|at| text.get(at.saturating_add(end.len())..)).unwrap_or_default()
}

/// Scripts, styles and the like hold no tags.
fn after_raw_text<'a>(name: &str, rest: &'a str) -> &'a str {
    const RAW: [&str; 6] = ["script", "style", "textarea", "title", "xmp", "iframe"];
    let Some(raw) = RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)) else { return rest };
    let mut from = 0_usize;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find("</")) {
        let start = from.saturating_add(at);
        let name_start = start.saturating_add(2);
        let name_end = name_start.saturating_add(raw.len());
        if rest.get(name_start..name_end).is_some_and(|found| found.eq_ignore_ascii_case(raw)) {
            return rest.get(start..).unwrap_or_default();
        }
        from = name_start;
    }
    ""
}

/// The first eight letters, lower-cased: enough to tell apart every element that matters here.
const fn key_of(name: &[u8]) -> u64 {
    let mut key = 0_u64;
    let mut rest = name;
    let mut taken = 0;
    while let [first, tail @ ..] = rest {
        if taken == 8 {
            break;
        }
        key = (key << 8) | first.to_ascii_lowercase() as u64;
        rest = tail;
        taken += 1;
    }
    key
}

fn key(name: &str) -> u64 {
    key_of(name.as_bytes())
}

const P: u64 = key_of(b"p");
const LI: u64 = key_of(b"li");
const TD: u64 = key_of(b"td");
const TH: u64 = key_of(b"th");
const TR: u64 = key_of(b"tr");
const DT: u64 = key_of(b"dt");
const DD: u64 = key_of(b"dd");
const OPTION: u64 = key_of(b"option");
const TABLE: u64 = key_of(b"table");
const BUTTON: u64 = key_of(b"button");
const OBJECT: u64 = key_of(b"object");
const TBODY: u64 = key_of(b"tbody");
const THEAD: u64 = key_of(b"thead");
const LISTS: [u64; 3] = [key_of(b"ul"), key_of(b"ol"), TABLE];
const DEFINITIONS: [u64; 2] = [TABLE, key_of(b"dl")];
const SELECTIONS: [u64; 3] = [TABLE, key_of(b"select"), key_of(b"optgroup")];
const PARAGRAPH_SCOPE: [u64; 7] = [TABLE, BUTTON, OBJECT, TD, TH, key_of(b"caption"), key_of(b"marquee")];

/// The elements that a start tag closes, each with what it doesn't reach through.
fn implied_ends(name: u64) -> Vec<(u64, &'static [u64])> {
    match name {
        LI => vec![(P, &PARAGRAPH_SCOPE), (LI, &LISTS)],
        DT | DD => vec![(P, &PARAGRAPH_SCOPE), (DT, &DEFINITIONS), (DD, &DEFINITIONS)],
        TD | TH => vec![(TD, &[TABLE]), (TH, &[TABLE])],
        TR => vec![(TR, &[TABLE])],
        TBODY | THEAD => vec![(TBODY, &[TABLE]), (THEAD, &[TABLE])],
        OPTION => vec![(OPTION, &SELECTIONS)],
        _ if closes_paragraph(name) => vec![(P, &PARAGRAPH_SCOPE)],
        _ => Vec::new(),
    }
}

fn closes_paragraph(name: u64) -> bool {
    const CLOSING: [&[u8]; 22] = [
        b"p",
        b"div",
        b"ul",
        b"ol",
        b"dl",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"section",
        b"article",
        b"aside",
        b"header",
        b"footer",
        b"nav",
        b"main",
        b"figure",
        b"blockquo",
        b"form",
        b"center",
    ];
    CLOSING.iter().any(|closing| key_of(closing) == name)
}

fn is_void(name: u64) -> bool {
    const VOID: [&[u8]; 15] = [
        b"br", b"img", b"hr", b"input", b"meta", b"link", b"area", b"base", b"col", b"embed", b"param", b"source",
        b"track", b"wbr", b"path",
    ];
    VOID.iter().any(|void| key_of(void) == name)
}

fn is_formatting(name: u64) -> bool {
    const FORMATTING: [&[u8]; 14] =
        [b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt", b"u"];
    FORMATTING.iter().any(|formatting| key_of(formatting) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_pass_however_old_their_markup() {
        assert!(within_bounds(&"<p>One paragraph that nobody closes".repeat(5_000)));
        assert!(within_bounds(&format!("<ul>{}</ul>", "<li>item <b>x</b>".repeat(5_000))));
        assert!(within_bounds(&format!("<table>{}</table>", "<tr><td>a<td>b".repeat(5_000))));
        assert!(within_bounds(&"<div><p>text<br>more</p></div>".repeat(5_000)));
        assert!(within_bounds("<script>if (a<b && '<div>'.repeat(9999)) {}</script><p>x</p>"));
    }

    #[test]
    fn depth_is_counted_for_blocks_and_inline_tags() {
        assert!(within_bounds(&"<div>".repeat(500)));
        for tag in ["<div>", "<b>", "<span>", "<x-y>", "<ul><li>", "<table><tr><td>", "<a href=#>", "<font>"] {
            assert!(!within_bounds(&tag.repeat(10_000)), "{tag}");
        }
    }

    #[test]
    fn what_makes_parsers_quadratic_is_refused() {
        let reopened =
            format!("{}{}", (0..400).map(|i| format!("<b a={i}>")).collect::<String>(), "<p>x".repeat(9_000));
        assert!(!within_bounds(&reopened));
        let attributes: String = (0..9_000).map(|i| format!(" a{i}")).collect();
        assert!(!within_bounds(&format!("<p{attributes}>")));
        assert!(!within_bounds(&"<p>".repeat(400_000)));
        assert!(!within_bounds(&"x".repeat(BYTES_MAX + 1)));
    }
}
