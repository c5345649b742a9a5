//! Who directed, wrote and made the film, read off names and triggers: one function a shape of sentence.

use crate::extraction::Field;
use crate::folding::{key, lower};
use crate::names::Name;
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::cast::without_brackets;
use super::clause::Clause;
use super::{Known, caseless_crew, is_title, owned_films};

/// Directors and writers.
pub(super) fn crew(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    let roles: [(&'static str, &[Field]); 6] = [
        ("director_writer_after", &[Field::Director, Field::Writer]),
        ("director_after", &[Field::Director]),
        ("writer_after", &[Field::Writer]),
        ("cinematographer_after", &[Field::Cinematographer]),
        ("composer_after", &[Field::Composer]),
        ("editor_after", &[Field::Editor]),
    ];
    for (trigger, fields) in roles {
        for hit in clause.triggers(trigger) {
            // Languages that put no adjective after the trade have the name next: `the director casts Ada Berg` tells of
            // another, `le réalisateur danois Per Lund` of him.
            let is_next = hit.means("name_next", clause.language);
            let words = clause.lowered.get(hit.span.clone()).unwrap_or_default();
            let gap = if is_next { 0 } else { words_between(words) };
            // `Based on a novel, it was adapted for the screen by …`
            let weak = clause.is_comparison(hit.span.start) && !hit.means("outright", clause.language);
            let certainty = if weak { Certainty::Weak } else { Certainty::Plain };
            if gap == PASSIVE_GAP && names_other_work(clause, known, hit)
                || fields == [Field::Writer] && is_of_book(clause, hit)
            {
                continue;
            }
            // `a film by a young director starring Ada Berg`
            let is_cast = |name: &&Name| {
                let mut leads = clause.triggers("cast_after");
                leads.any(|lead| hit.span.end <= lead.span.start && lead.span.end <= name.span.start)
            };
            let told = clause.names_after(hit.span.end, gap).into_iter();
            // `um filme do Paulo Serra`, but `um filme do Capitão América`: before a name with an article stands anything.
            let has_article = words.rsplit(' ').next().is_some_and(|last| clause.fits(last, "with_article"));
            let may_be_told = |name: &&Name| !has_article || clause.is_sure_person(name);
            let told = told.filter(|name| clause.is_credited(name) && !is_cast(name) && may_be_told(name));
            let told: Vec<&Name> = named_at_last(clause, hit).map_or_else(|| told.collect(), |name| vec![name]);
            let told = without_next_subject(clause, past_owner(clause, told));
            let single = by_one_name(clause, hit).filter(|_| told.is_empty() && gap == PASSIVE_GAP);
            let told: Vec<&Name> = told.into_iter().chain(single).collect();
            for name in told {
                statements.extend(
                    fields.iter().map(|field| clause.said(*field, clause.name(name), &name.span).with(certainty)),
                );
            }
        }
    }
    statements.extend(before_trade(clause, known));
    statements.extend(owned_films::kind_by(clause, known));
    statements.extend(owned_films::made(clause, known));
    statements.extend(owned_films::own_feature(clause, known));
    statements.extend(owned_films::latest(clause));
    statements.extend(shared_writing(clause, &statements));
    statements.extend(owned_films::possessives(clause, known));
    statements.extend(owned_films::owners_of_title(clause, known));
    statements.extend(near_trade(clause));
    statements.extend(directing(clause));
    statements.extend(beside_co_writer(clause));
    statements
        .extend(clause.names.iter().filter(|name| clause.is_person(name)).flat_map(|name| trade_after(clause, name)));
    // In the order of the text, which names the first of two first.
    statements.sort_by_key(|one| one.span.as_ref().map(|span| span.start));
    statements
}

/// `by Berg’s regular collaborator Per Lund`: who comes after what they are to the one who owns them.
fn past_owner<'c>(clause: &'c Clause<'_>, told: Vec<&'c Name>) -> Vec<&'c Name> {
    const WORDS_MAX: usize = 4;
    let [owner] = told.as_slice() else { return told };
    let next = clause.names.iter().find(|name| name.span.start > owner.span.end).filter(|next| {
        let between = clause.text.get(owner.span.end..next.span.start).unwrap_or_default();
        let words = between.trim_start_matches(['’', '\'', 's']).trim();
        let is_told = !words.is_empty() && words.split(' ').count() <= WORDS_MAX;
        owner.possessive && is_told && words.split(' ').all(|word| clause.is_plain(word)) && clause.is_sure_person(next)
    });
    next.map_or(told.clone(), |next| vec![next])
}

