//! The words that things are found by: made here, once, from what is written and from what is asked, so that both databases
//! hold the same words and give the same hits. Knows neither database's full-text index.
//!
//! A word is folded as titles and names are: no case, no accents. Scripts that are written without spaces are split into
//! pairs of characters. What hyphens, apostrophes and full stops join is one word and its parts.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::sort_key::{joins, name_key, spelt_out, title_key};

/// Characters of a word that count: longer ones are addresses and noise.
const WORD_CHARACTERS_MAX: usize = 40;

/// Bytes of a key that count: PostgreSQL's index takes no entry of more than some 2,700.
const KEY_BYTES_MAX: usize = 800;

/// Words of a heading and of a text that are indexed, and their bytes in all. PostgreSQL holds a document of at most a
/// megabyte, with the places of its words.
const HEADING: Bound = Bound { words: 2_000, bytes: 100_000 };
const TEXT: Bound = Bound { words: 20_000, bytes: 400_000 };

struct Bound {
    words: usize,
    bytes: usize,
}

/// What a document stands for. The numbers stand in the documents' ids and in the database's triggers: never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A film, found by all its titles.
    Film = 1,
    /// A person, found by all their names.
    Person = 2,
    /// A review, found by its headline and its text.
    Review = 3,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Film, Self::Person, Self::Review];

    /// The document of the row `id`.
    pub fn document(self, id: i64) -> i64 {
        id.saturating_mul(4).saturating_add(self as i64)
    }

    /// What a document stands for, and the id of that row.
    pub fn of_document(document: i64) -> Option<(Self, i64)> {
        let kind = Self::ALL.into_iter().find(|kind| *kind as i64 == document.rem_euclid(4))?;
        Some((kind, document.div_euclid(4)))
    }

    /// The whole of a title or name, as documents are found by it in one piece; reviews are not.
    pub fn key(self, name: &str) -> Option<String> {
        let mut key = match self {
            Self::Film => title_key(name),
            Self::Person => name_key(name),
            Self::Review => return None,
        };
        key.truncate(key.floor_char_boundary(KEY_BYTES_MAX));
        Some(key).filter(|key| !key.is_empty())
    }
}

/// The words of titles, names or a headline: each once, in the order of their first coming.
pub fn heading_words<'a>(headings: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let words = headings.into_iter().flat_map(words_of).filter(|word| seen.insert(word.clone()));
    bounded(words, &HEADING)
}

/// The words of a text, each as often as it comes.
pub fn text_words(text: &str) -> Vec<String> {
    bounded(words_of(text), &TEXT)
}

fn bounded(words: impl Iterator<Item = String>, bound: &Bound) -> Vec<String> {
    let mut bytes = 0_usize;
    words
        .take(bound.words)
        .take_while(|word| {
            bytes = bytes.saturating_add(word.len());
            bytes <= bound.bytes
        })
        .collect()
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    Chunks::new(text).flat_map(|chunk| {
        let parts = if chunk.parts.len() > 1 { chunk.parts.as_slice() } else { &[] };
        let wholes = std::iter::once(chunk.whole()).chain(parts.iter().cloned());
        wholes.flat_map(|whole| runs(&whole).into_iter().flat_map(Run::indexed).collect::<Vec<_>>()).collect::<Vec<_>>()
    })
}

/// A word that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The word, folded; never empty, and nothing but letters and digits.
    pub word: String,
    /// Whether words that begin with it will do.
    pub is_prefix: bool,
}

/// What is asked for: every member must be found; a member is found when all the words of one of its ways are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// For each member its ways: as one word, and as the words that a hyphen or the like joins in it.
    pub members: Vec<Vec<Vec<Wanted>>>,
}

