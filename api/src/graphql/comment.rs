//! Comments below posts.

pub(crate) mod change;

use async_graphql::{Context, ID, Object, Result};
use domain::id::CommentId;
use projections::{Page, comments};

use super::bookmark;
use super::caller::Asked;
use super::engagement::Engagement;
use super::failure::Failure;
use super::items::Items;
use super::member::Member;
use super::moderation::Hidden;
use super::paging::{Connection, Listed, Slice};
use super::post::Post;
use super::time::DateTime;

/// A list of comments in the order they came.
pub(crate) const COMMENTS: Listed = Listed("comments");

/// A page of it as a connection.
pub(crate) fn thread(slice: &Slice, page: Page<comments::Comment>) -> Connection<Comment> {
    COMMENTS.connection(slice, page, comments::Comment::key, Comment)
}

/// A comment.
pub(crate) struct Comment(pub(crate) comments::Comment);

impl Comment {
    /// A comment by its id, if the caller may read it.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: CommentId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().comments.load(reading, id).await?.map(Self))
    }
}

/// A comment on a post, or on another comment below it.
#[Object]
impl Comment {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.author).await
    }
    /// The post it stands below.
    async fn post(&self, ctx: &Context<'_>) -> Option<Result<Post>> {
        Post::by_id(ctx, self.0.post).await.map_err(Into::into).transpose()
    }
    /// The comment it answers; null when it answers the post.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Comment>> {
        Self::by_id(ctx, self.0.parent?).await.map_err(Into::into).transpose()
    }
    /// The text; null once it was removed or erased, and while it is hidden from the caller.
    async fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }
    /// Whether it was removed, or is hidden from the caller: what answers it stays.
    async fn removed(&self) -> bool {
        self.0.removed
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
    /// When it was added.
    async fn added_at(&self) -> DateTime {
        DateTime(self.0.added_at)
    }
    /// When it was last edited; null if never.
    async fn edited_at(&self) -> Option<DateTime> {
        self.0.edited_at.map(DateTime)
    }
    /// The revision of its text: what an edit sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// That it is hidden, and why: for its author and those who moderate; null unless it is.
    async fn hidden(&self, ctx: &Context<'_>) -> Option<Result<Hidden>> {
        Hidden::of(ctx, self.0.id.0).await
    }
    /// Whether the caller keeps it; nobody else sees that.
    async fn bookmarked(&self, ctx: &Context<'_>) -> Result<bool> {
        bookmark::kept(ctx, self.0.id.0).await
    }
    /// What people did with it.
    async fn engagement(&self, ctx: &Context<'_>) -> Result<Engagement> {
        Engagement::of(ctx, self.0.id.0).await
    }

    /// The comments that answer it, oldest first.
    async fn answers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Comment>> {
        let slice = Slice { first, after, last, before };
        let (reading, below) = (ctx.reading(), (self.0.post, self.0.id));
        let paging = COMMENTS.paging(&slice)?;
        Ok(thread(&slice, reading.loaders().answers_to.page(reading, below, paging).await?))
    }
}
