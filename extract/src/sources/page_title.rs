//! The page's `<title>`: its parts, which of them is the site's name, and what is left without it.
//!
//! Reads one line; whether the headline is what it says is for the headline.

use crate::folding::{key, start_of};
use crate::sources::Reading;
use crate::sources::film_title::is_review_phrase;
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::sources::site::{Spelled, declared_site, spelled_by_host};

/// Bytes of a title that are looked at.
pub(super) const TITLE_BYTES_MAX: usize = 600;

/// Signs that part a title from the site's name.
const SEPARATORS: [&str; 15] =
    [" | ", " – ", " — ", " - ", " -- ", " :: ", " » ", " « ", " · ", " • ", " // ", " : ", " ← ", " → ", " ~ "];

/// Whether a title is what tools and templates write where nobody wrote one.
pub(super) fn is_filler(title: &str) -> bool {
    const WHOLE: [&str; 16] = [
        "post",
        "posts",
        "blog",
        "blog post",
        "contact",
        "home",
        "index",
        "page",
        "article",
        "my website",
        "website",
        "my blog",
        "new page",
        "single post",
        "title",
        "untitled page",
    ];
    let own = key(title);
    WHOLE.contains(&own.as_str()) || own.split(' ').any(|word| matches!(word, "template" | "untitled" | "document"))
}

/// The site's name: what the page's title has beside the headline.
pub(super) fn site_name(
    title: Option<&str>,
    graph: Option<&str>,
    heading: Option<&str>,
    metadata: &Metadata,
) -> Option<String> {
    if let Some(site) = declared_site(metadata) {
        return Some(site.to_owned());
    }
    in_title(title?, graph, heading).or_else(|| metadata.feed_site.clone())
}

/// The part of the page's title that is not the headline.
fn in_title(title: &str, graph: Option<&str>, heading: Option<&str>) -> Option<String> {
    let parts = parts(title);
    let headline = heading.or(graph).map(key)?;
    if headline.is_empty() || parts.len() < 2 {
        return beside(title, &headline);
    }
    // `Site: Headline - Review`, as one blogging system writes, whatever signs are in the headline.
    if let Some(site) = before_headline(title, &headline).filter(|site| self::parts(site).len() == 1) {
        return Some(site);
    }
    // `Site » Blog Archive » Headline`, as old blogging systems write.
    const KINDS_OF_PAGE: [&str; 5] = ["blog archive", "archive", "archives", "blog", "home"];
    let rest: Vec<&&str> = parts
        .iter()
        .filter(|part| !headline.contains(&key(part)) && !key(part).contains(&headline))
        .filter(|part| !KINDS_OF_PAGE.contains(&key(part).as_str()))
        .filter(|part| !is_review_of(&key(part), &headline) && !is_review_phrase(&key(part), "en"))
        // `Orchard (2012)`, over `Orchard, and what was left of it`
        .filter(|part| !begins_headline(&key(part), &headline))
        // `LONG SNOW, THE`
        .filter(|part| !key(part).split(' ').all(|word| headline.split(' ').any(|own| own == word)))
        .collect();
    rest.last().map(|site| (**site).to_owned()).or_else(|| beside(title, &headline))
}

/// Whether a part of the title is a headline in other words: `Orchard Review`, over `Orchard (2013)`.
fn is_review_of(part: &str, headline: &str) -> bool {
    let (review, others): (Vec<&str>, Vec<&str>) = part.split(' ').partition(|word| is_review_phrase(word, "en"));
    let is_said = |word: &&str| headline.split(' ').any(|own| own == *word);
    !review.is_empty() && !others.is_empty() && others.iter().all(is_said)
}

/// Whether a part of the title, its year apart, is what the headline begins with.
pub(super) fn begins_headline(part: &str, headline: &str) -> bool {
    let year = part.rsplit_once(' ').filter(|(_, last)| last.len() == 4 && crate::values::year(last).is_some());
    let bare = year.map_or(part, |(bare, _)| bare);
    headline.strip_prefix(bare).is_some_and(|rest| !bare.is_empty() && rest.starts_with(' '))
}

/// `Headline, Site`: what follows the headline in the title after some sign.
fn beside(title: &str, headline: &str) -> Option<String> {
    for (at, sign) in
        title.char_indices().rev().filter(|(_, character)| matches!(character, ',' | ':' | '|' | '-' | '–'))
    {
        let head = title.get(..at)?;
        let tail = title.get(at.saturating_add(sign.len_utf8())..)?.trim();
        if key(head) == headline && !tail.is_empty() && tail.len() <= 60 && !is_review_phrase(&key(tail), "en") {
            return Some(tail.to_owned());
        }
    }
    before_headline(title, headline)
}

/// `Site Films - Headline`, `Site: Headline`: the site's name in the title's own spelling.
fn before_headline(title: &str, headline: &str) -> Option<String> {
    let own = key(title);
    let rest = own.strip_suffix(headline).map(str::trim).filter(|rest| !rest.is_empty())?;
    let ends = title.char_indices().filter(|(_, sign)| matches!(sign, ':' | '|' | '-' | '–' | '—' | ',' | '·' | '»'));
    ends.filter_map(|(at, _)| title.get(..at)).find(|part| key(part) == rest).map(|part| part.trim().to_owned())
}

/// The parts of a title: the headline and the site's name.
pub(crate) fn parts(title: &str) -> Vec<&str> {
    // What is compared with every line of the page has no more parts than people write.
    let mut parts = vec![start_of(title, TITLE_BYTES_MAX)];
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// `Ada’s Drive-In: The Long Snow` without the site's name before the colon, where the host spells it. Words with a comma
/// need the colon to be told for a title.
pub(super) fn past_site<'t>(reading: Reading<'_>, title: &'t str) -> &'t str {
    let parts = title.split_once(": ").filter(|(site, _)| spelled_by_host(reading, &key(site)) == Spelled::Whole);
    parts.filter(|(_, own)| !own.contains(", ")).map_or(title, |(_, own)| own.trim_start())
}

/// A page's title without a site's name that the host spells, before or behind the headline.
pub(crate) fn beside_host<'t>(reading: Reading<'_>, title: &'t str, headline: &Headline) -> &'t str {
    let text = headline.text.as_str();
    let around = title.strip_suffix(text).or_else(|| title.strip_prefix(text)).filter(|_| !text.is_empty());
    let is_site = around.is_some_and(|around| {
        let name = around.trim_matches(|sign: char| !sign.is_alphanumeric());
        spelled_by_host(reading, &key(name)) == Spelled::Whole
    });
    let at = title.find(text).filter(|_| is_site);
    at.and_then(|at| title.get(at..at.saturating_add(text.len()))).unwrap_or(title)
}

/// A declared title without the site's name at its end or start.
pub(crate) fn without_site(title: &str, site: Option<&str>) -> String {
    let is_site = |part: &str| site.is_some_and(|site| key(site) == key(part));
    let rest = SEPARATORS.iter().find_map(|separator| {
        let before = title.rsplit_once(separator).filter(|(_, tail)| is_site(tail)).map(|(head, _)| head);
        before.or_else(|| title.split_once(separator).filter(|(head, _)| is_site(head)).map(|(_, tail)| tail))
    });
    rest.unwrap_or(title).trim().to_owned()
}
