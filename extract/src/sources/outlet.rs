//! Where the review stands: the site's name in the page's title, in its head, over and under the page, and its host.

use crate::extraction::{Field, Source};
use crate::folding::{is_caseless, key, lower};
use crate::names::is_person;
use crate::page::{Block, Kind, Zone};
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::sources::page_title::{is_filler, parts};
use crate::sources::site::{
    Spelled, begins_as_host, copyright_lines, declared_site, has_site_class, host, is_tool_word, past_years,
    spelled_by_host, stands_for_site,
};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::vocabulary;

/// Everything that may be the outlet's name.
pub(crate) fn read(reading: Reading<'_>, metadata: &Metadata, headline: &Headline) -> Vec<Statement> {
    let mut statements = Vec::new();
    let printed = printed(reading, metadata, headline);
    let is_declared = declared_site(metadata).is_some();
    // A personal site's pages are titled with its owner: the name over them that the address spells is the site's.
    let is_other = |site: &str| {
        printed.is_some_and(|block| {
            let text = reading.page.block_text(block);
            let own = key(text);
            spelled_by_host(reading, &own) == Spelled::Whole && !key(site).contains(&own) && !is_person(text)
        })
    };
    // A head may declare the address where the page's title says the name.
    let spelled =
        headline.site.as_deref().filter(|site| is_address(site)).and_then(|_| spelled_in_title(reading, metadata));
    let site = spelled.or(headline.site.as_deref());
    // `Headline // Site // its slogan`: the name over the page says which part is the site's.
    let over = printed.map(|block| reading.page.block_text(block));
    let over = over.filter(|over| is_part_of_title(metadata, over, headline));
    let site = over.or(site);
    if let Some(site) = site.filter(|site| !site.is_empty() && (is_declared || !is_other(site))) {
        statements.push(Statement::new(Field::Outlet, tidy_outlet(site), Source::Metadata));
    }
    statements.extend(printed.map(|block| {
        let text = tidy_outlet(reading.page.block_text(block));
        let span = block.span.start..block.span.start.saturating_add(text.len());
        let statement = Statement::new(Field::Outlet, text.as_str(), Source::Headline).with(Certainty::Weak);
        if reading.page.quote(&span) == text { statement.at(span) } else { statement }
    }));
    let titled = titled_throughout(metadata, headline).filter(|_| printed.is_none());
    statements.extend(
        titled.map(|site| Statement::new(Field::Outlet, tidy_outlet(site), Source::Metadata).with(Certainty::Weak)),
    );
    statements.extend(
        pictured(reading)
            .map(|name| Statement::new(Field::Outlet, tidy_outlet(&name), Source::Headline).with(Certainty::Weak)),
    );
    statements.extend(copyrighted(reading));
    let host = named_host(reading);
    if !host.is_empty() {
        statements.push(Statement::new(Field::Outlet, host, Source::Url).with(Certainty::Weak));
    }
    statements
}

/// The name that the picture over the page stands for: `alt="The Projection Booth"` of a logo.
fn pictured(reading: Reading<'_>) -> Option<String> {
    const PICTURES_MAX: usize = 3;
    const GENERIC: [&str; 10] =
        ["logo", "site", "company", "website", "header", "home", "brand", "main", "our logo", "site logo"];
    reading.page.elements("img").into_iter().take(PICTURES_MAX).find_map(|picture| {
        let class = lower(&picture.attr("class").unwrap_or_default());
        let address = lower(&picture.attr("src").unwrap_or_default());
        let file = address.rsplit('/').next().unwrap_or_default();
        let alt = picture.attr("alt").unwrap_or_default();
        let lowered = lower(alt.trim());
        let start = if lowered.starts_with("logo ") { "logo ".len() } else { 0 };
        let end = lowered.strip_suffix(" logo").map_or(lowered.len(), str::len);
        let name = alt.trim().get(start..end).unwrap_or_default();
        let is_generic = GENERIC.contains(&lower(name).as_str());
        ((class.contains("logo") || file.contains("logo")) && may_be_site(name) && !is_generic).then(|| name.to_owned())
    })
}

/// Whom the page belongs to, where that is no person: `© 2012–14 The Projection Booth. All rights reserved.`
fn copyrighted(reading: Reading<'_>) -> Option<Statement> {
    copyright_lines(reading).find_map(|(block, end)| {
        let text = reading.page.block_text(block);
        let rest = text.get(end..)?;
        let bare = past_years(rest);
        let bare = bare.strip_prefix("by ").unwrap_or(bare);
        let name = bare.split(['.', '|', '·', '•', ',', '–', '—']).next()?.trim();
        let rights = vocabulary()
            .facts
            .find(&lower(name), reading.language)
            .into_iter()
            .find(|hit| hit.means("rights", reading.language));
        let name = rights.and_then(|hit| name.get(..hit.span.start)).unwrap_or(name).trim();
        let start = block.span.start.saturating_add(text.find(name)?);
        let statement = Statement::new(Field::Outlet, name, Source::CreditBlock).with(Certainty::Weak);
        (may_be_site(name) && !is_person(name) && !names_tool(name))
            .then(|| statement.at(start..start.saturating_add(name.len())))
    })
}

/// `Published with Ghost`: what made the page.
fn names_tool(name: &str) -> bool {
    let lowered = lower(name);
    let words: Vec<&str> = lowered.split(' ').collect();
    words.windows(2).any(|pair| matches!(pair, [word, "by" | "with" | "on" | "using"] if is_tool_word(word)))
}

