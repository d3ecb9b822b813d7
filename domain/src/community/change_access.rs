//! Change who may come into a community.

use serde::Serialize;

use crate::audience::may_lead;
use crate::community::{Access, AccessChanged, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader or an administrator changes who may come in; who is in stays in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeAccess {
    /// Which.
    pub community: CommunityId,
    /// Who may come in from now on.
    pub access: Access,
}

impl Action for ChangeAccess {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_lead(facts, self.community)?;
        let access_was = state.living()?.access;
        if access_was == self.access {
            return Ok(vec![]);
        }
        Ok(vec![AccessChanged { community: self.community, access: self.access, access_was }.into()])
    }
}
