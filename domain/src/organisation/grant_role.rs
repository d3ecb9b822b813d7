//! Grant a role to a member, or grant it anew with another scope or end.

use serde::Serialize;

use crate::audience::known_member;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{DepartmentId, MemberId};
use crate::organisation::{Grant, Role, RoleGranted, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;

/// An administrator grants a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GrantRole {
    /// To whom.
    pub member: MemberId,
    /// Which role.
    pub role: Role,
    /// For which departments with all below them; all of them when empty, which is the default.
    pub departments: Vec<DepartmentId>,
    /// Until when, later than now; without end by default.
    pub until: Option<Time>,
}

refusals! {
    EndPassed = "END_PASSED", "The role would end before it begins; give a later end.",
        "Le rôle finirait avant de commencer ; donnez une fin plus tardive.";
}

impl Action for GrantRole {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::organisation()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        state.established()?;
        known_member(facts, self.member, "member")?;
        if self.until.is_some_and(|until| until <= facts.now) {
            return Err(Refusal::EndPassed.on("until").into());
        }
        let mut departments = self.departments.clone();
        departments.sort_unstable();
        departments.dedup();
        for department in &departments {
            facts.chart()?.open(*department, "departments")?;
        }
        let grant = Grant { departments, from: facts.now, until: self.until };
        if state.grants.get(&(self.role, self.member)).is_some_and(|standing| standing.allows_as(&grant)) {
            return Ok(vec![]);
        }
        let mut after = state.clone();
        after.grants.insert((self.role, self.member), grant.clone());
        state.keeps_administrators(&after, facts)?;
        let Grant { departments, until, .. } = grant;
        Ok(vec![RoleGranted { member: self.member, role: self.role, departments, until }.into()])
    }
}
