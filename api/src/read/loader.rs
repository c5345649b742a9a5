//! Data loaders: what one level of a query asks for, gathered and read with one statement per relation.
//!
//! One is made for each request and caches nothing: two requests never see each other's rows.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::dataloader::{DataLoader, Loader};

use super::claim::{self, SubjectKey};
use super::list::{self, List, Page, Row, Side, Window};
use super::review::{self, TextKey};
use super::{ReadError, Reader, Redirect, person};

/// How long a level of the query is gathered.
const GATHER: Duration = Duration::from_millis(1);

/// Keys of one statement. Above what the bounds on a query let through, so that a level is never cut in two.
const KEYS_MAX: usize = 100_000;

/// A loader for one request.
pub(crate) fn for_request(reader: Reader) -> DataLoader<Reader> {
    DataLoader::new(reader, tokio::spawn).delay(GATHER).max_batch_size(KEYS_MAX)
}

/// Asks for a row by its id.
pub(crate) struct RowKey<R>(pub(crate) i64, PhantomData<fn() -> R>);

impl<R> RowKey<R> {
    pub(crate) fn new(id: i64) -> Self {
        Self(id, PhantomData)
    }
}
impl<R> Clone for RowKey<R> {
    fn clone(&self) -> Self {
        Self::new(self.0)
    }
}
impl<R> PartialEq for RowKey<R> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<R> Eq for RowKey<R> {}
impl<R> Hash for RowKey<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<R: Row> Loader<RowKey<R>> for Reader {
    type Value = Arc<R>;
    type Error = ReadError;

    async fn load(&self, keys: &[RowKey<R>]) -> Result<HashMap<RowKey<R>, Arc<R>>, ReadError> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = self.rows::<R>(&ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (RowKey::new(id), row)).collect())
    }
}

/// Asks for what a parent has in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ListKey<L, What> {
    pub(crate) parent: i64,
    pub(crate) list: Arc<L>,
    pub(crate) what: Arc<What>,
}

/// Asks for the number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Count;

/// The parents that ask for the same, by what they ask.
fn grouped<L: List, What: Clone + Eq + Hash>(keys: &[ListKey<L, What>]) -> HashMap<(&Arc<L>, &Arc<What>), Vec<i64>> {
    let mut groups: HashMap<_, Vec<i64>> = HashMap::new();
    for key in keys {
        groups.entry((&key.list, &key.what)).or_default().push(key.parent);
    }
    groups
}

impl<L: List> Loader<ListKey<L, Window>> for Reader {
    type Value = Arc<Page<L::Row>>;
    type Error = ReadError;

    async fn load(&self, keys: &[ListKey<L, Window>]) -> Result<HashMap<ListKey<L, Window>, Self::Value>, ReadError> {
        let mut answers = HashMap::with_capacity(keys.len());
        for ((list, what), parents) in grouped(keys) {
            let pages = list::pages(self, list.as_ref(), Some(&parents), what).await?;
            answers.extend(pages.into_iter().map(|(parent, page)| {
                let key = ListKey { parent, list: Arc::clone(list), what: Arc::clone(what) };
                (key, Arc::new(page))
            }));
        }
        Ok(answers)
    }
}

impl<L: List> Loader<ListKey<L, Count>> for Reader {
    type Value = i64;
    type Error = ReadError;

    async fn load(&self, keys: &[ListKey<L, Count>]) -> Result<HashMap<ListKey<L, Count>, i64>, ReadError> {
        let mut answers = HashMap::with_capacity(keys.len());
        for ((list, what), parents) in grouped(keys) {
            let counts = list::counts(self, list.as_ref(), Some(&parents)).await?;
            answers.extend(
                counts
                    .into_iter()
                    .map(|(parent, count)| (ListKey { parent, list: Arc::clone(list), what: Arc::clone(what) }, count)),
            );
        }
        Ok(answers)
    }
}

impl<L: List> Loader<ListKey<L, Side>> for Reader {
    type Value = ();
    type Error = ReadError;

    async fn load(&self, keys: &[ListKey<L, Side>]) -> Result<HashMap<ListKey<L, Side>, ()>, ReadError> {
        let mut answers = HashMap::new();
        for ((list, what), parents) in grouped(keys) {
            let found = list::beyond(self, list.as_ref(), Some(&parents), what).await?;
            answers.extend(
                found
                    .into_iter()
                    .map(|parent| (ListKey { parent, list: Arc::clone(list), what: Arc::clone(what) }, ())),
            );
        }
        Ok(answers)
    }
}

/// Asks for a critic's generosity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GenerosityKey(pub(crate) i64);

impl Loader<GenerosityKey> for Reader {
    type Value = f64;
    type Error = ReadError;

    async fn load(&self, keys: &[GenerosityKey]) -> Result<HashMap<GenerosityKey, f64>, ReadError> {
        let critics: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let found = person::generosity(self, &critics).await?;
        Ok(found.into_iter().map(|(critic, value)| (GenerosityKey(critic), value)).collect())
    }
}

impl Loader<TextKey> for Reader {
    type Value = Arc<str>;
    type Error = ReadError;

    async fn load(&self, keys: &[TextKey]) -> Result<HashMap<TextKey, Arc<str>>, ReadError> {
        review::texts(self, keys).await
    }
}

impl Loader<SubjectKey> for Reader {
    type Value = i64;
    type Error = ReadError;

    async fn load(&self, keys: &[SubjectKey]) -> Result<HashMap<SubjectKey, i64>, ReadError> {
        claim::subjects(self, keys).await
    }
}

/// Asks what a former id was merged into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RedirectKey(pub(crate) Redirect, pub(crate) i64);

impl Loader<RedirectKey> for Reader {
    type Value = i64;
    type Error = ReadError;

    async fn load(&self, keys: &[RedirectKey]) -> Result<HashMap<RedirectKey, i64>, ReadError> {
        let mut answers = HashMap::new();
        for redirect in [Redirect::Film, Redirect::Person] {
            let former: Vec<i64> = keys.iter().filter(|key| key.0 == redirect).map(|key| key.1).collect();
            if !former.is_empty() {
                let found = self.redirects(redirect, &former).await?;
                answers.extend(found.into_iter().map(|(former, id)| (RedirectKey(redirect, former), id)));
            }
        }
        Ok(answers)
    }
}
