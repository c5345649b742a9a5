//! Who acts, told by everything that a text says of a name together: where no one sentence says outright that somebody is
//! cast, all their mentions are weighed.
//!
//! Knows no shapes of sentences, only which words stand near a name. What sentences say outright comes first; what they
//! guess at is one sign among others.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::extraction::Field;
use crate::folding::key;
use crate::names::{Name, has_given_name};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::{Hit, vocabulary};

use super::clause::Clause;
use super::subjects::{ENDS, is_conditional, opens_sentence};
use super::{Known, is_title};

/// Bytes between a name and a word that is near it.
const NEAR_BYTES: usize = 40;

/// Mentions of one person in which one sign counts.
const MENTIONS_MAX: usize = 2;

/// Points that make somebody cast: several signs together, or a place among the cast and a first name.
///
/// Weights and threshold are rounded from a logistic fit over labelled reviews of many sites.
const POINTS_MIN: i32 = 14;

/// Names weighed of one block, each against all words of its sentence: a paragraph of a review has forty.
const NAMES_MAX: usize = 100;

/// How often names are weighed.
const ROUNDS: usize = 2;

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
enum Sign {
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
    /// What the name is likened to, or what might have been.
    Compared,
    /// In a bracket: other films, other actors of a part.
    Bracketed,
    /// Only the surname.
    Surname,
    /// A common first name begins it.
    GivenName,
    /// A sentence guesses that it is cast.
    Guessed,
    /// It is a character.
    Character,
    /// It is said of the crew.
    Crew,
}

impl Sign {
    /// Points for or against.
    fn points(self) -> i32 {
        match self {
            Self::ListedWithCast => 8,
            Self::CastPhraseNear | Self::GivenName => 5,
            Self::ActingNear => 4,
            Self::PraiseNear | Self::Subject | Self::Listed => 3,
            Self::Acting | Self::CastPhrase | Self::Judged | Self::Guessed => 2,
            Self::CrewPhraseNear => -1,
            Self::OffScreenNear | Self::Compared | Self::Bracketed => -2,
            Self::OffScreen | Self::Possessive | Self::Surname => -3,
            Self::BesideOwned => -4,
            Self::Crew => -9,
            Self::Character => -20,
        }
    }
}

/// Whom sentences name outright, by keys.
struct Said {
    cast: HashSet<String>,
    guessed: HashSet<String>,
    crew: HashSet<String>,
    characters: HashSet<String>,
}

