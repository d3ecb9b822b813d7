//! Rename a department.

use serde::Serialize;

use crate::chart::{Renamed, State};
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::DepartmentId;
use crate::policy::Ability;
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
    /// The revision of the chart at which the actor read the name; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for Rename {
    type State = State;
    const ABILITY: Ability = Ability::ShapeChart;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::chart()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let department = state.open(self.department, "department")?;
        required("name", &self.name, NAME_MAX, facts.origin)?;
        let name = Sealed::Open(self.name.clone());
        if department.name == name {
            return Ok(vec![]);
        }
        based_on(self.based_on, department.revision)?;
        Ok(vec![Renamed { department: self.department, name, name_was: department.name.clone() }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, department};
    use crate::{chart, decision, words};

    fn rename(n: u32, name: &str) -> Rename {
        Rename { department: department(n), name: name.to_owned(), based_on: None }
    }

    #[test]
    fn a_new_name_says_what_the_old_was() {
        Given::people().by(1).when(rename(1, "New")).then([Renamed {
            department: department(1),
            name: "New".to_owned().into(),
            name_was: "Dept".to_owned().into(),
        }]);
    }

    #[test]
    fn the_same_name_changes_nothing() {
        Given::people().when(rename(1, "Dept")).then_nothing();
    }

    #[test]
    fn a_name_given_upon_an_old_one_is_told_which_is_current() {
        let renamed = Renamed {
            department: department(1),
            name: "New".to_owned().into(),
            name_was: "Dept".to_owned().into(),
        };
        let upon = |based_on| Rename { based_on: Some(based_on), ..rename(1, "Newer") };
        let given = Given::people().and(renamed);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([Renamed {
            department: department(1),
            name: "Newer".to_owned().into(),
            name_was: "New".to_owned().into(),
        }]);
    }

    #[test]
    fn an_open_department_gets_a_name_from_an_administrator() {
        Given::people().when(rename(9, "New")).refused(chart::Refusal::NoSuchDepartment);
        Given::people().when(rename(1, " ")).refused(words::Refusal::Blank);
        Given::people().by(2).when(rename(1, "New")).refused(decision::Refusal::AdministratorNeeded);
        let closed = Given::people().and(chart::Closed { department: department(1), parent: None });
        closed.when(rename(1, "New")).refused(chart::Refusal::DepartmentClosed);
    }
}
