//! The matrix of what passed between departments, and the share of it that passed between different ones. Where a
//! threshold protects people, the cells of all levels of the tree are decided together, and the share is what anybody
//! can work out from those that are shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::DepartmentId;

use super::exchange::{Exchange, Pair, Pairs};
use super::flows::{Flows, Levels};
use super::groups::Group;
use super::known::once;
use super::publish::{Behind, Proportion, Published, Suppression, published};
use super::sheet::{FLOWS, Sheet};
use crate::Error;
use crate::flow::Kind;
use crate::suppression::Threshold;
use crate::suppression::totals::{Evidence, Place, Total, decide};

/// What people of one department did upon contents of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Whose contents.
    pub source: DepartmentId,
    /// Whom they reached.
    pub receiver: DepartmentId,
    /// How many acts.
    pub acts: Published<u64>,
}

/// What passed between the departments of a level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// Its departments, by id.
    pub departments: Vec<DepartmentId>,
    /// Those of them that have fewer people than the threshold: no cell of theirs is told, be there one or none.
    pub small: Vec<DepartmentId>,
    /// Where something passed.
    pub cells: Vec<Entry>,
    /// All that passed, where that is shown.
    pub total: Option<u64>,
}

impl Matrix {
    /// With all that there is between the departments of a level.
    pub(super) fn whole(levels: Levels, acts: BTreeMap<Pair, u64>) -> Self {
        let total = Some(acts.values().sum());
        let cells = acts.into_iter().map(|(pair, acts)| entry(pair, Published::Shown(acts))).collect();
        Self { departments: distinct(levels.into_values()), small: vec![], cells, total }
    }
}

/// A share that lies between two that are further apart says nothing.
const WIDEST: f64 = 0.5;

impl Sheet {
    /// The matrix of the departments at a level below a group, or at the top, of all that passed or of one kind of acts.
    pub fn matrix(
        &self,
        group: Group,
        (level, kind): (usize, Option<Kind>),
        threshold: Option<Threshold>,
    ) -> Result<Published<Matrix>, Error> {
        let Some(within) = group.top() else { return Ok(Published::Hidden(Suppression::NotInGrid)) };
        let Some(threshold) = threshold else {
            let of_kind = kind.map(|kind| self.pairs_of(kind)).transpose()?;
            let levels = self.groups().at_level(within, level);
            let acts = of_kind.as_ref().map_or_else(|| self.pairs(), Ok)?.acts_at(&levels);
            return Ok(Published::Shown(Matrix::whole(levels, acts)));
        };
        match kind {
            None => self.matrix_as_shown((within, level), threshold).map(Published::Shown),
            Some(kind) if within.is_none() => self.total_of(kind, threshold),
            Some(_) => Ok(Published::Hidden(Suppression::NotInGrid)),
        }
    }

    fn matrix_as_shown(
        &self,
        (within, level): (Option<DepartmentId>, usize),
        threshold: Threshold,
    ) -> Result<Matrix, Error> {
        let flows = self.flows(threshold)?;
        let total = match within {
            None => flows.total(),
            Some(whole) => {
                match flows.bounds(|pair| self.leads_out(Group::Whole(whole), *pair) == Some(false)) {
                    (from, Some(to)) if from == to => Some(from),
                    _ => None,
                }
            }
        };
        Ok(Matrix { total, ..self.told((within, level), &flows, threshold) })
    }

    /// The departments and cells of a level below a department, or at the top, as they were decided: without what would
    /// tell of departments of few.
    pub(super) fn told(
        &self,
        (within, level): (Option<DepartmentId>, usize),
        flows: &Flows,
        threshold: Threshold,
    ) -> Matrix {
        let groups = self.groups();
        let above = within.map_or(0, |department| groups.depth(department));
        let levels = groups.at_level(within, level);
        let sizes = groups.sizes(&levels);
        let is_small = |department: &DepartmentId| {
            sizes.get(department).is_none_or(|people| *people < threshold.people().into())
        };
        // What is not below has no size.
        let cells = flows.at(above + level).filter(|((from, to), ..)| !is_small(from) && !is_small(to));
        let cells = cells.map(|(pair, acts, hidden)| {
            entry(pair, hidden.map_or(Published::Shown(acts), Published::Hidden))
        });
        let (departments, cells) = (distinct(levels.values().copied()), cells.collect());
        let small = departments.iter().copied().filter(is_small).collect();
        Matrix { departments, small, cells, total: None }
    }

    /// What passed of one kind of acts, by the departments of both ends.
    fn pairs_of(&self, kind: Kind) -> Result<Pairs, Error> {
        let exchange = Exchange::read(&self.snapshot()?, &self.known, self.passed(), &[kind])?;
        Ok(Pairs::of(exchange.between(&self.known.population, self.chart)))
    }

    /// How much passed of one kind of acts in the whole organisation: of kinds nothing else is told, since those of a
    /// cell would tell of each other.
    fn total_of(&self, kind: Kind, threshold: Threshold) -> Result<Published<Matrix>, Error> {
        let Some(at) = FLOWS.iter().position(|flow| *flow == kind) else {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        };
        let united = |pairs: &Pairs| Evidence::united(pairs.iter().map(|(_, evidence)| evidence));
        let eligible = self.headcount(Group::Organisation).shown().copied().unwrap_or_default();
        let mut totals = vec![Total::of(Place::Top, eligible, united(self.pairs()?))];
        for kind in FLOWS {
            let all = united(&self.pairs_of(kind)?);
            totals.push(Total { may_be_nothing: true, ..Total::of(Place::Within(0), eligible, all) });
        }
        let total = totals[at + 1].evidence.sum();
        Ok(match decide(threshold, &totals)[at + 1] {
            None => Published::Shown(Matrix { total: Some(total), ..Matrix::default() }),
            Some(why) => Published::Hidden(why.into()),
        })
    }

