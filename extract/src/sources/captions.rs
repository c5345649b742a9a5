//! Pictures' captions: their words, credit and picture; who is in them is for `caption_people`.
//!
//! A caption stands in `figcaption`, in an element whose class says so, or in an `img` with a caption around it; an
//! alternative text alone is none.

use std::collections::HashSet;

use dom_query::NodeRef;

use crate::extraction::{Caption, Span};
use crate::folding::{key, lower};
use crate::page::{Block, Kind, MarkKind, Page, Zone};
use crate::sources::Reading;
use crate::sources::caption_people::{Names, Whole, people_in};
use crate::sources::rating::is_shortcode;
use crate::statement::Statement;
use crate::vocabulary::vocabulary;

/// Longest caption taken.
const CAPTION_BYTES_MAX: usize = 600;

/// Elements looked at for a caption's picture.
const DESCENDANTS_MAX: usize = 300;

/// Captions taken of one page.
const CAPTIONS_MAX: usize = 100;

/// All captions of a page, each once, and what they say.
pub(crate) fn read<'a>(
    reading: Reading<'_>,
    titles: &'a HashSet<String>,
    whole: Whole<'a>,
) -> (Vec<Caption>, Vec<Statement>) {
    let names = Names { titles, whole };
    let mut found: Vec<Caption> = Vec::new();
    let mut statements = Vec::new();
    let mut seen = HashSet::new();
    let blocks = &reading.page.blocks;
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        at = at.saturating_add(1);
        if let Some(run_in) = run_in(reading, block).filter(|_| found.len() < CAPTIONS_MAX) {
            let text = one_line(reading.page.quote(&run_in.words));
            if seen.insert(key(&text)) {
                let people = people_in(reading, &run_in.words, &names, &text, &mut statements);
                let credit = run_in.credit.as_ref().map(|credit| reading.page.quote(credit).to_owned());
                found.push(Caption { text, credit, image_url: None, people });
            }
            continue;
        }
        if !is_caption(reading, block)
            || !matches!(block.zone, Zone::Body | Zone::Aside | Zone::Byline)
            || found.len() >= CAPTIONS_MAX
        {
            continue;
        }
        let mut span = block.span.clone();
        // Lines of one caption: the credit often has one of its own.
        while let Some(next) =
            blocks.get(at).filter(|next| next.kind == Kind::Caption && same_caption(reading.page, block, next))
        {
            span.end = next.span.end;
            at = at.saturating_add(1);
        }
        if span.len() > CAPTION_BYTES_MAX {
            continue;
        }
        let marked = marked_credit(reading, block, &span);
        let Some((text_span, credit)) = marked.or_else(|| split_credit(reading, span)) else { continue };
        let text = one_line(reading.page.quote(&text_span));
        if text.is_empty() || !seen.insert(key(&text)) {
            continue;
        }
        let image_url = image(reading.page, block);
        let people = people_in(reading, &text_span, &names, &text, &mut statements);
        found.push(Caption { text, credit, image_url, people });
    }
    (found, statements)
}

/// A caption that a system has run into the paragraph after its picture: `Words | Photo Credit: Firm The text …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunIn {
    /// The caption's words.
    words: Span,
    /// Who is credited, where that can be told from the text.
    credit: Option<Span>,
}

impl RunIn {
    /// Where the paragraph's own text begins, where that can be told.
    pub(crate) fn end(&self) -> Option<usize> {
        self.credit.as_ref().map(|credit| credit.end)
    }
}

