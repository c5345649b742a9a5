//! Every folder under `tests/fixtures` is an invented page and what it must yield.
//!
//! `expected.json` holds the parts that matter: each value in it must be equal in the output; objects are compared key
//! by key, lists in full. `body_starts`, `body_ends`, `body_lacks` speak of the review's body, `lacks` of the whole output.

#[cfg(test)]
mod fixtures {
    use std::path::{Path, PathBuf};

    use extract::{Page, extract, to_json};
    use serde_json::Value;

    fn folders() -> Vec<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let mut folders: Vec<PathBuf> =
            std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    }

    fn read(folder: &Path) -> (Vec<u8>, Value) {
        let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
        (std::fs::read(folder.join("page.html")).unwrap(), serde_json::from_str(&expected).unwrap())
    }

    fn compare(path: &str, expected: &Value, got: &Value, faults: &mut Vec<String>) {
        match (expected, got) {
            (Value::Object(wanted), _) => {
                for (key, value) in wanted {
                    compare(&format!("{path}.{key}"), value, got.get(key).unwrap_or(&Value::Null), faults);
                }
            }
            (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
                for (at, (value, other)) in wanted.iter().zip(found).enumerate() {
                    compare(&format!("{path}[{at}]"), value, other, faults);
                }
            }
            (Value::Number(wanted), Value::Number(found)) if wanted.as_f64() == found.as_f64() => {}
            _ if expected == got => {}
            _ => faults.push(format!("{path}: expected {expected}, got {got}")),
        }
    }

    fn strings<'a>(expected: &'a Value, name: &str) -> Vec<&'a str> {
        expected.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn faults(folder: &Path) -> Vec<String> {
        let (page, mut expected) = read(folder);
        let url = expected.get("url").and_then(Value::as_str).unwrap_or("https://example.org/review").to_owned();
        let extraction = extract(Page { bytes: &page, content_type: None, url: &url });
        let got = to_json(&extraction, true);
        let mut faults = Vec::new();
        let body = got.pointer("/review/body").and_then(Value::as_str).unwrap_or_default();
        if let Some(start) = expected.get("body_starts").and_then(Value::as_str)
            && !body.starts_with(start)
        {
            faults.push(format!("body starts {:?}", body.chars().take(90).collect::<String>()));
        }
        if let Some(end) = expected.get("body_ends").and_then(Value::as_str)
            && !body.ends_with(end)
        {
            faults.push(format!(
                "body ends {:?}",
                body.chars().rev().take(90).collect::<Vec<_>>().iter().rev().collect::<String>()
            ));
        }
        faults.extend(
            strings(&expected, "body_lacks")
                .iter()
                .filter(|word| body.contains(**word))
                .map(|word| format!("body has {word:?}")),
        );
        let facts = format!("{}{}{}", got["film"], got["captions"], got["review"]["author"]);
        faults.extend(
            strings(&expected, "lacks")
                .iter()
                .filter(|word| facts.contains(**word))
                .map(|word| format!("facts have {word:?}")),
        );
        if let Some(object) = expected.as_object_mut() {
            object.retain(|key, _| {
                matches!(key.as_str(), "is_film_review" | "reason" | "film" | "review" | "captions" | "canonical_url")
            });
        }
        compare("", &expected, &got, &mut faults);
        faults
    }

    #[test]
    fn every_fixture_yields_what_it_must() {
        let folders = folders();
        assert!(!folders.is_empty(), "there are fixtures");
        let mut report = String::new();
        for folder in &folders {
            for fault in faults(folder) {
                report.push_str(&format!("{}: {fault}\n", folder.file_name().unwrap().to_string_lossy()));
            }
        }
        assert!(report.is_empty(), "\n{report}");
    }

    #[test]
    fn what_loses_stays_in_the_evidence() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/news_article_with_credit_box");
        let (page, _) = read(&folder);
        let extraction = extract(Page { bytes: &page, content_type: None, url: "https://example.org/x" });
        let slip = extraction.evidence.iter().find(|one| one.value == "Capt. Yoon").unwrap();
        assert_eq!(
            (slip.field, slip.subject.as_deref(), slip.chosen),
            (extract::Field::Character, Some("Seo Dae-jin"), false)
        );
        assert!(slip.span.is_some());
    }

    #[test]
    fn every_quote_is_the_text_at_its_span() {
        for folder in folders() {
            let (page, _) = read(&folder);
            let extraction = extract(Page { bytes: &page, content_type: None, url: "https://example.org/x" });
            for one in extraction.evidence.iter().filter_map(|one| one.span.clone()) {
                let quote = extraction.text.get(one.clone());
                assert!(quote.is_some_and(|quote| !quote.is_empty()), "{} {one:?}", folder.display());
            }
            let json = to_json(&extraction, true);
            let text: Vec<char> = json["text"].as_str().unwrap().chars().collect();
            for one in json["evidence"].as_array().unwrap().iter().filter(|one| !one["start"].is_null()) {
                let (start, end) = (one["start"].as_u64().unwrap() as usize, one["end"].as_u64().unwrap() as usize);
                assert_eq!(
                    text[start..end].iter().collect::<String>(),
                    one["quote"].as_str().unwrap(),
                    "{}",
                    one["path"]
                );
            }
        }
    }

    /// Values that fixtures must hold of each field: every one of them is right, so that the count is the floor.
    const FLOORS: [(&str, usize); 26] = [
        ("is_film_review", 511),
        ("reason", 82),
        ("film.title", 383),
        ("film.original_title", 14),
        ("film.year", 135),
        ("film.runtime_minutes", 177),
        ("film.content_rating", 64),
        ("film.genres", 127),
        ("film.release_date", 43),
        ("film.directors", 285),
        ("film.writers", 144),
        ("film.cast", 160),
        ("film.credits", 19),
        ("film.external_ids", 5),
        ("review.headline", 213),
        ("review.dek", 9),
        ("review.author", 231),
        ("review.author_bio_link", 1),
        ("review.outlet", 223),
        ("review.published", 237),
        ("review.language", 249),
        ("review.rating_value", 191),
        ("review.rating_best", 169),
        ("review.score_100", 12),
        ("review.rating_scale", 15),
        ("captions", 21),
    ];

    #[test]
    fn no_field_is_held_by_fewer_fixtures_than_before() {
        let all: Vec<Value> = folders().iter().map(|folder| read(folder).1).collect();
        for (path, floor) in FLOORS {
            let pointer = format!("/{}", path.replace('.', "/"));
            let held =
                all.iter().filter_map(|expected| expected.pointer(&pointer)).filter(|value| !value.is_null()).count();
            assert!(held >= floor, "{path}: {held} fixtures, {floor} wanted");
        }
        assert!(all.len() >= 524);
    }
}
