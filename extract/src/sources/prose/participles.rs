//! `written, directed and edited by Ada Berg`, `screenplay and direction by Ada Berg`: participles or nouns in a row that
//! share one `by`, in any order and number.
//!
//! What each language's words say somebody did is data; a pair without a comma is a trigger like any other.

use std::ops::Range;

use crate::extraction::Field;
use crate::statement::Statement;
use crate::vocabulary::vocabulary;

use super::clause::Clause;

/// What participles say that somebody did.
const FIELDS: [(&str, Field); 5] = [
    ("directed", Field::Director),
    ("written", Field::Writer),
    ("edited", Field::Editor),
    ("photographed", Field::Cinematographer),
    ("scored", Field::Composer),
];

/// What nouns say that somebody did.
const NOUN_FIELDS: [(&str, Field); 2] = [("direction_noun", Field::Director), ("script_noun", Field::Writer)];

/// Words of the shortest row.
const ROW_MIN: usize = 2;

/// Words between a participle and `by`, and between `by` and the name.
const GAP_WORDS: usize = 3;

/// Who did what rows of participles say.
pub(super) fn shared(clause: &Clause<'_>) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut row = Row::default();
    for word in words(&clause.lowered) {
        let text = clause.lowered.get(word.clone()).unwrap_or_default();
        let told = fields(&FIELDS, text, clause.language);
        let named = fields(&NOUN_FIELDS, text, clause.language);
        let (is_noun, fields) = if told.is_empty() { (true, named) } else { (false, told) };
        if !fields.is_empty() {
            if row.gap > 0 || row.is_of_nouns != is_noun {
                row = Row { is_of_nouns: is_noun, ..Row::default() };
            }
            row.length = row.length.saturating_add(1);
            for field in fields {
                if !row.fields.contains(&field) {
                    row.fields.push(field);
                }
            }
            continue;
        }
        let leads = if row.is_of_nouns { "made_of" } else { "made_by" };
        let is_by = vocabulary().facts.exact(text).is_some_and(|hit| hit.means(leads, clause.language));
        // `directed in 2001 by`, `directed with verve by`: one alone says it of directors, whom no book has.
        let is_apart = row.gap > 0
            && !row.is_of_nouns
            && row.fields.contains(&Field::Director)
            && !clause.is_comparison(word.start);
        if is_by && (row.length >= ROW_MIN && row.gap == 0 || is_apart) {
            let people = clause.names_after(word.end, GAP_WORDS).into_iter().filter(|name| clause.is_person(name));
            let said = people
                .flat_map(|name| row.fields.iter().map(|field| clause.said(*field, clause.name(name), &name.span)));
            statements.extend(said);
        }
        if !vocabulary().is_joiner(text) {
            row.gap = row.gap.saturating_add(1);
        }
        if is_by || row.length == 0 || row.gap > GAP_WORDS || !text.chars().all(char::is_alphanumeric) {
            row = Row::default();
        }
    }
    statements
}

/// Words of the row so far.
#[derive(Default)]
struct Row {
    length: usize,
    is_of_nouns: bool,
    fields: Vec<Field>,
    /// Other words since.
    gap: usize,
}

/// The fields that a word of some meanings is about, `co-` left aside.
fn fields(of: &[(&'static str, Field)], word: &str, language: &str) -> Vec<Field> {
    let bare = word.strip_prefix("co-").unwrap_or(word);
    let Some(hit) = vocabulary().facts.exact(bare) else { return Vec::new() };
    of.iter().filter(|(meaning, _)| hit.means(meaning, language)).map(|(_, field)| *field).collect()
}

/// Where the words of a text stand, commas left out; any other sign sticks to its word, which is then no participle.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at: usize = 0;
    text.split([' ', ',']).filter_map(move |word| {
        let start = at;
        at = at.saturating_add(word.len()).saturating_add(1);
        (!word.is_empty()).then(|| start..start.saturating_add(word.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::film_told;

    #[test]
    fn participles_in_a_row_share_their_maker() {
        let film =
            film_told("Orchard is a slow thriller written, directed and edited by Julia Berg, with little snow.");
        assert_eq!((film.directors, film.writers), (vec!["Julia Berg".to_owned()], vec!["Julia Berg".to_owned()]));
    }

    #[test]
    fn words_may_stand_between_a_director_and_the_participle() {
        let film = film_told("Directed in 1987 by Julia Berg, it has aged well.");
        assert_eq!((film.directors, film.year), (vec!["Julia Berg".to_owned()], Some(1987)));
        let film = film_told("Written in one long summer by Julia Berg, the letters are all lost.");
        assert!(film.writers.is_empty());
    }

    #[test]
    fn one_participle_alone_or_another_row_says_nothing_here() {
        let film = film_told("The letters were read, sealed and signed by Julia Berg.");
        assert!(film.directors.is_empty() && film.writers.is_empty());
    }

    #[test]
    fn nouns_in_a_row_share_their_maker_too() {
        let film = film_told("Story, screenplay and direction by Julia Berg. Music by Anna Lund.");
        assert_eq!((film.directors, film.writers), (vec!["Julia Berg".to_owned()], vec!["Julia Berg".to_owned()]));
        let film = film_told("They walk in the direction shown by Julia Berg.");
        assert!(film.directors.is_empty());
    }
}
