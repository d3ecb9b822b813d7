//! The matrix of what passed between departments, and the share of it that passed between different ones. Where a
//! threshold protects people, the cells of all levels of the tree are decided together.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::id::DepartmentId;
use roaring::RoaringBitmap;

use super::exchange::{Pair, Pairs};
use super::groups::{Group, Groups};
use super::publish::{Behind, Proportion, Published, Suppression, published};
use super::sheet::Sheet;
use crate::Error;
use crate::suppression::totals::{Evidence, Place, Total, Union, decide};
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
    fn decided(pairs: &Pairs, groups: &Groups, threshold: Threshold) -> Self {
        let people = |group: Group| groups.members(group).map_or(0, RoaringBitmap::len);
        let all = Evidence::united(pairs.iter().map(|(_, evidence)| evidence));
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
            for (pair, parts) in pairs.at(&at) {
                let place = Place::Within(whole(&pair).unwrap_or(0));
                let eligible = people(Group::Whole(pair.0)).min(people(Group::Whole(pair.1)));
                places.insert(pair, totals.len());
                totals.push(Total { place, eligible, evidence: Evidence::united(parts) });
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
        let mut all: Option<Union> = None;
        hidden.for_each(|(_, flow)| all.get_or_insert_default().add(&flow.evidence));
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
        let cells = self.pairs()?.acts_at(&levels);
        let total = cells.values().sum();
        let mut departments: Vec<_> = levels.into_values().collect();
        departments.sort_unstable();
        departments.dedup();
        let Some(threshold) = threshold else {
            let cells = cells.into_iter().map(|(pair, acts)| entry(pair, Published::Shown(acts))).collect();
            return Ok(Published::Shown(Matrix { departments, cells, total: Some(total) }));
        };
        let flows = self.flows(threshold)?;
        let above = within.map_or(0, |department| self.groups().depth(department));
        let decided = flows.at(above + level);
        let shown = |(pair, acts): (Pair, u64)| {
            let hidden = decided.and_then(|cells| cells.get(&pair)).and_then(|flow| flow.hidden);
            entry(pair, hidden.map_or(Published::Shown(acts), |why| Published::Hidden(why.into())))
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
        self.once_decided(threshold, || Ok(Flows::decided(self.pairs()?, self.groups(), threshold)))
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
        let (proportion, behind) = match group {
            Group::Community(_) => {
                self.crossing_of(|from, to| members.contains(from) && members.contains(to))?
            }
            Group::Member(_) => {
                self.crossing_of(|from, to| members.contains(from) || members.contains(to))?
            }
            Group::Organisation | Group::Whole(_) | Group::Own(_) => self.crossing(group)?,
        };
        if proportion.denominator == 0 {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        let Some(threshold) = threshold else { return Ok(Published::Shown(proportion)) };
        if !matches!(group, Group::Community(_) | Group::Member(_)) {
            let flows = self.flows(threshold)?;
            let is_of = |pair: &Pair, out: bool| self.leads_out(group, *pair) == Some(out);
            if [true, false].into_iter().any(|out| !flows.leaves_open(threshold, |pair| is_of(pair, out))) {
                return Ok(Published::Hidden(Suppression::Complementary));
            }
        }
        Ok(published(behind, members.len(), Some(threshold), proportion))
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

    /// How much of what passed in a group of departments leads out of it, and who is behind all of it.
    fn crossing(&self, group: Group) -> Result<(Proportion, Behind), Error> {
        let (mut proportion, mut behind) = (Proportion::default(), Behind::new());
        for (pair, evidence) in self.pairs()?.iter() {
            let Some(leads_out) = self.leads_out(group, pair) else { continue };
            proportion.denominator += evidence.sum();
            proportion.numerator += if leads_out { evidence.sum() } else { 0 };
            behind.extend(evidence.receivers());
        }
        Ok((proportion, behind))
    }

    /// How much of what passed between some people was between departments, and who is behind all of it.
    fn crossing_of(&self, people: impl Fn(u32, u32) -> bool) -> Result<(Proportion, Behind), Error> {
        let (mut proportion, mut behind) = (Proportion::default(), Behind::new());
        for act in self.between()?.filter(|act| people(act.source, act.receiver)) {
            proportion.denominator += act.count;
            proportion.numerator += if act.from != act.to { act.count } else { 0 };
            behind.push((act.receiver, act.count));
        }
        Ok((proportion, behind))
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
