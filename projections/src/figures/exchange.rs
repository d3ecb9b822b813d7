//! Information flow in a window: who acted upon whose contents, between people and between departments.

use std::collections::{BTreeMap, HashMap};

use domain::id::{DepartmentId, MemberId};
use domain::time::Day;

use super::grid::Window;
use super::known::{Acts, Known};
use super::population::{Chart, Population};
use crate::flow::{self, Kind};
use crate::suppression::totals::Evidence;
use crate::value::{col, id};
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

/// What passed between departments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// How often.
    pub acts: u64,
    /// Between whom, how often.
    ties: Vec<(u32, u32, u64)>,
}

impl Cell {
    /// Who is behind it.
    pub fn evidence(&self) -> Evidence {
        Evidence::of_ties(self.ties.iter().copied())
    }
}

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
    /// Reads what passed in a window, by the acts that count.
    pub fn read(snapshot: &Snapshot, known: &Known, window: Window, kinds: &[Kind]) -> Result<Self, Error> {
        let sql = "SELECT day, published_on, source, receiver, kind, sum(count) FROM flow
            WHERE day BETWEEN ?1 AND ?2 AND known <= ?3 AND source <> receiver
            GROUP BY day, published_on, source, receiver, kind";
        let Acts { learned, passed } = known.acts;
        let limits = [window.first.into(), window.last.min(passed).into(), learned.into()];
        let mut passed = Vec::new();
        snapshot.rows(sql, &limits, |row| {
            let (source, receiver): (MemberId, MemberId) = (id(row, 2)?, id(row, 3)?);
            let counts = kinds.contains(&flow::kind(col(row, 4)?));
            let people = known.population.number(source).zip(known.population.number(receiver));
            if let Some((source, receiver)) = people.filter(|_| counts) {
                let (day, published_on, count) = (col(row, 0)?, col(row, 1)?, col(row, 5)?);
                passed.push(Passed { day, published_on, source, receiver, count });
            }
            Ok(())
        })?;
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

/// The matrix of what passed between departments, each taken for the one it belongs to; acts with an end elsewhere are
/// left out.
pub fn matrix(
    acts: impl Iterator<Item = Between>,
    levels: &HashMap<DepartmentId, DepartmentId>,
) -> BTreeMap<(DepartmentId, DepartmentId), Cell> {
    let mut cells: BTreeMap<_, Cell> = BTreeMap::new();
    for act in acts {
        let Some((from, to)) = levels.get(&act.from).zip(levels.get(&act.to)) else { continue };
        let cell = cells.entry((*from, *to)).or_default();
        cell.acts += act.count;
        cell.ties.push((act.source, act.receiver, act.count));
    }
    cells
}
