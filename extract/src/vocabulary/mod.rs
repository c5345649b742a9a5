//! The words that pages use around facts, in fourteen languages, loaded once from `data/`.
//!
//! Knows where words stand in a text, not what follows from them.

mod people;
mod phrases;
mod sorted;
mod works;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::folding::key;

pub(crate) use people::{Trade, known_person_at, trade_of};
pub(crate) use phrases::{Hit, Phrases};
pub(crate) use works::{films_in, is_known_film, is_known_series, is_one_film};

use phrases::Entry;

/// ISO 639-1 codes of the languages that have a file.
const FILES: [(&str, &str); 14] = [
    ("en", include_str!("../../data/en.tsv")),
    ("es", include_str!("../../data/es.tsv")),
    ("pt", include_str!("../../data/pt.tsv")),
    ("fr", include_str!("../../data/fr.tsv")),
    ("de", include_str!("../../data/de.tsv")),
    ("it", include_str!("../../data/it.tsv")),
    ("tr", include_str!("../../data/tr.tsv")),
    ("ja", include_str!("../../data/ja.tsv")),
    ("ko", include_str!("../../data/ko.tsv")),
    ("hi", include_str!("../../data/hi.tsv")),
    ("zh", include_str!("../../data/zh.tsv")),
    ("nl", include_str!("../../data/nl.tsv")),
    ("pl", include_str!("../../data/pl.tsv")),
    ("ru", include_str!("../../data/ru.tsv")),
];

/// Common first names as keys, in the order of their bytes.
const GIVEN_NAMES: &str = include_str!("../../data/given_names.txt");

/// All words.
pub(crate) struct Vocabulary {
    /// What stands before a colon or alone before a value.
    pub labels: Phrases,
    /// What introduces a value without a colon.
    pub leads: Phrases,
    /// What stands beside names in prose.
    pub triggers: Phrases,
    /// Words that tell kinds of pages and paragraphs apart.
    pub words: Phrases,
    /// Short words that tell what the words beside them are (`by`, `with`, `an`), too common to be looked for elsewhere.
    pub facts: Phrases,
    /// What stands in headlines before or after a title without being part of it.
    pub frames: Phrases,
    /// Names of genres; the meaning is the name to print.
    pub genres: Phrases,
    /// Certificates; the meaning is the code to print.
    pub certificates: Phrases,
    /// What introduces a picture's credit.
    pub credits: Phrases,
    headings: FxHashMap<&'static str, &'static str>,
    stops: FxHashMap<&'static str, Vec<&'static str>>,
    not_names: FxHashSet<&'static str>,
    seldom_names: FxHashSet<&'static str>,
    /// Surnames by the language whose script has no capitals.
    surnames: FxHashMap<&'static str, FxHashSet<&'static str>>,
    trades: FxHashSet<&'static str>,
    character_titles: FxHashSet<&'static str>,
    joiners: FxHashSet<&'static str>,
    months: FxHashMap<&'static str, u32>,
    units: FxHashMap<&'static str, &'static str>,
    numbers: FxHashMap<&'static str, f64>,
    compound_genres: FxHashSet<&'static str>,
    genre_nouns: FxHashSet<&'static str>,
    genre_tails: FxHashSet<&'static str>,
    countries: FxHashSet<&'static str>,
    /// Languages with an indefinite article.
    articled: FxHashSet<&'static str>,
    /// Languages with the ways of writing that tell them from others.
    grammar: FxHashSet<(&'static str, &'static str)>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::load);

/// The words, loaded on first use.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}

/// A line of a file: phrases of one kind that mean one thing.
struct Line {
    language: &'static str,
    kind: &'static str,
    meaning: &'static str,
    phrases: &'static str,
}

impl Line {
    fn phrases(&self) -> impl Iterator<Item = &'static str> {
        self.phrases.split('|')
    }
}

fn lines() -> impl Iterator<Item = Line> {
    FILES.iter().flat_map(|(language, file)| {
        file.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
            let (kind, rest) = line.split_once('\t')?;
            let (meaning, phrases) = rest.split_once('\t')?;
            Some(Line { language, kind, meaning, phrases })
        })
    })
}

impl Vocabulary {
    /// Whether a language has a file of words: what is not found says something only in these.
    pub(crate) fn speaks(&self, language: &str) -> bool {
        FILES.iter().any(|(known, _)| *known == language)
    }

