//! Feeds: what is new in a community, and what is addressed to the caller.

use async_graphql::{Context, Object, Result, Union};
use domain::id::CommunityId;
use projections::feed::{self, Entry};

use super::caller::Asked;
use super::document::Document;
use super::paging::{Connection, Listed, Slice};
use super::post::Post;

const FEED: Listed = Listed("feed");
const ADDRESSED: Listed = Listed("addressed");

/// What a feed shows.
#[derive(Union)]
pub(crate) enum FeedItem {
    /// A post.
    Post(Post),
    /// A document.
    Document(Document),
}

impl From<Entry> for FeedItem {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Post(row) => Self::Post(Post(row)),
            Entry::Document(row) => Self::Document(Document(row)),
        }
    }
}

/// What is in a community, the newest first.
pub(crate) async fn of_community(
    ctx: &Context<'_>,
    community: CommunityId,
    slice: &Slice,
) -> Result<Connection<FeedItem>> {
    let (reading, paging) = (ctx.reading(), FEED.paging(slice)?);
    let page = reading.loaders().feeds.page(reading, community, paging).await?;
    Ok(FEED.connection(slice, page, |entry| entry.key(), FeedItem::from))
}

/// Queries about feeds.
#[derive(Default)]
pub(crate) struct FeedQuery;

#[Object]
impl FeedQuery {
    /// What is addressed to the caller, the newest first; empty for a token that acts as a service.
    async fn addressed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<FeedItem>> {
        let slice = Slice { first, after, last, before };
        let paging = ADDRESSED.paging(&slice)?;
        let Some(member) = ctx.caller().actor.member() else { return Ok(Connection::new(false, false)) };
        let page = ctx.reading().read(|s| feed::addressed_to(s, &ctx.viewer(), member, &paging))?;
        Ok(ADDRESSED.connection(&slice, page, |entry| entry.key(), FeedItem::from))
    }
}
