//! One page, top to bottom: sources in the order in which later ones need earlier ones, then the merge, then the verdict.

use std::cell::LazyCell;
use std::collections::HashSet;

use crate::body;
use crate::extraction::{Evidence, Extraction, Field, Reason, ReviewFacts, Source, Span};
use crate::folding::{key, lower};
use crate::language;
use crate::merge::{Said, merge};
use crate::page::Page;
use crate::sources::{
    Reading, byline, captions, credit_block, critic, dek, film_title, headline, links, metadata, outlet, page_title,
    person_links, prose, published, rating, structured, tags,
};
use crate::statement::{Certainty, Statement};
use crate::verdict::{Evidenced, judge};

/// Reads a page.
pub(crate) fn read(input: &crate::Page<'_>) -> Extraction {
    let page = match Page::read(input) {
        Ok(page) => page,
        Err(reason) => return unread(input.url, reason),
    };
    let head = metadata::Metadata::read(&page);
    let found_language = language::detect(&page, head.language.as_deref());
    let reading = Reading { page: &page, language: found_language.as_deref().unwrap_or("en") };

    let mut structured = structured::read(reading);
    let (headline, mut statements) = headline::read(reading, &head, first(&structured.statements, Field::Headline));
    let is_headline = |title: &str| film_title::is_headline(title, &headline, &head, reading.language);
    structured.statements.retain(|one| one.field != Field::Title || !is_headline(&one.value));
    let labelled = credit_block::labelled(reading);
    let credits = credit_block::read(reading, &labelled);
    let stated = titles(structured.statements.iter().chain(&credits));
    let title = film_title::read(reading, &headline, &head, &stated);
    let title_keys: HashSet<String> = stated.iter().chain(&title.title).map(|title| key(title)).collect();
    let surnames = LazyCell::new(|| prose::Surnames::of_page(reading, &title_keys));
    let (found_captions, caption_statements) = captions::read(reading, &title_keys, &|name| surnames.whole(name));

    let of_review = of_review(reading, &head, &headline, &labelled);
    let mut known = known(&structured.statements, &credits, &caption_statements, &title.statements, &of_review);
    known.titles.clone_from(&title_keys);
    known.credit_lines = credit_block::lines(&page, &labelled);
    known.lowered_titles = stated.iter().chain(&title.title).map(|title| lower(title)).collect();
    statements.extend(prose::read(reading, &known, headline.span.as_ref()));
    statements.extend(title.statements);
    statements.extend(of_review);
    let originals = credits.iter().filter(|one| one.field == Field::OriginalTitle).map(|one| &one.value);
    let titles: Vec<String> = stated.iter().chain(&title.title).chain(originals).cloned().collect();
    statements.extend(links::read(reading, &titles).into_iter().chain(person_links::read(reading)));
    let dek = statements.iter().find(|one| one.field == Field::Dek).and_then(|one| one.span.clone());
    let body = body::read(reading, &labelled, &credits, &known.critics, headline.span.as_ref(), dek.as_ref());
    let ratings = ratings(reading, &labelled, headline.span.as_ref(), structured.rating.clone());
    statements.extend(credits);
    statements.extend(caption_statements);
    statements.extend(structured.statements.iter().cloned());

    let page_title = page_title::without_site(head.title.as_deref().unwrap_or_default(), headline.site.as_deref());
    let reason = judge(&Evidenced {
        page: &page,
        head: &head,
        language: reading.language,
        headline: &headline.text,
        headline_node: headline.span.as_ref().and_then(|span| page.block_at(span)).map(|block| block.node),
        page_title: &page_title,
        own_title: page_title::beside_host(reading, &page_title, &headline),
        says_review: title.says_review,
        body: body.as_deref().unwrap_or_default(),
        structured: &structured,
        statements: &statements,
        labelled: &labelled,
        is_rated: !ratings.is_empty(),
        title: title.title.as_deref().or_else(|| stated.first().map(String::as_str)),
        title_confidence: title.confidence,
        is_called_film: title.is_called_film,
        is_titled_after_person: title.is_person,
    });
    drop_openings(&mut statements, body.as_deref());
    let merged = merge(&page, reading.language, Said { statements, ratings, title_confidence: title.confidence });
    let language_evidence = found_language.clone().map(language_evidence);
    let review = ReviewFacts { body, language: found_language, ..merged.review };
    Extraction {
        url: input.url.to_owned(),
        canonical_url: head.canonical,
        is_film_review: reason.is_none(),
        reason,
        film: merged.film,
        review,
        captions: found_captions,
        text: page.text,
        evidence: merged.evidence.into_iter().chain(language_evidence).collect(),
    }
}

