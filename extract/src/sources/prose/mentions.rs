//! What stands around each mention of a name, and everything that a text says of a person together.
//!
//! Finds signs; what they weigh is for those who ask whether somebody acts (`standing`) or directs (`direction`). Knows no shapes
//! of sentences, only which words stand near a name.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::extraction::Field;
use crate::folding::{key, last_bytes, lower, start_of};
use crate::names::{Name, has_given_name};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, Trade, trade_of, vocabulary};

use super::clause::Clause;
use super::subjects::{ENDS, is_conditional, opens_sentence};
use super::{Known, is_title};

/// Bytes between a name and a word that is near it.
const NEAR_BYTES: usize = 40;

/// Mentions of one person in which one sign counts.
const MENTIONS_MAX: usize = 2;

/// Mentions from which somebody is named often.
const OFTEN_MIN: usize = 3;

/// Names weighed of one block, each against all words of its sentence: a paragraph of a review has forty.
const NAMES_MAX: usize = 100;

/// Phrases about actors; which side of them the name stands on is for shapes to know.
const CAST_PHRASES: [&str; 8] = [
    "cast_after",
    "cast_before",
    "played_by",
    "strong_plays",
    "cast_possessive",
    "ensemble",
    "presence",
    "acting_award",
];

/// Phrases that people behind the camera stand beside.
const CREW_PHRASES: [&str; 9] = [
    "director_after",
    "director_before",
    "director_writer_after",
    "writer_after",
    "writer_before",
    "cinematographer_after",
    "composer_after",
    "editor_after",
    "films_of",
];

/// What a mention, or a name, has about it that tells whether somebody acts in the film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sign {
    /// Words about acting near the name.
    ActingNear,
    /// Words about acting elsewhere in the sentence.
    Acting,
    /// Judgements near the name.
    PraiseNear,
    /// The name opens its sentence, and a judgement follows.
    Judged,
    /// A phrase about the cast in the sentence.
    CastPhrase,
    /// A phrase about the cast right beside the name.
    CastPhraseNear,
    /// The name opens its sentence.
    Subject,
    /// The name stands in a list with somebody who is cast.
    ListedWithCast,
    /// The name stands in a list with others.
    Listed,
    /// A phrase about the crew near the name.
    CrewPhraseNear,
    /// Trades, books and history near the name, or before it.
    OffScreenNear,
    /// Trades, books and history elsewhere in the sentence.
    OffScreen,
    /// A possessive: a director's film, or an actor's performance, which a shape reads.
    Possessive,
    /// Beside a possessive without a word between: `Ada Berg’s The Long Snow`, another's film or part.
    BesideOwned,
    /// The possessive of another well-known film: `Berg’s film Orchard`.
    OwnsOther,
    /// What the name is likened to, or what might have been.
    Compared,
    /// In a bracket: other films, other actors of a part.
    Bracketed,
    /// Only the surname.
    Surname,
    /// A common first name begins it.
    GivenName,
    /// Known for acting, and nothing else.
    KnownActor,
    /// Known for directing.
    KnownDirector,
    /// Known for acting as for directing.
    KnownActorDirector,
    /// Known for something else: books, music, history.
    KnownOther,
    /// A sentence guesses that it is cast.
    Guessed,
    /// It is a character.
    Character,
    /// It is said of the crew.
    Crew,
    /// The sentence tells of it what only the one behind the camera does.
    Directs,
    /// The sentence tells of it where those who come to direct have come from.
    Trained,
    /// The word for the trade near the name.
    TradeNear,
    /// `the films of` right before the name.
    FilmsOf,
    /// The name is the subject of a verb of making.
    Makes,
    /// A sentence says that somebody in the film is them: `the brother is Ada Berg`.
    Identified,
    /// The text goes on to use the first name alone, as it does a character's.
    FirstNameAlone,
    /// Nobody is named in the text before.
    First,
    /// It is named three times and more.
    Often,
}

/// Whom sentences name outright, by keys.
pub(super) struct Said {
    /// Cast.
    pub cast: HashSet<String>,
    /// Whom a sentence guesses to be cast.
    pub guessed: HashSet<String>,
    /// Behind the camera, and the critics.
    pub crew: HashSet<String>,
    /// Characters.
    pub characters: HashSet<String>,
}

