//! Whose site it is: who writes a personal site that nobody signs.
//!
//! Read from the site's name, from what it says of itself, and from its copyright line; asked only where no byline is found.

use std::ops::Range;

use crate::extraction::{Field, Source};
use crate::folding::{key, lower};
use crate::names::{has_given_name, is_person, names_in};
use crate::page::{Block, Kind, Zone};
use crate::sources::Reading;
use crate::sources::byline::{is_author, leads};
use crate::sources::headline::Headline;
use crate::sources::metadata::Metadata;
use crate::sources::page_title;
use crate::sources::site::{
    Spelled, copyright_lines, has_site_class, host, is_tool_word, leads_home, past_years, spelled_by_host,
};
use crate::statement::{Certainty, Statement};
use crate::vocabulary::vocabulary;

/// Longest line that says whose site it is.
const LINE_BYTES_MAX: usize = 160;

/// Blocks at the top of a page that its site's name may stand in.
const HEAD_BLOCKS_MAX: usize = 8;

/// Blocks at the end of a page that its owner may stand in.
const FOOT_BLOCKS_MAX: usize = 8;

/// Longest name of a site.
const NAME_BYTES_MAX: usize = 60;

/// The owner, where the page names one.
pub(crate) fn read(reading: Reading<'_>, metadata: &Metadata, headline: &Headline) -> Option<Statement> {
    // Sites are named in two words with capitals as people are: what says outright whose it is comes first.
    described(reading)
        .or_else(|| copyright(reading))
        .or_else(|| named_site(reading, metadata, headline))
        .or_else(|| owned_site(reading, metadata, headline))
        .map(|statement| statement.with(Certainty::Weak))
}

/// A site that is named like a person, whose text speaks of “I”, and that nobody signs: its owner writes it.
fn named_site(reading: Reading<'_>, metadata: &Metadata, headline: &Headline) -> Option<Statement> {
    let titles = [metadata.first(&["og:title"]), metadata.title.as_deref()];
    let others = titles.into_iter().flatten().flat_map(page_title::parts).filter(|part| !headline.text.contains(part));
    let heads = reading
        .page
        .blocks
        .iter()
        .take(HEAD_BLOCKS_MAX)
        .filter(|block| matches!(block.kind, Kind::Heading(_)) && leads_home(reading, block));
    let heads = heads.map(|block| reading.page.block_text(block)).filter(|name| *name != headline.text);
    let site = headline.site.as_deref().into_iter().chain(others).chain(heads).find(|site| {
        let is_initial = |word: &str| word.trim_end_matches('.').chars().count() == 1;
        let is_short_name = site.split_once(' ').is_some_and(|(first, last)| {
            is_initial(last)
                && first.chars().count() > 2
                && is_author(site)
                && first.chars().next().is_some_and(char::is_uppercase)
        });
        let is_host_of = |site: &str| is_spelled(reading, site) && reading.page.text.contains(site);
        let shouts = !site.chars().any(char::is_lowercase);
        (is_person(site) && (has_given_name(site) || is_host_of(site)) || is_short_name || has_joined_initials(site))
            && !shouts
    })?;
    let site = owner_within(site);
    let says_i = reading.page.blocks.iter().filter(|block| block.in_article && block.zone == Zone::Body).any(|block| {
        vocabulary().words.count(&lower(reading.page.block_text(block)), "first_person", reading.language) > 0
    });
    // `Ada Berg` at `adaberg.example`
    let is_own_host = is_spelled(reading, site);
    (says_i || is_own_host).then(|| Statement::new(Field::Author, site, Source::Metadata))
}

/// Whether the site's address spells a name: `ada-berg.example`.
fn is_spelled(reading: Reading<'_>, name: &str) -> bool {
    spelled_by_host(reading, &key(name)) != Spelled::Not
}

/// Whose site it is that is named in a sentence of somebody: `Ada Loves Horror` is Ada's.
fn owner_within(site: &str) -> &str {
    const WORDS_BEFORE: usize = 2;
    let first = site.split(' ').next().unwrap_or_default();
    let is_film = |word: &str| vocabulary().words.exact(word).is_some_and(|hit| hit.means("film", "en"));
    let is_of_films =
        lower(site).split(' ').skip(WORDS_BEFORE).any(|word| vocabulary().is_genre_noun(word) || is_film(word));
    if is_of_films && vocabulary().is_given_name(&lower(first)) { first } else { site }
}

