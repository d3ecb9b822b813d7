//! The ledger of looks at figures, for those whose department it is, and for auditors.

use async_graphql::{Context, Object, Result};
use domain::event::Position;
use domain::look::{FiguresConsulted, Group};
use domain::policy::Ability;
use futures::future::try_join_all;
use projections::Paging;
use projections::list::ByPosition;

use crate::graphql::audit::Agent;
use crate::graphql::caller::Asked;
use crate::graphql::community::Community;
use crate::graphql::department::Department;
use crate::graphql::failure::Failure;
use crate::graphql::found::Found;
use crate::graphql::items::{Items, items};
use crate::graphql::member::Member;
use crate::graphql::paging::{Listed, Slice};
use crate::graphql::time::{Date, DateTime};
use crate::ledger;

const LOOKS: Listed = Listed("figureLooks");

/// A look at figures.
pub(crate) struct FigureLook {
    pub(crate) found: ledger::FigureLook,
    /// Whether the caller is told by whom, and why.
    pub(crate) says_who: bool,
}

/// A look at figures: which, of whom, of which window, and from where.
#[Object]
impl FigureLook {
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.found.metadata.occurred_at)
    }
    /// Which figures, by their names at the command line, with the way there: `usage-segment:power`,
    /// `departments.habit`; those of many windows by the field that asks for them: `activeSets(windows: 12)`.
    async fn figures(&self) -> &[String] {
        &self.found.look.figures
    }
    /// The department they were of; null for the organisation and communities.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        let Group::Department { department, .. } = self.found.look.group else { return None };
        Department::of(ctx, department).await
    }
    /// The other departments of pairs, each with what is below it: whose contents reach them, or how few people their
    /// ties hang on.
    async fn others(&self, ctx: &Context<'_>) -> Result<Items<Department>> {
        let others = ledger::others(&self.found.look);
        let found = try_join_all(others.into_iter().map(|id| Department::by_id(ctx, id))).await?;
        Ok(items(found.into_iter().flatten()))
    }
    /// Whether what is below the department belonged to it.
    async fn subtree(&self) -> bool {
        !matches!(self.found.look.group, Group::Department { subtree: false, .. })
    }
    /// The community they were of; null for the organisation and departments.
    async fn community(&self, ctx: &Context<'_>) -> Option<Result<Community>> {
        let Group::Community { community } = self.found.look.group else { return None };
        Community::by_id(ctx, community).await.map_err(Into::into).transpose()
    }
    /// The first day of the window.
    async fn first(&self) -> Date {
        Date(self.found.look.first)
    }
    /// The last day of the window.
    async fn last(&self) -> Date {
        Date(self.found.look.last)
    }
    /// The last day that was known.
    async fn cut(&self) -> Date {
        Date(self.found.look.cut)
    }
    /// From which department, as recorded; null where it was nobody of one.
    async fn from_department(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        Department::of(ctx, self.found.metadata.department?).await
    }
    /// Who or what looked: a person, a machine’s account or whoever holds the folder.
    async fn agent(&self) -> Agent {
        self.found.metadata.agent.into()
    }
    /// Who; for auditors alone, null where that was no member, and once it is forgotten.
    async fn member(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        let member = self.found.look.member.open().copied().flatten();
        Member::of(ctx, member.filter(|_| self.says_who)?).await
    }
    /// Why, where a reason was given; for auditors alone, null once it is forgotten.
    async fn reason(&self) -> Option<&str> {
        let reason = self.found.look.reason.open()?.as_deref();
        reason.filter(|_| self.says_who)
    }
}

/// Queries about looks at figures.
#[derive(Default)]
pub(crate) struct LedgerQuery;

#[Object]
impl LedgerQuery {
    /// Looks at figures, the newest first: for everybody those at the figures of their own department, of all above it
    /// and of the organisation, alone or as the other of a pair, without by whom; for auditors all of them, with by whom and why, and that they look is
    /// recorded. A page reads no more than 5,000 looks: it may have few entries, or none, and others behind it.
    async fn figure_looks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> Option<Result<Found<FigureLook>>> {
        Some(looks(ctx, &Slice { first, after, ..Slice::default() }).await.map_err(Into::into))
    }
}

async fn looks(ctx: &Context<'_>, slice: &Slice) -> Result<Found<FigureLook>, Failure> {
    let (engine, actor) = (ctx.engine(), ctx.caller().actor);
    let sight = engine.sight(actor).await?;
    let sees = |of| sight.may_see_of(Ability::SeeFigureLooks, of);
    if !sees(None) {
        return Err(Failure::Forbidden);
    }
    let says_who = sight.standing.may(Ability::SeeLooks);
    let paging: Paging<ByPosition> = LOOKS.paging(slice)?;
    if says_who {
        engine.look(actor, "figure_looks").await?;
    }
    let of_group = |group| match group {
        Group::Organisation => true,
        Group::Department { department, .. } => sees(Some(department)),
        Group::Community { .. } | Group::Member { .. } => sight.standing.may(Ability::SeeFigureLooks),
    };
    let shown = |look: &FiguresConsulted| {
        of_group(look.group) || ledger::others(look).into_iter().any(|other| sees(Some(other)))
    };
    let before = paging.after.map(|place| Position(place.cast_unsigned()));
    let (count, _) = paging.take.rows();
    let read = ledger::page(engine.looks().as_ref(), engine.codec(), (before, count), shown).await;
    let page = read.map_err(crate::engine::Error::from)?;
    let place = |position: Position| position.0.cast_signed();
    let rows = page.looks.into_iter().map(|found| (place(found.position), FigureLook { found, says_who }));
    Ok(Found::of(LOOKS, slice.after.is_some(), rows, page.read_to.map(place)))
}
