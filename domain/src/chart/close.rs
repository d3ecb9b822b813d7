//! Close a department that has neither members nor open departments below it.

use serde::Serialize;

use crate::chart::{Closed, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::DepartmentId;
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

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::chart()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
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
