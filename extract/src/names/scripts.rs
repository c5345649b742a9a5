//! Where a person's name ends or begins in scripts without capitals: `森下かえで` before `の演技`, `이하늘` in `배우 이하늘과`.
//!
//! A name begins with a surname that people bear, or shows by its dots that it is a foreign one. Must not know what is said
//! of the person.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::folding::is_cjk;
use crate::vocabulary::vocabulary;

/// The letters of the longest name looked for.
const LETTERS_MAX: usize = 9;

/// The name that a text ends with.
pub(crate) fn name_ending(text: &str, language: &str) -> Option<Range<usize>> {
    let last = text.chars().next_back()?;
    match Script::of(last)? {
        Script::Devanagari => two_words_before(text),
        Script::Hangul => korean_before(text),
        Script::Kana | Script::Han => foreign_before(text).or_else(|| east_asian_before(text, language)),
    }
}

/// The name that a text begins with.
pub(crate) fn name_beginning(text: &str, language: &str) -> Option<Range<usize>> {
    let first = text.chars().next()?;
    match Script::of(first)? {
        Script::Devanagari => two_words_after(text),
        Script::Hangul => korean_after(text),
        Script::Kana | Script::Han => foreign_after(text).or_else(|| east_asian_after(text, language)),
    }
}

/// A text without the honorific that it ends with.
pub(crate) fn without_honorific(text: &str) -> &str {
    const HONORIFICS: [&str; 6] = ["さん", "氏", "씨", "배우", "님", "जी"];
    HONORIFICS.iter().find_map(|word| text.strip_suffix(word)).map_or(text, str::trim_end)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Devanagari,
    Hangul,
    Kana,
    Han,
}

impl Script {
    fn of(letter: char) -> Option<Self> {
        match letter {
            '\u{0900}'..='\u{097f}' => Some(Self::Devanagari),
            '\u{ac00}'..='\u{d7af}' => Some(Self::Hangul),
            '\u{3040}'..='\u{30ff}' => Some(Self::Kana),
            '\u{3400}'..='\u{9fff}' | '々' => Some(Self::Han),
            _ => None,
        }
    }
}

/// Whether a letter joins the parts of a foreign name.
fn is_dot(letter: char) -> bool {
    matches!(letter, '・' | '·' | '＝' | '=')
}

/// `ティモシー・シャラメ`, `勒内·奥尔加`: parts of one script with dots between.
pub(crate) fn foreign_before(text: &str) -> Option<Range<usize>> {
    let of_one = |letter: char| is_dot(letter) || is_katakana(letter);
    let of_han = |letter: char| is_dot(letter) || Script::of(letter) == Some(Script::Han);
    let last = text.chars().next_back()?;
    let fits = |letter: char| if is_katakana(last) { of_one(letter) } else { of_han(letter) };
    let (start, _) = text.char_indices().rev().take_while(|(_, letter)| fits(*letter)).last()?;
    let start = start.saturating_add(grammar_before_name(text.get(start..)?));
    is_foreign(text.get(start..)?).then_some(start..text.len())
}

fn foreign_after(text: &str) -> Option<Range<usize>> {
    let first = text.chars().next()?;
    let fits = |letter: char| {
        is_dot(letter) || if is_katakana(first) { is_katakana(letter) } else { Script::of(letter) == Some(Script::Han) }
    };
    let end = text.char_indices().find(|(_, letter)| !fits(*letter)).map_or(text.len(), |(at, _)| at);
    let end = cut_at_grammar(text.get(..end)?);
    is_foreign(text.get(..end)?).then_some(0..end)
}

