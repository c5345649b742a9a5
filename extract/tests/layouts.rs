//! Pages say the same however they lay it out: credits, casts, ratings and boards of scores, every layout with every way to write a value.

#[cfg(test)]
mod layouts {
    use extract::{Extraction, Page, extract};

    /// How a label and its value stand together; `{l}` and `{v}` are their places.
    const ROWS: [(&str, &str, &str, &str); 24] = [
        ("cells", "<table>", "<tr><td>{l}:</td><td>{v}</td></tr>", "</table>"),
        ("bare cells", "<table>", "<tr><td>{l}</td><td>{v}</td></tr>", "</table>"),
        ("header cells", "<table>", "<tr><th>{l}</th><td>{v}</td></tr>", "</table>"),
        ("bold cells", "<table>", "<tr><td><b>{l}</b></td><td>{v}</td></tr>", "</table>"),
        ("cells of both", "<table>", "<tr><td><b>{l}:</b> {v}</td></tr>", "</table>"),
        (
            "cells with a gap",
            "<table>",
            "<tr><td align=right><i>{l}:</i></td><td>&nbsp;</td><td>{v}</td></tr>",
            "</table>",
        ),
        ("terms", "<dl>", "<dt>{l}</dt><dd>{v}</dd>", "</dl>"),
        ("terms with colons", "<dl>", "<dt>{l}:</dt><dd>{v}</dd>", "</dl>"),
        ("bold items", "<ul>", "<li><strong>{l}:</strong> {v}</li>", "</ul>"),
        ("bold items, colon outside", "<ul>", "<li><strong>{l}</strong>: {v}</li>", "</ul>"),
        ("plain items", "<ul>", "<li>{l}: {v}</li>", "</ul>"),
        (
            "items of spans",
            "<ul>",
            "<li><span class=\"label\">{l}</span> <span class=\"value\">{v}</span></li>",
            "</ul>",
        ),
        ("items side by side", "<ul>", "<li><b>{l}</b><span>{v}</span></li>", "</ul>"),
        ("lines", "<p>", "{l}: {v}<br>", "</p>"),
        ("bold lines", "<p>", "<b>{l}:</b> {v}<br>", "</p>"),
        ("paragraphs", "", "<p><b>{l}:</b> {v}</p>", ""),
        ("slanted paragraphs", "", "<p><em>{l}:</em> {v}</p>", ""),
        ("label over value", "<p>", "<b>{l}</b><br>{v}<br>", "</p>"),
        ("paragraph over paragraph", "", "<p>{l}:</p><p>{v}</p>", ""),
        ("heading over paragraph", "", "<h4>{l}</h4><p>{v}</p>", ""),
        ("boxes", "", "<div class=\"row\"><div class=\"k\">{l}</div><div class=\"v\">{v}</div></div>", ""),
        ("spans in boxes", "", "<div class=\"row\"><span class=\"k\">{l}</span><span class=\"v\">{v}</span></div>", ""),
        ("bold in boxes", "", "<div><b>{l}</b> {v}</div>", ""),
        ("quote", "<blockquote><p>", "<strong>{l}:</strong> {v}<br>", "</p></blockquote>"),
    ];

    /// How the entries of a value are written: what each stands in, and what parts them.
    const LISTS: [(&str, &str, &str); 9] = [
        ("commas", "{e}", ", "),
        ("lines", "{e}", "<br>"),
        ("paragraphs", "<p>{e}</p>", ""),
        ("boxes", "<div>{e}</div>", ""),
        ("linked lines", "<a href=\"/person\">{e}</a>", "<br>"),
        ("links and commas", "<a href=\"/person\">{e}</a>", ", "),
        ("links alone", "<a href=\"/person\">{e}</a>", " "),
        ("slashes", "{e}", " / "),
        ("bullets", "{e}", " • "),
    ];

    const CREDITS: [(&str, &[&str]); 5] = [
        ("Director", &["Tom Aldous Berg", "Ana Lund"]),
        ("Writers", &["Ida Holm", "Sam Dale"]),
        ("Cast", &["Betty Ko", "Paul Tsang", "Mei Fong"]),
        ("Running time", &["88 minutes"]),
        ("Genre", &["Drama", "Comedy"]),
    ];

    /// How an actor and a part stand together; `{a}` and `{c}` are their places.
    const PAIRS: [(&str, &str); 14] = [
        ("as", "{a} as {c}"),
        ("brackets", "{a} ({c})"),
        ("dots", "{a} ..... {c}"),
        ("a dash", "{a} – {c}"),
        ("a hyphen", "{a} - {c}"),
        ("a slash", "{a} / {c}"),
        ("part first, a colon", "{c}: {a}"),
        ("part first, a dash", "{c} – {a}"),
        ("part first, brackets", "{c} ({a})"),
        ("a bold name", "<b>{a}</b> {c}"),
        ("a linked name and as", "<a href=\"/person\">{a}</a> as <i>{c}</i>"),
        ("slanted line below", "{a}<br><i>{c}</i>"),
        ("spans", "<span class=\"n\">{a}</span><span class=\"c\">{c}</span>"),
        ("boxes", "<div class=\"n\">{a}</div><div class=\"c\">{c}</div>"),
    ];

