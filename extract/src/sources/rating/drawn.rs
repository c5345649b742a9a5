//! Ratings that are drawn rather than printed: attributes, pictures and classes.
//!
//! Looks at the tree only, and only outside of the page's furniture.

use std::collections::BTreeSet;

use dom_query::NodeRef;

use crate::extraction::Source;
use crate::page::Zone;
use crate::sources::Reading;

use super::scale::{self, Number};
use super::{Candidate, board, forms};

/// Elements looked at; a page has a few thousand.
const ELEMENTS_MAX: usize = 50_000;

/// Bytes of the sign that a star's element prints.
const GLYPH_BYTES_MAX: usize = 4;

/// Bytes of the word by which a font draws a star: `star_outline`.
const FONT_WORD_BYTES_MAX: usize = 16;

/// How much less a rating weighs that follows a link.
const OF_OTHERS: i32 = 2;

/// Ratings drawn on a page.
pub(super) fn read(reading: Reading<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut labels = Vec::new();
    let root = reading.page.document.root();
    for node in root.descendants_it().filter(NodeRef::is_element).take(ELEMENTS_MAX) {
        let found =
            by_attribute(&node).or_else(|| by_meter(&node)).or_else(|| by_width(&node)).or_else(|| by_children(&node));
        let Some(rating) = found.filter(|_| !is_readers(&node)) else { continue };
        if matches!(reading.page.zone_around(&node), Zone::Body | Zone::Byline | Zone::Aside) {
            if candidates.len() > 100 {
                break;
            }
            let weight = if follows_link(&node) { rating.1.saturating_sub(OF_OTHERS) } else { rating.1 };
            candidates.push(Candidate { rating: rating.0, span: None, source: Source::Metadata, weight });
            labels.push(label_of(&node));
        }
    }
    weigh_sides(&mut candidates, &labels, reading.language);
    candidates
}

/// Where several things are rated one by one, the film as a whole is what counts, and its sides do not.
fn weigh_sides(candidates: &mut [Candidate], labels: &[Option<String>], language: &str) {
    const WHOLE: i32 = 6;
    let sides: BTreeSet<&String> = labels.iter().flatten().collect();
    if sides.len() < board::SCORES_MIN {
        return;
    }
    let tells =
        |label: &Option<String>, is: fn(&str, &str) -> bool| label.as_deref().is_some_and(|own| is(own, language));
    let is_told = labels.iter().any(|label| tells(label, board::names_whole));
    let is_whole =
        |label: &Option<String>| tells(label, if is_told { board::names_whole } else { board::names_rating });
    if !labels.iter().any(is_whole) {
        return;
    }
    for (candidate, label) in candidates.iter_mut().zip(labels).filter(|(_, label)| label.is_some()) {
        candidate.weight = if is_whole(label) { candidate.weight.saturating_add(WHOLE) } else { 0 };
    }
}

/// The words that a drawing stands beside: its own element's, those of the element before it, or those around it.
fn label_of(node: &NodeRef<'_>) -> Option<String> {
    const LEVELS_MAX: usize = 2;
    let own = board::label(&node.text()).filter(|_| !node.has_name("img"));
    own.or_else(|| {
        let levels = std::iter::once(*node).chain(node.ancestors_it(Some(LEVELS_MAX)));
        levels.take(LEVELS_MAX).find_map(|level| {
            let before = level.prev_element_sibling().and_then(|before| board::label(&before.text()));
            before.or_else(|| board::label(&level.parent()?.text()))
        })
    })
}

/// `<a href="orchard.html">Orchard</a> <img alt="2 stars">`: in a list of other reviews.
fn follows_link(node: &NodeRef<'_>) -> bool {
    const STEPS_MAX: usize = 4;
    let mut before = std::iter::successors(node.prev_sibling(), |before| before.prev_sibling()).take(STEPS_MAX);
    let told = before.find(|before| !before.has_name("br") && !before.text().trim().is_empty());
    told.is_some_and(|told| told.has_name("a"))
}

/// `data-rating="3.5"`, `aria-label="4 out of 5 stars"`, `<img alt="3.5 stars">`, `title`.
fn by_attribute(node: &NodeRef<'_>) -> Option<(crate::extraction::Rating, i32)> {
    for name in ["data-rating", "data-score", "data-stars", "data-value"] {
        let Some(value) = node.attr(name) else { continue };
        if name == "data-value" && !says_rating(node) {
            continue;
        }
        let best = ["data-max", "data-best", "data-total", "data-max-rating"]
            .iter()
            .find_map(|best| node.attr(best)?.trim().parse::<f64>().ok());
        let parsed: f64 = value.trim().replace(',', ".").parse().ok().filter(|value| *value > 0.0)?;
        let places = u32::from(parsed.fract() != 0.0);
        let stars = name == "data-stars" || says_stars(node);
        let best = best.or_else(|| forms_best(node));
        return scale::number(value.trim(), Number { value: parsed, places, best, stars })
            .map(|rating| (rating, if best.is_some() { 5 } else { 3 }));
    }
    for name in ["aria-label", "alt", "title"] {
        let Some(value) = node.attr(name).filter(|value| value.len() <= 60) else { continue };
        if name == "alt" && !node.has_name("img")
            || !value.contains(|character: char| character.is_ascii_digit() || "★☆⭐".contains(character))
        {
            continue;
        }
        let found = forms::forms(&value, false).into_iter().max_by_key(|form| form.weight);
        if let Some(form) =
            found.filter(|form| form.weight >= 4 || form.rating.as_printed.as_deref() == Some(value.trim()))
        {
            return Some((form.rating, 5));
        }
    }
    None
}

