//! The organisation: its settings and who holds which role.

pub(crate) mod change;

use std::collections::BTreeSet;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::id::OrganisationId;
use domain::time;
use futures::future::try_join_all;
use projections::suppression::Threshold;
use projections::{calendar, directory, organisation};

use super::caller::Asked;
use super::department::Department;
use super::failure::Failure;
use super::items::{Items, items};
use super::member::Member;
use super::time::{Date, DateTime};
use crate::figures::House;

/// What a member may do beyond what every member may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::organisation::Role")]
pub(crate) enum Role {
    /// Follows the adoption of departments and coaches their projects.
    Coach,
    /// Reads and verifies the history.
    Auditor,
    /// Sets up the organisation.
    Administrator,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "time::Weekday")]
pub(crate) enum Weekday {
    /// The first of the week.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The last.
    Sunday,
}

/// On which days of the week people work, from a day on.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct WorkingWeek {
    /// The first day on which it holds.
    from: Date,
    /// The days, in the order of the week.
    days: Vec<Weekday>,
}

/// The organisation whose history this is.
pub(crate) struct Organisation(pub(crate) organisation::Organisation);

impl Organisation {
    /// The organisation, once it is established.
    pub(crate) fn the(ctx: &Context<'_>) -> Result<Option<Self>, Failure> {
        ctx.reading().read(|s| organisation::organisation(s, &ctx.viewer())).map(|found| found.map(Self))
    }

    /// The organisation, if that is its id.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: OrganisationId) -> Result<Option<Self>, Failure> {
        Ok(Self::the(ctx)?.filter(|organisation| organisation.0.id == id))
    }
}

/// The organisation whose history this is.
#[Object]
impl Organisation {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// Its name; null once it was erased.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }
    /// Its time zone, a name of the IANA database: days and weeks begin by it.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }
    /// The language of what the system writes, as a BCP 47 tag.
    async fn language(&self) -> &str {
        &self.0.language
    }
    /// Whether its ids stand for nobody who can be found again: privacy thresholds may then be off.
    async fn anonymous(&self) -> bool {
        self.0.anonymous
    }
    /// The fewest people behind a figure, chosen when it was established; 1 where ids stand for nobody.
    async fn threshold(&self) -> u32 {
        House::threshold(&self.0).map_or(1, Threshold::people)
    }
    /// The revision of its settings and calendar: what a change of them sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// When it was established.
    async fn established_at(&self) -> DateTime {
        DateTime(self.0.established_at)
    }

    /// Every department there ever was, by name: tens or hundreds, so the whole tree.
    async fn departments(&self, ctx: &Context<'_>) -> Result<Items<Department>> {
        let rows = ctx.reading().read(|s| directory::departments(s, &ctx.viewer()))?;
        Ok(items(rows.into_iter().map(Department)))
    }

    /// How many members there are, those who left among them.
    async fn member_count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.reading().read(|s| directory::member_count(s, &ctx.viewer()))?)
    }

    /// On which days of the week people work, the first day of each week that was set first; before them, and where
    /// none was, Monday to Friday.
    async fn working_weeks(&self, ctx: &Context<'_>) -> Result<Vec<WorkingWeek>> {
        let calendar = ctx.reading().read(|s| calendar::calendar(s, &ctx.viewer()))?;
        let week = |(from, days): (&time::Day, &BTreeSet<time::Weekday>)| WorkingWeek {
            from: Date(*from),
            days: days.iter().map(|day| (*day).into()).collect(),
        };
        Ok(calendar.weeks().iter().map(week).collect())
    }

    /// The public holidays: no working days, whatever their day of the week.
    async fn holidays(&self, ctx: &Context<'_>) -> Result<Vec<Date>> {
        let calendar = ctx.reading().read(|s| calendar::calendar(s, &ctx.viewer()))?;
        Ok(calendar.holidays().iter().copied().map(Date).collect())
    }

    /// The roles that are held now.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Items<Grant>> {
        let now = ctx.engine().now();
        let rows = ctx.reading().read(|s| organisation::roles(s, &ctx.viewer(), now))?;
        Ok(items(rows.into_iter().map(Grant)))
    }
}

/// A role that somebody holds.
pub(crate) struct Grant(pub(crate) organisation::Grant);

/// A role that somebody holds.
#[Object(name = "RoleGrant")]
impl Grant {
    /// Which role.
    async fn role(&self) -> Role {
        self.0.role.into()
    }
    /// Who holds it.
    async fn member(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.member).await
    }
    /// The departments it holds for, with all below them; all of them when empty.
    async fn departments(&self, ctx: &Context<'_>) -> Result<Items<Department>> {
        let ids = &self.0.departments;
        let found = try_join_all(ids.iter().map(|id| Department::by_id(ctx, *id))).await?;
        Ok(items(found.into_iter().flatten()))
    }
    /// Since when it is held; a coach's may begin later than now.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }
    /// Until when, if it ends.
    async fn until(&self) -> Option<DateTime> {
        self.0.until.map(DateTime)
    }
    /// The revision at which it was granted as it stands: what a change of it sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
}

/// Queries about the organisation.
#[derive(Default)]
pub(crate) struct OrganisationQuery;

#[Object]
impl OrganisationQuery {
    /// The organisation; null before it is established.
    async fn organisation(&self, ctx: &Context<'_>) -> Option<Result<Organisation>> {
        Organisation::the(ctx).map_err(Into::into).transpose()
    }

    /// Who asks; null for a token that acts as a service.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, ctx.caller().actor.member()?).await
    }
}
