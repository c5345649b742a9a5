//! What a page says of other films is none of what it says of its own: cards of other reviews, wherever they stand.

#[cfg(test)]
mod furniture {
    use extract::{Extraction, Page, extract};

    const PARAGRAPHS: [&str; 3] = [
        "Glass Harbour is a film that I loved and that I would see again; a movie of quiet strength and beauty, the plot \
         aside. The performances are all superb and the direction is assured.",
        "The story is slow to begin with, and there is a subplot about a lost dog which the script does not need. Even so \
         the second half pays for all of it, and I was moved more than once.",
        "It is a pity that the score is so loud. But see it on a big screen if you can, and then talk about it on the way \
         home, as we did.",
    ];

    const CREDITS: &str = "<p><b>Director:</b> Tom Berg<br><b>Cast:</b> Betty Ko, Paul Tsang<br><b>Running time:</b> 98 \
                           minutes<br><b>Genre:</b> Drama<br><b>Year:</b> 2014</p>";
    const RATING: &str = "<p>Rating: 3/5</p>";

    /// Title, year, director, cast, length, genre, stars of five, and a line of each of the other films.
    const OTHERS: [[&str; 8]; 3] = [
        [
            "The Tin King",
            "2011",
            "Ana Lund",
            "Mia Holm, Otto Krane",
            "121",
            "Comedy",
            "4",
            "A salesman builds a throne out of scrap.",
        ],
        [
            "Night Ferry",
            "2009",
            "Mei Fong",
            "Ida Dale, Per Stone",
            "87",
            "Thriller",
            "2",
            "A thriller on a boat, with one good twist.",
        ],
        ["Orchard", "2012", "Sam Dale", "Ines Roth, Karl Moon", "105", "Romance", "5", "Two sisters inherit a farm."],
    ];

    /// What a card says of its film; `{t}`, `{y}`, `{d}`, `{c}`, `{m}`, `{g}`, `{s}` and `{l}` are what is told of it.
    const CARDS: [(&str, &str); 9] = [
        ("its title", "<div class=\"c\"><a href=\"/r/{t}\">{t}</a></div>"),
        ("its year", "<div class=\"c\"><a href=\"/r/{t}\">{t} ({y})</a></div>"),
        ("its rating", "<div class=\"c\"><a href=\"/r/{t}\">{t}</a> <span>{s}/5</span></div>"),
        (
            "its stars",
            "<div class=\"c\"><a href=\"/r/{t}\">{t}</a> <span data-rating=\"{s}\" data-max=\"5\"></span></div>",
        ),
        (
            "its facts",
            "<div class=\"c\"><h4><a href=\"/r/{t}\">{t}</a></h4><p>Director: {d}</p><p>Cast: {c}</p><p>{m} min | {g} | \
             {y}</p></div>",
        ),
        ("a line of facts", "<li><a href=\"/r/{t}\">{t}</a> {y}, {m} min, {g}</li>"),
        (
            "what it is",
            "<div class=\"c\"><h4><a href=\"/r/{t}\">{t} review</a></h4><p>{l} Directed by {d}, starring {c}.</p></div>",
        ),
        (
            "its story",
            "<article><h3><a href=\"/r/{t}\">{t}: a review</a></h3><p>{d}’s film stars {c}. Rating: {s}/5</p><a \
             href=\"/r/x\">Read more</a></article>",
        ),
        ("its critic", "<li><a href=\"/r/{t}\">{t}</a><br><small>by Karl Moon, May 9, {y}</small></li>"),
    ];

    const BOXES: [(&str, &str); 5] = [
        ("<aside><h3>Related reviews</h3>", "</aside>"),
        ("<div class=\"box\"><h3>Now playing</h3>", "</div>"),
        ("<section><h2>Latest reviews</h2>", "</section>"),
        ("<div><p><b>Top rated</b></p>", "</div>"),
        ("<section><div class=\"t\">From the archive</div>", "</section>"),
    ];

