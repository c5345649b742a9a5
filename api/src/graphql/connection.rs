//! Relay connections over the reading layer's lists.
//!
//! Rows, total and page information are each read only when they are asked for, and for all parents of a level at once.

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;
use async_graphql::{Context, Error, Object, OutputType, SimpleObject};

use super::asked::{self, Fields};
use super::cursor;
use super::error::bad_input;
use crate::read::asked::Asked;
use crate::read::caption::CaptionsOf;
use crate::read::claim::ClaimsOf;
use crate::read::credit::CreditList;
use crate::read::film::FilmList;
use crate::read::list::{self, List, Order, Page, Position, Row, Side, Window};
use crate::read::loader::{Count, ListKey, RowKey};
use crate::read::person::PersonList;
use crate::read::review::ReviewList;
use crate::read::submission::{EventsOfSubmission, FetchesOfSubmission, SubmissionList};
use crate::read::{ReadError, Reader};

/// Nodes of a page when nobody says how many.
pub(crate) const PAGE_DEFAULT: u32 = 20;
/// Nodes of a page at most.
pub(crate) const PAGE_MAX: u32 = 100;
/// Members of a list that is not a connection at most.
const FEW_MAX: u32 = 100;

/// The four arguments of a connection.
#[derive(Debug, Default)]
pub(crate) struct Paging {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl Paging {
    /// For lists that are read forwards only.
    pub(crate) fn forwards(first: Option<i32>, after: Option<String>) -> Self {
        Self { first, after, ..Self::default() }
    }

    /// What part of `list` is asked for.
    fn window<L: List>(&self, list: &L) -> Result<Window, Error> {
        self.window_in(&list.order())
    }

    /// What part of a list in this order is asked for.
    pub(crate) fn window_in(&self, order: &Order) -> Result<Window, Error> {
        let (limit, backwards) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(bad_input("both `first` and `last` are given; give one of them"));
            }
            (first, None) => (page_size("first", first)?, false),
            (None, last) => (page_size("last", last)?, true),
        };
        let place = |argument, cursor: &Option<String>| {
            cursor.as_deref().map(|cursor| cursor::decode(order, argument, cursor)).transpose()
        };
        Ok(Window {
            asked: Asked::ALL,
            limit,
            backwards,
            after: place("after", &self.after)?,
            before: place("before", &self.before)?,
        })
    }
}

fn page_size(argument: &str, given: Option<i32>) -> Result<u32, Error> {
    let Some(given) = given else {
        return Ok(PAGE_DEFAULT);
    };
    match u32::try_from(given) {
        Ok(size) if (1..=PAGE_MAX).contains(&size) => Ok(size),
        _ => Err(bad_input(format!("`{argument}` is {given}; ask for 1 to {PAGE_MAX}"))),
    }
}

/// A list whose rows are nodes of the graph.
pub(crate) trait Listed: List {
    /// The GraphQL type of its rows.
    type Node: From<Arc<Self::Row>> + OutputType;

    /// What the fields of its nodes are answered from; whole rows, unless it is said.
    const FIELDS: Fields = &[];
}

/// A page of a list of nodes.
pub(crate) struct Connection<L: Listed> {
    list: Arc<L>,
    parent: Option<i64>,
    window: Arc<Window>,
    page: Arc<Page<L::Row>>,
}

impl<L: Listed> Connection<L> {
    /// The page of a list of everything.
    pub(crate) async fn all(context: &Context<'_>, list: L, paging: &Paging) -> Result<Self, Error> {
        Self::read(context, None, list, paging).await
    }

    /// The page of a parent's list.
    pub(crate) async fn of(context: &Context<'_>, parent: i64, list: L, paging: &Paging) -> Result<Self, Error> {
        Self::read(context, Some(parent), list, paging).await
    }

