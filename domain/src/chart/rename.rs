//! Rename a department.

use serde::Serialize;

use crate::chart::{Renamed, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::DepartmentId;
use crate::refusal::Stop;
use crate::sealed::Sealed;
use crate::stream::StreamName;
use crate::words::{NAME_MAX, required};

/// An administrator renames a department.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rename {
    /// Which; an open one.
    pub department: DepartmentId,
    /// Its name from now on: 1 to 300 characters.
    pub name: String,
}

impl Action for Rename {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::chart()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        let department = state.open(self.department, "department")?;
        required("name", &self.name, NAME_MAX, facts.origin)?;
        let name = Sealed::Open(self.name.clone());
        if department.name == name {
            return Ok(vec![]);
        }
        Ok(vec![Renamed { department: self.department, name, name_was: department.name.clone() }.into()])
    }
}
