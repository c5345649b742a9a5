//! The words for a part that has no name: `a vain and terrifying witch`, `Tom’s mother`, `un’infermiera segnata dal dolore`.
//!
//! Says where such words begin and end; whose part they are is for those who ask.

use std::ops::Range;

use crate::folding::lower;
use crate::vocabulary::{Hit, vocabulary};

use super::clause::Clause;
use super::kinds::{self, NOUNS};
use super::subjects::is_present;

/// The few lower-case words after an article, or after whose somebody is (`Tom’s mother`), up to where the sentence goes on
/// with something else.
pub(super) fn part_after(clause: &Clause<'_>, at: usize) -> Option<Range<usize>> {
    part_led(clause, at, false)
}

/// The few lower-case words after a phrase for playing, whose own last word may be the article: `no papel do vilão`.
pub(super) fn part_after_phrase(clause: &Clause<'_>, hit: &Hit) -> Option<Range<usize>> {
    let last = clause.lowered.get(hit.span.clone())?.rsplit(' ').next()?;
    let leads = vocabulary().facts.exact(last).is_some_and(|fact| {
        ["article", "contraction", "part_lead_word"].iter().any(|meaning| fact.means(meaning, clause.language))
    });
    // `encarna al marido`: the article may be in the word before it.
    let next = clause.lowered.get(hit.span.end..)?.trim_start().split(' ').next().unwrap_or_default();
    let contracts = clause.fits(next, "contraction");
    let contracted = || hit.span.end.saturating_add(1).saturating_add(next.len());
    part_after(clause, hit.span.end)
        .or_else(|| leads.then(|| part_led(clause, hit.span.end, true)).flatten())
        .or_else(|| contracts.then(|| part_led(clause, contracted(), true)).flatten())
}

/// The words of a part, behind an article or, where that is told already, at once.
fn part_led(clause: &Clause<'_>, at: usize, is_led: bool) -> Option<Range<usize>> {
    const WORDS_MAX: usize = 5;
    const LETTERS_MIN: usize = 3;
    let owner = clause.names.iter().find(|name| name.possessive && name.span.start == at.saturating_add(1));
    let lead = owner.map_or(at.saturating_add(1), |owner| owner.span.end);
    let is_led = is_led && owner.is_none();
    let told = clause.text.get(lead..).filter(|_| clause.text.get(at..lead).is_some_and(|gap| gap.starts_with(' ')))?;
    // `un’infermiera`
    let (article, rest) = if is_led { ("", told) } else { told.split_at_checked(told.find([' ', '’', '\''])?)? };
    let rest = rest.trim_start_matches([' ', '’', '\'']);
    let start = clause.text.len().checked_sub(rest.len())?;
    let (mut word_start, mut end) = (start, start);
    for (word_at, word) in rest.split(' ').take(WORDS_MAX).enumerate() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        // German writes its nouns with capitals: `den alten Fährmann`.
        let has_capital = bare.starts_with(char::is_uppercase);
        let is_noun = has_capital && clause.is_plain(bare) && !clause.is_name_at(word_start);
        let is_plain = !bare.is_empty() && if has_capital { is_noun } else { clause.is_plain(bare) };
        let lowered = lower(bare);
        let fits = |meaning| clause.fits(&lowered, meaning);
        // `as a director`, `as a result`: what somebody is, or a turn of phrase, and no part.
        if fits("no_part") {
            return None;
        }
        // `a vain and terrifying witch`, `the brash and funny Ilse`
        let joins = word_at == 1
            && vocabulary().is_joiner(bare)
            && (leads_to_noun(clause, rest) || leads_to_name(clause, rest, start));
        let ends = !is_plain || vocabulary().is_joiner(bare) || clause.is_article(bare) || fits("phrase_end");
        if ends && !joins {
            break;
        }
        if word_at > 0 && end > start && goes_on_about(clause, clause.words(&(start..end)), bare, rest, word_at) {
            break;
        }
        // `the tired, bored wife`: adjectives lead on, and letters such as `up` are no part.
        if bare.len() >= LETTERS_MIN {
            end = word_start.saturating_add(bare.len());
        }
        word_start = word_start.saturating_add(word.len()).saturating_add(1);
        // `as the captain’s daughter screams`: the noun ends the part where a verb follows.
        let after = rest.get(end.saturating_sub(start)..).unwrap_or_default().trim_start().split(' ').next();
        let is_subject = after.is_some_and(|after| is_present(after, clause.language) && !after.contains(['’', '\'']));
        if is_subject && kinds::is_noun(clause, clause.words(&(start..end)), &NOUNS) {
            break;
        }
        // `the tired, bored wife`, but `the baker, gives a fine performance`, `la anciana, consigue`
        let next = rest.split(' ').nth(1).unwrap_or_default();
        let is_first_of_two = word_at == 0
            && word.ends_with(',')
            && !is_present(next, clause.language)
            && !vocabulary().writes(clause.language, "noun_first");
        if is_noun || bare.len() < word.len() && !is_first_of_two {
            break;
        }
    }
    // `as the last of the divers`
    let is_rank = clause.lowered.get(start..end).is_some_and(|word| clause.fits(word, "rank"));
    let owned = owner.map(|owner| owner.span.start);
    (end > start && !is_rank && (is_led || owned.is_some() || clause.is_article(article)))
        .then_some(owned.unwrap_or(start)..end)
}

/// Whether two plain words follow the first and what joins them: `vain and terrifying witch`.
fn leads_to_noun(clause: &Clause<'_>, words: &str) -> bool {
    let mut next = words.split(' ').skip(2).take(2);
    let is_plain = |word: &str| {
        let ends = clause.fits(word, "phrase_end");
        word.starts_with(char::is_lowercase) && !ends && !clause.is_article(word)
    };
    let adjective = next.next().is_some_and(|word| word.chars().all(char::is_alphabetic) && is_plain(word));
    let noun = next.next().is_some_and(|word| is_plain(word.trim_end_matches(|c: char| !c.is_alphanumeric())));
    adjective && noun
}

/// Whether a word after a noun tells what became of whom the noun means: `a detective haunted by his past`, `a nurse working in
/// the city`.
fn goes_on_about(clause: &Clause<'_>, noun: &str, word: &str, words: &str, at: usize) -> bool {
    let endings: &[&str] = match clause.language {
        "en" => &["ed", "ing"],
        "es" | "pt" => &["ado", "ada", "ido", "ida"],
        "it" => &["ato", "ata", "uto", "uta", "ito", "ita"],
        "fr" => &["é", "ée"],
        _ => &[],
    };
    let next = words.split(' ').nth(at.saturating_add(1)).unwrap_or_default();
    let leads_on = clause.fits(&lower(next), "phrase_end") || clause.is_article(next);
    endings.iter().any(|ending| word.ends_with(ending)) && leads_on && kinds::is_noun(clause, noun, &NOUNS)
}

/// Whether one plain word and a name follow the first word and what joins them: `brash and funny Ilse`.
fn leads_to_name(clause: &Clause<'_>, words: &str, start: usize) -> bool {
    let before: usize = words.split(' ').take(3).map(|word| word.len().saturating_add(1)).sum();
    let at = start.saturating_add(before);
    let adjective = words.split(' ').nth(2).unwrap_or_default();
    let name = clause.names.iter().find(|name| name.span.start == at);
    name.is_some_and(|name| !name.possessive)
        && adjective.chars().all(char::is_alphabetic)
        && clause.is_plain(adjective)
        && !clause.is_article(adjective)
        && !clause.fits(adjective, "phrase_end")
}
