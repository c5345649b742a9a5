//! Which language a page's text is in.
//!
//! The text itself decides where there is enough of it: templates declare their own language, not the article's.

use whatlang::Lang;

use crate::page::Page;
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
    let mut sample = String::new();
    for block in prose_blocks(page) {
        if sample.len() > SAMPLE_BYTES_MAX {
            break;
        }
        sample.push_str(page.block_text(block));
        sample.push('\n');
    }
    if sample.len() < SAMPLE_BYTES_MIN {
        // Short texts of scripts with one language each speak for themselves.
        let detected = whatlang::detect(&sample).filter(|info| info.confidence() >= SHORT_CONFIDENCE_MIN);
        return by_script(&sample)
            .or_else(|| detected.and_then(|info| code(info.lang())).map(str::to_owned))
            .or(declared);
    }
    let info = whatlang::detect(&sample);
    let detected = info.as_ref().and_then(|info| code(info.lang()));
    match (detected, info.is_some_and(|info| info.is_reliable()), declared) {
        (Some(detected), true, _) | (Some(detected), false, None) => Some(detected.to_owned()),
        // Several languages share some scripts, but fewer than share none: a script outweighs a template's word.
        (_, _, declared) => by_script(&sample).or(declared),
    }
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
