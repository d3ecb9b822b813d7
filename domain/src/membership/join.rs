//! Join a community: an open one, or one that has invited you.

use serde::Serialize;

use crate::audience::{is_in, living_community};
use crate::community::Access;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::membership::{Joined, Standing, State};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor joins a community.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Join {
    /// Which.
    pub community: CommunityId,
}

refusals! {
    RequestNeeded = "REQUEST_NEEDED", "The community lets in whom its moderators approve; send a request.",
        "Cette communauté accueille ceux que ses modérateurs acceptent ; envoyez une demande.";
    InvitationNeeded = "INVITATION_NEEDED", "The community lets in whom it invites; ask its leader.",
        "Cette communauté accueille ceux qu’elle invite ; adressez-vous à son responsable.";
}

impl Action for Join {
    type State = State;
    const ABILITY: Ability = Ability::TakePart;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::membership(self.community, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let community = living_community(facts, self.community)?;
        if state.standing == Standing::Member {
            return Ok(vec![]);
        }
        // Its leader and its sponsor are in already; having joined, they stay in when that ends.
        let welcome = state.standing == Standing::Invited || is_in(facts, self.community, member)?;
        match community.access {
            Access::Request if !welcome => Err(Refusal::RequestNeeded.into()),
            Access::Invitation if !welcome => Err(Refusal::InvitationNeeded.into()),
            _ => Ok(vec![Joined { community: self.community, member }.into()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::given::{Given, community, member};
    use crate::membership::{Invited, Requested};

    fn joined() -> Joined {
        Joined { community: community(1), member: member(2) }
    }

    fn given(access: Access) -> Given {
        Given::people().community(1, access).by(2)
    }

    #[test]
    fn an_open_community_lets_anybody_in() {
        given(Access::Open).when(Join { community: community(1) }).then([joined()]);
    }

    #[test]
    fn joining_twice_is_joining_once() {
        given(Access::Open).and(joined()).when(Join { community: community(1) }).then_nothing();
    }

    #[test]
    fn a_community_on_request_wants_a_request() {
        let given = given(Access::Request).and(Requested { community: community(1), member: member(2) });
        given.when(Join { community: community(1) }).refused(Refusal::RequestNeeded);
    }

    #[test]
    fn an_invitation_opens_a_closed_community_and_nothing_else_does() {
        let invited = Invited { community: community(1), member: member(2) };
        given(Access::Invitation).and(invited).when(Join { community: community(1) }).then([joined()]);
        given(Access::Invitation)
            .when(Join { community: community(1) })
            .refused(audience::Refusal::NoSuchCommunity);
    }

    #[test]
    fn its_leader_joins_too_and_so_stays_in_when_another_leads() {
        let joined = Joined { community: community(1), member: member(1) };
        given(Access::Invitation).by(1).when(Join { community: community(1) }).then([joined]);
    }
}
