//! Pages that show something in place of their text: login, consent, challenge, error and payment pages.
//!
//! Must not know films beyond how often the text speaks of them.

use crate::extraction::Reason;
use crate::folding::lower;
use crate::vocabulary::vocabulary;

use super::{Evidenced, SAMPLE_BYTES_MAX};

/// A body shorter than this may be the remains of a wall.
const WALL_BODY_BYTES_MAX: usize = 900;

/// The wall that a page is, if it is one.
pub(super) fn wall(of: &Evidenced<'_>) -> Option<Reason> {
    let short = of.body.len() <= WALL_BODY_BYTES_MAX;
    if !short {
        return None;
    }
    let words = &vocabulary().words;
    let all: String = lower(&of.page.text.chars().take(SAMPLE_BYTES_MAX).collect::<String>());
    let top = lower(&format!("{} {}", of.headline, of.page_title));
    let whole_is_short = of.page.text.len() <= 4_000;
    let says = |meaning: &str| words.count(&all, meaning, of.language);
    let titled = |meaning: &str| words.count(&top, meaning, of.language);
    if titled("wall_challenge") > 0 && whole_is_short || says("wall_challenge") >= 2 && of.page.text.len() <= 2_000 {
        return Some(Reason::Challenge);
    }
    if titled("wall_error") > 0 && whole_is_short || says("wall_error") >= 2 && of.page.text.len() <= 1_500 {
        return Some(Reason::ErrorPage);
    }
    let films = words.count(&lower(of.body), "film", of.language);
    if says("wall_consent") >= 2 && of.body.len() <= 500 && (films < 3 || titled("wall_consent") > 0) {
        return Some(Reason::Consent);
    }
    if (of.structured.is_paid && of.body.len() <= 700) || says("wall_paywall") >= 1 {
        return Some(Reason::Paywall);
    }
    let has_password =
        of.page.elements("input").iter().any(|input| input.attr_or("type", "").eq_ignore_ascii_case("password"));
    if (has_password || titled("wall_login") > 0) && says("wall_login") >= 1 && films < 3 {
        return Some(Reason::Login);
    }
    None
}