impl Query {
    /// What a text asks for. Its last word may be unfinished, from the second character on.
    pub fn of(text: &str) -> Self {
        let chunks: Vec<Chunk> = Chunks::new(text).collect();
        let last = chunks.len().saturating_sub(1);
        let mut members: Vec<Vec<Vec<Wanted>>> = Vec::new();
        for (index, chunk) in chunks.iter().enumerate() {
            let wanted = |words: &[String]| -> Vec<Wanted> {
                let mut wanted: Vec<Wanted> = words.iter().flat_map(|word| runs(word)).flat_map(Run::wanted).collect();
                if let Some(end) = wanted.last_mut().filter(|_| index == last) {
                    end.is_prefix |= end.word.chars().nth(1).is_some() && !end.word.chars().any(is_unspaced);
                }
                wanted
            };
            let mut ways = vec![wanted(&[chunk.whole()])];
            if chunk.parts.len() > 1 {
                ways.push(wanted(&chunk.parts));
            }
            if !members.contains(&ways) {
                members.push(ways);
            }
        }
        Self { members }
    }

    /// How many words are looked up.
    pub fn words(&self) -> usize {
        self.members.iter().flatten().map(Vec::len).sum()
    }
}

/// What stands between spaces and signs: the words that hyphens and the like join.
struct Chunk {
    parts: Vec<String>,
}

impl Chunk {
    fn whole(&self) -> String {
        self.parts.concat()
    }
}

/// The chunks of a text, folded.
struct Chunks<'a> {
    characters: Box<dyn Iterator<Item = char> + 'a>,
}

impl<'a> Chunks<'a> {
    fn new(text: &'a str) -> Self {
        Self { characters: Box::new(text.nfkd().filter(|character| !is_combining_mark(*character))) }
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let mut parts: Vec<String> = Vec::new();
        let mut part = String::new();
        let end = |part: &mut String, parts: &mut Vec<String>| {
            if !part.is_empty() {
                // Korean syllables come apart where accents are taken off.
                parts.push(std::mem::take(part).nfc().collect());
            }
        };
        for character in self.characters.by_ref() {
            if character.is_alphanumeric() {
                character.to_lowercase().for_each(|letter| push_plain(&mut part, letter));
            } else if joins(character) {
                end(&mut part, &mut parts);
            } else if !part.is_empty() || !parts.is_empty() {
                break;
            }
        }
        end(&mut part, &mut parts);
        if parts.is_empty() { None } else { Some(Chunk { parts }) }
    }
}

/// Letters that have more than one spelling, or a form of their own at a word's end.
fn push_plain(word: &mut String, letter: char) {
    match (spelt_out(letter), letter) {
        (Some(letters), _) => word.push_str(letters),
        (None, 'ς') => word.push('σ'),
        (None, plain) => word.push(plain),
    }
}

/// A stretch of one word in scripts of one kind.
struct Run {
    characters: Vec<char>,
    unspaced: bool,
}

impl Run {
    /// What is indexed: the word; or every pair of characters and the last one, so that a single character is found at the
    /// beginning of a word wherever it stands.
    fn indexed(self) -> Vec<String> {
        if !self.unspaced {
            return vec![self.cut()];
        }
        let pairs = self.characters.windows(2).map(|pair| pair.iter().collect());
        pairs.chain(self.characters.last().map(char::to_string)).collect()
    }

    fn wanted(self) -> Vec<Wanted> {
        let exactly = |word| Wanted { word, is_prefix: false };
        match (self.unspaced, self.characters.as_slice()) {
            (false, _) => vec![exactly(self.cut())],
            (true, [single]) => vec![Wanted { word: single.to_string(), is_prefix: true }],
            (true, characters) => characters.windows(2).map(|pair| exactly(pair.iter().collect())).collect(),
        }
    }

    fn cut(&self) -> String {
        self.characters.iter().take(WORD_CHARACTERS_MAX).collect()
    }
}

fn runs(word: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for character in word.chars() {
        let unspaced = is_unspaced(character);
        match runs.last_mut().filter(|run| run.unspaced == unspaced) {
            Some(run) => run.characters.push(character),
            None => runs.push(Run { characters: vec![character], unspaced }),
        }
    }
    runs
}

