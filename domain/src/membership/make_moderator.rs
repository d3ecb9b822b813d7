//! Make a member of a community one of its moderators.

use serde::Serialize;

use crate::audience::{active_member, living_community, may_lead};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{ModeratorMade, Standing, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The leader or an administrator makes a moderator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MakeModerator {
    /// Where.
    pub community: CommunityId,
    /// Whom: one who has joined. The leader moderates anyway.
    pub member: MemberId,
}

refusals! {
    NotJoined = "NOT_JOINED", "The member has not joined the community; invite them first.",
        "Ce membre n’a pas rejoint la communauté ; invitez-le d’abord.";
}

impl Action for MakeModerator {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_lead(facts, self.community)?;
        let leader = living_community(facts, self.community)?.leader;
        active_member(facts, self.member, "member")?;
        if state.moderator || leader == self.member {
            return Ok(vec![]);
        }
        if state.standing != Standing::Member {
            return Err(Refusal::NotJoined.on("member").into());
        }
        Ok(vec![ModeratorMade { community: self.community, member: self.member }.into()])
    }
}
