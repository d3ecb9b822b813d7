//! Request to be let into a community.

use serde::Serialize;

use crate::audience::{is_in, living_community};
use crate::community::Access;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::membership::{Requested, Standing, State, join};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor asks the moderators of a community to let them in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Request {
    /// Which.
    pub community: CommunityId,
}

refusals! {
    JoinInstead = "JOIN_INSTEAD", "Nobody needs to let you in: join the community.",
        "Personne n’a besoin de vous accepter : rejoignez la communauté.";
}

impl Action for Request {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::membership(self.community, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let community = living_community(facts, self.community)?;
        if state.standing == Standing::Requested || is_in(facts, self.community, member)? {
            return Ok(vec![]);
        }
        match (state.standing, community.access) {
            (Standing::Invited, _) | (_, Access::Open) => Err(Refusal::JoinInstead.into()),
            (_, Access::Invitation) => Err(join::Refusal::InvitationNeeded.into()),
            (_, Access::Request) => Ok(vec![Requested { community: self.community, member }.into()]),
        }
    }
}
