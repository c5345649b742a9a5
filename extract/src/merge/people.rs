//! Who is served as director, writer, crew and cast.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::extraction::{CastMember, Credit, CreditRole, Field, Source};
use crate::folding::{key, person_key, title_key};
use crate::page::Page;
use crate::statement::{Certainty, Statement};

use super::source_rank;

/// Most people of one kind served.
const PEOPLE_MAX: usize = 60;

/// Directors or writers told in prose; more is a misreading.
const PROSE_CREW_MAX: usize = 4;

/// People of a field looked at beside the one named most.
const LISTED_MAX: usize = 20;

/// Directors or writers: all of the best source. Prose names other films' people too, so that of prose only the one
/// named most is served, with who stands in one list with them.
pub(super) fn crew(page: &Page, statements: &mut [Statement], field: Field) -> Vec<String> {
    let stated = statements
        .iter()
        .filter(|one| one.field == field && one.certainty > Certainty::Weak)
        .map(|one| one.source)
        .max_by_key(|source| source_rank(*source));
    let names = match stated {
        Some(Source::Prose) | None => from_prose(page, statements, field, stated.is_none()),
        Some(source) => distinct(
            statements
                .iter()
                .filter(|one| one.field == field && one.source == source && one.certainty > Certainty::Weak),
        ),
    };
    let keys: Vec<String> = names.iter().map(|name| person_key(name)).collect();
    for statement in statements.iter_mut().filter(|one| one.field == field) {
        statement.chosen = keys.contains(&person_key(&statement.value));
    }
    names
}

/// Gives writers whose surnames alone prose tells the whole name of the director that credits print: `Berg Lund` for
/// `Ada Berg Lund`.
pub(super) fn complete(statements: &mut [Statement]) {
    let credited = statements.iter().filter(|one| one.field == Field::Director && one.source != Source::Prose);
    let whole: Vec<(String, String)> = credited.map(|one| (person_key(&one.value), one.value.clone())).collect();
    for one in statements.iter_mut().filter(|one| one.field == Field::Writer && one.source == Source::Prose) {
        let own = person_key(&one.value);
        let is_end = |long: &str| long.strip_suffix(own.as_str()).is_some_and(|head| head.ends_with(' '));
        if let Some((_, name)) = whole.iter().find(|(long, _)| is_end(long)) {
            one.value.clone_from(name);
        }
    }
}

fn distinct<'a>(statements: impl Iterator<Item = &'a Statement>) -> Vec<String> {
    let mut known = HashSet::new();
    let names = statements.filter(|statement| known.insert(person_key(&statement.value))).take(PEOPLE_MAX);
    names.map(|statement| statement.value.clone()).collect()
}

fn from_prose(page: &Page, statements: &[Statement], field: Field, weak_only: bool) -> Vec<String> {
    let mut tally: Vec<(String, String, usize)> = Vec::new();
    let mut places = HashSet::new();
    for statement in
        statements.iter().filter(|one| one.field == field && (weak_only || one.certainty > Certainty::Weak))
    {
        let own = person_key(&statement.value);
        // What two shapes of sentence read in one place is said once.
        if statement.span.as_ref().is_some_and(|span| !places.insert((own.clone(), span.start))) {
            continue;
        }
        match tally.iter_mut().find(|(known, _, _)| *known == own) {
            Some((_, _, count)) => *count = count.saturating_add(1),
            None => tally.push((own, statement.value.clone(), 1)),
        }
    }
    let most = tally.iter().map(|(_, _, count)| *count).max().unwrap_or(0);
    // What is only guessed at needs saying twice, or nobody else to be meant.
    if weak_only && (tally.len() > 1 && most < 2 || field != Field::Director) {
        return Vec::new();
    }
    let Some((top, name, _)) = tally.iter().find(|(_, _, count)| *count == most) else { return Vec::new() };
    let mut names = vec![name.clone()];
    // Who stands in one list with somebody said outright is as sure, whatever the words before the list; so is who is said
    // to share the work.
    let named = Named::of(statements, field);
    let others = distinct(statements.iter().filter(|one| one.field == field));
    let others = others.into_iter().map(|name| (person_key(&name), name)).filter(|(own, _)| own != top);
    let mut listed = vec![top.clone()];
    for (own, name) in others.take(LISTED_MAX) {
        if listed.iter().any(|other| named.shares(page, &own, other)) && names.len() < PROSE_CREW_MAX {
            names.push(name);
            listed.push(own);
        }
    }
    names
}

