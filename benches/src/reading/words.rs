//! Invented words: titles, names, sentences. Nothing here stands on anybody's page, and nothing here knows tables.

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

const ARTICLES: [&str; 4] = ["The ", "A ", "", ""];
const QUALITIES: [&str; 24] = [
    "Amber", "Borrowed", "Cold", "Distant", "Eastern", "Faithful", "Golden", "Hollow", "Iron", "Jaded", "Kindly",
    "Last", "Midnight", "Northern", "Open", "Paper", "Quiet", "Restless", "Silver", "Tender", "Unseen", "Velvet",
    "Western", "Younger",
];
const THINGS: [&str; 28] = [
    "Anchor",
    "Bridge",
    "Cartographer",
    "Daughter",
    "Estuary",
    "Ferry",
    "Garden",
    "Harbour",
    "Island",
    "Journey",
    "Keeper",
    "Lantern",
    "Meridian",
    "Neighbour",
    "Orchard",
    "Passenger",
    "Quarry",
    "River",
    "Season",
    "Tide",
    "Umbrella",
    "Valley",
    "Window",
    "Year",
    "Zenith",
    "Letter",
    "Mirror",
    "Railway",
];
const GIVEN: [&str; 32] = [
    "Ada", "Bruno", "Carmen", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jaya", "Kofi", "Léa", "Marta",
    "Nils", "Odile", "Pavel", "Quentin", "Rosa", "Sven", "Tomoko", "Uma", "Viktor", "Wanda", "Ximena", "Yusuf", "Zora",
    "Anselm", "Beatriz", "Conor", "Dalia", "Emre", "Fiona",
];
const FAMILY_BEGINS: [&str; 24] = [
    "Al", "Bran", "Cas", "Dor", "El", "Fen", "Gar", "Hol", "Is", "Jor", "Kel", "Lor", "Mar", "Nor", "Os", "Pel",
    "Quin", "Ros", "Sel", "Tor", "Ul", "Ver", "Wes", "Zan",
];
const FAMILY_ENDS: [&str; 20] = [
    "berg", "court", "dale", "enko", "field", "grave", "holm", "ini", "kov", "land", "mann", "nes", "oğlu", "quist",
    "rade", "son", "ström", "ton", "vić", "worth",
];
const SENTENCES: [&str; 12] = [
    "The camera waits longer than it has to, and is rewarded.",
    "Nobody in the room says what everybody in the room has noticed.",
    "What begins as a journey ends as an argument about who may come home.",
    "The second hour repeats the first with the lights turned down.",
    "A lesser film would have explained the letter.",
    "Its jokes arrive late and leave early.",
    "The score is all strings and weather.",
    "There is a dance near the end that pays for everything before it.",
    "The dialogue has been sanded until nothing catches.",
    "Half the cast seems to be in another, better picture.",
    "You may guess the ending, and you will still want to see it.",
    "Every cut lands a moment before one expects it.",
];

fn any<'a>(rng: &mut StdRng, words: &[&'a str]) -> &'a str {
    words.choose(rng).copied().unwrap_or_default()
}

/// A film's title.
pub(super) fn title(rng: &mut StdRng) -> String {
    let (article, quality, thing) = (any(rng, &ARTICLES), any(rng, &QUALITIES), any(rng, &THINGS));
    if rng.random_bool(0.3) {
        format!("{article}{quality} {thing} of the {}", any(rng, &THINGS))
    } else {
        format!("{article}{quality} {thing}")
    }
}

/// A person's name.
pub(super) fn name(rng: &mut StdRng) -> String {
    let (given, begin, end) = (any(rng, &GIVEN), any(rng, &FAMILY_BEGINS), any(rng, &FAMILY_ENDS));
    if rng.random_bool(0.4) {
        let initial = char::from(b'A' + rng.random_range(0..26_u8));
        format!("{given} {initial}. {begin}{end}")
    } else {
        format!("{given} {begin}{end}")
    }
}

/// A character's name, or what a picture is credited to.
pub(super) fn short(rng: &mut StdRng) -> String {
    format!("{} {}", any(rng, &QUALITIES), any(rng, &THINGS))
}

/// A caption.
pub(super) fn caption(rng: &mut StdRng) -> String {
    format!("{} and {} by the {}.", any(rng, &GIVEN), any(rng, &GIVEN), any(rng, &THINGS).to_lowercase())
}

/// A review's text: so many paragraphs of four sentences, separated by blank lines.
pub(super) fn body(rng: &mut StdRng, paragraphs: usize) -> String {
    let paragraph = |rng: &mut StdRng| [0; 4].map(|_| any(rng, &SENTENCES)).join(" ");
    let paragraphs: Vec<String> = (0..paragraphs).map(|_| paragraph(rng)).collect();
    paragraphs.join("\n\n")
}
