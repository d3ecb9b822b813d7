//! Flow: what passed between departments, and how the ties of people lie to them.

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::id::DepartmentId;
use projections::figures::deeds;
use projections::figures::figure::{Figure, Value};
use projections::figures::groups::Group;
use projections::figures::indices::IndexOf;
use projections::figures::matrix::{Entry, Matrix};
use projections::figures::publish::{self, Published};

use super::curve::{Curve, within};
use super::measure::Measure;
use super::value::{Count, MetricDefinition, Origin, Receipt, Share, Suppression};
use super::{Scope, access};
use crate::graphql::caller::Asked;
use crate::graphql::department::Department;
use crate::graphql::failure::Failure;
use crate::graphql::flow::FlowKind;
use crate::graphql::id::OfKind;
use crate::graphql::items::{Items, items};

/// The matrix of what passed between departments.
pub(crate) struct FlowMatrix {
    matrix: Published<Matrix>,
    origin: Origin,
}

/// The matrix of what passed between departments.
#[Object]
impl FlowMatrix {
    /// The departments of its rows and columns, by name.
    async fn departments(&self, ctx: &Context<'_>) -> Result<Items<Department>> {
        departments(ctx, self.matrix.shown().map_or(&[][..], |matrix| &matrix.departments)).await
    }
    /// Those of them that have fewer people than the threshold: no cell of theirs is there, whether something passed or
    /// not.
    async fn small(&self, ctx: &Context<'_>) -> Result<Items<Department>> {
        departments(ctx, self.matrix.shown().map_or(&[][..], |matrix| &matrix.small)).await
    }
    /// Where something passed, and why it is not shown where it is not. Where there is no cell, and both departments are
    /// large enough, nothing passed.
    async fn cells(&self) -> Vec<FlowMatrixCell> {
        let cells = self.matrix.shown().map_or(&[][..], |matrix| &matrix.cells);
        cells.iter().map(|cell| FlowMatrixCell(cell.clone())).collect()
    }
    /// All that passed, within departments and between them.
    async fn total(&self) -> Count {
        let published = match self.matrix.clone().map(|matrix| matrix.total) {
            Published::Shown(None) => Published::Hidden(publish::Suppression::TooFewPeople),
            published => published.map(Option::unwrap_or_default),
        };
        Count { published, origin: self.origin.clone() }
    }
    /// Why there is none; null where there is.
    async fn suppressed(&self) -> Option<Suppression> {
        self.matrix.suppression().map(Suppression::from)
    }
    /// Its definition.
    async fn definition(&self) -> Option<MetricDefinition> {
        self.origin.definition()
    }
    /// Its receipt. To write it the journal is read, so ask for it when somebody wants it.
    async fn receipt(&self, ctx: &Context<'_>) -> Option<Result<Receipt>> {
        self.origin.receipt(ctx).await.transpose()
    }
}

/// Departments by name.
async fn departments(ctx: &Context<'_>, ids: &[DepartmentId]) -> Result<Items<Department>> {
    let found = futures::future::try_join_all(ids.iter().map(|id| Department::by_id(ctx, *id))).await?;
    let mut found: Vec<_> = found.into_iter().flatten().collect();
    found.sort_by(|one, other| one.0.name.cmp(&other.0.name));
    Ok(items(found))
}

/// What people of one department did upon contents of another.
pub(crate) struct FlowMatrixCell(Entry);

/// What people of one department did upon contents of another.
#[Object]
impl FlowMatrixCell {
    /// Whose contents.
    async fn source(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        department(ctx, self.0.source).await
    }
    /// Whom they reached.
    async fn receiver(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        department(ctx, self.0.receiver).await
    }
    /// How many acts; null where it is not shown.
    async fn acts(&self) -> Option<u64> {
        self.0.acts.shown().copied()
    }
    /// Why it is not shown; null where it is.
    async fn suppressed(&self) -> Option<Suppression> {
        self.0.acts.suppression().map(Suppression::from)
    }
}

async fn department(ctx: &Context<'_>, id: DepartmentId) -> Option<Result<Department>> {
    Department::of(ctx, id).await
}

/// Pairs of departments of which the people of one looked for what another has, and nothing passed.
pub(crate) struct UnmetDemand {
    matrix: Published<Matrix>,
    origin: Origin,
}

/// Pairs of departments of which the people of one looked for what another has, and nothing passed.
#[Object]
impl UnmetDemand {
    /// The pairs: whose contents were looked for, by whom, and how often; or why that is not shown.
    async fn pairs(&self) -> Vec<FlowMatrixCell> {
        let cells = self.matrix.shown().map_or(&[][..], |matrix| &matrix.cells);
        cells.iter().map(|cell| FlowMatrixCell(cell.clone())).collect()
    }
    /// Why there are none; null where there may be.
    async fn suppressed(&self) -> Option<Suppression> {
        self.matrix.suppression().map(Suppression::from)
    }
    /// Its definition.
    async fn definition(&self) -> Option<MetricDefinition> {
        self.origin.definition()
    }
    /// Its receipt. To write it the journal is read, so ask for it when somebody wants it.
    async fn receipt(&self, ctx: &Context<'_>) -> Option<Result<Receipt>> {
        self.origin.receipt(ctx).await.transpose()
    }
}

/// How far a content reached somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "deeds::How")]
pub(crate) enum Spreading {
    /// They looked at it or did something with it.
    #[default]
    Exposed,
    /// They did something with it: commented, reacted, voted, chose, acknowledged, passed it on.
    TookPart,
}

/// Flow in the window.
pub(crate) struct Flow(pub(super) Scope);

