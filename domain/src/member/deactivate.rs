//! Deactivate a member who leaves or is suspended.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{Deactivated, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator deactivates a member; not the last who administers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deactivate {
    /// Whom.
    pub member: MemberId,
}

impl Action for Deactivate {
    type State = State;
    const ABILITY: Ability = Ability::ManageMembers;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let department = state.known(facts.now, self.member)?;
        if state.inactive {
            return Ok(vec![]);
        }
        facts.organisation()?.can_spare(self.member, facts)?;
        Ok(vec![Deactivated { member: self.member, department }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, department, member};
    use crate::organisation::{self, Role, RoleGranted};
    use crate::{audience, decision};

    fn deactivate(n: u32) -> Deactivate {
        Deactivate { member: member(n) }
    }

    fn deactivated(n: u32) -> Deactivated {
        Deactivated { member: member(n), department: department(1) }
    }

    #[test]
    fn who_left_left_once() {
        Given::people().by(1).when(deactivate(2)).then([deactivated(2)]);
        Given::people().and(deactivated(2)).when(deactivate(2)).then_nothing();
    }

    #[test]
    fn who_left_acts_no_more() {
        let given = Given::people().and(deactivated(2)).by(2);
        given.when(deactivate(3)).refused(decision::Refusal::InactiveActor);
    }

    #[test]
    fn somebody_is_left_to_administer() {
        Given::people().when(deactivate(1)).refused(organisation::Refusal::LastAdministrator);
        let (role, from, until) = (Role::Administrator, None, None);
        let two =
            Given::people().and(RoleGranted { member: member(2), role, departments: vec![], from, until });
        two.clone().when(deactivate(1)).then([deactivated(1)]);
        two.and(deactivated(2)).when(deactivate(1)).refused(organisation::Refusal::LastAdministrator);
    }

    #[test]
    fn administrators_deactivate_known_members() {
        Given::people().by(2).when(deactivate(3)).refused(decision::Refusal::AdministratorNeeded);
        Given::people().when(deactivate(9)).refused(audience::Refusal::NoSuchMember);
    }
}
