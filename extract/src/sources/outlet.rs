//! Where the review stands: the site's name in the page's title, in its head, and its host.

use crate::extraction::{Field, Source};
use crate::sources::Reading;
use crate::sources::headline::Headline;
use crate::statement::{Certainty, Statement};

/// Everything that may be the outlet's name.
pub(crate) fn read(reading: Reading<'_>, headline: &Headline) -> Vec<Statement> {
    let mut statements = Vec::new();
    if let Some(site) = headline.site.as_deref().filter(|site| !site.is_empty()) {
        statements.push(Statement::new(Field::Outlet, tidy_outlet(site), Source::Metadata));
    }
    // The site's own name stands first in its head, as a link to the front page.
    for block in reading.page.blocks.iter().take(30).filter(|block| {
        block.span.len() <= 60 && block.classes.contains("site-title")
            || block.classes.contains("site-name")
            || block.classes.contains("custom-logo")
            || block.classes.contains("navbar-brand")
    }) {
        let text = reading.page.block_text(block);
        if !text.is_empty() {
            statements.push(
                Statement::new(Field::Outlet, text, Source::Headline).at(block.span.clone()).with(Certainty::Weak),
            );
            break;
        }
    }
    if let Some(host) = reading.page.url.as_ref().and_then(|url| url.host_str()) {
        statements
            .push(Statement::new(Field::Outlet, host.trim_start_matches("www."), Source::Url).with(Certainty::Weak));
    }
    statements
}

/// A site's name without a slogan, and without the section that titles add to it (`Site Films`, `Site Movie Reviews`).
fn tidy_outlet(site: &str) -> String {
    const SECTIONS: [&str; 7] =
        [" Film Reviews", " Movie Reviews", " Reviews", " Films", " Movies", " Cinema", " Film"];
    let name = site.split(" | ").next().unwrap_or(site).trim();
    let bare = SECTIONS.iter().find_map(|section| name.strip_suffix(section)).filter(|bare| !bare.contains(' '));
    bare.unwrap_or(name).to_owned()
}
