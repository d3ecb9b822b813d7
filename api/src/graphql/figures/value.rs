//! What a figure is: a share, a count, an index or a curve, each with its definition and, on demand, its receipt.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use projections::figures::figure::{Figure, Value};
use projections::figures::indices::{self, Index, IndexOf};
use projections::figures::publish::{Proportion, Published};
use projections::figures::sheet::ShareOf;
use projections::figures::waits::{WaitFor, Waits};
use projections::statistics::interval::{self, wilson};
use projections::statistics::survival::Step;

use super::Scope;
use crate::definition::{self, Definition};
use crate::engine::About;
use crate::graphql::caller::Asked;
use crate::graphql::failure::Failure;
use crate::receipt::Inputs;

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::figures::publish::Suppression")]
pub(crate) enum Suppression {
    /// The group is smaller than the threshold.
    GroupTooSmall,
    /// Fewer people than the threshold stand behind it.
    TooFewPeople,
    /// One person makes more than half of it.
    Dominated,
    /// Shown, it would give away another that is not.
    Complementary,
    /// There is no such figure in windows of this length, or of groups like this.
    NotInGrid,
    /// There is too little data for a number.
    TooLittleData,
    /// The window was not over at the cut: two figures of it would tell by their difference who came in between.
    WindowOpen,
}

/// The definition of a figure. What was published under a version stays as it is: a change is a new one.
pub(crate) struct MetricDefinition(pub(crate) &'static Definition);

/// The definition of a figure. What was published under a version stays as it is: a change is a new one.
#[Object]
impl MetricDefinition {
    /// Its id: its name and version, such as `habit@1`.
    async fn id(&self) -> ID {
        ID(self.0.id())
    }
    /// Its stable name.
    async fn metric(&self) -> &str {
        &self.0.metric
    }
    /// Its version, from 1.
    async fn version(&self) -> u32 {
        self.0.version
    }
    /// What it is called, in the caller's language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        self.0.name.in_language(ctx.language())
    }
    /// What it says, in the caller's language.
    async fn explanation(&self, ctx: &Context<'_>) -> &str {
        self.0.explanation.in_language(ctx.language())
    }
    /// How it is computed.
    async fn formula(&self) -> &str {
        &self.0.formula
    }
    /// The types of events that it is computed from.
    async fn event_types(&self) -> &[String] {
        &self.0.events
    }
    /// For which windows there is one, in the caller's language. Days are local to the organisation.
    async fn window(&self, ctx: &Context<'_>) -> &str {
        self.0.window.in_language(ctx.language())
    }
    /// What it is a share of, or about, in the caller's language.
    async fn denominator(&self, ctx: &Context<'_>) -> &str {
        self.0.denominator.in_language(ctx.language())
    }
    /// What does not count, in the caller's language.
    async fn exclusions(&self, ctx: &Context<'_>) -> &str {
        self.0.exclusions.in_language(ctx.language())
    }
    /// When it is shown, in the caller's language.
    async fn privacy(&self, ctx: &Context<'_>) -> &str {
        self.0.privacy.in_language(ctx.language())
    }
    /// Where the definition comes from.
    async fn source(&self) -> &str {
        &self.0.source
    }
}

/// What a figure was computed as: which, of what, for whom.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(super) scope: Scope,
    pub(super) figure: Figure,
}

impl Origin {
    pub(super) fn definition(&self) -> Option<MetricDefinition> {
        definition::newest(self.figure.metric()).map(MetricDefinition)
    }

    /// The receipt of what was said.
    pub(super) async fn receipt(&self, ctx: &Context<'_>) -> Result<Option<Receipt>> {
        let Scope { sheet, group, house } = &self.scope;
        let Some(definition) = definition::newest(self.figure.metric()) else { return Ok(None) };
        let (published, _) = self.scope.figure(self.figure).await?;
        let about = About { sheet, figure: self.figure, group: *group, threshold: house.threshold };
        let written =
            ctx.engine().receipt(about, definition.version, &published).await.map_err(Failure::from)?;
        Ok(written.map(|(text, claim)| Receipt { text, inputs: claim.inputs }))
    }
}

/// What a figure was, from which events, and what was said, signed. A JSON Web Signature with Ed25519:
/// `passerelle figure verify` computes it again.
pub(crate) struct Receipt {
    text: String,
    inputs: Option<Inputs>,
}

/// What a figure was, from which events, and what was said, signed. A JSON Web Signature with Ed25519:
/// `passerelle figure verify` computes it again.
#[Object]
impl Receipt {
    /// The receipt itself, to be kept.
    async fn text(&self) -> &str {
        &self.text
    }
    /// The id of the last event that was read; null where the figure is hidden.
    async fn last_event(&self) -> Option<String> {
        Some(self.inputs.as_ref()?.last_event?.to_string())
    }
    /// From how many events it was computed; null where the figure is hidden.
    async fn inputs(&self) -> Option<u64> {
        Some(self.inputs.as_ref()?.inputs)
    }
    /// A keyed digest over those events' ids and digests, in hexadecimal; null where the figure is hidden.
    async fn digest(&self) -> Option<&str> {
        Some(&self.inputs.as_ref()?.digest)
    }
}

impl Scope {
    /// A share of people.
    pub(super) async fn share(&self, of: ShareOf) -> Result<Share> {
        self.proportion(Figure::Share(of)).await
    }

