//! Leave a community.

use serde::Serialize;

use crate::audience::visible_community;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::membership::{Left, Refusal, Standing, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor leaves a community; its leader only once another leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leave {
    /// Which.
    pub community: CommunityId,
}

impl Action for Leave {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::membership(self.community, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let community = visible_community(facts, self.community)?;
        if community.leader == member {
            return Err(Refusal::LeaderStays.into());
        }
        if state.standing != Standing::Member {
            return Ok(vec![]);
        }
        Ok(vec![Left { community: self.community, member }.into()])
    }
}
