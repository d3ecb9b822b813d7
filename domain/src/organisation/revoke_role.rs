//! Revoke a role; never that of the last administrator.

use serde::Serialize;

use crate::audience::known_member;
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::MemberId;
use crate::organisation::{Role, RoleRevoked, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator revokes a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RevokeRole {
    /// From whom.
    pub member: MemberId,
    /// Which role.
    pub role: Role,
    /// The revision at which the actor read which role the member holds; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for RevokeRole {
    type State = State;
    const ABILITY: Ability = Ability::GrantRoles;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::organisation()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        known_member(facts, self.member, "member")?;
        if !state.holds(self.member, self.role, facts.now) {
            return Ok(vec![]);
        }
        based_on(self.based_on, state.granted_at(self.role, self.member))?;
        let mut after = state.clone();
        after.grants.remove(&(self.role, self.member));
        state.keeps_administrators(&after, facts)?;
        Ok(vec![RoleRevoked { member: self.member, role: self.role }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};
    use crate::member::Deactivated;
    use crate::organisation::{Refusal, RoleGranted};
    use crate::{decision, given};

    fn revoke(n: u32, role: Role) -> RevokeRole {
        RevokeRole { member: member(n), role, based_on: None }
    }

    fn granted(n: u32, role: Role) -> RoleGranted {
        RoleGranted { member: member(n), role, departments: vec![], from: None, until: None }
    }

    #[test]
    fn a_revoked_role_is_over() {
        let expected = RoleRevoked { member: member(2), role: Role::Coach };
        let given = Given::people().and(granted(2, Role::Coach));
        given.clone().by(1).when(revoke(2, Role::Coach)).then([expected.clone()]);
        given.and(expected).when(revoke(2, Role::Coach)).then_nothing();
    }

    #[test]
    fn roles_are_revoked_by_administrators() {
        let given = Given::people().and(granted(2, Role::Coach)).by(2);
        given.when(revoke(2, Role::Coach)).refused(decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn the_last_administrator_stays() {
        Given::people().when(revoke(1, Role::Administrator)).refused(Refusal::LastAdministrator);
        let two = Given::people().and(granted(2, Role::Administrator));
        let expected = RoleRevoked { member: member(1), role: Role::Administrator };
        two.when(revoke(1, Role::Administrator)).then([expected]);
    }

    #[test]
    fn who_left_or_whose_role_ends_does_not_replace_the_last_administrator() {
        let passing = RoleGranted {
            until: Some("2027-01-01T00:00:00Z".parse().unwrap()),
            ..granted(2, Role::Administrator)
        };
        let given = Given::people().and(passing);
        given.when(revoke(1, Role::Administrator)).refused(Refusal::LastAdministrator);
        let given = Given::people()
            .and(granted(2, Role::Administrator))
            .and(Deactivated { member: member(2), department: given::department(1) });
        given.when(revoke(1, Role::Administrator)).refused(Refusal::LastAdministrator);
    }
}
