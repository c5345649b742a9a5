//! Who wrote the script, told in a sentence that speaks of it: whom words for writing lead to (`the script is by Ada Berg and
//! the playwright Per Lund`), whom they follow (`the screenplay, which Ada Berg worked up with Per Lund`), and the director,
//! where a pronoun or `her own script` says so.
//!
//! Reads sentences that have the noun; what phrases say of writers without it is for `crew`.

use std::ops::Range;

use crate::extraction::Field;
use crate::folding::key;
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::clause::Clause;
use super::mentions::sentence;

/// Words between a word that leads to somebody and the name: `with his sister, the poet Ada Berg`.
const GAP_WORDS_MAX: usize = 6;

/// Words between somebody and what they did: `Ada Berg has once more`.
const BEFORE_WORDS_MAX: usize = 3;

/// Bytes between the noun and the word that leads to who wrote it.
const LEAD_BYTES_MAX: usize = 24;

/// The same where an aside stands between.
const ASIDE_BYTES_MAX: usize = 80;

/// Bytes between the noun and a verb for writing: a sentence may be a page.
const REACH_BYTES: usize = 240;

/// Writers named in sentences about the script. `director` is who directed, where one is told.
pub(super) fn writers(clause: &Clause<'_>, director: Option<&Statement>) -> Vec<Statement> {
    let facts = vocabulary().facts.find(&clause.lowered, clause.language);
    let means = |hit: &Hit, meaning| hit.means(meaning, clause.language);
    let mut statements = Vec::new();
    // German calls a script `Buch`, too, and a book.
    let is_book = |hit: &Hit| {
        let exact = vocabulary().words.exact(clause.lowered.get(hit.span.clone()).unwrap_or_default());
        exact.is_some_and(|word| word.means("book", clause.language))
    };
    for noun in facts.iter().filter(|hit| means(hit, "script_noun") && !is_book(hit)) {
        let sentence = sentence(&clause.lowered, &noun.span);
        let sentence = sentence.start.max(noun.span.start.saturating_sub(REACH_BYTES))
            ..sentence.end.min(noun.span.end.saturating_add(REACH_BYTES));
        let within = |hit: &&Hit| sentence.start <= hit.span.start && hit.span.end <= sentence.end;
        let verbs = facts.iter().filter(within).filter(|hit| means(hit, "writing") || means(hit, "written"));
        let verbs: Vec<&Hit> = verbs.filter(|verb| !is_of_book(clause, noun, verb)).collect();
        statements.extend(led_to(clause, noun, &sentence, &facts));
        let by = facts.iter().filter(|hit| hit.span.start >= noun.span.end && means(hit, "made_by")).filter(within);
        let told: Vec<&Hit> = verbs.iter().copied().chain(by).collect();
        statements.extend(director.filter(|_| by_director(clause, &told, &sentence)).map(as_writer));
        for verb in &verbs {
            if means(verb, "writing") {
                statements.extend(before(clause, verb, &sentence, director));
            }
            statements.extend(with_others(clause, verb, &sentence, &facts));
        }
        statements.extend(owned(clause, noun));
    }
    let named = facts.iter().filter(|hit| means(hit, "script_noun") || means(hit, "dialogue_noun"));
    statements.extend(named.filter(|hit| !is_book(hit)).filter_map(|noun| bracketed(clause, noun)));
    let is_own = clause.triggers("own_script").next().is_some() || with_co_writer(clause);
    statements.extend(director.filter(|_| is_own).map(as_writer));
    statements
}