/// Whether words may be a site's name: short, of letters, with a capital.
fn may_be_site(name: &str) -> bool {
    const NAME_BYTES: std::ops::RangeInclusive<usize> = 4..=40;
    const WORDS_MAX: usize = 5;
    NAME_BYTES.contains(&name.len())
        && name.split(' ').count() <= WORDS_MAX
        && name.chars().next().is_some_and(|first| first.is_uppercase() || is_caseless(first))
        && !name.contains(['@', '/', ':', '{'])
        && !vocabulary().is_stop(&lower(name), "en")
}

/// The site's address as a name: what its owner chose where a platform hosts it (`ada` of `ada.github.io`), else the host.
fn named_host(reading: Reading<'_>) -> &str {
    const PLATFORMS: [&str; 12] = [
        ".github.io",
        ".github.com",
        ".gitlab.io",
        ".blogspot.com",
        ".wordpress.com",
        ".netlify.app",
        ".vercel.app",
        ".pages.dev",
        ".tumblr.com",
        ".substack.com",
        ".medium.com",
        ".neocities.org",
    ];
    let host = host(reading).trim_start_matches("www.");
    PLATFORMS.iter().find_map(|platform| host.strip_suffix(platform)).unwrap_or(host)
}

/// Whether a name is written as a host: `www.name.example`.
fn is_address(site: &str) -> bool {
    site.contains('.') && !site.contains(' ') && site.is_ascii()
}

/// Whether a name is one of several parts of the page's title that the headline is not.
fn is_part_of_title(metadata: &Metadata, name: &str, headline: &Headline) -> bool {
    let parts = metadata.title.as_deref().map(parts).unwrap_or_default();
    let own = key(&headline.text);
    let others = parts.iter().filter(|part| !own.contains(&key(part))).count();
    others > 1 && parts.iter().any(|part| key(part) == key(name))
}

/// The part of the page's title that the address spells whole.
fn spelled_in_title<'a>(reading: Reading<'_>, metadata: &'a Metadata) -> Option<&'a str> {
    let title = metadata.title.as_deref()?;
    parts(title).into_iter().find(|part| spelled_by_host(reading, &key(part)) == Spelled::Whole)
}

/// The title that all of a site's pages bear: it shares no word with the headline.
fn titled_throughout<'a>(metadata: &'a Metadata, headline: &Headline) -> Option<&'a str> {
    const NAME_BYTES_MAX: usize = 40;
    let title = metadata.title.as_deref().map(str::trim).filter(|title| title.len() <= NAME_BYTES_MAX)?;
    let own = key(&headline.text);
    let is_apart = !is_filler(title) && key(title).split(' ').all(|word| !own.split(' ').any(|other| other == word));
    (headline.site.is_none() && headline.span.is_some() && is_apart && !title.is_empty()).then_some(title)
}

/// The site's own name, which stands in its head as a link to the front page: a heading, an element whose class says so, or
/// a word that the address spells.
fn printed<'a>(reading: Reading<'a>, metadata: &Metadata, headline: &Headline) -> Option<&'a Block> {
    const BLOCKS_MAX: usize = 30;
    const NAME_BYTES_MAX: usize = 60;
    let blocks = reading.page.blocks.iter().take(BLOCKS_MAX);
    let is_unnamed = headline.site.is_none() && titled_throughout(metadata, headline).is_none();
    blocks.filter(|block| headline.span.as_ref() != Some(&block.span) && block.span.len() <= NAME_BYTES_MAX).find(
        |block| {
            let own = key(reading.page.block_text(block));
            let is_site = stands_for_site(reading, block, &own);
            let is_heading = matches!(block.kind, Kind::Heading(_));
            !own.is_empty()
                && !reading.page.block_text(block).starts_with('@')
                && (has_site_class(block)
                    || reading.page.is_in_site_header(block)
                        && block.zone != Zone::Navigation
                        && (is_unnamed && is_name(reading.page.block_text(block)) || begins_as_host(reading, &own))
                    || is_site && (is_heading || spelled_by_host(reading, &own) != Spelled::Not))
        },
    )
}

/// Whether a heading is a name rather than a sentence: `Hi, I’m Ada!`
fn is_name(text: &str) -> bool {
    const WORDS_MAX: usize = 5;
    const OF_MENUS: [&str; 8] = ["home", "menu", "blog", "search", "inicio", "accueil", "início", "startseite"];
    text.split(' ').count() <= WORDS_MAX
        && !text.contains(['!', '?', ',', '.', ':'])
        && !OF_MENUS.contains(&lower(text).as_str())
}

/// A site's name without a slogan, and without the section that titles add to it (`Site Films`, `Site Movie Reviews`).
fn tidy_outlet(site: &str) -> String {
    const SECTIONS: [&str; 7] =
        [" Film Reviews", " Movie Reviews", " Reviews", " Films", " Movies", " Cinema", " Film"];
    // `Ada Berg - Curious Developer`
    let owner = [" - ", " – ", " — "].iter().find_map(|dash| site.split_once(dash)).map(|(owner, _)| owner);
    let site = owner.filter(|owner| is_person(owner)).unwrap_or(site);
    let name = site.split(" | ").next().unwrap_or(site).trim_matches([' ', '|', '»', '·', '•', '–', '—']);
    // `The Lantern: reviews of horror`
    let name = name
        .split_once(": ")
        .filter(|(_, slogan)| slogan.starts_with(char::is_lowercase))
        .map_or(name, |(name, _)| name);
    let bare = SECTIONS.iter().find_map(|section| name.strip_suffix(section)).filter(|bare| {
        // `Ada’s Movie Reviews` is all of a name.
        !bare.contains(' ') && !bare.ends_with("’s") && !bare.ends_with("'s")
    });
    bare.unwrap_or(name).to_owned()
}
