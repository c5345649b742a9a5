//! Generated reviews, as extractions: no page is read here.

use extract::{CastMember, Evidence, Extraction, Field, FilmFacts, Rating, ReviewFacts, Source};

/// A review with its address.
pub(crate) struct Review {
    pub(crate) url: String,
    pub(crate) extraction: Extraction,
}

/// How many reviews give different things of a kind for one film: 200 values in all.
const TITLES: usize = 3;
const YEARS: usize = 2;
const RUNTIMES: usize = 15;
const GENRES: usize = 10;
const DIRECTORS: usize = 2;
const WRITERS: usize = 8;
const CAST: usize = 80;
const CHARACTERS: usize = 80;

/// Actors that one review names.
const NAMED: usize = 6;

/// Outlets that critics write for.
const OUTLETS: usize = 50;

/// A review of a film that everybody writes about, each by another critic, whose reviews give 200 different values.
pub(crate) fn of_growing_film(film: usize, number: usize) -> Review {
    let mut page = Page::new(&format!("g{film}"), number);
    let title = match number % TITLES {
        0 => format!("Growing Film {}", word(film)),
        1 => format!("The Growing Film {}", word(film)),
        _ => format!("Growing Film {} ({})", word(film), 2_000 + film % 20),
    };
    page.say(Field::Title, None, &title, Source::Headline);
    page.extraction.film.title = Some(title);
    let year = 2_000 + film % 20 + usize::from(number.is_multiple_of(17)) * (YEARS - 1);
    page.say(Field::Year, None, &year.to_string(), Source::CreditBlock);
    page.say(Field::Runtime, None, &(90 + number * 7 % RUNTIMES).to_string(), Source::CreditBlock);
    for genre in 0..2 {
        page.say(Field::Genre, None, &format!("Genre {}", word((number + genre * 3) % GENRES)), Source::CreditBlock);
    }
    let director = format!("Director{} {}", word(number % DIRECTORS), word(film));
    page.say(Field::Director, None, &format!("Director{} {}", word(0), word(film)), Source::CreditBlock);
    if number.is_multiple_of(5) {
        page.say(Field::Director, None, &director, Source::Prose);
    }
    let writer = format!("Writer{} {}", word(number * 3 % WRITERS), word(film));
    page.say(Field::Writer, None, &writer, Source::CreditBlock);
    for place in 0..NAMED {
        let actor = (number * 5 + place * 11) % CAST;
        let name = format!("Actor{} {}", word(actor), word(film));
        let source = if place < 3 { Source::CreditBlock } else { Source::Prose };
        page.cast(&name, &format!("Part{}", word(actor % CHARACTERS)), source);
    }
    page.done(&format!("Critic{} {}", word(number), word(film)), number)
}

/// A review of a film that few write about. People are of that film alone.
pub(crate) fn of_small_film(film: usize, number: usize) -> Review {
    let mut page = Page::new(&format!("s{film}"), number);
    let title = format!("Small Film {}", word(film));
    page.say(Field::Title, None, &title, Source::Headline);
    page.extraction.film.title = Some(title);
    page.say(Field::Year, None, &(1_950 + film % 70).to_string(), Source::CreditBlock);
    page.say(Field::Runtime, None, &(80 + film % 60).to_string(), Source::CreditBlock);
    page.say(Field::Genre, None, &format!("Genre {}", word(film % GENRES)), Source::CreditBlock);
    page.say(Field::Director, None, &format!("Maker {}", word(film)), Source::CreditBlock);
    for actor in 0..3 {
        let name = format!("Player{} {}", word(actor), word(film));
        page.cast(&name, &format!("Part{}", word(actor)), Source::CreditBlock);
    }
    page.done(&format!("Smallcritic {}", word(film % 500)), film)
}

/// A number in letters, so that names are names.
fn word(number: usize) -> String {
    number.to_string().chars().filter_map(|digit| "bdfgklmnps".chars().nth(digit.to_digit(10)? as usize)).collect()
}

/// Some three hundred words that no other page has in this order.
fn text(url: &str) -> String {
    let mut state = url.bytes().fold(7_u64, |state, byte| state.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut text = String::new();
    for _ in 0..300 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(&word(usize::try_from(state >> 48).unwrap_or(0)));
        text.push(' ');
    }
    text
}

/// A page in the making.
struct Page {
    url: String,
    extraction: Extraction,
}

impl Page {
    fn new(film: &str, number: usize) -> Self {
        let text = "text".to_owned();
        let mut extraction =
            Extraction { is_film_review: true, text, film: FilmFacts::default(), ..Extraction::default() };
        extraction.review.headline = Some(format!("Review {number} of {film}"));
        Self { url: format!("https://site{}.example/{film}/{number}", number % OUTLETS), extraction }
    }

    fn say(&mut self, field: Field, subject: Option<&str>, value: &str, source: Source) {
        let (subject, value) = (subject.map(str::to_owned), value.to_owned());
        self.extraction.evidence.push(Evidence { field, subject, value, source, span: None, chosen: true });
    }

    fn cast(&mut self, name: &str, character: &str, source: Source) {
        self.say(Field::Cast, None, name, source);
        self.say(Field::Character, Some(name), character, Source::Prose);
        let (name, character) = (name.to_owned(), Some(character.to_owned()));
        let billed = source == Source::CreditBlock;
        self.extraction.film.cast.push(CastMember { name, character, billed });
    }

    fn done(mut self, critic: &str, number: usize) -> Review {
        let body = text(&self.url);
        let score = Some(f64::from(u32::try_from(number % 11).unwrap_or(0)) * 10.0);
        self.extraction.review = ReviewFacts {
            author: Some(critic.to_owned()),
            outlet: Some(format!("Outlet {}", word(number % OUTLETS))),
            body: Some(body),
            rating: Rating { as_printed: Some("so".to_owned()), score, ..Rating::default() },
            ..self.extraction.review
        };
        Review { url: self.url, extraction: self.extraction }
    }
}
