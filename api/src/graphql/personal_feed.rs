//! The caller's own feed: what they are in, whom and what they follow, what is addressed to them or mentions them.

use async_graphql::connection::Edge;
use async_graphql::{Context, Enum, Object, Result, SimpleObject, Union};
use domain::follow::Followed;
use domain::id::Item;
use domain::reading::Feed;
use futures::future::try_join_all;
use projections::personal_feed::{self, Entry};
use projections::reading;

use super::caller::Asked;
use super::comment::Comment;
use super::community::Community;
use super::document::Document;
use super::failure::Failure;
use super::follow::Topic;
use super::idea::Idea;
use super::items::InList;
use super::member::Member;
use super::paging::{Connection, Listed, Slice};
use super::post::Post;
use super::time::DateTime;

const PERSONAL_FEED: Listed = Listed("personalFeed");

/// What a personal feed shows.
#[derive(Union)]
pub(crate) enum PersonalFeedItem {
    /// A post.
    Post(Post),
    /// A document.
    Document(Document),
    /// An idea.
    Idea(Idea),
    /// A comment that mentions the caller.
    Comment(Comment),
}

impl PersonalFeedItem {
    async fn of(ctx: &Context<'_>, item: Item) -> Result<Option<Self>, Failure> {
        Ok(match item {
            Item::Post(id) => Post::by_id(ctx, id).await?.map(Self::Post),
            Item::Document(id) => Document::by_id(ctx, id).await?.map(Self::Document),
            Item::Idea(id) => Idea::by_id(ctx, id).await?.map(Self::Idea),
            Item::Comment(id) => Comment::by_id(ctx, id).await?.map(Self::Comment),
        })
    }
}

/// Why something is in a personal feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum FeedReasonKind {
    /// The caller is in the community it is in.
    Community,
    /// The caller follows who wrote it.
    Member,
    /// The caller follows a topic it is about.
    Topic,
    /// It is addressed to the caller.
    Addressed,
    /// It mentions the caller.
    Mention,
}

/// What leads something into a personal feed.
#[derive(Union)]
pub(crate) enum FeedReasonSubject {
    /// A community that the caller is in.
    Community(Community),
    /// A person whom the caller follows.
    Member(Member),
    /// A topic that the caller follows.
    Topic(Topic),
}

/// A reason why something is in a personal feed.
pub(crate) struct FeedReason(personal_feed::Reason);

/// A reason why something is in a personal feed.
#[Object]
impl FeedReason {
    /// Of which kind.
    async fn kind(&self) -> FeedReasonKind {
        use personal_feed::Reason;
        match &self.0 {
            Reason::Community(_) => FeedReasonKind::Community,
            Reason::Followed(Followed::Member(_)) => FeedReasonKind::Member,
            Reason::Followed(Followed::Topic(_)) => FeedReasonKind::Topic,
            Reason::Addressed => FeedReasonKind::Addressed,
            Reason::Mentioned => FeedReasonKind::Mention,
        }
    }

    /// The community, person or topic that leads there; null for what is addressed to the caller or mentions them.
    async fn about(&self, ctx: &Context<'_>) -> Option<Result<FeedReasonSubject>> {
        use personal_feed::Reason;
        let about = match &self.0 {
            Reason::Community(id) => {
                let found = Community::by_id(ctx, *id).await;
                found.map(|found| found.map(FeedReasonSubject::Community))
            }
            Reason::Followed(Followed::Member(id)) => {
                Member::by_id(ctx, *id).await.map(|found| found.map(FeedReasonSubject::Member))
            }
            Reason::Followed(Followed::Topic(topic)) => {
                Ok(Some(FeedReasonSubject::Topic(Topic(topic.clone()))))
            }
            Reason::Addressed | Reason::Mentioned => Ok(None),
        };
        about.map_err(Into::into).transpose()
    }
}

/// How much is unread.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct Unread {
    /// How many items, up to 100.
    count: u64,
    /// Whether there are more than were counted.
    more: bool,
}

impl From<reading::Unread> for Unread {
    fn from(unread: reading::Unread) -> Self {
        Self { count: unread.count, more: unread.more }
    }
}

/// How far the caller has read their feed.
pub(crate) struct Progress;

/// How far the caller has read their feed.
#[Object(name = "PersonalFeedProgress")]
impl Progress {
    /// Up to where the caller has read, as they said with `markFeedRead`; null if they never did.
    async fn read_up_to(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        let found = ctx.reading().read(|s| reading::up_to(s, &ctx.viewer(), Feed::Personal));
        found.map(|up_to| up_to.map(DateTime)).map_err(Into::into).transpose()
    }
    /// How much others published since, on all pages.
    async fn unread(&self, ctx: &Context<'_>) -> Result<Unread> {
        Ok(ctx.reading().read(|s| personal_feed::unread(s, &ctx.viewer()))?.into())
    }
}

/// Why an item is in a personal feed.
pub(crate) struct Reasons(Entry);

/// Why an item is in a personal feed.
#[Object(name = "PersonalFeedReasons")]
impl Reasons {
    /// Every reason why the item is there: at least one.
    async fn reasons(&self) -> Vec<FeedReason> {
        self.0.reasons.iter().cloned().map(FeedReason).collect()
    }
}

/// A page of a personal feed.
pub(crate) type PersonalFeed = Connection<PersonalFeedItem, Progress, Reasons>;

/// The caller's feed, the newest first.
pub(crate) async fn of_caller(ctx: &Context<'_>, slice: &Slice) -> Result<PersonalFeed> {
    let paging = PERSONAL_FEED.paging(slice)?;
    let page = ctx.reading().read(|s| personal_feed::of_viewer(s, &ctx.viewer(), &paging))?;
    let nodes = try_join_all(page.rows.iter().map(|entry| PersonalFeedItem::of(ctx, entry.item))).await?;
    let (previous, next) = slice.neighbours(page.more);
    let mut feed = Connection::with_additional_fields(previous, next, Progress);
    feed.edges.extend(page.rows.into_iter().zip(nodes).filter_map(|(entry, node)| {
        let cursor = PERSONAL_FEED.cursor(&entry.key());
        Some(Edge::with_additional_fields(cursor, InList(node?), Reasons(entry)))
    }));
    Ok(feed)
}
