//! An index over people, ties or departments, beside what chance alone would give.

use async_graphql::{Context, Object, Result};
use projections::figures::figure::{Figure, Value};
use projections::figures::indices::{self, Index, IndexOf};
use projections::figures::publish::Published;

use super::Scope;
use super::value::{Interval, MetricDefinition, Origin, Receipt, Suppression};

impl Scope {
    /// An index.
    pub(super) async fn index(&self, of: IndexOf) -> Result<Option<Measure>> {
        self.measure(Figure::Index(of)).await
    }

    /// A figure that is an index.
    pub(super) async fn measure(&self, figure: Figure) -> Result<Option<Measure>> {
        let (published, origin) = self.figure(figure).await?;
        let index = |value| if let Value::Index(index) = value { Some(index) } else { None };
        Ok(published.transposed(index).map(|published| Measure { published, origin }))
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
    /// Its mean: over all ways of dealing out the departments, exactly, of the E-I index and of modularity; over all ways
    /// of laying as many arcs, exactly, of reciprocity. Of assortativity and of the E-I index of a group, what the exact
    /// means make that they are made of.
    async fn expected(&self) -> f64 {
        self.of.expected
    }
    /// Its standard deviation over them, exactly: of the E-I index of everybody; null of others.
    async fn deviation(&self) -> Option<f64> {
        self.of.deviation
    }
    /// By how many standard deviations the value lies above it; null where there is no deviation.
    async fn z(&self) -> Option<f64> {
        self.of.z
    }
    /// The probability, one-sided, of a value as low or lower, over 10,000 random orders, always the same ones: of the
    /// E-I index of everybody. The first who asks waits for it; null of others and where there are no ties.
    async fn p(&self) -> Result<Option<f64>> {
        if self.of.deviation.is_none() {
            return Ok(None);
        }
        let permuted = |scope: &Scope| scope.sheet.permutation(scope.house.terms(scope.group, &scope.sheet));
        let permutation = self.scope.computed(permuted).await?;
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
    /// In which interval at 95 % the value of a population lies of which these people are a sample, by the bootstrap:
    /// for contributions. The first who asks waits for it; null for other indices and where the value is not shown.
    async fn interval(&self) -> Result<Option<Interval>> {
        Ok(self.origin.interval().await?.map(Interval::from))
    }
    /// Between which values it lies, where it is not shown as it is but may be told roughly.
    async fn band(&self) -> Option<Interval> {
        let Published::Between(lower, upper) = &self.published else { return None };
        Some(Interval { lower: lower.value, upper: upper.value })
    }
    /// What chance alone would give, where that is known and the value is shown.
    async fn baseline(&self) -> Option<Baseline> {
        let of = self.published.shown()?.baseline?;
        Some(Baseline { of, scope: self.origin.scope.clone() })
    }
    /// How many people, ties or departments it was computed from; null where it is not shown, and where a threshold
    /// protects people.
    async fn count(&self) -> Option<u64> {
        self.published.shown()?.count
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