/// Where the text names people as one kind, by the key of the name.
struct Named<'a> {
    /// In the order of the text.
    places: HashMap<String, Vec<&'a Range<usize>>>,
    /// Whom it names outright.
    sure: HashSet<String>,
}

impl<'a> Named<'a> {
    fn of(statements: &'a [Statement], field: Field) -> Self {
        let mut named = Self { places: HashMap::new(), sure: HashSet::new() };
        for one in statements.iter().filter(|one| one.field == field) {
            let own = person_key(&one.value);
            if one.certainty == Certainty::Sure {
                named.sure.insert(own.clone());
            }
            if let Some(span) = &one.span {
                named.places.entry(own).or_default().push(span);
            }
        }
        for places in named.places.values_mut() {
            places.sort_by_key(|span| span.start);
        }
        named
    }

    /// Whether somebody is named outright, or in one list with another.
    fn shares(&self, page: &Page, own: &str, other: &str) -> bool {
        let places = self.places.get(own).into_iter().flatten();
        self.sure.contains(own) || places.into_iter().any(|span| self.is_beside(page, span, other))
    }

    /// Whether a name stands in one list with somebody.
    fn is_beside(&self, page: &Page, span: &Range<usize>, other: &str) -> bool {
        const GAP_BYTES_MAX: usize = 8;
        let Some(places) = self.places.get(other) else { return false };
        let (before, after) = places.split_at(places.partition_point(|place| place.start < span.start));
        let is_near = |first: &Range<usize>, second: &Range<usize>| {
            second.start.checked_sub(first.end).is_some_and(|gap| gap <= GAP_BYTES_MAX)
                && !page.quote(&(first.end..second.start)).contains('.')
        };
        before.last().is_some_and(|place| is_near(place, span))
            || after.first().is_some_and(|place| is_near(span, place))
    }
}

/// Everybody else behind the camera.
pub(super) fn credits(page: &Page, statements: &mut [Statement]) -> Vec<Credit> {
    let roles = [
        (Field::Producer, CreditRole::Producer),
        (Field::Cinematographer, CreditRole::Cinematographer),
        (Field::Editor, CreditRole::Editor),
        (Field::Composer, CreditRole::Composer),
    ];
    let mut credits = Vec::new();
    for (field, role) in roles {
        let names = crew(page, statements, field);
        credits.extend(names.into_iter().map(|name| Credit { name, role }));
    }
    credits
}

