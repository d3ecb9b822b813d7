//! Information flow in a window: who acted upon whose contents, between people and between departments.

use std::collections::{BTreeMap, HashMap};

use domain::id::DepartmentId;
use domain::time::Day;

use super::grid::Window;
use super::known::{Acts, Known};
use super::population::{Chart, Population};
use crate::flow::Kind;
use crate::suppression::totals::Evidence;
use crate::value::col;
use crate::{Error, Snapshot};

/// Acts of one person upon contents of another on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Passed {
    /// On which local day.
    day: Day,
    /// On which local day the contents were published.
    published_on: Day,
    /// Whose contents.
    source: u32,
    /// Whom they reached.
    receiver: u32,
    /// How often.
    count: u64,
}

/// What passed between people in a window. What somebody did with their own contents is not among it, nor is what was
/// only looked at: traces count for nothing but what was consumed.
#[derive(Clone, Debug)]
pub struct Exchange(Vec<Passed>);

/// An act of the window as departments see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// Whose contents.
    pub source: u32,
    /// The source's department when they were published.
    pub from: DepartmentId,
    /// Whom they reached.
    pub receiver: u32,
    /// The receiver's department on the day.
    pub to: DepartmentId,
    /// How often.
    pub count: u64,
}

impl Exchange {
    /// What passed between some people on a day.
    #[cfg(test)]
    pub(super) fn of_ties(ties: impl Iterator<Item = (u32, u32, u64)>, day: Day) -> Self {
        Self(
            ties.map(|(source, receiver, count)| Passed { day, published_on: day, source, receiver, count })
                .collect(),
        )
    }

    /// Reads what passed in a window, by the acts that count.
    pub fn read(snapshot: &Snapshot, known: &Known, window: Window, kinds: &[Kind]) -> Result<Self, Error> {
        let sql = "SELECT day, published_on, source, receiver, count FROM flow
            WHERE day BETWEEN ?1 AND ?2 AND known <= ?3 AND source <> receiver AND (1 << kind) & ?4";
        let Acts { learned, passed } = known.acts;
        let kinds = kinds.iter().fold(0, |kinds, kind| kinds | 1_i64 << *kind as i64);
        let limits = [window.first.into(), window.last.min(passed).into(), learned.into(), kinds.into()];
        let mut passed = snapshot.rows(sql, &limits, |row| {
            let (day, published_on, source) = (col(row, 0)?, col(row, 1)?, col(row, 2)?);
            Ok(Passed { day, published_on, source, receiver: col(row, 3)?, count: col(row, 4)? })
        })?;
        passed.retain(|Passed { source, receiver, .. }| {
            known.population.is_member(*source) && known.population.is_member(*receiver)
        });
        Ok(Self(passed))
    }

    /// The acts as departments see them by a chart; whoever is in no department known is left out.
    pub fn between<'a>(
        &'a self,
        population: &'a Population,
        chart: Chart,
    ) -> impl Iterator<Item = Between> + 'a {
        self.0.iter().filter_map(move |passed| {
            // Contents belong to the department of their author at publication.
            let from = population.department(passed.source, passed.published_on, chart)?;
            let to = population.department(passed.receiver, passed.day, chart)?;
            let Passed { source, receiver, count, .. } = *passed;
            Some(Between { source, from, receiver, to, count })
        })
    }

    /// How often each person's contents reached each other person.
    pub fn arcs(&self) -> BTreeMap<(u32, u32), u64> {
        let mut arcs = BTreeMap::new();
        for passed in &self.0 {
            *arcs.entry((passed.source, passed.receiver)).or_default() += passed.count;
        }
        arcs
    }
}

/// From which department to which.
pub type Pair = (DepartmentId, DepartmentId);

/// What passed between departments as they are, and who is behind it.
#[derive(Clone, Debug, Default)]
pub struct Pairs(BTreeMap<Pair, Evidence>);

impl Pairs {
    /// Acts by the departments of both ends.
    pub fn of(acts: impl Iterator<Item = Between>) -> Self {
        let mut pairs: HashMap<Pair, Vec<(u32, u32, u64)>> = HashMap::new();
        for Between { source, from, receiver, to, count } in acts {
            pairs.entry((from, to)).or_default().push((source, receiver, count));
        }
        Self(pairs.into_iter().map(|(pair, ties)| (pair, Evidence::of_ties(ties))).collect())
    }

    /// What passed between some departments.
    pub fn iter(&self) -> impl Iterator<Item = (Pair, &Evidence)> {
        self.0.iter().map(|(pair, evidence)| (*pair, evidence))
    }

    /// The cells of a matrix, each department taken for the one it belongs to; what has an end elsewhere is left out.
    pub fn at(&self, levels: &HashMap<DepartmentId, DepartmentId>) -> BTreeMap<Pair, Vec<&Evidence>> {
        let mut cells: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for ((from, to), evidence) in self.iter() {
            if let Some((from, to)) = levels.get(&from).zip(levels.get(&to)) {
                cells.entry((*from, *to)).or_default().push(evidence);
            }
        }
        cells
    }

    /// How many acts are in each cell.
    pub fn acts_at(&self, levels: &HashMap<DepartmentId, DepartmentId>) -> BTreeMap<Pair, u64> {
        let acts = |parts: Vec<&Evidence>| parts.into_iter().map(Evidence::sum).sum();
        self.at(levels).into_iter().map(|(pair, parts)| (pair, acts(parts))).collect()
    }
}
