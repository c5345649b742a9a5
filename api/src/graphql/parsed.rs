//! Documents as they were parsed, so that one that is asked again is not read again: clients send few documents, many times, with
//! other variables.
//!
//! What is kept has passed the bounds that depend on its text alone, and remembers whether it has passed validation. It must not
//! know variables: what depends on them is judged each time.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::types::ExecutableDocument;
use lru::LruCache;

/// Documents that are kept at most: as many as a site with all its pages has, several times over.
const KEPT_MAX: NonZeroUsize = NonZeroUsize::MIN.saturating_add(511);

/// Bytes of the text of a document that is kept, at most. Parsed it takes some thirty times as much, so that all together
/// they stay below 64 MB.
const TEXT_BYTES_MAX: usize = 4 * 1024;

/// A document that was read before.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) document: ExecutableDocument,
    is_valid: AtomicBool,
}

impl Kept {
    /// Whether it has passed validation.
    pub(super) fn is_valid(&self) -> bool {
        self.is_valid.load(Ordering::Relaxed)
    }

    /// Remembers that it has.
    pub(super) fn passed(&self) {
        self.is_valid.store(true, Ordering::Relaxed);
    }
}

/// Parsed documents by their text, the longest unused of which go first.
#[derive(Debug)]
pub(super) struct Parsed {
    kept: Mutex<LruCache<String, Arc<Kept>>>,
}

impl Parsed {
    pub(super) fn new() -> Self {
        Self { kept: Mutex::new(LruCache::new(KEPT_MAX)) }
    }

    /// The document of this very text, if it is known.
    pub(super) fn get(&self, text: &str) -> Option<Arc<Kept>> {
        self.kept().get(text).cloned()
    }

    /// Keeps a document unless its text is too long.
    pub(super) fn keep(&self, text: &str, document: &ExecutableDocument) {
        if text.len() <= TEXT_BYTES_MAX {
            let kept = Kept { document: document.clone(), is_valid: AtomicBool::new(false) };
            self.kept().put(text.to_owned(), Arc::new(kept));
        }
    }

    /// No holder can leave it half changed: nothing in between can panic.
    fn kept(&self) -> std::sync::MutexGuard<'_, LruCache<String, Arc<Kept>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn keep(parsed: &Parsed, text: &str) {
        parsed.keep(text, &parse_query(text).expect("a document"));
    }

    #[test]
    fn a_document_is_known_by_its_whole_text_only() {
        let parsed = Parsed::new();
        assert!(parsed.get("{ a }").is_none());
        keep(&parsed, "{ a }");
        let known = parsed.get("{ a }").expect("known");
        assert_eq!(format!("{:?}", known.document), format!("{:?}", parse_query("{ a }").expect("a document")));
        assert!(parsed.get("{ a  }").is_none());
    }

    #[test]
    fn the_longest_unused_go_first_and_long_ones_are_not_kept() {
        let parsed = Parsed::new();
        keep(&parsed, "{ first }");
        for number in 0..KEPT_MAX.get() - 1 {
            keep(&parsed, &format!("{{ field{number} }}"));
        }
        assert!(parsed.get("{ first }").is_some(), "used just now");
        keep(&parsed, "{ more }");
        assert!(parsed.get("{ first }").is_some() && parsed.get("{ field0 }").is_none());
        let long = format!("{{ a{} }}", " ".repeat(TEXT_BYTES_MAX));
        keep(&parsed, &long);
        assert!(parsed.get(&long).is_none());
    }
}
