//! Move a department, with all below it, under another or to the top.

use serde::Serialize;

use crate::chart::{Moved, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::DepartmentId;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// An administrator moves a department.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MoveTo {
    /// Which; an open one.
    pub department: DepartmentId,
    /// The open department it belongs to from now on; the top if none.
    pub parent: Option<DepartmentId>,
}

refusals! {
    Cycle = "DEPARTMENT_CYCLE", "The department would stand below itself; choose another parent.",
        "Le département se trouverait sous lui-même ; choisissez un autre parent.";
}

impl Action for MoveTo {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::chart()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        let department = state.open(self.department, "department")?;
        if department.parent == self.parent {
            return Ok(vec![]);
        }
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
