//! Archive a community: it stays readable, and nothing new comes.

use serde::Serialize;

use crate::audience::may_lead;
use crate::community::{Archived, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader or an administrator archives a community.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Archive {
    /// Which.
    pub community: CommunityId,
}

impl Action for Archive {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_lead(facts, self.community)?;
        if state.known()?.archived {
            return Ok(vec![]);
        }
        Ok(vec![Archived { community: self.community }.into()])
    }
}