/// `script by Ada Berg and the playwright Per Lund`, `a screenplay credited to his sister, Ada Berg`.
fn led_to(clause: &Clause<'_>, noun: &Hit, sentence: &Range<usize>, facts: &[Hit]) -> Vec<Statement> {
    let leads = facts.iter().filter(|hit| {
        let is_lead = hit.means("made_by", clause.language) || hit.means("credited_to", clause.language);
        let gap = hit.span.start.checked_sub(noun.span.end);
        is_lead && gap.is_some_and(|gap| gap <= ASIDE_BYTES_MAX) && hit.span.end < sentence.end
    });
    let lead =
        leads.filter(|lead| !tells_source(clause, before_comma(clause, noun.span.end..lead.span.start))).find(|lead| {
            let between = clause.text.get(noun.span.end..lead.span.start).unwrap_or_default();
            let last = between.rsplit(',').next().unwrap_or_default();
            let names_others =
                clause.names.iter().any(|name| noun.span.end <= name.span.start && name.span.end <= lead.span.start);
            // `The script, from the novel by Per Lund, is by Ada Berg`
            let is_after_aside =
                between.starts_with(',') && last.trim().split(' ').count() == 1 && between.len() <= ASIDE_BYTES_MAX;
            let is_near = between.len() <= LEAD_BYTES_MAX && !names_others;
            (is_near || is_after_aside) && !between.contains(['.', ';', '(', '“', '"'])
        });
    let people = lead.map(|lead| people_after(clause, lead.span.end, sentence.end)).unwrap_or_default();
    people.into_iter().map(|name| said(clause, name)).collect()
}

/// The last part between commas of a stretch.
fn before_comma<'t>(clause: &'t Clause<'_>, stretch: Range<usize>) -> &'t str {
    clause.lowered.get(stretch).unwrap_or_default().rsplit(',').next().unwrap_or_default()
}

/// Whether words lead to what a script was made from: `from the novel`, `based on a play`.
fn tells_source(clause: &Clause<'_>, words: &str) -> bool {
    vocabulary().words.count(words, "book", clause.language) > 0
        || vocabulary().facts.count(words, "source_of", clause.language) > 0
        || vocabulary().triggers.find(words, clause.language).iter().any(|hit| hit.means("comparison", clause.language))
}

/// `The screenplay, which Ada Berg worked up`, `She wrote the script`: who stands before the verb.
fn before(clause: &Clause<'_>, verb: &Hit, sentence: &Range<usize>, director: Option<&Statement>) -> Vec<Statement> {
    let start = clause.lowered.get(sentence.start..verb.span.start).unwrap_or_default();
    let words: Vec<&str> = start.rsplit(' ').filter(|word| !word.is_empty()).take(BEFORE_WORDS_MAX).collect();
    let nearest =
        clause.names.iter().rfind(|name| name.span.end <= verb.span.start && sentence.start <= name.span.start);
    let near = nearest.filter(|name| {
        let gap = clause.text.get(name.span.end..verb.span.start).unwrap_or_default();
        gap.split_whitespace().count() <= BEFORE_WORDS_MAX && !gap.contains(['.', ';', '(', ')', ','])
    });
    if let Some(name) = near.filter(|name| clause.is_person(name) && !name.possessive) {
        let listed = clause.list_ending_with(name).into_iter().filter(|other| clause.is_person(other));
        return listed.chain([name]).map(|name| said(clause, name)).collect();
    }
    // `Ada Berg, who directs and co-wrote the script`
    let told = clause.told_of(verb.span.start).filter(|name| nearest.is_some_and(|near| near.span == name.span));
    if let Some(name) = told.filter(|name| clause.is_sure_person(name) && sentence.start <= name.span.start) {
        let between = clause.text.get(name.span.end..verb.span.start).unwrap_or_default();
        // `Ada Berg, who plays the one who wrote the script`
        let relatives = between.split([' ', ',']).filter(|word| clause.fits(word, "relative")).count();
        if relatives == 1 && between.split_whitespace().count() <= BEFORE_WORDS_MAX.saturating_mul(2) {
            return vec![said(clause, name)];
        }
    }
    let is_pronoun = words.first().is_some_and(|word| clause.fits(word.trim_matches(','), "pronoun"));
    let own = director.filter(|_| {
        is_pronoun && nearest.is_none_or(|name| !clause.is_person(name) || is_director(clause, name, director))
    });
    own.map(as_writer).into_iter().collect()
}

