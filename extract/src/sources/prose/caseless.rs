//! Who plays whom in scripts without capitals: `源蔵を演じる真柴悠`, `만식(류은섭)`, `माधव (अर्णव त्रिवेदी)`.
//!
//! No letter marks a name here: only what stands beside a trigger or in a bracket is read, and names that the page's
//! credits list are cut out of longer runs.

use std::ops::Range;

use crate::extraction::Field;
use crate::folding::{is_caseless, is_cjk};
use crate::names::is_person;
use crate::names::scripts::{name_beginning, name_ending};
use crate::statement::{Certainty, Statement};

use super::Known;
use super::clause::Clause;
use crate::vocabulary::Hit;

/// Letters of the longest name of a character taken.
const CHARACTER_LETTERS_MAX: usize = 10;

/// Cast and characters of one block; none where the block is of another script.
pub(super) fn cast(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    if !clause.text.chars().any(is_caseless) {
        return Vec::new();
    }
    let mut statements = brackets(clause, known);
    for hit in clause.triggers("character_before").filter(|hit| !is_of_trade(clause, hit)) {
        let character = character_before(clause.text, hit.span.start);
        let actor = actor_after(clause.text, hit.span.end, clause.language, known);
        statements.extend(pair(clause, actor, character, Certainty::Plain));
    }
    for hit in clause.triggers("actor_before") {
        let actor = actor_before(clause.text, hit.span.start, clause.language, known);
        let character = character_after(clause.text, hit.span.end, clause.language);
        statements.extend(pair(clause, actor, character, Certainty::Plain));
    }
    for hit in clause.triggers("actor_between") {
        // `老邱由石敬亭飾演`: the character, a particle, the actor, the verb.
        let Some((before, actor)) = between(clause.text, hit.span.start, known) else { continue };
        statements.extend(pair(clause, Some(actor), character_before(clause.text, before), Certainty::Plain));
    }
    statements
}

/// Whether the word for a part is the end of another: `子役` is a child actor, `主役` a lead.
fn is_of_trade(clause: &Clause<'_>, hit: &Hit) -> bool {
    const HEADS: [char; 8] = ['子', '主', '脇', '端', '配', '名', '代', '上'];
    let is_part = clause.text.get(hit.span.clone()).is_some_and(|phrase| phrase.starts_with('役'));
    is_part && clause.text.get(..hit.span.start).is_some_and(|head| head.ends_with(HEADS))
}

/// An actor's place and the name to print: as the credits print it where they list it.
type Actor = (Range<usize>, String);

fn pair(
    clause: &Clause<'_>,
    actor: Option<Actor>,
    character: Option<Range<usize>>,
    certainty: Certainty,
) -> Vec<Statement> {
    let (Some((span, name)), Some(character)) = (actor, character) else { return Vec::new() };
    let words = clause.words(&character);
    if words.is_empty() || spaceless(words) == spaceless(&name) {
        return Vec::new();
    }
    vec![
        clause.said(Field::Cast, name.clone(), &span).with(certainty),
        clause.said(Field::Character, words, &character).of(name).with(certainty),
    ]
}

