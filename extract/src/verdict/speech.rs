//! Whose words a text is made of: its author's, or others' that it quotes.
//!
//! Reads signs of quotation and the words that introduce speech; must not know films.

use std::collections::HashMap;
use std::ops::Range;

use crate::folding::lower;
use crate::page::{Block, Kind, Mark, MarkKind, Page};
use crate::vocabulary::vocabulary;

/// Shortest quotation that is speech: titles and phrases are quoted too.
const QUOTATION_BYTES_MIN: usize = 40;

/// Longest name before a colon that may be a speaker's.
const SPEAKER_BYTES_MAX: usize = 32;

/// Turns of one speaker that make a conversation.
const TURNS_MIN: usize = 3;

/// Signs that open and close quotations.
const SIGNS: [(char, char); 5] = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('「', '」')];

/// What the text says of its speakers.
#[derive(Debug, Default)]
pub(super) struct Speech {
    /// Share of the text inside quotations, in per cent.
    pub quoted_percent: i32,
    /// Words that say that somebody spoke, beside quotations.
    pub attributions: i32,
    /// Whether it is a conversation: speakers take turns, or questions do.
    pub is_conversation: bool,
    /// Paragraphs that end with who said them: `… – Name, Paper`.
    pub signed: usize,
}

/// Listens to a text whose paragraphs are parted by blank lines.
pub(super) fn listen(body: &str, language: &str) -> Speech {
    let paragraphs: Vec<&str> = body.split("\n\n").collect();
    let quoted: usize = paragraphs.iter().map(|paragraph| quoted_bytes(paragraph)).sum();
    let spoken = paragraphs.iter().filter(|paragraph| quoted_bytes(paragraph) > 0);
    let attributions: usize =
        spoken.map(|paragraph| vocabulary().words.count(&lower(paragraph), "attribution", language)).sum();
    Speech {
        quoted_percent: i32::try_from(quoted.saturating_mul(100) / body.len().max(1)).unwrap_or(100),
        attributions: i32::try_from(attributions).unwrap_or(i32::MAX),
        is_conversation: takes_turns(&paragraphs) || asks(&paragraphs),
        signed: paragraphs.iter().filter(|paragraph| is_signed(paragraph)).count(),
    }
}

/// A text without what it quotes at length: its author's own words.
pub(super) fn own_words(body: &str) -> String {
    let mut own = String::with_capacity(body.len());
    for paragraph in body.split("\n\n") {
        let mut end = 0;
        for quotation in quotations(paragraph) {
            own.push_str(paragraph.get(end..quotation.start).unwrap_or_default());
            end = quotation.end;
        }
        own.push_str(paragraph.get(end..).unwrap_or_default());
        own.push_str("\n\n");
    }
    own
}

