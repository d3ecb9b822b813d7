//! Transfer a member to another department, from now on or from a day in the past.

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{DepartmentId, MemberId};
use crate::member::{State, Transferred};
use crate::policy::Ability;
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
    /// The revision at which the actor read where they were; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

refusals! {
    NotYetValid = "NOT_YET_VALID", "A transfer is told when it is valid, not ahead; send it then.",
        "Une mutation se dit quand elle prend effet, pas d’avance ; envoyez-la alors.";
    BeforeJoining = "BEFORE_JOINING", "The member had not joined by then; give a later time.",
        "Le membre n’était pas encore arrivé ; donnez une date plus tardive.";
}

impl Action for Transfer {
    type State = State;
    const ABILITY: Ability = Ability::ManageMembers;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        state.known(facts.now, self.member)?;
        facts.chart()?.open(self.department, "department")?;
        let valid_from = self.valid_from.unwrap_or(facts.now);
        if valid_from > facts.now {
            return Err(Refusal::NotYetValid.on("validFrom").into());
        }
        if state.joined_at().is_some_and(|joined| valid_from < joined) {
            return Err(Refusal::BeforeJoining.on("validFrom").into());
        }
        if state.department_at(valid_from) == Some(self.department) {
            return Ok(vec![]);
        }
        based_on(self.based_on, state.revision)?;
        let department_was = state.department_before(valid_from).unwrap_or(self.department);
        let (member, department) = (self.member, self.department);
        Ok(vec![Transferred { member, department, department_was, valid_from }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{self, Closed, Opened};
    use crate::given::{Given, department, member};
    use crate::{audience, decision};

    /// Members joined department 1 at eight; there are departments 2 and 3; it is nine on the next day.
    fn given() -> Given {
        let mut given = Given::people();
        for n in [2, 3] {
            given =
                given.and(Opened { department: department(n), parent: None, name: format!("D{n}").into() });
        }
        given.at("2026-03-03T09:00:00Z")
    }

    fn to(department: DepartmentId, valid_from: Option<&str>) -> Transfer {
        Transfer {
            member: member(2),
            department,
            valid_from: valid_from.map(|at| at.parse().unwrap()),
            based_on: None,
        }
    }

    fn transferred(to: u32, was: u32, valid_from: &str) -> Transferred {
        Transferred {
            member: member(2),
            department: department(to),
            department_was: department(was),
            valid_from: valid_from.parse().unwrap(),
        }
    }

    #[test]
    fn a_transfer_is_valid_from_now_unless_told_otherwise() {
        given().by(1).when(to(department(2), None)).then([transferred(2, 1, "2026-03-03T09:00:00Z")]);
        let past = "2026-03-02T20:00:00Z";
        given().when(to(department(2), Some(past))).then([transferred(2, 1, past)]);
    }

    #[test]
    fn a_transfer_of_the_past_says_where_they_were_then() {
        let given = given().and(transferred(2, 1, "2026-03-02T18:00:00Z")).and(transferred(
            3,
            2,
            "2026-03-02T22:00:00Z",
        ));
        let between = "2026-03-02T20:00:00Z";
        given.clone().when(to(department(1), Some(between))).then([transferred(1, 2, between)]);
        let anew = "2026-03-02T22:00:00Z";
        given.when(to(department(1), Some(anew))).then([transferred(1, 2, anew)]);
    }

    #[test]
    fn who_is_there_already_is_not_transferred() {
        given().when(to(department(1), None)).then_nothing();
        let given = given().and(transferred(2, 1, "2026-03-02T18:00:00Z"));
        given.when(to(department(1), Some("2026-03-02T17:00:00Z"))).then_nothing();
    }

    #[test]
    fn a_transfer_lies_neither_in_the_future_nor_before_joining() {
        given().when(to(department(2), Some("2026-03-03T09:00:01Z"))).refused(Refusal::NotYetValid);
        given().when(to(department(2), Some("2026-03-02T07:59:59Z"))).refused(Refusal::BeforeJoining);
    }

    #[test]
    fn an_administrator_transfers_a_member_into_an_open_department() {
        given().by(2).when(to(department(2), None)).refused(decision::Refusal::AdministratorNeeded);
        given().when(to(department(9), None)).refused(chart::Refusal::NoSuchDepartment);
        let closed = given().and(Closed { department: department(2), parent: None });
        closed.when(to(department(2), None)).refused(chart::Refusal::DepartmentClosed);
        let stranger = Transfer { member: member(9), ..to(department(2), None) };
        given().when(stranger).refused(audience::Refusal::NoSuchMember);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| Transfer { based_on: Some(based_on), ..to(department(3), None) };
        let given = given().and(transferred(2, 1, "2026-03-02T18:00:00Z")).by(1);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([transferred(3, 2, "2026-03-03T09:00:00Z")]);
    }
}