/// `Character (Actor)`, also with the word for a role inside: `小滿(方予晴 飾)`.
fn brackets(clause: &Clause<'_>, known: &Known) -> Vec<Statement> {
    const MARKS: [&str; 5] = ["飾演", "飾", "饰", "役", "역"];
    let mut statements = Vec::new();
    for (open, sign) in clause.text.char_indices().filter(|(_, sign)| matches!(sign, '(' | '（')) {
        let start = open.saturating_add(sign.len_utf8());
        let Some(end) = clause.text.get(start..).and_then(|rest| rest.find([')', '）'])) else { break };
        let inside = clause.text.get(start..start.saturating_add(end)).unwrap_or_default();
        let bare = MARKS.iter().fold(inside.trim(), |bare, mark| bare.strip_suffix(mark).unwrap_or(bare).trim_end());
        let is_marked = bare.len() < inside.trim().len();
        let lead = inside.find(bare).unwrap_or(0);
        let span = start.saturating_add(lead)..start.saturating_add(lead).saturating_add(bare.len());
        let listed = listed(known, bare);
        let before_title = clause
            .text
            .get(..open)
            .is_some_and(|head| head.trim_end().ends_with(['』', '》', '」', '>', '〉', '”', '"', '’', '\'']));
        // `(이하 오두막)`: what the thing before the bracket is called from here on.
        const SHORT_FORMS: [&str; 4] = ["이하 ", "以下", "下称", "简称"];
        if before_title
            || SHORT_FORMS.iter().any(|lead| bare.starts_with(lead))
            || !bare.chars().all(|c| is_caseless(c) || is_mark(c) || matches!(c, ' ' | '・'))
            || !is_person(bare)
        {
            continue;
        }
        let certainty =
            if listed.is_some() || is_marked || has_shape_of_name(bare) || is_whole_name(bare, clause.language) {
                Certainty::Plain
            } else {
                Certainty::Weak
            };
        let name = listed.unwrap_or_else(|| bare.to_owned());
        statements.extend(pair(clause, Some((span, name)), character_before(clause.text, open), certainty));
    }
    statements
}

/// Whether a text shows to be a name, from its first letter to its last.
fn is_whole_name(text: &str, language: &str) -> bool {
    name_ending(text, language).is_some_and(|span| span.start == 0)
}

/// Whether a text is as long as names are where they are written so: three syllables in Korean, two words in Hindi, and
/// foreign names in parts.
fn has_shape_of_name(text: &str) -> bool {
    const PARTS: std::ops::RangeInclusive<usize> = 2..=3;
    let letters = text.chars().filter(|character| !character.is_whitespace()).count();
    let is_syllable = |character: char| matches!(character, '\u{ac00}'..='\u{d7af}');
    let is_hangul = text.chars().all(is_syllable);
    let parts: Vec<&str> = text.split([' ', '・']).collect();
    let is_part = |part: &&str| {
        part.chars().count() >= 2 && part.chars().all(|c| is_syllable(c) || matches!(c, '\u{30a1}'..='\u{30ff}'))
    };
    if PARTS.contains(&parts.len()) && parts.iter().all(is_part) {
        return true;
    }
    let is_devanagari = text.chars().any(|character| matches!(character, '\u{0900}'..='\u{097f}'));
    is_hangul && letters == 3 || is_devanagari && text.split(' ').count() == 2
}

/// The name of a character that ends before a place.
pub(super) fn character_before(text: &str, at: usize) -> Option<Range<usize>> {
    let head = text.get(..at)?.trim_end();
    let head = head.strip_suffix('、').unwrap_or(head).trim_end_matches(['・', '’', '”', '」', '\'', '"']);
    let run = run_before(head)?;
    let words = head.get(run.clone())?;
    if words.chars().any(|character| matches!(character, '\u{0900}'..='\u{097f}')) {
        // An honorific is no name alone.
        const HONORIFICS: [&str; 4] = ["जी", "साहब", "भाई", "बाबू"];
        let before =
            head.get(..run.start).filter(|_| HONORIFICS.contains(&words)).and_then(|head| run_before(head.trim_end()));
        return Some(before.map_or(run.clone(), |before| before.start..run.end));
    }
    let start = last_part(words);
    let run = run.start.saturating_add(start)..run.end;
    let run = run.start..run.end.saturating_sub(particle(head.get(run.clone())?));
    let letters = head.get(run.clone())?.chars().count();
    (1..=CHARACTER_LETTERS_MAX).contains(&letters).then_some(run)
}

/// Where the last part of a run of letters starts: grammar ends before it.
fn last_part(words: &str) -> usize {
    let is_katakana = words.chars().all(|c| matches!(c, '\u{30a0}'..='\u{30ff}' | '＝' | '='));
    let ends_part = |character: char| {
        matches!(character, '\u{3040}'..='\u{309f}' | '的' | '由') || (character == '・' && !is_katakana)
    };
    words.char_indices().rev().find(|(_, c)| ends_part(*c)).map_or(0, |(at, c)| at.saturating_add(c.len_utf8()))
}