    /// The cells of all levels as they are decided together, once for all who ask.
    fn flows(&self, threshold: Threshold) -> Result<Arc<Flows>, Error> {
        once(&self.flows, threshold, || {
            let pairs = self.pairs()?;
            let everything = Evidence::united(pairs.iter().map(|(_, evidence)| evidence));
            let flows = Flows::decided((self.groups(), threshold), Some(everything), |levels| {
                let cells = pairs.at(levels).into_iter();
                Ok(cells.map(|(pair, parts)| (pair, Evidence::united(parts))).collect())
            });
            flows.map(Arc::new)
        })
    }

    /// The share of acts whose two people are in different departments: of all, or of those with one of the two in a
    /// group, which then lead outside when the other is not in it.
    pub fn cross_department(
        &self,
        group: Group,
        threshold: Option<Threshold>,
    ) -> Result<Published<Proportion>, Error> {
        let Some(members) = self.members(group) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        if let Some(threshold) = threshold {
            return self.crossing_as_shown(group, threshold);
        }
        let proportion = match group {
            Group::Community(_) => {
                self.crossing_of(|from, to| members.contains(from) && members.contains(to))?
            }
            Group::Member(_) => {
                self.crossing_of(|from, to| members.contains(from) || members.contains(to))?
            }
            Group::Organisation | Group::Whole(_) | Group::Own(_) => self.crossing(group)?,
        };
        Ok(proportion.published())
    }

    /// What anybody can work out of the share from the cells of matrices that are shown: it tells nothing else.
    fn crossing_as_shown(&self, group: Group, threshold: Threshold) -> Result<Published<Proportion>, Error> {
        if matches!(group, Group::Community(_) | Group::Member(_)) {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        if self.pairs()?.iter().next().is_none() {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        let flows = self.flows(threshold)?;
        let lies = |out: bool| flows.bounds(|pair| self.leads_out(group, *pair) == Some(out));
        let ((out, Some(out_most)), (inside, Some(inside_most))) = (lies(true), lies(false)) else {
            return Ok(Published::Hidden(Suppression::Complementary));
        };
        let of = |numerator, others| Proportion { numerator, denominator: numerator + others };
        let all = (group == Group::Organisation).then(|| flows.total()).flatten();
        let (lower, upper) = match all {
            Some(all) => (of(out, all - out), of(out_most, all - out_most)),
            None => (of(out, inside_most), of(out_most, inside)),
        };
        Ok(match lower.value().zip(upper.value()) {
            Some(_) if lower == upper => Published::Shown(lower),
            Some((from, to)) if to - from <= WIDEST => Published::Between(lower, upper),
            _ => Published::Hidden(Suppression::Complementary),
        })
    }

    /// Whether what passes from one department to another leads out of a group: into another department for the
    /// organisation, into or from what is not in it for departments; nothing where neither is in it.
    fn leads_out(&self, group: Group, (from, to): Pair) -> Option<bool> {
        let within = |department: DepartmentId| match group {
            Group::Whole(whole) => self.groups().is_within(department, whole),
            Group::Own(own) => department == own,
            Group::Organisation | Group::Community(_) | Group::Member(_) => true,
        };
        match (within(from), within(to)) {
            (true, true) => Some(group == Group::Organisation && from != to),
            (from, to) => (from || to).then_some(true),
        }
    }

    /// How much of what passed in a group of departments leads out of it.
    fn crossing(&self, group: Group) -> Result<Proportion, Error> {
        let mut proportion = Proportion::default();
        for (pair, evidence) in self.pairs()?.iter() {
            let Some(leads_out) = self.leads_out(group, pair) else { continue };
            proportion.denominator += evidence.sum();
            proportion.numerator += if leads_out { evidence.sum() } else { 0 };
        }
        Ok(proportion)
    }

    /// How much of what passed between some people was between departments.
    fn crossing_of(&self, people: impl Fn(u32, u32) -> bool) -> Result<Proportion, Error> {
        let mut proportion = Proportion::default();
        for act in self.between()?.filter(|act| people(act.source, act.receiver)) {
            proportion.denominator += act.count;
            proportion.numerator += if act.from != act.to { act.count } else { 0 };
        }
        Ok(proportion)
    }
}

fn entry((source, receiver): Pair, acts: Published<u64>) -> Entry {
    Entry { source, receiver, acts }
}

fn distinct(departments: impl Iterator<Item = DepartmentId>) -> Vec<DepartmentId> {
    let mut departments: Vec<_> = departments.collect();
    departments.sort_unstable();
    departments.dedup();
    departments
}

/// A figure as it is published of several sides, the smallest of so many people: each must be enough by itself.
pub(super) fn of_sides<T>(
    sides: impl IntoIterator<Item = Behind>,
    smallest: u64,
    threshold: Option<Threshold>,
    figure: T,
) -> Published<T> {
    let hidden = sides.into_iter().find_map(|side| published(side, smallest, threshold, ()).suppression());
    hidden.map_or(Published::Shown(figure), Published::Hidden)
}
