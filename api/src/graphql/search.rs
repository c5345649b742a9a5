//! Search: the words that a client asks for, and the page of hits.

use async_graphql::{Context, Error, Object, SimpleObject, Union};
use entity::search::{Kind, Query};
use futures::future::try_join_all;

use super::connection::{PageInfo, Paging, loader, one};
use super::cursor;
use super::error::bad_input;
use super::film::Film;
use super::node;
use super::person::Person;
use super::review::Review;
use crate::read::list::{KeyKind, Order};
use crate::read::search::{self, Hit};

/// Characters of a query at most: longer than any headline.
const CHARACTERS_MAX: usize = 200;

/// Words of a query at most, each pair of characters in scripts without spaces and each part of a hyphenated word counted:
/// as many as a long title has.
const WORDS_MAX: usize = 32;

/// Best first. The key is computed and not stored.
const BEST_FIRST: Order = Order { name: "search", key: "score", kind: KeyKind::Real, descending: true };

/// What a search finds.
#[derive(Clone, Union)]
pub(crate) enum SearchHit {
    Film(Film),
    Person(Person),
    Review(Review),
}

/// A hit, and its place among the hits.
#[derive(SimpleObject)]
pub(crate) struct SearchEdge {
    /// The place, to be given as `after`.
    cursor: String,
    /// What was found.
    node: SearchHit,
    /// How good a hit it is: 4 is exactly this title or name; from 3 up, all the words are in a title or name; from 2 up, in a
    /// headline; from 1 up, anywhere in a review. What stands behind the point is the database's rank.
    score: f64,
}

/// A page of hits, best first.
pub(crate) struct SearchConnection {
    hits: Vec<(Hit, SearchHit)>,
    more: bool,
    continued: bool,
}

/// A page of hits, best first.
#[Object]
impl SearchConnection {
    /// The hits of this page, each with its cursor and its score.
    async fn edges(&self) -> Vec<SearchEdge> {
        let edge = |(hit, node): &(Hit, SearchHit)| SearchEdge {
            cursor: cursor::encode(&BEST_FIRST, &hit.position()),
            node: node.clone(),
            score: hit.score,
        };
        self.hits.iter().map(edge).collect()
    }

    /// The hits of this page.
    async fn nodes(&self) -> Vec<SearchHit> {
        self.hits.iter().map(|(_, node)| node.clone()).collect()
    }

    /// Where this page lies among the hits.
    async fn page_info(&self) -> PageInfo {
        let cursor = |hit: Option<&(Hit, SearchHit)>| hit.map(|(hit, _)| cursor::encode(&BEST_FIRST, &hit.position()));
        PageInfo {
            has_next_page: self.more,
            has_previous_page: self.continued,
            start_cursor: cursor(self.hits.first()),
            end_cursor: cursor(self.hits.last()),
        }
    }
}

/// The page of hits that a client asks for.
pub(crate) async fn find(context: &Context<'_>, text: &str, paging: &Paging) -> Result<SearchConnection, Error> {
    let query = query(text)?;
    let window = paging.window_in(&BEST_FIRST)?;
    let limit = window.limit.saturating_add(1);
    let mut hits = search::hits(loader(context)?.loader(), text, &query, window.after.as_ref(), limit).await?;
    let page = usize::try_from(window.limit).unwrap_or(usize::MAX);
    let more = hits.len() > page;
    hits.truncate(page);
    let nodes = try_join_all(hits.iter().map(|hit| node_of(context, hit))).await?;
    // What was merged away since the hits were read is found under what it was merged into, or is gone.
    let hits = hits.into_iter().zip(nodes).filter_map(|(hit, node)| Some((hit, node?))).collect();
    Ok(SearchConnection { hits, more, continued: window.after.is_some() })
}

async fn node_of(context: &Context<'_>, hit: &Hit) -> Result<Option<SearchHit>, Error> {
    Ok(match hit.kind {
        Kind::Film => node::film(context, hit.id).await?.map(SearchHit::Film),
        Kind::Person => node::person(context, hit.id).await?.map(SearchHit::Person),
        Kind::Review => one(context, hit.id).await?.map(|row| SearchHit::Review(Review(row))),
    })
}

/// The words of a query, refused when they are none or too many.
fn query(text: &str) -> Result<Query, Error> {
    let shown: String = text.chars().take(60).collect();
    let characters = text.chars().count();
    if characters > CHARACTERS_MAX {
        let message = format!("`query` {shown:?}… is {characters} characters long; give at most {CHARACTERS_MAX}");
        return Err(bad_input(message));
    }
    let query = Query::of(text);
    match query.words() {
        0 => Err(bad_input(format!("`query` {shown:?} has no word in it; give letters or digits"))),
        words if words > WORDS_MAX => Err(bad_input(format!(
            "`query` {shown:?}… comes to {words} words (a pair of characters is one where words are written without \
             spaces, and so is each part of a hyphenated word); give at most {WORDS_MAX}"
        ))),
        _ => Ok(query),
    }
}
