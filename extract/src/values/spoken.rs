//! Numbers in words: `ninety-four`, `a hundred and eighteen`, `noventa y cuatro`, `quatre-vingt-dix`, `vierundneunzig`.
//!
//! Adds up the words that the data files know; up to a thousand, as running times need.

use super::Token;
use crate::vocabulary::vocabulary;

/// Signs and words inside a number.
const JOINERS: [&str; 8] = ["-", "‑", "and", "y", "e", "et", "und", "ve"];

/// Letters of the shortest number written in one word of two.
const COMPOUND_LETTERS_MIN: usize = 7;

/// The number whose words begin at a token, and the token after them.
pub(super) fn number_at(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let first = tokens.get(at)?;
    if let Some(number) = first.number() {
        return Some((f64::from(number), at.saturating_add(1)));
    }
    let word = |at: usize| tokens.get(at).and_then(|token| vocabulary().number(token.text));
    // `a hundred and eighteen`
    let has_article = matches!(first.text, "a" | "an") && word(at.saturating_add(1)) == Some(100.0);
    let mut next = if has_article { at.saturating_add(1) } else { at };
    let mut total = word(next).or_else(|| compound(first.text))?;
    next = next.saturating_add(1);
    // Halves and quarters are no part of a number.
    while total.fract() == 0.0 {
        let joiners = tokens.iter().skip(next).take_while(|token| JOINERS.contains(&token.text)).count();
        let more = next.saturating_add(joiners);
        let Some(sum) = word(more).and_then(|number| added(total, number)) else { break };
        total = sum;
        next = more.saturating_add(1);
    }
    Some((total, next))
}

/// What a number becomes by the next word of it: `hundred` + `eighteen`, `ninety` + `four`, `quatre` × `vingts`.
fn added(total: f64, number: f64) -> Option<f64> {
    let is_whole = number.fract() == 0.0;
    let is_tens = total >= 20.0 && total % 10.0 == 0.0;
    match number {
        _ if !is_whole || number == 0.0 => None,
        100.0 if total < 10.0 => Some(total * 100.0),
        20.0 if total == 4.0 => Some(80.0),
        _ if total % 100.0 == 0.0 && number < 100.0 => Some(total + number),
        // French counts `soixante-quinze`.
        _ if is_tens && number < 20.0 => Some(total + number),
        _ => None,
    }
}

/// `novantaquattro`, `vierundneunzig`, `centodieci`: a number whose words are written together.
fn compound(word: &str) -> Option<f64> {
    if word.len() < COMPOUND_LETTERS_MIN {
        return None;
    }
    let number = |text: &str| vocabulary().number(text);
    word.char_indices().skip(1).find_map(|(at, _)| {
        let (head, tail) = word.split_at_checked(at)?;
        // `ventuno`, `novantotto` lose a vowel.
        let first = number(head).or_else(|| number(&format!("{head}i"))).or_else(|| number(&format!("{head}a")))?;
        let second = number(tail).or_else(|| compound(tail));
        match second {
            Some(second) => added(first, second),
            None if first < 10.0 => {
                let tens = number(tail.strip_prefix("und")?)?;
                added(tens, first)
            }
            None => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    #[test]
    fn numbers_in_words_add_up() {
        let read = |text: &str| number_at(&tokens(text), 0).map(|(number, _)| number);
        for (text, number) in [
            ("ninety-four", 94.0),
            ("a hundred and eighteen minutes", 118.0),
            ("one hundred four", 104.0),
            ("two hundred and ten", 210.0),
            ("noventa y cuatro", 94.0),
            ("ciento veinte", 120.0),
            ("quatre-vingts", 80.0),
            ("quatre-vingt-quinze", 95.0),
            ("soixante-quinze", 75.0),
            ("cent dix", 110.0),
            ("noventa e sete", 97.0),
            ("novantaquattro", 94.0),
            ("centodieci", 110.0),
            ("vierundneunzig", 94.0),
            ("yüz yirmi dört", 124.0),
            ("seven", 7.0),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        assert_eq!(read("two men"), Some(2.0));
        assert_eq!(read("twenty twelve"), Some(32.0));
        assert_eq!(read("and nothing"), None);
    }
}
