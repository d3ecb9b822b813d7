//! Close a department that has neither members nor open departments below it.

use serde::Serialize;

use crate::chart::{Closed, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::DepartmentId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// An administrator closes a department.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Close {
    /// Which.
    pub department: DepartmentId,
}

refusals! {
    HasOpenDepartments = "HAS_OPEN_DEPARTMENTS",
        "Open departments belong to this one; close or move them first.",
        "Des départements ouverts en dépendent ; fermez-les ou déplacez-les d’abord.";
    HasMembers = "HAS_MEMBERS", "The department has members; transfer them first.",
        "Le département a des membres ; mutez-les d’abord.";
}

impl Action for Close {
    type State = State;
    const ABILITY: Ability = Ability::ShapeChart;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::chart()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let department = state.known(self.department, "department")?;
        if department.closed {
            return Ok(vec![]);
        }
        if state.departments.values().any(|child| child.parent == Some(self.department) && !child.closed) {
            return Err(Refusal::HasOpenDepartments.into());
        }
        let members = facts.headcount(self.department)?;
        if members > 0 {
            return Err(Refusal::HasMembers.with(members).into());
        }
        Ok(vec![Closed { department: self.department, parent: department.parent }.into()])
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

    fn close(n: u32) -> Close {
        Close { department: department(n) }
    }

    fn closed(n: u32, parent: u32) -> Closed {
        Closed { department: department(n), parent: Some(department(parent)) }
    }

    #[test]
    fn an_empty_department_closes() {
        let given = Given::people().and(opened(2, Some(1)));
        given.clone().by(1).when(close(2)).then([closed(2, 1)]);
        given.and(closed(2, 1)).when(close(2)).then_nothing();
    }

    #[test]
    fn a_department_with_members_does_not_close() {
        Given::people().headcount(1, 5).when(close(1)).refused(Refusal::HasMembers);
    }

    #[test]
    fn a_department_closes_after_those_below_it() {
        let given = Given::people().and(opened(2, Some(1)));
        given.clone().when(close(1)).refused(Refusal::HasOpenDepartments);
        given.and(closed(2, 1)).when(close(1)).then([Closed { department: department(1), parent: None }]);
    }

    #[test]
    fn only_administrators_close_departments_and_only_those_there_are() {
        Given::people().by(2).when(close(1)).refused(decision::Refusal::AdministratorNeeded);
        Given::people().when(close(9)).refused(chart::Refusal::NoSuchDepartment);
    }
}
