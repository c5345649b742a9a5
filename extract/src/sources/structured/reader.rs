//! What items say of the article, the film and the rating.

use serde_json::Value;

use crate::extraction::{ExternalSource, Field, Source};
use crate::sources::byline::is_author;
use crate::sources::links::external_id;
use crate::sources::person_links::identity;
use crate::sources::rating::{Candidate, Number, letter, number, thumbs};
use crate::statement::{Certainty, Statement};
use crate::values;

/// Everything that structured data says.
#[derive(Debug, Default)]
pub(crate) struct Structured {
    /// Facts of the film and of the review.
    pub statements: Vec<Statement>,
    /// The review's rating.
    pub rating: Option<Candidate>,
    /// Whether some item is a review.
    pub has_review: bool,
    /// Whether a review says that it is of a film.
    pub is_of_film: bool,
    /// Whether a review says that it is of something else (a series, a book, a game).
    pub is_of_other_work: bool,
    /// Whether the article says that it must be paid for.
    pub is_paid: bool,
    /// Lower-cased sections and keywords of the article.
    pub sections: Vec<String>,
}

/// Reads items.
pub(super) fn read(items: &[Value]) -> Structured {
    let mut structured = Structured::default();
    let films: Vec<&Value> = items.iter().filter(|item| is_film(item)).collect();
    for item in items {
        // Pages nest the article in the page.
        let nested: Vec<&Value> = ["mainEntity", "mainEntityOfPage", "hasPart"]
            .iter()
            .filter_map(|name| item.get(*name))
            .filter(|inner| inner.is_object())
            .collect();
        for whole in std::iter::once(item).chain(nested) {
            let reviews = reviews(whole);
            if is_article(whole) {
                structured.read_article(whole);
            }
            for review in reviews {
                // The review inside a film is an article by itself; one inside a firm is a customer's.
                if !std::ptr::eq(review, whole) && is_film(whole) {
                    structured.read_article(review);
                }
                structured.read_review(review, whole);
            }
        }
    }
    // Pages that describe no article are dated all the same.
    let is_dated = structured.statements.iter().any(|one| one.field == Field::Published);
    for page in items.iter().filter(|item| !is_dated && is_type(item, &["WebPage", "ItemPage"])) {
        let stamp = page.get("datePublished").and_then(words).and_then(|stamp| values::iso_date(&stamp));
        let said = stamp.map(|day| Statement::new(Field::Published, day, Source::StructuredData));
        structured.statements.extend(said.map(|one| one.with(Certainty::Weak)));
    }
    // A film on its own, or the one that an article is about, is the film only where it is the only one.
    let about = items.iter().filter(|item| is_article(item)).filter_map(|item| item.get("about")).flat_map(list);
    let films = if films.is_empty() { about.filter(|item| is_film(item)).collect() } else { films };
    if let ([film], false) = (films.as_slice(), structured.is_of_other_work) {
        structured.read_film(film);
    }
    structured
}

fn types(item: &Value) -> Vec<&str> {
    match item.get("@type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_type(item: &Value, wanted: &[&str]) -> bool {
    types(item).iter().any(|name| wanted.contains(&name.rsplit(['/', ':']).next().unwrap_or(name)))
}

fn is_film(item: &Value) -> bool {
    is_type(item, &["Movie", "Film"])
}

fn is_article(item: &Value) -> bool {
    types(item).iter().any(|name| name.ends_with("Article") || name.ends_with("Posting") || name.ends_with("Review"))
}

fn reviews(item: &Value) -> Vec<&Value> {
    let own = is_type(item, &["Review", "CriticReview", "MediaReview", "UserReview"]).then_some(item);
    // The review inside a film is the page's only where it is alone: several are readers'.
    let inner = item.get("review").map(list).filter(|reviews| reviews.len() == 1).unwrap_or_default();
    own.into_iter().chain(inner).collect()
}

fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        Value::Null => Vec::new(),
        other => vec![other],
    }
}

