//! Moderation: what is hidden and why, and what was reported.

pub(crate) mod change;

use async_graphql::{Context, Enum, Object, Result};
use domain::id::CommunityId;
use projections::{Page, moderation};
use uuid::Uuid;

use super::caller::Asked;
use super::id::Named;
use super::member::Member;
use super::node::Node;
use super::paging::{Connection, Listed, Slice};
use super::time::DateTime;

const OPEN: Listed = Listed("open-reports");
const OWN: Listed = Listed("own-reports");

/// That something is hidden.
pub(crate) struct Hidden(moderation::Hidden);

impl Hidden {
    /// Why an item that was read is hidden, if it is.
    pub(crate) async fn of(ctx: &Context<'_>, item: Uuid) -> Option<Result<Self>> {
        let reading = ctx.reading();
        let found = reading.loaders().hidden.load(reading, item).await.map_err(Into::into).transpose()?;
        Some(found.map(Self))
    }
}

/// That something is hidden: it is there for its author and those who moderate alone.
#[Object]
impl Hidden {
    /// Who hid it; null when no member did.
    async fn by(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.by?).await
    }
    /// Since when.
    async fn since(&self) -> DateTime {
        DateTime(self.0.at)
    }
    /// Why; null once it was erased.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

/// What was decided on a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::moderation::Decision")]
pub(crate) enum ReportDecision {
    /// What was reported was hidden.
    Hidden,
    /// It stays as it is.
    Dismissed,
}

/// A report.
pub(crate) struct Report(moderation::Report);

/// A report: that something should not stand as it does.
#[Object]
impl Report {
    /// What was reported. Null once it is removed, and for a caller who may not read it: an administrator is not
    /// among those a letter is addressed to, and then knows of it what the reason says.
    async fn item(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        Node::by_id(ctx, Named::from(self.0.item)).await.map_err(Into::into).transpose()
    }
    /// Who reported it.
    async fn reporter(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.member).await
    }
    /// When.
    async fn reported_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
    /// What is wrong with it; null once it was erased.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
    /// What was decided; null while it waits.
    async fn decision(&self) -> Option<ReportDecision> {
        self.0.decision.map(Into::into)
    }
    /// Who decided; null while it waits, and when no member did.
    async fn decided_by(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.decided_by?).await
    }
    /// When; null while it waits.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime)
    }
    /// Why it was decided so; null while it waits, and once it was erased.
    async fn decision_reason(&self) -> Option<&str> {
        self.0.decision_reason.as_deref()
    }
}

fn listed(list: Listed, slice: &Slice, page: Page<moderation::Report>) -> Connection<Report> {
    list.connection(slice, page, moderation::Report::key, Report)
}

/// The reports of what is in a community that wait for a decision.
pub(crate) async fn open_in(
    ctx: &Context<'_>,
    community: CommunityId,
    slice: &Slice,
) -> Result<Connection<Report>> {
    let (reading, paging) = (ctx.reading(), OPEN.paging(slice)?);
    Ok(listed(OPEN, slice, reading.loaders().open_reports.page(reading, community, paging).await?))
}

/// Queries about moderation.
#[derive(Default)]
pub(crate) struct ModerationQuery;

#[Object]
impl ModerationQuery {
    /// The reports of what is in no community that wait for a decision, the longest waiting first: for administrators,
    /// without those about what they wrote. A community lists its own.
    async fn open_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Report>> {
        let slice = Slice { first, after, last, before };
        let paging = OPEN.paging(&slice)?;
        let page = ctx.reading().read(|s| moderation::open_outside(s, &ctx.viewer(), &paging))?;
        Ok(listed(OPEN, &slice, page))
    }

    /// What the caller reported, and what came of it, the newest first; empty for a token that acts as a service.
    async fn own_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Report>> {
        let slice = Slice { first, after, last, before };
        let paging = OWN.paging(&slice)?;
        let page = ctx.reading().read(|s| moderation::own(s, &ctx.viewer(), &paging))?;
        Ok(listed(OWN, &slice, page))
    }
}
