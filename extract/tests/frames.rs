//! Pages say the same whatever stands around them: headline, critic, day, outlet and text, in every frame that sites are made of.

#[cfg(test)]
mod frames {
    use extract::{Extraction, Page, extract};

    const MENU: &str = "<ul class=\"menu\"><li><a href=\"/\">Home</a></li><li><a href=\"/reviews/\">Reviews</a></li><li><a \
                        href=\"/about/\">About</a></li></ul>";
    const ASIDE: &str = "<div class=\"sidebar\"><h3>Recent posts</h3><ul><li><a href=\"/r/orchard\">Orchard (2012)</a></li>\
                         <li><a href=\"/r/tin-king\">The Tin King</a></li></ul></div>";
    const FOOT: &str = "<div class=\"footer\">© 2016 The Lantern. Powered by Quill.</div>";

    /// What sites put around a review; `{h}`, `{a}`, `{d}` and `{t}` are the places of headline, critic, day and text.
    const FRAMES: [(&str, &str); 14] = [
        (
            "a theme with the site's name as first heading",
            "<div id=\"header\"><h1><a href=\"/\">The Lantern</a></h1><div class=\"description\">Films and \
             more</div></div>{menu}<div class=\"post\"><h2><a href=\"/p/1\">{h}</a></h2><small>{d} by {a}</small><div \
             class=\"entry\">{t}</div><p class=\"postmetadata\">Posted in <a href=\"/c/film\" rel=\"category tag\">Film</a></p>\
             </div>{aside}{foot}",
        ),
        (
            "a theme with the byline under the text",
            "<div id=\"masthead\"><p class=\"site-title\"><a href=\"/\">The Lantern</a></p></div>{menu}<div class=\"post\"><h1 \
             class=\"entry-title\">{h}</h1><div class=\"entry-content\">{t}</div><div class=\"entry-utility\">Posted on {d} by \
             <a href=\"/author/x\">{a}</a></div></div>{aside}{foot}",
        ),
        (
            "the day over a third heading",
            "<div class=\"header\"><h1 class=\"title\">The Lantern</h1></div><h2 class=\"date-header\">{d}</h2><div \
             class=\"post\"><h3 class=\"post-title\">{h}</h3><div class=\"post-body\">{t}</div><div \
             class=\"post-footer\">Posted by <span class=\"fn\">{a}</span></div></div>{aside}{foot}",
        ),
        (
            "an article with its own header",
            "<header class=\"site-header\"><a class=\"site-title\" href=\"/\">The \
             Lantern</a><nav>{menu}</nav></header><main><article><header><h1>{h}</h1><p><time>{d}</time> • \
             <span>{a}</span></p></header><div>{t}</div></article></main>{foot}",
        ),
        (
            "a table for a layout",
            "<table><tr><td colspan=2><font color=white size=5><b>The Lantern</b></font></td></tr><tr><td \
             width=150>{menu}</td><td><font size=5><b>{h}</b></font><br><i>by {a}</i><br>{d}<br><br>{t}</td></tr></table>{foot}",
        ),
        (
            "a centred head",
            "<center><img src=\"logo.gif\" alt=\"The Lantern\"><h2>{h}</h2><h4>Reviewed by \
             {a}</h4>{d}</center><hr>{t}<hr><a href=\"index.html\">Back to reviews</a>",
        ),
        (
            "a section over the headline",
            "<header><div class=\"logo\"><a href=\"/\">The Lantern</a></div>{menu}</header><article><div \
             class=\"kicker\">Film</div><h1>{h}</h1><p class=\"dek\">A sea film with a cold heart and warm hands</p><div \
             class=\"byline\">By <a href=\"/a/x\">{a}</a></div><div class=\"date\">{d}</div>{t}</article>{aside}{foot}",
        ),
        (
            "a section as first heading",
            "<div id=\"top\"><a href=\"/\">The Lantern</a></div><h1>Movie Reviews</h1><h2>{h}</h2><p><em>{a}, \
             {d}</em></p>{t}{aside}{foot}",
        ),
        (
            "a bold line for a heading",
            "<div id=\"top\"><a href=\"/\">The Lantern</a></div>{menu}<div \
             id=\"main\"><p><b>{h}</b></p><p>{d}</p>{t}<p>— {a}</p></div>{foot}",
        ),
        (
            "a box for a heading",
            "<div class=\"logo\">The Lantern</div>{menu}<div class=\"article\"><div class=\"title\">{h}</div><div \
             class=\"info\">Written by {a} on {d}</div><div class=\"text\">{t}</div></div>{aside}{foot}",
        ),
        (
            "a fourth heading",
            "<h1>The Lantern</h1><h2>Films and more</h2>{menu}<div><h4>{h}</h4><p class=\"by\">by {a} | {d}</p>{t}</div>{foot}",
        ),
        (
            "the critic as a heading",
            "<header><a href=\"/\">The Lantern</a>{menu}</header><article><a href=\"/tag/film\">Film</a><h1>{h}</h1><section \
             class=\"meta\"><h4><a href=\"/author/x\">{a}</a></h4><time>{d}</time> – <span>3 min \
             read</span></section><section>{t}</section></article><section class=\"more\"><h3>You might also \
             like</h3><article><h2>The Tin King</h2><p>Kings of tin and sorrow.</p></article></section>",
        ),
        (
            "a signature under the text",
            "<header><p>The Lantern</p></header><main><h1>{h}</h1>{t}<p><i>{a}</i></p><p><small>{d}</small></p></main>{foot}",
        ),
        (
            "a path over the headline",
            "<p><a href=\"/\">The Lantern</a> &gt; <a href=\"/film/\">Film</a> &gt; {h}</p><h1>{h}</h1><p>By: {a}<br>Date: \
             {d}</p>{t}<p><a href=\"/r/0\">« Orchard</a> | <a href=\"/r/2\">The Tin King »</a></p>{foot}",
        ),
    ];