impl Said {
    fn of(statements: &[Statement], known: &Known) -> Self {
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

/// A person in the text: the first mention, and what all of them have about them.
struct Person {
    first: Statement,
    signs: HashMap<Sign, usize>,
}

impl Person {
    fn points(&self) -> i32 {
        let counts = self.signs.iter().map(|(sign, count)| (sign, (*count).min(MENTIONS_MAX)));
        counts.map(|(sign, count)| sign.points().saturating_mul(i32::try_from(count).unwrap_or(0))).sum()
    }
}

/// Cast whom no sentence names outright, from everything that all say of them.
pub(super) fn standing(clauses: &[Clause<'_>], statements: &[Statement], known: &Known) -> Vec<Statement> {
    let mut said = Said::of(statements, known);
    let mut cast = Vec::new();
    // Whom the first round finds tells of those listed with them.
    for _ in 0..ROUNDS {
        let found = round(clauses, &said, known);
        said.cast.extend(found.iter().map(|one| key(&one.value)));
        cast.extend(found);
    }
    cast
}

/// Those not known as cast whose mentions have points enough.
fn round(clauses: &[Clause<'_>], said: &Said, known: &Known) -> Vec<Statement> {
    let mut people: HashMap<String, Person> = HashMap::new();
    for clause in clauses {
        let words = vocabulary().words.find(&clause.lowered);
        for name in clause.names.iter().take(NAMES_MAX).filter(|name| clause.is_person(name)) {
            let own = key(clause.name(name));
            if is_cast(&said.cast, &own) || is_title(known, clause.name(name)) {
                continue;
            }
            let person = people.entry(own.clone()).or_insert_with(|| Person {
                first: clause.said(Field::Cast, clause.name(name), &name.span),
                signs: of_name(clause.name(name), &own, said),
            });
            for sign in of_mention(clause, &words, name, said) {
                let count = person.signs.entry(sign).or_insert(0);
                *count = count.saturating_add(1);
            }
        }
    }
    let mut cast: Vec<Statement> =
        people.into_values().filter(|person| person.points() >= POINTS_MIN).map(|person| person.first).collect();
    cast.sort_by_key(|one| one.span.as_ref().map(|span| span.start));
    cast
}

/// Whether a name is of somebody cast, alone or with the word of a heading or label that runs on from it.
fn is_cast(cast: &HashSet<String>, own: &str) -> bool {
    cast.contains(own) || own.match_indices(' ').any(|(end, _)| own.get(..end).is_some_and(|head| cast.contains(head)))
}

/// What is known of a name wherever it stands.
fn of_name(words: &str, own: &str, said: &Said) -> HashMap<Sign, usize> {
    let signs = [
        (has_given_name(words), Sign::GivenName),
        (said.guessed.contains(own), Sign::Guessed),
        (said.characters.contains(own), Sign::Character),
        (said.crew.contains(own), Sign::Crew),
    ];
    signs.into_iter().filter(|(holds, _)| *holds).map(|(_, sign)| (sign, 1)).collect()
}

/// What one mention has about it.
fn of_mention(clause: &Clause<'_>, words: &[Hit], name: &Name, said: &Said) -> Vec<Sign> {
    let sentence = sentence(&clause.lowered, &name.span);
    if let Some(open) = open_bracket(&clause.lowered, sentence.start..name.span.start) {
        // `best supporting actor (Ada Berg)`
        let is_award = clause.triggers("acting_award").any(|hit| hit.span.end.saturating_add(" ".len()) == open);
        return vec![if is_award { Sign::CastPhraseNear } else { Sign::Bracketed }];
    }
    let rest = clause.lowered.get(name.span.end..sentence.end).unwrap_or_default();
    if is_compared(clause, words, name) || is_conditional(clause, rest.trim_start()) {
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
        (clause.is_surname(name), Sign::Surname),
    ];
    signs.extend(about.into_iter().filter(|(holds, _)| *holds).map(|(_, sign)| sign));
    signs
}

/// The sentence around a span.
fn sentence(text: &str, span: &Range<usize>) -> Range<usize> {
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
    clause.is_comparison(name.span.start) && !is_instance
}

#[cfg(test)]
mod tests {
    use super::super::film_told;

    fn cast(text: &str) -> Vec<String> {
        film_told(text).cast.into_iter().map(|member| member.name).collect()
    }

    #[test]
    fn words_about_acting_around_names_make_them_cast_whatever_the_shape() {
        assert_eq!(cast("Julia Berg is a real gem, though."), ["Julia Berg"]);
        assert_eq!(
            cast("Seasoned actors such as Julia Berg and Martin Holm work well with the newcomers."),
            ["Julia Berg", "Martin Holm"]
        );
        assert_eq!(
            cast(
                "The acting was good all round, above all Julia Berg (who once won a prize for less) and Martin Holm."
            ),
            ["Julia Berg", "Martin Holm"]
        );
    }

    #[test]
    fn who_is_likened_or_works_behind_the_camera_is_not() {
        assert_eq!(cast("The acting is great, like Martin Holm in better days."), Vec::<String>::new());
        assert_eq!(cast("The novelist Martin Holm wrote great roles."), Vec::<String>::new());
        assert_eq!(cast("Martin Holm buries his dog in the snow and sells the farm."), Vec::<String>::new());
    }
}
