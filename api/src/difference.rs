//! Why two receipts of one figure differ: what was learned between their cuts, a part at a time.

use domain::time::Day;
use projections::figures::difference::{Cause, Change, Ends, explained};
use projections::figures::figure::Figure;
use projections::figures::grid::Window;
use projections::figures::groups::Group;
use projections::figures::population::Chart;
use projections::figures::publish::Proportion;
use projections::figures::sheet::Sheet;
use serde::Serialize;

use crate::clock::day_begins;
use crate::figures::{House, Written};
use crate::receipt::Claim;

/// What made the difference between two receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Acts of days before the earlier cut that were learned after it.
    LateActs,
    /// Acts of the days since.
    NewActs,
    /// Who belongs where, as learned since: transfers, who came and who left.
    People,
    /// What the earlier cut, or the later, does not give any more: what was erased.
    Erased,
    /// Another threshold.
    Suppression,
}

/// A part of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Why.
    pub reason: Reason,
    /// For how many more it holds.
    pub numerator: i64,
    /// About how many more it is.
    pub denominator: i64,
}

impl Part {
    fn of(reason: Reason, Change { numerator, denominator }: Change) -> Self {
        Self { reason, numerator, denominator }
    }
}

/// Two receipts of one figure, and why they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The one with the earlier cut.
    pub earlier: Claim,
    /// The other.
    pub later: Claim,
    /// What makes the difference: together all of it.
    pub parts: Vec<Part>,
}

/// Why nothing is explained.
#[derive(Debug, thiserror::Error)]
pub enum Unexplained {
    /// They are of different figures, windows, charts or groups.
    #[error("the receipts are of {0} and of {1}: what is compared is one figure at two cuts")]
    NotOne(String, String),
    /// One of them says nothing, or a range.
    #[error("one of the two is not shown as a number: what hides it hides the difference")]
    Hidden,
    /// It is neither a share nor a number of people.
    #[error("{0} is neither a share nor a number of people: its difference has no parts")]
    NotCounted(String),
    /// The receipt names what there is not.
    #[error("the receipt: {0}")]
    Unknown(String),
    /// The figures could not be computed.
    #[error(transparent)]
    Broken(#[from] projections::Error),
}

/// What a receipt is of, but for its cut.
fn subject(claim: &Claim) -> String {
    let Claim { figure, group, first, last, chart, .. } = claim;
    format!("{figure} of {group} from {first} to {last}, {chart}")
}

fn number(claim: &Claim) -> Option<Proportion> {
    let shown = claim.value.get("shown")?;
    let of = |key: &str| shown.get(key).and_then(serde_json::Value::as_u64);
    match shown.as_u64() {
        Some(count) => Some(Proportion { numerator: count, denominator: 0 }),
        None => Some(Proportion { numerator: of("numerator")?, denominator: of("denominator")? }),
    }
}

/// Which figure a receipt is of, of what and for whom.
pub fn about(claim: &Claim) -> Result<(Figure, Window, Chart, Group), Unexplained> {
    let unknown = |error: &dyn std::fmt::Display| Unexplained::Unknown(error.to_string());
    let figure = claim.figure.parse().map_err(|error| unknown(&error))?;
    let Written(chart) = claim.chart.parse().map_err(|error| unknown(&error))?;
    let Written(group) = claim.group.parse().map_err(|error| unknown(&error))?;
    Ok((figure, Window { first: claim.first, last: claim.last }, chart, group))
}

/// Explains the difference of two receipts. `sheet` gives that of their window and chart at a cut.
///
/// Where a threshold protects people there is one part: acts that came late, taken up where many did. Parts of it would
/// tell of fewer.
pub fn explain(
    (one, other): (Claim, Claim),
    house: &House,
    sheet: impl Fn(Day) -> Result<Sheet, projections::Error>,
) -> Result<Difference, Unexplained> {
    let (earlier, later) = if one.cut <= other.cut { (one, other) } else { (other, one) };
    if subject(&earlier) != subject(&later) || earlier.version != later.version {
        return Err(Unexplained::NotOne(subject(&earlier), subject(&later)));
    }
    let (figure, _, _, group) = about(&earlier)?;
    let (from, to) = number(&earlier).zip(number(&later)).ok_or(Unexplained::Hidden)?;
    let whole = Change::between(from, to);
    let parts = if earlier.threshold != later.threshold {
        vec![Part::of(Reason::Suppression, whole)]
    } else if earlier.threshold.is_some() {
        vec![Part::of(Reason::LateActs, whole)]
    } else {
        let (first, last) = (sheet(earlier.cut)?, sheet(later.cut)?);
        let end = |cut: Day| day_begins(Day(cut.0 + 1), &house.time_zone);
        let ends = Ends { earlier: end(earlier.cut), later: end(later.cut) };
        let found = explained(figure, (&first, &last), house.terms(group, &first), ends)?;
        let parts = found.ok_or_else(|| Unexplained::NotCounted(earlier.figure.clone()))?;
        let mut parts: Vec<_> =
            parts.iter().map(|(cause, change)| Part::of((*cause).into(), *change)).collect();
        let numerator = whole.numerator - parts.iter().map(|part| part.numerator).sum::<i64>();
        let denominator = whole.denominator - parts.iter().map(|part| part.denominator).sum::<i64>();
        parts.push(Part { reason: Reason::Erased, numerator, denominator });
        parts
    };
    let parts = parts.into_iter().filter(|part| (part.numerator, part.denominator) != (0, 0)).collect();
    Ok(Difference { earlier, later, parts })
}

impl From<Cause> for Reason {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::LateActs => Self::LateActs,
            Cause::NewActs => Self::NewActs,
            Cause::People => Self::People,
        }
    }
}
