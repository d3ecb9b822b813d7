//! Bookmarks: what the caller keeps, for themselves alone.

pub(crate) mod change;

use async_graphql::{Context, Object, Result};
use projections::bookmarks;
use uuid::Uuid;

use super::caller::Asked;
use super::id::Named;
use super::node::Node;
use super::paging::{Connection, Listed, Slice};
use super::time::DateTime;

const BOOKMARKS: Listed = Listed("bookmarks");

/// Whether the caller keeps an item that was read.
pub(crate) async fn kept(ctx: &Context<'_>, item: Uuid) -> Result<bool> {
    let reading = ctx.reading();
    Ok(reading.loaders().bookmarked.load(reading, item).await?.is_some())
}

/// A bookmark.
pub(crate) struct Bookmark(bookmarks::Bookmark);

/// Something that the caller keeps to find it again.
#[Object]
impl Bookmark {
    /// What: a post, a comment, a document or an idea.
    async fn item(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        Node::by_id(ctx, Named::from(self.0.item)).await.map_err(Into::into).transpose()
    }
    /// Since when.
    async fn kept_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// Queries about bookmarks.
#[derive(Default)]
pub(crate) struct BookmarkQuery;

#[Object]
impl BookmarkQuery {
    /// What the caller keeps and may still read, the newest first. Nobody else sees it; empty for a token that acts as
    /// a service.
    async fn bookmarks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Bookmark>> {
        let slice = Slice { first, after, last, before };
        let paging = BOOKMARKS.paging(&slice)?;
        let page = ctx.reading().read(|s| bookmarks::own(s, &ctx.viewer(), &paging))?;
        Ok(BOOKMARKS.connection(&slice, page, bookmarks::Bookmark::key, Bookmark))
    }
}
