//! Appoint another leader of a community.

use serde::Serialize;

use crate::audience::{active_member, may_lead};
use crate::community::{LeaderAppointed, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader hands over, or an administrator decides. Who led stays in if they had joined as well.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AppointLeader {
    /// Which.
    pub community: CommunityId,
    /// Who leads from now on: an active member, who comes in by it.
    pub leader: MemberId,
}

impl Action for AppointLeader {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_lead(facts, self.community)?;
        let leader_was = state.living()?.leader;
        active_member(facts, self.leader, "leader")?;
        if leader_was == self.leader {
            return Ok(vec![]);
        }
        Ok(vec![LeaderAppointed { community: self.community, leader: self.leader, leader_was }.into()])
    }
}
