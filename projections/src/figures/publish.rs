//! What of a sheet is published: decided for all groups, charts and windows at once, whoever asks.
//!
//! Where a threshold protects people, cuts are the ends of weeks. A window is decided at the first one after it; what is
//! learned of it later is shown anew where enough people changed, else what was shown stands. An open window is shown
//! up to its last whole week.

use std::collections::HashMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::adoption::Split;
use super::grid::{Length, Window};
use super::groups::{Group, Groups};
use super::population::Chart;
use super::sheet::{ShareOf, Sheet};
use crate::Error;
use crate::suppression::shares::{self, Cell, Kind, Within};
use crate::suppression::totals::Evidence;
use crate::suppression::{self, Decision, Threshold};

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suppression {
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
}

impl From<suppression::Suppression> for Suppression {
    fn from(why: suppression::Suppression) -> Self {
        match why {
            suppression::Suppression::GroupTooSmall => Self::GroupTooSmall,
            suppression::Suppression::TooFewPeople => Self::TooFewPeople,
            suppression::Suppression::Dominated => Self::Dominated,
            suppression::Suppression::Complementary => Self::Complementary,
        }
    }
}

/// What one share of people is of: a window, and which share.
pub(super) type Question = (Window, ShareOf);

/// A figure as it is published.
#[derive(Clone, Debug, PartialEq)]
pub enum Published<T> {
    /// As it is.
    Shown(T),
    /// Somewhere between two, both included.
    Between(T, T),
    /// Not at all.
    Hidden(Suppression),
}

impl<T> Published<T> {
    /// What is shown as it is.
    pub fn shown(&self) -> Option<&T> {
        if let Self::Shown(value) = self { Some(value) } else { None }
    }

    /// What is made of it, as far as it is shown.
    pub fn map<U>(self, make: impl Fn(T) -> U) -> Published<U> {
        match self {
            Self::Shown(value) => Published::Shown(make(value)),
            Self::Between(lower, upper) => Published::Between(make(lower), make(upper)),
            Self::Hidden(why) => Published::Hidden(why),
        }
    }

    /// The same, where something can be made of all that is shown.
    pub fn transposed<U>(self, make: impl Fn(T) -> Option<U>) -> Option<Published<U>> {
        Some(match self {
            Self::Shown(value) => Published::Shown(make(value)?),
            Self::Between(lower, upper) => Published::Between(make(lower)?, make(upper)?),
            Self::Hidden(why) => Published::Hidden(why),
        })
    }

