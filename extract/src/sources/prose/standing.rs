//! Who acts, told by everything that a text says of a name together: where no one sentence says outright that somebody is
//! cast, all their mentions are weighed.
//!
//! Weighs signs (`mentions`). What sentences say outright comes first; what they guess at is one sign among others.

use std::collections::HashSet;

use crate::extraction::Field;
use crate::folding::key;
use crate::statement::Statement;

use super::Known;
use super::clause::Clause;
use super::mentions::{Person, Said, Sign, people};

/// Points that make somebody cast: several signs together, or a place among the cast and a first name.
///
/// Weights and threshold are rounded from a logistic fit over labelled reviews of many sites.
const POINTS_MIN: i32 = 14;

/// What it weighs to be known for acting, where hardly anybody is named outright: with a first name it is enough.
const KNOWN_ACTOR: i32 = 9;

/// What it weighs there to be likened to somebody.
const COMPARED: i32 = -5;

/// The names of a cast that is told at length.
const TOLD_MIN: usize = 5;

/// How often names are weighed.
const ROUNDS: usize = 2;

/// Points for or against.
fn points(sign: Sign) -> i32 {
    match sign {
        Sign::Identified => 9,
        Sign::ListedWithCast => 8,
        Sign::KnownActor => 6,
        Sign::CastPhraseNear | Sign::GivenName => 5,
        Sign::ActingNear => 4,
        Sign::PraiseNear | Sign::Subject | Sign::Listed => 3,
        Sign::Acting | Sign::CastPhrase | Sign::Judged | Sign::Guessed => 2,
        Sign::KnownActorDirector => 2,
        Sign::CrewPhraseNear => -1,
        Sign::OffScreenNear | Sign::Compared | Sign::Bracketed => -2,
        Sign::OffScreen | Sign::Possessive | Sign::Surname => -3,
        Sign::BesideOwned => -4,
        Sign::Crew => -9,
        Sign::FirstNameAlone => -10,
        Sign::KnownDirector | Sign::KnownOther | Sign::Character => -20,
        _ => 0,
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
    // Of known actors of whom a review says nothing more, every other one plays in its film; beside a cast that is told at
    // length they are those whom it likens.
    let is_told = said.cast.len() >= TOLD_MIN;
    let weight = |sign: Sign| match sign {
        Sign::KnownActor if !is_told => KNOWN_ACTOR,
        Sign::Compared if !is_told => COMPARED,
        _ => points(sign),
    };
    let people = people(clauses, said, known).into_iter().filter(|(own, _)| !is_cast(&said.cast, own));
    let first = |person: Person<'_>| {
        person.mentions.first().map(|(clause, name)| clause.said(Field::Cast, clause.name(name), &name.span))
    };
    let mut cast: Vec<Statement> = people
        .filter(|(_, person)| person.points(weight) >= POINTS_MIN)
        .filter_map(|(_, person)| first(person))
        .collect();
    cast.sort_by_key(|one| one.span.as_ref().map(|span| span.start));
    cast
}

/// Whether a name is of somebody cast, alone or with the word of a heading or label that runs on from it.
fn is_cast(cast: &HashSet<String>, own: &str) -> bool {
    cast.contains(own) || own.match_indices(' ').any(|(end, _)| own.get(..end).is_some_and(|head| cast.contains(head)))
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
    fn who_is_known_for_acting_needs_less_said_and_who_is_known_for_other_work_is_not_taken() {
        assert_eq!(cast("Meryl Streep and Olivia Colman share a kitchen."), ["Meryl Streep", "Olivia Colman"]);
        assert_eq!(cast("Thankfully Zendaya shines in every scene."), ["Zendaya"]);
        assert_eq!(cast("I never tire of Olivia Colman."), ["Olivia Colman"]);
        assert_eq!(
            cast("I never tire of Olivia Colman. It stars Ada Berg, Per Lund, Ida Holm, Nils Moe and Jan Vik."),
            ["Ada Berg", "Per Lund", "Ida Holm", "Nils Moe", "Jan Vik"]
        );
        assert_eq!(
            cast("The acting is great, and Stanley Kubrick and Agatha Christie shine through."),
            Vec::<String>::new()
        );
    }

    #[test]
    fn who_is_likened_or_works_behind_the_camera_is_not() {
        assert_eq!(cast("The acting is great, like Martin Holm in better days."), Vec::<String>::new());
        assert_eq!(cast("The novelist Martin Holm wrote great roles."), Vec::<String>::new());
        assert_eq!(cast("Martin Holm buries his dog in the snow and sells the farm."), Vec::<String>::new());
    }
}
