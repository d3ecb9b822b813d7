//! The matrix of what passed between departments, and the share of it that passed between different ones. Where a
//! threshold protects people, the cells of all levels of the tree are decided together, and the share is what anybody
//! can work out from those that are shown.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::id::DepartmentId;
use roaring::RoaringBitmap;

use super::exchange::{Pair, Pairs};
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

/// A cell that was decided: how much it is, why it is hidden, and the cell of the level above that it is part of.
#[derive(Debug)]
struct Flow {
    acts: u64,
    hidden: Option<suppression::Suppression>,
    part_of: Option<usize>,
}

/// The cells of every level of the tree, the top first; those of the last are between departments as they are. What is
/// part of another comes behind it.
#[derive(Debug)]
pub(super) struct Flows {
    cells: Vec<Flow>,
    levels: Vec<BTreeMap<Pair, usize>>,
}

/// How deep a tree of departments is looked into at most.
const LEVELS_MAX: usize = 32;
/// A share that lies between two that are further apart says nothing.
const WIDEST: f64 = 0.5;

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
        let decided = decide(threshold, &totals).into_iter().zip(&totals);
        let cells = decided.map(|(hidden, total)| Flow {
            acts: total.evidence.sum(),
            hidden,
            part_of: if let Place::Within(whole) = total.place { Some(whole) } else { None },
        });
        Self { cells: cells.collect(), levels }
    }

    /// Why a cell of a level is hidden, if it is.
    fn hidden(&self, level: usize, pair: &Pair) -> Option<suppression::Suppression> {
        let level = self.levels.get(level.min(self.levels.len()).saturating_sub(1))?;
        level.get(pair).and_then(|place| self.cells[*place].hidden)
    }

    /// Everything that passed, where that is shown.
    fn total(&self) -> Option<u64> {
        self.cells.first().filter(|top| top.hidden.is_none()).map(|top| top.acts)
    }

    /// Between which numbers the acts of some pairs of departments lie together, for whoever knows all that is shown; if
    /// there is an upper one.
    fn bounds(&self, of: impl Fn(&Pair) -> bool) -> (u64, Option<u64>) {
        // Of the pairs, and of all others.
        let mut known = vec![[(0, Some(0)); 2]; self.cells.len()];
        for (pair, place) in self.levels.last().into_iter().flatten() {
            let Flow { acts, hidden, .. } = self.cells[*place];
            // A cell is named where something passed.
            let within = if hidden.is_some() { (1, None) } else { (acts, Some(acts)) };
            known[*place][usize::from(!of(pair))] = within;
        }
        for place in (0..self.cells.len()).rev() {
            let Flow { acts, hidden, part_of } = self.cells[place];
            let [these, others] = known[place];
            if hidden.is_none() {
                known[place] = [narrowed(these, others, acts), narrowed(others, these, acts)];
            }
            let Some(whole) = part_of else { continue };
            let part = known[place];
            known[whole].iter_mut().zip(part).for_each(|(all, part)| {
                *all = (all.0 + part.0, all.1.zip(part.1).map(|(all, part)| all + part));
            });
        }
        known.first().map_or((0, Some(0)), |known| known[0])
    }
}

/// Between which numbers something lies that makes up a known sum together with something else.
fn narrowed(of: Bounds, other: Bounds, sum: u64) -> Bounds {
    let from = other.1.map_or(0, |most| sum.saturating_sub(most));
    let to = sum.saturating_sub(other.0);
    (of.0.max(from), Some(of.1.map_or(to, |most| most.min(to))))
}

/// At least so many, and at most so many if that is known.
type Bounds = (u64, Option<u64>);

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
        let shown = |(pair, acts): (Pair, u64)| {
            let hidden = flows.hidden(above + level, &pair);
            entry(pair, hidden.map_or(Published::Shown(acts), |why| Published::Hidden(why.into())))
        };
        let total = match within {
            None => flows.total(),
            Some(whole) => {
                match flows.bounds(|pair| self.leads_out(Group::Whole(whole), *pair) == Some(false)) {
                    (from, Some(to)) if from == to => Some(from),
                    _ => None,
                }
            }
        };
        let cells = cells.into_iter().map(shown).collect();
        Ok(Published::Shown(Matrix { departments, cells, total }))
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
        if proportion.denominator == 0 {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        Ok(Published::Shown(proportion))
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