/// `directed by Blessy.`: somebody of one name, with which a part of the sentence ends.
fn by_one_name<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Option<&'c Name> {
    const LETTERS_MIN: usize = 3;
    let start = hit.span.end.saturating_add(1);
    let name = clause.names.iter().find(|name| name.span.start == start && name.words == 1)?;
    let (word, after) = (clause.words(&name.span), clause.text.get(name.span.end..)?);
    let is_name = word.chars().count() >= LETTERS_MIN && !vocabulary().is_not_name(&lower(word));
    (is_name
        && !name.possessive
        && !clause.is_work(&name.span)
        && (after.is_empty() || after.starts_with(['.', ',', ';', ')'])))
    .then_some(name)
}

/// `Ada Berg directs`, `Ada Berg wrote the script`: whom words for what they did follow.
fn before_trade(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (trigger, field) in [("director_before", Field::Director), ("writer_before", Field::Writer)] {
        for hit in clause.triggers(trigger) {
            let mut before = clause.names_before(hit.span.start, 1);
            if before.is_empty() {
                before.extend(genitive_before(clause, hit));
            }
            // `From a script by Per Lund, Ada Berg has made …`
            before.retain(|name| !is_led_by_trade(clause, name) && !is_title(known, clause.name(name)));
            // `Ada Berg, who wrote “Orchard”, also wrote this screenplay`
            if !before.iter().any(|name| clause.is_person(name)) {
                before.extend(clause.told_of(hit.span.start).or_else(|| clause.before_aside(hit.span.start)));
            }
            // `novelist Ada Berg wrote the script`: what is said outright stands beside any comparison.
            let is_outright = field == Field::Writer && hit.span.len() > 9;
            let weak = !is_outright && clause.is_comparison(hit.span.start) || hit.means("loosely", clause.language);
            let certainty = if weak { Certainty::Weak } else { Certainty::Plain };
            statements.extend(
                before
                    .into_iter()
                    .filter(|name| clause.is_person(name) && !clause.is_supposed(name.span.start))
                    .map(|name| clause.said(field, clause.name(name), &name.span).with(certainty)),
            );
            if field == Field::Writer {
                statements.extend(
                    fellows(clause, hit)
                        .into_iter()
                        .map(|name| clause.said(field, clause.name(name), &name.span).with(Certainty::Sure)),
                );
            }
            statements.extend(caseless_crew::before_trade(clause, hit, field));
        }
    }
    statements
}

/// `Ada Berg, directing from …`, `Ada Berg made plays, and this is her first go at directing`, `Behind the camera was a woman
/// named Ada Berg`: who is told as director in passing.
fn directing(clause: &Clause<'_>) -> Vec<Statement> {
    const REACH_BYTES: usize = 120;
    const NAMED_WORDS: usize = 6;
    let aside = clause.triggers("director_aside").filter_map(|hit| {
        let beside = |name: &&Name| clause.text.get(name.span.end..hit.span.start) == Some(", ");
        clause.names.iter().find(beside)
    });
    let first = clause.triggers("first_directing").filter_map(|hit| {
        let before = |name: &&Name| name.span.end < hit.span.start && clause.is_person(name);
        let nearest = clause.names.iter().rfind(before)?;
        let between = clause.text.get(nearest.span.end..hit.span.start)?;
        (between.len() <= REACH_BYTES && !between.contains(['.', ';', '!', '?', '(', ')'])).then_some(nearest)
    });
    let within = clause.triggers("director_within");
    let within = within.filter_map(|hit| clause.person_within(hit.span.end, NAMED_WORDS));
    let people = aside.chain(first).chain(within).filter(|name| clause.is_person(name) && !name.possessive);
    let ours = people.filter(|name| !clause.is_comparison(name.span.start));
    ours.map(|name| clause.said(Field::Director, clause.name(name), &name.span)).collect()
}

