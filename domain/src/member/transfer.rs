//! Transfer a member to another department, from now on or from a day in the past.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{DepartmentId, MemberId};
use crate::member::{State, Transferred};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;

/// An administrator transfers a member, active or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transfer {
    /// Whom.
    pub member: MemberId,
    /// The open department where they are from then on, until a later transfer already told.
    pub department: DepartmentId,
    /// Since when, not before they joined and not in the future; now by default.
    pub valid_from: Option<Time>,
}

refusals! {
    NotYetValid = "NOT_YET_VALID", "A transfer is told when it is valid, not ahead; send it then.",
        "Une mutation se dit quand elle prend effet, pas d’avance ; envoyez-la alors.";
    BeforeJoining = "BEFORE_JOINING", "The member had not joined by then; give a later time.",
        "Le membre n’était pas encore arrivé ; donnez une date plus tardive.";
}

impl Action for Transfer {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        state.known(facts.now, self.member)?;
        facts.chart()?.open(self.department, "department")?;
        let valid_from = self.valid_from.unwrap_or(facts.now);
        if valid_from > facts.now {
            return Err(Refusal::NotYetValid.on("valid_from").into());
        }
        if state.joined_at().is_some_and(|joined| valid_from < joined) {
            return Err(Refusal::BeforeJoining.on("valid_from").into());
        }
        if state.department_at(valid_from) == Some(self.department) {
            return Ok(vec![]);
        }
        let department_was = state.department_before(valid_from).unwrap_or(self.department);
        let (member, department) = (self.member, self.department);
        Ok(vec![Transferred { member, department, department_was, valid_from }.into()])
    }
}