/// Cast in billing order, then in the order in which the text names them. A person is cast when the page says so
/// outright, or when several places suggest it.
pub(super) fn cast(
    page: &Page,
    statements: &mut [Statement],
    directors: &[String],
    title: Option<&str>,
) -> Vec<CastMember> {
    let mut found: HashMap<String, (i32, usize, usize)> = HashMap::new();
    let mut order: Vec<(String, String)> = Vec::new();
    for (at, statement) in statements.iter().enumerate().filter(|(_, one)| one.field == Field::Cast) {
        let own = person_key(&statement.value);
        match order.iter_mut().find(|(known, _)| *known == own) {
            None => order.push((own.clone(), statement.value.clone())),
            // Credits tell how a name that is written without spaces is parted.
            Some((_, name)) if is_billing(statement) && own != key(&statement.value) => {
                name.clone_from(&statement.value)
            }
            Some(_) => {}
        }
        let entry = found.entry(own).or_insert((0, 0, usize::MAX));
        let weight = match (statement.source, statement.certainty) {
            (Source::StructuredData | Source::CreditBlock, Certainty::Sure | Certainty::Plain) => 10,
            (_, Certainty::Sure) => 6,
            (_, Certainty::Plain) => 4,
            (_, Certainty::Weak) => 1,
        };
        entry.0 = entry.0.saturating_add(weight);
        // The place of a person whom credits list is the place in the list, not an earlier mention.
        let place = statement.span.as_ref().map_or(at, |span| span.start);
        entry.2 = match (entry.1 == 1, is_billing(statement)) {
            (false, true) => place,
            (true, false) => entry.2,
            _ => entry.2.min(place),
        };
        entry.1 = entry.1.max(usize::from(is_billing(statement)));
    }
    let director_keys: Vec<String> = directors.iter().map(|name| person_key(name)).collect();
    let own_title = title.map(title_key);
    let played: Vec<String> = statements
        .iter()
        .filter(|one| one.field == Field::Character && (one.certainty > Certainty::Weak || one.value.contains(' ')))
        .filter(|one| one.subject.as_ref().is_some_and(|actor| person_key(actor) != person_key(&one.value)))
        .map(|one| person_key(&one.value))
        .collect();
    let mut cast: Vec<(usize, usize, CastMember)> = Vec::new();
    for (own, name) in &order {
        let Some((weight, billed, place)) = found.get(own).copied() else { continue };
        // Directors act too, but a guess about a director is a misread credit.
        // Whom somebody plays is no actor, unless credits bill a namesake.
        let needed = match (played.contains(own), director_keys.contains(own)) {
            (true, _) => 8,
            (false, true) => 6,
            (false, false) => CAST_WEIGHT_MIN,
        };
        let is_title = own_title.as_ref().is_some_and(|title| *title == title_key(own));
        if weight >= needed && !is_title && cast.len() < PEOPLE_MAX {
            cast.push((
                1_usize.saturating_sub(billed),
                place,
                CastMember { name: name.clone(), character: None, billed: billed == 1 },
            ));
        }
    }
    let own_title: Vec<String> = own_title.into_iter().collect();
    join_listed(page, statements, &mut cast, &[&played, &director_keys, &own_title]);
    cast.sort_by_key(|(unbilled, place, _)| (*unbilled, *place));
    let cast: Vec<CastMember> = cast.into_iter().map(|(_, _, member)| member).collect();
    let keys: Vec<String> = cast.iter().map(|member| person_key(&member.name)).collect();
    for statement in statements.iter_mut().filter(|one| one.field == Field::Cast) {
        statement.chosen = keys.contains(&person_key(&statement.value));
    }
    cast
}

/// Adds whom one guess alone names, where they stand in one list with somebody of the cast: `Ada Berg and Per Lund both
/// keep from laughing`. `others` are directors, characters and the film itself.
fn join_listed(
    page: &Page,
    statements: &[Statement],
    cast: &mut Vec<(usize, usize, CastMember)>,
    others: &[&Vec<String>],
) {
    let named = Named::of(statements, Field::Cast);
    let mut keys: Vec<String> = cast.iter().map(|(_, _, one)| person_key(&one.name)).collect();
    for statement in statements.iter().filter(|one| one.field == Field::Cast) {
        let own = person_key(&statement.value);
        let Some(span) = &statement.span else { continue };
        if cast.len() >= PEOPLE_MAX || keys.contains(&own) || others.iter().any(|keys| keys.contains(&own)) {
            continue;
        }
        if keys.iter().any(|member| named.is_beside(page, span, member)) {
            cast.push((1, span.start, CastMember { name: statement.value.clone(), character: None, billed: false }));
            keys.push(own);
        }
    }
}

/// What makes a person cast: one plain statement, or two guesses and more.
const CAST_WEIGHT_MIN: i32 = 2;

fn is_billing(statement: &Statement) -> bool {
    matches!(statement.source, Source::StructuredData | Source::CreditBlock)
}
