//! Documents that a request names by their hash instead of sending them: those that clients have sent before (Apollo's automatic
//! persisted queries), and the list of all that are answered, where the operator gave one.
//!
//! A document's name is the SHA-256 of its text in UTF-8, in lower-case hexadecimal digits. What is known by name is judged like
//! what is sent: nothing here says that a document is within the bounds.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::parse_query;
use async_graphql::{Request, ServerError, Value};
use lru::LruCache;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::bounds;
use super::error::{BAD_USER_INPUT, coded};

/// Bytes of all the documents that clients have sent to be known: with the usual kilobyte of each, sixteen thousand.
const KEPT_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Documents of a list at most.
const LISTED_MAX: usize = 100_000;

/// The endings of files that hold a document.
const ENDINGS: [&str; 2] = ["graphql", "gql"];

/// A list of documents that cannot be used.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum KnownDocumentsError {
    #[error("{path:?} cannot be read: give a folder of .graphql files, or a manifest in JSON")]
    NotReadable { path: PathBuf, source: std::io::Error },
    #[error(
        "{path:?} is no manifest: give an object of texts, or one with `operations` that each have a `body`, as Apollo's tools write it"
    )]
    NoManifest { path: PathBuf },
    #[error("{place} is not answered by this server: {reason}")]
    NotAnswered { place: String, reason: String },
    #[error("{path:?} holds no document: nothing would be answered")]
    Empty { path: PathBuf },
    #[error("{path:?} holds more than {LISTED_MAX} documents, the limit")]
    TooMany { path: PathBuf },
}

/// The documents that are answered, and no others. Cheap to clone.
#[derive(Debug, Clone)]
pub struct KnownDocuments {
    by_hash: Arc<HashMap<String, Arc<str>>>,
}

impl KnownDocuments {
    /// Reads a folder (every `.graphql` or `.gql` file in it, at any depth) or a manifest: a JSON object whose values are the
    /// documents, or Apollo's, with a list `operations` of objects that have a `body`.
    ///
    /// # Errors
    /// When something cannot be read, is no GraphQL, or is over a bound that does not depend on variables.
    pub fn read(path: &Path) -> Result<Self, KnownDocumentsError> {
        let mut texts = Vec::new();
        let not_readable = |source| KnownDocumentsError::NotReadable { path: path.to_owned(), source };
        if path.is_dir() {
            gather(path, &mut texts)?;
        } else {
            let text = fs::read_to_string(path).map_err(not_readable)?;
            texts = manifest(path, &text).ok_or_else(|| KnownDocumentsError::NoManifest { path: path.to_owned() })?;
        }
        match texts.len() {
            0 => return Err(KnownDocumentsError::Empty { path: path.to_owned() }),
            count if count > LISTED_MAX => return Err(KnownDocumentsError::TooMany { path: path.to_owned() }),
            _ => {}
        }
        let mut by_hash = HashMap::with_capacity(texts.len());
        for (place, text) in texts {
            let judged = bounds::scan(&text).and_then(|()| parse_query(&text).map(drop).map_err(ServerError::from));
            judged.map_err(|error| KnownDocumentsError::NotAnswered { place, reason: error.message })?;
            by_hash.insert(hash(&text), text.into());
        }
        Ok(Self { by_hash: Arc::new(by_hash) })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.by_hash.len()
    }
}

/// The documents below a folder, and where each was found.
fn gather(folder: &Path, into: &mut Vec<(String, String)>) -> Result<(), KnownDocumentsError> {
    let not_readable = |path: &Path, source| KnownDocumentsError::NotReadable { path: path.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(|source| not_readable(folder, source))? {
        let entry = entry.map_err(|source| not_readable(folder, source))?;
        let path = entry.path();
        // A link that leads back up is not followed.
        let kind = entry.file_type().map_err(|source| not_readable(&path, source))?;
        if kind.is_dir() {
            gather(&path, into)?;
        } else if path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
            let text = fs::read_to_string(&path).map_err(|source| not_readable(&path, source))?;
            into.push((path.display().to_string(), text));
        }
        if into.len() > LISTED_MAX {
            return Ok(());
        }
    }
    Ok(())
}

/// The documents of a manifest, and where each was found.
fn manifest(path: &Path, text: &str) -> Option<Vec<(String, String)>> {
    let serde_json::Value::Object(manifest) = serde_json::from_str(text).ok()? else { return None };
    let place = |name: &str| format!("{name:?} in {}", path.display());
    if let Some(serde_json::Value::Array(operations)) = manifest.get("operations") {
        let document = |operation: &serde_json::Value| {
            let name = operation.get("name").and_then(|name| name.as_str()).unwrap_or("a document");
            Some((place(name), operation.get("body")?.as_str()?.to_owned()))
        };
        return operations.iter().map(document).collect();
    }
    manifest.iter().map(|(name, text)| Some((place(name), text.as_str()?.to_owned()))).collect()
}

