//! The headline: the one heading that the page itself, its metadata and its structured data agree on.

use std::collections::HashMap;

use url::Url;

use crate::extraction::{Field, Source, Span};
use crate::folding::{key, lower, start_of};
use crate::page::{Block, Kind, MarkKind, Zone};
use crate::sources::Reading;
use crate::sources::byline::{credits_film, worded_byline};
use crate::sources::film_title::is_review_phrase;
use crate::sources::metadata::Metadata;
use crate::sources::page_title::{TITLE_BYTES_MAX, is_filler, parts, past_site, site_name, without_site};
use crate::sources::site::{Spelled, declared_site, spelled_by_host, stands_for_site};
use crate::statement::{Certainty, Statement};
use crate::values;
use crate::vocabulary::vocabulary;

/// Longest headline taken.
const HEADLINE_BYTES_MAX: usize = 300;

/// The score from which a heading is the headline whatever else the page repeats.
const SURE_SCORE: i64 = 40;

/// Digits and signs of the day that an address may begin with: `2022-10-22-`.
const DAY_BYTES: usize = 9;

/// A headline and where it stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Headline {
    /// Its words.
    pub text: String,
    /// Where, when it is visible.
    pub span: Option<Span>,
    /// The site's name, when the page's title carries it.
    pub site: Option<String>,
}

/// Finds it.
pub(crate) fn read(reading: Reading<'_>, metadata: &Metadata, structured: Option<&str>) -> (Headline, Vec<Statement>) {
    let graph = metadata.first(&["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"]);
    let title = metadata.title.as_deref().filter(|title| !is_filler(title)).map(|title| past_site(reading, title));
    let headings = headings(reading);
    let wanted: Vec<String> =
        [structured, graph, title].into_iter().flatten().map(key).filter(|wanted| !wanted.is_empty()).collect();
    let slug = slug(reading);
    let text_start = text_start(reading);
    let named = Named {
        wanted,
        parts: title.map(parts).unwrap_or_default().into_iter().map(key).collect(),
        has_address: headings.iter().any(|block| key(reading.page.block_text(block)) == slug),
        slug,
        site: declared_site(metadata).map(key).unwrap_or_default(),
        article: article(reading),
        text_start,
        text_lead: text_start.and_then(|start| {
            let mut before = headings.iter().filter(|block| block.span.start < start && block.zone == Zone::Body);
            before.next_back().map(|block| block.span.clone())
        }),
    };
    let mut best: Option<(i64, &Block)> = None;
    for (order, block) in headings.iter().enumerate() {
        let score = score(reading, block, order, &named, metadata);
        if score > 0 && best.is_none_or(|(known, _)| score > known) {
            best = Some((score, block));
        }
    }
    let mut statements = Vec::new();
    // A heading that nothing else agrees with gives way to a line that the page's title repeats.
    let is_of_parts = title.is_some_and(|title| parts(title).len() > 1);
    let is_sure =
        best.is_none_or(|(score, block)| score >= SURE_SCORE || block.kind == Kind::Heading(1) || !is_of_parts);
    let best = best.map(|(_, block)| block);
    let unmarked = unmarked(reading, graph.or(title), &named);
    // `Search` in a box over a line that says all of the page's title.
    let says_title = |block: &&Block| named.wanted.contains(&key(reading.page.block_text(block)));
    let agrees = |block: &&Block| named.agrees(&key(reading.page.block_text(block)));
    let is_sure =
        is_sure && (best.as_ref().is_some_and(agrees) || !unmarked.of_article.as_ref().is_some_and(says_title));
    let best = best.filter(|_| is_sure).or(unmarked.of_article).or(best);
    let best = best.or_else(|| addressed(reading, &named));
    let best = best.or_else(|| set_apart(reading, title, &named)).or(unmarked.of_site);
    let visible = best.map(|block| (reading.page.block_text(block).to_owned(), block.span.clone()));
    let site = site_name(title, graph, visible.as_ref().map(|(text, _)| text.as_str()), metadata);
    let declared =
        structured.map(str::to_owned).or_else(|| graph.or(title).map(|title| without_site(title, site.as_deref())));
    // A `<title>` that nobody closed holds the page.
    let declared = declared.map(|declared| start_of(&declared, TITLE_BYTES_MAX).to_owned());
    if let Some(declared) = declared.clone().filter(|declared| !declared.is_empty()) {
        let source = if structured.is_some() { Source::StructuredData } else { Source::Metadata };
        statements.push(Statement::new(Field::Headline, declared, source).with(Certainty::Weak));
    }
    let headline = match (visible, declared) {
        (Some((text, span)), _) => {
            statements.push(
                Statement::new(Field::Headline, text.clone(), Source::Headline).at(span.clone()).with(Certainty::Sure),
            );
            Headline { text, span: Some(span), site }
        }
        (None, Some(declared)) => Headline { text: declared, span: None, site },
        (None, None) => Headline { site, ..Headline::default() },
    };
    (headline, statements)
}

