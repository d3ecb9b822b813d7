//! The cells of matrices between departments, decided for every level of the tree together: a cell is made of those of
//! the level below it.

use std::collections::{BTreeMap, HashMap};

use domain::id::DepartmentId;
use roaring::RoaringBitmap;

use super::exchange::Pair;
use super::groups::{Group, Groups};
use super::publish::Suppression;
use crate::Error;
use crate::suppression::totals::{Evidence, Place, Total, decide};
use crate::suppression::{self, Threshold};

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
    /// Where cells of departments of few people stand that have nothing in them, those of a family together: that they
    /// have would tell of few.
    of_few: Vec<usize>,
}

/// How deep a tree of departments is looked into at most.
const LEVELS_MAX: usize = 32;

impl Flows {
    /// Decides what is between the departments of each level, which is part of everything, if there is such a sum.
    pub(super) fn decided(
        (groups, threshold): (&Groups, Threshold),
        everything: Option<Evidence>,
        mut between: impl FnMut(&Levels) -> Result<Vec<(Pair, Evidence)>, Error>,
    ) -> Result<Self, Error> {
        let everybody = groups.members(Group::Organisation).map_or(0, RoaringBitmap::len);
        let everything = everything.map(|all| Total::of(Place::Top, everybody, all));
        let mut totals: Vec<Total> = everything.into_iter().collect();
        let mut families: BTreeMap<Option<Pair>, usize> = totals.iter().map(|_| (None, 0)).collect();
        let (mut levels, mut of_few) = (Vec::new(), Vec::new());
        let mut above = Levels::new();
        for level in 1..=LEVELS_MAX {
            let at = groups.at_level(None, level);
            if at == above {
                break;
            }
            let sizes = groups.sizes(&at);
            let mut few = Few::of(&sizes, &above, threshold);
            let mut places = BTreeMap::new();
            for (pair, evidence) in between(&at)? {
                let eligible = few.found(pair);
                let place = families.get(&few.family(pair)).map_or(Place::Top, |whole| Place::Within(*whole));
                places.insert(pair, totals.len());
                totals.push(Total { idle: None, ..Total::of(place, eligible, evidence) });
            }
            for whole in families.iter().filter(|(family, _)| few.may_hold(**family)).map(|(_, whole)| *whole)
            {
                of_few.push(totals.len());
                totals.push(Total { idle: None, ..Total::of(Place::Within(whole), 0, Evidence::default()) });
            }
            let something = places.iter().filter(|(_, place)| totals[**place].evidence.sum() > 0);
            families = something.map(|(pair, place)| (Some(*pair), *place)).collect();
            levels.push(places);
            above = at;
        }
        let decided = decide(threshold, &totals).into_iter().zip(&totals);
        let cells = decided.map(|(hidden, total)| Flow {
            acts: total.evidence.sum(),
            hidden,
            part_of: if let Place::Within(whole) = total.place { Some(whole) } else { None },
        });
        Ok(Self { cells: cells.collect(), levels, of_few })
    }

    /// What is between departments of a level, and why it is hidden, if it is.
    pub(super) fn at(&self, level: usize) -> impl Iterator<Item = (Pair, u64, Option<Suppression>)> + '_ {
        let level = self.levels.get(level.min(self.levels.len()).saturating_sub(1));
        level.into_iter().flatten().map(|(pair, place)| {
            let Flow { acts, hidden, .. } = self.cells[*place];
            (*pair, acts, hidden.map(Suppression::from))
        })
    }

    /// Everything, where that is shown.
    pub(super) fn total(&self) -> Option<u64> {
        self.cells.first().filter(|top| top.hidden.is_none()).map(|top| top.acts)
    }

    /// Between which numbers the acts of some pairs of departments lie together, for whoever knows all that is shown; if
    /// there is an upper one.
    pub(super) fn bounds(&self, of: impl Fn(&Pair) -> bool) -> (u64, Option<u64>) {
        // Of the pairs, and of all others.
        let mut known = vec![[(0, Some(0)); 2]; self.cells.len()];
        for (pair, place) in self.levels.last().into_iter().flatten() {
            let Flow { acts, hidden, .. } = self.cells[*place];
            // A cell is named where something passed, but between departments of few, of which nothing is told.
            let within = match hidden {
                Some(suppression::Suppression::GroupTooSmall) => (0, None),
                Some(_) => (1, None),
                None => (acts, Some(acts)),
            };
            known[*place][usize::from(!of(pair))] = within;
        }
        // Nobody knows of them which they are of.
        self.of_few.iter().for_each(|place| known[*place] = [(0, None); 2]);
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

/// The departments of a level, and how many cells of those of few people have something in them. A family is the cells
/// that are part of one of the level above.
struct Few<'a> {
    sizes: &'a HashMap<DepartmentId, u64>,
    above: &'a Levels,
    least: u64,
    /// How many departments stand below each, and how many of them are not of few.
    below: HashMap<Option<DepartmentId>, (usize, usize)>,
    found: HashMap<Option<Pair>, usize>,
}

impl<'a> Few<'a> {
    fn of(sizes: &'a HashMap<DepartmentId, u64>, above: &'a Levels, threshold: Threshold) -> Self {
        let least = threshold.people().into();
        let mut below: HashMap<_, (usize, usize)> = HashMap::new();
        for (department, people) in sizes {
            let (all, large) = below.entry(above.get(department).copied()).or_default();
            (*all, *large) = (*all + 1, *large + usize::from(*people >= least));
        }
        Self { sizes, above, least, below, found: HashMap::new() }
    }

    fn family(&self, pair: Pair) -> Option<Pair> {
        self.above.get(&pair.0).copied().zip(self.above.get(&pair.1).copied())
    }

    /// Notes that there is something in a cell; how many people are on the side that has fewer.
    fn found(&mut self, pair: Pair) -> u64 {
        let people = |department| self.sizes.get(department).copied().unwrap_or_default();
        let people = people(&pair.0).min(people(&pair.1));
        if people < self.least {
            *self.found.entry(self.family(pair)).or_default() += 1;
        }
        people
    }

    /// Whether a family has cells of departments of few in which there is nothing.
    fn may_hold(&self, family: Option<Pair>) -> bool {
        let below = |department| self.below.get(&department).copied().unwrap_or_default();
        let (rows, columns) = (below(family.map(|pair| pair.0)), below(family.map(|pair| pair.1)));
        let of_few = rows.0 * columns.0 - rows.1 * columns.1;
        of_few > self.found.get(&family).copied().unwrap_or_default()
    }
}

/// Between which numbers something lies that makes up a known sum together with something else.
fn narrowed(of: Bounds, other: Bounds, sum: u64) -> Bounds {
    let from = other.1.map_or(0, |most| sum.saturating_sub(most));
    let to = sum.saturating_sub(other.0);
    (of.0.max(from), Some(of.1.map_or(to, |most| most.min(to))))
}

/// For each department, the one at a level of the tree that it belongs to.
pub(super) type Levels = HashMap<DepartmentId, DepartmentId>;

/// At least so many, and at most so many if that is known.
type Bounds = (u64, Option<u64>);
