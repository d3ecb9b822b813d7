//! Information flow: whose contents reached whom, between departments.

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::id::DepartmentId;
use projections::{flow, organisation};

use super::caller::Asked;
use super::department::Department;
use super::failure::Failure;
use super::sight::Departments;
use super::time::Date;
use crate::clock::local_day;

/// How a content reached somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::flow::Kind")]
pub(crate) enum FlowKind {
    /// It was addressed to them.
    Addressed,
    /// They looked at it.
    Viewed,
    /// They commented on it.
    Commented,
    /// They reacted to it.
    Reacted,
    /// They passed it on.
    SharedOn,
}

/// How often contents of one department reached people of another.
pub(crate) struct Cell(flow::Cell);

/// How often contents of one department reached people of another.
#[Object(name = "FlowCell")]
impl Cell {
    /// Whose contents: the author's department as recorded at publication; null where none was.
    async fn source(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        known(ctx, self.0.source).await
    }
    /// Whom they reached: the receiver's department as it was on the day; null where nobody can be named any more.
    async fn receiver(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        known(ctx, self.0.receiver).await
    }
    /// How.
    async fn kind(&self) -> FlowKind {
        self.0.kind.into()
    }
    /// How often.
    async fn count(&self) -> u64 {
        self.0.count
    }
}

async fn known(ctx: &Context<'_>, id: DepartmentId) -> Option<Result<Department>> {
    if id == DepartmentId::default() { None } else { Department::of(ctx, id).await }
}

/// Queries about information flow.
#[derive(Default)]
pub(crate) struct FlowQuery;

#[Object]
impl FlowQuery {
    /// The matrix of departments over local days, both included: acts of people that carried contents to people. For
    /// sponsors, administrators, auditors, and coaches about the departments they coach. Recorded as a look. As counted,
    /// so where ids stand for nobody who can be found again: elsewhere the error is `PROTECTED`, whoever asks, and the
    /// matrix is `figures { flow }`.
    async fn information_flow(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day.")] from: Date,
        #[graphql(desc = "The last day.")] to: Date,
        #[graphql(
            desc = "What came from or to a department or one below it alone; all of it when left out."
        )]
        department: Option<ID>,
    ) -> Result<Vec<Cell>> {
        if to < from {
            return Err(Failure::days_reversed().into());
        }
        let departments = Departments::counted(ctx, department.as_ref()).await?;
        ctx.engine().look(ctx.caller().actor, "information_flow").await.map_err(Failure::from)?;
        let viewer = ctx.viewer();
        let zone = ctx.reading().read(|s| organisation::organisation(s, &viewer))?.map(|o| o.time_zone);
        let day_of = |at| local_day(at, zone.as_deref().unwrap_or("UTC"));
        let (days, within) = ((from.0, to.0), departments.within());
        let cells = ctx.reading().read(|s| flow::matrix(s, &viewer, days, within, &day_of))?;
        Ok(cells.into_iter().map(Cell).collect())
    }
}
