//! The matrix of what passed between departments, and the share of it that passed between different ones.

use domain::id::DepartmentId;

use super::exchange::{Cell, matrix};
use super::groups::Group;
use super::publish::{Behind, Proportion, Published, Suppression, published};
use super::sheet::Sheet;
use crate::Error;
use crate::suppression::Threshold;

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
    /// All that passed.
    pub total: u64,
}

impl Sheet {
    /// The matrix of the departments at a level below a group, or at the top.
    pub fn matrix(
        &self,
        group: Group,
        level: usize,
        threshold: Option<Threshold>,
    ) -> Result<Published<Matrix>, Error> {
        let within = match group {
            Group::Organisation => None,
            Group::Whole(department) => Some(department),
            Group::Own(_) | Group::Community(_) => return Ok(Published::Hidden(Suppression::NotInGrid)),
        };
        let levels = self.groups().at_level(within, level);
        let cells = matrix(self.between()?, &levels);
        let mut departments: Vec<_> = levels.into_values().collect();
        departments.sort_unstable();
        departments.dedup();
        let total = cells.values().map(|cell| cell.acts).sum();
        let cells = cells.into_iter().map(|((source, receiver), cell)| Entry {
            source,
            receiver,
            acts: shown(cell, threshold),
        });
        Ok(Published::Shown(Matrix { departments, cells: cells.collect(), total }))
    }

    /// The share of acts whose two people are in different departments: of all, or of those with one of the two in a
    /// group, which then lead outside when the other is not in it.
    pub fn cross_department(
        &self,
        group: Group,
        threshold: Option<Threshold>,
    ) -> Result<Published<Proportion>, Error> {
        let Some(members) = self.groups().members(group) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        let within = |department: DepartmentId| match group {
            Group::Whole(whole) => self.groups().is_within(department, whole),
            Group::Own(own) => department == own,
            Group::Organisation | Group::Community(_) => true,
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
        Ok(published(behind, members.len(), threshold, proportion))
    }
}

/// A cell as it is published: as many people as the threshold on both sides, none of whom makes more than half.
fn shown(cell: Cell, threshold: Option<Threshold>) -> Published<u64> {
    let sides = [cell.sources, cell.receivers];
    let mut hidden =
        sides.into_iter().filter_map(|side| published(side, u64::MAX, threshold, ()).suppression());
    hidden.next().map_or(Published::Shown(cell.acts), Published::Hidden)
}