/// `Ada Berg and her co-writer, the playwright Per Lund`: both wrote it.
fn beside_co_writer(clause: &Clause<'_>) -> Vec<Statement> {
    const GAP_WORDS_MAX: usize = 3;
    let mut statements = Vec::new();
    for hit in clause.triggers("whose_co_writer") {
        let joined = clause.lowered.get(..hit.span.start).unwrap_or_default().trim_end();
        let word = joined.rsplit(' ').next().filter(|word| vocabulary().is_joiner(word));
        let end = word.map(|word| joined.len().saturating_sub(word.len()).saturating_sub(1));
        let first = clause.names.iter().find(|name| Some(name.span.end) == end && clause.is_person(name));
        let second = clause.names.iter().find(|name| name.span.start >= hit.span.end).filter(|name| {
            let gap = clause.text.get(hit.span.end..name.span.start).unwrap_or_default();
            let words = gap.split_whitespace().filter(|word| *word != ",").count();
            words <= GAP_WORDS_MAX && !gap.contains(['.', ';', ':', '(']) && clause.is_person(name) && !name.possessive
        });
        let both = first.into_iter().chain(second);
        statements
            .extend(both.map(|name| clause.said(Field::Writer, clause.name(name), &name.span).with(Certainty::Sure)));
    }
    statements
}

/// `Ada Berg’in yönettiği`: whose the deed is, in languages that put a genitive before the verb.
fn genitive_before<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Option<&'c Name> {
    const ENDING_LETTERS_MAX: usize = 4;
    clause.names.iter().rfind(|name| name.span.end < hit.span.start).filter(|name| {
        let between = clause.text.get(name.span.end..hit.span.start).unwrap_or_default();
        let ending = between.strip_prefix(['’', '\'']).and_then(|rest| rest.strip_suffix(' ')).unwrap_or_default();
        let length = ending.chars().count();
        // `Ada Berg’s directs` is nobody's sentence.
        (1..=ENDING_LETTERS_MAX).contains(&length) && ending.chars().all(char::is_lowercase) && ending != "s"
    })
}

/// The people of a list whose last is the subject of what follows left out: `from a script by Per Lund, Ada Berg has made`.
fn without_next_subject<'c>(clause: &Clause<'_>, mut told: Vec<&'c Name>) -> Vec<&'c Name> {
    if let [first, second] = told.as_slice()
        && clause.text.get(first.span.end..second.span.start) == Some(", ")
        && clause.text.get(second.span.end..).is_some_and(|rest| {
            rest.strip_prefix(' ').is_some_and(|rest| {
                let word = rest.split(' ').next().unwrap_or_default();
                word.starts_with(char::is_lowercase) && !vocabulary().is_joiner(word)
            })
        })
    {
        told.truncate(1);
    }
    told
}

/// Whether words for another's work stand right before a name: `a script by`, `the novel by`.
fn is_led_by_trade(clause: &Clause<'_>, name: &Name) -> bool {
    let mut leads = clause.triggers("writer_after").chain(clause.triggers("comparison"));
    leads.any(|hit| name.span.start.checked_sub(hit.span.end) == Some(1))
}

/// `The director of The Long Snow is Ada Berg`: who comes after the verb, not the work before it.
fn named_at_last<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Option<&'c Name> {
    const REACH_BYTES: usize = 80;
    let is_after = |name: &&Name| name.span.start > hit.span.end && clause.is_credited(name);
    let reach = hit.span.end.saturating_add(REACH_BYTES);
    let near = clause.names.iter().take_while(|name| name.span.start <= reach);
    near.filter(is_after).find(|name| {
        let between = clause.lowered.get(hit.span.end..name.span.start).unwrap_or_default();
        let verb = between.strip_suffix(' ').and_then(|before| before.rsplit_once(' '));
        verb.is_some_and(|(work, verb)| {
            !work.trim().is_empty() && !work.contains(['.', ',', ';', '!', '?', '(']) && clause.fits(verb, "copula")
        })
    })
}