/// The caption at the start of a paragraph. Its credit ends with the firm that it names; a person's name would not tell
/// itself from the sentence after it.
pub(crate) fn run_in(reading: Reading<'_>, block: &Block) -> Option<RunIn> {
    const WORDS_BYTES_MAX: usize = 200;
    const CREDIT_CHARS_MAX: usize = 60;
    if block.kind != Kind::Paragraph || !block.in_article || is_caption(reading, block) {
        return None;
    }
    let text = reading.page.block_text(block);
    let bar = text.find('|').filter(|bar| *bar <= WORDS_BYTES_MAX)?;
    let head = text.get(..bar)?.trim_end();
    let after_bar = bar.saturating_add(1);
    let rest = lower(&text.get(after_bar..)?.chars().take(CREDIT_CHARS_MAX).collect::<String>());
    let hit = vocabulary().credits.find_in_any(&rest).into_iter().next().filter(|hit| hit.span.start <= 1)?;
    let colon = rest.get(hit.span.end..)?.trim_start().starts_with([':', '：']);
    if head.is_empty() || !colon {
        return None;
    }
    let from = after_bar.saturating_add(hit.span.end);
    let value = text.get(from..)?;
    let lead = value.len().saturating_sub(value.trim_start_matches([' ', ':', '：']).len());
    let mut end = from.saturating_add(lead);
    let mut credit = None;
    for word in text.get(end..)?.split(' ').take(5) {
        let is_firm = vocabulary().is_not_name(&lower(word.trim_end_matches([',', '.'])));
        if is_firm {
            credit = Some(end.saturating_add(word.len()));
        } else if credit.is_some() || !word.starts_with(char::is_uppercase) {
            break;
        }
        end = end.saturating_add(word.len()).saturating_add(1);
    }
    let base = block.span.start;
    let place = |from: usize, to: usize| base.saturating_add(from)..base.saturating_add(to);
    Some(RunIn { words: place(0, head.len()), credit: credit.map(|to| place(from.saturating_add(lead), to)) })
}

/// Whether a block is a caption: marked as one, or a line beside a picture that ends with who is to be credited for it.
pub(crate) fn is_caption(reading: Reading<'_>, block: &Block) -> bool {
    const LOOSE_BYTES_MAX: usize = 320;
    const LEVELS_MAX: usize = 3;
    if block.kind == Kind::Caption {
        return true;
    }
    let text = reading.page.block_text(block);
    if block.span.len() > LOOSE_BYTES_MAX || !block.in_article || matches!(block.kind, Kind::Heading(_)) {
        return false;
    }
    let lowered = lower(text);
    let is_credited = vocabulary().credits.find_in_any(&lowered).iter().any(|hit| {
        let phrase = lowered.get(hit.span.clone()).unwrap_or_default();
        let after = lowered.get(hit.span.end..).unwrap_or_default().trim_start();
        let tells = phrase.contains("credit")
            || phrase.contains("crédit")
            || phrase.starts_with("photo")
            || phrase.starts_with("foto");
        tells && after.starts_with([':', '：']) && after.len() <= 80 && hit.span.start > 0
    });
    let beside_picture = || {
        let node = reading.page.document.tree.get(&block.node);
        node.into_iter()
            .flat_map(|node| std::iter::once(node).chain(node.ancestors(Some(LEVELS_MAX))))
            .any(|around| around.descendants_it().take(40).any(|inner| inner.has_name("img")))
    };
    is_credited && beside_picture()
        || is_alone_with_picture(reading.page, block)
        || is_under_picture(reading.page, block)
}

/// Whether a line is all the text of an element that begins with a picture and a line break, and leads nowhere.
fn is_under_picture(page: &Page, block: &Block) -> bool {
    const CAPTION_BYTES_MAX: usize = 200;
    const CHILDREN_MAX: usize = 40;
    if block.span.len() > CAPTION_BYTES_MAX || !matches!(block.kind, Kind::Paragraph | Kind::Other) {
        return false;
    }
    let Some(node) = page.document.tree.get(&block.node) else { return false };
    let said = |node: &NodeRef<'_>| node.is_element() || node.is_text() && !node.text().trim().is_empty();
    let mut held = node.children_it(false).take(CHILDREN_MAX).filter(said);
    let is_picture = |node: &NodeRef<'_>| {
        let holds_one = || node.children_it(false).take(CHILDREN_MAX).any(|child| child.has_name("img"));
        node.has_name("img") || node.has_name("a") && holds_one()
    };
    let leads_on = || block.marks.iter().any(|mark| !mark.kind.is_lettering());
    held.next().is_some_and(|first| is_picture(&first))
        && held.next().is_some_and(|second| second.has_name("br"))
        && !held.any(|other| other.has_name("br"))
        && !leads_on()
        && !is_shortcode(page.block_text(block))
}