    fn load() -> Self {
        let all: Vec<Line> = lines().collect();
        let of = |kind: &'static str| all.iter().filter(move |line| line.kind == kind);
        let phrases = |kind: &'static str| {
            Phrases::new(of(kind).flat_map(|line| {
                line.phrases().map(move |phrase| Entry { phrase, language: line.language, meaning: line.meaning })
            }))
        };
        let set = |kind: &'static str| of(kind).flat_map(Line::phrases).collect::<FxHashSet<_>>();
        let set_of = |kind: &'static str, meaning: &'static str| {
            of(kind).filter(|line| line.meaning == meaning).flat_map(Line::phrases).collect::<FxHashSet<_>>()
        };
        let meanings =
            |kind: &'static str| of(kind).flat_map(|line| line.phrases().map(|phrase| (phrase, line.meaning)));
        let mut stops: FxHashMap<&'static str, Vec<&'static str>> = FxHashMap::default();
        for line in of("stop") {
            for phrase in line.phrases() {
                stops.entry(phrase).or_default().push(line.language);
            }
        }
        Self {
            labels: phrases("label"),
            leads: phrases("lead"),
            triggers: phrases("trigger"),
            words: phrases("word"),
            facts: phrases("fact"),
            frames: phrases("frame"),
            genres: phrases("genre"),
            certificates: Phrases::new(certificates()),
            credits: phrases("credit"),
            headings: meanings("heading").collect(),
            stops,
            not_names: set_of("notname", "x"),
            seldom_names: set_of("notname", "seldom"),
            surnames: surnames().collect(),
            trades: set("trade"),
            character_titles: set("character_title"),
            joiners: set("joiner"),
            months: meanings("month").filter_map(|(phrase, month)| Some((phrase, month.parse().ok()?))).collect(),
            units: meanings("unit").collect(),
            numbers: meanings("number").filter_map(|(phrase, number)| Some((phrase, number.parse().ok()?))).collect(),
            compound_genres: set("compound_genre"),
            genre_nouns: set("genre_noun"),
            genre_tails: set("genre_tail"),
            countries: set("country"),
            articled: of("fact").filter(|line| line.meaning == "indefinite").map(|line| line.language).collect(),
            grammar: of("grammar").map(|line| (line.language, line.meaning)).collect(),
        }
    }

    /// Whether a lower-cased word starts no name, although a sentence may start with it, in a language or in English.
    pub(crate) fn is_stop(&self, word: &str, language: &str) -> bool {
        self.stops.get(word).is_some_and(|of| of.iter().any(|of| *of == language || *of == "en"))
    }

    /// Whether no person's name holds a lower-cased word.
    pub(crate) fn is_not_name(&self, word: &str) -> bool {
        self.not_names.contains(word)
    }

    /// Whether a lower-cased word stands in people's names, but more often in those of places, months and firms.
    pub(crate) fn is_seldom_name(&self, word: &str) -> bool {
        self.seldom_names.contains(word)
    }

    /// Whether a lower-cased word says what somebody does, where it stands before the name with a capital.
    pub(crate) fn is_trade(&self, word: &str) -> bool {
        self.trades.contains(word)
    }

    /// Whether a lower-cased word is a common first name, with whichever accents and hyphens.
    pub(crate) fn is_given_name(&self, word: &str) -> bool {
        let is_plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_listed = |name: &str| sorted::line(GIVEN_NAMES, name).is_some();
        if is_plain { is_listed(word) } else { is_listed(&key(word)) }
    }

    /// Whether people bear a word as their surname in a language whose script has no capitals.
    pub(crate) fn is_surname(&self, word: &str, language: &str) -> bool {
        self.surnames.get(language).is_some_and(|borne| borne.contains(word))
    }

    /// Whether a lower-cased word is a title before a character's name.
    pub(crate) fn is_character_title(&self, word: &str) -> bool {
        self.character_titles.contains(word)
    }

    /// Whether a lower-cased word or sign joins the last name of a list.
    pub(crate) fn is_joiner(&self, word: &str) -> bool {
        self.joiners.contains(word)
    }

    /// The month that a lower-cased word names, 1 to 12.
    pub(crate) fn month(&self, word: &str) -> Option<u32> {
        self.months.get(word.trim_end_matches('.')).or_else(|| self.months.get(word)).copied()
    }

    /// `hour` or `minute`.
    pub(crate) fn unit(&self, word: &str) -> Option<&'static str> {
        self.units.get(word).or_else(|| self.units.get(word.trim_end_matches('.'))).copied()
    }

    /// A number in words.
    pub(crate) fn number(&self, word: &str) -> Option<f64> {
        self.numbers.get(word).copied()
    }

    /// What a heading opens, when it opens a part that is not the article.
    pub(crate) fn heading(&self, lowered: &str) -> Option<&'static str> {
        let bare = lowered.trim_matches(|character: char| !character.is_alphanumeric());
        let without_count = bare.trim_start_matches(|character: char| character.is_ascii_digit() || character == ' ');
        self.headings.get(bare).or_else(|| self.headings.get(without_count)).copied()
    }

    /// Whether a language puts an article before one thing of a kind.
    pub(crate) fn has_articles(&self, language: &str) -> bool {
        self.articled.contains(language)
    }

    /// Whether a language writes so: all its nouns with capitals, its verbs second in a sentence.
    pub(crate) fn writes(&self, language: &str, way: &str) -> bool {
        self.grammar.contains(&(language, way))
    }

    /// Whether a word is a genre's noun.
    pub(crate) fn is_genre_noun(&self, word: &str) -> bool {
        self.genre_nouns.contains(word)
    }

    /// Whether words may follow a genre's noun and qualify it (`drama familiar`).
    pub(crate) fn is_genre_tail(&self, words: &str) -> bool {
        self.genre_tails.contains(words)
    }

    /// Whether lower-cased words are a country's name, in any language: lines of facts are the template's.
    pub(crate) fn is_country(&self, words: &str) -> bool {
        self.countries.contains(words)
    }

    /// Whether a word may qualify a genre's noun (`psychological thriller`).
    pub(crate) fn is_compound_genre(&self, word: &str) -> bool {
        self.compound_genres.contains(word)
    }
}

