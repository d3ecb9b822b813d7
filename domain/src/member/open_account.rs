//! Open an account for a member: from then on they can act.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{AccountOpened, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator opens an account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenAccount {
    /// Whose; an active member's.
    pub member: MemberId,
}

impl Action for OpenAccount {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        let department = state.known(facts.now, self.member)?;
        state.active("member")?;
        if state.account {
            return Ok(vec![]);
        }
        Ok(vec![AccountOpened { member: self.member, department }.into()])
    }
}