impl Said {
    pub(super) fn of(statements: &[Statement], known: &Known) -> Self {
        let of = |is_kept: &dyn Fn(&Statement) -> bool| -> HashSet<String> {
            statements.iter().filter(|one| is_kept(one)).map(|one| key(&one.value)).collect()
        };
        let is_sure = |one: &Statement| one.certainty > Certainty::Weak;
        let mut cast = of(&|one| one.field == Field::Cast && is_sure(one));
        cast.extend(known.cast.iter().cloned());
        let is_crew =
            |one: &Statement| !matches!(one.field, Field::Cast | Field::Character | Field::Title | Field::Genre);
        let mut crew = of(&|one| is_crew(one) && is_sure(one));
        crew.extend(known.crew.iter().chain(&known.critics).cloned());
        Self {
            cast,
            guessed: of(&|one| one.field == Field::Cast && !is_sure(one)),
            crew,
            characters: of(&|one| one.field == Field::Character),
        }
    }
}

/// A person in the text: the mentions, and what all of them have about them.
pub(super) struct Person<'a> {
    /// The mentions, in the order of the text.
    pub mentions: Vec<(&'a Clause<'a>, &'a Name)>,
    signs: HashMap<Sign, usize>,
}

impl Person<'_> {
    /// The sum of the signs, by what each weighs.
    pub(super) fn points(&self, weight: impl Fn(Sign) -> i32) -> i32 {
        let counts = self.signs.iter().map(|(sign, count)| (*sign, (*count).min(MENTIONS_MAX)));
        counts.map(|(sign, count)| weight(sign).saturating_mul(i32::try_from(count).unwrap_or(0))).sum()
    }
}

