//! How long something takes, as a curve.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::figures::figure::{Figure, Value};
use projections::figures::publish::Published;
use projections::figures::waits::{WaitFor, Waits};
use projections::statistics::interval;
use projections::statistics::survival::Step;

use super::Scope;
use super::value::{Interval, MetricDefinition, Origin, Receipt, Suppression};
use crate::graphql::failure::Failure;

impl Scope {
    /// A curve of waits.
    pub(super) async fn wait(&self, of: WaitFor) -> Result<Option<Curve>> {
        self.curve(Figure::Wait(of)).await
    }

    /// A figure that is a curve.
    pub(super) async fn curve(&self, figure: Figure) -> Result<Option<Curve>> {
        let (published, origin) = self.figure(figure).await?;
        let waits = |value| if let Value::Waits(waits) = value { Some(waits) } else { None };
        Ok(published.transposed(waits).map(|published| Curve { published, origin }))
    }
}

/// Between which seconds a median lies.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct MedianInterval {
    /// At least.
    lower: u64,
    /// At most; null where it has not happened to so many that it could be said.
    upper: Option<u64>,
}

/// From a time on, how many still wait.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct CurvePoint {
    /// After so many seconds.
    seconds: u64,
    /// The share for which it has not happened by then, from 0 to 1.
    remaining: f64,
    /// The interval of that share at 95 %; null once it has happened to all.
    interval: Option<Interval>,
    /// How many had waited so long.
    at_risk: u64,
}

/// How long something takes, by Kaplan–Meier: what has not happened yet counts for as long as it could have.
pub(crate) struct Curve {
    pub(crate) published: Published<Waits>,
    pub(crate) origin: Origin,
}

/// Points of a curve that one answer holds; more are thinned out evenly.
const POINTS_MAX: usize = 200;

/// After so many days nobody is asked any more.
const DAYS_MAX: u32 = 366;

/// Within how many days something is asked about, up to so many.
pub(super) fn within(days: i32, most: u32) -> Result<u32, Failure> {
    let within = u32::try_from(days).ok().filter(|days| *days <= most);
    within.ok_or_else(|| {
        Failure::bad_input(format!("Ask for 0 to {most} days."), format!("Demandez de 0 à {most} jours."))
    })
}

/// How long something takes, by Kaplan–Meier: what has not happened yet counts for as long as it could have.
#[Object]
impl Curve {
    /// Seconds by which it has happened to half; null where it has not, or is not shown.
    async fn median(&self) -> Option<u64> {
        self.published.shown()?.curve.median()
    }
    /// In which interval at 95 % the median of a population lies of which these are a sample, by the bootstrap. The first
    /// who asks waits for it; null where the curve is not shown, and for curves between departments.
    async fn median_interval(&self) -> Option<Result<MedianInterval>> {
        let upper = |upper: f64| upper.is_finite().then_some(upper as u64);
        let seconds = |of: interval::Interval| {
            let lower = of.lower.is_finite().then_some(of.lower as u64)?;
            Some(MedianInterval { lower, upper: upper(of.upper) })
        };
        self.origin.interval().await.map(|interval| interval.and_then(seconds)).transpose()
    }
    /// The share for which it has happened within so many days, from 0 to 1; null where it is not shown.
    async fn happened_by(
        &self,
        #[graphql(desc = "Within how many days: 0 to 366.")] days: i32,
    ) -> Option<Result<f64>> {
        let seconds = within(days, DAYS_MAX).map(|days| u64::from(days) * 86_400);
        let happened = seconds.map(|seconds| Some(1.0 - self.published.shown()?.curve.at(seconds)));
        happened.map_err(Into::into).transpose()
    }
    /// The curve, in order of time: at most 200 points of it, the last among them.
    async fn points(&self) -> Vec<CurvePoint> {
        let steps = self.published.shown().map_or(&[][..], |waits| waits.curve.steps());
        let every = steps.len().div_ceil(POINTS_MAX).max(1);
        let kept = |place: usize| place.is_multiple_of(every) || place + 1 == steps.len();
        let point = |step: &Step| CurvePoint {
            seconds: step.time,
            remaining: step.survival,
            interval: step.uncertainty.map(|uncertainty| uncertainty.interval.into()),
            at_risk: step.at_risk,
        };
        steps.iter().enumerate().filter(|(place, _)| kept(*place)).map(|(_, step)| point(step)).collect()
    }
    /// How many waited; null where it is not shown.
    async fn count(&self) -> Option<u64> {
        Some(self.published.shown()?.count)
    }
    /// For how many it happened; null where it is not shown.
    async fn happened(&self) -> Option<u64> {
        Some(self.published.shown()?.happened)
    }
    /// Why it is not shown; null where it is.
    async fn suppressed(&self) -> Option<Suppression> {
        self.published.suppression().map(Suppression::from)
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