    async fn read(context: &Context<'_>, parent: Option<i64>, list: L, paging: &Paging) -> Result<Self, Error> {
        let ahead = context.look_ahead();
        let asked = asked::of_nodes::<L::Row>(&ahead, L::FIELDS);
        let window = Arc::new(Window { asked, ..paging.window(&list)? });
        let list = Arc::new(list);
        let rows = ["nodes", "edges", "pageInfo"].iter().any(|field| ahead.field(field).exists());
        let page = match parent {
            _ if !rows => None,
            Some(parent) => {
                let key = ListKey { parent, list: Arc::clone(&list), what: Arc::clone(&window) };
                loader(context)?.load_one(key).await?
            }
            None => {
                list::pages(loader(context)?.loader(), list.as_ref(), None, &window).await?.remove(&0).map(Arc::new)
            }
        };
        Ok(Self { list, parent, window, page: page.unwrap_or_else(|| Arc::new(Page::empty())) })
    }

    fn cursor(&self, position: &Position) -> String {
        cursor::encode(&self.list.order(), position)
    }

    /// Whether the list has a row on that side of a place.
    async fn reaches(&self, context: &Context<'_>, side: Side) -> Result<bool, Error> {
        let loader = loader(context)?;
        match self.parent {
            Some(parent) => {
                let key = ListKey { parent, list: Arc::clone(&self.list), what: Arc::new(side) };
                Ok(loader.load_one(key).await?.is_some())
            }
            None => Ok(!list::beyond(loader.loader(), self.list.as_ref(), None, &side).await?.is_empty()),
        }
    }
}

/// A page of a list: its nodes, where it lies in the list, and how long the list is.
#[Object(
    concrete(name = "FilmConnection", params(FilmList)),
    concrete(name = "PersonConnection", params(PersonList)),
    concrete(name = "CreditConnection", params(CreditList)),
    concrete(name = "ReviewConnection", params(ReviewList)),
    concrete(name = "CaptionConnection", params(CaptionsOf)),
    concrete(name = "ClaimConnection", params(ClaimsOf)),
    concrete(name = "SubmissionConnection", params(SubmissionList)),
    concrete(name = "SubmissionEventConnection", params(EventsOfSubmission)),
    concrete(name = "FetchConnection", params(FetchesOfSubmission))
)]
impl<L: Listed> Connection<L>
where
    Edge<L>: OutputType,
{
    /// The nodes of this page, each with its cursor.
    async fn edges(&self) -> Vec<Edge<L>> {
        let edge = |(position, row): &(Position, Arc<L::Row>)| Edge {
            cursor: self.cursor(position),
            node: L::Node::from(Arc::clone(row)),
        };
        self.page.rows.iter().map(edge).collect()
    }

    /// The nodes of this page.
    async fn nodes(&self) -> Vec<L::Node> {
        self.page.rows.iter().map(|(_, row)| L::Node::from(Arc::clone(row))).collect()
    }

    /// Where this page lies in the list.
    async fn page_info(&self, context: &Context<'_>) -> Result<PageInfo, Error> {
        let ahead = context.look_ahead();
        let window = &self.window;
        let has_previous_page = match &window.after {
            _ if window.backwards && self.page.more => true,
            Some(after) if ahead.field("hasPreviousPage").exists() => {
                self.reaches(context, Side::UpTo(after.clone())).await?
            }
            _ => false,
        };
        let has_next_page = match &window.before {
            _ if !window.backwards && self.page.more => true,
            Some(before) if ahead.field("hasNextPage").exists() => {
                self.reaches(context, Side::From(before.clone())).await?
            }
            _ => false,
        };
        Ok(PageInfo {
            has_next_page,
            has_previous_page,
            start_cursor: self.page.rows.first().map(|(position, _)| self.cursor(position)),
            end_cursor: self.page.rows.last().map(|(position, _)| self.cursor(position)),
        })
    }

    /// How many nodes the whole list has, exactly.
    async fn total_count(&self, context: &Context<'_>) -> Result<i32, Error> {
        let loader = loader(context)?;
        let count = match self.parent {
            Some(parent) => {
                let key = ListKey { parent, list: Arc::clone(&self.list), what: Arc::new(Count) };
                loader.load_one(key).await?
            }
            None => list::counts(loader.loader(), self.list.as_ref(), None).await?.remove(&0),
        };
        Ok(i32::try_from(count.unwrap_or_default()).unwrap_or(i32::MAX))
    }
}

