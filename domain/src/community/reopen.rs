//! Reopen an archived community.

use serde::Serialize;

use crate::audience::may_lead;
use crate::community::{Reopened, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader or an administrator reopens a community.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reopen {
    /// Which.
    pub community: CommunityId,
}

impl Action for Reopen {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_lead(facts, self.community)?;
        if !state.known()?.archived {
            return Ok(vec![]);
        }
        Ok(vec![Reopened { community: self.community }.into()])
    }
}
