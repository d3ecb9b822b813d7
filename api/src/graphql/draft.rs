//! Drafts of posts: the caller's own, and nobody else's.

pub(crate) mod change;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::id::DraftId;
use projections::drafts;

use super::caller::Asked;
use super::community::Community;
use super::failure::Failure;
use super::items::Items;
use super::member::Member;
use super::paging::{Connection, Listed, Slice};
use super::post::PostKind;
use super::time::DateTime;
use crate::http::Language;

const DRAFTS: Listed = Listed("drafts");

/// Why a draft was not published at its time.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct DraftRefusal {
    /// When it was to be published.
    publish_at: Option<DateTime>,
    /// A stable code for programs, such as `COMMUNITY_ARCHIVED`.
    code: String,
    /// What was wrong and what to do instead, in the language asked for with `Accept-Language`.
    message: String,
}

/// A draft.
pub(crate) struct Draft(pub(crate) drafts::Draft);

impl Draft {
    /// A draft by its id, if it is the caller's.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: DraftId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().drafts.load(reading, id).await?.map(Self))
    }
}

/// A draft of a post, which nobody but its author sees.
#[Object]
impl Draft {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// What it is to be.
    async fn kind(&self) -> PostKind {
        self.0.kind.into()
    }
    /// The community it is to go to; null when it is to go to members, or that is not said yet.
    async fn community(&self, ctx: &Context<'_>) -> Option<Result<Community>> {
        Community::by_id(ctx, self.0.community?).await.map_err(Into::into).transpose()
    }
    /// The members it is to go to; empty when it is to go to a community, or that is not said yet.
    async fn addressees(&self, ctx: &Context<'_>) -> Result<Items<Member>> {
        Member::all(ctx, &self.0.addressees).await
    }
    /// The text as far as it has come; null once it was erased.
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
    /// Whether it is to stay at the head of its community.
    async fn pinned(&self) -> bool {
        self.0.pinned
    }
    /// When it was last rewritten.
    async fn saved_at(&self) -> DateTime {
        DateTime(self.0.saved_at)
    }
    /// The revision of what it says and of its time: what a change of them sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// When it is to be published; null unless it is scheduled.
    async fn publish_at(&self) -> Option<DateTime> {
        self.0.publish_at.map(DateTime)
    }
    /// Why it was not published at its time; null unless that was so since it was last scheduled.
    async fn refusal(&self, ctx: &Context<'_>) -> Option<DraftRefusal> {
        let code = self.0.refusal.clone()?;
        let message = match (domain::draft::refusal(&code), ctx.language()) {
            (Some(refused), Language::English) => refused.en.to_owned(),
            (Some(refused), Language::French) => refused.fr.to_owned(),
            (None, _) => code.clone(),
        };
        Some(DraftRefusal { publish_at: self.0.refused_for.map(DateTime), code, message })
    }
}

/// Queries about drafts.
#[derive(Default)]
pub(crate) struct DraftQuery;

#[Object]
impl DraftQuery {
    /// The caller's drafts, the one saved last first. Nobody else sees them; empty for a token that acts as a service.
    async fn drafts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Draft>> {
        let slice = Slice { first, after, last, before };
        let paging = DRAFTS.paging(&slice)?;
        let page = ctx.reading().read(|s| drafts::own(s, &ctx.viewer(), &paging))?;
        Ok(DRAFTS.connection(&slice, page, drafts::Draft::key, Draft))
    }
}
