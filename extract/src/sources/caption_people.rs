//! Who is in a picture, as its caption tells it: names, the parts they play, and their places in the frame.

use std::collections::HashSet;
use std::ops::Range;

use crate::extraction::{CaptionPerson, Field, FramePlace, Source, Span};
use crate::folding::{key, lower};
use crate::names::{Name, is_person, names_in};
use crate::sources::Reading;
use crate::statement::Statement;
use crate::vocabulary::{Trade, films_in, is_one_film, trade_of, vocabulary};

/// The whole name that a surname stands for on the page.
pub(super) type Whole<'a> = &'a dyn Fn(&str) -> Option<&'a str>;

/// What names on the page mean.
pub(super) struct Names<'a> {
    /// The film's titles, as keys.
    pub titles: &'a HashSet<String>,
    /// Completes surnames.
    pub whole: Whole<'a>,
}

impl Names<'_> {
    /// Whether a name is but words of the film's title.
    fn is_of_title(&self, name: &str) -> bool {
        let own = format!(" {} ", key(name));
        self.titles.iter().any(|title| format!(" {title} ").contains(&own))
    }

    /// Whether somebody known for acting is shown in a still: of this film, unless the caption names another.
    fn acts_in_still(&self, name: &str, caption: &str) -> bool {
        let is_ours = |film: Range<usize>| is_one_film(self.titles, &key(caption.get(film).unwrap_or_default()));
        trade_of(&key(name)) == Some(Trade::Actor) && films_in(caption).into_iter().all(is_ours)
    }
}

/// Whether what follows a possessive is somebody's part: `Ada Berg’s character smoking`.
fn is_of_part(after: &str, language: &str) -> bool {
    let bare = after.trim_start_matches(['’', '\'']);
    let noun = bare.strip_prefix('s').unwrap_or(bare).trim_start().split(' ').next().unwrap_or_default();
    vocabulary().facts.exact(&lower(noun)).is_some_and(|fact| fact.means("part_noun", language))
}

/// Who a caption names: `Character (Actor)`, `(Actor, L)`, and names of two words.
pub(super) fn people_in(
    reading: Reading<'_>,
    span: &Span,
    known: &Names<'_>,
    caption: &str,
    statements: &mut Vec<Statement>,
) -> Vec<CaptionPerson> {
    let (text, base) = (reading.page.quote(span), span.start);
    let names = names_in(text, reading.language);
    let (mut people, taken) = bracketed(text, base, &names, statements);
    for name in &names {
        let written = text.get(name.span.clone()).unwrap_or_default();
        // `Lund and Berg on the ice`: a caption need not repeat the names that the text gives in full.
        let own = if is_person(written) { written } else { (known.whole)(written).unwrap_or(written) };
        let is_quoted = text.get(..name.span.start).is_some_and(|before| before.ends_with(['“', '"', '‘', '«', '\'']));
        if taken.iter().any(|span| span == &name.span)
            || !is_person(own)
            || known.is_of_title(own)
            || is_quoted
            || name.possessive
                && !is_of_part(text.get(name.span.end..).unwrap_or_default(), reading.language)
                && owned_part(text, name, &names, reading.language).is_none()
            || people.iter().any(|known| known.name == own || known.character.as_deref() == Some(own))
        {
            continue;
        }
        let before = text.get(..name.span.start).unwrap_or_default().trim_end();
        let before = before.strip_suffix(" the").unwrap_or(before);
        // Another name for somebody already named is no second person.
        if before.ends_with("a.k.a.") || before.ends_with("aka") || before.ends_with("alias") {
            if let Some(person) = people.last_mut() {
                person.character = person.character.take().or_else(|| Some(own.to_owned()));
            }
            continue;
        }
        let after = text.get(name.span.end..).unwrap_or_default();
        let bracket = after.trim_start().strip_prefix('(').and_then(|rest| rest.split(')').next()).unwrap_or_default();
        let place = place_in(bracket).or_else(|| place_after(after));
        let character =
            character_after(after, reading.language).or_else(|| owned_part(text, name, &names, reading.language));
        if character.is_none() && known.acts_in_still(own, text) {
            let at = base.saturating_add(name.span.start)..base.saturating_add(name.span.end);
            statements.push(Statement::new(Field::Cast, own, Source::Caption).at(at));
        }
        if let Some(character) = &character {
            let at = base.saturating_add(name.span.start)..base.saturating_add(name.span.end);
            let said = |field, value: &str| Statement::new(field, value, Source::Caption).at(at.clone());
            statements.push(said(Field::Cast, own));
            statements.push(said(Field::Character, character).of(own));
        }
        people.push(CaptionPerson { name: own.to_owned(), character, place });
    }
    place_in_row(text, &mut people);
    for person in &people {
        let surname = person.name.rsplit(' ').next().unwrap_or_default();
        let words = if text.contains(&person.name) { person.name.as_str() } else { surname };
        let at = text.find(words).unwrap_or(0);
        let span = base.saturating_add(at)..base.saturating_add(at).saturating_add(words.len());
        statements.push(Statement::new(Field::Depiction, caption, Source::Caption).of(person.name.clone()).at(span));
    }
    people
}