/// The headings and lines that may be the headline.
fn headings<'a>(reading: Reading<'a>) -> Vec<&'a Block> {
    let blocks = &reading.page.blocks;
    // Pages without headings set theirs in large letters, under those of the site.
    let has_headings = blocks.iter().any(|block| matches!(block.kind, Kind::Heading(1..=3)));
    let large = large(reading).filter(|_| !has_headings).map(|block| &block.span);
    let is_heading = |block: &&Block| {
        (matches!(block.kind, Kind::Heading(1..=4))
            || has_class(block, &HEADLINE_CLASSES)
            || large == Some(&block.span))
            && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Header)
            && block.span.len() <= HEADLINE_BYTES_MAX
    };
    blocks.iter().filter(is_heading).collect()
}

/// The last line in large letters over the text.
fn large<'a>(reading: Reading<'a>) -> Option<&'a Block> {
    let before = text_start(reading)?;
    let above = reading.page.blocks.iter().take_while(|block| block.span.start < before);
    above.filter(|block| has_class(block, &["large-font"])).last()
}

/// The line over the text that the page's address repeats, or that leads to the page itself.
fn addressed<'a>(reading: Reading<'a>, named: &Named) -> Option<&'a Block> {
    const LINES_MAX: usize = 60;
    let lines = reading.page.blocks.iter().take(LINES_MAX).filter(|block| {
        block.span.len() <= HEADLINE_BYTES_MAX
            && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Header)
            && values::date(reading.page.block_text(block), true).is_none()
    });
    let own_address = reading.page.url.as_ref().map(Url::path).filter(|path| path.len() > 1);
    let leads_here = |block: &Block| {
        block.marks.iter().any(|mark| match &mark.kind {
            MarkKind::Link(link) if mark.span == block.span => {
                let path = reading.page.absolute(link).and_then(|link| Url::parse(&link).ok());
                path.is_some_and(|link| Some(link.path()) == own_address)
            }
            _ => false,
        })
    };
    let repeats = |block: &Block| !named.slug.is_empty() && key(reading.page.block_text(block)) == named.slug;
    lines.into_iter().find(|block| leads_here(block) || repeats(block))
}

/// The line right over the text that is set in bold, or whose class says that it is a title, where the page's title is but the
/// site's.
fn set_apart<'a>(reading: Reading<'a>, title: Option<&str>, named: &Named) -> Option<&'a Block> {
    const LINES_MAX: usize = 5;
    const LINE_BYTES_MAX: usize = 120;
    let start = named.text_start.filter(|_| !named.says(title))?;
    let first = reading.page.blocks.partition_point(|block| block.span.start < start);
    let above = reading.page.blocks.get(first.saturating_sub(LINES_MAX)..first)?;
    above.iter().find(|block| {
        let text = reading.page.block_text(block);
        let is_bold = block.marks.iter().any(|mark| mark.kind == MarkKind::Strong && mark.span == block.span);
        let is_named_so =
            block.classes.split(|sign: char| !sign.is_alphanumeric()).any(|part| matches!(part, "title" | "heading"));
        (is_bold || is_named_so)
            && block.zone == Zone::Body
            && block.span.len() <= LINE_BYTES_MAX
            && !text.ends_with(':')
            && values::date(text, true).is_none()
            && worded_byline(text, reading.language).is_none()
            && vocabulary().labels.exact(&lower(text)).is_none()
            && !stands_for_site(reading, block, &key(text))
    })
}

