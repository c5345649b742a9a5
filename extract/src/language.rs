//! Which language a page's text is in.
//!
//! The text itself decides where there is enough of it: templates declare their own language, not the article's.

use std::collections::HashSet;
use std::sync::LazyLock;

use whatlang::Lang;

use crate::folding::{lower, start_of};
use crate::page::{Kind, Page};
use crate::sources::prose::prose_blocks;

/// Text shown to the detector.
const SAMPLE_BYTES_MAX: usize = 4_000;

/// Text below which the declaration is believed.
const SAMPLE_BYTES_MIN: usize = 120;

/// Confidence from which a short text outweighs the declaration.
const SHORT_CONFIDENCE_MIN: f64 = 0.6;

/// The language as a primary BCP 47 tag, and the stretch of confidence behind it: `None` where nothing can be told.
pub(crate) fn detect(page: &Page, declared: Option<&str>) -> Option<String> {
    let declared = declared.map(primary).filter(|tag| !tag.is_empty());
    let sample = sample(page);
    if let Some(tag) = romanised(&sample) {
        return Some(tag.to_owned());
    }
    if sample.len() < SAMPLE_BYTES_MIN {
        // Short texts of scripts with one language each speak for themselves.
        let detected = whatlang::detect(&sample).filter(|info| info.confidence() >= SHORT_CONFIDENCE_MIN);
        return by_script(&sample)
            .or_else(|| detected.and_then(|info| code(info.lang())).map(str::to_owned))
            .or_else(|| around(page))
            .or(declared);
    }
    let info = whatlang::detect(&sample);
    let detected = info.as_ref().and_then(|info| code(info.lang()));
    match (detected, info.is_some_and(|info| info.is_reliable()), declared) {
        (Some(detected), true, _) | (Some(detected), false, None) => Some(detected.to_owned()),
        // Norwegian is hardly told from Danish, but well from the English that a template declares.
        (Some(detected), false, Some(declared)) if outweighs(&sample, detected, &declared) => Some(detected.to_owned()),
        // Several languages share some scripts, but fewer than share none: a script outweighs a template's word.
        (_, _, declared) => by_script(&sample).or(declared),
    }
}

/// Whether of two languages, the one found and the one declared, a text is surely in the former.
fn outweighs(sample: &str, detected: &str, declared: &str) -> bool {
    let both = Lang::all().iter().filter(|lang| code(**lang).is_some_and(|tag| tag == detected || tag == declared));
    let both: Vec<Lang> = both.copied().collect();
    // Of one language alone the detector is always sure.
    if both.len() < 2 {
        return false;
    }
    let info = whatlang::Detector::with_allowlist(both).detect(sample);
    info.is_some_and(|info| info.is_reliable() && code(info.lang()) == Some(detected))
}

/// The language of everything on the page, where there is enough of it: a site's furniture is mostly in the language of
/// what it publishes, and so more telling than what a template declares.
fn around(page: &Page) -> Option<String> {
    const AROUND_BYTES_MIN: usize = 600;
    let text = Some(start_of(&page.text, SAMPLE_BYTES_MAX)).filter(|text| text.len() >= AROUND_BYTES_MIN)?;
    let info = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    code(info.lang()).map(str::to_owned)
}

/// The article's paragraphs; where they are short, its headings too. Lines that are no paragraphs are the template's,
/// and count only where there is nothing else.
fn sample(page: &Page) -> String {
    let gather = |wanted: &dyn Fn(&Kind) -> bool| {
        let mut sample = String::new();
        let blocks = page.blocks.iter().filter(|block| block.in_article && block.zone.is_article());
        for block in blocks.filter(|block| wanted(&block.kind)) {
            if sample.len() > SAMPLE_BYTES_MAX {
                break;
            }
            sample.push_str(start_of(page.block_text(block), SAMPLE_BYTES_MAX));
            sample.push('\n');
        }
        sample
    };
    let paragraphs = gather(&|kind| matches!(kind, Kind::Paragraph));
    if paragraphs.len() >= SAMPLE_BYTES_MIN {
        return paragraphs;
    }
    let mut prose = String::new();
    for block in prose_blocks(page) {
        if prose.len() > SAMPLE_BYTES_MAX {
            break;
        }
        prose.push_str(start_of(page.block_text(block), SAMPLE_BYTES_MAX));
        prose.push('\n');
    }
    if prose.len() >= SAMPLE_BYTES_MIN { prose } else { gather(&|kind| !matches!(kind, Kind::Caption)) }
}

