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
        let [found] = Self::read_apart(snapshot, known, window, [kinds])?;
        Ok(found)
    }

    /// The same of some kinds and of others, each by themselves, read at once.
    pub fn read_apart<const N: usize>(
        snapshot: &Snapshot,
        known: &Known,
        window: Window,
        kinds: [&[Kind]; N],
    ) -> Result<[Self; N], Error> {
        // Looks are most of what there is: the database leaves them out where they are not asked for, and little else,
        // since it is slower at that.
        let sql = "SELECT day, published_on, source, receiver, count, kind FROM flow
            WHERE day BETWEEN ?1 AND ?2 AND known <= ?3 AND kind <> ?4";
        let Acts { learned, passed } = known.acts;
        let asks = kinds.iter().any(|kinds| kinds.contains(&Kind::Viewed));
        let left_out = if asks { -1 } else { Kind::Viewed as i64 };
        let limits = [window.first.into(), window.last.min(passed).into(), learned.into(), left_out.into()];
        let mut found = [const { Vec::new() }; N];
        snapshot.rows(sql, &limits, |row| {
            let (source, receiver, kind): (u32, u32, i64) = (col(row, 2)?, col(row, 3)?, col(row, 5)?);
            let is_member = |number| known.population.is_member(number);
            if source == receiver || !is_member(source) || !is_member(receiver) {
                return Ok(());
            }
            let (day, published_on, count) = (col(row, 0)?, col(row, 1)?, col(row, 4)?);
            let passed = Passed { day, published_on, source, receiver, count };
            let is_of = |kinds: &[Kind]| kinds.iter().any(|of| *of as i64 == kind);
            let of_kind = found.iter_mut().zip(kinds).filter(|(_, kinds)| is_of(kinds));
            of_kind.for_each(|(found, _)| found.push(passed));
            Ok(())
        })?;
        Ok(found.map(Self))
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

    /// How often each person's contents reached each other person, in the order of both.
    pub fn arcs(&self) -> Vec<((u32, u32), u64)> {
        let each = self.0.iter().map(|passed| ((passed.source, passed.receiver), passed.count));
        let mut arcs: Vec<((u32, u32), u64)> = each.collect();
        arcs.sort_unstable();
        arcs.dedup_by(|(next, count), (of, sum)| {
            let same = next == of;
            *sum += if same { *count } else { 0 };
            same
        });
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
