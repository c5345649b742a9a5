//! Excerpts: the opening of a text, cut where a reader would stop.

/// What ends a sentence, with or without a space after it.
const SENTENCE_ENDS: [char; 4] = ['.', '!', '?', '…'];
const SENTENCE_ENDS_CJK: [char; 3] = ['。', '！', '？'];

/// What may close a sentence after its end.
const CLOSERS: [char; 8] = ['"', '\'', '”', '’', ')', ']', '»', '」'];

/// The opening of `text` in at most `characters_max` characters, on one line.
///
/// Ends with a sentence when that leaves at least half of what is allowed; else at a word, with `…`; else, where there are
/// no spaces, anywhere.
pub(crate) fn excerpt(text: &str, characters_max: usize) -> String {
    // A few characters more than needed tell whether something was cut.
    let mut opening: Vec<char> = Vec::with_capacity(characters_max + 2);
    for word in text.split_whitespace() {
        if !opening.is_empty() {
            opening.push(' ');
        }
        opening.extend(word.chars().take(characters_max + 2));
        if opening.len() > characters_max + 1 {
            break;
        }
    }
    if opening.len() <= characters_max {
        return opening.into_iter().collect();
    }
    if let Some(end) = sentence_end(&opening, characters_max) {
        return opening.into_iter().take(end).collect();
    }
    let room = characters_max - 1;
    let word_end = opening.iter().take(room + 1).rposition(|character| *character == ' ').filter(|end| *end > 0);
    let mut cut: String = opening.into_iter().take(word_end.unwrap_or(room)).collect();
    cut.truncate(cut.trim_end_matches([',', ';', ':', '–', '—', '-']).len());
    cut.push('…');
    cut
}

/// Where the last sentence within `characters_max` ends, unless it leaves less than half of that.
fn sentence_end(opening: &[char], characters_max: usize) -> Option<usize> {
    let mut last = None;
    for (index, character) in opening.iter().enumerate().take(characters_max) {
        if SENTENCE_ENDS_CJK.contains(character) {
            last = Some(index + 1);
        } else if SENTENCE_ENDS.contains(character) {
            let closers = opening.iter().skip(index + 1).take_while(|next| CLOSERS.contains(next)).count();
            let end = index + 1 + closers;
            if end <= characters_max && opening.get(end) == Some(&' ') {
                last = Some(end);
            }
        }
    }
    last.filter(|end| *end * 2 >= characters_max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_stays_whole() {
        assert_eq!(excerpt("A ferry.\n\nA  night.", 280), "A ferry. A night.");
        assert_eq!(excerpt("", 280), "");
        assert_eq!(excerpt("abcde", 5), "abcde");
    }

    #[test]
    fn it_ends_with_a_sentence_where_one_ends_late_enough() {
        let text = "The ferry sails at night. Nobody on board is who they say, and the captain least of all.";
        assert_eq!(excerpt(text, 40), "The ferry sails at night.");
        assert_eq!(excerpt("He said “No.” Then he left the room and the house.", 20), "He said “No.”");
    }

    #[test]
    fn else_it_ends_with_a_word() {
        let text = "Oh. The ferry sails at night, and nobody on board is who they say";
        assert_eq!(excerpt(text, 31), "Oh. The ferry sails at night…");
        assert_eq!(excerpt("one two three", 8), "one two…");
    }

    #[test]
    fn text_without_spaces_is_cut_anywhere() {
        assert_eq!(excerpt(&"映".repeat(50), 10), format!("{}…", "映".repeat(9)));
        assert_eq!(excerpt("夜の船が出る。誰も本当の名前を言わない", 10), "夜の船が出る。");
        assert_eq!(excerpt("abc", 1), "…");
    }

    #[test]
    fn it_is_never_longer_than_asked() {
        let text = "Night falls. “Who is there?” asks the captain… and no one, no one at all, answers him.";
        for characters_max in 1..100 {
            let excerpt = excerpt(text, characters_max);
            assert!(excerpt.chars().count() <= characters_max, "{characters_max}: {excerpt}");
        }
    }
}
