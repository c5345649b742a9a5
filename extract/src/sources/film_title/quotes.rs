//! What quotes set apart in a headline or a line.
//!
//! Finds stretches; whether one is a title is for `dissect`.

use crate::folding::is_cjk;

use super::dissect::Part;

/// Quoted stretches.
pub(super) fn quoted(text: &str) -> Vec<Part> {
    const PAIRS: [(char, char); 12] = [
        ('〈', '〉'),
        ('＜', '＞'),
        ('<', '>'),
        ('“', '”'),
        ('‘', '’'),
        ('«', '»'),
        ('„', '“'),
        ('『', '』'),
        ('「', '」'),
        ('《', '》'),
        ('"', '"'),
        ('\'', '\''),
    ];
    const QUOTED_BYTES_MAX: usize = 90;
    let mut parts = Vec::new();
    let mut characters = text.char_indices();
    let mut before = ' ';
    while let Some((at, open)) = characters.next() {
        let pair = PAIRS.iter().find(|(start, _)| *start == open);
        // An apostrophe inside a word opens nothing; scripts without spaces put words right before a sign.
        if let Some((_, close)) = pair.filter(|_| !before.is_alphanumeric() || is_cjk(before)) {
            let start = at.saturating_add(open.len_utf8());
            let rest = text.get(start..).unwrap_or_default();
            let end = rest.char_indices().take_while(|(at, _)| *at <= QUOTED_BYTES_MAX).find(|(at, character)| {
                character == close && {
                    let after = rest.get(at.saturating_add(close.len_utf8())..).and_then(|rest| rest.chars().next());
                    !after.is_some_and(char::is_alphanumeric) || matches!(open, '〈' | '＜' | '『' | '「' | '《')
                }
            });
            if let Some((length, _)) = end.filter(|(length, _)| *length > 0 && *length <= QUOTED_BYTES_MAX) {
                parts.push(Part { text: rest.get(..length).unwrap_or_default().to_owned(), start, ..Part::default() });
                let skip = start.saturating_add(length);
                while characters.next().is_some_and(|(at, _)| at < skip) {}
                before = ' ';
                continue;
            }
        }
        before = open;
    }
    parts
}

/// Whether a part holds a quoted stretch and more words than it.
pub(super) fn is_around(part: &Part, quoted: &Part) -> bool {
    let end = part.start.saturating_add(part.text.len());
    let is_inside = part.start < quoted.start && quoted.start.saturating_add(quoted.text.len()) <= end;
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count();
    is_inside && letters(&part.text) > letters(&quoted.text)
}

/// Whether a piece of a headline begins or ends within a quoted stretch that is longer.
pub(super) fn is_cut(piece: &Part, quoted: &Part) -> bool {
    let end = |part: &Part| part.start.saturating_add(part.text.len());
    let holds = |at: usize| quoted.start < at && at < end(quoted);
    let is_inside = quoted.start <= piece.start && end(piece) <= end(quoted);
    quoted.text.chars().any(is_cjk)
        && (is_inside && piece.text != quoted.text || holds(piece.start) || holds(end(piece)))
}
