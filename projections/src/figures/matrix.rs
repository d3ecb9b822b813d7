//! The matrix of what passed between departments, and the share of it that passed between different ones. Where a
//! threshold protects people, the cells of all levels of the tree are decided together.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::id::DepartmentId;
use roaring::RoaringBitmap;

use super::exchange::{Between, Cell, matrix};
use super::groups::{Group, Groups};
use super::publish::{Behind, Proportion, Published, Suppression, published};
use super::sheet::Sheet;
use crate::Error;
use crate::suppression::totals::{Evidence, Place, Total, decide};
use crate::suppression::{self, Threshold};

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
    /// Where something passed.
    pub cells: Vec<Entry>,
    /// All that passed, where that is shown.
    pub total: Option<u64>,
}

/// From which department to which.
type Pair = (DepartmentId, DepartmentId);

/// A cell that was decided.
#[derive(Debug)]
struct Flow {
    evidence: Evidence,
    hidden: Option<suppression::Suppression>,
}

/// The cells of every level of the tree, the top first; those of the last are between departments as they are.
#[derive(Debug)]
pub(super) struct Flows {
    top: Option<suppression::Suppression>,
    levels: Vec<BTreeMap<Pair, Flow>>,
}

/// How deep a tree of departments is looked into at most.
const LEVELS_MAX: usize = 32;

impl Flows {
    fn decided(acts: &[Between], groups: &Groups, threshold: Threshold) -> Self {
        let people = |group: Group| groups.members(group).map_or(0, RoaringBitmap::len);
        let all = Evidence::of_ties(acts.iter().map(|act| (act.source, act.receiver, act.count)));
        let mut totals =
            vec![Total { place: Place::Top, eligible: people(Group::Organisation), evidence: all }];
        let mut levels: Vec<BTreeMap<Pair, usize>> = Vec::new();
        let mut above = HashMap::new();
        for level in 1..=LEVELS_MAX {
            let at = groups.at_level(None, level);
            if at == above {
                break;
            }
            let whole = |pair: &Pair| {
                let pair = (*above.get(&pair.0)?, *above.get(&pair.1)?);
                levels.last()?.get(&pair).copied()
            };
            let mut places = BTreeMap::new();
            for (pair, cell) in matrix(acts.iter().copied(), &at) {
                let place = Place::Within(whole(&pair).unwrap_or(0));
                let eligible = people(Group::Whole(pair.0)).min(people(Group::Whole(pair.1)));
                places.insert(pair, totals.len());
                totals.push(Total { place, eligible, evidence: cell.evidence() });
            }
            levels.push(places);
            above = at;
        }
        let decided = decide(threshold, &totals);
        let mut flow = |place: usize| {
            let evidence = std::mem::take(&mut totals[place].evidence);
            Flow { evidence, hidden: decided[place] }
        };
        let mut of = |places: BTreeMap<Pair, usize>| {
            places.into_iter().map(|(pair, place)| (pair, flow(place))).collect()
        };
        Self { top: decided[0], levels: levels.into_iter().map(&mut of).collect() }
    }

    fn at(&self, level: usize) -> Option<&BTreeMap<Pair, Flow>> {
        self.levels.get(level.min(self.levels.len()).saturating_sub(1))
    }

    /// Whether what is hidden of some cells is together nothing, or what could be shown by itself: then their sum may.
    fn leaves_open(&self, threshold: Threshold, of: impl Fn(&Pair) -> bool) -> bool {
        let cells = self.levels.last().into_iter().flatten();
        let hidden = cells.filter(|(pair, flow)| flow.hidden.is_some() && of(pair));
        let mut all: Option<Evidence> = None;
        hidden.for_each(|(_, flow)| all.get_or_insert_default().unite(&flow.evidence));
        all.is_none_or(|all| all.fault(threshold).is_none())
    }
}

impl Sheet {
    /// The matrix of the departments at a level below a group, or at the top.
    pub fn matrix(
        &self,
        group: Group,
        level: usize,
        threshold: Option<Threshold>,
    ) -> Result<Published<Matrix>, Error> {
        let Some(within) = group.top() else { return Ok(Published::Hidden(Suppression::NotInGrid)) };
        let levels = self.groups().at_level(within, level);
        let cells = matrix(self.between()?, &levels);
        let total = cells.values().map(|cell| cell.acts).sum();
        let mut departments: Vec<_> = levels.into_values().collect();
        departments.sort_unstable();
        departments.dedup();
        let Some(threshold) = threshold else {
            let cells = cells.into_iter().map(|(pair, cell)| entry(pair, Published::Shown(cell.acts)));
            let cells = cells.collect();
            return Ok(Published::Shown(Matrix { departments, cells, total: Some(total) }));
        };
        let flows = self.flows(threshold)?;
        let above = within.map_or(0, |department| self.groups().depth(department));
        let decided = flows.at(above + level);
        let shown = |(pair, cell): (Pair, Cell)| {
            let hidden = decided.and_then(|cells| cells.get(&pair)).and_then(|flow| flow.hidden);
            entry(pair, hidden.map_or(Published::Shown(cell.acts), |why| Published::Hidden(why.into())))
        };
        let all = match within {
            None => flows.top.is_none(),
            Some(whole) => flows.leaves_open(threshold, |(from, to)| {
                [from, to].into_iter().all(|department| self.groups().is_within(*department, whole))
            }),
        };
        let cells = cells.into_iter().map(shown).collect();
        Ok(Published::Shown(Matrix { departments, cells, total: all.then_some(total) }))
    }

    /// The cells of all levels as they are decided together, once for all who ask.
    fn flows(&self, threshold: Threshold) -> Result<Arc<Flows>, Error> {
        self.once_decided(threshold, || {
            let acts: Vec<_> = self.between()?.collect();
            Ok(Flows::decided(&acts, self.groups(), threshold))
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
        let within = |department: DepartmentId| match group {
            Group::Whole(whole) => self.groups().is_within(department, whole),
            Group::Own(own) => department == own,
            Group::Organisation | Group::Community(_) | Group::Member(_) => true,
        };
        let (mut proportion, mut behind) = (Proportion::default(), Behind::new());
        for act in self.between()? {
            let (from, to) = (within(act.from), within(act.to));
            let (inside, leads_out) = match group {
                Group::Organisation => (true, act.from != act.to),
                Group::Whole(_) | Group::Own(_) => (from || to, from != to),
                Group::Community(_) => {
                    (members.contains(act.source) && members.contains(act.receiver), act.from != act.to)
                }
                Group::Member(_) => {
                    (members.contains(act.source) || members.contains(act.receiver), act.from != act.to)
                }
            };
            if inside {
                proportion.denominator += act.count;
                proportion.numerator += if leads_out { act.count } else { 0 };
                behind.push((act.receiver, act.count));
            }
        }
        if proportion.denominator == 0 {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        let Some(threshold) = threshold else { return Ok(Published::Shown(proportion)) };
        if !matches!(group, Group::Community(_) | Group::Member(_)) {
            let flows = self.flows(threshold)?;
            let counts = |pair: &Pair, out: bool| match group {
                Group::Organisation => (pair.0 != pair.1) == out,
                _ if out => within(pair.0) != within(pair.1),
                _ => within(pair.0) && within(pair.1),
            };
            if [true, false].into_iter().any(|out| !flows.leaves_open(threshold, |pair| counts(pair, out))) {
                return Ok(Published::Hidden(Suppression::Complementary));
            }
        }
        Ok(published(behind, members.len(), Some(threshold), proportion))
    }
}

fn entry((source, receiver): Pair, acts: Published<u64>) -> Entry {
    Entry { source, receiver, acts }
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