    /// So many of so many.
    pub(super) async fn proportion(&self, figure: Figure) -> Result<Share> {
        let (published, origin) = self.figure(figure).await?;
        let published = published.map(|value| match value {
            Value::Proportion(proportion) => proportion,
            _ => Proportion::default(),
        });
        Ok(Share { published, origin })
    }

    /// A number of people among others.
    pub(super) async fn count(&self, of: ShareOf) -> Result<Count> {
        let Share { published, origin } = self.share(of).await?;
        Ok(Count { published: published.map(|proportion| proportion.numerator), origin })
    }

    /// An index.
    pub(super) async fn index(&self, of: IndexOf) -> Result<Option<Measure>> {
        let (published, origin) = self.figure(Figure::Index(of)).await?;
        let index = |value| if let Value::Index(index) = value { Some(index) } else { None };
        Ok(published.transposed(index).map(|published| Measure { published, origin }))
    }

    /// A curve of waits.
    pub(super) async fn wait(&self, of: WaitFor) -> Result<Option<Curve>> {
        let (published, origin) = self.figure(Figure::Wait(of)).await?;
        let waits = |value| if let Value::Waits(waits) = value { Some(waits) } else { None };
        Ok(published.transposed(waits).map(|published| Curve { published, origin }))
    }
}

/// Between which two values something lies.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct Interval {
    /// At least.
    lower: f64,
    /// At most.
    upper: f64,
}

impl From<interval::Interval> for Interval {
    fn from(interval: interval::Interval) -> Self {
        Self { lower: interval.lower, upper: interval.upper }
    }
}

/// A share of people, acts or contents: the numerator by the denominator, from 0 to 1.
pub(crate) struct Share {
    pub(crate) published: Published<Proportion>,
    pub(crate) origin: Origin,
}

/// A share of people, acts or contents: the numerator by the denominator, from 0 to 1.
#[Object]
impl Share {
    /// The numerator by the denominator; null where it is not shown or about nobody.
    async fn value(&self) -> Option<f64> {
        self.published.shown()?.value()
    }
    /// For how many it holds; null where it is not shown.
    async fn numerator(&self) -> Option<u64> {
        Some(self.published.shown()?.numerator)
    }
    /// How many it is about; null where it is not shown.
    async fn denominator(&self) -> Option<u64> {
        Some(self.published.shown()?.denominator)
    }
    /// Wilson's interval at 95 %, from the numbers shown; null where none are.
    async fn interval(&self) -> Option<Interval> {
        let shown = self.published.shown()?;
        wilson(shown.numerator, shown.denominator).map(Interval::from)
    }
    /// Between which values it lies, where it is not shown as it is but may be told roughly.
    async fn band(&self) -> Option<Interval> {
        let Published::Between(lower, upper) = &self.published else { return None };
        Some(Interval { lower: lower.value()?, upper: upper.value()? })
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

/// A number of people.
pub(crate) struct Count {
    pub(crate) published: Published<u64>,
    pub(crate) origin: Origin,
}

/// A number of people.
#[Object]
impl Count {
    /// How many; null where it is not shown.
    async fn value(&self) -> Option<u64> {
        self.published.shown().copied()
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

/// What chance alone would give, the sizes of departments being as they are.
pub(crate) struct Baseline {
    pub(crate) of: indices::Baseline,
    pub(crate) scope: Scope,
}

/// What chance alone would give, the sizes of departments being as they are.
#[Object]
impl Baseline {
    /// Its mean over all ways of dealing out the departments, exactly.
    async fn expected(&self) -> f64 {
        self.of.expected
    }
    /// Its standard deviation over them, exactly.
    async fn deviation(&self) -> f64 {
        self.of.deviation
    }
    /// By how many standard deviations the value lies above it; null where there is no deviation.
    async fn z(&self) -> Option<f64> {
        self.of.z
    }
    /// The probability, one-sided, of a value as low or lower, over 10,000 random orders, always the same ones. The
    /// first who asks waits for it; null where there are no ties.
    async fn p(&self) -> Result<Option<f64>> {
        let permutation = self.scope.computed(|scope| scope.sheet.permutation(scope.house.threshold)).await?;
        Ok(permutation.map(|permutation| permutation.lower_p()))
    }
}

/// An index over people, ties or departments.
pub(crate) struct Measure {
    pub(crate) published: Published<Index>,
    pub(crate) origin: Origin,
}

/// An index over people, ties or departments.
#[Object]
impl Measure {
    /// Its value; null where it is not shown.
    async fn value(&self) -> Option<f64> {
        Some(self.published.shown()?.value)
    }
    /// What chance alone would give, where that is known and the value is shown.
    async fn baseline(&self) -> Option<Baseline> {
        let of = self.published.shown()?.baseline?;
        Some(Baseline { of, scope: self.origin.scope.clone() })
    }
    /// How many people, ties or departments it was computed from; null where it is not shown.
    async fn count(&self) -> Option<u64> {
        Some(self.published.shown()?.count)
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

/// How long something takes, by Kaplan–Meier: what has not happened yet counts for as long as it could have.
#[Object]
impl Curve {
    /// Seconds by which it has happened to half; null where it has not, or is not shown.
    async fn median(&self) -> Option<u64> {
        self.published.shown()?.curve.median()
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