/// `AM.Berg`: initials written together with the surname.
fn has_joined_initials(name: &str) -> bool {
    const INITIALS_MAX: usize = 3;
    const LETTERS_MIN: usize = 3;
    name.rsplit_once('.').is_some_and(|(initials, surname)| {
        let letters: Vec<char> = initials.chars().filter(|letter| *letter != '.' && *letter != '-').collect();
        (1..=INITIALS_MAX).contains(&letters.len())
            && letters.iter().all(|letter| letter.is_uppercase())
            && surname.chars().count() >= LETTERS_MIN
            && surname.starts_with(char::is_uppercase)
            && surname.chars().skip(1).all(char::is_lowercase)
    })
}

/// `Ada’s Little Blog`, `Ada Berg’s Weblog`: a site that is told as somebody's.
fn owned_site(reading: Reading<'_>, metadata: &Metadata, headline: &Headline) -> Option<Statement> {
    let titles = metadata.title.as_deref().into_iter().flat_map(page_title::parts);
    let printed = reading.page.blocks.iter().filter(|block| has_site_class(block));
    let printed = printed.map(|block| reading.page.block_text(block));
    let heads = reading.page.blocks.iter().take(HEAD_BLOCKS_MAX).filter(|block| block.span.len() <= NAME_BYTES_MAX);
    let heads = heads.map(|block| reading.page.block_text(block));
    // `© 2023 Ada’s blog`
    let signed =
        reading.page.blocks.iter().rev().take(HEAD_BLOCKS_MAX).filter(|block| block.span.len() <= LINE_BYTES_MAX);
    let signed = signed.filter_map(|block| {
        let after = reading.page.block_text(block).split_once('©')?.1;
        Some(after.trim_start_matches(|sign: char| !sign.is_alphabetic()))
    });
    let names = headline.site.as_deref().into_iter().chain(titles).chain(printed).chain(heads).chain(signed);
    names.filter(|site| !headline.text.contains(site)).find_map(|site| {
        let at = site.find(['’', '\''])?;
        let (owner, rest) = (site.get(..at)?, site.get(at..)?.trim_start_matches(['’', '\'']).strip_prefix("s ")?);
        let is_owner = is_person(owner) || !owner.contains(' ') && vocabulary().is_given_name(&lower(owner));
        // `Adalind’s Site` is somebody's, common name or not.
        let is_word = !owner.contains(' ') && owner.starts_with(char::is_uppercase) && is_author(owner);
        let is_site_alone = !rest.contains(' ') && is_word && !vocabulary().is_stop(&lower(owner), "en");
        ((is_owner || is_site_alone) && holds_site_noun(rest))
            .then(|| Statement::new(Field::Author, owner, Source::Metadata))
    })
}

/// Whether a text holds a word for a site, in any language: templates keep their own.
fn holds_site_noun(text: &str) -> bool {
    let hits = vocabulary().facts.find_in_any(&lower(text)).into_iter();
    hits.flat_map(|hit| hit.meanings).any(|(_, of)| of == "site_noun")
}

/// `Personal blog of Ada Berg`, `Notes from the balcony; by Ada Berg` in the line that a site describes itself with.
fn described(reading: Reading<'_>) -> Option<Statement> {
    let lines = reading.page.blocks.iter().enumerate().filter(|(at, block)| {
        // A masthead may stand in what is taken for the article where a page has no other heading.
        let is_masthead = *at < HEAD_BLOCKS_MAX && matches!(block.kind, Kind::Heading(_));
        block.span.len() <= LINE_BYTES_MAX
            && (!block.in_article || is_masthead)
            && !matches!(block.zone, Zone::Related | Zone::Comments)
            && !matches!(block.kind, Kind::Item | Kind::Caption)
    });
    lines.take(200).find_map(|(_, block)| {
        let text = reading.page.block_text(block);
        let lowered = lower(text);
        let says_site = vocabulary().facts.find(&lowered, reading.language).into_iter();
        let own = says_site.filter(|hit| hit.meanings.iter().any(|(_, of)| *of == "site_of")).map(|hit| hit.span.end);
        let is_slogan =
            ["description", "tagline", "subtitle", "slogan"].iter().any(|word| block.classes.contains(word));
        // `written by Ada Berg` alone under every page, `A blog about films, made by Ada`, `Movie Reviews by Ada`
        let is_of_site =
            holds_site_noun(text) || vocabulary().words.count(&lowered, "film_category", reading.language) > 0;
        let is_whole =
            |lead: &Range<usize>| lead.start == 0 && is_person(text.get(lead.end..).unwrap_or_default().trim());
        let is_tool = |lead: &Range<usize>| {
            let before = lowered.get(..lead.start).unwrap_or_default().trim_end();
            is_tool_word(before.rsplit(' ').next().unwrap_or_default())
        };
        // `The Lantern is written by Ada Berg in Oslo`, in a foot
        let is_told = |lead: &Range<usize>| {
            let before = lowered.get(..lead.start).unwrap_or_default().trim_end();
            block.zone == Zone::Footer && (before.ends_with(" is") || before.ends_with(" are"))
        };
        let leads = leads(&lowered, "byline").into_iter().filter(|lead| !is_tool(lead));
        let signed =
            leads.filter(|lead| is_slogan || is_of_site || is_whole(lead) || is_told(lead)).map(|lead| lead.end);
        own.chain(signed).find_map(|end| named_at(reading, block, text, end))
    })
}

