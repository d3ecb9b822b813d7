//! Join a community: an open one, or one that has invited you.

use serde::Serialize;

use crate::audience::living_community;
use crate::community::Access;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::membership::{Joined, Standing, State};
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
    InvitationNeeded = "NO_SUCH_COMMUNITY", "There is no such community; look it up again.",
        "Cette communauté n’existe pas ; cherchez-la de nouveau.";
}

impl Action for Join {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::membership(self.community, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let community = living_community(facts, self.community)?;
        match (state.standing, community.access) {
            (Standing::Member, _) => Ok(vec![]),
            (Standing::Invited, _) | (_, Access::Open) => {
                Ok(vec![Joined { community: self.community, member }.into()])
            }
            (_, Access::Request) => Err(Refusal::RequestNeeded.into()),
            (_, Access::Invitation) => Err(Refusal::InvitationNeeded.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        given(Access::Invitation).when(Join { community: community(1) }).refused(Refusal::InvitationNeeded);
    }
}