/// Lines that a page's title repeats.
#[derive(Default)]
struct Unmarked<'a> {
    of_article: Option<&'a Block>,
    /// The best one where all of them stand for the site.
    of_site: Option<&'a Block>,
}

/// The headline of a page without headings: the line of its text that its title, or a part of its title, repeats.
fn unmarked<'a>(reading: Reading<'a>, title: Option<&str>, named: &Named) -> Unmarked<'a> {
    const LETTERS_MIN: usize = 2;
    let parts: Vec<String> = title.map(parts).unwrap_or_default().into_iter().map(key).collect();
    // One word may be the site's name as well, which stands alone in the title or is spelled by the address.
    let is_telling =
        |part: &String| part.contains(' ') || parts.len() > 1 && spelled_by_host(reading, part) == Spelled::Not;
    // A headline may have the signs in it that part it from the site's name.
    let several = (2..parts.len()).flat_map(|count| {
        let ends = [parts.get(..count), parts.get(parts.len().saturating_sub(count)..)];
        ends.into_iter().flatten().map(|parts| parts.join(" "))
    });
    let several: Vec<String> = several.collect();
    let wanted: Vec<&String> = parts.iter().filter(|part| is_telling(part)).chain(&several).collect();
    let lines = reading.page.blocks.iter().filter(|block| {
        block.span.len() <= HEADLINE_BYTES_MAX
            && matches!(block.zone, Zone::Body | Zone::Byline | Zone::Header)
            && !reading.page.is_in_site_header(block)
    });
    let agree: Vec<(String, &Block)> = lines
        .map(|block| (key(reading.page.block_text(block)), block))
        .filter(|(own, _)| {
            own.len() > LETTERS_MIN
                && *own != named.site
                && wanted.iter().any(|part| *part == own || own.contains(' ') && part.starts_with(&format!("{own} ")))
        })
        .collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (own, _) in &agree {
        let told = times.entry(own).or_default();
        *told = told.saturating_add(1);
    }
    // The site's own name stands above the article's, leads home, and is said again below.
    let is_site = |own: &str, block: &Block| block.zone == Zone::Header || stands_for_site(reading, block, own);
    let of_article: Vec<&(String, &Block)> = agree.iter().filter(|(own, block)| !is_site(own, block)).collect();
    // Where both parts of the title stand over the text, a site's name stands over its article's.
    // `The Lantern - The Long Snow (1998)`
    let is_dated = |part: &str, own: &str| {
        let year = part.strip_prefix(own).and_then(|rest| rest.strip_prefix(' '));
        year.is_some_and(|year| values::year(year).is_some_and(|(_, span)| span.len() == year.len()))
    };
    let is_part = |own: &String| parts.iter().any(|part| part == own || is_dated(part, own));
    let over = of_article.iter().filter(|(own, block)| {
        parts.len() == 2 && is_part(own) && named.text_start.is_some_and(|start| block.span.start < start)
    });
    let last = over.clone().next_back().filter(|(own, _)| over.clone().any(|(other, _)| other != own));
    let rarest = last.or_else(|| of_article.iter().min_by_key(|(own, _)| times.get(own.as_str())));
    Unmarked { of_article: rarest.map(|(_, block)| *block), of_site: agree.last().map(|(_, block)| *block) }
}

/// What the page calls itself outside its text, as keys.
struct Named {
    /// The titles that its head declares.
    wanted: Vec<String>,
    /// The parts of `<title>`: the headline and the site's name.
    parts: Vec<String>,
    /// The last part of its address.
    slug: String,
    /// Whether one of its headings says all of the address.
    has_address: bool,
    /// The site's name as its head declares it.
    site: String,
    /// What the article's paragraphs say.
    article: String,
    /// Where the first of them begins.
    text_start: Option<usize>,
    /// The last heading above it.
    text_lead: Option<Span>,
}