/// How deep a tree of departments is looked into at most.
const LEVELS_MAX: i32 = 10;

/// The longest that contents may take to reach people, in days: twelve weeks.
const DAYS_MAX: u32 = 84;

fn depth(level: i32) -> Result<u32, Failure> {
    let depth = u32::try_from(level).ok().filter(|_| (1..=LEVELS_MAX).contains(&level));
    depth.ok_or_else(|| {
        Failure::bad_input(
            format!("Ask for a level from 1 to {LEVELS_MAX}."),
            format!("Demandez un niveau de 1 à {LEVELS_MAX}."),
        )
    })
}

/// The other department of a pair, whose figures the caller must be allowed to see as well; none where the id names none.
async fn other(ctx: &Context<'_>, id: &ID) -> Result<Option<DepartmentId>> {
    let Some(to) = ctx.reading().ids()?.named(id).and_then(<DepartmentId as OfKind>::of) else {
        return Ok(None);
    };
    access::may_see(ctx, Group::Whole(to)).await?;
    Ok(Some(to))
}

impl Scope {
    /// A figure that is a matrix, at a level of the tree.
    async fn at(&self, level: i32, figure: impl Fn(u32) -> Figure) -> Result<(Published<Matrix>, Origin)> {
        let (published, origin) = self.figure(figure(depth(level)?)).await?;
        let matrix = |value| if let Value::Matrix(matrix) = value { matrix } else { Matrix::default() };
        Ok((published.map(matrix), origin))
    }
}

/// Flow in the window.
#[Object]
impl Flow {
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/flow-matrix.txt"))]
    async fn flow(
        &self,
        #[graphql(
            desc = "At which level of the tree: 1 are the departments directly below, or at the top; to 10.",
            default = 1
        )]
        level: i32,
        #[graphql(
            desc = "Of one kind of acts; of all when left out. Where a threshold protects people it has a total alone, \
                of the whole organisation."
        )]
        kind: Option<FlowKind>,
    ) -> Option<Result<FlowMatrix>> {
        if kind == Some(FlowKind::Viewed) {
            let refused = Failure::bad_input(
                "What was only looked at is no flow: ask for `unmetDemand`, or for another kind.",
                "Ce qui a seulement été consulté n’est pas un flux : demandez `unmetDemand`, ou une autre sorte.",
            );
            return Some(Err(refused.into()));
        }
        let of_kind = |level| Figure::Matrix(level, kind.map(Into::into));
        let found = self.0.at(level, of_kind).await;
        Some(found.map(|(matrix, origin)| FlowMatrix { matrix, origin }))
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/unmet-demand.txt"))]
    async fn unmet_demand(
        &self,
        #[graphql(
            desc = "At which level of the tree: 1 are the departments directly below, or at the top; to 10.",
            default = 1
        )]
        level: i32,
    ) -> Option<Result<UnmetDemand>> {
        let found = self.0.at(level, Figure::UnmetDemand).await;
        Some(found.map(|(matrix, origin)| UnmetDemand { matrix, origin }))
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/shared-space-share.txt"))]
    async fn shared_space_share(&self) -> Result<Share> {
        self.0.proportion(Figure::SharedSpace).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/diffusion-latency.txt"))]
    async fn diffusion_latency(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department that is reached, with what is below it.")] to: ID,
        #[graphql(desc = "How far.", default)] how: Spreading,
    ) -> Option<Result<Curve>> {
        let to = match other(ctx, &to).await {
            Ok(to) => to?,
            Err(failure) => return Some(Err(failure)),
        };
        self.0.curve(Figure::Diffusion { how: how.into(), to }).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/reach.txt"))]
    async fn reach(
        &self,
        #[graphql(
            desc = "Within how many days: 0 to 84; where a threshold protects people 1, 7 or 30.",
            default = 7
        )]
        days: i32,
    ) -> Option<Result<Share>> {
        Some(match within(days, DAYS_MAX) {
            Ok(days) => self.0.proportion(Figure::Reach(days)).await,
            Err(refused) => Err(refused.into()),
        })
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/broker-dependency.txt"))]
    async fn broker_dependency(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The other department, with what is below it.")] to: ID,
        #[graphql(desc = "How many would leave: 1 to 100.", default = 3)] leaving: i32,
    ) -> Option<Result<Measure>> {
        let to = match other(ctx, &to).await {
            Ok(to) => to?,
            Err(failure) => return Some(Err(failure)),
        };
        let Some(leaving) = u32::try_from(leaving).ok().filter(|leaving| (1..=100).contains(leaving)) else {
            let refused =
                Failure::bad_input("Ask for 1 to 100 who would leave.", "Demandez de 1 à 100 départs.");
            return Some(Err(refused.into()));
        };
        self.0.measure(Figure::Brokers { leaving, to }).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/cross-department-share.txt"))]
    async fn cross_department_share(&self) -> Result<Share> {
        self.0.proportion(Figure::CrossDepartment).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/external-internal-index.txt"))]
    async fn external_internal_index(&self) -> Option<Result<Measure>> {
        self.0.index(IndexOf::ExternalInternal).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/density.txt"))]
    async fn density(&self) -> Option<Result<Measure>> {
        self.0.index(IndexOf::Density).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/reciprocity.txt"))]
    async fn reciprocity(&self) -> Option<Result<Measure>> {
        self.0.index(IndexOf::Reciprocity).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/modularity.txt"))]
    async fn modularity(&self) -> Option<Result<Measure>> {
        self.0.index(IndexOf::Modularity).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/assortativity.txt"))]
    async fn assortativity(&self) -> Option<Result<Measure>> {
        self.0.index(IndexOf::Assortativity).await.transpose()
    }
}