/// The name of a character that starts at a place.
fn character_after(text: &str, at: usize, language: &str) -> Option<Range<usize>> {
    // Nothing tells where a name ends in `春花回到村里`.
    const CHINESE_LETTERS_MAX: usize = 3;
    let run = run_after(text, at)?;
    let words = text.get(run.clone())?;
    if language == "zh" && words.chars().count() > CHINESE_LETTERS_MAX && !words.contains(['的', '·']) {
        // `赵德海因为没牙`, `阿粉在阁楼里`: a surname and what is given, or a pet name.
        const PET_LEADS: [char; 5] = ['阿', '小', '老', '大', '胖'];
        let name = name_beginning(words, language)
            .map(|name| run.start.saturating_add(name.start)..run.start.saturating_add(name.end));
        let pet = || {
            let length = words.chars().take(2).map(char::len_utf8).sum::<usize>();
            words.starts_with(PET_LEADS).then(|| run.start..run.start.saturating_add(length))
        };
        return name.or_else(pet);
    }
    let end = words
        .char_indices()
        .find(|(_, c)| matches!(c, '\u{3040}'..='\u{309f}' | '的'))
        .map_or(words.len(), |(at, _)| at);
    let words = words.get(..end)?;
    let end = end.saturating_sub(particle(words));
    let letters = words.get(..end)?.chars().count();
    (1..=CHARACTER_LETTERS_MAX).contains(&letters).then(|| run.start..run.start.saturating_add(end))
}

/// The actor whose name starts at a place.
fn actor_after(text: &str, at: usize, language: &str, known: &Known) -> Option<Actor> {
    // `湊を演じた子役の黒川想矢`: what the actor is.
    const TRADES: [&str; 14] = [
        "新人俳優の",
        "若手俳優の",
        "子役の",
        "俳優の",
        "女優の",
        "新人の",
        "名優の",
        "声優の",
        "원로배우 ",
        "중견배우 ",
        "신인배우 ",
        "아역배우 ",
        "배우 ",
        "신예 ",
    ];
    let at =
        text.get(at..).map_or(at, |rest| text.len().saturating_sub(rest.trim_start_matches([' ', '\u{a0}']).len()));
    let trade = TRADES.iter().find(|trade| text.get(at..).is_some_and(|rest| rest.starts_with(**trade)));
    let at = at.saturating_add(trade.map_or(0, |trade| trade.len()));
    let run = run_after(text, at)?;
    let rest = text.get(run.start..)?;
    if let Some((length, name)) = known.cast_names.iter().find_map(|name| Some((prefix(rest, name)?, name.clone()))) {
        return Some((run.start..run.start.saturating_add(length), name));
    }
    if let Some(name) = name_beginning(rest, language) {
        let span = run.start.saturating_add(name.start)..run.start.saturating_add(name.end);
        return Some((span.clone(), text.get(span)?.to_owned()));
    }
    let words = text.get(run.clone())?;
    if words.chars().any(|character| matches!(character, '\u{0900}'..='\u{097f}')) {
        let second = run_after(text, run.end).filter(|next| next.start == run.end.saturating_add(1))?;
        let span = run.start..second.end;
        let name = text.get(span.clone())?;
        return is_person(name).then(|| (span, name.to_owned()));
    }
    let end =
        words.char_indices().find(|(_, c)| matches!(c, '\u{3040}'..='\u{309f}')).map_or(words.len(), |(at, _)| at);
    let words = words.get(..end)?;
    let name = words.get(..end.saturating_sub(particle(words)))?;
    let letters = name.chars().count();
    ((3..=8).contains(&letters) && is_person(name))
        .then(|| (run.start..run.start.saturating_add(name.len()), name.to_owned()))
}