/// Whether an element or one around it is named after votes: plugins by which readers rate.
fn is_readers(node: &NodeRef<'_>) -> bool {
    const LEVELS_MAX: usize = 3;
    const NAMES: [&str; 12] = [
        "user",
        "vote",
        "reader",
        "kksr",
        "kk-star",
        "postratings",
        "post-ratings",
        "rmp-",
        "aggregate",
        "average",
        "imdb",
        "tomato",
    ];
    std::iter::once(*node).chain(node.ancestors_it(Some(LEVELS_MAX))).any(|around| {
        let names = format!("{} {}", classes(&around), around.attr_or("id", "").to_ascii_lowercase());
        !around.has_name("body") && NAMES.iter().any(|name| names.contains(name))
    })
}

/// `<meter max="5" value="3.5">`
fn by_meter(node: &NodeRef<'_>) -> Option<(crate::extraction::Rating, i32)> {
    if !node.has_name("meter") {
        return None;
    }
    let printed = node.attr("value")?;
    let value: f64 = printed.trim().parse().ok()?;
    let best: f64 = node.attr("max")?.trim().parse().ok().filter(|best| *best >= 3.0)?;
    let places = u32::from(value.fract() != 0.0);
    let rating = scale::number(printed.trim(), Number { value, places, best: Some(best), stars: false })?;
    Some((rating, 5))
}

/// `<div class="star-rating"><span style="width:80%">`: full stars laid over five empty ones.
fn by_width(node: &NodeRef<'_>) -> Option<(crate::extraction::Rating, i32)> {
    let style = node.attr("style")?.to_ascii_lowercase().replace(' ', "");
    by_gradient(node, &style).or_else(|| by_filled_width(node, &style))
}

fn by_filled_width(node: &NodeRef<'_>, style: &str) -> Option<(crate::extraction::Rating, i32)> {
    let (_, width) = style.split_once("width:")?;
    let percent: f64 = width.split_once('%')?.0.parse().ok().filter(|percent| (1.0..=100.0).contains(percent))?;
    let around = node.parent().map(|parent| classes(&parent)).unwrap_or_default();
    let named = |names: &str| names.contains("star") && !names.contains("start");
    let is_stars = named(&around) || named(&classes(node)) && around.contains("rating");
    let value = (percent / 10.0).round() / 2.0;
    let places = u32::from(value.fract() != 0.0);
    let rating = scale::number(&format!("{value} stars"), Number { value, places, best: Some(5.0), stars: true })?;
    is_stars.then_some((rating, 4))
}

/// `<span style="background-image:linear-gradient(90deg,gold 80%,transparent 80%)">★★★★★</span>`: stars filled from the left.
fn by_gradient(node: &NodeRef<'_>, style: &str) -> Option<(crate::extraction::Rating, i32)> {
    const STARS: std::ops::RangeInclusive<usize> = 4..=10;
    let (_, stops) = style.split_once("linear-gradient(")?;
    // The first stop that is not the left edge.
    let percent = stops.split('%').find_map(|before| {
        let kept = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        before.get(kept..)?.parse::<f64>().ok().filter(|percent| *percent > 0.0)
    })?;
    let text = node.text();
    let drawn = text.trim();
    let count = drawn.chars().count();
    if !STARS.contains(&count) || !drawn.chars().all(|sign| sign == '★') || !(1.0..=100.0).contains(&percent) {
        return None;
    }
    let best = f64::from(u32::try_from(count).ok()?);
    let value = (percent / 100.0 * best * 2.0).round() / 2.0;
    let places = u32::from(value.fract() != 0.0);
    let rating = scale::number(&format!("{value} stars"), Number { value, places, best: Some(best), stars: true })?;
    // More than the same stars weigh as text.
    Some((rating, 14))
}

/// A best that the element's own text states (`4 / 5` beside the stars).
fn forms_best(node: &NodeRef<'_>) -> Option<f64> {
    let text = node.text();
    if text.len() > 60 {
        return None;
    }
    forms::forms(&text, false).first().and_then(|form| form.rating.best)
}

