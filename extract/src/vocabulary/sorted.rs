//! Lookups in a file of sorted lines, halving by halving: nothing is built, so that no start waits for thousands of names.

use std::cmp::Ordering;

/// The line of a text that is a key, or a key and what follows a tab. Lines stand in the order of their bytes.
pub(super) fn line<'a>(sorted: &'a str, key: &str) -> Option<&'a str> {
    let line = first_from(sorted, key)?;
    (line.split('\t').next() == Some(key)).then_some(line)
}

/// The line with the longest key that a text begins with.
pub(super) fn longest<'a>(sorted: &'a str, text: &str) -> Option<&'a str> {
    const KEY_LETTERS_MAX: usize = 24;
    let ends = text.char_indices().map(|(at, letter)| at.saturating_add(letter.len_utf8())).take(KEY_LETTERS_MAX);
    let mut found = None;
    for end in ends {
        let letters = text.get(..end)?;
        let Some(line) = first_from(sorted, letters).filter(|line| line.starts_with(letters)) else { break };
        found = if line.split('\t').next() == Some(letters) { Some(line) } else { found };
    }
    found
}

/// Whether any line of a text begins with these letters.
pub(super) fn begins(sorted: &str, letters: &str) -> bool {
    first_from(sorted, letters).is_some_and(|line| line.starts_with(letters))
}

/// The first line whose key comes no earlier than another.
fn first_from<'a>(sorted: &'a str, key: &str) -> Option<&'a str> {
    let (mut from, mut to) = (0, sorted.len());
    while from < to {
        let middle = from.midpoint(to);
        let middle = (from..=middle).rev().find(|at| sorted.is_char_boundary(*at))?;
        let start = sorted.get(from..middle)?.rfind('\n').map_or(from, |at| from.saturating_add(at).saturating_add(1));
        let line = sorted.get(start..to)?.split('\n').next()?;
        match line.split('\t').next()?.cmp(key) {
            Ordering::Less => from = start.saturating_add(line.len()).saturating_add(1),
            Ordering::Equal | Ordering::Greater => to = start,
        }
    }
    sorted.get(from..)?.split('\n').next().filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let sorted = "ada\t1\nada berg\t2\nilse\nper lund\t3\nçınar\t4\n";
        for (key, wanted) in [
            ("ada", "ada\t1"),
            ("ada berg", "ada berg\t2"),
            ("ilse", "ilse"),
            ("per lund", "per lund\t3"),
            ("çınar", "çınar\t4"),
        ] {
            assert_eq!(line(sorted, key), Some(wanted));
        }
        for key in ["", "ad", "adb", "per", "z", "çınarz", "\n"] {
            assert_eq!(line(sorted, key), None, "{key}");
        }
        assert_eq!(line("", "ada"), None);
        assert_eq!(longest(sorted, "ada bergs house"), Some("ada berg\t2"));
        assert_eq!(longest(sorted, "ada burg"), Some("ada\t1"));
        assert_eq!(longest(sorted, "per"), None);
        assert!(begins(sorted, "per") && begins(sorted, "ad") && begins(sorted, "çı"));
        assert!(!begins(sorted, "perl") && !begins(sorted, "z") && !begins("", "a"));
    }
}