/// `The script, which the director wrote with Per Lund`, `escrito por la propia directora`: whether the word for who directed,
/// without a name, stands beside a word for writing.
fn by_director(clause: &Clause<'_>, told: &[&Hit], sentence: &Range<usize>) -> bool {
    const GAP_BYTES_MAX: usize = 16;
    const WITH_BYTES_MAX: usize = 60;
    let is_apart = |from: usize, to: usize| {
        let words = clause.lowered.get(from..to).unwrap_or_default();
        let is_named = clause.names.iter().any(|name| from <= name.span.start && name.span.end <= to);
        // `das die Regisseurin mit Livia Grandi schrieb`
        let is_with = || words.split_whitespace().next().is_some_and(|word| clause.fits(word, "together_with"));
        let is_short = words.len() <= GAP_BYTES_MAX && !is_named || words.len() <= WITH_BYTES_MAX && is_with();
        is_short && !words.contains([',', '.', ';', ':', '(', ')'])
    };
    let is_beside = |trade: &Hit, hit: &Hit| {
        let (from, to) = if trade.span.end <= hit.span.start {
            (trade.span.end, hit.span.start)
        } else {
            (hit.span.end, trade.span.start)
        };
        from <= to && is_apart(from, to)
    };
    let trades = clause.triggers("director_trade");
    let mut trades = trades.filter(|trade| sentence.start <= trade.span.start && trade.span.end <= sentence.end);
    trades.any(|trade| {
        // `the director Ada Berg`
        let is_name = |name: &Name| {
            name.span.start == trade.span.end.saturating_add(1) || name.span.end.saturating_add(1) == trade.span.start
        };
        !clause.names.iter().any(is_name) && told.iter().any(|hit| is_beside(trade, hit))
    })
}

fn is_director(clause: &Clause<'_>, name: &Name, director: Option<&Statement>) -> bool {
    director.is_some_and(|director| key(&director.value) == key(clause.name(name)))
}

/// `She and her co-writer, Per Lund, have watched a lot of`: whether somebody called by a pronoun has one to write with.
fn with_co_writer(clause: &Clause<'_>) -> bool {
    clause.triggers("whose_co_writer").any(|hit| {
        let mut before = clause.lowered.get(..hit.span.start).unwrap_or_default().trim_end().rsplit(' ');
        before.next().is_some_and(|word| vocabulary().is_joiner(word))
            && before.next().is_some_and(|word| clause.fits(word, "pronoun"))
    })
}

/// The director as who wrote it, too.
fn as_writer(director: &Statement) -> Statement {
    let is_told = director.certainty > Certainty::Weak;
    let certainty = if is_told { Certainty::Sure } else { director.certainty };
    Statement { field: Field::Writer, certainty, ..director.clone() }
}

/// `wrote with the poet Ada Berg`: the others, whom the word for together leads to.
fn with_others(clause: &Clause<'_>, verb: &Hit, sentence: &Range<usize>, facts: &[Hit]) -> Vec<Statement> {
    const REACH_BYTES: usize = 40;
    let with = facts.iter().find(|hit| {
        hit.means("together_with", clause.language)
            && hit.span.start.checked_sub(verb.span.end).is_some_and(|gap| gap <= REACH_BYTES)
            && hit.span.end < sentence.end
    });
    let others = with.map(|with| people_after(clause, with.span.end, sentence.end)).unwrap_or_default();
    others.into_iter().map(|name| said(clause, name)).collect()
}

/// `its rich dialogue (Ada Berg)`
fn bracketed(clause: &Clause<'_>, noun: &Hit) -> Option<Statement> {
    let start = noun.span.end.saturating_add(" (".len());
    let name = clause.names.iter().find(|name| name.span.start == start && clause.is_sure_person(name))?;
    let is_whole = clause.text.get(noun.span.end..start) == Some(" (")
        && clause.text.get(name.span.end..).is_some_and(|rest| rest.starts_with(')'));
    is_whole.then(|| said(clause, name))
}