/// `Ada Berg co-wrote the script with Per Lund`, `Ada Berg directs from a script she wrote with Per Lund`: who wrote with those
/// whom the words lead to; the director of the sentence, where a pronoun says it.
fn shared_writing(clause: &Clause<'_>, said: &[Statement]) -> Vec<Statement> {
    const SUBJECT_GAP: usize = 1;
    let mut statements = Vec::new();
    for hit in clause.triggers("writer_after") {
        let words = clause.lowered.get(hit.span.clone()).unwrap_or_default();
        let (first, last) = (words.split(' ').next(), words.rsplit(' ').next());
        let is = |word: Option<&str>, meaning| {
            word.and_then(|word| vocabulary().facts.exact(word))
                .is_some_and(|fact| fact.means(meaning, clause.language))
        };
        if !is(last, "together_with") {
            continue;
        }
        let writer = |name: &Name| clause.said(Field::Writer, clause.name(name), &name.span);
        let before: Vec<Statement> = if is(first, "pronoun") {
            let director = said.iter().find(|one| one.field == Field::Director && one.certainty > Certainty::Weak);
            director.map(|one| Statement { field: Field::Writer, ..one.clone() }).into_iter().collect()
        } else {
            let people = clause.names_before(hit.span.start, SUBJECT_GAP).into_iter();
            people.filter(|name| clause.is_person(name)).map(writer).collect()
        };
        if before.is_empty() {
            continue;
        }
        let others = clause.names_after(hit.span.end, words_between(words)).into_iter();
        let others = others.filter(|name| clause.is_person(name)).map(writer);
        statements.extend(before.into_iter().chain(others).map(|one| one.with(Certainty::Sure)));
    }
    statements
}

/// `co-wrote the script with Ada Berg`: with whom somebody wrote.
fn fellows<'c>(clause: &'c Clause<'_>, hit: &Hit) -> Vec<&'c Name> {
    const GAP_WORDS: usize = 3;
    // `with his wife Ada Berg`
    const KIN_WORDS: usize = 2;
    let rest = clause.lowered.get(hit.span.end..).unwrap_or_default();
    let mut at = hit.span.end;
    for word in rest.split_inclusive(' ').take(GAP_WORDS.saturating_add(1)) {
        at = at.saturating_add(word.len());
        let bare = word.trim();
        if clause.fits(bare, "together_with") {
            return clause
                .names_after(at.saturating_sub(" ".len()), KIN_WORDS)
                .into_iter()
                .filter(|name| clause.is_person(name))
                .collect();
        }
        if bare.contains(|letter: char| !letter.is_alphabetic()) {
            break;
        }
    }
    Vec::new()
}

/// `the novel written by Ada Berg`: what was written is the book.
fn is_of_book(clause: &Clause<'_>, hit: &Hit) -> bool {
    let before = clause.lowered.get(..hit.span.start).unwrap_or_default().trim_end();
    let noun = before.rsplit(' ').next().unwrap_or_default();
    vocabulary().words.exact(noun).is_some_and(|word| word.means("book", clause.language))
}

/// `“Orchard”, directed by Ada Berg`, in a review of another film: the last title in quotes before the words is not ours.
fn names_other_work(clause: &Clause<'_>, known: &Known, hit: &Hit) -> bool {
    const REACH_BYTES: usize = 120;
    let before = clause.text.get(..hit.span.start).unwrap_or_default();
    let start = before.rfind(['.', '!', '?', ';']).map_or(0, |at| at.saturating_add(1));
    // What stands in a bracket is known of a person: `written by Ada Berg (“Orchard”) and directed by`.
    let sentence = without_brackets(before.get(start..).unwrap_or_default());
    let Some((rest, gap)) = sentence.rsplit_once(['”', '»']) else { return false };
    let title = rest.rsplit(['“', '«']).next().map(key).unwrap_or_default();
    let is_ours = |own: &String| own.contains(title.as_str()) || title.contains(own.as_str());
    !title.is_empty() && gap.len() <= REACH_BYTES && !known.titles.is_empty() && !known.titles.iter().any(is_ours)
}

