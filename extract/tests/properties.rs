//! What holds of every page, however it is put together.

#[cfg(test)]
mod properties {
    use extract::{Field, Page, extract};
    use proptest::prelude::*;

    const PIECES: [&str; 30] = [
        "<p>",
        "</p>",
        "<h1>",
        "</h1>",
        "<b>",
        "</b>",
        "<br>",
        "<figure><img src=/x.jpg><figcaption>",
        "</figcaption></figure>",
        "<table><tr><td>",
        "</table>",
        "<em>",
        "</em>",
        "Director: ",
        "Starring: ",
        "Ada Berg",
        "Jo\u{ad}nas Lund",
        " (Ida Holt, L) ",
        " plays ",
        "Sgt. Moon",
        "“Ash”",
        "監督：山田花子",
        " ★★★½☆ ",
        "Rating: 4/5",
        "1h 34m | Drama | 2020",
        "Rated: PG-13",
        " ",
        "ção é",
        "By Nora Quill",
        "July 5, 2024",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_span_is_text_and_every_chosen_person_stands_in_the_film(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..60),
        ) {
            let html = pieces.concat();
            let extraction = extract(Page { bytes: html.as_bytes(), content_type: None, url: "https://example.org/x" });
            for one in &extraction.evidence {
                if let Some(span) = one.span.clone() {
                    prop_assert!(extraction.text.get(span).is_some_and(|quote| !quote.is_empty()));
                }
                if one.chosen && one.field == Field::Cast {
                    prop_assert!(!extraction.film.cast.is_empty());
                }
            }
            prop_assert_eq!(extraction.is_film_review, extraction.reason.is_none());
            let again = extract(Page { bytes: html.as_bytes(), content_type: None, url: "https://example.org/x" });
            prop_assert_eq!(extraction, again);
        }
    }
}