    /// Where a cast's lines stand.
    const CASTS: [(&str, &str, &str, &str); 6] = [
        ("items under a heading", "<h3>Cast</h3><ul>", "<li>{p}</li>", "</ul>"),
        ("items under a line", "<p><b>Cast:</b></p><ul>", "<li>{p}</li>", "</ul>"),
        ("paragraphs under a heading", "<h3>Cast</h3>", "<p>{p}</p>", ""),
        ("boxes under a heading", "<h3>Cast</h3><div>", "<div class=\"m\">{p}</div>", "</div>"),
        (
            "cards",
            "<h2>Cast</h2><div class=\"grid\">",
            "<div class=\"card\"><img src=\"/x.jpg\" alt=\"\">{p}</div>",
            "</div>",
        ),
        ("definitions", "<dl><dt>Director</dt><dd>Tom Berg</dd><dt>Cast</dt>", "<dd>{p}</dd>", "</dl>"),
    ];

    const ACTORS: [(&str, &str); 4] =
        [("Betty Ko", "Ilse Roth"), ("Paul Tsang", "Dr. Moon"), ("Mei Fong", "Otto"), ("Sam Dale", "The Abbot")];

    /// How four stars of five are drawn.
    const STARS: [(&str, &str); 12] = [
        ("signs", "★★★★☆"),
        ("figures", "4/5"),
        ("words", "Four stars out of five"),
        ("a picture", "<img src=\"/s.gif\" alt=\"4 out of 5 stars\">"),
        (
            "pictures",
            "<img src=star.png><img src=star.png><img src=star.png><img src=star.png><img src=star-empty.png>",
        ),
        (
            "a font's signs",
            "<i class=\"fa fa-star\"></i><i class=\"fa fa-star\"></i><i class=\"fa fa-star\"></i><i class=\"fa fa-star\"></i><i class=\"fa fa-star-o\"></i>",
        ),
        (
            "filled signs",
            "<i class=\"bi bi-star-fill\"></i><i class=\"bi bi-star-fill\"></i><i class=\"bi bi-star-fill\"></i><i class=\"bi bi-star-fill\"></i><i class=\"bi bi-star\"></i>",
        ),
        (
            "a font's words",
            "<i class=\"material-icons\">star</i><i class=\"material-icons\">star</i><i class=\"material-icons\">star</i><i class=\"material-icons\">star</i><i class=\"material-icons\">star_border</i>",
        ),
        (
            "drawings",
            "<svg class=\"star full\"></svg><svg class=\"star full\"></svg><svg class=\"star full\"></svg><svg class=\"star full\"></svg><svg class=\"star empty\"></svg>",
        ),
        ("a width", "<div class=\"star-rating\"><span style=\"width:80%\"></span></div>"),
        ("an attribute", "<span data-rating=\"4\" data-max=\"5\"></span>"),
        ("properties", "<span itemprop=\"ratingValue\">4</span>/<span itemprop=\"bestRating\">5</span>"),
    ];

    /// Where a rating stands.
    const PLACES: [(&str, &str); 8] = [
        ("a line", "<p>Rating: {v}</p>"),
        ("behind bold words", "<p><b>Rating:</b> {v}</p>"),
        ("a heading", "<h3>Score: {v}</h3>"),
        ("under a heading", "<h3>Verdict</h3><p>{v}</p>"),
        ("a row", "<table><tr><td>Our rating</td><td>{v}</td></tr></table>"),
        ("terms", "<dl><dt>Rating</dt><dd>{v}</dd></dl>"),
        (
            "the end of credits",
            "<p><b>Director:</b> Tom Berg<br><b>Running time:</b> 98 minutes<br><b>Rating:</b> {v}</p>",
        ),
        ("an item", "<ul><li>My rating: {v}</li></ul>"),
    ];

    /// How the sides of a film are scored one under the other; `{l}` and `{v}` are the places of the side and its score.
    const BOARDS: [(&str, &str, &str, &str); 10] = [
        ("rows", "<table>", "<tr><td>{l}</td><td>{v}</td></tr>", "</table>"),
        ("items", "<ul>", "<li>{l}: {v}</li>", "</ul>"),
        ("bold items", "<ul>", "<li><b>{l}:</b> {v}</li>", "</ul>"),
        ("paragraphs", "", "<p>{l}: {v}</p>", ""),
        ("lines", "<p>", "{l}: {v}<br>", "</p>"),
        ("dashes", "<p>", "{l} – {v}<br>", "</p>"),
        ("boxes", "", "<div class=\"item\"><div>{l}</div><div>{v}</div></div>", ""),
        ("boxes, the score first", "", "<div class=\"box\"><div class=\"score\">{v}</div><div>{l}</div></div>", ""),
        ("terms", "<dl>", "<dt>{l}</dt><dd>{v}</dd>", "</dl>"),
        ("spans", "", "<div><span>{l}</span><span>{v}</span></div>", ""),
    ];