fn classes(node: &NodeRef<'_>) -> String {
    node.attr_or("class", "").to_ascii_lowercase()
}

fn says_rating(node: &NodeRef<'_>) -> bool {
    let classes = classes(node);
    ["rating", "score", "star", "nota"].iter().any(|word| classes.contains(word))
}

fn says_stars(node: &NodeRef<'_>) -> bool {
    let classes = classes(node);
    classes.contains("star") || node.children_it(false).any(|child| classes_say_star(&child).is_some())
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Star {
    Full,
    Half,
    Empty,
}

/// What a star's element draws, by its classes or its picture's name.
fn classes_say_star(node: &NodeRef<'_>) -> Option<Star> {
    if !["i", "span", "img", "svg", "li", "use", "em"].iter().any(|name| node.has_name(name)) {
        return None;
    }
    let mut said = classes(node);
    // Fonts that draw a word: `<i class="material-icons">star_half</i>`.
    let is_font = said.contains("material-");
    if let Some(source) = node.attr("src") {
        let file = source.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        said.push(' ');
        said.push_str(file.split('.').next().unwrap_or_default());
    }
    let is_star =
        said.contains("star") && !said.contains("start") && (!said.contains("stars") || said.contains("star-"));
    let text = (is_font || is_star).then(|| node.text())?;
    if text.trim().len() > if is_font { FONT_WORD_BYTES_MAX } else { GLYPH_BYTES_MAX } {
        return None;
    }
    if is_font {
        said = text.trim().to_ascii_lowercase();
        said.starts_with("star").then_some(())?;
    }
    let words: Vec<&str> = said.split([' ', '-', '_']).collect();
    if words.iter().any(|word| word.contains("half")) {
        return Some(Star::Half);
    }
    let is_empty = words.iter().any(|word| {
        matches!(
            *word,
            "empty"
                | "o"
                | "off"
                | "outline"
                | "far"
                | "none"
                | "inactive"
                | "blank"
                | "grey"
                | "gray"
                | "unfilled"
                | "border"
                | "regular"
        )
    });
    Some(if is_empty { Star::Empty } else { Star::Full })
}

fn says_full(node: &NodeRef<'_>) -> bool {
    const FULL: [&str; 11] =
        ["filled", "fill", "full", "active", "on", "checked", "selected", "gold", "lit", "colored", "solid"];
    classes(node).split([' ', '-', '_']).any(|part| FULL.contains(&part))
}

/// The only run of stars side by side in an element, behind a label perhaps; of several, each is of another film.
fn run_of_stars<'a>(node: &NodeRef<'a>) -> Option<Vec<NodeRef<'a>>> {
    const CHILDREN_MAX: usize = 200;
    let children = node.element_children();
    let told = children.iter().take(CHILDREN_MAX).map(classes_say_star).collect::<Vec<_>>();
    let starts = |at: &usize| told.get(*at).is_some_and(Option::is_some);
    let first = (0..told.len()).find(starts)?;
    let count = told.iter().skip(first).take_while(|star| star.is_some()).count();
    let has_more = told.iter().skip(first.saturating_add(count)).any(Option::is_some);
    (!has_more || first == 0).then(|| children.into_iter().skip(first).take(CHILDREN_MAX).collect())
}

/// Three to ten stars side by side.
fn by_children(node: &NodeRef<'_>) -> Option<(crate::extraction::Rating, i32)> {
    let children = run_of_stars(node)?;
    let drawn = || children.iter().filter(|child| classes_say_star(child).is_some());
    // Where some stars are named full, those that are not are empty.
    let names_full = drawn().any(says_full);
    let is_mixed = names_full && drawn().any(|child| !says_full(child) && classes_say_star(child) == Some(Star::Full));
    let stars: Vec<Star> = drawn()
        .filter_map(|child| {
            let star = classes_say_star(child)?;
            Some(if is_mixed && star == Star::Full && !says_full(child) { Star::Empty } else { star })
        })
        .collect();
    let best = stars.len();
    if !(3..=10).contains(&best) {
        return None;
    }
    let (mut value, mut half) = (0.0, false);
    for star in &stars {
        match star {
            Star::Full => value += 1.0,
            Star::Half => {
                value += 0.5;
                half = true;
            }
            Star::Empty => {}
        }
    }
    let has_empty = stars.contains(&Star::Empty);
    let best = (has_empty || best == 5 || best == 10).then_some(f64::from(u32::try_from(best).ok()?));
    // Five full stars are what widgets draw before any script has run.
    // Stars printed all alike and coloured by their classes must outweigh their count.
    let weight = match (value == 0.0 || (!has_empty && value >= 5.0), is_mixed) {
        (true, _) => 0,
        (false, true) => 13,
        (false, false) => 5,
    };
    let printed = format!("{value} stars");
    scale::number(&printed, Number { value, places: u32::from(half), best, stars: true }).map(|rating| (rating, weight))
}