/// A node of a page.
pub(crate) struct Edge<L: Listed> {
    cursor: String,
    node: L::Node,
}

/// A node of a page, and its place in the list.
#[Object(
    concrete(name = "FilmEdge", params(FilmList)),
    concrete(name = "PersonEdge", params(PersonList)),
    concrete(name = "CreditEdge", params(CreditList)),
    concrete(name = "ReviewEdge", params(ReviewList)),
    concrete(name = "CaptionEdge", params(CaptionsOf)),
    concrete(name = "ClaimEdge", params(ClaimsOf)),
    concrete(name = "SubmissionEdge", params(SubmissionList)),
    concrete(name = "SubmissionEventEdge", params(EventsOfSubmission)),
    concrete(name = "FetchEdge", params(FetchesOfSubmission))
)]
impl<L: Listed> Edge<L> {
    /// The place, to be given as `after` or `before`.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The node.
    async fn node(&self) -> &L::Node {
        &self.node
    }
}

/// Where a page lies in its list.
#[derive(SimpleObject)]
// Every subgraph with connections has it.
#[graphql(shareable)]
pub(crate) struct PageInfo {
    /// Whether the list has nodes after this page.
    pub(crate) has_next_page: bool,
    /// Whether the list has nodes before this page.
    pub(crate) has_previous_page: bool,
    /// Cursor of the first node; null on an empty page.
    pub(crate) start_cursor: Option<String>,
    /// Cursor of the last node; null on an empty page.
    pub(crate) end_cursor: Option<String>,
}

/// The request's loader.
pub(crate) fn loader<'a>(context: &Context<'a>) -> Result<&'a DataLoader<Reader>, Error> {
    context.data::<DataLoader<Reader>>()
}

/// A row by its id, if it is there.
pub(crate) async fn one<R: Row>(context: &Context<'_>, id: i64) -> Result<Option<Arc<R>>, Error> {
    Ok(loader(context)?.load_one(RowKey::<R>::new(id)).await?)
}

/// A row that another row names.
pub(crate) async fn required<R: Row>(context: &Context<'_>, id: i64) -> Result<Arc<R>, Error> {
    one(context, id).await?.ok_or_else(|| ReadError::Row(format!("{} {id} is named and is not there", R::TABLE)).into())
}

/// The rows of a list that is not a connection.
pub(crate) async fn few<L: List>(context: &Context<'_>, parent: i64, list: L) -> Result<Vec<Arc<L::Row>>, Error> {
    let key = ListKey { parent, list: Arc::new(list), what: Arc::new(Window::first(FEW_MAX)) };
    let page = loader(context)?.load_one(key).await?;
    Ok(page.map(|page| page.rows.iter().map(|(_, row)| Arc::clone(row)).collect()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: EventsOfSubmission = EventsOfSubmission;

    #[test]
    fn a_page_has_twenty_nodes_unless_it_is_said() {
        assert_eq!(Paging::default().window(&EVENTS).expect("nothing wrong").limit, 20);
    }

    #[test]
    fn sizes_that_make_no_page_are_refused_with_the_bounds() {
        for size in [i32::MIN, -1, 0, 101, i32::MAX] {
            let error = Paging { first: Some(size), ..Paging::default() }.window(&EVENTS).expect_err("no page");
            assert!(
                error.message.contains(&size.to_string()) && error.message.contains("1 to 100"),
                "{}",
                error.message
            );
            assert!(Paging { last: Some(size), ..Paging::default() }.window(&EVENTS).is_err());
        }
    }

    #[test]
    fn first_and_last_together_are_refused() {
        let both = Paging { first: Some(1), last: Some(1), ..Paging::default() };
        assert!(both.window(&EVENTS).expect_err("both").message.contains("one of them"));
    }
}