/// What documents are known.
#[derive(Debug)]
pub(crate) struct Documents {
    listed: Option<KnownDocuments>,
    kept: Mutex<Kept>,
}

/// Documents that clients have sent, the longest unused of which go first.
#[derive(Debug)]
struct Kept {
    texts: LruCache<String, Arc<str>>,
    bytes: usize,
}

/// A document to be kept once it has proved to be within the bounds.
#[derive(Debug)]
pub(crate) struct Sent {
    hash: String,
    text: Arc<str>,
}

impl Documents {
    pub(crate) fn new(listed: Option<KnownDocuments>) -> Self {
        Self { listed, kept: Mutex::new(Kept { texts: LruCache::unbounded(), bytes: 0 }) }
    }

    /// Puts the document that the request names into it; gives the one that it sent under a name.
    ///
    /// # Errors
    /// For the caller, when the name is wrong or not known, or the document is not on the list.
    pub(crate) fn find(&self, request: &mut Request) -> Result<Option<Sent>, ServerError> {
        let named = request.extensions.remove("persistedQuery").map(|named| name_in(&named)).transpose()?;
        if let Some(listed) = &self.listed {
            let hash = match named {
                Some(hash) if request.query.is_empty() => hash,
                named => matching(named, &request.query)?,
            };
            let text = listed.by_hash.get(&hash).ok_or_else(|| {
                let message = "this server answers the documents on its list and no others; this one is not on it";
                coded(ServerError::new(message, None), "DOCUMENT_NOT_KNOWN")
            })?;
            request.query = text.as_ref().to_owned();
            return Ok(None);
        }
        match named {
            None => Ok(None),
            Some(hash) if request.query.is_empty() => {
                let text = self.kept().texts.get(&hash).cloned();
                // The words that clients look for, to send the text after all.
                let text = text.ok_or_else(|| {
                    coded(ServerError::new("PersistedQueryNotFound", None), "PERSISTED_QUERY_NOT_FOUND")
                })?;
                request.query = text.as_ref().to_owned();
                Ok(None)
            }
            named => {
                let hash = matching(named, &request.query)?;
                Ok(Some(Sent { hash, text: request.query.as_str().into() }))
            }
        }
    }

    /// Keeps a document, and lets go of others when there are too many.
    pub(crate) fn keep(&self, sent: Sent) {
        let mut kept = self.kept();
        kept.bytes += sent.hash.len() + sent.text.len();
        if let Some((hash, text)) = kept.texts.push(sent.hash, sent.text) {
            kept.bytes = kept.bytes.saturating_sub(hash.len() + text.len());
        }
        while kept.bytes > KEPT_BYTES_MAX {
            let Some((hash, text)) = kept.texts.pop_lru() else { break };
            kept.bytes = kept.bytes.saturating_sub(hash.len() + text.len());
        }
    }

    /// No holder can leave it half changed: nothing in between can panic.
    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The hash in the extension `persistedQuery`.
fn name_in(extension: &Value) -> Result<String, ServerError> {
    let wrong = |message: &str| Err(coded(ServerError::new(message, None), BAD_USER_INPUT));
    let Value::Object(extension) = extension else {
        return wrong("`persistedQuery` is no object; send one with `version` and `sha256Hash`");
    };
    if extension.get("version") != Some(&Value::from(1)) {
        return wrong("`persistedQuery.version` is not 1, the only one that is known here");
    }
    match extension.get("sha256Hash") {
        Some(Value::String(hash)) if hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
            Ok(hash.to_ascii_lowercase())
        }
        _ => wrong("`persistedQuery.sha256Hash` is not a SHA-256 of 64 hexadecimal digits"),
    }
}

/// The hash of a text, which is the one given, if one is.
fn matching(named: Option<String>, text: &str) -> Result<String, ServerError> {
    let hash = hash(text);
    if named.is_some_and(|named| named != hash) {
        let message = "provided sha does not match query";
        return Err(coded(ServerError::new(message, None), "PERSISTED_QUERY_HASH_MISMATCH"));
    }
    Ok(hash)
}

