//! Move a department, with all below it, under another or to the top.

use serde::Serialize;

use crate::chart::{Moved, State};
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::DepartmentId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// An administrator moves a department.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MoveTo {
    /// Which; an open one.
    pub department: DepartmentId,
    /// The open department it belongs to from now on; the top if none.
    pub parent: Option<DepartmentId>,
    /// The revision at which the actor read the place; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

refusals! {
    Cycle = "DEPARTMENT_CYCLE", "The department would stand below itself; choose another parent.",
        "Le département se trouverait sous lui-même ; choisissez un autre parent.";
}

impl Action for MoveTo {
    type State = State;
    const ABILITY: Ability = Ability::ShapeChart;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::chart()
    }

    fn decide(&self, state: &State, _facts: &Facts) -> Result<Vec<Event>, Stop> {
        let department = state.open(self.department, "department")?;
        if department.parent == self.parent {
            return Ok(vec![]);
        }
        based_on(self.based_on, department.revision)?;
        if let Some(parent) = self.parent {
            state.open(parent, "parent")?;
            if state.upwards(parent).any(|above| above == self.department) {
                return Err(Refusal::Cycle.on("parent").into());
            }
        }
        let parent_was = department.parent;
        Ok(vec![Moved { department: self.department, parent: self.parent, parent_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{self, Opened};
    use crate::decision;
    use crate::given::{Given, department};

    fn opened(n: u32, parent: Option<u32>) -> Opened {
        Opened { department: department(n), parent: parent.map(department), name: format!("D{n}").into() }
    }

    /// 1 above 2 above 3, and 4 beside them.
    fn tree() -> Given {
        Given::people().and(opened(2, Some(1))).and(opened(3, Some(2))).and(opened(4, None))
    }

    fn move_to(n: u32, parent: Option<u32>) -> MoveTo {
        MoveTo { department: department(n), parent: parent.map(department), based_on: None }
    }

    #[test]
    fn a_move_says_where_it_was() {
        for parent in [Some(4), None] {
            tree().by(1).when(move_to(2, parent)).then([Moved {
                department: department(2),
                parent: parent.map(department),
                parent_was: Some(department(1)),
            }]);
        }
    }

    #[test]
    fn staying_is_no_move() {
        tree().when(move_to(2, Some(1))).then_nothing();
    }

    #[test]
    fn no_department_stands_below_itself() {
        for below in [1, 2, 3] {
            tree().when(move_to(1, Some(below))).refused(Refusal::Cycle);
        }
    }

    #[test]
    fn the_parent_is_an_open_department() {
        tree().when(move_to(2, Some(9))).refused(chart::Refusal::NoSuchDepartment);
        let closed = tree().and(chart::Closed { department: department(4), parent: None });
        closed.clone().when(move_to(2, Some(4))).refused(chart::Refusal::DepartmentClosed);
        closed.when(move_to(4, Some(1))).refused(chart::Refusal::DepartmentClosed);
    }

    #[test]
    fn only_administrators_move_departments() {
        tree().by(2).when(move_to(2, None)).refused(decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| MoveTo { based_on: Some(based_on), ..move_to(2, None) };
        let given = tree().and(Moved {
            department: department(2),
            parent: Some(department(4)),
            parent_was: Some(department(1)),
        });
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([Moved {
            department: department(2),
            parent: None,
            parent_was: Some(department(4)),
        }]);
    }
}
