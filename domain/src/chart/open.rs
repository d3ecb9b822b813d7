//! Open a department.

use serde::Serialize;

use crate::chart::{Opened, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::DepartmentId;
use crate::policy::Ability;
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
    const ABILITY: Ability = Ability::ShapeChart;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::chart()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{self, Closed};
    use crate::given::{Given, NEW, department};
    use crate::{decision, organisation};

    fn open(parent: Option<u32>) -> Open {
        Open { department: None, parent: parent.map(department), name: "New".to_owned() }
    }

    #[test]
    fn a_department_opens_at_the_top_or_below_another() {
        for parent in [None, Some(1)] {
            Given::people().by(1).when(open(parent)).then([Opened {
                department: NEW.into(),
                parent: parent.map(department),
                name: "New".to_owned().into(),
            }]);
        }
    }

    #[test]
    fn an_id_is_used_once() {
        let again = Open { department: Some(department(1)), ..open(None) };
        Given::people().when(again).refused(Refusal::DepartmentExists);
    }

    #[test]
    fn its_parent_is_an_open_department() {
        Given::people().when(open(Some(9))).refused(chart::Refusal::NoSuchDepartment);
        let closed = Given::people().and(Closed { department: department(1), parent: None });
        closed.when(open(Some(1))).refused(chart::Refusal::DepartmentClosed);
    }

    #[test]
    fn the_chart_is_an_administrators_and_comes_after_the_organisation() {
        Given::people().by(2).when(open(None)).refused(decision::Refusal::AdministratorNeeded);
        Given::nothing().when(open(None)).refused(organisation::Refusal::NotEstablished);
    }
}
