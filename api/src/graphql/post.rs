//! Posts: updates, questions and announcements.

pub(crate) mod change;

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::id::PostId;
use projections::posts;

use super::bookmark;
use super::caller::Asked;
use super::comment::{COMMENTS, Comment, thread};
use super::community::Community;
use super::engagement::Engagement;
use super::failure::Failure;
use super::items::Items;
use super::member::Member;
use super::moderation::Hidden;
use super::paging::{Connection, Slice};
use super::poll::Poll;
use super::time::DateTime;

/// What a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::post::Kind")]
pub(crate) enum PostKind {
    /// News, a thought, a message.
    Update,
    /// A question, to which one answer can be accepted.
    Question,
    /// Something everybody concerned should acknowledge.
    Announcement,
}

/// A post.
pub(crate) struct Post(pub(crate) posts::Post);

impl Post {
    /// A post by its id, if the caller may read it.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: PostId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().posts.load(reading, id).await?.map(Self))
    }
}

/// A post: an update, a question or an announcement, in a community or addressed to members.
#[Object]
impl Post {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// What it is.
    async fn kind(&self) -> PostKind {
        self.0.kind.into()
    }
    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.author).await
    }
    /// The community it is in; null when it is addressed to members.
    async fn community(&self, ctx: &Context<'_>) -> Option<Result<Community>> {
        Community::by_id(ctx, self.0.community?).await.map_err(Into::into).transpose()
    }
    /// The members it is addressed to; empty when it is in a community.
    async fn addressees(&self, ctx: &Context<'_>) -> Result<Items<Member>> {
        Member::all(ctx, &self.0.addressees).await
    }
    /// The text; null once it was erased.
    async fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }
    /// The BCP 47 tag of the language it is written in, if that was said.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }
    /// What it is about.
    async fn topics(&self) -> &[String] {
        &self.0.topics
    }
    /// Whom it mentions.
    async fn mentions(&self, ctx: &Context<'_>) -> Result<Items<Member>> {
        Member::all(ctx, &self.0.mentions).await
    }
    /// When it was published.
    async fn published_at(&self) -> DateTime {
        DateTime(self.0.published_at)
    }
    /// When it was last edited; null if never.
    async fn edited_at(&self) -> Option<DateTime> {
        self.0.edited_at.map(DateTime)
    }
    /// The revision of its text and its answer: what a change of them sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// Whether it stays at the head of its community.
    async fn pinned(&self) -> bool {
        self.0.pinned
    }
    /// The comment accepted as its answer; null unless it is a question that has one.
    async fn answer(&self, ctx: &Context<'_>) -> Option<Result<Comment>> {
        Comment::by_id(ctx, self.0.answer?).await.map_err(Into::into).transpose()
    }
    /// That it is hidden, and why: for its author and those who moderate; null unless it is.
    async fn hidden(&self, ctx: &Context<'_>) -> Option<Result<Hidden>> {
        Hidden::of(ctx, self.0.id.0).await
    }
    /// The poll that stands with it; null without one.
    async fn poll(&self, ctx: &Context<'_>) -> Option<Result<Poll>> {
        Poll::of(ctx, self.0.id).await
    }
    /// Whether the caller keeps it; nobody else sees that.
    async fn bookmarked(&self, ctx: &Context<'_>) -> Result<bool> {
        bookmark::kept(ctx, self.0.id.0).await
    }
    /// What people did with it.
    async fn engagement(&self, ctx: &Context<'_>) -> Result<Engagement> {
        Engagement::of(ctx, self.0.id.0).await
    }

    /// The comments on the post itself, oldest first; each lists the `answers` to it.
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Comment>> {
        let slice = Slice { first, after, last, before };
        let (reading, paging) = (ctx.reading(), COMMENTS.paging(&slice)?);
        Ok(thread(&slice, reading.loaders().comments_on.page(reading, self.0.id, paging).await?))
    }
}