    /// Where a box stands; `{r}` and `{b}` are the places of the review and the box.
    const PLACES: [(&str, &str); 5] = [
        ("after it", "<div class=\"post\">{r}</div>{b}"),
        ("before it", "{b}<div class=\"post\">{r}</div>"),
        ("at its end", "<div class=\"post\">{r}{b}</div>"),
        ("beside it, first", "<div class=\"row\"><div class=\"one\">{b}</div><div class=\"two\">{r}</div></div>"),
        ("beside it, last", "<div class=\"row\"><div class=\"two\">{r}</div><div class=\"one\">{b}</div></div>"),
    ];

    fn read(place: &str, (open, close): (&str, &str), card: &str, (over, under): (&str, &str)) -> Extraction {
        let cards: String = OTHERS
            .iter()
            .map(|[title, year, director, cast, length, genre, stars, line]| {
                card.replace("{t}", title)
                    .replace("{y}", year)
                    .replace("{d}", director)
                    .replace("{c}", cast)
                    .replace("{m}", length)
                    .replace("{g}", genre)
                    .replace("{s}", stars)
                    .replace("{l}", line)
            })
            .collect();
        let text: String = PARAGRAPHS.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
        let review = format!("<h1>Glass Harbour</h1><p>By Mary Dunn, March 12, 2016</p>{over}{text}{under}");
        let body = place.replace("{r}", &review).replace("{b}", &format!("{open}{cards}{close}"));
        let page = format!(
            "<!doctype html><html lang=\"en\"><head><title>Glass Harbour | The Lantern</title></head><body><div><a \
             href=\"/\">The Lantern</a></div>{body}<div>© 2016 The Lantern</div></body></html>"
        );
        extract(Page { url: "https://thelantern.example/r/17.html", content_type: None, bytes: page.as_bytes() })
    }

    /// What of the other films a page was read to say, and what of its own it was not.
    fn misread(read: &Extraction, has_credits: bool, has_rating: bool) -> Vec<String> {
        let (film, review) = (&read.film, &read.review);
        let cast: Vec<&str> = film.cast.iter().map(|one| one.name.as_str()).collect();
        let body = review.body.as_deref().unwrap_or_default();
        let credited = |names: &'static [&'static str]| if has_credits { names.to_vec() } else { Vec::new() };
        let mut misread = Vec::new();
        let mut expect = |holds: bool, what: &str, got: &dyn std::fmt::Debug| {
            if !holds {
                misread.push(format!("{what}: {got:?}"));
            }
        };
        expect(read.is_film_review, "is no review", &read.reason);
        expect(film.title.as_deref() == Some("Glass Harbour"), "title", &film.title);
        expect(review.author.as_deref() == Some("Mary Dunn"), "critic", &review.author);
        expect(review.published.as_deref() == Some("2016-03-12"), "day", &review.published);
        expect(film.directors == credited(&["Tom Berg"]), "directors", &film.directors);
        expect(cast == credited(&["Betty Ko", "Paul Tsang"]), "cast", &cast);
        expect(film.genres == credited(&["Drama"]), "genres", &film.genres);
        expect(film.runtime_minutes == has_credits.then_some(98), "length", &film.runtime_minutes);
        expect(film.year == has_credits.then_some(2014), "year", &film.year);
        expect(review.rating.value == has_rating.then_some(3.0), "rating", &review.rating.as_printed);
        expect(PARAGRAPHS.iter().all(|paragraph| body.contains(paragraph)), "text", &body);
        expect(!OTHERS.iter().any(|other| body.contains(other[0])), "text", &body);
        misread
    }

    #[test]
    fn other_films_cards_say_nothing_of_this_one_wherever_they_stand() {
        let mut missed = Vec::new();
        for (at, (place, layout)) in PLACES.into_iter().enumerate() {
            for (kind, (card, says)) in CARDS.into_iter().enumerate() {
                for (has_credits, has_rating) in [(false, false), (true, false), (false, true), (true, true)] {
                    let over = if has_credits { CREDITS } else { "" };
                    let under = if has_rating { RATING } else { "" };
                    let around = BOXES[(at + kind) % BOXES.len()];
                    let misread = misread(&read(layout, around, says, (over, under)), has_credits, has_rating);
                    if !misread.is_empty() {
                        missed.push(format!("{card}, {place}, {around:?}: {}", misread.join("; ")));
                    }
                }
            }
        }
        assert!(missed.is_empty(), "{} pages:\n{}", missed.len(), missed.join("\n"));
    }
}
