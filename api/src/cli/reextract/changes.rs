//! What two extractions of one page say differently, fact by fact. Pure.

use std::collections::{BTreeMap, BTreeSet};

use extract::{Extraction, Field};
use serde::Serialize;

/// Stands for a value that is not there.
const NOTHING: &str = "–";

/// What a fact is called, whom it is about, and its values.
type Facts = BTreeMap<(String, Option<String>), BTreeSet<String>>;

/// A line for each fact that changes: its field, whom it is about, the old value and the new one.
pub(super) fn changes(before: &Extraction, now: &Extraction) -> Vec<String> {
    let (before, now) = (facts(before), facts(now));
    let keys: BTreeSet<_> = before.keys().chain(now.keys()).collect();
    let mut lines = Vec::new();
    for key in keys {
        let nothing = BTreeSet::new();
        let (old, new) = (before.get(key).unwrap_or(&nothing), now.get(key).unwrap_or(&nothing));
        let removed: Vec<&String> = old.difference(new).collect();
        let added: Vec<&String> = new.difference(old).collect();
        let (field, subject) = key;
        let subject = subject.as_ref().map(|subject| format!(" of {subject}")).unwrap_or_default();
        let mut tell = |old: &str, new: &str| lines.push(format!("{field}{subject}: {old} → {new}"));
        if let ([old], [new]) = (removed.as_slice(), added.as_slice()) {
            tell(old, new);
            continue;
        }
        removed.iter().for_each(|old| tell(old, NOTHING));
        added.iter().for_each(|new| tell(NOTHING, new));
    }
    lines
}

/// Everything that the graph takes from an extraction.
fn facts(extraction: &Extraction) -> Facts {
    let mut facts = Facts::new();
    let mut say = |field: &str, subject: Option<&str>, value: String| {
        facts.entry((field.to_owned(), subject.map(str::to_owned))).or_default().insert(value);
    };
    let verdict = extraction.reason.map_or_else(|| "REVIEW".to_owned(), name_of);
    say("VERDICT", None, verdict);
    if extraction.reason.is_some() {
        return facts;
    }
    for evidence in extraction.evidence.iter().filter(|evidence| evidence.chosen) {
        say(&name_of(evidence.field), evidence.subject.as_deref(), quoted(&evidence.value));
    }
    if let Some(url) = &extraction.canonical_url {
        say("CANONICAL_URL", None, quoted(url));
    }
    if let Some(score) = extraction.review.rating.score {
        say("SCORE", None, score.to_string());
    }
    if let Some(body) = &extraction.review.body {
        say("BODY", None, format!("{} characters", body.chars().count()));
    }
    for caption in &extraction.captions {
        say("CAPTION", caption.image_url.as_deref(), quoted(&caption.text));
        if let Some(credit) = &caption.credit {
            say("CAPTION_CREDIT", caption.image_url.as_deref(), quoted(credit));
        }
    }
    // What the page says of itself may stand in the extraction without evidence of its own.
    let review = &extraction.review;
    for (field, value) in [
        (Field::Headline, &review.headline),
        (Field::Dek, &review.dek),
        (Field::Author, &review.author),
        (Field::AuthorBio, &review.author_bio),
        (Field::AuthorBioLink, &review.author_bio_link),
        (Field::Outlet, &review.outlet),
        (Field::Published, &review.published),
        (Field::Language, &review.language),
        (Field::Rating, &review.rating.as_printed),
    ] {
        if let Some(value) = value {
            say(&name_of(field), None, quoted(value));
        }
    }
    facts
}

fn quoted(value: &str) -> String {
    format!("“{}”", value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What serde writes: SCREAMING_SNAKE_CASE.
fn name_of(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use extract::{Evidence, Reason, Source};

    fn said(statements: &[(Field, Option<&str>, &str)]) -> Extraction {
        let evidence = statements.iter().map(|(field, subject, value)| Evidence {
            field: *field,
            subject: subject.map(str::to_owned),
            value: (*value).to_owned(),
            source: Source::Prose,
            span: None,
            chosen: true,
        });
        Extraction { is_film_review: true, evidence: evidence.collect(), ..Extraction::default() }
    }

    #[test]
    fn a_value_that_changed_is_told_with_the_one_before() {
        let before = said(&[(Field::Year, None, "2019"), (Field::Character, Some("Ada Lund"), "Ruth")]);
        let now = said(&[(Field::Year, None, "2020"), (Field::Character, Some("Ada Lund"), "Capt. Ruth Hale")]);
        let expected = ["CHARACTER of Ada Lund: “Ruth” → “Capt. Ruth Hale”", "YEAR: “2019” → “2020”"];
        assert_eq!(changes(&before, &now), expected);
    }

    #[test]
    fn members_of_a_list_come_and_go_by_themselves() {
        let before = said(&[(Field::Genre, None, "Drama"), (Field::Genre, None, "Noir")]);
        let now = said(&[(Field::Genre, None, "Drama"), (Field::Genre, None, "Crime"), (Field::Genre, None, "Heist")]);
        assert_eq!(changes(&before, &now), ["GENRE: “Noir” → –", "GENRE: – → “Crime”", "GENRE: – → “Heist”"]);
    }

    #[test]
    fn what_says_the_same_changes_nothing() {
        let page = said(&[(Field::Title, None, "Low Water")]);
        assert_eq!(changes(&page, &page), Vec::<String>::new());
    }

    #[test]
    fn a_page_that_becomes_a_review_is_told_with_everything_that_it_adds() {
        let before = Extraction { reason: Some(Reason::NoFilm), ..Extraction::default() };
        let now = said(&[(Field::Title, None, "Low Water")]);
        assert_eq!(changes(&before, &now), ["TITLE: – → “Low Water”", "VERDICT: NO_FILM → REVIEW"]);
    }
}
