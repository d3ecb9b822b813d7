//! Demand without flow: departments whose people look for what those of another have, and have nothing to do with it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::id::{CommunityId, DepartmentId};
use rusqlite::Row;

use super::deeds::Asked;
use super::flows::{Flows, Levels};
use super::groups::Group;
use super::known::once;
use super::matrix::Matrix;
use super::publish::{Behind, Published, Suppression};
use super::sheet::Sheet;
use crate::Error;
use crate::suppression::Threshold;
use crate::suppression::totals::Evidence;
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
        let Some(threshold) = threshold else {
            let levels = self.groups().at_level(within, level);
            let demands = self.demands(&levels)?.into_iter().map(|(pair, demand)| (pair, demand.acts));
            let acts = demands.collect();
            return Ok(Published::Shown(Matrix::whole(levels, acts)));
        };
        let decided = once(&self.demanded, threshold, || {
            let evidence = |(pair, demand): (_, Demand)| (pair, demand.evidence());
            let flows = Flows::decided((self.groups(), threshold), None, |levels| {
                Ok(self.demands(levels)?.into_iter().map(evidence).collect())
            });
            flows.map(Arc::new)
        })?;
        Ok(Published::Shown(self.told((within, level), &decided, threshold)))
    }

    /// What was looked for between the departments of a level where nothing passed.
    fn demands(&self, levels: &Levels) -> Result<Demands, Error> {
        let mut demands = Demands::new();
        for look in self.looks()?.between(&self.known.population, self.chart) {
            let Some((from, to)) = levels.get(&look.from).zip(levels.get(&look.to)) else { continue };
            let demanded = demand(&mut demands, (*from, *to), (look.receiver, look.count));
            demanded.authors.push((look.source, look.count));
        }
        self.add_searches(&mut demands, levels)?;
        self.add_questions(&mut demands, levels)?;
        let flows = self.pairs()?.at(levels);
        demands.retain(|pair, _| pair.0 != pair.1 && !flows.contains_key(pair));
        Ok(demands)
    }

    fn add_searches(&self, demands: &mut Demands, levels: &Levels) -> Result<(), Error> {
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
    fn add_questions(&self, demands: &mut Demands, levels: &Levels) -> Result<(), Error> {
        let (window, last) = (self.passed(), self.adoption().last());
        let (population, groups) = (&self.known.population, self.groups());
        let department = |number, day| {
            let department: Option<DepartmentId> = population.department(number, day, self.chart);
            department.and_then(|department| levels.get(&department)).copied()
        };
        let heard = |community: CommunityId| -> BTreeSet<DepartmentId> {
            let inside = groups.members(Group::Community(community)).into_iter().flatten();
            inside.filter_map(|number| department(number, last)).collect()
        };
        let mut heard_in: HashMap<CommunityId, BTreeSet<DepartmentId>> = HashMap::new();
        let sql = "SELECT day, author, community FROM figure_asked
            WHERE day BETWEEN ?1 AND ?2 AND known <= ?3 AND kind = ?4 AND community IS NOT NULL";
        let question = Asked::Question as i64;
        let limits =
            [window.first.into(), window.last.into(), self.known.acts.learned.into(), question.into()];
        let put = |row: &Row<'_>| {
            let (day, community) = (col(row, 0)?, id(row, 2)?);
            let Some(author) = population.number(id(row, 1)?) else { return Ok(()) };
            let Some(receiver) = department(author, day) else { return Ok(()) };
            for source in heard_in.entry(community).or_insert_with(|| heard(community)).iter() {
                demand(demands, (*source, receiver), (author, 1));
            }
            Ok(())
        };
        self.snapshot()?.rows(sql, &limits, put).map(|_| ())
    }
}

impl Demand {
    /// By whom, and where contents were looked at, whose.
    fn evidence(self) -> Evidence {
        let authors = Some(self.authors).filter(|authors| !authors.is_empty());
        Evidence::of_sides(std::iter::once(self.by).chain(authors))
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
