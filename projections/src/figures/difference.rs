//! Why a figure is another at a later cut: what was learned in between, a part at a time. The parts add up to the whole,
//! since each is what the figure becomes with it, less what it was without.
//!
//! Only where nothing has to be protected: parts tell of fewer people than the whole.

use std::sync::Arc;

use domain::time::Time;

use super::figure::{Figure, Terms, Value};
use super::known::Acts;
use super::publish::{Proportion, Published};
use super::sheet::Sheet;
use crate::Error;

/// What made the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Acts of days before the earlier cut that were learned after it.
    LateActs,
    /// Acts of the days since.
    NewActs,
    /// Where people were, as learned since: transfers, and departments that were opened or moved.
    Transfers,
    /// Who was there, as learned since: who came, who left, who has an account.
    People,
}

/// By how much a share or a count became more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// For how many more it holds.
    pub numerator: i64,
    /// About how many more it is.
    pub denominator: i64,
}

impl Change {
    /// From one to another.
    pub fn between(from: Proportion, to: Proportion) -> Self {
        let more = |from: u64, to: u64| to.cast_signed() - from.cast_signed();
        Self {
            numerator: more(from.numerator, to.numerator),
            denominator: more(from.denominator, to.denominator),
        }
    }
}

/// The cuts at which a figure is compared end at these instants.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    /// Of the earlier cut.
    pub earlier: Time,
    /// Of the later one.
    pub later: Time,
}

/// What made a share or a count at the earlier of two cuts what it is at the later, in parts. Nothing of a figure that is
/// neither.
pub fn explained(
    figure: Figure,
    (earlier, later): (&Sheet, &Sheet),
    terms: Terms,
    ends: Ends,
) -> Result<Option<[(Cause, Change); 4]>, Error> {
    if !is_counted(figure) {
        return Ok(None);
    }
    let (first, last) = (earlier.known.acts, later.known.acts);
    let late = Acts { learned: last.learned, passed: first.passed };
    // Of what the later cut knows: the earlier one knows nothing of what came after it.
    let people_then = later.known.at(earlier.known.cut());
    let late = earlier.again(Arc::new(people_then.with_acts(late)));
    let new = earlier.again(Arc::new(people_then.with_acts(last)));
    let moved = earlier.again(Arc::new(people_then.moved_as(&later.known)));
    let steps = [
        (Cause::LateActs, &late, ends.earlier),
        (Cause::NewActs, &new, ends.later),
        (Cause::Transfers, &moved, ends.later),
        (Cause::People, later, ends.later),
    ];
    let of = |sheet: &Sheet, until| counted(figure, sheet, Terms { until, ..terms });
    let mut was = of(earlier, ends.earlier)?;
    let mut parts = [(Cause::LateActs, Change::default()); 4];
    for (part, (cause, sheet, until)) in parts.iter_mut().zip(steps) {
        let is = of(sheet, until)?;
        *part = (cause, Change::between(was, is));
        was = is;
    }
    Ok(Some(parts))
}

/// Whether a figure is a share or a count.
fn is_counted(figure: Figure) -> bool {
    matches!(
        figure,
        Figure::Headcount
            | Figure::Share(_)
            | Figure::InTime(_)
            | Figure::CrossDepartment
            | Figure::SharedSpace
            | Figure::Health
            | Figure::Reach(_)
    )
}

/// A share or a count by itself, whoever has to be protected; nothing of nobody where there is too little data.
pub fn counted(figure: Figure, sheet: &Sheet, terms: Terms) -> Result<Proportion, Error> {
    Ok(match figure.of(sheet, Terms { threshold: None, ..terms })? {
        Published::Shown(Value::Proportion(proportion)) => proportion,
        Published::Shown(Value::Count(count)) => Proportion { numerator: count, denominator: 0 },
        _ => Proportion::default(),
    })
}

#[cfg(test)]
mod tests;