/// The words of a string, or of an object's `name`.
fn words(value: &Value) -> Option<String> {
    let written = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => return values.first().and_then(words),
        Value::Object(object) => return object.get("name").or_else(|| object.get("@value")).and_then(words),
        _ => return None,
    };
    let bare = strip_tags(&written).split_whitespace().collect::<Vec<_>>().join(" ");
    (!bare.is_empty()).then_some(bare)
}

/// Some systems put markup and entities into their strings.
fn strip_tags(text: &str) -> String {
    const ENTITIES: [(&str, &str); 10] = [
        ("&amp;", "&"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&quot;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
    ];
    let mut bare = String::with_capacity(text.len());
    let mut inside = false;
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => bare.push(character),
            _ => {}
        }
    }
    if inside {
        bare = text.to_owned();
    }
    ENTITIES
        .iter()
        .fold(bare, |text, (entity, sign)| if text.contains('&') { text.replace(entity, sign) } else { text })
}

fn all_words(item: &Value, name: &str) -> Vec<String> {
    item.get(name).map(list).unwrap_or_default().into_iter().filter_map(words).collect()
}

impl Structured {
    fn say(&mut self, field: Field, value: impl Into<String>) {
        self.statements.push(Statement::new(field, value, Source::StructuredData));
    }

    fn read_article(&mut self, item: &Value) {
        if let Some(headline) = item.get("headline").or_else(|| item.get("name")).and_then(words) {
            self.say(Field::Headline, headline);
        }
        if let Some(dek) = item.get("alternativeHeadline").or_else(|| item.get("description")).and_then(words) {
            self.say(Field::Dek, dek);
        }
        for author in item.get("author").or_else(|| item.get("creator")).map(list).unwrap_or_default() {
            let certainty = if is_type(author, &["Organization", "NewsMediaOrganization"]) {
                Certainty::Weak
            } else {
                Certainty::Plain
            };
            if let Some(name) = words(author).filter(|name| is_author(name)) {
                self.statements.push(Statement::new(Field::Author, name, Source::StructuredData).with(certainty));
            }
        }
        if let Some(published) = item
            .get("datePublished")
            .or_else(|| item.get("dateCreated"))
            .and_then(words)
            .and_then(|stamp| values::iso_date(&stamp))
        {
            self.say(Field::Published, published);
        }
        if let Some(publisher) = item.get("publisher") {
            let certainty = if is_type(publisher, &["Person"]) { Certainty::Weak } else { Certainty::Plain };
            if let Some(name) = words(publisher) {
                self.statements.push(Statement::new(Field::Outlet, name, Source::StructuredData).with(certainty));
            }
        }
        if let Some(language) = item.get("inLanguage").and_then(words) {
            self.say(Field::Language, language);
        }
        self.is_paid |= item.get("isAccessibleForFree").is_some_and(|free| {
            matches!(free, Value::Bool(false)) || free.as_str().is_some_and(|said| said.eq_ignore_ascii_case("false"))
        });
        self.sections.extend(
            ["articleSection", "keywords", "genre"]
                .iter()
                .flat_map(|name| all_words(item, name))
                .map(|section| section.to_lowercase()),
        );
    }

    fn read_review(&mut self, review: &Value, around: &Value) {
        self.has_review = true;
        let of = review.get("itemReviewed").map(list).and_then(|of| of.first().copied());
        let film = of.or_else(|| is_film(around).then_some(around));
        if let Some(work) = film {
            let named = types(work);
            self.is_of_film |= is_film(work);
            let other = [
                "TVSeries",
                "TVSeason",
                "TVEpisode",
                "Book",
                "Game",
                "VideoGame",
                "MusicAlbum",
                "Product",
                "Restaurant",
                "Play",
                "SoftwareApplication",
            ];
            self.is_of_other_work |= is_type(work, &other);
            if is_type(work, &["Movie", "Film", "CreativeWork", "Thing"]) || named.is_empty() {
                self.read_film(work);
            }
        }
        if self.rating.is_none() {
            self.rating =
                review.get("reviewRating").map(list).and_then(|ratings| ratings.first().copied()).and_then(rating);
        }
    }

