//! Adoption: access, activity, habit, segments, cohorts.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use futures::future::try_join_all;
use projections::figures::adoption as figures;
use projections::figures::deeds::Level;
use projections::figures::figure::Figure;
use projections::figures::grid::Length;
use projections::figures::indices::IndexOf;
use projections::figures::sheet::ShareOf;
use projections::figures::waits::WaitFor;

use super::curve::Curve;
use super::measure::Measure;
use super::value::{Count, Origin, Share};
use super::{Scope, Window};
use crate::graphql::failure::Failure;
use crate::graphql::items::{Items, items};

/// How far an act goes. The sets of people are nested: who contributed took part, who took part consumed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "Level")]
pub(crate) enum ActivityLevel {
    /// Looked at something or searched.
    Consumed,
    /// Reacted, commented, voted, joined, acknowledged, edited, passed on.
    #[default]
    Participated,
    /// Made something: a post, a document or a version of one, an idea, a poll, a community, a campaign.
    Contributed,
}

/// How steadily somebody uses the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "figures::Segment")]
pub(crate) enum UsageSegment {
    /// Habitual, with fifteen acts a week on average.
    Power,
    /// Active in nine of twelve weeks, or in each of four.
    Habitual,
    /// One act a week on average.
    Novice,
    /// Fewer.
    Low,
    /// None.
    NonUser,
}

/// Which step of the way from being eligible to having a habit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "figures::Step")]
pub(crate) enum OnboardingStep {
    /// Has an account.
    Access,
    /// Has taken part since.
    Activated,
    /// Has contributed since.
    Contributed,
    /// Has the habit of the window.
    Habit,
}

/// Who was active in a window, as three nested sets.
#[derive(SimpleObject)]
pub(crate) struct ActiveSets {
    /// The window.
    window: Window,
    /// Those who looked, took part or contributed.
    consumed: Share,
    /// Those who took part or contributed.
    participated: Share,
    /// Those who contributed.
    contributed: Share,
}

/// How many are in a segment of use.
#[derive(SimpleObject)]
pub(crate) struct SegmentShare {
    /// The segment.
    segment: UsageSegment,
    /// Those in it, among the eligible.
    share: Share,
}

/// How many went from one segment of use to another since the window before.
#[derive(SimpleObject)]
pub(crate) struct SegmentMove {
    /// Where they were.
    from: UsageSegment,
    /// Where they are.
    to: UsageSegment,
    /// How many.
    people: Count,
}

/// The active people of a window by what they were in the window before, and those who are active no more. New,
/// returning and resurrecting are the active ones.
#[derive(SimpleObject)]
pub(crate) struct Lifecycle {
    /// Active, with an account that was opened in the window.
    new: Count,
    /// Active, as in the window before.
    returning: Count,
    /// Active, and not in the window before.
    resurrecting: Count,
    /// Not active, and active in the window before.
    dormant: Count,
}

/// How many took part so often at least.
#[derive(SimpleObject)]
pub(crate) struct ActivityFrequency {
    /// On how many days of a week or of four weeks, or in how many weeks of twelve.
    at_least: u32,
    /// Those who did, among the eligible.
    share: Share,
}

/// A step of the way from being eligible to having a habit.
#[derive(SimpleObject)]
pub(crate) struct OnboardingFunnelStep {
    /// The step.
    step: OnboardingStep,
    /// Those who came to it and to all before, among the eligible.
    share: Share,
}

/// Those who took part for the first time in a window, and what became of them.
pub(crate) struct Cohort {
    scope: Scope,
    back: i32,
}

/// Those who took part for the first time in a window, and what became of them.
#[Object]
impl Cohort {
    /// The window in which they began.
    async fn window(&self) -> Window {
        Window::of(self.scope.sheet.window.before(self.back), self.scope.cut())
    }
    /// One of the windows from then on; null where it would lie after the one asked for.
    async fn period(
        &self,
        #[graphql(desc = "How many windows after; 0 is the one in which it began.")] index: i32,
    ) -> Option<Result<CohortPeriod>> {
        if (0..=self.back).contains(&index) { Some(self.after(index).await) } else { None }
    }
    /// Each window from then on, up to the one asked for.
    async fn periods(&self) -> Result<Vec<CohortPeriod>> {
        let period = |after| self.after(after);
        try_join_all((0..=self.back).map(period)).await
    }
}