/// `“Orchard” (2019), starring Ada Berg`, in a review of another film: whether its title stands right before the words.
pub(super) fn bills_other_work(clause: &Clause<'_>, known: &Known, hit: &Hit) -> bool {
    let before = clause.text.get(..hit.span.start).unwrap_or_default().trim_end_matches([',', ' ']);
    before.ends_with(['”', '»', ')']) && names_other_work(clause, known, hit)
}

/// `by Ada Berg. That is the director who …`, `The director, an Italian named Per Lund, …`: the person nearest to the
/// word for the trade, a guess where nobody is named as director outright.
fn near_trade(clause: &Clause<'_>) -> Option<Statement> {
    const REACH_BYTES: usize = 60;
    const OF_WORDS: usize = 6;
    if !vocabulary().speaks(clause.language) {
        return None;
    }
    clause.triggers("director_trade").find_map(|hit| {
        let before = clause.lowered.get(..hit.span.start).unwrap_or_default().trim_end();
        let is_prize = before.rsplit(' ').next().and_then(|word| vocabulary().facts.exact(word));
        let is_prize = is_prize.is_some_and(|fact| fact.means("superlative", clause.language));
        // `the director of “Orchard”` made another film; `the director of Greek origin, Ada Berg,` is told of as a person.
        let rest = clause.text.get(hit.span.end..).unwrap_or_default();
        let is_of = rest.starts_with(" of ") || rest.starts_with(" de ");
        let is_told = |name: &Name| {
            clause.text.get(hit.span.end..name.span.start).is_some_and(|between| {
                between.ends_with(", ")
                    && !between.contains(['“', '"', '‘', '«'])
                    && between.split(' ').count() <= OF_WORDS
            })
        };
        let near = |name: &&Name| {
            let (before, after) =
                (hit.span.start.checked_sub(name.span.end), name.span.start.checked_sub(hit.span.end));
            before.or(after).is_some_and(|gap| gap <= REACH_BYTES)
        };
        // `a nosier director, a Per Lund say, …`
        let is_one_of = |name: &Name| clause.follows(name.span.start, "indefinite");
        let people = || {
            let people = clause.names.iter().filter(near).filter(|name| clause.is_person(name) && !name.possessive);
            people.filter(|name| !is_one_of(name))
        };
        let person = people().find(|name| name.span.start > hit.span.end).or_else(|| people().next_back())?;
        // `played by the director’s nephew, Ada Berg`
        let owned =
            rest.trim_start_matches(['’', '\'']).strip_prefix("s ").and_then(|owned| owned.split([' ', ',']).next());
        let is_kin = owned.is_some_and(|noun| clause.fits(noun, "kin_noun"));
        let is_other = is_prize || is_kin || is_of && !is_told(person);
        // `played by the director (Ada Berg)`
        let is_bracketed = clause.text.get(hit.span.end..person.span.start) == Some(" (");
        let is_kept = !is_other
            && (is_bracketed || is_told(person) || clause.is_sure_person(person))
            && !clause.is_comparison(person.span.start);
        is_kept.then(|| clause.said(Field::Director, clause.name(person), &person.span).with(Certainty::Weak))
    })
}

/// `Ada Berg [Director]`, `Ada Berg, the director,`, `Berg the Screenwriter`: the trade told after the name.
fn trade_after(clause: &Clause<'_>, name: &Name) -> Vec<Statement> {
    // `the writer` may have written anything.
    const WRITERS: [&str; 4] = ["screen", "script", "co-writer", "cowriter"];
    let rest = clause.lowered.get(name.span.end..).unwrap_or_default();
    let inside = rest.strip_prefix(" [").or_else(|| rest.strip_prefix(" ("));
    let trade = match inside {
        Some(inside) => inside.split([')', ']']).next(),
        None => {
            let rest = rest.trim_start_matches([',', ' ']);
            // `Ada Berg, movie’s scriptwriter`
            let (article, rest) = match past_film(clause, rest) {
                told if told.len() < rest.len() => ("the", told),
                _ => rest.split_once(' ').unwrap_or_default(),
            };
            let rest = past_film(clause, rest);
            let word = rest.split(|c: char| !c.is_alphanumeric() && c != '-').next();
            // `the director of …` names another film.
            let is_of = word.and_then(|word| rest.get(word.len()..)).is_some_and(|rest| rest.starts_with(" of "));
            word.filter(|_| clause.is_article(article) && !is_of)
        }
    };
    let label = trade.and_then(|trade| vocabulary().labels.exact(trade));
    let is = |meaning| label.as_ref().is_some_and(|label| label.means(meaning, clause.language));
    let is_joint = is("director_writer");
    // Only a bracket says that it was this.
    let is_writer = is("writer")
        && (inside.is_some() || trade.is_some_and(|trade| WRITERS.iter().any(|word| trade.contains(word))));
    let fields = [(Field::Director, is_joint || is("director")), (Field::Writer, is_joint || is_writer)];
    let said = |field| clause.said(field, clause.name(name), &name.span);
    let is_kept = !name.possessive && !clause.is_comparison(name.span.start);
    fields.into_iter().filter(|(_, holds)| is_kept && *holds).map(|(field, _)| said(field)).collect()
}