    /// Why nothing is shown.
    pub fn suppression(&self) -> Option<Suppression> {
        if let Self::Hidden(why) = self { Some(*why) } else { None }
    }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proportion {
    /// For how many it holds.
    pub numerator: u64,
    /// How many it is about.
    pub denominator: u64,
}

impl Proportion {
    /// Their quotient; nothing where it is about nobody.
    pub fn value(self) -> Option<f64> {
        (self.denominator > 0).then(|| self.numerator as f64 / self.denominator as f64)
    }
}

/// Who is behind a figure that is no share of people, each with an amount; whoever stands there twice with both.
pub(super) type Behind = Vec<(u32, u64)>;

/// A figure as it is published for a group of a size: as many people as the threshold stand behind it, of whom no one
/// makes more than half, in a group of at least twice as many.
pub(super) fn published<T>(
    behind: Behind,
    group: u64,
    threshold: Option<Threshold>,
    figure: T,
) -> Published<T> {
    let Some(threshold) = threshold else { return Published::Shown(figure) };
    if group < 2 * u64::from(threshold.people()) {
        return Published::Hidden(Suppression::GroupTooSmall);
    }
    let fault = Evidence::of_people(behind).fault(threshold);
    fault.map_or(Published::Shown(figure), |why| Published::Hidden(why.into()))
}

/// A group by a chart. Communities are the same by each.
type Key = (Chart, Group);

/// What is published of one share of people: of every group by every chart.
#[derive(Debug)]
pub(super) struct Decided(HashMap<Key, Published<Proportion>>);

/// The groups of one moment with their people, in the order of keys that is kept over cuts.
fn cells(keys: &[Key], split: &Split, groups: &[(Chart, Arc<Groups>)]) -> Vec<Cell> {
    let members = |(chart, group): &Key| {
        let of = groups.iter().find(|(of, _)| of == chart)?;
        of.1.members(*group)
    };
    let cell = |key: &Key| {
        let Some(members) = members(key) else { return Cell::default() };
        let Split { eligible, acted } = split.within(members);
        Cell { eligible, acted }
    };
    keys.iter().map(cell).collect()
}

fn proportion(cell: &Cell) -> Proportion {
    Proportion { numerator: cell.acted.len(), denominator: cell.eligible.len() }
}

fn kind((chart, group): &Key) -> Kind {
    match (chart, group) {
        (_, Group::Community(_)) => Kind::Community,
        (Chart::AsWas, _) => Kind::Department,
        _ => Kind::Redrawn,
    }
}

impl Sheet {
    /// A share of people in a group, as it is published.
    pub fn share(
        &self,
        of: ShareOf,
        group: Group,
        threshold: Option<Threshold>,
    ) -> Result<Published<Proportion>, Error> {
        let Some(members) = self.groups().members(group) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        let Some(split) = self.split(of)? else { return Ok(Published::Hidden(Suppression::NotInGrid)) };
        let Some(threshold) = threshold else {
            let Split { eligible, acted } = split.within(members);
            return Ok(Published::Shown(proportion(&Cell { eligible, acted })));
        };
        let chart = if matches!(group, Group::Community(_)) { Chart::AsWas } else { self.chart };
        let decided = self.decided(of, threshold)?;
        Ok(decided.0.get(&(chart, group)).cloned().unwrap_or(Published::Hidden(Suppression::NotInGrid)))
    }

    /// What is published of a share, decided once for all who ask.
    fn decided(&self, of: ShareOf, threshold: Threshold) -> Result<Arc<Decided>, Error> {
        self.known.once_decided((self.window, of), || self.decide(of, threshold))
    }

    fn decide(&self, of: ShareOf, threshold: Threshold) -> Result<Decided, Error> {
        let keys = self.keys(threshold);
        // What is published comes out with whole weeks: a day by itself would be told by the difference of two.
        let decided = Window::containing(self.window.last, Length::Week).last.min(self.known.cut());
        let first = self.at(decided);
        let split = first.split(of)?.unwrap_or_default();
        let cells = cells(&keys, &split, &first.charts());
        let decisions = shares::decide(Some(threshold), &first.sheet_of(of, threshold, &keys, &cells)?);
        let mut published: Vec<_> =
            decisions.iter().zip(&cells).map(|(decision, cell)| said(*decision, cell)).collect();
        let mut before = vec![shown(&decisions, cells)];
        for revised in self.known.revisions(self.window, decided) {
            let later = self.at(revised);
            let split = later.split(of)?.unwrap_or_default();
            let cells = self::cells(&keys, &split, &later.charts());
            if few_changed(&cells, &before, threshold) {
                continue;
            }
            let groups = later.sheet_of(of, threshold, &keys, &cells)?;
            let decisions = shares::revise(Some(threshold), &groups, &before);
            let anew = shown(&decisions, cells);
            for (published, cell) in published.iter_mut().zip(&anew) {
                if let Some(cell) = cell {
                    *published = Published::Shown(proportion(cell));
                }
            }
            before.push(anew);
        }
        Ok(Decided(keys.into_iter().zip(published).collect()))
    }

    /// The same window at an earlier cut.
    fn at(&self, cut: domain::time::Day) -> Self {
        let known = if cut == self.known.cut() { Arc::clone(&self.known) } else { self.known.at(cut) };
        self.again(known)
    }

    /// The groups of all charts at the end of the window, the default one first.
    fn charts(&self) -> [(Chart, Arc<Groups>); 3] {
        let last = self.adoption().last();
        let charts = [Chart::AsWas, Chart::AsRecorded, Chart::Restated];
        charts.map(|chart| (chart, self.known.groups(last, chart)))
    }