impl Named {
    /// Whether a heading has anything of what the page's head calls it.
    fn agrees(&self, own: &str) -> bool {
        const LETTERS_MIN: usize = 4;
        let shares = |wanted: &String| own.split(' ').any(|word| word.len() >= LETTERS_MIN && wanted.contains(word));
        self.wanted.iter().any(|wanted| wanted.contains(own) || own.contains(wanted.as_str()) || shares(wanted))
    }

    /// How far a heading is what the page's head calls it.
    fn agreement(&self, own: &str) -> i64 {
        let is_part = own.len() > 3 && self.parts.iter().any(|part| part == own);
        let one = |wanted: &String| {
            if wanted == own {
                40
            } else if is_part && wanted.contains(own) || wanted.starts_with(own) && own.len() > 3 {
                30
            } else if (wanted.contains(own) || own.contains(wanted.as_str())) && own.len() > 3 && wanted.len() > 3 {
                20
            } else {
                0
            }
        };
        self.wanted.iter().map(one).sum()
    }

    /// Whether the article has any word of the page's title.
    fn says(&self, title: Option<&str>) -> bool {
        const WORD_BYTES_MIN: usize = 4;
        let title = title.map(key).unwrap_or_default();
        title.split(' ').filter(|word| word.len() >= WORD_BYTES_MIN).any(|word| self.article.contains(word))
    }

    /// Whether another heading than one is what the page's address says.
    fn is_addressed(&self, own: &str) -> bool {
        self.has_address && self.slug != own && self.slug.contains(' ')
    }

    /// Whether the article says a heading again and again, its year apart.
    fn is_repeated(&self, own: &str) -> bool {
        const TIMES_MIN: usize = 2;
        const LETTERS_MIN: usize = 5;
        let bare = own.rsplit_once(' ').filter(|(_, last)| last.len() == 4 && values::year(last).is_some());
        let bare = bare.map_or(own, |(title, _)| title);
        bare.len() >= LETTERS_MIN && self.article.matches(&format!(" {bare} ")).count() >= TIMES_MIN
    }
}

/// What the article's paragraphs say, as a key.
fn article(reading: Reading<'_>) -> String {
    const BYTES_MAX: usize = 4_000;
    let blocks = reading.page.blocks.iter();
    let told =
        blocks.filter(|block| block.in_article && block.zone.is_article() && !matches!(block.kind, Kind::Heading(_)));
    told.fold(String::new(), |text, block| {
        if text.len() > BYTES_MAX {
            text
        } else {
            text + " " + &key(start_of(reading.page.block_text(block), BYTES_MAX)) + " "
        }
    })
}

/// Where the article's first paragraph begins.
fn text_start(reading: Reading<'_>) -> Option<usize> {
    const PARAGRAPH_BYTES_MIN: usize = 120;
    let mut blocks = reading.page.blocks.iter();
    let first = blocks.find(|block| {
        block.in_article
            && block.zone.is_article()
            && !matches!(block.kind, Kind::Heading(_))
            && block.span.len() >= PARAGRAPH_BYTES_MIN
    });
    first.map(|block| block.span.start)
}

/// The last part of the page's address as a key.
fn slug(reading: Reading<'_>) -> String {
    let name = reading.page.slug().unwrap_or_default().split('.').next().unwrap_or_default();
    // `2022-10-22-orchard`
    let undated = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '_'));
    let has_day = name.len().saturating_sub(undated.len()) >= DAY_BYTES;
    key(&if has_day { undated } else { name }.replace(['-', '_'], " "))
}

/// Whether a heading stands in an `<article>`, where a site's own name does not.
fn is_of_article(reading: Reading<'_>, block: &Block) -> bool {
    let node = dom_query::NodeRef::new(block.node, &reading.page.document.tree);
    node.ancestors_it(None).any(|above| above.has_name("article"))
}