/// What follows `film’s` in `the film’s co-writer`; the whole where it begins with anything else.
fn past_film<'t>(clause: &Clause<'_>, rest: &'t str) -> &'t str {
    let owned = rest.split_once("’s ").or_else(|| rest.split_once("'s "));
    let is_film = |noun: &str| clause.fits(noun, "film_noun");
    owned.filter(|(noun, _)| is_film(noun)).map_or(rest, |(_, after)| after)
}

/// Words that may stand between `directed by` and the name.
const PASSIVE_GAP: usize = 3;

/// Words that may stand between a trigger and the name: `directed by the visionary Ada Berg`, but `director Ada Berg`.
fn words_between(trigger: &str) -> usize {
    let ends = [" by", " por", " par", " von", " da", " di"];
    match trigger.len() {
        0..=8 => 0,
        _ if ends.iter().any(|end| trigger.ends_with(end)) => PASSIVE_GAP,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::film_told;

    fn crew(text: &str) -> (Vec<String>, Vec<String>) {
        let film = film_told(text);
        (film.directors, film.writers)
    }

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_trade_may_follow_the_name() {
        assert_eq!(
            crew("Great work by Martin Holm [Director] and Anna Lund (screenwriter).").0,
            names(&["Martin Holm"])
        );
        assert_eq!(crew("Martin Holm the Actor is fine; Holm the Screenwriter is better.").1, names(&["Martin Holm"]));
        assert_eq!(crew("The uncle is played by the director (Orvo Halkala).").0, names(&["Orvo Halkala"]));
        assert_eq!(crew("Martin Holm, the director of other things, sat behind me."), (names(&[]), names(&[])));
    }

    #[test]
    fn a_writer_may_stand_before_a_relative_clause() {
        assert_eq!(crew("Anna Lund, who wrote Orchard, also wrote the script.").1, names(&["Anna Lund"]));
    }

    #[test]
    fn another_works_director_and_a_prize_are_not_ours() {
        assert_eq!(crew("It looks like “Orchard”, directed by Martin Holm, with more snow.").0, names(&[]));
        assert_eq!(crew("It won Best Actress (Anna Lund) and Best Director.").0, names(&[]));
    }

    #[test]
    fn who_writes_together_is_told_with_the_other() {
        let both = names(&["Julia Berg", "Anna Lund"]);
        assert_eq!(crew("Julia Berg co-wrote the script with Anna Lund.").1, both);
        assert_eq!(crew("Julia Berg directs from a screenplay she wrote with Anna Lund.").1, both);
        assert_eq!(
            crew("It was directed by Julia Berg, who also co-wrote the film with her sister Anna Lund.").1,
            both
        );
    }

    #[test]
    fn brackets_and_origins_leave_a_director_to_this_film() {
        let told = "Written by Anna Lund (“Orchard”) and directed by Julia Berg, it never slows down.";
        assert_eq!(crew(told), (names(&["Julia Berg"]), names(&["Anna Lund"])));
        let told = "With this one, the director of Danish origin, Julia Berg, has found her tone.";
        assert_eq!(crew(told).0, names(&["Julia Berg"]));
        assert_eq!(crew("If Julia Berg had directed it, it might have been louder.").0, names(&[]));
    }
}
