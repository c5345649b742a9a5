//! A page of several films is no film's review, and a review in parts is one, in every layout of entries and parts.

#[cfg(test)]
mod lists {
    use extract::{Extraction, Page, Reason, extract};

    /// How an entry's head and its text stand together; `{h}` and `{t}` are their places.
    const LAYOUTS: [(&str, &str); 19] = [
        ("second headings", "<h2>{h}</h2><p>{t}</p>"),
        ("third headings", "<h3>{h}</h3><p>{t}</p>"),
        ("fourth headings", "<h4>{h}</h4><p>{t}</p>"),
        ("linked headings and pictures", "<h2><a href=\"/f/x\">{h}</a></h2><img src=\"a.jpg\"><p>{t}</p>"),
        ("bold lines", "<p><b>{h}</b></p><p>{t}</p>"),
        ("bold words", "<p><strong>{h}</strong> {t}</p>"),
        ("bold words and a break", "<p><strong>{h}</strong><br>{t}</p>"),
        ("bold words and a colon", "<p><strong>{h}:</strong> {t}</p>"),
        ("slanted words and a colon", "<p><em>{h}</em>: {t}</p>"),
        ("slanted words and a dash", "<p><em>{h}</em> – {t}</p>"),
        ("items", "<ul><li><b>{h}</b> {t}</li></ul>"),
        ("items of paragraphs", "<ul><li><p>{h}</p><p>{t}</p></li></ul>"),
        ("a colon", "<p>{h}: {t}</p>"),
        ("lines", "<p>{h}</p><p>{t}</p>"),
        ("terms", "<dl><dt>{h}</dt><dd>{t}</dd></dl>"),
        ("rows", "<table><tr><td>{h}</td><td>{t}</td></tr></table>"),
        ("lines under rules", "<hr><p><u>{h}</u></p><p>{t}</p>"),
        ("boxes", "<div class=\"item\"><div class=\"name\">{h}</div><div class=\"txt\">{t}</div></div>"),
        ("breaks", "<b>{h}</b><br>{t}<br><br>"),
    ];

    const FILMS: [(&str, &str, &str, &str); 4] = [
        (
            "Glass Harbour",
            "2014",
            "Tom Berg",
            "A keeper of a lighthouse takes in a stranger. I loved its patience and its light, though the score is too loud. \
             The two leads are superb, and the last scene stayed with me for days.",
        ),
        (
            "The Tin King",
            "2011",
            "Ana Lund",
            "A salesman builds a throne out of scrap. It is a dull and overlong film, and the jokes fall flat. Even so I \
             liked the boy, who gives the only honest performance in it.",
        ),
        (
            "Orchard",
            "2012",
            "Sam Dale",
            "Two sisters inherit a farm. The script is thin but the photography is gorgeous, and the film has a warmth that I \
             did not expect. Worth seeing.",
        ),
        (
            "Night Ferry",
            "2009",
            "Mei Fong",
            "A thriller on a boat, with one good twist and a terrible ending. The acting is wooden, and the pacing is worse. I \
             would not watch it again.",
        ),
    ];

    /// What an entry's head says of its film; `{n}`, `{t}`, `{y}` and `{d}` are number, title, year and director.
    const HEADS: [&str; 9] = [
        "{t}",
        "{t} ({y})",
        "{n}. {t}",
        "{n}. {t} ({y})",
        "#{n} {t}",
        "{t} (dir. {d}, {y})",
        "{t} – {n}/5",
        "“{t}”",
        "{t} by {d}",
    ];

    const HEADLINES: [&str; 7] = [
        "What I watched in March",
        "Weekend viewing",
        "Film diary",
        "Recently watched",
        "Notes from the dark",
        "Six from the sea",
        "Off to the pictures",
    ];

    /// What a critic heads the parts of one review with.
    const PARTS: [[&str; 4]; 9] = [
        ["Plot", "Acting", "Direction", "Verdict"],
        ["The Story", "The Cast", "The Music", "Final Thoughts"],
        ["The good", "The bad", "The ugly", "Overall"],
        ["1. A slow start", "2. The storm", "3. What remains", "4. The way home"],
        ["What works", "What doesn’t", "Should you see it?", "Score"],
        ["Synopsis", "Review", "Conclusion", "Trivia"],
        ["Part One", "Part Two", "Part Three", "Part Four"],
        ["Waiting", "Water", "Light", "Home"],
        ["Story: 4/5", "Acting: 3/5", "Music: 2/5", "Overall: 4/5"],
    ];

    const TOLD: [&str; 4] = [
        "A keeper of a lighthouse takes in a stranger in Glass Harbour. I loved its patience and its light, though the score \
         is too loud.",
        "The two leads are superb, and the last scene stayed with me for days. The camera hardly moves, and never needs to.",
        "It is a film about waiting, and it makes you wait; that is its strength and its fault. The script is thin in the \
         middle.",
        "See it on a big screen if you can, and then talk about it on the way home, as we did. It is a small film, and a \
         fine one.",
    ];

    fn read(headline: &str, opening: &str, parts: &str) -> Extraction {
        let page = format!(
            "<!doctype html><html lang=\"en\"><head><title>{headline} | The Lantern</title></head><body><h1>{headline}</h1>\
             <article><p>{opening}</p>{parts}</article></body></html>"
        );
        extract(Page {
            url: "https://thelantern.example/2015/post-17.html",
            content_type: None,
            bytes: page.as_bytes(),
        })
    }

    #[test]
    fn several_films_are_told_from_one_however_they_are_set() {
        let opening =
            "It has rained all week, so I stayed in and watched more than I should have. Here is what I made of it.";
        let mut missed = Vec::new();
        for (at, (name, layout)) in LAYOUTS.iter().enumerate() {
            for (kind, head) in HEADS.iter().enumerate() {
                for count in [3, 4] {
                    let headline = HEADLINES[(at + kind) % HEADLINES.len()];
                    let parts: String = FILMS[..count].iter().zip(1..).fold(String::new(), |parts, (film, number)| {
                        let (title, year, director, text) = film;
                        let head = head
                            .replace("{n}", &number.to_string())
                            .replace("{t}", title)
                            .replace("{y}", year)
                            .replace("{d}", director);
                        parts + &layout.replace("{h}", &head).replace("{t}", text)
                    });
                    let read = read(headline, opening, &parts);
                    if read.is_film_review {
                        missed.push(format!("{name}, {head}, {count}, {headline}: {:?}", read.film.title));
                    }
                }
            }
        }
        assert!(missed.is_empty(), "{} pages:\n{}", missed.len(), missed.join("\n"));
    }

    #[test]
    fn a_review_in_parts_is_one_however_they_are_set() {
        let opening = "Glass Harbour is a film by Tom Berg, and I saw it twice.";
        let mut missed = Vec::new();
        for (name, layout) in LAYOUTS {
            for heads in PARTS {
                for headline in ["Glass Harbour", "Review: Glass Harbour", "‘Glass Harbour’: a cold sea"] {
                    let parts = heads.iter().zip(TOLD).fold(String::new(), |parts, (head, text)| {
                        parts + &layout.replace("{h}", head).replace("{t}", text)
                    });
                    let read = read(headline, opening, &parts);
                    let reason: Option<Reason> = read.reason;
                    if reason.is_some() || read.film.title.as_deref() != Some("Glass Harbour") {
                        missed.push(format!("{name}, {heads:?}, {headline}: {reason:?}, {:?}", read.film.title));
                    }
                }
            }
        }
        assert!(missed.is_empty(), "{} pages:\n{}", missed.len(), missed.join("\n"));
    }
}
