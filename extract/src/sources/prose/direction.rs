//! Who directed, where no sentence says so: the one of whom the text tells what only somebody behind the camera does (`Berg
//! builds the tension slowly`, `Berg’s sense of pacing`, `I love the films of Ada Berg`).
//!
//! Weighs signs (`mentions`). A guess, which anything said outright outweighs, and which is not made beside it.

use crate::extraction::Field;
use crate::statement::{Certainty, Statement};

use super::Known;
use super::clause::Clause;
use super::mentions::{Person, Said, Sign, people};

/// Points that make somebody the director: a verb of making and a first name, or several signs of less weight.
const POINTS_MIN: i32 = 7;

/// Points for or against.
fn points(sign: Sign) -> i32 {
    match sign {
        Sign::KnownDirector | Sign::Trained => 6,
        Sign::Makes => 5,
        Sign::FilmsOf => 4,
        Sign::KnownActorDirector | Sign::Directs | Sign::First | Sign::TradeNear => 2,
        Sign::Often | Sign::GivenName => 1,
        Sign::BesideOwned => -1,
        Sign::ActingNear | Sign::CastPhrase | Sign::Listed => -2,
        Sign::Compared | Sign::Bracketed => -3,
        Sign::OwnsOther => -6,
        // Who is told to have written it is not told to have directed it.
        Sign::CastPhraseNear | Sign::Crew => -4,
        Sign::ListedWithCast | Sign::Character | Sign::KnownActor | Sign::KnownOther => -6,
        _ => 0,
    }
}

/// What is said of the one whom most points to, where nobody is named as director.
pub(super) fn direction(clauses: &[Clause<'_>], statements: &[Statement], known: &Known) -> Vec<Statement> {
    let is_told = |one: &Statement| one.field == Field::Director && one.certainty > Certainty::Weak;
    if !known.crew.is_empty() || statements.iter().any(is_told) {
        return Vec::new();
    }
    let said = Said::of(statements, known);
    let people = people(clauses, &said, known).into_iter();
    let could_direct = people.filter(|(own, _)| !said.cast.contains(own) && !known.critics.contains(own));
    let place =
        |person: &Person<'_>| person.mentions.first().map(|(clause, name)| clause.base.saturating_add(name.span.start));
    let best = could_direct
        .map(|(_, person)| person)
        .max_by_key(|person| (person.points(points), std::cmp::Reverse(place(person))));
    let best = best.filter(|person| person.points(points) >= POINTS_MIN);
    let mentions = best.into_iter().flat_map(|person| person.mentions);
    mentions
        .map(|(clause, name)| clause.said(Field::Director, clause.name(name), &name.span).with(Certainty::Weak))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::film_told;

    fn directors(text: &str) -> Vec<String> {
        film_told(text).directors
    }

    #[test]
    fn who_holds_the_camera_all_along_is_taken_for_the_director() {
        assert_eq!(
            directors(
                "It is the work of Julia Berg, who proved her skill before. Berg keeps the camera at a distance. In the \
                 second half, Berg’s sense of pacing falters."
            ),
            ["Julia Berg"]
        );
    }

    #[test]
    fn a_verb_of_making_tells_of_the_director_where_nobody_is_named_outright() {
        assert_eq!(directors("I felt all the dread that Julia Berg intended."), ["Julia Berg"]);
        assert_eq!(directors("Julia Berg builds her house by hand. It was directed by Martin Holm."), ["Martin Holm"]);
        assert_eq!(directors("Unlike what Julia Berg makes these days."), Vec::<String>::new());
    }

    #[test]
    fn who_is_known_for_directing_is_taken_but_for_an_article_before_the_name() {
        assert_eq!(directors("I was afraid that Linklater would add a spin of his own."), ["Linklater"]);
        assert_eq!(directors("Somebody wandered into a Linklater and fell asleep."), Vec::<String>::new());
        assert_eq!(directors("Think of Agatha Christie in the snow."), Vec::<String>::new());
    }

    #[test]
    fn one_sentence_of_the_kind_or_the_plot_says_nothing() {
        assert_eq!(directors("The camera follows Julia Berg. Berg breaks the camera."), Vec::<String>::new());
        assert_eq!(directors("Julia Berg runs. Later, Berg hides the body in the barn."), Vec::<String>::new());
    }
}