/// Whether a character is of a script whose words are not told apart by spaces (or, in Korean, carry their particles).
fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' // kana
        | '\u{3100}'..='\u{312f}' // bopomofo
        | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}' // hangul
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        text_words(text).join(" ")
    }

    /// `word*` where a beginning will do; ways apart by `|`, members by `,`.
    fn query(text: &str) -> String {
        let word = |wanted: &Wanted| format!("{}{}", wanted.word, if wanted.is_prefix { "*" } else { "" });
        let way = |way: &Vec<Wanted>| way.iter().map(word).collect::<Vec<_>>().join(" ");
        let ways = |ways: &Vec<Vec<Wanted>>| ways.iter().map(way).collect::<Vec<_>>().join("|");
        Query::of(text).members.iter().map(ways).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn case_and_accents_do_not_tell_words_apart() {
        assert_eq!(text("LE SAMOURAÏ, Straße ΟΔΟΣ Œuvre Łódź"), "le samourai strasse οδοσ oeuvre lodz");
        assert_eq!(text("STRASSE οδος"), "strasse οδοσ");
    }

    #[test]
    fn what_a_hyphen_joins_is_one_word_and_its_parts() {
        assert_eq!(text("Spider-Man L'Avventura J.K."), "spiderman spider man lavventura l avventura jk j k");
        assert_eq!(query("Spider-Man is"), "spiderman|spider man,is*");
    }

    #[test]
    fn scripts_without_spaces_are_split_into_pairs() {
        assert_eq!(text("黑泽明"), "黑泽 泽明 明");
        assert_eq!(text("映画は2020年 good"), "映画 画は は 2020 年 good");
        assert_eq!(text("한국 영화"), "한국 국 영화 화", "syllables, not their letters");
        assert_eq!(query("黑泽明"), "黑泽 泽明");
        assert_eq!(query("明"), "明*");
        assert_eq!(query("한"), "한*");
    }

    #[test]
    fn only_the_last_word_may_be_unfinished() {
        assert_eq!(query("night fer"), "night,fer*");
        assert_eq!(query("night f"), "night,f");
        assert_eq!(query("七人 sam"), "七人,sam*");
    }

    #[test]
    fn signs_and_operators_ask_for_nothing() {
        for nothing in ["", "  ", "\"*^:()", "\0", "…—!?", "-'.", "&|<->"] {
            assert_eq!(Query::of(nothing).words(), 0, "{nothing:?}");
        }
        assert_eq!(query("\"a\" OR NOT(b) NEAR/2 {heading} :"), "a,or,not,b,near,2,heading*");
        assert_eq!(query("'; drop' \\"), "drop*");
    }

    #[test]
    fn a_word_asked_for_twice_is_looked_up_once() {
        assert_eq!(query("the the the cat"), "the,cat*");
    }

    #[test]
    fn documents_lead_back_to_what_they_stand_for() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_document(kind.document(77)), Some((kind, 77)));
        }
        assert_eq!(Kind::of_document(8), None);
    }

    #[test]
    fn no_text_is_too_long_to_be_indexed() {
        let long = format!("{} {}", "x".repeat(100_000), "word ".repeat(50_000));
        let words = text_words(&long);
        assert_eq!((words.len(), words.first().map(String::len)), (20_000, Some(40)));
        let wide = "𠀀".repeat(300_000);
        assert!(text_words(&wide).iter().map(String::len).sum::<usize>() <= 400_000);
        assert_eq!(Kind::Film.key(&"é".repeat(9_000)).map(|key| key.len()), Some(800));
        assert_eq!(Kind::Film.key(""), None);
    }

    #[test]
    fn headings_say_each_word_once() {
        assert_eq!(heading_words(["Night Ferry", "NIGHT FERRY (2019)"]).join(" "), "night ferry 2019");
    }
}
