//! Flow: what passed between departments, and how the ties of people lie to them.

use async_graphql::{Context, Object, Result};
use domain::id::DepartmentId;
use projections::figures::figure::{Figure, Value};
use projections::figures::indices::IndexOf;
use projections::figures::matrix::{Entry, Matrix};
use projections::figures::publish::{self, Published};

use super::Scope;
use super::value::{Count, Measure, MetricDefinition, Origin, Receipt, Share, Suppression};
use crate::graphql::department::Department;
use crate::graphql::failure::Failure;

/// The matrix of what passed between departments.
pub(crate) struct FlowMatrix {
    matrix: Published<Matrix>,
    origin: Origin,
}

/// The matrix of what passed between departments.
#[Object]
impl FlowMatrix {
    /// The departments of its rows and columns, by name.
    async fn departments(&self, ctx: &Context<'_>) -> Result<Vec<Department>> {
        let ids = self.matrix.shown().map_or(&[][..], |matrix| &matrix.departments);
        let found = futures::future::try_join_all(ids.iter().map(|id| Department::by_id(ctx, *id))).await?;
        let mut found: Vec<_> = found.into_iter().flatten().collect();
        found.sort_by(|one, other| one.0.name.cmp(&other.0.name));
        Ok(found)
    }
    /// Where something passed, and why it is not shown where it is not. A pair that is not there passed nothing.
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

/// Flow in the window.
pub(crate) struct Flow(pub(super) Scope);

/// How deep a tree of departments is looked into at most.
const LEVELS_MAX: i32 = 10;

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
    ) -> Result<FlowMatrix> {
        let depth = u32::try_from(level).ok().filter(|_| (1..=LEVELS_MAX).contains(&level));
        let refused = || Failure::BadUserInput(format!("Ask for a level from 1 to {LEVELS_MAX}."));
        let depth = depth.ok_or_else(refused)?;
        let (published, origin) = self.0.figure(Figure::Matrix(depth)).await?;
        let matrix =
            published.map(|value| if let Value::Matrix(matrix) = value { matrix } else { Matrix::default() });
        Ok(FlowMatrix { matrix, origin })
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
