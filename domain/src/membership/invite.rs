//! Invite a member into a community.

use serde::Serialize;

use crate::audience::{active_member, is_in, living_community, may_moderate};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{Invited, Standing, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// A moderator invites a member, who is in once they join.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Invite {
    /// Where to.
    pub community: CommunityId,
    /// Whom: an active member.
    pub member: MemberId,
}

refusals! {
    ApproveInstead = "APPROVE_INSTEAD", "The member has asked to come in: approve their request.",
        "Ce membre a demandé à entrer : acceptez sa demande.";
}

impl Action for Invite {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_moderate(facts, self.community)?;
        living_community(facts, self.community)?;
        active_member(facts, self.member, "member")?;
        if state.standing == Standing::Invited || is_in(facts, self.community, self.member)? {
            return Ok(vec![]);
        }
        if state.standing == Standing::Requested {
            return Err(Refusal::ApproveInstead.on("member").into());
        }
        Ok(vec![Invited { community: self.community, member: self.member }.into()])
    }
}
