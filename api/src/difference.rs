//! Why two receipts of one figure differ: what was learned between their cuts, a part at a time.

use std::ops::Deref;

use domain::time::Day;
use projections::figures::difference::{Cause, Change, Ends, counted, explained};
use projections::figures::figure::{Figure, Terms};
use projections::figures::grid::Window;
use projections::figures::groups::Group;
use projections::figures::population::Chart;
use projections::figures::publish::Proportion;
use projections::figures::sheet::Sheet;
use serde::Serialize;

use crate::clock::day_begins;
use crate::definition::of_version;
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
    /// Where people were, as learned since.
    Transfers,
    /// Who was there, as learned since: who came, who left, who has an account.
    People,
    /// Whatever was learned since, in one part: where a threshold protects people.
    LearnedSince,
    /// What the earlier cut, or the later, does not give any more: what was erased.
    Erased,
    /// Another version of the definition.
    DefinitionChanged,
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
    #[error("the receipt names {0}, which is not known here")]
    Unknown(String),
    /// One of them is as of a position.
    #[error("one of the two is as of a position, and what is compared is ends of days")]
    AsOfPosition,
    /// The figures could not be computed.
    #[error(transparent)]
    Broken(#[from] projections::Error),
    /// They could not be read.
    #[error("{0}")]
    Failed(String),
}

impl Unexplained {
    /// The same in French.
    pub fn french(&self) -> String {
        match self {
            Self::NotOne(one, other) => format!(
                "les reçus portent sur {one} et sur {other} : on compare un même chiffre à deux dates"
            ),
            Self::Hidden => {
                "l’un des deux n’est pas montré comme un nombre : ce qui le cache cache la différence"
                    .to_owned()
            }
            Self::NotCounted(figure) => {
                format!(
                    "{figure} n’est ni une part ni un nombre de personnes : sa différence n’a pas de parties"
                )
            }
            Self::Unknown(what) => format!("le reçu nomme {what}, que l’on ne connaît pas ici"),
            Self::AsOfPosition => {
                "l’un des deux est arrêté à une position, et l’on compare des fins de journée".to_owned()
            }
            Self::Broken(_) | Self::Failed(_) => self.to_string(),
        }
    }
}

/// What a receipt is of, but for its cut, in words of no language.
fn subject(claim: &Claim) -> String {
    let Claim { figure, group, first, last, chart, .. } = claim;
    format!("{figure}, {group}, {first}/{last}, {chart}")
}

/// The number that a receipt says.
fn number(claim: &Claim) -> Result<Proportion, Unexplained> {
    let shown = claim.value.get("shown").ok_or(Unexplained::Hidden)?;
    let of = |key: &str| shown.get(key).and_then(serde_json::Value::as_u64);
    if let Some(count) = shown.as_u64() {
        return Ok(Proportion { numerator: count, denominator: 0 });
    }
    let (numerator, denominator) = of("numerator")
        .zip(of("denominator"))
        .ok_or_else(|| Unexplained::NotCounted(claim.figure.clone()))?;
    Ok(Proportion { numerator, denominator })
}

/// Which figure a receipt is of, of what and for whom.
pub fn about(claim: &Claim) -> Result<(Figure, Window, Chart, Group), Unexplained> {
    let unknown = |name: &str| Unexplained::Unknown(name.to_owned());
    let figure: Figure = claim.figure.parse().map_err(|_| unknown(&claim.figure))?;
    if of_version(figure.metric(), claim.version).is_none() {
        return Err(Unexplained::Unknown(format!("{}.v{}", figure.metric(), claim.version)));
    }
    let Written(chart) = claim.chart.parse().map_err(|_| unknown(&claim.chart))?;
    let Written(group) = claim.group.parse().map_err(|_| unknown(&claim.group))?;
    Ok((figure, Window { first: claim.first, last: claim.last }, chart, group))
}

/// Refused unless two receipts are of one figure, and both say a number; which numbers. Their versions may differ.
pub fn comparable(one: &Claim, other: &Claim) -> Result<(Proportion, Proportion), Unexplained> {
    if subject(one) != subject(other) {
        return Err(Unexplained::NotOne(subject(one), subject(other)));
    }
    if one.as_of.is_some() || other.as_of.is_some() {
        return Err(Unexplained::AsOfPosition);
    }
    Ok((number(one)?, number(other)?))
}

/// Explains the difference of two receipts. `sheet` gives that of their window and chart at a cut.
///
/// Where a threshold protects people there is one part: whatever was learned late, taken up where many changed. Parts of
/// it would tell of fewer.
pub fn explain<S: Deref<Target = Sheet>>(
    (one, other): (Claim, Claim),
    house: &House,
    sheet: impl Fn(Day) -> Result<S, Unexplained>,
) -> Result<Difference, Unexplained> {
    let is_earlier = (one.cut, one.version) <= (other.cut, other.version);
    let (earlier, later) = if is_earlier { (one, other) } else { (other, one) };
    let (from, to) = comparable(&earlier, &later)?;
    let whole = Change::between(from, to);
    let parts = if earlier.threshold != later.threshold {
        vec![Part::of(Reason::Suppression, whole)]
    } else if earlier.threshold.is_some() && earlier.version != later.version {
        vec![Part::of(Reason::DefinitionChanged, whole)]
    } else if earlier.threshold.is_some() {
        vec![Part::of(Reason::LearnedSince, whole)]
    } else {
        completed(whole, causes((&earlier, &later), house, sheet)?)
    };
    let parts = parts.into_iter().filter(|part| (part.numerator, part.denominator) != (0, 0)).collect();
    Ok(Difference { earlier, later, parts })
}

