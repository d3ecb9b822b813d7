//! Make a moderator a plain member of the community again.

use serde::Serialize;

use crate::audience::{known_member, may_lead};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{ModeratorUnmade, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader or an administrator ends a moderation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnmakeModerator {
    /// Where.
    pub community: CommunityId,
    /// Whose.
    pub member: MemberId,
}

impl Action for UnmakeModerator {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_lead(facts, self.community)?;
        known_member(facts, self.member, "member")?;
        if !state.moderator {
            return Ok(vec![]);
        }
        Ok(vec![ModeratorUnmade { community: self.community, member: self.member }.into()])
    }
}
