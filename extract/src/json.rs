//! The JSON that `marquee extract` prints.
//!
//! Only a shape: every value is taken from the extraction as it stands. Offsets are counted in Unicode scalar values.

use serde_json::{Map, Value, json};

use crate::extraction::{Evidence, Extraction, Field};
use crate::folding::key;

/// An extraction as JSON: `is_film_review`, `reason`, `film`, `review`, `captions`, and with `evidence` also `text` and the
/// chosen statements as `evidence[{path, source, start, end, quote}]`. What is absent is null or empty.
pub fn to_json(extraction: &Extraction, evidence: bool) -> Value {
    let mut object = Map::new();
    object.insert("url".to_owned(), json!(extraction.url));
    object.insert("canonical_url".to_owned(), json!(extraction.canonical_url));
    object.insert("is_film_review".to_owned(), json!(extraction.is_film_review));
    object.insert("reason".to_owned(), json!(extraction.reason));
    object.insert("film".to_owned(), json!(extraction.film));
    object.insert("review".to_owned(), json!(extraction.review));
    object.insert("captions".to_owned(), json!(extraction.captions));
    if evidence {
        object.insert("text".to_owned(), json!(extraction.text));
        object.insert("evidence".to_owned(), Value::Array(statements(extraction)));
    }
    Value::Object(object)
}

fn statements(extraction: &Extraction) -> Vec<Value> {
    let offsets = Offsets::of(&extraction.text);
    let mut values = Vec::new();
    for one in extraction.evidence.iter().filter(|one| one.chosen) {
        for path in paths(extraction, one) {
            let span = one.span.clone();
            let quote = span.clone().and_then(|span| extraction.text.get(span));
            values.push(json!({
                "path": path,
                "source": one.source,
                "start": span.as_ref().map(|span| offsets.scalar(span.start)),
                "end": span.as_ref().map(|span| offsets.scalar(span.end)),
                "quote": quote,
            }));
        }
    }
    values
}

/// Where a statement's value stands in the JSON. One of a caption's people may stand in several captions of one text.
fn paths(extraction: &Extraction, one: &Evidence) -> Vec<String> {
    let film = &extraction.film;
    let same = |a: &str, b: &str| key(a) == key(b);
    let listed = |name: &str, values: &[String]| -> Vec<String> {
        values
            .iter()
            .position(|value| same(value, &one.value))
            .map(|at| format!("film.{name}[{at}]"))
            .into_iter()
            .collect()
    };
    let member = |name: &str| film.cast.iter().position(|member| same(&member.name, name));
    match one.field {
        Field::Genre => listed("genres", &film.genres),
        Field::Director => listed("directors", &film.directors),
        Field::Writer => listed("writers", &film.writers),
        Field::Producer | Field::Cinematographer | Field::Editor | Field::Composer => film
            .credits
            .iter()
            .position(|credit| same(&credit.name, &one.value))
            .map(|at| format!("film.credits[{at}].name"))
            .into_iter()
            .collect(),
        Field::Cast => member(&one.value).map(|at| format!("film.cast[{at}].name")).into_iter().collect(),
        Field::Character => {
            one.subject.as_deref().and_then(member).map(|at| format!("film.cast[{at}].character")).into_iter().collect()
        }
        Field::Depiction => depicted(extraction, one),
        Field::ExternalId if one.subject.is_some() => film
            .person_ids
            .iter()
            .position(|id| Some(&id.name) == one.subject.as_ref() && one.value.ends_with(&format!(":{}", id.value)))
            .map(|at| format!("film.person_ids[{at}]"))
            .into_iter()
            .collect(),
        Field::ExternalId => {
            let value = one.value.split_once(':').map_or("", |(_, value)| value);
            film.external_ids
                .iter()
                .position(|id| id.value == value)
                .map(|at| format!("film.external_ids[{at}]"))
                .into_iter()
                .collect()
        }
        field => vec![single(field).to_owned()],
    }
}

fn depicted(extraction: &Extraction, one: &Evidence) -> Vec<String> {
    let mut paths = Vec::new();
    for (caption_at, caption) in extraction.captions.iter().enumerate().filter(|(_, caption)| caption.text == one.value)
    {
        let found = caption.people.iter().position(|person| Some(person.name.as_str()) == one.subject.as_deref());
        paths.extend(found.map(|at| format!("captions[{caption_at}].people[{at}].name")));
    }
    paths
}

fn single(field: Field) -> &'static str {
    match field {
        Field::Title => "film.title",
        Field::OriginalTitle => "film.original_title",
        Field::Year => "film.year",
        Field::ReleaseDate => "film.release_date",
        Field::Runtime => "film.runtime_minutes",
        Field::ContentRating => "film.content_rating",
        Field::Headline => "review.headline",
        Field::Dek => "review.dek",
        Field::Author => "review.author",
        Field::AuthorBio => "review.author_bio",
        Field::AuthorBioLink => "review.author_bio_link",
        Field::Outlet => "review.outlet",
        Field::Published => "review.published",
        Field::Language => "review.language",
        Field::Rating => "review.rating_original",
        Field::Genre | Field::Director | Field::Writer | Field::Producer | Field::Cinematographer | Field::Editor => {
            "film"
        }
        Field::Composer | Field::Cast | Field::Character | Field::Depiction | Field::ExternalId => "film",
    }
}

/// Byte offsets to scalar values, with a mark every so often so that no lookup walks the whole text.
struct Offsets<'a> {
    text: &'a str,
    marks: Vec<(usize, usize)>,
}

impl<'a> Offsets<'a> {
    fn of(text: &'a str) -> Self {
        const EVERY: usize = 256;
        let marks = text
            .char_indices()
            .enumerate()
            .filter(|(scalar, _)| scalar % EVERY == 0)
            .map(|(scalar, (byte, _))| (byte, scalar))
            .collect();
        Self { text, marks }
    }

    fn scalar(&self, byte: usize) -> usize {
        let at = self.marks.partition_point(|(mark, _)| *mark <= byte).saturating_sub(1);
        let (mark, scalar) = self.marks.get(at).copied().unwrap_or((0, 0));
        scalar.saturating_add(self.text.get(mark..byte).map_or(0, |between| between.chars().count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_scalar_values() {
        let text = "é“x” ".repeat(400);
        let offsets = Offsets::of(&text);
        for (scalar, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.scalar(byte), scalar);
        }
    }
}
