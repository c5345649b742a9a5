//! The interface that everything with an id has in common, and how an id finds its node.

use async_graphql::{Context, Error, ID, Interface};

use super::caption::Caption;
use super::claim::Claim;
use super::connection::{loader, one};
use super::credit::Credit;
use super::film::Film;
use super::id::{Kind, decode};
use super::outlet::Outlet;
use super::person::Person;
use super::review::Review;
use super::submission::{Fetch, Submission};
use crate::read::loader::RedirectKey;
use crate::read::{ReadError, Redirect};

/// Anything that can be fetched again by its id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque, and the same for as long as the thing exists."))]
pub(crate) enum Node {
    Film(Film),
    Person(Person),
    Credit(Credit),
    Review(Review),
    Outlet(Outlet),
    Caption(Caption),
    Claim(Claim),
    Submission(Submission),
    Fetch(Fetch),
}

/// The node that an id names; none when it is not there.
pub(crate) async fn node(context: &Context<'_>, id: &ID) -> Result<Option<Node>, Error> {
    let (kind, number) = decode(id)?;
    Ok(match kind {
        Kind::Film => film(context, number).await?.map(Node::Film),
        Kind::Person => person(context, number).await?.map(Node::Person),
        Kind::Credit => one(context, number).await?.map(|row| Node::Credit(Credit(row))),
        Kind::Review => one(context, number).await?.map(|row| Node::Review(Review(row))),
        Kind::Outlet => one(context, number).await?.map(|row| Node::Outlet(Outlet(row))),
        Kind::Caption => one(context, number).await?.map(|row| Node::Caption(Caption(row))),
        Kind::Claim => one(context, number).await?.map(|row| Node::Claim(Claim(row))),
        Kind::Submission => one(context, number).await?.map(|row| Node::Submission(Submission(row))),
        Kind::Fetch => one(context, number).await?.map(|row| Node::Fetch(Fetch(row))),
    })
}

/// The film with this row number, or the one that it was merged into.
pub(crate) async fn film(context: &Context<'_>, number: i64) -> Result<Option<Film>, Error> {
    if let Some(row) = one(context, number).await? {
        return Ok(Some(Film(row)));
    }
    match loader(context)?.load_one(RedirectKey(Redirect::Film, number)).await? {
        Some(target) => Ok(one(context, target).await?.map(Film)),
        None => Ok(None),
    }
}

/// The person with this row number, or the one that it was merged into.
pub(crate) async fn person(context: &Context<'_>, number: i64) -> Result<Option<Person>, Error> {
    if let Some(row) = one(context, number).await? {
        return Ok(Some(Person(row)));
    }
    match loader(context)?.load_one(RedirectKey(Redirect::Person, number)).await? {
        Some(target) => Ok(one(context, target).await?.map(Person)),
        None => Ok(None),
    }
}

/// The film that another row names. It may have been merged away since that row was read.
pub(crate) async fn required_film(context: &Context<'_>, number: i64) -> Result<Film, Error> {
    film(context, number)
        .await?
        .ok_or_else(|| ReadError::Row(format!("film {number} is named and is not there")).into())
}

/// The person that another row names. They may have been merged away since that row was read.
pub(crate) async fn required_person(context: &Context<'_>, number: i64) -> Result<Person, Error> {
    let found = person(context, number).await?;
    found.ok_or_else(|| ReadError::Row(format!("person {number} is named and is not there")).into())
}