/// `Character (Actor)`: whom brackets name, and the names that this takes.
fn bracketed(
    text: &str,
    base: usize,
    names: &[Name],
    statements: &mut Vec<Statement>,
) -> (Vec<CaptionPerson>, Vec<Range<usize>>) {
    let mut people: Vec<CaptionPerson> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for pair in names.windows(2) {
        let [outer, inner] = pair else { continue };
        let between = text.get(outer.span.end..inner.span.start).unwrap_or_default();
        let after = text.get(inner.span.end..).unwrap_or_default();
        let (outer_text, inner_text) =
            (text.get(outer.span.clone()).unwrap_or_default(), text.get(inner.span.clone()).unwrap_or_default());
        let closes = after.starts_with([')', ',', ';']) && after.contains(')');
        if between.trim() != "(" || !closes || !is_person(inner_text) {
            continue;
        }
        let inside = after.split(')').next().unwrap_or_default();
        let place = place_in(inside).or_else(|| place_in(between));
        let place_of = |span: &Range<usize>| base.saturating_add(span.start)..base.saturating_add(span.end);
        statements.push(Statement::new(Field::Cast, inner_text, Source::Caption).at(place_of(&inner.span)));
        statements.push(
            Statement::new(Field::Character, outer_text, Source::Caption).of(inner_text).at(place_of(&outer.span)),
        );
        taken.extend([outer.span.clone(), inner.span.clone()]);
        people.push(CaptionPerson { name: inner_text.to_owned(), character: Some(outer_text.to_owned()), place });
    }
    (people, taken)
}

/// `From left: A, B and C`, `(L-R) A, B`: the first stands left, the last right, and the second of three between them.
fn place_in_row(text: &str, people: &mut [CaptionPerson]) {
    const ROWS: [&str; 12] = [
        "from left",
        "left to right",
        "l-r",
        "l to r",
        "(l–r",
        "de izquierda a derecha",
        "da esquerda para a direita",
        "da esquerda para direita",
        "de gauche à droite",
        "von links",
        "v.l.n.r",
        "da sinistra",
    ];
    let lowered = lower(text);
    if people.len() < 2 || !ROWS.iter().any(|row| lowered.contains(row)) || people.iter().any(|one| one.place.is_some())
    {
        return;
    }
    let is_three = people.len() == 3;
    if let [first, between @ .., last] = people {
        first.place = Some(FramePlace::Left);
        last.place = Some(FramePlace::Right);
        if let ([middle], true) = (between, is_three) {
            middle.place = Some(FramePlace::Center);
        }
    }
}

/// `Actor as Character`, `Actor as the seamstress Character`.
fn character_after(after: &str, language: &str) -> Option<String> {
    const WORDS_MAX: usize = 3;
    let rest = [" as ", " como ", " als ", " in the role of ", " dans le rôle de ", " nel ruolo di ", " no papel de "]
        .iter()
        .find_map(|lead| after.strip_prefix(lead))?;
    let first = names_in(rest, language).into_iter().next()?;
    let gap = rest.get(..first.span.start)?;
    let is_near = gap.split_whitespace().count() <= WORDS_MAX && !gap.contains([',', '.', ';', ':', '(', '“', '"']);
    rest.get(first.span).filter(|_| is_near).map(str::to_owned)
}

/// `Ada Berg’s Ilse`: the part that a name is an actor's.
fn owned_part(text: &str, name: &Name, names: &[Name], language: &str) -> Option<String> {
    let owned = names.iter().find(|other| other.span.start > name.span.end)?;
    let between = text.get(name.span.end..owned.span.start)?;
    let part = text.get(owned.span.clone())?;
    let is_next = matches!(between, "’s " | "'s " | "’ " | "' ") && owned.words == 1;
    (name.possessive && is_next && !vocabulary().is_stop(&lower(part), language)).then(|| part.to_owned())
}

fn place_after(after: &str) -> Option<FramePlace> {
    let rest = after.strip_prefix(", ")?;
    place_in(rest.split([',', ' ']).next().unwrap_or_default())
}

fn place_in(words: &str) -> Option<FramePlace> {
    lower(words).split(|character: char| !character.is_alphanumeric()).find_map(|word| match word {
        "l" | "left" | "izquierda" | "esquerda" | "gauche" | "links" | "sinistra" | "왼쪽" | "左" => {
            Some(FramePlace::Left)
        }
        "r" | "right" | "derecha" | "direita" | "droite" | "rechts" | "destra" | "오른쪽" | "右" => {
            Some(FramePlace::Right)
        }
        "c" | "center" | "centre" | "middle" | "centro" | "mitte" | "가운데" | "中央" => Some(FramePlace::Center),
        "top" | "above" | "oben" => Some(FramePlace::Top),
        "bottom" | "below" | "unten" => Some(FramePlace::Bottom),
        "front" | "foreground" | "vorne" => Some(FramePlace::Front),
        "back" | "background" | "rear" | "hinten" => Some(FramePlace::Back),
        _ => None,
    })
}