    const HEADLINES: [(&str, &[&str]); 9] = [
        ("Glass Harbour", &["Glass Harbour"]),
        ("Review: Glass Harbour", &["Glass Harbour"]),
        ("Glass Harbour (2014)", &["Glass Harbour"]),
        ("Glass Harbour review – a cold sea", &["Glass Harbour"]),
        ("‘Glass Harbour’: A Cold Sea", &["Glass Harbour"]),
        ("Glass Harbour: The Weight of Water", &["Glass Harbour", "Glass Harbour: The Weight of Water"]),
        ("GLASS HARBOUR", &["GLASS HARBOUR", "Glass Harbour"]),
        ("Film Review | Glass Harbour", &["Glass Harbour"]),
        ("Glass Harbour - Movie Review", &["Glass Harbour"]),
    ];

    /// What the page's `<title>` says.
    const TITLES: [&str; 8] = [
        "{h} | The Lantern",
        "The Lantern: {h}",
        "{h} » Reviews » The Lantern",
        "{h}",
        "The Lantern",
        "The Lantern » {h}",
        "{h} - The Lantern",
        "",
    ];

    const DAYS: [&str; 9] = [
        "March 12, 2016",
        "12 March 2016",
        "2016-03-12",
        "Mar 12, 2016",
        "March 12th, 2016",
        "Saturday, March 12, 2016",
        "Sat 12 Mar 2016",
        "March 12, 2016 at 9:14 pm",
        "MARCH 12, 2016",
    ];

    const PARAGRAPHS: [&str; 3] = [
        "Glass Harbour is a film that I loved and that I would see again; a movie of quiet strength and beauty, the plot \
         aside. The performances are all superb and the direction is assured.",
        "The story is slow to begin with, and there is a subplot about a lost dog which the script does not need. Even so \
         the second half pays for all of it, and I was moved more than once by its plain images of the sea.",
        "It is a pity that the score is so loud. But see it on a big screen if you can, and then talk about it on the way \
         home, as we did. The ending is as good as anything I have seen this year.",
    ];

    /// How paragraphs are set.
    const TEXTS: [(&str, &str); 4] =
        [("<p>", "</p>"), ("", "<br><br>"), ("<div>", "</div>"), ("<p><font face=\"Arial\" size=\"2\">", "</font>")];