/// Whether a block is all the text of a table that holds one picture: how pages without styles set captions.
fn is_alone_with_picture(page: &Page, block: &Block) -> bool {
    const LEVELS_MAX: usize = 4;
    const NODES_MAX: usize = 30;
    const CAPTION_BYTES_MAX: usize = 200;
    if block.span.len() > CAPTION_BYTES_MAX {
        return false;
    }
    let Some(node) = page.document.tree.get(&block.node).filter(|_| block.kind == Kind::Cell) else { return false };
    let table = std::iter::once(node).chain(node.ancestors(Some(LEVELS_MAX))).find(|around| around.has_name("table"));
    let is_small = |table: &NodeRef<'_>| table.descendants_it().take(NODES_MAX).count() < NODES_MAX;
    table.filter(is_small).is_some_and(|table| {
        let pictures = table.descendants_it().filter(|inner| inner.has_name("img")).take(2).count();
        pictures == 1 && one_line(&table.text()).len() == one_line(page.block_text(block)).len()
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two caption blocks stand in one figure.
fn same_caption(page: &Page, a: &Block, b: &Block) -> bool {
    let holder = |block: &Block| {
        let node = page.document.tree.get(&block.node)?;
        std::iter::once(node)
            .chain(node.ancestors(Some(4)))
            .find(|node| {
                node.has_name("figure")
                    || node.attr_or("class", "").split_whitespace().any(|class| class == "wp-caption")
            })
            .map(|node| node.id)
    };
    a.node == b.node || (holder(a).is_some() && holder(a) == holder(b))
}

/// A caption's words and its credit, where the markup parts them: `Words <span class="credit">Firm</span>`.
fn marked_credit(reading: Reading<'_>, block: &Block, span: &Span) -> Option<(Span, Option<String>)> {
    let mark = block.marks.iter().find(|mark| mark.kind == MarkKind::Credit && mark.span.end == span.end)?;
    let words =
        reading.page.quote(&(span.start..mark.span.start)).trim_end_matches([' ', '\n', '|', '–', '—', '-', '/']);
    let printed = reading.page.quote(&mark.span);
    let lowered = lower(printed);
    let lead = vocabulary().credits.find_in_any(&lowered).into_iter().next().filter(|hit| hit.span.start <= 1);
    let credit = tidy_credit(printed.get(lead.map_or(0, |hit| hit.span.end)..).unwrap_or(printed));
    let is_told = !words.is_empty() && !credit.is_empty();
    is_told.then(|| (span.start..span.start.saturating_add(words.len()), Some(credit)))
}

/// Parts a caption's words from its credit.
fn split_credit(reading: Reading<'_>, span: Span) -> Option<(Span, Option<String>)> {
    let text = reading.page.quote(&span);
    let lowered = lower(text);
    let base = span.start;
    let part = |cut: usize, credit: &str| {
        let head = text
            .get(..cut)
            .unwrap_or_default()
            .trim_end_matches([' ', '\n', '|', '–', '—', '-', '/', '(', '[', '•', '·']);
        let credit = tidy_credit(credit);
        (base..base.saturating_add(head.len()), (!credit.is_empty()).then_some(credit))
    };
    // `… in “Title.” (Name/Studio, courtesy of Firm)`: what the brackets at the end hold is one credit.
    let bracketed = closing_brackets(text);
    if let Some((cut, credit)) = bracketed
        && vocabulary().credits.find_in_any(&lowered).iter().any(|hit| hit.span.start > cut)
    {
        return Some(part(cut, credit));
    }
    // `Photo: Name`, `Credit: Name`, `Courtesy of Name`, in brackets, after a bar, on a line of its own, or in the run.
    for hit in vocabulary().credits.find_in_any(&lowered) {
        let before = text.get(..hit.span.start).unwrap_or_default();
        let after = text.get(hit.span.end..).unwrap_or_default();
        let opens = before.trim_end().is_empty()
            || before.trim_end().ends_with(['(', '[', '|', '\n', '.', '–', '—', '/', '”', '"', '-', '•', '’', '\''])
            || before.ends_with('\n');
        let words = lowered.get(hit.span.clone()).unwrap_or_default();
        let says_of = words.ends_with(" of") || words.ends_with(" by") || words == "©" || words == "© ";
        let introduces = after.trim_start().starts_with([':', '：', '©', '/', '|', '–', '-']) || says_of;
        let tells_itself = matches!(words, "courtesy of" | "photo credit");
        if introduces && (opens || tells_itself) {
            return Some(part(hit.span.start, after));
        }
    }
    if let Some((cut, credit)) = bracketed {
        return Some(part(cut, credit));
    }
    // `Words | Firm`, `Words © Firm`
    if let Some((cut, sign)) = text.char_indices().rfind(|(_, character)| matches!(character, '|' | '©')) {
        let credit = text.get(cut.saturating_add(sign.len_utf8())..).unwrap_or_default();
        if credit.len() <= 60 && cut > 0 {
            return Some(part(cut, credit));
        }
    }
    if let Some((cut, credit)) = text.rsplit_once('\n').map(|(head, credit)| (head.len(), credit))
        && credit.len() <= 60
        && !credit.ends_with('.')
    {
        return Some(part(cut, credit));
    }
    Some((span, None))
}

/// `… in “Title.” (Studio)`: closing brackets after the end of a sentence. After a name they hold an actor.
fn closing_brackets(text: &str) -> Option<(usize, &str)> {
    let inner =
        text.trim_end().trim_end_matches('.').strip_suffix(')').or_else(|| text.trim_end().strip_suffix(']'))?;
    let open = inner.rfind(['(', '['])?;
    let credit = inner.get(open.saturating_add(1)..)?;
    let before = inner.get(..open)?.trim_end();
    let ends_sentence = before.ends_with(['.', '!', '?', '”', '"', '’', '…', '»', ')']);
    let names_firm = credit.split([' ', '/', ',']).any(|word| vocabulary().is_not_name(&lower(word)));
    (!before.is_empty() && (ends_sentence || names_firm) && !credit.is_empty()).then_some((open, credit))
}

fn tidy_credit(credit: &str) -> String {
    let credit = one_line(credit);
    let lowered = lower(&credit);
    let mut start = 0;
    // `Photo Credit: Courtesy of Name`: introductions may be stacked.
    for hit in vocabulary().credits.find_in_any(&lowered) {
        let gap = credit.get(start..hit.span.start).unwrap_or_default();
        if gap.chars().all(|character| !character.is_alphanumeric())
            && credit.get(hit.span.end..).is_some_and(|rest| rest.starts_with([':', ' ']))
        {
            start = hit.span.end;
        }
    }
    let rest = credit.get(start..).unwrap_or_default();
    rest.trim_matches(|character: char| character.is_whitespace() || ":/|()[]–—-.©：•".contains(character)).to_owned()
}

fn image(page: &Page, block: &Block) -> Option<String> {
    let node = page.document.tree.get(&block.node)?;
    let around = std::iter::once(node).chain(node.ancestors(Some(4)));
    let image = around
        .filter(|node| !node.has_name("body"))
        .find_map(|holder| holder.descendants_it().take(DESCENDANTS_MAX).find(|inner| inner.has_name("img")))?;
    let source = source_of(&image)?;
    page.absolute(&source)
}

/// Lazy pictures hold a placeholder in `src` and the picture in a data attribute.
fn source_of(image: &NodeRef<'_>) -> Option<String> {
    for attribute in ["data-src", "data-lazy-src", "data-original", "src"] {
        if let Some(source) =
            image.attr(attribute).filter(|source| !source.trim().is_empty() && !source.starts_with("data:"))
        {
            return Some(source.to_string());
        }
    }
    let set = image.attr("srcset").or_else(|| image.attr("data-srcset"))?;
    set.split([',', ' ']).find(|part| !part.is_empty()).map(str::to_owned)
}
