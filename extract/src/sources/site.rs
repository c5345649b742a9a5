//! How a page tells the site it stands on from itself: by its address, by what its head declares, and by the elements
//! that lead to the front page.
//!
//! Answers questions that several sources ask; makes no statements.

use url::Url;

use crate::folding::{key, lower};
use crate::page::{Block, Kind, MarkKind};
use crate::sources::Reading;
use crate::sources::metadata::Metadata;

/// Hosts that give each project of an owner a folder of its own.
const PROJECT_HOSTS: [&str; 2] = [".github.io", ".gitlab.io"];

/// Letters from which a name that an address spells is no chance.
const LETTERS_MIN: usize = 4;

/// Words in classes that say an element is the site's name.
const CLASSES: [&str; 15] = [
    "site-title",
    "blog-title",
    "site-name",
    "sitename",
    "blogtitle",
    "site-logo",
    "navbar-brand",
    "site__title",
    "logo",
    "nav-logo",
    "header-logo",
    "logo-text",
    "site-brand",
    "brand-name",
    "blog-name",
];

/// Whether a word before `by` or `with` leads to what made the page rather than to who wrote it: `Powered by`.
pub(super) fn is_tool_word(word: &str) -> bool {
    const WORDS: [&str; 9] =
        ["powered", "generated", "built", "hosted", "designed", "theme", "themed", "made", "published"];
    WORDS.contains(&word)
}

/// The host of the page's address.
pub(super) fn host(reading: Reading<'_>) -> &str {
    reading.page.url.as_ref().and_then(Url::host_str).unwrap_or_default()
}

/// How far a site's address spells a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelled {
    Not,
    Within,
    Whole,
}

/// How far the host spells a name, given as a key.
pub(super) fn spelled_by_host(reading: Reading<'_>, name: &str) -> Spelled {
    let (label, squashed) = (own_label(host(reading)), squashed(name));
    if squashed.chars().count() < LETTERS_MIN {
        Spelled::Not
    } else if label == squashed {
        Spelled::Whole
    } else if label.contains(&squashed) {
        Spelled::Within
    } else {
        Spelled::Not
    }
}

/// Whether a name begins with what the host spells: `Name: Films` at `name.example`.
pub(super) fn begins_as_host(reading: Reading<'_>, name: &str) -> bool {
    let label = own_label(host(reading));
    label.chars().count() >= LETTERS_MIN && squashed(name).starts_with(&label)
}

/// The part of a host that its owner chose: `name` in `www.name.com`, `name.platform.io` and `old.name.co.uk`.
fn own_label(host: &str) -> String {
    const GENERIC: [&str; 8] = ["www", "blog", "old", "m", "co", "com", "org", "net"];
    let labels: Vec<&str> = host.split('.').collect();
    let ends = labels.len().saturating_sub(1);
    labels.into_iter().take(ends).find(|label| !GENERIC.contains(label)).unwrap_or_default().replace('-', "")
}

/// A name as addresses spell it.
fn squashed(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether an element's class says that it is the site's name.
pub(super) fn has_site_class(block: &Block) -> bool {
    block.classes.split_whitespace().any(|class| CLASSES.contains(&class))
}

/// Whether an element, whose words are given as a key, stands for the site: it leads to the front page, its class says so,
/// or the site's address spells it.
pub(super) fn stands_for_site(reading: Reading<'_>, block: &Block, own: &str) -> bool {
    has_site_class(block) || leads_home(reading, block) || is_spelled(reading, own)
}

/// Whether an element is a link to the front page.
pub(super) fn leads_home(reading: Reading<'_>, block: &Block) -> bool {
    let Some(url) = &reading.page.url else { return false };
    block.marks.iter().any(|mark| match &mark.kind {
        MarkKind::Link(link) => reading
            .page
            .absolute(link)
            .and_then(|link| Url::parse(&link).ok())
            .is_some_and(|link| link.host_str() == url.host_str() && is_front_page(link.path(), url.path())),
        _ => false,
    })
}

/// Whether the address spells a heading, in its host or in the folder of a project.
fn is_spelled(reading: Reading<'_>, own: &str) -> bool {
    const HEADING_LETTERS_MIN: usize = 6;
    let Some(url) = &reading.page.url else { return false };
    let own: String = own.chars().filter(char::is_ascii_alphanumeric).collect();
    let host: String = host(reading).chars().filter(char::is_ascii_alphanumeric).collect();
    // `ada.github.io/LanternSlides/`
    let project = url.host_str().filter(|host| PROJECT_HOSTS.iter().any(|end| host.ends_with(end)));
    let folder = project.and_then(|_| url.path_segments()?.next()).unwrap_or_default().replace(['-', '_', '.'], "");
    own.len() >= HEADING_LETTERS_MIN && (host.contains(&own) || folder.eq_ignore_ascii_case(&own))
}

/// Whether a path is that of the front page of the site that a page is part of; sites stand in folders too.
fn is_front_page(path: &str, page: &str) -> bool {
    let folder =
        ["index.html", "index.htm", "index.php"].iter().find_map(|name| path.strip_suffix(name)).unwrap_or(path);
    let is_folder = folder.ends_with('/') && folder.matches('/').count() == 2 && page.starts_with(folder);
    path != page && (matches!(folder, "/" | "/blog/") || is_folder)
}

/// The lines that say whose the page is, last first, and where each goes on after the sign: `Copyright © 2009 `.
pub(super) fn copyright_lines<'a>(reading: Reading<'a>) -> impl Iterator<Item = (&'a Block, usize)> {
    const LINE_BYTES_MAX: usize = 160;
    const LEAD_BYTES_MAX: usize = 40;
    let lines = reading.page.blocks.iter().rev().filter(|block| block.kind != Kind::Caption);
    lines.filter(|block| block.span.len() <= LINE_BYTES_MAX).filter_map(move |block| {
        let lowered = lower(reading.page.block_text(block));
        let signs = ["©", "(c)", "copyright"].iter().filter_map(|sign| {
            lowered.find(sign).filter(|at| *at <= LEAD_BYTES_MAX).map(|at| at.saturating_add(sign.len()))
        });
        signs.max().map(|end| (block, end))
    })
}

/// A line without the years and signs that stand before the name in it.
pub(super) fn past_years(rest: &str) -> &str {
    rest.trim_start_matches(|character: char| {
        character.is_whitespace() || character.is_ascii_digit() || ":-–—,©".contains(character)
    })
}

/// The site's name as its head declares it.
pub(super) fn declared_site(metadata: &Metadata) -> Option<&str> {
    let site = metadata.first(&["og:site_name", "application-name", "al:android:app_name"])?;
    // Some templates declare the page's own title as its site's name.
    let is_title = metadata.first(&["og:title"]).is_some_and(|title| key(title) == key(site));
    (!is_title).then_some(site)
}
