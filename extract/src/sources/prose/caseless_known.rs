//! People whom every reader knows, in scripts without capitals, wherever a text names them: `라이언 고슬링이 나온다`.
//!
//! Names are found by what is known before the page is read; whether a mention is of this film, the sentence around it tells:
//! who is likened, or named with another work, is none of it.

use std::collections::HashSet;
use std::ops::Range;

use crate::extraction::Field;
use crate::folding::{is_caseless, key, last_bytes, start_of, title_key};
use crate::sources::film_title::quoted;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Trade, known_person_at, vocabulary};

use super::Known;
use super::clause::Clause;

/// The names of a cast that is told at length: beside it, those known are likened.
const TOLD_MIN: usize = 5;

/// A name that everybody knows, and what for.
struct Mention<'c, 'p> {
    clause: &'c Clause<'p>,
    span: Range<usize>,
    trade: Trade,
}

/// Known actors whom the text names in this film.
pub(super) fn cast(clauses: &[Clause<'_>], statements: &[Statement], known: &Known) -> Vec<Statement> {
    let said: HashSet<String> =
        statements.iter().filter(|one| one.field == Field::Cast).map(|one| key(&one.value)).collect();
    if said.union(&known.cast).count() >= TOLD_MIN {
        return Vec::new();
    }
    let actors = mentions(clauses, known).into_iter().filter(|one| one.trade == Trade::Actor);
    actors.map(|one| one.clause.said(Field::Cast, one.clause.words(&one.span), &one.span)).collect()
}

/// The known director whom the text names more than once, where nobody is said to direct and it names no other.
pub(super) fn director(clauses: &[Clause<'_>], statements: &[Statement], known: &Known) -> Option<Statement> {
    const TIMES_MIN: usize = 2;
    if !known.crew.is_empty() || statements.iter().any(|one| one.field == Field::Director) {
        return None;
    }
    let directors = mentions(clauses, known).into_iter().filter(|one| one.trade == Trade::Director);
    let named: Vec<Statement> =
        directors.map(|one| one.clause.said(Field::Director, one.clause.words(&one.span), &one.span)).collect();
    let people: HashSet<&String> = named.iter().map(|one| &one.value).collect();
    let is_one = people.len() == 1 && named.len() >= TIMES_MIN;
    named.into_iter().next().filter(|_| is_one).map(|one| one.with(Certainty::Weak))
}

/// Everybody known whom the text names in this film.
fn mentions<'c, 'p>(clauses: &'c [Clause<'p>], known: &Known) -> Vec<Mention<'c, 'p>> {
    const MENTIONS_MAX: usize = 60;
    let mut mentions = Vec::new();
    for clause in clauses.iter().filter(|clause| clause.text.chars().any(is_caseless)) {
        let named = named(clause.text).into_iter().filter(|(span, _)| {
            let own = key(clause.words(span));
            !known.crew.contains(&own) && !known.critics.contains(&own) && !is_elsewhere(clause, known, span)
        });
        mentions.extend(named.map(|(span, trade)| Mention { clause, span, trade }));
        if mentions.len() > MENTIONS_MAX {
            break;
        }
    }
    mentions
}

/// The names in a text, each the longest at its place.
fn named(text: &str) -> Vec<(Range<usize>, Trade)> {
    let mut found = Vec::new();
    let mut end = 0;
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let opens = at >= end && is_caseless(letter) && !goes_on(before, letter);
        before = Some(letter);
        let Some((length, trade)) = text.get(at..).filter(|_| opens).and_then(known_person_at) else { continue };
        let stop = at.saturating_add(length);
        let last = text.get(at..stop).and_then(|name| name.chars().next_back());
        let after = text.get(stop..).and_then(|rest| rest.chars().next());
        // Particles are written onto Korean names; a longer word of the others is another.
        let is_hangul = last.is_some_and(is_hangul);
        if is_hangul || after.is_none_or(|after| !goes_on(last, after)) {
            found.push((at..stop, trade));
            end = stop;
        }
    }
    found
}

/// Whether a letter belongs to the word of the one before it, as far as a script tells: Chinese characters do not.
fn goes_on(before: Option<char>, letter: char) -> bool {
    let is_kana = |letter: char| matches!(letter, '\u{30a0}'..='\u{30ff}');
    let is_indic = |letter: char| matches!(letter, '\u{0900}'..='\u{0dff}');
    before.is_some_and(|before| {
        is_hangul(before) && is_hangul(letter)
            || is_kana(before) && is_kana(letter)
            || is_indic(before) && is_indic(letter)
    })
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{ac00}'..='\u{d7af}')
}

/// Whether somebody is likened, or named in a sentence about another work.
fn is_elsewhere(clause: &Clause<'_>, known: &Known, span: &Range<usize>) -> bool {
    const NEAR_BYTES: usize = 24;
    const ENDS: [char; 7] = ['。', '！', '？', '.', '!', '?', '।'];
    let before = clause.text.get(..span.start).unwrap_or_default();
    let after = clause.text.get(span.end..).unwrap_or_default();
    let says = |text: &str, meaning| vocabulary().facts.count(text, meaning, clause.language) > 0;
    if says(last_bytes(before, NEAR_BYTES), "likens_before") || says(start_of(after, NEAR_BYTES), "likens_after") {
        return true;
    }
    let head = before.rsplit(ENDS).next().unwrap_or_default();
    let tail = after.split(ENDS).next().unwrap_or_default();
    let sentence = format!("{head}{tail}");
    let works = quoted(&sentence);
    let is_own = |work: &str| known.titles.iter().any(|title| title_key(title) == title_key(work));
    works.iter().any(|work| !is_own(work)) && !works.iter().any(|work| is_own(work))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_found_whatever_is_written_onto_them() {
        let read = |text: &'static str| -> Vec<&str> {
            named(text).into_iter().filter_map(|(span, _)| text.get(span)).collect()
        };
        assert_eq!(read("라이언 고슬링이 저렇게"), ["라이언 고슬링"]);
        assert_eq!(read("主演のライアン・ゴズリングが良い"), ["ライアン・ゴズリング"]);
        assert_eq!(read("莱昂纳多·迪卡普里奥的表演"), ["莱昂纳多·迪卡普里奥"]);
        assert!(read("송강호텔에서").len() <= 1);
        assert!(read("我们在海边走了很久").is_empty());
    }
}
