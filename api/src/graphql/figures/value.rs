//! What a figure is: a share or a count, each with its definition and, on demand, its receipt.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use projections::figures::figure::{Figure, Value};
use projections::figures::publish::{Proportion, Published};
use projections::figures::sheet::ShareOf;
use projections::statistics::interval::{self, wilson};

use super::Scope;
use super::turns::TURNS;
use crate::definition::{self, Definition};
use crate::engine::About;
use crate::graphql::caller::Asked;
use crate::graphql::failure::Failure;
use crate::graphql::position::Position;
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
    /// There is no such figure in windows of this length, of groups like this, or by this chart.
    NotInGrid,
    /// There is too little data for a number.
    TooLittleData,
    /// The window was not over at the cut, or what is waited for could still come: two figures of it would tell by their
    /// difference who came in between.
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
    /// Which of these events count, in the caller's language; all where nothing is named.
    async fn filters(&self, ctx: &Context<'_>) -> Vec<&str> {
        self.0.filters.iter().map(|filter| filter.in_language(ctx.language())).collect()
    }
    /// Whose days its windows are made of, in the caller's language.
    async fn time_zone(&self, ctx: &Context<'_>) -> &str {
        self.0.time_zone.in_language(ctx.language())
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

    /// The interval of the figure by the bootstrap, computed where waiting is no harm to others.
    pub(super) async fn interval(&self) -> Result<Option<interval::Interval>> {
        let figure = self.figure;
        let computed = self
            .scope
            .computed(move |scope| scope.sheet.interval(figure, scope.house.terms(scope.group, &scope.sheet)))
            .await?;
        Ok(computed)
    }

    /// The receipt of what was said.
    pub(super) async fn receipt(&self, ctx: &Context<'_>) -> Result<Option<Receipt>> {
        let Scope { sheet, group, house, past } = &self.scope;
        let Some(definition) = definition::newest(self.figure.metric()) else { return Ok(None) };
        let (published, _) = self.scope.figure(self.figure).await?;
        let as_of = past.as_ref().and_then(|past| past.event());
        let about = About { sheet, figure: self.figure, group: *group, threshold: house.threshold, as_of };
        let written = TURNS.wait(ctx.engine().receipt(about, definition.version, &published)).await?;
        let written = written.map_err(Failure::from)?;
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
    /// Where that event stands in this journal; null where the figure is hidden.
    async fn last_position(&self, ctx: &Context<'_>) -> Option<Result<Position>> {
        let at = domain::event::Position(self.inputs.as_ref()?.last_position?);
        let ids = ctx.reading().ids();
        Some(ids.map(|ids| Position { journal: ids.tag(), at }).map_err(Into::into))
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
}

/// Between which two values something lies.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct Interval {
    /// At least.
    pub(crate) lower: f64,
    /// At most.
    pub(crate) upper: f64,
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
    /// Between which values it lies, where it is not shown as it is but may be told roughly.
    async fn band(&self) -> Option<Interval> {
        let Published::Between(lower, upper) = &self.published else { return None };
        Some(Interval { lower: *lower as f64, upper: *upper as f64 })
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