/// How well a heading agrees with what the page says its title is; 0 or less for a heading that is none.
fn score(reading: Reading<'_>, block: &Block, order: usize, named: &Named, metadata: &Metadata) -> i64 {
    let own = key(reading.page.block_text(block));
    // `Comments` heads a part that is not the article.
    let is_declared = named.wanted.contains(&own) || named.parts.contains(&own);
    let is_of_part = !is_declared && vocabulary().heading(&lower(reading.page.block_text(block))).is_some();
    if own.is_empty() || is_of_part || !is_declared && credits_film(&lower(reading.page.block_text(block))) {
        return 0;
    }
    // An element whose class says that it is the headline is one, whatever its name.
    let level = if let Kind::Heading(level) = block.kind { level } else { 2 };
    if values::date(&own, true).is_some_and(|(_, span)| span.len().saturating_mul(2) > own.len()) {
        return 0;
    }
    let is_site =
        metadata.first(&["og:site_name"]).is_some_and(|site| key(site) == own) || stands_for_site(reading, block, &own);
    // The owner's name over every page, which titles end with.
    let is_linked = block.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Link(_)));
    let is_last = named.parts.last() == Some(&own) && (named.parts.len() > 1 || is_linked);
    let is_site = is_site || (is_last || named.is_addressed(&own)) && reading.page.is_in_site_header(block);
    // `Headline | Site` over the site's name alone: the page prints no headline.
    if is_site && named.parts.len() > 1 && named.parts.contains(&own) {
        return 0;
    }
    let is_named_so = has_class(block, &HEADLINE_CLASSES);
    // `Review:` heads a section, and is the whole address of many a page.
    let is_section = is_review_phrase(&own, reading.language);
    // One word of an address may be anything, unless it is the whole heading.
    let is_slug = if named.slug.contains(' ') {
        own.starts_with(&named.slug) || named.slug.starts_with(&format!("{own} "))
    } else {
        named.slug == own && !is_section
    };
    // A page's title that is but the site's name says nothing for the site's name over it.
    let is_alone = is_site && named.wanted.iter().all(|wanted| *wanted == own);
    let agreement = if is_alone { 0 } else { named.agreement(&own) };
    // Deep headings are sections unless the page's title names them, or the text begins right under them.
    let leads_text =
        named.text_lead.as_ref() == Some(&block.span) && values::date(reading.page.block_text(block), true).is_none();
    if level > 2 && agreement == 0 && !leads_text {
        return 0;
    }
    let length = i64::try_from(own.len().min(60)).unwrap_or(0) / 6;
    let level_bonus = match level {
        1 => 25,
        2 => 10,
        _ if leads_text => 5,
        _ => 0,
    };
    // `Movie Reviews` over a headline.
    let level_bonus = level_bonus - if is_section && agreement == 0 { 20 } else { 0 };
    let place = if block.zone == Zone::Header { -25 } else { 0 } + if block.in_article { 8 } else { 0 };
    let place = place + if level <= 2 && !is_section && is_of_article(reading, block) { 15 } else { 0 };
    let early = -i64::try_from(order.min(20)).unwrap_or(0);
    // Of headings that nothing outside the text names, the one that the text repeats is the title of what it is about.
    let is_repeated = agreement == 0 && level <= 2 && named.is_repeated(&own);
    // Under the text's first paragraph stand sections.
    let is_below = named.text_start.is_some_and(|start| start < block.span.start) && agreement == 0 && level > 1;
    let named = if is_named_so { 25 } else { 0 } + if is_slug { 20 } else { 0 } + if is_repeated { 20 } else { 0 };
    agreement + length + level_bonus + place + early + named
        - if is_site { 60 } else { 0 }
        - if is_below { 30 } else { 0 }
}

/// Words in classes that say an element is the article's headline.
const HEADLINE_CLASSES: [&str; 8] = [
    "post-title",
    "entry-title",
    "article-title",
    "article__title",
    "article-headline",
    "post__title",
    "posttitle",
    "headline",
];

fn has_class(block: &Block, classes: &[&str]) -> bool {
    block.classes.split_whitespace().any(|class| classes.contains(&class))
}
