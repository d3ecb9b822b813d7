//! Remove a member from a community.

use serde::Serialize;

use crate::audience::{community, known_member, may_moderate};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{Refusal, Removed, Standing, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator removes a member; never the leader.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remove {
    /// From where.
    pub community: CommunityId,
    /// Whom.
    pub member: MemberId,
}

impl Action for Remove {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_moderate(facts, self.community)?;
        known_member(facts, self.member, "member")?;
        if community(facts, self.community)?.leader == self.member {
            return Err(Refusal::LeaderStays.on("member").into());
        }
        if state.standing != Standing::Member {
            return Ok(vec![]);
        }
        Ok(vec![Removed { community: self.community, member: self.member }.into()])
    }
}
