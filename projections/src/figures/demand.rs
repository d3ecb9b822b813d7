//! Demand without flow: departments whose people look for what those of another have, and have nothing to do with it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::id::{CommunityId, DepartmentId};

use super::deeds::Asked;
use super::groups::Group;
use super::matrix::{Entry, Matrix, of_sides};
use super::publish::{Behind, Published, Suppression};
use super::sheet::Sheet;
use crate::Error;
use crate::suppression::Threshold;
use crate::value::{col, id};

/// What people of one department looked for at another.
#[derive(Default)]
struct Demand {
    acts: u64,
    by: Behind,
    /// Whose contents were looked at.
    authors: Behind,
}

/// Whose contents were looked for, and by whom.
type Demands = BTreeMap<(DepartmentId, DepartmentId), Demand>;

impl Sheet {
    /// The pairs of departments at a level below a group, or at the top, of which the people of one looked for what
    /// another has, and did nothing upon its contents: how often they looked at its contents, found them when they
    /// searched, or asked where its people are.
    pub fn unmet_demand(
        &self,
        group: Group,
        level: usize,
        threshold: Option<Threshold>,
    ) -> Result<Published<Matrix>, Error> {
        let Some(within) = group.top() else { return Ok(Published::Hidden(Suppression::NotInGrid)) };
        let levels = self.groups().at_level(within, level);
        let mut demands = Demands::new();
        for look in self.looks()?.between(&self.known.population, self.chart) {
            let Some((from, to)) = levels.get(&look.from).zip(levels.get(&look.to)) else { continue };
            let demanded = demand(&mut demands, (*from, *to), (look.receiver, look.count));
            demanded.authors.push((look.source, look.count));
        }
        self.add_searches(&mut demands, &levels)?;
        self.add_questions(&mut demands, &levels)?;
        let flows = self.pairs()?.at(&levels);
        demands.retain(|pair, _| pair.0 != pair.1 && !flows.contains_key(pair));
        let cells = demands.into_iter().map(|((source, receiver), demand)| {
            let acts = self.demanded((source, receiver), demand, threshold);
            Entry { source, receiver, acts }
        });
        let cells: Vec<Entry> = cells.collect();
        let total = Some(cells.iter().filter_map(|cell| cell.acts.shown()).sum());
        let departments: BTreeSet<_> = levels.into_values().collect();
        Ok(Published::Shown(Matrix { departments: departments.into_iter().collect(), cells, total }))
    }

    fn add_searches(
        &self,
        demands: &mut Demands,
        levels: &HashMap<DepartmentId, DepartmentId>,
    ) -> Result<(), Error> {
        let (window, population) = (self.passed(), &self.known.population);
        let sql = "SELECT day, member, department, sum(count) FROM figure_sought
            WHERE day BETWEEN ?1 AND ?2 AND known <= ?3 GROUP BY day, member, department";
        let limits = [window.first.into(), window.last.into(), self.known.acts.learned.into()];
        self.snapshot()?
            .rows(sql, &limits, |row| {
                let (day, source, count) = (col(row, 0)?, levels.get(&id(row, 2)?), col(row, 3)?);
                let Some(member) = population.number(id(row, 1)?) else { return Ok(()) };
                let receiver = population.department(member, day, self.chart);
                let receiver = receiver.and_then(|department| levels.get(&department));
                if let Some((source, receiver)) = source.zip(receiver) {
                    demand(demands, (*source, *receiver), (member, count));
                }
                Ok(())
            })
            .map(|_| ())
    }

    /// A question is put to every department that has people in the community.
    fn add_questions(
        &self,
        demands: &mut Demands,
        levels: &HashMap<DepartmentId, DepartmentId>,
    ) -> Result<(), Error> {
        let (last, population) = (self.adoption().last(), &self.known.population);
        let departments = |number, day| {
            let department: Option<DepartmentId> = population.department(number, day, self.chart);
            department.and_then(|department| levels.get(&department)).copied()
        };
        let mut heard: HashMap<CommunityId, BTreeSet<DepartmentId>> = HashMap::new();
        for (community, inside) in &self.groups().communities {
            heard.insert(*community, inside.iter().filter_map(|number| departments(number, last)).collect());
        }
        for waiting in self.waiting()?.iter().filter(|waiting| waiting.kind == Asked::Question) {
            let hearers = waiting.community.and_then(|community| heard.get(&community));
            let Some((author, hearers)) = population.number(waiting.author).zip(hearers) else { continue };
            let Some(receiver) = departments(author, waiting.day) else { continue };
            for source in hearers {
                demand(demands, (*source, receiver), (author, 1));
            }
        }
        Ok(())
    }

    /// A demand as it is published: by as many people as the threshold, none of whom makes more than half; where
    /// contents were looked at, of as many authors; between departments of as many people.
    fn demanded(
        &self,
        pair: (DepartmentId, DepartmentId),
        demand: Demand,
        threshold: Option<Threshold>,
    ) -> Published<u64> {
        let people = |department| self.groups().node(department).map_or(0, |node| node.whole.len());
        let least = threshold.map_or(0, |threshold| u64::from(threshold.people()));
        if people(pair.0).min(people(pair.1)) < least {
            return Published::Hidden(Suppression::GroupTooSmall);
        }
        let authors = Some(demand.authors).filter(|authors| !authors.is_empty());
        of_sides([demand.by].into_iter().chain(authors), u64::MAX, threshold, demand.acts)
    }
}

fn demand(
    demands: &mut Demands,
    pair: (DepartmentId, DepartmentId),
    (member, count): (u32, u64),
) -> &mut Demand {
    let demand = demands.entry(pair).or_default();
    demand.acts += count;
    demand.by.push((member, count));
    demand
}