    fn read(frame: &str, headline: &str, title: &str, day: &str, (open, close): (&str, &str)) -> Extraction {
        let text: String = PARAGRAPHS.iter().map(|paragraph| format!("{open}{paragraph}{close}\n")).collect();
        let page = format!("<html><head><title>{title}</title></head><body>{frame}</body></html>")
            .replace("{menu}", MENU)
            .replace("{aside}", ASIDE)
            .replace("{foot}", FOOT)
            .replace("{h}", headline)
            .replace("{a}", "Mary Dunn")
            .replace("{d}", day)
            .replace("{t}", &text);
        extract(Page { url: "https://thelantern.example/reviews/17.html", content_type: None, bytes: page.as_bytes() })
    }

    /// What a page reads as, where that is not what it says.
    fn misread(read: &Extraction, headline: &str, titles: &[&str]) -> Vec<String> {
        let (film, review) = (&read.film, &read.review);
        let body = review.body.as_deref().unwrap_or_default();
        let mut misread = Vec::new();
        let mut expect = |holds: bool, what: &str, got: &dyn std::fmt::Debug| {
            if !holds {
                misread.push(format!("{what}: {got:?}"));
            }
        };
        expect(read.is_film_review, "is no review", &read.reason);
        expect(film.title.as_deref().is_some_and(|title| titles.contains(&title)), "title", &film.title);
        expect(review.headline.as_deref() == Some(headline), "headline", &review.headline);
        expect(review.author.as_deref() == Some("Mary Dunn"), "critic", &review.author);
        expect(review.published.as_deref() == Some("2016-03-12"), "day", &review.published);
        expect(review.outlet.as_deref() == Some("The Lantern"), "outlet", &review.outlet);
        expect(film.directors.is_empty() && film.cast.is_empty(), "people", &(&film.directors, &film.cast));
        expect(body == PARAGRAPHS.join("\n\n"), "text", &body);
        misread
    }

    /// Reads every page of a kind, and reports all that say something else.
    fn all_say_the_same<'a>(pages: impl Iterator<Item = (&'a str, usize, String, &'a str, (&'a str, &'a str))>) {
        let mut missed = Vec::new();
        for (frame, headline, title, day, text) in pages {
            let (name, frame) = FRAMES.iter().find(|(name, _)| *name == frame).expect("a frame");
            let (headline, titles) = HEADLINES[headline];
            let read = read(frame, headline, &title.replace("{h}", headline), day, text);
            let misread = misread(&read, headline, titles);
            if !misread.is_empty() {
                missed.push(format!("{name}, {headline}, <title>{title}, {day}, {text:?}: {}", misread.join("; ")));
            }
        }
        assert!(missed.is_empty(), "{} pages:\n{}", missed.len(), missed.join("\n"));
    }

    fn names() -> impl Iterator<Item = &'static str> {
        FRAMES.iter().map(|(name, _)| *name)
    }

    #[test]
    fn every_headline_is_read_in_every_frame() {
        all_say_the_same(names().flat_map(|frame| {
            (0..HEADLINES.len()).map(move |at| (frame, at, TITLES[0].to_owned(), DAYS[0], TEXTS[0]))
        }));
    }

    #[test]
    fn every_page_title_is_read_in_every_frame() {
        all_say_the_same(names().flat_map(|frame| {
            TITLES.iter().flat_map(move |title| {
                [(1, TEXTS[0]), (0, TEXTS[1])].map(|(at, text)| (frame, at, (*title).to_owned(), DAYS[0], text))
            })
        }));
    }

    #[test]
    fn every_day_is_read_in_every_frame() {
        all_say_the_same(
            names().flat_map(|frame| DAYS.iter().map(move |day| (frame, 0, TITLES[0].to_owned(), *day, TEXTS[0]))),
        );
    }

    #[test]
    fn every_text_is_read_in_every_frame() {
        all_say_the_same(names().flat_map(|frame| {
            TEXTS.iter().flat_map(move |text| [0, 4].map(|at| (frame, at, TITLES[0].to_owned(), DAYS[0], *text)))
        }));
    }
}
