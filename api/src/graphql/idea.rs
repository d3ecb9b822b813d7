//! Ideas with their tallies.

pub(crate) mod change;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::id::IdeaId;
use projections::{ideas, tallies};

use super::bookmark;
use super::caller::Asked;
use super::campaign::Campaign;
use super::engagement::Engagement;
use super::failure::Failure;
use super::member::Member;
use super::moderation::Hidden;
use super::paging::Listed;
use super::time::DateTime;

/// The ideas of a campaign by rank.
pub(crate) const RANKING: Listed = Listed("ranking");

/// How far an idea has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::idea::Stage")]
pub(crate) enum IdeaStage {
    /// It was submitted.
    Submitted,
    /// It is under review.
    UnderReview,
    /// It was accepted.
    Accepted,
    /// It was declined.
    Declined,
    /// It was accepted and has been carried out.
    Implemented,
}

/// Votes by what they say.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct Votes {
    /// Above zero: for, in support, or with points.
    agree: u64,
    /// Below zero: against.
    disagree: u64,
    /// Zero: no opinion.
    pass: u64,
    /// Their sum: supporters, agreements less disagreements, or points.
    sum: i64,
}

impl From<tallies::Votes> for Votes {
    fn from(votes: tallies::Votes) -> Self {
        Self { agree: votes.agree, disagree: votes.disagree, pass: votes.pass, sum: votes.sum }
    }
}

/// What the votes on an idea come to. Each member counts once.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct Tally {
    /// Votes on the idea itself.
    own: Votes,
    /// Votes that follow it from ideas merged into it, of members who did not vote on it themselves.
    followed: Votes,
    /// What it is ranked by: both sums.
    score: i64,
}

/// An idea.
pub(crate) struct Idea(pub(crate) ideas::Idea);

impl Idea {
    /// An idea by its id.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: IdeaId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().ideas.load(reading, id).await?.map(Self))
    }
}

/// An idea: submitted to a campaign, voted on, decided with a reason, carried out.
#[Object]
impl Idea {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// The campaign it was submitted to.
    async fn campaign(&self, ctx: &Context<'_>) -> Option<Result<Campaign>> {
        Campaign::by_id(ctx, self.0.campaign).await.map_err(Into::into).transpose()
    }
    /// Who had it.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.author).await
    }
    /// In a line; null once it was erased.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }
    /// In full; null once it was erased.
    async fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }
    /// When it was submitted.
    async fn submitted_at(&self) -> DateTime {
        DateTime(self.0.submitted_at)
    }
    /// When it was last rewritten; null if never.
    async fn edited_at(&self) -> Option<DateTime> {
        self.0.edited_at.map(DateTime)
    }
    /// The revision of its text: what a revision sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// How far it has come.
    async fn stage(&self) -> IdeaStage {
        self.0.stage.into()
    }
    /// Why it was accepted or declined; null before.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
    /// What came of it; null before it is carried out.
    async fn outcome(&self) -> Option<&str> {
        self.0.outcome.as_deref()
    }
    /// When it was accepted or declined; null before.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime)
    }
    /// When it was carried out; null before.
    async fn implemented_at(&self) -> Option<DateTime> {
        self.0.implemented_at.map(DateTime)
    }
    /// The idea it was merged into; null if it was not.
    async fn merged_into(&self, ctx: &Context<'_>) -> Option<Result<Idea>> {
        Self::by_id(ctx, self.0.merged_into?).await.map_err(Into::into).transpose()
    }
    /// What its votes come to.
    async fn tally(&self) -> Tally {
        let tallies::Tally { own, followed, score } = self.0.tally;
        Tally { own: own.into(), followed: followed.into(), score }
    }
    /// What the caller voted on it; null if they did not.
    async fn own_vote(&self) -> Option<i32> {
        self.0.own_vote
    }
    /// The BCP 47 tag of the language it is written in, if that was said.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }
    /// What it is about.
    async fn topics(&self) -> &[String] {
        &self.0.topics
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
}