fn surnames() -> impl Iterator<Item = (&'static str, FxHashSet<&'static str>)> {
    let lines = include_str!("../../data/surnames.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(language, names)| (language, names.split('|').collect()))
}

fn certificates() -> impl Iterator<Item = Entry> {
    let lines = include_str!("../../data/certificates.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).flat_map(|(code, spellings)| {
        spellings.split('|').map(move |phrase| Entry { phrase, language: "", meaning: code })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [&str; 22] = [
        "frame",
        "fact",
        "label",
        "lead",
        "trigger",
        "word",
        "genre",
        "credit",
        "heading",
        "stop",
        "trade",
        "notname",
        "character_title",
        "joiner",
        "month",
        "unit",
        "number",
        "compound_genre",
        "genre_noun",
        "genre_tail",
        "grammar",
        "country",
    ];

    #[test]
    fn every_line_of_every_file_is_understood() {
        for (language, file) in FILES {
            let told = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
            assert_eq!(
                told,
                lines().filter(|line| line.language == language).count(),
                "{language}: kind, meaning, phrases"
            );
        }
        for line in lines() {
            assert!(KINDS.contains(&line.kind), "{} {}", line.language, line.kind);
            let once: FxHashSet<&str> = line.phrases().collect();
            assert_eq!(once.len(), line.phrases().count(), "{} {} {}: twice", line.language, line.kind, line.meaning);
            for phrase in line.phrases() {
                let (kind, meaning) = (line.kind, line.meaning);
                assert!(!phrase.is_empty() && phrase == phrase.trim(), "{} {kind} {meaning} {phrase:?}", line.language);
                assert_eq!(phrase, crate::folding::lower(phrase), "phrases are lower case");
            }
        }
    }

    #[test]
    fn first_names_are_keys_in_the_order_of_the_keys_and_found_however_they_are_written() {
        let mut before = "";
        for name in GIVEN_NAMES.lines() {
            assert_eq!(name, key(name), "names are keys");
            assert!(before < name, "{name} stands after {before}");
            before = name;
        }
        assert!(["gaston", "gastón", "jan-willem"].into_iter().all(|name| vocabulary().is_given_name(name)));
    }

    #[test]
    fn what_leads_to_a_year_leads_to_the_director_as_well_where_it_ends_in_words_that_do() {
        // `es una película de 1997`, `es una película de Ada Berg`: of two phrases the longer is found.
        for (language, _) in FILES {
            let of = |meaning: &'static str| {
                let lines = lines().filter(move |line| line.language == language && line.kind == "trigger");
                lines.filter(move |line| line.meaning == meaning).flat_map(|line| line.phrases.split('|'))
            };
            for year in of("released_in_year") {
                let hides =
                    of("director_after").any(|lead| year.strip_suffix(lead).is_some_and(|rest| rest.ends_with(' ')));
                assert!(!hides || of("director_after").any(|lead| lead == year), "{language}: {year}");
            }
        }
    }

    #[test]
    fn every_language_knows_the_director_and_the_word_for_film() {
        for (language, _) in FILES {
            let has = |kind: &str, meaning: &str| {
                lines().any(|line| line.language == language && line.kind == kind && line.meaning == meaning)
            };
            assert!(has("label", "director") && has("word", "film") && has("word", "review"), "{language}");
        }
    }
}
