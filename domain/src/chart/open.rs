//! Open a department.

use serde::Serialize;

use crate::chart::{Opened, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::DepartmentId;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{NAME_MAX, required};

/// An administrator opens a department.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Open {
    /// Its id; a new one by default.
    pub department: Option<DepartmentId>,
    /// The open department it belongs to; at the top by default.
    pub parent: Option<DepartmentId>,
    /// Its name: 1 to 300 characters.
    pub name: String,
}

refusals! {
    DepartmentExists = "DEPARTMENT_EXISTS", "There already is a department with this id; choose another id.",
        "Il existe déjà un département avec cet identifiant ; choisissez-en un autre.";
}

impl Action for Open {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::chart()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        facts.organisation()?.established()?;
        let department = self.department.unwrap_or(facts.new_id.into());
        if state.departments.contains_key(&department) {
            return Err(Refusal::DepartmentExists.on("department").into());
        }
        if let Some(parent) = self.parent {
            state.open(parent, "parent")?;
        }
        required("name", &self.name, NAME_MAX, facts.origin)?;
        Ok(vec![Opened { department, parent: self.parent, name: self.name.clone().into() }.into()])
    }
}
