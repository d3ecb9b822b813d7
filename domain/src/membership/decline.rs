//! Decline a request to be let in.

use serde::Serialize;

use crate::audience::{known_member, may_moderate};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{Declined, Refusal, Standing, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator declines the request of a member, who may ask again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decline {
    /// Where.
    pub community: CommunityId,
    /// Whose request.
    pub member: MemberId,
}

impl Action for Decline {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_moderate(facts, self.community)?;
        known_member(facts, self.member, "member")?;
        match state.standing {
            Standing::Outside => Ok(vec![]),
            Standing::Requested => {
                Ok(vec![Declined { community: self.community, member: self.member }.into()])
            }
            Standing::Invited | Standing::Member => Err(Refusal::NoSuchRequest.on("member").into()),
        }
    }
}