impl Cohort {
    async fn after(&self, after: i32) -> Result<CohortPeriod> {
        let back = self.back;
        Ok(CohortPeriod {
            index: after,
            left: self.scope.count(ShareOf::Departed { back, after }).await?,
            retained: self.scope.share(ShareOf::Retained { back, after }).await?,
        })
    }
}

/// A cohort so many windows after it began.
#[derive(SimpleObject)]
pub(crate) struct CohortPeriod {
    /// How many windows after; 0 is the one in which it began.
    index: i32,
    /// How many had left the organisation: they have not lapsed.
    left: Count,
    /// Who of the others was active.
    retained: Share,
}

/// Adoption in the window.
pub(crate) struct Adoption(pub(super) Scope);

/// How many windows back one answer goes at most.
const WINDOWS_MAX: i32 = 53;

/// How many frequencies one answer has at most: as many as there are days in four weeks.
const FREQUENCIES_MAX: usize = 28;

/// Fields that are figures of many windows, the argument that says of how many or how far back, and what it is when
/// left out.
pub(crate) const MANY_WINDOWS: [(&str, &str, i32); 3] =
    [("activeSets", "windows", 12), ("cohort", "back", 0), ("cohorts", "windows", 8)];

fn windows(asked: i32) -> Result<i32, Failure> {
    match asked {
        1..=WINDOWS_MAX => Ok(asked),
        _ => Err(Failure::bad_input(
            format!("Ask for 1 to {WINDOWS_MAX} windows."),
            format!("Demandez de 1 à {WINDOWS_MAX} fenêtres."),
        )),
    }
}