/// What a paragraph quotes at length, in order. A paragraph whose straight signs do not pair up quotes nothing: one of
/// them is an inch, or a slip.
fn quotations(paragraph: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let is_paired = paragraph.matches('"').count().is_multiple_of(2);
    for (open, close) in SIGNS.into_iter().filter(|(open, _)| *open != '"' || is_paired) {
        let mut from = 0;
        while let Some(start) = paragraph.get(from..).and_then(|rest| rest.find(open)) {
            let start = from.saturating_add(start).saturating_add(open.len_utf8());
            // What is not closed goes on in the next paragraph.
            let length = paragraph.get(start..).and_then(|rest| rest.find(close));
            let end = length.map_or(paragraph.len(), |length| start.saturating_add(length));
            if end.saturating_sub(start) >= QUOTATION_BYTES_MIN {
                found.push(start..end);
            }
            from = if length.is_some() { end.saturating_add(close.len_utf8()) } else { end };
        }
    }
    found.sort_by_key(|quotation| quotation.start);
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

/// `… – Name`, `… — Name, Paper`: a dash and a few capitalised words after the end of a sentence.
fn is_signed(paragraph: &str) -> bool {
    const SIGNATURE_BYTES_MAX: usize = 60;
    let Some((said, signature)) = paragraph.rsplit_once(['–', '—', '―']) else { return false };
    let signature = signature.trim();
    (2..=SIGNATURE_BYTES_MAX).contains(&signature.len())
        && said.trim_end().ends_with(['.', '!', '?', '”', '"', '’', '…', ')'])
        && signature.starts_with(char::is_uppercase)
        && !signature.ends_with(['.', '!', '?'])
}

fn quoted_bytes(paragraph: &str) -> usize {
    quotations(paragraph).iter().map(Range::len).sum()
}

/// `Name: …`, again and again with the same names.
fn takes_turns(paragraphs: &[&str]) -> bool {
    let mut turns: HashMap<String, usize> = HashMap::new();
    for paragraph in paragraphs {
        let Some((speaker, said)) = paragraph.split_once([':', '：']) else { continue };
        if speaker.len() <= SPEAKER_BYTES_MAX && !said.trim().is_empty() {
            let turn = turns.entry(lower(speaker.trim())).or_default();
            *turn = turn.saturating_add(1);
        }
    }
    turns.values().any(|turns| *turns >= TURNS_MIN)
}

/// Short paragraphs that ask, each answered by one that does not.
fn asks(paragraphs: &[&str]) -> bool {
    const QUESTION_BYTES_MAX: usize = 300;
    let is_question =
        |paragraph: &str| paragraph.len() <= QUESTION_BYTES_MAX && paragraph.trim_end().ends_with(['?', '？']);
    let answered = paragraphs.windows(2).filter(|pair| matches!(pair, [a, b] if is_question(a) && !is_question(b)));
    let questions = answered.count();
    questions >= TURNS_MIN.saturating_add(1) && questions.saturating_mul(4) >= paragraphs.len()
}

/// Whether a page sets what somebody is asked apart in bold, and the answers under it.
pub(super) fn asks_in_bold(page: &Page) -> bool {
    const WORDS_MIN: usize = 4;
    const TURNS_MIN: usize = 4;
    let paragraphs: Vec<&Block> =
        page.blocks.iter().filter(|block| block.in_article && block.kind == Kind::Paragraph).collect();
    let is_bold = |block: &Block| {
        let whole =
            |mark: &Mark| mark.kind == MarkKind::Strong && mark.span.len().saturating_add(2) >= block.span.len();
        block.marks.iter().any(whole) && page.block_text(block).split(' ').count() >= WORDS_MIN
    };
    let answered = paragraphs.windows(2).filter_map(|pair| match pair {
        [asked, told] if is_bold(asked) && !is_bold(told) => Some(page.block_text(asked)),
        _ => None,
    });
    let asked: Vec<&str> = answered.collect();
    let questions = asked.iter().filter(|text| text.contains(['?', '？'])).count();
    asked.len() >= TURNS_MIN && questions.saturating_mul(3) >= asked.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_quotation_marks_are_nobodys_speech() {
        let speech = listen("“The Long Road” is a film that “The Short Road” could have been, said nobody.", "en");
        assert_eq!((speech.quoted_percent, speech.attributions), (0, 0));
    }

    #[test]
    fn speakers_who_take_turns_converse() {
        let body =
            "Ann: How did it begin?\n\nBea: With a boat.\n\nAnn: And then?\n\nBea: A storm.\n\nAnn: Oh.\n\nBea: Yes.";
        assert!(listen(body, "en").is_conversation);
        assert!(!listen("Director: Ann Bell\n\nWriter: Bea Cole\n\nA storm comes: it is loud.", "en").is_conversation);
    }

    #[test]
    fn own_words_are_what_is_not_quoted_at_length() {
        let body =
            "She calls “Dust” old.\n\n“I never wanted to make a film about dust, and yet I did,” he said. A 5\" lens.";
        assert_eq!(own_words(body), "She calls “Dust” old.\n\n“” he said. A 5\" lens.\n\n");
    }

    #[test]
    fn verdicts_of_others_are_signed() {
        let body = "Loud and long. – Ann Bell\n\nA “triumph.” — Bea Cole, The Paper\n\nShe runs – he hides.";
        assert_eq!(listen(body, "en").signed, 2);
    }

    #[test]
    fn what_others_said_is_counted() {
        let body = "“It was the hardest thing that I have ever had to film in my life,” she said on Monday.";
        let speech = listen(body, "en");
        assert!(speech.quoted_percent > 50 && speech.attributions == 1, "{speech:?}");
    }
}