fn hash(text: &str) -> String {
    format!("{:x}", Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;
    use crate::graphql::error::code;

    fn named(query: &str, hash: &str) -> Request {
        let mut request = Request::new(query);
        let name = value!({ "version": 1, "sha256Hash": hash });
        request.extensions.insert("persistedQuery".to_owned(), name);
        request
    }

    fn refusal(documents: &Documents, mut request: Request) -> String {
        let error = documents.find(&mut request).expect_err("refused");
        code(&error).expect("a code").to_owned()
    }

    #[test]
    fn what_was_sent_with_its_name_is_found_by_it() {
        let documents = Documents::new(None);
        let text = "{ __typename }";
        assert_eq!(refusal(&documents, named("", &hash(text))), "PERSISTED_QUERY_NOT_FOUND");
        let sent = documents.find(&mut named(text, &hash(text))).expect("found").expect("to be kept");
        assert_eq!(refusal(&documents, named("", &hash(text))), "PERSISTED_QUERY_NOT_FOUND", "not kept yet");
        documents.keep(sent);
        let mut request = named("", &hash(text).to_uppercase());
        assert!(documents.find(&mut request).expect("found").is_none());
        assert_eq!(request.query, text);
    }

    #[test]
    fn a_wrong_name_is_refused() {
        let documents = Documents::new(None);
        assert_eq!(refusal(&documents, named("{ a }", &hash("{ b }"))), "PERSISTED_QUERY_HASH_MISMATCH");
        assert_eq!(refusal(&documents, named("", "cafe")), "BAD_USER_INPUT");
        let mut request = Request::new("");
        request.extensions.insert("persistedQuery".to_owned(), value!({ "version": 2, "sha256Hash": "" }));
        assert_eq!(refusal(&documents, request), "BAD_USER_INPUT");
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_longest_unused_goes_first() {
        let documents = Documents::new(None);
        let long = |number: usize| format!("{{ __typename }} # {number} {}", "x".repeat(1024 * 1024));
        for number in 0..20 {
            let text = long(number);
            documents.keep(Sent { hash: hash(&text), text: text.into() });
        }
        let kept = documents.kept();
        assert!(kept.bytes <= KEPT_BYTES_MAX && kept.texts.len() == 15, "{} of {} bytes", kept.texts.len(), kept.bytes);
        assert!(!kept.texts.contains(&hash(&long(0))) && kept.texts.contains(&hash(&long(19))));
    }

    #[test]
    fn keeping_the_same_again_takes_no_more_room() {
        let documents = Documents::new(None);
        for _ in 0..3 {
            documents.keep(Sent { hash: hash("{ a }"), text: "{ a }".into() });
        }
        assert_eq!(documents.kept().bytes, 64 + 5);
    }

    #[test]
    fn a_list_is_read_from_a_folder_or_a_manifest() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("below")).expect("a folder");
        fs::write(folder.path().join("a.graphql"), "{ a }").expect("written");
        fs::write(folder.path().join("below/b.gql"), "{ b }").expect("written");
        fs::write(folder.path().join("notes.txt"), "{").expect("written");
        assert_eq!(KnownDocuments::read(folder.path()).expect("a list").count(), 2);
        let file = folder.path().join("manifest.json");
        for manifest in [
            r#"{ "one": "{ a }", "two": "{ b }" }"#,
            r#"{ "format": "apollo-persisted-query-manifest", "version": 1, "operations":
                [{ "id": "x", "name": "A", "type": "query", "body": "{ a }" }, { "body": "{ b }" }] }"#,
        ] {
            fs::write(&file, manifest).expect("written");
            let known = KnownDocuments::read(&file).expect("a list");
            assert_eq!(known.count(), 2);
            let documents = Documents::new(Some(known));
            let mut request = named("", &hash("{ a }"));
            assert!(documents.find(&mut request).expect("known").is_none());
            assert_eq!(request.query, "{ a }");
            assert!(documents.find(&mut Request::new("{ b }")).expect("known").is_none());
            assert_eq!(refusal(&documents, Request::new("{ c }")), "DOCUMENT_NOT_KNOWN");
            assert_eq!(refusal(&documents, named("{ c }", &hash("{ c }"))), "DOCUMENT_NOT_KNOWN");
            assert_eq!(refusal(&documents, named("", &hash("{ c }"))), "DOCUMENT_NOT_KNOWN");
        }
    }

    #[test]
    fn a_list_that_could_not_be_answered_is_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert!(matches!(KnownDocuments::read(folder.path()), Err(KnownDocumentsError::Empty { .. })));
        let file = folder.path().join("manifest.json");
        assert!(matches!(KnownDocuments::read(&file), Err(KnownDocumentsError::NotReadable { .. })));
        for (manifest, wanted) in
            [("[]", "is no manifest"), (r#"{ "a": 1 }"#, "is no manifest"), (r#"{ "a": "{" }"#, "\"a\" in")]
        {
            fs::write(&file, manifest).expect("written");
            let error = KnownDocuments::read(&file).expect_err(manifest);
            assert!(error.to_string().contains(wanted), "{error}");
        }
    }
}
