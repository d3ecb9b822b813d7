//! Daily activity: how much was done on each day, and by how many different people.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::time::Day;
use projections::activity::{self, Counted, Total};

use super::caller::Asked;
use super::failure::Failure;
use super::sight::Departments;
use super::time::Date;

/// What happened on one local day in the whole organisation.
#[derive(Clone, Copy, Debug, SimpleObject)]
#[graphql(name = "ActivityOfDay")]
pub(crate) struct OfDay {
    /// The day.
    date: Date,
    /// Acts of people, whatever they did: wrote, answered, voted, joined, changed something. Looking is no act.
    acts: i32,
    /// Different people with at least one act on the day.
    members: i32,
    /// What nobody decided on: done by services and the system, or made up by an import. Not among the acts.
    automatic: i32,
    /// Traces: looks at items, at most one a member, item and day, and sign-ins, at most one a member and day. Not
    /// among the acts. Those whose month's key was destroyed still count.
    traces: i32,
    /// Different people who left a trace on the day; nobody is counted for traces whose month's key was destroyed.
    trace_members: i32,
}

/// Activity in the whole organisation from a day to another, both included. Days are local to the organisation.
pub(crate) struct DailyActivity {
    first: Day,
    last: Day,
    departments: Departments,
}

impl DailyActivity {
    fn totals(&self, ctx: &Context<'_>, counted: Counted) -> Result<HashMap<Day, Total>, Failure> {
        let (days, within) = ((self.first, self.last), self.departments.within());
        let totals = ctx.reading().read(|s| activity::by_day(s, &ctx.viewer(), counted, days, within))?;
        Ok(totals.into_iter().map(|total| (total.day, total)).collect())
    }

    fn distinct_members(&self, ctx: &Context<'_>, counted: Counted) -> Result<i32, Failure> {
        let (days, within) = ((self.first, self.last), self.departments.within());
        ctx.reading().read(|s| activity::distinct_members(s, &ctx.viewer(), counted, days, within)).map(int)
    }
}

/// Activity in the whole organisation from a day to another, both included. Days are local to the organisation.
#[Object]
impl DailyActivity {
    /// Each day, in order, those without activity too.
    async fn days(&self, ctx: &Context<'_>) -> Result<Vec<OfDay>> {
        let acts = self.totals(ctx, Counted::Acts)?;
        let automatic = self.totals(ctx, Counted::Automatic)?;
        let traces = self.totals(ctx, Counted::Traces)?;
        let count = |totals: &HashMap<Day, Total>, day| totals.get(&day).map_or(0, |total| int(total.count));
        let members =
            |totals: &HashMap<Day, Total>, day| totals.get(&day).map_or(0, |total| int(total.members));
        let of_day = |day| OfDay {
            date: Date(day),
            acts: count(&acts, day),
            members: members(&acts, day),
            automatic: count(&automatic, day),
            traces: count(&traces, day),
            trace_members: members(&traces, day),
        };
        Ok((self.first.0..=self.last.0).map(Day).map(of_day).collect())
    }
    /// Different people with at least one act on any of the days: whoever was active on several counts once.
    async fn members(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.distinct_members(ctx, Counted::Acts)?)
    }
    /// Different people who left a trace on any of the days; nobody is counted for traces whose month's key was
    /// destroyed.
    async fn trace_members(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.distinct_members(ctx, Counted::Traces)?)
    }
}

/// A count as the schema can hold it; one beyond is more than there are people and days for.
fn int(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The most days that one answer goes over.
const DAYS_MAX: i32 = 400;

/// Queries about daily activity.
#[derive(Default)]
pub(crate) struct ActivityQuery;

#[Object]
impl ActivityQuery {
    /// How much was done on each day and by how many different people, over at most 400 local days, both included:
    /// for sponsors, administrators, auditors, and coaches within the departments they coach. Recorded as a look. As
    /// counted, so where ids stand for nobody who can be found again: elsewhere the error is `PROTECTED`, whoever asks,
    /// and `figures` tell what may be told.
    async fn daily_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day.")] from: Date,
        #[graphql(desc = "The last day, at most 399 days after the first.")] to: Date,
        #[graphql(
            desc = "A department, as recorded, with all below it; the whole organisation when left out."
        )]
        department: Option<ID>,
    ) -> Result<DailyActivity> {
        let (first, last) = (from.0, to.0);
        if last < first {
            return Err(Failure::days_reversed().into());
        }
        if last.0 - first.0 >= DAYS_MAX {
            let days = last.0 - first.0 + 1;
            let refused = Failure::bad_input(
                format!("Ask for {DAYS_MAX} days at most, both included; these are {days}."),
                format!("Demandez au plus {DAYS_MAX} jours, bornes comprises ; en voici {days}."),
            );
            return Err(refused.into());
        }
        let departments = Departments::counted(ctx, department.as_ref()).await?;
        ctx.engine().look(ctx.caller().actor, "daily_activity").await.map_err(Failure::from)?;
        Ok(DailyActivity { first, last, departments })
    }
}
