//! Members: the people of the organisation.

pub(crate) mod change;

use async_graphql::{Context, ID, Object, Result};
use domain::id::MemberId;
use futures::future::try_join_all;
use projections::directory;

use super::caller::Asked;
use super::department::Department;
use super::failure::Failure;
use super::items::{Items, items};
use super::paging::{Connection, Listed, Slice};
use super::personal::Personal;
use super::time::DateTime;

/// Lists of members by name.
pub(crate) const MEMBERS: Listed = Listed("members");

/// A person of the organisation.
pub(crate) struct Member(pub(crate) directory::Member);

impl Member {
    /// A member by their id.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: MemberId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().members.load(reading, id).await?.map(Self))
    }

    /// Members by their ids, in that order.
    pub(crate) async fn all(ctx: &Context<'_>, ids: &[MemberId]) -> Result<Items<Self>> {
        let found = try_join_all(ids.iter().map(|id| Self::by_id(ctx, *id))).await?;
        Ok(items(found.into_iter().flatten()))
    }

    /// The same, as a field that may fail by itself.
    pub(crate) async fn of(ctx: &Context<'_>, id: MemberId) -> Option<Result<Self>> {
        Self::by_id(ctx, id).await.map_err(Into::into).transpose()
    }
}

/// A person of the organisation, with an account or without.
#[Object]
impl Member {
    /// Their id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// Their name; null once it was erased.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }
    /// Their e-mail address, if it is known.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }
    /// The revision of their name, address and departments: what a change of them sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// Where they are now.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        let reading = ctx.reading();
        match reading.loaders().whereabouts.load(reading, self.0.id).await {
            Ok(department) => Department::of(ctx, department?).await,
            Err(failure) => Some(Err(failure.into())),
        }
    }
    /// Since when they are known.
    async fn registered_at(&self) -> DateTime {
        DateTime(self.0.registered_at)
    }
    /// Since when they have an account; null without one.
    async fn account_at(&self) -> Option<DateTime> {
        self.0.account_at.map(DateTime)
    }
    /// Since when they are away; null unless they left or were suspended.
    async fn left_at(&self) -> Option<DateTime> {
        self.0.left_at.map(DateTime)
    }

    #[graphql(flatten)]
    async fn personal(&self) -> Personal {
        Personal(self.0.id)
    }

    /// Where they were from when until when, as corrected since, in the order of time.
    async fn places(&self, ctx: &Context<'_>) -> Result<Vec<Place>> {
        let reading = ctx.reading();
        let rows = reading.loaders().places.load(reading, self.0.id).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Place).collect())
    }
}

/// Where somebody was, from when until when.
pub(crate) struct Place(directory::Place);

/// Where somebody was, from when until when.
#[Object]
impl Place {
    /// The department.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        Department::of(ctx, self.0.department).await
    }
    /// Since when.
    async fn since(&self) -> DateTime {
        DateTime(self.0.from)
    }
    /// Until when; null while it lasts.
    async fn until(&self) -> Option<DateTime> {
        self.0.until.map(DateTime)
    }
}

/// Queries about members.
#[derive(Default)]
pub(crate) struct MemberQuery;

#[Object]
impl MemberQuery {
    /// Everybody by name, those who left among them.
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
        let paging = MEMBERS.paging(&slice)?;
        let page = ctx.reading().read(|s| directory::members(s, &ctx.viewer(), &paging))?;
        Ok(MEMBERS.connection(&slice, page, |row| row.key.clone(), Member))
    }
}