/// Adoption in the window.
#[Object]
impl Adoption {
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/headcount.txt"))]
    async fn headcount(&self) -> Count {
        let published = self.0.sheet.headcount(self.0.group);
        Count { published, origin: Origin { scope: self.0.clone(), figure: Figure::Headcount } }
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/access-coverage.txt"))]
    async fn access_coverage(&self) -> Result<Share> {
        self.0.share(ShareOf::Access).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/activation.txt"))]
    async fn activation(&self) -> Result<Share> {
        self.0.share(ShareOf::Activated).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/participated-share.txt"))]
    async fn active(
        &self,
        #[graphql(desc = "How far their acts went at least.", default)] level: ActivityLevel,
    ) -> Result<Share> {
        self.0.share(ShareOf::Active(level.into())).await
    }
    /// Who was active in this window and in those before it, the first first.
    async fn active_sets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many windows, this one among them: 1 to 53.", default = 12)] windows: i32,
    ) -> Option<Result<Vec<ActiveSets>>> {
        let windows = match self::windows(windows) {
            Ok(windows) => windows,
            Err(refused) => return Some(Err(refused.into())),
        };
        let back = (0..windows).rev();
        Some(try_join_all(back.map(|back| self.active_set(ctx, back))).await)
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/stickiness.txt"))]
    async fn stickiness(&self) -> Option<Result<Measure>> {
        self.0.index(IndexOf::Stickiness).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/habit.txt"))]
    async fn habit(&self) -> Result<Share> {
        self.0.share(ShareOf::Habit).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/activity-frequency.txt"))]
    async fn activity_frequency(
        &self,
        #[graphql(
            desc = "How often at least, each from 1 up to as often as there are days or weeks in the window. When left \
                out 1, 2, 3 and 5 days of a week, 1, 2, 5 and 10 of four, or 1, 3, 6 and 9 weeks of twelve; the last \
                of four weeks and of twelve is the habit."
        )]
        at_least: Option<Vec<u32>>,
    ) -> Option<Result<Vec<ActivityFrequency>>> {
        let often = at_least.unwrap_or_else(|| figures::often(Length::of(self.0.sheet.window)).to_vec());
        if often.len() > FREQUENCIES_MAX {
            let refused = Failure::bad_input(
                format!("Ask for {FREQUENCIES_MAX} at most."),
                format!("Demandez-en au plus {FREQUENCIES_MAX}."),
            );
            return Some(Err(refused.into()));
        }
        Some(try_join_all(often.into_iter().map(|at_least| self.frequency(at_least))).await)
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/usage-segment.txt"))]
    async fn segments(&self) -> Result<Vec<SegmentShare>> {
        try_join_all(figures::Segment::ALL.map(|segment| self.segment(segment))).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/segment-moves.txt"))]
    async fn segment_moves(&self) -> Result<Vec<SegmentMove>> {
        let all = figures::Segment::ALL;
        let pairs = all.into_iter().flat_map(|from| all.map(|to| (from, to)));
        try_join_all(pairs.map(|(from, to)| self.segment_move(from, to))).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/lifecycle.txt"))]
    async fn lifecycle(&self) -> Result<Lifecycle> {
        let phase = |phase| self.0.count(ShareOf::Phase(phase));
        Ok(Lifecycle {
            new: phase(figures::Phase::New).await?,
            returning: phase(figures::Phase::Returning).await?,
            resurrecting: phase(figures::Phase::Resurrecting).await?,
            dormant: phase(figures::Phase::Dormant).await?,
        })
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/cohort-retention.txt"))]
    async fn cohorts(
        &self,
        #[graphql(desc = "How many cohorts, that of this window among them: 1 to 53.", default = 8)] windows: i32,
    ) -> Option<Result<Items<Cohort>>> {
        let cohort = |back| Cohort { scope: self.0.clone(), back };
        let cohorts = self::windows(windows).map(|windows| items((0..windows).rev().map(cohort)));
        Some(cohorts.map_err(Into::into))
    }
    /// One of the cohorts: those who took part for the first time so many windows before this one.
    async fn cohort(
        &self,
        #[graphql(desc = "How many windows before: 0 to 52.", default = 0)] back: i32,
    ) -> Option<Result<Cohort>> {
        if (0..WINDOWS_MAX).contains(&back) {
            return Some(Ok(Cohort { scope: self.0.clone(), back }));
        }
        let most = WINDOWS_MAX - 1;
        let refused = Failure::bad_input(
            format!("Ask for 0 to {most} windows before."),
            format!("Demandez de 0 à {most} fenêtres avant."),
        );
        Some(Err(refused.into()))
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/time-to-first-contribution.txt"))]
    async fn time_to_first_contribution(&self) -> Option<Result<Curve>> {
        self.0.wait(WaitFor::Contribution).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/onboarding-funnel.txt"))]
    async fn onboarding(
        &self,
        #[graphql(
            desc = "Within how many days of their account people took part, and within how many of that they contributed; \
                at any time when left out. Where a threshold protects people there are 7, 28 and 84."
        )]
        within: Option<u32>,
    ) -> Result<Vec<OnboardingFunnelStep>> {
        use figures::Step::{Access, Activated, Contributed, Habit};
        try_join_all([Access, Activated, Contributed, Habit].map(|step| self.step(step, within))).await
    }
}

impl Adoption {
    async fn active_set(&self, ctx: &Context<'_>, back: i32) -> Result<ActiveSets> {
        let scope = self.0.back(ctx, back).await?;
        Ok(ActiveSets {
            window: scope.window(),
            consumed: scope.share(ShareOf::Active(Level::Consumed)).await?,
            participated: scope.share(ShareOf::Active(Level::Participated)).await?,
            contributed: scope.share(ShareOf::Active(Level::Contributed)).await?,
        })
    }

    async fn segment(&self, segment: figures::Segment) -> Result<SegmentShare> {
        let share = self.0.share(ShareOf::Segment(segment)).await?;
        Ok(SegmentShare { segment: segment.into(), share })
    }

    async fn segment_move(&self, from: figures::Segment, to: figures::Segment) -> Result<SegmentMove> {
        let people = self.0.count(ShareOf::Moved(from, to)).await?;
        Ok(SegmentMove { from: from.into(), to: to.into(), people })
    }

    async fn frequency(&self, at_least: u32) -> Result<ActivityFrequency> {
        Ok(ActivityFrequency { at_least, share: self.0.share(ShareOf::Frequency(at_least)).await? })
    }

    async fn step(&self, step: figures::Step, within: Option<u32>) -> Result<OnboardingFunnelStep> {
        let share = self.0.share(ShareOf::step(step, within)).await?;
        Ok(OnboardingFunnelStep { step: step.into(), share })
    }
}
