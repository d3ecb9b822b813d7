//! Departments: the nodes of the chart.

pub(crate) mod change;

use async_graphql::{Context, ID, Object, Result};
use domain::id::DepartmentId;
use projections::directory;

use super::caller::Asked;
use super::failure::Failure;
use super::member::{MEMBERS, Member};
use super::paging::{Connection, Slice};
use super::time::DateTime;

/// A department, a node of the chart.
pub(crate) struct Department(pub(crate) directory::Department);

impl Department {
    /// A department by its id.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: DepartmentId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().departments.load(reading, id).await?.map(Self))
    }

    /// The same, as a field that may fail by itself.
    pub(crate) async fn of(ctx: &Context<'_>, id: DepartmentId) -> Option<Result<Self>> {
        Self::by_id(ctx, id).await.map_err(Into::into).transpose()
    }
}

/// A department, a node of the chart.
#[Object]
impl Department {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// Its name; null once it was erased.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }
    /// The revision of its name and place: what a change of them sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// The department it belongs to; null at the top.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        Self::of(ctx, self.0.parent?).await
    }
    /// Since when it is there.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.0.opened_at)
    }
    /// Since when it is no more; null while it is.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }

    /// How many people are in it now and have not left, without those of departments below it.
    async fn headcount(&self, ctx: &Context<'_>) -> Result<u64> {
        let reading = ctx.reading();
        Ok(reading.loaders().headcounts.load(reading, self.0.id).await?.unwrap_or(0))
    }

    /// The people who are in it now and have not left, by name.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<Member>> {
        let slice = Slice { first, after, last, before };
        let (reading, paging) = (ctx.reading(), MEMBERS.paging(&slice)?);
        let page = reading.loaders().members_in.page(reading, self.0.id, paging).await?;
        Ok(MEMBERS.connection(&slice, page, |row| row.key.clone(), Member))
    }
}
