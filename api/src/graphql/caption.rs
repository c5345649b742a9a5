//! Captions, and whom the pictures show.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object};

use super::connection::{Connection, Listed, Paging, few, required};
use super::film::Film;
use super::id::Kind;
use super::node::{required_film, required_person};
use super::person::Person;
use super::review::Review;
use super::scalar::Url;
use super::vocabulary::{FramePlace, parse};
use crate::read::caption::{CaptionRow, CaptionsOf, DepictionRow, DepictionsOfCaption};

/// A picture's caption in a review.
pub(crate) struct Caption(pub(crate) Arc<CaptionRow>);

impl From<Arc<CaptionRow>> for Caption {
    fn from(row: Arc<CaptionRow>) -> Self {
        Self(row)
    }
}

impl Listed for CaptionsOf {
    type Node = Caption;
}

/// A page of captions.
pub(crate) async fn captions(
    context: &Context<'_>,
    parent: i64,
    list: CaptionsOf,
    paging: &Paging,
) -> Result<Connection<CaptionsOf>, Error> {
    Connection::of(context, parent, list, paging).await
}

/// A picture's caption in a review.
#[Object]
impl Caption {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        Kind::Caption.id(self.0.id)
    }

    /// What it says, without the credit.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Who the picture is credited to.
    async fn credit(&self) -> Option<&str> {
        self.0.credit.as_deref()
    }

    /// The picture.
    async fn image_url(&self) -> Option<Url> {
        self.0.image_url.clone().map(Url)
    }

    /// 1 is the first picture on the page.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// The review that it stands in.
    async fn review(&self, context: &Context<'_>) -> Result<Review, Error> {
        Ok(Review(required(context, self.0.review_id).await?))
    }

    /// The review's film.
    async fn film(&self, context: &Context<'_>) -> Result<Film, Error> {
        required_film(context, self.0.film_id).await
    }

    /// Whom the picture shows, as the caption names them, at most 100.
    async fn depicts(&self, context: &Context<'_>) -> Result<Vec<Depiction>, Error> {
        Ok(few(context, self.0.id, DepictionsOfCaption).await?.into_iter().map(Depiction).collect())
    }
}

/// A person in a picture.
pub(crate) struct Depiction(Arc<DepictionRow>);

/// A person in a picture.
#[Object]
impl Depiction {
    /// Who.
    async fn person(&self, context: &Context<'_>) -> Result<Person, Error> {
        required_person(context, self.0.person_id).await
    }

    /// The character, as this caption prints it.
    async fn character(&self) -> Option<&str> {
        self.0.character.as_deref()
    }

    /// Where in the picture, if the caption says.
    async fn place(&self) -> Result<Option<FramePlace>, Error> {
        Ok(self.0.place.as_deref().map(parse).transpose()?)
    }
}
