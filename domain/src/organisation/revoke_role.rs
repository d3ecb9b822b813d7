//! Revoke a role; never that of the last administrator.

use serde::Serialize;

use crate::audience::known_member;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::organisation::{Role, RoleRevoked, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator revokes a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RevokeRole {
    /// From whom.
    pub member: MemberId,
    /// Which role.
    pub role: Role,
}

impl Action for RevokeRole {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::organisation()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        known_member(facts, self.member, "member")?;
        if !state.holds(self.member, self.role, facts.now) {
            return Ok(vec![]);
        }
        let mut after = state.clone();
        after.grants.remove(&(self.role, self.member));
        state.keeps_administrators(&after, facts)?;
        Ok(vec![RoleRevoked { member: self.member, role: self.role }.into()])
    }
}