/// `The script is Berg’s alone.`
fn owned(clause: &Clause<'_>, noun: &Hit) -> Option<Statement> {
    let rest = clause.lowered.get(noun.span.end..)?.strip_prefix(' ')?;
    let verb = rest.split(' ').next().filter(|word| clause.fits(word, "copula"))?;
    let start = noun.span.end.saturating_add(verb.len()).saturating_add("  ".len());
    let name = clause.names.iter().find(|name| name.span.start == start && name.possessive)?;
    let after = clause.text.get(name.span.end..)?.trim_start_matches(['’', '\'', 's']);
    let ends = after.trim_start().split([' ', '.', ',', ';']).next().unwrap_or_default();
    (clause.is_person(name) && (ends.is_empty() || clause.fits(ends, "alone"))).then(|| said(clause, name))
}

/// Whether a word for a book stands between the noun and the verb: `the script from the novel that Ada Berg wrote`.
fn is_of_book(clause: &Clause<'_>, noun: &Hit, verb: &Hit) -> bool {
    let between = noun.span.end.min(verb.span.end)..noun.span.start.max(verb.span.start);
    clause.lowered.get(between).is_some_and(|words| vocabulary().words.count(words, "book", clause.language) > 0)
}

/// The people whom a word leads to, over articles, kin and trades, and those who are joined to them.
fn people_after<'c>(clause: &'c Clause<'_>, at: usize, end: usize) -> Vec<&'c Name> {
    let mut people: Vec<&Name> = Vec::new();
    let mut from = at;
    let names = clause.names.iter().skip_while(|name| name.span.start < at).take_while(|name| name.span.end <= end);
    for name in names {
        let gap = clause.lowered.get(from..name.span.start).unwrap_or_default();
        let words = gap.split_whitespace().count();
        let is_joined = || {
            let first = gap.trim_start_matches([',', ' ']).split(' ').next().unwrap_or_default();
            gap.trim() == "," || vocabulary().is_joiner(first)
        };
        // `co-wrote the script with Per Lund, Ilse is a farmer`
        let next = clause.text.get(name.span.end..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        let next = next.split(' ').next().unwrap_or_default();
        let is_subject = gap.trim() == "," && next.starts_with(char::is_lowercase) && !vocabulary().is_joiner(next);
        if words > GAP_WORDS_MAX
            || gap.contains(['.', ';', '(', ')', ':', '“', '"'])
            || tells_source(clause, gap)
            || !people.is_empty() && (!is_joined() || is_subject)
        {
            break;
        }
        // `the Oslo playwright Ada Berg`
        if clause.is_person(name) && !name.possessive {
            people.push(name);
            from = name.span.end;
        } else if !people.is_empty() {
            break;
        }
    }
    people
}

fn said(clause: &Clause<'_>, name: &Name) -> Statement {
    clause.said(Field::Writer, clause.name(name), &name.span).with(Certainty::Sure)
}

#[cfg(test)]
mod tests {
    use super::super::film_told;

    #[test]
    fn the_word_for_who_directed_writes_as_they_do() {
        let writers = |text: &str| film_told(text).writers;
        let told = "The film is directed by Julia Berg. The script, which the director wrote with Anna Lund, is solid.";
        assert_eq!(writers(told), ["Anna Lund", "Julia Berg"]);
        let told = "The film is directed by Julia Berg. The screenplay is by the director and Anna Lund.";
        assert_eq!(writers(told), ["Anna Lund", "Julia Berg"]);
        let told = "The film is directed by Julia Berg. Anna Lund wrote the script before the director came on board.";
        assert_eq!(writers(told), ["Anna Lund"]);
    }
}
