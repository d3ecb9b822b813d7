//! Deactivate a member who leaves or is suspended.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{Deactivated, State};
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

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        let department = state.known(facts.now, self.member)?;
        if state.inactive {
            return Ok(vec![]);
        }
        facts.organisation()?.can_spare(self.member, facts)?;
        Ok(vec![Deactivated { member: self.member, department }.into()])
    }
}