/// Everybody whom a text names, by the key of the name.
pub(super) fn people<'a>(clauses: &'a [Clause<'a>], said: &Said, known: &Known) -> HashMap<String, Person<'a>> {
    let mut people: HashMap<String, Person<'a>> = HashMap::new();
    for clause in clauses {
        let words = vocabulary().words.find(&clause.lowered, clause.language);
        for name in clause.names.iter().take(NAMES_MAX).filter(|name| clause.is_person(name)) {
            let own = key(clause.name(name));
            if is_title(known, clause.name(name)) {
                continue;
            }
            let is_first = people.is_empty();
            let person = people.entry(own.clone()).or_insert_with(|| {
                let mut signs = of_name(clause.name(name), &own, said);
                signs.extend(is_first.then_some((Sign::First, 1)));
                Person { mentions: Vec::new(), signs }
            });
            for sign in of_mention(clause, &words, name, said, known) {
                let count = person.signs.entry(sign).or_insert(0);
                *count = count.saturating_add(1);
            }
            person.mentions.push((clause, name));
        }
    }
    for person in people.values_mut() {
        person.signs.extend((person.mentions.len() >= OFTEN_MIN).then_some((Sign::Often, 1)));
        let is_called = person.signs.contains_key(&Sign::Identified) && goes_by_first_name(clauses, person);
        person.signs.extend(is_called.then_some((Sign::FirstNameAlone, 1)));
    }
    people
}

/// Whether the text uses somebody's first name alone.
fn goes_by_first_name(clauses: &[Clause<'_>], person: &Person<'_>) -> bool {
    let first = person.mentions.first().and_then(|(clause, name)| clause.name(name).split(' ').next());
    first.is_some_and(|first| {
        let is_alone = |clause: &Clause<'_>, name: &Name| name.words == 1 && clause.words(&name.span) == first;
        clauses.iter().any(|clause| clause.names.iter().any(|name| is_alone(clause, name)))
    })
}

/// What is known of a name wherever it stands.
fn of_name(words: &str, own: &str, said: &Said) -> HashMap<Sign, usize> {
    let trade = trade_of(own);
    let signs = [
        (trade == Some(Trade::Actor), Sign::KnownActor),
        (trade == Some(Trade::Director), Sign::KnownDirector),
        (trade == Some(Trade::ActorDirector), Sign::KnownActorDirector),
        (trade == Some(Trade::Other), Sign::KnownOther),
        // Who is known by one name needs no other to be told for a person.
        (has_given_name(words) || trade.is_some() && !own.contains(' '), Sign::GivenName),
        (said.guessed.contains(own), Sign::Guessed),
        (said.characters.contains(own), Sign::Character),
        (said.crew.contains(own), Sign::Crew),
    ];
    signs.into_iter().filter(|(holds, _)| *holds).map(|(_, sign)| (sign, 1)).collect()
}

/// What one mention has about it.
fn of_mention(clause: &Clause<'_>, words: &[Hit], name: &Name, said: &Said, known: &Known) -> Vec<Sign> {
    let sentence = sentence(&clause.lowered, &name.span);
    if let Some(open) = open_bracket(&clause.lowered, sentence.start..name.span.start) {
        // `best supporting actor (Ada Berg)`, `the performances (Ada Berg and Per Lund give all)`
        let is_before = |end: usize| end.saturating_add(" ".len()) == open;
        let is_award = clause.triggers("acting_award").any(|hit| is_before(hit.span.end));
        let is_acting = words.iter().any(|hit| hit.means("acting", clause.language) && is_before(hit.span.end));
        if !is_award && !is_acting {
            return vec![Sign::Bracketed];
        }
        let is_listed = !clause.list_around(name).is_empty();
        return [Sign::CastPhraseNear, Sign::ActingNear].into_iter().chain(is_listed.then_some(Sign::Listed)).collect();
    }
    let rest = clause.lowered.get(name.span.end..sentence.end).unwrap_or_default();
    if is_author(clause, rest)
        || is_compared(clause, words, name)
        || is_example(clause, name)
        || is_one_of(clause, name)
        || is_conditional(clause, rest.trim_start())
    {
        return vec![Sign::Compared];
    }
    let distance = |hits: &[Hit], meanings: &[&'static str]| {
        let of_sentence = hits.iter().filter(|hit| sentence.start <= hit.span.start && hit.span.end <= sentence.end);
        of_sentence
            .filter(|hit| meanings.iter().any(|meaning| hit.means(meaning, clause.language)))
            .filter_map(|hit| {
                let before = name.span.start.checked_sub(hit.span.end);
                before.or_else(|| hit.span.start.checked_sub(name.span.end))
            })
            .min()
    };
    let mut signs = Vec::new();
    let tells = [
        (distance(words, &["acting"]), Some(Sign::ActingNear), Some(Sign::Acting)),
        (distance(words, &["praise"]), Some(Sign::PraiseNear), None),
        (distance(words, &["off_screen"]), Some(Sign::OffScreenNear), Some(Sign::OffScreen)),
        (distance(&clause.hits, &CAST_PHRASES), Some(Sign::CastPhraseNear), Some(Sign::CastPhrase)),
        (distance(&clause.hits, &CREW_PHRASES), Some(Sign::CrewPhraseNear), None),
        (distance(&clause.hits, &["director_trade"]), Some(Sign::TradeNear), None),
    ];
    for (distance, near, far) in tells {
        let Some(distance) = distance else { continue };
        signs.extend(if distance <= NEAR_BYTES { near } else { far });
    }
    let others: Vec<&Name> = clause.list_around(name);
    let with_cast = others.iter().any(|other| said.cast.contains(&key(clause.name(other))));
    let judged = opens_sentence(clause, name) && signs.contains(&Sign::PraiseNear);
    let about = [
        (judged, Sign::Judged),
        (opens_sentence(clause, name), Sign::Subject),
        (!others.is_empty(), Sign::Listed),
        (with_cast, Sign::ListedWithCast),
        (name.possessive, Sign::Possessive),
        (is_beside_owned(clause, name), Sign::BesideOwned),
        (clause.owns_other_film(name, &known.titles) || made_other(clause, name, known), Sign::OwnsOther),
        (clause.is_surname(name), Sign::Surname),
        (follows_films_of(clause, name), Sign::FilmsOf),
        (directs(clause, name), Sign::Directs),
        (is_trained(clause, name), Sign::Trained),
        (makes(clause, rest), Sign::Makes),
        (is_identified(clause, name), Sign::Identified),
    ];
    signs.extend(about.into_iter().filter(|(holds, _)| *holds).map(|(_, sign)| sign));
    signs
}

/// The sentence around a span.
pub(super) fn sentence(text: &str, span: &Range<usize>) -> Range<usize> {
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.rmatch_indices(ENDS).next().map_or(0, |(at, end)| at.saturating_add(end.len()));
    let length = text.get(span.end..).and_then(|after| after.find(ENDS));
    start..length.map_or(text.len(), |length| span.end.saturating_add(length))
}

/// Whether a name owns the name after it, or is owned by the one before.
fn is_beside_owned(clause: &Clause<'_>, name: &Name) -> bool {
    let at = clause.names.partition_point(|other| other.span.start < name.span.start);
    let owns = |owner: &Name, owned: &Name| {
        let between = clause.text.get(owner.span.end..owned.span.start).unwrap_or_default();
        owner.possessive && !between.trim_start_matches(['’', '\'', 's']).contains(|c: char| c != ' ')
    };
    let before = at.checked_sub(1).and_then(|at| clause.names.get(at));
    let after = clause.names.get(at.saturating_add(1));
    before.is_some_and(|owner| owns(owner, name)) || after.is_some_and(|owned| owns(name, owned))
}

/// Where the bracket opens that is still open at a stretch's end.
fn open_bracket(text: &str, before: Range<usize>) -> Option<usize> {
    let stretch = text.get(before.clone())?;
    let open = stretch.rfind(['(', '['])?;
    let is_open = stretch.rfind([')', ']']).is_none_or(|close| close < open);
    is_open.then(|| before.start.saturating_add(open))
}

/// Whether a name is what something is likened to; `actors such as Ada Berg` likens nothing.
fn is_compared(clause: &Clause<'_>, words: &[Hit], name: &Name) -> bool {
    let is_instance = words.iter().any(|word| {
        let between = clause.lowered.get(word.span.end..name.span.start).unwrap_or_default();
        word.means("acting", clause.language)
            && between.len() <= NEAR_BYTES
            && between.trim_start().starts_with("such as")
    });
    (clause.is_comparison(name.span.start) || clause.is_supposed(name.span.start)) && !is_instance
}

/// `the 1967 Ada Berg novel`: what comes next after a name is a book by them.
fn is_author(clause: &Clause<'_>, rest: &str) -> bool {
    let noun = rest.strip_prefix(' ').and_then(|rest| rest.split([' ', ',', '.']).next());
    noun.is_some_and(|noun| clause.fits(noun, "book_noun"))
}

/// `Ada Berg made Orchard 2`: the work of hers that a sentence names is another.
fn made_other(clause: &Clause<'_>, name: &Name, known: &Known) -> bool {
    const REACH_BYTES: usize = 24;
    let rest = clause.lowered.get(name.span.end..).unwrap_or_default();
    let verb = vocabulary().facts.find(start_of(rest, REACH_BYTES), clause.language).into_iter();
    let verb = verb.filter(|hit| hit.means("made_verb", clause.language)).map(|hit| hit.span).next();
    let Some(verb) = verb.filter(|verb| verb.start <= 1) else { return false };
    let after = name.span.end.saturating_add(verb.end);
    let work = clause.text.get(after..).unwrap_or_default().trim_start_matches([' ', '“', '"', '‘', '\'', '«', '_']);
    let is_own = known.lowered_titles.iter().any(|title| lower(start_of(work, title.len())) == *title);
    // `Berg directed Kate Holm to a prize`
    let start = clause.text.len().saturating_sub(work.len());
    let is_person = clause.names.iter().any(|other| other.span.start == start && clause.is_person(other));
    work.starts_with(char::is_uppercase) && !is_own && !is_person
}

/// `Ada Berg, for instance, did not mean to`: somebody who stands for others.
fn is_example(clause: &Clause<'_>, name: &Name) -> bool {
    const REACH_BYTES: usize = 24;
    let is_said = |text: &str| {
        vocabulary().facts.find(text, clause.language).iter().any(|hit| hit.means("for_example", clause.language))
    };
    let after = start_of(clause.lowered.get(name.span.end..).unwrap_or_default(), REACH_BYTES);
    let before = last_bytes(clause.lowered.get(..name.span.start).unwrap_or_default(), REACH_BYTES);
    let near = |text: &str| !text.contains(['.', ';', '!', '?', '(']) && is_said(text);
    after.starts_with(',') && near(after) || near(before)
}

/// `un Berg`, `a Berg`: a film as somebody makes them, rather than the one who does.
fn is_one_of(clause: &Clause<'_>, name: &Name) -> bool {
    let before = clause.lowered.get(..name.span.start).unwrap_or_default();
    let article = before.strip_suffix(' ').and_then(|before| before.rsplit([' ', '(', '“']).next());
    let fact = article.and_then(|word| vocabulary().facts.exact(word));
    fact.is_some_and(|fact| fact.means("indefinite", clause.language))
}

/// How long the words are that tell of somebody's films: `previous movies`.
const OWNED_BYTES_MAX: usize = 24;

/// How soon after the possessive they begin.
const OWNED_GAP_BYTES: usize = 1;

/// `the films of Ada Berg`
fn follows_films_of(clause: &Clause<'_>, name: &Name) -> bool {
    let between = |hit: &Hit| clause.text.get(hit.span.end..name.span.start);
    // `Ada Berg’s other works`
    let owned = clause.lowered.get(name.span.end..).filter(|_| name.possessive).unwrap_or_default();
    let owned = owned.trim_start_matches(['’', '\'', 's']).trim_start();
    let facts = vocabulary().facts.find(start_of(owned, OWNED_BYTES_MAX), clause.language);
    let of = |at: usize, meaning| facts.get(at).is_some_and(|hit: &Hit| hit.means(meaning, clause.language));
    let is_next = facts.first().is_some_and(|hit| hit.span.start <= OWNED_GAP_BYTES);
    let is_told = of(0, "whole_works") || of(0, "other_works") && (of(1, "film_noun") || owned.contains("work"));
    let owns_films = is_next && is_told;
    owns_films || clause.triggers("films_of").any(|hit| between(hit).is_some_and(|between| between.trim().is_empty()))
}

/// Whether a verb of making comes next after a name, or after an aside: `Ada Berg again builds …`, `Ada Berg, who cut films for
/// years, builds …`.
fn makes(clause: &Clause<'_>, rest: &str) -> bool {
    const ADVERBS_MAX: usize = 2;
    const ASIDE_BYTES_MAX: usize = 160;
    let past_aside = || start_of(rest.strip_prefix(", ")?, ASIDE_BYTES_MAX).split_once(", ").map(|(_, told)| told);
    let Some(told) = rest.strip_prefix(' ').or_else(past_aside) else { return false };
    let words =
        told.split(' ').take(ADVERBS_MAX.saturating_add(1)).map(|word| word.len().saturating_add(1)).sum::<usize>();
    let near = told.get(..words.min(told.len())).unwrap_or(told);
    // `makes her an angel`
    let is_of_somebody = || told.split(' ').nth(1).is_some_and(|word| clause.fits(word, "pronoun_object"));
    vocabulary().words.count(near, "making", clause.language) > 0 && !is_of_somebody()
}

/// `The brother, meanwhile, is Ada Berg, who …`, `that’s the comedian Ada Berg`: who stands behind the verb that says who somebody
/// is, and is told of further.
fn is_identified(clause: &Clause<'_>, name: &Name) -> bool {
    const BEFORE_WORDS_MAX: usize = 3;
    if name.possessive || !clause.is_sure_person(name) {
        return false;
    }
    let before = clause.lowered.get(..name.span.start).unwrap_or_default();
    let sentence = before.rsplit(ENDS).next().unwrap_or_default().trim_end();
    let after = clause.lowered.get(name.span.end..).unwrap_or_default();
    let goes_on = after.starts_with([',', ';']) || [" in a", " as "].iter().any(|lead| after.starts_with(lead));
    let verb = vocabulary()
        .facts
        .find(sentence, clause.language)
        .into_iter()
        .rfind(|hit| hit.means("identifies", clause.language));
    let gap = verb.as_ref().and_then(|hit| sentence.get(hit.span.end..)).unwrap_or_default();
    // `Her name is Ada Berg`, `it is directed by Ada Berg`
    let is_name = verb
        .as_ref()
        .and_then(|hit| sentence.get(..hit.span.start))
        .is_some_and(|head| head.trim_end().rsplit(' ').next().is_some_and(|word| clause.fits(word, "word_for_name")));
    let is_near = gap.split_whitespace().count() <= BEFORE_WORDS_MAX && !gap.contains([',', '(', '“', '"']);
    let is_other =
        vocabulary().triggers.find(gap, clause.language).iter().any(|hit| !hit.means("cast_after", clause.language));
    verb.is_some() && goes_on && is_near && !is_name && !is_other
}

/// `Ada Berg comes out of documentary`, `Ada Berg was a sound editor for twenty years`: what critics tell of new directors.
fn is_trained(clause: &Clause<'_>, name: &Name) -> bool {
    const REACH_BYTES: usize = 80;
    if name.possessive || !opens_sentence(clause, name) {
        return false;
    }
    let rest = clause.lowered.get(name.span.end..).unwrap_or_default().split(ENDS).next().unwrap_or_default();
    vocabulary().words.count(start_of(rest, REACH_BYTES), "trained", clause.language) > 0
}

/// Whether a sentence tells of somebody what only the one behind the camera does, and nothing of acting.
fn directs(clause: &Clause<'_>, name: &Name) -> bool {
    const REACH_WORDS: usize = 5;
    let rest = clause.lowered.get(name.span.end..).unwrap_or_default();
    let sentence = rest.split(ENDS).next().unwrap_or_default();
    let is_subject = opens_sentence(clause, name) || sentence.trim_start_matches(',').starts_with(" who ");
    let told = if name.possessive {
        let end = sentence.match_indices(' ').nth(REACH_WORDS).map_or(sentence.len(), |(at, _)| at);
        sentence.get(..end).unwrap_or_default()
    } else if is_subject {
        sentence
    } else {
        return false;
    };
    let counts = |meaning| vocabulary().words.count(told, meaning, clause.language);
    counts("directing") > 0 && counts("acting") == 0
}