/// Words by which a language in Latin letters that are not its own is known, by its tag.
static ROMANISED: LazyLock<Vec<(&'static str, HashSet<&'static str>)>> = LazyLock::new(|| {
    let lines = include_str!("../data/romanised.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(tag, words)| (tag, words.split('|').collect())).collect()
});

/// The tag of a language written in Latin letters instead of its own: whole sentences of it, not words that an
/// English or French text quotes.
fn romanised(sample: &str) -> Option<&'static str> {
    const WORDS_MIN: usize = 30;
    const PERCENT_MIN: usize = 22;
    let lowered = lower(sample);
    let words: Vec<&str> =
        lowered.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let counted = |known: &HashSet<&str>| words.iter().filter(|word| known.contains(*word)).count();
    let distinct =
        |known: &HashSet<&str>| words.iter().filter(|word| known.contains(*word)).collect::<HashSet<_>>().len();
    let best = ROMANISED.iter().map(|(tag, known)| (counted(known), distinct(known), *tag)).max()?;
    let (count, kinds, tag) = best;
    let enough = words.len() >= WORDS_MIN && count.saturating_mul(100) >= words.len().saturating_mul(PERCENT_MIN);
    // Romance languages share some of these words, but few of them.
    (enough && kinds >= 8 && !whatlang::detect(sample).is_some_and(|info| info.is_reliable())).then_some(tag)
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_', ',']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn by_script(sample: &str) -> Option<String> {
    let of =
        |range: std::ops::RangeInclusive<char>| sample.chars().filter(|character| range.contains(character)).count();
    let scripts =
        [("ja", of('\u{3040}'..='\u{30ff}')), ("ko", of('\u{ac00}'..='\u{d7af}')), ("hi", of('\u{0900}'..='\u{097f}'))];
    scripts.iter().find(|(_, count)| *count >= 5).map(|(tag, _)| (*tag).to_owned())
}

/// ISO 639-1 of the languages that reviews are written in.
fn code(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ita => "it",
        Lang::Tur => "tr",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Hin => "hi",
        Lang::Cmn => "zh",
        Lang::Nld => "nl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Hrv => "hr",
        Lang::Slv => "sl",
        Lang::Ell => "el",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Pes => "fa",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Mal => "ml",
        Lang::Kan => "kn",
        Lang::Mar => "mr",
        Lang::Guj => "gu",
        Lang::Pan => "pa",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Cat => "ca",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanised_languages_are_told_from_those_that_share_their_words() {
        let punjabi = "kal raat nu main eh film dekhi te mainu bahut wadia laggi. kahani ch kujh nawan nahi si par kise \
                       ne vi kamm maada nahi kita. gaane vi theek ne te hun main oh film hor ik wari dekhan jana hai.";
        assert_eq!(romanised(punjabi), Some("pa-Latn"));
        let spanish = "La película de la que todos hablan llega a los cines con la promesa de no decepcionar, y de hecho \
                       no decepciona: la historia de una mujer que vuelve al pueblo de su padre se cuenta con calma.";
        assert_eq!(romanised(spanish), None);
        let portuguese = "O filme da diretora volta ao tema da memória e da perda, e faz isso de um jeito que eu não \
                          esperava: com humor, com calma e com um elenco de rostos que a gente não esquece tão cedo.";
        assert_eq!(romanised(portuguese), None);
    }
}