    /// Every group that is decided on: single days are for large groups alone.
    fn keys(&self, threshold: Threshold) -> Vec<Key> {
        let mut keys = Vec::new();
        for (chart, groups) in &self.charts() {
            let large =
                |people: &RoaringBitmap| self.window.days() > 1 || threshold.admits_days(people.len());
            for node in &groups.nodes {
                let whole = node.department.map_or(Group::Organisation, Group::Whole);
                let own = node.department.map(Group::Own).filter(|_| node.own != node.whole);
                let of_node = [(Some(whole), &node.whole), (own, &node.own)];
                keys.extend(
                    of_node
                        .into_iter()
                        .filter(|(_, people)| large(people))
                        .filter_map(|(group, _)| Some((*chart, group?))),
                );
            }
            if *chart == Chart::AsWas {
                let communities = groups.communities.iter().filter(|(_, people)| large(people));
                keys.extend(communities.map(|(id, _)| (*chart, Group::Community(*id))));
            }
        }
        keys
    }

    /// What the rules of suppression are asked: each group with its people, and what is known of it in the windows that
    /// make up this one.
    fn sheet_of(
        &self,
        of: ShareOf,
        threshold: Threshold,
        keys: &[Key],
        cells: &[Cell],
    ) -> Result<Vec<shares::Group>, Error> {
        let parts = match of {
            ShareOf::Active(_) => self.parts(),
            _ => vec![],
        };
        let parts: Vec<_> =
            parts.into_iter().map(|part| part.decided(of, threshold)).collect::<Result<_, _>>()?;
        let within = |key: &Key, cell: &Cell| {
            let known = parts.iter().map(|part| match part.0.get(key) {
                Some(Published::Shown(shown)) => Within::Shown(shown.numerator),
                Some(Published::Between(_, upper)) => Within::AtMost(upper.numerator),
                _ => Within::AtMost(cell.eligible.len()),
            });
            let known: Vec<_> = known.collect();
            if known.is_empty() { vec![] } else { vec![known] }
        };
        let group = |(key, cell): (&Key, &Cell)| shares::Group {
            kind: kind(key),
            cell: cell.clone(),
            within: within(key, cell),
        };
        Ok(keys.iter().zip(cells).map(group).collect())
    }

    /// The windows of the next shorter length that make up what has passed of this one.
    fn parts(&self) -> Vec<Self> {
        let Some(length) = Length::of(self.window).shorter() else { return vec![] };
        let passed = self.window.until(self.known.cut());
        let parts = self.window.divided(length).filter(|part| part.last <= passed.last);
        parts.map(|window| self.of_window(window)).collect()
    }
}

/// Whether so few people changed in every group since it was shown last that nothing can be shown anew.
fn few_changed(now: &[Cell], before: &[Vec<Option<Cell>>], threshold: Threshold) -> bool {
    let few = |(place, cell): (usize, &Cell)| {
        let shown = before.iter().rev().find_map(|past| past[place].as_ref());
        shown.is_none_or(|then| {
            let moved = (&cell.eligible ^ &then.eligible).len();
            let changed = (&cell.acted ^ &then.acted).len();
            moved + changed < u64::from(threshold.people())
        })
    };
    now.iter().enumerate().all(few)
}

/// The cells that are shown.
fn shown(decisions: &[Decision], cells: Vec<Cell>) -> Vec<Option<Cell>> {
    let shown = |(decision, cell): (&Decision, Cell)| (*decision == Decision::Shown).then_some(cell);
    decisions.iter().zip(cells).map(shown).collect()
}

/// What is said of a group that was not shown before.
fn said(decision: Decision, cell: &Cell) -> Published<Proportion> {
    let of = |numerator| Proportion { numerator, ..proportion(cell) };
    match decision {
        Decision::Shown => Published::Shown(proportion(cell)),
        Decision::Band { from, to } => Published::Between(of(from), of(to)),
        Decision::Hidden(why) => Published::Hidden(why.into()),
        Decision::Stands => Published::Hidden(Suppression::Complementary),
    }
}
