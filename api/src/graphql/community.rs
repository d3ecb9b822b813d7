//! Communities, and who is in them.

pub(crate) mod change;

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::id::CommunityId;
use projections::{Viewer, communities, documents};

use super::caller::Asked;
use super::document::Document;
use super::failure::Failure;
use super::feed::{self, FeedItem};
use super::items::{Items, items};
use super::member::Member;
use super::moderation::{self, Report};
use super::paging::{Connection, Listed, Slice};
use super::personal_feed::Unread;
use super::post::Post;
use super::time::DateTime;

const COMMUNITIES: Listed = Listed("communities");
const DOCUMENTS: Listed = Listed("documents");
const MEMBERSHIPS: Listed = Listed("memberships");

/// Who may come into a community.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::community::Access")]
pub(crate) enum Access {
    /// Whoever wants to; everybody may read.
    Open,
    /// Whoever a moderator approves; members alone read.
    Request,
    /// Whoever is invited; members alone read, and nobody else knows of it.
    Invitation,
}

/// A community.
pub(crate) struct Community(pub(crate) communities::Community);

impl Community {
    /// A community by its id, if the caller may know of it.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: CommunityId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().communities.load(reading, id).await?.map(Self))
    }

    /// A page of those that a viewer may know of, by name.
    pub(crate) fn known_to(ctx: &Context<'_>, viewer: &Viewer, slice: &Slice) -> Result<Connection<Self>> {
        let paging = COMMUNITIES.paging(slice)?;
        let page = ctx.reading().read(|s| communities::communities(s, viewer, &paging))?;
        Ok(COMMUNITIES.connection(slice, page, |row| row.key.clone(), Self))
    }
}

/// A community: a purpose, a leader, and who may come in.
#[Object]
impl Community {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// Its name; null once it was erased.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }
    /// What it is for; null once it was erased.
    async fn summary(&self) -> Option<&str> {
        self.0.summary.as_deref()
    }
    /// The revision of its name, purpose, access, leader and sponsor: what a change of them sends back as
    /// `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// Who may come in.
    async fn access(&self) -> Access {
        self.0.access.into()
    }
    /// Who leads it.
    async fn leader(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.leader).await
    }
    /// The sponsor from general management; null without one.
    async fn sponsor(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.sponsor?).await
    }
    /// When it was founded.
    async fn founded_at(&self) -> DateTime {
        DateTime(self.0.founded_at)
    }
    /// Since when it is only to be read; null while it lives.
    async fn archived_at(&self) -> Option<DateTime> {
        self.0.archived_at.map(DateTime)
    }
    /// How many members it has, its leader among them.
    async fn member_count(&self) -> u64 {
        self.0.members
    }

    /// Its posts and documents, the newest first.
    async fn feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<FeedItem>> {
        feed::of_community(ctx, self.0.id, &Slice { first, after, last, before }).await
    }

    /// How much others published in it since the caller marked it with `markFeedRead`; null for services and where
    /// the caller may not read.
    async fn unread(&self, ctx: &Context<'_>) -> Option<Result<Unread>> {
        let reading = ctx.reading();
        let found = reading.loaders().unread.load(reading, self.0.id).await;
        found.map(|unread| unread.map(Unread::from)).map_err(Into::into).transpose()
    }

    /// The posts pinned to its head, the newest first, at most 50.
    async fn pinned(&self, ctx: &Context<'_>) -> Result<Items<Post>> {
        let reading = ctx.reading();
        let page = reading.loaders().pinned.load(reading, self.0.id).await?.unwrap_or_default();
        Ok(items(page.rows.into_iter().map(Post)))
    }

    /// Its documents, those shared last first.
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Document>> {
        let slice = Slice { first, after, last, before };
        let (reading, paging) = (ctx.reading(), DOCUMENTS.paging(&slice)?);
        let page = reading.loaders().documents_in.page(reading, self.0.id, paging).await?;
        Ok(DOCUMENTS.connection(&slice, page, documents::Document::key, Document))
    }

    /// Its members, its leader among them, in an order that stays.
    async fn memberships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Membership>> {
        let slice = Slice { first, after, last, before };
        let (reading, paging) = (ctx.reading(), MEMBERSHIPS.paging(&slice)?);
        let page = reading.loaders().memberships.page(reading, self.0.id, paging).await?;
        Ok(MEMBERSHIPS.connection(&slice, page, |row| row.member.0, Membership))
    }

    /// The reports of what is in it that wait for a decision, the longest waiting first. For those who moderate it,
    /// without those about what they wrote; empty for everybody else.
    async fn open_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Report>> {
        moderation::open_in(ctx, self.0.id, &Slice { first, after, last, before }).await
    }
}

/// A person in a community.
pub(crate) struct Membership(communities::Membership);

/// A person in a community.
#[Object]
impl Membership {
    /// Who.
    async fn member(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.member).await
    }
    /// The community; null where the caller may not know of it.
    async fn community(&self, ctx: &Context<'_>) -> Option<Result<Community>> {
        Community::by_id(ctx, self.0.community).await.map_err(Into::into).transpose()
    }
    /// Whether they moderate it.
    async fn moderator(&self) -> bool {
        self.0.moderator
    }
    /// Whether they lead it.
    async fn leader(&self) -> bool {
        self.0.leads
    }
    /// Since when they stand there.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }
}

/// Queries about communities.
#[derive(Default)]
pub(crate) struct CommunityQuery;

#[Object]
impl CommunityQuery {
    /// The communities that the caller may know of, by name.
    async fn communities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Community>> {
        Community::known_to(ctx, &ctx.viewer(), &Slice { first, after, last, before })
    }
}