/// `© 1997 Ada Berg`, `Copyright 2009–2014 Ada Berg. All rights reserved`: who owns the text wrote it.
fn copyright(reading: Reading<'_>) -> Option<Statement> {
    copyright_lines(reading)
        .find_map(|(block, end)| {
            let text = reading.page.block_text(block);
            named_at(reading, block, text, end).or_else(|| named_before(reading, block, text))
        })
        .or_else(|| reading.page.blocks.iter().rev().take(FOOT_BLOCKS_MAX).find_map(|block| in_foot(reading, block)))
}

/// `Ada Berg, 2009–2022.`: a name with years in a page's foot.
fn in_foot(reading: Reading<'_>, block: &Block) -> Option<Statement> {
    let text = Some(reading.page.block_text(block)).filter(|_| block.zone == Zone::Footer)?;
    let (name, rest) = text.split_once(", ")?;
    let rest = rest.trim_start();
    let is_dated = past_years(rest).len() < rest.len() && rest.starts_with(|first: char| first.is_ascii_digit());
    (is_dated && is_person(name)).then(|| {
        Statement::new(Field::Author, name, Source::CreditBlock)
            .at(block.span.start..block.span.start.saturating_add(name.len()))
    })
}

/// `Ada Berg © 2016`
fn named_before(reading: Reading<'_>, block: &Block, text: &str) -> Option<Statement> {
    let before = text.split('©').next().filter(|before| before.len() < text.len())?;
    let name = before.trim_end_matches(|sign: char| sign.is_ascii_digit() || " -–—|·,".contains(sign));
    let span = block.span.start..block.span.start.saturating_add(name.len());
    (is_person(name) && reading.page.quote(&span) == name)
        .then(|| Statement::new(Field::Author, name, Source::CreditBlock).at(span))
}

/// The person who is named at a place of a line, over years and signs; a single word only where the site's address spells it.
fn named_at(reading: Reading<'_>, block: &Block, text: &str, at: usize) -> Option<Statement> {
    const LETTERS_MIN: usize = 3;
    let rest = text.get(at..)?;
    let bare = past_years(rest);
    let bare = bare.strip_prefix("by ").unwrap_or(bare);
    let start = at.saturating_add(rest.len().saturating_sub(bare.len()));
    let person = names_in(bare, reading.language)
        .into_iter()
        .next()
        .filter(|name| name.span.start == 0)
        .and_then(|name| bare.get(name.span))
        .filter(|name| is_person(name));
    let host = host(reading);
    let word = bare.split(|character: char| !character.is_alphanumeric()).next().filter(|word| {
        let is_theirs = host.contains(&lower(word)) && !is_host_itself(word, host)
            || vocabulary().is_given_name(&lower(word)) && word.starts_with(char::is_uppercase);
        word.len() >= LETTERS_MIN && is_theirs && is_author(word) && !vocabulary().is_stop(&lower(word), "en")
    });
    let name = person.map(|name| owner_within(without_roman_year(name))).or(word)?;
    let from = block.span.start.saturating_add(start);
    Some(Statement::new(Field::Author, name, Source::CreditBlock).at(from..from.saturating_add(name.len())))
}

/// A name without the year in Roman numerals that runs on from it: `Ada Berg MMXXI`.
fn without_roman_year(name: &str) -> &str {
    const LETTERS_MIN: usize = 2;
    let is_year =
        |word: &str| word.len() >= LETTERS_MIN && word.starts_with('M') && word.chars().all(|c| "MDCLXVI".contains(c));
    name.rsplit_once(' ').filter(|(_, last)| is_year(last)).map_or(name, |(bare, _)| bare)
}

/// Whether a word is the whole name that a site of its own has: `Backrow` at `backrow.example` is the site, no person.
fn is_host_itself(word: &str, host: &str) -> bool {
    let labels: Vec<&str> = host.trim_start_matches("www.").split('.').collect();
    // `name.platform.tld` is a person's place on a platform.
    labels.len() == 2 && labels.first().is_some_and(|label| *label == lower(word))
}
