//! Approve a request: the member is in.

use serde::Serialize;

use crate::audience::{active_member, living_community, may_moderate};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{Approved, Refusal, Standing, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator lets a member in who asked for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Approve {
    /// Where.
    pub community: CommunityId,
    /// Whose request.
    pub member: MemberId,
}

impl Action for Approve {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_moderate(facts, self.community)?;
        living_community(facts, self.community)?;
        active_member(facts, self.member, "member")?;
        match state.standing {
            Standing::Member => Ok(vec![]),
            Standing::Requested => {
                Ok(vec![Approved { community: self.community, member: self.member }.into()])
            }
            Standing::Outside | Standing::Invited => Err(Refusal::NoSuchRequest.on("member").into()),
        }
    }
}
