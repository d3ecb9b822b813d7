//! Idea campaigns.

pub(crate) mod change;

use async_graphql::{Context, ID, Object, Result};
use domain::campaign::Voting;
use domain::id::CampaignId;
use projections::{campaigns, ideas};

use self::change::VotingRule;
use super::caller::Asked;
use super::failure::Failure;
use super::idea::{Idea, RANKING};
use super::member::Member;
use super::paging::{Connection, Listed, Slice};
use super::time::DateTime;

const CAMPAIGNS: Listed = Listed("campaigns");

/// An idea campaign.
pub(crate) struct Campaign(pub(crate) campaigns::Campaign);

impl Campaign {
    /// A campaign by its id.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: CampaignId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().campaigns.load(reading, id).await?.map(Self))
    }
}

/// An idea campaign: a question to everybody, a voting rule, and an end.
#[Object]
impl Campaign {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// Its name, the question it asks; null once it was erased.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }
    /// Who opened it.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.author).await
    }
    /// How one votes.
    async fn voting(&self) -> VotingRule {
        self.0.voting.into()
    }
    /// The points a member may spend; null unless one votes with points.
    async fn budget(&self) -> Option<u32> {
        if let Voting::Points { budget } = self.0.voting { Some(budget) } else { None }
    }
    /// When it was opened.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.0.opened_at)
    }
    /// When it ends by itself; null if it does not.
    async fn closes_at(&self) -> Option<DateTime> {
        self.0.closes_at.map(DateTime)
    }
    /// The revision of its end: what an extension sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// When it was closed by hand; null if it was not.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }
    /// Ideas submitted, those merged since among them.
    async fn idea_count(&self) -> u64 {
        self.0.ideas
    }
    /// Standing votes above zero: for, in support, or with points; each vote counts once, where it was cast.
    async fn agree(&self) -> u64 {
        self.0.agree
    }
    /// Standing votes below zero: against.
    async fn disagree(&self) -> u64 {
        self.0.disagree
    }
    /// Standing votes of zero: no opinion.
    async fn pass(&self) -> u64 {
        self.0.pass
    }
    /// The BCP 47 tag of the language it is written in, if that was said.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }
    /// What it is about.
    async fn topics(&self) -> &[String] {
        &self.0.topics
    }

    /// Its ideas by rank: score, then earlier submission, then id. Those merged into others are left out.
    async fn ideas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Idea>> {
        let slice = Slice { first, after, last, before };
        let (reading, paging) = (ctx.reading(), RANKING.paging(&slice)?);
        let page = reading.loaders().rankings.page(reading, self.0.id, paging).await?;
        Ok(RANKING.connection(&slice, page, ideas::Idea::rank, Idea))
    }
}

/// Queries about campaigns.
#[derive(Default)]
pub(crate) struct CampaignQuery;

#[Object]
impl CampaignQuery {
    /// The idea campaigns, the newest first.
    async fn campaigns(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Campaign>> {
        let slice = Slice { first, after, last, before };
        let paging = CAMPAIGNS.paging(&slice)?;
        let page = ctx.reading().read(|s| campaigns::campaigns(s, &ctx.viewer(), &paging))?;
        Ok(CAMPAIGNS.connection(&slice, page, |row| (row.opened_at, row.id.0), Campaign))
    }
}