fn is_katakana(letter: char) -> bool {
    matches!(letter, '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// Parts of one script each with dots between, none of them a word that no name holds (`監督・脚本`).
fn is_foreign(text: &str) -> bool {
    const LETTERS_MAX: usize = 24;
    let parts: Vec<&str> = text.split(is_dot).collect();
    let is_alike = |part: &str| part.chars().all(is_katakana) || !part.chars().any(is_katakana);
    parts.len() >= 2
        && parts.iter().all(|part| !part.is_empty() && is_alike(part) && !vocabulary().is_not_name(part))
        && parts.iter().any(|part| part.chars().count() > 1)
        && text.chars().count() <= LETTERS_MAX
}

/// A surname of the language and what is given, ending where the text ends.
fn east_asian_before(text: &str, language: &str) -> Option<Range<usize>> {
    let letters = text.char_indices().rev().take(LETTERS_MAX);
    let starts: Vec<usize> = letters
        .take_while(|(_, letter)| matches!(Script::of(*letter), Some(Script::Kana | Script::Han)))
        .map(|(at, _)| at)
        .collect();
    // What begins after another script's letter or a sign is surer than what is cut out of a run; then the longest.
    let begins = |start: usize| {
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        !before.is_some_and(|letter| Script::of(letter) == Some(Script::Han) && !is_grammar(letter, language))
    };
    let named = |start: &usize| text.get(*start..).is_some_and(|name| whole_name(name, language));
    let fitting: Vec<usize> = starts.into_iter().filter(named).collect();
    // Chinese runs on without signs: what is cut out of the middle may be any word.
    let cut = fitting.last().filter(|_| language != "zh");
    let best = fitting.iter().rev().find(|start| begins(**start)).or(cut)?;
    Some(*best..text.len())
}

/// A surname and what is given, where the text begins: as long as one script goes on.
fn east_asian_after(text: &str, language: &str) -> Option<Range<usize>> {
    let surname = surnames_of(text, language).max()?;
    let rest = text.get(surname..)?;
    let script = Script::of(rest.chars().next()?)?;
    // `山岡草一郎が`: three letters where no more follow; Chinese runs on without signs.
    let letters = rest.chars().take_while(|letter| Script::of(*letter) == Some(Script::Han)).count();
    let given_max = match script {
        Script::Han if letters == 3 && language != "zh" => 3,
        Script::Han => 2,
        _ => 4,
    };
    // `森下かえでさん`
    let rest = rest.split("さん").next().filter(|name| !name.is_empty()).unwrap_or(rest);
    let given = rest
        .char_indices()
        .take_while(|(_, letter)| Script::of(*letter) == Some(script) && !is_grammar(*letter, language))
        .take(given_max)
        .map(|(at, letter)| at.saturating_add(letter.len_utf8()))
        .last()?;
    let given = if script == Script::Kana { without_particle(rest, given) } else { given };
    let end = surname.saturating_add(given);
    whole_name(text.get(..end)?, language).then_some(0..end)
}

/// Where a given name in kana ends that a particle follows: `かえで` in `かえでが`.
fn without_particle(rest: &str, given: usize) -> usize {
    const PARTICLES: [char; 9] = ['が', 'は', 'の', 'を', 'に', 'と', 'も', 'で', 'ら'];
    const BEFORE_A_STOP: [char; 5] = ['が', 'は', 'の', 'を', 'も'];
    const GIVEN_MIN: usize = 2;
    let (name, after) = rest.split_at_checked(given).unwrap_or_default();
    let goes_on = after.chars().next().is_some_and(|letter| Script::of(letter).is_some());
    // `森下かえで、`: before a stop the last letter is the name's, but for those that no clause ends without.
    let particles = if goes_on { PARTICLES.as_slice() } else { BEFORE_A_STOP.as_slice() };
    let ends: Vec<usize> = name
        .char_indices()
        .enumerate()
        .filter(|(index, (_, letter))| *index >= GIVEN_MIN && particles.contains(letter))
        .map(|(_, (at, _))| at)
        .collect();
    ends.last().copied().unwrap_or(given)
}

/// Whether letters are a surname and a given name of one to four letters of one script.
fn whole_name(name: &str, language: &str) -> bool {
    let fits = |surname: usize| {
        let given = name.get(surname..).unwrap_or_default();
        let scripts: Vec<Option<Script>> = given.chars().map(Script::of).collect();
        let is_one = scripts.windows(2).all(|pair| pair.first() == pair.last());
        let most = if scripts.first() == Some(&Some(Script::Han)) { 3 } else { 5 };
        let least = if scripts.first() == Some(&Some(Script::Han)) { 1 } else { 2 };
        is_one
            && (least..=most).contains(&given.chars().count())
            && given.chars().any(|letter| !is_grammar(letter, language))
            && !vocabulary().is_not_name(name)
            && !given.chars().all(|letter| matches!(letter, 'が' | 'は' | 'を'))
            && !given.chars().any(|letter| Script::of(letter) == Some(Script::Han) && is_grammar(letter, language))
    };
    surnames_of(name, language).any(fits)
}

/// The widths of the surnames that a text begins with, in the language of the page.
fn surnames_of<'t>(text: &'t str, language: &'t str) -> impl Iterator<Item = usize> + 't {
    const SURNAME_LETTERS_MAX: usize = 4;
    let of = if language == "zh" { "zh" } else { "ja" };
    let ends = text.char_indices().take(SURNAME_LETTERS_MAX).map(|(at, letter)| at.saturating_add(letter.len_utf8()));
    ends.filter(move |end| text.get(..*end).is_some_and(|word| vocabulary().is_surname(word, of)))
}

/// Letters that lead on to a name or away from it, and are part of none in Chinese.
const GRAMMAR: &str =
    "的由是了在与與饰飾扮演导導执執把被也都过過对對个個位役主片剧劇們们第这這那又将將让讓给給却卻很更还還";

fn is_grammar(letter: char, language: &str) -> bool {
    language == "zh" && GRAMMAR.contains(letter)
}

/// How many bytes of grammar stand before a name in a run of letters: only Chinese runs foreign names on so, whatever the
/// page's language.
fn grammar_before_name(run: &str) -> usize {
    let last = run.char_indices().rfind(|(_, letter)| is_grammar(*letter, "zh"));
    last.map_or(0, |(at, letter)| at.saturating_add(letter.len_utf8()))
}

fn cut_at_grammar(run: &str) -> usize {
    run.char_indices().find(|(_, letter)| is_grammar(*letter, "zh")).map_or(run.len(), |(at, _)| at)
}

/// `이하늘` at the end of a text: a word of a surname and two syllables.
fn korean_before(text: &str) -> Option<Range<usize>> {
    let start = word_start(text, Script::Hangul)?;
    // `다미앵 셔젤`
    let first = text.get(..start)?.strip_suffix(' ').and_then(|before| word_start(before, Script::Hangul));
    let foreign = first.filter(|first| is_foreign_in_hangul(text.get(*first..).unwrap_or_default()));
    foreign.or_else(|| is_korean_name(text.get(start..)?).then_some(start)).map(|start| start..text.len())
}

/// Whether two words are a foreign first name, as Korean writes those that are common, and a surname.
fn is_foreign_in_hangul(text: &str) -> bool {
    const SURNAME_LETTERS: std::ops::RangeInclusive<usize> = 1..=6;
    text.split_once(' ').is_some_and(|(first, last)| {
        vocabulary().is_surname(first, "ko_foreign") && SURNAME_LETTERS.contains(&last.chars().count())
    })
}

/// `이하늘` in `이하늘과`, `이하늘이`: a name and a particle.
fn korean_after(text: &str) -> Option<Range<usize>> {
    const PARTICLES: [&str; 24] = [
        "이",
        "가",
        "은",
        "는",
        "과",
        "와",
        "의",
        "을",
        "를",
        "도",
        "에게",
        "이다",
        "다",
        "이라는",
        "라는",
        "이며",
        "이고",
        "씨",
        "님",
        "역시",
        "입니다",
        "이었다",
        "였다",
        "까지",
    ];
    let word = text.split(|letter: char| Script::of(letter) != Some(Script::Hangul)).next()?;
    if let Some(surname) =
        text.get(word.len()..)?.strip_prefix(' ').filter(|_| vocabulary().is_surname(word, "ko_foreign"))
    {
        let surname = surname.split(|letter: char| Script::of(letter) != Some(Script::Hangul)).next()?;
        let bare = PARTICLES.iter().filter_map(|particle| surname.strip_suffix(particle)).min_by_key(|bare| bare.len());
        let bare = bare.filter(|bare| bare.chars().count() > 1).unwrap_or(surname);
        return (!bare.is_empty()).then(|| 0..word.len().saturating_add(1).saturating_add(bare.len()));
    }
    const LETTERS_MAX: usize = 4;
    let ends = word.char_indices().take(LETTERS_MAX).map(|(at, letter)| at.saturating_add(letter.len_utf8()));
    let goes_on = text.get(word.len()..).is_some_and(|rest| rest.starts_with(' '));
    let fits = |end: &usize| {
        let (name, rest) = word.split_at_checked(*end).unwrap_or_default();
        // `현실이 `: three syllables before a space that end like a particle are a word of two with one.
        let is_inflected = rest.is_empty() && goes_on && name.ends_with(['이', '가', '은', '의', '도']);
        is_korean_name(name) && !is_inflected && (rest.is_empty() || PARTICLES.contains(&rest))
    };

    ends.filter(fits).map(|end| 0..end).last()
}

fn is_korean_name(word: &str) -> bool {
    const LETTERS: std::ops::RangeInclusive<usize> = 3..=4;
    // No name ends with these, but many words do that begin like one.
    const ENDINGS: [char; 6] = ['을', '를', '는', '한', '된', '들'];
    let letters = word.chars().take(LETTERS.end().saturating_add(1)).count();
    if !LETTERS.contains(&letters) || word.ends_with(ENDINGS) || vocabulary().is_not_name(word) {
        return false;
    }
    let mut ends = word.char_indices().map(|(at, letter)| at.saturating_add(letter.len_utf8()));
    let single = ends.next().and_then(|end| word.get(..end));
    let double = ends.next().and_then(|end| word.get(..end));
    let bears = |surname: Option<&str>| surname.is_some_and(|word| vocabulary().is_surname(word, "ko"));
    letters == 3 && bears(single) || letters == 4 && bears(double)
}

/// The last two words of an Indian text, where one of them is a name that people bear.
fn two_words_before(text: &str) -> Option<Range<usize>> {
    let second = word_start(text, Script::Devanagari)?;
    let before = text.get(..second)?.strip_suffix(' ')?;
    let first = word_start(before, Script::Devanagari)?;
    is_indian_name(text.get(first..)?).then_some(first..text.len())
}

fn two_words_after(text: &str) -> Option<Range<usize>> {
    let first = word_end(text, Script::Devanagari)?;
    let rest = text.get(first..)?.strip_prefix(' ')?;
    let end = first.saturating_add(1).saturating_add(word_end(rest, Script::Devanagari)?);
    is_indian_name(text.get(..end)?).then_some(0..end)
}

fn is_indian_name(text: &str) -> bool {
    let is_word = |word: &str| vocabulary().is_stop(word, "hi") || vocabulary().is_joiner(word);
    !text.split(' ').any(is_word) && text.split(' ').any(|word| vocabulary().is_surname(word, "hi"))
}

/// Whether a letter or a sign on one belongs to a word of a script.
fn is_of_word(letter: char, script: Script) -> bool {
    Script::of(letter) == Some(script) || !is_cjk(letter) && is_combining_mark(letter)
}

/// Where the word of a script starts that a text ends with.
fn word_start(text: &str, script: Script) -> Option<usize> {
    text.char_indices().rev().take_while(|(_, letter)| is_of_word(*letter, script)).last().map(|(at, _)| at)
}

/// Where the word of a script ends that a text begins with.
fn word_end(text: &str, script: Script) -> Option<usize> {
    let parts = text.char_indices().take_while(|(_, letter)| is_of_word(*letter, script));
    parts.map(|(at, letter)| at.saturating_add(letter.len_utf8())).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language_of(text: &str) -> &'static str {
        if text.contains(['李', '王', '勒']) { "zh" } else { "ja" }
    }

    #[test]
    fn names_end_where_the_text_does() {
        let ending =
            |text: &str| name_ending(text, language_of(text)).and_then(|span| text.get(span).map(str::to_owned));
        assert_eq!(ending("主人公の春子を森下かえで").as_deref(), Some("森下かえで"));
        assert_eq!(ending("今年は山岡直人").as_deref(), Some("山岡直人"));
        assert_eq!(ending("物語はルネ・オルガ").as_deref(), Some("ルネ・オルガ"));
        assert_eq!(ending("由王建国").as_deref(), Some("王建国"));
        assert_eq!(ending("영화에서 이하늘").as_deref(), Some("이하늘"));
        assert_eq!(ending("और विजय तिवारी").as_deref(), Some("विजय तिवारी"));
        assert_eq!(ending("この映画"), None);
        assert_eq!(ending("배우들"), None);
        assert_eq!(ending("फिल्म में"), None);
    }

    #[test]
    fn names_begin_where_the_text_does() {
        let beginning =
            |text: &str| name_beginning(text, language_of(text)).and_then(|span| text.get(span).map(str::to_owned));
        assert_eq!(beginning("森下かえでが良い").as_deref(), Some("森下かえで"));
        assert_eq!(beginning("山岡直人。").as_deref(), Some("山岡直人"));
        assert_eq!(beginning("李小雨饰演的").as_deref(), Some("李小雨"));
        assert_eq!(beginning("이하늘과 최민호가").as_deref(), Some("이하늘"));
        assert_eq!(beginning("अनीता शर्मा और").as_deref(), Some("अनीता शर्मा"));
        assert_eq!(beginning("주인공은"), None);
        assert_eq!(beginning("の映画"), None);
    }
}
