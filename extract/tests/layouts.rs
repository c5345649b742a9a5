//! Credits say the same however a page lays them out: every layout of labels with every way to write a list.

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
        let html = format!(
            "<html lang=en><title>Glass Harbour review</title><h1>Review: Glass Harbour</h1><article>{opening}{block}{closing}{TEXT}</article>"
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
}