    /// What the score of the film as a whole is called among those of its sides.
    const WHOLES: [&str; 8] =
        ["Overall", "Overall score", "Total", "Final score", "Verdict", "Final verdict", "Score", "Final rating"];

    const TEXT: &str = "<p>Glass Harbour is a film that I loved and would see again; a movie of quiet strength and beauty, the \
                        plot aside. The performances are superb and the direction is assured; this is a movie to see on a big \
                        screen, and then to talk about on the way home.</p>";

    fn read(row: &(&str, &str, &str, &str), list: &(&str, &str, &str)) -> Extraction {
        let (_, opening, line, closing) = row;
        let (_, entry, gap) = list;
        let value =
            |entries: &[&str]| entries.iter().map(|one| entry.replace("{e}", one)).collect::<Vec<_>>().join(gap);
        let lines = CREDITS.iter().map(|(label, entries)| line.replace("{l}", label).replace("{v}", &value(entries)));
        let block: String = lines.collect();
        page(&format!("{opening}{block}{closing}"))
    }

    /// A review with a block over its text.
    fn page(block: &str) -> Extraction {
        let html = format!(
            "<html lang=en><title>Glass Harbour review</title><h1>Review: Glass Harbour</h1><article>{block}{TEXT}</article>"
        );
        extract(Page { bytes: html.as_bytes(), content_type: None, url: "https://lantern.example/glass-harbour" })
    }

    #[test]
    fn credits_are_read_in_every_layout() {
        let mut missed = Vec::new();
        for row in &ROWS {
            for list in &LISTS {
                let film = read(row, list).film;
                let cast: Vec<&str> = film.cast.iter().map(|one| one.name.as_str()).collect();
                let read = (film.directors, film.writers, cast, film.runtime_minutes, film.genres);
                let told = |at: usize| CREDITS.get(at).map(|(_, entries)| entries.to_vec()).unwrap_or_default();
                let is_whole = read.0 == told(0)
                    && read.1 == told(1)
                    && read.2 == told(2)
                    && read.3 == Some(88)
                    && read.4 == told(4);
                if !is_whole {
                    missed.push(format!("{} with {}: {read:?}", row.0, list.0));
                }
            }
        }
        assert!(missed.is_empty(), "{}", missed.join("\n"));
    }

    #[test]
    fn casts_are_read_in_every_layout() {
        let mut missed = Vec::new();
        for (place, opening, line, closing) in &CASTS {
            for (sign, pair) in &PAIRS {
                let lines = ACTORS
                    .iter()
                    .map(|(actor, part)| line.replace("{p}", pair).replace("{a}", actor).replace("{c}", part));
                let cast = page(&format!("{opening}{}{closing}", lines.collect::<String>())).film.cast;
                let read: Vec<(&str, &str)> =
                    cast.iter().map(|one| (one.name.as_str(), one.character.as_deref().unwrap_or_default())).collect();
                if read != ACTORS {
                    missed.push(format!("{place} with {sign}: {read:?}"));
                }
            }
        }
        assert!(missed.is_empty(), "{}", missed.join("\n"));
    }

    #[test]
    fn ratings_are_read_however_they_are_drawn() {
        let mut missed = Vec::new();
        for (place, around) in &PLACES {
            for (drawn, value) in &STARS {
                let rating = page(&around.replace("{v}", value)).review.rating;
                if rating.value != Some(4.0) || rating.best != Some(5.0) {
                    missed.push(format!("{place} with {drawn}: {:?} of {:?}", rating.value, rating.best));
                }
            }
        }
        assert!(missed.is_empty(), "{}", missed.join("\n"));
    }
    #[test]
    fn of_a_board_of_scores_the_whole_film_s_is_the_rating() {
        let mut missed = Vec::new();
        for (name, opening, line, closing) in &BOARDS {
            for whole in WHOLES {
                for (best, scale) in [("/10", Some(10.0)), ("", None)] {
                    for is_last in [true, false] {
                        let sides = [("Story", "6"), ("Acting", "8"), ("Music", "7"), ("Visuals", "9")];
                        let mut scores = sides.to_vec();
                        scores.insert(if is_last { scores.len() } else { 0 }, (whole, "7.5"));
                        let lines = scores
                            .iter()
                            .map(|(label, value)| line.replace("{l}", label).replace("{v}", &format!("{value}{best}")));
                        let rating = page(&format!("{opening}{}{closing}", lines.collect::<String>())).review.rating;
                        if rating.value != Some(7.5) || rating.best != scale {
                            missed.push(format!("{name}, {whole}, {best:?}, {is_last}: {:?}", rating.as_printed));
                        }
                    }
                }
            }
        }
        assert!(missed.is_empty(), "{}", missed.join("\n"));
    }
}