    fn read_film(&mut self, film: &Value) {
        let named = if film.is_string() { Some(film) } else { film.get("name") };
        // An address names no film.
        let is_title = |title: &String| !title.contains("://") && !title.starts_with('#');
        if let Some(title) = named.and_then(words).filter(is_title) {
            self.say(Field::Title, title);
        }
        for title in all_words(film, "alternateName").into_iter().take(1) {
            self.statements
                .push(Statement::new(Field::OriginalTitle, title, Source::StructuredData).with(Certainty::Weak));
        }
        let dated =
            ["dateCreated", "datePublished", "copyrightYear"].iter().filter_map(|name| film.get(*name)).find_map(words);
        if let Some((year, _)) = dated.as_deref().and_then(values::year) {
            self.say(Field::Year, year.to_string());
        }
        if let Some(date) = film
            .get("datePublished")
            .and_then(words)
            .filter(|date| date.len() >= 10)
            .and_then(|date| values::iso_date(&date))
        {
            self.say(Field::ReleaseDate, date);
        }
        if let Some((minutes, _)) = film.get("duration").and_then(words).as_deref().and_then(values::runtime) {
            self.say(Field::Runtime, minutes.to_string());
        }
        if let Some((code, _)) = film.get("contentRating").and_then(words).as_deref().and_then(values::certificate) {
            self.say(Field::ContentRating, code);
        }
        for genre in all_words(film, "genre") {
            for (genre, _) in values::genres(&genre, true) {
                self.say(Field::Genre, genre);
            }
        }
        let roles = [
            ("director", Field::Director),
            ("author", Field::Writer),
            ("creator", Field::Writer),
            ("producer", Field::Producer),
            ("musicBy", Field::Composer),
            ("actor", Field::Cast),
            ("actors", Field::Cast),
            ("editor", Field::Editor),
        ];
        for (name, field) in roles {
            for person in film.get(name).map(list).unwrap_or_default() {
                self.read_person(person, field);
            }
        }
        for link in all_words(film, "sameAs").into_iter().chain(all_words(film, "url")) {
            if let Some((source, value)) = external_id(&link) {
                let source: ExternalSource = source;
                self.say(Field::ExternalId, format!("{}:{value}", crate::sources::links::source_name(source)));
            }
        }
    }

    fn read_person(&mut self, person: &Value, field: Field) {
        if is_type(person, &["Organization"]) {
            return;
        }
        // A performance wraps the person and says the character.
        let actor = person.get("actor").filter(|_| is_type(person, &["PerformanceRole"])).unwrap_or(person);
        let Some(name) = words(actor) else { return };
        if let Some(character) = person.get("characterName").and_then(words) {
            self.statements.push(Statement::new(Field::Character, character, Source::StructuredData).of(name.clone()));
        }
        let links = ["@id", "sameAs", "url"].into_iter().flat_map(|key| all_words(actor, key));
        self.statements.extend(links.filter_map(|link| identity(&name, &link, Source::StructuredData)));
        self.say(field, name);
    }
}

fn rating(item: &Value) -> Option<Candidate> {
    let printed = item.get("ratingValue").and_then(words)?;
    let amount = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok();
    let best = item.get("bestRating").and_then(words).as_deref().and_then(amount);
    // `8/10`: the value with its best.
    let (given, of) = printed.split_once('/').map_or((printed.as_str(), None), |(given, of)| (given, amount(of)));
    let (parsed, best) = (amount(given), of.or(best));
    let rating = match parsed {
        Some(value) => {
            let places = given.split(['.', ',']).nth(1).map_or(0, |places| places.trim_end_matches('0').len());
            number(
                &printed,
                Number {
                    value,
                    places: u32::try_from(places).ok()?,
                    best: best.or(Some(5.0).filter(|_| value <= 5.0)),
                    stars: best.is_none_or(|best| best <= 6.0),
                },
            )
        }
        None => letter(&printed).or_else(|| {
            printed.to_lowercase().contains("thumb").then(|| thumbs(&printed, !printed.to_lowercase().contains("down")))
        }),
    }?;
    Some(Candidate { rating, span: None, source: Source::StructuredData, weight: 7 })
}