/// The actor whose name ends before a place, over words for where: `张小红在片中饰演`.
fn actor_before(text: &str, at: usize, language: &str, known: &Known) -> Option<Actor> {
    const WHERE: [&str; 6] = ["在片中", "在剧中", "在影片中", "在电影中", "在電影中", "片中"];
    let head = text.get(..at)?.trim_end();
    let head = WHERE.iter().find_map(|place| head.strip_suffix(place)).unwrap_or(head);
    if let Some((length, name)) = known.cast_names.iter().find_map(|name| Some((suffix(head, name)?, name.clone()))) {
        return Some((head.len().saturating_sub(length)..head.len(), name));
    }
    if let Some(span) = name_ending(head, language) {
        return Some((span.clone(), head.get(span)?.to_owned()));
    }
    let run = run_before(head)?;
    let start = last_part(head.get(run.clone())?);
    let span = run.start.saturating_add(start)..run.end;
    let name = head.get(span.clone())?;
    ((3..=6).contains(&name.chars().count()) && is_person(name)).then(|| (span, name.to_owned()))
}

/// The actor before a verb that follows the name, and where the particle before the name stands.
fn between(text: &str, verb: usize, known: &Known) -> Option<(usize, Actor)> {
    let head = text.get(..verb)?;
    let particle = head.rfind('由')?;
    let start = particle.saturating_add('由'.len_utf8());
    let words = head.get(start..)?;
    let known = known.cast_names.iter().find_map(|name| Some((suffix(words, name)?, name.clone())));
    let (length, name) = match known {
        Some(known) => known,
        None => {
            let name = words.trim();
            ((2..=6).contains(&name.chars().count()) && is_person(name)).then(|| (words.len(), name.to_owned()))?
        }
    };
    Some((particle, (verb.saturating_sub(length)..verb, name)))
}

/// How many bytes of a text's start say a name, with or without the name's spaces.
fn prefix(text: &str, name: &str) -> Option<usize> {
    [name.to_owned(), spaceless(name)].iter().find(|name| text.starts_with(name.as_str())).map(String::len)
}

/// How many bytes of a text's end say a name.
fn suffix(text: &str, name: &str) -> Option<usize> {
    [name.to_owned(), spaceless(name)].iter().find(|name| text.ends_with(name.as_str())).map(String::len)
}

fn listed(known: &Known, name: &str) -> Option<String> {
    let own = spaceless(name);
    known.cast_names.iter().find(|listed| spaceless(listed) == own).cloned()
}

fn spaceless(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// The width of a Korean particle at a word's end.
fn particle(word: &str) -> usize {
    const PARTICLES: [&str; 12] = ["에게", "에서", "으로", "을", "를", "이", "가", "은", "는", "의", "와", "과"];
    // No name ends with these.
    const SURE: [&str; 3] = ["을", "를", "는"];
    const LETTERS_MIN: usize = 3;
    let is_hangul = word.chars().all(|character| matches!(character, '\u{ac00}'..='\u{d7af}'));
    let found = PARTICLES.iter().find(|particle| word.ends_with(*particle)).map_or(0, |particle| particle.len());
    let letters = word.chars().count();
    let is_sure = letters == LETTERS_MIN && SURE.iter().any(|particle| word.ends_with(particle));
    if is_hangul && (letters > LETTERS_MIN || is_sure) { found } else { 0 }
}

fn run_before(head: &str) -> Option<Range<usize>> {
    let is_part = |character: char| is_caseless(character) || is_mark(character) || matches!(character, '・' | '＝');
    let start = head.char_indices().rev().take_while(|(_, character)| is_part(*character)).last()?.0;
    Some(start..head.len())
}

fn run_after(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let start =
        at.saturating_add(rest.len().saturating_sub(rest.trim_start_matches([' ', '、', '「', '‘', '“']).len()));
    let rest = text.get(start..)?;
    let is_part = |character: char| is_caseless(character) || is_mark(character) || matches!(character, '・' | '＝');
    let length = rest.char_indices().find(|(_, character)| !is_part(*character)).map_or(rest.len(), |(at, _)| at);
    (length > 0).then(|| start..start.saturating_add(length))
}

fn is_mark(character: char) -> bool {
    !is_cjk(character) && unicode_normalization::char::is_combining_mark(character)
        || matches!(character, '\u{200c}' | '\u{200d}' | 'ー')
}
