//! Titles that a headline names after the word for a film: `映画「…」`, `the film “…”`, `as críticas do filme …`.

use crate::folding::lower;
use crate::vocabulary::vocabulary;

use super::dissect::Part;

/// Whether a text ends with the word for a film, before a title or the quote that opens it: `映画「`, `the film “`.
pub(super) fn follows_film(before: &str) -> bool {
    let bare = lower(before);
    let bare = bare.trim_end_matches(|sign: char| sign == ' ' || "“\"‘«„『「《〈＜<'".contains(sign));
    let hits = vocabulary().facts.find_in_any(bare);
    hits.last().is_some_and(|hit| hit.span.end == bare.len() && hit.meanings.iter().any(|(_, of)| *of == "film_noun"))
}

/// The title in `Veja as críticas do filme Orchard`: everything after the word for a film, which words lead to.
pub(super) fn after_film(headline: &str) -> Option<Part> {
    const WORDS_MAX: usize = 6;
    const WEIGHT: i32 = 7;
    let (at, _) = headline.match_indices(' ').find(|(at, _)| {
        let head = headline.get(..*at).unwrap_or_default();
        // `Orchard Movie Review`: with a capital it belongs to the words around it.
        let is_lower = head.rsplit(' ').next().is_some_and(|noun| !noun.starts_with(char::is_uppercase));
        is_lower && head.contains(' ') && !head.contains([':', '|', '–', '—']) && follows_film(head)
    })?;
    let rest = headline.get(at..)?;
    let title = rest.trim();
    let is_title = title.starts_with(char::is_uppercase)
        && title.split(' ').count() <= WORDS_MAX
        && !title.contains(['“', '"', '‘', '«', ':', '|']);
    let start = at.saturating_add(rest.len().saturating_sub(rest.trim_start().len()));
    is_title.then(|| Part { text: title.to_owned(), start, weight: WEIGHT, halves: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_word_for_a_film_may_be_its_title() {
        let title = |headline: &str| after_film(headline).map(|part| part.text);
        assert_eq!(title("Veja agora as críticas do filme Orchard").as_deref(), Some("Orchard"));
        assert_eq!(title("Orchard Movie Review"), None);
        assert_eq!(title("A film about bees"), None);
        assert!(follows_film("失敗ではない 映画「") && !follows_film("A filmed “"));
    }
}
