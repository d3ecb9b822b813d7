//! Reactivate a member who comes back.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{Reactivated, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator reactivates a member, whose department must be open: transfer them first if it is not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reactivate {
    /// Whom.
    pub member: MemberId,
}

impl Action for Reactivate {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        let department = state.known(facts.now, self.member)?;
        if !state.inactive {
            return Ok(vec![]);
        }
        facts.chart()?.open(department, "member")?;
        Ok(vec![Reactivated { member: self.member, department }.into()])
    }
}