/// The parts that can be counted: under the version of the earlier receipt from its cut to the later, then from that
/// version to the other at the later cut.
fn causes<S: Deref<Target = Sheet>>(
    (earlier, later): (&Claim, &Claim),
    house: &House,
    sheet: impl Fn(Day) -> Result<S, Unexplained>,
) -> Result<Vec<Part>, Unexplained> {
    let (figure, _, _, group) = about(earlier)?;
    let sheets = (sheet(earlier.cut)?, sheet(later.cut)?);
    let (first, last): (&Sheet, &Sheet) = (&sheets.0, &sheets.1);
    let end = |cut: Day| day_begins(Day(cut.0 + 1), &house.time_zone);
    let ends = Ends { earlier: end(earlier.cut), later: end(later.cut) };
    let terms = |version| Terms { version: Some(version), ..house.terms(group, first) };
    let found = explained(figure, (first, last), terms(earlier.version), ends)?;
    let found = found.ok_or_else(|| Unexplained::NotCounted(earlier.figure.clone()))?;
    let mut parts: Vec<_> = found.iter().map(|(cause, change)| Part::of((*cause).into(), *change)).collect();
    if earlier.version != later.version {
        let of = |version| counted(figure, last, Terms { until: ends.later, ..terms(version) });
        let change = Change::between(of(earlier.version)?, of(later.version)?);
        parts.push(Part::of(Reason::DefinitionChanged, change));
    }
    Ok(parts)
}

/// Parts with what is left of the whole.
fn completed(whole: Change, mut parts: Vec<Part>) -> Vec<Part> {
    let numerator = whole.numerator - parts.iter().map(|part| part.numerator).sum::<i64>();
    let denominator = whole.denominator - parts.iter().map(|part| part.denominator).sum::<i64>();
    parts.push(Part { reason: Reason::Erased, numerator, denominator });
    parts
}

impl From<Cause> for Reason {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::LateActs => Self::LateActs,
            Cause::NewActs => Self::NewActs,
            Cause::Transfers => Self::Transfers,
            Cause::People => Self::People,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::id::OrganisationId;
    use projections::suppression::Threshold;
    use serde_json::json;

    use super::*;

    /// Stickiness is the figure that has two versions; what it says here is made up.
    fn claim(version: u32, cut: i32, value: serde_json::Value, threshold: Option<u32>) -> Claim {
        Claim {
            organisation: OrganisationId::default(),
            figure: "stickiness".to_owned(),
            version,
            first: Day(20_000),
            last: Day(20_027),
            chart: "as-was".to_owned(),
            group: "organisation".to_owned(),
            cut: Day(cut),
            as_of: None,
            threshold,
            value,
            inputs: None,
        }
    }

    fn of(numerator: u64, denominator: u64) -> serde_json::Value {
        json!({"shown": {"numerator": numerator, "denominator": denominator}})
    }

    fn told(one: Claim, other: Claim) -> Result<Vec<Part>, String> {
        let threshold = one.threshold.and_then(Threshold::try_new);
        let house = House { time_zone: "UTC".to_owned(), threshold };
        let sheet =
            |_| -> Result<Arc<Sheet>, Unexplained> { Err(Unexplained::Failed("it is read".to_owned())) };
        explain((one, other), &house, sheet).map(|found| found.parts).map_err(|why| why.to_string())
    }

    #[test]
    fn another_version_of_the_definition_is_one_part_where_a_threshold_protects_people() {
        let (first, second) =
            (claim(1, 20_030, of(40, 90), Some(10)), claim(2, 20_037, of(52, 91), Some(10)));
        let part = Part { reason: Reason::DefinitionChanged, numerator: 12, denominator: 1 };
        assert_eq!(told(first.clone(), second.clone()), Ok(vec![part]));
        assert_eq!(told(second, first.clone()), Ok(vec![part]), "in whatever order");
        let later = claim(1, 20_037, of(52, 91), Some(10));
        assert_eq!(told(first.clone(), later).unwrap()[0].reason, Reason::LearnedSince);
        let other = claim(2, 20_037, of(52, 91), Some(20));
        assert_eq!(told(first, other).unwrap()[0].reason, Reason::Suppression);
    }

    #[test]
    fn where_nothing_has_to_be_protected_it_is_computed() {
        let told = told(claim(1, 20_030, of(40, 90), None), claim(2, 20_037, of(52, 91), None));
        assert_eq!(told, Err("it is read".to_owned()));
    }

    #[test]
    fn what_is_left_of_the_whole_is_what_was_erased() {
        let part = |reason, numerator, denominator| Part { reason, numerator, denominator };
        let whole = Change { numerator: 12, denominator: 1 };
        let found = vec![part(Reason::NewActs, 9, 0), part(Reason::DefinitionChanged, 5, 3)];
        let parts = completed(whole, found);
        assert_eq!(parts.last(), Some(&part(Reason::Erased, -2, -2)));
    }

    #[test]
    fn what_is_no_number_is_not_explained_and_why_not_is_said() {
        let shown = claim(1, 20_030, of(40, 90), None);
        let why = |value| told(shown.clone(), claim(1, 20_037, value, None)).unwrap_err();
        let hidden = "one of the two is not shown as a number: what hides it hides the difference";
        assert_eq!(why(json!({"hidden": "TooFewPeople"})), hidden);
        assert_eq!(why(json!({"between": [of(1, 2), of(2, 3)]})), hidden);
        assert!(why(json!({"shown": {"value": 0.5, "count": 7}})).contains("neither a share nor a number"));
        let unknown = about(&claim(9, 20_030, of(40, 90), None)).unwrap_err().to_string();
        assert_eq!(unknown, "the receipt names stickiness.v9, which is not known here");
    }
}