/// What is said of a page that cannot be read.
fn unread(url: &str, reason: Reason) -> Extraction {
    Extraction { url: url.to_owned(), reason: Some(reason), ..Extraction::default() }
}

/// Drops descriptions that systems write of the text's first words: they are no line under the headline.
fn drop_openings(statements: &mut Vec<Statement>, body: Option<&str>) {
    let opening = key(body.unwrap_or_default());
    statements.retain(|one| one.field != Field::Dek || one.span.is_some() || is_own_words(&one.value, &opening));
}

/// The ratings that the page prints and structures, the weightiest first.
fn ratings(
    reading: Reading<'_>,
    labelled: &[credit_block::Labelled],
    headline: Option<&Span>,
    structured: Option<rating::Candidate>,
) -> Vec<rating::Candidate> {
    let at = headline.and_then(|span| reading.page.blocks.iter().position(|block| block.span == *span));
    let mut ratings = rating::read(reading, labelled, at);
    ratings.extend(structured);
    ratings.sort_by_key(|candidate| std::cmp::Reverse(candidate.weight));
    ratings
}

/// What the page says of the review itself: who wrote it, where and when, and under what it is filed.
fn of_review(
    reading: Reading<'_>,
    head: &metadata::Metadata,
    headline: &headline::Headline,
    labelled: &[credit_block::Labelled],
) -> Vec<Statement> {
    let mut statements = byline::read(reading, head, headline, labelled);
    statements.extend(outlet::read(reading, head, headline));
    statements.extend(critic::read(reading));
    statements.extend(dek::read(reading, head, headline));
    statements.extend(published::read(reading, head, headline));
    statements.extend(tags::read(reading, head));
    statements
}

/// Whether a description says something that the text does not begin with.
fn is_own_words(description: &str, opening: &str) -> bool {
    const WORDS_COMPARED: usize = 6;
    let cut = description.trim_end().ends_with(['…', ']', ';']) || description.trim_end().ends_with("...");
    let start = key(description).split(' ').take(WORDS_COMPARED).collect::<Vec<_>>().join(" ");
    !cut && !start.is_empty() && !opening.contains(&start)
}

fn language_evidence(tag: String) -> Evidence {
    Evidence { field: Field::Language, subject: None, value: tag, source: Source::Prose, span: None, chosen: true }
}

fn titles<'a>(statements: impl Iterator<Item = &'a Statement>) -> Vec<String> {
    statements.filter(|one| one.field == Field::Title).map(|one| one.value.clone()).collect()
}

fn first(statements: &[Statement], field: Field) -> Option<&str> {
    statements.iter().find(|one| one.field == field).map(|one| one.value.as_str())
}

/// Whom credits, captions and headline name, so that prose is read in their light.
fn known(
    structured: &[Statement],
    credits: &[Statement],
    captions: &[Statement],
    headline: &[Statement],
    of_review: &[Statement],
) -> prose::Known {
    let of = |fields: &[Field], sources: &[&[Statement]]| -> HashSet<String> {
        let all = sources.iter().flat_map(|statements| statements.iter());
        all.filter(|one| fields.contains(&one.field) && one.certainty > Certainty::Weak)
            .map(|one| key(&one.value))
            .collect()
    };
    let critics = of(&[Field::Author], &[of_review]);
    let crew = of(
        &[Field::Director, Field::Writer, Field::Producer, Field::Cinematographer, Field::Composer],
        &[structured, credits, headline],
    );
    prose::Known {
        cast: of(&[Field::Cast], &[structured, credits, captions]),
        // `Written by Ada Berg` may sign the review.
        crew: crew.difference(&critics).cloned().collect(),
        critics,
        cast_names: [structured, credits, captions]
            .iter()
            .flat_map(|statements| statements.iter())
            .filter(|one| one.field == Field::Cast && one.certainty > Certainty::Weak)
            .map(|one| one.value.clone())
            .collect(),
        people: [structured, credits, captions, headline]
            .iter()
            .flat_map(|statements| statements.iter())
            .filter(|one| matches!(one.field, Field::Cast | Field::Director | Field::Writer))
            .map(|one| one.value.clone())
            .collect(),
        ..prose::Known::default()
    }
}
